// @ts-check
/**
 * The preview's script: reloads the page after a rebuild and lays what is wrong over it.
 * Served at /-/reload.js by the preview alone; a published site holds nothing of it.
 *
 * It listens only while the page is in view: a browser allows six connections to one host, and
 * seven open tabs would otherwise stop the eighth. A page that comes back into view learns the
 * present version first, and reloads if it slept through a rebuild.
 */

/** @typedef {{ severity: "error" | "warning", place: string, message: string, fix: string }} Problem */
/**
 * @typedef {{ version: string, direction: string, language: string, problems: Problem[],
 *   headings: { error: string, warning: string }, more: string, offline: string }} State
 */

const version = new URL(import.meta.url).searchParams.get("version") ?? "";
const host = document.createElement("warraq-desk");
const shadow = host.attachShadow({ mode: "open" });

/** @type {EventSource | undefined} */
let source;
let offline = "";

/**
 * @param {string} tag
 * @param {string} className
 * @param {(Node | string)[]} children
 */
function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

// Runs of ASCII with a letter or digit in them: a day, a path, a command of several words. In an
// Arabic sentence each must keep its own order, or 2025-10-12 is shown as 12-10-2025 and
// «warraq build --verify» from its end. Marks around a run belong to the sentence.
const FOREIGN = /([!-~…](?:[ -~…]*[!-~…])?)/;
const AROUND = /^((?:[("'\[,:;!? ]|\.(?![0-9A-Za-z]))*)(.*?)([)"'\].,:;!? ]*)$/;

/** @param {string} text */
function isolated(text) {
  return text.split(FOREIGN).flatMap((part, at) => {
    if (at % 2 === 0 || !/[0-9A-Za-z]/.test(part)) return part;
    const [, before = "", inside = "", after = ""] = AROUND.exec(part) ?? [];
    const closed = /[([]/.test(inside) && /^[)\]]/.test(after) ? after.slice(0, 1) : "";
    const run = element("bdi", "", inside + closed);
    run.dir = "ltr";
    return [before, run, after.slice(closed.length)];
  });
}

/** @param {Problem} problem */
function item(problem) {
  const place = element("code", "place", problem.place);
  place.dir = "ltr";
  return element(
    "li",
    problem.severity,
    ...(problem.place ? [place] : []),
    element("p", "message", ...isolated(problem.message)),
    element("p", "fix", ...isolated(problem.fix)),
  );
}

/** @param {State} state */
function overlay(state) {
  const errors = state.problems.filter((problem) => problem.severity === "error");
  const warnings = state.problems.filter((problem) => problem.severity === "warning");
  const parts = [];
  if (errors.length) {
    parts.push(element("h2", "", state.headings.error), element("ol", "", ...errors.map(item)));
  }
  if (warnings.length) {
    const heading = element("summary", "", `${state.headings.warning} `);
    heading.append(element("bdi", "", `(${warnings.length})`));
    parts.push(element("details", "", heading, element("ol", "", ...warnings.map(item))));
  }
  if (parts.length && state.more) parts.push(element("p", "more", state.more));
  return parts;
}

/** @param {Node[]} parts @param {string} kind @param {State} [state] */
function show(parts, kind, state) {
  if (!parts.length) {
    host.remove();
    return;
  }
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = "/-/overlay.css";
  const panel = element("section", kind, ...parts);
  if (state) {
    panel.lang = state.language;
    panel.dir = state.direction;
  }
  panel.setAttribute("role", kind === "errors" ? "alert" : "status");
  shadow.replaceChildren(sheet, panel);
  document.documentElement.append(host);
}

/** @param {MessageEvent<string>} message */
function take(message) {
  /** @type {State} */
  const state = JSON.parse(message.data);
  offline = state.offline;
  if (state.version !== version) {
    stop();
    location.reload();
    return;
  }
  const kind = state.problems.some((problem) => problem.severity === "error") ? "errors" : "notes";
  show(overlay(state), kind, state);
}

function listen() {
  if (source || document.visibilityState === "hidden") return;
  source = new EventSource("/-/events");
  source.onmessage = take;
  source.onerror = () => {
    if (offline) show([element("p", "", offline)], "notes");
  };
}

function stop() {
  source?.close();
  source = undefined;
}

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") stop();
  else listen();
});
window.addEventListener("pagehide", stop);
window.addEventListener("pageshow", listen);
listen();
