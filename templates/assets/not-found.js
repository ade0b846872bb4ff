// On the 404 page alone: when the address is nearly one of the archive's, offers that one. It looks at
// the index that the address lies under (/people/hakan-fidn/ → /people/), never further.
// @ts-check
const hint = /** @type {HTMLElement} */ (document.getElementById("nearest"));
const top_ = new URL(hint.dataset.top ?? "/", location.href);
const [kind = "", asked = ""] = location.pathname.slice(top_.pathname.length).split("/");
const KINDS = ["stories", "topics", "people", "places", "organizations", "outlets", "authors", "pages"];
const MOST = 3; // letters that may differ, and no more than a third of the name

/** How many letters must be put in, left out or replaced. @param {string} a @param {string} b */
const distance = (a, b) => {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (const letter of a) {
    const next = [(row[0] ?? 0) + 1];
    for (let at = 1; at <= b.length; at++) {
      const swap = (row[at - 1] ?? 0) + Number(letter !== b[at - 1]);
      next.push(Math.min(swap, (row[at] ?? 0) + 1, (next[at - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
};

const look = async () => {
  const index = new URL(`${kind}/`, top_);
  const answer = await fetch(index);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  /** @type {[number, string, string][]} */
  const near = [...page.querySelectorAll("main li a")].map((link) => {
    const key = link.getAttribute("href")?.split("/").at(-2) ?? "";
    return [distance(asked.toLowerCase(), key), key, link.textContent ?? ""];
  });
  const [found] = near.sort(([a], [b]) => a - b);
  if (!found || found[0] > Math.min(MOST, asked.length / 3)) return;
  const link = document.createElement("a");
  link.href = new URL(`${found[1]}/`, index).href;
  link.textContent = found[2];
  hint.append(" ", link);
  hint.hidden = false;
};

if (KINDS.includes(kind) && asked) look().catch(() => {}); // without an index the page is whole all the same
