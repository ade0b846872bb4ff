"""The versions of an article."""

from typing import Literal

import msgspec

ChangedField = Literal[
    "title_status", "date", "date_status", "date_basis", "date_note", "event_date", "description",
    "source", "via", "authors", "dateline", "section", "topics", "people", "places",
    "organizations", "cited", "pictures", "corrections",
]  # fmt: skip


class Change(msgspec.Struct, frozen=True):
    """The change of one field of front matter by an edit; "" means absent."""

    field: ChangedField
    before: str
    after: str


class Version(msgspec.Struct, frozen=True, omit_defaults=True):
    """One edit of an article: its text `before` and `after` (title, blank line, body).

    `date` is ISO 8601, `subject` that of the commit. Before the first version is the raw seed;
    `changes` are those of front matter.
    """

    date: str
    author: str
    subject: str
    before: str
    after: str
    changes: tuple[Change, ...] = ()
