// @ts-check
/**
 * How the search page writes: its own words (data-words, the script has none), numbers and days as
 * the site has them, and elements whose text may come from anywhere.
 */

import { isolated } from "./bidi.js";

const place = /** @type {HTMLElement} */ (document.getElementById("search"));
/** @type {Record<string, any>} */
export const words = JSON.parse(place.dataset.words ?? "{}");

const { lang, dir } = document.documentElement;
const numbers = new Intl.NumberFormat(`${lang}-u-nu-${words.digits}`);
const plurals = new Intl.PluralRules(lang);

/** What a kind of facet is called: `facet_story` and the like. @param {string} kind */
export const kindName = (kind) => String(words[`facet_${kind}`] ?? words[`search_${kind}`] ?? words.search_date);

/** @param {number} number */
export const numeral = (number) => numbers.format(number);

/** @param {string} code @param {Record<string, string>} gaps */
export const worded = (code, gaps) => String(words[code]).replace(/\{(\w+)\}/g, (gap, name) => gaps[name] ?? gap);

/** @param {string} code @param {number} number */
export const counted = (code, number) => {
  const form = number === 0 ? "zero" : plurals.select(number);
  return String(words[code][form] ?? words[code].other).replace("{n}", numeral(number));
};

/** @param {string} text */
export const digits = (text) => text.replace(/[0-9]/g, (digit) => numeral(Number(digit)));

/** "2025-10-12", "2025-10", "2025" or "" as readers write it. @param {string} iso */
export const day = (iso) => {
  const [year = "", month = "", of = ""] = iso.slice(0, 10).split("-");
  if (!year) return words.undated;
  const name = month ? words.months[Number(month) - 1] : "";
  const pattern = of ? words.date_short : month ? words.month_pattern : "{year}";
  return digits(pattern.replace("{day}", String(Number(of))).replace("{month}", name).replace("{year}", year));
};

/**
 * An element with children; strings become text.
 * @param {string} name @param {Record<string, string>} attributes @param {(Node | string)[]} children
 */
export const element = (name, attributes, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

/** A button that does `act`. @param {Record<string, string>} attributes @param {() => void} act @param {(Node | string)[]} children */
export const button = (attributes, act, ...children) => {
  const made = element("button", { type: "button", ...attributes }, ...children);
  made.addEventListener("click", act);
  return made;
};

/** A name, or another text from the archive, that keeps to itself. @param {string} text @param {Record<string, string>} attributes */
export const named = (text, attributes = {}) => element("bdi", attributes, isolated(text));

/** A sentence of the page; what fills its gaps keeps to itself, whatever it is written in. @param {string} code @param {Record<string, string>} gaps */
export const sentence = (code, gaps) =>
  String(words[code]).split(/\{(\w+)\}/).map((part, at) => (at % 2 ? named(gaps[part] ?? "") : part));

/** A text of the page that holds a name, in the page's direction. @param {string} text */
export const labelled = (text) => element("span", { dir }, isolated(text));

/** `dir` for a text most of whose words run against the page: it may begin with a foreign one, or hold one long name. @param {string} text @returns {Record<string, string>} */
export const turned = (text) => {
  const found = text.match(/[\p{L}\p{M}]+/gu) ?? [];
  const own = 2 * found.filter((word) => /[\u0590-\u08ff]/.test(word)).length >= found.length ? "rtl" : "ltr";
  return own === dir ? {} : { dir: own };
};

/**
 * Does what fills parts of the page anew. What had the keyboard's focus has it again, wherever it stands
 * now; else what took its place among its like, the heading of its part, or the search box.
 * @param {() => void} fill
 */
export const keepingFocus = (fill) => {
  const held = /** @type {HTMLInputElement & HTMLAnchorElement} */ (document.activeElement);
  const part = place.contains(held) && held.parentElement?.closest("[id]");
  const alike = (/** @type {Element} */ within) => /** @type {NodeListOf<typeof held>} */ (within.querySelectorAll(held.localName));
  const at = part ? [...alike(part)].indexOf(held) : 0;
  fill();
  if (!part || held.isConnected) return;
  const { name, value, href } = held;
  const isSame = (/** @type {typeof held} */ one) =>
    href ? one.href === href : name && one.name === name && (one.type !== "checkbox" || one.value === value);
  const left = [...alike(part)];
  const next = [...alike(place)].find(isSame) ?? left[at] ?? left.at(-1) ?? part.querySelector("summary");
  (next ?? document.getElementById("find"))?.focus();
};
