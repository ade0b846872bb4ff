// Index and ask another engine: node peers.mjs ENGINE FOLDER, where FOLDER has node_modules.
// Reads {articles: path of NDJSON, queries: [query], first: [query], output: folder} from standard input;
// writes {seconds, files, size, moved: [[bytes, requests]], times, answers: [[id]], totals}, ten ids an
// answer; what queries move is counted for the first ones. Each engine is set up as its manual says for
// Arabic; what is moved counts text files as gzip sends them.
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const [, , engine, folder] = process.argv;
const { articles, queries, first, output } = JSON.parse(readFileSync(0, "utf8"));
const require = createRequire(join(folder, "package.json"));
const documents = () => readFileSync(articles, "utf8").trim().split("\n").map((line) => JSON.parse(line));
const shown = (found) => found.map(({ id, title, text }) => ({ id, title, lead: text.slice(0, 140) }));
const gzipped = (content) => gzipSync(content).length;

/** An index that is one file, beside a file of what results show. */
async function whole(build, ask, script) {
  const all = documents();
  const start = performance.now();
  const index = build(all);
  const packed = JSON.stringify(index);
  const seconds = (performance.now() - start) / 1000;
  const store = JSON.stringify(shown(all));
  const moved = gzipped(packed) + gzipped(store) + gzipped(readFileSync(script));
  const times = [], answers = [], totals = [];
  for (const query of queries) {
    const from = performance.now();
    const found = ask(index, query);
    times.push(performance.now() - from);
    answers.push(found.slice(0, 10));
    totals.push(found.length);
  }
  return { seconds, files: 2, size: packed.length + store.length, moved: [[moved, 3]], times, answers, totals };
}

const peers = {
  lunr() {
    const lunr = require("lunr");
    require("lunr-languages/lunr.stemmer.support")(lunr);
    require("lunr-languages/lunr.ar")(lunr);
    const build = (all) =>
      lunr(function () {
        this.use(lunr.ar);
        this.ref("id");
        this.field("title", { boost: 3 });
        this.field("text");
        for (const one of all) this.add(one);
      });
    const ask = (index, query) => {
      try {
        return index.search(query).map(({ ref }) => ref);
      } catch (error) { // a colon or a dash that is none of its operators
        if (error.name !== "QueryParseError") throw error;
        return index.search(query.replace(/[-+:~^*]/g, " ")).map(({ ref }) => ref);
      }
    };
    return whole(build, ask, require.resolve("lunr"));
  },

  minisearch() {
    const MiniSearch = require("minisearch");
    const fold = (term) => term.normalize("NFKD").replace(/[\p{M}\u0640]/gu, "").replace(/[أإآ]/g, "ا").replace(/ة$/, "ه").replace(/ى$/, "ي");
    const build = (all) => {
      const index = new MiniSearch({ fields: ["title", "text"], processTerm: fold, searchOptions: { boost: { title: 3 }, prefix: (term) => term.length > 3 } });
      index.addAll(all);
      return index;
    };
    return whole(build, (index, query) => index.search(query).map(({ id }) => id), require.resolve("minisearch"));
  },

  async pagefind() {
    const all = documents();
    const start = performance.now();
    const pagefind = await import(pathToFileURL(join(folder, "node_modules/pagefind/lib/index.js")).href);
    const { index } = await pagefind.createIndex({ forceLanguage: "ar" });
    for (const { url, title, text } of all) await index.addCustomRecord({ url, content: `${title}\n${text}`, language: "ar", meta: { title } });
    mkdirSync(output, { recursive: true });
    await index.writeFiles({ outputPath: output });
    await pagefind.close();
    const seconds = (performance.now() - start) / 1000;
    const files = readdirSync(output, { recursive: true }).map((name) => join(output, name)).filter((path) => statSync(path).isFile());
    const used = files.filter((path) => !/-ui|highlight|unknown|worker/.test(path)); // its widgets are not counted
    const size = used.reduce((sum, path) => sum + statSync(path).size, 0);
    writeFileSync(join(output, "package.json"), '{"type":"module"}');
    const script = readFileSync(join(output, "pagefind.js"));
    let bytes = 0, requests = 0;
    globalThis.location = { origin: "http://archive.example", href: "http://archive.example/" };
    globalThis.window = { location };
    globalThis.document = { currentScript: null, querySelector: () => ({ getAttribute: () => "ar" }) };
    globalThis.fetch = async (url) => {
      const path = String(url).replace(/^.*?\/pf\//, "").replace(/\?.*/, "");
      const content = await readFile(join(output, path));
      requests++;
      bytes += path.endsWith(".json") ? gzipped(content) : content.length;
      return new Response(content);
    };
    const moved = [], times = [], answers = [], totals = [];
    const ask = async (client, query) => {
      const { results } = await client.search(query);
      return { total: results.length, urls: await Promise.all(results.slice(0, 10).map(async (one) => (await one.data()).url)) };
    };
    const opened = async (version) => {
      const client = await import(`${pathToFileURL(join(output, "pagefind.js")).href}?${version}`);
      await client.options({ basePath: "/pf/", baseUrl: "/" });
      await client.init();
      return client;
    };
    for (const query of first.slice(0, 30)) {
      bytes = gzipped(script);
      requests = 1;
      await ask(await opened(`first${moved.length}`), query);
      moved.push([bytes, requests]);
    }
    const client = await opened("warm");
    for (const query of queries) {
      await ask(client, query);
      const from = performance.now();
      const { total, urls } = await ask(client, query);
      times.push(performance.now() - from);
      answers.push(urls.map((url) => url.split("/")[2]));
      totals.push(total);
    }
    return { seconds, files: used.length, size, moved, times, answers, totals };
  },
};

process.stdout.write(JSON.stringify(await peers[engine]()));
process.exit(0);
