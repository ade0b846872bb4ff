// Asks an archive on disk. Reads {base, steps: [[query, options]…], complete: […], lose, cut} from
// standard input; `lose` and `cut` are parts of file names that are missing or cut short. A step may
// have a third part: the folder of what is published in the place of `base` from then on. `trusted` is
// how long an index is taken for the newest; with `pages` excerpts come from pages. With `again` each
// result has what its page would mark in its title (`marks`), and its excerpt (`whole`).
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fromPages } from "../../generator/warraq/search/client/pages.js";
import { open, SearchError } from "../../generator/warraq/search/client/search.js";

const { base, steps = [], complete = [], lose, cut, trusted, pages, again } = JSON.parse(readFileSync(0, "utf8"));
const asked = /** @type {string[]} */ ([]);

let published = base;

/** @param {string} url */
async function load(url) {
  asked.push(url);
  if (lose && url.includes(lose)) throw new Error("lost");
  const file = url.endsWith("/") ? `${url}index.html` : url;
  const bytes = await readFile(new URL(file.replace(base, published)));
  const kept = cut && url.includes(cut) ? bytes.subarray(0, bytes.length >> 1) : bytes;
  return new Uint8Array(kept).buffer;
}

try {
  const engine = await open(base, { load: pages ? fromPages(load) : load, trusted });
  const answers = [];
  for (const [query, options, anew] of steps) {
    published = anew ?? published;
    const start = performance.now();
    const answer = await engine.search(query, options);
    const ms = performance.now() - start;
    const emptied = answer.understood.flatMap(({ off, text }) => (off === "empty" ? text : []));
    const known = { ...options, literal: [...(options.literal ?? []), ...emptied] };
    const marked = async (/** @type {typeof answer.results[number]} */ result) =>
      ({ ...result, marks: await engine.marks(result.title, query, known), whole: await engine.excerpt(result) });
    const results = again ? await Promise.all(answer.results.map(marked)) : answer.results;
    answers.push({ ...answer, results, ms });
  }
  const completed = [];
  for (const typed of complete) completed.push(await engine.complete(typed));
  process.stdout.write(JSON.stringify({ answers, completed, asked }));
} catch (error) {
  if (!(error instanceof SearchError)) throw error;
  process.stdout.write(JSON.stringify({ error: error.code }));
}
