"""The search index of an archive in rows: an edit changes the rows and files of its words only.

Owns tables in a SQLite database that is passed to it (the build's cache). What is wanted is put or
dropped article by article; `files` then brings the index up to date and gives the files that
differ. Their bytes are those of `index.index_files` for the same articles: a file is written from
its rows by the same functions, and a row is a function of the articles that hold its words.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from hashlib import blake2b
from typing import NamedTuple

import msgspec

from warraq.search import files
from warraq.search.analysis import family
from warraq.search.codec import placed
from warraq.search.edits import Difference, Edit, Written, difference, rewritten
from warraq.search.files import Facet, File
from warraq.search.index import facets_of, label_of, shards_of
from warraq.search.parts import Map, Part, families_of, heavy_parts, parts_of
from warraq.search.places import Place, day_number, document_shard, places_of, places_on
from warraq.search.postings import Columns
from warraq.search.records import Record, shown_of, unpacked
from warraq.search.sizes import Sizes, sizes_for
from warraq.search.spellings import (
    AllNames,
    completed_names,
    completed_words,
    completion_number,
    completion_of,
    swaps_of,
)
from warraq.search.words import Spelled, occurrences

_SCHEMA = """
create table if not exists search_article (
    id text primary key, day int, slot int, block int, copy_of text, length int
) without rowid;
create table if not exists search_record (id text primary key, record blob);
create index if not exists search_article_day on search_article (day, slot);
create index if not exists search_article_block on search_article (block);
create index if not exists search_article_copy on search_article (copy_of) where copy_of != '';
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
_TABLES = ("part", "shard", "completion", "facet", "fact")
_MOST_EDITED = 10  # one article of so many: beyond it all is made anew

_encode = msgspec.msgpack.Encoder().encode
_places_of = msgspec.msgpack.Decoder(list[Place]).decode
_spelled_of = msgspec.msgpack.Decoder(dict[str, dict[str, int]]).decode

Changes = Iterator[tuple[str, bytes | None]]
Touched = set[tuple[str, int]]  # (kind, number) of files that may be other ones now
Spellings = dict[str, dict[str, dict[str, int]]]  # family → term → as written → articles


class _Row(NamedTuple):
    """An article as it is searched; no `slot` before it has a place, no `record`: not at all."""

    id: str
    day: int
    slot: int | None
    record: bytes


class Store:
    """The index of one archive. Whoever made the connection begins and ends transactions."""

    def __init__(self, rows: sqlite3.Connection) -> None:
        """Make the tables unless they are there."""
        self._rows = rows
        self._before: dict[str, _Row] = {}  # of what was put or dropped since the files were made
        rows.executescript(_SCHEMA)

    # What shall be searched

    def put(self, records: Iterable[bytes]) -> None:
        """Search these articles (packed), as they are now; an equal one changes nothing."""
        for content in records:
            record = unpacked(content)
            row = self._row(record.id) or _Row(record.id, 0, None, b"")
            if row.record != content:
                self._before.setdefault(record.id, row)
                self._rows.execute(
                    "insert or replace into search_article values (?, ?, null, null, ?, ?)",
                    (record.id, day_number(record.day), record.copy_of, record.length),
                )
                self._rows.execute(
                    "insert or replace into search_record values (?, ?)", (record.id, content)
                )

    def drop(self, ids: Iterable[str]) -> None:
        """Search these articles no more."""
        for ident in ids:
            if row := self._row(ident):
                self._before.setdefault(ident, row)
                for table in ("article", "record"):
                    self._rows.execute(f"delete from search_{table} where id = ?", (ident,))  # noqa: S608

    def _records(self) -> Iterator[Record]:
        query = "select record from search_record order by rowid"
        return (unpacked(content) for (content,) in self._rows.execute(query))

    # The files

    def files(
        self, names: AllNames, *, map_: Map = map, lost: AbstractSet[str] = frozenset()
    ) -> Changes:
        """Yield (path, content) of the files that changed, None for those gone; the root last.

        Paths are under public/search/; what is `lost` there is written again. The rows are up to
        date when the last was taken.
        """
        query = "select count(*), ifnull(sum(length), 0) from search_article"
        articles, length = self._rows.execute(query).fetchone()
        sizes = sizes_for(articles, length)
        digest = blake2b(_names_bytes(names), digest_size=16).hexdigest()
        before = {(kind, number): files.path_of(kind, number, name) for kind, number, name in
                  self._rows.execute("select kind, number, hash from search_file")}  # fmt: skip
        many = len(self._before) * _MOST_EDITED > articles
        anew = many or self._fact("sizes") != json.dumps(sizes)
        if anew:
            touched = self._rebuild(names, sizes, map_)
            self._rows.execute("delete from search_file")
        else:
            touched = self._edited(names, sizes)
            if self._fact("names") != digest:
                touched |= self._renamed(names, sizes)
            touched |= {file for file, path in before.items() if path in lost}
        self._before = {}
        self._put_fact("sizes", json.dumps(sizes))
        self._put_fact("names", digest)
        now: dict[tuple[str, int], str] = {}
        for file in self._files(touched, sizes):
            path = now[file.kind, file.number] = files.path_of(file.kind, file.number, file.hash)
            self._rows.execute(
                "insert or replace into search_file values (?, ?, ?)",
                (file.kind, file.number, file.hash),
            )
            if path and (path in lost or path != before.get((file.kind, file.number))):
                yield path, file.content
        known = now if anew else {**before, **now}
        gone = {*before.values()} - {*known.values(), ""} if touched else set()
        for path in sorted(gone):
            yield path, None
        yield "root.json", self._root(sizes)

    def _rebuild(self, names: AllNames, sizes: Sizes, map_: Map) -> Touched:
        """Make all rows anew; return all files."""
        for table in _TABLES:
            self._rows.execute(f"delete from search_{table}")  # noqa: S608 - our own words
        words, articles = occurrences(self._records())
        places = places_of(articles)
        ordered = [places[article.id] for article in articles]
        self._put_places(places, sizes)
        counted = families_of(zip(words.terms, words.frequency, strict=True))
        spelled = {
            term: dict(forms) for term, forms in zip(words.terms, words.spellings, strict=True)
        }
        total = sizes.terms + sizes.heavy
        for shard in shards_of(words, parts_of(counted, sizes, map_), ordered, sizes):
            self._put_parts(
                (part, columns, {} if part.stem else {w: spelled[w] for w in counted[part.family]})
                for part, columns in shard.parts
            )
            located = files.positions_of([(part.text, columns) for part, columns in shard.parts])
            self._rows.execute(
                "insert into search_shard values (?, '', ?)", (shard.number, located)
            )
        lines = completed_words(words, sizes)
        self._rows.executemany(
            "insert into search_completion values (?, ?, '')",
            ((number, "\n".join(held)) for number, held in enumerate(lines)),
        )
        self._put_facets(facets_of(articles, ordered, names), sizes)
        self._renamed(names, sizes)
        return {
            *(("t", number) for number in range(total)),
            *(("p", number) for number in range(sizes.positions)),
            *(("d", number) for number in range(sizes.documents)),
            *((kind, number) for kind in files.FACETS for number in range(sizes.facets)),
            *(("c", number) for number in range(sizes.completions)),
        }

    # After an edit

    def _edited(self, names: AllNames, sizes: Sizes) -> Touched:
        """Bring the rows up to date with what was put and dropped; return the files to write."""
        edits = self._edits(sizes)
        if not edits:
            return set()
        change = difference(edits, sizes.usual)
        return {
            *self._blocks(edits, sizes),
            *self._refiled(edits, names, sizes),
            *self._reworded(change, sizes),
        }

    def _edits(self, sizes: Sizes) -> list[Edit]:
        """Return every article whose words or whose place are others now; place them."""
        pending = self._before
        rows = {ident: row for ident in pending if (row := self._row(ident))}
        days = {row.day for row in (*pending.values(), *rows.values())}
        for ident in pending.keys() ^ rows.keys() | {
            i for i, row in pending.items() if not row.record
        }:
            copies = "select day from search_article where copy_of = ?"
            days |= {day for (day,) in self._rows.execute(copies, (ident,))}
        edits = []
        for day in sorted(days):
            query = """select id, exists (select 1 from search_article o where o.id = a.copy_of)
                       from search_article a where day = ?"""
            for ident, place in places_on(day, self._rows.execute(query, (day,))).items():
                row = self._row(ident)
                if row is None:
                    continue
                old = pending.get(ident) or row
                if ident in pending or row.slot != place.slot:
                    was = None if old.slot is None else Place(old.day, old.slot)
                    before = unpacked(old.record) if old.record else None
                    edits.append(Edit(before, was, unpacked(row.record), place))
        for ident, row in pending.items():
            if ident not in rows and row.slot is not None:
                edits.append(Edit(unpacked(row.record), Place(row.day, row.slot), None, None))
        self._put_places({e.after.id: e.now for e in edits if e.after and e.now}, sizes)
        return edits

    def _blocks(self, edits: Iterable[Edit], sizes: Sizes) -> Touched:
        touched = set()
        for edit in edits:
            before = edit.before.shown if edit.before else None
            after = edit.after.shown if edit.after else None
            if edit.was != edit.now or before != after:
                places = [place for place in (edit.was, edit.now) if place]
                touched |= {("d", document_shard(place, sizes.documents)) for place in places}
        return touched

    def _refiled(self, edits: Iterable[Edit], names: AllNames, sizes: Sizes) -> Touched:
        """Count the articles of `edits` under the values they have now."""
        gone: set[tuple[str, str, Place, str]] = set()
        come: set[tuple[str, str, Place, str]] = set()
        for record, place, into in (
            *((edit.before, edit.was, gone) for edit in edits),
            *((edit.after, edit.now, come) for edit in edits),
        ):
            if record and place:
                into |= {(*value, place, record.source) for value in files.facet_keys(record)}
        values = {(kind, key) for kind, key, _, _ in gone ^ come}
        for kind, key in values:
            row = self._rows.execute(
                "select places from search_facet where kind = ? and key = ?", (kind, key)
            ).fetchone()
            places = set(_places_of(row[0])) if row else set()
            places -= {place for k, v, place, _ in gone if (k, v) == (kind, key)}
            places |= {place for k, v, place, _ in come if (k, v) == (kind, key)}
            self._rows.execute("delete from search_facet where kind = ? and key = ?", (kind, key))
            if places:
                ordered = sorted(places)
                label = label_of(kind, key, names, credited=self._credited(ordered[0]))
                self._put_facets([Facet(kind, key, label, ordered)], sizes)
        return {(kind, files.facet_number(key, sizes)) for kind, key in values}

    def _reworded(self, change: Difference, sizes: Sizes) -> Touched:
        """Write the postings of the touched families anew."""
        before: Written = {}
        spelled: Spellings = {}
        for key in sorted({family(term) for term in change.terms}):
            part, columns, forms = self._part(placed(key) % sizes.terms, key, "")
            spelled[key] = forms
            if part:
                before[part] = columns
                for shard, stem in heavy_parts(part, sizes):
                    heavy, columns, _ = self._part(shard, key, stem)
                    if heavy:
                        before[heavy] = columns
        touched = self._respelled(spelled, change, sizes)
        recounted = {family(term) for term, _ in change.spelled}
        counted = {
            key: {term: sum(forms.values()) for term, forms in spelled[key].items()}
            for key in recounted
            if spelled[key]
        }
        same = (part for part in before if part.family not in recounted)
        after = rewritten(before, change, sorted([*same, *parts_of(counted, sizes)]))
        self._rows.executemany(
            "delete from search_part where shard = ? and family = ? and stem = ?",
            ((part.shard, part.family, part.stem) for part in before),
        )
        self._put_parts(
            (part, columns, {} if part.stem else spelled[part.family])
            for part, columns in after.items()
        )
        shards = {part.shard for part, _ in before.items() ^ after.items()}
        for shard in shards:
            located = files.positions_of(self._parts(shard))
            self._rows.execute(
                "update search_shard set located = ? where number = ?", (located, shard)
            )
        total = sizes.terms + sizes.heavy
        touched |= {("p", shard * sizes.positions // total) for shard in shards}
        return touched | {("t", shard) for shard in shards}

    def _respelled(self, spelled: Spellings, change: Difference, sizes: Sizes) -> Touched:
        """Count spellings as they are after `change`; return the completions that differ."""
        gone: dict[int, set[str]] = {}
        come: dict[int, set[str]] = {}
        terms = {term for term, _ in change.spelled}
        lines = {term: _completion(term, spelled, sizes) for term in terms}
        for (term, surface), more in change.spelled.items():
            forms = spelled[family(term)].setdefault(term, {})
            forms[surface] = forms.get(surface, 0) + more
            if not forms[surface]:
                del forms[surface]
            if not forms:
                del spelled[family(term)][term]
        for term in terms:
            line = _completion(term, spelled, sizes)
            if line != lines[term]:
                number = completion_number(term, sizes)
                gone.setdefault(number, set()).add(lines[term])
                come.setdefault(number, set()).add(line)
        for number, lost in gone.items():
            words = set(self._completion(number)[0]) - lost | come[number]
            self._rows.execute(
                "update search_completion set words = ? where number = ?",
                ("\n".join(sorted(words - {""})), number),
            )
        return {("c", number) for number in gone}

    def _renamed(self, names: AllNames, sizes: Sizes) -> Touched:
        """Read authority files anew; return the files that show a name otherwise."""
        touched: Touched = set()
        swaps = swaps_of(names, sizes)
        query = "select number, swaps from search_shard"
        for number, before in self._rows.execute(query).fetchall():
            if before != swaps.get(number, ""):
                touched.add(("t", number))
                self._rows.execute(
                    "update search_shard set swaps = ? where number = ?",
                    (swaps.get(number, ""), number),
                )
        named = completed_names(names, sizes)
        query = "select number, names from search_completion"
        for number, before in self._rows.execute(query).fetchall():
            text = "\n".join(named.get(number, ()))
            if before != text:
                touched.add(("c", number))
                self._rows.execute(
                    "update search_completion set names = ? where number = ?", (text, number)
                )
        query = "select kind, key, number, label, places from search_facet"
        for kind, key, number, before, places in self._rows.execute(query).fetchall():
            label = label_of(kind, key, names, credited="")
            if label == key and kind == "outlet":
                label = self._credited(_places_of(places)[0]) or key
            if label != before:
                touched.add((kind, number))
                self._rows.execute(
                    "update search_facet set label = ? where kind = ? and key = ?",
                    (label, kind, key),
                )
        return touched

    # Rows to files

    def _files(self, touched: Touched, sizes: Sizes) -> Iterator[File]:
        for kind, number in sorted(touched):
            yield File(kind, number, self._content(kind, number, sizes))

    def _content(self, kind: str, number: int, sizes: Sizes) -> bytes:
        if kind == "t":
            swaps = "select swaps from search_shard where number = ?"
            return files.term_shard(self._parts(number), self._value(swaps, number))
        if kind == "p":
            total = sizes.terms + sizes.heavy
            first, last = (-(-n * total // sizes.positions) for n in (number, number + 1))
            query = """select located from search_shard
                       where number >= ? and number < ? order by number"""
            return files.position_file(row[0] for row in self._rows.execute(query, (first, last)))
        if kind == "d":
            query = """select day, slot, record from search_article join search_record using (id)
                       where block = ?"""
            rows = self._rows.execute(query, (number,))
            return files.document_block((Place(day, slot), shown_of(r)) for day, slot, r in rows)
        if kind == "c":
            return files.completions(*self._completion(number))
        query = "select kind, key, label, places from search_facet where kind = ? and number = ?"
        found = self._rows.execute(query, (kind, number))
        return files.facet_shard(Facet(k, key, label, _places_of(p)) for k, key, label, p in found)

    def _root(self, sizes: Sizes) -> bytes:
        hashes = dict.fromkeys(files.KINDS, b"")
        query = "select kind, hash from search_file order by kind, number"
        for kind, name in self._rows.execute(query):
            hashes[kind] += name
        years = "select day / 416, count(*) from search_article group by 1 order by 1"
        found = self._rows.execute(years).fetchall()
        return files.root(self._count("search_article"), found, sizes, hashes)

    # Rows

    def _row(self, ident: str) -> _Row | None:
        query = """select id, day, slot, record from search_article join search_record using (id)
                   where id = ?"""
        row = self._rows.execute(query, (ident,)).fetchone()
        return _Row._make(row) if row else None

    def _put_places(self, places: dict[str, Place], sizes: Sizes) -> None:
        self._rows.executemany(
            "update search_article set slot = ?, block = ? where id = ?",
            (
                (place.slot, document_shard(place, sizes.documents), ident)
                for ident, place in places.items()
            ),
        )

    def _credited(self, place: Place) -> str:
        query = """select record from search_article join search_record using (id)
                   where day = ? and slot = ?"""
        return shown_of(self._rows.execute(query, place).fetchone()[0]).source

    def _put_parts(self, parts: Iterable[tuple[Part, Columns, dict[str, dict[str, int]]]]) -> None:
        self._rows.executemany(
            "insert into search_part (shard, family, stem, text, spelled, frequency, days, slots,"
            " levels, heads, located) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (part.shard, part.family, part.stem, part.text, _encode(spelled), *columns)
                for part, columns, spelled in parts
            ),
        )

    def _part(
        self, shard: int, key: str, stem: str
    ) -> tuple[Part | None, Columns, dict[str, dict[str, int]]]:
        query = (
            "select text, spelled, frequency, days, slots, levels, heads, located"
            " from search_part where shard = ? and family = ? and stem = ?"
        )
        row = self._rows.execute(query, (shard, key, stem)).fetchone()
        if not row:
            return None, Columns(*[b""] * 6), {}
        part = Part.read(shard, key, stem, text=row[0])
        return part, Columns(*row[2:]), _spelled_of(row[1])

    def _parts(self, shard: int) -> list[tuple[str, Columns]]:
        query = (
            "select text, frequency, days, slots, levels, heads, located"
            " from search_part where shard = ? order by family, stem"
        )
        return [(text, Columns(*rest)) for text, *rest in self._rows.execute(query, (shard,))]

    def _completion(self, number: int) -> tuple[list[str], list[str]]:
        query = "select words, names from search_completion where number = ?"
        words, names = self._rows.execute(query, (number,)).fetchone()
        return [line for line in words.split("\n") if line], [
            line for line in names.split("\n") if line
        ]

    def _put_facets(self, facets: Iterable[Facet], sizes: Sizes) -> None:
        self._rows.executemany(
            "insert into search_facet values (?, ?, ?, ?, ?)",
            (
                (f.kind, f.key, files.facet_number(f.key, sizes), f.label, _encode(f.places))
                for f in facets
            ),
        )

    def _count(self, table: str) -> int:
        number: int = self._rows.execute(f"select count(*) from {table}").fetchone()[0]  # noqa: S608
        return number

    def _value(self, query: str, *values: object) -> str:
        row = self._rows.execute(query, values).fetchone()
        return row[0] if row else ""

    def _fact(self, name: str) -> str:
        return self._value("select value from search_fact where name = ?", name)

    def _put_fact(self, name: str, value: str) -> None:
        self._rows.execute("insert or replace into search_fact values (?, ?)", (name, value))


def _completion(term: str, spelled: Spellings, sizes: Sizes) -> str:
    forms: Spelled = tuple(spelled[family(term)].get(term, {}).items())
    return completion_of(term, forms, sizes)


def _names_bytes(names: AllNames) -> bytes:
    return msgspec.msgpack.Encoder(order="sorted").encode(names)
