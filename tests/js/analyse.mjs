// Reads a JSON list of strings, writes what the browser's analyser makes of each (UTF-16 offsets).
import { readFileSync } from "node:fs";
import { family, fold, hash32, tokens, tribe } from "../../generator/warraq/search/client/analysis.js";
import { forms } from "../../generator/warraq/search/client/forms.js";

const inputs = JSON.parse(readFileSync(0, "utf8"));
const answers = inputs.map((/** @type {string} */ text) => ({
  fold: fold(text),
  tokens: tokens(text).map(({ term, start, end }) => [
    term, start, end, family(term), forms(term).join(" "), hash32(tribe(family(term))),
  ]),
}));
process.stdout.write(JSON.stringify(answers));
