"""Import: a seed as read, and the receipt of what importing it decided."""

from typing import Literal

import msgspec

from warraq.base.problems import Problem
from warraq.model.article import Article, Evidence, Figure


class Fact(msgspec.Struct, frozen=True):
    """Metadata of a seed from outside its text: a sidecar, a meta tag, a field of an export.

    `key` is title, date, modified, outlet, url, author, section, description, topic, image…;
    `basis` names where it was found (`sidecar`, `json-ld`, `meta og:title`, `time`).
    """

    key: str
    value: str
    basis: str


class RawDocument(msgspec.Struct, frozen=True):
    """A seed, read and decoded. `path` is relative to the site; `sha256` is that of the bytes.

    `text` has LF line ends, so its line numbers are those of the seed where `kind` is `text` or
    `markdown`; `html` is a body of HTML, a line a block, and `page` a saved page.
    `damaged` are the lines with bytes that are invalid in its encoding. `markdown` is each line as
    Markdown, used if its words are kept, "" if it follows from them; () if there is only text.
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
    """Text that import removed: by which `rule`, and from which lines of the seed (from 1)."""

    rule: str
    text: str
    first: int = 0
    last: int = 0


class Decision(msgspec.Struct, frozen=True, omit_defaults=True):
    """The value decided for a field, and the evidence."""

    field: str
    value: str
    basis: str
    evidence: tuple[Evidence, ...] = ()


class Quotation(msgspec.Struct, frozen=True, omit_defaults=True):
    """A quotation attributed to a speaker. `paragraph` counts from 1.

    *direct* is a sentence in quotation marks or after «وقال:», *fragment* a phrase in quotation
    marks inside the reporter's sentence, *indirect* the reporter's wording («أن…»).
    """

    speaker: str
    kind: Literal["direct", "fragment", "indirect"]
    text: str
    paragraph: int
    channel: str = ""


class Receipt(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one import did, kept under version control with the articles.

    `fields` and `paragraphs` are hashes of what was last written: the base of the next merge.
    `conflicts` are new values that an editor's text took precedence over, by field or `body`.
    `received` is the day (YYYY-MM-DD) given with --received; `modified` the last change of the
    record according to its export, `aliases` the old addresses that came with it.
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
