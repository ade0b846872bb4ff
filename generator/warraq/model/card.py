"""What output is made from: cards, composed entries, files."""

from typing import Literal

import msgspec

from warraq.model.article import (
    Article,
    Correction,
    Credit,
    DateStatus,
    Moment,
    Rights,
    TitleStatus,
)

# Corrected or retracted after publication, as lists mark it; "" for most articles.
Standing = Literal["", "corrected", "retracted"]


EmbedKind = Literal["video", "audio", "frame", "post"]  # as the class of the link says


class Named(msgspec.Struct, frozen=True, omit_defaults=True):
    """The names in an article, in order: keys of authority files, and names without a file."""

    topics: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()


class Card(msgspec.Struct, frozen=True, omit_defaults=True, cache_hash=True):
    """What lists show of an article: metadata only, names resolved, rights applied.

    `summary` is "" if rights forbid an excerpt. `year` and `month` are 0 if unknown. Key tuples
    hold only keys that have a file, asserted and derived ones together; `people` is in order of
    appearance. `named` adds the names without a file, and is empty for a kind of which all have
    one. `pictures` are those of its page, none unless rights show the whole article: site paths of
    the archive's own, addresses of others.
    """

    id: str
    url: str
    title: str
    title_status: TitleStatus
    lang: str
    date: Moment | None = None
    date_status: DateStatus = "unknown"
    edtf: str = ""
    year: int = 0
    month: int = 0
    summary: str = ""
    section: str = ""
    source: Credit | None = None
    via: tuple[Credit, ...] = ()
    topics: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    named: Named = Named()
    outlets: tuple[str, ...] = ()
    minutes: int = 1
    words: int = 0
    pictures: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    status: Literal["live", "removed"] = "live"
    copy_of: str = ""
    same_text_as: str = ""
    rights: Rights = Rights()
    lastmod: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def standing(self) -> Standing:
        """Whether the article was retracted, or else corrected; additions are not marked."""
        if not self.corrections:
            return ""
        kinds = {correction.kind for correction in self.corrections}
        if "retraction" in kinds:
            return "retracted"
        return "corrected" if "correction" in kinds else ""

    @property
    def day(self) -> str:
        """Its date as far as known: "2025-10-12", "2025-10", "2025" or ""."""
        if self.date or not self.year:
            return self.date.day.isoformat() if self.date else ""
        return f"{self.year:04}-{self.month:02}" if self.month else f"{self.year:04}"


class Finding(msgspec.Struct, frozen=True):
    """Something in a body that output does not show as written, on its line `line` (from 1).

    `code` is that of a problem, `value` the address or character in question.
    """

    code: str
    value: str = ""
    line: int = 1


class Entry(msgspec.Struct, frozen=True):
    """An article composed for output: sanitised HTML and plain text of the body."""

    article: Article
    card: Card
    html: str
    text: str
    findings: tuple[Finding, ...] = ()


class Count(msgspec.Struct, frozen=True):
    """The number of live articles of a month, or of a year if `month` is 0."""

    year: int
    month: int
    articles: int


class OutputFile(msgspec.Struct, frozen=True):
    """One file of public/: `path` is relative, with forward slashes."""

    path: str
    content: bytes
