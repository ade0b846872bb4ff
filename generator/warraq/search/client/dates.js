// @ts-check
// The dates in what a reader types: twin of search/query_dates.py, rule for rule, where the rules are
// explained; tests/golden/understanding.json ties them. Offsets are UTF-16 units; days are ISO texts.
/** @import {Days, Hit, Understood} from "./types.js" */
import { ARABIC, DIGIT, fold, IGNORED } from "./analysis.js";
import { dayNumber } from "./days.js";
import { SLOTS } from "./format.js";

/** @typedef {{kind: string, text: string, start: number, end: number, isSpaced: boolean}} Lexeme */
/** @typedef {{start: number, end: number, days: Days, isBare: boolean, isWeak: boolean}} FoundDate */
/** @typedef {{end: number, number: number, isHijri: boolean, name: string, isDoubtful: boolean}} Month */
/**
 * What was read up to the lexeme `end`: parts (0 for none), or `days` at once. Not `isPossible`: it looks
 * like a date, and there is no such day. `isDoubtful`: unless nothing else was typed.
 * @typedef {{end: number, year: number, month: number, day: number, isHijri: boolean, days: Days | undefined,
 *   isPossible: boolean, isDoubtful: boolean, isWeak: boolean}} Read
 */

export const BLANK = "\\x00-\\x20\\x7f-\\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000";
const LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f";
const LEXEME = new RegExp(
  `(?<space>[${BLANK}]+)|(?<word>[${ARABIC}][${ARABIC}${IGNORED}]*|[${LATIN}][${LATIN}${IGNORED}]*)` +
  `|(?<number>${DIGIT}+)|(?<mark>[^${IGNORED}])`, "gu");
export const HIDDEN = "\n"; // the text of a mark that is no part of a sentence

/** @param {string} words */
const words = (words) => new Set(words.split(" ").map(fold));
const OPENING = new Set("([{«\"“”„'‘،,;؛" + HIDDEN);
const CLOSING = new Set(")]}»\"“”'’;؛؟?!…" + HIDDEN);
const STOPS = new Set(".,،:-–—");
const DASHES = new Set("-–—");
const PARTICLES = new Set("وفبلك");
const YEAR_WORDS = words("عام العام لعام بعام للعام سنة السنة لسنة للسنة بسنة year");
const MONTH_WORDS = words("شهر لشهر بشهر");
const WEEKDAYS = [...words("الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد")];
const LEADS = new Set([...words("يوم ليوم بتاريخ تاريخ"), ...WEEKDAYS]);
const AROUND = words("قبل بعد حتى before after until");
const SINCE = words("منذ since");
const UNTIL = words("إلى حتى to until till");
const BETWEEN = words("بين مابين between");
const FROM = new Set([...BETWEEN, ...SINCE, "من", "from"]);
const PARTS = words("مطلع أوائل مستهل بداية بدايات منتصف أواسط أواخر نهاية نهايات ختام early mid late");
const HIJRI_ERA = words("ه هجري هجرية للهجرة");
const ERA = words("م ميلادي ميلادية للميلاد");
const ORDINAL = words("st nd rd th");
const NUMBERED = words(
  "رقم عدد العدد قرار القرار المادة مادة بند البند صفحة الصفحة المجلد الجزء قناة غرفة رحلة" +
  " الرحلة طراز موديل خط طريق no number page");
const COUNTED = words(
  "شخص شخصا قتيل قتيلا جريح جريحا شهيد شهيدا أسير أسيرا مصاب مصابا نازح نازحا لاجئ لاجئا مهاجر" +
  " مهاجرا عامل عاملا موظف موظفا طالب طالبا جندي جنديا عائلة أسرة منزل وحدة طن طنا كيلو كم" +
  " كيلومتر كيلومترا متر مترا هكتار دونم برميل ميغاواط دولار دولارا يورو ليرة ريال درهم دينار جنيه" +
  " ألف مليون مليار سنة عام عاما يوم يوما ساعة مرة ضحية وفاة إصابة حالة وظيفة مدني مدنيا مواطن مواطنا" +
  " متظاهر متظاهرا معتقل معتقلا سجين سجينا مقاتل مقاتلا مسلح مسلحا مسافر مسافرا سائح سائحا حاج حاجا" +
  " طفل طفلا رجل رجلا امرأة معلم معلما طبيب طبيبا ناخب ناخبا نسمة سيارة شاحنة حافلة دبابة طائرة سفينة" +
  " صاروخ صاروخا قذيفة شقة خيمة مسكن مسكنا قرية قطعة نسخة شجرة لتر لترا غرام كيلوغرام كيلوغراما فدان" +
  " فدانا درجة نقطة مقعد مقعدا صوت صوتا cars jobs cases deaths workers children soldiers people dollars euros");
const BEARERS = words(
  "شارع ميدان ساحة جسر كوبري حي محور جامعة مدرسة مستشفى ملعب استاد ثورة حركة حزب لواء");
/** @type {Map<string, number[]>} */
const SEASONS = new Map();
for (const [names, ...months] of /** @type {[string, number, number, number][]} */ ([
  ["ربيع spring", 3, 4, 5], ["صيف summer", 6, 7, 8], ["خريف autumn", 9, 10, 11], ["شتاء winter", 1, 2, 12],
])) for (const name of words(names)) SEASONS.set(name, months);
const ORDINALS = new Map([
  ...[...words("الأول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر")].map((name, at) => /** @type {[string, number]} */ ([name, at + 1])),
  ["الحادي", 1], ["العشرين", 20], ["العشرون", 20], ["الثلاثين", 30], ["الثلاثون", 30],
]);
const TENS = new Map([["عشر", 10], ["والعشرين", 20], ["والعشرون", 20], ["والثلاثين", 30], ["والثلاثون", 30]]);
const DAYS_BACK = new Map([["امس الاول", 2], ["اول امس", 2], ["امس", 1], ["البارحه", 1], ["yesterday", 1]]);
const TODAY = words("اليوم today");
/** @type {Map<string, "week" | "month" | "year">} */
const UNITS = new Map([
  ["الاسبوع", "week"], ["week", "week"], ["الشهر", "month"], ["month", "month"],
  ["العام", "year"], ["السنه", "year"], ["year", "year"],
]);
const PAST = words("الماضي الماضية المنصرم المنصرمة الفائت الفائتة الفايت الفايتة السابق السابقة last");
const NOW = words("الجاري الجارية الحالي الحالية");
const OFFICES = words("السابق السابقة الحالي الحالية");
const THIS = words("هذا هذه this");
const HOLY = words("المبارك الكريم الفضيل المعظم");
const DOUBTFUL = words("آب مارس ماي مايس جوان محرم المحرم صفر رجب شعبان رمضان شوال");
const NAMES = words("may mai mar mars march jan");
const LEADING = words("in of on since until till to from between by before after during early late mid and or");
const ZERO = "صفر";
const MONTHS = `كانون الثاني|كانون ثاني|كانون2|كانون التاني|يناير|جانفي|january|jan|janvier
شباط|فبراير|فيفري|فبرابر|february|feb|février|fevrier
آذار|مارس|march|mar|mars
نيسان|أبريل|ابريل|أفريل|إبريل|april|apr|avril
أيار|مايو|ماي|مايس|may|mai
حزيران|يونيو|يونيه|جوان|june|jun|juin
تموز|يوليو|يوليه|يوليوز|جويلية|july|jul|juillet
آب|أغسطس|اغسطس|أوت|غشت|august|aug|août|aout
أيلول|سبتمبر|شتنبر|september|sept|sep|septembre
تشرين الأول|تشرين أول|تشرين1|أكتوبر|اكتوبر|أوكتوبر|october|oct|octobre
تشرين الثاني|تشرين ثاني|تشرين2|نوفمبر|نونبر|november|nov|novembre
كانون الأول|كانون أول|كانون1|ديسمبر|دجنبر|december|dec|décembre|decembre`;
const HIJRI_MONTHS = `محرم|المحرم|محرم الحرام
صفر
ربيع الأول|ربيع أول|ربيع الاول
ربيع الآخر|ربيع الثاني|ربيع ثاني|ربيع آخر
جمادى الأولى|جمادى الأول|جمادى الاولى|جماد الأول|جماد أول|جمادى أولى
جمادى الآخرة|جمادى الثانية|جمادى الثاني|جماد الآخر|جماد الثاني|جمادى الآخر|جماد ثاني
رجب
شعبان
رمضان
شوال
ذو القعدة|ذي القعدة|ذوالقعدة|ذي قعدة
ذو الحجة|ذي الحجة|ذوالحجة|ذي حجة`;

/** Every word that makes a date without a year: search.js has a pattern of them, told by the tests from these. */
export const NAMED = {
  months: [MONTHS, HIJRI_MONTHS].flatMap((table) => table.split(/[|\n]/)),
  days: [...DAYS_BACK.keys(), ...TODAY],
  spans: [...WEEKDAYS, ...UNITS.keys()],
  which: [...PAST, ...NOW, ...THIS],
};

// The Umm al-Qura calendar, by scripts/write-understanding: Intl's differs from it on two days of five.
const FIRST_HIJRI = 1365;
const LAST_HIJRI = 1500;
const LENGTHS = atob(
  "qrqqqqqrq2qqpXVLVVqzqmTqlbqqVVqqtKtlWqqqsuyrKraqqrq0qrKrorqmtKulWqq1VW0rVK6ldSbpNqqtVVqltSupW0m6TbJdUtql" +
  "rUrqVtS9I9kdqVtKtaVtK2k7SbZVapdUtqVsqtVVspuSupXUraVaqrWVdJdkuqW1K2pW0q6VcqdVNaldSbpN0m1TWqqtS2pXUnqVtKtV" +
  "NsmuS2qWtK2lXSXZLcltStZVbStpN0m2TXKrVLaldStpVrKtlNyV1K6lbKrVVWyX");
const DAY = 864e5; // milliseconds
const RAISED = 1.25;
/** @type {number[]} The first day of each month, and of the first after the table. */
const HIJRI_STARTS = [Date.UTC(1945, 11, 5)];
for (const byte of LENGTHS)
  for (let bit = 7; bit >= 0; bit--)
    HIJRI_STARTS.push((HIJRI_STARTS.at(-1) ?? 0) + (29 + ((byte.charCodeAt(0) >> bit) & 1)) * DAY);

/** @param {number} time */
const isoDay = (time) => new Date(time).toISOString().slice(0, 10);

/** The first and the last day of a Hijri year, month or day (0: not given), if there is such a one.
 * @param {number} year @param {number} month @param {number} day @returns {[number, number] | undefined} */
function hijriDays(year, month, day) {
  if (year < FIRST_HIJRI || year > LAST_HIJRI) return undefined;
  const first = (year - FIRST_HIJRI) * 12 + (month || 1) - 1;
  const start = HIJRI_STARTS[first] ?? 0;
  const end = HIJRI_STARTS[month ? first + 1 : first + 12] ?? 0;
  if (day) return start + day * DAY <= end ? [start + (day - 1) * DAY, start + (day - 1) * DAY] : undefined;
  return [start, end - DAY];
}

/** Whether a day of the index is among `days`. @param {Days} days @returns {(day: number) => boolean} */
export function among({ first, last, every, isHijri }) {
  const low = dayNumber(first, 0, 0);
  const high = dayNumber(last, 12, 31) || Infinity;
  return (day) => {
    if (!day || day < low || day > high) return false;
    if (!every.length) return true;
    const [year, month, date] = [Math.floor(day / 416), Math.floor(day / 32) % 13, day % 32];
    const said = isHijri ? inHijri(Date.UTC(year, month - 1, date)) : `${two(month)}-${two(date)}`;
    return (!isHijri || date > 0) && every.some((each) => said.startsWith(each));
  };
}

/** The Hijri year and month of a day; 0 and a month after all others outside of the table. @param {number} time @returns {[number, number]} */
function hijriMonth(time) {
  const at = HIJRI_STARTS.findIndex((start) => start > time) - 1;
  return at < 0 ? [0, 13] : [FIRST_HIJRI + Math.floor(at / 12), (at % 12) + 1];
}

/** MM-DD in the Hijri calendar, "" outside of the table. @param {number} time */
function inHijri(time) {
  const after = HIJRI_STARTS.findIndex((start) => start > time);
  return after < 1 ? "" : `${two(((after - 1) % 12) + 1)}-${two((time - (HIJRI_STARTS[after - 1] ?? 0)) / DAY + 1)}`;
}

/** The hits, those of days that are said beside words raised. @param {Understood[]} items @param {Map<number, Hit>} hits @returns {Map<number, Hit>} */
export function raised(items, hits) {
  const tests = items.filter(({ kind, mode }) => kind === "date" && mode === "raise").map(({ days }) => among(days));
  const isSaid = (/** @type {number} */ article) => tests.some((holds) => holds(Math.floor(article / SLOTS)));
  return new Map([...hits].map(([article, hit]) => [article, isSaid(article) ? { ...hit, score: hit.score * RAISED } : hit]));
}

/** @type {Map<string, [number, boolean]> | undefined} */
let monthNames;

/** Lexemes of a name, a space between them → month, and whether it is Hijri. */
function namesOfMonths() {
  if (monthNames) return monthNames;
  monthNames = new Map();
  for (const [isHijri, table] of /** @type {[boolean, string][]} */ ([[false, MONTHS], [true, HIJRI_MONTHS]]))
    table.split("\n").forEach((names, at) => {
      for (const name of names.split("|")) monthNames?.set(lexemes(name).map(({ text }) => text).join(" "), [at + 1, isHijri]);
    });
  return monthNames;
}

/** The words, numbers and marks of any text. @param {string} text */
export function lexemes(text) {
  /** @type {Lexeme[]} */
  const found = [];
  let isSpaced = false;
  for (const match of text.matchAll(LEXEME)) {
    const [kind = ""] = Object.entries(match.groups ?? {}).find(([, held]) => held !== undefined) ?? [];
    const written = kind === "mark" ? match[0] : fold(match[0]);
    if (kind !== "space") found.push({ kind, text: written, start: match.index, end: match.index + match[0].length, isSpaced });
    isSpaced = kind === "space";
  }
  return found;
}

/** The days that `text` names if it is one date and nothing else, of a known year unless `isOfAnyYear`. @param {string} text @param {string} today @param {boolean} [isOfAnyYear] @returns {Days | undefined} */
export function daysOf(text, today, isOfAnyYear = false) {
  const found = lexemes(text);
  const [date, other] = datesIn(found, today);
  if (!date || other || (date.days.every.length && !isOfAnyYear)) return undefined;
  return date.start === found[0]?.start && date.end === found.at(-1)?.end ? date.days : undefined;
}

/** Where the date ends that `text` begins with, and its days; none if «إلى» is in it. @param {string} text @param {string} today @param {boolean} isOfAnyYear @returns {[end: number, days: Days] | undefined} */
export function dateAhead(text, today, isOfAnyYear) {
  const found = lexemes(text);
  const [first] = datesIn(found, today);
  if (!first || first.start !== found[0]?.start || (first.days.every.length && !isOfAnyYear)) return undefined;
  const isSpan = found.some(({ text, start }) => UNTIL.has(text) && start < first.end);
  return isSpan ? undefined : [first.end, first.days];
}

/** The dates that the lexemes name, in order; «أمس» is none if `today` (ISO) is not known. @param {Lexeme[]} all @param {string} today @returns {FoundDate[]} */
export function datesIn(all, today) {
  const now = /^\d{4}-\d\d-\d\d$/.test(today) ? Date.parse(today) : NaN;
  const thisYear = Number(today.slice(0, 4));
  const thisMonth = Number(today.slice(5, 7));

  // --- what stands at a place; any place may be asked for ---

  const textAt = (/** @type {number} */ at, /** @type {string} */ kind) => (all[at]?.kind === kind ? (all[at]?.text ?? "") : "");
  const word = (/** @type {number} */ at) => textAt(at, "word");
  const mark = (/** @type {number} */ at) => textAt(at, "mark");
  const number = (/** @type {number} */ at, /** @type {number[]} */ ...digits) => {
    const held = textAt(at, "number");
    return held && digits.includes(held.length) ? Number(held) : -1;
  };
  const touches = (/** @type {number} */ at) => at > 0 && at < all.length && !all[at]?.isSpaced;

  /** Whether these lexemes are no part of something longer, as in «F-16». @param {number} at @param {number} end */
  const isApart = (at, end) => {
    const before = all[at - 1];
    if (all[at]?.kind === "number" && touches(at) && before)
      if (!(before.kind === "word" ? PARTICLES : OPENING).has(before.text)) return false;
    if (all[end - 1]?.kind !== "number" || !touches(end)) return true;
    const after = all[end]?.text ?? "";
    return CLOSING.has(after) || (STOPS.has(after) && !touches(end + 1));
  };
  const isAll = (/** @type {number} */ at, /** @type {number} */ end) =>
    all.every(({ kind }, n) => kind === "mark" || (n >= at && n < end));

  // --- a range, or one date ---

  /** @param {number} at */
  function range(at) {
    const isLed = FROM.has(word(at));
    const start = at + Number(isLed);
    const first = core(start) ?? bareDay(start);
    if (!first?.isPossible || (first.days && !isLed)) return undefined;
    const then = second(first, BETWEEN.has(word(at)));
    const last = then ? core(then) : undefined;
    if (!last?.isPossible || (last.days && !isLed) || !isApart(at, last.end)) return undefined;
    const days = first.days || last.days ? daysAround(first, last) : daysWithin(first, last);
    return days && days.first <= days.last ? reading(last.end, { days }) : undefined;
  }

  /** @param {Read} first @param {Read} last */
  function daysWithin(first, last) {
    if (first.isHijri !== last.isHijri || (!first.month && first.day && !last.day)) return undefined;
    if (mark(first.end) === "/" && last.year !== first.year + 1) return undefined;
    const from = { ...first, year: first.year || last.year, month: first.month || (first.day ? last.month : 0) };
    return last.year ? daysBetween(from, last) : undefined;
  }

  /** @param {Read} first @param {boolean} isBetween */
  function second(first, isBetween) {
    const at = first.end;
    if (isBetween && word(at).startsWith("و")) return at + Number(word(at) === "و");
    const isSeason = !first.month && !first.day && mark(at) === "/";
    if (UNTIL.has(word(at)) || DASHES.has(mark(at)) || isSeason) return at + 1;
    return mark(at) === "." && mark(at + 1) === "." ? at + 2 : 0;
  }

  /** @param {number} at */
  function bareDay(at) {
    const day = number(at, 1, 2);
    return day >= 1 && day <= 31 ? reading(at + 1, { day }) : undefined;
  }

  /** @param {number} at */
  function single(at) {
    const isSince = SINCE.has(word(at));
    const read = alone(at + Number(isSince));
    if (!read?.days) return read;
    if (AROUND.has(word(at - 1))) return reading(read.end, { isPossible: false });
    if (isSince) return read.days.first ? reading(read.end, { days: { ...read.days, last: "" } }) : undefined;
    return read;
  }

  /** One date, led by its day of the week or the like. @param {number} at */
  function alone(at) {
    let start = at;
    while (start < at + 3 && LEADS.has(word(start)) && !PAST.has(word(start + 1))) start++;
    const read = core(start);
    if (!read || !isApart(start, read.end)) return undefined;
    const isDay = read.day || (read.days && read.days.first === read.days.last);
    if (start > at && !isDay) return undefined;
    if (read.isDoubtful && !isAll(at, read.end)) return undefined;
    return read.days || !read.isPossible ? read : { ...read, days: daysBetween(read, read) };
  }

  /** @param {number} at @returns {Read | undefined} */
  const core = (at) => part(at) ?? numeric(at) ?? season(at) ?? pastSeason(at) ?? relative(at) ?? named(at) ?? yearly(at);

  // --- one way of writing each ---

  /** @param {number} at */
  function part(at) {
    const read = PARTS.has(word(at)) && !PARTS.has(word(at + 1)) ? core(at + 1) : undefined;
    const isLong = read && (read.days ? read.days.first !== read.days.last || read.days.first.length < 10 : read.year && !read.day);
    return isLong ? read : undefined;
  }

  /** @param {number} at */
  function numeric(at) {
    const sign = mark(at + 1);
    if (!["/", "-", "."].includes(sign) || (sign !== "/" && !join(at))) return undefined;
    const [one = -1, two = -1, three = -1] = [0, 2, 4].map((n) => number(at + n, 1, 2, 4));
    const yearsFirst = number(at, 4) >= 0;
    if (mark(at + 3) === sign && three >= 0 && (sign === "/" || join(at + 2))) {
      if (yearsFirst === number(at + 4, 4) >= 0) return undefined;
      return yearsFirst ? onDay(at + 5, one, two, three) : onDay(at + 5, three, two, one);
    }
    if (sign === "." || (touches(at + 3) && ["/", "-", "."].includes(mark(at + 3)))) return undefined;
    const [year, month] = yearsFirst ? [one, two] : [two, one];
    return isYear(year) && month >= 1 && month <= 12 ? reading(at + 3, { year, month }) : undefined;
  }

  const join = (/** @type {number} */ at) => touches(at + 1) && touches(at + 2);

  /** @param {number} end @param {number} year @param {number} month @param {number} day */
  function onDay(end, year, month, day) {
    if (month > 12 && day <= 12) [month, day] = [day, month]; // only the American order makes a day of it
    const isHijri = isHijriYear(year);
    const era = Number((isHijri ? HIJRI_ERA : ERA).has(word(end)));
    return checked(reading(end + era, { year, month, day, isHijri }), true);
  }

  /** @param {number} at */
  function season(at) {
    const months = SEASONS.get(word(at));
    if (!months) return undefined;
    const place = at + 1 + Number(YEAR_WORDS.has(word(at + 1)));
    const year = number(place, 4);
    if (!isYear(year)) return undefined;
    const isNext = ["-", "/"].includes(mark(place + 1)) && number(place + 2, 4) === year + 1;
    const [begin = 0, , end = 0] = months;
    if (end === 12 && isNext) return reading(place + 3, { days: daysFrom(`${year}-12`, `${year + 1}-02`) });
    if (end === 12) return reading(place + 1, { days: { ...daysFrom(`${year}`, `${year}`), every: months.map(two) } });
    return reading(place + 1, { days: daysFrom(`${year}-${two(begin)}`, `${year}-${two(end)}`) });
  }

  /** @param {number} at */
  function pastSeason(at) {
    const months = word(at).startsWith("ال") ? SEASONS.get(word(at).slice(2)) : undefined;
    if (!months || Number.isNaN(now) || !PAST.has(word(at + 1))) return undefined;
    const [begin = 0, , end = 0] = months;
    const isWinter = end === 12; // of two years
    const year = thisYear - Number((isWinter ? 2 : end) >= thisMonth);
    const days = isWinter ? daysFrom(iso(year - 1, 12, 0), iso(year, 2, 0)) : daysFrom(iso(year, begin, 0), iso(year, end, 0));
    return reading(at + 2, { days });
  }

  /** @param {number} at */
  function relative(at) {
    if (Number.isNaN(now)) return undefined;
    const on = (/** @type {number} */ end, /** @type {number} */ back) => {
      const day = isoDay(now - back * DAY);
      return reading(end, { days: daysFrom(day, day) });
    };
    const [first, second] = [word(at), word(at + 1)];
    for (const [end, phrase] of /** @type {[number, string][]} */ ([[at + 2, `${first} ${second}`], [at + 1, first]])) {
      const back = DAYS_BACK.get(phrase);
      if (back) return on(end, back);
    }
    if (TODAY.has(first)) {
      if (THIS.has(word(at - 1))) return undefined; // «في مثل هذا اليوم»
      const before = all.slice(0, at).filter(({ kind }) => kind === "word").length;
      const isLast = all.slice(at + 1).every(({ kind }) => kind === "mark");
      return isLast && before !== 1 ? { ...on(at + 1, 0), isWeak: true } : undefined;
    }
    const weekday = WEEKDAYS.indexOf(first);
    if (weekday >= 0 && PAST.has(second)) return on(at + 2, ((new Date(now).getUTCDay() + 13 - weekday - 1) % 7) + 1);
    const unit = UNITS.get(first) ?? UNITS.get(second);
    const said = UNITS.has(first) ? second : first;
    if (!unit || !(PAST.has(said) || NOW.has(said) || THIS.has(said))) return undefined;
    return reading(at + 2, { days: unitDays(unit, PAST.has(said) ? 1 : 0) });
  }

  /** This week, month or year, or the one before it. @param {"week" | "month" | "year"} unit @param {number} back */
  function unitDays(unit, back) {
    if (unit === "week") {
      const saturday = now - (((new Date(now).getUTCDay() + 1) % 7) + 7 * back) * DAY;
      return daysFrom(isoDay(saturday), isoDay(saturday + 6 * DAY));
    }
    const months = thisYear * 12 + thisMonth - 1 - back;
    const said = unit === "year" ? iso(thisYear - back, 0, 0) : iso(Math.floor(months / 12), (months % 12) + 1, 0);
    return daysFrom(said, said);
  }

  /** @param {number} at @returns {Read | undefined} */
  function named(at) {
    let [day, start] = dayBefore(at);
    const isSaid = MONTH_WORDS.has(word(start));
    const month = monthAt(start + Number(isSaid));
    if (!month) return undefined;
    let end = twin(month);
    if (month.isHijri && HOLY.has(word(end))) end++;
    const toward = word(end);
    if (!Number.isNaN(now) && (PAST.has(toward) || NOW.has(toward)) && !(month.isHijri && OFFICES.has(toward))) {
      const [ours, current] = month.isHijri ? hijriMonth(now) : [thisYear, thisMonth];
      const year = ours - Number(PAST.has(toward) && month.number >= current);
      return checked(reading(end + 1, { year, month: month.number, day: Math.max(day, 0), isHijri: month.isHijri }), day >= 0);
    }
    if (day < 0) [day, end] = dayAfter(month, end);
    let [year, finish] = yearAfter(end, month.isHijri);
    if (!year && month.name === ZERO) return undefined;
    if (!year && day >= 0 && BEARERS.has(word(at - 1))) return reading(finish, { isPossible: false });
    if (!year && day < 0) year = yearToCome(finish, month.isHijri);
    let read = reading(finish, { year, month: month.number, day: Math.max(day, 0), isHijri: month.isHijri });
    if (month.isHijri && isYear(year)) read = inYear(read);
    const isWeak = NAMES.has(month.name) && day < 0 && isLatinName(word(at - 1));
    return { ...checked(read, day >= 0), isWeak, isDoubtful: month.isDoubtful && !isSaid && !year && day < 0 };
  }

  /** The year of the next of several months, 0 if none. @param {number} end @param {boolean} isHijri */
  function yearToCome(end, isHijri) {
    let year = 0;
    while (!year) {
      const isApart = ["و", "او"].includes(word(end)) || [",", "،"].includes(mark(end));
      const month = monthAt(end + Number(isApart));
      if (!month || month.isHijri !== isHijri) return 0;
      if (!isApart && !word(end).startsWith("و")) return 0;
      [year, end] = yearAfter(twin(month), isHijri);
    }
    return year;
  }

  const isLatinName = (/** @type {string} */ before) => before >= "a" && before < "ء" && !LEADING.has(before);

  /** The day before a month's name, -1 if none, and where the name begins. @param {number} at @returns {[number, number]} */
  function dayBefore(at) {
    let [day, start] = [number(at, 1, 2), at + 1];
    const ordinal = ORDINALS.get(word(at));
    if (ordinal) {
      const tens = TENS.get(word(start)) ?? 0;
      [day, start] = [ordinal + tens, start + Number(tens > 0)];
    }
    if (day < 0) return [-1, at];
    if (NUMBERED.has(word(at - 1))) return [-1, all.length];
    if (ORDINAL.has(word(start)) && touches(start)) start++;
    if (["-", "/", ",", "،"].includes(mark(start)) || ["من", "of"].includes(word(start))) start++;
    return [day, start];
  }

  /** The day after a month's name, -1 if none, and the end. @param {Month} month @param {number} end @returns {[number, number]} */
  function dayAfter(month, end) {
    const day = number(end, 1, 2);
    if (day < 1 || day > 31) return [-1, end];
    let then = end + 1;
    if (ORDINAL.has(word(then)) && touches(then)) then++;
    if ([",", "،"].includes(mark(then))) then++;
    if (isYear(number(then, 4))) return [day, then];
    return month.name < "ء" ? [day, end + 1] : [-1, end];
  }

  /** The end of «أيار/مايو», which is one month twice. @param {Month} month */
  function twin(month) {
    const sign = mark(month.end);
    const other = monthAt(month.end + Number(["/", "-", "("].includes(sign)));
    if (!other || other.number !== month.number || other.isHijri !== month.isHijri) return month.end;
    return other.end + Number(sign === "(" && mark(other.end) === ")");
  }

  /** @param {number} at @returns {Month | undefined} */
  function monthAt(at) {
    const said = word(at);
    if (!said) return undefined;
    const after = word(at + 1) || textAt(at + 1, "number");
    const isJoined = said.length > 3 && PARTICLES.has(said[0] ?? "");
    for (const start of isJoined ? [said, said.slice(1)] : [said])
      for (const [end, name] of /** @type {[number, string][]} */ ([[at + 2, `${start} ${after}`], [at + 1, start]])) {
        const known = namesOfMonths().get(name);
        const isDoubtful = DOUBTFUL.has(name) || name < "ء";
        if (known && (start === said || !isDoubtful)) return { end, number: known[0], isHijri: known[1], name, isDoubtful };
      }
    return undefined;
  }

  /** The year after a month's name, 0 if none, and the end. @param {number} at @param {boolean} isHijri @returns {[number, number]} */
  function yearAfter(at, isHijri) {
    let place = at;
    const sign = mark(at);
    if (["/", ",", "،"].includes(sign) || (sign === "-" && touches(at) && touches(at + 1))) place++;
    if (word(place) === "من") place++;
    if (YEAR_WORDS.has(word(place))) place++;
    const year = number(place, 4);
    const era = word(place + 1);
    if (isHijri && isHijriYear(year)) return [year, place + 1 + Number(HIJRI_ERA.has(era))];
    return isYear(year) ? [year, place + 1 + Number(ERA.has(era))] : [0, at];
  }

  /** @param {number} at */
  function yearly(at) {
    const isSaid = YEAR_WORDS.has(word(at));
    const place = at + Number(isSaid);
    const year = number(place, 4);
    const [before, after] = [word(at - 1), word(place + 1)];
    if (YEAR_WORDS.has(before)) return undefined;
    if (isHijriYear(year) && (isSaid || HIJRI_ERA.has(after)))
      return reading(place + 1 + Number(HIJRI_ERA.has(after)), { year, isHijri: true });
    if (!isYear(year) || (!isSaid && (NUMBERED.has(before) || COUNTED.has(after)))) return undefined;
    return monthOf(year, place + 1) ?? reading(place + 1 + Number(ERA.has(after)), { year });
  }

  /** The month of a year that stands before it. @param {number} year @param {number} at */
  function monthOf(year, at) {
    const sign = mark(at);
    const isJoined = sign === "-" && touches(at) && touches(at + 1);
    const start = at + Number(["/", ",", "،"].includes(sign) || isJoined);
    const month = monthAt(start);
    if (!month || month.isDoubtful || month.name.split(" ")[0] !== word(start)) return undefined;
    const read = named(start);
    if (!read || read.year || read.day) return undefined;
    return month.isHijri ? inYear({ ...read, year }) : { ...read, year };
  }

  /** @type {FoundDate[]} */
  const dates = [];
  for (let at = 0; at < all.length; ) {
    const read = range(at) ?? single(at);
    const [begin, end] = [all[at], all[(read?.end ?? 0) - 1]];
    if (read?.days && begin && end) {
      const isBare = read.year > 0 && !read.month && !read.isHijri;
      dates.push({ start: begin.start, end: end.end, days: read.days, isBare, isWeak: read.isWeak });
    }
    at = read?.end ?? at + 1;
  }
  return dates;
}

/** @param {number} end @param {Partial<Read>} parts @returns {Read} */
const reading = (end, parts) => ({
  end, year: 0, month: 0, day: 0, isHijri: false, days: undefined, isPossible: true, isDoubtful: false, isWeak: false, ...parts,
});

/** @param {number} year */
const isYear = (year) => year >= 1800 && year < 2100;
/** @param {number} year */
const isHijriYear = (year) => year >= FIRST_HIJRI && year <= LAST_HIJRI;
/** @param {number} part */
export const two = (part) => String(part).padStart(2, "0");
/** @param {number} year @param {number} month @param {number} day */
const iso = (year, month, day) => [year, month, day].filter(Boolean).map(two).join("-");
/** @param {string} first @param {string} last @returns {Days} */
const daysFrom = (first, last) => ({ first, last, every: [], isHijri: false });

/** A Hijri date with the Hijri year in which it falls into the Gregorian `read.year`. @param {Read} read @returns {Read} */
function inYear(read) {
  for (let year = read.year - 583; year < read.year - 575; year++) {
    const days = hijriDays(year, read.month, read.day);
    if (days && new Date(days[0]).getUTCFullYear() === read.year) return { ...read, year };
  }
  return { ...read, year: 0, isPossible: false };
}

/** `read`, not possible if its calendar has no such day. @param {Read} read @param {boolean} isDay @returns {Read} */
function checked(read, isDay) {
  const { year, month, day, isHijri } = read;
  let isRight = month >= 1 && month <= 12 && (day > 0 || !isDay);
  if (isHijri) isRight &&= day <= 30 && (!year || !!hijriDays(year, month, day));
  else isRight &&= (!year || isYear(year)) && day <= new Date(Date.UTC(year || 2000, month, 0)).getUTCDate();
  return { ...read, isPossible: read.isPossible && isRight };
}

/** From the first of some days to the last of others, of which some are told from the reader's. @param {Read} first @param {Read} last */
function daysAround(first, last) {
  const [begin, end] = [first, last].map((read) => read.days ?? (read.year ? daysBetween(read, read) : undefined));
  return begin?.first && end?.last && !begin.every.length && !end.every.length ? daysFrom(begin.first, end.last) : undefined;
}

/** @param {Read} first @param {Read} last @returns {Days | undefined} */
function daysBetween(first, last) {
  if (!first.year) {
    const day = first.day ? `-${two(first.day)}` : "";
    return { ...daysFrom("", ""), every: [two(first.month) + day], isHijri: first.isHijri };
  }
  if (!first.isHijri) return daysFrom(iso(first.year, first.month, first.day), iso(last.year, last.month, last.day));
  const begin = hijriDays(first.year, first.month, first.day);
  const end = hijriDays(last.year, last.month, last.day);
  return begin && end ? daysFrom(isoDay(begin[0]), isoDay(end[1])) : undefined;
}
