"""The way in: a seed before it is an article, and what importing it decided."""

from typing import Literal

import msgspec

from warraq.base.problems import Problem
from warraq.model.article import Article, Evidence, Figure

# On the way in: what a seed is before it is an article, and what importing it decided.


class Fact(msgspec.Struct, frozen=True):
    """Something known about a seed from beside its text: a sidecar, a meta tag, an export's field.

    `key` is title, date, modified, outlet, url, author, section, description, topic, image…;
    `basis` names where it stood (`sidecar`, `json-ld`, `meta og:title`, `time`).
    """

    key: str
    value: str
    basis: str


class RawDocument(msgspec.Struct, frozen=True):
    """One seed, read and decoded. `path` is relative to the site; `sha256` is of the bytes.

    `text` has LF line ends, so its line numbers are those of the seed where `kind` is `text` or
    `markdown`; `html` is a body of HTML, a line a block, and `page` a saved page.
    `damaged` are the lines of the seed on which bytes were no letters of its encoding. `markdown`
    says of each line how it is written down as long as its words stay, "" where that follows from
    them; () where only words came.
    """

    path: str
    text: str
    sha256: str
    kind: Literal["text", "markdown", "html", "page"] = "text"
    encoding: str = "utf-8"
    facts: tuple[Fact, ...] = ()
    notes: tuple[str, ...] = ()
    damaged: tuple[int, ...] = ()
    external_ids: dict[str, str] = {}
    figures: tuple[Figure, ...] = ()
    markdown: tuple[str, ...] = ()


class Removed(msgspec.Struct, frozen=True, omit_defaults=True):
    """Words that importing took out: the `rule` that did, and the seed's lines, from 1."""

    rule: str
    text: str
    first: int = 0
    last: int = 0


class Decision(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was decided for a field, and on which words."""

    field: str
    value: str
    basis: str
    evidence: tuple[Evidence, ...] = ()


class Quotation(msgspec.Struct, frozen=True, omit_defaults=True):
    """Words told as somebody's. `paragraph` counts the body's paragraphs from 1.

    *direct* is a sentence in quotation marks or after «وقال:», *fragment* a phrase in quotation
    marks inside the reporter's sentence, *indirect* the reporter's wording («أن…»).
    """

    speaker: str
    kind: Literal["direct", "fragment", "indirect"]
    text: str
    paragraph: int
    channel: str = ""


class Receipt(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one import did, kept under version control beside the articles.

    `fields` and `paragraphs` are hashes of what was last written: the base of the next merge.
    `conflicts` are the sides that lost to an editor's text, by field or `body`. `beside` is the
    digest of the sidecar, `received` the day (YYYY-MM-DD) that import was told, "" for none;
    `modified` is when the record of an export was changed last, as the export tells it, `aliases`
    the old addresses that came with it.
    """

    id: str
    seed: str
    sha256: str
    sidecar_sha256: str = msgspec.field(default="", name="beside")
    received: str = ""
    external_ids: dict[str, str] = {}
    aliases: tuple[str, ...] = ()
    encoding: str = "utf-8"
    removed: tuple[Removed, ...] = ()
    decisions: tuple[Decision, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    notes: tuple[Evidence, ...] = ()
    fields: dict[str, str] = {}
    paragraphs: tuple[str, ...] = ()
    conflicts: dict[str, str] = {}
    modified: str = ""


class Draft(msgspec.Struct, frozen=True):
    """An article as importing proposes it, with the account of how it came about."""

    article: Article
    receipt: Receipt
    problems: tuple[Problem, ...] = ()
