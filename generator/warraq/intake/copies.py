"""Which texts repeat which: duplicates and agency copies, by runs of five words in common.

*Containment* is the share of the shorter text's five-word runs that stand in the longer one; a
headline and a sentence of one's own around an agency's text leave it high.
"""

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple
from zlib import crc32

from warraq.base.problems import Problem, warning
from warraq.intake.folding import words

RUN = 5  # words
LEAST = 0.5  # containment from which one text is a copy of the other
FEW = 20  # runs; a shorter text is too short to be called a copy
SAMPLE = 8  # one run in so many is kept for looking up; a text of 200 words leaves some 25


class Copy(NamedTuple):
    """The earlier article that a text repeats, and how much of the shorter one is in common."""

    original: str
    share: float


def told(copy: Copy, *, seed: str, original: str) -> Problem:
    """Return the word on a copy for the report: `original` is the path of the earlier article."""
    return warning("seed-copy", seed, share=round(copy.share * 100), original=original)


def runs(body: str) -> frozenset[int]:
    """Return the hashes of all runs of five folded words in `body`."""
    return frozenset(_runs(body))


def sample(body: str) -> tuple[int, ...]:
    """Return those of the `runs` of `body` by which it is looked up, one in SAMPLE, sorted."""
    return tuple(sorted({run for run in _runs(body) if run % SAMPLE == 0}))


def _runs(body: str) -> Iterator[int]:
    told = chain.from_iterable(map(words, body.split("\n\n")))  # paragraphs are folded already
    numbers = list(map(crc32, " ".join(told).encode().split(b" ")))
    # What Python makes of numbers, unlike of strings, is the same in every process.
    return map(hash, zip(*(numbers[i:] for i in range(RUN)), strict=False))


def containment(one: frozenset[int], other: frozenset[int]) -> float:
    """Return the share, 0 to 1, of the smaller set that stands in the other.

    >>> containment(frozenset({1, 2}), frozenset({2, 3, 4}))
    0.5
    """
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0
