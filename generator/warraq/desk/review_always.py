"""«Always, for this outlet» at /-/review/<id>/always: a line goes, or stays, in all its articles.

Shown first is what else it concerns and how the files will differ. What is confirmed is what was
shown: if other articles are concerned by then, nothing is written, and the page is shown again.
"""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from itertools import islice
from typing import NamedTuple
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from warraq.base.config import load
from warraq.base.controls import without_controls
from warraq.base.problems import Problem, WarraqError, error
from warraq.content.store import load_authorities
from warraq.desk.notices import Notice, led_to
from warraq.desk.page_templates import page, said, words
from warraq.desk.site_desk import Decided, Desk, decide
from warraq.desk.whole_numbers import whole_number
from warraq.editing import repository
from warraq.editing.change_set import ChangeSet, diff
from warraq.editing.import_review import ImportReview, review_of
from warraq.editing.outlet_lines import (
    LISTS,
    ConcernedArticle,
    OutletLine,
    OutletList,
    article_changes,
    concerned,
    credited_outlets,
    file_change,
    may_come_again,
    planned,
    sentence,
)
from warraq.editing.reviewed_text import State
from warraq.intake.seed_parts import SeedPart
from warraq.model import Authority, Outlet
from warraq.preview.access import Access
from warraq.preview.desk_pages import DeskPage, Form

_EXAMPLES = 3
_IN_DIFF = 20  # articles
_DIFF_LINES = 400
# What can be decided of a line: a removed one may stay; one that was kept may go, and as what.
_LISTS: Mapping[State, tuple[OutletList, ...]] = {
    "removed": ("keep",),
    "back": ("keep",),
    **dict.fromkeys(("kept", "edited", "out"), tuple(one for one in LISTS if one != "keep")),
}


def pages(desk: Desk) -> tuple[DeskPage, ...]:
    """Return the page of a line of an article that is to be always so."""

    async def show(request: Request, access: Access) -> Response:
        asked = dict(request.query_params)
        return await run_in_threadpool(_answer, desk, access, request.path_params["id"], asked)

    async def save(request: Request, access: Access, form: Form) -> Response:
        return await run_in_threadpool(_saved, desk, access, request.path_params["id"], dict(form))

    return (DeskPage("/-/review/{id}/always", show, save),)


class _Question(NamedTuple):
    """What is asked: the line, the outlets and lists to choose from, and what is chosen."""

    review: ImportReview
    authorities: tuple[Authority, ...]
    part: SeedPart
    outlets: tuple[Outlet, ...]
    lists: tuple[OutletList, ...]
    line: OutletLine
    fields: Mapping[str, str]
    others: tuple[ConcernedArticle, ...]

    @property
    def seen(self) -> str:
        """Return a hash of what is asked and of the articles it concerns now."""
        named = "\n".join([*map(str, self.line), *(one.path for one in self.others)])
        return sha256(named.encode()).hexdigest()[:16]


def _question(desk: Desk, article_id: str, asked: Mapping[str, str]) -> _Question:
    """Return the question; WarraqError if there is no such line, or no outlet to ask about."""
    fields = load(desk.site)[0].import_fields
    review = review_of(desk.site, article_id, fields)
    authorities, _ = load_authorities(desk.site)
    at = review.row_of(asked.get("line", ""))
    row = review.rows[at] if at >= 0 else None
    if row is None or row.part is None:
        raise WarraqError([error("review-part-gone", review.path)], exit_code=3)
    if not may_come_again(row.part):
        raise WarraqError([error("outlet-line", review.path)])
    outlets = credited_outlets(review.article, authorities)
    if not outlets:
        raise WarraqError([error("outlet-unknown", review.path)])
    number = whole_number(asked.get("outlet", "")) or 0
    outlet = outlets[min(number, len(outlets) - 1)]
    lists = _LISTS[row.state]
    listed = next((one for one in lists if one == asked.get("as")), lists[0])
    line = OutletLine(outlet, listed, row.part.text)
    others = concerned(desk.site, line)
    return _Question(review, authorities, row.part, outlets, lists, line, fields, others)


def _planned(desk: Desk, article_id: str, form: Mapping[str, str]) -> ChangeSet:
    asked = _question(desk, article_id, form)
    if asked.seen != form.get("seen"):
        raise WarraqError([error("review-others", asked.review.path)], exit_code=3)
    file = file_change(desk.site, asked.authorities, asked.line, form.get("key", "").strip())
    own = [one for one in asked.others if one.path == asked.review.path]
    some = asked.others if form.get("all") else own
    changes, left = article_changes(desk.site, some, asked.line, asked.fields)
    told = sentence(asked.line, len(changes), desk.history)
    return planned(desk.site, file, changes, left, told)


def _saved(desk: Desk, access: Access, article_id: str, form: dict[str, str]) -> Response:
    decision = decide(desk, form, lambda: _planned(desk, article_id, form))
    if decision.failed:
        return _answer(desk, access, article_id, form, decision)
    if decision.problems:  # what was left as it is, and why
        made = repository.recorded(desk.site, decision.commit) if decision.commit else None
        text = made.subject if made else words(desk.language)["done-file"]
        done = Notice(text, decision.commit, f"/-/review/{article_id}")
        return HTMLResponse(_told(desk, access, article_id, decision.problems, done))
    return led_to(f"/-/review/{article_id}#line-{quote(form.get('line', ''))}", decision)


def _answer(
    desk: Desk,
    access: Access,
    article_id: str,
    form: Mapping[str, str],
    decision: Decided = Decided(),  # noqa: B008 - a value without parts that change
) -> Response:
    try:
        asked = _question(desk, article_id, form)
    except WarraqError as fault:
        told = _told(desk, access, article_id, fault.problems)
        return HTMLResponse(told, 409 if decision.failed else 200)
    codes = {problem.code for problem in decision.problems}
    overtaken = not codes.isdisjoint({"review-part-gone", "review-others", "edit-overtaken"})
    html = page(
        "review_always.html",
        desk,
        access,
        id=article_id,
        line=asked.part.id,
        text=without_controls(asked.part.text),
        outlets=[without_controls(one.name) for one in asked.outlets],
        outlet=asked.outlets.index(asked.line.outlet),
        file=asked.line.outlet.path,
        key=form.get("key", asked.line.outlet.key),
        lists=asked.lists,
        listed=asked.line.listed,
        count=len(asked.others),
        examples=[(one.id, without_controls(one.title)) for one in asked.others[:_EXAMPLES]],
        is_for_all=bool(form.get("all")) or not decision.failed,
        seen=asked.seen,
        in_diff=min(_IN_DIFF, len(asked.others)),
        diff=_diff(desk, asked),
        messages=[("", said(one, desk.language)) for one in decision.problems],
    )
    return HTMLResponse(html, 409 if overtaken else 422 if decision.failed else 200)


def _diff(desk: Desk, asked: _Question) -> Sequence[str]:
    """Return the lines of a diff of the outlet's file and of the first articles."""
    try:
        key = asked.line.outlet.key or "…"
        file = [] if key == "…" else [file_change(desk.site, asked.authorities, asked.line, key)]
        some = asked.others[:_IN_DIFF]
        changes, left = article_changes(desk.site, some, asked.line, asked.fields)
    except WarraqError as fault:
        return [said(problem, desk.language) for problem in fault.problems]
    lines = (without_controls(line.rstrip("\n")) for line in diff([*file, *changes]))
    return [*islice(lines, _DIFF_LINES), *(said(problem, desk.language) for problem in left)]


def _told(
    desk: Desk,
    access: Access,
    article_id: str,
    problems: Sequence[Problem],
    done: Notice | None = None,
) -> str:
    texts = [("", said(one, desk.language)) for one in problems]
    return page("review_none.html", desk, access, messages=texts, id=article_id, done=done)
