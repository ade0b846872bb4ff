import json
import re

import pytest
from tests.render import samples
from tests.render.built import pages

ID = "a0000000000000b1"


def structured(path: str) -> dict[str, object]:
    found = re.search(r'ld\+json">(.*?)</script>', pages()[path], re.DOTALL)
    assert found is not None
    read: dict[str, object] = json.loads(found[1])
    return read


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
    home = structured("index.html")
    (whole,) = (t for t in home.get("@graph", [home]) if t["@type"] == "WebSite")  # type: ignore[attr-defined]
    assert news["publisher"].items() <= whole["publisher"].items()
    assert news["publisher"]["name"] == "دفتر الساحل"
    assert news["isBasedOn"]["publisher"] == {"@id": news["sourceOrganization"]["@id"]}
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
