// @ts-check
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { family, fold, skeleton, tribe } from "../../generator/warraq/search/client/analysis.js";

/** @type {Record<string, string[][]>} */
const golden = JSON.parse(readFileSync(new URL("../golden/derived.json", import.meta.url), "utf8"));

/** What words are compared by. @param {string} word */
const kin = (word) => `${tribe(family(fold(word)))} ${skeleton(fold(word))}`;

test("derived words share a tribe and a skeleton, others do not", () => {
  for (const words of golden["derived"] ?? []) assert.equal(new Set(words.map(kin)).size, 1, words.join());
  for (const words of golden["not derived"] ?? []) assert.equal(new Set(words.map(kin)).size, 2, words.join());
});

test("twins of foreign names share a tribe", () => {
  for (const words of golden["twins"] ?? [])
    assert.equal(new Set(words.map((word) => tribe(family(fold(word))))).size, 1, words.join());
});
