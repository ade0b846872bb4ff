"""`warraq serve`: the built site on 127.0.0.1, rebuilt and reloaded as editors save.

The function that rebuilds, and the desk's pages, are parameters. Four threads: the event
loop responds, the builder rebuilds, and two of the watcher's report saves.
"""

import asyncio
import contextlib
import functools
import multiprocessing
import os
import re
import signal
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from html import escape
from importlib.resources import files
from pathlib import Path
from types import FrameType
from typing import Protocol
from urllib.parse import unquote

import uvicorn
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.responses import StreamingResponse as Streaming
from starlette.routing import Route, Router, request_response
from starlette.types import ASGIApp, Scope

from warraq.base.problems import Language, Problem, WarraqError, error, format_problem, reason_code
from warraq.model import AUTHORITY_KINDS
from warraq.preview import events, site_files
from warraq.preview.access import Access
from warraq.preview.build_status import BuildStatus
from warraq.preview.builder import Builder
from warraq.preview.desk_pages import DeskPage, TokenMiddleware, routes
from warraq.preview.error_boundary import Boundary, on_connection
from warraq.preview.labels import words
from warraq.preview.local_only import LocalOnlyMiddleware
from warraq.preview.plain_page import plain_page
from warraq.preview.watcher import Watcher

HOST = "127.0.0.1"
_EVERYWHERE = frozenset({"", "0.0.0.0", "0", "::"})  # noqa: S104 - refused
LEAVE_WITHIN = 1.5  # seconds from Ctrl-C until the process ends, whatever is still running

# The pages of the site that a form of the desk is for.
_ARTICLE = re.compile(r"n/([a-z0-9]{6,16})/(?:index\.html)?")
_NAME = re.compile(rf"((?:{'|'.join(AUTHORITY_KINDS)})/[a-z0-9-]+)/(?:index\.html)?")
_OWN_FILES = {
    "reload.js": "text/javascript",
    "overlay.css": "text/css",
    "desk.css": "text/css",
    "pencil.css": "text/css",
}


class Background(Protocol):
    """Work that is asked for after each rebuild, in the background (`preview/afterwards.py`)."""

    def start(self) -> None:
        """Be ready for requests."""

    def ask(self) -> None:
        """Request the work."""

    def stop(self) -> None:
        """Stop at once."""


def serve(  # noqa: PLR0913 - the one place where the parts are wired together
    public: Path,
    rebuild: Callable[[], Sequence[Problem]],
    *,
    watched: Sequence[Path],
    desk: Sequence[DeskPage] = (),
    draft: Callable[[], str] = str,
    afterwards: Background | None = None,
    host: str = "",
    port: int = 8000,
    writable: bool = True,
    poll: bool = False,
    base_path: str = "/",
    language: Language = "ar",
    say: Callable[[str], None],
) -> int:
    """Serve `public` until Ctrl-C or SIGTERM; return 0.

    `rebuild` is called in another thread, once at the start, then after each change under
    `watched`; the Problems it returns or raises are shown over the pages and passed to `say`.
    `port` 0 picks a free one. `host`, an address of this machine, serves a network instead, to who
    has the token of the address that is said; the pages of `desk` ask for it too. `draft` returns
    the name of the draft of the site that is shown, "" for none. `writable` lets the desk write,
    `poll` looks for saves itself. `afterwards` is asked to work after each rebuild and stopped at
    the end. Raises WarraqError (exit 2) if host and port cannot be bound. Must run in the main
    thread.
    """
    board = BuildStatus()
    access = Access.new(host, writable=writable)
    app = application(
        public, board, access, desk=desk, draft=draft, base_path=base_path, language=language
    )
    reported: set[Problem] = set()

    def report(problems: tuple[Problem, ...]) -> None:
        errors = {problem for problem in problems if problem.severity == "error"}
        for problem in sorted(errors - reported):
            say(format_problem(problem, language))
        reported.intersection_update(errors)
        reported.update(errors)

    with listening(port, host or HOST) as listener:
        address = f"http://{host or HOST}:{listener.getsockname()[1]}"
        token = f"?token={access.token}" if desk or host else ""
        say(f"{address}{base_path}{token}")
        if desk:
            say(f"{address}/-/{token}")
        watcher = functools.partial(Watcher, watched, poll=poll)
        with _working(afterwards) as ask:
            told = functools.partial(_told, report, ask)
            asyncio.run(_run(app, board, listener, rebuild=rebuild, watcher=watcher, report=told))
    return 0


@contextlib.contextmanager
def _working(afterwards: Background | None) -> Iterator[Callable[[], None]]:
    """Yield what asks for the work after a build; it is stopped at the end."""
    if afterwards is None:
        yield lambda: None
        return
    afterwards.start()
    try:
        yield afterwards.ask
    finally:
        afterwards.stop()


def _told(
    report: Callable[[tuple[Problem, ...]], None],
    ask: Callable[[], None],
    problems: tuple[Problem, ...],
) -> None:
    report(problems)
    ask()


def listening(port: int, host: str = HOST) -> socket.socket:
    """Return a socket bound to `host`, an IPv4 address or a name of one.

    Raises WarraqError (exit 2) if it cannot be bound, or if `host` is every address at once: then
    a browser would have no one name for it.
    """
    if host in _EVERYWHERE:
        raise WarraqError([error("host-everywhere", host=host)], exit_code=2)
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if os.name == "posix":  # elsewhere the option would let two servers share a port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(2048)
    except (OSError, OverflowError, UnicodeError) as fault:
        listener.close()
        if host == HOST:
            refused = error("port-refused", port=port, why=reason_code(fault))
        else:
            refused = error("host-refused", host=host, port=port, why=reason_code(fault))
        raise WarraqError([refused], exit_code=2) from None
    return listener


def application(  # noqa: PLR0913 - see serve()
    public: Path,
    board: BuildStatus,
    access: Access,
    *,
    desk: Sequence[DeskPage] = (),
    draft: Callable[[], str] = str,
    base_path: str = "/",
    language: Language = "ar",
) -> ASGIApp:
    """Return the preview as an ASGI application: the site at `base_path`, its own pages at /-/."""
    pages = _App(public, board, base_path, language, draft if desk else None)
    own = [Route(f"/-/{name}", pages.own_file) for name in _OWN_FILES]
    own += [Route("/-/events", pages.events), *routes(desk, access, language)]
    # No route for the pages: a pattern does not match a path with a line break in it.
    router = Router(own, redirect_slashes=False, default=request_response(pages.page))
    return Boundary(LocalOnlyMiddleware(TokenMiddleware(router, access, language), access.host))


class _App:
    def __init__(
        self,
        public: Path,
        board: BuildStatus,
        base_path: str,
        language: Language,
        draft: Callable[[], str] | None,
    ) -> None:
        self.draft = draft  # None without a desk
        self.public = public
        self.board = board
        self.base_path = base_path
        self.language = language

    async def own_file(self, request: Request) -> Response:
        name = request.url.path.rpartition("/")[2]
        content = files("warraq.preview").joinpath(name).read_bytes()
        return Response(content, media_type=_OWN_FILES[name])

    async def events(self, request: Request) -> Response:
        if request.method == "HEAD":
            return Response(media_type="text/event-stream")
        return Streaming(events.stream(self.board, self.language), media_type="text/event-stream")

    async def page(self, request: Request) -> Response:
        path, root = request.scope["path"], unquote(self.base_path)
        if not path.startswith(root):
            if path in {"/", root.rstrip("/")}:
                return RedirectResponse(self.base_path, 307)
            return await run_in_threadpool(self._missing)
        inner = path[len(root) :]
        version = self.board.version
        found = await run_in_threadpool(self._found, inner, request.scope, version)
        return await run_in_threadpool(self._missing) if found is None else found

    def _found(self, path: str, scope: Scope, version: str) -> Response | None:
        is_page = path.endswith((".html", "/")) or not path
        added = self._pencil(path) + (self._draft_mark() if is_page else b"")
        return site_files.answer(self.public, path, scope, version=version, pencil=added)

    def _draft_mark(self) -> bytes:
        """Return what says on a page that it is one of a draft, b"" if it is none."""
        name = self.draft() if self.draft else ""
        if not name:
            return b""
        text, direction = words(self.language)["draft"], words(self.language)["dir"]
        return (
            '<link rel="stylesheet" href="/-/pencil.css"><p class="warraq-draft" '
            f'lang="{self.language}" dir="{direction}"><a href="/-/drafts">{text} '
            f"<bdi>{escape(name)}</bdi></a></p>"
        ).encode()

    def _pencil(self, path: str) -> bytes:
        """Return the link to the form of the article or name at `path`, b"" if it is none."""
        article, name = _ARTICLE.fullmatch(path), _NAME.fullmatch(path)
        if not self.draft or not (article or name):
            return b""
        form = f"/-/edit/{article[1]}" if article else f"/-/names/{name[1]}" if name else ""
        wording = words(self.language)
        text, direction = wording["edit" if article else "edit-name"], wording["dir"]
        return (
            '<link rel="stylesheet" href="/-/pencil.css"><p class="warraq-pencil" '
            f'lang="{self.language}" dir="{direction}"><a href="{form}">{text}</a></p>'
        ).encode()

    def _missing(self) -> Response:
        """Return the site's own 404 page; before the first build, a page that waits for it."""
        version = self.board.version
        place = site_files.find_file(self.public, "404.html")
        if place and place.is_file():
            with contextlib.suppress(OSError):
                return site_files.html(place.read_bytes(), version=version, status=404)
        wording = words(self.language)
        text = wording["missing"] if self.board.state.rebuilds else wording["building"]
        page = plain_page(text, self.language).encode()
        return site_files.html(
            page, version=version, status=404 if self.board.state.rebuilds else 503
        )


class _Server(uvicorn.Server):
    """uvicorn that exits with 0 on a signal and does not wait for open event streams."""

    def __init__(self, config: uvicorn.Config, leave: Callable[[], None]) -> None:
        super().__init__(config)
        self._leave = leave

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        wanted = (signal.SIGINT, signal.SIGTERM)
        before = {each: signal.signal(each, self.handle_exit) for each in wanted}
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_exit(sig, frame)
        self._leave()


async def _run(  # noqa: PLR0913 - serve(), inside the loop
    app: ASGIApp,
    board: BuildStatus,
    listener: socket.socket,
    *,
    rebuild: Callable[[], Sequence[Problem]],
    watcher: Callable[[Callable[[], None]], Watcher],
    report: Callable[[tuple[Problem, ...]], None],
) -> None:
    """Serve on the socket until signalled; shut down within LEAVE_WITHIN seconds."""
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(on_connection)

    def post(problems: tuple[Problem, ...]) -> None:
        report(problems)
        with contextlib.suppress(RuntimeError):  # the loop is closed already
            loop.call_soon_threadsafe(board.post, problems)

    builder = Builder(rebuild, post)
    watching = watcher(builder.ask)
    deadline = threading.Timer(LEAVE_WITHIN, _leave_at_once)
    deadline.daemon = True

    def leave() -> None:
        if not deadline.is_alive():
            deadline.start()
        builder.stop()
        loop.call_soon_threadsafe(board.close)

    config = uvicorn.Config(
        app,
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        ws="none",
        lifespan="off",
        timeout_graceful_shutdown=1,
    )
    watching.start()
    builder.start()
    try:
        await _Server(config, leave).serve(sockets=[listener])
    finally:
        watching.stop()
        builder.stop()
        await asyncio.to_thread(builder.join)
        deadline.cancel()


def _leave_at_once() -> None:
    """End the process during a rebuild or a search.

    Both may be interrupted: the next build rolls an unfinished publication forward, and the search
    index is replaced only when complete.
    """
    for child in multiprocessing.active_children():
        child.kill()
    os._exit(0)
