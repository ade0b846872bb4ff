"""How many files an archive's index is cut into, from the number of its articles alone."""

import math
from typing import NamedTuple

LARGE = 20_000  # articles
SMALL = 500  # articles
LEAST_COMPLETED = 2  # articles; in a small archive every word is completed


class Sizes(NamedTuple):
    """How many files of each kind there are; `least` articles make a word worth completing."""

    terms: int
    heavy: int
    documents: int
    positions: int
    completions: int
    facets: int
    least: int


def sizes_for(documents: int) -> Sizes:
    """Return the numbers of shards for so many articles: rungs of a ladder, so they seldom change.

    Beyond LARGE they grow more slowly than the archive, as the root must name them all.
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
    )


def _rung(wanted: float) -> int:
    """Return the least of 1, 2 … 16, 18 … 32, 36 … not below `wanted`: eight to a doubling."""
    step = 1
    while 16 * step < wanted:
        step *= 2
    return step * max(1, math.ceil(wanted / step)) if step > 1 else max(1, math.ceil(wanted))
