"""Renaming, merging and splitting the archive's names: what it changes is shown, then done.

The same functions as `warraq rename`, `merge` and `split`; a plan is made once to be looked at, and
once more to be written.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from warraq.base.controls import without_controls
from warraq.base.problems import Problem, WarraqError, error, listed
from warraq.commands import edit
from warraq.commands.edit import Edited, How
from warraq.commands.editor_search import matching
from warraq.content.store import load_authorities
from warraq.desk.authority_form import AUTHORITY_FORMS
from warraq.desk.file_form import as_text, label
from warraq.desk.form_fields import BODY
from warraq.desk.name_page import asked_for, unknown
from warraq.desk.names_page import NAMES
from warraq.desk.notices import led_to
from warraq.desk.page_templates import page, said
from warraq.desk.site_desk import Desk, decide
from warraq.editing.change_set import ChangeSet
from warraq.editing.named_files import NamedFiles
from warraq.editing.validation import parsed
from warraq.model import Article, Authority, Story
from warraq.preview.access import Access
from warraq.preview.desk_pages import DeskPage, Form

_EXAMPLES = 8  # headlines of articles that change
_CHOICES = 300  # articles to choose from at once
_LONGEST = 200  # letters of what is typed
_PLAN = How(dry_run=True)


class _At(NamedTuple):
    """A page of surgery: at whose desk, and on which file."""

    desk: Desk
    access: Access
    file: Authority


_Answer = Callable[[_At, Request], Response]
_Decision = Callable[[_At, Form], Response]


class Effects(NamedTuple):
    """What a change set does, as a page tells it."""

    articles: int = 0
    stories: int = 0
    examples: tuple[str, ...] = ()

    @classmethod
    def of(cls, planned: ChangeSet) -> "Effects":
        """Return what `planned` changes beside the files themselves."""
        paths = [change.path for change in planned.changes]
        stories = [path for path in paths if path.startswith("content/stories/")]
        articles = [path for path in paths if path.startswith("content/articles/")]
        return cls(len(articles), len(stories), tuple(islice(_headlines(planned), _EXAMPLES)))


class FieldOfBoth(NamedTuple):
    """What a field holds in two files, and in the one that they become."""

    label: str
    goes: str
    stays: str
    merged: str


class SplitChoice(NamedTuple):
    """An article that a split may take along."""

    path: str
    title: str
    date: str
    outlet: str


def pages(desk: Desk) -> tuple[DeskPage, ...]:
    """Return the pages of all three."""
    base = f"{NAMES}/{{kind}}/{{key}}"
    return (
        _of(desk, f"{base}/rename", _rename_shown, _renamed),
        _of(desk, f"{base}/merge", _merge_shown, _merged),
        _of(desk, f"{base}/split", _split_shown, _split),
    )


def _of(desk: Desk, path: str, shown: _Answer, decided: _Decision) -> DeskPage:
    async def show(request: Request, access: Access) -> Response:
        return await run_in_threadpool(answer, request, access, None)

    async def save(request: Request, access: Access, form: Form) -> Response:
        return await run_in_threadpool(answer, request, access, form)

    def answer(request: Request, access: Access, form: Form | None) -> Response:
        file = _file(desk, request)
        if file is None:
            return unknown(desk, access, request)
        if form is None:
            return shown(_At(desk, access, file), request)
        return decided(_At(desk, access, file), form)

    return DeskPage(path, show, save)


def _file(desk: Desk, request: Request) -> Authority | None:
    asked = asked_for(request)
    authorities, _ = load_authorities(desk.site)
    return next((one for one in authorities if asked == (one.kind, one.key)), None)


def _typed(words: str) -> str:
    return " ".join(without_controls(words).split())[:_LONGEST]


def _named(file: Authority) -> str:
    return f"{file.kind}/{file.key}"


def _plan(edited: Edited) -> ChangeSet:
    """Return what a command would write, with all that it would say."""
    return edited.planned._replace(problems=edited.problems)


def _headlines(planned: ChangeSet) -> Iterator[str]:
    for change in planned.changes:
        if change.after is not None and change.path.startswith("content/articles/"):
            article, _ = parsed(change.path, change.after)
            if isinstance(article, Article):
                yield article.title


# Renaming


def _rename_shown(at: _At, request: Request) -> Response:
    return _rename_page(at, _typed(request.query_params.get("to", "")))


def _rename_page(at: _At, key: str, problems: tuple[Problem, ...] = ()) -> Response:
    planned = None
    if key and not problems:
        try:
            planned = _rename_plan(at, key)
        except WarraqError as fault:
            problems = tuple(fault.problems)
    return _page(at, "rename.html", planned, problems, to=key)


def _rename_plan(at: _At, key: str) -> ChangeSet:
    return _plan(edit.rename(at.desk.site, _named(at.file), key, _PLAN))


def _renamed(at: _At, form: Form) -> Response:
    key = _typed(dict(form).get("to", ""))
    decided = decide(at.desk, dict(form), lambda: _rename_plan(at, key))
    if decided.failed:
        return _rename_page(at, key, decided.problems)
    return led_to(f"{NAMES}/{at.file.kind}/{key.rpartition('/')[2]}", decided)


# Merging


class _Pair(NamedTuple):
    """The other file, and which of both goes and stays."""

    other: Authority
    goes: Authority
    stays: Authority


def _merge_shown(at: _At, request: Request) -> Response:
    asked = request.query_params
    return _merge_page(at, _typed(asked.get("with", "")), asked.get("lead", ""))


def _merge_page(at: _At, name: str, lead: str, problems: tuple[Problem, ...] = ()) -> Response:
    authorities, _ = load_authorities(at.desk.site)
    pair = _pair(at, name, lead, authorities)
    planned, fields = None, list[FieldOfBoth]()
    if pair:
        try:
            planned = _merge_plan(at, pair)
            fields = list(_of_both(at.desk, pair, planned))
        except WarraqError as fault:
            problems = (*problems, *fault.problems)
    elif name and not problems:
        alike = listed(one.key for one in NamedFiles(authorities).named(at.file.kind, name))
        problems = (error("merge-unknown", "", value=name, names=alike or "—"),)
    known = [one for one in authorities if one.kind == at.file.kind and one.key != at.file.key]
    shown = {"typed": name, "pair": pair, "fields": fields, "known": known}
    return _page(at, "merge.html", planned, problems, **shown)


def _pair(at: _At, name: str, lead: str, authorities: Iterable[Authority]) -> _Pair | None:
    """Return the pair of the file with the one that `name` names; `lead` is the key that stays."""
    other = NamedFiles(authorities).find(at.file.kind, name) if name else None
    if other is None or other.key == at.file.key:
        return None
    return _Pair(other, at.file, other) if lead == other.key else _Pair(other, other, at.file)


def _merge_plan(at: _At, pair: _Pair) -> ChangeSet:
    return _plan(edit.merge(at.desk.site, _named(pair.goes), _named(pair.stays), _PLAN))


def _of_both(desk: Desk, pair: _Pair, planned: ChangeSet) -> Iterator[FieldOfBoth]:
    """Yield the fields that one of two files holds, as the merged file will have them."""
    path = pair.stays.path
    merged, _ = parsed(path, next(one.after or b"" for one in planned.changes if one.path == path))
    table = AUTHORITY_FORMS[pair.stays.kind]
    for key in (*table.keys, BODY) if merged else ():
        texts = [as_text(table, one, key) for one in (pair.goes, pair.stays, merged) if one]
        if any(texts):
            yield FieldOfBoth(label(table, key, desk.language), *texts)


def _merged(at: _At, form: Form) -> Response:
    sent = dict(form)
    name, lead = _typed(sent.get("with", "")), sent.get("lead", "")
    authorities, _ = load_authorities(at.desk.site)
    pair = _pair(at, name, lead, authorities)
    if pair is None or lead != pair.stays.key:
        return _merge_page(at, name, lead)
    decided = decide(at.desk, sent, lambda: _merge_plan(at, pair))
    if decided.failed:
        return _merge_page(at, name, lead, decided.problems)
    return led_to(f"{NAMES}/{_named(pair.stays)}", decided)


# Splitting


def _split_shown(at: _At, request: Request) -> Response:
    return _split_page(at, {"q": request.query_params.get("q", "")[:_LONGEST]})


def _split_page(
    at: _At,
    typed: dict[str, str],
    chosen: Collection[str] = (),
    problems: tuple[Problem, ...] = (),
) -> Response:
    choices: list[SplitChoice] = []
    try:
        choices = _choices(at, typed["q"])
    except WarraqError as fault:
        problems = (*problems, *fault.problems)
    shown = {"typed": typed, "chosen": chosen, "found": len(choices)}
    return _page(at, "split.html", None, problems, choices=choices[:_CHOICES], **shown)


def _choices(at: _At, query: str) -> list[SplitChoice]:
    """Return the articles that assert the file (those of a story), of them what `query` finds."""
    content = edit.about(at.desk.site, at.file)
    wanted = frozenset(matching(at.desk.site, query)) if query.strip() else None
    found = [
        article
        for article in content.articles
        if _asserts(article, at.file) and (wanted is None or article.path in wanted)
    ]
    found.sort(key=lambda one: (one.date.iso if one.date else "", one.id), reverse=True)
    return [
        SplitChoice(
            article.path,
            article.title,
            article.date.iso[:10] if article.date else "",
            article.source.name if article.source else "",
        )
        for article in found
    ]


def _asserts(article: Article, file: Authority) -> bool:
    if isinstance(file, Story):
        return article.id in file.articles
    if file.kind == "outlets":
        credited = (article.source, *article.via)
        return any(credit is not None and credit.outlet == file.key for credit in credited)
    return file.key in getattr(article, file.kind, ())


def _split(at: _At, form: Form) -> Response:
    typed = {part: _typed(dict(form).get(part, "")) for part in ("key", "name", "q", "all")}
    chosen = frozenset(value for name, value in form if name == "article")

    def plan() -> ChangeSet:
        paths = {choice.path for choice in _choices(at, typed["q"])}
        paths = paths if typed["all"] else paths & chosen
        new = (typed["key"], typed["name"])
        return _plan(edit.split_off(at.desk.site, _named(at.file), new, paths, _PLAN))

    decided = decide(at.desk, dict(form), plan)
    if decided.failed:
        return _split_page(at, typed, chosen, decided.problems)
    return led_to(f"{NAMES}/{at.file.kind}/{typed['key'].rpartition('/')[2]}", decided)


def _page(
    at: _At,
    template: str,
    planned: ChangeSet | None,
    problems: tuple[Problem, ...],
    **shown: object,
) -> Response:
    language = at.desk.language
    html = page(
        template,
        at.desk,
        at.access,
        file=at.file,
        address=f"{NAMES}/{_named(at.file)}",
        planned=planned is not None,
        effects=Effects.of(planned) if planned else Effects(),
        warnings=[said(problem, language) for problem in (planned.problems if planned else ())],
        messages=[("typed", said(problem, language)) for problem in problems],
        **shown,
    )
    return HTMLResponse(html, 422 if problems else 200)
