// @ts-check
/** Results as people scan them: outlet and day, title, two lines, a picture where there is one. */

import { addressOf } from "./search-address.js";
import { isolated } from "./bidi.js";
import { counted, day, element, named, sentence, turned, words } from "./search-words.js";

/** @typedef {import("./search-engine.js").Engine} Engine */
/** @typedef {Awaited<ReturnType<Engine["search"]>>["results"][number]} Result */
/** @typedef {import("./search-address.js").Choice} Choice */
/** How a question was read: what the reader, or the archive, took back of it. @typedef {{query: string, literal: string[]}} Read */

/** What brings a result's words into its excerpt when it comes into view. @type {WeakMap<Element, () => void>} */
const waiting = new WeakMap();
const viewed = new IntersectionObserver((seen) => {
  for (const { target, isIntersecting } of seen) {
    if (!isIntersecting) continue;
    viewed.unobserve(target);
    waiting.get(target)?.();
  }
});

/** The result's page, which marks what was asked for. @param {string} url @param {Read} read */
const marked = (url, { query, literal }) => {
  const page = new URL(url);
  if (query.trim()) page.searchParams.set("q", query);
  for (const text of literal) page.searchParams.append("literal", text);
  return page.href;
};

/** A picture beside its headline, which says what it would; one that does not come leaves no hole. @param {string} src */
const thumbnail = (src) => {
  const picture = element("img", { class: "thumb", src, alt: "", width: "104", height: "78", loading: "lazy", decoding: "async" });
  picture.addEventListener("error", () => picture.remove());
  return picture;
};

/**
 * `lacking` are those of the reader's words that it does not have.
 * @param {Engine} found @param {Result} result @param {Choice} choice @param {Read} read @param {string[]} lacking
 */
export const entry = (found, result, choice, read, lacking) => {
  const meta = element("p", { class: "meta" });
  if (result.source) meta.append(named(result.source, { class: "outlet" }), " · ");
  meta.append(element("time", result.date ? { datetime: result.date } : {}, day(result.date)));
  if (result.standing) meta.append(" ", element("span", { class: `badge ${result.standing}` }, words[result.standing]));
  const link = element("a", { href: marked(result.url, read), ...turned(result.title) }, isolated(result.title, result.titleMarks));
  const item = element("li", {}, meta, element("p", { class: "headline" }, link));
  if (result.picture) item.append(thumbnail(result.picture));
  const shown = ({ text, marks } = result.excerpt) => element("p", { class: "summary", ...turned(text) }, isolated(text, marks));
  const summary = shown();
  if (result.excerpt.text) item.append(summary);
  if (lacking.length) {
    const said = sentence("search_lacking", { words: lacking.join(words.list_separator) });
    item.append(element("p", { class: "note lacking" }, ...said));
  }
  if (result.story) item.dataset.story = result.story;
  if (result.more) {
    /** @type {Choice} */
    const all = { ...choice, group: "none", filters: { ...choice.filters, story: [result.story] } };
    item.append(element("p", { class: "note" }, element("a", { href: addressOf(all) }, counted("search_of_story", result.more))));
  }
  if (choice.query && !result.titleMarks.length && !result.excerpt.marks.length) {
    waiting.set(item, async () => {
      const excerpt = await found.excerpt(result);
      if (excerpt.marks.length) summary.replaceWith(shown(excerpt));
    });
    viewed.observe(item);
  }
  return item;
};

/** Names the story of each result that belongs to one. @param {{value: string, label: string}[]} stories */
export const nameStories = (stories) => {
  for (const item of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".results [data-story]"))) {
    const story = stories.find(({ value }) => value === item.dataset.story);
    const note = item.querySelector(".note:not(.lacking)") ?? item.appendChild(element("p", { class: "note" }));
    if (story) note.prepend(`${words.search_story}: `, named(story.label), " ");
    delete item.dataset.story;
  }
};
