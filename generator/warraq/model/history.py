"""The versions of an article."""

from typing import Literal

import msgspec

ChangedField = Literal[
    "title_status", "date", "date_status", "date_basis", "date_note", "event_date", "description",
    "source", "via", "authors", "dateline", "section", "topics", "people", "places",
    "organizations", "cited", "pictures", "corrections",
]  # fmt: skip


class Change(msgspec.Struct, frozen=True):
    """What an edit made of one field of the front matter; "" is: not there."""

    field: ChangedField
    before: str
    after: str


class Version(msgspec.Struct, frozen=True, omit_defaults=True):
    """One step in an article's history: the text `before` it (title, blank line, body) and `after`.

    `date` is ISO 8601, `subject` the editor's reason. The first step's `before` is the raw seed;
    `changes` are those of the front matter.
    """

    date: str
    author: str
    subject: str
    before: str
    after: str
    changes: tuple[Change, ...] = ()
