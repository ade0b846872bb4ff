// @ts-check
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { tokens } from "../../generator/warraq/search/client/analysis.js";
import { among, NAMED } from "../../generator/warraq/search/client/dates.js";
import { filtering, unread } from "../../generator/warraq/search/client/facets.js";
import { gapLists, reader } from "../../generator/warraq/search/client/format.js";
import { corrected } from "../../generator/warraq/search/client/near.js";
import { excerptOf, isPlain, marksOf } from "../../generator/warraq/search/client/search.js";
import { nearest } from "../../generator/warraq/search/client/spelling.js";
import { understood } from "../../generator/warraq/search/client/understand.js";

test("a query is words, phrases, exclusions and fields", () => {
  const { words, items } = understood('لقاء «وزير الدفاع» المصدر:"شام الإخبارية" year:2025 -زلزال -"فض الاشتباك"');
  assert.deepEqual(words, ["لقاء", "وزير", "الدفاع"]);
  assert.deepEqual(items.map(({ kind, key, value }) => [kind, key, value]), [
    ["phrase", "", "وزير الدفاع"],
    ["field", "outlet", "شام الإخبارية"],
    ["date", "year", "2025"],
    ["without", "", "زلزال"],
    ["without", "", "فض الاشتباك"],
  ]);
});

test("what is said again is read once, and not without end", () => {
  assert.equal(understood("«سد مأرب» ".repeat(40)).items.length, 1);
  const phrases = Array.from({ length: 40 }, (_, n) => `"${n} ${n + 1}"`).join(" ");
  assert.equal(understood(phrases).items.length, 16);
});

test("a name of two words is read as one, quoted or not", () => {
  for (const typed of ["أبو قصرة", "أبوقصرة", '"أبو قصرة"']) assert.deepEqual(understood(typed).words, ["ابوقصره", "قصره"]);
});

test("what is no field is read as words", () => {
  assert.deepEqual(understood("constructor:لقاء").words, ["constructor", "لقاء"]);
  assert.deepEqual(understood('"لقاء').words, ["لقاء"]);
});

test("the parser is loaded for whatever it understands", () => {
  const golden = JSON.parse(readFileSync(new URL("../golden/understanding.json", import.meta.url), "utf8"));
  for (const { query, items } of golden)
    if (items.length) assert.ok(!isPlain(query, tokens(query).map(({ term }) => term)), query);
  assert.ok(isPlain("وزير الزراعة في دمشق", ["وزير", "الزراعه", "في", "دمشق"]));
});

test("the parser is loaded for whatever its tables have", () => {
  const { months, days, spans, which } = NAMED;
  const asked = [
    ...months.flatMap((month) => [month, `خبر ${month}`, `5 ${month}`, `${month} 5`, `${month}5`, `5-${month}`, `خبر ب${month}`, `لل${month}`, ...which.map((one) => `${month} ${one}`)]),
    ...days.flatMap((day) => [day, `سوريا خبر ${day}`]),
    ...spans.flatMap((span) => which.flatMap((one) => [`${span} ${one}`, `خبر ${one} ${span}`])),
    ..."\u00a0\u200f\u200e\u202b\u2067\u0001\u3000\n".split("").map((blank) => `حلب ${blank}-دمشق`),
    ...["1365 هـ", "سنة 1500", "1800", "حرب 1899", "٢٠٩٩", "2024-05", "3/2025", "12.3.2025"],
  ];
  const read = asked.filter((query) => understood(query, "2025-10-15").items.length);
  assert.ok(read.length > asked.length / 2);
  const missed = read.filter((query) => isPlain(query, tokens(query).map(({ term }) => term)));
  assert.deepEqual(missed, []);
  for (const query of ["ابراهيم رئيسي", "مايكل جاكسون", "يوليوس قيصر", "عملة اليورو", "ريف حلب", "أبو مازن", "الشهر العقاري"])
    assert.ok(isPlain(query, tokens(query).map(({ term }) => term)), query);
});

test("days are told by their numbers in the index", () => {
  const day = (/** @type {number} */ y, /** @type {number} */ m, /** @type {number} */ d) => (y * 13 + m) * 32 + d;
  const [may] = understood("أيار 2024").items.map(({ days }) => among(days));
  assert.deepEqual([[2024, 5, 0], [2024, 5, 31], [2024, 6, 1], [2024, 0, 0]].map(([y = 0, m = 0, d = 0]) => may?.(day(y, m, d))), [true, true, false, false]);
  const [fast] = understood("رمضان").items.map(({ days }) => among(days));
  assert.deepEqual([[2024, 3, 10], [2024, 3, 11], [2025, 3, 29], [2025, 3, 30], [2025, 3, 0]].map(([y = 0, m = 0, d = 0]) => fast?.(day(y, m, d))), [false, true, true, false, false]);
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
  assert.deepEqual(nearest("الزراغه", rows, 3).map(({ word }) => word), ["الزراعه"]);
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

test("what values are called is read once for all queries of an answer", async () => {
  let read = 0;
  const values = Array.from({ length: 2000 }, (_, n) => ({
    key: `key-${n}`,
    get label() {
      read++;
      return `${n % 2 ? "نفط" : "قمح"} ${n}`;
    },
    articles: [2 * n],
  }));
  const access = /** @type {import("../../generator/warraq/search/client/types.d.ts").Access} */ (
    /** @type {unknown} */ ({ shards: () => 1, shard: async () => values }));
  const field = understood("الشخص:نفط").items;
  for (let time = 0; time < 9; time++) {
    assert.deepEqual(await unread(field, access, []), []);
    const { sets } = await filtering(field, {}, access, []);
    assert.equal(sets[0]?.held.size, 1000);
  }
  assert.equal(read, 2000);
});
