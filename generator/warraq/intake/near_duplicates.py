"""Which texts repeat which: duplicates and agency copies, by runs of five words in common.

Two texts are alike by the share of *both* that they have in common: a brief in a long report is
no copy of it, nor the report one of the brief. Where texts that are alike differ, what stands at
the same place speaks against a copy: bulletins of two days are one form filled in with other
numbers. What is not plain is left to an editor.

The numbers below were chosen on tests/cases/copies.yaml and held against copies-held.yaml.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import chain
from typing import NamedTuple
from zlib import crc32

from warraq.base.days import EGYPTIAN, LEVANTINE, MAGHREBI, WEEKDAYS
from warraq.base.problems import Problem, warning
from warraq.intake.text.folding import stem, words

RUN = 5  # words
LEAST = 0.5  # share of the longer text from which one may be a copy of the other
SURE = 0.75  # share from which it is one, unless something speaks against it
FEW = 20  # runs; a shorter text is too short to be called a copy
SAMPLE = 8  # one run in so many is kept for looking up; a text of 200 words leaves some 25
SLOT = 8  # words; what differs in a longer stretch is text of one's own
EDITED = 50  # words; in so many one may be another and the text still a copy
ALIKE = 0.8  # ratio of two words that are one, spelt otherwise

Words = list[str]
Pair = tuple[Words, Words]


class Copy(NamedTuple):
    """The earlier article that a text repeats, and how much of the longer one is in common.

    `sure`: nothing speaks against it; else an editor decides. `elsewhere`: another outlet
    published the earlier one, so that this is a print of the same text and no copy of a report.
    """

    original: str
    share: float
    sure: bool = True
    elsewhere: bool = False


def duplicate_warning(copy: Copy, *, seed: str, original: str) -> Problem:
    """Return the word on a copy for the report: `original` is the path of the earlier article."""
    as_one = "seed-print" if copy.elsewhere else "seed-copy"
    code = as_one if copy.sure else "seed-alike"
    return warning(code, seed, share=round(copy.share * 100), original=original)


def shingles(body: str) -> frozenset[int]:
    """Return the hashes of all runs of five folded words in `body`."""
    return frozenset(_runs(_words(body)))


def sketch(body: str) -> tuple[int, ...]:
    """Return those of the `runs` of `body` by which it is looked up, one in SAMPLE, sorted."""
    return tuple(sorted({run for run in _runs(_words(body)) if run % SAMPLE == 0}))


def overlap_share(one: frozenset[int], other: frozenset[int]) -> float:
    """Return the share, 0 to 1, of the larger set that stands in the other.

    >>> overlap_share(frozenset({1, 2}), frozenset({2, 3, 4, 5}))
    0.25
    """
    larger = max(len(one), len(other))
    return len(one & other) / larger if larger else 0.0


def is_separate_text(one: str, other: str) -> bool | None:
    """Tell whether a text much like another is one of its own: True, False (a copy), None: perhaps.

    True where half of the numbers, or a day and a number, are others at the same place.
    """
    first, second = _words(one), _words(other)
    gaps = list(_gaps(first, second))
    others = [pair for pair in map(_facing, gaps) if all(pair)]
    differing = sum(min(len(one), len(other)) for one, other in others)
    days = any(any(map(_is_day, one)) and any(map(_is_day, other)) for one, other in others)
    same = len(_numbers(first)) - sum(len(_numbers(one)) for one, _ in gaps)
    if differing > 1 and (days or differing >= same):
        return True
    slots = sum(_is_slot(gap) for gap in gaps)
    return None if differing or slots * EDITED > min(len(first), len(second)) else False


def _words(body: str) -> Words:
    # paragraphs are folded already
    return list(chain.from_iterable(map(words, body.split("\n\n"))))


def _runs(told: Words) -> Iterator[int]:
    numbers = list(map(crc32, " ".join(told).encode().split(b" ")))
    # What Python makes of numbers, unlike of strings, is the same in every process.
    return map(hash, zip(*(numbers[i:] for i in range(RUN)), strict=False))


def _gaps(one: Words, other: Words) -> Iterator[Pair]:
    """Yield what stands on either side between the runs that both texts have, in their order."""
    first = second = 0
    for at, there in [*_common(one, other), (len(one), len(other))]:
        if at > first or there > second:
            yield one[first:at], other[second:there]
        first, second = max(first, at + RUN), max(second, there + RUN)


def _common(one: Words, other: Words) -> list[tuple[int, int]]:
    """Return where runs that either text has but once begin in both: the most that are in order."""
    here, there = (list(_runs(told)) for told in (one, other))
    met, places = Counter(here), {run: at for at, run in enumerate(there)}
    once = Counter(there)
    pairs = [(at, places[run]) for at, run in enumerate(here) if met[run] == once[run] == 1]
    ends: list[int] = []  # of the rows found so far, by length: where each ends in `other`
    chosen: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        before.append(chosen[length - 1] if length else -1)
        ends[length : length + 1], chosen[length : length + 1] = [place], [number]
    found, number = [], chosen[-1] if chosen else -1
    while number >= 0:
        found.append(pairs[number])
        number = before[number]
    return found[::-1]


def _facing(gap: Pair) -> Pair:
    """Return the numbers that only one side of a gap has; none where it is text of one's own."""
    if max(map(len, gap)) > SLOT and not _is_form(gap):
        return [], []
    one, other = (Counter(_numbers(side)) for side in gap)
    return list((one - other).elements()), list((other - one).elements())


def _is_form(gap: Pair) -> bool:
    """Tell whether both sides have the same words but for their numbers, or most of them."""
    one, other = (Counter(w for w in side if w not in {*_numbers(side)}) for side in gap)
    larger = max(one.total(), other.total())
    return 2 * (one & other).total() > larger


def _is_slot(gap: Pair) -> bool:
    """Tell whether a few words stand in the place of a few others."""
    if not all(gap) or max(map(len, gap)) > SLOT:
        return False
    return SequenceMatcher(None, " ".join(gap[0]), " ".join(gap[1])).ratio() < ALIKE


def _numbers(told: Words) -> Words:
    return [word for word in told if word.isdecimal() or _is_day(word)]


def _is_day(word: str) -> bool:
    return stem(word) in _DAYS


# The «الثاني» of «كانون الثاني» is an ordinal elsewhere: it tells apart as well.
_DAYS = frozenset(
    stem(word) for name in (*WEEKDAYS, *LEVANTINE, *EGYPTIAN, *MAGHREBI) for word in words(name)
)
