"""The words of an archive in shares, each to be indexed by itself, wherever that is done.

A share holds all words of some families, so that their stems and postings depend on nothing else
in the archive but the places and lengths of its articles.
"""

from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple
from zlib import crc32

import numpy as np

from warraq.search.analysis import family
from warraq.search.occurrences import Occurrences, joined_occurrences
from warraq.search.postings import Articles, Columns, encoded, postings_of
from warraq.search.shard_layout import ShardLayout
from warraq.search.term_shards import TermGroup, term_groups

SHARE = 250_000  # occurrences, about: .1 s of work, and some MB
MOST_SHARES = 256  # so that the parts of shares grow with the archive, not with its square


def share_count(words: int) -> int:
    """Return in how many shares an archive of so many occurrences is indexed."""
    return min(words // SHARE + 1, MOST_SHARES)


class Share(NamedTuple):
    """All occurrences of some words, numbered in order of `terms`, in parts as they were read.

    With each term stand its family and in how many articles it is.
    """

    terms: list[tuple[str, str, int]]
    parts: list[bytes]


class Shares:
    """Which share each term of an archive falls to, and its number there."""

    def __init__(self, count: int) -> None:
        """Know no term yet; there are `count` shares."""
        self.terms: list[list[tuple[str, str]]] = [[] for _ in range(count)]  # family, term
        self._share = np.zeros(0, np.uint8)
        self._number = np.zeros(0, np.int32)

    def add(self, terms: Iterable[str]) -> None:
        """Take in new terms of the archive, in order of their numbers there."""
        shares, numbers = [], []
        for term in terms:
            key = family(term)
            at = crc32(key.encode()) % len(self.terms)
            shares.append(at)
            numbers.append(len(self.terms[at]))
            self.terms[at].append((key, term))
        self._share = np.append(self._share, np.array(shares, np.uint8))
        self._number = np.append(self._number, np.array(numbers, np.int32))

    def parts_of(self, found: Occurrences) -> list[tuple[int, bytes]]:
        """Return (share, part) of occurrences that are numbered by the archive's terms."""
        share = self._share[found.word]
        order = np.argsort(share, kind="stable")
        bounds = np.searchsorted(share[order], np.arange(len(self.terms) + 1)).tolist()
        columns = (self._number[found.word], found.document, found.position)
        packed = [(column[order].tobytes(), column.itemsize) for column in columns]
        return [
            (at, b"".join(content[low * size : high * size] for content, size in packed))
            for at, (low, high) in enumerate(pairwise(bounds))
            if high > low
        ]


def _occurrences_in(part: bytes) -> Occurrences:
    number = len(part) // 10  # bytes of an occurrence
    return Occurrences(
        np.frombuffer(part, np.int32, number),
        np.frombuffer(part, np.int32, number, number * 4),
        np.frombuffer(part, np.uint16, number, number * 8),
    )


def groups_of_share(
    share: Share, articles: Articles, layout: ShardLayout
) -> list[tuple[TermGroup, Columns]]:
    """Return the term groups of a share, in order, with their postings."""
    counted: dict[str, dict[str, int]] = {}
    for key, term, times in share.terms:
        counted.setdefault(key, {})[term] = times
    terms = [term for _, term, _ in share.terms]
    occurrences = joined_occurrences(list(map(_occurrences_in, share.parts)))
    return groups_with_postings(terms, term_groups(counted, layout), occurrences, articles, layout)


def groups_with_postings(
    terms: Sequence[str],
    groups: Sequence[TermGroup],
    occurrences: Occurrences,
    articles: Articles,
    layout: ShardLayout,
) -> list[tuple[TermGroup, Columns]]:
    """Return `groups`, which hold all of `terms`, with their postings."""
    number = {term: at for at, term in enumerate(terms)}
    rank = np.zeros(len(terms), np.int32)
    rank[[number[word] for group in groups for word in group.words]] = np.arange(len(rank))
    ranked = occurrences._replace(word=rank[occurrences.word])
    bounds = list(accumulate((len(group.words) for group in groups), initial=0))
    columns = encoded(postings_of(ranked, articles, layout.usual_length), bounds)
    return list(zip(groups, columns, strict=True))
