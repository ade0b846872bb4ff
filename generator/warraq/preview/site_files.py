"""Serve the built site's files as a static host would, with the reload script in HTML.

Maps the path of a request to a file of public/. The script's tag is added to the response only;
the files in public/ do not contain it.
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

# The machines' own tables of media types differ.
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
    """Return the file or folder at `path` under `public`, None if there is none.

    `path` is relative and decoded. Paths that leave `public`, by dots or a link, are not found.
    """
    parts = path.rstrip("/").split("/") if path else []
    if any(part in {"", ".", ".."} or "\\" in part or "\0" in part for part in parts):
        return None
    try:
        place = public.joinpath(*parts).resolve(strict=True)
        return place if place.is_relative_to(public.resolve(strict=True)) else None
    except (OSError, ValueError, RuntimeError):  # missing, too long, a loop of links
        return None


def answer(
    public: Path, path: str, scope: Scope, *, version: str, pencil: bytes = b""
) -> Response | None:
    """Return the response for `path` (relative, decoded), None if there is no such file.

    A folder is served as its index.html, after a redirect to its name with a slash; there is no
    listing. `version` becomes part of the script's URL, `pencil` is HTML for the end of the page.
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
    return _file(place, scope, version=version, pencil=pencil)


def html(page: bytes, *, version: str, status: int = 200) -> Response:
    """Return an HTML response with the reload script in its head."""
    content = with_script(page, version)
    return Response(
        content,
        status,
        media_type="text/html",
        headers={"etag": f'"{sha256(content).hexdigest()[:32]}"'},
    )


def with_pencil(page: bytes, pencil: bytes) -> bytes:
    """Return `page` with the link to its form at the end of its body, where it has one."""
    at = page.lower().rfind(b"</body>") if pencil else -1
    return page[:at] + pencil + page[at:] if at >= 0 else page


def with_script(page: bytes, version: str) -> bytes:
    """Return `page` with the reload script's tag at the end of its head, or of the page.

    >>> with_script(b"<head></HEAD>", "a-1")
    b'<head><script type="module" src="/-/reload.js?version=a-1"></script></HEAD>'
    """
    tag = f'<script type="module" src="/-/reload.js?version={version}"></script>'.encode()
    at = page.lower().find(b"</head>")
    return page[:at] + tag + page[at:] if at >= 0 else page + tag


def _file(place: Path, scope: Scope, *, version: str, pencil: bytes) -> Response | None:
    kind = _TYPES.get(place.suffix.lower()) or mimetypes.guess_type(place.name)[0]
    asked = Headers(scope=scope)
    try:
        if kind == "text/html":
            response = html(with_pencil(place.read_bytes(), pencil), version=version)
        else:
            response = _plain(place, kind or "application/octet-stream", part="range" in asked)
    except OSError:  # removed since it was found, or not readable
        return None
    known = [tag.strip().removeprefix("W/") for tag in asked.get("if-none-match", "").split(",")]
    return NotModifiedResponse(response.headers) if response.headers["etag"] in known else response


def _plain(place: Path, kind: str, *, part: bool) -> Response:
    """Read a file through one handle, as a rebuild may replace it at any moment."""
    with place.open("rb") as stream:
        stamp = os.fstat(stream.fileno())
        streamed = FileResponse(place, media_type=kind, stat_result=stamp)
        if part or stamp.st_size > MAX_WHOLE:
            return streamed
        content = stream.read()
    kept = {name: streamed.headers[name] for name in ("etag", "last-modified", "accept-ranges")}
    return Response(content, media_type=kind, headers=kept)
