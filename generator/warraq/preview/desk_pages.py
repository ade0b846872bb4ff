"""The desk's pages as routes: nobody without the cookie sees one, and no other page's form writes.

The checks stand here, before every page, so that a page cannot forget them.
"""

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Iterator
from typing import Literal, NamedTuple
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from warraq.base.problems import Language
from warraq.preview.access import Access, is_same
from warraq.preview.labels import words
from warraq.preview.plain_page import plain_page

FORM_TOKEN = "form_token"  # noqa: S105 - the name of the hidden field
MAX_FORM = 4 * 1024 * 1024  # bytes; the longest articles have a tenth of that
MAX_FIELDS = 5_000
MAX_SENT = (
    64 * 1024 * 1024
)  # bytes of a form with files; what may be too large is the page's to say
MAX_FILES = 20
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

_FORM, _FORM_WITH_FILES = "application/x-www-form-urlencoded", "multipart/form-data"

Form = tuple[tuple[str, str], ...]  # names and values as sent, in order
Show = Callable[[Request, Access], Awaitable[Response]]
Save = Callable[[Request, Access, Form], Awaitable[Response]]


class SentFile(NamedTuple):
    """A file of a form: the name of its input, its own as the browser says it, and its bytes."""

    field: str
    name: str
    content: bytes


class _Sent(NamedTuple):
    form: Form
    files: tuple[SentFile, ...] = ()


Take = Callable[[Request, Access, Form, tuple[SentFile, ...]], Awaitable[Response]]

_Endpoint = Callable[[Request], Awaitable[Response]]


class DeskPage(NamedTuple):
    """A page of the desk: its path under /-/, what answers GET, and what takes a form of it.

    `take` takes forms with files (multipart), `save` all others.
    """

    path: str
    show: Show | None = None
    save: Save | None = None
    take: Take | None = None


class TokenMiddleware:
    """ASGI middleware: takes the token of an address, and in a network admits nobody without it."""

    def __init__(self, app: ASGIApp, access: Access, language: Language) -> None:
        """Wrap `app`."""
        self._app = app
        self._access = access
        self._language = language

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Forward a request, or answer it."""
        answer = self._answer(Request(scope)) if scope["type"] == "http" else None
        await (answer or self._app)(scope, receive, send)

    def _answer(self, request: Request) -> Response | None:
        given = request.query_params.getlist("token")
        if request.method == "GET" and given and is_same(given[-1], self._access.token):
            return self._welcome(request)
        is_open = not self._access.host or request.url.path == "/-/desk.css"
        return None if is_open or is_known(request, self._access) else refused(self._language)

    def _welcome(self, request: Request) -> Response:
        """Set the cookie, and lead to the same address without the token."""
        rest = [(k, v) for k, v in request.query_params.multi_items() if k != "token"]
        # A path of two slashes at its beginning would be another host's.
        path = "/" + request.scope["raw_path"].decode("ascii", "replace").lstrip("/\\")
        response = RedirectResponse(f"{path}?{urlencode(rest)}" if rest else path, 303)
        response.set_cookie(
            cookie_name(request), self._access.cookie, httponly=True, samesite="strict"
        )
        return response


def cookie_name(request: Request) -> str:
    """Return the name of the cookie, one for each port: browsers do not tell ports apart."""
    server = request.scope.get("server") or ("", 0)
    return f"warraq-{server[1]}"


def is_known(request: Request, access: Access) -> bool:
    """Whether a request comes with the cookie."""
    return is_same(request.cookies.get(cookie_name(request), ""), access.cookie)


def refused(language: Language, why: Literal["locked", "stale"] = "locked") -> Response:
    """Return the page that says how to get in, or what becomes of a form of an earlier run."""
    wording = words(language)
    page = plain_page(wording[why], language, wording[f"{why}-why"])
    return HTMLResponse(page, 403, {"content-security-policy": POLICY})


def routes(pages: Iterable[DeskPage], access: Access, language: Language) -> Iterator[Route]:
    """Yield the pages as routes."""

    def guarded(answer: Callable[[Request], Awaitable[Response]]) -> _Endpoint:
        async def endpoint(request: Request) -> Response:
            known = is_known(request, access)
            response = await answer(request) if known else refused(language)
            response.headers.setdefault("content-security-policy", POLICY)
            return response

        return endpoint

    for page in pages:
        if page.show:
            yield Route(page.path, guarded(_showing(page.show, access)), methods=["GET"])
        if page.save or page.take:
            yield Route(page.path, guarded(_saving(page, access, language)), methods=["POST"])


def _showing(show: Show, access: Access) -> _Endpoint:
    async def answer(request: Request) -> Response:
        return await show(request, access)

    return answer


def _saving(page: DeskPage, access: Access, language: Language) -> _Endpoint:
    readers: dict[str, Callable[[Request], Awaitable[_Sent | Response]]] = {}
    if page.save:
        readers[_FORM] = _form
    if page.take:
        readers[_FORM_WITH_FILES] = _form_with_files

    async def answer(request: Request) -> Response:
        if refusal := _refusal(request, access):
            return refusal
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in readers:
            return PlainTextResponse("forms only\n", 415)
        sent = await readers[kind](request)
        if isinstance(sent, Response):
            return sent
        given = [value for name, value in sent.form if name == FORM_TOKEN]
        if len(given) != 1 or not is_same(given[0], access.form_token):
            return refused(language, "stale")
        form = tuple(row for row in sent.form if row[0] != FORM_TOKEN)
        if page.take and kind == _FORM_WITH_FILES:
            return await page.take(request, access, form, sent.files)
        return await page.save(request, access, form) if page.save else refused(language)

    return answer


def _refusal(request: Request, access: Access) -> Response | None:
    """Return what refuses a form for its head; LocalOnlyMiddleware compared the origin, if any."""
    if not access.writable:
        why = "this preview is read only: start it with --write to write from here\n"
        return PlainTextResponse(why, 403)
    if not request.headers.get("origin"):
        return PlainTextResponse("the desk takes forms of its own pages only\n", 403)
    return None


async def _form_with_files(request: Request) -> _Sent | Response:
    """Return what a multipart form holds, or the answer to what is none."""
    size = 0

    async def limited() -> AsyncGenerator[bytes, None]:
        nonlocal size
        async for part in request.stream():
            size += len(part)
            if size > MAX_SENT:
                raise MultiPartException("too large")
            yield part

    limits = {"max_files": MAX_FILES, "max_fields": MAX_FIELDS, "max_part_size": MAX_FORM}
    try:
        sent = await MultiPartParser(request.headers, limited(), **limits).parse()
    except (MultiPartException, ClientDisconnect, UnicodeError):
        if size > MAX_SENT:
            return PlainTextResponse("the form is too large\n", 413)
        return PlainTextResponse("the form cannot be read\n", 400)
    rows = sent.multi_items()
    files = [
        SentFile(name, value.filename or "", await value.read())
        for name, value in rows
        if isinstance(value, UploadFile) and (value.filename or value.size)
    ]
    await sent.close()
    return _Sent(tuple((n, value) for n, value in rows if isinstance(value, str)), tuple(files))


async def _form(request: Request) -> _Sent | Response:
    """Return the names and values sent, or the answer to what is no form."""
    try:
        body = await _body(request)
        if body is None:
            return PlainTextResponse("the form is too large\n", 413)
        form = parse_qsl(
            body.decode(), keep_blank_values=True, errors="strict", max_num_fields=MAX_FIELDS
        )
    except (ValueError, ClientDisconnect):
        return PlainTextResponse("the form cannot be read\n", 400)
    return _Sent(tuple(form))


async def _body(request: Request) -> bytes | None:
    """Return the body, None if it is too large."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > MAX_FORM:
            return None
        parts.append(part)
    return b"".join(parts)
