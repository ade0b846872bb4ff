"""Postings: for each word its articles, how much it means there, and where it stands.

Takes occurrences; gives columns of bytes (docs/search-format.md), and reads columns back, so that
a change is made where it belongs and the rest stays as it is.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from warraq.search.codec import Bytes, Ints, read_varints, varints
from warraq.search.doc_ids import DocId
from warraq.search.occurrences import Occurrences, Vocabulary

HEAD = 50  # positions after the title that count as the lead
MOST_HEAD = 127  # a position in the head fits seven bits
TITLE_WEIGHT, LEAD_WEIGHT = 3.0, 1.5
K1, B = 1.2, 0.6  # BM25's
# impact: log2 of weighted frequency over K, in halves
LEVELS, LEVEL_STEP, LEVEL_LOW = 16, 0.5, -3.0
HEAD_FLAG = 0x80
EPOCH = 2020 * 416  # day numbers count from here, so that those of our years are short


class Ragged(NamedTuple):
    """Byte strings one after another; `at` has where each begins, and the end."""

    content: Bytes
    at: Ints

    def taken(self, order: Ints) -> "Ragged":
        """Return the strings in another order, or some of them."""
        lengths = np.diff(self.at)[order]
        at = bounds_of(lengths)
        index = np.repeat(self.at[order] - at[:-1], lengths) + np.arange(at[-1])
        return Ragged(self.content[index], at)


class Postings(NamedTuple):
    """One entry per (word, article), ordered by word, then day, then slot."""

    word: Ints
    day: Ints
    slot: Ints
    level: Bytes
    heads: Ragged
    located: Ragged

    def taken(self, order: Ints) -> "Postings":
        """Return these postings in another order, or some of them."""
        return Postings(
            self.word[order],
            self.day[order],
            self.slot[order],
            self.level[order],
            self.heads.taken(order),
            self.located.taken(order),
        )


class Columns(NamedTuple):
    """The encoded postings of some words: five columns of a term shard, and the positions."""

    frequency: bytes
    days: bytes
    slots: bytes
    levels: bytes
    heads: bytes
    located: bytes


def postings_of(
    words: Vocabulary, met: Occurrences, places: Sequence[DocId], usual: float
) -> Postings:
    """Return the postings of `met`, whose words are numbered as they shall be ordered.

    `places` are those of the articles, by number; `usual` is the length of a usual one.
    """
    day = np.array([place.day for place in places], np.int64)
    slot = np.array([place.slot for place in places], np.int64)
    order = np.lexsort((slot, day))
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    key = met.word.astype(np.int64) << 40
    key |= rank[met.document] << 16
    key |= met.position
    key.sort()
    position = (key & 0xFFFF).astype(np.int32)
    key >>= 16
    begins = np.ones(len(key), bool)
    begins[1:] = key[1:] != key[:-1]
    posting = np.cumsum(begins, dtype=np.int32) - 1
    key = key[begins]
    document = order[key & 0xFFFFFF]
    title = words.titles[document]
    heads = _gaps(posting, position, np.minimum(title + HEAD, MOST_HEAD)[posting], len(key))
    level = _levels(words, posting, position, document, usual=usual)
    level |= np.where(np.diff(heads.at) > 0, HEAD_FLAG, 0).astype(np.uint8)
    located = _gaps(posting, position, None, len(key))
    return Postings(key >> 24, day[document], slot[document], level, heads, located)


def encoded(postings: Postings, words: Sequence[int]) -> list[Columns]:
    """Return columns for each part of the postings: `words` are where the parts begin, and the end.

    Vocabulary are numbered from 0 without gaps.
    """
    first = np.searchsorted(postings.word, np.arange(words[-1] + 1))
    starts = first[:-1][np.diff(first) > 0]
    gaps = np.diff(postings.day, prepend=0)
    gaps[starts] = _first_day(postings.day[starts])
    columns = []
    for values, by_word in ((np.diff(first), True), (gaps, False), (postings.slot, False)):
        content, at = varints(values)
        columns.append(_parts(content, at, words if by_word else first[list(words)]))
    bounds = first[list(words)]
    columns.append(_parts(postings.level, np.arange(len(postings.level) + 1), bounds))
    columns += [_parts(*ragged, bounds) for ragged in (postings.heads, postings.located)]
    return [Columns(*parts) for parts in zip(*columns, strict=True)]


def decoded(columns: Sequence[Columns]) -> Postings:
    """Return the postings in `columns`, words numbered in their order from 0."""
    joined = Columns(*map(b"".join, zip(*columns, strict=True))) if columns else _NOTHING
    times, _ = read_varints(joined.frequency)
    first = bounds_of(times)[:-1]
    word = np.repeat(np.arange(len(times)), times)
    day, _ = read_varints(joined.days)
    begin = _day_of_first(day[first])
    day[first] = begin
    day = np.cumsum(day)
    day -= (day[first] - begin)[word]
    slot, _ = read_varints(joined.slots)
    level = np.frombuffer(joined.levels, np.uint8)
    located = _split(joined.located)
    heads = _split(joined.heads)
    lengths = np.zeros(len(level), np.int64)
    lengths[level >= HEAD_FLAG] = np.diff(heads.at)
    return Postings(word, day, slot, level, Ragged(heads.content, bounds_of(lengths)), located)


def joined(several: Sequence[Postings]) -> Postings:
    """Return all postings of `several`, one after another, in no order."""
    return Postings(
        np.concatenate([some.word for some in several]),
        np.concatenate([some.day for some in several]),
        np.concatenate([some.slot for some in several]),
        np.concatenate([some.level for some in several]),
        _chained([some.heads for some in several]),
        _chained([some.located for some in several]),
    )


def _chained(several: Sequence[Ragged]) -> Ragged:
    lengths = np.concatenate([np.diff(some.at) for some in several])
    return Ragged(np.concatenate([some.content for some in several]), bounds_of(lengths))


def _parts(content: Bytes, at: Ints, bounds: Iterable[int]) -> list[bytes]:
    packed = content.tobytes()
    return [packed[low:high] for low, high in pairwise(at[list(bounds)].tolist())]


def bounds_of(lengths: Ints) -> Ints:
    """Return where strings of these lengths begin, and where the last ends."""
    bounds = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=bounds[1:])
    return bounds


def _first_day(days: Ints) -> Ints:
    """Return each list's first day as stored: 0 undated, else 1 + the zigzag distance to EPOCH."""
    distance = days - EPOCH
    zigzag = np.where(distance < 0, -2 * distance - 1, 2 * distance)
    return np.where(days == 0, 0, zigzag + 1)


def _day_of_first(stored: Ints) -> Ints:
    distance = stored - 1
    return np.where(
        stored == 0, 0, EPOCH + np.where(distance & 1, -(distance + 1) // 2, distance // 2)
    )


def _levels(
    words: Vocabulary, posting: Ints, position: Ints, document: Ints, *, usual: float
) -> Bytes:
    """Return each impact, 0 to 15: log2 of weighted frequency over K of BM25, in halves."""
    title = words.titles[document][posting]
    weight = np.where(
        position < title, TITLE_WEIGHT, np.where(position < title + HEAD, LEAD_WEIGHT, 1.0)
    )
    weighted = np.bincount(posting, weights=weight, minlength=len(document))
    # Lengths by steps of a fifth, so that a word more does not touch every posting of the article.
    length = np.exp2(np.round(np.log2(np.maximum(words.lengths, 1)) * 4) / 4)[document]
    ratio = weighted / (K1 * (1 - B + B * length / usual))
    level = np.round((np.log2(ratio) - LEVEL_LOW) / LEVEL_STEP)
    return np.clip(level, 0, LEVELS - 1).astype(np.uint8)


def _gaps(posting: Ints, position: Ints, limit: Ints | None, postings: int) -> Ragged:
    """Return positions as varints of (gap, more follows), a string for each posting.

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
    content, at = varints(gap * 2 + more)
    return Ragged(content, at[np.searchsorted(posting, np.arange(postings + 1))])


def _split(content: bytes) -> Ragged:
    """Return the strings that `_gaps` wrote: each ends with a number whose low bit is 0."""
    values, starts = read_varints(content)
    ends = starts[1:][values & 1 == 0]
    return Ragged(np.frombuffer(content, np.uint8), np.concatenate([[0], ends]).astype(np.int64))


_NOTHING = Columns(b"", b"", b"", b"", b"", b"")
