"""The editors' search at /-/search: the results of `warraq search`, and a selection among them.

What is chosen is in the address, with the query: it survives paging, «back» and a restart.
"""

from collections.abc import Iterable
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from warraq.base.problems import WarraqError, message
from warraq.base.urls import is_article_id
from warraq.commands.editor_search import search
from warraq.desk.chosen_articles import LONGEST, SEARCH, Selection
from warraq.desk.notices import Notice, notice_of
from warraq.desk.page_templates import page, said, words
from warraq.desk.site_desk import Desk
from warraq.desk.table_page import addresses
from warraq.desk.whole_numbers import whole_number
from warraq.preview.access import Access
from warraq.preview.desk_pages import DeskPage
from warraq.search.editors import Answer, Hit
from warraq.search.editors.search_fields import FIELDS

ON_A_PAGE = 50
# What many queries are narrowed by: the key of its words, and what is added to the query.
_NARROWING = (
    ("search-draft", "status:draft"),
    ("search-removed", "status:removed"),
    ("search-undated", "certainty:unknown"),
    ("search-untopical", "NOT topic:*"),
)


def pages(desk: Desk) -> tuple[DeskPage, ...]:
    """Return the page."""

    async def show(request: Request, access: Access) -> Response:
        return await run_in_threadpool(_shown, desk, request, access)

    return (DeskPage(SEARCH, show),)


def marked(text: str, marks: Iterable[tuple[int, int]]) -> list[tuple[str, bool]]:
    """Return `text` in pieces, each with whether it is one of `marks`.

    These are ranges in code points, ascending and disjoint.

    >>> marked("a < b", [(4, 5)])
    [('a < ', False), ('b', True)]
    """
    pieces, at = [], 0
    for start, end in marks:
        pieces += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [piece for piece in (*pieces, (text[at:], False)) if piece[0]]


def _shown(desk: Desk, request: Request, access: Access) -> Response:
    chosen = Selection.of(request.query_params)
    number = _page_number(request.query_params.get("page", ""))
    try:
        answer = _answer(desk, chosen.query, number)
        problems: tuple[str, ...] = ()
    except WarraqError as fault:
        answer = None
        problems = tuple(said(problem, desk.language) for problem in fault.problems)
    html = _page(desk, access, chosen, number, answer, notice_of(desk, request), problems)
    return HTMLResponse(html)


def _answer(desk: Desk, query: str, number: int) -> Answer | None:
    if not query.strip():
        return None
    return search(desk.site, query, limit=ON_A_PAGE, first=(number - 1) * ON_A_PAGE)


def _page_number(text: str) -> int:
    return whole_number(text) or 1


def _page(  # noqa: PLR0913, PLR0917 - all that the page shows
    desk: Desk,
    access: Access,
    chosen: Selection,
    number: int,
    answer: Answer | None,
    done: Notice | None,
    problems: tuple[str, ...],
) -> str:
    hits = answer.hits if answer else ()
    total = answer.total if answer else 0
    more = answer.more if answer else 0
    whole = max(0, total - (number - 1) * ON_A_PAGE)  # of the hits here, those with all words
    less = words(desk.language)["search-less"].format(count=more)
    here = {hit.id for hit in hits}
    return page(
        "search.html",
        desk,
        access,
        here=SEARCH,
        query=chosen.query,
        longest=LONGEST,
        fields=[field.name for field in FIELDS],
        narrowing=[(key, _narrowed(chosen.query, more)) for key, more in _NARROWING],
        asked=answer is not None,
        notes=[said(note, desk.language) for note in answer.notes] if answer else [],
        total=message("say-found", desk.language, total=total),
        found=total,
        more=more,
        groups=(("", hits[:whole]), (less if total else "", hits[whole:])),
        hits=hits,
        marked=marked,
        links={hit.path: _link(desk, hit) for hit in hits},
        chosen=chosen.ids,
        is_all=chosen.is_all,
        may_all=answer is not None and answer.is_literal and total > 0,
        elsewhere=[one for one in chosen.ids if one not in here],
        tables=addresses(),
        number=number,
        last=max(1, -(-(total + more) // ON_A_PAGE)),
        messages=[("", text) for text in problems],
        done=done,
    )


def _narrowed(query: str, more: str) -> str:
    """Return the address of the search for what `query` finds and `more` admits.

    "" if the query says so already.
    """
    if more in query:
        return ""
    both = f"{query} {more}" if query.strip() or not more.startswith("NOT ") else f"path:* {more}"
    return f"{SEARCH}?{urlencode({'q': both.strip()})}"


def _link(desk: Desk, hit: Hit) -> str:
    """Return the address of an article's page in the preview, "" if it has none."""
    is_built = is_article_id(hit.id) and (desk.built / f"n/{hit.id}/index.html").is_file()
    return f"{desk.base_path}n/{hit.id}/" if is_built else ""
