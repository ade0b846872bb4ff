"""The archive by time: all years, a year, a month, and the shelf of the undated."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import ClassVar, Self, TypeVar

from warraq.base.collation import initial, sort_key
from warraq.model import Card
from warraq.render import structured
from warraq.render.calendar import LARGE_MONTH, anchor, bars, calendar, day_path, days_in
from warraq.render.context import RenderContext
from warraq.render.page import Changes, Page, SinglePage
from warraq.render.views import (
    AnyView,
    ArchiveView,
    ArticleGroup,
    Bar,
    Link,
    ListView,
    MonthView,
    YearView,
)
from warraq.render.wording import Wording

T = TypeVar("T")
LONG = 60  # names or titles; a longer list is divided by letters
SMALL_YEAR = 40  # articles; a year of no more names them all
MOST_NAMED = 100  # articles in a CollectionPage's JSON-LD; the page itself shows all


def archive_view(url: str, context: RenderContext) -> ArchiveView:
    """Return the view of the archive's front."""
    wording, catalogue = context.wording, context.catalogue
    undated = catalogue.undated_size
    rows = [(wording.month_of(c.year), f"archive/{c.year:04}/", c.articles) for c in context.years]
    fields = context.page_fields(
        url,
        wording.text("archive"),
        description=wording.text("archive_text"),
        crumbs=(Link(wording.text("home"), ""),),
        current="archive/",
    )
    return ArchiveView(
        **fields,
        years=bars(rows, wording),
        undated=wording.count("count_articles", undated),
    )


def year_view(url: str, year: int, context: RenderContext) -> YearView:
    """Return the view of a year."""
    wording, catalogue = context.wording, context.catalogue
    cards = context.in_year(year)
    months = [count for count in catalogue.months(year) if count.month]
    name = wording.month_of(year)
    before, after = _adjacent([count.year for count in reversed(context.years)], year)
    heading = wording.text("archive_year", year=name)
    fields = context.page_fields(
        url,
        heading,
        description=context.list_description(heading, cards),
        crumbs=(Link(wording.text("archive"), "archive/"),),
        current="archive/",
        structured=_collection(url, heading, cards, context=context),
    )
    rows = [
        (wording.month_of(year, c.month), f"archive/{year:04}/{c.month:02}/", c.articles)
        for c in months
    ]
    return YearView(
        **fields,
        total=wording.count("count_articles", len(cards)),
        months=bars(rows, wording),
        calendars=tuple(
            calendar(year, month, tuple(c for c in cards if c.month == month), wording)
            for month in range(1, 13)
        )
        if months
        else (),
        groups=_by_month(cards, context) if len(cards) <= SMALL_YEAR else (),
        loose=context.teasers(catalogue.in_month(year, 0)),
        years=_years(context),
        previous=_year_link(before, context),
        next=_year_link(after, context),
    )


def month_view(url: str, year: int, month: int, *, context: RenderContext) -> MonthView:
    """Return the view of a month."""
    wording = context.wording
    cards = context.catalogue.in_month(year, month)
    name = wording.month_of(year, month)
    before, after = _adjacent(context.months, (year, month))
    large = len(cards) > LARGE_MONTH
    heading = wording.text("archive_month", month=name)
    fields = context.page_fields(
        url,
        heading,
        description=context.list_description(heading, cards),
        crumbs=(
            Link(wording.text("archive"), "archive/"),
            Link(wording.month_of(year), f"archive/{year:04}/"),
        ),
        current="archive/",
        structured=_collection(url, heading, cards, context=context),
    )
    return MonthView(
        **fields,
        total=wording.count("count_articles", len(cards)),
        calendar=calendar(year, month, cards, wording),
        days=() if large else by_day(cards, context),
        parts=_day_bars(cards, context) if large else (),
        loose=context.teasers(tuple(c for c in cards if not c.date)),
        outlets=_outlets(cards, context),
        years=_years(context),
        previous=_month_link(before, context),
        next=_month_link(after, context),
    )


def day_view(url: str, day: date, context: RenderContext) -> ListView:
    """Return the view of a day of a large month."""
    wording = context.wording
    month = (day.year, day.month)
    cards = context.catalogue.in_day(day.year, day.month, day.day)
    fields = context.page_fields(
        url,
        wording.day(day),
        description=context.list_description(wording.day(day), cards),
        crumbs=(
            Link(wording.text("archive"), "archive/"),
            Link(wording.month_of(*month), "archive/{:04}/{:02}/".format(*month)),
        ),
        current="archive/",
        structured=_collection(url, wording.day(day), cards, context=context),
    )
    return ListView(
        **fields,
        text=wording.count("count_articles", len(cards)),
        empty=wording.text("shelf_empty"),
        groups=(ArticleGroup("", context.teasers(cards)),),
    )


def days_of(year: int, month: int, context: RenderContext) -> tuple[date, ...]:
    """Return the days of a month that have a page of their own: all of a large one, else none."""
    days = context.catalogue.days(year, month)
    if sum(days.values()) <= LARGE_MONTH:
        return ()
    return tuple(date(year, month, day) for day in days if day)


def undated_view(url: str, context: RenderContext) -> ListView:
    """Return the view of the articles of unknown date."""
    wording = context.wording
    cards = context.catalogue.undated()
    heading = wording.text("undated_heading")
    fields = context.page_fields(
        url,
        heading,
        description=wording.text("undated_text"),
        crumbs=(Link(wording.text("archive"), "archive/"),),
        current="archive/",
        structured=_collection(url, heading, cards, context=context),
    )
    groups = by_letter(cards, context)
    return ListView(
        **fields,
        text=wording.text("undated_text") if cards else "",
        empty=wording.text("undated_empty"),
        groups=groups,
    )


def by_letter(cards: tuple[Card, ...], context: RenderContext) -> tuple[ArticleGroup, ...]:
    """Return articles in order of their titles, under letters where they are many."""
    if len(cards) <= LONG:
        return (ArticleGroup("", context.teasers(cards)),) if cards else ()
    return tuple(
        ArticleGroup(letter_name(letter, context.wording), context.teasers(tuple(listed)))
        for letter, listed in groupby(cards, key=lambda card: initial(card.title))
    )


def letter_name(letter: str, wording: Wording) -> str:
    """Return the heading of the names filed under a letter."""
    if letter in {"", "0"}:
        return wording.text("letter_number" if letter else "letter_none")
    return letter


def _by_month(cards: tuple[Card, ...], context: RenderContext) -> tuple[ArticleGroup, ...]:
    by_month = groupby((c for c in cards if c.month), key=lambda c: (c.year, c.month))
    return tuple(
        ArticleGroup(context.wording.month_of(*month), context.teasers(tuple(listed)))
        for month, listed in by_month
    )


def by_day(cards: tuple[Card, ...], context: RenderContext) -> tuple[ArticleGroup, ...]:
    """Return dated `cards` under their days, in the order given."""
    return tuple(
        ArticleGroup(
            heading=context.wording.day(day),
            articles=context.teasers(tuple(listed)),
            anchor=anchor(day),
            iso=day.isoformat(),
        )
        for day, listed in groupby(
            (c for c in cards if c.date), key=lambda c: c.date.day if c.date else None
        )
        if day
    )


def _adjacent(row: Sequence[T], item: T) -> tuple[T | None, T | None]:
    index = row.index(item)
    before = row[index - 1] if index else None
    return before, (row[index + 1] if index + 1 < len(row) else None)


def _day_bars(cards: tuple[Card, ...], context: RenderContext) -> tuple[Bar, ...]:
    counts = Counter(card.date.day for card in cards if card.date)
    rows = [(context.wording.day(day), day_path(day), counts[day]) for day in sorted(counts)]
    return bars(rows, context.wording)


def _years(context: RenderContext) -> tuple[Link, ...]:
    return tuple(
        Link(context.wording.month_of(c.year), f"archive/{c.year:04}/") for c in context.years
    )


def _year_link(year: int | None, context: RenderContext) -> Link | None:
    return Link(context.wording.month_of(year), f"archive/{year:04}/") if year else None


def _month_link(month: tuple[int, int] | None, context: RenderContext) -> Link | None:
    if not month:
        return None
    return Link(context.wording.month_of(*month), f"archive/{month[0]:04}/{month[1]:02}/")


def _outlets(cards: tuple[Card, ...], context: RenderContext) -> tuple[Link, ...]:
    counts = Counter((c.source.name, c.source.outlet) for c in cards if c.source)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], sort_key(item[0][0]), item[0][1]))
    return tuple(
        Link(
            name,
            f"outlets/{key}/" if key and context.catalogue.authority("outlets", key) else "",
            context.wording.number(number),
        )
        for (name, key), number in ranked
    )


def _collection(url: str, name: str, cards: tuple[Card, ...], *, context: RenderContext) -> str:
    first = cards[:MOST_NAMED]
    return structured.encoded(structured.collection(context.config, url[1:], name, first))


class ArchivePage(SinglePage, frozen=True):
    """The front of the archive by time."""

    path: ClassVar[str] = "/archive/"

    def view(self, context: RenderContext) -> AnyView:
        """Return everything that the page shows."""
        return archive_view(self.url, context)


class UndatedPage(SinglePage, frozen=True):
    """The articles of unknown date."""

    path: ClassVar[str] = "/archive/undated/"

    def view(self, context: RenderContext) -> AnyView:
        """Return everything that the page shows."""
        return undated_view(self.url, context)


class YearPage(Page, frozen=True):
    """A year of the archive."""

    year: int

    @property
    def url(self) -> str:
        """The site path."""
        return f"/archive/{self.year:04}/"

    @classmethod
    def plan(cls, context: RenderContext) -> Iterator[Self]:
        """Yield a page per year that holds articles."""
        return (cls(count.year) for count in context.years)

    @classmethod
    def dirtied_by(cls, changes: Changes, _context: RenderContext) -> Iterator[Self]:
        """Yield the years of changed articles."""
        return (cls(year) for year in {year for year, _ in changes.periods if year})

    def exists(self, context: RenderContext) -> bool:
        """Whether the year holds articles."""
        return any(count.year == self.year for count in context.years)

    def view(self, context: RenderContext) -> AnyView:
        """Return everything that the page shows."""
        return year_view(self.url, self.year, context)


class MonthPage(Page, frozen=True):
    """A month of the archive."""

    year: int
    month: int

    @property
    def url(self) -> str:
        """The site path."""
        return f"/archive/{self.year:04}/{self.month:02}/"

    @classmethod
    def plan(cls, context: RenderContext) -> Iterator[Self]:
        """Yield a page per month that holds articles."""
        return (cls(year, month) for year, month in context.months)

    @classmethod
    def dirtied_by(cls, changes: Changes, _context: RenderContext) -> Iterator[Self]:
        """Yield the months of changed articles."""
        return (cls(year, month) for year, month in changes.periods if month)

    def exists(self, context: RenderContext) -> bool:
        """Whether the month holds articles."""
        return (self.year, self.month) in context.months

    def view(self, context: RenderContext) -> AnyView:
        """Return everything that the page shows."""
        return month_view(self.url, self.year, self.month, context=context)


class DayPage(Page, frozen=True):
    """A day of a large month."""

    day: date

    @property
    def url(self) -> str:
        """The site path."""
        return "/" + day_path(self.day)

    @classmethod
    def plan(cls, context: RenderContext) -> Iterator[Self]:
        """Yield a page per day of every large month."""
        for year, month in context.months:
            yield from map(cls, days_of(year, month, context))

    @classmethod
    def dirtied_by(cls, changes: Changes, _context: RenderContext) -> Iterator[Self]:
        """Yield every day of a changed article's month, which may have just grown or shrunk."""
        for year, month in changes.periods:
            for number in range(1, days_in(year, month) + 1) if month else ():
                yield cls(date(year, month, number))

    def exists(self, context: RenderContext) -> bool:
        """Whether the month is large and the day holds articles."""
        return self.day in days_of(self.day.year, self.day.month, context)

    def view(self, context: RenderContext) -> AnyView:
        """Return everything that the page shows."""
        return day_view(self.url, self.day, context)
