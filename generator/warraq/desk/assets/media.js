// @ts-check
/** What the page of pictures gains by a script: a picture dropped on it or pasted is sent. */

const form = /** @type {HTMLFormElement} */ (document.getElementById("media-send"));
const chosen = /** @type {HTMLInputElement} */ (document.getElementById("media-file"));

/** Send what is in a drop or a paste. @param {DataTransfer | null} data */
function take(data) {
  if (!data?.files.length) return false;
  chosen.files = data.files;
  form.requestSubmit();
  return true;
}

document.addEventListener("dragover", (event) => {
  event.preventDefault();
  form.classList.add("over");
});
document.addEventListener("dragleave", () => form.classList.remove("over"));
document.addEventListener("drop", (event) => {
  event.preventDefault();
  form.classList.remove("over");
  take(event.dataTransfer);
});
document.addEventListener("paste", (event) => {
  if (take(event.clipboardData)) event.preventDefault();
});
