// Reads a JSON list of [query, today, literal], writes what is understood of each (UTF-16 offsets).
import { readFileSync } from "node:fs";
import { understood } from "../../generator/warraq/search/client/understand.js";

/** @type {[string, string, string[]][]} */
const inputs = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(inputs.map((input) => understood(...input))));
