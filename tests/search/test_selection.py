"""What operators, filters and copies leave of an answer, and how many it says are left."""

from pathlib import Path
from typing import Any

import pytest
from tests.search.test_engine import article, ask, published


def answer(archive: Path, query: str, **options: object) -> dict[str, Any]:
    said: dict[str, Any] = ask(archive, (query, {"fetched": 0, **options}))["answers"][0]
    return said


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    days = ("2023-05-01", "2024-05-02", "2024-06-03", "2022-01-01")
    documents = [
        article(number, "سوق حلب", "خبر", day=day, facets={"topic": (f"t{number}",)})
        for number, day in enumerate(days)
    ]
    return published(documents, tmp_path_factory.mktemp("years"))


@pytest.mark.parametrize("options", [{"limit": 0}, {"limit": 1}, {"limit": 0, "group": "story"}])
def test_a_date_filters_however_many_results_are_shown(
    years: Path, options: dict[str, object]
) -> None:
    said = answer(years, "حلب 2024", facets=True, **options)
    assert said["total"] == 2
    assert [one.get("off") for one in said["understood"]] == [None]
    assert [one["value"] for one in said["facets"]["topic"]] == ["t1", "t2"]
    assert [one["kind"] for one in said["suggestions"]] == []


@pytest.mark.parametrize("limit", [-1, 0])
@pytest.mark.parametrize("offset", [-1, 0, 9])
def test_a_page_of_no_size_has_nothing_on_it(years: Path, limit: int, offset: int) -> None:
    said = answer(years, "حلب", limit=limit, offset=offset)
    assert (said["results"], said["total"]) == ([], 4)


def test_a_page_before_the_first_is_the_first(years: Path) -> None:
    pages = [answer(years, "حلب", limit=2, offset=offset)["results"] for offset in (-1, 0)]
    assert pages[0] == pages[1] != []


def test_a_copy_gives_way_to_what_passes_only(tmp_path: Path) -> None:
    documents = [
        article(1, "زلزال", "خبر", day="2020-01-02"),
        article(2, "زلزال", "خبر", day="2024-05-05", copy_of="a000001"),
    ]
    archive = published(documents, tmp_path)
    for query, options in (
        ("زلزال 2024-05-05", {}),
        ("2024-05-05", {}),
        ("زلزال", {"filters": {"year": ["2024"]}}),
    ):
        said = answer(archive, query, **options)
        assert [result["id"] for result in said["results"]] == ["a000002"]
        assert (said["total"], said["suggestions"]) == (1, [])
    assert [result["id"] for result in answer(archive, "زلزال")["results"]] == ["a000001"]


def test_a_value_counts_what_choosing_it_finds(tmp_path: Path) -> None:
    titles = {
        "weak": ["صغير", "صغير آخر"],
        "strong": ["زلزال مدمر بعيد", "صغير جدا"],
    }
    documents = [
        article(10 * at + number, title, title, day="2024-01-02", facets={"topic": (topic,)})
        for at, (topic, held) in enumerate(titles.items())
        for number, title in enumerate(held)
    ]
    archive = published(documents, tmp_path)
    query = "زلزال مدمر بعيد صغير"

    def counts(chosen: list[str]) -> dict[str, int]:
        said = answer(archive, query, facets=True, filters={"topic": chosen})
        return {one["value"]: one["count"] for one in said["facets"]["topic"]}

    found = {t: answer(archive, query, filters={"topic": [t]})["total"] for t in titles}
    for chosen in ([], *([topic] for topic in titles)):
        assert counts(chosen) == {topic: found[topic] for topic in counts(chosen)}
    assert counts(["weak"]) == counts([]) == {"weak": 2, "strong": 1}
