import json
import re
import xml.etree.ElementTree as ET
from datetime import datetime
from typing import Literal

import msgspec
import pytest
from tests.render import samples
from tests.render.built import built, site

from warraq.base.config import SiteConfig, parse
from warraq.model import Figure, Rights
from warraq.render.kinds.feeds import feed_view, json_feed
from warraq.render.site_pages import render

ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = sorted(path for path in site() if path.endswith("feed.xml"))


def tree(path: str) -> ET.Element:
    return ET.fromstring(site()[path])  # noqa: S314 - our own output


@pytest.mark.parametrize("path", FEEDS)
def test_every_atom_feed_has_what_the_standard_demands(path: str) -> None:
    feed = tree(path)
    ids = [e.findtext(f"{ATOM}id") for e in feed.iter(f"{ATOM}entry")]

    for element in (feed, *feed.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert element.findtext(f"{ATOM}{name}")
        assert datetime.fromisoformat(element.findtext(f"{ATOM}updated") or "").tzinfo
    assert len(set(ids)) == len(ids) > 0
    links = [
        f["href"]
        for f in (link.attrib for link in feed.findall(f"{ATOM}link"))
        if f["rel"] == "self"
    ]
    assert links == [f"https://example.org/daftar/{path}"]


@pytest.mark.parametrize("path", [path.replace(".xml", ".json") for path in FEEDS])
def test_every_json_feed_is_of_version_1_1(path: str) -> None:
    feed = json.loads(site()[path])

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"https://example.org/daftar/{path}"
    for item in feed["items"]:
        assert item["id"]
        assert item.get("content_html") or item["content_text"]


def test_undated_copies_and_removed_articles_are_in_no_feed() -> None:
    ids = {e.findtext(f"{ATOM}id", "")[-17:-1] for e in tree("feed.xml").iter(f"{ATOM}entry")}

    assert not ids & {
        "c0000000000000d4",
        "c0000000000000d5",
        "e0000000000000f1",
        "e0000000000000f2",
    }
    assert "a0000000000000b1" in ids


def test_full_text_goes_out_only_where_rights_allow() -> None:
    entries = {
        e.findtext(f"{ATOM}id", "")[-17:-1]: e for e in tree("feed.xml").iter(f"{ATOM}entry")
    }

    assert "رصيف الصيادين" in entries["a0000000000000b1"].findtext(f"{ATOM}content", "")
    assert entries["e0000000000000f3"].find(f"{ATOM}content") is None
    assert entries["e0000000000000f3"].find(f"{ATOM}summary") is None
    assert entries["e0000000000000f4"].find(f"{ATOM}content") is None
    assert entries["e0000000000000f4"].findtext(f"{ATOM}summary")


@pytest.mark.parametrize("form", ["full", "summary"])
def test_feeds_of_shelves_hold_what_the_setting_says(form: Literal["full", "summary"]) -> None:
    config = msgspec.structs.replace(samples.CONFIG, outputs_shelf_feeds=form)
    context = samples.context(config)
    (item,) = (i for i in feed_view("topics", "ports", context).items if "0b3" in i.id)
    (whole,) = (i for i in feed_view(None, "", context).items if i.id == item.id)
    told = json.loads(json_feed(feed_view("topics", "ports", context), config).content)["items"]
    (listed,) = (i for i in told if i["id"] == item.id)

    assert item.summary == whole.summary != ""
    assert whole.html
    assert item.html == (whole.html if form == "full" else "")
    assert listed.get("content_html", "") == item.html
    assert listed["summary" if form == "full" else "content_text"] == item.summary


@pytest.mark.slow
@pytest.mark.parametrize(
    ("feed_id", "start"),
    [
        ("", "tag:"),
        ("daftar.example,2025", "tag:daftar.example,2025:/"),
        ("https://old.example/a/", "https://old.example/a/"),
    ],
)
def test_ids_stay_when_the_archive_moves_to_another_address(feed_id: str, start: str) -> None:
    def told(base_url: str, name: str = "دفتر") -> set[str]:
        config = SiteConfig(name=name, base_url=base_url, feed_id=feed_id)
        files = built(config)
        atom = {
            element.text or ""
            for path in FEEDS
            for element in ET.fromstring(files[path]).iter(f"{ATOM}id")  # noqa: S314 - as above
        }
        listed = json.loads(files["feed.json"])["items"]
        assert {item["id"] for item in listed} <= atom
        return atom

    ids = told("http://old.example/")

    assert told("https://new.example/archive/") == ids
    assert all(found.startswith(start) for found in ids)
    assert (told("http://old.example/", "دفتر آخر") == ids) == bool(feed_id)
    tags = re.compile(r"tag:[a-z0-9.-]+,\d{4}(-\d\d){0,2}:[\w/.-]*")
    assert feed_id.startswith("http") or all(map(tags.fullmatch, ids))


@pytest.mark.parametrize(
    "value",
    ["x", "example.org", "2025", "example.org,25", "tag:example.org,2025:", "ex ample.org,2025",
     "example.org,2025-13", "ftp://example.org/", "example.org,2025:x", "-a.org,2025", "a..b,2025"],
)  # fmt: skip
def test_what_no_id_may_begin_with_is_refused(value: str) -> None:
    _, problems = parse(f"name: x\nfeed_id: {json.dumps(value)}\n")

    assert [problem.code for problem in problems] == ["setting-invalid"]


@pytest.mark.parametrize(
    "value", ["a.org,2025", "me_x@a-b.example,2025-02-28", "https://a.org/x", "sub.a.org,1999-12"]
)
def test_what_an_id_may_begin_with_is_taken(value: str) -> None:
    assert parse(f"name: x\nfeed_id: {value}\n")[1] == []


def test_content_says_its_own_language_and_direction() -> None:
    told = {item["id"][-17:-1]: item for item in json.loads(site()["feed.json"])["items"]}
    atom = {
        e.findtext(f"{ATOM}id", "")[-17:-1]: e.findtext(f"{ATOM}content", "")
        for e in tree("feed.xml").iter(f"{ATOM}entry")
    }

    for key, start in (
        ("a0000000000000b1", '<div lang="ar" dir="rtl"><p>'),
        ("a0000000000000b3", '<div lang="en" dir="ltr"><p>'),
    ):
        assert told[key]["content_html"].startswith(start)
        assert told[key]["language"] == start[11:13]
        assert atom[key] == told[key]["content_html"]


def test_an_entry_names_writers_paper_picture_original_and_every_subject() -> None:
    picture = Figure("صورة 1.JPG", alt="رصيف")
    found = msgspec.structs.replace(
        samples.ARTICLES[0], authors=("nada-rami", "سعاد"), image=picture, topics=("ports", "الصيد")
    )
    composed = samples.entry(found)
    card = msgspec.structs.replace(composed.card, pictures=("media/صورة 1.JPG",))
    entries = {found.id: msgspec.structs.replace(composed, card=card)}
    atom = feed_view(None, "", samples.context(entries=entries))
    item = json.loads(json_feed(atom, samples.CONFIG).content)["items"][0]
    entry = next(
        ET.fromstring(render(atom, samples.theme())).iter(f"{ATOM}entry")  # noqa: S314 - as above
    )
    links = {link.attrib["rel"]: link.attrib for link in entry.iter(f"{ATOM}link")}
    url = "https://example.org/daftar/media/%D8%B5%D9%88%D8%B1%D8%A9%201.JPG"

    assert [a.findtext(f"{ATOM}name") for a in entry.iter(f"{ATOM}author")] == ["ندى رامي", "سعاد"]
    assert entry.findtext(f"{ATOM}contributor/{ATOM}name") == "مرصد الساحل"
    assert links["via"]["href"] == item["external_url"] == "https://marsad.example/khabar/77"
    assert links["enclosure"]["href"] == item["image"] == url
    assert links["enclosure"]["type"] == "image/jpeg"
    assert [a["name"] for a in item["authors"]] == ["ندى رامي", "سعاد", "مرصد الساحل"]
    assert item["tags"][:2] == ["الموانئ", "الصيد"]

    closed = msgspec.structs.replace(found, rights=Rights(display="excerpt"))
    view = feed_view(None, "", samples.context(entries={found.id: samples.entry(closed)}))
    assert view.items[0].picture == ""


def test_control_characters_do_not_break_the_feed() -> None:
    bad = msgspec.structs.replace(
        samples.ARTICLES[0], title="عنوان\x0b\ufffe غريب", body="نص\x00\x1f"
    )
    entries = {bad.id: samples.entry(bad)}

    view = feed_view(None, "", samples.context(entries=entries))

    assert view.items[0].title == "عنوان غريب"
    assert re.search("[\x00\x1f]", view.items[0].html) is None


def test_an_empty_archive_has_a_valid_feed() -> None:
    view = feed_view(None, "", samples.context(entries={}))

    assert view.items == ()
    assert view.updated == "1970-01-01T00:00:00Z"
