"""What is chosen in the search as a table to download: /-/table/articles.csv and .xlsx."""

from pathlib import PurePosixPath as Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from warraq.base.problems import WarraqError
from warraq.commands.table import exported
from warraq.desk.chosen_articles import Selection
from warraq.desk.page_templates import said
from warraq.desk.site_desk import Desk
from warraq.editing.spreadsheets import kinds
from warraq.preview.access import Access
from warraq.preview.desk_pages import DeskPage

NAME = "articles"
_TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def pages(desk: Desk) -> tuple[DeskPage, ...]:
    """Return the page."""

    async def show(request: Request, _access: Access) -> Response:
        return await run_in_threadpool(_table, desk, request)

    return (DeskPage("/-/table/{name}", show),)


def addresses() -> list[tuple[str, str]]:
    """Return the kinds of tables that can be made, each with its address."""
    return [(suffix.removeprefix(".").upper(), f"/-/table/{NAME}{suffix}") for suffix in kinds()]


def _table(desk: Desk, request: Request) -> Response:
    name = Path(request.path_params["name"])
    if name.stem != NAME or name.suffix not in kinds():
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
