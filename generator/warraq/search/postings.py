"""Postings of all words as bytes: one sort of packed numbers, then columns cut at shards."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from warraq.search.codec import Bytes, Ints, section, varints
from warraq.search.places import Place
from warraq.search.words import Words

HEAD = 50  # positions after the title that count as the lead
MOST_HEAD = 127  # a position in the head fits seven bits
TITLE_WEIGHT, LEAD_WEIGHT = 3.0, 1.5
K1, B, USUAL_LENGTH = 1.2, 0.6, 300.0  # BM25's; a fixed usual length, as no average may be baked in
LEVELS, LEVEL_STEP, LEVEL_LOW = (
    16,
    0.5,
    -3.0,
)  # impact: log2 of weighted frequency over K, in halves
HEAD_FLAG = 0x80
EPOCH = 2020 * 416  # day numbers count from here, so that those of our years are short


class Postings(NamedTuple):
    """Sorted postings of all words, encoded, with the byte at which each posting's part begins."""

    first: Ints  # word rank → first posting
    frequency: bytes
    frequency_at: Ints
    days: bytes
    days_at: Ints
    slots: bytes
    slots_at: Ints
    levels: bytes
    heads: bytes
    heads_at: Ints
    positions: bytes
    positions_at: Ints

    def cut(self, first: int, last: int) -> tuple[bytes, bytes]:
        """Return the columns and the positions of the words from `first` up to `last`."""
        low, high = int(self.first[first]), int(self.first[last])
        columns = (
            self.frequency[self.frequency_at[first] : self.frequency_at[last]],
            self.days[self.days_at[low] : self.days_at[high]],
            self.slots[self.slots_at[low] : self.slots_at[high]],
            self.levels[low:high],
            self.heads[self.heads_at[low] : self.heads_at[high]],
        )
        return (
            b"".join(section(column) for column in columns),
            self.positions[self.positions_at[low] : self.positions_at[high]],
        )


def postings_of(words: Words, rank: Ints, places: Sequence[Place]) -> Postings:
    """Return the postings of all words; `rank` puts word numbers in the order of the shards."""
    key = rank[words.word] << 40
    key |= words.document.astype(np.int64) << 16
    key |= np.minimum(words.position, 0xFFFF)
    key.sort()
    position = (key & 0xFFFF).astype(np.int32)
    key >>= 16
    begins = np.ones(len(key), bool)
    begins[1:] = key[1:] != key[:-1]
    posting = np.cumsum(begins, dtype=np.int32) - 1
    key = key[begins]
    word, document = key >> 24, key & 0xFFFFFF
    first = np.searchsorted(word, np.arange(len(rank) + 1))
    title = words.titles[document]
    heads, heads_at = _gaps(
        posting, position, np.minimum(title + HEAD, MOST_HEAD)[posting], len(word)
    )
    located, located_at = _gaps(posting, position, None, len(word))
    levels = _levels(words, posting, position, document)
    levels |= np.where(heads_at[1:] > heads_at[:-1], HEAD_FLAG, 0).astype(np.uint8)
    day = np.array([place.day for place in places], np.int64)[document]
    slot = np.array([place.slot for place in places], np.int64)[document]
    gaps = np.diff(day, prepend=0)
    starts = first[:-1][first[:-1] < len(word)]
    gaps[starts] = _first_day(day[starts])
    encoded_days, days_at = varints(gaps)
    encoded_slots, slots_at = varints(slot)
    encoded_frequency, frequency_at = varints(np.diff(first))
    return Postings(
        first,
        encoded_frequency.tobytes(),
        frequency_at,
        encoded_days.tobytes(),
        days_at,
        encoded_slots.tobytes(),
        slots_at,
        levels.tobytes(),
        heads,
        heads_at,
        located,
        located_at,
    )


def _first_day(days: Ints) -> Ints:
    """Return each list's first day as stored: 0 undated, else 1 + the zigzag distance to EPOCH."""
    distance = days - EPOCH
    zigzag = np.where(distance < 0, -2 * distance - 1, 2 * distance)
    return np.where(days == 0, 0, zigzag + 1)


def _levels(words: Words, posting: Ints, position: Ints, document: Ints) -> Bytes:
    """Return each impact, 0 to 15: log2 of weighted frequency over K of BM25, in halves."""
    title = words.titles[document][posting]
    weight = np.where(
        position < title, TITLE_WEIGHT, np.where(position < title + HEAD, LEAD_WEIGHT, 1.0)
    )
    weighted = np.bincount(posting, weights=weight, minlength=len(document))
    # Lengths by steps of a fifth, so that a word more does not touch every posting of the article.
    length = np.exp2(np.round(np.log2(np.maximum(words.lengths, 1)) * 4) / 4)[document]
    ratio = weighted / (K1 * (1 - B + B * length / USUAL_LENGTH))
    level = np.round((np.log2(ratio) - LEVEL_LOW) / LEVEL_STEP)
    return np.clip(level, 0, LEVELS - 1).astype(np.uint8)


def _gaps(posting: Ints, position: Ints, limit: Ints | None, postings: int) -> tuple[bytes, Ints]:
    """Return positions as varints of (gap, more follows), and where each posting's begin.

    The low bit is 1 if the posting has another position. Only positions under `limit` are kept.
    """
    if limit is not None:
        kept = position < limit
        posting, position = posting[kept], position[kept]
    same = np.zeros(len(posting), bool)
    same[1:] = posting[1:] == posting[:-1]
    gap = position.copy()
    gap[1:][same[1:]] -= position[:-1][same[1:]]
    more = np.zeros(len(posting), np.int64)
    more[:-1] = same[1:]
    encoded, at = varints(gap * 2 + more)
    first = np.searchsorted(posting, np.arange(postings + 1))
    return encoded.tobytes(), at[first]
