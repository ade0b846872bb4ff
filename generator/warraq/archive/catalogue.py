"""The catalogue: what the archive holds, asked for by month, subject, story and neighbour.

Takes cards (metadata only, no body text) and authority files; answers the questions that pages ask.
Every answer is a tuple in its final order, so that templates never sort. Lists hold live articles
that are no copies of another; copies are found through their original, removed ones by `removed`.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cached_property

from warraq.model import Authority, AuthorityKind, Card, Count

Position = tuple[int, int, int, str, str]


def position(card: Card) -> Position:
    """Return the sort key of `card` in time: year, month, day, clock, id; unknown parts are 0."""
    day = card.date.day.day if card.date else 0
    clock = card.date.clock if card.date else ""
    return card.year, card.month, day, clock, card.id


class Catalogue:
    """All cards and authorities of a build, indexed. Read-only once made."""

    def __init__(self, cards: Iterable[Card], authorities: Iterable[Authority]) -> None:
        """Index `cards` and `authorities`; ids and (kind, key) pairs are unique by then."""
        self._cards = {card.id: card for card in cards}
        self._authorities = {(a.kind, a.key): a for a in authorities}
        listed = [c for c in self._cards.values() if c.status == "live" and not c.copy_of]
        self._dated = sorted((c for c in listed if c.year), key=position, reverse=True)
        self._undated = sorted((c for c in listed if not c.year), key=lambda c: (c.title, c.id))
        self._ascending = [position(c) for c in reversed(self._dated)]

    def card(self, article_id: str) -> Card | None:
        """Return the card of one article, drafts and unknown ids None."""
        return self._cards.get(article_id)

    def cards(self) -> tuple[Card, ...]:
        """Return every card, copies and removed ones too, by id."""
        return tuple(self._cards[key] for key in sorted(self._cards))

    def dated(self) -> tuple[Card, ...]:
        """Return all listed articles whose year is known, newest first."""
        return tuple(self._dated)

    def newest(self, limit: int) -> tuple[Card, ...]:
        """Return the `limit` newest listed articles."""
        return tuple(self._dated[:limit])

    def undated(self) -> tuple[Card, ...]:
        """Return the listed articles of unknown year, by title."""
        return tuple(self._undated)

    def removed(self) -> tuple[Card, ...]:
        """Return the tombstones, by id."""
        return tuple(c for c in self.cards() if c.status == "removed")

    def copies(self, article_id: str) -> tuple[Card, ...]:
        """Return the live copies of one article, oldest first."""
        return tuple(self._copies.get(article_id, ()))

    def neighbours(self, card: Card) -> tuple[Card | None, Card | None]:
        """Return the (older, newer) listed articles beside `card`; (None, None) if undated."""
        if not card.year:
            return None, None
        at = bisect_left(self._ascending, position(card))
        newest_first = len(self._dated) - 1
        older = self._dated[newest_first - (at - 1)] if at > 0 else None
        after = at + 1 if at < len(self._ascending) and self._ascending[at][-1] == card.id else at
        newer = self._dated[newest_first - after] if after < len(self._ascending) else None
        return older, newer

    def years(self) -> tuple[Count, ...]:
        """Return the years that hold articles, newest first."""
        counts = Counter(c.year for c in self._dated)
        return tuple(Count(year, 0, counts[year]) for year in sorted(counts, reverse=True))

    def months(self, year: int) -> tuple[Count, ...]:
        """Return the months of `year` that hold articles, in calendar order; 0: month unknown."""
        counts = Counter(c.month for c in self.in_year(year))
        return tuple(Count(year, month, counts[month]) for month in sorted(counts))

    def in_year(self, year: int) -> tuple[Card, ...]:
        """Return the articles of `year`, newest first."""
        return tuple(self._by_year.get(year, ()))

    def in_month(self, year: int, month: int) -> tuple[Card, ...]:
        """Return the articles of one month, newest first."""
        return tuple(c for c in self.in_year(year) if c.month == month)

    def authorities(self, kind: AuthorityKind) -> tuple[Authority, ...]:
        """Return all files of one kind, by name."""
        return self._by_kind.get(kind, ())

    def authority(self, kind: AuthorityKind, key: str) -> Authority | None:
        """Return one authority file, None if there is none."""
        return self._authorities.get((kind, key))

    def shelf(self, kind: AuthorityKind, key: str) -> tuple[Card, ...]:
        """Return the listed articles of one authority: dated ones newest first, then undated.

        For a story: the articles it names, oldest first (undated at the end), copies too.
        """
        return tuple(self._shelves.get((kind, key), ()))

    def stories_of(self, article_id: str) -> tuple[Authority, ...]:
        """Return the stories that name one article, by key."""
        return tuple(self._stories.get(article_id, ()))

    def corrected(self) -> tuple[Card, ...]:
        """Return the cards that carry corrections, latest correction first."""
        cards = [c for c in self._cards.values() if c.corrections and c.status == "live"]
        return tuple(
            sorted(cards, key=lambda c: (max(x.date for x in c.corrections), c.id), reverse=True)
        )

    @cached_property
    def _by_year(self) -> dict[int, list[Card]]:
        years: dict[int, list[Card]] = defaultdict(list)
        for card in self._dated:
            years[card.year].append(card)
        return years

    @cached_property
    def _by_kind(self) -> dict[str, tuple[Authority, ...]]:
        kinds: dict[str, list[Authority]] = defaultdict(list)
        for authority in sorted(self._authorities.values(), key=lambda a: (a.name, a.key)):
            kinds[authority.kind].append(authority)
        return {kind: tuple(found) for kind, found in kinds.items()}

    @cached_property
    def _copies(self) -> dict[str, list[Card]]:
        copies: dict[str, list[Card]] = defaultdict(list)
        for card in sorted(self._cards.values(), key=position):
            if card.copy_of and card.status == "live":
                copies[card.copy_of].append(card)
        return copies

    @cached_property
    def _shelves(self) -> dict[tuple[str, str], list[Card]]:
        shelves: dict[tuple[str, str], list[Card]] = defaultdict(list)
        for card in (*self._dated, *self._undated):
            for kind in ("outlets", "topics", "people", "places", "organizations", "authors"):
                for key in getattr(card, kind):
                    shelves[kind, key].append(card)
        for story in self.authorities("stories"):
            told = [c for c in map(self.card, story.articles) if c and c.status == "live"]
            told.sort(key=lambda c: (not c.year, position(c)))
            shelves["stories", story.key] = told
        return shelves

    @cached_property
    def _stories(self) -> dict[str, list[Authority]]:
        stories: dict[str, list[Authority]] = defaultdict(list)
        for story in sorted(self.authorities("stories"), key=lambda s: s.key):
            for article_id in story.articles:
                stories[article_id].append(story)
        return stories
