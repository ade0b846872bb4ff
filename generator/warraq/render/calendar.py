"""Months as tables: every day with its number of articles, weeks beginning as the site says."""

from collections import Counter
from datetime import date, timedelta

from warraq.model import Card
from warraq.render.views import Bar, Calendar, Day
from warraq.render.wording import Wording

LARGE_MONTH = 400  # articles; beyond it a month's days have pages of their own
_FIRST_DAY = {"saturday": 5, "sunday": 6, "monday": 0}  # as date.weekday() counts
_A_MONDAY = date(2024, 1, 1)


def calendar(year: int, month: int, cards: tuple[Card, ...], wording: Wording) -> Calendar:
    """Return the calendar of a month; days with articles lead to where they are listed."""
    counts = Counter(card.date.day for card in cards if card.date)
    most = max(counts.values(), default=0)
    first = _FIRST_DAY[wording.config.week_start]
    path = f"archive/{year:04}/{month:02}/"
    split = len(cards) > LARGE_MONTH
    start = date(year, month, 1)
    cells = [Day()] * ((start.weekday() - first) % 7)
    for number in range(1, days_in(year, month) + 1):
        day = date(year, month, number)
        target = day_path(day) if split else f"{path}#{anchor(day)}"
        cells.append(_cell(day, counts[day], most, path=target, wording=wording))
    cells += [Day()] * (-len(cells) % 7)
    return Calendar(
        name=wording.month_of(year, month),
        path=path if cards else "",
        heads=tuple(_head(first + offset, wording) for offset in range(7)),
        weeks=tuple(tuple(cells[at : at + 7]) for at in range(0, len(cells), 7)),
    )


def bars(rows: list[tuple[str, str, int]], wording: Wording) -> tuple[Bar, ...]:
    """Return (text, path, number) rows as bars, each a tenth at least."""
    most = max((number for _, _, number in rows), default=1)
    return tuple(
        Bar(text, path, wording.count("count_articles", number), max(1, -(-10 * number // most)))
        for text, path, number in rows
    )


def day_path(day: date) -> str:
    """Return the path of a day's own page, which only a large month has.

    >>> day_path(date(2025, 10, 2))
    'archive/2025/10/02/'
    """
    return f"archive/{day.year:04}/{day.month:02}/{day.day:02}/"


def anchor(day: date) -> str:
    """Return the id of a day's heading on its month's page.

    >>> anchor(date(2025, 10, 2))
    'd02'
    """
    return f"d{day.day:02}"


def _cell(day: date, number: int, most: int, *, path: str, wording: Wording) -> Day:
    text = wording.digits(str(day.day))
    if not number:
        return Day(number=text)
    label = wording.text(
        "calendar_day", day=wording.day(day), count=wording.count("count_articles", number)
    )
    heat = max(1, -(-4 * number // most))
    return Day(number=text, heat=heat, label=label, path=path)


def _head(weekday: int, wording: Wording) -> tuple[str, str]:
    day = _A_MONDAY + timedelta(days=weekday % 7)
    return wording.weekday_letters(day), wording.weekday(day)


def days_in(year: int, month: int) -> int:
    """Return how many days a month has.

    >>> days_in(2024, 2)
    29
    """
    following = date(year + month // 12, month % 12 + 1, 1) if (year, month) < (9999, 12) else None
    return (following - date(year, month, 1)).days if following else 31
