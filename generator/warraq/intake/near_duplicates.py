"""Near duplicates: which texts repeat which, by the five-word shingles they share.

Two texts are near duplicates by the share of *both* that they have in common: a brief within a long
report is no copy of it, nor the report one of the brief. Where similar texts differ, numbers at the
same place speak against a copy: bulletins of two days are one form filled in twice. What is unclear
is left to an editor.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import chain
from typing import NamedTuple
from zlib import crc32

import msgspec

from warraq.base.days import EGYPTIAN, LEVANTINE, MAGHREBI, WEEKDAYS
from warraq.base.problems import Problem, warning
from warraq.intake.text.folding import stem, words


class DuplicateThresholds(msgspec.Struct, frozen=True):
    """The numbers that decide, chosen on tests/cases/copies.yaml and held against copies-held.yaml.

    A share is a fraction from 0 to 1. `min_` is the least that counts, `max_` the most.
    """

    shingle_words: int = 5
    min_share: float = 0.5  # of the longer text, from which one may be a copy of the other
    sure_share: float = 0.75  # from which it is one, unless something speaks against it
    min_shingles: int = 20  # a shorter text is too short to be called a copy
    sketch_rate: int = 8  # one shingle in so many is looked up; 200 words leave some 25
    max_gap_words: int = 8  # what differs in a longer stretch is a text of its own
    words_per_edit: int = 50  # among which one may be changed, and the text still be a copy
    same_word_ratio: float = 0.8  # of two spellings of one word (difflib)


DUPLICATES = DuplicateThresholds()

Words = list[str]
Pair = tuple[Words, Words]


class Copy(NamedTuple):
    """The earlier article that a text repeats, and the share of the longer one in common.

    `sure`: nothing speaks against it; else an editor decides. `elsewhere`: another outlet
    published the earlier one, so that both printed the same text and none is a copy.
    """

    original: str
    share: float
    sure: bool = True
    elsewhere: bool = False


def duplicate_warning(copy: Copy, *, seed: str, original: str) -> Problem:
    """Return the warning about a duplicate of the article at the path `original`."""
    as_one = "seed-print" if copy.elsewhere else "seed-copy"
    code = as_one if copy.sure else "seed-alike"
    return warning(code, seed, share=round(copy.share * 100), original=original)


def shingles(body: str) -> frozenset[int]:
    """Return the hashes of all shingles of `body`: runs of five folded words."""
    return frozenset(_shingles(_words(body)))


def sketch(body: str) -> tuple[int, ...]:
    """Return the shingles of `body` by which it is looked up, one in `sketch_rate`, sorted."""
    return tuple(
        sorted(
            {
                shingle
                for shingle in _shingles(_words(body))
                if shingle % DUPLICATES.sketch_rate == 0
            }
        )
    )


def overlap_share(one: frozenset[int], other: frozenset[int]) -> float:
    """Return the share, 0 to 1, of the larger set that the other contains.

    >>> overlap_share(frozenset({1, 2}), frozenset({2, 3, 4, 5}))
    0.25
    """
    larger = max(len(one), len(other))
    return len(one & other) / larger if larger else 0.0


def is_separate_text(one: str, other: str) -> bool | None:
    """Whether a text similar to another is separate: True, False (a copy), None (perhaps).

    It is if half of the numbers, or a day and a number, differ at the same place.
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
    return (
        None
        if differing or slots * DUPLICATES.words_per_edit > min(len(first), len(second))
        else False
    )


def _words(body: str) -> Words:
    # paragraphs are folded already
    return list(chain.from_iterable(map(words, body.split("\n\n"))))


def _shingles(listed: Words) -> Iterator[int]:
    numbers = list(map(crc32, " ".join(listed).encode().split(b" ")))
    # Unlike those of strings, Python's hashes of numbers are the same in every process.
    return map(hash, zip(*(numbers[i:] for i in range(DUPLICATES.shingle_words)), strict=False))


def _gaps(one: Words, other: Words) -> Iterator[Pair]:
    """Yield the words of both texts between the shingles that they share, in order."""
    first = second = 0
    for at, there in [*_common(one, other), (len(one), len(other))]:
        if at > first or there > second:
            yield one[first:at], other[second:there]
        first, second = (
            max(first, at + DUPLICATES.shingle_words),
            max(second, there + DUPLICATES.shingle_words),
        )


def _common(one: Words, other: Words) -> list[tuple[int, int]]:
    """Return (start, start) of shingles unique in both texts: the longest sequence in order."""
    here, there = (list(_shingles(listed)) for listed in (one, other))
    met, places = Counter(here), {run: at for at, run in enumerate(there)}
    once = Counter(there)
    pairs = [(at, places[run]) for at, run in enumerate(here) if met[run] == once[run] == 1]
    ends: list[int] = []  # by length of the sequences so far: where each ends in `other`
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
    """Return the numbers that only one side of a gap has; none if a side is a text of its own."""
    if max(map(len, gap)) > DUPLICATES.max_gap_words and not _is_form(gap):
        return [], []
    one, other = (Counter(_numbers(side)) for side in gap)
    return list((one - other).elements()), list((other - one).elements())


def _is_form(gap: Pair) -> bool:
    """Whether both sides have the same words except for numbers, or most of them."""
    one, other = (Counter(side) - Counter(_numbers(side)) for side in gap)
    larger = max(one.total(), other.total())
    return 2 * (one & other).total() > larger


def _is_slot(gap: Pair) -> bool:
    """Whether a few words replace a few others."""
    if not all(gap) or max(map(len, gap)) > DUPLICATES.max_gap_words:
        return False
    return (
        SequenceMatcher(None, " ".join(gap[0]), " ".join(gap[1])).ratio()
        < DUPLICATES.same_word_ratio
    )


def _numbers(listed: Words) -> Words:
    return [word for word in listed if word.isdecimal() or _is_day(word)]


def _is_day(word: str) -> bool:
    return stem(word) in _DAYS


# «الثاني» (second), as in «كانون الثاني» (January), is an ordinal elsewhere; it counts as well.
_DAYS = frozenset(
    stem(word) for name in (*WEEKDAYS, *LEVANTINE, *EGYPTIAN, *MAGHREBI) for word in words(name)
)
