"""What waits: all queues at /-/, and the decisions of one at /-/queue/<name>, one after another.

An address names a decision by its key (`at`). A decision that is made or gone gives way to the one
after it: two editors, or two windows, never decide the same thing twice without being told.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from warraq.base.problems import Problem, error, message, wording_of
from warraq.commands.todo import QUEUES, Waiting, still_waits
from warraq.desk.notices import led_to, notice_of
from warraq.desk.page_templates import page, said, words
from warraq.desk.queue_views import DecisionView, decision_view
from warraq.desk.site_desk import Decided, Desk, decide
from warraq.desk.waiting_list import WaitingList
from warraq.desk.whole_numbers import whole_number
from warraq.editing.answers import Answers, Question
from warraq.editing.decisions import decided
from warraq.preview.access import Access
from warraq.preview.desk_pages import DeskPage, Form

HOME = "/-/"
_FIRST = 3  # decisions of each queue on the first page
_LISTED = 50  # a page of the list
_PASSED = 200  # decisions that are looked at to find one that still waits
_OWN = frozenset(("at", "do", "git.name", "git.email", "old", "first"))  # not typed by an editor


_Row = tuple[str, Waiting]  # a decision and its key


class _Room(NamedTuple):
    desk: Desk
    waiting: WaitingList
    access: Access


def pages(desk: Desk, waiting: WaitingList) -> tuple[DeskPage, ...]:
    """Return the pages of what waits."""

    async def home(request: Request, access: Access) -> Response:
        return await run_in_threadpool(_home, _Room(desk, waiting, access), request)

    async def show(request: Request, access: Access) -> Response:
        return await run_in_threadpool(_shown, _Room(desk, waiting, access), request)

    async def save(request: Request, access: Access, form: Form) -> Response:
        return await run_in_threadpool(_saved, _Room(desk, waiting, access), request, form)

    return (DeskPage(HOME, home), DeskPage("/-/queue/{name}", show, save))


def _home(room: _Room, request: Request) -> Response:
    room.waiting.await_first()
    is_current = room.waiting.is_current  # asked before the rows: they may be newer, not older
    rows = [
        (name, message(QUEUES[name].title, room.desk.language), queue.waiting)
        for name in QUEUES
        if (queue := room.waiting.queue(name)).waiting
    ]
    html = page(
        "waits.html",
        room.desk,
        room.access,
        rows=rows,
        first=_FIRST,
        is_current=is_current,
        total=sum(len(waiting) for _, _, waiting in rows),
        said=lambda one: _said(one, room.desk),
        done=notice_of(room.desk, request),
        messages=_told(room, room.waiting.problems),
    )
    return HTMLResponse(html)


def _shown(room: _Room, request: Request) -> Response:
    name = request.path_params["name"]
    if name not in QUEUES:
        return HTMLResponse(_page(room, request, name, None, status=404), 404)
    room.waiting.await_first()
    one = _now(room, name, request.query_params.get("at", ""))
    return HTMLResponse(_page(room, request, name, one))


def _saved(room: _Room, request: Request, form: Form) -> Response:
    name, fields = request.path_params["name"], dict(form)
    if name not in QUEUES:
        return HTMLResponse(_page(room, request, name, None, status=404), 404)
    room.waiting.await_first()
    queue = room.waiting.queue(name)
    key = fields.get("at", "")
    asked = queue.find(key)
    one = still_waits(room.desk.site, asked) if asked else None
    if one is None:
        room.waiting.made([key] if asked else [])
        told = [error("decide-made")]
        shown = _now(room, name, key)
        return HTMLResponse(_page(room, request, name, shown, told, lost=form), 409)
    answer, _, value = fields.get("do", "").partition(":")
    answers = Answers((*((key, text) for key, text in form if key != "do"), ("value", value)))
    question = Question(room.desk.site, one.problem, room.desk.history)
    done = decide(room.desk, fields, lambda: decided(question, answer, answers))
    if done.failed:
        status = 409 if _is_overtaken(done) else 422
        return HTMLResponse(_page(room, request, name, (key, one), done.problems, form), status)
    _, following = queue.around(key)
    room.waiting.made([key])
    at = f"?{urlencode({'at': following})}" if following else ""
    return led_to(f"/-/queue/{name}{at}", done)


def _is_overtaken(done: Decided) -> bool:
    return any(one.code in {"edit-overtaken", "decide-changed"} for one in done.problems)


def _now(room: _Room, name: str, key: str) -> _Row | None:
    """Return the decision `key` as its file is now, or the first after it that still waits."""
    queue = room.waiting.queue(name)
    key = key if queue.find(key) else queue.around(key)[1]
    for _ in range(_PASSED):
        one = queue.find(key)
        now = still_waits(room.desk.site, one) if one else None
        if one is None or now:
            return (key, now) if now else None
        room.waiting.made([key])
        queue = room.waiting.queue(name)
        key = queue.around(key)[1]
    one = queue.find(key)
    return (key, one) if one else None


def _page(  # noqa: PLR0913, PLR0917 - a page, and what became of a form of it
    room: _Room,
    request: Request,
    name: str,
    row: _Row | None,
    problems: Iterable[Problem] = (),
    form: Form = (),
    *,
    lost: Form = (),
    status: int = 200,
) -> str:
    queue = room.waiting.queue(name)
    key, one = row or ("", None)
    view = decision_view(room.desk, one, room.waiting.topics) if one else None
    waiting, (before, after) = queue.waiting, queue.around(key)
    number = _number(request.query_params.get("page", ""), waiting)
    start = (number - 1) * _LISTED
    return page(
        "queue.html",
        room.desk,
        room.access,
        name=name,
        title=message(QUEUES[name].title, room.desk.language) if name in QUEUES else name,
        is_known=status == 200,
        is_counting=bool(waiting) or not queue.is_current,  # what waits came just now
        key=key,
        one=one,
        question=_question(one, view, room.desk) if one and view else "",
        view=view,
        also=_also(room, name, one) if one else (),
        before=before,
        after=after,
        left=message("say-waiting", room.desk.language, count=len(waiting)) if waiting else "",
        listed=waiting[start : start + _LISTED],
        number=number,
        numbers=-(-len(waiting) // _LISTED),
        said=lambda one: _said(one, room.desk),
        typed=_typed(form),
        lost=[text for key, text in lost if key not in _OWN and text.strip()],
        done=notice_of(room.desk, request),
        messages=_told(room, (*problems, *room.waiting.problems)),
    )


def _also(room: _Room, name: str, one: Waiting) -> list[tuple[str, str]]:
    """Return the other queues in which an article waits: an address, and the queue's title."""
    found = []
    for other in QUEUES:
        queue = room.waiting.queue(other) if one.id and other != name else None
        rows = queue.waiting if queue else ()
        if key := next((key for key, row in rows if row.id == one.id), ""):
            title = message(QUEUES[other].title, room.desk.language)
            found.append((f"/-/queue/{other}?{urlencode({'at': key})}", title))
    return found


def _number(asked: str, waiting: Sequence[_Row]) -> int:
    last = max(1, -(-len(waiting) // _LISTED))
    return min(whole_number(asked) or 1, last)


def _typed(form: Form) -> dict[str, list[str]]:
    """Return what a form held, to show it again."""
    found: dict[str, list[str]] = {}
    for key, text in form:
        found.setdefault(key, []).append(text)
    return found


def _question(one: Waiting, view: DecisionView, desk: Desk) -> str:
    """Return what is asked; what is decided in the lines of a file says what to do, too."""
    wording, key = words(desk.language), f"queue.ask.{one.problem.code}"
    if key in wording:
        return wording[key].format(**view.args)
    return said(one.problem, desk.language) if view.kind == "lines" else _said(one, desk)


def _said(one: Waiting, desk: Desk) -> str:
    """Return what a row of a list says of a decision, "" if every row would say the same."""
    args, wording = dict(one.problem.args), words(desk.language)
    if one.problem.code == "open-flag":
        kind = wording.get(f"queue.flag.{args['kind']}", args["kind"])
        return f"«{args['value']}» · {kind}"
    if one.title and f"queue.ask.{one.problem.code}" in wording:
        return ""
    return wording_of(one.problem, desk.language)[0]


def _told(room: _Room, problems: Iterable[Problem]) -> list[tuple[str, str]]:
    return [("", said(problem, room.desk.language)) for problem in problems]
