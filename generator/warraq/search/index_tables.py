"""The tables in which index_store.py keeps an index, and the files made from their rows.

Every SQL statement on these tables is here. A file is a function of its rows, by formats.py.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import msgspec

from warraq.search import formats
from warraq.search.doc_ids import DocId, day_number, document_shard
from warraq.search.formats import Facet
from warraq.search.postings import Columns
from warraq.search.records import Record, decode_stored_fields
from warraq.search.shard_layout import ShardLayout
from warraq.search.term_shards import TermGroup

_SCHEMA = """
create table if not exists search_article (
    id text primary key, day int, slot int, block int, copy_of text, length int,
    lang text
) without rowid;
create index if not exists search_article_day on search_article (day, slot);
create index if not exists search_article_block on search_article (block);
create index if not exists search_article_copy on search_article (copy_of) where copy_of != '';
create table if not exists search_record (id text primary key, record blob);
create table if not exists search_group (
    number integer primary key, shard int, family text, stem text, text text, spelled blob,
    frequency blob, days blob, slots blob, impacts blob, heads blob, positions blob,
    unique (shard, family, stem)
);
create table if not exists search_shard (number integer primary key, names text, positions blob);
create table if not exists search_completion (
    number integer primary key, words text, names text
);
create table if not exists search_facet (
    kind text, key text, number int, label text, doc_ids blob, primary key (kind, key)
);
create table if not exists search_file (
    kind text, number int, hash blob, primary key (kind, number)
) without rowid;
create table if not exists search_meta (name text primary key, value text);
create temp table if not exists search_part (share int, content blob);
create index if not exists temp.search_part_share on search_part (share);
"""
_DERIVED = ("group", "shard", "completion", "facet", "file", "meta")  # made of the articles
_COLUMNS = ", ".join(Columns._fields)

_encode = msgspec.msgpack.Encoder().encode
_doc_ids_of = msgspec.msgpack.Decoder(list[DocId]).decode
_spelled_of = msgspec.msgpack.Decoder(dict[str, dict[str, int]]).decode

SpellingsByTerm = dict[str, dict[str, int]]  # term → as written → articles


class IndexedArticle(NamedTuple):
    """An article of the index; `slot` is None before it is placed, `record` b"" if unknown."""

    id: str
    day: int
    slot: int | None
    record: bytes


class IndexTables:
    """The tables of one index. Transactions belong to the owner of the connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Create the tables unless they exist."""
        self._do = connection.execute
        self._do_all = connection.executemany
        connection.executescript(_SCHEMA)

    def forget(self) -> None:
        """Delete everything but the articles."""
        for table in _DERIVED:
            self._do(f"delete from search_{table}")  # noqa: S608 - our own words

    # Articles

    def size(self) -> tuple[int, int]:
        """Return the number of articles and of their words."""
        query = "select count(*), ifnull(sum(length), 0) from search_article"
        articles, words = self._do(query).fetchone()
        return articles, words

    def article(self, ident: str) -> IndexedArticle | None:
        """Return an article, None if it is not in the index."""
        query = """select id, day, slot, record from search_article join search_record using (id)
                   where id = ?"""
        row = self._do(query, (ident,)).fetchone()
        return IndexedArticle._make(row) if row else None

    def put_article(self, record: Record, content: bytes) -> None:
        """Put an article and its encoded record; it has no slot yet."""
        self._do(
            "insert or replace into search_article values (?, ?, null, null, ?, ?, ?)",
            (record.id, day_number(record.day), record.copy_of, record.length, record.lang),
        )
        self._do("insert or replace into search_record values (?, ?)", (record.id, content))

    def drop_article(self, ident: str) -> None:
        """Drop an article and its record."""
        self._do("delete from search_article where id = ?", (ident,))
        self._do("delete from search_record where id = ?", (ident,))

    def records(self) -> Iterator[tuple[DocId, bytes]]:
        """Yield every encoded record with its document id, in no order, but always the same."""
        query = "select day, slot, record from search_record join search_article using (id)"
        query += " order by search_record.rowid"
        return ((DocId(day, slot), record) for day, slot, record in self._do(query))

    def by_day(self) -> list[tuple[int, str, bool]]:
        """Return (day, id, whether its original is in the index) of all articles, by day."""
        query = """select day, id, exists (select 1 from search_article o where o.id = a.copy_of)
                   from search_article a order by day"""
        return self._do(query).fetchall()

    def put_doc_ids(self, doc_ids: Mapping[str, DocId], layout: ShardLayout) -> None:
        """Set the document ids of articles."""
        self._do_all(
            "update search_article set slot = ?, block = ? where id = ?",
            (
                (doc_id.slot, document_shard(doc_id, layout.documents), ident)
                for ident, doc_id in doc_ids.items()
            ),
        )

    def of_day(self, day: int) -> list[tuple[str, bool]]:
        """Return (id, whether its original is in the index) of a day's articles."""
        query = """select id, exists (select 1 from search_article o where o.id = a.copy_of)
                   from search_article a where day = ?"""
        return self._do(query, (day,)).fetchall()

    def days_of_copies(self, ident: str) -> set[int]:
        """Return the days of an article's copies."""
        # The second condition lets SQLite use the partial index.
        query = "select day from search_article where copy_of = ? and copy_of != ''"
        found = self._do(query, (ident,))
        return {day for (day,) in found}

    def credited(self, doc_id: DocId) -> str:
        """Return the name of the outlet that an article credits."""
        query = """select record from search_article join search_record using (id)
                   where day = ? and slot = ?"""
        return decode_stored_fields(self._do(query, doc_id).fetchone()[0]).source

    # Words

    def put_parts(self, parts: Iterable[tuple[int, bytes]]) -> None:
        """Put aside (share, part) until the share is indexed."""
        self._do_all("insert into temp.search_part values (?, ?)", parts)

    def parts(self, share: int) -> list[bytes]:
        """Return the parts of a share as they were put."""
        query = "select content from temp.search_part where share = ? order by rowid"
        return [content for (content,) in self._do(query, (share,))]

    def drop_parts(self) -> None:
        """Drop the parts of all shares."""
        self._do("delete from temp.search_part")

    def put_groups(self, groups: Iterable[tuple[TermGroup, Columns, SpellingsByTerm]]) -> None:
        """Put groups of term shards; a family's has the spellings of all its words."""
        self._do_all(
            f"insert into search_group (shard, family, stem, text, spelled, {_COLUMNS})"  # noqa: S608
            " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (group.shard, group.family, group.stem, group.text, _encode(spelled), *columns)
                for group, columns, spelled in groups
            ),
        )

    def group(
        self, shard: int, key: str, stem: str
    ) -> tuple[TermGroup | None, Columns, SpellingsByTerm]:
        """Return a group with its postings and spellings."""
        query = f"""select text, spelled, {_COLUMNS} from search_group
                    where shard = ? and family = ? and stem = ?"""  # noqa: S608 - our own words
        row = self._do(query, (shard, key, stem)).fetchone()
        if not row:
            return None, Columns(*[b""] * 6), {}
        return TermGroup.read(shard, key, stem, text=row[0]), Columns(*row[2:]), _spelled_of(row[1])

    def groups(self, shard: int) -> list[tuple[str, Columns]]:
        """Return the text and the postings of a shard's groups, in order, without positions."""
        columns = _COLUMNS.replace("positions", "x''")
        query = f"select text, {columns} from search_group where shard = ? order by family, stem"  # noqa: S608
        return [(text, Columns(*rest)) for text, *rest in self._do(query, (shard,))]

    def positions(self, shard: int) -> list[bytes]:
        """Return the positions of a shard's groups, in order."""
        query = "select positions from search_group where shard = ? order by family, stem"
        return [positions for (positions,) in self._do(query, (shard,))]

    def drop_groups(self, groups: Iterable[TermGroup]) -> None:
        """Delete groups."""
        self._do_all(
            "delete from search_group where shard = ? and family = ? and stem = ?",
            ((group.shard, group.family, group.stem) for group in groups),
        )

    def put_positions(self, shard: int, positions: bytes) -> None:
        """Set the positions of a shard's words."""
        self._do(
            """insert into search_shard values (?, '', ?)
               on conflict (number) do update set positions = excluded.positions""",
            (shard, positions),
        )

    def names(self) -> dict[int, str]:
        """Return the lines of names of every shard."""
        return dict(self._do("select number, names from search_shard").fetchall())

    def names_of(self, shard: int) -> str:
        """Return the lines of names of a shard."""
        names: str = self._do(
            "select names from search_shard where number = ?", (shard,)
        ).fetchone()[0]
        return names

    def put_names(self, shard: int, names: str) -> None:
        """Set the lines of names of a shard."""
        self._do("update search_shard set names = ? where number = ?", (names, shard))

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

    def doc_ids(self, kind: str, key: str) -> set[DocId]:
        """Return the ids of the articles with a value."""
        query = "select doc_ids from search_facet where kind = ? and key = ?"
        row = self._do(query, (kind, key)).fetchone()
        return set(_doc_ids_of(row[0])) if row else set()

    def facet_keys(self) -> list[tuple[str, str]]:
        """Return (kind, key) of every value."""
        return self._do("select kind, key from search_facet").fetchall()

    def facets(self) -> Iterator[Facet]:
        """Yield every value, in no order."""
        query = "select kind, key, label, doc_ids from search_facet"
        return (
            Facet(k, key, label, _doc_ids_of(p)) for k, key, label, p in self._do(query).fetchall()
        )

    def put_facets(self, facets: Iterable[Facet], layout: ShardLayout) -> None:
        """Put or replace values."""
        self._do_all(
            "insert or replace into search_facet values (?, ?, ?, ?, ?)",
            (
                (f.kind, f.key, formats.facet_number(f.key, layout), f.label, _encode(f.doc_ids))
                for f in facets
            ),
        )

    def drop_facet(self, kind: str, key: str) -> None:
        """Drop a value."""
        self._do("delete from search_facet where kind = ? and key = ?", (kind, key))

    # Files, and what concerns the whole

    def files(self) -> dict[tuple[str, int], bytes]:
        """Return (kind, number) → hash of every file, in order."""
        query = "select kind, number, hash from search_file order by kind, number"
        return {(kind, number): name for kind, number, name in self._do(query)}

    def put_file(self, kind: str, number: int, name: bytes) -> None:
        """Set the hash of a file."""
        self._do("insert or replace into search_file values (?, ?, ?)", (kind, number, name))

    def meta(self, name: str) -> str:
        """Return an entry about the whole, "" if there is none."""
        row = self._do("select value from search_meta where name = ?", (name,)).fetchone()
        return row[0] if row else ""

    def put_meta(self, name: str, value: str) -> None:
        """Set an entry about the whole."""
        self._do("insert or replace into search_meta values (?, ?)", (name, value))

    def content(self, kind: str, number: int, layout: ShardLayout) -> bytes:
        """Return the content of a file."""
        if kind == "t":
            return formats.term_shard(self.groups(number), self.names_of(number))
        if kind == "p":
            total = layout.terms + layout.heavy
            first, last = (-(-n * total // layout.positions) for n in (number, number + 1))
            query = """select positions from search_shard
                       where number >= ? and number < ? order by number"""
            return formats.position_file(row[0] for row in self._do(query, (first, last)))
        if kind == "d":
            query = """select day, slot, record from search_article join search_record using (id)
                       where block = ?"""
            rows = self._do(query, (number,))
            return formats.document_block(
                (DocId(day, slot), decode_stored_fields(r)) for day, slot, r in rows
            )
        if kind == "c":
            return formats.completions(*self.completion(number))
        query = "select kind, key, label, doc_ids from search_facet where kind = ? and number = ?"
        found = self._do(query, (kind, number))
        return formats.facet_shard(
            Facet(k, key, label, _doc_ids_of(p)) for k, key, label, p in found
        )

    def root(self, layout: ShardLayout) -> bytes:
        """Return the content of the root."""
        runs: dict[tuple[str, int], bytes] = {}
        for (kind, number), name in self.files().items():
            run = kind, number // layout.run_length(kind)
            runs[run] = max(name, runs.get(run, formats.NO_FILE))  # an empty block has no name
        names = dict.fromkeys(formats.FOLDERS, b"")
        for (kind, _), name in runs.items():
            names[kind] += name
        query = """select day / 416, coalesce(nullif(sum(slot % 2 = 0), 0), count(*))
                   from search_article group by 1 order by 1"""
        years = self._do(query).fetchall()
        query = "select distinct lang from search_article where lang != '' order by 1"
        languages = [lang for (lang,) in self._do(query)]
        return formats.root(self.size()[0], years, languages, layout, names)
