"""What an index takes from its archive as a whole: how many files, and how long articles are.

Both are rungs of a ladder, so that they seldom change: when one does, all is made anew.
"""

import math
from typing import NamedTuple

LARGE = 20_000  # articles
SMALL = 500  # articles
LEAST_COMPLETED = 2  # articles; in a small archive every word is completed
USUAL_LENGTH = 300  # words of an article of news


class Sizes(NamedTuple):
    """How many files of each kind there are; `least` articles make a word worth completing.

    `usual` is about the length of an article, in words.
    """

    terms: int
    heavy: int
    documents: int
    positions: int
    completions: int
    facets: int
    least: int
    usual: float


def sizes_for(documents: int, words: int) -> Sizes:
    """Return the sizes of an archive of so many articles that have so many words together.

    Beyond LARGE the shards grow more slowly than the archive, as the root must name them all.
    """
    size = documents if documents <= LARGE else LARGE * (documents / LARGE) ** 0.75
    return Sizes(
        _rung(size / 16),
        _rung(size / 56),
        _rung(size / 18),
        _rung(size / 320),
        _rung(size / 320),
        _rung(size / 4000),
        1 if documents < SMALL else LEAST_COMPLETED,
        _usual_length(words / documents) if words else USUAL_LENGTH,
    )


def _usual_length(mean: float) -> float:
    """Return `mean` to the next doubling or halving of USUAL_LENGTH."""
    return USUAL_LENGTH * 2.0 ** round(math.log2(mean / USUAL_LENGTH))


def _rung(wanted: float) -> int:
    """Return the least of 1, 2 … 16, 18 … 32, 36 … not below `wanted`: eight to a doubling."""
    step = 1
    while 16 * step < wanted:
        step *= 2
    return step * max(1, math.ceil(wanted / step)) if step > 1 else max(1, math.ceil(wanted))
