"""The small site of tests/render over HTTP under a sub-path."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import Browser, Page
from tests.render import samples
from tests.render.built import built

from warraq.base.config import SiteConfig
from warraq.pipeline.searching import record_of, search_files


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_args: object) -> None:
        """Say nothing: the tests speak."""


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    top = tmp_path_factory.mktemp("site")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(top)))
    address = f"http://127.0.0.1:{server.server_address[1]}/daftar/"
    _write(top / "daftar", msgspec.structs.replace(samples.CONFIG, base_url=address))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield address
    server.shutdown()
    server.server_close()


def _write(top: Path, config: SiteConfig) -> None:
    files = built(config)
    records = [found for e in samples.ENTRIES.values() if (found := record_of(e))]
    files |= {f.path: f.content for f in search_files(records, samples.AUTHORITIES)}
    for path, content in files.items():
        target = top / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()
