// @ts-check
/**
 * What the page for editing together gains by a script: a value is completed from the files of its
 * field alone, and one that takes no value is closed. The page works without it.
 */

const form = /** @type {HTMLFormElement | null} */ (document.getElementById("edits"));
const known = /** @type {HTMLDataListElement | null} */ (document.getElementById("known"));

/** The list of what one field knows. @param {HTMLDataListElement} all @param {string} field */
function listOf(all, field) {
  const id = `known-${field}`;
  if (!document.getElementById(id)) {
    const list = document.createElement("datalist");
    list.id = id;
    for (const option of all.querySelectorAll("option")) {
      if (option.dataset["known"] === field) list.append(option.cloneNode(true));
    }
    all.after(list);
  }
  return id;
}

if (form && known) {
  const all = known;
  for (const row of form.querySelectorAll(".row")) {
    const what = /** @type {HTMLSelectElement} */ (row.querySelector("select"));
    const value = /** @type {HTMLInputElement} */ (row.querySelector("input"));
    const follow = () => {
      value.setAttribute("list", listOf(all, what.selectedOptions[0]?.dataset["known"] ?? ""));
      value.readOnly = what.value.startsWith("unset ");
    };
    what.addEventListener("change", follow);
    follow();
  }
}
document.getElementById("shown")?.focus();
