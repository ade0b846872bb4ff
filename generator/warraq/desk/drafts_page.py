"""Drafts of the site at /-/drafts: start, look, publish, leave, throw away, bring back."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from warraq.base.problems import Problem, WarraqError, message
from warraq.desk.article_merge import settled
from warraq.desk.changes_page import Readings, number_asked, readings_between
from warraq.desk.clash_readings import ClashReading, choices, clash_readings
from warraq.desk.desk_dates import DeskDates
from warraq.desk.notices import led_to, notice_of
from warraq.desk.page_templates import page, said
from warraq.desk.site_desk import Decided, Desk, introduce
from warraq.editing import site_drafts
from warraq.editing.site_drafts import DraftsState, SiteDraft
from warraq.preview.access import Access
from warraq.preview.desk_pages import DeskPage, Form

HERE = "/-/drafts"


class DraftRow(NamedTuple):
    """A draft in a list, with when it was last worked on."""

    draft: SiteDraft
    day: str


def pages(desk: Desk) -> tuple[DeskPage, ...]:
    """Return the pages of the drafts."""

    async def show(request: Request, access: Access) -> Response:
        return await run_in_threadpool(_shown, desk, access, request)

    async def act(request: Request, access: Access, form: Form) -> Response:
        return await run_in_threadpool(_acted, desk, access, request, dict(form))

    return (DeskPage(HERE, show, act),)


def _shown(
    desk: Desk,
    access: Access,
    request: Request,
    failed: Iterable[Problem] = (),
    form: Mapping[str, str] | None = None,
) -> Response:
    """Return the page of the drafts, with what became of a decision that failed."""
    given, problems = form or {}, [*failed]
    now: DraftsState | None = None
    readings: Readings | None = None
    others = 0
    clashes: tuple[ClashReading, ...] = ()
    try:
        now = site_drafts.state(desk.site)
        if now.open:
            base, paths = site_drafts.changed_in(desk.site, now, now.open)
            start = number_asked(request, "from")
            others = site_drafts.others_in(desk.site, base, now.open)
            readings = readings_between(desk, base, now.open.commit, paths, start)
            plan = site_drafts.with_main(desk.site, now, now.open, settled, {})
            clashes = clash_readings(desk, plan, given)
    except WarraqError as fault:
        problems += fault.problems
    messages = [("", said(one, desk.language)) for one in dict.fromkeys(problems)]
    asked = given.get("action", "") or request.query_params.get("action", "")
    key = given.get("draft", "") or request.query_params.get("draft", "")
    known = now.drafts if now else ()
    html = page(
        "drafts.html",
        desk,
        access,
        here="/-/changes",
        address=HERE,
        now=now,
        readings=readings,
        others=others,
        articles=message("say-files", desk.language, count=readings.total if readings else 0),
        clashes=clashes,
        drafts=_rows(desk, (one for one in known if now and one != now.open)),
        discarded=_rows(desk, now.discarded if now else ()),
        name=given.get("name", ""),
        doomed=next((one for one in known if asked == "ask" and one.key == key), None),
        messages=messages,
        done=notice_of(desk, request),
    )
    return HTMLResponse(html, 409 if failed else 200)


def _rows(desk: Desk, drafts: Iterable[SiteDraft]) -> tuple[DraftRow, ...]:
    dates = DeskDates(desk)
    return tuple(DraftRow(one, dates.read(one.date).day) for one in drafts)


def _acted(desk: Desk, access: Access, request: Request, form: dict[str, str]) -> Response:
    actions: dict[str, Callable[[], Decided]] = {
        "start": lambda: _told(site_drafts.start(desk.site, form.get("name", ""))),
        "open": lambda: _told(site_drafts.open_draft(desk.site, form.get("draft", ""))),
        "leave": lambda: _told(site_drafts.leave(desk.site)),
        "discard": lambda: _told(site_drafts.discard(desk.site, form.get("draft", ""))),
        "restore": lambda: _told(site_drafts.restore(desk.site, form.get("draft", ""))),
        "publish": lambda: _published(desk, form),
    }
    action = actions.get(form.get("action", ""))
    if action is None:
        return _shown(desk, access, request, (), form)
    try:
        introduce(desk, form)
        decided = action()
    except WarraqError as fault:
        return _shown(desk, access, request, fault.problems, form)
    return led_to(HERE, decided) if decided.changed else RedirectResponse(HERE, 303)


def _told(_result: object) -> Decided:
    """Return that nothing was written: the page itself shows where one is now."""
    return Decided()


def _published(desk: Desk, form: Mapping[str, str]) -> Decided:
    subject = message("say-commit-publish", desk.history, name=desk.draft)
    return Decided(
        changed=True, commit=site_drafts.publish(desk.site, subject, settled, choices(form))
    )
