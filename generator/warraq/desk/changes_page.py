"""The newest changes at /-/changes: who, when, what; each can be read, taken back and brought back.

What no commit has yet is shown before them, and recorded from here.
"""

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlencode, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from warraq.base.controls import without_controls
from warraq.base.problems import Problem, WarraqError, error, message
from warraq.base.urls import is_article_id
from warraq.content.store import article_path
from warraq.content.write_lock import content_write_lock
from warraq.desk.change_reading import FileReading, read_change
from warraq.desk.desk_dates import DeskDates
from warraq.desk.notices import led_to, notice_of
from warraq.desk.page_templates import page, said, words
from warraq.desk.sharing_page import SharingSummary, summary
from warraq.desk.site_desk import Decided, Desk, decide, introduce
from warraq.desk.whole_numbers import whole_number
from warraq.editing import history, repository
from warraq.editing.article_files import article_file
from warraq.editing.change_set import FileChange
from warraq.editing.git_program import EDITED, KEPT
from warraq.editing.repository import RecordedChange
from warraq.editing.writing import content_now
from warraq.preview.access import Access
from warraq.preview.desk_pages import DeskPage, Form

HERE = "/-/changes"
_ROWS = 50  # changes of a page
_FILES = 25  # files of a page, with all that differs in them
_NAMED = 8  # files named where their number is told
_BACK = re.compile(r"/-/[\w/.~%-]*")


class ChangeRow(NamedTuple):
    """A change in the list. `clock` is its hour, `undone` the commit that took it back."""

    change: RecordedChange
    day: str
    clock: str
    files: str
    undone: str = ""


class Readings(NamedTuple):
    """Files with what differs in them, of a page; `total` is the number of all."""

    files: tuple[FileReading, ...]
    total: int
    start: int = 0

    @property
    def next(self) -> int:
        """Where the next page begins, 0 after the last."""
        following = self.start + _FILES
        return following if following < self.total else 0


def pages(desk: Desk) -> tuple[DeskPage, ...]:
    """Return the pages of the history."""

    async def show(request: Request, access: Access) -> Response:
        return await run_in_threadpool(_list, desk, access, request)

    async def take_back(request: Request, access: Access, form: Form) -> Response:
        return await run_in_threadpool(_taken_back, desk, access, request, dict(form))

    async def one(request: Request, access: Access) -> Response:
        return await run_in_threadpool(_one, desk, access, request)

    async def now(request: Request, access: Access) -> Response:
        return await run_in_threadpool(_now, desk, access, request)

    async def record(request: Request, access: Access, form: Form) -> Response:
        return await run_in_threadpool(_recorded, desk, access, request, dict(form))

    return (
        DeskPage(HERE, show, take_back),
        DeskPage(f"{HERE}/of/{{commit}}", one),
        DeskPage(f"{HERE}/now", now),
        DeskPage(f"{HERE}/record", None, record),
    )


def _list(
    desk: Desk,
    access: Access,
    request: Request,
    failed: tuple[Problem, ...] = (),
    form: Mapping[str, str] | None = None,
) -> Response:
    """Return the page of the newest changes, with what became of a decision that failed."""
    given, messages = form or {}, [("", said(one, desk.language)) for one in failed]
    article, start = request.query_params.get("article", ""), number_asked(request, "from")
    rows: tuple[ChangeRow, ...] = ()
    waiting: tuple[str, ...] = ()
    sharing: SharingSummary | None = None
    is_kept = False
    try:
        is_kept = repository.is_repository(desk.site)
        if is_kept:
            rows = _rows(desk, article, start)
            waiting = () if article or start else repository.uncommitted(desk.site, KEPT)
            sharing = None if article or start else summary(desk)
    except WarraqError as fault:
        messages += [("", said(one, desk.language)) for one in fault.problems]
    shown = rows[:_ROWS]
    html = page(
        "changes.html",
        desk,
        access,
        here=HERE,
        address=_address(article, start),
        is_kept=is_kept,
        sharing=sharing,
        article=article if is_article_id(article) else "",
        days=[(day, tuple(found)) for day, found in groupby(shown, lambda row: row.day)],
        later=_address(article, max(0, start - _ROWS)) if start else "",
        earlier=_address(article, start + _ROWS) if len(rows) > _ROWS else "",
        waiting=waiting,
        waiting_files=message("say-files", desk.language, count=len(waiting)),
        named=readings_between(desk, "HEAD", None, waiting[:_NAMED]).files if waiting else (),
        seen=_seen(desk.site, waiting),
        sentence=given.get("sentence", ""),
        retry=given.get("commit", "") if desk.asks_name else "",
        back=_way_back(given.get("back", "")),
        messages=messages,
        done=notice_of(desk, request),
    )
    return HTMLResponse(html, 409 if failed else 200)


def _rows(desk: Desk, article: str, start: int) -> tuple[ChangeRow, ...]:
    """Return one more change than a page shows, if there is one."""
    paths: Iterable[str] = EDITED
    if is_article_id(article):
        paths = [article_file(desk.site, article) or article_path(article)]
    found = repository.newest(desk.site, _ROWS + 1, skip=start, paths=paths)
    undone = repository.undoings(desk.site) if found else {}
    dates = DeskDates(desk)
    return tuple(_row(desk, one, undone, dates) for one in found)


def _row(
    desk: Desk, change: RecordedChange, undone: Mapping[str, str], dates: DeskDates
) -> ChangeRow:
    subject, author = without_controls(change.subject), without_controls(change.author)
    return ChangeRow(
        change._replace(subject=subject, author=author),
        *dates.read(change.date),
        message("say-files", desk.language, count=len(change.paths)),
        undone.get(change.commit, ""),
    )


def _one(desk: Desk, access: Access, request: Request) -> Response:
    commit = request.path_params["commit"]
    try:
        made = repository.logged(desk.site, commit)
        if made is None or not repository.is_in_history(desk.site, commit):
            return _unknown(desk, access, (error("undo-unknown", value=commit[:40]),))
        before = "" if made.is_first else f"{commit}^"
        start = number_asked(request, "from")
        readings = readings_between(desk, before, commit, made.paths, start)
        row = _row(desk, made, repository.undoings(desk.site), DeskDates(desk))
    except WarraqError as fault:
        return _unknown(desk, access, fault.problems)
    html = page(
        "change.html",
        desk,
        access,
        here=HERE,
        row=row,
        readings=readings,
        address=f"{HERE}/of/{commit}",
        seen="",
        heading=row.change.subject,
        done=notice_of(desk, request),
    )
    return HTMLResponse(html)


def _now(desk: Desk, access: Access, request: Request) -> Response:
    try:
        waiting = repository.uncommitted(desk.site, KEPT)
        readings = readings_between(desk, "HEAD", None, waiting, number_asked(request, "from"))
    except WarraqError as fault:
        return _unknown(desk, access, fault.problems)
    html = page(
        "change.html",
        desk,
        access,
        here=HERE,
        row=None,
        readings=readings,
        address=f"{HERE}/now",
        seen=_seen(desk.site, waiting) if waiting else "",
        heading=words(desk.language)["changes-waiting"],
    )
    return HTMLResponse(html)


def _unknown(desk: Desk, access: Access, problems: Iterable[Problem]) -> Response:
    html = page(
        "change.html",
        desk,
        access,
        here=HERE,
        row=None,
        readings=None,
        address=HERE,
        seen="",
        heading=words(desk.language)["changes"],
        messages=[("", said(one, desk.language)) for one in problems],
    )
    return HTMLResponse(html, 404)


def readings_between(
    desk: Desk, before: str, after: str | None, paths: tuple[str, ...], start: int = 0
) -> Readings:
    """Return what differs between two revisions, "" for nothing and None for the files on disk."""
    shown = paths[start : start + _FILES]
    old = repository.contents_at(desk.site, before, shown) if _exists(desk, before) else {}
    if after is None:
        new = {path: _on_disk(desk.site, path, old.get(path)) for path in shown}
    else:
        new = {**repository.contents_at(desk.site, after, shown)}
    labels = words(desk.language)
    changes = (FileChange(path, old.get(path), new.get(path)) for path in shown)
    return Readings(tuple(read_change(one, labels) for one in changes), len(paths), start)


def _on_disk(site: Path, path: str, before: bytes | None) -> bytes | None:
    """Return what a file holds; one that cannot be read (a link elsewhere) counts as unchanged."""
    try:
        return content_now(site, path)
    except WarraqError:
        return before or b""


def _exists(desk: Desk, revision: str) -> bool:
    return bool(revision) and repository.is_in_history(desk.site, revision)


def _taken_back(desk: Desk, access: Access, request: Request, form: dict[str, str]) -> Response:
    commit = form.get("commit", "")
    try:
        made = repository.logged(desk.site, commit)
        known = made if made and repository.is_in_history(desk.site, commit) else None
    except WarraqError as fault:
        return _list(desk, access, request, fault.problems, form)
    if known is None:
        unknown = error("undo-unknown", value=without_controls(commit)[:40])
        return _list(desk, access, request, (unknown,), form)
    sentence = history.sentence(desk.site, known, desk.history)
    decided = decide(desk, form, lambda: history.taken_back(desk.site, known, sentence))
    if decided.failed:
        return _list(desk, access, request, decided.problems, form)
    return led_to(_way_back(form.get("back", "")), decided)


def _recorded(desk: Desk, access: Access, request: Request, form: dict[str, str]) -> Response:
    try:
        decided = _record(desk, form)
    except WarraqError as fault:
        return _list(desk, access, request, fault.problems, form)
    back = _way_back(form.get("back", ""))
    return led_to(back, decided) if decided.changed else RedirectResponse(back, 303)


def _record(desk: Desk, form: Mapping[str, str]) -> Decided:
    """Commit what the page showed under the editor's sentence. Raises WarraqError."""
    sentence = " ".join(without_controls(form.get("sentence", "")).split())
    if not sentence:
        raise WarraqError([error("record-sentence")])
    introduce(desk, form)
    with content_write_lock(desk.site):
        waiting = repository.uncommitted(desk.site, KEPT)
        if _seen(desk.site, waiting) != form.get("seen", ""):
            raise WarraqError([error("record-overtaken")])
        if repository.is_merging(desk.site):
            raise WarraqError([error("record-merging")])
        if not waiting:
            return Decided()
        if not repository.has_identity(desk.site):
            raise WarraqError([error("git-identity")])
        return Decided(True, repository.commit(desk.site, waiting, sentence))


def _seen(site: Path, waiting: Iterable[str]) -> str:
    """Return a mark of the files as they are now, another one after each save."""
    total = sha256()
    for path in waiting:
        try:
            found = (site / path).lstat()
            about = f"{found.st_mtime_ns} {found.st_size}"
        except OSError:
            about = "gone"
        total.update(f"{path}\0{about}\0".encode("utf-8", "surrogateescape"))
    return total.hexdigest()


def _way_back(address: str) -> str:
    """Return the page of the desk to which a form leads back, that of the changes for any other.

    >>> [_way_back(one) for one in ("/-/edit/a1?x=1", "//evil.example", "/-/../x", "/n/a/")]
    ['/-/edit/a1?x=1', '/-/changes', '/-/changes', '/-/changes']
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return HERE
    path, query = parts.path, parts.query
    plain = unquote(path)  # browsers read %2e%2e as two dots
    is_ours = not parts.scheme and not parts.netloc and address.startswith("/-/")
    if not is_ours or not _BACK.fullmatch(path) or "//" in plain or "/.." in plain:
        return HERE
    if not (query.isprintable() and query.isascii()):
        return path
    return f"{path}?{query}" if query else path


def _address(article: str, start: int) -> str:
    asked = {"article": article if is_article_id(article) else "", "from": str(start or "")}
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{HERE}?{query}" if query else HERE


def number_asked(request: Request, name: str) -> int:
    """Return the number that an address gives to `name`, 0 for anything else."""
    return whole_number(request.query_params.get(name, "")) or 0
