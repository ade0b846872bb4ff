"""The sites that the browser tests look at, built and served once a run."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser
from tests.browser.built import REPOSITORY, SAMPLE, Site, served
from tests.browser.edited import write_edited
from tests.browser.visit import Visit, visiting


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The made-up archive of sixty articles, below a path."""
    with served(SAMPLE, tmp_path_factory.mktemp("sample")) as site:
        yield site


@pytest.fixture(scope="session")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """This repository's own archive, at the root of its host."""
    with served(REPOSITORY, tmp_path_factory.mktemp("own")) as site:
        yield site


@pytest.fixture(scope="session")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An archive of one article with several versions."""
    source = tmp_path_factory.mktemp("edited-source")
    write_edited(source)
    with served(source, tmp_path_factory.mktemp("edited")) as site:
        yield site


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Visit]:
    """A fresh window: nothing stored, nothing asked yet."""
    with ExitStack() as stack:
        yield stack.enter_context(visiting(chromium))
