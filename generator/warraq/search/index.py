"""Records to the static files under public/search/. Byte grammar: docs/search-format.md.

One pass, pure: the same records in any order give the same bytes. A shard depends only on the
articles that hold one of its words, on the number of shards (a ladder of archive sizes), and on
nothing that is counted over the whole collection; so an edit changes the shards of its words.
"""

import base64
import json
import math
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, count, groupby
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from warraq.search.analysis import family, tokens
from warraq.search.codec import (
    Ints,
    content_name,
    deflated,
    encoded,
    mixed,
    placed,
    section,
    varint,
    varints,
)
from warraq.search.records import KINDS, Record
from warraq.search.stems import Group, groups_of_all

FORMAT = 1
HEAD = 50  # positions after the title that count as the lead
TITLE_WEIGHT, LEAD_WEIGHT = 3.0, 1.5
K1, B, USUAL_LENGTH = 1.2, 0.6, 300.0  # BM25's; a fixed usual length, as no average may be baked in
LEVELS, LEVEL_STEP, LEVEL_LOW = 16, 0.5, -3.0  # impact: log2 of weighted frequency over K, halves
HEAD_FLAG = 0x80
EPOCH = 2020 * 416  # day numbers count from here, so that those of our years are short
COPY = 1
MOST_HEAD = 127  # a position in the head fits seven bits


class Names(msgspec.Struct, frozen=True):
    """What an authority is called: `label` is shown and completed, `aliases` are other spellings."""

    label: str
    aliases: tuple[str, ...] = ()


class Sizes(NamedTuple):
    """How many files of each kind an archive of some size is cut into."""

    terms: int
    heavy: int
    documents: int
    positions: int
    completions: int
    facets: int


def sizes_for(documents: int) -> Sizes:
    """Return the numbers of shards for so many articles: rungs of a ladder, so they seldom change."""
    return Sizes(
        _rung(documents / 27),
        _rung(documents / 27),
        _rung(documents / 16),
        _rung(documents / 320),
        _rung(documents / 320),
        _rung(documents / 4000),
    )


def _rung(wanted: float) -> int:
    """Return the smallest of 1, 2 … 8, 10, 12, 14, 16, 20, 24 … not below `wanted`: four to a doubling."""
    step = 1
    while 8 * step < wanted:
        step *= 2
    return step * max(1, math.ceil(wanted / step)) if step > 1 else max(1, math.ceil(wanted))


def day_number(day: str) -> int:
    """Return the number of a day, month or year ("" is 0): years of 13 months of 32 days.

    Month and day 0 mean unknown, so «2025» stands before «2025-01».
    """
    if not day:
        return 0
    year, month, date = ([int(part) for part in day[:10].split("-")] + [0, 0])[:3]
    return (year * 13 + month) * 32 + date


class _Place(NamedTuple):
    day: int
    slot: int


def places_of(records: Iterable[Record]) -> dict[str, _Place]:
    """Return id → place: the day, and a slot within it that is kept when others come or go.

    A day has twice as many slots as articles, rounded up to a power of two; an article takes
    the one its id hashes to, or the next free. The lowest bit of a slot marks a copy. So a new article
    moves none of its neighbours, save when the day outgrows its slots.
    """
    ordered = sorted((day_number(record.day), record.id, record.copy_of) for record in records)
    known = {ident for _, ident, _ in ordered}
    places: dict[str, _Place] = {}
    for day, articles in groupby(ordered, key=lambda row: row[0]):
        rows = list(articles)
        slots = 1 << (2 * len(rows) - 1).bit_length()
        taken: set[int] = set()
        for _, ident, copy_of in rows:
            slot = placed(ident) % slots
            while slot in taken:
                slot = (slot + 1) % slots
            taken.add(slot)
            places[ident] = _Place(day, slot * 2 + (COPY if copy_of in known else 0))
    return places


def index_files(
    records: Iterable[Record],
    names: Mapping[str, Mapping[str, Names]],
    *,
    map_: Callable[..., Iterable[object]] = map,
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
        *_word_files(documents, ordered, names, sizes, map_),
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


def _years(places: Sequence[_Place]) -> list[list[int]]:
    """Return [year, articles] for every year that has some, 0 for the undated."""
    return [
        [year, sum(1 for _ in group)]
        for year, group in groupby(place.day // 416 for place in places)
    ]


# --- documents -----------------------------------------------------------------------------------


def document_shard(day: int, slot: int, shards: int) -> int:
    """Return the number of the block that holds the record of the article at (day, slot)."""
    return mixed((day * 31 + (slot >> 1)) & 0xFFFFFFFF) % shards


_DISPLAYS = ("full", "excerpt", "none")


def _document_files(
    documents: Sequence[Record], places: Sequence[_Place], shards: int
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


# --- facets --------------------------------------------------------------------------------------


def _facet_files(
    documents: Sequence[Record],
    places: Sequence[_Place],
    names: Mapping[str, Mapping[str, Names]],
    shards: int,
) -> Iterator[tuple[str, list[bytes]]]:
    """Yield (kind, shards): per shard a list of keys and labels, then each key's articles."""
    for number, kind in enumerate((*KINDS, "story")):
        held: dict[str, list[_Place]] = {}
        for record, place in zip(documents, places, strict=True):
            keys = record.keys[number] if number < len(KINDS) else (record.story,)
            for key in dict.fromkeys(keys):
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
    keys: Sequence[str], held: Mapping[str, Sequence[_Place]], labels: Mapping[str, Names]
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


# --- words ---------------------------------------------------------------------------------------


class _Words(NamedTuple):
    """Every word of the archive and where it was met; `word` … `position` have an entry per occurrence.

    `spellings` has for each term its written forms with the number of articles, `frequency` their sum.
    """

    terms: list[str]
    spellings: list[list[tuple[str, int]]]
    frequency: list[int]
    word: npt.NDArray[np.int32]
    document: npt.NDArray[np.int32]
    position: npt.NDArray[np.int32]
    lengths: Ints
    titles: Ints


def _occurrences(documents: Sequence[Record]) -> _Words:
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    lines = array("q")
    starts = np.zeros(len(documents), np.int64)
    for at, record in enumerate(documents):
        starts[at] = len(lines)
        lines.append(-1)
        lines.extend(map(numbers.__getitem__, record.words.split("\n")))
    line_numbers = np.frombuffer(lines, np.int64)
    met = np.bincount(line_numbers[line_numbers >= 0], minlength=len(numbers)).tolist()
    terms: dict[str, int] = {}
    spellings: list[list[tuple[str, int]]] = []
    term_of = np.zeros(len(numbers), np.int64)
    for line, number in numbers.items():
        term, _, surface = line.partition("\t")
        at = term_of[number] = terms.setdefault(term, len(terms))
        if at == len(spellings):
            spellings.append([])
        spellings[at].append((surface or term, met[number]))
    lengths = np.array([len(record.sequence) // 2 for record in documents], np.int64)
    sequence = np.frombuffer(b"".join(record.sequence for record in documents), "<u2")
    document = np.repeat(np.arange(len(documents), dtype=np.int32), lengths)
    begins = (np.cumsum(lengths) - lengths).astype(np.int32)
    position = np.arange(len(sequence), dtype=np.int32) - begins[document]
    meant = sequence > 0
    return _Words(
        list(terms),
        spellings,
        [sum(times for _, times in spelled) for spelled in spellings],
        term_of[line_numbers[starts[document[meant]] + sequence[meant]]].astype(np.int32),
        document[meant],
        position[meant],
        lengths,
        np.array([record.title_words for record in documents], np.int64),
    )


def _word_files(
    documents: Sequence[Record],
    places: Sequence[_Place],
    names: Mapping[str, Mapping[str, Names]],
    sizes: Sizes,
    map_: Callable[..., Iterable[object]],
) -> Iterator[tuple[str, list[bytes]]]:
    """Yield the term shards, the position shards and the completion shards."""
    words = _occurrences(documents)
    shards = _vocabulary(words.terms, words.frequency, sizes, map_)
    spellings = _spellings(names)
    order = [word for shard in shards for word in shard.words]
    rank = np.zeros(len(words.terms), np.int64)
    rank[[word for word, _ in order]] = np.arange(len(order))
    postings = _postings(words, rank, places)
    terms, positions = [], []
    first = 0
    for number, shard in enumerate(shards):
        last = first + len(shard.words)
        content, places_content = postings.cut(first, last)
        swaps = spellings.get_for(number, sizes.terms)
        terms.append(_term_shard(shard, swaps, content) if shard.words or swaps else b"")
        positions.append(places_content)
        first = last
    yield "t", terms
    grouped = [b""] * sizes.positions
    for number, content in enumerate(positions):
        grouped[number * sizes.positions // len(positions)] += section(content)
    yield "p", grouped
    yield "c", _completion_files(words, names, sizes.completions)


class _Shard(NamedTuple):
    """The words of one shard: `text` names stems and words, `words` are (number, term) in order."""

    text: str
    words: list[tuple[int, str]]


def _vocabulary(
    terms: Sequence[str],
    frequency: Sequence[int],
    sizes: Sizes,
    map_: Callable[..., Iterable[list[list[Group]]]],
) -> list[_Shard]:
    families: dict[str, dict[str, int]] = {}
    number = {term: at for at, term in enumerate(terms)}
    for term, times in zip(terms, frequency, strict=True):
        families.setdefault(family(term), {})[term] = times
    texts: list[list[str]] = [[] for _ in range(sizes.terms + sizes.heavy)]
    words: list[list[tuple[int, str]]] = [[] for _ in texts]
    keys = sorted(families)
    batches = [keys[at : at + BATCH] for at in range(0, len(keys), BATCH)]
    grouped_families = chain.from_iterable(
        map_(groups_of_all, [[families[key] for key in batch] for batch in batches])
    )
    for key, groups in zip(keys, grouped_families, strict=True):
        for group in groups:
            line = _line(group)
            unit = placed(key) % sizes.terms
            if sum(families[key][word] for word in group.words) >= HEAVY:
                texts[unit].append(line + ("|1" if group.kin else "||1"))
                unit = sizes.terms + placed(group.stem) % sizes.heavy
            texts[unit].append(line)
            words[unit].extend((number[word], word) for word in group.words)
    return [_Shard("\n".join(text), held) for text, held in zip(texts, words, strict=True)]


def _line(group: Group) -> str:
    stem = "" if group.words[0] == group.stem else group.stem
    return f"{stem}|{' '.join(group.words)}|{' '.join(group.kin)}".rstrip("|")


HEAVY = 100  # postings; a group with more stands in a shard of its own kind
BATCH = 1000  # families decided in one call of `map_`


def _term_shard(shard: _Shard, swaps: str, postings: bytes) -> bytes:
    return section(encoded(shard.text)) + section(encoded(swaps)) + postings


class _Postings(NamedTuple):
    """Sorted postings of all words, encoded, with the byte at which each posting's part begins."""

    first: Ints  # word rank → first posting
    frequency: bytes
    frequency_at: Ints
    days: bytes
    days_at: Ints
    slots: bytes
    slots_at: Ints
    levels: bytes
    heads: bytes
    heads_at: Ints
    positions: bytes
    positions_at: Ints

    def cut(self, first: int, last: int) -> tuple[bytes, bytes]:
        """Return the columns and the positions of the words from `first` up to `last`."""
        low, high = int(self.first[first]), int(self.first[last])
        columns = (
            self.frequency[self.frequency_at[first] : self.frequency_at[last]],
            self.days[self.days_at[low] : self.days_at[high]],
            self.slots[self.slots_at[low] : self.slots_at[high]],
            self.levels[low:high],
            self.heads[self.heads_at[low] : self.heads_at[high]],
        )
        return (
            b"".join(section(column) for column in columns),
            self.positions[self.positions_at[low] : self.positions_at[high]],
        )


def _postings(words: _Words, rank: Ints, places: Sequence[_Place]) -> _Postings:
    key = rank[words.word] << 40
    key |= words.document.astype(np.int64) << 16
    key |= np.minimum(words.position, 0xFFFF)
    key.sort()
    position = key & 0xFFFF
    posting_key = key >> 16
    begins = np.ones(len(key), bool)
    begins[1:] = posting_key[1:] != posting_key[:-1]
    posting = np.cumsum(begins) - 1
    posting_key = posting_key[begins]
    word, document = posting_key >> 24, posting_key & 0xFFFFFF
    first = np.searchsorted(word, np.arange(len(rank) + 1))
    title = words.titles[document]
    heads, heads_at = _gaps(posting, position, np.minimum(title + HEAD, MOST_HEAD)[posting], len(word))
    located, located_at = _gaps(posting, position, None, len(word))
    levels = _levels(words, posting, position, document)
    levels |= np.where(heads_at[1:] > heads_at[:-1], HEAD_FLAG, 0).astype(np.uint8)
    day = np.array([place.day for place in places], np.int64)[document]
    slot = np.array([place.slot for place in places], np.int64)[document]
    gaps = np.diff(day, prepend=0)
    starts = first[:-1][first[:-1] < len(word)]
    gaps[starts] = _first_day(day[starts])
    encoded_days, days_at = varints(gaps)
    encoded_slots, slots_at = varints(slot)
    encoded_frequency, frequency_at = varints(np.diff(first))
    return _Postings(
        first,
        encoded_frequency.tobytes(),
        frequency_at,
        encoded_days.tobytes(),
        days_at,
        encoded_slots.tobytes(),
        slots_at,
        levels.tobytes(),
        heads,
        heads_at,
        located,
        located_at,
    )


def _first_day(days: Ints) -> Ints:
    """Return the first day of each list as stored: 0 undated, else 1 + the zigzag distance to EPOCH."""
    distance = days - EPOCH
    zigzag = np.where(distance < 0, -2 * distance - 1, 2 * distance)
    return np.where(days == 0, 0, zigzag + 1)


def _levels(words: _Words, posting: Ints, position: Ints, document: Ints) -> np.ndarray:
    """Return each posting's impact: log2 of weighted frequency over BM25's K, in halves, 0 to 15."""
    title = words.titles[document][posting]
    weight = np.where(
        position < title, TITLE_WEIGHT, np.where(position < title + HEAD, LEAD_WEIGHT, 1.0)
    )
    weighted = np.bincount(posting, weights=weight, minlength=len(document))
    # Lengths by steps of a fifth, so that a word more does not touch every posting of the article.
    length = np.exp2(np.round(np.log2(np.maximum(words.lengths, 1)) * 4) / 4)[document]
    ratio = weighted / (K1 * (1 - B + B * length / USUAL_LENGTH))
    level = np.round((np.log2(ratio) - LEVEL_LOW) / LEVEL_STEP)
    return np.clip(level, 0, LEVELS - 1).astype(np.uint8)


def _gaps(
    posting: Ints, position: Ints, limit: Ints | None, postings: int
) -> tuple[bytes, Ints]:
    """Return positions as varints of (gap, more follows), and where each posting's begin.

    The gap's low bit is 1 if the posting has another position. Only positions under `limit` are kept.
    """
    if limit is not None:
        kept = position < limit
        posting, position = posting[kept], position[kept]
    same = np.zeros(len(posting), bool)
    same[1:] = posting[1:] == posting[:-1]
    gap = position.copy()
    gap[1:][same[1:]] -= position[:-1][same[1:]]
    more = np.zeros(len(posting), np.int64)
    more[:-1] = same[1:]
    encoded, at = varints(gap * 2 + more)
    first = np.searchsorted(posting, np.arange(postings + 1))
    return encoded.tobytes(), at[first]


# --- spellings and completions -------------------------------------------------------------------


class _Spellings(NamedTuple):
    """Other spellings of names: (word, what to read for it)."""

    rows: list[tuple[str, str]]

    def get_for(self, shard: int, shards: int) -> str:
        """Return the lines «word<TAB>other words» that belong into one term shard."""
        return "\n".join(
            f"{word}\t{other}" for word, other in self.rows if placed(family(word)) % shards == shard
        )


def _spellings(names: Mapping[str, Mapping[str, Names]]) -> _Spellings:
    """Return what the aliases teach: where an alias and the name differ in one word, both ways.

    «إبراهيم كالين» for «إبراهيم قالن» teaches that «كالين» may be read «قالن».
    """
    rows: set[tuple[str, str]] = set()
    for kind in sorted(names):
        for name in names[kind].values():
            label = [token.term for token in tokens(name.label)]
            for alias in name.aliases:
                other = [token.term for token in tokens(alias)]
                left = [term for term in other if term not in label]
                right = [term for term in label if term not in other]
                if len(left) == 1 and len(right) == 1:
                    rows |= {(left[0], right[0]), (right[0], left[0])}
                elif len(left) == 1 and len(other) == 1:
                    rows.add((left[0], " ".join(label)))
    return _Spellings(sorted(rows))


LEAST_COMPLETED = 2  # articles; in a small archive every word is completed
SMALL = 500  # articles


def _completion_files(
    words: _Words, names: Mapping[str, Mapping[str, Names]], shards: int
) -> list[bytes]:
    """Return shards of lines «folded<TAB>shown<TAB>weight», by the first two letters of the word.

    The weight is the bit length of the number of articles, so that few edits change it. Names of
    authorities stand under each of their words, with weight 0.
    """
    least = 1 if len(words.lengths) < SMALL else LEAST_COMPLETED
    lines: list[set[str]] = [set() for _ in range(shards)]
    for term, spelled, times in zip(words.terms, words.spellings, words.frequency, strict=True):
        if times >= least and len(term) >= 2:
            shown = min(spelled, key=lambda spelling: (-spelling[1], spelling[0]))[0]
            weight = times.bit_length()
            text = f"{term}\t{'' if shown == term else shown}\t{weight}"
            lines[completion_shard(term, shards)].add(text)
    for kind in sorted(names):
        for name in names[kind].values():
            for token in tokens(name.label):
                if len(token.term) >= 2:
                    line = f"{token.term}\t{name.label}\t0"
                    lines[completion_shard(token.term, shards)].add(line)
    return [encoded("\n".join(sorted(held))) for held in lines]


def completion_shard(term: str, shards: int) -> int:
    """Return the shard that completes `term`: an article does not count."""
    start = term[2:] if term.startswith("ال") and len(term) > 3 else term
    return placed(start[:2]) % shards
