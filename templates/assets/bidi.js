// @ts-check
/**
 * Number expressions and Latin runs isolated in right-to-left text, to show as they are read: what
 * generator/warraq/render/bidi.py does for pages, for what is drawn in the browser. Change both.
 */

const LETTER = "A-Za-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u024F";
const DIGIT = "0-9\\u0660-\\u0669\\u06F0-\\u06F9";
const GAP = "[ \\u00A0\\u2009\\u202F]";
const CURRENCY = "$\\u00A3\\u00A5\\u20AA\\u20AC";
const MARK = `[%\\u066A\\u2030\\u00B0${CURRENCY}]`; // said behind a number
const SIGN = "\\-+\\u2212\\u00B1~";
const ZERO = "(?<=[0\\u0660\\u06F0])";
const AFTER_PLUS = `(?<=\\+[${DIGIT}])`;

// Every expression is described from its second character, as there.
const SPACED =
  `(?:[${DIGIT}]*(?:${GAP}[${DIGIT}]{2,}){2,}` + // 0931 222 333
  `|[${DIGIT}]{0,2}${GAP}[${DIGIT}]{3}` + // 14 950
  `|(?:${ZERO}|${AFTER_PLUS})[${DIGIT}]*${GAP}[${DIGIT}]{5,}` + // 011 2345678
  `|${AFTER_PLUS}[${DIGIT}]*${GAP}?\\([${DIGIT}]+\\)(?:[ -]?[${DIGIT}]+)+)` + // +49 (555) 123 4567
  `(?![${DIGIT}]|${GAP}[${DIGIT}]{2})(?:[.,\\u066B][${DIGIT}]+)?`;
const PLAIN = `[${DIGIT}]*(?:[.,:/\\u060C\\u066B\\u066C][${DIGIT}]+)*`;
const NUMBER = `[${DIGIT}](?:${SPACED}|${PLAIN})`;
const SIGNED = `[${SIGN}]?[${CURRENCY}]?${NUMBER}`;
const JOIN = `(?:[\\u2010-\\u2015\\u2212\\u00D7+~-]|${GAP}[\\u2010-\\u2013-]|${GAP}[\\u2010-\\u2013\\u2212\\u00D7+/-]${GAP})`;
const JOINED = `(?:${MARK}${JOIN}${SIGNED}${MARK}|${JOIN}[%\\u066A]?${SIGNED})*`;

const WORD = `(?:[${LETTER}${DIGIT}_.:/@'’?=%~#+&-]*[${LETTER}${DIGIT}+#/])?`;
const MORE = `(?:[,;:]?[ ](?:${NUMBER}${JOINED}[ /-]?|&[ ])?[${LETTER}]${WORD})*`;
const MONTHS =
  "كانون|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين|يناير|فبراير|مارس|أبريل|إبريل|مايو|يونيو" +
  "|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر|جانفي|فيفري|أفريل|جوان|جويلية|أوت";
const COUNTED = `(?:${MONTHS}|ألف|آلاف|مليون|ملايين|مليار|بليون|في الم|بالم|[ء-ي]+(?:\\u064B\\u0627|\\u0627\\u064B))`;
const NUMBERED = `(?:(?!${GAP}[${DIGIT}.,-]+${GAP}${COUNTED})${GAP}${SIGNED}${JOINED}(?:${MARK}(?![${LETTER}]))?)?`;
const NO_YEAR = `(?:(?<![1١۱2٢۲][089٠٨٩۰۸۹][${DIGIT}]{2})|(?=${GAP}[${LETTER}]{1,2}(?![${LETTER}])))`;
const UNIT = `(?:${MARK}?[/-]?|${NO_YEAR}${MARK}?${GAP}\\u00B0?)[${LETTER}]${WORD}${MORE}${NUMBERED}`;

const PIECE = new RegExp(
  `[#@(%\\u066A${SIGN}${CURRENCY}${DIGIT}${LETTER}](?:(?:(?<=[${DIGIT}])(?:${SPACED}|${PLAIN})` +
    `|(?<=[${SIGN}${CURRENCY}#])(?<![${LETTER}${DIGIT}\\u0621-\\u063A\\u0641-\\u06D3)\\]»”%+\\u2212-].)` +
    `(?<!ه\\u0640.)[${CURRENCY}]?${NUMBER}|(?<=[%\\u066A])${NUMBER}(?=${JOIN}[%\\u066A])` +
    `|(?<=\\()[0\\u0660\\u06F0][${DIGIT}]{1,4}\\)(?:[ -]?[${DIGIT}]+)+)${JOINED}(?<unit>${UNIT})?` +
    `|(?<run>(?<=[${LETTER}])${WORD}${MORE}${NUMBERED}|(?<=[#@])[${LETTER}]${WORD}))`,
  "gs",
);
const BARE = new RegExp(`^[${DIGIT}]${PLAIN}$`);
const MARKED = new RegExp(`^${MARK}`);
const ARABIC_INDIC = /[\u0660-\u0669]/;
const LATIN = new RegExp(`[${LETTER}]`);
const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/;
const OPENING = `>;«“"('&<`;

/** Whether a browser shows it as it is read. @param {RegExpMatchArray} match @param {string} text */
const bare = ({ 0: found, index = 0, groups }, text) =>
  !(groups?.run || groups?.unit) && BARE.test(found) &&
  !((index === 0 || OPENING.includes(text.charAt(index - 1))) && MARKED.test(text.slice(index + found.length)));

/**
 * What holds a piece of text together, or null where nothing is needed.
 * @param {RegExpMatchArray} match @param {string} text
 */
const holder = (match, text) => {
  if (bare(match, text)) return null;
  const forced = ARABIC_INDIC.test(match[0]);
  const made = document.createElement(forced ? "bdo" : "bdi");
  if (forced || !(match.groups?.run || match.groups?.unit)) made.dir = "ltr";
  return made;
};

/**
 * `text` as nodes, `marks` (ranges, in order) in <mark>.
 * @param {string} text @param {readonly (readonly [number, number])[]} [marks]
 */
export const isolated = (text, marks = []) => {
  const whole = document.createDocumentFragment();
  /** @param {Node} into @param {number} from @param {number} to */
  const put = (into, from, to) => {
    for (const [start, end] of marks) {
      if (end <= from || start >= to) continue;
      const mark = document.createElement("mark");
      mark.append(text.slice(Math.max(start, from), Math.min(end, to)));
      into.appendChild(document.createTextNode(text.slice(from, Math.max(start, from))));
      into.appendChild(mark);
      from = Math.min(end, to);
    }
    into.appendChild(document.createTextNode(text.slice(from, to)));
  };
  let at = 0;
  const foreign = LATIN.test(text) && !RIGHT_TO_LEFT.test(text); // one run, whose place has its direction
  for (const match of foreign ? [] : text.matchAll(PIECE)) {
    const held = holder(match, text);
    if (!held) continue;
    put(whole, at, match.index);
    at = match.index + match[0].length;
    put(held, match.index, at);
    whole.append(held);
  }
  put(whole, at, text.length);
  whole.normalize();
  return whole;
};
