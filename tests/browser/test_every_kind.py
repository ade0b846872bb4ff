"""Every kind of page, as readers with their own screens, colours and settings meet it."""

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser
from tests.browser import axe
from tests.browser.built import Site
from tests.browser.edited import ARTICLE
from tests.browser.kinds import KINDS
from tests.browser.visit import HEIGHT, Visit, assert_none, visiting

pytestmark = pytest.mark.browser

WIDTHS = (320, 360, 768, 1280)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def faults(visit: Visit, url: str) -> Iterator[str]:
    """Yield all that is wrong with one page; it is loaded once and laid out anew for each check."""
    page = visit.open(url)
    axe.load(page)
    page.wait_for_load_state("networkidle")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        for name in ("overflow", "order"):
            yield from (f"{name} at {width} px: {found}" for found in visit.probe(name))
        for reader in ("enlarged", "spaced"):
            visit.probe(reader)
            yield from (f"{reader} at {width} px: {found}" for found in visit.probe("overflow"))
        visit.probe("plain")
        if width in {360, 1280}:
            yield from (f"at {width} px: {found}" for found in visit.probe("setting"))
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                yield from (f"axe, {scheme}, {width} px: {found}" for found in axe.findings(page))
    yield from visit.probe("direction")
    yield from (f"under reduced motion: {found}" for found in visit.probe("motion"))
    yield from visit.complaints


@pytest.fixture(scope="module")
def window(chromium: Browser) -> Iterator[Visit]:
    with visiting(chromium) as visit:
        yield visit


def test_nothing_is_wrong_with_a_history(edited: Site, window: Visit) -> None:
    window.complaints.clear()

    assert_none(faults(window, f"{edited.address}{ARTICLE}history/"))


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_wrong_with_it(sample: Site, window: Visit, kind: str) -> None:
    window.complaints.clear()
    found = list(faults(window, sample.address + KINDS[kind]))

    if kind == "missing page":  # the browser's console says what the server answered
        found = [fault for fault in found if "404 (Not Found)" not in fault]
    assert_none(found)
