// @ts-check
// How what is typed may go on: words of the archive, and names. Loaded when a reader types.
/** @import {Access, Completion, Row, Trouble} from "./types.js" */
import { fold, hash32 } from "./analysis.js";
import { text } from "./format.js";
import { stripped } from "./spelling.js";

/** The number of the shard of what begins like a word. @param {string} start @param {Access} access */
export const completionShard = (start, access) =>
  hash32((start.startsWith("ال") && start.length > 3 ? start.slice(2) : start).slice(0, 2)) % access.shards("c");

/** The words and names of the shard of what begins like a word. @param {string} start @param {Access} access @param {Trouble[]} troubles @returns {Promise<Row[]>} */
export async function completions(start, access, troubles) {
  const rows = await access.shard("c", completionShard(start, access), (bytes) =>
    text(bytes).split("\n").map((line) => {
      const [word = "", shown, weight, of = "", key = ""] = line.split("\t");
      return { word, shown: shown || word, weight: Number(weight ?? 0), of, key };
    }), troubles);
  return [...(rows ?? [])];
}

/** How what is typed may go on, the likeliest first. @param {string} typed @param {number} limit @param {Access} access @returns {Promise<Completion[]>} */
export async function completed(typed, limit, access) {
  const start = /\S*$/.exec(typed)?.[0] ?? "";
  const prefix = fold(start);
  if (prefix.length < 2 || prefix === "ال") return [];
  const before = typed.slice(0, typed.length - start.length);
  const [{ named }, held] = await Promise.all([import("./names.js"), completions(prefix, access, [])]);
  const rows = held.filter(({ word }) => word.startsWith(prefix) || stripped(word).startsWith(stripped(prefix)));
  // names first (they have no weight), then the commonest words
  rows.sort((a, b) => Number(a.weight > 0) - Number(b.weight > 0) || b.weight - a.weight || a.word.length - b.word.length || (a.shown < b.shown ? -1 : 1));
  /** @type {Map<string, Completion>} */
  const different = new Map();
  for (const { shown, of = "", key = "" } of rows) {
    const row = { query: before + shown, ...(of && named(of, key, shown, access)) };
    if (!different.has(shown + of + key)) different.set(shown + of + key, row);
  }
  return [...different.values()].slice(0, limit);
}
