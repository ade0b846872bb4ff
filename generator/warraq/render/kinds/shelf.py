"""Shelves: the index of a kind (people, topics…), one authority's page, its years and months.

A shelf's front shows all of up to 100 articles; of a longer one the newest 30, and every year has
a page, a large year a page per month. Parts are by time, so that a backfill moves no other page.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import ClassVar, Self

from warraq.base.collation import initial
from warraq.base.urls import is_web_address
from warraq.model import (
    AUTHORITY_KINDS,
    FEED_KINDS,
    SHELF_KINDS,
    Authority,
    AuthorityKind,
    Card,
    Count,
    Outlet,
    Place,
    Subject,
)
from warraq.render import structured
from warraq.render.body import body_html
from warraq.render.calendar import bars
from warraq.render.context import RenderContext
from warraq.render.kinds.archive import LONG, MOST_NAMED, by_day, by_letter, letter_name
from warraq.render.kinds.carried import CarriedPage
from warraq.render.page import Changes, Page, PageOfAuthority
from warraq.render.story_teasers import ranked, story_teaser
from warraq.render.views import (
    AnyView,
    ArticleGroup,
    Bar,
    DetailRow,
    Feed,
    KindView,
    Letter,
    Link,
    ListView,
    ShelfView,
)
from warraq.render.wording import Wording

WHOLE = 100  # articles of a shelf on one page, stories of the index with their reports
NEWEST = 30
LARGE_YEAR = 200  # articles; beyond it a shelf's year is split by month
COMPANY = 8  # people


def kind_view(url: str, kind: AuthorityKind, context: RenderContext) -> KindView:
    """Return the index of a kind: every authority by name, with its number of articles."""
    wording = context.wording
    about = wording.text(f"about_{kind}")
    fields = context.page_fields(
        url,
        wording.text(kind),
        description=about,
        crumbs=(Link(wording.text("home"), ""),),
        current=f"{kind}/",
    )
    if kind == "stories":
        stories = ranked(context)
        entries = tuple(story_teaser(story, context) for story in stories[:WHOLE])
        names = tuple(_index_link(story, context) for story in stories[WHOLE:])
        return KindView(**fields, text=about, entries=entries, names=names)
    names = tuple(_index_link(a, context) for a in context.catalogue.authorities(kind))
    letters = _letters(names, wording) if len(names) > LONG and kind != "pages" else ()
    return KindView(**fields, text=about, names=names, letters=letters)


def _letters(names: tuple[Link, ...], wording: Wording) -> tuple[Letter, ...]:
    letters, first = [], 0
    for letter, filed in groupby(names, key=lambda name: initial(name.text)):
        after = first + len(list(filed))
        letters.append(Letter(letter_name(letter, wording), first, after))
        first = after
    return tuple(letters)


def shelf_view(url: str, kind: AuthorityKind, key: str, *, context: RenderContext) -> ShelfView:
    """Return the page of one authority."""
    authority = _subject(kind, key, context)
    catalogue, wording = context.catalogue, context.wording
    counts = catalogue.shelf_counts(kind, key)
    total = sum(count.articles for count in counts)
    partial = total > WHOLE
    cards = catalogue.shelf(kind, key, WHOLE)
    feeds = (Feed(authority.name, f"{kind}/{key}/feed"),) if has_feed(authority, context) else ()
    fields = context.page_fields(
        url,
        authority.name,
        title=f"{authority.name} · {wording.text(f'one_{kind}')}",
        description=authority.description
        or authority.role
        or context.list_description(authority.name, cards, total),
        crumbs=(Link(wording.text(kind), f"{kind}/"),),
        current=f"{kind}/",
        feeds=feeds,
    )
    fields["structured"] = structured.encoded(
        structured.collection(context.config, url[1:], authority.name, cards[:MOST_NAMED]),
        structured.breadcrumb_list(fields["crumbs"], context.config.base_url),
    )
    return ShelfView(
        **fields,
        singular=wording.text(f"one_{kind}"),
        aliases=authority.aliases if kind != "stories" else (),
        facts=_facts(authority, counts, context),
        about=authority.description,
        body=body_html(context.body_of(authority), fields["root"], context.config.lang, context),
        total=wording.count("count_articles", total),
        over_time=_over_time(counts, context),
        company=_co_mentioned(kind, key, context),
        articles=context.teasers(cards[:NEWEST] if partial else cards),
        partial=partial,
        years=_years(authority, counts, context) if partial else (),
    )


def shelf_part_view(part: "ShelfPart", context: RenderContext) -> ListView:
    """Return the view of a shelf's year, month or undated articles."""
    kind, key, year, month = part.kind, part.key, part.year, part.month
    authority, wording = _subject(kind, key, context), context.wording
    cards = context.catalogue.shelf_part(kind, key, year, month)
    code = "shelf_month" if month else "shelf_year" if year else "shelf_undated"
    gaps = {"year": wording.month_of(year), "month": wording.month_of(year, month)} if year else {}
    heading = wording.text(code, name=authority.name, **gaps)
    fields = context.page_fields(
        part.url,
        heading,
        title=f"{heading} · {wording.text(f'one_{kind}')}",
        description=context.list_description(heading, cards),
        crumbs=(Link(wording.text(kind), f"{kind}/"), Link(authority.name, authority.address[1:])),
        current=f"{kind}/",
    )
    split = not month and len(cards) > LARGE_YEAR
    loose = tuple(c for c in cards if not c.date)
    groups = (
        *by_day(cards, context),
        *((ArticleGroup("", context.teasers(loose)),) if loose else ()),
    )
    if not year:
        groups = by_letter(cards, context)
    return ListView(
        **fields,
        text=wording.count("count_articles", len(cards)),
        empty=wording.text("shelf_empty"),
        groups=(ArticleGroup("", context.teasers(tuple(c for c in cards if not c.month))),)
        if split
        else groups,
        parts=_months(authority, cards, year, context=context) if split else (),
    )


def shelf_parts(counts: tuple[Count, ...]) -> Iterator[tuple[int, int]]:
    """Yield the (year, month) parts of a shelf with these months; month 0: the whole year.

    (0, 0) are the undated. A small shelf has no parts.
    """
    years = _by_year(counts)
    if years.total() <= WHOLE:
        return
    for year in sorted(years, reverse=True):
        yield year, 0
        if year and years[year] > LARGE_YEAR:
            yield from ((year, m) for m in sorted(c.month for c in counts if c.year == year) if m)


def part_path(kind: AuthorityKind, key: str, year: int, month: int) -> str:
    """Return the path of a shelf's part, without its leading slash."""
    part = f"{year:04}/" if year else "undated/"
    return f"{kind}/{key}/{part}{f'{month:02}/' if month else ''}"


def has_feed(authority: Authority, context: RenderContext) -> bool:
    """Whether an authority's page has feeds: by setting and kind, and if something is dated."""
    kind, key = authority.kind, authority.key
    if context.config.outputs_shelf_feeds == "none":
        return False
    if kind == "stories":
        return any(card.date for card in context.shelf(kind, key))
    return kind in FEED_KINDS and context.catalogue.has_dated(kind, key)


def _subject(kind: AuthorityKind, key: str, context: RenderContext) -> Subject:
    authority = context.catalogue.authority(kind, key)
    if not isinstance(authority, Subject):
        raise KeyError(kind, key)
    return authority


def _index_link(authority: Authority, context: RenderContext) -> Link:
    if authority.kind == "pages":
        return Link(authority.name, authority.address[1:], authority.description)
    kind, key = authority.kind, authority.key
    if kind == "stories":
        count = context.wording.count("count_reports", len(context.reports(key)))
    else:
        count = context.wording.count("count_articles", context.size(kind, key))
    return Link(authority.name, authority.address[1:], count)


def _facts(
    authority: Subject, counts: tuple[Count, ...], context: RenderContext
) -> tuple[DetailRow, ...]:
    wording = context.wording
    kind = wording.coded("outlet", authority.type if isinstance(authority, Outlet) else "")
    wikidata = f"https://www.wikidata.org/wiki/{authority.wikidata}"
    where = authority.coordinates if isinstance(authority, Place) else ""
    website = authority.url if is_web_address(authority.url) else ""
    years = sorted({count.year for count in counts if count.year})
    span = [wording.month_of(year) for year in years]
    rows: list[tuple[str, Link | None, bool]] = [
        ("role", Link(authority.role) if authority.role else None, False),
        ("type", Link(kind) if kind else None, False),
        ("country", Link(authority.country) if authority.country else None, False),
        ("coordinates", Link(where) if where else None, False),
        ("first_last", Link(_span(span, wording)) if span else None, False),
        *_credit_counts(authority, context),
        ("website", Link(website, website) if website else None, True),
        ("wikidata", Link(authority.wikidata, wikidata) if authority.wikidata else None, True),
    ]
    return tuple(DetailRow(wording.text(label), (link,), out) for label, link, out in rows if link)


def _span(years: list[str], wording: Wording) -> str:
    first, last = years[0], years[-1]
    return first if first == last else wording.text("span", first=first, last=last)


def _credit_counts(
    authority: Authority, context: RenderContext
) -> list[tuple[str, Link | None, bool]]:
    if authority.kind != "outlets":
        return []
    originals, carried = context.catalogue.credits(authority.key)
    count, path = context.wording.count, CarriedPage("outlets", authority.key).url[1:]
    return [
        ("originals", Link(count("count_articles", originals)) if originals else None, False),
        ("relays", Link(count("count_articles", carried), path) if carried else None, False),
    ]


def _by_year(counts: tuple[Count, ...]) -> Counter[int]:
    years: Counter[int] = Counter()
    for count in counts:
        years[count.year] += count.articles
    return years


def _over_time(counts: tuple[Count, ...], context: RenderContext) -> tuple[Bar, ...]:
    """Bars by year, or by month when a shelf lies in one year; none for a handful of articles."""
    wording = context.wording
    years = _by_year(tuple(count for count in counts if count.year))
    if years.total() < 4:
        return ()
    if len(years) > 1:
        rows = [(wording.month_of(y), f"archive/{y:04}/", years[y]) for y in sorted(years)]
        return bars(rows, wording)
    rows = [
        (wording.month_of(c.year, c.month), f"archive/{c.year:04}/{c.month:02}/", c.articles)
        for c in reversed(counts)
        if c.month
    ]
    return bars(rows, wording) if len(rows) > 1 else ()


def _co_mentioned(kind: AuthorityKind, key: str, context: RenderContext) -> tuple[Link, ...]:
    return tuple(
        Link(link.text, link.path, context.wording.number(number))
        for person, number in context.catalogue.co_mentioned_people(kind, key, COMPANY)
        if (link := context.link("people", person))
    )


def _years(
    authority: Authority, counts: tuple[Count, ...], context: RenderContext
) -> tuple[Bar, ...]:
    wording = context.wording
    years = _by_year(counts)
    rows = [
        (
            wording.month_of(y) if y else wording.text("undated"),
            part_path(authority.kind, authority.key, y, 0),
            years[y],
        )
        for y in sorted(years, reverse=True)
    ]
    return bars(rows, wording)


def _months(
    authority: Authority, cards: tuple[Card, ...], year: int, *, context: RenderContext
) -> tuple[Bar, ...]:
    counts = Counter(card.month for card in cards if card.month)
    rows = [
        (
            context.wording.month_of(year, m),
            part_path(authority.kind, authority.key, year, m),
            counts[m],
        )
        for m in sorted(counts)
    ]
    return bars(rows, context.wording)


class KindPage(Page, frozen=True):
    """The index of a kind of authority files."""

    kind: AuthorityKind

    @property
    def url(self) -> str:
        """The site path."""
        return f"/{self.kind}/"

    @classmethod
    def plan(cls, _context: RenderContext) -> Iterator[Self]:
        """Yield a page per kind."""
        return map(cls, AUTHORITY_KINDS)

    @classmethod
    def dirtied_by(cls, _changes: Changes, _context: RenderContext) -> Iterator[Self]:
        """Yield all: their counts change with any article."""
        return map(cls, AUTHORITY_KINDS)

    def view(self, context: RenderContext) -> AnyView:
        """Return everything that the page shows."""
        return kind_view(self.url, self.kind, context)


class ShelfPage(PageOfAuthority, frozen=True):
    """An authority's own page, with its articles."""

    kinds: ClassVar[tuple[AuthorityKind, ...]] = SHELF_KINDS

    def view(self, context: RenderContext) -> AnyView:
        """Return everything that the page shows."""
        return shelf_view(self.url, self.kind, self.key, context=context)


class ShelfPart(Page, frozen=True):
    """A year, a month, or (year 0) the undated articles of a large shelf."""

    kind: AuthorityKind
    key: str
    year: int
    month: int = 0

    @property
    def url(self) -> str:
        """The site path."""
        return "/" + part_path(self.kind, self.key, self.year, self.month)

    @property
    def subject(self) -> tuple[str, str]:
        """The authority."""
        return self.kind, self.key

    @classmethod
    def plan(cls, context: RenderContext) -> Iterator[Self]:
        """Yield the parts of every large shelf."""
        for kind in SHELF_KINDS:
            for authority in context.catalogue.authorities(kind):
                yield from cls._of(kind, authority.key, context)

    @classmethod
    def dirtied_by(cls, changes: Changes, context: RenderContext) -> Iterator[Self]:
        """Yield the parts of changed authorities, and those that hold a changed article."""
        for authority in changes.authorities:
            if authority.kind in SHELF_KINDS:
                yield from cls._of(authority.kind, authority.key, context)
        for kind, key, year, month in changes.shelves:
            yield cls(kind, key, year)
            if month:
                yield cls(kind, key, year, month)

    @classmethod
    def _of(cls, kind: AuthorityKind, key: str, context: RenderContext) -> Iterator[Self]:
        counts = context.catalogue.shelf_counts(kind, key)
        return (cls(kind, key, year, month) for year, month in shelf_parts(counts))

    def exists(self, context: RenderContext) -> bool:
        """Whether the shelf has this part."""
        catalogue = context.catalogue
        if catalogue.authority(self.kind, self.key) is None:
            return False
        return (self.year, self.month) in shelf_parts(catalogue.shelf_counts(self.kind, self.key))

    def view(self, context: RenderContext) -> AnyView:
        """Return everything that the page shows."""
        return shelf_part_view(self, context)
