"""Document ids, which do not change when other articles are added or removed."""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from warraq.search.codec import hash32, mixed
from warraq.search.records import StoredFields

COPY = 1
SLOTS = 16  # at least, of a day: up to eight articles are added and removed without moving another


def day_number(day: str) -> int:
    """Return the number of a day, month or year: years of 13 months of 32 days; else 0.

    Month and day 0 mean unknown, so «2025» sorts before «2025-01».
    """
    if not _DAY.fullmatch(day):
        return 0
    year, month, date = ([int(group) for group in day.split("-")] + [0, 0])[:3]
    return (year * 13 + month) * 32 + date


_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)


class DocId(NamedTuple):
    """A day number, and a slot within the day whose lowest bit marks a copy."""

    day: int
    slot: int


def doc_ids_of(records: Iterable[StoredFields]) -> dict[str, DocId]:
    """Return article id → document id: the day, and a slot within it.

    A day has twice as many slots as articles, rounded up to a power of two, and SLOTS at least;
    an article takes the one its id hashes to, or the next free. The lowest bit of a slot marks a
    copy. So a new article moves no other, except when the day outgrows its slots.
    """
    ordered = sorted((day_number(record.day), record.id, record.copy_of) for record in records)
    known = {ident for _, ident, _ in ordered}
    doc_ids: dict[str, DocId] = {}
    for day, articles in groupby(ordered, key=lambda row: row[0]):
        doc_ids |= doc_ids_on(day, ((ident, copy_of in known) for _, ident, copy_of in articles))
    return doc_ids


def doc_ids_on(day: int, articles: Iterable[tuple[str, bool]]) -> dict[str, DocId]:
    """Return article id → document id for all (id, whether it is a copy) of one day."""
    rows = sorted(articles)
    slots = max(SLOTS, 1 << (2 * len(rows) - 1).bit_length())
    taken: set[int] = set()
    doc_ids = {}
    for ident, is_copy in rows:
        slot = hash32(ident) % slots
        while slot in taken:
            slot = (slot + 1) % slots
        taken.add(slot)
        doc_ids[ident] = DocId(day, slot * 2 + (COPY if is_copy else 0))
    return doc_ids


def years_of(doc_ids: Iterable[DocId]) -> list[tuple[int, int]]:
    """Return (year, articles) for every year that has some, 0 for the undated.

    Copies count only where a year has nothing else, as they are shown.
    """
    counts = Counter((doc_id.day // 416, doc_id.slot & COPY) for doc_id in doc_ids)
    return sorted((year, counts[year, 0] or counts[year, COPY]) for year in {y for y, _ in counts})


def document_shard(doc_id: DocId, shards: int) -> int:
    """Return the number of the block that holds the stored fields of an article."""
    return mixed((doc_id.day * 31 + (doc_id.slot >> 1)) & 0xFFFFFFFF) % shards
