// @ts-check
// Numbers whose thousands a reader sets apart by one space or full stop, which in a text may as well part
// two numbers («400 000», «٦٫٨٠٠»): read as one where the archive has that one, and found as written too.
/** @import {Access, List, Trouble} from "./types.js" */
import { tokens } from "./analysis.js";
import { madeList, usualImpacts } from "./lists.js";
import { phrase } from "./phrases.js";

const D = "[\\d\u0660-\u0669\u06f0-\u06f9]";
const APART = new RegExp(`(?<!${D}[ .,]?)${D}{1,3}(?:[ .]${D}{3})+(?![ .,]?${D})`, "g");

/**
 * The plan of a query with the numbers of `typed` joined that are known so.
 * @param {string} typed @param {string[]} words @param {Trouble[]} troubles @param {string[]} literal @param {Access} index
 */
export async function planOf(typed, words, troubles, literal, index) {
  /** @type {Map<string, string[]>} */
  const numbers = new Map();
  for (const [written] of typed.matchAll(APART)) {
    const parts = tokens(written).map(({ term }) => term);
    const number = parts.join("");
    const at = words.findIndex((_, start) => parts.every((part, n) => words[start + n] === part));
    if (parts.length < 2 || parts[0]?.startsWith("0") || at < 0) continue;
    if (!(await index.lookUp(number, troubles)).lists.length) continue;
    words = words.toSpliced(at, parts.length, number);
    numbers.set(number, parts);
  }
  const { plan, understood } = await index.planOf(typed, words, troubles, literal);
  const found = plan.map(async (item) => {
    const parts = numbers.get(item.term);
    return parts ? { ...item, lists: [...item.lists, await apart(parts, index, troubles)] } : item;
  });
  return { plan: await Promise.all(found), understood };
}

/** The articles that write the parts of a number side by side. @param {string[]} parts @param {Access} access @param {Trouble[]} troubles @returns {Promise<List>} */
const apart = async (parts, access, troubles) =>
  madeList(parts.join(" "), "spelling", usualImpacts(await phrase(parts, access, troubles)));
