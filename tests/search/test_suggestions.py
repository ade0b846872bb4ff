"""What the engine offers where it finds little: fewer words, other days, topics and years."""

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from tests.search.test_engine import article, ask, published

TEXTS = {
    "2024-03-02": "قصف على حلب",
    "2024-03-05": "قصف على إدلب",
    "2024-05-11": "مطر على حلب",
    "2023-11-20": "زيتون إدلب",
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    documents = [
        article(number, title, title, day=day, facets={"topic": ("war" if number < 2 else "farm",)})
        for number, (day, title) in enumerate(TEXTS.items())
    ]
    return published(documents, tmp_path_factory.mktemp("few"))


def answer(archive: Path, query: str, **options: object) -> dict[str, Any]:
    said: dict[str, Any] = ask(archive, (query, {"fetched": 0, **options}))["answers"][0]
    return said


def offered(archive: Path, query: str, *kinds: str) -> list[tuple[str, int]]:
    said = answer(archive, query)["suggestions"]
    return [(one["query"], one.get("count")) for one in said if one["kind"] in kinds]


def test_a_result_tells_which_words_it_lacks(archive: Path) -> None:
    results = answer(archive, "قصف حلب")["results"]
    lacking = {result["title"]: result["missing"] for result in results}
    assert lacking == {"قصف على حلب": [], "قصف على إدلب": ["حلب"], "مطر على حلب": ["قصف"]}


def test_a_query_that_nothing_answers_whole_is_offered_with_a_word_less(archive: Path) -> None:
    assert offered(archive, "قصف مطر حلب", "without") == [("مطر حلب", 1), ("قصف حلب", 1)]
    assert offered(archive, "قصف مطر", "without") == [("قصف", 2), ("مطر", 1)]


def test_what_is_left_out_counts_what_passes_the_filters(archive: Path) -> None:
    said = answer(archive, "قصف مطر", filters={"topic": ["farm"]})["suggestions"]
    assert [(one["query"], one["count"]) for one in said] == [("مطر", 1)]


def test_a_month_with_nothing_is_offered_its_neighbours(archive: Path) -> None:
    assert offered(archive, "قصف أبريل 2024", "month") == [("قصف 2024-03", 2)]
    assert offered(archive, "2024-04", "month") == [
        ("2024-05", 1),
        ("2024-03", 2),
        ("2023-11", 1),
    ]


def test_a_day_with_nothing_is_offered_days(archive: Path) -> None:
    assert offered(archive, "قصف 4/3/2024", "day") == [
        ("قصف 2024-03-05", 1),
        ("قصف 2024-03-02", 1),
    ]


def test_nothing_at_all_is_offered_topics_and_years(archive: Path) -> None:
    assert offered(archive, "قخضغط", "topic", "year") == [
        ("farm", 2),
        ("war", 2),
        ("2024", 3),
        ("2023", 1),
    ]
    assert answer(archive, "قخضغط")["near"] is False


@pytest.fixture(scope="module")
def quakes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles of which some are excluded, some copied, some quoted."""
    titles = [
        *["زلزال صغير"] * 3,
        *["زلزال بعيد"] * 3,
        *["مدمر صغير"] * 3,
        "زلزال قرب سانا",
        "سعيد وحلب",
    ]
    documents = [
        article(at, title, title, day=f"202{at % 3}-01-0{at % 9 + 1}", facets={"topic": ("t",)})
        for at, title in enumerate(titles)
    ]
    documents += [
        replace(documents[3], id=f"b00000{at}", url=f"/n/b{at}/", copy_of="a000003")
        for at in range(4)
    ]
    return published(documents, tmp_path_factory.mktemp("quakes"))


def readings(said: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(one["kind"], one["mode"], one["text"]) for one in said["understood"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("زلزال مدمر -صغير", [("زلزال -صغير", 4)]),
        ("بعيد مدمر زلزال", [("بعيد زلزال", 3)]),
        ("بعيد مدمر", [("مدمر", 3), ("بعيد", 3)]),
        ("حلب -سانا زلزال", [("سانا زلزال", 1)]),
        ("زلزال --مدمر", []),
        ("مدمر، بعيد", [("بعيد", 3), ("مدمر", 3)]),
        ("مدمر ، بعيد", [("بعيد", 3), ("مدمر", 3)]),
        ("شخص:مدمر بعيد", [("بعيد", 3), ("شخص:مدمر", 3)]),
        ("«زلزال بعيد» مدمر", [("«زلزال بعيد»", 3)]),
        ("«مدمر بعيد»", [("مدمر", 3), ("بعيد", 3)]),
        ("سعيد -حلب زلزال", []),
    ],
)
def test_a_query_with_a_word_less_reads_the_same_and_finds_as_many(
    quakes: Path, query: str, expected: list[tuple[str, int]]
) -> None:
    said = answer(quakes, query)
    offers = offered(quakes, query, "without")
    for shorter, count in offers:
        put = answer(quakes, shorter, limit=50)
        assert count == sum(not result["missing"] for result in put["results"])
        assert set(readings(put)) <= set(readings(said))
    assert sorted(offers) == sorted(expected)


def test_days_topics_and_years_count_what_they_find(quakes: Path) -> None:
    for query, options in (
        ("قخضغط", {}),
        ("2020-02", {}),
        ("2020-02 -صغير", {}),
        ("2020-02", {"filters": {"outlet": ["none"]}}),
        ("زلزال 2020-02", {}),
    ):
        for one in answer(quakes, query, **options)["suggestions"]:
            if one["kind"] in ("month", "day", "year"):
                put = answer(quakes, one["query"], limit=50, **options)
                assert one["count"] == put["total"], one
            if one["kind"] == "topic":
                assert one["count"] == 11


def test_an_answer_that_has_enough_is_offered_nothing(archive: Path) -> None:
    documents = [article(n, "خبر من حلب", "نص", day="2024-01-01") for n in range(9)]
    assert answer(published(documents, archive / "nine"), "حلب")["suggestions"] == []
