"""Many articles edited together at /-/bulk: what is asked for, what would change, and the writing.

The edits are those of `warraq edit`. What is written is what was shown (shown_plan.py).
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from warraq.base.problems import Language, Problem, WarraqError
from warraq.commands.edit import Edited, How, edit
from warraq.content.store import load_authorities
from warraq.desk.chosen_articles import SEARCH, Selection
from warraq.desk.notices import led_to
from warraq.desk.page_templates import page, said, words
from warraq.desk.shown_plan import ShownPlan, overtaken, unlike
from warraq.desk.site_desk import Desk, decide
from warraq.editing.field_edits import FIELDS, OPERATIONS, FieldEdit, Operation, kind_of, name_of
from warraq.preview.access import Access
from warraq.preview.desk_pages import DeskPage, Form

ADDRESS = "/-/bulk"
_SHOWN = 50  # articles whose changes are shown; the others are counted
_NAMED = 5  # articles named in a sentence
_MOST_EDITS = 20
_LEFT = 100  # reasons
_COMPLETED = ("topics", "people", "places", "organizations", "authors", "outlets")
_INPUTS = {"certainty": "status"}  # fields that the form of an article calls otherwise
# What may be set where a field has few values.
_CHOICES: dict[str, tuple[str, ...]] = {
    "certainty": ("exact", "inferred", "conflicting", "unknown"),
    "display": ("full", "excerpt", "none"),
    **dict.fromkeys(("draft", "index", "machines"), ("true", "false")),
}


class _Asked(NamedTuple):
    """Which articles, and the edits as they were typed: «add topic» and a value."""

    chosen: Selection
    typed: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, given: QueryParams) -> "_Asked":
        rows = zip(given.getlist("what"), given.getlist("value"), strict=False)
        typed = tuple((what, value) for what, value in rows if what)
        return cls(Selection.of(given), typed[:_MOST_EDITS])

    @property
    def edits(self) -> list[FieldEdit]:
        """The edits; raises WarraqError for those that no operation knows."""
        made: list[FieldEdit] = []
        problems: list[Problem] = []
        for what, value in self.typed:
            operation, _, field = what.partition(" ")
            known = next((one for one in OPERATIONS if one == operation), OPERATIONS[0])
            asked = field if known == "unset" else f"{field}={value}"
            try:
                made.append(FieldEdit.of(known, asked))
            except WarraqError as unknown:
                problems += unknown.problems
        if problems:
            raise WarraqError(problems)
        return made

    def plan(self, desk: Desk) -> Edited:
        """Return what would change, nothing written; raises WarraqError."""
        return edit(desk.site, self.chosen.which, self.edits, How(dry_run=True))


def pages(desk: Desk) -> tuple[DeskPage, ...]:
    """Return the page."""

    async def show(request: Request, access: Access) -> Response:
        return await run_in_threadpool(_shown, desk, access, request)

    async def save(_request: Request, access: Access, form: Form) -> Response:
        return await run_in_threadpool(_written, desk, access, form)

    return (DeskPage(ADDRESS, show, save),)


def _shown(desk: Desk, access: Access, request: Request) -> Response:
    asked = _Asked.of(request.query_params)
    if not asked.typed:
        return _page(desk, access, asked)
    try:
        return _page(desk, access, asked, asked.plan(desk))
    except WarraqError as fault:
        return _page(desk, access, asked, problems=fault.problems, status=422)


def _written(desk: Desk, access: Access, form: Form) -> Response:
    asked, fields = _Asked.of(QueryParams(list(form))), dict(form)
    try:
        planned = asked.plan(desk)
    except WarraqError as fault:
        return _page(desk, access, asked, problems=fault.problems, status=422)
    if others := unlike(fields.get("seen", ""), planned.planned.changes):
        return _page(desk, access, asked, planned, others=others, status=409)
    # What is left out was shown with what is written.
    decided = decide(desk, fields, lambda: planned.planned._replace(problems=()))
    if decided.failed:
        return _page(desk, access, asked, planned, problems=decided.problems, status=409)
    return led_to(f"{SEARCH}?{urlencode({'q': asked.chosen.query})}", decided)


def _page(  # noqa: PLR0913 - all that the page shows
    desk: Desk,
    access: Access,
    asked: _Asked,
    planned: Edited | None = None,
    *,
    problems: Iterable[Problem] = (),
    others: Sequence[str] = (),
    status: int = 200,
) -> Response:
    chosen = asked.chosen
    told = [said(problem, desk.language) for problem in problems]
    if others:
        told.append(overtaken(others, desk.language))
    html = page(
        "bulk.html",
        desk,
        access,
        here=SEARCH,
        chosen=chosen,
        is_empty=not (chosen.ids or chosen.is_all),
        rows=[*asked.typed, ("", "")],
        operations=[(one, _options(one, desk.language)) for one in OPERATIONS],
        known=list(_completions(desk)),
        planned=ShownPlan.of(planned, desk.language) if planned else None,
        messages=[("", text) for text in told],
    )
    return HTMLResponse(html, status)


def _options(operation: Operation, language: Language) -> list[tuple[str, str, str]]:
    """Return the fields that an operation knows: the option's value, its label, what completes."""
    found = ((field, kind_of(field) or field) for field in FIELDS[operation])
    return [(f"{operation} {field}", name_of(field, language), known) for field, known in found]


def _completions(desk: Desk) -> Iterator[tuple[str, str, str]]:
    """Yield what a value may be: its kind or field, how it is written, what it is called."""
    authorities, _ = load_authorities(desk.site)
    for file in sorted(authorities, key=lambda one: (one.kind, one.key)):
        if file.kind in _COMPLETED:
            yield file.kind, file.key, file.name
    for field, values in _CHOICES.items():
        for value in values:
            yield field, value, words(desk.language).get(f"{_INPUTS.get(field, field)}={value}", "")
