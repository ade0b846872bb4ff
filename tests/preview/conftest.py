"""Previews for the tests: one of its own for each that saves, one for all that only ask."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.preview.served import Served, eventually


def _new_site(folder: Path) -> Path:
    (folder / "content").mkdir()
    (folder / "content" / "a.txt").write_text("الخبر الأول", "utf-8")
    return folder


def _ready(running: Served) -> Served:
    assert eventually(lambda: "الخبر الأول" in running.text("/a/"))
    return running


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of one text."""
    return _new_site(tmp_path)


@pytest.fixture
def start(site: Path) -> Iterator[Callable[..., Served]]:
    """Start previews of `site`; all end with the test."""
    running: list[Served] = []

    def begin(base_path: str = "/", port: int = 0, *options: str) -> Served:
        running.append(Served(site, base_path, port, *options))
        return running[-1]

    yield begin
    for each in running:
        each.stop()


@pytest.fixture
def served(start: Callable[..., Served]) -> Served:
    """A preview at "/" whose first build is done."""
    return _ready(start())


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One preview with a page of the desk."""
    running = Served(_new_site(tmp_path_factory.mktemp("desk")), "/", 0, "desk")
    yield running
    running.stop()


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One preview for all tests that only ask; nothing under its content/ changes."""
    running = Served(_new_site(tmp_path_factory.mktemp("quiet")))
    yield _ready(running)
    running.stop()
