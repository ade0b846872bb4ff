"""All pages of both sites: by the HTML checker, by their source, and a quick look at each."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser
from tests.browser import checker, markup
from tests.browser.built import Site
from tests.browser.visit import HEIGHT, assert_none, visiting

pytestmark = pytest.mark.browser


@pytest.fixture(params=["sample", "own"])
def site(request: pytest.FixtureRequest) -> Site:
    found: Site = request.getfixturevalue(request.param)
    return found


def test_the_html_checker_finds_nothing(site: Site) -> None:
    assert_none(checker.findings(site.folder))


def test_no_page_breaks_a_rule(site: Site) -> None:
    assert_none(f"{p}: {fault}" for p in site.pages for fault in markup.of_page(site.html(p)))


def test_the_pages_hang_together(site: Site) -> None:
    pages = {path: site.html(path) for path in site.pages}
    files = frozenset(
        p.relative_to(site.folder).as_posix() for p in site.folder.rglob("*") if p.is_file()
    )
    assert_none(markup.of_site(pages, files, prefix=urlsplit(site.address).path))


def test_no_style_knows_left_from_right(site: Site) -> None:
    assert_none(markup.of_style((site.folder / "assets/site.css").read_text("utf-8")))


@pytest.mark.parametrize("part", range(4))
def test_each_page_is_whole_on_the_smallest_screen(
    site: Site, chromium: Browser, part: int
) -> None:
    found = []
    with visiting(chromium, viewport={"width": 320, "height": HEIGHT}) as visit:
        for path in site.pages[part::4]:
            if markup.moved(site.html(path)):
                continue
            visit.open(site.address + path)
            for probe in ("overflow", "order", "direction", "setting"):
                found += [f"{path}: {probe}: {fault}" for fault in visit.probe(probe)]
        assert_none([*found, *visit.complaints])
