"""The search index of an archive in rows: an edit changes the rows and files of its words only.

Articles are put and dropped one by one; `files` then brings the index up to date and yields the
files that differ. Their bytes are those of `index.index_files` for the same articles: a file is
written from its rows (index_tables.py) by the same functions, and a row is a function of the
articles that hold its words.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import partial
from hashlib import blake2b
from itertools import chain, groupby, islice
from operator import itemgetter
from typing import Protocol, TypeVar

import numpy as np

from warraq.search import formats
from warraq.search.analysis import family
from warraq.search.authority_names import (
    AllNames,
    Synonyms,
    Unfiled,
    digest_input,
    name_lines,
    unfiled,
)
from warraq.search.completions import (
    completed_names,
    completed_words,
    completion_number,
    completion_of,
)
from warraq.search.doc_ids import DocId, doc_ids_on, document_shard
from warraq.search.formats import Facet, File
from warraq.search.index import facets_of, label_of
from warraq.search.index_edits import Difference, Edit, Written, difference, rewritten
from warraq.search.index_tables import IndexedArticle, IndexTables, SpellingsByTerm
from warraq.search.occurrences import Terms, batches, frequency, inverted_rows, renumbered
from warraq.search.postings import articles_at
from warraq.search.records import FACETS, decode_record, decode_stored_fields
from warraq.search.shard_layout import ShardLayout, layout_for
from warraq.search.shares import Share, Shares, groups_of_share, share_count
from warraq.search.term_shards import heavy_groups, light_shard, term_groups

_MOST_EDITED = 10  # one article of so many: beyond it the index is rebuilt

ChangedFiles = Iterator[tuple[str, bytes | None]]
DirtyFiles = set[tuple[str, int]]  # (kind, number) of files whose content may differ
SpellingsByFamily = dict[str, SpellingsByTerm]
Item = TypeVar("Item")
Result = TypeVar("Result")


class Spread(Protocol):
    """Applies a pure function to items, anywhere: `map`, or one that has several processes."""

    def __call__(
        self, function: Callable[[Item], Result], items: Iterable[Item], /
    ) -> Iterable[Result]:
        """Return the results in the order of `items`, which are taken as they are needed."""
        ...


class IndexStore:
    """The index of one archive. Whoever made the connection begins and ends transactions."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Make the tables unless they are there."""
        self._rows = IndexTables(connection)
        # What was put or dropped since the files were written, as it was before.
        self._before: dict[str, IndexedArticle] = {}

    # The articles that are searched

    def put(self, records: Iterable[bytes]) -> None:
        """Put encoded records into the index; an equal one changes nothing."""
        for content in records:
            record = decode_record(content)
            row = self._rows.article(record.id) or IndexedArticle(record.id, 0, None, b"")
            if row.record != content:
                self._before.setdefault(record.id, row)
                self._rows.put_article(record, content)

    def drop(self, ids: Iterable[str]) -> None:
        """Remove articles from the index."""
        for ident in ids:
            if row := self._rows.article(ident):
                self._before.setdefault(ident, row)
                self._rows.drop_article(ident)

    # The files

    def files(
        self,
        names: AllNames,
        synonyms: Synonyms = (),
        *,
        missing: AbstractSet[str] = frozenset(),
        spread: Spread = map,
    ) -> ChangedFiles:
        """Return (path, content) of the files that changed, None for removed ones; the root last.

        Paths are under public/search/; those in `missing` come even if unchanged. Rows are brought
        up to date at once, by way of `spread` where all are new; those of files as files are taken.
        """
        articles, words = self._rows.size()
        layout = layout_for(articles, words)
        before = {file: formats.path_of(*file, name) for file, name in self._rows.files().items()}
        many = len(self._before) * _MOST_EDITED > articles
        if many or self._rows.meta("layout") != json.dumps(layout):
            dirty = self._rebuild(names, layout, share_count(words), spread)
        else:
            dirty = self._apply_edits(names, layout)
            dirty |= {file for file, path in before.items() if path in missing}
        dirty |= self._update_names(names, synonyms, layout)
        self._before = {}
        self._rows.put_meta("layout", json.dumps(layout))
        return self._changed_files(dirty, before, missing, layout)

    def _changed_files(
        self,
        dirty: DirtyFiles,
        before: Mapping[tuple[str, int], str],
        missing: AbstractSet[str],
        layout: ShardLayout,
    ) -> ChangedFiles:
        found = (
            File(kind, number, self._rows.content(kind, number, layout))
            for kind, number in sorted(_whole_runs(dirty, layout))
        )
        for run in formats.runs_of(found, layout):
            for kind, number, content in run.files:
                name = run.name if content else formats.NO_FILE
                self._rows.put_file(kind, number, name)
                path = formats.path_of(kind, number, name)
                if path and (path in missing or path != before.get((kind, number))):
                    yield path, content
        after = {formats.path_of(*file, name) for file, name in self._rows.files().items()}
        for path in sorted({*before.values()} - after - {""}):
            yield path, None
        yield "root.json", self._rows.root(layout)

    # All at once

    def _rebuild(
        self, names: AllNames, layout: ShardLayout, shares: int, spread: Spread
    ) -> DirtyFiles:
        """Rebuild all rows; return all files."""
        self._rows.forget()
        days = groupby(self._rows.by_day(), key=itemgetter(0))
        placed = (doc_ids_on(day, ((i, copied) for _, i, copied in rows)) for day, rows in days)
        self._rows.put_doc_ids(dict(chain.from_iterable(d.items() for d in placed)), layout)
        total = layout.terms + layout.heavy
        self._rebuild_groups(layout, shares, spread)
        for shard in range(total):
            self._rows.put_positions(shard, formats.positions_of(self._rows.positions(shard)))
        stored = ((doc_id, decode_stored_fields(record)) for doc_id, record in self._rows.records())
        self._rows.put_facets(facets_of(stored, names), layout)
        return {
            *(("t", number) for number in range(total)),
            *(("p", number) for number in range(layout.positions)),
            *(("d", number) for number in range(layout.documents)),
            *((kind, number) for kind in FACETS for number in range(layout.facets)),
            *(("c", number) for number in range(layout.completions)),
        }

    def _rebuild_groups(self, layout: ShardLayout, count: int, spread: Spread) -> None:
        """Write the groups of all words, made in `count` shares, and their completions."""
        terms, shares = Terms(), Shares(count)
        doc_ids: list[DocId] = []
        lengths, titles = [np.zeros(0, np.int32)], [np.zeros(0, np.int32)]

        def encoded() -> Iterator[list[bytes]]:
            for batch in batches(self._rows.records()):
                doc_ids.extend(doc_id for doc_id, _ in batch)
                yield [record for _, record in batch]

        self._rows.drop_parts()
        for found in spread(inverted_rows, encoded()):
            known, first = len(terms.numbers), sum(map(len, lengths))
            numbers = terms.add(found)
            shares.add(islice(terms.numbers, known, None))
            occurrences = renumbered(found.occurrences, numbers, first=first)
            self._rows.put_parts(shares.parts_of(occurrences))
            lengths.append(found.lengths)
            titles.append(found.titles)
        spelled = dict(zip(terms.numbers, terms.spellings(), strict=True))
        self._rows.put_completions(completed_words(spelled, layout))
        articles = articles_at(doc_ids, np.concatenate(lengths), np.concatenate(titles))
        index_share = partial(groups_of_share, articles=articles, layout=layout)
        each = (
            Share([(*row, frequency(spelled[row[1]])) for row in held], self._rows.parts(number))
            for number, held in enumerate(shares.terms)
        )
        for groups in spread(index_share, each):
            families: SpellingsByFamily = {}
            for group, _ in groups:
                forms = families.setdefault(group.family, {})
                forms.update((word, dict(spelled[word])) for word in group.words)
            self._rows.put_groups(
                (group, columns, {} if group.stem else families[group.family])
                for group, columns in groups
            )
        self._rows.drop_parts()

    # After an edit

    def _apply_edits(self, names: AllNames, layout: ShardLayout) -> DirtyFiles:
        """Apply what was put and dropped to the rows; return the dirty files."""
        edits = self._pending_edits(layout)
        if not edits:
            return set()
        change = difference(edits, layout.usual_length)
        return {
            *self._dirty_blocks(edits, layout),
            *self._update_facets(edits, names, layout),
            *self._update_postings(change, layout),
        }

    def _pending_edits(self, layout: ShardLayout) -> list[Edit]:
        """Return every article whose words or document id changed; store the new ids."""
        pending = self._before
        rows = {ident: row for ident in pending if (row := self._rows.article(ident))}
        days = {row.day for row in (*pending.values(), *rows.values())}
        for ident, row in pending.items():
            if ident not in rows or not row.record:  # its copies cease to be copies, or become some
                days |= self._rows.days_of_copies(ident)
        edits = []
        for day in sorted(days):
            for ident, doc_id in doc_ids_on(day, self._rows.of_day(day)).items():
                row = rows.get(ident) or self._rows.article(ident)
                if row and (ident in pending or row.slot != doc_id.slot):
                    old = pending.get(ident) or row
                    old_id = None if old.slot is None else DocId(old.day, old.slot)
                    before = decode_record(old.record) if old.record else None
                    edits.append(Edit(before, old_id, decode_record(row.record), doc_id))
        for ident, row in pending.items():
            if ident not in rows and row.slot is not None:
                edits.append(Edit(decode_record(row.record), DocId(row.day, row.slot), None, None))
        self._rows.put_doc_ids(
            {e.after.id: e.new_id for e in edits if e.after and e.new_id}, layout
        )
        return edits

    def _dirty_blocks(self, edits: Iterable[Edit], layout: ShardLayout) -> DirtyFiles:
        dirty = set()
        for edit in edits:
            before = edit.before.stored_fields if edit.before else None
            after = edit.after.stored_fields if edit.after else None
            if edit.old_id != edit.new_id or before != after:
                doc_ids = [doc_id for doc_id in (edit.old_id, edit.new_id) if doc_id]
                dirty |= {("d", document_shard(doc_id, layout.documents)) for doc_id in doc_ids}
        return dirty

    def _update_facets(
        self, edits: Iterable[Edit], names: AllNames, layout: ShardLayout
    ) -> DirtyFiles:
        """Move the articles of `edits` to their present facets; return the dirty files."""
        removed: set[tuple[str, str, DocId, str]] = set()
        added: set[tuple[str, str, DocId, str]] = set()
        for record, doc_id, into in (
            *((edit.before, edit.old_id, removed) for edit in edits),
            *((edit.after, edit.new_id, added) for edit in edits),
        ):
            if record and doc_id:
                into |= {(*value, doc_id, record.source) for value in formats.facet_keys(record)}
        values = {(kind, key) for kind, key, _, _ in removed ^ added}
        for kind, key in values:
            doc_ids = self._rows.doc_ids(kind, key)
            doc_ids -= {doc_id for k, v, doc_id, _ in removed if (k, v) == (kind, key)}
            doc_ids |= {doc_id for k, v, doc_id, _ in added if (k, v) == (kind, key)}
            self._rows.drop_facet(kind, key)
            if doc_ids:
                ordered = sorted(doc_ids)
                label = label_of(kind, key, names, credited=self._rows.credited(ordered[0]))
                self._rows.put_facets([Facet(kind, key, label, ordered)], layout)
        return {(kind, formats.facet_number(key, layout)) for kind, key in values}

    def _update_postings(self, change: Difference, layout: ShardLayout) -> DirtyFiles:
        """Rewrite the postings of the changed families; return the dirty files."""
        before: Written = {}
        spelled: SpellingsByFamily = {}
        for key in sorted({family(term) for term in change.terms}):
            group, columns, forms = self._rows.group(light_shard(key, layout), key, "")
            spelled[key] = forms
            if group:
                before[group] = columns
                for shard, stem in heavy_groups(group, layout):
                    heavy, columns, _ = self._rows.group(shard, key, stem)
                    if heavy:
                        before[heavy] = columns
        dirty = self._update_spellings(spelled, change, layout)
        recounted = {family(term) for term, _ in change.spelled}
        counted = {
            key: {term: sum(forms.values()) for term, forms in spelled[key].items()}
            for key in recounted
            if spelled[key]
        }
        kept = (group for group in before if group.family not in recounted)
        after = rewritten(before, change, sorted([*kept, *term_groups(counted, layout)]))
        self._rows.drop_groups(before)
        self._rows.put_groups(
            (group, columns, {} if group.stem else spelled[group.family])
            for group, columns in after.items()
        )
        shards = {group.shard for group, _ in before.items() ^ after.items()}
        for shard in shards:
            self._rows.put_positions(shard, formats.positions_of(self._rows.positions(shard)))
        total = layout.terms + layout.heavy
        dirty |= {("p", shard * layout.positions // total) for shard in shards}
        return dirty | {("t", shard) for shard in shards}

    def _update_spellings(
        self, spelled: SpellingsByFamily, change: Difference, layout: ShardLayout
    ) -> DirtyFiles:
        """Update the counts of spellings by `change`; return the completion files that differ."""
        removed: dict[int, set[str]] = {}
        added: dict[int, set[str]] = {}
        terms = {term for term, _ in change.spelled}
        lines = {term: _completion(term, spelled, layout) for term in terms}
        for (term, surface), more in change.spelled.items():
            forms = spelled[family(term)].setdefault(term, {})
            forms[surface] = forms.get(surface, 0) + more
            if not forms[surface]:
                del forms[surface]
            if not forms:
                del spelled[family(term)][term]
        for term in terms:
            line = _completion(term, spelled, layout)
            if line != lines[term]:
                number = completion_number(term, layout)
                removed.setdefault(number, set()).add(lines[term])
                added.setdefault(number, set()).add(line)
        for number, old_lines in removed.items():
            words = set(self._rows.completion(number)[0]) - old_lines | added[number]
            self._rows.put_completed(number, words - {""})
        return {("c", number) for number in removed}

    def _update_names(self, names: AllNames, synonyms: Synonyms, layout: ShardLayout) -> DirtyFiles:
        """Take names into the rows if they changed; return the files that show a changed one."""
        others = unfiled(self._rows.facet_keys(), names)
        before, after = self._rows.meta("unfiled"), json.dumps(others)
        self._rows.put_meta("unfiled", after)
        digest = blake2b(digest_input(names, synonyms), digest_size=16).hexdigest()
        if self._rows.meta("names") != digest:
            self._rows.put_meta("names", digest)
            return self._rewrite_names(names, others, synonyms, layout)
        if before == after:
            return set()
        return self._replace_unfiled(
            {tuple(value) for value in json.loads(before)}, {*others}, layout
        )

    def _rewrite_names(
        self, names: AllNames, others: Unfiled, synonyms: Synonyms, layout: ShardLayout
    ) -> DirtyFiles:
        """Take all names into the rows; return the files that show a changed one."""
        dirty: DirtyFiles = set()
        related = name_lines(names, others, synonyms, layout)
        for number, before in self._rows.names().items():
            if before != related.get(number, ""):
                dirty.add(("t", number))
                self._rows.put_names(number, related.get(number, ""))
        named = completed_names(names, others, layout)
        for number, before in self._rows.completed_names().items():
            lines = "\n".join(named.get(number, ()))
            if before != lines:
                dirty.add(("c", number))
                self._rows.put_completed_names(number, lines)
        for facet in self._rows.facets():
            label = label_of(facet.kind, facet.key, names, credited="")
            if label == facet.key and facet.kind == "outlet":
                label = self._rows.credited(facet.doc_ids[0]) or facet.key
            if label != facet.label:
                dirty.add((facet.kind, formats.facet_number(facet.key, layout)))
                self._rows.put_facets([facet._replace(label=label)], layout)
        return dirty

    def _replace_unfiled(
        self, before: set[tuple[str, str]], after: set[tuple[str, str]], layout: ShardLayout
    ) -> DirtyFiles:
        """Replace the lines of values without a file that came or went; return the dirty files."""
        gone = before - after
        spelled = set(map(_spelled, gone))  # two may differ in spaces alone, and have one line
        come = {value for value in after if value not in before or _spelled(value) in spelled}
        old, new = (name_lines({}, values, (), layout) for values in (gone, come))
        for number in old.keys() | new.keys():
            less, more = (lines.get(number, "").split("\n") for lines in (old, new))
            held = self._rows.names_of(number).split("\n")
            self._rows.put_names(number, _lines(held, less=less, more=more))
        old_names, new_names = (completed_names({}, values, layout) for values in (gone, come))
        for number in old_names.keys() | new_names.keys():
            less, more = (lines.get(number, []) for lines in (old_names, new_names))
            held = self._rows.completion(number)[1]
            self._rows.put_completed_names(number, _lines(held, less=less, more=more))
        return {
            *(("t", number) for number in old.keys() | new.keys()),
            *(("c", number) for number in old_names.keys() | new_names.keys()),
        }


def _lines(held: Iterable[str], *, less: Iterable[str], more: Iterable[str]) -> str:
    """Return lines in order, less some and with some more."""
    return "\n".join(sorted(({*held} - {*less} | {*more}) - {""}))


def _whole_runs(dirty: DirtyFiles, layout: ShardLayout) -> DirtyFiles:
    whole = set()
    for kind, number in dirty:
        length = layout.run_length(kind)
        first = number - number % length
        whole |= {(kind, other) for other in range(first, first + length)}
    return whole


def _spelled(value: tuple[str, str]) -> tuple[str, str]:
    kind, name = value
    return kind, " ".join(name.split())


def _completion(term: str, spelled: SpellingsByFamily, layout: ShardLayout) -> str:
    forms = spelled[family(term)].get(term, {})
    return completion_of(term, tuple(forms.items()), sum(forms.values()), layout)
