"""What an edit does to the words of an archive: postings that go, postings that come.

Takes articles before and after; gives the families they touch, with their parts written anew. All
that is not touched stays as bytes.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np

from warraq.search.codec import Ints
from warraq.search.cp1256 import text_of
from warraq.search.doc_ids import DocId
from warraq.search.occurrences import joined_met, occurrences
from warraq.search.postings import (
    Columns,
    Postings,
    Ragged,
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
    level: int
    head: bytes
    located: bytes


class Edit(NamedTuple):
    """An article before and after; None for what is not there."""

    before: Record | None
    was: DocId | None
    after: Record | None
    now: DocId | None


class Difference(NamedTuple):
    """Postings that go and come, and for each (term, spelling) how many articles more have it."""

    gone: set[Posting]
    come: set[Posting]
    spelled: Mapping[tuple[str, str], int]

    @property
    def terms(self) -> set[str]:
        """The words it touches."""
        terms = {posting.term for posting in self.gone | self.come}
        return terms | {term for term, _ in self.spelled}


Written = dict[TermGroup, Columns]


def difference(edits: Sequence[Edit], usual: float) -> Difference:
    """Return what `edits` change; `usual` is the length of a usual article."""
    old = [(edit.before, edit.was) for edit in edits if edit.before and edit.was]
    new = [(edit.after, edit.now) for edit in edits if edit.after and edit.now]
    gone, come = _postings(old, usual), _postings(new, usual)
    spelled = _spelled(record for record, _ in new)
    spelled.subtract(_spelled(record for record, _ in old))
    changed = {key: times for key, times in spelled.items() if times}
    return Difference(gone - come, come - gone, changed)


def _spelled(records: Iterable[Record]) -> Counter[tuple[str, str]]:
    lines = (line for record in records for line in record.lines)
    split = (text_of(line).partition("\t") for line in lines)
    return Counter((term, surface or term) for term, _, surface in split)


def _postings(articles: Sequence[tuple[Record, DocId]], usual: float) -> set[Posting]:
    words, _ = occurrences(record for record, _ in articles)
    found = postings_of(words, joined_met(words.met), [place for _, place in articles], usual)
    rows = zip(
        (words.terms[at] for at in found.word.tolist()),
        found.day.tolist(),
        found.slot.tolist(),
        found.level.tolist(),
        _strings(found.heads),
        _strings(found.located),
        strict=True,
    )
    return set(map(Posting._make, rows))


def _strings(ragged: Ragged) -> list[bytes]:
    content, at = ragged.content.tobytes(), ragged.at.tolist()
    return [content[low:high] for low, high in pairwise(at)]


def rewritten(before: Written, change: Difference, after: Sequence[TermGroup]) -> Written:
    """Return the parts of the touched families with `change` made to their postings.

    `before` are all their parts as they were, `after` as they shall be, in order.
    """
    rank = {word: at for at, word in enumerate(word for part in after for word in part.words)}
    held = [word for part in before for word in part.words]
    old = decoded(list(before.values()))
    number = {word: at for at, word in enumerate(held)}
    gone = np.array(
        [_key(number[p.term], p.day, p.slot) for p in change.gone if p.term in number], np.int64
    )
    kept = np.flatnonzero(~np.isin(_keys(old), gone))
    new_word = np.array([rank.get(word, -1) for word in held], np.int64)
    moved = old._replace(word=new_word[old.word]).taken(kept)
    every = joined([moved, _columns(change.come, rank)])
    every = every.taken(np.lexsort((every.slot, every.day, every.word)))
    bounds = list(accumulate((len(part.words) for part in after), initial=0))
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
        np.array([row.level for row in held], np.uint8),
        _ragged([row.head for row in held]),
        _ragged([row.located for row in held]),
    )


def _ragged(strings: Sequence[bytes]) -> Ragged:
    lengths = np.array([len(string) for string in strings], np.int64)
    return Ragged(np.frombuffer(b"".join(strings), np.uint8), bounds_of(lengths))
