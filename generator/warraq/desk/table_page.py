"""Tables of articles in the desk: what is chosen to download, and one that was edited to apply.

What was sent is shown before it is written (shown_plan.py); the form that writes carries the table.
"""

import binascii
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from pathlib import PurePosixPath as Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from warraq.base.problems import WarraqError, error
from warraq.commands.edit import Edited, How
from warraq.commands.table import exported, import_table
from warraq.desk.chosen_articles import SEARCH, Selection
from warraq.desk.notices import Notice, led_to, notice_of
from warraq.desk.page_templates import page, said
from warraq.desk.shown_plan import ShownPlan, overtaken, unlike
from warraq.desk.site_desk import Desk, decide
from warraq.editing.spreadsheets import LARGEST, kinds
from warraq.preview.access import Access
from warraq.preview.desk_pages import MAX_FORM, DeskPage, Form, SentFile

ADDRESS = "/-/table"
_NAME = "articles"
_MOST_CARRIED = MAX_FORM - 256 * 1024  # letters of a table and its plan in the form that writes
_TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def pages(desk: Desk) -> tuple[DeskPage, ...]:
    """Return the pages."""

    async def show(request: Request, access: Access) -> Response:
        return await run_in_threadpool(_page, desk, access, done=notice_of(desk, request))

    async def take(
        _request: Request, access: Access, _form: Form, files: tuple[SentFile, ...]
    ) -> Response:
        return await run_in_threadpool(_taken, desk, access, files)

    async def save(_request: Request, access: Access, form: Form) -> Response:
        return await run_in_threadpool(_written, desk, access, dict(form))

    async def download(request: Request, _access: Access) -> Response:
        return await run_in_threadpool(_table, desk, request)

    return (DeskPage(ADDRESS, show, save, take), DeskPage(f"{ADDRESS}/{{name}}", download))


def addresses() -> list[tuple[str, str]]:
    """Return the kinds of tables that can be made, each with its address."""
    return [(suffix.removeprefix(".").upper(), f"{ADDRESS}/{_NAME}{suffix}") for suffix in kinds()]


def _table(desk: Desk, request: Request) -> Response:
    name = Path(request.path_params["name"])
    if name.stem != _NAME or name.suffix not in kinds():
        return PlainTextResponse("no such table\n", 404)
    chosen = Selection.of(request.query_params)
    if not (chosen.is_all or chosen.ids):
        return RedirectResponse(chosen.address_of("/-/bulk"), 303)  # which says how to choose
    try:
        made = exported(desk.site, chosen.which, name.suffix, language=desk.language)
    except WarraqError as fault:
        text = "\n".join(said(problem, desk.language) for problem in fault.problems)
        return PlainTextResponse(f"{text}\n", 422)
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(made.content, media_type=_TYPES[name.suffix], headers=headers)


def _taken(desk: Desk, access: Access, files: tuple[SentFile, ...]) -> Response:
    sent = next((file for file in files if file.field == "file"), SentFile("file", "", b""))
    try:
        planned = import_table(desk.site, sent.name, sent.content, How(dry_run=True))
    except WarraqError as fault:
        texts = [said(problem, desk.language) for problem in fault.problems]
        return _page(desk, access, messages=texts, status=422)
    return _page(desk, access, planned, sent.name, sent.content)


def _written(desk: Desk, access: Access, form: dict[str, str]) -> Response:
    name = form.get("name", "")
    try:
        table = _unpacked(form.get("table", ""))
        planned = import_table(desk.site, name, table, How(dry_run=True))
    except WarraqError as fault:
        texts = [said(problem, desk.language) for problem in fault.problems]
        return _page(desk, access, messages=texts, status=422)
    if others := unlike(form.get("seen", ""), planned.planned.changes):
        texts = [overtaken(others, desk.language)]
        return _page(desk, access, planned, name, table, messages=texts, status=409)
    # What is left out was shown with what is written.
    decided = decide(desk, form, lambda: planned.planned._replace(problems=()))
    if decided.failed:
        texts = [said(problem, desk.language) for problem in decided.problems]
        return _page(desk, access, planned, name, table, messages=texts, status=409)
    return led_to(ADDRESS, decided)


def _packed(table: bytes) -> str:
    return urlsafe_b64encode(zlib.compress(table, 9)).decode("ascii")


def _unpacked(text: str) -> bytes:
    """Return the table that a form carries. Raises WarraqError for what is none."""
    reader = zlib.decompressobj()
    try:
        return reader.decompress(urlsafe_b64decode(text), LARGEST + 1)
    except (binascii.Error, ValueError, zlib.error):
        raise WarraqError([error("table-no-table")]) from None


def _page(  # noqa: PLR0913 - all that the page shows
    desk: Desk,
    access: Access,
    planned: Edited | None = None,
    name: str = "",
    table: bytes = b"",
    *,
    done: Notice | None = None,
    messages: Iterable[str] = (),
    status: int = 200,
) -> Response:
    shown = ShownPlan.of(planned, desk.language) if planned else None
    packed = _packed(table) if shown else ""
    told = [*messages]
    if shown and len(packed) + len(shown.seen) > _MOST_CARRIED:
        told.append(said(error("table-too-large", name=name), desk.language))
        shown = None
    html = page(
        "table.html",
        desk,
        access,
        here=SEARCH,
        name=name,
        table=packed,
        accepted=kinds(),
        planned=shown,
        done=done,
        messages=[("", text) for text in told],
    )
    return HTMLResponse(html, status)
