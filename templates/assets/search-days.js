// @ts-check
/** The ends of a span of days as fields in the site's digits and months, which read what people type. */

import { ENDS } from "./search-address.js";
import { isolated } from "./bidi.js";
import { today } from "./search-engine.js";
import { day, digits, element, words } from "./search-words.js";

/** @typedef {import("./search-address.js").Choice} Choice */
/** @typedef {import("../../generator/warraq/search/client/types.js").Days} Days */

/**
 * From this day to that, read as in a query: «2025-03», «أيار 2024», «12/3/2025», «صيف 2012». What cannot
 * be read is said below the fields and changes nothing.
 * @param {Choice} choice @param {(end: string, iso: string) => void} change
 */
export const span = (choice, change) => {
  const hint = (/** @type {string} */ text) => isolated(digits(text)); // 2025-03 as it is typed
  const said = element("p", { class: "note", id: "search-days-said", role: "status" }, hint(words.search_day_hint));
  const group = element("fieldset", { class: "span" }, element("legend", {}, words.facet_day));
  for (const end of ENDS) {
    const given = choice.filters[end]?.[0] ?? "";
    const field = /** @type {HTMLInputElement} */ (element("input", {
      type: "text", name: end, value: given ? day(given) : "", autocomplete: "off", "aria-describedby": said.id }));
    field.addEventListener("change", async () => {
      const { daysOf } = await import(new URL("../search/dates.js", import.meta.url).href);
      /** @type {Days | undefined} */
      const days = daysOf(field.value, today());
      const isRead = days !== undefined || !field.value.trim();
      field.setAttribute("aria-invalid", String(!isRead));
      said.replaceChildren(hint(isRead ? words.search_day_hint : words.search_day_unread));
      if (isRead) change(end, (end === "from" ? days?.first : days?.last) ?? "");
    });
    group.append(element("label", {}, element("span", {}, words[`search_${end}`]), field));
  }
  group.append(said);
  return group;
};
