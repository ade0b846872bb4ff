// @ts-check
/**
 * A button next to each input that names a picture (`data-picture`): a picture of this device that
 * is chosen, dropped or pasted there is sent, and its name put in. The form works without it.
 */

/** @typedef {{ path: string, problems: string[] }} Answer */

const chooser = document.createElement("input");
chooser.type = "file";
chooser.accept = "image/png,image/jpeg,image/webp,image/avif,image/gif";

/** @type {HTMLInputElement | undefined} */
let asking;

/** The input whose row a thing is in. @param {EventTarget | null} thing */
function inputOf(thing) {
  const row = thing instanceof Element ? thing.closest(".input") : null;
  return /** @type {HTMLInputElement | null | undefined} */ (row?.querySelector("[data-picture]"));
}

/** @param {HTMLInputElement} input */
function parts(input) {
  const place = /** @type {HTMLElement} */ (input.parentElement?.querySelector(".picked"));
  const image = /** @type {HTMLImageElement} */ (place.querySelector("img"));
  const text = /** @type {HTMLElement} */ (place.querySelector("p"));
  return { image, text };
}

/** Show the picture that an input names. @param {HTMLInputElement} input */
function show(input) {
  const { image } = parts(input);
  const name = input.value.trim();
  image.hidden = name === "";
  if (name === "" || /^https?:/i.test(name)) image.hidden = true;
  else if (name.startsWith("/") && input.dataset["root"]) image.src = input.dataset["root"] + name.slice(1);
  else {
    const path = name.replace(/^\/?(media\/)?/, "");
    image.src = `/-/media/file/${path.split("/").map(encodeURIComponent).join("/")}`;
  }
}

/** @param {HTMLInputElement} input @param {File} file */
async function send(input, file) {
  const { text } = parts(input);
  const sent = new FormData();
  for (const name of ["form_token", "git.name", "git.email"]) {
    const known = /** @type {HTMLInputElement | null} */ (
      document.querySelector(`input[name="${name}"]`)
    );
    if (known) sent.set(name, known.value);
  }
  sent.set("file", file, file.name);
  text.textContent = input.dataset["busy"] ?? "";
  const headers = { accept: "application/json" };
  const response = await fetch("/-/media", { method: "POST", body: sent, headers }).catch(() => null);
  /** @type {Answer} */
  const answer = await response?.json().catch(() => undefined) ?? { path: "", problems: [] };
  if (!answer.path) {
    text.textContent = answer.problems.join(" ") || (input.dataset["failed"] ?? "");
    return;
  }
  input.value = answer.path;
  show(input);
  input.dispatchEvent(new Event("input", { bubbles: true }));
  text.textContent = [input.dataset["sent"], ...answer.problems].join(" ");
  const alt = document.getElementById(input.id.replace(/src$/, "alt"));
  (alt && alt !== input ? alt : input).focus();
}

for (const found of document.querySelectorAll("[data-picture]")) {
  const input = /** @type {HTMLInputElement} */ (found);
  const place = document.createElement("div");
  const button = document.createElement("button");
  const image = document.createElement("img");
  const text = document.createElement("p");
  place.className = "picked";
  button.type = "button";
  button.textContent = input.dataset["picture"] ?? "";
  image.alt = "";
  text.setAttribute("role", "status");
  place.append(image, button, text);
  input.after(place);
  show(input);
}

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest(".picked button") : null;
  const input = inputOf(button);
  if (!input) return;
  asking = input;
  chooser.value = "";
  chooser.click();
});
chooser.addEventListener("change", () => {
  const file = chooser.files?.[0];
  if (asking && file) void send(asking, file);
});
document.addEventListener("input", (event) => {
  const input = inputOf(event.target);
  if (input === event.target && input) show(input);
});
document.addEventListener("dragover", (event) => {
  if (inputOf(event.target)) event.preventDefault();
});
document.addEventListener("drop", (event) => {
  const input = inputOf(event.target);
  const file = event.dataTransfer?.files[0];
  if (!input || !file) return;
  event.preventDefault();
  void send(input, file);
});
document.addEventListener("paste", (event) => {
  const input = inputOf(event.target);
  const file = event.clipboardData?.files[0];
  if (!input || !file) return;
  event.preventDefault();
  void send(input, file);
});
