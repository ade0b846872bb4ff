"""Days and moments in fields, meta tags and addresses: values that state one day, or two."""

import re
from datetime import date

from warraq.intake.dates.phrases import mentions
from warraq.intake.dates.resolution import calendar_day, moment, resolve
from warraq.intake.dates.thresholds import DATES
from warraq.intake.text.folding import letters
from warraq.model import Moment


def exact_moment(text: str, zone: str = "") -> Moment | None:
    """Return the moment in a value of a sidecar or meta tag, None unless it states one exact day.

    An hour without a zone is read in `zone`, as `moment` does.

    >>> exact_moment("2025-02-03T16:20:00+0200").iso
    '2025-02-03T16:20:00+02:00'
    """
    found = mentions(text[: DATES.max_value_chars])
    if len(found) != 1:
        return None
    day = resolve(found[0]).day
    return moment(found[0], day, zone) if day and resolve(found[0]).status == "exact" else None


# «/2013/8/3/», «/2013/middle_east/8/3/», «/20130803-», «cdate=03082013»: days in addresses.
_IN_ADDRESS = (
    re.compile(r"/(?P<y>(?:19|20)\d\d)[/-](?:[a-z_-]+/)?(?P<m>\d\d?)[/-](?P<d>\d\d?)(?!\d)"),
    re.compile(r"/(?P<y>20\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?=[/-])"),
    re.compile(r"[?&]c?date=(?P<d>[0-3]\d)(?P<m>[01]\d)(?P<y>20\d\d)(?!\d)"),
)


def day_in_address(url: str) -> date | None:
    """Return the day in a web address, as many sites put one in each article's.

    >>> day_in_address("https://example.org/2013/middle_east/8/3/clashes/index.html")
    datetime.date(2013, 8, 3)
    """
    found = next(filter(None, (pattern.search(url) for pattern in _IN_ADDRESS)), None)
    return calendar_day(int(found["y"]), int(found["m"]), int(found["d"])) if found else None


def ambiguous_days(text: str) -> tuple[date, ...]:
    """Return both days that a date of three numbers may mean, () if it means only one.

    >>> [day.isoformat() for day in ambiguous_days("3/5/2019 10:00")], ambiguous_days("13/5/2019")
    (['2019-03-05', '2019-05-03'], ())
    """
    found = re.match(r"\s*(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?!\d)", letters(text))
    if not found or found[1].lstrip("0") == found[3].lstrip("0"):
        return ()
    one, other, year = int(found[1]), int(found[3]), int(found[4])
    days = calendar_day(year, one, other), calendar_day(year, other, one)
    return tuple(sorted(day for day in days if day)) if all(days) else ()


def day_month_swapped(day: date) -> date | None:
    """Return `day` with month and day of the month exchanged, None if that is no day.

    >>> day_month_swapped(date(2025, 10, 12))
    datetime.date(2025, 12, 10)
    """
    return calendar_day(day.year, day.day, day.month)
