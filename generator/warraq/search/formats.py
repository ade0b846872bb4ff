"""The bytes of each kind of index file, from its own contents alone (docs/search-format.md)."""

import base64
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np

from warraq.search.codec import content_name, deflated, hash32, section, varints
from warraq.search.cp1256 import encoded
from warraq.search.doc_ids import DocId
from warraq.search.postings import Columns
from warraq.search.records import FACETS, StoredFields
from warraq.search.shard_layout import ShardLayout

FORMAT = 2
FOLDERS = ("t", "p", "d", *FACETS, "c")  # in the order of the root
_DISPLAYS = ("full", "excerpt", "none")
_STANDINGS = ("", "corrected", "retracted")
NO_FILE = b"\0\0\0"


class File(NamedTuple):
    """A file of the index; `kind` is its folder. One without content is not written."""

    kind: str
    number: int
    content: bytes


class Run(NamedTuple):
    """Files that share a name: three bytes of a hash of their contents."""

    name: bytes
    files: tuple[File, ...]


def runs_of(found: Iterable[File], layout: ShardLayout) -> Iterator[Run]:
    """Yield files in runs, as the root names them; `found` has the files of a run in succession."""
    for _, some in groupby(
        found, lambda file: (file.kind, file.number // layout.run_length(file.kind))
    ):
        files = tuple(some)
        names = [content_name(file.content) if file.content else NO_FILE for file in files]
        alone = len(files) == 1 or not any(file.content for file in files)
        yield Run(names[0] if alone else content_name(b"".join(names)), files)


def path_of(kind: str, number: int, name: bytes) -> str:
    """Return the path of a file under public/search/, "" if it is empty and so not there."""
    return "" if name == NO_FILE else f"{kind}/{number}-{name.hex()}.bin"


def term_shard(groups: Sequence[tuple[str, Columns]], names: str) -> bytes:
    """Return a term shard of groups (text, postings), in order, and lines of names."""
    text = "\n".join(text for text, _ in groups)
    if not text and not names:
        return b""
    columns = zip(*(columns for _, columns in groups), strict=True)
    head = section(encoded(text)) + section(encoded(names))
    packed = [section(b"".join(column)) for column in columns] if groups else [b"\0"] * 6
    return deflated(head, *packed[:5])


def positions_of(groups: Iterable[bytes]) -> bytes:
    """Return the positions of a term shard, given those of its groups in order."""
    return deflated(b"", b"".join(groups))


def position_file(shards: Iterable[bytes]) -> bytes:
    """Return the positions of several term shards in one file."""
    held = list(shards)
    return b"".join(map(section, held)) if any(held) else b""


def document_block(rows: Iterable[tuple[DocId, StoredFields]]) -> bytes:
    """Return what results show of some articles."""
    block = {
        f"{doc_id.day}.{doc_id.slot}": [
            record.id,
            "" if record.url == f"/n/{record.id}/" else record.url,
            record.title,
            record.source,
            record.lead,
            _DISPLAYS.index(record.display),
            record.story,
            record.copy_of,
            *_rare_fields(record),
        ]
        for doc_id, record in sorted(rows)
    }
    if not block:
        return b""
    return deflated(encoded(json.dumps(block, ensure_ascii=False, separators=(",", ":"))))


def _rare_fields(record: StoredFields) -> tuple[int | str, ...]:
    """Return what few articles have, as far as this one needs it."""
    standing = _STANDINGS.index(record.standing)
    if record.picture:
        return standing, record.picture
    return (standing,) if standing else ()


def facet_keys(record: StoredFields) -> Iterator[tuple[str, str]]:
    """Yield the (kind, key) under which an article is counted, each once.

    An article that credits no outlet has the key "", so that outlets together hold every article.
    """
    for kind, keys in zip(FACETS, record.keys, strict=True):
        for key in dict.fromkeys(keys or ("",)):
            if key or kind == "outlet":
                yield kind, key


class Facet(NamedTuple):
    """A value by which articles are filtered, and the ids of its articles in order."""

    kind: str
    key: str
    label: str
    doc_ids: Sequence[DocId]


def facet_shard(values: Iterable[Facet]) -> bytes:
    """Return some values of one kind."""
    rows = sorted(values)
    if not rows:
        return b""
    table = [[value.key, value.label, len(value.doc_ids)] for value in rows]
    text = encoded(json.dumps(table, ensure_ascii=False, separators=(",", ":")))
    days = [np.diff([doc_id.day for doc_id in value.doc_ids], prepend=0) for value in rows]
    slots = np.array([doc_id.slot for value in rows for doc_id in value.doc_ids], np.int64)
    columns = (varints(column)[0].tobytes() for column in (np.concatenate(days), slots))
    return deflated(section(text), *map(section, columns))


def facet_number(key: str, layout: ShardLayout) -> int:
    """Return the facet shard in which a value lies."""
    return hash32(key) % layout.facets


def completions(words: Iterable[str], named: Iterable[str]) -> bytes:
    """Return the completions of one shard, each line once, in order."""
    return deflated(encoded("\n".join(sorted({*words, *named}))))


def root(
    documents: int,
    years: Sequence[tuple[int, int]],
    languages: Sequence[str],
    layout: ShardLayout,
    names: Mapping[str, bytes],
) -> bytes:
    """Return the root: `names` holds for each kind the names of its runs, in order."""
    whole = {
        "format": FORMAT,
        "documents": documents,
        "heavy": layout.heavy,
        "run": layout.run,
        "years": years,
        "languages": languages,
        **{kind: base64.b64encode(hashes).decode("ascii") for kind, hashes in names.items()},
    }
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()
