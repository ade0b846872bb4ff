// @ts-check
// Days as the index numbers them. Loaded for filters and dates.
import { fold } from "./analysis.js";

/** The number of a day, as ISO has it in any digits, 0 for none; `month` and `date` stand for what it lacks. @param {string | undefined} day @param {number} month @param {number} date */
export function dayNumber(day, month, date) {
  const [, y, m, d] = /^(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?/.exec(String(day ?? "").split("-").map(fold).join("-")) ?? [];
  return y ? (Number(y) * 13 + Number(m ?? month)) * 32 + Number(d ?? date) : 0;
}
