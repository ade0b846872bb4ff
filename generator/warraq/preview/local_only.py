"""Refuse requests that do not come from the preview's own pages: foreign hosts and origins.

Any website can make the editor's browser send requests to 127.0.0.1, directly or under a domain of
its own (DNS rebinding). Drafts must not leak that way, and nothing may be written.
"""

from collections.abc import Set as AbstractSet
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOST_NAMES = frozenset({"127.0.0.1", "localhost"})

_HEADERS = (
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"x-frame-options", b"SAMEORIGIN"),
    (b"referrer-policy", b"same-origin"),
)


class LocalOnlyMiddleware:
    """ASGI middleware: answers 400, 403 or 405 itself, else forwards and adds security headers."""

    def __init__(self, app: ASGIApp, host: str = "") -> None:
        """Wrap `app`, which answers to `host` too."""
        self._app = app
        self._hosts = HOST_NAMES | {host.lower()} - {""}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Forward an allowed request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                ours = {name for name, _ in _HEADERS}
                theirs = [(n, v) for n, v in message.get("headers", ()) if n.lower() not in ours]
                message = {**message, "headers": [*theirs, *_HEADERS]}
            await send(message)

        refused = refusal(scope["method"], scope["path"], Headers(scope=scope), self._hosts)
        await (refused or self._app)(scope, receive, marked)


def refusal(
    method: str, path: str, headers: Headers, host_names: AbstractSet[str] = HOST_NAMES
) -> PlainTextResponse | None:
    """Return the response that refuses a request, None if it is allowed.

    The port is compared for the origin, but not for the host: a tunnel may use another. A form of
    the desk has further checks to pass (desk_pages.py).
    """
    hosts = headers.getlist("host")
    if len(hosts) != 1 or _host_name(hosts[0]) not in host_names:
        return PlainTextResponse("the preview answers to its own address only\n", 400)
    if any(origin != f"http://{hosts[0]}" for origin in headers.getlist("origin")):
        return PlainTextResponse("the preview answers to its own pages only\n", 403)
    reads = method in {"GET", "HEAD"}
    followed = reads and (
        headers.get("sec-fetch-mode") == "navigate"
        and headers.get("sec-fetch-dest") in {"document", None}
    )
    if headers.get("sec-fetch-site", "none") not in {"none", "same-origin"} and not followed:
        return PlainTextResponse("the preview answers to its own pages only\n", 403)
    if not reads and not (method == "POST" and path.startswith("/-/")):
        return PlainTextResponse("GET and HEAD only\n", 405, {"allow": "GET, HEAD"})
    return None


def _host_name(host: str) -> str:
    try:
        parts = urlsplit(f"//{host}")
        _ = parts.port  # raises ValueError unless it is a number
    except ValueError:
        return ""
    return (parts.hostname or "") if "@" not in host and "/" not in host else ""
