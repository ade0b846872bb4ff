// @ts-check
/**
 * Marks on an article's page what its reader was looking for (`?q=`, and `literal=` as the search page read it).
 * The marks are painted (CSS Custom Highlight API): no text and no element changes, so that it is
 * copied, printed and read aloud as it is. Fetched only where there is such a question.
 */

import { engine, today } from "./search-engine.js";

// As «mark» in site.css; here, for the checkers of style sheets know no such selector yet.
const PAINT = `::highlight(found) {
  background-color: var(--mark); color: var(--ink); text-decoration: underline 2px var(--warn); text-underline-offset: 0.4em;
}`;
const BLOCK = "h1, h2, h3, h4, h5, h6, p, li, td, th, pre, dt, dd, figcaption, blockquote";

/** The texts of some elements in one, a line for each block, and where each node begins. @param {Iterable<Element>} parts */
const textOf = (parts) => {
  /** @type {{node: Text, at: number}[]} */
  const nodes = [];
  let text = "";
  /** @type {Element | null | undefined} */
  let block;
  for (const part of parts) {
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = /** @type {Text} */ (walker.currentNode);
      const own = node.parentElement?.closest(BLOCK);
      if (own !== block) text += "\n";
      block = own;
      nodes.push({ node, at: text.length });
      text += node.data;
    }
  }
  return { text, nodes };
};

/** @param {string} query @param {string[]} literal what was taken back of it */
const show = async (query, literal) => {
  const { text, nodes } = textOf(document.querySelectorAll("article :is(h1, .standfirst, .body)"));
  const marks = await (await engine()).marks(text, query, { literal, today: today() });
  const placeOf = (/** @type {number} */ at) => {
    const last = nodes.findLast(({ at: start }) => start <= at) ?? nodes[0];
    return /** @type {const} */ ([last?.node ?? document.body, at - (last?.at ?? 0)]);
  };
  const ranges = marks.map(([start, end]) => {
    const range = document.createRange();
    range.setStart(...placeOf(start));
    const [node, at] = placeOf(end - 1);
    range.setEnd(node, at + 1);
    return range;
  });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(PAINT);
  document.adoptedStyleSheets.push(sheet);
  CSS.highlights.set("found", new Highlight(...ranges));
};

const asked = new URLSearchParams(location.search);
const query = asked.get("q") ?? "";
if ("highlights" in CSS && query.trim()) show(query, asked.getAll("literal")).catch(() => {}); // a comfort: without an index there are no marks
