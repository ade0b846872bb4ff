// @ts-check
/**
 * What the search gains by a script: the chosen are counted while they are chosen, all of a page at
 * once too, and «all results» takes the place of single ones. The page works without it.
 */

const found = /** @type {HTMLFormElement | null} */ (document.getElementById("found"));

/** @param {HTMLFormElement} form */
function follow(form) {
  const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (
    form.querySelectorAll("input[type=checkbox][name=id]")
  );
  const elsewhere = form.querySelectorAll("input[type=hidden][name=id]").length;
  const all = /** @type {HTMLInputElement | null} */ (form.querySelector("input[name=all]"));
  const label = /** @type {HTMLElement} */ (document.getElementById("choose-page"));
  const whole = /** @type {HTMLInputElement} */ (label.querySelector("input"));
  const count = /** @type {HTMLElement} */ (document.getElementById("chosen"));
  const words = count.dataset["words"] ?? "{count}";

  function show() {
    const here = [...boxes].filter((box) => box.checked).length;
    whole.checked = boxes.length > 0 && here === boxes.length;
    whole.indeterminate = here > 0 && here < boxes.length;
    count.textContent = words.replace("{count}", String(here + elsewhere));
    count.hidden = here + elsewhere === 0 || !!all?.checked;
    for (const box of [...boxes, whole]) box.disabled = !!all?.checked;
  }

  whole.addEventListener("change", () => {
    for (const box of boxes) box.checked = whole.checked;
  });
  form.addEventListener("change", show);
  window.addEventListener("pageshow", show); // «back» restores what was chosen
  label.hidden = boxes.length === 0;
  show();
}

if (found) follow(found);
