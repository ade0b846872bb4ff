// @ts-check
/**
 * What can only be measured in a laid-out page. Every probe gives a list of findings, empty when all
 * is well; the tests load this file into the page and ask (`Visit.probe`).
 */

globalThis.probes = (() => {
  const ARABIC = /[\u0600-\u06ff\u0750-\u077f]/;
  const LATIN = /[A-Za-z\u00c0-\u024f]/;

  /** @param {Element} element */
  const named = (element) => {
    const kind = element.id ? `#${element.id}` : [...element.classList].map((name) => `.${name}`).join("");
    const text = (element.textContent ?? "").trim().replace(/\s+/g, " ").slice(0, 40);
    return `<${element.localName}${kind}> «${text}»`;
  };

  /** Elements that are drawn; what is kept for screen readers alone (.unseen) is not. */
  const drawn = () =>
    [...document.body.querySelectorAll("*")].filter((element) => {
      const { width, height } = element.getBoundingClientRect();
      return width > 1 && height > 1 && element.checkVisibility({ visibilityProperty: true });
    });

  /** @param {Element} element the text of its own, without that of its children */
  const own = (element) =>
    [...element.childNodes].map((node) => (node instanceof Text ? node.data : "")).join("").trim();

  /** @param {Element} element whether an ancestor scrolls or clips it along the line */
  const contained = (element) => {
    for (let up = element.parentElement; up && up !== document.body; up = up.parentElement)
      if (getComputedStyle(up).overflowX !== "visible") return true;
    return false;
  };

  const overflow = () => {
    const found = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) found.push(`the page is ${root.scrollWidth} px wide in ${root.clientWidth}`);
    for (const element of drawn()) {
      const { left, right } = element.getBoundingClientRect();
      const style = getComputedStyle(element);
      if ((left < -1 || right > root.clientWidth + 1) && !contained(element))
        found.push(`stands out (${Math.round(left)} to ${Math.round(right)}): ${named(element)}`);
      if (style.webkitLineClamp !== "none" || element instanceof HTMLInputElement) continue; // shortened on purpose
      const cut = ["hidden", "clip"].includes(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
      const short = ["hidden", "clip"].includes(style.overflowY) && element.scrollHeight > element.clientHeight + 1;
      if (cut || short) found.push(`cuts its text: ${named(element)}`);
    }
    return found;
  };

  // ------------------------------------------------------------------ bidi order, as it is shown

  /** Text that is laid out together, and where each of its UTF-16 units stands. */
  const runs = () => {
    /** @type {Map<Element, {text: string, at: [Text, number][]}>} */
    const blocks = new Map();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      let block = node.parentElement;
      if (!block?.checkVisibility({ visibilityProperty: true })) continue;
      while (block.parentElement && ["inline", "contents"].includes(getComputedStyle(block).display))
        block = block.parentElement;
      const run = blocks.get(block) ?? { text: "", at: [] };
      const letters = /** @type {Text} */ (node);
      for (let i = 0; i < letters.data.length; i++) run.at.push([letters, i]);
      run.text += letters.data;
      blocks.set(block, run);
    }
    return [...blocks];
  };

  const range = document.createRange();
  /** @param {[Text, number] | undefined} spot @returns {DOMRect | undefined} */
  const box = (spot) => {
    if (!spot) return undefined;
    range.setStart(spot[0], spot[1]);
    range.setEnd(spot[0], spot[1] + 1);
    const rect = range.getClientRects()[0];
    return rect && rect.width > 0 ? rect : undefined;
  };
  /** The element that holds both. @param {[Text, number] | undefined} a @param {[Text, number] | undefined} b */
  const around = (a, b) => {
    if (!a || !b) return undefined;
    range.setStart(...a);
    range.setEnd(...b);
    const common = range.commonAncestorContainer;
    return common instanceof Element ? common : common.parentElement;
  };
  /** @param {DOMRect} a @param {DOMRect} b */
  const beside = (a, b) => Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > Math.min(a.height, b.height) / 2;
  /** @param {DOMRect} a */
  const middle = (a) => (a.left + a.right) / 2;

  const WORD = "[A-Za-z\\u00c0-\\u024f](?:[\\w\\u00c0-\\u024f.:/@'’?=%~#&+-]*[\\w\\u00c0-\\u024f+#/])?";
  const NAME = `${WORD}(?: ${WORD})*`;
  const DIGITS = "[\\d٠-٩]+(?:[.,:/٬٫][\\d٠-٩]+)*";
  // What is read from left to right even inside Arabic.
  const FORWARD = new RegExp(
    [
      `(?<![\\p{L}\\p{N}–-])${DIGITS}(?: ?[–-] ?${DIGITS})+(?![\\p{L}\\p{N}–-])`, // a range, a score, an ISO date
      "(?<![\\p{L}\\p{N}+-])\\+?\\d+(?: \\d{2,}){2,}(?![\\w-])", // a telephone number
      "(?<![\\p{L}\\p{N}+−-])[+−-]\\d[\\d.,]*\\d?", // a sign
      "#\\d+",
      "(?<=[«“])[^«»“”\\u0600-\\u06ff]*[A-Za-z][^«»“”\\u0600-\\u06ff]*(?=[»”])", // a foreign title
      DIGITS,
      NAME,
    ].join("|"),
    "gu",
  );
  const LIST = new RegExp(`(${NAME})([^\\p{L}\\p{N}]*[·|،؛—–][^\\p{L}\\p{N}]*)(${NAME}|\\d+)`, "gu");
  const STOPPED = new RegExp(`(${NAME})([.،؛:!؟])(?=\\s|$|[\\u0600-\\u06ff])`, "gu");

  /**
   * Numbers, dates and Latin names that a reader sees in the wrong order: each is compared with where
   * its letters stand on the screen.
   */
  const order = () => {
    const found = [];
    for (const [block, { text, at }] of runs()) {
      if (!/[\d٠-٩ A-Za-z\u00c0-\u024f]/.test(text)) continue;
      for (const match of text.matchAll(FORWARD)) {
        let last;
        for (let i = match.index; i < match.index + match[0].length; i++) {
          const here = text[i] === " " ? undefined : box(at[i]);
          if (!here) continue;
          if (last && beside(last, here) && middle(here) < middle(last)) {
            found.push(`«${match[0]}» does not run from left to right in ${named(block)}`);
            break;
          }
          last = here;
        }
      }
      if (getComputedStyle(block).direction !== "rtl") continue;
      for (const match of text.matchAll(LIST)) {
        const next = match.index + (match[1] ?? "").length + (match[2] ?? "").length;
        const [first, second] = [box(at[match.index]), box(at[next])];
        const within = around(at[match.index], at[next]);
        if (!first || !second || !within || getComputedStyle(within).direction !== "rtl") continue;
        if (beside(first, second) && middle(second) > middle(first))
          found.push(`«${match[3]}» is drawn before «${match[1]}» in ${named(block)}`);
      }
      for (const match of text.matchAll(STOPPED)) {
        const name = match[1] ?? "";
        if (name.split(" ").length > 5) continue; // a foreign sentence keeps its own stop
        const [first, stop] = [box(at[match.index]), box(at[match.index + name.length])];
        if (first && stop && beside(first, stop) && middle(stop) > middle(first))
          found.push(`«${match[2]}» stands at the wrong end of «${name}» in ${named(block)}`);
      }
    }
    return found;
  };

  /**
   * The text around every element that `css` names, and its letters as they are seen from the left.
   * @param {string} css
   */
  const shown = (css) => {
    wear(`${css} { white-space: nowrap !important }`);
    return runs()
      .filter(([block]) => block.matches(css) || block.querySelector(css))
      .map(([, { text, at }]) => {
        const letters = [...text].map((letter, i) => ({ letter, x: middle(box(at[i]) ?? new DOMRect()) }));
        const seen = letters.filter(({ letter }) => letter.trim()).sort((a, b) => a.x - b.x);
        return [text.trim(), seen.map(({ letter }) => letter).join("")];
      });
  };

  /** Text whose block has not the direction of what it says. */
  const direction = () => {
    const found = [];
    const root = document.documentElement;
    if (root.dir !== (/^(ar|fa|he|ur)\b/.test(root.lang) ? "rtl" : "ltr")) found.push(`dir=${root.dir} for lang=${root.lang}`);
    for (const [block, { text, at }] of runs()) {
      const speaker = at[text.search(/\p{L}/u)]?.[0].parentElement; // a <bdi> has a direction of its own
      const letters = text.match(/\p{L}/gu) ?? [];
      const latin = letters.filter((letter) => LATIN.test(letter)).length;
      const style = getComputedStyle(block);
      const share = latin / letters.length;
      if (letters.length > 25 && share > 0.8 && speaker && getComputedStyle(speaker).direction !== "ltr")
        found.push(`a Latin text runs from right to left: ${named(block)}`);
      if (letters.length > 2 && share < 0.2 && style.direction !== "rtl") found.push(`an Arabic text runs from left to right: ${named(block)}`);
      if (["left", "right", "justify"].includes(style.textAlign)) found.push(`text-align ${style.textAlign}: ${named(block)}`);
    }
    return found;
  };

  // ------------------------------------------------------------------ the setting of the type

  /** @param {Element} paragraph @returns {number[]} letters on each full line; marks do not count */
  const lines = (paragraph) => {
    const counts = [];
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    let bottom = -Infinity;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const { data } = /** @type {Text} */ (node);
      for (let i = 0; i < data.length; i++) {
        if (/\p{M}/u.test(data[i] ?? "")) continue;
        const rect = box([/** @type {Text} */ (node), i]);
        if (!rect) continue;
        if (rect.top > bottom - rect.height / 3) {
          counts.push(0);
          bottom = rect.bottom;
        }
        counts.push((counts.pop() ?? 0) + 1);
      }
    }
    return counts.slice(0, -1);
  };

  const setting = () => {
    const found = [];
    for (const element of drawn()) {
      const text = own(element);
      if (!text) continue;
      const style = getComputedStyle(element);
      const [size, high] = [parseFloat(style.fontSize), parseFloat(style.lineHeight)];
      if (size < 13) found.push(`${size} px: ${named(element)}`);
      if (!ARABIC.test(text)) continue;
      if (parseFloat(style.letterSpacing) > 0) found.push(`letter-spacing ${style.letterSpacing}: ${named(element)}`);
      if (style.fontStyle !== "normal") found.push(`${style.fontStyle}: ${named(element)}`);
      if (high / size < 1.4) found.push(`line height ${(high / size).toFixed(2)}: ${named(element)}`);
    }
    for (const paragraph of document.querySelectorAll(".body > p, .plain .body > p")) {
      const style = getComputedStyle(paragraph);
      const [size, high] = [parseFloat(style.fontSize), parseFloat(style.lineHeight)];
      if (size < 17) found.push(`reading text of ${size} px: ${named(paragraph)}`);
      if (high / size < 1.6) found.push(`reading text with line height ${(high / size).toFixed(2)}: ${named(paragraph)}`);
      const full = lines(paragraph);
      const mean = full.reduce((sum, count) => sum + count, 0) / full.length;
      if (innerWidth >= 768 && full.length >= 2 && (mean < 45 || mean > 85)) found.push(`${Math.round(mean)} letters a line: ${named(paragraph)}`);
    }
    return found;
  };

  /** What moves by itself or at a touch. */
  const motion = () => {
    const found = document.getAnimations().map((animation) => `runs: ${animation.constructor.name}`);
    for (const element of [document.documentElement, document.body, ...drawn()])
      for (const part of ["", "::before", "::after"]) {
        const style = getComputedStyle(element, part);
        const moves = style.transitionDuration.split(",").some((time) => parseFloat(time) > 0.001);
        if (style.animationName !== "none" || moves) found.push(`moves: ${named(element)}${part}`);
      }
    if (getComputedStyle(document.documentElement).scrollBehavior === "smooth") found.push("scrolls smoothly");
    return found;
  };

  /** What a keyboard's reader sees of the element that has the focus. */
  const focus = () => {
    const at = document.activeElement;
    if (!at || at === document.body) return ["nothing has the focus"];
    const found = [];
    const style = getComputedStyle(at);
    const { left, top, right, bottom } = at.getBoundingClientRect();
    if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) found.push(`no ring: ${named(at)}`);
    if (right <= 0 || left >= innerWidth || bottom <= 0 || top >= innerHeight) found.push(`out of sight: ${named(at)}`);
    else {
      const [x, y] = [(Math.max(left, 0) + Math.min(right, innerWidth)) / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2];
      // A link over several lines has gaps: one of its boxes must be open to the eye.
      const seen = [new DOMRect(x, y, 0, 0), ...at.getClientRects()].some((rect) => {
        const hit = document.elementFromPoint(rect.x + rect.width / 2, rect.y + rect.height / 2);
        return hit && (at.closest("label") ?? at).contains(hit);
      });
      if (!seen) found.push(`covered: ${named(at)}`);
    }
    return found;
  };

  /** @param {string} colour "rgb(…)" @returns {[number, number]} lightness 0 to 255, opacity */
  const light = (colour) => {
    const [red = 0, green = 0, blue = 0, opacity = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number);
    return [0.2126 * red + 0.7152 * green + 0.0722 * blue, opacity];
  };

  /** Under print media: what is no use on paper, and whatever is not dark on white. */
  const paper = () => {
    const found = [];
    for (const element of drawn()) {
      if (element.matches("nav, form, button, input, .skip")) found.push(`printed: ${named(element)}`);
      const style = getComputedStyle(element);
      if (own(element) && light(style.color)[0] > 90) found.push(`pale on paper: ${named(element)}`);
      const [ground, opacity] = light(style.backgroundColor);
      if (opacity > 0 && ground < 240) found.push(`a dark ground on paper: ${named(element)}`);
    }
    const [ground, opacity] = light(getComputedStyle(document.body).backgroundColor);
    if (opacity > 0 && ground < 254) found.push("the page is not white");
    return found;
  };

  // ------------------------------------------------------------------ readers' own settings

  const sheet = new CSSStyleSheet(); // made by script: what a CSP says of <style> does not touch it
  /** @param {string} css */
  const wear = (css) => {
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [sheet];
    return [];
  };
  const enlarged = () => wear("html { font-size: 200% !important }");
  // WCAG 1.4.12. Letter-spacing too, though Arabic has none: a page must bear it.
  const spaced = () =>
    wear("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }");
  const plain = () => wear("");

  return { overflow, order, shown, direction, setting, motion, focus, paper, enlarged, spaced, plain };
})();
