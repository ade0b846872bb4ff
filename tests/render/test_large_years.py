"""The files of a year become those of its months: nothing is lost, no address goes."""

import csv
import io
import json
import re

import msgspec
import pytest
from tests.render import samples

from warraq.model import Card, DateInfo, Entry, Removal
from warraq.render.context import RenderContext
from warraq.render.kinds.data import DataFile
from warraq.render.kinds.sitemap import SitemapArticles, sitemap_parts
from warraq.render.large_years import LARGE, YearFile, months_apart
from warraq.render.page import changes_of
from warraq.render.site_pages import render

KINDS: tuple[type[YearFile], ...] = (DataFile, SitemapArticles)


def entries_of(number: int) -> dict[str, Entry]:
    """Return articles of 2019, three a day, the last of an unknown month."""
    entries = samples.busy_entries(number, per_day=3)
    last = entries[f"d{number - 1:07}"]
    vague = msgspec.structs.replace(
        last.article, date=None, date_info=DateInfo("exact", edtf="2019")
    )
    return entries | {vague.id: samples.entry(vague)}


def context_of(number: int) -> RenderContext:
    return samples.context(entries=entries_of(number))


def files_of(context: RenderContext) -> dict[str, bytes]:
    """Return path → content of the data files and the sitemap's parts."""
    return {
        page.url: render(page.view(context), samples.theme(), page.url)
        for kind in KINDS
        for page in kind.plan(context)
    }


@pytest.fixture(scope="module")
def large() -> dict[str, bytes]:
    return files_of(context_of(LARGE + 1))


def test_a_year_is_large_by_all_that_was_ever_published_in_it() -> None:
    entries = entries_of(LARGE + 1)
    first = next(iter(entries.values())).article
    copied = msgspec.structs.replace(first, copy_of="d0000007")
    gone = msgspec.structs.replace(
        first, status="removed", removed=Removal(first.date.day, "طلب") if first.date else None
    )

    assert months_apart(2019, context_of(LARGE)) == ()
    assert months_apart(2019, samples.context(entries=entries)) == tuple(range(12))
    for other in (copied, gone):
        context = samples.context(entries=entries | {other.id: samples.entry(other)})
        assert months_apart(2019, context) == tuple(range(12))


def test_the_parts_hold_what_the_year_would(large: dict[str, bytes]) -> None:
    index = json.loads(large["/data/articles-2019.json"])
    paths = [part["url"].removeprefix("https://example.org/daftar") for part in index["parts"]]
    records = [record for path in paths for record in json.loads(large[path])]

    assert index["year"] == 2019
    assert [part["month"] for part in index["parts"]][:2] == ["2019-00", "2019-01"]
    assert sorted(r["id"] for r in records) == [f"d{at:07}" for at in range(LARGE + 1)]
    for path in paths:
        rows = _rows(large[path.replace(".json", ".csv")])
        assert [row["id"] for row in rows] == [r["id"] for r in json.loads(large[path])]
        assert {record["date"][:7] for record in json.loads(large[path])} <= {
            path[-12:-5].removesuffix("-00")
        }


def test_the_year_as_csv_names_the_same_parts(large: dict[str, bytes]) -> None:
    parts = json.loads(large["/data/articles-2019.json"])["parts"]

    assert _rows(large["/data/articles-2019.csv"]) == [
        {"month": part["month"], "url": part["url"].replace(".json", ".csv")} for part in parts
    ]


def test_the_sitemap_of_a_large_year_lists_its_months(large: dict[str, bytes]) -> None:
    months = [part.url for part in sitemap_parts(context_of(LARGE + 1)) if part.year]
    listed = re.findall("<loc>.*?/daftar(.*?)</loc>", large["/sitemap-2019.xml"].decode())
    articles = [a for path in months for a in re.findall("/n/d[0-9]+/", large[path].decode())]

    assert listed == months == [f"/sitemap-2019-{month:02}.xml" for month in range(12)]
    assert len(articles) == len(set(articles)) == LARGE + 1


@pytest.mark.parametrize(
    ("before", "after"), [(LARGE, LARGE + 1), (LARGE + 1, LARGE), (LARGE + 1, LARGE + 2)]
)
def test_whatever_changes_is_dirty_also_where_a_year_becomes_large(before: int, after: int) -> None:
    old, new = context_of(before), context_of(after)
    cards = [card for context in (old, new) for card in _cards_of(context)]
    changed = [card for card in set(cards) if cards.count(card) == 1]
    dirty = {
        page.url
        for context in (old, new)
        for kind in KINDS
        for page in kind.dirtied_by(changes_of(changed, (), context), context)
    }
    was, now = files_of(old), files_of(new)

    assert changed
    assert {path for path in was | now if was.get(path) != now.get(path)} <= dirty


def test_a_copy_is_in_the_file_of_its_original() -> None:
    entries = entries_of(LARGE + 1)
    copied = msgspec.structs.replace(entries["d0000500"].article, copy_of="d0000100")
    context = samples.context(entries=entries | {copied.id: samples.entry(copied)})
    (card,) = context.catalogue.copies("d0000100")
    dirty = {page.url for page in DataFile.dirtied_by(changes_of((card,), (), context), context)}

    assert card.id.encode() in files_of(context)["/data/articles-2019-02.json"]
    assert "/data/articles-2019-02.json" in dirty


def test_an_edit_in_a_large_year_dirties_one_month() -> None:
    context = context_of(LARGE + 1)
    (card,) = (card for card in _cards_of(context) if card.id == "d0000100")
    found = DataFile.dirtied_by(changes_of((card,), (), context), context)

    assert sorted(page.url for page in found) == [
        *(f"/data/articles-2019-02.{suffix}" for suffix in ("csv", "json")),
        *(f"/data/articles-2019.{suffix}" for suffix in ("csv", "json")),
    ]


def _cards_of(context: RenderContext) -> list[Card]:
    return list(context.catalogue.cards())


def _rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
