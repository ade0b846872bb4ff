"""All words of an archive: where each occurs, and in how many articles under which spelling."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import count, islice
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from warraq.search.cp1256 import text_of
from warraq.search.records import Record, StoredFields

Int32s = npt.NDArray[np.int32]
UInt16s = npt.NDArray[np.uint16]

BATCH = 2000  # articles whose words are held as text at once
SpellingCounts = tuple[tuple[str, int], ...]  # (as written, articles), for one term


class Occurrences(NamedTuple):
    """Occurrences, one entry each: which term, in which article, at which position."""

    word: Int32s
    document: Int32s
    position: UInt16s


def joined_occurrences(several: Sequence[Occurrences]) -> Occurrences:
    """Return all occurrences of `several`."""
    if not several:
        return Occurrences(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.uint16))
    return Occurrences(*map(np.concatenate, zip(*several, strict=True)))


class Vocabulary(NamedTuple):
    """Every word of the archive and where it occurs.

    `spellings` has for each term its written forms with the number of articles, `frequency` their
    sum (an article that spells a word in two ways counts twice). `occurrences` has an item per
    batch of articles. `lengths` and `titles` count each article's positions.
    """

    terms: list[str]
    spellings: list[SpellingCounts]
    frequency: list[int]
    occurrences: list[Occurrences]
    lengths: Int32s
    titles: Int32s


def vocabulary_of(records: Iterable[Record]) -> tuple[Vocabulary, list[StoredFields]]:
    """Return every word of `records`, numbered by first appearance, and the records without words.

    Articles are numbered by their order.
    """
    numbers: defaultdict[bytes, int] = defaultdict(count().__next__)
    articles: list[StoredFields] = []
    lengths, titles = array("i"), array("i")
    occurrences = []
    times = np.zeros(0, np.int64)
    for batch in _batches(records):
        found, lines = _occurrences_in(batch, numbers, first=len(articles))
        occurrences.append(found)
        counted = np.bincount(lines, minlength=len(numbers))
        counted[: len(times)] += times
        times = counted
        lengths.extend(record.length for record in batch)
        titles.extend(record.title_words for record in batch)
        articles += [record.stored_fields for record in batch]
    terms: dict[str, int] = {}
    spelled: list[list[tuple[str, int]]] = []
    term_of = np.zeros(len(numbers), np.int32)
    for (line, number), written in zip(numbers.items(), times.tolist(), strict=True):
        term, _, surface = text_of(line).partition("\t")
        at = term_of[number] = terms.setdefault(term, len(terms))
        if at == len(spelled):
            spelled.append([])
        spelled[at].append((surface or term, written))
    words = Vocabulary(
        list(terms),
        [tuple(sorted(forms)) for forms in spelled],
        [sum(number for _, number in forms) for forms in spelled],
        [found._replace(word=term_of[found.word]) for found in occurrences],
        np.array(lengths, np.int32),
        np.array(titles, np.int32),
    )
    return words, articles


def _batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    rest = iter(records)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _occurrences_in(
    batch: list[Record], numbers: defaultdict[bytes, int], *, first: int
) -> tuple[Occurrences, Int32s]:
    """Return the occurrences of a batch, by numbers of lines, and each article's lines."""
    lines = array("i")
    starts = np.zeros(len(batch), np.int32)
    for at, record in enumerate(batch):
        starts[at] = len(lines) - 1  # so that line 1 of the article is at starts + 1
        lines.extend(map(numbers.__getitem__, record.lines))
    line_numbers = np.frombuffer(lines, np.int32) if lines else np.zeros(0, np.int32)
    lengths = np.array([record.length for record in batch], np.int64)
    sequence = np.frombuffer(b"".join(record.sequence for record in batch), "<u2")
    document = np.repeat(np.arange(len(batch), dtype=np.int32), lengths)
    begins = (np.cumsum(lengths) - lengths).astype(np.int32)
    position = np.arange(len(sequence), dtype=np.int32) - begins[document]
    meant = sequence > 0
    document = document[meant]
    word = line_numbers[starts[document] + sequence[meant]]
    return Occurrences(
        word, document + np.int32(first), position[meant].astype(np.uint16)
    ), line_numbers
