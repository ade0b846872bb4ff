"""The catalogue: what is in the archive, by month, subject, story and neighbour.

Takes cards (metadata only, no body text) and authority files; answers the queries of pages. Every
result is a tuple in its final order, so that templates never sort. Lists hold live articles that
are not copies; copies are found through their original, removed ones by `removed`.

The rows are in SQLite: in memory for a build without a cache, else in the cache's file. So a query
costs as much as its result, not as the archive, and other processes can read too.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from functools import lru_cache
from typing import Literal, overload

import msgspec

from warraq.base.collation import sort_key
from warraq.model import SHELF_KINDS, AnyAuthority, Authority, AuthorityKind, Card, Count, Story

# state: 0 listed and dated, 1 listed and undated, 2 a copy, 3 removed
#
# A card is long: in a table without row ids each page of the tree would hold few of them, and each
# step down the tree would read some.
# "cross join" makes SQLite scan the first table first; else it would start with all people, or all
# stories, of the archive.
_SCHEMA = """
create table if not exists card (
    id text primary key, state int, sort_key text, title text, source text, copy_of text,
    same_text_as text, corrected text, indexed int, data blob
);
create index if not exists card_sort_key on card (state, sort_key);
create index if not exists card_title on card (title, source);
create index if not exists card_copy on card (copy_of, state, sort_key) where copy_of != '';
create index if not exists card_same on card (same_text_as, sort_key) where same_text_as != '';
create index if not exists card_corrected on card (corrected, id) where corrected != '';
create table if not exists shelf (
    kind text, key text, state int, sort_key text, id text,
    primary key (kind, key, state, sort_key)
) without rowid;
create index if not exists shelf_id on shelf (id, kind);
create table if not exists authority (
    kind text, key text, sort_key text, data blob, primary key (kind, key)
) without rowid;
create table if not exists picture (
    path text, kind text, key text, primary key (path, kind, key)
) without rowid;
create index if not exists picture_key on picture (kind, key);
create table if not exists story_member (
    id text, story text, primary key (id, story)
) without rowid;
create index if not exists story_member_story on story_member (story, id);
"""
_DATED, _UNDATED, _COPY, _REMOVED = range(4)
_RUN = 32  # articles in a row whose neighbours are asked for at once
_SOURCE, _VIA = "source", "via"  # more kinds of `shelf` rows: the outlets that an article credits
_encode = msgspec.msgpack.Encoder().encode
_card_of = msgspec.msgpack.Decoder(Card).decode
_authority_of = msgspec.msgpack.Decoder(AnyAuthority).decode
_story_of = msgspec.msgpack.Decoder(Story).decode


def prepare(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Create the catalogue's tables in `connection` if they are missing; return it."""
    connection.executescript(_SCHEMA)
    return connection


@contextmanager
def in_memory() -> Iterator["Catalogue"]:
    """Yield a catalogue in memory for the length of a block."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as rows:
        yield Catalogue(prepare(rows))


class Catalogue:
    """The cards and authorities of a build, and the queries on them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Use the tables that `prepare` created in `connection`."""
        self._rows = connection
        # One page needs a card several times, and its neighbours the same ones.
        self._decoded = lru_cache(4096)(_card_of)

    # Writing

    def put(self, cards: Iterable[Card]) -> None:
        """Add `cards`; an existing one is replaced."""
        cards = list(cards)
        self.drop(card.id for card in cards)
        self._rows.executemany(
            "insert or replace into card values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            map(_card_row, cards),
        )
        shelved = (row for card in cards for row in _shelf_rows(card))
        self._rows.executemany("insert or ignore into shelf values (?, ?, ?, ?, ?)", shelved)
        shown = ((path, "articles", card.id) for card in cards for path in card.pictures)
        self._rows.executemany("insert or ignore into picture values (?, ?, ?)", shown)

    def drop(self, article_ids: Iterable[str]) -> None:
        """Remove these articles."""
        for article_id in article_ids:
            if card := self.card(article_id):
                self._rows.executemany(
                    "delete from shelf where kind = ? and key = ? and state = ? and sort_key = ?",
                    (row[:4] for row in _shelf_rows(card)),
                )
                self._rows.execute("delete from card where id = ?", (article_id,))
                self._drop_pictures("articles", article_id)

    def put_authorities(self, authorities: Iterable[Authority]) -> None:
        """Add `authorities`; an existing one is replaced."""
        authorities = list(authorities)
        self.drop_authorities((a.kind, a.key) for a in authorities)
        self._rows.executemany(
            "insert into authority values (?, ?, ?, ?)",
            ((a.kind, a.key, sort_key(a.name), _encode(a)) for a in authorities),
        )
        stories = (a for a in authorities if isinstance(a, Story))
        members = ((id_, story.key) for story in stories for id_ in story.articles)
        self._rows.executemany("insert or ignore into story_member values (?, ?)", members)

    def drop_authorities(self, keys: Iterable[tuple[AuthorityKind, str]]) -> None:
        """Remove these authority files."""
        for kind, key in keys:
            self._rows.execute("delete from authority where kind = ? and key = ?", (kind, key))
            self._drop_pictures(kind, key)
            if kind == "stories":
                self._rows.execute("delete from story_member where story = ?", (key,))

    def put_pictures(self, kind: str, key: str, paths: Iterable[str]) -> None:
        """Add the pictures (site paths) that an article's or an authority's page shows."""
        rows = ((path, kind, key) for path in paths)
        self._rows.executemany("insert or ignore into picture values (?, ?, ?)", rows)

    def _drop_pictures(self, kind: str, key: str) -> None:
        self._rows.execute("delete from picture where kind = ? and key = ?", (kind, key))

    def pictures(self) -> Iterator[tuple[str, str, str]]:
        """Yield (site path, kind, key) of every picture and the page that shows it.

        The kind is that of an authority, or "articles".
        """
        yield from self._rows.execute("select path, kind, key from picture order by path")

    # Articles

    def card(self, article_id: str) -> Card | None:
        """Return the card of one article, None for an id that is not published."""
        return next(self._cards("select data from card where id = ?", article_id), None)

    def cards(self) -> Iterator[Card]:
        """Yield every card: dated ones oldest first, undated, copies, removed ones."""
        # By time: the neighbours of an article, which its page needs, have just been read.
        yield from self._cards("select data from card order by state, sort_key")

    def dated(self) -> Iterator[Card]:
        """Yield all listed articles whose year is known, newest first."""
        yield from self._cards("select data from card where state = 0 order by sort_key desc")

    def newest(self, limit: int) -> tuple[Card, ...]:
        """Return the `limit` newest listed articles."""
        query = "select data from card where state = 0 order by sort_key desc limit ?"
        return tuple(self._cards(query, limit))

    def undated(self) -> tuple[Card, ...]:
        """Return the listed articles of unknown year, by title."""
        return tuple(self._cards("select data from card where state = 1 order by sort_key"))

    def removed(self) -> tuple[Card, ...]:
        """Return the tombstones, by id."""
        return tuple(self._cards("select data from card where state = 3 order by id"))

    def copies(self, article_id: str) -> tuple[Card, ...]:
        """Return the live copies of one article, oldest first."""
        query = """select data from card
                   where copy_of = ? and copy_of != '' and state = 2 order by sort_key"""
        return tuple(self._cards(query, article_id))

    def ids_with_copies(self) -> frozenset[str]:
        """Return the ids of the articles that have live copies."""
        query = "select distinct copy_of from card where copy_of != '' and state = 2"
        return frozenset(ident for (ident,) in self._rows.execute(query))

    def reprints(self, card: Card) -> tuple[Card, ...]:
        """Return the live articles of others with the text of `card`, the original first."""
        root = card.same_text_as or card.id
        query = """select data from card where same_text_as = ? and same_text_as != ''
                   and state < 2 order by state, sort_key"""
        first = self._cards("select data from card where id = ? and state < 2", root)
        cards = (*first, *self._cards(query, root))
        return tuple(other for other in cards if other.id != card.id)

    def ids_with_reprints(self) -> frozenset[str]:
        """Return the ids of the live articles whose text others print, and of those prints."""
        # The plus keeps SQLite from reading all that is live, by the index on states.
        query = """select distinct same_text_as from card where same_text_as != '' and +state < 2
                   union select id from card where same_text_as != '' and +state < 2"""
        return frozenset(ident for (ident,) in self._rows.execute(query))

    def with_corrections(self) -> tuple[Card, ...]:
        """Return the live articles that carry corrections, latest correction first."""
        query = "select data from card where corrected != '' order by corrected desc, id desc"
        return tuple(self._cards(query))

    def neighbours(self, card: Card) -> tuple[Card | None, Card | None]:
        """Return the listed articles (before, after) `card` in time; (None, None) if undated."""
        if not card.year:
            return None, None
        at = _sort_key_of(card)
        older = (
            "select data from card where state = 0 and sort_key < ? order by sort_key desc limit 1"
        )
        newer = "select data from card where state = 0 and sort_key > ? order by sort_key limit 1"
        return next(self._cards(older, at), None), next(self._cards(newer, at), None)

    def neighbours_from(self, card: Card) -> dict[str, tuple[Card | None, Card | None]]:
        """Return id → neighbours of `card` and, if it is listed, of those that follow it in time.

        Pages are rendered in order of time: so one of them asks for some dozens.
        """
        older, newer = self.neighbours(card)
        if not newer or _state(card) != _DATED:
            return {card.id: (older, newer)}
        query = "select data from card where state = 0 and sort_key > ? order by sort_key limit ?"
        after = tuple(self._cards(query, _sort_key_of(card), _RUN))
        line = (card, *after)
        following = after if len(after) == _RUN else (*after, None)
        around = zip(line, (older, *line), following, strict=False)
        return {one.id: (before, then) for one, before, then in around}

    def count_with_headline(self, title: str, source: str) -> int:
        """Return how many articles carry this headline under this source's name."""
        query = "select count(*) from card where title = ? and source = ?"
        return self._number(query, title, source)

    @property
    def size(self) -> int:
        """How many articles there are, copies and removed ones too."""
        return self._number("select count(*) from card")

    @property
    def undated_size(self) -> int:
        """How many listed articles have no year."""
        return self._number("select count(*) from card where state = 1")

    def all_of(self, kind: AuthorityKind, key: str) -> tuple[Card, ...]:
        """Return every article of one authority, copies and removed ones too, by id."""
        if kind == "stories":
            query = "select data from story_member join card using (id) where story = ? order by id"
            return tuple(self._cards(query, key))
        query = """select data from shelf join card using (id)
                   where kind = ? and key = ? order by id"""
        return tuple(self._cards(query, kind, key))

    def with_headline(self, title: str, source: str) -> tuple[Card, ...]:
        """Return the articles that carry this headline under this source's name, by id."""
        query = "select data from card where title = ? and source = ? order by id"
        return tuple(self._cards(query, title, source))

    # Time

    def years(self) -> tuple[Count, ...]:
        """Return the years that hold articles, newest first."""
        query = """select substr(sort_key, 1, 4), count(*) from card where state = 0
                   group by 1 order by 1 desc"""
        return tuple(Count(int(y), 0, n) for y, n in self._rows.execute(query))

    def published_in(self, year: int) -> int:
        """Return how many articles of `year` there are, copies and removed ones among them."""
        query = """select count(*) from card
                   where state in (?, ?, ?) and sort_key >= ? and sort_key < ?"""
        return self._number(query, _DATED, _COPY, _REMOVED, *_span(year))

    def months(self, year: int) -> tuple[Count, ...]:
        """Return the months of `year` that hold articles, in calendar order; 0: month unknown."""
        query = """select substr(sort_key, 6, 2), count(*) from card
                   where state = 0 and sort_key >= ? and sort_key < ? group by 1 order by 1"""
        return tuple(Count(year, int(m), n) for m, n in self._rows.execute(query, _span(year)))

    def days(self, year: int, month: int) -> dict[int, int]:
        """Return day → number of articles of one month, in order; 0: day unknown."""
        query = """select substr(sort_key, 9, 2), count(*) from card
                   where state = 0 and sort_key >= ? and sort_key < ? group by 1 order by 1"""
        return {int(day): n for day, n in self._rows.execute(query, _span(year, month or None))}

    def in_year(self, year: int) -> tuple[Card, ...]:
        """Return the articles of `year`, newest first."""
        return self._within(*_span(year))

    def in_month(self, year: int, month: int) -> tuple[Card, ...]:
        """Return the articles of one month, newest first; month 0: those of unknown month."""
        return self._within(*_span(year, month))

    def in_day(self, year: int, month: int, day: int) -> tuple[Card, ...]:
        """Return the articles of one day, latest first; none for a day that does not exist."""
        stem = f"{year:04}-{month:02}-{day:02}"
        return self._within(f"{stem}T", f"{stem}U")

    def is_indexed(self, year: int, month: int | None = None) -> bool:
        """Whether a year, a month of it (0: unknown), or (year 0) the undated may be indexed."""
        query = """select 1 from card where state = ? and indexed
                   and sort_key >= ? and sort_key < ? limit 1"""
        span = (_DATED, *_span(year, month)) if year else (_UNDATED, "", "\U0010ffff")
        return self._rows.execute(query, span).fetchone() is not None

    # Subjects

    @overload
    def authorities(self, kind: Literal["stories"]) -> tuple[Story, ...]: ...
    @overload
    def authorities(self, kind: AuthorityKind) -> tuple[Authority, ...]: ...
    def authorities(self, kind: AuthorityKind) -> tuple[Authority, ...]:
        """Return all files of one kind, by name."""
        query = "select data from authority where kind = ? order by sort_key, key"
        return tuple(_authority_of(data) for (data,) in self._rows.execute(query, (kind,)))

    @overload
    def authority(self, kind: Literal["stories"], key: str) -> Story | None: ...
    @overload
    def authority(self, kind: AuthorityKind, key: str) -> Authority | None: ...
    def authority(self, kind: AuthorityKind, key: str) -> Authority | None:
        """Return one authority file, None if there is none."""
        query = "select data from authority where kind = ? and key = ?"
        row = self._rows.execute(query, (kind, key)).fetchone()
        return _authority_of(row[0]) if row else None

    def shelf(self, kind: AuthorityKind, key: str, limit: int = -1) -> tuple[Card, ...]:
        """Return the listed articles of one authority: dated ones newest first, then undated.

        At most `limit` of them, unless it is -1. For a story: all live articles it names, copies
        too, oldest first, undated at the end.
        """
        if kind == "stories":
            query = (
                "select data from story_member join card using (id) where story = ? and state != 3"
            )
            members = self._cards(query, key)
            return tuple(sorted(members, key=lambda card: (not card.year, _sort_key_of(card))))
        return self._listed(kind, key, limit)

    def carried_by(self, key: str, limit: int) -> tuple[Card, ...]:
        """Return the first `limit` listed articles that came through an outlet, as a shelf's."""
        return self._listed(_VIA, key, limit)

    def _listed(self, kind: str, key: str, limit: int) -> tuple[Card, ...]:
        query = """select data from shelf join card using (id)
                   where kind = ? and key = ? and shelf.state = ?
                   order by shelf.sort_key {} limit ?"""
        dated = tuple(self._cards(query.format("desc"), kind, key, _DATED, limit))
        rest = limit - len(dated) if limit > 0 else limit
        return (*dated, *self._cards(query.format(""), kind, key, _UNDATED, rest))

    def shelf_part(
        self, kind: AuthorityKind, key: str, year: int, month: int = 0
    ) -> tuple[Card, ...]:
        """Return what `shelf` holds of a year, of a month of it, or (year 0) undated."""
        if not year:
            query = """select data from shelf join card using (id)
                       where kind = ? and key = ? and shelf.state = 1 order by shelf.sort_key"""
            return tuple(self._cards(query, kind, key))
        query = """select data from shelf join card using (id)
                   where kind = ? and key = ? and shelf.state = 0
                   and shelf.sort_key >= ? and shelf.sort_key < ? order by shelf.sort_key desc"""
        return tuple(self._cards(query, kind, key, *_span(year, month or None)))

    def newest_of(self, kind: AuthorityKind, key: str, limit: int) -> tuple[Card, ...]:
        """Return the newest articles of one authority whose day is known. Not for stories."""
        query = """select data from shelf join card using (id)
                   where kind = ? and key = ? and shelf.state = 0
                   and substr(shelf.sort_key, 9, 2) != '00' order by shelf.sort_key desc limit ?"""
        return tuple(self._cards(query, kind, key, limit))

    def co_mentioned_people(
        self, kind: AuthorityKind, key: str, limit: int
    ) -> tuple[tuple[str, int], ...]:
        """Return (key, times) of the people most often named in one authority's articles.

        Ties are in order of name. Not for stories. A person is not counted with itself.
        """
        query = """select met, times from (
                       select other.key met, count(*) times
                       from shelf one cross join shelf other on one.id = other.id
                       where one.kind = ? and one.key = ? and one.state < 2
                       and other.kind = 'people'
                       and not (one.kind = 'people' and other.key = one.key)
                       group by 1)
                   left join authority on kind = 'people' and key = met
                   order by times desc, sort_key, met limit ?"""
        return tuple(self._rows.execute(query, (kind, key, limit)))

    def credits(self, key: str) -> tuple[int, int]:
        """Return how many listed articles an outlet is the source of, and how many it carried."""
        query = "select count(*) from shelf where kind = ? and key = ? and state < 2"
        return self._number(query, _SOURCE, key), self._number(query, _VIA, key)

    def shelf_counts(self, kind: AuthorityKind, key: str) -> tuple[Count, ...]:
        """Return the months in which one authority has listed articles, newest first.

        The undated count as year 0 at the end. Not for stories.
        """
        query = """select substr(sort_key, 1, 7), count(*) from shelf
                   where kind = ? and key = ? and state = 0 group by 1 order by 1 desc"""
        rows = self._rows.execute(query, (kind, key))
        counts = [Count(int(month[:4]), int(month[5:]), number) for month, number in rows]
        query = "select count(*) from shelf where kind = ? and key = ? and state = 1"
        undated = self._number(query, kind, key)
        return (*counts, *((Count(0, 0, undated),) if undated else ()))

    def has_dated(self, kind: AuthorityKind, key: str) -> bool:
        """Whether one authority has a listed article whose day is known. Not for stories."""
        query = """select 1 from shelf where kind = ? and key = ? and state = 0
                   and substr(sort_key, 9, 2) != '00' limit 1"""
        return self._rows.execute(query, (kind, key)).fetchone() is not None

    def shelf_size(self, kind: AuthorityKind, key: str) -> int:
        """Return how many listed articles one authority has."""
        query = "select count(*) from shelf where kind = ? and key = ? and state < 2"
        return self._number(query, kind, key)

    def stories_of(self, article_id: str) -> tuple[Story, ...]:
        """Return the stories that name one article, by key."""
        query = """select data from story_member
                   cross join authority on kind = 'stories' and key = story
                   where id = ? order by key"""
        return tuple(_story_of(data) for (data,) in self._rows.execute(query, (article_id,)))

    def _cards(self, query: str, *values: object) -> Iterator[Card]:
        for (data,) in self._rows.execute(query, values):
            yield self._decoded(data)

    def _number(self, query: str, *values: object) -> int:
        number: int = self._rows.execute(query, values).fetchone()[0]
        return number

    def _within(self, first: str, after: str) -> tuple[Card, ...]:
        query = """select data from card where state = 0 and sort_key >= ? and sort_key < ?
                   order by sort_key desc"""
        return tuple(self._cards(query, first, after))


def _span(year: int, month: int | None = None) -> tuple[str, str]:
    """Return the first sort key of a year, or a month of it, and the first after it."""
    if month is not None:
        return f"{year:04}-{month:02}", f"{year:04}-{month + 1:02}"
    return f"{year:04}", f"{year + 1:04}"


def _sort_key_of(card: Card) -> str:
    """Return the sort key of `card`: its time (unknown parts 0), without year its title."""
    if not card.year:
        return f"{sort_key(card.title)}\n{card.id}"
    day = card.date.day.day if card.date else 0
    clock = card.date.clock if card.date else ""
    return f"{card.year:04}-{card.month:02}-{day:02}T{clock}/{card.id}"


def _state(card: Card) -> int:
    if card.status == "removed":
        return _REMOVED
    if card.copy_of:
        return _COPY
    return _DATED if card.year else _UNDATED


def _card_row(card: Card) -> tuple[object, ...]:
    corrected = max(c.date for c in card.corrections).isoformat() if card.corrections else ""
    source = card.source.name if card.source else ""
    state = _state(card)
    return (
        card.id,
        state,
        _sort_key_of(card),
        card.title,
        source,
        card.copy_of,
        card.same_text_as,
        "" if state == _REMOVED else corrected,
        card.rights.index is not False,
        _encode(card),
    )


def _shelf_rows(card: Card) -> Iterator[tuple[object, ...]]:
    state, at = _state(card), _sort_key_of(card)
    if state != _REMOVED:
        for kind in SHELF_KINDS:
            for key in getattr(card, kind):
                yield kind, key, state, at, card.id
        for role, given in ((_SOURCE, (card.source,)), (_VIA, card.via)):
            for credit in given:
                if credit and credit.outlet:
                    yield role, credit.outlet, state, at, card.id
