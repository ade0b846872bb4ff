"""The editors' search over content/, on Whoosh, with the same analysis of Arabic as the readers'.

Takes a listing of content files and a function that reads one; keeps an index of them in the user's
cache folder, updates it before each search, returns hits with marked excerpts. No build needs it.
Whoosh is imported only when something is searched.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import msgspec

from warraq.base.problems import Problem

UNREAD = "search-unread"  # the note that some files cannot be read


class EditorDocument(msgspec.Struct, frozen=True):
    """What editors can find of one article: the values of each field (search_fields.FIELDS)."""

    values: dict[str, tuple[str, ...]]

    def first(self, field: str) -> str:
        """Return the first value of a field, "" if it has none."""
        return next(iter(self.values.get(field, ())), "")


class ContentFile(NamedTuple):
    """A file of content/articles as a listing gives it; `path` is relative to the site."""

    path: str
    size: int
    mtime_ns: int


class Library(NamedTuple):
    """Where the documents come from.

    `read` returns the document of a path, None if the file is broken. `context` is a digest of all
    else that `read` depends on: when it changes, every file is read again. `synonyms` are lists of
    words or short phrases that mean the same.
    """

    files: Sequence[ContentFile]
    read: Callable[[str], EditorDocument | None]
    context: str = ""
    synonyms: Sequence[tuple[str, ...]] = ()


class Hit(msgspec.Struct, frozen=True):
    """An article found. `marks` are disjoint ranges of `excerpt` in code points, ascending."""

    id: str
    path: str
    title: str
    date: str = ""
    outlet: str = ""
    score: float = 0.0
    excerpt: str = ""
    marks: tuple[tuple[int, int], ...] = ()


class Answer(msgspec.Struct, frozen=True):
    """The best hits, how many articles have all words, how many fewer, and notes on the query.

    Those of `total` come before those of `more`.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    more: int = 0
    notes: tuple[Problem, ...] = ()

    @property
    def is_literal(self) -> bool:
        """Whether the query was read exactly as it is written, so that `matching` takes it too."""
        return all(note.code == UNREAD for note in self.notes)


def rows(answer: Answer) -> tuple[tuple[str, str, str, str], ...]:
    """Return (date, outlet, title, path) for each hit: the rows of a table."""
    return tuple((hit.date, hit.outlet, hit.title, hit.path) for hit in answer.hits)
