// Reads JSON {stems, pairs, designations, words, latin}; writes what the client's modules for foreign words
// make of them.
import { readFileSync } from "node:fs";
import { soundsOf, spellingsOf } from "../../generator/warraq/search/client/transliteration.js";
import { areTwins, designations, isNative } from "../../generator/warraq/search/client/foreign.js";

const asked = JSON.parse(readFileSync(0, "utf8"));
const stems = [];
for (const [language, word] of asked.words) {
  const { Stemmer } = await import(`../../generator/warraq/search/client/snowball/${language}.js`);
  stems.push([language, word, new Stemmer().stemWord(word)]);
}
process.stdout.write(JSON.stringify({
  native: asked.stems.map((/** @type {string} */ stem) => [stem, isNative(stem)]),
  twins: asked.pairs.map((/** @type {[string, string]} */ [a, b]) => [a, b, areTwins(a, b)]),
  designations: asked.designations.map((/** @type {string} */ term) => [term, designations(term)]),
  stems,
  transliterations: asked.latin.map((/** @type {string} */ word) => [word, soundsOf(word), spellingsOf(word)]),
}));
