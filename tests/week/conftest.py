"""One preview of the week's archive; every task finds it as it was on Sunday morning."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.preview.served import PATIENCE, Served, eventually
from tests.week.archive import make
from tests.week.hand import Hand


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    site = tmp_path_factory.mktemp("week")
    make(site)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        patch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
        running = Served(site, command=("-m", "warraq", "-C", str(site), "serve", "--port", "0"))
        assert eventually(lambda: running.get("/")[0].status == 200)
        yield running
        running.stop()


@pytest.fixture
def hand(served: Served, chromium: Browser) -> Iterator[Hand]:
    """An editor who has opened the address that the preview printed."""
    for words in (
        ("checkout", "-q", "-f", "main"),
        ("reset", "-q", "--hard", "first"),
        ("clean", "-qfd", "content", "static"),
    ):
        subprocess.run(["git", "-C", str(served.site), *words], check=True)
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="ar")
    context.set_default_timeout(PATIENCE * 1000)
    expect.set_options(timeout=PATIENCE * 1000)
    page = context.new_page()
    root, _, token = served.address.partition("?")
    page.goto(f"{root}-/desk.css?{token}")
    yield Hand(served, page)
    context.close()


@pytest.fixture
def site(served: Served) -> Path:
    return served.site
