"""The face of the archive at /-/face: its settings as a form, and its pages as they would look.

The form carries the text of site.yaml that it was opened on. What changed there meanwhile is kept;
where both changed the same, both are shown and nothing is written. Nothing that is shown as a trial
(/-/face/preview, /-/face/colours.css) is written anywhere.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from warraq.base.config import FILE, SiteConfig, parse
from warraq.base.problems import Problem, WarraqError, listed, message, warning
from warraq.build.face import face_problems
from warraq.build.trial import TrialPage, trial
from warraq.content import store
from warraq.desk.face_fields import (
    CHOICES,
    COLOURS,
    LISTS,
    MENU,
    PICTURES,
    SCHEMES,
    TEXTS,
    Values,
    inputs_of,
    merged,
    sent_values,
    unit_named,
    unit_of,
    values_of,
)
from warraq.desk.media_page import COMPLETED, newest_pictures
from warraq.desk.notices import led_to, notice_of
from warraq.desk.page_templates import page, said, words
from warraq.desk.site_desk import Desk, decide
from warraq.editing.change_set import ChangeSet, edited
from warraq.editing.validation import beyond
from warraq.editing.writing import content_now
from warraq.preview.access import Access
from warraq.preview.desk_pages import POLICY, DeskPage, Form
from warraq.preview.site_files import find_file
from warraq.render.colours import SHEET, colour_sheet, tokens_of
from warraq.render.environment import default_menu
from warraq.render.own_fonts import FONT_SHEET, font_sheet
from warraq.render.theme_paths import folders_of, theme_sheet
from warraq.render.wording import Wording, load_words

ADDRESS = "/-/face"
_SCRIPT = re.compile(rb"<script\b.*?</script>", re.DOTALL)
_POLICY = f"{POLICY}; frame-src 'self'"
# A page of the archive in a frame of the form's: nothing in it runs, nothing of it is sent.
_TRIAL_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:{hosts}; font-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin"
)
_SHOWN_STATIC = 100


class _Refit(NamedTuple):
    """The input of a colour that cannot be read, and the nearest that can."""

    input: str
    near: str


class _Told(NamedTuple):
    """What is wrong (an input, "" if none, and a sentence), and what would do instead."""

    faults: tuple[tuple[str, str], ...]
    refits: tuple[_Refit, ...]


class _State(NamedTuple):
    """What the form shows: the text it was opened on, its inputs, and what is to be said."""

    opened: str
    values: Values
    problems: tuple[Problem, ...] = ()
    theirs: Mapping[str, str] = {}


def pages(desk: Desk) -> tuple[DeskPage, ...]:
    """Return the pages of the archive's face."""

    async def show(request: Request, access: Access) -> Response:
        return await run_in_threadpool(_shown, desk, access, request)

    async def save(request: Request, access: Access, form: Form) -> Response:
        return await run_in_threadpool(_saved, desk, access, request, dict(form))

    async def look(request: Request, access: Access) -> Response:
        values = dict(request.query_params)
        return await run_in_threadpool(_trial_page, desk, access, values)

    async def look_sent(_request: Request, access: Access, form: Form) -> Response:
        return await run_in_threadpool(_trial_page, desk, access, dict(form))

    async def sheet(request: Request, _access: Access) -> Response:
        name, values = request.path_params["name"], dict(request.query_params)
        return await run_in_threadpool(_trial_sheet, desk, f"assets/{name}.css", values)

    async def faults(request: Request, access: Access) -> Response:
        return await run_in_threadpool(_faults, desk, access, dict(request.query_params))

    return (
        DeskPage(ADDRESS, show, save),
        DeskPage(f"{ADDRESS}/preview", look, look_sent),
        DeskPage(f"{ADDRESS}/{{name}}.css", sheet),
        DeskPage(f"{ADDRESS}/faults", faults),
    )


def _text_now(desk: Desk) -> tuple[bytes, str]:
    """Return site.yaml as it is, and as text with LF alone. Raises WarraqError."""
    content = content_now(desk.site, FILE) or b""
    edited(FILE, content, str)  # raises if it is no text
    return content, content.decode().removeprefix("\ufeff").replace("\r\n", "\n")


def _shown(desk: Desk, access: Access, request: Request) -> Response:
    try:
        _, text = _text_now(desk)
        state = _State(text, values_of(text))
    except WarraqError as fault:
        return _broken(desk, access, fault.problems)
    state = state._replace(problems=_problems_of(desk, text))
    return _page(desk, access, request, state)


def _saved(desk: Desk, access: Access, request: Request, form: dict[str, str]) -> Response:
    opened = form.get("opened", "").replace("\r\n", "\n")
    state = _State(opened, sent_values(form))
    try:
        if filled := _filled(desk, state.values, form.get("action", "")):
            tried = state._replace(values=filled, problems=_trial_problems(desk, filled))
            return _page(desk, access, request, tried)
        content, now = _text_now(desk)
        found = merged(opened, state.values, now)
    except WarraqError as fault:
        return _page(desk, access, request, state._replace(problems=fault.problems), 422)
    if found.conflicts:
        return _page(desk, access, request, _overtaken(state, now, found.conflicts), 409)
    if errors := beyond(_problems_of(desk, now), _problems_of(desk, found.text)):
        return _page(desk, access, request, state._replace(problems=tuple(errors)), 422)
    names = listed(words(desk.history)[f"face.{unit}"] for unit in found.changed)
    subject = message("say-commit-face", desk.history, fields=names)
    change = edited(FILE, content, lambda _: found.text)
    decided = decide(desk, form, lambda: ChangeSet.of(subject, [change]))
    if decided.failed:
        return _page(desk, access, request, state._replace(problems=decided.problems), 422)
    return led_to(ADDRESS, decided)


def _filled(desk: Desk, values: Values, action: str) -> dict[str, str] | None:
    """Return the inputs as a button fills them in, None if it was no such button."""
    kind, _, rest = action.partition(":")
    if kind == "menu":
        _, text = _text_now(desk)
        return {**values, **_usual_menu(desk, text)}
    name, _, colour = rest.partition(":")
    return {**values, name: colour} if kind == "take" else None


def _overtaken(state: _State, now: str, conflicts: Iterable[str]) -> _State:
    """Return the form over site.yaml as it is `now`: saved once more, it replaces what is there."""
    base, theirs = values_of(state.opened), values_of(now)
    units = {unit_named(name) for name in (*base, *state.values)}
    mine = {unit for unit in units if unit_of(base, unit) != unit_of(state.values, unit)}
    kept = {name: value for name, value in theirs.items() if unit_named(name) not in mine}
    ours = {name: value for name, value in state.values.items() if unit_named(name) in mine}
    there = {
        unit: "\n".join(value for name, value in theirs.items() if unit_named(name) == unit)
        for unit in conflicts
    }
    return _State(now, kept | ours, (), there)


def _usual_menu(desk: Desk, text: str) -> dict[str, str]:
    """Return the menu that an archive has without a setting, as inputs."""
    config, _ = parse(text)
    words_of_site = load_words(config.lang, folders_of(desk.site / "templates"))
    return {
        name: value
        for number, item in enumerate(default_menu(Wording(config, words_of_site)))
        for name, value in (
            (f"{MENU}.{number}.label", item.label),
            (f"{MENU}.{number}.url", f"/{item.path}"),
        )
    }


def _trial_text(desk: Desk, values: Values) -> str:
    """Return site.yaml with the face that a form says, whatever else is on disk."""
    _, now = _text_now(desk)
    return merged(now, values, now).text


def _problems_of(desk: Desk, text: str) -> tuple[Problem, ...]:
    """Return what is wrong with a site.yaml, as a build finds it."""
    config, problems = parse(text)
    return (*problems, *face_problems(desk.site, config), *_dead_entries(desk, config))


def _trial_problems(desk: Desk, values: Values) -> tuple[Problem, ...]:
    try:
        return _problems_of(desk, _trial_text(desk, values))
    except WarraqError as fault:
        return fault.problems


def _dead_entries(desk: Desk, config: SiteConfig) -> Iterator[Problem]:
    """Yield the entries of the menu that lead to no page of what was built."""
    if not (desk.built / "index.html").is_file():
        return
    for item in config.navigation:
        path = item.url.partition("#")[0].partition("?")[0]
        if path.startswith("/") and not find_file(desk.built, path[1:]):
            yield warning("menu-dead", FILE, key=MENU, value=item.url, target=item.url)


def _trial_page(desk: Desk, access: Access, form: Mapping[str, str]) -> Response:
    which: TrialPage = "article" if form.get("see.page") == "article" else "home"
    values = sent_values(form)
    try:
        text = _trial_text(desk, values) if values else _text_now(desk)[1]
        config, _ = parse(text)
        html = trial(desk.site, desk.built, config, which, desk.base_path) if config.name else None
    except WarraqError as fault:
        return _untried(desk, access, [said(one, desk.language) for one in fault.problems])
    if html is None:
        return _untried(desk, access, [words(desk.language)["face-no-trial"]], again=True)
    html = _SCRIPT.sub(b"", html)
    root = desk.base_path
    for sheet in (SHEET, FONT_SHEET):
        key = "colours." if sheet == SHEET else "font_files."
        asked = {name: value for name, value in values.items() if name.startswith(key)}
        query = urlencode(asked).replace("&", "&amp;")
        address = f"{ADDRESS}/{sheet.rpartition('/')[2]}?{query}"
        html = html.replace(f'href="{root}{sheet}"'.encode(), f'href="{address}"'.encode())
    # A picture that nothing shows yet is not published yet.
    html = html.replace(f'"{root}media/'.encode(), b'"/-/media/file/')
    if (scheme := form.get("see.scheme")) in SCHEMES:
        html = html.replace(b"<html ", f'<html data-scheme="{scheme}" '.encode(), 1)
    hosts = "".join(f" https://{host}" for host in config.image_hosts)
    headers = {"content-security-policy": _TRIAL_POLICY.format(hosts=hosts)}
    return HTMLResponse(html, headers=headers)


def _untried(
    desk: Desk, access: Access, messages: Iterable[str], *, again: bool = False
) -> Response:
    """Return why no page is shown; `again` if there will be one in a moment."""
    shown = [("", text) for text in messages]
    html = page("face_untried.html", desk, access, messages=shown, again=again)
    headers = {"content-security-policy": _TRIAL_POLICY.format(hosts="")}
    return HTMLResponse(html, headers=headers)


def _trial_sheet(desk: Desk, name: str, query: Mapping[str, str]) -> Response:
    if name not in {SHEET, FONT_SHEET}:
        return PlainTextResponse("no such sheet\n", 404)
    try:
        config, _ = parse(_trial_text(desk, sent_values(query)))
    except WarraqError:
        config = SiteConfig("")
    theme = theme_sheet(folders_of(desk.site / "templates"))
    is_font = name == FONT_SHEET
    sheet = font_sheet(config, theme, desk.base_path) if is_font else colour_sheet(config, theme)
    return Response(sheet, media_type="text/css")


def _faults(desk: Desk, access: Access, query: Mapping[str, str]) -> Response:
    """Return what would be refused, as the part of the page that says so while one types."""
    values = sent_values(query)
    told = _told(desk, values, _trial_problems(desk, values))
    return HTMLResponse(page("face_faults.html", desk, access, **told._asdict()))


def _told(desk: Desk, values: Values, problems: Iterable[Problem]) -> _Told:
    """Return what templates say of problems: by input, and the colours that would do."""
    faults, refits = [], []
    for problem in problems:
        name = next(iter(inputs_of(problem, values)), "")
        if name or problem.severity == "error":  # else of another setting
            faults.append((name, _said(problem, desk)))
        near = dict(problem.args).get("near", "")
        if near and problem.code.startswith("colour-faint-"):
            refits.append(_Refit(name, near))
    return _Told(tuple(faults), tuple(refits))


def _said(problem: Problem, desk: Desk) -> str:
    """Return what `said` does, of a colour in the words of the form, whose button is the remedy."""
    code, _, scheme = problem.code.rpartition("-")
    if code != "colour-faint":
        return said(problem, desk.language)
    known, args = words(desk.language), dict(problem.args)
    return known["face-faint"].format(
        colour=args["value"],
        of=known[f"face.colours.{args['key']}"],
        scheme=known[f"face-scheme={scheme}"],
        other=known.get(f"face-on={args['other']}", args["other"]),
        ratio=args["ratio"],
        least=args["least"],
    )


def _page(
    desk: Desk, access: Access, request: Request, state: _State, status: int = 200
) -> Response:
    told = _told(desk, state.values, state.problems)
    entries = {int(name.split(".")[1]) for name in state.values if name.startswith(f"{MENU}.")}
    rows = {key: sum(name.startswith(f"{key}.") for name in state.values) for key in LISTS}
    static = [path for path, _ in store.static(desk.site)]
    # Of a form that is just opened, the box of faults says enough.
    is_sent = request.method == "POST"
    anchors = [(name.replace(".", "-"), text) for name, text in told.faults if is_sent]
    if state.theirs:
        anchors.append(("", words(desk.language)["face-unlike"]))
    html = page(
        "face.html",
        desk,
        access,
        here=ADDRESS,
        opened=state.opened,
        values=state.values,
        texts=TEXTS,
        choices=CHOICES,
        pictures=PICTURES,
        colours=COLOURS,
        schemes=SCHEMES,
        entries=range(max(entries, default=-1) + 3),
        sheets=range(rows["extra_css"] + 1),
        fonts=range(max(rows["font_files"], 2)),
        known_pictures=newest_pictures(desk.site)[:COMPLETED],
        static=static[:_SHOWN_STATIC],
        more_static=max(len(static) - _SHOWN_STATIC, 0),
        static_sheets=[path for path in static if path.lower().endswith(".css")],
        static_fonts=[path for path in static if path.lower().endswith(".woff2")],
        bad={name for name, _ in told.faults},
        theirs=state.theirs,
        usual=tokens_of(theme_sheet(folders_of(desk.site / "templates"))),
        messages=anchors,
        unsaved=is_sent,
        done=notice_of(desk, request),
        **told._asdict(),
    )
    return HTMLResponse(html, status, headers={"content-security-policy": _POLICY})


def _broken(desk: Desk, access: Access, problems: Iterable[Problem]) -> Response:
    """Return the page of a site.yaml that is none: no form can change it."""
    messages = [("", said(one, desk.language)) for one in problems]
    html = page("face_broken.html", desk, access, here=ADDRESS, messages=messages)
    return HTMLResponse(html, 422)
