"""The nouns. Frozen structs, tuples not lists; no I/O and no logic beyond small properties.

One word, one meaning (docs/glossary.md): a *source* is the outlet credited as the origin, *via* are
those through whom a copy reached us, *cited* are those relied on inside the text.
"""

from datetime import date
from typing import Literal, Self

import msgspec

from warraq.base.problems import Problem

TitleStatus = Literal["outlet", "cleaned", "generated"]
DateStatus = Literal["exact", "inferred", "conflicting", "unknown"]
Display = Literal["full", "excerpt", "none"]
# What became of an article after its publication, as lists mark it; "" for most.
Standing = Literal["", "corrected", "retracted"]
AuthorityKind = Literal[
    "outlets", "authors", "people", "places", "organizations", "topics", "stories", "pages"
]
CorrectionKind = Literal["correction", "clarification", "update", "retraction"]

# Codes that importing writes into front matter, where an editor may write text of their own. Each
# has words for readers (templates/words); tests/render/test_codes.py holds the two together.
Basis = Literal[
    # beside the text; `meta` is followed by the tag's name
    "sidecar", "export", "front-matter", "file-name", "received", "updated", "address", "json-ld",
    "meta", "itemprop datePublished", "rdfa", "time", "abbr published", "date class",
    # in the text
    "text", "head", "dateline", "issue", "title", "byline", "credit-line", "disclaimer",
    # in what else the page shows
    "page title", "handle", "furniture", "rights", "named twice", "hashtag", "beside the date",
    "photo-credit", "logo", "spoken to",
    # as editors write it
    "editor", "metadata",
]  # fmt: skip
# What words of the text, or all of them together, say of the day of publication. Beside these
# stand EDTF and `publication-day` with a number of days: `publication-day-1`.
Meaning = Literal[
    "stated", "shown", "open", "publication-day", "two-months", "faces-differ", "moon",
    "weekday-differs", "weekdays-differ", "month-differs", "stamps-differ", "text-differs",
    "page-data-differs", "day-or-month",
]  # fmt: skip
EmbedKind = Literal["video", "audio", "frame", "post"]  # what a link stands for, as its class says
FlagKind = Literal[
    "bidi", "control", "date", "joined", "markup", "punctuation", "quote", "spacing", "spelling",
    "typo", "unbalanced",
]  # fmt: skip
OutletType = Literal["agency", "newspaper", "magazine", "broadcaster", "site", "aggregator"]
CitedKind = Literal[
    "agency", "newspaper", "magazine", "broadcaster", "site", "aggregator", "ministry", "post"
]


class Moment(msgspec.Struct, frozen=True, order=True):
    """A day, and the hour when it is known: `clock` is "HH:MM:SS" plus an offset, or ""."""

    day: date
    clock: str = ""

    @classmethod
    def of(cls, iso: str) -> Self:
        """Return the moment that ISO 8601 tells, a day or a day and hour."""
        return cls(date.fromisoformat(iso[:10]), iso[11:])

    @property
    def iso(self) -> str:
        """ISO 8601, as precise as what is known."""
        return f"{self.day.isoformat()}T{self.clock}" if self.clock else self.day.isoformat()


class Evidence(msgspec.Struct, frozen=True, omit_defaults=True):
    """Words quoted from the text and what they were taken to mean: a Meaning, EDTF, or text."""

    text: str
    meaning: str = ""


class DateInfo(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why the date is believed. `edtf` is ISO 8601-2; `candidates` are EDTF strings.

    `basis` is a Basis or an editor's text, `note` a Meaning or such text.
    """

    status: DateStatus = "unknown"
    basis: str = ""
    edtf: str = ""
    candidates: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    note: str = ""


class Credit(msgspec.Struct, frozen=True, omit_defaults=True):
    """An outlet credited, as origin (`source`) or as carrier (`via`). `outlet` is a key or ""."""

    name: str
    outlet: str = ""
    url: str = ""
    basis: str = ""


class Cited(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who is relied on inside the text; `kind` is a CitedKind or text."""

    name: str
    kind: str = ""


class Figure(msgspec.Struct, frozen=True, omit_defaults=True):
    """A picture: `src` is a path under content/media or an absolute address."""

    src: str
    alt: str = ""
    caption: str = ""
    credit: str = ""


class Correction(msgspec.Struct, frozen=True):
    """What was put right after publication, shown to readers."""

    date: date
    kind: CorrectionKind
    note: str


class Removal(msgspec.Struct, frozen=True):
    """Why a tombstone stands where an article was."""

    date: date
    reason: str


class Rights(msgspec.Struct, frozen=True, omit_defaults=True):
    """What may be shown. None and "" mean: as the outlet's file says, then site.yaml.

    `index`: search engines outside may list it; the archive's own search finds it all the same.
    `machines`: its text goes out in files made for programs too, not on pages alone.
    """

    holder: str = ""
    display: Display | None = None
    index: bool | None = None
    machines: bool | None = None


class Flag(msgspec.Struct, frozen=True, omit_defaults=True):
    """An oddity the importer saw and left as it was; `kind` is a FlagKind or text."""

    kind: str
    text: str
    note: str = ""


class Provenance(msgspec.Struct, frozen=True):
    """Which seed an article came from: path relative to the site, SHA-256 of its bytes."""

    seed: str
    sha256: str


class Rejected(msgspec.Struct, frozen=True, omit_defaults=True):
    """Keys an editor declared to be wrong matches (`not:` in front matter)."""

    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()


class Named(msgspec.Struct, frozen=True, omit_defaults=True):
    """Whom and what an article names, in order: keys of authority files and names without one."""

    topics: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()


class Article(msgspec.Struct, frozen=True, omit_defaults=True):
    """One content file: what an editor or the outlet's own data asserts. Fields as in design §4.

    `path` is relative to the site, `body` is Markdown; `people`, `topics`… hold keys or names.
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
    provenance: Provenance | None = None
    rejected: Rejected = Rejected()
    extra: dict[str, object] = {}

    @property
    def url(self) -> str:
        """The permanent address, a site path."""
        return f"/n/{self.id}/"


class Authority(msgspec.Struct, frozen=True, omit_defaults=True):
    """A person, place, outlet, topic, story or page: one file under content/<kind>/<key>.md.

    The last group of fields belongs to outlets (what the importer must know of them), the group
    before it to stories. `aliases` are other spellings, `formerly` keys it had before and old site
    paths. `body` is Markdown.
    """

    kind: AuthorityKind
    key: str
    name: str
    path: str = ""
    body: str = ""
    aliases: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    role: str = ""
    wikidata: str = ""
    description: str = ""
    url: str = ""
    country: str = ""
    # stories
    articles: tuple[str, ...] = ()
    status: Literal["confirmed", "proposed"] = "confirmed"
    reasons: tuple[str, ...] = ()
    event_date: str = ""
    place: str = ""
    # outlets
    type: str = ""
    hosts: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    bylines: tuple[str, ...] = ()
    disclaimers: tuple[str, ...] = ()
    furniture: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    rights: Rights = Rights()
    extra: dict[str, object] = {}

    @property
    def address(self) -> str:
        """The site path of its page."""
        return f"/{self.kind}/{self.key}/"


class Card(msgspec.Struct, frozen=True, omit_defaults=True, cache_hash=True):
    """What lists may show of an article: metadata only, names resolved, rights already applied.

    `summary` is "" where rights forbid an excerpt. `year` and `month` are 0 where unknown. Key
    tuples hold only keys that have a file, asserted and derived ones together; `people` is in
    order of appearance. `named` says the same with the names that have no file among them, nothing
    for a kind of which all have one. `pictures` are those its page shows, none unless rights show
    the whole article: site paths of the archive's own, addresses of others.
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
        """Whether the article was retracted, or else corrected; an addition leaves no mark."""
        kinds = {correction.kind for correction in self.corrections}
        if "retraction" in kinds:
            return "retracted"
        return "corrected" if "correction" in kinds else ""

    @property
    def day(self) -> str:
        """What is known of its day: "2025-10-12", "2025-10", "2025" or ""."""
        if self.date or not self.year:
            return self.date.day.isoformat() if self.date else ""
        return f"{self.year:04}-{self.month:02}" if self.month else f"{self.year:04}"


class Finding(msgspec.Struct, frozen=True):
    """What readers do not get of a body as it was meant, on its line `line` (from 1).

    `code` is a problem's; `value` is the address or mark in question.
    """

    code: str
    value: str = ""
    line: int = 1


class Entry(msgspec.Struct, frozen=True):
    """An article composed for output, made once: sanitised HTML and plain text of the body."""

    article: Article
    card: Card
    html: str
    text: str
    findings: tuple[Finding, ...] = ()


class Count(msgspec.Struct, frozen=True):
    """How many live articles a bucket of time holds. `month` is 0 for a whole year."""

    year: int
    month: int
    articles: int


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


class OutputFile(msgspec.Struct, frozen=True):
    """One file of public/: `path` is relative, with forward slashes."""

    path: str
    content: bytes


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
    beside: str = ""
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
