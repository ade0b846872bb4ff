"""The editors' search (stub while the desk is built)."""

import msgspec

from warraq.base.problems import Problem

FIELDS = ("title", "body", "outlet", "person", "topic", "place", "date", "year", "path", "status")


class Hit(msgspec.Struct, frozen=True):
    """One article found."""

    id: str
    title: str
    path: str
    date: str = ""
    outlet: str = ""
    score: float = 0.0
    excerpt: str = ""
    marks: tuple[tuple[int, int], ...] = ()


class Answer(msgspec.Struct, frozen=True):
    """The hits shown, how many there are, and what to tell the editor about the query."""

    hits: tuple[Hit, ...] = ()
    total: int = 0
    note: Problem | None = None
