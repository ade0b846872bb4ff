"""The form of an article at /-/edit/<id>: shows the file's fields, and writes what was changed.

The form carries the text of the file that it was opened on. What changed in the file meanwhile is
merged, field by field; where both changed the same, both are shown and nothing is written.
"""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from warraq.base.controls import without_controls
from warraq.base.files import is_regular, walk
from warraq.base.problems import Problem, WarraqError, error, listed, message
from warraq.base.urls import is_article_id
from warraq.content.store import Content, LineFinder, article_path, cross_check, load_authorities
from warraq.desk.form_fields import BODY, KEYS, SECTIONS, Values, filled_in, numbers, values_of
from warraq.desk.merging import merged
from warraq.desk.notices import Notice
from warraq.desk.page_templates import page, said, words
from warraq.desk.site_desk import Desk, introduce
from warraq.editing import authority_surgery
from warraq.editing.article_text import with_fields_of
from warraq.editing.change_set import ChangeSet, FileChange, edited
from warraq.editing.field_edits import settled
from warraq.editing.named_files import NamedFiles
from warraq.editing.validation import new_errors, parsed
from warraq.editing.writing import content_now, write
from warraq.model import Article, Authority, AuthorityKind
from warraq.preview.access import Access
from warraq.preview.desk_pages import DeskPage, Form
from warraq.prose.markdown import html_of

_MADE: tuple[AuthorityKind, ...] = (
    "topics", "people", "places", "organizations", "authors", "outlets",
)  # fmt: skip
_FOLDED = ("wrong", "pictures", "corrections", "rights")  # most articles need none of them
_NOTHING: Values = MappingProxyType({})
_DEEPEST = 2  # dots in the name of an input: via.0.outlet


def pages(desk: Desk) -> tuple[DeskPage, ...]:
    """Return the form's pages."""

    async def show(request: Request, access: Access) -> Response:
        return await run_in_threadpool(_shown, desk, access, request.path_params["id"])

    async def save(request: Request, access: Access, form: Form) -> Response:
        return await run_in_threadpool(_saved, desk, access, request.path_params["id"], dict(form))

    async def preview(_request: Request, _access: Access, form: Form) -> Response:
        text = dict(form).get(BODY, "").replace("\r\n", "\n")
        html = await run_in_threadpool(html_of, text)
        return HTMLResponse(html.replace('="/media/', f'="{desk.base_path}media/'))

    return (DeskPage("/-/edit/{id}", show, save), DeskPage("/-/preview", None, preview))


class _State(NamedTuple):
    """What a form shows: the text it is opened on, its inputs, and what is to be said of them."""

    path: str
    article: Article
    authorities: tuple[Authority, ...]
    opened: str
    values: Values
    body: str
    problems: tuple[Problem, ...] = ()
    theirs: Values = _NOTHING
    saved: str = ""
    make: Values = _NOTHING


def _shown(desk: Desk, access: Access, article_id: str) -> Response:
    path = _path_of(desk.site, article_id)
    content = content_now(desk.site, path) if path else None
    article, problems = _article(path, content)
    if article is None or content is None:
        return _missing(desk, access, problems)
    authorities, _ = load_authorities(desk.site)
    state = _State(
        path,
        article,
        authorities,
        _text(content),
        values_of(article),
        article.body,
        tuple(problems),
    )
    return _page(desk, access, article_id, state)


def _saved(desk: Desk, access: Access, article_id: str, form: dict[str, str]) -> Response:
    path = _path_of(desk.site, article_id)
    body = form.get(BODY, "").replace("\r\n", "\n")
    try:
        content = content_now(desk.site, path) if path else None
        opened_text = form.get("opened", "").replace("\r\n", "\n")
        opened, _ = _article(path, opened_text.encode())
        now, problems = _article(path, content)
    except WarraqError as fault:
        return _missing(desk, access, fault.problems, body)
    if content is None or now is None or opened is None:
        gone = words(desk.language)["gone" if content is None else "broken-form"]
        return _missing(desk, access, problems if content else (), body, gone)
    values = {
        name: value.replace("\r\n", "\n")
        for name, value in form.items()
        if value.strip() and name.partition(".")[0] in KEYS and name.count(".") <= _DEEPEST
    }
    authorities, _ = load_authorities(desk.site)
    state = _State(path, now, authorities, opened_text, values, body, make=_under(form, "make"))
    try:
        introduce(desk, form)
        if form.get("action") == "make":
            state = _with_made(desk, state)
        else:
            state = _written(desk, state, opened, content)
    except WarraqError as fault:
        state = state._replace(problems=tuple(fault.problems))
    failed = any(problem.severity == "error" for problem in state.problems) or state.theirs
    return _page(desk, access, article_id, state, 409 if state.theirs else 422 if failed else 200)


def _written(desk: Desk, state: _State, opened: Article, content: bytes) -> _State:
    """Return the form after its change is in the file, or with what was in its way."""
    site, now, path = desk.site, state.article, state.path
    values = _with_keys(state.values, values_of(opened), NamedFiles(state.authorities))
    mine, problems = filled_in(opened, values, state.body)
    if problems:
        raise WarraqError(problems)
    if opened.date != mine.date and opened.date_info == mine.date_info:
        mine = settled(mine, "date")
    found = merged(opened, mine, now)
    if found.conflicts:
        theirs = {key: _as_text(now, key) for key in found.conflicts}
        # Saved once more, the form's text replaces what the editor has seen now.
        return state._replace(
            opened=_text(content),
            values=values_of(found.article),
            body=found.article.body,
            theirs=theirs,
        )
    change = edited(path, content, lambda text: with_fields_of(text, now, found.article))
    if errors := _new_errors(site, now, content, change, state.authorities):
        raise WarraqError(errors)
    changed = [key for key in (*KEYS, BODY) if _as_text(now, key) != _as_text(found.article, key)]
    names = listed(words(desk.history).get(key, key) for key in changed)
    subject = message("say-commit-form", desk.history, title=found.article.title, fields=names)
    done = write(site, ChangeSet.of(subject, [change]))
    after, _ = _article(path, change.after)
    return _State(
        path,
        after or found.article,
        state.authorities,
        _text(change.after or b""),
        values_of(after or found.article),
        found.article.body,
        done.problems,
        saved=words(desk.language)["saved" if changed else "saved-nothing"],
    )


def _with_made(desk: Desk, state: _State) -> _State:
    """Make the file that the form asks for; what else it holds is not written."""
    made = {part: " ".join(without_controls(value).split()) for part, value in state.make.items()}
    kind = next((one for one in _MADE if one == made.get("kind")), None)
    key, name = made.get("key", ""), made.get("name", "")
    if not kind:
        raise WarraqError([error("key-invalid", "", key=key)])
    path = f"content/{kind}/{key}.md"
    subject = message("say-commit-file", desk.history, name=name, path=path)
    planned = authority_surgery.made(desk.site, state.authorities, kind, key, name, subject)
    done = write(desk.site, planned)
    told = words(desk.language)["made"].format(path=path)
    authorities, _ = load_authorities(desk.site)
    return state._replace(
        authorities=authorities, saved=told, problems=done.problems, make=_NOTHING
    )


def _path_of(site: Path, article_id: str) -> str:
    """Return the path of an article's file, "" if there is none.

    A file may have another name than its id; one that cannot be read is known by its name alone.
    """
    if not is_article_id(article_id):
        return ""
    unread = ""
    every = (file.relative_to(site).as_posix() for file in walk(site / "content/articles", ".md"))
    for path in chain([article_path(article_id)], every):
        content = content_now(site, path) if is_regular(site / path) else None
        if content and (article_id.encode() in content or path.endswith(f"/{article_id}.md")):
            article, _ = _article(path, content)
            if article and article.id == article_id:
                return path
            if not (article and article.id) and path.endswith(f"/{article_id}.md"):
                unread = unread or path
    return unread


def _article(path: str, content: bytes | None) -> tuple[Article | None, list[Problem]]:
    if content is None:
        return None, []
    read, problems = parsed(path, content)
    return (read, problems) if isinstance(read, Article) else (None, problems)


def _text(content: bytes) -> str:
    return content.decode().removeprefix("\ufeff").replace("\r\n", "\n")


def _new_errors(
    site: Path,
    now: Article,
    content: bytes,
    change: FileChange,
    authorities: tuple[Authority, ...],
) -> list[Problem]:
    """Return what would be wrong with the article that is not wrong now; others do not matter."""
    lines = LineFinder(site)
    _, problems = parsed(now.path, content)
    known = (*problems, *cross_check([now], authorities, (), lines))
    return new_errors(Content((now,), authorities, known), [change], lines)


def _with_keys(values: Values, before: Values, named: NamedFiles) -> dict[str, str]:
    """Return `values` with the key of a file for each name that was added and has one."""
    kinds = {
        f"{field.key}.{one.name}" if field.kind in {"map", "rows"} else field.key: one.completes
        for fields in SECTIONS.values()
        for field in fields
        for one in field.inputs
        if one.completes and one.name != "name"
    }
    had = set(before.values())

    def resolved(name: str, value: str) -> str:
        kind = kinds.get(".".join(part for part in name.split(".") if not part.isdecimal()))
        return named.value(kind, value.strip()) if kind and value not in had else value

    return {name: resolved(name, value) for name, value in values.items()}


def _under(values: Values, key: str) -> dict[str, str]:
    start = f"{key}."
    return {n.removeprefix(start): v for n, v in values.items() if n.startswith(start)}


def _as_text(article: Article, key: str) -> str:
    """Return what a field holds, in one line for each value."""
    if key == BODY:
        return article.body.strip()
    shown = values_of(article)
    return "\n".join(v for n, v in shown.items() if n == key or n.startswith(f"{key}."))


def _evidence(article: Article) -> Iterator[str]:
    yield from article.date_info.candidates
    yield from (f"«{one.text}»" for one in article.date_info.evidence)


def _field_of(problem: Problem, values: Values) -> str:
    """Return the field that a problem is about, "" if that cannot be told."""
    args = dict(problem.args)
    key = args.get("key", "")
    if key in KEYS:
        return key
    holding = (name for name, value in values.items() if key and value.strip() == key)
    return next(holding, "").partition(".")[0]


def _page(
    desk: Desk, access: Access, article_id: str, state: _State, status: int = 200
) -> Response:
    told = [(_field_of(one, state.values), said(one, desk.language)) for one in state.problems]
    faults: dict[str, list[str]] = {}
    for key, text in told:
        faults.setdefault(key, []).append(text)
    if state.theirs:
        told.append((next(iter(state.theirs)), words(desk.language)["unlike"]))
    html = page(
        "edit.html",
        desk,
        access,
        id=article_id,
        path=state.path,
        opened=state.opened,
        values=state.values,
        body=state.body,
        sections=SECTIONS,
        known_words=words(desk.language),
        numbers=numbers,
        folded=_FOLDED,
        opened_sections=_in_use({*_keys_of(state.values), *faults, *state.theirs}),
        evidence=tuple(_evidence(state.article)),
        messages=[(f"about-{key}" if key else "", text) for key, text in told],
        faults={key: found for key, found in faults.items() if key},
        theirs=state.theirs,
        done=Notice(state.saved) if state.saved else None,
        make=state.make,
        kinds=_MADE,
        known={kind: _of_kind(state.authorities, kind) for kind in _MADE},
    )
    return HTMLResponse(html, status)


def _keys_of(values: Values) -> Iterator[str]:
    return (name.partition(".")[0] for name in values)


def _in_use(keys: AbstractSet[str]) -> set[str]:
    """Return the sections that hold something, or have something wrong."""
    return {
        section
        for section, fields in SECTIONS.items()
        if any(field.key.partition(".")[0] in keys for field in fields)
    }


def _of_kind(authorities: Iterable[Authority], kind: AuthorityKind) -> list[Authority]:
    return sorted((one for one in authorities if one.kind == kind), key=lambda one: one.key)


def _missing(
    desk: Desk, access: Access, problems: Iterable[Problem], body: str = "", why: str = ""
) -> Response:
    texts = [*filter(None, [why]), *(said(one, desk.language) for one in problems)]
    html = page("missing.html", desk, access, messages=[("", text) for text in texts], body=body)
    return HTMLResponse(html, 409 if body else 404)
