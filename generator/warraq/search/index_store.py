"""The search index of an archive in rows: an edit changes the rows and files of its words only.

What is wanted is put or dropped article by article; `files` then brings the index up to date and
gives the files that differ. Their bytes are those of `index.index_files` for the same articles: a
file is written from its rows (rows.py) by the same functions, and a row is a function of the
articles that hold its words.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from hashlib import blake2b

import msgspec

from warraq.search import formats
from warraq.search.analysis import family
from warraq.search.codec import placed
from warraq.search.doc_ids import DocId, doc_ids_of, doc_ids_on, document_shard
from warraq.search.formats import Facet, File
from warraq.search.index import facets_of, label_of, shards_of
from warraq.search.index_edits import Difference, Edit, Written, difference, rewritten
from warraq.search.index_tables import IndexedArticle, IndexTables, Spelled
from warraq.search.occurrences import occurrences
from warraq.search.records import FACETS, unpacked
from warraq.search.shard_layout import ShardLayout, layout_for
from warraq.search.spellings import (
    AllNames,
    completed_names,
    completed_words,
    completion_number,
    completion_of,
    synonyms_of,
)
from warraq.search.term_shards import families_of, heavy_parts, parts_of

_MOST_EDITED = 10  # one article of so many: beyond it all is made anew

Changes = Iterator[tuple[str, bytes | None]]
Touched = set[tuple[str, int]]  # (kind, number) of files that may be other ones now
Spellings = dict[str, Spelled]  # by family


class IndexStore:
    """The index of one archive. Whoever made the connection begins and ends transactions."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Make the tables unless they are there."""
        self._rows = IndexTables(connection)
        self._before: dict[
            str, IndexedArticle
        ] = {}  # of what was put or dropped since the files were made

    # What shall be searched

    def put(self, records: Iterable[bytes]) -> None:
        """Search these articles (packed), as they are now; an equal one changes nothing."""
        for content in records:
            record = unpacked(content)
            row = self._rows.article(record.id) or IndexedArticle(record.id, 0, None, b"")
            if row.record != content:
                self._before.setdefault(record.id, row)
                self._rows.put_article(record, content)

    def drop(self, ids: Iterable[str]) -> None:
        """Search these articles no more."""
        for ident in ids:
            if row := self._rows.article(ident):
                self._before.setdefault(ident, row)
                self._rows.drop_article(ident)

    # The files

    def files(self, names: AllNames, *, lost: AbstractSet[str] = frozenset()) -> Changes:
        """Yield (path, content) of the files that changed, None for those gone; the root last.

        Paths are under public/search/; what is `lost` there is written again. The rows are up to
        date when the last was taken.
        """
        before = {file: formats.path_of(*file, name) for file, name in self._rows.files().items()}
        articles, words = self._rows.size()
        sizes = layout_for(articles, words)
        digest = blake2b(_names_bytes(names), digest_size=16).hexdigest()
        many = len(self._before) * _MOST_EDITED > articles
        if many or self._rows.fact("sizes") != json.dumps(sizes):
            touched = self._rebuild(names, sizes)
        else:
            touched = self._edited(names, sizes)
            if self._rows.fact("names") != digest:
                touched |= self._renamed(names, sizes)
            touched |= {file for file, path in before.items() if path in lost}
        self._before = {}
        self._rows.put_fact("sizes", json.dumps(sizes))
        self._rows.put_fact("names", digest)
        found = (
            File(kind, number, self._rows.content(kind, number, sizes))
            for kind, number in sorted(_whole_runs(touched, sizes))
        )
        for run in formats.runs_of(found, sizes):
            for kind, number, content in run.files:
                name = run.name if content else formats.NO_FILE
                self._rows.put_file(kind, number, name)
                path = formats.path_of(kind, number, name)
                if path and (path in lost or path != before.get((kind, number))):
                    yield path, content
        now = {formats.path_of(*file, name) for file, name in self._rows.files().items()}
        for path in sorted({*before.values()} - now - {""}):
            yield path, None
        yield "root.json", self._rows.root(sizes)

    def _rebuild(self, names: AllNames, sizes: ShardLayout) -> Touched:
        """Make all rows anew; return all files."""
        self._rows.forget()
        words, articles = occurrences(self._rows.records())
        places = doc_ids_of(articles)
        ordered = [places[article.id] for article in articles]
        self._rows.put_places(places, sizes)
        counted = families_of(zip(words.terms, words.frequency, strict=True))
        spelled = {
            term: dict(forms) for term, forms in zip(words.terms, words.spellings, strict=True)
        }
        total = sizes.terms + sizes.heavy
        for shard in shards_of(words, parts_of(counted, sizes), ordered, sizes):
            self._rows.put_parts(
                (part, columns, {} if part.stem else {w: spelled[w] for w in counted[part.family]})
                for part, columns in shard.parts
            )
            located = formats.positions_of([(part.text, columns) for part, columns in shard.parts])
            self._rows.put_located(shard.number, located)
        self._rows.put_completions(completed_words(words, sizes))
        self._rows.put_facets(facets_of(articles, ordered, names), sizes)
        self._renamed(names, sizes)
        return {
            *(("t", number) for number in range(total)),
            *(("p", number) for number in range(sizes.positions)),
            *(("d", number) for number in range(sizes.documents)),
            *((kind, number) for kind in FACETS for number in range(sizes.facets)),
            *(("c", number) for number in range(sizes.completions)),
        }

    # After an edit

    def _edited(self, names: AllNames, sizes: ShardLayout) -> Touched:
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

    def _edits(self, sizes: ShardLayout) -> list[Edit]:
        """Return every article whose words or whose place are others now; place them."""
        pending = self._before
        rows = {ident: row for ident in pending if (row := self._rows.article(ident))}
        days = {row.day for row in (*pending.values(), *rows.values())}
        for ident, row in pending.items():
            if ident not in rows or not row.record:  # its copies are none, or are some now
                days |= self._rows.days_of_copies(ident)
        edits = []
        for day in sorted(days):
            for ident, place in doc_ids_on(day, self._rows.of_day(day)).items():
                row = rows.get(ident) or self._rows.article(ident)
                if row and (ident in pending or row.slot != place.slot):
                    old = pending.get(ident) or row
                    was = None if old.slot is None else DocId(old.day, old.slot)
                    before = unpacked(old.record) if old.record else None
                    edits.append(Edit(before, was, unpacked(row.record), place))
        for ident, row in pending.items():
            if ident not in rows and row.slot is not None:
                edits.append(Edit(unpacked(row.record), DocId(row.day, row.slot), None, None))
        self._rows.put_places({e.after.id: e.now for e in edits if e.after and e.now}, sizes)
        return edits

    def _blocks(self, edits: Iterable[Edit], sizes: ShardLayout) -> Touched:
        touched = set()
        for edit in edits:
            before = edit.before.shown if edit.before else None
            after = edit.after.shown if edit.after else None
            if edit.was != edit.now or before != after:
                places = [place for place in (edit.was, edit.now) if place]
                touched |= {("d", document_shard(place, sizes.documents)) for place in places}
        return touched

    def _refiled(self, edits: Iterable[Edit], names: AllNames, sizes: ShardLayout) -> Touched:
        """Count the articles of `edits` under the values they have now."""
        gone: set[tuple[str, str, DocId, str]] = set()
        come: set[tuple[str, str, DocId, str]] = set()
        for record, place, into in (
            *((edit.before, edit.was, gone) for edit in edits),
            *((edit.after, edit.now, come) for edit in edits),
        ):
            if record and place:
                into |= {(*value, place, record.source) for value in formats.facet_keys(record)}
        values = {(kind, key) for kind, key, _, _ in gone ^ come}
        for kind, key in values:
            places = self._rows.places(kind, key)
            places -= {place for k, v, place, _ in gone if (k, v) == (kind, key)}
            places |= {place for k, v, place, _ in come if (k, v) == (kind, key)}
            self._rows.drop_facet(kind, key)
            if places:
                ordered = sorted(places)
                label = label_of(kind, key, names, credited=self._rows.credited(ordered[0]))
                self._rows.put_facets([Facet(kind, key, label, ordered)], sizes)
        return {(kind, formats.facet_number(key, sizes)) for kind, key in values}

    def _reworded(self, change: Difference, sizes: ShardLayout) -> Touched:
        """Write the postings of the touched families anew."""
        before: Written = {}
        spelled: Spellings = {}
        for key in sorted({family(term) for term in change.terms}):
            part, columns, forms = self._rows.part(placed(key) % sizes.terms, key, "")
            spelled[key] = forms
            if part:
                before[part] = columns
                for shard, stem in heavy_parts(part, sizes):
                    heavy, columns, _ = self._rows.part(shard, key, stem)
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
        self._rows.drop_parts(before)
        self._rows.put_parts(
            (part, columns, {} if part.stem else spelled[part.family])
            for part, columns in after.items()
        )
        shards = {part.shard for part, _ in before.items() ^ after.items()}
        for shard in shards:
            self._rows.put_located(shard, formats.positions_of(self._rows.parts(shard)))
        total = sizes.terms + sizes.heavy
        touched |= {("p", shard * sizes.positions // total) for shard in shards}
        return touched | {("t", shard) for shard in shards}

    def _respelled(self, spelled: Spellings, change: Difference, sizes: ShardLayout) -> Touched:
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
            words = set(self._rows.completion(number)[0]) - lost | come[number]
            self._rows.put_completed(number, words - {""})
        return {("c", number) for number in gone}

    def _renamed(self, names: AllNames, sizes: ShardLayout) -> Touched:
        """Read authority files anew; return the files that show a name otherwise."""
        touched: Touched = set()
        swaps = synonyms_of(names, sizes)
        for number, before in self._rows.swaps().items():
            if before != swaps.get(number, ""):
                touched.add(("t", number))
                self._rows.put_swaps(number, swaps.get(number, ""))
        named = completed_names(names, sizes)
        for number, before in self._rows.completed_names().items():
            lines = "\n".join(named.get(number, ()))
            if before != lines:
                touched.add(("c", number))
                self._rows.put_completed_names(number, lines)
        for facet in self._rows.facets():
            label = label_of(facet.kind, facet.key, names, credited="")
            if label == facet.key and facet.kind == "outlet":
                label = self._rows.credited(facet.places[0]) or facet.key
            if label != facet.label:
                touched.add((facet.kind, formats.facet_number(facet.key, sizes)))
                self._rows.put_facets([facet._replace(label=label)], sizes)
        return touched


def _whole_runs(touched: Touched, sizes: ShardLayout) -> Touched:
    whole = set()
    for kind, number in touched:
        length = sizes.together(kind)
        first = number - number % length
        whole |= {(kind, other) for other in range(first, first + length)}
    return whole


def _completion(term: str, spelled: Spellings, sizes: ShardLayout) -> str:
    forms = spelled[family(term)].get(term, {})
    return completion_of(term, tuple(forms.items()), sum(forms.values()), sizes)


def _names_bytes(names: AllNames) -> bytes:
    return msgspec.msgpack.Encoder(order="sorted").encode(names)
