"""Postings: for each word its articles, its impact in them, and its positions.

Takes occurrences; returns columns of bytes (docs/search-format.md), and reads columns back, so that
a change is applied to the words it concerns and the rest stays as bytes.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from warraq.search.codec import Bytes, Ints, read_varints, varints
from warraq.search.doc_ids import DocId
from warraq.search.occurrences import Int32s, Occurrences

HEAD = 50  # positions after the title that count as the lead
MOST_HEAD = 127  # a position in the head fits seven bits
TITLE_WEIGHT, LEAD_WEIGHT = 4.0, 2.0
K1, B = 2.0, 0.6  # BM25's
# impact: log2 of weighted frequency over K, in halves
IMPACTS, IMPACT_STEP, LOWEST_IMPACT = 16, 0.5, -3.0
TITLE_FLAG = 0x40  # the word stands in the title
HEAD_FLAG = 0x80  # the posting has an entry in heads
EPOCH = 2020 * 416  # day numbers count from here, so that those of our years are short


class Articles(NamedTuple):
    """The articles of an index by number: document ids, and how many positions all and titles."""

    day: Int32s
    slot: Int32s
    lengths: Int32s
    titles: Int32s


def articles_at(doc_ids: Sequence[DocId], lengths: Int32s, titles: Int32s) -> Articles:
    """Return articles with these document ids."""
    day = np.array([doc_id.day for doc_id in doc_ids], np.int32)
    slot = np.array([doc_id.slot for doc_id in doc_ids], np.int32)
    return Articles(day, slot, lengths, titles)


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
    impact: Bytes
    heads: Ragged
    positions: Ragged

    def taken(self, order: Ints) -> "Postings":
        """Return these postings in another order, or some of them."""
        return Postings(
            self.word[order],
            self.day[order],
            self.slot[order],
            self.impact[order],
            self.heads.taken(order),
            self.positions.taken(order),
        )


class Columns(NamedTuple):
    """The encoded postings of some words: five columns of a term shard, and the positions."""

    frequency: bytes
    days: bytes
    slots: bytes
    impacts: bytes
    heads: bytes
    positions: bytes


def postings_of(occurrences: Occurrences, articles: Articles, usual_length: float) -> Postings:
    """Return the postings of `occurrences`, whose words are numbered in the order of the result.

    `usual_length` is that of an average article.
    """
    order = np.lexsort((articles.slot, articles.day))
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    key = occurrences.word.astype(np.int64) << 40
    key |= rank[occurrences.document] << 16
    key |= occurrences.position
    key.sort()
    position = (key & 0xFFFF).astype(np.int32)
    key >>= 16
    begins = np.ones(len(key), bool)
    begins[1:] = key[1:] != key[:-1]
    posting = np.cumsum(begins, dtype=np.int32) - 1
    key = key[begins]
    document = order[key & 0xFFFFFF]
    title = articles.titles[document]
    heads = _gaps(posting, position, np.minimum(title + HEAD, MOST_HEAD)[posting], len(key))
    impact = _impacts(articles, posting, position, document, usual_length=usual_length)
    impact[position[begins] < title] |= TITLE_FLAG
    impact[np.diff(heads.at) > 0] |= HEAD_FLAG
    positions = _gaps(posting, position, None, len(key))
    day = articles.day[document].astype(np.int64)
    slot = articles.slot[document].astype(np.int64)
    return Postings(key >> 24, day, slot, impact, heads, positions)


def encoded(postings: Postings, words: Sequence[int]) -> list[Columns]:
    """Return columns for each slice of the postings: `words` are where slices begin, and the end.

    Words are numbered from 0 without gaps.
    """
    first = bounds_of(np.bincount(postings.word, minlength=words[-1]))
    starts = first[:-1][np.diff(first) > 0]
    gaps = np.diff(postings.day, prepend=0)
    gaps[starts] = _first_day(postings.day[starts])
    columns = []
    for values, by_word in ((np.diff(first), True), (gaps, False), (postings.slot, False)):
        content, at = varints(values)
        columns.append(_slices(content, at, words if by_word else first[list(words)]))
    bounds = first[list(words)]
    columns.append(_slices(postings.impact, np.arange(len(postings.impact) + 1), bounds))
    columns += [_slices(*ragged, bounds) for ragged in (postings.heads, postings.positions)]
    return [Columns(*slices) for slices in zip(*columns, strict=True)]


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
    impact = np.frombuffer(joined.impacts, np.uint8)
    positions = _split(joined.positions)
    heads = _split(joined.heads)
    lengths = np.zeros(len(impact), np.int64)
    lengths[impact >= HEAD_FLAG] = np.diff(heads.at)
    return Postings(word, day, slot, impact, Ragged(heads.content, bounds_of(lengths)), positions)


def joined(several: Sequence[Postings]) -> Postings:
    """Return all postings of `several`, one after another, in no order."""
    return Postings(
        np.concatenate([some.word for some in several]),
        np.concatenate([some.day for some in several]),
        np.concatenate([some.slot for some in several]),
        np.concatenate([some.impact for some in several]),
        _chained([some.heads for some in several]),
        _chained([some.positions for some in several]),
    )


def _chained(several: Sequence[Ragged]) -> Ragged:
    lengths = np.concatenate([np.diff(some.at) for some in several])
    return Ragged(np.concatenate([some.content for some in several]), bounds_of(lengths))


def _slices(content: Bytes, at: Ints, bounds: Iterable[int]) -> list[bytes]:
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


def _impacts(
    articles: Articles, posting: Ints, position: Ints, document: Ints, *, usual_length: float
) -> Bytes:
    """Return each impact, 0 to 15: log2 of weighted frequency over K of BM25, in halves."""
    title = articles.titles[document][posting]
    weight = np.where(
        position < title, TITLE_WEIGHT, np.where(position < title + HEAD, LEAD_WEIGHT, 1.0)
    )
    weighted = np.bincount(posting, weights=weight, minlength=len(document))
    # Lengths by steps of a fifth, so that a word more does not touch every posting of the article.
    length = np.exp2(np.round(np.log2(np.maximum(articles.lengths, 1)) * 4) / 4)[document]
    ratio = weighted / (K1 * (1 - B + B * length / usual_length))
    impact = np.round((np.log2(ratio) - LOWEST_IMPACT) / IMPACT_STEP)
    return np.clip(impact, 0, IMPACTS - 1).astype(np.uint8)


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
    return Ragged(content, at[bounds_of(np.bincount(posting, minlength=postings))])


def _split(content: bytes) -> Ragged:
    """Return the strings that `_gaps` wrote: each ends with a number whose low bit is 0."""
    values, starts = read_varints(content)
    ends = starts[1:][values & 1 == 0]
    return Ragged(np.frombuffer(content, np.uint8), np.concatenate([[0], ends]).astype(np.int64))


_NOTHING = Columns(b"", b"", b"", b"", b"", b"")
