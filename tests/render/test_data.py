import csv
import html
import io
import json
import re
import xml.etree.ElementTree as ET

import pytest
from tests.render import samples
from tests.render.built import pages, site

from warraq.base.urls import old_path
from warraq.render.citation import bibtex
from warraq.render.kinds.data import FIELDS

ID = "a0000000000000b1"
BASE = "https://example.org/daftar/"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def rows(year: str) -> list[dict[str, str]]:
    text = site()[f"data/articles-{year}.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def structured(path: str) -> dict[str, object]:
    found = re.search(r'ld\+json">(.*?)</script>', pages()[path], re.DOTALL)
    assert found is not None
    read: dict[str, object] = json.loads(found[1])
    return read


def test_json_and_csv_tell_the_same_of_every_live_article() -> None:
    live = {e.card.id for e in samples.ENTRIES.values() if e.card.status == "live"}
    told = set()
    for year in ("2023", "2024", "2025", "undated"):
        records = json.loads(site()[f"data/articles-{year}.json"])
        assert [r["id"] for r in records] == [row["id"] for row in rows(year)]
        assert all(tuple(record) == FIELDS for record in records)
        told |= {record["id"] for record in records}

    assert told == live


def test_no_cell_begins_like_a_formula() -> None:
    years = ("2023", "2024", "2025")
    cells = [cell for year in years for row in rows(year) for cell in row.values()]

    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []
    assert '\'=HYPERLINK("x")' in cells


def test_the_record_of_an_article_holds_its_text_and_its_reasons() -> None:
    record = json.loads(site()[f"n/{ID}/article.json"])

    assert record["text"] == samples.HARBOUR
    assert record["date"] == "2025-10-12T18:00+03:00"
    assert record["date_info"] == {"status": "exact", "basis": "metadata"}
    assert record["corrections"][0]["kind"] == "correction"


def test_citations_name_headline_source_and_address() -> None:
    context = samples.context()
    url = f"https://example.org/daftar/n/{ID}/"

    text = bibtex(samples.ENTRIES[ID].card, context)
    assert f"  url = {{{url}}},\n" in text
    assert "  journaltitle = {مرصد الساحل},\n" in text
    assert "  date = {2025-10-12},\n" in text
    assert text in html.unescape(pages()[f"n/{ID}/index.html"])


def test_hostile_headlines_cannot_break_a_citation() -> None:
    text = bibtex(samples.ENTRIES["e0000000000000f5"].card, samples.context())

    assert text.count("\n") == 9
    assert r"\&" in text


def test_the_news_article_equals_the_front_matter() -> None:
    graph = structured(f"n/{ID}/index.html")["@graph"]
    assert isinstance(graph, list)
    news, crumbs = graph

    assert news["@type"] == "NewsArticle"
    assert news["headline"] == samples.ENTRIES[ID].article.title
    assert news["datePublished"] == "2025-10-12T18:00+03:00"
    assert news["dateModified"] == "2025-10-14"
    assert news["author"] == [{"@type": "NewsMediaOrganization", "name": "مرصد الساحل"}]
    assert news["isBasedOn"]["url"] == "https://marsad.example/khabar/77"
    assert news["sourceOrganization"]["url"] == "https://example.org/daftar/outlets/marsad/"
    assert news["publisher"]["name"] == "دفتر الساحل"
    assert [m["name"] for m in news["mentions"]][:2] == ["ليلى الحداد", "سالم البحري"]
    assert news["correction"][0]["@type"] == "CorrectionComment"
    assert [item["position"] for item in crumbs["itemListElement"]] == [1, 2, 3]


@pytest.mark.parametrize("path", sorted(pages()))
def test_structured_data_says_nothing_empty(path: str) -> None:
    if 'ld+json">' not in pages()[path]:
        return

    def empties(value: object) -> bool:
        if isinstance(value, dict):
            return not value or any(map(empties, value.values()))
        if isinstance(value, list):
            return not value or any(map(empties, value))
        return value in (None, "")

    assert not empties(structured(path))


@pytest.mark.parametrize(
    ("article", "published", "covered"),
    [
        (ID, "2025-10-12T18:00+03:00", "2025-10-12"),  # what an editor says of the event
        ("c0000000000000d1", "2025-10-13T09:30+03:00", ""),
        ("a0000000000000b2", "", "2025-10-12?"),
        ("c0000000000000d4", "", "2025-09?"),
        ("c0000000000000d5", "", ""),
        ("c0000000000000d6", "", ""),
    ],
)
def test_only_a_date_that_is_known_is_told_as_a_fact(
    article: str, published: str, covered: str
) -> None:
    path = f"n/{article}/index.html"
    graph = structured(path)["@graph"]

    assert isinstance(graph, list)
    assert graph[0].get("datePublished", "") == published
    assert graph[0].get("temporalCoverage", "") == covered
    assert ("article:published_time" in pages()[path]) == bool(published)


def test_the_sitemap_names_every_page_that_may_be_indexed_once() -> None:
    index = ET.fromstring(site()["sitemap.xml"])  # noqa: S314 - our own output
    parts = [loc.text or "" for loc in index.iter(f"{SITEMAP}loc")]
    urls = [
        (loc.text or "").removeprefix("https://example.org/daftar/")
        for part in parts
        for loc in ET.fromstring(site()[part.rpartition("/")[2]]).iter(f"{SITEMAP}loc")  # noqa: S314
    ]
    open_pages = {
        path.removesuffix("index.html")
        for path, page in pages().items()
        if '<meta name="robots" content="noindex">' not in page
        and f'canonical" href="https://example.org/daftar/{path.removesuffix("index.html")}"'
        in page
        and not path.endswith("history/index.html")
    }

    assert len(urls) == len(set(urls))
    assert set(urls) == open_pages
    assert "Sitemap: https://example.org/daftar/sitemap.xml" in site()["robots.txt"].decode()


def test_old_addresses_lead_to_the_new_ones() -> None:
    html = pages()["2025/10/raseef.html"]

    assert f'content="0; url=../../n/{ID}/"' in html
    assert f'<link rel="canonical" href="https://example.org/daftar/n/{ID}/">' in html
    assert "قديم/رصيف/index.html" in pages()
    assert "stories/quay-old/index.html" in pages()


@pytest.mark.parametrize(
    "alias",
    [
        "../x",
        "/a/../b",
        "//evil/x",
        "/.git/x",
        "",
        "/",
        "a\x00b",
        "C:\\x",
        "x" * 300,
        "/?p=1",
        "/a#b",
    ],
)
def test_an_alias_cannot_leave_the_site(alias: str) -> None:
    found = old_path(alias)

    assert ".." not in found
    assert found in {"", "/", "/evil/x/"}


def test_headers_carry_the_policy_of_the_pages() -> None:
    headers = site()["_headers"].decode()

    assert headers.startswith(
        "/daftar/*\n  Content-Security-Policy: default-src 'none'; script-src 'self'"
    )
    assert "frame-ancestors 'none'" in headers


def test_headers_keep_hashed_search_files_for_good_and_ask_about_their_root() -> None:
    headers = site()["_headers"].decode()
    blocks = dict(re.findall(r"^(/\S+)\n((?:  .*\n)+)", headers, re.MULTILINE))
    cached = {rule: told for rule, told in blocks.items() if "Cache-Control" in told}

    assert "immutable" in cached["/daftar/search/t/*"]
    assert "immutable" in cached["/daftar/search/story/*"]
    assert cached["/daftar/search/root.json"] == "  Cache-Control: no-cache\n"
    # One rule a file: no rule's folder lies in another's.
    folders = [rule.removesuffix("*") for rule in cached]
    assert [a for a in folders for b in folders if a != b and a.startswith(b)] == []
