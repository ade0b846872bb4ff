"""Debian's Chromium, opened once a run: Playwright cannot be started twice in a process."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import warnings
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Timing never stands in a test; and what continuous integration draws, it draws again.
settings.register_profile("warraq", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("warraq")

# The resolver rule lets no name but the loopback's be looked up: a page that asks another host
# fails here as it would behind a wall.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


class _Watched(sqlite3.Connection):
    """Says that it was never closed, as Python does from 3.13 on."""

    is_open = False

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 - as the base class
        super().__init__(*given, **named)
        self.is_open = True

    def close(self) -> None:
        super().close()
        self.is_open = False

    def __del__(self) -> None:
        if self.is_open:
            warnings.warn("a database was never closed", ResourceWarning, stacklevel=1, source=self)


if sys.version_info < (3, 13):
    sqlite3.connect = partial(sqlite3.connect, factory=_Watched)  # type: ignore[assignment] # overloads


def pytest_addoption(parser: pytest.Parser) -> None:
    """`make soak` asks for the long form of tests that draw by lot."""
    parser.addoption("--soak", action="store_true", help="200 rounds where `make test` does a few")


@pytest.fixture
def soak(request: pytest.FixtureRequest) -> bool:
    """Whether a test that draws by lot shall take its time."""
    return bool(request.config.getoption("--soak"))


@pytest.fixture(scope="session", autouse=True)
def user_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep what builds and searches leave in the user's cache folder out of the user's."""
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser; tests open contexts of their own in it."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - most tests need none

    found = shutil.which("chromium")
    assert found, "no chromium on the PATH; `make test` installs it"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=list(ARGUMENTS))
        yield browser
        browser.close()
