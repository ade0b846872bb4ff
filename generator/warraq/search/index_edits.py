"""What an edit does to the words of an archive: postings removed and added.

Takes articles before and after; returns the families they change, with their groups rewritten. All
else stays as bytes.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np

from warraq.search.codec import Ints
from warraq.search.cp1256 import text_of
from warraq.search.doc_ids import DocId
from warraq.search.occurrences import vocabulary_of
from warraq.search.postings import (
    Columns,
    Postings,
    Ragged,
    articles_at,
    bounds_of,
    decoded,
    encoded,
    joined,
    postings_of,
)
from warraq.search.records import Record
from warraq.search.term_shards import TermGroup


class Posting(NamedTuple):
    """One article of one word, as `postings.Postings` has it in columns."""

    term: str
    day: int
    slot: int
    impact: int
    head: bytes
    positions: bytes


class Edit(NamedTuple):
    """An article before and after an edit; None where there is none."""

    before: Record | None
    old_id: DocId | None
    after: Record | None
    new_id: DocId | None


class Difference(NamedTuple):
    """Postings removed and added, and by how many articles each (term, spelling) has more."""

    removed: set[Posting]
    added: set[Posting]
    spelled: Mapping[tuple[str, str], int]

    @property
    def terms(self) -> set[str]:
        """The words that change."""
        terms = {posting.term for posting in self.removed | self.added}
        return terms | {term for term, _ in self.spelled}


Written = dict[TermGroup, Columns]


def difference(edits: Sequence[Edit], usual_length: float) -> Difference:
    """Return what `edits` change; `usual_length` is that of an average article."""
    old = [(edit.before, edit.old_id) for edit in edits if edit.before and edit.old_id]
    new = [(edit.after, edit.new_id) for edit in edits if edit.after and edit.new_id]
    removed, added = _postings(old, usual_length), _postings(new, usual_length)
    spelled = _spelled(record for record, _ in new)
    spelled.subtract(_spelled(record for record, _ in old))
    changed = {key: times for key, times in spelled.items() if times}
    return Difference(removed - added, added - removed, changed)


def _spelled(records: Iterable[Record]) -> Counter[tuple[str, str]]:
    lines = (line for record in records for line in record.lines)
    split = (text_of(line).partition("\t") for line in lines)
    return Counter((term, surface or term) for term, _, surface in split)


def _postings(articles: Sequence[tuple[Record, DocId]], usual_length: float) -> set[Posting]:
    words, _ = vocabulary_of(record for record, _ in articles)
    placed = articles_at([doc_id for _, doc_id in articles], words.lengths, words.titles)
    found = postings_of(words.occurrences, placed, usual_length)
    rows = zip(
        (words.terms[at] for at in found.word.tolist()),
        found.day.tolist(),
        found.slot.tolist(),
        found.impact.tolist(),
        _strings(found.heads),
        _strings(found.positions),
        strict=True,
    )
    return set(map(Posting._make, rows))


def _strings(ragged: Ragged) -> list[bytes]:
    content, at = ragged.content.tobytes(), ragged.at.tolist()
    return [content[low:high] for low, high in pairwise(at)]


def rewritten(before: Written, change: Difference, after: Sequence[TermGroup]) -> Written:
    """Return the groups of the changed families with `change` applied to their postings.

    `before` are all their groups as they were, `after` as they will be, in order.
    """
    rank = {word: at for at, word in enumerate(word for group in after for word in group.words)}
    held = [word for group in before for word in group.words]
    old = decoded(list(before.values()))
    number = {word: at for at, word in enumerate(held)}
    removed = np.array(
        [_key(number[p.term], p.day, p.slot) for p in change.removed if p.term in number], np.int64
    )
    kept = np.flatnonzero(~np.isin(_keys(old), removed))
    new_word = np.array([rank.get(word, -1) for word in held], np.int64)
    moved = old._replace(word=new_word[old.word]).taken(kept)
    every = joined([moved, _columns(change.added, rank)])
    every = every.taken(np.lexsort((every.slot, every.day, every.word)))
    bounds = list(accumulate((len(group.words) for group in after), initial=0))
    return dict(zip(after, encoded(every, bounds), strict=True))


def _key(word: int, day: int, slot: int) -> int:
    return word << 44 | day << 22 | slot


def _keys(postings: Postings) -> Ints:
    return postings.word << 44 | postings.day << 22 | postings.slot


def _columns(rows: Iterable[Posting], rank: Mapping[str, int]) -> Postings:
    held = sorted(rows)
    return Postings(
        np.array([rank[row.term] for row in held], np.int64),
        np.array([row.day for row in held], np.int64),
        np.array([row.slot for row in held], np.int64),
        np.array([row.impact for row in held], np.uint8),
        _ragged([row.head for row in held]),
        _ragged([row.positions for row in held]),
    )


def _ragged(strings: Sequence[bytes]) -> Ragged:
    lengths = np.array([len(string) for string in strings], np.int64)
    return Ragged(np.frombuffer(b"".join(strings), np.uint8), bounds_of(lengths))
