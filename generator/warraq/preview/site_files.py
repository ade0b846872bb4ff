"""The built site's files as answers: what a plain host would give, and the reload script in HTML.

Takes the path of a request, gives a file of public/ or the site's own 404 page. The script's tag
is added on the way out; public/ holds nothing of it.
"""

import mimetypes
import os
from hashlib import sha256
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.staticfiles import NotModifiedResponse
from starlette.types import Scope

MAX_WHOLE = 16 * 1024 * 1024  # bytes; larger files are streamed

# Beyond what every machine's own table knows alike.
_TYPES = {
    ".css": "text/css",
    ".csv": "text/csv",
    ".html": "text/html",
    ".ico": "image/x-icon",
    ".js": "text/javascript",
    ".json": "application/json",
    ".md": "text/markdown",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}


def find_file(public: Path, path: str) -> Path | None:
    """Return the file or folder that `path` names under `public`, None if there is none.

    `path` is relative and decoded. What climbs out, by dots or through a link, is not there.
    """
    parts = path.rstrip("/").split("/") if path else []
    if any(part in {"", ".", ".."} or "\\" in part or "\0" in part for part in parts):
        return None
    try:
        place = public.joinpath(*parts).resolve(strict=True)
        return place if place.is_relative_to(public.resolve(strict=True)) else None
    except (OSError, ValueError, RuntimeError):  # absent, too long, a loop of links
        return None


def answer(public: Path, path: str, scope: Scope, *, version: str) -> Response | None:
    """Return what `path` (relative, decoded) holds, None if nothing does.

    A folder is answered with its index.html, after a redirect to its name with a slash; there is
    no listing. `version` is written into the script's address.
    """
    place = find_file(public, path)
    if place is None:
        return None
    if place.is_dir():
        if not (place / "index.html").is_file():
            return None
        if path and not path.endswith("/"):
            query = scope.get("query_string", b"").decode("latin-1")
            name = quote(PurePosixPath(path).name)
            return RedirectResponse(f"{name}/{'?' + query if query else ''}", 307)
        found = find_file(public, f"{path}index.html")
        if found is None:
            return None
        place = found
    elif path.endswith("/"):
        return None
    return _file(place, scope, version=version)


def html(page: bytes, *, version: str, status: int = 200) -> Response:
    """Return an HTML answer with the reload script in its head."""
    content = with_script(page, version)
    return Response(
        content,
        status,
        media_type="text/html",
        headers={"etag": f'"{sha256(content).hexdigest()[:32]}"'},
    )


def with_script(page: bytes, version: str) -> bytes:
    """Return `page` with the tag of the reload script before the end of its head, or at its end.

    >>> with_script(b"<head></HEAD>", "a-1")
    b'<head><script type="module" src="/-/reload.js?version=a-1"></script></HEAD>'
    """
    tag = f'<script type="module" src="/-/reload.js?version={version}"></script>'.encode()
    at = page.lower().find(b"</head>")
    return page[:at] + tag + page[at:] if at >= 0 else page + tag


def _file(place: Path, scope: Scope, *, version: str) -> Response | None:
    kind = _TYPES.get(place.suffix.lower()) or mimetypes.guess_type(place.name)[0]
    asked = Headers(scope=scope)
    try:
        if kind == "text/html":
            response = html(place.read_bytes(), version=version)
        else:
            response = _plain(place, kind or "application/octet-stream", part="range" in asked)
    except OSError:  # gone since it was found, or not to be read
        return None
    known = [tag.strip().removeprefix("W/") for tag in asked.get("if-none-match", "").split(",")]
    return NotModifiedResponse(response.headers) if response.headers["etag"] in known else response


def _plain(place: Path, kind: str, *, part: bool) -> Response:
    """Read a file through one handle: a rebuild may put another in its place at any moment."""
    with place.open("rb") as stream:
        stamp = os.fstat(stream.fileno())
        streamed = FileResponse(place, media_type=kind, stat_result=stamp)
        if part or stamp.st_size > MAX_WHOLE:
            return streamed
        content = stream.read()
    kept = {name: streamed.headers[name] for name in ("etag", "last-modified", "accept-ranges")}
    return Response(content, media_type=kind, headers=kept)
