// @ts-check
/** What narrows the results: values with their counts, days, and above them what was chosen. */

import { ENDS, FACETS, FILTERS } from "./search-address.js";
import { span } from "./search-days.js";
import { button, day, digits, element, keepingFocus, kindName, named, numeral, worded, words } from "./search-words.js";

/** @typedef {import("./search-address.js").Choice} Choice */
/** @typedef {{value: string, label: string, count: number}} Value */

const MOST_VALUES = 12;

const side = /** @type {HTMLElement} */ (document.getElementById("search-facets"));
/** Whether there is room for them beside the results; else they stand above and would hide these. */
export const isWide = () => matchMedia("(min-width: 64em)").matches;
if (!isWide()) side.parentElement?.prepend(side); // keys and listeners come to them as eyes do

const order = new Intl.Collator(document.documentElement.lang, { numeric: true, ignorePunctuation: true });
const filed = (/** @type {string} */ name) => name.replace(/^ال(?=..)/, "");

/** The more often, the earlier; as often, by name. @param {Value} a @param {Value} b */
const ranked = (a, b) => b.count - a.count || order.compare(filed(a.label), filed(b.label));

/** A year, or what has none. @param {Value} found */
const labelled = ({ value, label }, /** @type {string} */ kind) =>
  kind !== "year" ? label : value === "0" ? words.undated : digits(label);

/** `choice` with a value of a kind or without it. @param {Choice} choice @param {string} kind @param {string} value @param {boolean} on @returns {Choice} */
const altered = (choice, kind, value, on) => {
  const values = (choice.filters[kind] ?? []).filter((other) => other !== value);
  return { ...choice, filters: { ...choice.filters, [kind]: on ? [...values, value] : values } };
};

/** @param {string} kind @param {Value[]} values @param {Choice} choice @param {(choice: Choice) => void} go */
const facet = (kind, values, choice, go) => {
  const chosen = choice.filters[kind] ?? [];
  const group = element("fieldset", { class: kind }, element("legend", {}, kindName(kind)));
  const most = Math.max(...values.map(({ count }) => count));
  const shown = kind === "year" ? values : values.filter(({ value }, at) => at < MOST_VALUES || chosen.includes(value));
  for (const found of shown) {
    const { value, count } = found;
    const tick = /** @type {HTMLInputElement} */ (element("input", { type: "checkbox", name: kind, value }));
    tick.checked = chosen.includes(value);
    tick.addEventListener("change", () => go(altered(choice, kind, value, tick.checked)));
    const name = named(labelled(found, kind));
    const label = element("label", {}, tick, " ", name, " ", element("span", { class: "count" }, `(${numeral(count)})`));
    label.style.setProperty("--share", String(count / most)); // the years are a histogram
    group.append(label);
  }
  return group;
};

/** @param {string} label @param {() => void} act */
const chip = (label, act) => button({ "aria-label": worded("search_remove", { name: label }) }, act, named(label), " ×");

/** @param {Record<string, Value[]>} facets @param {Choice} choice @param {(choice: Choice) => void} go */
export const showFacets = (facets, choice, go) => {
  const chosen = element("div", { class: "chosen" });
  const groups = [];
  for (const kind of FILTERS) {
    const values = (facets[kind] ?? []).filter(({ count }) => count > 0);
    if (kind === "year") values.reverse();
    else values.sort(ranked);
    for (const value of choice.filters[kind] ?? []) {
      const label = labelled(values.find((found) => found.value === value) ?? { value, label: value, count: 0 }, kind);
      chosen.append(chip(label, () => go(altered(choice, kind, value, false))));
    }
    if (FACETS.includes(kind) && (values.length > 1 || choice.filters[kind])) groups.push(facet(kind, values, choice, go));
  }
  for (const end of ENDS) {
    const [value] = choice.filters[end] ?? [];
    if (value) chosen.append(chip(`${words[`search_${end}`]} ${day(value)}`, () => go(altered(choice, end, value, false))));
  }
  if (chosen.childElementCount) chosen.append(button({}, () => go({ ...choice, filters: {} }), words.search_clear));
  const days = span(choice, (end, iso) => go({ ...choice, filters: { ...choice.filters, [end]: iso ? [iso] : [] } }));
  const details = element("details", isWide() || areOpen() ? { open: "" } : {}, element("summary", {}, words.search_facets), ...groups, days);
  keepingFocus(() => side.replaceChildren(chosen, details));
};

/** A heading in the place of the counts, which are asked for when it is opened. @param {() => unknown} count */
export const offerFacets = (count) => {
  const details = element("details", {}, element("summary", {}, words.search_facets));
  details.addEventListener("toggle", () => void count(), { once: true });
  keepingFocus(() => side.replaceChildren(details));
};

/** Whether a reader has opened them. */
export const areOpen = () => side.querySelector("details")?.open ?? false;

export const clearFacets = () => side.replaceChildren();
