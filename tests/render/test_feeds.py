import json
import re
import xml.etree.ElementTree as ET
from datetime import datetime

import msgspec
import pytest
from tests.render import samples
from tests.render.built import site

from warraq.render.feeds import feed_view

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


def test_control_characters_do_not_break_the_feed() -> None:
    bad = msgspec.structs.replace(
        samples.ARTICLES[0], title="عنوان\x0b\ufffe غريب", body="نص\x00\x1f"
    )
    entries = {bad.id: samples.entry(bad)}

    view = feed_view(None, "", samples.material(entries=entries))

    assert view.items[0].title == "عنوان غريب"
    assert re.search("[\x00\x1f]", view.items[0].html) is None


def test_an_empty_archive_has_a_valid_feed() -> None:
    view = feed_view(None, "", samples.material(entries={}))

    assert view.items == ()
    assert view.updated == "1970-01-01T00:00:00Z"
