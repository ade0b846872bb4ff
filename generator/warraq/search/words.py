"""All words of an archive: where each was met, and which shard holds it under which stem."""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import chain, count
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from warraq.search.analysis import family
from warraq.search.codec import Ints, placed
from warraq.search.records import Record
from warraq.search.stems import Group, groups_of_all

Map = Callable[..., Iterable[Any]]  # the built-in map, or an executor's
Int32s = npt.NDArray[np.int32]

HEAVY = 800  # postings; a group with more stands in a shard of its own kind
BATCH = 1000  # families decided in one call of a Map


class Words(NamedTuple):
    """Every word of the archive and where it was met.

    `word`, `document` and `position` have an entry per occurrence. `spellings` has for each term
    its written forms with the number of articles, `frequency` their sum (an article that spells a
    word in two ways counts twice).
    """

    terms: list[str]
    spellings: list[list[tuple[str, int]]]
    frequency: list[int]
    word: Int32s
    document: Int32s
    position: Int32s
    lengths: Ints
    titles: Ints


def occurrences(documents: Sequence[Record]) -> Words:
    """Return every word of `documents`, numbered by first appearance; articles by their order."""
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    lines = array("i")
    starts = np.zeros(len(documents), np.int32)
    for at, record in enumerate(documents):
        starts[at] = len(lines)
        lines.append(-1)
        lines.extend(map(numbers.__getitem__, record.words.split("\n")))
    line_numbers = np.frombuffer(lines, np.int32)
    met = np.bincount(line_numbers[line_numbers >= 0], minlength=len(numbers)).tolist()
    terms: dict[str, int] = {}
    spellings: list[list[tuple[str, int]]] = []
    term_of = np.zeros(len(numbers), np.int32)
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
    word = starts[document]
    word += sequence
    word = term_of[line_numbers[word[meant]]]
    return Words(
        list(terms),
        spellings,
        [sum(times for _, times in spelled) for spelled in spellings],
        word,
        document[meant],
        position[meant],
        lengths,
        np.array([record.title_words for record in documents], np.int64),
    )


class Shard(NamedTuple):
    """The words of one shard: `text` names stems and words, `words` are (number, term) in order."""

    text: str
    words: list[tuple[int, str]]


def vocabulary(
    terms: Sequence[str],
    frequency: Sequence[int],
    *,
    light: int,
    heavy: int,
    map_: Map,
) -> list[Shard]:
    """Return `light` shards of families, then `heavy` shards of groups with many postings.

    A heavy group is named in its family's shard too, with a mark instead of postings.
    """
    families: dict[str, dict[str, int]] = {}
    number = {term: at for at, term in enumerate(terms)}
    for term, times in zip(terms, frequency, strict=True):
        families.setdefault(family(term), {})[term] = times
    texts: list[list[str]] = [[] for _ in range(light + heavy)]
    words: list[list[tuple[int, str]]] = [[] for _ in texts]
    keys = sorted(families)
    batches = [keys[at : at + BATCH] for at in range(0, len(keys), BATCH)]
    grouped_families = chain.from_iterable(
        map_(groups_of_all, [[families[key] for key in batch] for batch in batches])
    )
    for key, groups in zip(keys, grouped_families, strict=True):
        for group in groups:
            line = _line(group)
            unit = placed(key) % light
            if sum(families[key][word] for word in group.words) >= HEAVY:
                texts[unit].append(line + ("|1" if group.kin else "||1"))
                unit = light + placed(group.stem) % heavy
            texts[unit].append(line)
            words[unit].extend((number[word], word) for word in group.words)
    return [Shard("\n".join(text), held) for text, held in zip(texts, words, strict=True)]


def _line(group: Group) -> str:
    stem = "" if group.words[0] == group.stem else group.stem
    return f"{stem}|{' '.join(group.words)}|{' '.join(group.kin)}".rstrip("|")
