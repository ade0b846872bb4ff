"""A retracted article says so wherever it is named: lists, titles, feeds, data, citations."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from datetime import date
from functools import cache

import pytest
from lxml import html
from msgspec.structs import replace
from tests.render import samples
from tests.render.built import built_of

from warraq.model import Article, Correction

ID = "a0000000000000b1"  # in a story, with a copy, neighbours, topics, people
AMENDED = "c0000000000000d1"
RETRACTED = Correction(date(2025, 11, 2), "retraction", "ثبت أن الكلفة مختلقة & <محرّفة>.")
CORRECTED = Correction(date(2025, 11, 1), "correction", "الشحنة 3,200 طن.")
UPDATED = Correction(date(2025, 10, 20), "update", "انتهى الإصلاح.")
ATOM = "{http://www.w3.org/2005/Atom}"
BLOCKS = ("li", "td", "section", "p")


def changed(article: Article) -> Article:
    notes = {ID: RETRACTED, AMENDED: CORRECTED, "c0000000000000d2": UPDATED}
    if note := notes.get(article.id):
        return replace(article, corrections=(*article.corrections, note))
    return article


@cache
def files() -> dict[str, bytes]:
    entries = {a.id: samples.entry(changed(a)) for a in samples.ARTICLES}
    return built_of(samples.context(entries=entries))


def mentions(article: str, words: str) -> dict[str, list[bool]]:
    """Return path → for each link to `article` by its headline: does the word stand beside it?"""
    title = samples.ENTRIES[article].card.title
    found: dict[str, list[bool]] = {}
    for path, content in files().items():
        if not path.endswith(".html") or path.startswith(f"n/{article}/"):
            continue
        for link in html.document_fromstring(content.decode()).iter("a"):
            if f"n/{article}/" in link.get("href", "") and title in link.text_content():
                block = next(e for e in link.iterancestors() if e.tag in BLOCKS)
                if block.tag == "p" and block.getparent().tag in {"li", "section"}:
                    block = block.getparent()
                found.setdefault(path, []).append(bool(re.search(words, block.text_content())))
    return found


def test_every_list_and_link_marks_what_was_retracted() -> None:
    told = mentions(ID, r"مسحوبة|\bسحب\b")  # the latter where corrections are listed by kind

    assert {path.split("/")[0] for path in told} >= {"archive", "topics", "people", "stories", "n"}
    assert "index.html" in told
    assert {path: marks for path, marks in told.items() if not all(marks)} == {}
    assert sum(all(marks) for marks in mentions(ID, "مسحوبة").values()) == len(told) - 2


def test_a_correction_is_marked_and_an_addition_is_not() -> None:
    corrected = [mark for marks in mentions(AMENDED, "مصحّحة").values() for mark in marks]
    updated = [m for marks in mentions("c0000000000000d2", "مصحّحة").values() for m in marks]

    assert sum(corrected) >= 5
    assert updated
    assert not any(updated)


def test_the_page_its_title_and_its_card_say_it_first() -> None:
    page = html.document_fromstring(files()[f"n/{ID}/index.html"].decode())
    title = samples.ENTRIES[ID].article.title
    shared = page.xpath("//meta[@property='og:title']/@content")
    news = json.loads(page.xpath("//script[@type='application/ld+json']")[0].text)["@graph"][0]

    assert page.findtext(".//title", "").startswith(f"مسحوبة: {title}")
    assert shared == [f"مسحوبة: {title}"]
    notice = page.xpath("//header[@class='opening']//*[contains(@class, 'retracted')]")[0]
    assert "سُحبت هذه المادة 2 تشرين الثاني" in notice.text_content()
    assert RETRACTED.note in notice.text_content()
    assert RETRACTED.note not in page.find_class("corrections")[0].text_content()
    assert news["creativeWorkStatus"] == "Retracted"
    assert news["headline"] == title
    assert "مسحوبة" in page.find_class("citation")[0].text_content()
    assert page.find_class("bibtex")[0].text_content().count("مسحوبة") == 2
    other = files()[f"n/{AMENDED}/index.html"].decode()
    assert "Retracted" not in other
    assert 'og:title" content="مس' not in other


@pytest.mark.parametrize("path", ["feed", "topics/ports/feed", "stories/quay/feed"])
def test_feeds_tell_it_in_the_title_above_the_text_and_by_the_stamp(path: str) -> None:
    items = {i["id"][-17:-1]: i for i in json.loads(files()[f"{path}.json"])["items"]}
    atom = ET.fromstring(files()[f"{path}.xml"])  # noqa: S314 - our own output
    stamps = {e.findtext(f"{ATOM}id", "")[-17:-1]: e for e in atom.iter(f"{ATOM}entry")}
    item = items[ID]

    assert item["title"].startswith("مسحوبة: ")
    assert "<strong>سحب</strong>" in item["content_html"].partition("رصيف الصيادين")[0]
    whole = {i["id"]: i for i in json.loads(files()["feed.json"])["items"]}[item["id"]]
    assert (item["content_html"] == whole["content_html"]) == (path == "feed")
    assert ("رصيف الصيادين" in item["content_html"]) == (path == "feed")  # else a summary
    assert "مختلقة &amp; &lt;محرّفة&gt;" in item["content_html"]
    assert item["date_modified"] == "2025-11-02T00:00:00+03:00"
    assert stamps[ID].findtext(f"{ATOM}updated") == item["date_modified"]
    assert stamps[ID].findtext(f"{ATOM}title") == item["title"]
    assert atom.findtext(f"{ATOM}updated") == "2025-11-02T00:00:00+03:00"


def test_data_tells_what_was_put_right() -> None:
    record = json.loads(files()[f"n/{ID}/article.json"])
    year = {r["id"]: r for r in json.loads(files()["data/articles-2025.json"])}
    table = io.StringIO(files()["data/articles-2025.csv"].decode("utf-8-sig"))
    rows = {row["id"]: row for row in csv.DictReader(table)}

    assert record["retracted"] is year[ID]["retracted"] is True
    assert record["corrections"] == year[ID]["corrections"]
    assert record["corrections"][-1] == {
        "date": "2025-11-02",
        "kind": "retraction",
        "note": RETRACTED.note,
    }
    assert rows[ID]["retracted"] == "true"
    assert rows[ID]["corrections"].endswith(f"; 2025-11-02 retraction {RETRACTED.note}")
    assert {key for key, row in rows.items() if row["retracted"] == "true"} == {ID}


def test_corrections_have_a_feed_that_their_page_leads_to() -> None:
    page = files()["corrections/index.html"].decode()
    feed = json.loads(files()["corrections/feed.json"])
    atom = ET.fromstring(files()["corrections/feed.xml"])  # noqa: S314 - as above
    told = [(i["title"], i["content_text"], i["date_published"][:10]) for i in feed["items"]]
    title = samples.ENTRIES[ID].article.title

    assert 'type="application/atom+xml" href="../corrections/feed.xml"' in page
    assert '<a href="feed.xml">' in page
    assert told[0] == (f"سحب: {title}", RETRACTED.note, "2025-11-02")
    assert [day for _, _, day in told] == sorted((day for _, _, day in told), reverse=True)
    assert ("حُذفت هذه المادة", "طلب صاحب الحق سحب النص.", "2025-08-20") in told
    assert len({i["id"] for i in feed["items"]}) == len(told) == 5
    assert [e.findtext(f"{ATOM}id") for e in atom.iter(f"{ATOM}entry")] == [
        i["id"] for i in feed["items"]
    ]
    assert not re.search("خبر حُذف|نص محذوف", files()["corrections/feed.xml"].decode())
