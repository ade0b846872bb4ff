"""All pages of the desk: what `warraq serve` answers under /-/ beside the preview's own."""

from collections.abc import Callable
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from warraq.desk import (
    bulk_page,
    changes_page,
    drafts_page,
    edit_page,
    face_page,
    media_page,
    name_page,
    names_page,
    queue_page,
    review_always,
    review_list,
    review_page,
    search_page,
    sharing_page,
    surgery_page,
    table_page,
)
from warraq.desk.site_desk import Desk
from warraq.desk.waiting_list import WaitingList
from warraq.preview.access import Access
from warraq.preview.desk_pages import DeskPage

_KINDS: tuple[Callable[[Desk], tuple[DeskPage, ...]], ...] = (
    edit_page.pages,
    search_page.pages,
    bulk_page.pages,
    table_page.pages,
    names_page.pages,
    name_page.pages,
    surgery_page.pages,
    changes_page.pages,
    drafts_page.pages,
    sharing_page.pages,
    media_page.pages,
    face_page.pages,
    review_list.pages,
    review_page.pages,
    review_always.pages,
)
_TYPES = {"css": "text/css", "js": "text/javascript"}


def pages(desk: Desk, waiting: WaitingList) -> tuple[DeskPage, ...]:
    """Return the pages of a site's desk; `waiting` is what waits for its editors."""
    made = (page for kind in _KINDS for page in kind(desk))
    return (DeskPage("/-/desk/{name}", _asset), *queue_page.pages(desk, waiting), *made)


async def _asset(request: Request, _access: Access) -> Response:
    """Return a script or style sheet of the desk's pages."""
    folder = files("warraq.desk").joinpath("assets")
    for file in folder.iterdir():
        if file.name == request.path_params["name"]:
            kind = _TYPES[file.name.rpartition(".")[2]]
            return Response(file.read_bytes(), media_type=kind)
    return PlainTextResponse("no such file\n", 404)
