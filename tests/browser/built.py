"""A built site on the loopback, below the path of its base_url, as a dumb host would serve it."""

import gzip
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import NamedTuple
from urllib.parse import urlsplit

from warraq.base.config import load

REPOSITORY = Path(__file__).parents[2]
SAMPLE = REPOSITORY / "tests" / "sites" / "sample"


class Site(NamedTuple):
    """A site that is built and served."""

    folder: Path  # what `warraq build` wrote
    address: str  # where it is served: "http://127.0.0.1:40123/local/"
    source: Path  # the site it was built from

    @property
    def pages(self) -> tuple[str, ...]:
        """Return the path of every page, "" for the home page, in order."""
        found = (p.relative_to(self.folder).as_posix() for p in self.folder.rglob("*.html"))
        return tuple(sorted(path.removesuffix("index.html") for path in found))

    @property
    def files(self) -> dict[str, bytes]:
        """Return the content of every file by its path."""
        found = sorted(p for p in self.folder.rglob("*") if p.is_file())
        return {p.relative_to(self.folder).as_posix(): p.read_bytes() for p in found}

    def html(self, path: str) -> str:
        """Return the source of a page of `pages`."""
        return (self.folder / path / ("index.html" if path[-1:] in {"", "/"} else "")).read_text(
            "utf-8"
        )


# What compresses, and its type.
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
}


class _Handler(SimpleHTTPRequestHandler):
    """What a dumb host does."""

    def log_message(self, *_: object) -> None:
        """Say nothing: a failed request is a finding of the page that made it."""

    def do_GET(self) -> None:
        """Answer with the file, compressed as hosts do, or with the archive's 404 page."""
        path = Path(self.translate_path(self.path))
        if path.is_dir() and urlsplit(self.path).path.endswith("/"):
            path /= "index.html"
        status = HTTPStatus.OK
        if not path.is_file():
            status = HTTPStatus.NOT_FOUND
            path = Path(self.directory) / urlsplit(self.path).path.split("/")[1] / "404.html"
        body = path.read_bytes() if path.is_file() else b""
        self.send_response(status)
        self.send_header("Content-Type", _TYPES.get(path.suffix, "application/octet-stream"))
        if path.suffix in _TYPES and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Let a browser that leaves early leave."""


@contextmanager
def served(source: Path, folder: Path) -> Iterator[Site]:
    """Build the site at `source` below the new `folder`; serve it until the block ends.

    It is built from a copy, so that no cache is written beside the source nor read from there.
    """
    copy = folder / "site"
    shutil.copytree(source / "content", copy / "content")
    shutil.copy(source / "site.yaml", copy)
    if (source / ".git").exists():  # the copy keeps the history of the original
        asked = ["git", "-C", str(source), "rev-parse", "--absolute-git-dir"]
        found = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
        (copy / ".git").write_text(f"gitdir: {found}")
    prefix = urlsplit(load(source)[0].base_url).path.strip("/")
    output = folder / "www" / prefix
    published(copy, output)
    with serving(folder / "www") as address:
        yield Site(output, f"{address}{prefix}/" if prefix else address, source)


def published(site: Path, output: Path) -> None:
    """Build the site at `site` into `output`."""
    command = [sys.executable, "-m", "warraq", "-C", str(site), "build", "--output", str(output)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve `folder` on a free port of the loopback; give its address, with a slash at its end."""
    server = _Server(("127.0.0.1", 0), partial(_Handler, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
