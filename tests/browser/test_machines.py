"""Both sites as search engines, share cards and feed readers take them."""

import json
import re

import pytest
from tests.browser import machines, markup
from tests.browser.built import SAMPLE, Site
from tests.browser.visit import assert_none

from warraq.base.config import load
from warraq.content import store

pytestmark = pytest.mark.browser


@pytest.fixture(params=["sample", "own"])
def site(request: pytest.FixtureRequest) -> Site:
    found: Site = request.getfixturevalue(request.param)
    return found


def base_of(site: Site) -> str:
    """Return the address the site is built for, as its robots.txt tells it."""
    robots = (site.folder / "robots.txt").read_text("utf-8")
    return robots.partition("Sitemap: ")[2].partition("sitemap.xml")[0]


def test_what_pages_tell_machines_is_what_they_show(site: Site) -> None:
    base, files = base_of(site), site.files
    assert_none(
        f"{path}: {fault}"
        for path in site.pages
        if not markup.moved(site.html(path))
        for fault in machines.of_page(path, files, base, site.html(path))
    )


def test_every_page_has_a_description_of_its_own(site: Site) -> None:
    assert_none(machines.of_descriptions({path: site.html(path) for path in site.pages}))


def test_structured_data_equals_the_front_matter(sample: Site) -> None:
    live = [a for a in store.load(SAMPLE).articles if a.status == "live" and not a.draft]
    found = []
    for article in live:
        text = re.findall(r'ld\+json">(.+?)</script>', sample.html(article.url[1:]))[0]
        news = json.loads(text)["@graph"][0]
        found += [f"{article.id}: {fault}" for fault in machines.of_article(news, article)]

    assert len(live) > 50
    assert_none(found)


def test_feed_readers_take_every_feed(site: Site) -> None:
    assert "feed.xml" in site.files
    assert_none(machines.of_feeds(site.files, base_of(site)))


def test_the_sitemap_is_valid_and_whole(site: Site) -> None:
    assert base_of(site) == load(site.source)[0].base_url
    assert_none(machines.of_sitemap(site.files, base_of(site)))


def test_the_favicon_is_one(site: Site) -> None:
    assert site.files["favicon.ico"].startswith(b"\0\0\1\0")
    assert site.files["assets/icon.png"].startswith(b"\x89PNG")
