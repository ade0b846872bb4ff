"""Days that lie years ahead of all that is known: a slip such as 2205, which would head every list.

The clock is never asked. What is known of the present is the newest commit, else the newest day on
which texts were received; where neither is told, the year of the time zone data.
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
_LIBRARY = timedelta(days=8 * 365)  # what an installed program may be behind its time, beside


class KnownDays(NamedTuple):
    """The newest day that is known of, and the last one that may be meant."""

    newest: date
    last: date


def known_days(site: Path, *, git: bool) -> KnownDays:
    """Return how far the site's history goes, or the program's data where it has none."""
    newest = (newest_commit_day(site) if git else None) or max(_received(site), default=None)
    if newest:
        return KnownDays(newest, newest + _AHEAD)
    newest = date(data_year(), 12, 31)
    return KnownDays(newest, newest + _LIBRARY + _AHEAD)


def future_dates(
    articles: Iterable[Article], known: KnownDays, lines: LineFinder
) -> Iterator[Problem]:
    """Yield a warning for each day of `articles` that lies years after what is known."""
    for article in articles:
        for key, day, value in _days(article):
            if day > known.last:
                told = {"key": key, "value": value, "day": known.newest}
                yield warning("date-ahead", article.path, lines.of(article.path, "", key), **told)


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
