"""A count is a promise: whatever is offered with a number finds so many articles when it is taken.

Random archives of few words, so that much is thin, copied, undated or named alike; random questions
with dates, quotations, fields, exclusions and a reader's filters. Half of the seeds were not looked
at while the rules were written.
"""

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from msgspec.structs import replace
from tests.search.test_engine import article, ask, published

from warraq.search.authority_names import SpelledNames
from warraq.search.records import SearchDocument

SEEN = range(6)
UNSEEN = range(100, 106)
WORDS = (
    "قمح القمح حلب بحلب دمشق قصف زلزال مدارس المدرسة وزير الزراعة نفط مطر انتخابات الانتخابات"
    " يونيسف غوتيريش جوتيريش F-16 elections Aleppo 2024 400000 أنقرة بورسعيد سعيد"
).split()
JOINTS = ("في", "على", "من", "بين", "")
TOPICS = {"wheat": "قمح", "aleppo": "حلب اليوم", "war": "حرب حلب", "النفط والغاز": "النفط والغاز"}
OUTLETS = ("fajr", "nahar", "")
DAYS = ("", "2023", "2024-03", "2024-03-02", "2024-03-08", "2024-05-11", "2025-10-01", "2025-12-20")
DATES = (
    *("2024", "آذار 2024", "نيسان 2024", "2/3/2024", "5/3/2024", "آذار", "صيف 2024", "2023-2024"),
    *("الأسبوع الماضي", "أمس", "رمضان الماضي", "من:2024-03", "السنة:2023", "رمضان 1445"),
)
OTHER = ('"قصف حلب"', "المصدر:فجر", "الموضوع:حلب", "قخضغط", "الانتخ", "زلزل", "بور سعيد")
NAMES = {
    "topic": {key: SpelledNames(name) for key, name in TOPICS.items() if key != name},
    "outlet": {"fajr": SpelledNames("الفجر"), "nahar": SpelledNames("النهار")},
}
TODAY = "2025-10-15"


def archive(draw: random.Random, root: Path) -> Path:
    def text(most: int) -> str:
        words = [
            draw.choice(JOINTS) + " " + draw.choice(WORDS) for _ in range(draw.randint(1, most))
        ]
        return " ".join(words).strip()

    def document(number: int) -> SearchDocument:
        outlet, topics = draw.choice(OUTLETS), draw.sample(list(TOPICS), draw.randint(0, 2))
        facets = {"topic": tuple(topics), **({"outlet": (outlet,)} if outlet else {})}
        return article(number, text(4), text(30), day=draw.choice(DAYS), facets=facets)

    documents = [document(number) for number in range(draw.choice((5, 14, 40)))]
    copies = [
        replace(
            document(100 + number),
            **{key: getattr(original, key) for key in ("title", "text", "day")},
            copy_of=original.id,
        )
        for number, original in enumerate(draw.choices(documents, k=4))
    ]
    return published([*documents, *copies], root, NAMES)


def question(draw: random.Random) -> tuple[str, dict[str, Any]]:
    parts = draw.choices(WORDS, k=draw.choice((0, 1, 1, 2, 3, 4, 6)))
    if draw.random() < 0.3 and parts:
        parts.insert(1, draw.choice(JOINTS))
    if draw.random() < 0.4:
        parts.insert(draw.randint(0, len(parts)), draw.choice(DATES))
    if draw.random() < 0.3 or not parts:
        parts.append(draw.choice(OTHER))
    if draw.random() < 0.15:
        parts.append("-" + draw.choice(WORDS))
    filters: dict[str, Any] = {}
    if draw.random() < 0.25:
        filters["topic"] = draw.sample(list(TOPICS), draw.randint(1, 2))
    if draw.random() < 0.2:
        filters["outlet"] = [draw.choice(OUTLETS)]
    if draw.random() < 0.15:
        filters["year"] = [draw.choice(("2024", "2023..2025", "0"))]
    if draw.random() < 0.1:
        filters["from"] = "2024-03"
    literal = [part for part in parts if part in DATES and draw.random() < 0.2]
    options = {"filters": filters, "literal": literal, "today": TODAY, "fetched": 0}
    return " ".join(filter(None, parts)), options


Asked = tuple[str, dict[str, Any]]
Promise = tuple[int, str, dict[str, Any]]


def narrowed(options: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    return {**options, "filters": {**options["filters"], **more}}


def offers(asked: Asked, answer: dict[str, Any]) -> Iterator[Promise]:
    _, options = asked
    for offer in answer["suggestions"]:
        taken = {**options, "literal": []}  # a link of the page puts readings back
        yield offer["count"], offer["query"], narrowed(taken, offer.get("filters", {}))


def facets(asked: Asked, answer: dict[str, Any]) -> Iterator[Promise]:
    query, options = asked
    is_emptied = any(item.get("off") == "empty" for item in answer["understood"])
    for kind, values in answer["facets"].items():
        if is_emptied and kind in options["filters"]:
            continue  # without that filter the date may leave something
        for value in values:
            yield value["count"], query, narrowed(options, {kind: [value["value"]]})


def names(_: Asked, answer: dict[str, Any]) -> Iterator[Promise]:
    for item in answer["understood"]:
        if item["kind"] == "name":
            yield item["count"], "", {"filters": {item["of"]: [item["key"]]}}


class Asking(NamedTuple):
    """An archive, what was asked of it, and what it answered."""

    base: Path
    asked: list[Asked]
    answers: list[dict[str, Any]]

    def promises(self, made: Callable[[Asked, dict[str, Any]], Iterator[Promise]]) -> list[Promise]:
        pairs = zip(self.asked, self.answers, strict=True)
        return [promise for one, answer in pairs for promise in made(one, answer)]


@pytest.fixture(scope="module", params=[*SEEN, *UNSEEN])
def asking(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Asking:
    draw = random.Random(request.param)  # noqa: S311 - seeded test data
    base = archive(draw, tmp_path_factory.mktemp("random"))
    asked = [question(draw) for _ in range(60)]
    steps = ((query, {**options, "facets": True, "limit": 99}) for query, options in asked)
    return Asking(base, asked, ask(base, *steps)["answers"])


@pytest.mark.parametrize("made", [offers, facets, names])
def test_what_is_counted_is_found(
    asking: Asking, made: Callable[[Asked, dict[str, Any]], Iterator[Promise]]
) -> None:
    promises = asking.promises(made)
    assert promises
    assert made is names or all(count for count, *_ in promises)
    steps = ((query, {**options, "limit": 0}) for _, query, options in promises)
    totals = [answer["total"] for answer in ask(asking.base, *steps)["answers"]]
    kept = zip(promises, totals, strict=True)
    assert [one for one in kept if one[0][0] != one[1]] == []


def test_what_is_found_stands_before_what_is_only_ranked(asking: Asking) -> None:
    flags = [[result["isFound"] for result in answer["results"]] for answer in asking.answers]
    assert flags == [
        [True] * answer["total"] + [False] * (len(held) - answer["total"])
        for answer, held in zip(asking.answers, flags, strict=True)
    ]
    assert any(False in held for held in flags)
