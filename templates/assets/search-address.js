// @ts-check
/** The question that stands in the address of the search page, so that it can be linked and gone back to. */

export const PAGE = 10;
const MOST_SHOWN = 200; // results that a link may ask for at once
// As in search/format.js, with the year, in the order of the page.
export const FACETS = ["outlet", "year", "topic", "person", "place", "organization"];
export const FILTERS = [...FACETS, "story"];
export const ENDS = ["from", "to"];
const ORDERS = ["relevance", "newest", "oldest"];

/**
 * `group` is "" where the page decides whether a story has one result; `literal` are readings that were
 * taken back, each a part of the query, or it, «=» and which of its readings; `shown` is how many results.
 * @typedef {{
 *   query: string, sort: "relevance" | "newest" | "oldest", group: "" | "story" | "none",
 *   filters: Record<string, string[]>, literal: string[], shown: number}} Choice
 */

/** @returns {Choice} */
export const wanted = () => {
  const address = new URLSearchParams(location.search);
  /** @type {Record<string, string[]>} */
  const filters = {};
  for (const kind of FILTERS) {
    const values = address.getAll(kind);
    if (values.length) filters[kind] = values;
  }
  for (const end of ENDS) {
    const value = address.get(end);
    if (value) filters[end] = [value];
  }
  const [sort = "relevance"] = ORDERS.filter((order) => order === address.get("sort"));
  const [group = ""] = ["story", "none"].filter((way) => way === address.get("group"));
  const shown = Math.min(Math.max(Number(address.get("shown")) || 0, PAGE), MOST_SHOWN);
  const literal = address.getAll("literal");
  return /** @type {Choice} */ ({ query: address.get("q") ?? "", sort, group, filters, literal, shown });
};

/** @param {Choice} choice @param {number} [shown] */
export const addressOf = (choice, shown = PAGE) => {
  const address = new URLSearchParams();
  if (choice.query) address.set("q", choice.query);
  if (choice.sort !== "relevance") address.set("sort", choice.sort);
  if (choice.group) address.set("group", choice.group);
  for (const [kind, values] of Object.entries(choice.filters)) for (const value of values) address.append(kind, value);
  for (const text of choice.literal) if (choice.query.includes(text.split("=")[0] ?? "")) address.append("literal", text);
  if (shown > PAGE) address.set("shown", String(shown));
  return address.size ? `?${address}` : location.pathname;
};
