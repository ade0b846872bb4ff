"""The editors' search over content/, on Whoosh, with the same analysis of Arabic as the readers'.

Takes a listing of content files and a function that reads one; keeps an index of them in the user's
cache folder, brings it up to date before each answer, gives hits with marked excerpts. It is not on
the way of a build. Whoosh is imported only when something is searched.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import msgspec

from warraq.base.problems import Problem

# What may stand before a colon in a query, and what an Arabic editor may write instead.
FIELDS: dict[str, str] = {
    "title": "عنوان",
    "body": "متن",
    "outlet": "مصدر",
    "person": "شخص",
    "place": "مكان",
    "organization": "مؤسسة",
    "topic": "موضوع",
    "author": "كاتب",
    "date": "تاريخ",
    "year": "سنة",
    "certainty": "يقين",
    "status": "حالة",
    "lang": "لغة",
    "id": "معرف",
    "path": "ملف",
}


class EditorDocument(msgspec.Struct, frozen=True, omit_defaults=True):
    """What editors can find of one article.

    `date` is as precise as what is known: "2025-10-12", "2025-10", "2025" or "". `status` is live,
    draft or removed. The tuples hold keys and names side by side, spellings too; the first of
    `outlets` is shown. `body` is plain text.
    """

    id: str
    path: str
    title: str
    body: str = ""
    date: str = ""
    certainty: str = ""
    status: str = "live"
    lang: str = ""
    outlets: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()


class ContentFile(NamedTuple):
    """A file of content/articles as a listing gives it; `path` is relative to the site."""

    path: str
    size: int
    mtime_ns: int


class Library(NamedTuple):
    """Where the documents come from.

    `read` gives the document of a path, None when the file is broken. `context` names all else
    that `read` depends on (a digest of the authority files): when it changes all is read again.
    """

    files: Sequence[ContentFile]
    read: Callable[[str], EditorDocument | None]
    context: str = ""


class Hit(msgspec.Struct, frozen=True):
    """An article found. `marks` are ranges of `excerpt` in code points, ascending, apart."""

    id: str
    path: str
    title: str
    date: str = ""
    outlet: str = ""
    score: float = 0.0
    excerpt: str = ""
    marks: tuple[tuple[int, int], ...] = ()


class Answer(msgspec.Struct, frozen=True):
    """The best hits, how many there are in all, and what an editor should know of the query."""

    hits: tuple[Hit, ...] = ()
    total: int = 0
    notes: tuple[Problem, ...] = ()


def rows(answer: Answer) -> tuple[tuple[str, str, str, str], ...]:
    """Return (date, outlet, title, path) for each hit: the lines of a table."""
    return tuple((hit.date, hit.outlet, hit.title, hit.path) for hit in answer.hits)
