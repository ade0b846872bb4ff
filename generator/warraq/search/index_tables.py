"""The tables in which store.py keeps an index, and the files that their rows make.

Every statement on these tables stands here. A file is a function of its rows, by formats.py.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import msgspec

from warraq.search import formats
from warraq.search.doc_ids import DocId, day_number, document_shard
from warraq.search.formats import Facet
from warraq.search.postings import Columns
from warraq.search.records import Record, shown_of, unpacked
from warraq.search.shard_layout import ShardLayout
from warraq.search.term_shards import TermGroup

_SCHEMA = """
create table if not exists search_article (
    id text primary key, day int, slot int, block int, copy_of text, length int
) without rowid;
create index if not exists search_article_day on search_article (day, slot);
create index if not exists search_article_block on search_article (block);
create index if not exists search_article_copy on search_article (copy_of) where copy_of != '';
create table if not exists search_record (id text primary key, record blob);
create table if not exists search_part (
    number integer primary key, shard int, family text, stem text, text text, spelled blob,
    frequency blob, days blob, slots blob, levels blob, heads blob, located blob,
    unique (shard, family, stem)
);
create table if not exists search_shard (number integer primary key, swaps text, located blob);
create table if not exists search_completion (
    number integer primary key, words text, names text
);
create table if not exists search_facet (
    kind text, key text, number int, label text, places blob, primary key (kind, key)
);
create table if not exists search_file (
    kind text, number int, hash blob, primary key (kind, number)
) without rowid;
create table if not exists search_fact (name text primary key, value text);
"""
_DERIVED = ("part", "shard", "completion", "facet", "file", "fact")  # made of the articles
_COLUMNS = ", ".join(Columns._fields)

_encode = msgspec.msgpack.Encoder().encode
_places_of = msgspec.msgpack.Decoder(list[DocId]).decode
_spelled_of = msgspec.msgpack.Decoder(dict[str, dict[str, int]]).decode

Spelled = dict[str, dict[str, int]]  # term → as written → articles


class IndexedArticle(NamedTuple):
    """An article as it is searched; no `slot` before it has a place, no `record`: not at all."""

    id: str
    day: int
    slot: int | None
    record: bytes


class IndexTables:
    """The tables of one index. Whoever made the connection begins and ends transactions."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Make the tables unless they are there."""
        self._do = connection.execute
        self._do_all = connection.executemany
        connection.executescript(_SCHEMA)

    def forget(self) -> None:
        """Drop all but the articles."""
        for table in _DERIVED:
            self._do(f"delete from search_{table}")  # noqa: S608 - our own words

    # Articles

    def size(self) -> tuple[int, int]:
        """Return how many articles there are, and how many words they have together."""
        query = "select count(*), ifnull(sum(length), 0) from search_article"
        articles, words = self._do(query).fetchone()
        return articles, words

    def article(self, ident: str) -> IndexedArticle | None:
        """Return an article, None if it is not searched."""
        query = """select id, day, slot, record from search_article join search_record using (id)
                   where id = ?"""
        row = self._do(query, (ident,)).fetchone()
        return IndexedArticle._make(row) if row else None

    def put_article(self, record: Record, content: bytes) -> None:
        """Put an article, and its record packed; it has no place yet."""
        self._do(
            "insert or replace into search_article values (?, ?, null, null, ?, ?)",
            (record.id, day_number(record.day), record.copy_of, record.length),
        )
        self._do("insert or replace into search_record values (?, ?)", (record.id, content))

    def drop_article(self, ident: str) -> None:
        """Drop an article and its record."""
        self._do("delete from search_article where id = ?", (ident,))
        self._do("delete from search_record where id = ?", (ident,))

    def records(self) -> Iterator[Record]:
        """Yield every record, in no order."""
        return (unpacked(content) for (content,) in self._do("select record from search_record"))

    def put_places(self, places: Mapping[str, DocId], sizes: ShardLayout) -> None:
        """Set where articles stand."""
        self._do_all(
            "update search_article set slot = ?, block = ? where id = ?",
            (
                (place.slot, document_shard(place, sizes.documents), ident)
                for ident, place in places.items()
            ),
        )

    def of_day(self, day: int) -> list[tuple[str, bool]]:
        """Return (id, whether what it is a copy of is searched too) of a day's articles."""
        query = """select id, exists (select 1 from search_article o where o.id = a.copy_of)
                   from search_article a where day = ?"""
        return self._do(query, (day,)).fetchall()

    def days_of_copies(self, ident: str) -> set[int]:
        """Return the days on which the copies of an article stand."""
        # The second condition is what lets SQLite look into the index of copies.
        query = "select day from search_article where copy_of = ? and copy_of != ''"
        found = self._do(query, (ident,))
        return {day for (day,) in found}

    def credited(self, place: DocId) -> str:
        """Return the source that the article at `place` is credited to."""
        query = """select record from search_article join search_record using (id)
                   where day = ? and slot = ?"""
        return shown_of(self._do(query, place).fetchone()[0]).source

    # Words

    def put_parts(self, parts: Iterable[tuple[TermGroup, Columns, Spelled]]) -> None:
        """Put parts of term shards; a family's has the spellings of all its words."""
        self._do_all(
            f"insert into search_part (shard, family, stem, text, spelled, {_COLUMNS})"  # noqa: S608
            " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (part.shard, part.family, part.stem, part.text, _encode(spelled), *columns)
                for part, columns, spelled in parts
            ),
        )

    def part(
        self, shard: int, key: str, stem: str
    ) -> tuple[TermGroup | None, Columns, Spelled]:  # fmt: skip
        """Return a part with its postings and spellings."""
        query = f"""select text, spelled, {_COLUMNS} from search_part
                    where shard = ? and family = ? and stem = ?"""  # noqa: S608 - our own words
        row = self._do(query, (shard, key, stem)).fetchone()
        if not row:
            return None, Columns(*[b""] * 6), {}
        return TermGroup.read(shard, key, stem, text=row[0]), Columns(*row[2:]), _spelled_of(row[1])

    def parts(self, shard: int) -> list[tuple[str, Columns]]:
        """Return the text and the postings of a shard's parts, in order."""
        query = f"select text, {_COLUMNS} from search_part where shard = ? order by family, stem"  # noqa: S608
        return [(text, Columns(*rest)) for text, *rest in self._do(query, (shard,))]

    def drop_parts(self, parts: Iterable[TermGroup]) -> None:
        """Drop parts."""
        self._do_all(
            "delete from search_part where shard = ? and family = ? and stem = ?",
            ((part.shard, part.family, part.stem) for part in parts),
        )

    def put_located(self, shard: int, located: bytes) -> None:
        """Set the positions of a shard's words."""
        self._do(
            """insert into search_shard values (?, '', ?)
               on conflict (number) do update set located = excluded.located""",
            (shard, located),
        )

    def swaps(self) -> dict[int, str]:
        """Return for every shard the other spellings it holds."""
        return dict(self._do("select number, swaps from search_shard").fetchall())

    def put_swaps(self, shard: int, swaps: str) -> None:
        """Set the other spellings of a shard."""
        self._do("update search_shard set swaps = ? where number = ?", (swaps, shard))

    # Completions

    def completion(self, number: int) -> tuple[list[str], list[str]]:
        """Return the lines of a completion shard: of words, of names."""
        query = "select words, names from search_completion where number = ?"
        words, names = self._do(query, (number,)).fetchone()
        return list(filter(None, words.split("\n"))), list(filter(None, names.split("\n")))

    def put_completions(self, lines: Iterable[Iterable[str]]) -> None:
        """Put the lines of words of all completion shards."""
        self._do_all(
            "insert into search_completion values (?, ?, '')",
            ((number, "\n".join(held)) for number, held in enumerate(lines)),
        )

    def put_completed(self, number: int, words: Iterable[str]) -> None:
        """Set the lines of words of a completion shard."""
        query = "update search_completion set words = ? where number = ?"
        self._do(query, ("\n".join(sorted(words)), number))

    def completed_names(self) -> dict[int, str]:
        """Return the names in every completion shard, one a line."""
        return dict(self._do("select number, names from search_completion").fetchall())

    def put_completed_names(self, number: int, names: str) -> None:
        """Set the names in a completion shard."""
        self._do("update search_completion set names = ? where number = ?", (names, number))

    # Facets

    def places(self, kind: str, key: str) -> set[DocId]:
        """Return the places of the articles under a value."""
        query = "select places from search_facet where kind = ? and key = ?"
        row = self._do(query, (kind, key)).fetchone()
        return set(_places_of(row[0])) if row else set()

    def facets(self) -> Iterator[Facet]:
        """Yield every value, in no order."""
        query = "select kind, key, label, places from search_facet"
        return (
            Facet(k, key, label, _places_of(p)) for k, key, label, p in self._do(query).fetchall()
        )

    def put_facets(self, facets: Iterable[Facet], sizes: ShardLayout) -> None:
        """Put values; one that is there is replaced."""
        self._do_all(
            "insert or replace into search_facet values (?, ?, ?, ?, ?)",
            (
                (f.kind, f.key, formats.facet_number(f.key, sizes), f.label, _encode(f.places))
                for f in facets
            ),
        )

    def drop_facet(self, kind: str, key: str) -> None:
        """Drop a value."""
        self._do("delete from search_facet where kind = ? and key = ?", (kind, key))

    # Files, and facts about the whole

    def files(self) -> dict[tuple[str, int], bytes]:
        """Return (kind, number) → hash of every file, in order."""
        query = "select kind, number, hash from search_file order by kind, number"
        return {(kind, number): name for kind, number, name in self._do(query)}

    def put_file(self, kind: str, number: int, name: bytes) -> None:
        """Set the hash of a file."""
        self._do("insert or replace into search_file values (?, ?, ?)", (kind, number, name))

    def fact(self, name: str) -> str:
        """Return a fact, "" if it is not known."""
        row = self._do("select value from search_fact where name = ?", (name,)).fetchone()
        return row[0] if row else ""

    def put_fact(self, name: str, value: str) -> None:
        """Set a fact."""
        self._do("insert or replace into search_fact values (?, ?)", (name, value))

    def content(self, kind: str, number: int, sizes: ShardLayout) -> bytes:
        """Return what a file holds."""
        if kind == "t":
            query = "select swaps from search_shard where number = ?"
            return formats.term_shard(self.parts(number), self._do(query, (number,)).fetchone()[0])
        if kind == "p":
            total = sizes.terms + sizes.heavy
            first, last = (-(-n * total // sizes.positions) for n in (number, number + 1))
            query = """select located from search_shard
                       where number >= ? and number < ? order by number"""
            return formats.position_file(row[0] for row in self._do(query, (first, last)))
        if kind == "d":
            query = """select day, slot, record from search_article join search_record using (id)
                       where block = ?"""
            rows = self._do(query, (number,))
            return formats.document_block((DocId(day, slot), shown_of(r)) for day, slot, r in rows)
        if kind == "c":
            return formats.completions(*self.completion(number))
        query = "select kind, key, label, places from search_facet where kind = ? and number = ?"
        found = self._do(query, (kind, number))
        return formats.facet_shard(
            Facet(k, key, label, _places_of(p)) for k, key, label, p in found
        )

    def root(self, sizes: ShardLayout) -> bytes:
        """Return what the root holds."""
        runs: dict[tuple[str, int], bytes] = {}
        for (kind, number), name in self.files().items():
            run = kind, number // sizes.together(kind)
            runs[run] = max(name, runs.get(run, formats.NO_FILE))  # an empty block has no name
        names = dict.fromkeys(formats.FOLDERS, b"")
        for (kind, _), name in runs.items():
            names[kind] += name
        query = "select day / 416, count(*) from search_article group by 1 order by 1"
        return formats.root(self.size()[0], self._do(query).fetchall(), sizes, names)
