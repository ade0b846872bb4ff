"""Records to the static files under public/search/. Byte grammar: docs/search-format.md.

One pass, pure: the same records in any order give the same bytes. A shard depends only on the
articles that hold one of its words, on the number of shards (a ladder of archive sizes), and on
nothing that is counted over the whole collection; so an edit changes the shards of its words
(index_store.py relies on it).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from warraq.search import formats
from warraq.search.authority_names import AllNames, Synonyms, name_lines, unfiled
from warraq.search.completions import completed_names, completed_words
from warraq.search.doc_ids import DocId, doc_ids_of, document_shard, years_of
from warraq.search.formats import Facet, File
from warraq.search.occurrences import Vocabulary, vocabulary_of
from warraq.search.postings import Columns, articles_at
from warraq.search.records import FACETS, Record, StoredFields
from warraq.search.shard_layout import ShardLayout, layout_for
from warraq.search.shares import groups_with_postings
from warraq.search.term_shards import families_of, term_groups


def index_files(
    records: Iterable[Record], names: AllNames, synonyms: Synonyms = ()
) -> Iterator[tuple[str, bytes]]:
    """Yield (path under public/search/, content) for every file, the root last.

    `names` holds for each of FACETS its keys' names.
    """
    words, articles = vocabulary_of(records)
    layout = layout_for(len(articles), int(words.lengths.sum()))
    doc_ids = doc_ids_of(articles)
    ordered = [doc_ids[record.id] for record in articles]
    facets = list(facets_of(zip(ordered, articles, strict=True), names))
    others = unfiled(((facet.kind, facet.key) for facet in facets), names)
    named = dict.fromkeys(formats.FOLDERS, b"")
    found = chain(
        word_files(words, ordered, name_lines(names, others, synonyms, layout), layout),
        block_files(articles, ordered, layout),
        facet_files(facets, layout),
        completion_files(words, completed_names(names, others, layout), layout),
    )
    for run in formats.runs_of(found, layout):
        named[run.files[0].kind] += run.name
        for file in run.files:
            if file.content:
                yield formats.path_of(file.kind, file.number, run.name), file.content
    yield (
        "root.json",
        formats.root(len(articles), years_of(ordered), languages_of(articles), layout, named),
    )


def languages_of(articles: Iterable[StoredFields]) -> list[str]:
    """Return the languages that are stemmed, in order."""
    return sorted({article.lang for article in articles} - {""})


def word_files(
    words: Vocabulary, doc_ids: Sequence[DocId], names: Mapping[int, str], layout: ShardLayout
) -> Iterator[File]:
    """Yield the term shards, each with its `names`, then the position files."""
    positions: list[list[bytes]] = [[] for _ in range(layout.positions)]
    shards = shards_of(words, doc_ids, layout)
    for number, groups in enumerate(shards):
        yield File("t", number, formats.term_shard(groups, names.get(number, "")))
        positions[number * layout.positions // len(shards)].append(
            formats.positions_of(columns.positions for _, columns in groups)
        )
    for number, held in enumerate(positions):
        yield File("p", number, formats.position_file(held))


def shards_of(
    words: Vocabulary, doc_ids: Sequence[DocId], layout: ShardLayout
) -> list[list[tuple[str, Columns]]]:
    """Return the groups (text, postings) of every term shard, in order."""
    shards: list[list[tuple[str, Columns]]] = [[] for _ in range(layout.terms + layout.heavy)]
    groups = term_groups(families_of(zip(words.terms, words.frequency, strict=True)), layout)
    articles = articles_at(doc_ids, words.lengths, words.titles)
    for group, columns in groups_with_postings(
        words.terms, groups, words.occurrences, articles, layout
    ):
        shards[group.shard].append((group.text, columns))
    return shards


def block_files(
    articles: Sequence[StoredFields], doc_ids: Sequence[DocId], layout: ShardLayout
) -> Iterator[File]:
    """Yield the document blocks."""
    blocks: list[list[tuple[DocId, StoredFields]]] = [[] for _ in range(layout.documents)]
    for record, doc_id in zip(articles, doc_ids, strict=True):
        blocks[document_shard(doc_id, layout.documents)].append((doc_id, record))
    for number, rows in enumerate(blocks):
        yield File("d", number, formats.document_block(rows))


def facet_files(facets: Iterable[Facet], layout: ShardLayout) -> Iterator[File]:
    """Yield the facets of each kind."""
    shards: dict[str, list[list[Facet]]] = {
        kind: [[] for _ in range(layout.facets)] for kind in FACETS
    }
    for facet in facets:
        shards[facet.kind][formats.facet_number(facet.key, layout)].append(facet)
    for kind, held in shards.items():
        for number, values in enumerate(held):
            yield File(kind, number, formats.facet_shard(values))


def facets_of(articles: Iterable[tuple[DocId, StoredFields]], names: AllNames) -> Iterator[Facet]:
    """Yield every facet value with its articles."""
    held: dict[tuple[str, str], list[DocId]] = {}
    credited: dict[tuple[str, str], tuple[DocId, str]] = {}  # by the first of the articles
    for doc_id, record in articles:
        for value in formats.facet_keys(record):
            held.setdefault(value, []).append(doc_id)
            found = credited.get(value)
            if found is None or doc_id < found[0]:
                credited[value] = doc_id, record.source
    for (kind, key), doc_ids in held.items():
        label = label_of(kind, key, names, credited=credited[kind, key][1])
        yield Facet(kind, key, label, sorted(doc_ids))


def label_of(kind: str, key: str, names: AllNames, *, credited: str) -> str:
    """Return the label of a value; an outlet without a file has the name it is credited by."""
    if name := names.get(kind, {}).get(key):
        return name.label
    return credited if kind == "outlet" and credited else key


def completion_files(
    words: Vocabulary, named: Mapping[int, list[str]], layout: ShardLayout
) -> Iterator[File]:
    """Yield the completions: words, and lines of names."""
    lines = completed_words(dict(zip(words.terms, words.spellings, strict=True)), layout)
    for number, held in enumerate(lines):
        yield File("c", number, formats.completions(held, named.get(number, [])))
