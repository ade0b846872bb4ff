"""An article's content file: what an editor or the outlet's own data asserts."""

from datetime import date
from typing import Literal, Self

import msgspec

TitleStatus = Literal["outlet", "cleaned", "generated"]


DateStatus = Literal["exact", "inferred", "conflicting", "unknown"]


Display = Literal["full", "excerpt", "none"]


AuthorityKind = Literal[
    "outlets", "authors", "people", "places", "organizations", "topics", "stories", "pages"
]


CorrectionKind = Literal["correction", "clarification", "update", "retraction"]


# Codes that import writes into front matter; an editor may write free text instead. Each has words
# for readers in templates/words, as tests/render/test_codes.py checks.
Basis = Literal[
    # outside the text; `meta` is followed by the name of the tag
    "sidecar", "export", "front-matter", "file-name", "received", "updated", "address", "json-ld",
    "meta", "itemprop datePublished", "rdfa", "time", "abbr published", "date class",
    # in the text
    "text", "head", "dateline", "issue", "title", "byline", "credit-line", "disclaimer",
    # elsewhere on the page
    "page title", "handle", "furniture", "rights", "named twice", "hashtag", "beside the date",
    "photo-credit", "logo", "spoken to",
    # written by editors
    "editor", "metadata",
]  # fmt: skip


# What a phrase of the text, or all of them together, say about the day of publication. EDTF and
# `publication-day` with a number of days (`publication-day-1`) are used too.
Meaning = Literal[
    "stated", "shown", "open", "publication-day", "two-months", "faces-differ", "moon",
    "weekday-differs", "weekdays-differ", "month-differs", "stamps-differ", "text-differs",
    "page-data-differs", "day-or-month",
]  # fmt: skip


FlagKind = Literal[
    "bidi",
    "control",
    "date",
    "joined",
    "markup",
    "punctuation",
    "quote",
    "spacing",
    "spelling",
    "typo",
    "unbalanced",
]


OutletType = Literal["agency", "newspaper", "magazine", "broadcaster", "site", "aggregator"]


CitedKind = Literal[
    "agency", "newspaper", "magazine", "broadcaster", "site", "aggregator", "ministry", "post"
]


# What an editor may leave as it is, so that nobody is asked again (`settled` in front matter).
Settled = Literal["date", "title", "source", "topics"]


class Moment(msgspec.Struct, frozen=True, order=True):
    """A day, with the time if known: `clock` is "HH:MM:SS" plus an offset, or ""."""

    day: date
    clock: str = ""

    @classmethod
    def of(cls, iso: str) -> Self:
        """Return the moment of an ISO 8601 date or date-time."""
        return cls(date.fromisoformat(iso[:10]), iso[11:])

    @property
    def iso(self) -> str:
        """ISO 8601: a date, or a date-time if the time is known."""
        return f"{self.day.isoformat()}T{self.clock}" if self.clock else self.day.isoformat()


class Evidence(msgspec.Struct, frozen=True, omit_defaults=True):
    """Words quoted from the text and their interpretation: a Meaning, EDTF, or text."""

    text: str
    meaning: str = ""


class DateInfo(msgspec.Struct, frozen=True, omit_defaults=True):
    """How sure the date is, and why. `edtf` is ISO 8601-2; `candidates` are EDTF strings.

    `basis` is a Basis or an editor's text, `note` a Meaning or such text.
    """

    status: DateStatus = "unknown"
    basis: str = ""
    edtf: str = ""
    candidates: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    note: str = ""


class Credit(msgspec.Struct, frozen=True, omit_defaults=True):
    """A credited outlet, as origin (`source`) or carrier (`via`).

    `outlet` is a key or ""; `name` may be "" where it is a key.
    """

    name: str = ""
    outlet: str = ""
    url: str = ""
    basis: str = ""


class Cited(msgspec.Struct, frozen=True, omit_defaults=True):
    """A source relied on inside the text; `kind` is a CitedKind or text."""

    name: str
    kind: str = ""


class Figure(msgspec.Struct, frozen=True, omit_defaults=True):
    """A picture: `src` is a path under content/media or an absolute address."""

    src: str
    alt: str = ""
    caption: str = ""
    credit: str = ""


class Correction(msgspec.Struct, frozen=True):
    """A change after publication that is announced to readers."""

    date: date
    kind: CorrectionKind
    note: str


class Removal(msgspec.Struct, frozen=True):
    """When and why an article was removed; its tombstone says so."""

    date: date
    reason: str


class Rights(msgspec.Struct, frozen=True, omit_defaults=True):
    """What may be shown. None and "" defer to the outlet's file, then to site.yaml.

    `index`: whether external search engines may list it; the archive's own search always does.
    `machines`: whether its text is also published in files made for programs.
    """

    holder: str = ""
    display: Display | None = None
    index: bool | None = None
    machines: bool | None = None


class Flag(msgspec.Struct, frozen=True, omit_defaults=True):
    """An oddity that import noticed and left unchanged; `kind` is a FlagKind or text."""

    kind: str
    text: str
    note: str = ""


class Provenance(msgspec.Struct, frozen=True):
    """The seed of an article: its path relative to the site, and the SHA-256 of its bytes."""

    seed: str
    sha256: str


class Rejected(msgspec.Struct, frozen=True, omit_defaults=True):
    """Keys that an editor declared to be wrong matches (`not:` in front matter)."""

    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()


class Article(msgspec.Struct, frozen=True, omit_defaults=True):
    """One content file: what an editor or the outlet's own data asserts (docs/format.md).

    `path` is relative to the site, `body` is Markdown; `people`, `topics`… hold keys or names.
    `extra` holds unknown keys of the front matter.
    """

    id: str
    title: str
    path: str = ""
    body: str = ""

    title_status: TitleStatus = "outlet"
    external_ids: dict[str, str] = {}
    description: str = ""

    date: Moment | None = None
    date_info: DateInfo = DateInfo()
    event_date: str = ""
    lastmod: Moment | None = None

    draft: bool = False
    aliases: tuple[str, ...] = ()
    lang: str = ""

    section: str = ""
    topics: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    dateline: str = ""

    source: Credit | None = None
    via: tuple[Credit, ...] = ()
    cited: tuple[Cited, ...] = ()

    image: Figure | None = None
    figures: tuple[Figure, ...] = ()

    corrections: tuple[Correction, ...] = ()
    status: Literal["live", "removed"] = "live"
    removed: Removal | None = None
    copy_of: str = ""
    same_text_as: str = ""
    rights: Rights = Rights()

    flags: tuple[Flag, ...] = ()
    settled: tuple[Settled, ...] = ()
    provenance: Provenance | None = None
    rejected: Rejected = Rejected()
    extra: dict[str, object] = {}

    @property
    def url(self) -> str:
        """The permanent address, a site path."""
        return f"/n/{self.id}/"
