// @ts-check
// Forms of a word, loaded for one that the archive has in no such form: twin of `forms` in analysis.py,
// tied to it by tests/golden/analysis.json.
/** @import {Group} from "./types.js" */
import { isArabic, unprefixed } from "./analysis.js";

const PRONOUNS = "هما ها هم هن كم نا ه ي ك".split(" ");
const NUMBERS = "تان تين ات ان ين ون وا يه ه ي ا ت و".split(" ");

/** What remains without one ending. @param {string} term */
function unsuffixed(term) {
  const ways = term.length >= 4 && term.endsWith("ا") ? [term + "ء"] : [];
  for (const ending of PRONOUNS) {
    const rest = term.slice(0, -ending.length);
    if (!term.endsWith(ending) || rest.length < 3) continue;
    ways.push(rest);
    if (rest.endsWith("ت")) ways.push(rest.slice(0, -1) + "ه");
  }
  for (const ending of NUMBERS) {
    const rest = term.slice(0, -ending.length);
    if (!term.endsWith(ending) || rest.length < 3) continue;
    ways.push(rest);
    if (ending === "ات" || ending === "تان" || ending === "تين") ways.push(rest + "ه");
    if (ending === "ي" || ending === "يه") ways.push(rest + "ا", rest + "ه");
  }
  return ways;
}

/** `term` and what may remain of it, the least changed first. @param {string} term */
export function forms(term) {
  if (!isArabic(term)) return [term];
  const starts = [term, ...unprefixed(term)];
  const found = new Set(starts);
  for (const start of starts)
    for (const rest of unsuffixed(start)) {
      found.add(rest);
      for (const further of unsuffixed(rest)) found.add(further);
    }
  return [...found];
}

/** The group to which a word belongs that the archive lacks. @param {string} term @param {Group[]} groups */
export function groupOf(term, groups) {
  const ways = forms(term);
  for (const form of ways) {
    const group = groups.find(({ stem, words }) => stem === form || words.includes(form));
    if (group) return group;
  }
  // neither word alone, but both leave the same: مهاجرون, المهاجرين
  const shared = (/** @type {Group} */ { stem, words }) =>
    ways.some((way) => way.length > 3 && (stem.startsWith(way) || way.startsWith(stem)) && words.some((word) => forms(word).includes(way)));
  return groups.find(shared);
}
