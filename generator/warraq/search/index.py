"""Records to the static files under public/search/. Byte grammar: docs/search-format.md.

One pass, pure: the same records in any order give the same bytes. A shard depends only on the
articles that hold one of its words, on the number of shards (a ladder of archive sizes), and on
nothing that is counted over the whole collection; so an edit changes the shards of its words
(store.py does no more than that).
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np

from warraq.search import formats
from warraq.search.doc_ids import DocId, doc_ids_of, document_shard, years_of
from warraq.search.formats import Facet, File
from warraq.search.occurrences import Occurrences, Vocabulary, occurrences
from warraq.search.postings import Columns, postings_of
from warraq.search.postings import encoded as encoded_postings
from warraq.search.records import FACETS, Record, StoredFields
from warraq.search.shard_layout import ShardLayout, layout_for
from warraq.search.spellings import AllNames, completed_names, completed_words, synonyms_of
from warraq.search.term_shards import TermGroup, families_of, parts_of

OCCURRENCES = 1_000_000  # sorted at once, about


def index_files(records: Iterable[Record], names: AllNames) -> Iterator[tuple[str, bytes]]:
    """Yield (path under public/search/, content) for every file, the root last.

    `names` holds for each of FACETS its keys' names.
    """
    words, articles = occurrences(records)
    sizes = layout_for(len(articles), int(words.lengths.sum()))
    places = doc_ids_of(articles)
    ordered = [places[record.id] for record in articles]
    named = dict.fromkeys(formats.FOLDERS, b"")
    found = chain(
        word_files(words, ordered, names, sizes),
        block_files(articles, ordered, sizes),
        facet_files(articles, ordered, names, sizes),
        completion_files(words, names, sizes),
    )
    for run in formats.runs_of(found, sizes):
        named[run.files[0].kind] += run.name
        for file in run.files:
            if file.content:
                yield formats.path_of(file.kind, file.number, run.name), file.content
    yield "root.json", formats.root(len(articles), years_of(ordered), sizes, named)


class Shard(NamedTuple):
    """A term shard: its parts with their postings."""

    number: int
    parts: list[tuple[TermGroup, Columns]]


def word_files(
    words: Vocabulary, places: Sequence[DocId], names: AllNames, sizes: ShardLayout
) -> Iterator[File]:
    """Yield the term shards, and the position files between them."""
    swaps = synonyms_of(names, sizes)
    total = sizes.terms + sizes.heavy
    located: list[list[bytes]] = [[] for _ in range(sizes.positions)]
    parts = parts_of(families_of(zip(words.terms, words.frequency, strict=True)), sizes)
    for shard in shards_of(words, parts, places, sizes):
        texts = [(part.text, columns) for part, columns in shard.parts]
        yield File("t", shard.number, formats.term_shard(texts, swaps.get(shard.number, "")))
        located[shard.number * sizes.positions // total].append(formats.positions_of(texts))
    for number, held in enumerate(located):
        yield File("p", number, formats.position_file(held))


def shards_of(
    words: Vocabulary, parts: Sequence[TermGroup], places: Sequence[DocId], sizes: ShardLayout
) -> Iterator[Shard]:
    """Yield every term shard; few postings are held at once."""
    total = sizes.terms + sizes.heavy
    held: list[list[TermGroup]] = [[] for _ in range(total)]
    for part in parts:
        held[part.shard].append(part)
    number = {term: at for at, term in enumerate(words.terms)}
    rank = np.zeros(len(words.terms), np.int32)
    rank[[number[word] for part in parts for word in part.words]] = np.arange(len(rank))
    met = [found._replace(word=rank[found.word]) for found in words.met]
    times = sum((np.bincount(found.word, minlength=len(rank)) for found in met), start=np.zeros(1))
    before = np.concatenate([[0], np.cumsum(times)])
    first = low = 0
    while first < total:
        last, high = first, low
        while last < total and (last == first or before[high] - before[low] < OCCURRENCES):
            high += sum(len(part.words) for part in held[last])
            last += 1
        bounds = [0]
        for part in (part for some in held[first:last] for part in some):
            bounds.append(bounds[-1] + len(part.words))
        some = postings_of(words, _between(met, low, high), places, sizes.usual)
        columns = iter(encoded_postings(some, bounds))
        for shard in range(first, last):
            yield Shard(shard, [(part, next(columns)) for part in held[shard]])
        first, low = last, high


def _between(met: Sequence[Occurrences], low: int, high: int) -> Occurrences:
    """Return the occurrences of words `low` up to `high`, which is then word 0 and on."""
    chosen = []
    for found in met:
        kept = (found.word >= low) & (found.word < high)
        chosen.append(
            (found.word[kept] - np.int32(low), found.document[kept], found.position[kept])
        )
    if not chosen:
        return Occurrences(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.uint16))
    return Occurrences(*map(np.concatenate, zip(*chosen, strict=True)))


def block_files(
    articles: Sequence[StoredFields], places: Sequence[DocId], sizes: ShardLayout
) -> Iterator[File]:
    """Yield the document blocks."""
    blocks: list[list[tuple[DocId, StoredFields]]] = [[] for _ in range(sizes.documents)]
    for record, place in zip(articles, places, strict=True):
        blocks[document_shard(place, sizes.documents)].append((place, record))
    for number, rows in enumerate(blocks):
        yield File("d", number, formats.document_block(rows))


def facet_files(
    articles: Sequence[StoredFields], places: Sequence[DocId], names: AllNames, sizes: ShardLayout
) -> Iterator[File]:
    """Yield the facets of each kind."""
    shards: dict[str, list[list[Facet]]] = {
        kind: [[] for _ in range(sizes.facets)] for kind in FACETS
    }
    for facet in facets_of(articles, places, names):
        shards[facet.kind][formats.facet_number(facet.key, sizes)].append(facet)
    for kind, held in shards.items():
        for number, values in enumerate(held):
            yield File(kind, number, formats.facet_shard(values))


def facets_of(
    articles: Iterable[StoredFields], places: Iterable[DocId], names: AllNames
) -> Iterator[Facet]:
    """Yield every value under which articles are counted."""
    held: dict[tuple[str, str], list[DocId]] = {}
    credited: dict[tuple[str, str], str] = {}
    for place, record in sorted(zip(places, articles, strict=True)):
        for value in formats.facet_keys(record):
            held.setdefault(value, []).append(place)
            credited.setdefault(value, record.source)
    for (kind, key), found in held.items():
        yield Facet(kind, key, label_of(kind, key, names, credited=credited[kind, key]), found)


def label_of(kind: str, key: str, names: AllNames, *, credited: str) -> str:
    """Return how a value is called; an outlet without a file of its own is called as credited."""
    if name := names.get(kind, {}).get(key):
        return name.label
    return credited if kind == "outlet" and credited else key


def completion_files(words: Vocabulary, names: AllNames, sizes: ShardLayout) -> Iterator[File]:
    """Yield the completions."""
    lines = completed_words(words, sizes)
    named = completed_names(names, sizes)
    for number, held in enumerate(lines):
        yield File("c", number, formats.completions(held, named.get(number, [])))
