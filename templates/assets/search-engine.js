// @ts-check
/** The search engine, fetched once for a page: by the box when it is focused, by the search page, by marks. */

/** @typedef {import("../../generator/warraq/search/client/search.js").Engine} Engine */

/** @type {Promise<Engine> | undefined} */
let opening;
let failed = 0; // Chromium before 156 never fetches a script again that failed under the same address

/** The engine; a failure is tried again. @returns {Promise<Engine>} */
export const engine = () => {
  opening ??= import(new URL(`../search/search.js${failed ? `?${failed}` : ""}`, import.meta.url).href)
    .then(async ({ open, fetchBytes }) => {
      const texts = document.querySelector("[data-texts=pages]");
      const pages = texts && (await import(new URL("../search/pages.js", import.meta.url).href));
      return open(new URL("..", import.meta.url), { load: pages ? pages.fromPages(fetchBytes) : fetchBytes });
    })
    .catch((fault) => {
      opening = undefined;
      failed++;
      throw fault;
    });
  return opening;
};

/** The reader's day, ISO: what «yesterday» is told from. */
export const today = () => {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
};
