"""Dates years in the future: a typo such as 2205 would put an article first in every list.

The clock is never read. The present is the newest commit, else the newest day on which texts were
received, else the year of the installed time zone data.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from warraq.base.edtf import year_month
from warraq.base.files import walk
from warraq.base.problems import Problem, WarraqError, warning
from warraq.base.zones import data_year
from warraq.content import receipts
from warraq.content.git_history import newest_commit_day
from warraq.content.store import LineFinder
from warraq.model import Article

_AHEAD = timedelta(days=2 * 365)
_LIBRARY = timedelta(days=8 * 365)  # how outdated an installed program may be


class KnownDays(NamedTuple):
    """The newest day on record, and the last one that is plausible."""

    newest: date
    last: date


def known_days(site: Path, *, git: bool) -> KnownDays:
    """Return the days known from the site's history, else from the program's data."""
    newest = (newest_commit_day(site) if git else None) or max(_received(site), default=None)
    if newest:
        return KnownDays(newest, newest + _AHEAD)
    newest = date(data_year(), 12, 31)
    return KnownDays(newest, newest + _LIBRARY + _AHEAD)


def future_dates(
    articles: Iterable[Article], known: KnownDays, lines: LineFinder
) -> Iterator[Problem]:
    """Yield a warning for each date of `articles` that is years after the newest known day."""
    for article in articles:
        for key, day, value in _days(article):
            if day > known.last:
                args = {"key": key, "value": value, "day": known.newest}
                yield warning("date-ahead", article.path, lines.of(article.path, "", key), **args)


def _days(article: Article) -> Iterator[tuple[str, date, str]]:
    for key, moment in (("date", article.date), ("lastmod", article.lastmod)):
        if moment:
            yield key, moment.day, moment.iso
    year, month = year_month(article.date_info.edtf)
    if year and not article.date:
        yield "date_info", date(year, month or 1, 1), article.date_info.edtf
    for correction in article.corrections:
        yield "corrections", correction.date, correction.date.isoformat()


def _received(site: Path) -> Iterator[date]:
    for file in walk(site / receipts.FOLDER, ".json"):
        try:
            yield date.fromisoformat(receipts.identity(file.read_bytes(), file.name).received)
        except (OSError, ValueError, WarraqError):
            continue  # whoever reads receipts reports what is wrong with them
