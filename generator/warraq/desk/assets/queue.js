// @ts-check
/**
 * What the queues gain by a script: keys for the next and the previous decision, the focus on the
 * decision after another, and another look while the archive is being counted. They work without.
 */

const LOOK_AGAIN = 1500; // milliseconds
const LETTERS = "warraq-letters"; // whether j and k are keys, too: letters alone may be in the way

const before = /** @type {HTMLAnchorElement | null} */ (document.querySelector("a[rel=prev]"));
const after = /** @type {HTMLAnchorElement | null} */ (document.querySelector("a[rel=next]"));
const letters = /** @type {HTMLInputElement | null} */ (document.getElementById("letters"));

if (letters) {
  letters.checked = localStorage.getItem(LETTERS) !== "no";
  letters.addEventListener("change", () => {
    localStorage.setItem(LETTERS, letters.checked ? "yes" : "no");
  });
  letters.closest("p")?.removeAttribute("hidden");
}

/** Whether a key is meant for what has the focus. @param {EventTarget | null} target */
function isTyping(target) {
  return target instanceof HTMLElement && target.closest("input, textarea, select") !== null;
}

/** Where a key leads. @param {string} key */
function leadsTo(key) {
  const isRightToLeft = document.documentElement.dir === "rtl";
  if (key === (isRightToLeft ? "ArrowLeft" : "ArrowRight")) return after;
  if (key === (isRightToLeft ? "ArrowRight" : "ArrowLeft")) return before;
  if (!letters?.checked) return null;
  if (key === "j" || key === "ت") return after; // the same key of an Arabic keyboard
  return key === "k" || key === "ن" ? before : null;
}

document.addEventListener("keydown", (event) => {
  const isPlain = !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey);
  const link = isPlain && !isTyping(event.target) ? leadsTo(event.key) : null;
  if (link) {
    event.preventDefault();
    link.click();
  }
});

const faults = document.getElementById("faults");
if (faults) faults.focus();
else if (new URLSearchParams(location.search).has("done")) document.getElementById("case")?.focus();

if (document.querySelector("[data-counting]")) {
  setTimeout(() => location.reload(), LOOK_AGAIN);
}
