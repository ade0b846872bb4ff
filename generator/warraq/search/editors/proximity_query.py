"""Queries that Whoosh lacks: many forms of a word as one, many words of which all are rewarded.

And answers that are raised by what they need not match.

Whoosh's own Or holds a matcher for each form in a tree, which is slow for the forty forms of an
Arabic word, and counts forms instead of words where it rewards articles that have all.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from whoosh.matching import ListMatcher, Matcher, NullMatcher
from whoosh.query import Query
from whoosh.reading import IndexReader
from whoosh.searching import SearchContext, Searcher


class ProximityQuery(Query):  # type: ignore[misc] # Whoosh is untyped
    """Matches what any of `parts` matches; the score is the sum, less what is missing.

    With `share` 0 that is all; with 0.9 an article that matches one part of two keeps 55 % of its
    score, one that matches both keeps all.
    """

    def __init__(self, parts: Sequence[Query], *, share: float = 0.0, boost: float = 1.0) -> None:
        """Take `parts`; nested parts without a share of their own are taken out of their group."""
        self.parts = tuple(_flat(parts)) if not share else tuple(parts)
        self.share = share
        self.boost = boost

    def is_leaf(self) -> bool:
        """Whether there are no children to visit: no."""
        return False

    def children(self) -> Iterable[Query]:
        """Return the parts."""
        return self.parts

    def apply(self, fn: Callable[[Query], Query]) -> Query:
        """Return the same over changed parts."""
        return ProximityQuery([fn(part) for part in self.parts], share=self.share, boost=self.boost)

    def estimate_size(self, reader: IndexReader) -> int:
        """Return at least the number of matches."""
        return int(min(sum(part.estimate_size(reader) for part in self.parts), reader.doc_count()))

    def estimate_min_size(self, reader: IndexReader) -> int:
        """Return at most the number of matches."""
        return int(max((part.estimate_min_size(reader) for part in self.parts), default=0))

    def matcher(self, searcher: Searcher, context: SearchContext | None = None) -> Matcher:
        """Return the matches, all found and scored at once."""
        scored = context is None or context.weighting is not None
        scores: dict[int, float] = {}
        parts: Counter[int] = Counter()
        for part in self.parts:
            found = part.matcher(searcher, context)
            while found.is_active():
                number = found.id()
                scores[number] = scores.get(number, 0.0) + (found.score() if scored else 1.0)
                parts[number] += 1
                found.next()
        if not scores:
            return NullMatcher()
        numbers = sorted(scores)
        most = len(self.parts)
        weights = [
            self.boost * scores[n] * (1 - self.share * (1 - parts[n] / most)) for n in numbers
        ]
        return ListMatcher(numbers, weights)


class RaisedQuery(Query):  # type: ignore[misc] # Whoosh is untyped
    """Matches what `asked` matches; each of `raising` that an article matches raises its score."""

    def __init__(self, asked: Query, raising: Sequence[Query], *, by: float) -> None:
        """Take the queries; `by` is a factor."""
        self.asked = asked
        self.raising = tuple(raising)
        self.by = by

    def is_leaf(self) -> bool:
        """Whether there are no children to visit: no."""
        return False

    def children(self) -> Iterable[Query]:
        """Return all queries."""
        return (self.asked, *self.raising)

    def matcher(self, searcher: Searcher, context: SearchContext | None = None) -> Matcher:
        """Return the matches of `asked`, all found and scored at once."""
        scored = context is None or context.weighting is not None
        raising = [set(one.docs(searcher)) for one in self.raising]
        numbers: list[int] = []
        weights: list[float] = []
        found = self.asked.matcher(searcher, context)
        while found.is_active():
            number = found.id()
            times = sum(number in those for those in raising)
            numbers.append(number)
            weights.append((found.score() if scored else 1.0) * self.by**times)
            found.next()
        return ListMatcher(numbers, weights) if numbers else NullMatcher()


def _flat(parts: Iterable[Query]) -> Iterable[Query]:
    for part in parts:
        if isinstance(part, ProximityQuery) and not part.share and part.boost == 1.0:
            yield from part.parts
        else:
            yield part
