// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { gapLists, reader } from "../../generator/warraq/search/client/format.js";
import { corrected, nearest } from "../../generator/warraq/search/client/near.js";
import { excerptOf, marksOf } from "../../generator/warraq/search/client/search.js";
import { parseQuery } from "../../generator/warraq/search/client/understand.js";

test("a query is words, phrases, exclusions and fields", () => {
  const parsed = parseQuery('لقاء «وزير الدفاع» -زلزال -"فض الاشتباك" المصدر:"شام الإخبارية" year:2025');
  assert.deepEqual(parsed.words, ["لقاء", "وزير", "الدفاع"]);
  assert.deepEqual(parsed.phrases, [["وزير", "الدفاع"]]);
  assert.deepEqual(parsed.not, ["زلزال"]);
  assert.deepEqual(parsed.notPhrases, [["فض", "الاشتباك"]]);
  assert.deepEqual(parsed.fields, [
    { kind: "outlet", value: "شام الإخبارية" },
    { kind: "year", value: "2025" },
  ]);
});

test("what is said again is read once, and not without end", () => {
  assert.deepEqual(parseQuery("«سد مأرب» ".repeat(40)).phrases, [["سد", "مارب"]]);
  const phrases = Array.from({ length: 40 }, (_, n) => `"${n} ${n + 1}"`).join(" ");
  assert.equal(parseQuery(phrases).phrases.length, 16);
});

test("a name of two words is read as one, quoted or not", () => {
  assert.deepEqual(parseQuery("أبو قصرة").words, ["ابوقصره", "قصره"]);
  assert.deepEqual(parseQuery("أبوقصرة").words, ["ابوقصره", "قصره"]);
});

test("what is no field is read as words", () => {
  assert.deepEqual(parseQuery("constructor:لقاء").words, ["constructor", "لقاء"]);
  assert.deepEqual(parseQuery('"لقاء').words, ["لقاء"]);
});

test("marks cover the whole word", () => {
  const source = "الأمن والاستقرار في المنطقة";
  const marks = marksOf(source, new Set(["والاستقرار"]));
  assert.deepEqual(marks.map(([start, end]) => source.slice(start, end)), ["والاستقرار"]);
});

test("an excerpt stands where most different words are, and keeps words whole", () => {
  const source = "كلام عابر. ".repeat(60) + "القمح والنفط معًا. " + "كلام آخر. ".repeat(60);
  const { text, marks } = excerptOf(source, new Set(["القمح", "والنفط"]));
  assert.deepEqual(marks.map(([start, end]) => text.slice(start, end)), ["القمح", "والنفط"]);
  assert.ok(text.startsWith("… ") && text.endsWith(" …"));
  assert.ok(text.length < 220);
});

test("a text without spaces is cut all the same", () => {
  const { text } = excerptOf("س".repeat(5000), new Set());
  assert.ok(text.length <= 210);
});

test("near spellings keep the first letter and one change", () => {
  const rows = ["وزير", "الزراعة", "الصناعه", "الزراعه"].map((word) => ({ word, shown: word, weight: 1 }));
  assert.deepEqual(nearest("الزراغه", rows).map(({ word }) => word), ["الزراعه"]);
});

test("what was meant is shown as the results write it", () => {
  const results = /** @type {import("../../generator/warraq/search/client/types.d.ts").Result[]} */ (
    /** @type {unknown} */ ([{ title: "أسعار القمح", excerpt: { text: "في مدينةِ حلب", marks: [] } }]));
  assert.equal(corrected("مدينت «حلب»", new Map([["مدينت", "مدينه"]]), results), "مدينةِ «حلب»");
});

test("numbers and lists cut short are told", () => {
  assert.throws(() => reader(new Uint8Array([200])).varint(), RangeError);
  assert.throws(() => reader(new Uint8Array([5, 1])).section(), RangeError);
  assert.deepEqual(gapLists(new Uint8Array([5, 2, 6]), 0, 9), [[2, 3], [3]]);
});
