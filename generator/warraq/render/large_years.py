"""Files that hold a year: one, or of a large year one per month, so that an edit rewrites a month.

The year's own address stays either way: for a large year it holds an index of its months. Which
years are large is a question of content alone: everything published in a year counts, copies and
what was removed too, so that a removal joins no months. Dates that are corrected may.
"""

from collections.abc import Iterator
from typing import Self

import msgspec

from warraq.model import Card
from warraq.render.context import RenderContext
from warraq.render.page import Changes, Page

LARGE = 1000  # articles, some 2 MB of data files


def months_apart(year: int, context: RenderContext) -> tuple[int, ...]:
    """Return the months of a large year that hold articles, () for a small one; 0: unknown."""
    if not year or context.published_in(year) <= LARGE:
        return ()
    return tuple(count.month for count in context.catalogue.months(year))


class YearFile(Page, frozen=True):
    """The file of a year (0: of the undated), or of a month of a large year (0: unknown)."""

    year: int
    month: int | None = None

    @property
    def part(self) -> str:
        """The year or month in the file's name: "2025", "2025-03", "2025-00", "undated"."""
        if not self.year:
            return "undated"
        return f"{self.year:04}" if self.month is None else f"{self.year:04}-{self.month:02}"

    @classmethod
    def of_year(cls, year: int, context: RenderContext) -> Iterator[Self]:
        """Yield the file of a year and, if it is large, those of its months."""
        whole = cls(year)
        yield whole
        yield from whole.months(context)

    @classmethod
    def dirtied_by(cls, changes: Changes, context: RenderContext) -> Iterator[Self]:
        """Yield the files of changed articles; all of a small year's, which may become large."""
        years = {year for year, _ in changes.periods}
        large = {year for year in years if months_apart(year, context)}
        yield from map(cls, years)
        yield from (cls(year, month) for year, month in changes.periods if year in large)
        yield from (cls(year, month) for year in years - large - {0} for month in range(13))

    def months(self, context: RenderContext) -> tuple[Self, ...]:
        """Return the files of the months if this is the index of a large year, else ()."""
        apart = months_apart(self.year, context) if self.month is None else ()
        return tuple(msgspec.structs.replace(self, month=month) for month in apart)

    def exists(self, context: RenderContext) -> bool:
        """Whether the year holds articles, and, for a month of it, whether it is large."""
        if self.month is not None:
            return self.month in months_apart(self.year, context)
        if not self.year:
            return context.catalogue.undated_size > 0
        return any(count.year == self.year for count in context.years)

    def cards(self, context: RenderContext) -> tuple[Card, ...]:
        """Return the listed articles of the file's time, newest first."""
        if not self.year:
            return context.catalogue.undated()
        if self.month is None:
            return context.in_year(self.year)
        return context.catalogue.in_month(self.year, self.month)
