"""What templates may see: one frozen struct per page kind, holding everything that the page shows.

Its encoding, with the theme's digest, is the page's fingerprint: what is not in the view cannot
change the page. Every `path` is a site path without its leading slash; a template puts `root`
before it, so one teaser serves on every page. Nothing here is HTML but `html` and `body`.
"""

from typing import ClassVar, Literal

import msgspec

from warraq.model import Evidence
from warraq.render.wording import When


class Link(msgspec.Struct, frozen=True, omit_defaults=True):
    """Words and where they lead. `path` "" is plain text; `note` is shown after it."""

    text: str
    path: str = ""
    note: str = ""


class Teaser(msgspec.Struct, frozen=True, omit_defaults=True):
    """An article as lists show it. `lang` and `dir` are "" where they are the site's.

    `standing` is "retracted", "corrected" or "", `mark` its word; `corrected` says that
    there is a note of any kind. `prints` lead to reprints, which lists leave to this link.
    """

    path: str
    title: str
    when: When
    source: str = ""
    summary: str = ""
    lang: str = ""
    dir: str = ""
    corrected: bool = False
    standing: str = ""
    mark: str = ""
    prints: tuple[Link, ...] = ()


class Feed(msgspec.Struct, frozen=True):
    """A feed a page announces: its name, and its path without the ending .xml or .json."""

    name: str
    stem: str


class View(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What every page has. `title` is the document's, unlike any other page's; `heading` its h1.

    `root` leads from the page to the site's top ("../../"); `current` is the menu's path of its
    section; `structured` is JSON-LD as text; `picture` an absolute address for share cards,
    "" for the theme's own; `picture_alt` says what it shows.
    """

    template: ClassVar[str] = ""

    path: str
    root: str
    title: str
    heading: str
    canonical: str
    description: str = ""
    indexed: bool = True
    current: str = "-"
    crumbs: tuple[Link, ...] = ()
    feeds: tuple[Feed, ...] = ()
    structured: str = ""
    picture: str = ""
    picture_alt: str = ""
    kind: str = "website"


class Text(msgspec.Struct, frozen=True):
    """A file that is no page (JSON, CSV, robots.txt): all of it, as UTF-8."""

    content: bytes


class Picture(msgspec.Struct, frozen=True, omit_defaults=True):
    """A figure: `src` is absolute, or a site path when `own`; in pixels, 0 where not known."""

    src: str
    own: bool
    alt: str = ""
    caption: str = ""
    credit: str = ""
    width: int = 0
    height: int = 0


class CorrectionNote(msgspec.Struct, frozen=True):
    """A correction: its kind in words, its day, its text."""

    kind: str
    when: When
    note: str


class StoryBox(msgspec.Struct, frozen=True):
    """The other reports of a story, on an article's page."""

    name: str
    path: str
    others: tuple[Teaser, ...]


class DetailRow(msgspec.Struct, frozen=True):
    """One row of the provenance strip: a label and links or plain words."""

    label: str
    links: tuple[Link, ...]
    external: bool = False


class Citation(msgspec.Struct, frozen=True):
    """A ready-made citation, the permanent address after it; both as BibTeX and RIS, or ""."""

    text: str
    url: str
    bibtex: str = ""
    ris: str = ""


class ArticleView(View, frozen=True, kw_only=True, omit_defaults=True):
    """An article. `body` is sanitised HTML, "" where rights forbid it; `excerpt` may replace it.

    `facts` come before the date in the provenance strip, `details` at the foot; `why` words what
    the date's certainty rests on; `lang` and `dir` are "" where they are the site's. `reserved`:
    its text is kept from text and data mining. `standing` is "retracted", "corrected" or "", and
    `shared_title` the headline for share cards, which says so in words; `retracted` is that one
    of the `corrections`.
    """

    template: ClassVar[str] = "article"

    id: str
    reserved: bool = False
    standing: str = ""
    shared_title: str
    retracted: CorrectionNote | None = None
    lang: str = ""
    dir: str = ""
    kicker: Link | None = None
    standfirst: str = ""
    age: str
    published: When
    why: str
    modified: When | None = None
    reading: str = ""
    facts: tuple[DetailRow, ...] = ()
    details: tuple[DetailRow, ...] = ()
    picture_shown: Picture | None = None
    figures: tuple[Picture, ...] = ()
    body: str = ""
    excerpt: str = ""
    withheld: str = ""
    original: str = ""
    copy_of: Teaser | None = None
    copies: tuple[Teaser, ...] = ()
    prints: tuple[Teaser, ...] = ()
    corrections: tuple[CorrectionNote, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    candidates: tuple[str, ...] = ()
    basis: str = ""
    date_note: str = ""
    stories: tuple[StoryBox, ...] = ()
    subjects: tuple[DetailRow, ...] = ()
    older: Teaser | None = None
    newer: Teaser | None = None
    month: Link
    cite: Citation
    history: bool = False
    report: str = ""


class TombstoneView(View, frozen=True, kw_only=True, omit_defaults=True):
    """Where an article was: when it went and why."""

    template: ClassVar[str] = "tombstone"

    when: When | None = None
    reason: str = ""


class DiffSpan(msgspec.Struct, frozen=True):
    """Words of a comparison. `change` is "same", "insert" or "delete"."""

    change: str
    text: str


class DiffBlock(msgspec.Struct, frozen=True, omit_defaults=True):
    """A changed paragraph in pieces, or `folded`: how many unchanged ones it replaces."""

    pieces: tuple[DiffSpan, ...] = ()
    folded: str = ""


class FieldDiff(msgspec.Struct, frozen=True):
    """What an edit changed in a field: its label, the old and the new words."""

    label: str
    pieces: tuple[DiffSpan, ...]


class Revision(msgspec.Struct, frozen=True):
    """One version: when, who, why, and what it changed."""

    when: When
    author: str
    subject: str
    passages: tuple[DiffBlock, ...]
    altered: tuple[FieldDiff, ...] = ()


class RevisionText(msgspec.Struct, frozen=True):
    """A version that readers may choose: its name, who made it and why."""

    name: str
    author: str = ""
    subject: str = ""


class Comparison(msgspec.Struct, frozen=True):
    """What came between two of the `editions`, `old` and `new` being their places in the row."""

    old: int
    new: int
    heading: str
    passages: tuple[DiffBlock, ...]
    altered: tuple[FieldDiff, ...]


class HistoryView(View, frozen=True, kw_only=True, omit_defaults=True):
    """The edits of an article, newest first; with several, any two versions to be compared.

    `editions` are oldest first; `comparisons` holds every pair of them.
    """

    template: ClassVar[str] = "history"

    article: Link
    revisions: tuple[Revision, ...]
    editions: tuple[RevisionText, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    lang: str = ""
    dir: str = ""


class ArticleGroup(msgspec.Struct, frozen=True, omit_defaults=True):
    """Articles under one heading; `anchor` is the heading's id, `iso` its day, month or year."""

    heading: str
    articles: tuple[Teaser, ...]
    anchor: str = ""
    iso: str = ""


class Day(msgspec.Struct, frozen=True, omit_defaults=True):
    """A cell of a calendar: `number` in words, "" outside the month; `heat` 1 to 4, 0 for none."""

    number: str = ""
    heat: int = 0
    label: str = ""
    path: str = ""


class Calendar(msgspec.Struct, frozen=True):
    """A month as a table: its name, column heads as (short, long), weeks of seven days.

    `path` is "" for a month without articles.
    """

    name: str
    path: str
    heads: tuple[tuple[str, str], ...]
    weeks: tuple[tuple[Day, ...], ...]


class Bar(msgspec.Struct, frozen=True, omit_defaults=True):
    """A row of a bar list: `tenths` of the longest row, 1 to 10."""

    text: str
    path: str
    count: str
    tenths: int


class StoryTeaser(msgspec.Struct, frozen=True):
    """A story in a list: name, summary, when, its reports oldest first."""

    name: str
    path: str
    summary: str
    when: str
    count: str
    reports: tuple[Teaser, ...]
    proposed: bool


class HomeView(View, frozen=True, kw_only=True, omit_defaults=True):
    """The front page: a story or article that leads, the newest by day, and ways in."""

    template: ClassVar[str] = "home"

    story: StoryTeaser | None = None
    stories: tuple[StoryTeaser, ...] = ()
    lead: Teaser | None = None
    days: tuple[ArticleGroup, ...] = ()
    calendar: Calendar | None = None
    on_this_day: str = ""
    other_years: tuple[Teaser, ...] = ()
    topics: tuple[Link, ...] = ()
    corrections: tuple[Link, ...] = ()


class ArchiveView(View, frozen=True, kw_only=True, omit_defaults=True):
    """The archive's front: the years."""

    template: ClassVar[str] = "archive"

    years: tuple[Bar, ...] = ()
    undated: str = ""


class YearView(View, frozen=True, kw_only=True, omit_defaults=True):
    """A year: its months as bars and calendars; a small one's articles (`groups`, by month).

    `loose` are those of which only the year is known.
    """

    template: ClassVar[str] = "year"

    total: str
    months: tuple[Bar, ...]
    calendars: tuple[Calendar, ...]
    groups: tuple[ArticleGroup, ...] = ()
    loose: tuple[Teaser, ...] = ()
    years: tuple[Link, ...] = ()
    previous: Link | None = None
    next: Link | None = None


class MonthView(View, frozen=True, kw_only=True, omit_defaults=True):
    """A month: calendar, days in order (`parts` lead to them in a large one), undated days."""

    template: ClassVar[str] = "month"

    total: str
    calendar: Calendar
    days: tuple[ArticleGroup, ...]
    parts: tuple[Bar, ...] = ()
    loose: tuple[Teaser, ...] = ()
    outlets: tuple[Link, ...] = ()
    years: tuple[Link, ...] = ()
    previous: Link | None = None
    next: Link | None = None


class ListView(View, frozen=True, kw_only=True, omit_defaults=True):
    """A plain list under a heading: the undated, a busy day, a part of a shelf, a carrier's."""

    template: ClassVar[str] = "list"

    text: str = ""
    empty: str
    groups: tuple[ArticleGroup, ...] = ()
    parts: tuple[Bar, ...] = ()


class Letter(msgspec.Struct, frozen=True):
    """A letter and the names under it: names[first:after]."""

    text: str
    first: int
    after: int


class KindView(View, frozen=True, kw_only=True, omit_defaults=True):
    """The index of one kind of authority: names with counts; stories also as `entries`.

    Where there are many names, `letters` says which of them are under which letter.
    """

    template: ClassVar[str] = "kind"

    text: str
    names: tuple[Link, ...] = ()
    entries: tuple[StoryTeaser, ...] = ()
    letters: tuple[Letter, ...] = ()


class ShelfView(View, frozen=True, kw_only=True, omit_defaults=True):
    """A person, outlet, topic…: facts, articles over time, people named with it, the newest."""

    template: ClassVar[str] = "shelf"

    singular: str
    aliases: tuple[str, ...] = ()
    facts: tuple[DetailRow, ...] = ()
    about: str = ""
    body: str = ""
    total: str
    over_time: tuple[Bar, ...] = ()
    company: tuple[Link, ...] = ()
    articles: tuple[Teaser, ...] = ()
    partial: bool = False
    years: tuple[Bar, ...] = ()


class Column(msgspec.Struct, frozen=True, omit_defaults=True):
    """A report of a comparison: its outlet; `lang` and `dir` are "" where they are the site's.

    `first`: it is among those shown side by side before a reader has chosen.
    """

    name: str
    first: bool = True
    lang: str = ""
    dir: str = ""


class Cell(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one report says in one row: lines of text; `quoted` lines are its own words."""

    lines: tuple[str, ...] = ()
    when: When | None = None
    link: Link | None = None
    withheld: bool = False


RowKind = Literal["time", "title", "source", "people", "numbers", "quotes", "unique", "shared"]


class ComparisonRow(msgspec.Struct, frozen=True):
    """A row of «who said what»: what is compared, a cell per report; `own`: its own words."""

    label: str
    kind: RowKind
    own: bool
    cells: tuple[Cell, ...]


class Step(msgspec.Struct, frozen=True, omit_defaults=True):
    """A report in the timeline and its copies; `gap` says how long after the one before it."""

    article: Teaser
    gap: str = ""
    copies: tuple[Link, ...] = ()


class StoryView(View, frozen=True, kw_only=True, omit_defaults=True):
    """A story: what happened in the archive's words, who said what, the reports in time.

    `choose`: there are more reports than fit side by side, so readers choose; `partial` says that
    not all are compared.
    """

    template: ClassVar[str] = "story"

    summary: str = ""
    body: str = ""
    when: str = ""
    where: str = ""
    total: str
    proposed: bool = False
    reasons: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    choose: bool = False
    partial: str = ""
    rows: tuple[ComparisonRow, ...] = ()
    steps: tuple[Step, ...] = ()


class PageView(View, frozen=True, kw_only=True, omit_defaults=True):
    """A page of the archive about itself."""

    template: ClassVar[str] = "page"

    body: str
    text: str = ""


class Corrected(msgspec.Struct, frozen=True):
    """An article and what was put right in it."""

    article: Teaser
    corrections: tuple[CorrectionNote, ...]


class CorrectionsView(View, frozen=True, kw_only=True, omit_defaults=True):
    """All corrections and all tombstones."""

    template: ClassVar[str] = "corrections"

    corrected: tuple[Corrected, ...] = ()
    removed: tuple[Link, ...] = ()


class SearchView(View, frozen=True, kw_only=True, omit_defaults=True):
    """The shell that search-page.js fills, complete enough to read without it."""

    template: ClassVar[str] = "search"

    messages: str


class NotFoundView(View, frozen=True, kw_only=True, omit_defaults=True):
    """404: `root` is absolute here, since the page is served at any depth."""

    template: ClassVar[str] = "404"


class RedirectView(View, frozen=True, kw_only=True, omit_defaults=True):
    """An old address, leading to the new one."""

    template: ClassVar[str] = "redirect"

    target: str


class DataView(View, frozen=True, kw_only=True, omit_defaults=True):
    """The data files by year, or by month where a year is large; with `csv` each as CSV too."""

    template: ClassVar[str] = "data"

    files: tuple[Link, ...]
    csv: bool
    fields: tuple[str, ...]
    feeds_text: str


class FeedItem(msgspec.Struct, frozen=True, omit_defaults=True):
    """An entry of an Atom feed; addresses absolute, moments RFC 3339.

    `authors` are the writers, and then the publication is the `contributor`; without writers it is
    the author. `author` is all authors in one line. `via` leads to the original, `picture` is the
    lead picture, `picture_type` its media type, "" if unknown. `html` says its own language and
    direction.
    """

    id: str
    url: str
    title: str
    published: str
    updated: str
    author: str
    summary: str
    html: str
    lang: str
    categories: tuple[str, ...]
    authors: tuple[str, ...] = ()
    contributor: str = ""
    via: str = ""
    picture: str = ""
    picture_type: str = ""


class FeedView(msgspec.Struct, frozen=True):
    """An Atom feed: the template feeds/atom.xml."""

    template: ClassVar[str] = "feeds/atom.xml"

    id: str
    url: str
    page: str
    title: str
    description: str
    updated: str
    items: tuple[FeedItem, ...]


class Address(msgspec.Struct, frozen=True):
    """A line of a sitemap: an absolute address and when it last changed, "" if unknown."""

    url: str
    lastmod: str = ""


class SitemapView(msgspec.Struct, frozen=True):
    """A part of the sitemap, or with `index` the list of its parts."""

    template: ClassVar[str] = "feeds/sitemap.xml"

    index: bool
    addresses: tuple[Address, ...]


class SearchDescriptionView(msgspec.Struct, frozen=True):
    """opensearch.xml: how a browser asks this archive."""

    template: ClassVar[str] = "feeds/opensearch.xml"

    page: str


AnyView = View | Text | FeedView | SitemapView | SearchDescriptionView
