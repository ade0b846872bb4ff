"""All imports at /-/review: newest first, or first those that are worth a look; by outlet."""

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from warraq.base.controls import without_controls
from warraq.base.files import is_regular
from warraq.base.problems import WarraqError
from warraq.content.open_decisions import decisions_about
from warraq.content.store import LineFinder, article_path
from warraq.desk.notices import notice_of
from warraq.desk.page_templates import page
from warraq.desk.review_page import page_at
from warraq.desk.site_desk import Desk
from warraq.editing.receipt_list import ImportedArticle, ReceiptList
from warraq.editing.validation import parsed
from warraq.editing.writing import content_now
from warraq.model import Article
from warraq.preview.access import Access
from warraq.preview.desk_pages import DeskPage

ROWS = 50  # of a page
_OUTLETS = 200  # that may be chosen: those with the most articles
ORDERS = MappingProxyType(
    {
        "new": lambda one: -one.written,
        "removed": lambda one: -one.removed,
        "open": lambda one: -len(one.open),
    }
)


class ListedImport(NamedTuple):
    """An import as the list shows it; `is_there`: it still has its article.

    `open` are the codes of what is not decided in the article now, whatever import was unsure of.
    """

    id: str
    title: str
    outlets: tuple[str, ...]
    removed: int
    open: tuple[str, ...]
    is_there: bool


def pages(desk: Desk) -> tuple[DeskPage, ...]:
    """Return the list of imports."""
    receipts = ReceiptList(desk.site)

    async def show(request: Request, access: Access) -> Response:
        return await run_in_threadpool(_shown, desk, access, request, receipts)

    return (DeskPage("/-/review", show),)


def _shown(desk: Desk, access: Access, request: Request, receipts: ReceiptList) -> Response:
    every = receipts.now()
    outlet = request.query_params.get("outlet", "")
    asked = request.query_params.get("order", "")
    order = asked if asked in ORDERS else "new"
    found = sorted_by(every, order, outlet)
    at = page_at(request.query_params.get("page", ""), len(found), ROWS)
    kept = {"order": order if order != "new" else "", "outlet": outlet}
    query = urlencode({key: value for key, value in kept.items() if value})
    counts = Counter(name for one in every for name in one.outlets)
    html = page(
        "review_list.html",
        desk,
        access,
        rows=[_listed(desk.site, one) for one in found[at.first : at.first + ROWS]],
        count=len(found),
        at=at,
        order=order,
        orders=tuple(ORDERS),
        outlet=outlet,
        outlets=sorted(name for name, _ in counts.most_common(_OUTLETS)),
        query=f"{query}&" if query else "",
        done=notice_of(desk, request),
    )
    return HTMLResponse(html)


def sorted_by(every: Sequence[ImportedArticle], order: str, outlet: str) -> list[ImportedArticle]:
    """Return what is of `outlet` ("" for all) in one of ORDERS, the newest first among equals."""
    key: Callable[[ImportedArticle], int] = ORDERS[order]
    return sorted((one for one in every if not outlet or outlet in one.outlets), key=key)


def _listed(site: Path, one: ImportedArticle) -> ListedImport:
    path = article_path(one.id)
    title, is_there = one.title, is_regular(site / path)
    still_open: tuple[str, ...] = ()
    try:
        content = content_now(site, path) if is_there else None
        article = parsed(path, content)[0] if content else None
        if isinstance(article, Article):
            title = article.title
            asked = decisions_about(site, article, LineFinder(site))
            still_open = tuple(problem.code for problem in asked)
    except WarraqError:
        pass  # its review says why
    names = tuple(map(without_controls, one.outlets))
    return ListedImport(one.id, without_controls(title), names, one.removed, still_open, is_there)
