// @ts-check
// The texts of articles from their pages, for sites without article.json.
/** @import {Load} from "./types.js" */

const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: "\u00a0" };

/** Loads an article's text from its page, for a site without article.json. @param {Load} load @returns {Load} */
export const fromPages = (load) => async (url, isFresh) => {
  if (!url.endsWith("/article.json")) return load(url, isFresh);
  const page = new TextDecoder().decode(await load(url.slice(0, -"article.json".length), isFresh));
  return new TextEncoder().encode(JSON.stringify({ text: textOfPage(page) })).buffer;
};

/** What the page's body holds, with the elements within it. @param {string} html */
function bodyOf(html) {
  const start = /<div class="body"[^>]*>/.exec(html);
  if (!start) return "";
  const from = start.index + start[0].length;
  let depth = 1;
  for (const tag of html.slice(from).matchAll(/<(\/?)div\b[^>]*>/g))
    if ((depth += tag[1] ? -1 : 1) === 0) return html.slice(from, from + tag.index);
  return html.slice(from);
}

/** The text of an article as its page shows it, "" for a page that shows none: as `text_of` makes it. @param {string} html */
export function textOfPage(html) {
  const [body = ""] = bodyOf(html).split('<div class="footnote">');
  return body
    .replace(/<p><a href="([^"]*)">\1<\/a><\/p>|<a class="embed-[^>]*>[^]*?<\/a>|<sup id="fnref[^"]*">[^]*?<\/sup>/g, "")
    .replace(/\n/g, " ")
    .replace(/<\/(?:p|li|h[2-6]|blockquote|pre|tr|div|figcaption|d[td])>|<[bh]r>/g, "\n")
    .replace(/<\/t[dh]>/g, " ")
    .replace(/<[^>]*>/g, "")
    .replace(/&(?:#(\d+)|([a-z]+));/g, (all, code, name) =>
      code ? String.fromCodePoint(Math.min(code, 0x10ffff)) : (ENTITIES[/** @type {"amp"} */ (name)] ?? all))
    .split("\n").map((line) => line.replace(/\s+/g, " ").trim()).filter(Boolean).join("\n");
}
