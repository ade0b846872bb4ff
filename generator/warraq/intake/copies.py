"""Which texts repeat which: duplicates and agency copies, by runs of five words in common.

*Containment* is the share of the shorter text's five-word runs that stand in the longer one; a
headline and a sentence of one's own around an agency's text leave it high.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple
from zlib import crc32

from warraq.base.problems import Problem, warning
from warraq.intake.folding import words

RUN = 5  # words
LEAST = 0.5  # containment from which one text is a copy of the other
SAMPLE = 8  # one run in so many is kept for looking up; a text of 200 words leaves some 25
MOST = 5  # articles that are looked at closely for one text
FEW = 20  # runs; a shorter text is too short to be called a copy


class Copy(NamedTuple):
    """The earlier article that a text repeats, and how much of the shorter one is in common."""

    original: str
    share: float


def told(copy: Copy, *, seed: str, original: str) -> Problem:
    """Return the word on a copy for the report: `original` is the path of the earlier article."""
    return warning("seed-copy", seed, share=round(copy.share * 100), original=original)


class Copies:
    """The texts seen so far, as samples of their runs; whole bodies are asked for when needed."""

    def __init__(self, body_of: Callable[[str], str]) -> None:
        """`body_of` returns the body of an article that was added, by its id."""
        self._body_of = body_of
        self._with_run: dict[int, list[str]] = {}

    def add(self, article_id: str, own: frozenset[int]) -> None:
        """Remember the text of an article by its `runs`."""
        for run in _sampled(own):
            self._with_run.setdefault(run, []).append(article_id)

    def find(self, own: frozenset[int]) -> Copy | None:
        """Return the added article that a text with the `runs` own repeats most, or None.

        It may as well be the longer text of which that article is a part.
        """
        if len(own) < FEW:
            return None
        sampled = _sampled(own)
        met = Counter(i for run in sampled for i in dict.fromkeys(self._with_run.get(run, ())))
        best: Copy | None = None
        # A true copy shares about half the samples; a fifth leaves room for chance.
        for other, count in met.most_common(MOST):
            if count >= max(2, 0.2 * min(len(sampled), FEW)):
                share = containment(own, runs(self._body_of(other)))
                if share >= LEAST and (best is None or share > best.share):
                    best = Copy(other, share)
        return best


def runs(body: str) -> frozenset[int]:
    """Return the hashes of all runs of five folded words in `body`."""
    listed = words(body)
    return frozenset(
        crc32(" ".join(listed[i : i + RUN]).encode()) for i in range(len(listed) - RUN + 1)
    )


def containment(one: frozenset[int], other: frozenset[int]) -> float:
    """Return the share, 0 to 1, of the smaller set that stands in the other.

    >>> containment(frozenset({1, 2}), frozenset({2, 3, 4}))
    0.5
    """
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def _sampled(every: Iterable[int]) -> list[int]:
    return sorted(run for run in every if run % SAMPLE == 0)
