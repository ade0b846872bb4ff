// @ts-check
/**
 * What the form of the archive's face gains by a script: the page and the faults are shown anew as
 * one types, a button chooses a colour, Ctrl+S saves. The form works without it.
 */

const QUIET = 250; // milliseconds without a key before the page is shown anew
const AGAIN = 2000; // milliseconds until a page that is still being built is asked for again
const DESK = 1280; // CSS pixels: the width of a computer's screen, made smaller to fit

const form = /** @type {HTMLFormElement} */ (document.getElementById("face-form"));
const frame = /** @type {HTMLIFrameElement} */ (document.getElementById("face-frame"));
const faults = /** @type {HTMLElement} */ (document.getElementById("face-faults"));
const save = /** @type {HTMLButtonElement} */ (document.getElementById("save"));
const glass = /** @type {HTMLElement} */ (frame.parentElement);

/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting;
let asked = 0;
let unsaved = form.dataset["unsaved"] === "true";

/** What the form says, less what is only for saving. */
function sent() {
  const values = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    const kept = typeof value === "string" && value !== "";
    if (kept && name !== "form_token" && name !== "opened") values.append(name, value);
  }
  return values;
}

async function show() {
  const number = ++asked;
  const values = sent().toString();
  // Not by `src`: each page shown would become a step of the browser's history.
  frame.contentWindow?.location.replace(`/-/face/preview?${values}`);
  const response = await fetch(`/-/face/faults?${values}`).catch(() => undefined);
  if (!response?.ok || number !== asked) return;
  const html = (await response.text()).trim();
  if (html === faults.innerHTML.trim()) return;
  faults.innerHTML = html; // of a template that escapes
  faults.className = html ? "fault" : "";
}

function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(show, QUIET);
}

/** Make the page of a computer's width as small as the place for it. */
function fit() {
  const isDesk = /** @type {HTMLInputElement} */ (document.getElementById("see-desk")).checked;
  const scale = Math.min(1, glass.clientWidth / DESK);
  glass.classList.toggle("scaled", isDesk);
  frame.style.transform = isDesk ? `scale(${scale})` : "";
  frame.style.blockSize = isDesk ? `${100 / scale}%` : "";
}

/** Put a button that chooses a colour next to its code. @param {HTMLInputElement} code */
function withPicker(code) {
  const picker = document.createElement("input");
  picker.type = "color";
  picker.setAttribute("aria-label", code.labels?.[0]?.textContent ?? "");
  const follow = () => {
    const colour = code.value || code.placeholder;
    if (/^#[0-9a-f]{6}$/i.test(colour)) picker.value = colour;
  };
  picker.addEventListener("input", () => {
    code.value = picker.value;
    soon();
  });
  code.addEventListener("input", follow);
  code.after(picker);
  follow();
}

for (const code of form.querySelectorAll(".colour input")) {
  withPicker(/** @type {HTMLInputElement} */ (code));
}
form.addEventListener("input", () => {
  unsaved = true;
  fit();
  soon();
});
form.addEventListener("submit", (event) => {
  if (/** @type {SubmitEvent} */ (event).submitter?.id !== "face-look") unsaved = false;
});
faults.addEventListener("click", (event) => {
  const button = /** @type {Element} */ (event.target).closest("button");
  const input = form.elements.namedItem(button?.dataset["input"] ?? "");
  if (!(input instanceof HTMLInputElement)) return;
  event.preventDefault();
  input.value = button?.dataset["value"] ?? "";
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.focus();
});
frame.addEventListener("load", () => {
  const isEarly = frame.contentDocument?.body?.hasAttribute("data-again");
  if (isEarly) setTimeout(show, AGAIN);
});
window.addEventListener("beforeunload", (event) => {
  if (unsaved) event.preventDefault();
});
window.addEventListener("resize", fit);
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
    event.preventDefault();
    if (!save.disabled) form.requestSubmit(save);
  }
});
document.getElementById("face-look")?.parentElement?.remove();
document.getElementById("faults")?.focus();
fit();
void show();
