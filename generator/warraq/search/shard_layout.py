"""What an index takes from its archive as a whole: the number of files and the usual length.

Both are rungs of a ladder, so that they seldom change: when one does, the index is rebuilt.
"""

import math
from typing import NamedTuple

LARGE = 20_000  # articles
NAMED_SINGLY = 2_000  # articles; in a larger archive document blocks are named in runs
SMALL = 500  # articles
LEAST_COMPLETED = 2  # articles; in a small archive every word is completed
USUAL_LENGTH = 300  # words of an article of news
RUN = 8  # blocks; divides every rung beyond 64


class ShardLayout(NamedTuple):
    """How many files of each kind there are, and what else depends on the archive's size.

    A word in `least_completed` articles is offered as a completion. `usual_length` is about the
    length of an article, in words. `run` document blocks share a name.
    """

    terms: int
    heavy: int
    documents: int
    positions: int
    completions: int
    facets: int
    least_completed: int
    usual_length: float
    run: int

    def run_length(self, kind: str) -> int:
        """Return how many successive files of a kind share a name."""
        return self.run if kind == "d" else 1


def layout_for(documents: int, words: int) -> ShardLayout:
    """Return the layout for the given article and word totals.

    The root names every shard. So beyond LARGE the shards grow more slowly than the archive, but
    for heavy ones, of which there are as many as groups for them. An answer reads a document block
    for each result, so blocks beyond NAMED_SINGLY are smaller, and share names.
    """
    large, in_runs = documents > LARGE, documents > NAMED_SINGLY
    size = LARGE * (documents / LARGE) ** 0.65 if large else documents
    return ShardLayout(
        _rung(size / 16),
        _rung(documents / (28 if large else 56)),
        _rung(documents / (8 if in_runs else 18)),
        _rung(size / 320),
        _rung(size / 320),
        _rung(size / 4000),
        1 if documents < SMALL else LEAST_COMPLETED,
        _usual_length(words / documents) if words else USUAL_LENGTH,
        RUN if in_runs else 1,
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
