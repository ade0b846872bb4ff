"""The catalogue against the same questions asked of a plain list."""

import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from tests.memory import catalogue as empty

from warraq.archive.catalogue import Catalogue, prepare
from warraq.base.collation import sort_key
from warraq.model import Card, Correction, Count, Credit, Moment, Person, Story

Ask = Callable[[Catalogue], object]
IDS = st.integers(0, 40).map("a{:05}".format)
MOMENTS = st.builds(
    Moment,
    st.dates(date(2023, 11, 1), date(2025, 2, 3)),
    st.sampled_from(["", "08:00:00+03:00", "21:30:00+00:00"]),
)


@st.composite
def cards(draw: st.DrawFn) -> Card:
    moment = draw(st.none() | MOMENTS)
    known = (
        (moment.day.year, moment.day.month)
        if moment
        else draw(st.sampled_from([(0, 0), (2024, 0), (2024, 7)]))
    )
    corrections = (Correction(date(2025, 1, draw(st.integers(1, 9))), "update", "x"),)
    return Card(
        id=draw(IDS),
        url="",
        title=draw(st.sampled_from("أبت")),
        title_status="outlet",
        lang="ar",
        date=moment,
        year=known[0],
        month=known[1],
        people=draw(st.lists(st.sampled_from(["p", "q", "r"]), unique=True).map(tuple)),
        topics=draw(st.sampled_from([(), ("t",)])),
        source=draw(st.none() | st.builds(Credit, name=st.just("x"), outlet=st.sampled_from("uv"))),
        via=draw(st.sampled_from([(), (Credit("y", outlet="u"), Credit("z", outlet="u"))])),
        corrections=draw(st.sampled_from([(), corrections])),
        status=draw(st.sampled_from(["live", "live", "live", "removed"])),
        copy_of=draw(st.sampled_from(["", "", "", "a00001"])),
        same_text_as=draw(st.sampled_from(["", "", "a00002"])),
    )


def place(card: Card) -> tuple[object, ...]:
    day, clock = (card.date.day.day, card.date.clock) if card.date else (0, "")
    return card.year, card.month, day, clock, card.id


def filled(found: list[Card]) -> tuple[Catalogue, list[Card], list[Card]]:
    catalogue = empty()
    catalogue.put(found)
    latest = {card.id: card for card in found}
    listed = [c for c in latest.values() if c.status == "live" and not c.copy_of]
    dated = sorted((c for c in listed if c.year), key=place, reverse=True)
    return (
        catalogue,
        dated,
        sorted((c for c in listed if not c.year), key=lambda c: (sort_key(c.title), c.id)),
    )


@pytest.mark.slow
@given(st.lists(cards(), unique_by=lambda c: c.id))
def test_every_answer_is_that_of_a_plain_list(found: list[Card]) -> None:
    catalogue, dated, undated = filled(found)

    listed = [*reversed(dated), *undated]
    assert list(catalogue.cards())[: len(listed)] == listed
    assert sorted(c.id for c in catalogue.cards()) == sorted(c.id for c in found)
    assert list(catalogue.dated()) == dated
    assert catalogue.newest(3) == tuple(dated[:3])
    assert catalogue.undated() == tuple(undated)
    assert catalogue.in_year(2024) == tuple(c for c in dated if c.year == 2024)
    assert catalogue.in_month(2024, 7) == tuple(c for c in dated if (c.year, c.month) == (2024, 7))
    for day in range(1, 32):
        of_day = tuple(c for c in dated if c.date and c.date.day.isoformat() == f"2024-07-{day:02}")
        assert catalogue.in_day(2024, 7, day) == of_day
    assert catalogue.shelf("people", "p") == tuple(c for c in (*dated, *undated) if "p" in c.people)
    assert catalogue.shelf_size("people", "p") == len(catalogue.shelf("people", "p"))
    assert sum(c.articles for c in catalogue.years()) == len(dated)
    for count in catalogue.years():
        assert sum(m.articles for m in catalogue.months(count.year)) == count.articles
    for at, card in enumerate(dated):
        older = dated[at + 1] if at + 1 < len(dated) else None
        assert catalogue.neighbours(card) == (older, dated[at - 1] if at else None)
    expected = {c.id for c in found if c.corrections and c.status == "live"}
    assert {c.id for c in catalogue.with_corrections()} == expected


@pytest.mark.slow
@given(st.lists(cards(), unique_by=lambda c: c.id))
def test_neighbours_of_many_are_those_of_each(found: list[Card]) -> None:
    catalogue, _, _ = filled(found)

    for card in found:
        around = catalogue.neighbours_from(card)
        assert around[card.id] == catalogue.neighbours(card)
        for ident, both in around.items():
            assert both == catalogue.neighbours(catalogue.card(ident) or pytest.fail("no card"))


def test_a_long_line_of_neighbours_is_asked_for_in_runs() -> None:
    line = [
        Card(f"a{at:05}", "", "t", "outlet", "ar", year=2000 + at // 9, month=7) for at in range(99)
    ]
    catalogue, _, _ = filled(line)

    for at, card in enumerate(line):
        around = catalogue.neighbours_from(card)
        assert list(around) == [other.id for other in line[at : at + 32]]
        for ident, both in around.items():
            assert both == catalogue.neighbours(catalogue.card(ident) or pytest.fail("no card"))


@given(st.lists(cards(), unique_by=lambda c: c.id))
def test_a_part_of_a_shelf_is_that_part_of_the_whole(found: list[Card]) -> None:
    catalogue, dated, undated = filled(found)
    dated = [card for card in dated if "p" in card.people]
    whole = catalogue.shelf("people", "p")

    for limit in range(1, 6):
        assert catalogue.shelf("people", "p", limit) == whole[:limit]
    assert catalogue.newest_of("people", "p", 3) == tuple(c for c in dated if c.date)[:3]
    for year in (2023, 2024):
        of_year = tuple(card for card in dated if card.year == year)
        assert catalogue.shelf_part("people", "p", year) == of_year
        for month in range(1, 13):
            of_month = tuple(card for card in of_year if card.month == month)
            assert catalogue.shelf_part("people", "p", year, month) == of_month
    assert catalogue.shelf_part("people", "p", 0) == tuple(c for c in undated if "p" in c.people)


@pytest.mark.slow
@given(st.lists(cards(), unique_by=lambda c: c.id))
def test_counts_are_those_of_a_plain_list(found: list[Card]) -> None:
    catalogue, dated, undated = filled(found)
    listed = [*dated, *undated]

    met = Counter(p for card in listed if "p" in card.people for p in card.people if p != "p")
    ranked = sorted(met.items(), key=lambda item: (-item[1], item[0]))
    assert catalogue.co_mentioned_people("people", "p", 8) == tuple(ranked)
    met = Counter(p for card in listed if card.topics for p in card.people)
    ranked = sorted(met.items(), key=lambda item: (-item[1], item[0]))
    assert catalogue.co_mentioned_people("topics", "t", 2) == tuple(ranked[:2])
    assert catalogue.credits("u") == (
        sum(1 for card in listed if card.source and card.source.outlet == "u"),
        sum(1 for card in listed if card.via),
    )
    days = Counter(
        card.date.day.day if card.date else 0
        for card in dated
        if (card.year, card.month) == (2024, 7)
    )
    assert catalogue.days(2024, 7) == dict(sorted(days.items()))


@pytest.mark.slow
@given(st.lists(cards()), st.lists(cards()), st.lists(IDS))
def test_what_came_and_went_leaves_no_trace(
    first: list[Card], then: list[Card], gone: list[str]
) -> None:
    catalogue = empty()
    for card in (*first, *then):
        catalogue.put([card])
    catalogue.drop(gone)
    left = [c for c in {c.id: c for c in (*first, *then)}.values() if c.id not in gone]
    fresh = empty()
    fresh.put(left)

    assert list(catalogue.cards()) == list(fresh.cards())
    for key in "pq":
        assert catalogue.shelf("people", key) == fresh.shelf("people", key)
    assert catalogue.credits("u") == fresh.credits("u")
    assert catalogue.co_mentioned_people("topics", "t", 9) == fresh.co_mentioned_people(
        "topics", "t", 9
    )


def work(size: int, ask: Ask) -> int:
    """Return how many steps SQLite takes to answer, of an archive so large."""
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    with closing(sqlite3.connect(":memory:", isolation_level=None)) as rows:
        catalogue = large(size, rows)
        rows.set_progress_handler(count, 1)
        ask(catalogue)
    return steps


def large(size: int, rows: sqlite3.Connection) -> Catalogue:
    """Return an archive of pairs: an original and its copy, told in a story, of a person a pair."""
    catalogue = Catalogue(prepare(rows))
    for at in range(0, size, 2):
        day = Moment(date(2000, 1, 1) + timedelta(at))
        original = Card(
            id=f"a{at:05}",
            url="",
            title=f"خبر {at}",
            title_status="outlet",
            lang="ar",
            date=day,
            year=day.day.year,
            month=day.day.month,
            people=(f"p{at}",),
        )
        copy = structs.replace(original, id=f"b{at:05}", copy_of=original.id)
        catalogue.put([original, copy])
        catalogue.put_authorities(
            [
                Story(f"s{at}", "حدث", articles=(original.id, copy.id)),
                Person(f"p{at}", f"علي {at}"),
            ]
        )
    return catalogue


ASKED: dict[str, Ask] = {
    "card": lambda c: c.card("a00004"),
    "copies": lambda c: c.copies("a00004"),
    "prints": lambda c: c.reprints(c.card("a00004") or pytest.fail("no card")),
    "with_prints": lambda c: c.ids_with_reprints(),
    "neighbours": lambda c: c.neighbours(c.card("a00004") or pytest.fail("no card")),
    "with_title": lambda c: c.count_with_headline("خبر 4", ""),
    "stories_of": lambda c: c.stories_of("a00004"),
    "story": lambda c: c.shelf("stories", "s4"),
    "holding a story": lambda c: c.all_of("stories", "s4"),
    "shelf": lambda c: c.shelf("people", "p4"),
    "shelf_part": lambda c: c.shelf_part("people", "p4", 2000),
    "newest_of": lambda c: c.newest_of("people", "p4", 3),
    "company": lambda c: c.co_mentioned_people("people", "p4", 3),
    "shelf_counts": lambda c: c.shelf_counts("people", "p4"),
    "in_month": lambda c: c.in_month(2000, 1),
    "in_day": lambda c: c.in_day(2000, 1, 5),
    "days": lambda c: c.days(2000, 1),
    "newest": lambda c: c.newest(5),
    "drop a story": lambda c: c.drop_authorities([("stories", "s4")]),
}


@pytest.mark.parametrize("name", ASKED)
def test_an_answer_costs_what_it_holds_and_not_what_the_archive_holds(name: str) -> None:
    small, ten_times = (work(size, ASKED[name]) for size in (60, 600))

    assert 0 < ten_times <= 1.2 * small


@pytest.mark.slow
@given(st.lists(cards(), unique_by=lambda c: c.id))
def test_prints_are_the_listed_articles_of_others_with_one_text(found: list[Card]) -> None:
    catalogue, dated, undated = filled(found)
    first_of = {card.id: card.same_text_as or card.id for card in (*dated, *undated)}

    for card in found:
        root = card.same_text_as or card.id
        same = {other for other, first in first_of.items() if root in (first, other)}
        assert {other.id for other in catalogue.reprints(card)} == same - {card.id}
        assert (
            catalogue.reprints(card) == ()
            or card.copy_of
            or card.status == "removed"
            or (card.id in catalogue.ids_with_reprints())
        )


def test_company_met_as_often_stands_by_name() -> None:
    catalogue = empty()
    catalogue.put([Card("a", "", "t", "outlet", "ar", topics=("t",), people=("p1", "p2", "p3"))])
    names = {"p1": "ياسر", "p2": "Zayd", "p3": "أحمد"}
    catalogue.put_authorities(Person(key, name) for key, name in names.items())

    assert [key for key, _ in catalogue.co_mentioned_people("topics", "t", 3)] == ["p3", "p1", "p2"]


def test_a_story_lists_its_articles_in_time() -> None:
    catalogue = empty()
    early, late, undated = (
        Card(
            i,
            "",
            "t",
            "outlet",
            "ar",
            date=m,
            year=m.day.year if m else 0,
            month=m.day.month if m else 0,
        )
        for i, m in (("b", Moment(date(2025, 1, 1))), ("a", Moment(date(2025, 2, 1))), ("c", None))
    )
    catalogue.put([undated, late, early])
    story = Story("s", "حدث", articles=("a", "b", "c", "zzz"))
    catalogue.put_authorities([story])

    assert catalogue.shelf("stories", "s") == (early, late, undated)
    assert catalogue.stories_of("a") == (story,)
    assert catalogue.years() == (Count(2025, 0, 2),)
    catalogue.drop_authorities([("stories", "s")])
    assert catalogue.stories_of("a") == ()
