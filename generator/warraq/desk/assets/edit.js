// @ts-check
/**
 * What the form of an article gains by a script: a live preview of the text, further rows, Ctrl+S,
 * and a question before unsaved work is left. The form works without it.
 */

const QUIET = 250; // milliseconds without a key before the text is shown anew

const form = /** @type {HTMLFormElement} */ (document.getElementById("edit"));
const body = /** @type {HTMLTextAreaElement} */ (document.getElementById("body"));
const seen = /** @type {HTMLElement} */ (document.getElementById("seen"));
const save = /** @type {HTMLButtonElement} */ (document.getElementById("save"));

/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting;
let asked = 0;
let unsaved = !!document.querySelector("[role=alert]") && !document.querySelector(".saved");

async function show() {
  const number = ++asked;
  const sent = new URLSearchParams({ body: body.value });
  sent.set("form_token", String(new FormData(form).get("form_token")));
  const response = await fetch("/-/preview", { method: "POST", body: sent }).catch(() => undefined);
  if (!response?.ok || number !== asked) return;
  seen.innerHTML = await response.text(); // sanitised by the preview, as for a page
  if (seen.parentElement) seen.parentElement.hidden = false;
}

body.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(show, QUIET);
});
form.addEventListener("input", () => {
  unsaved = true;
});
form.addEventListener("submit", () => {
  unsaved = false;
});
// In the box of a search within the form Enter presses the button beside it, not «save».
document.getElementById("find-q")?.addEventListener("keydown", (event) => {
  const button = /** @type {HTMLButtonElement | null} */ (form.querySelector('[value="find"]'));
  if (event.key !== "Enter" || !button || button.disabled) return;
  event.preventDefault();
  form.requestSubmit(button);
});
window.addEventListener("beforeunload", (event) => {
  if (unsaved) event.preventDefault();
});
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
    event.preventDefault();
    if (!save.disabled) form.requestSubmit(save);
  }
});

/** Append an empty copy of a group's last row. @param {HTMLElement} group */
function more(group) {
  const rows = group.querySelectorAll(".row");
  const last = rows[rows.length - 1];
  if (!last) return;
  const key = group.dataset["rows"] ?? "";
  const next = /** @type {HTMLElement} */ (last.cloneNode(true));
  for (const field of next.querySelectorAll("input, select")) {
    const named = /** @type {HTMLInputElement | HTMLSelectElement} */ (field);
    const rest = named.name.slice(key.length + 1);
    const number = Number.parseInt(rest, 10);
    named.name = `${key}.${number + 1}${rest.slice(String(number).length)}`;
    const label = next.querySelector(`label[for="${named.id}"]`);
    named.id = named.name.replaceAll(".", "-");
    label?.setAttribute("for", named.id);
    named.value = "";
    named.removeAttribute("aria-describedby");
    named.removeAttribute("aria-invalid");
  }
  last.after(next);
  next.querySelector("input")?.focus();
}

for (const found of document.querySelectorAll("[data-rows]")) {
  const group = /** @type {HTMLElement} */ (found);
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = `${form.dataset["more"]}: ${group.getAttribute("aria-label")}`;
  button.addEventListener("click", () => more(group));
  group.append(button);
}

const faulty = /** @type {HTMLElement | null} */ (
  document.querySelector("[aria-invalid]") ?? document.getElementById("faults")
);
faulty?.focus();
void show();
