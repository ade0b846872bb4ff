"""What only this machine has, and what others have, at /-/sharing: sent and brought in if asked."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from warraq.base.controls import without_controls
from warraq.base.problems import Problem, WarraqError, message
from warraq.desk.article_merge import settled
from warraq.desk.clash_readings import ClashReading, choices, clash_readings
from warraq.desk.desk_dates import DeskDates
from warraq.desk.notices import Notice
from warraq.desk.page_templates import page, said, words
from warraq.desk.site_desk import Desk, introduce
from warraq.editing import site_sharing
from warraq.editing.repository import RecordedChange
from warraq.editing.site_sharing import Remote
from warraq.preview.access import Access
from warraq.preview.desk_pages import DeskPage, Form

HERE = "/-/sharing"
_TOLD = ("sent", "asked", "brought")  # what an address may say was done


class SharingSummary(NamedTuple):
    """In a line each what is here only and what is not here, and what can be done."""

    lines: tuple[str, ...] = ()
    can_send: bool = False
    can_bring: bool = False


class WaitingChange(NamedTuple):
    """A change that is not sent yet, and when it was made."""

    change: RecordedChange
    day: str


def pages(desk: Desk) -> tuple[DeskPage, ...]:
    """Return the page of what is shared."""

    async def show(request: Request, access: Access) -> Response:
        return await run_in_threadpool(_shown, desk, access, request)

    async def act(request: Request, access: Access, form: Form) -> Response:
        return await run_in_threadpool(_acted, desk, access, request, dict(form))

    return (DeskPage(HERE, show, act),)


def summary(desk: Desk) -> SharingSummary | None:
    """Return what is here only and what is not here, None without a remote."""
    remote = site_sharing.remote_of(desk.site)
    return _summary(desk, remote) if remote else None


def _summary(desk: Desk, remote: Remote) -> SharingSummary:
    here = message("say-unsent", desk.language, count=remote.unsent)
    others = message("say-behind", desk.language, count=remote.behind)
    lines = (here, others) if remote.behind else (here,)
    return SharingSummary(lines, bool(remote.unsent), bool(remote.behind))


def _shown(
    desk: Desk,
    access: Access,
    request: Request,
    failed: Iterable[Problem] = (),
    form: Mapping[str, str] | None = None,
) -> Response:
    problems = [*failed]
    remote: Remote | None = None
    clashes: tuple[ClashReading, ...] = ()
    lines: tuple[str, ...] = ()
    try:
        remote = site_sharing.remote_of(desk.site)
        lines = _summary(desk, remote).lines if remote else ()
        if remote and remote.behind:
            plan = site_sharing.with_others(desk.site, settled, {})
            clashes = clash_readings(desk, plan, form or {})
    except WarraqError as fault:
        problems += fault.problems
    dates = DeskDates(desk)
    ahead = remote.ahead if remote else ()
    told = request.query_params.get("told", "")
    html = page(
        "sharing.html",
        desk,
        access,
        here="/-/changes",
        remote=remote,
        lines=lines,
        waiting=[_waiting(one, dates) for one in ahead],
        clashes=clashes,
        messages=[("", said(one, desk.language)) for one in dict.fromkeys(problems)],
        done=Notice(words(desk.language)[f"sharing-{told}"]) if told in _TOLD else None,
    )
    return HTMLResponse(html, 409 if failed else 200)


def _waiting(one: RecordedChange, dates: DeskDates) -> WaitingChange:
    subject, author = without_controls(one.subject), without_controls(one.author)
    return WaitingChange(one._replace(subject=subject, author=author), dates.read(one.date).day)


def _acted(desk: Desk, access: Access, request: Request, form: dict[str, str]) -> Response:
    site, subject = desk.site, message("say-commit-bring-in", desk.history)
    actions: dict[str, tuple[str, Callable[[], object]]] = {
        "send": ("sent", lambda: site_sharing.send(site)),
        "fetch": ("asked", lambda: site_sharing.fetch(site)),
        "bring-in": (
            "brought",
            lambda: site_sharing.bring_in(site, subject, settled, choices(form)),
        ),
    }
    action = actions.get(form.get("action", ""))
    if action is None:
        return _shown(desk, access, request)
    told, act = action
    try:
        introduce(desk, form)
        act()
    except WarraqError as fault:
        return _shown(desk, access, request, fault.problems, form)
    return RedirectResponse(f"{HERE}?told={told}", 303)
