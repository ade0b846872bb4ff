"""An index made in shares is the one made at once, and its work grows with its words alone."""

import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import islice
from typing import TypeVar

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.search.test_index_store import WORDS

from warraq.search import shares
from warraq.search.doc_ids import doc_ids_of
from warraq.search.index import shards_of
from warraq.search.index_store import IndexStore
from warraq.search.occurrences import Terms, frequency, inverted, renumbered, vocabulary_of
from warraq.search.postings import Columns, articles_at
from warraq.search.records import Record, SearchDocument, encode_record, to_record
from warraq.search.shard_layout import ShardLayout, layout_for
from warraq.search.shares import MOST_SHARES, SHARE, Share, Shares, groups_of_share, share_count

texts = st.lists(st.sampled_from([*WORDS, "في", "x", "١٢"]) | st.text(max_size=4), max_size=40)
days = st.sampled_from(["", "2024", "2025-10-12", "2025-10-13"])
Item = TypeVar("Item")
Result = TypeVar("Result")
STEPS = 100  # of the database between two counts
archives = st.lists(st.tuples(texts, texts, days), max_size=30)


def record(number: int, title: Sequence[str], text: Sequence[str], day: str) -> Record:
    document = SearchDocument(f"{number:06x}", "", " ".join(title[:3]), " ".join(text), day)
    return to_record(document)


def shards_by_shares(
    records: Sequence[Record], layout: ShardLayout, *, count: int, size: int
) -> list[list[tuple[str, Columns]]]:
    """Return the shards of `records`, read `size` at a time and indexed in `count` shares."""
    doc_ids = doc_ids_of(records)
    terms, divided, parts = Terms(), Shares(count), [list[bytes]() for _ in range(count)]
    for first in range(0, len(records), size):
        known, found = len(terms.numbers), inverted(records[first : first + size])
        numbers = terms.add(found)
        divided.add(islice(terms.numbers, known, None))
        for share, part in divided.parts_of(renumbered(found.occurrences, numbers, first=first)):
            parts[share].append(part)
    articles = articles_at(
        [doc_ids[record.id] for record in records],
        np.array([record.length for record in records], np.int32),
        np.array([record.title_words for record in records], np.int32),
    )
    spelled = dict(zip(terms.numbers, terms.spellings(), strict=True))
    groups = [
        group
        for held, part in zip(divided.terms, parts, strict=True)
        for group in groups_of_share(
            Share([(*row, frequency(spelled[row[1]])) for row in held], part), articles, layout
        )
    ]
    shards: list[list[tuple[str, Columns]]] = [[] for _ in range(layout.terms + layout.heavy)]
    for group, columns in sorted(groups):
        shards[group.shard].append((group.text, columns))
    return shards


@given(archives, st.integers(1, 7), st.integers(1, 9))
def test_shares_hold_what_an_index_at_once_holds(
    drawn: list[tuple[list[str], list[str], str]], count: int, size: int
) -> None:
    records = [record(number, *row) for number, row in enumerate(drawn)]
    layout = layout_for(500, 500 * 20)
    words, articles = vocabulary_of(records)
    doc_ids = doc_ids_of(articles)
    at_once = shards_of(words, [doc_ids[article.id] for article in articles], layout)
    assert shards_by_shares(records, layout, count=count, size=size) == at_once


class Work:
    """Counts what indexing does: function calls, steps of the database, bytes given to shares."""

    def __init__(self, articles: int) -> None:
        rows = sqlite3.connect(":memory:", isolation_level=None)
        with closing(rows):
            store = IndexStore(rows)
            words = [WORDS[at % len(WORDS)] for at in range(60)]
            store.put(
                encode_record(record(number, words[:3], words, f"20{number % 90 + 10}"))
                for number in range(articles)
            )
            self.calls = self.steps = self.bytes = self.shares = 0
            rows.set_progress_handler(self._stepped, STEPS)
            before = sys.getprofile()
            sys.setprofile(self._called)
            try:
                for _ in store.files({}, spread=self._spread):
                    pass
            finally:
                sys.setprofile(before)

    def _called(self, _frame: object, event: str, _of: object) -> None:
        self.calls += event in {"call", "c_call"}

    def _stepped(self) -> int:
        self.steps += STEPS
        return 0

    def _spread(
        self, function: Callable[[Item], Result], items: Iterable[Item], /
    ) -> Iterator[Result]:
        for item in items:
            if isinstance(item, Share):
                self.bytes += sum(map(len, item.parts))
                self.shares += 1
            yield function(item)


def test_the_work_of_an_index_grows_with_its_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shares, "SHARE", 5000)  # 4 shares, and 15
    Work(1)  # what is read but once
    small, large = Work(300), Work(1200)
    assert 4 <= small.shares < large.shares / 3
    assert large.bytes == 4 * small.bytes > 0
    assert small.calls < large.calls < 5 * small.calls
    assert small.steps < large.steps < 5 * small.steps


def test_shares_are_as_many_as_words_ask_for_and_no_more_than_may_be() -> None:
    assert share_count(0) == share_count(SHARE - 1) == 1
    assert share_count(8 * SHARE) == 9
    assert share_count(10**10) == MOST_SHARES
