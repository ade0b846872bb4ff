"""What a page says of the decision before it, which its own address names: what for, and «undo»."""

from typing import NamedTuple
from urllib.parse import urlencode, urlsplit, urlunsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse

from warraq.desk.page_templates import words
from warraq.desk.site_desk import Decided, Desk
from warraq.editing import repository


class Notice(NamedTuple):
    """What was done. `commit` can be taken back from here, "" if git has none of it.

    `back` is the address of the page that says it.
    """

    text: str
    commit: str = ""
    back: str = ""


def led_to(address: str, decided: Decided) -> RedirectResponse:
    """Return the redirect that shows a page after a decision, which its notice tells of."""
    what = {"done": decided.commit or "file"} if decided.changed else {"done": "nothing"}
    parts = urlsplit(address)
    query = "&".join(filter(None, [parts.query, urlencode(what)]))
    return RedirectResponse(urlunsplit(parts._replace(query=query)), 303)


def notice_of(desk: Desk, request: Request) -> Notice | None:
    """Return the notice that the address of a page asks for."""
    done = request.query_params.get("done", "")
    wording = words(desk.language)
    if done in {"nothing", "file"}:
        return Notice(wording[f"done-{done}"])
    rest = [(key, value) for key, value in request.query_params.multi_items() if key != "done"]
    back = request.url.path + (f"?{urlencode(rest)}" if rest else "")
    made = repository.recorded(desk.site, done) if done else None
    return Notice(made.subject, made.commit, back) if made else None
