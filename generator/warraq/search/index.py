"""Records to the static files under public/search/. Byte grammar: docs/search-format.md.

One pass, pure: the same records in any order give the same bytes. A shard depends only on the
articles that hold one of its words, on the number of shards (a ladder of archive sizes), and on
nothing that is counted over the whole collection; so an edit changes the shards of its words.
"""

import base64
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np

from warraq.search.codec import content_name, deflated, encoded, placed, section, varints
from warraq.search.places import Place, document_shard, places_of
from warraq.search.postings import postings_of
from warraq.search.records import KINDS, Record
from warraq.search.spellings import AllNames, Names, completion_files, swaps_of
from warraq.search.words import Map, occurrences, vocabulary

FORMAT = 1


class Sizes(NamedTuple):
    """How many files of each kind an archive of some size is cut into."""

    terms: int
    heavy: int
    documents: int
    positions: int
    completions: int
    facets: int


def sizes_for(documents: int) -> Sizes:
    """Return the numbers of shards for so many articles: rungs of a ladder, so they seldom change.

    Beyond LARGE they grow more slowly than the archive, as the root must name them all.
    """
    size = documents if documents <= LARGE else LARGE * (documents / LARGE) ** 0.75
    return Sizes(
        _rung(size / 16),
        _rung(size / 56),
        _rung(size / 18),
        _rung(size / 320),
        _rung(size / 320),
        _rung(size / 4000),
    )


LARGE = 20_000  # articles


def _rung(wanted: float) -> int:
    """Return the least of 1, 2 … 16, 18 … 32, 36 … not below `wanted`: eight to a doubling."""
    step = 1
    while 16 * step < wanted:
        step *= 2
    return step * max(1, math.ceil(wanted / step)) if step > 1 else max(1, math.ceil(wanted))


def index_files(
    records: Iterable[Record],
    names: AllNames,
    *,
    map_: Map = map,
) -> Iterator[tuple[str, bytes]]:
    """Yield (path under public/search/, content) for every file, the root last.

    `names` holds for each kind ("outlet", "topic", "person", "place", "story") its keys' names.
    `map_` may be an executor's map: shards are packed through it, in order.
    """
    documents = list(records)
    places = places_of(documents)
    documents.sort(key=lambda record: places[record.id])
    sizes = sizes_for(len(documents))
    ordered = [places[record.id] for record in documents]
    root: dict[str, object] = {
        "format": FORMAT,
        "documents": len(documents),
        "heavy": sizes.heavy,
        "years": _years(ordered),
    }
    for kind, contents in (
        *_word_files(documents, ordered, names, sizes=sizes, map_=map_),
        ("d", _document_files(documents, ordered, sizes.documents)),
        *_facet_files(documents, ordered, names, sizes.facets),
    ):
        packed = list(map_(deflated, contents))
        hashes = b""
        for number, content in enumerate(packed):
            if content == _EMPTY:
                hashes += b"\0\0\0"
                continue
            name = content_name(content)
            hashes += name
            yield f"{kind}/{number}-{name.hex()}.bin", content
        root[kind] = base64.b64encode(hashes).decode("ascii")
    yield "root.json", json.dumps(root, ensure_ascii=False, separators=(",", ":")).encode()


_EMPTY = deflated(b"")


def _years(places: Sequence[Place]) -> list[list[int]]:
    """Return [year, articles] for every year that has some, 0 for the undated."""
    return [
        [year, sum(1 for _ in group)]
        for year, group in groupby(place.day // 416 for place in places)
    ]


_DISPLAYS = ("full", "excerpt", "none")


def _document_files(
    documents: Sequence[Record], places: Sequence[Place], shards: int
) -> list[bytes]:
    blocks: list[dict[str, list[object]]] = [{} for _ in range(shards)]
    for record, place in zip(documents, places, strict=True):
        blocks[document_shard(place.day, place.slot, shards)][f"{place.day}.{place.slot}"] = [
            record.id,
            "" if record.url == f"/n/{record.id}/" else record.url,
            record.title,
            record.source,
            record.lead,
            _DISPLAYS.index(record.display),
            record.story,
            record.copy_of,
        ]
    return [
        encoded(json.dumps(block, ensure_ascii=False, separators=(",", ":"))) if block else b""
        for block in blocks
    ]


def _facet_files(
    documents: Sequence[Record],
    places: Sequence[Place],
    names: AllNames,
    shards: int,
) -> Iterator[tuple[str, list[bytes]]]:
    """Yield (kind, shards): per shard a list of keys and labels, then each key's articles."""
    for number, kind in enumerate((*KINDS, "story")):
        held: dict[str, list[Place]] = {}
        for record, place in zip(documents, places, strict=True):
            all_keys = record.keys[number] if number < len(KINDS) else (record.story,)
            for key in dict.fromkeys(all_keys):
                if key:
                    held.setdefault(key, []).append(place)
        labels = dict(names.get(kind, {}))
        if kind == "outlet":  # an outlet without a file of its own is called as it is credited
            for record in documents:
                labels.setdefault("".join(record.keys[0]), Names(record.source))
        contents = []
        for shard in range(shards):
            keys = [key for key in sorted(held) if placed(key) % shards == shard]
            contents.append(_facet_shard(keys, held, labels) if keys else b"")
        yield kind, contents


def _facet_shard(
    keys: Sequence[str], held: Mapping[str, Sequence[Place]], labels: Mapping[str, Names]
) -> bytes:
    rows = [[key, labels[key].label if key in labels else key, len(held[key])] for key in keys]
    table = encoded(json.dumps(rows, ensure_ascii=False, separators=(",", ":")))
    days: list[int] = []
    slots: list[int] = []
    for key in keys:
        last = 0
        for place in held[key]:
            days.append(place.day - last)
            slots.append(place.slot)
            last = place.day
    return (
        section(table)
        + section(varints(np.array(days, np.int64))[0].tobytes())
        + section(varints(np.array(slots, np.int64))[0].tobytes())
    )


def _word_files(
    documents: Sequence[Record],
    places: Sequence[Place],
    names: AllNames,
    *,
    sizes: Sizes,
    map_: Map,
) -> Iterator[tuple[str, list[bytes]]]:
    """Yield the term shards, the position shards and the completion shards."""
    words = occurrences(documents)
    shards = vocabulary(
        words.terms, words.frequency, light=sizes.terms, heavy=sizes.heavy, map_=map_
    )
    order = [word for shard in shards for word in shard.words]
    rank = np.zeros(len(words.terms), np.int64)
    rank[[number for number, _ in order]] = np.arange(len(order))
    postings = postings_of(words, rank, places)
    swaps = swaps_of(names, sizes.terms) + [""] * sizes.heavy
    terms = []
    positions = [b""] * sizes.positions
    first = 0
    for number, shard in enumerate(shards):
        last = first + len(shard.words)
        columns, located = postings.cut(first, last)
        positions[number * sizes.positions // len(shards)] += section(located)
        if shard.text or swaps[number]:
            terms.append(section(encoded(shard.text)) + section(encoded(swaps[number])) + columns)
        else:
            terms.append(b"")
        first = last
    yield "t", terms
    yield "p", positions if order else [b""] * sizes.positions
    yield "c", completion_files(words, names, sizes.completions)
