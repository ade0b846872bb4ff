"""All words of an archive: where each occurs, and in how many articles under which spelling."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import count, islice
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from warraq.search.cp1256 import text_of
from warraq.search.records import Record, StoredFields, decode_record

Int32s = npt.NDArray[np.int32]
UInt16s = npt.NDArray[np.uint16]

BATCH = 1000  # articles whose words are held as text at once
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


class Inverted(NamedTuple):
    """The words of some articles, by word.

    `lines` are the distinct lines of their records (`Record.words`), `articles` says in how many
    of the articles each is. `occurrences` numbers lines in that order, and articles from 0;
    `lengths` and `titles` count each article's positions.
    """

    lines: bytes
    articles: Int32s
    occurrences: Occurrences
    lengths: Int32s
    titles: Int32s


def inverted_rows(encoded: Sequence[bytes]) -> Inverted:
    """Return the words of encoded records by word. Pure: to be mapped over batches."""
    return inverted(list(map(decode_record, encoded)))


def inverted(records: Sequence[Record]) -> Inverted:
    """Return the words of `records` by word."""
    numbers: defaultdict[bytes, int] = defaultdict(count().__next__)
    lines: list[int] = []
    starts = np.zeros(len(records), np.int32)
    for at, record in enumerate(records):
        starts[at] = len(lines) - 1  # so that line 1 of the article is at starts + 1
        lines.extend(map(numbers.__getitem__, record.lines))
    line_numbers = np.array(lines, np.int32)
    lengths = np.array([record.length for record in records], np.int32)
    sequence = np.frombuffer(b"".join(record.sequence for record in records), "<u2")
    document = np.repeat(np.arange(len(records), dtype=np.int32), lengths)
    begins = (np.cumsum(lengths) - lengths).astype(np.int32)
    position = np.arange(len(sequence), dtype=np.int32) - begins[document]
    meant = sequence > 0
    document = document[meant]
    word = line_numbers[starts[document] + sequence[meant]]
    return Inverted(
        b"\n".join(numbers),
        np.bincount(line_numbers, minlength=len(numbers)).astype(np.int32),
        Occurrences(word, document, position[meant].astype(np.uint16)),
        lengths,
        np.array([record.title_words for record in records], np.int32),
    )


class Terms:
    """The terms of an archive, numbered as they are met, and how they are spelled."""

    def __init__(self) -> None:
        """Know no term yet."""
        self.numbers: dict[str, int] = {}  # term → number, in order of number
        self._lines: defaultdict[bytes, int] = defaultdict(count().__next__)
        self._term_of = np.zeros(0, np.int32)  # of each line
        self._times = np.zeros(0, np.int64)  # articles with each line

    def add(self, found: Inverted) -> Int32s:
        """Take in the words of some articles; return the number of each line's term."""
        lines = found.lines.split(b"\n") if found.lines else []
        known = len(self._lines)
        at = np.fromiter(map(self._lines.__getitem__, lines), np.int32, len(lines))
        written = _texts_of(islice(self._lines, known, None))
        terms = [line.partition("\t")[0] for line in written]
        new = [self.numbers.setdefault(term, len(self.numbers)) for term in terms]
        self._term_of = np.append(self._term_of, np.array(new, np.int32))
        self._times = np.append(self._times, np.zeros(len(new), np.int64))
        self._times[at] += found.articles
        return self._term_of[at]

    def spellings(self) -> list[SpellingCounts]:
        """Return for each term its written forms with the number of articles."""
        spelled: list[list[tuple[str, int]]] = [[] for _ in self.numbers]
        rows = zip(
            _texts_of(self._lines), self._term_of.tolist(), self._times.tolist(), strict=True
        )
        for line, term, times in rows:
            written, _, surface = line.partition("\t")
            spelled[term].append((surface or written, times))
        return [tuple(sorted(forms)) for forms in spelled]


def _texts_of(lines: Iterable[bytes]) -> list[str]:
    """Return the text of each line, decoded at once."""
    joined = b"\n".join(lines)
    return text_of(joined).split("\n") if joined else []


class Vocabulary(NamedTuple):
    """Every word of the archive and where it occurs.

    `spellings` has for each term its written forms with the number of articles, `frequency` their
    sum (an article that spells a word in two ways counts twice). `lengths` and `titles` count each
    article's positions.
    """

    terms: list[str]
    spellings: list[SpellingCounts]
    frequency: list[int]
    occurrences: Occurrences
    lengths: Int32s
    titles: Int32s


def vocabulary_of(records: Iterable[Record]) -> tuple[Vocabulary, list[StoredFields]]:
    """Return every word of `records`, numbered by first appearance, and the records without words.

    Articles are numbered by their order.
    """
    terms = Terms()
    articles: list[StoredFields] = []
    lengths, titles, occurrences = [np.zeros(0, np.int32)], [np.zeros(0, np.int32)], []
    for batch in batches(records):
        found = inverted(batch)
        occurrences.append(renumbered(found.occurrences, terms.add(found), first=len(articles)))
        lengths.append(found.lengths)
        titles.append(found.titles)
        articles += [record.stored_fields for record in batch]
    spellings = terms.spellings()
    words = Vocabulary(
        list(terms.numbers),
        spellings,
        list(map(frequency, spellings)),
        joined_occurrences(occurrences),
        np.concatenate(lengths),
        np.concatenate(titles),
    )
    return words, articles


def frequency(spellings: SpellingCounts) -> int:
    """Return in how many articles a term is, all its spellings together."""
    return spellings[0][1] if len(spellings) == 1 else sum(number for _, number in spellings)


def renumbered(found: Occurrences, terms: Int32s, *, first: int) -> Occurrences:
    """Return occurrences by term, of articles numbered from `first`."""
    return Occurrences(terms[found.word], found.document + np.int32(first), found.position)


Item = TypeVar("Item")


def batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Yield `items` in lists of BATCH at most."""
    rest = iter(items)
    while batch := list(islice(rest, BATCH)):
        yield batch
