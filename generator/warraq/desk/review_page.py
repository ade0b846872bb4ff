"""An import looked at again at /-/review/<id>: the lines of the seed and the article's.

A button puts a removed line back, another takes a line out that was kept. Lines are named by their
place in the seed and their text, and a line is taken out only as it was seen, so that no decision
meets another line than the one that was looked at.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from warraq.base.config import load
from warraq.base.controls import without_controls
from warraq.base.problems import Problem, WarraqError
from warraq.content.store import load_authorities
from warraq.desk.notices import led_to, notice_of
from warraq.desk.page_templates import page, said, words
from warraq.desk.site_desk import Decided, Desk, decide
from warraq.desk.whole_numbers import whole_number
from warraq.editing import repository
from warraq.editing.import_evidence import FieldEvidence, evidence_in
from warraq.editing.import_review import (
    Action,
    ImportReview,
    LineDecision,
    decided,
    review_of,
    shown_hash,
)
from warraq.editing.outlet_lines import may_come_again
from warraq.editing.reviewed_text import Paragraph, Row, State, paragraphs_in
from warraq.preview.access import Access
from warraq.preview.desk_pages import DeskPage, Form

ROWS = 200  # of a page
LONGEST = 2_000  # letters of a line that are shown
_ACTIONS: Mapping[State, Action] = {
    "kept": "out", "edited": "out", "back": "out", "removed": "back", "out": "back",
}  # fmt: skip


def pages(desk: Desk) -> tuple[DeskPage, ...]:
    """Return the page of one article's import."""

    async def show(request: Request, access: Access) -> Response:
        return await run_in_threadpool(_shown, desk, access, request)

    async def save(request: Request, access: Access, form: Form) -> Response:
        return await run_in_threadpool(_saved, desk, access, request, dict(form))

    return (DeskPage("/-/review/{id}", show, save),)


class Excerpt(NamedTuple):
    """A text as it is shown, and how many letters of it are not."""

    text: str
    more: int = 0


class ShownRow(NamedTuple):
    """A row of the page; `action` is what its button does, None for none.

    `again` is whether other articles may have the line.
    """

    state: State
    id: str = ""
    first: int = 0
    last: int = 0
    raw: Excerpt = Excerpt("")
    why: str = ""
    links: tuple[str, ...] = ()
    evidence: Sequence[FieldEvidence] = ()
    own: tuple[Excerpt, ...] = ()
    action: Action | None = None
    seen: str = ""
    again: bool = False


def review(desk: Desk, article_id: str) -> ImportReview:
    """Return the review of an article's import. Raises WarraqError as `review_of`."""
    return review_of(desk.site, article_id, load(desk.site)[0].import_fields)


def _shown(desk: Desk, access: Access, request: Request) -> Response:
    return _page(desk, access, request, request.path_params["id"])


def _saved(desk: Desk, access: Access, request: Request, form: dict[str, str]) -> Response:
    article_id = request.path_params["id"]
    asked = _asked(form)

    decision = decide(
        desk, form, lambda: decided(desk.site, review(desk, article_id), asked, desk.history)
    )
    if decision.failed:
        return _page(desk, access, request, article_id, decision)
    number = form.get("page", "")
    query = f"?{urlencode({'page': number})}" if whole_number(number) else ""
    return led_to(f"/-/review/{article_id}{query}#line-{asked.part}", decision)


def _asked(form: Mapping[str, str]) -> LineDecision:
    if "out" in form:
        part, _, seen = form["out"].partition(" ")
        return LineDecision("out", part, seen)
    return LineDecision("back", form.get("back", ""))


def _page(
    desk: Desk,
    access: Access,
    request: Request,
    article_id: str,
    decision: Decided = Decided(),  # noqa: B008 - a value without parts that change
) -> Response:
    wording = words(desk.language)
    try:
        found = review(desk, article_id)
    except WarraqError as fault:
        return _without(desk, access, article_id, fault.problems)
    authorities, _ = load_authorities(desk.site)
    at = page_at(request.query_params.get("page", ""), len(found.rows), ROWS)
    evidence = evidence_in(found.rows, found.receipt.decisions)
    names = {one.key: one.name for one in authorities if one.kind == "outlets"}
    texts = paragraphs_in(found.article.body)
    credited = found.article.source or found.article.via
    rows = [
        _row(row, texts, rule_words(row.part.rule, names, wording) if row.part else "")._replace(
            evidence=evidence.at.get(number, ()),
            again=bool(credited) and may_come_again(row.part),
        )
        for number, row in list(enumerate(found.rows))[at.first : at.first + ROWS]
    ]
    counts = {state: sum(row.state == state for row in found.rows) for state in _ACTIONS}
    html = page(
        "review.html",
        desk,
        access,
        id=article_id,
        title=without_controls(found.article.title),
        path=found.path,
        seed=without_controls(found.receipt.seed),
        has_seed=found.has_seed,
        has_source=bool(credited),
        is_recorded=_is_recorded(desk, found.path),
        rows=rows,
        at=at,
        counts={state: count for state, count in counts.items() if count},
        evidence=evidence.elsewhere,
        elsewhere=[
            (rule_words(one.rule, names, wording), excerpt(one.text))
            for one in found.elsewhere[:ROWS]
        ],
        more_elsewhere=max(0, len(found.elsewhere) - ROWS),
        messages=[("", said(one, desk.language)) for one in (*found.problems, *decision.problems)],
        done=notice_of(desk, request),
    )
    codes = {problem.code for problem in decision.problems}
    overtaken = not codes.isdisjoint({"review-part-gone", "review-overtaken", "edit-overtaken"})
    return HTMLResponse(html, 409 if overtaken else 422 if decision.failed else 200)


def _is_recorded(desk: Desk, path: str) -> bool:
    """Whether git has the file as it is, so that a decision can be a commit of its own."""
    if not repository.is_repository(desk.site):
        return True
    try:
        return not repository.changed_files(desk.site, [path])
    except WarraqError:
        return True  # the decision itself says what is wrong


def _row(row: Row, texts: Sequence[Paragraph], why: str) -> ShownRow:
    own = tuple(excerpt(texts[at].text) for at in row.paragraphs)
    part = row.part
    if part is None:
        return ShownRow(row.state, own=own)
    return ShownRow(
        row.state,
        part.id,
        part.first,
        part.last,
        excerpt(part.text),
        why,
        part.links,
        own=own,
        action=_ACTIONS[row.state] if part.id else None,
        seen=shown_hash(texts, row),
    )


def excerpt(text: str) -> Excerpt:
    """Return a text as it is shown: without control characters, cut where it is very long."""
    return Excerpt(without_controls(text[:LONGEST]), max(0, len(text) - LONGEST))


def rule_words(rule: str, names: Mapping[str, str], wording: Mapping[str, str]) -> str:
    """Return a rule in words, "" for none; `names` are those of outlets by key.

    A rule of an earlier or a later version is shown as the receipt has it.
    """
    kind, _, key = rule.partition(":")
    if kind == "outlet":
        return f"{wording['review.rule.outlet']}: {names.get(key, key)}"
    if not rule:
        return ""
    if known := wording.get(f"review.rule.{rule}"):
        return known
    return wording["review.rule.page"] if kind == "page" else without_controls(rule)


class PageAt(NamedTuple):
    """A page of a long list: its number from 1, of how many, and the index of its first row."""

    number: int
    of: int
    first: int


def page_at(asked: str, rows: int, size: int) -> PageAt:
    """Return the page that is asked for, or the nearest that there is."""
    most = max(1, -(-rows // size))
    number = min(whole_number(asked) or 1, most)
    return PageAt(number, most, (number - 1) * size)


def _without(desk: Desk, access: Access, article_id: str, problems: Sequence[Problem]) -> Response:
    texts = [("", said(one, desk.language)) for one in problems]
    is_form = not any(problem.code == "article-unknown" for problem in problems)
    html = page("review_none.html", desk, access, messages=texts, id=article_id if is_form else "")
    return HTMLResponse(html, 200 if is_form else 404)
