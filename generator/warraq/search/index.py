"""Records to the static files under public/search/. Byte grammar: docs/search-format.md.

One pass, pure: the same records in any order give the same bytes. A shard depends only on the
articles that hold one of its words, on the number of shards (a ladder of archive sizes), and on
nothing that is counted over the whole collection; so an edit changes the shards of its words
(index_store.py relies on it).
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np

from warraq.search import formats
from warraq.search.doc_ids import DocId, doc_ids_of, document_shard, years_of
from warraq.search.formats import Facet, File
from warraq.search.occurrences import Occurrences, Vocabulary, vocabulary_of
from warraq.search.postings import Columns, postings_of
from warraq.search.postings import encoded as encoded_postings
from warraq.search.records import FACETS, Record, StoredFields
from warraq.search.shard_layout import ShardLayout, layout_for
from warraq.search.spellings import AllNames, completed_names, completed_words, synonyms_of
from warraq.search.term_shards import TermGroup, families_of, term_groups

MOST_SORTED = 1_000_000  # occurrences at once, about


def index_files(records: Iterable[Record], names: AllNames) -> Iterator[tuple[str, bytes]]:
    """Yield (path under public/search/, content) for every file, the root last.

    `names` holds for each of FACETS its keys' names.
    """
    words, articles = vocabulary_of(records)
    layout = layout_for(len(articles), int(words.lengths.sum()))
    doc_ids = doc_ids_of(articles)
    ordered = [doc_ids[record.id] for record in articles]
    named = dict.fromkeys(formats.FOLDERS, b"")
    found = chain(
        word_files(words, ordered, names, layout),
        block_files(articles, ordered, layout),
        facet_files(articles, ordered, names, layout),
        completion_files(words, names, layout),
    )
    for run in formats.runs_of(found, layout):
        named[run.files[0].kind] += run.name
        for file in run.files:
            if file.content:
                yield formats.path_of(file.kind, file.number, run.name), file.content
    yield "root.json", formats.root(len(articles), years_of(ordered), layout, named)


class Shard(NamedTuple):
    """A term shard: its groups with their postings."""

    number: int
    groups: list[tuple[TermGroup, Columns]]


def word_files(
    words: Vocabulary, doc_ids: Sequence[DocId], names: AllNames, layout: ShardLayout
) -> Iterator[File]:
    """Yield the term shards, then the position files."""
    synonyms = synonyms_of(names, layout)
    total = layout.terms + layout.heavy
    positions: list[list[bytes]] = [[] for _ in range(layout.positions)]
    groups = term_groups(families_of(zip(words.terms, words.frequency, strict=True)), layout)
    for shard in shards_of(words, groups, doc_ids, layout):
        texts = [(group.text, columns) for group, columns in shard.groups]
        yield File("t", shard.number, formats.term_shard(texts, synonyms.get(shard.number, "")))
        positions[shard.number * layout.positions // total].append(formats.positions_of(texts))
    for number, held in enumerate(positions):
        yield File("p", number, formats.position_file(held))


def shards_of(
    words: Vocabulary, groups: Sequence[TermGroup], doc_ids: Sequence[DocId], layout: ShardLayout
) -> Iterator[Shard]:
    """Yield every term shard; only some of the postings are in memory at once."""
    total = layout.terms + layout.heavy
    held: list[list[TermGroup]] = [[] for _ in range(total)]
    for group in groups:
        held[group.shard].append(group)
    number = {term: at for at, term in enumerate(words.terms)}
    rank = np.zeros(len(words.terms), np.int32)
    rank[[number[word] for group in groups for word in group.words]] = np.arange(len(rank))
    occurrences = [found._replace(word=rank[found.word]) for found in words.occurrences]
    times = sum(
        (np.bincount(found.word, minlength=len(rank)) for found in occurrences), start=np.zeros(1)
    )
    before = np.concatenate([[0], np.cumsum(times)])
    first = low = 0
    while first < total:
        last, high = first, low
        while last < total and (last == first or before[high] - before[low] < MOST_SORTED):
            high += sum(len(group.words) for group in held[last])
            last += 1
        bounds = [0]
        for group in (group for some in held[first:last] for group in some):
            bounds.append(bounds[-1] + len(group.words))
        some = postings_of(words, _renumbered(occurrences, low, high), doc_ids, layout.usual_length)
        columns = iter(encoded_postings(some, bounds))
        for shard in range(first, last):
            yield Shard(shard, [(group, next(columns)) for group in held[shard]])
        first, low = last, high


def _renumbered(occurrences: Sequence[Occurrences], low: int, high: int) -> Occurrences:
    """Return the occurrences of words in [low, high), renumbered from 0."""
    chosen = []
    for found in occurrences:
        kept = (found.word >= low) & (found.word < high)
        chosen.append(
            (found.word[kept] - np.int32(low), found.document[kept], found.position[kept])
        )
    if not chosen:
        return Occurrences(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.uint16))
    return Occurrences(*map(np.concatenate, zip(*chosen, strict=True)))


def block_files(
    articles: Sequence[StoredFields], doc_ids: Sequence[DocId], layout: ShardLayout
) -> Iterator[File]:
    """Yield the document blocks."""
    blocks: list[list[tuple[DocId, StoredFields]]] = [[] for _ in range(layout.documents)]
    for record, doc_id in zip(articles, doc_ids, strict=True):
        blocks[document_shard(doc_id, layout.documents)].append((doc_id, record))
    for number, rows in enumerate(blocks):
        yield File("d", number, formats.document_block(rows))


def facet_files(
    articles: Sequence[StoredFields], doc_ids: Sequence[DocId], names: AllNames, layout: ShardLayout
) -> Iterator[File]:
    """Yield the facets of each kind."""
    shards: dict[str, list[list[Facet]]] = {
        kind: [[] for _ in range(layout.facets)] for kind in FACETS
    }
    for facet in facets_of(articles, doc_ids, names):
        shards[facet.kind][formats.facet_number(facet.key, layout)].append(facet)
    for kind, held in shards.items():
        for number, values in enumerate(held):
            yield File(kind, number, formats.facet_shard(values))


def facets_of(
    articles: Iterable[StoredFields], doc_ids: Iterable[DocId], names: AllNames
) -> Iterator[Facet]:
    """Yield every facet value with its articles."""
    held: dict[tuple[str, str], list[DocId]] = {}
    credited: dict[tuple[str, str], str] = {}
    for doc_id, record in sorted(zip(doc_ids, articles, strict=True)):
        for value in formats.facet_keys(record):
            held.setdefault(value, []).append(doc_id)
            credited.setdefault(value, record.source)
    for (kind, key), found in held.items():
        yield Facet(kind, key, label_of(kind, key, names, credited=credited[kind, key]), found)


def label_of(kind: str, key: str, names: AllNames, *, credited: str) -> str:
    """Return the label of a value; an outlet without a file has the name it is credited by."""
    if name := names.get(kind, {}).get(key):
        return name.label
    return credited if kind == "outlet" and credited else key


def completion_files(words: Vocabulary, names: AllNames, layout: ShardLayout) -> Iterator[File]:
    """Yield the completions."""
    lines = completed_words(words, layout)
    named = completed_names(names, layout)
    for number, held in enumerate(lines):
        yield File("c", number, formats.completions(held, named.get(number, [])))
