// @ts-check
// Numbers whose thousands a reader sets apart by one space or full stop, which in a text may as well part
// two numbers («400 000», «٦٫٨٠٠»): read as one where the archive has that one.
/** @import {Access, Trouble} from "./types.js" */
import { tokens } from "./analysis.js";

const D = "[\\d\u0660-\u0669\u06f0-\u06f9]";
const APART = new RegExp(`(?<!${D}[ .,]?)${D}{1,3}(?:[ .]${D}{3})+(?![ .,]?${D})`, "g");

/** `words` with the numbers of `typed` joined that are known so. @param {string} typed @param {string[]} words @param {Access} access @param {Trouble[]} troubles */
export async function joined(typed, words, access, troubles) {
  for (const [written] of typed.matchAll(APART)) {
    const parts = tokens(written).map(({ term }) => term);
    const number = parts.join("");
    const at = words.findIndex((_, start) => parts.every((part, n) => words[start + n] === part));
    if (parts.length < 2 || parts[0]?.startsWith("0") || at < 0) continue;
    if ((await access.lookUp(number, troubles)).lists.length) words = words.toSpliced(at, parts.length, number);
  }
  return words;
}
