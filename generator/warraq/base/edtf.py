"""EDTF (ISO 8601-2): validation, structure, and the range of days that a date may mean.

The library validates dates that consist of several. This module reads single dates, by far the
most, and refuses what the library accepts: 29 February of any year, a reversed interval.
"""

import re
import warnings
from calendar import monthrange
from collections.abc import Iterator
from contextlib import redirect_stdout, suppress
from datetime import date
from functools import lru_cache
from io import StringIO
from typing import NamedTuple

_MARK = "[?~%]?"
# Year, month and day, each with qualifiers (?, ~, %) before and after.
_PART = re.compile(
    rf"{_MARK}(?P<year>-?[0-9X]{{4}}){_MARK}"
    rf"(?:-{_MARK}(?P<month>[0-9X]{{2}}){_MARK}(?:-{_MARK}(?P<day>[0-9X]{{2}}){_MARK})?)?"
)
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)T.+")
_FULL_DAY = re.compile(r"(?<![\dX-])(-?[0-9X]{4})-([0-9X]{2})-([0-9X]{2})(?![\dX])")
_MONTHS = frozenset(range(1, 13))
SEASONS = range(21, 42)  # by the Library of Congress: seasons, quarters, thirds, halves of a year
_MONTHS_OF = {  # northern seasons; a winter begins in December of its year
    21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14), 25: (3, 5), 26: (6, 8), 27: (9, 11),
    28: (12, 14), 29: (9, 11), 30: (12, 14), 31: (3, 5), 32: (6, 8), 33: (1, 3), 34: (4, 6),
    35: (7, 9), 36: (10, 12), 37: (1, 4), 38: (5, 8), 39: (9, 12), 40: (1, 6), 41: (7, 12),
}  # fmt: skip

Days = tuple[date, date]


class EdtfDate(NamedTuple):
    """A single date. Digits may be X; `month` may be a season; "" where it is not given."""

    year: str
    month: str = ""
    day: str = ""
    is_uncertain: bool = False
    is_approximate: bool = False

    @property
    def is_doubted(self) -> bool:
        """Whether it is uncertain or approximate."""
        return self.is_uncertain or self.is_approximate


class Span(NamedTuple):
    """From `first` to `last`; None is an unknown end, or an open one (".."), if `is_open`."""

    first: EdtfDate | None
    last: EdtfDate | None
    is_open: bool = False


class Choice(NamedTuple):
    """A set of dates: all of them, or one of them."""

    members: tuple[EdtfDate | Span, ...]
    is_all: bool


Edtf = EdtfDate | Span | Choice


@lru_cache(4096)
def is_edtf(text: str) -> bool:
    """Whether `text` is an EDTF date, set or interval whose days exist and are in order.

    >>> [is_edtf(t) for t in ("2025-10-12", "2025-XX", "2025-21", "[2025-10-11,2025-10-12]")]
    [True, True, True, True]
    >>> [is_edtf(t) for t in ("2025-02-29", "2025-13", "2026/2025", "12 October")]
    [False, False, False, False]
    """
    if not text:  # most articles tell no such date: no need of the library
        return False
    if part := _part(text):
        return _exists(part)
    if not all(_exists(EdtfDate(m[1], m[2], m[3])) for m in _FULL_DAY.finditer(text)):
        return False
    found = parse(text)
    if isinstance(found, Span) and not (any(found[:2]) and _is_in_order(found)):
        return False
    return _is_known_to_the_library(text, found)


@lru_cache(4096)
def parse(text: str) -> Edtf | None:
    """Return the structure of `text`; None for what is not modelled: long years, exponents.

    >>> parse("2025-10~"), parse("2025/..")
    (EdtfDate(year='2025', month='10', day='', is_uncertain=False, is_approximate=True), \
Span(first=EdtfDate(year='2025', month='', day='', is_uncertain=False, is_approximate=False), \
last=None, is_open=True))
    """
    if text[:1] + text[-1:] in {"[]", "{}"}:
        members = tuple(_member(one.strip()) for one in text[1:-1].split(","))
        known = tuple(one for one in members if one)
        return Choice(known, text[0] == "{") if len(known) == len(members) else None
    if "/" in text:
        return _span(*text.split("/", 1))
    time = _TIME.fullmatch(text)
    return _part(time[1] if time else text)


def year_month(text: str) -> tuple[int, int]:
    """Return the (year, month) that an EDTF date determines; 0 for what it leaves open.

    >>> year_month("2025-10?"), year_month("2025-XX"), year_month("2025-10-XX"), year_month("201X")
    ((2025, 10), (2025, 0), (2025, 10), (0, 0))
    >>> year_month("[2025-10-11,2025-10-12]"), year_month("2025-10/2025-11"), year_month("2025/..")
    ((2025, 10), (2025, 0), (0, 0))
    """
    found = parse(text)
    parts = set(map(_fixed, _parts(found))) if found else set()
    if len(parts) == 1:
        return parts.pop()
    years = {year for year, _ in parts}
    return (years.pop(), 0) if len(years) == 1 else (0, 0)


def bounds(text: str) -> Days | None:
    """Return the first and the last day that an EDTF date may mean, None if one is open.

    >>> bounds("2025-10-1X")
    (datetime.date(2025, 10, 10), datetime.date(2025, 10, 19))
    """
    found = parse(text)
    parts = list(_parts(found)) if found else [None]
    known = [days for part in parts if part and (days := _days(part))]
    if not known or len(known) < len(parts):
        return None
    return min(first for first, _ in known), max(last for _, last in known)


def coverage(text: str) -> str:
    """Return the period that a date gives for certain in ISO 8601, which has no qualifiers.

    >>> coverage("2025-10-12"), coverage("2025-10/.."), coverage("2025-10-XX"), coverage("2025~")
    ('2025-10-12', '2025-10/..', '2025-10-01/2025-10-31', '')
    """
    found = parse(text)
    parts = list(_parts(found)) if found else []
    if not is_edtf(text) or any(part and part.is_doubted for part in parts):
        return ""
    plain = re.sub(r"[\dT:+Z/.-]", "", text) == "" and not text.startswith(("/", "-"))
    seasons = [int(part.month) for part in parts if part and _is_season(part)]
    if plain and not text.endswith("/") and not seasons:
        return text
    days = (
        bounds(text) if min(seasons, default=33) >= 33 else None
    )  # a season depends on the hemisphere
    return f"{days[0]}/{days[1]}" if days else ""


def _part(text: str) -> EdtfDate | None:
    match = _PART.fullmatch(text)
    if not match:
        return None
    doubted = "%" in text
    year, month, day = (match[name] or "" for name in ("year", "month", "day"))
    return EdtfDate(year, month, day, doubted or "?" in text, doubted or "~" in text)


def _span(first: str, last: str) -> Span | None:
    begins, ends = _part(first), _part(last)
    is_read = (begins or first in {"", ".."}) and (ends or last in {"", ".."})
    return Span(begins, ends, ".." in (first, last)) if is_read else None


def _member(text: str) -> EdtfDate | Span | None:
    first, dots, last = text.partition("..")
    return _span(first or "..", last or "..") if dots else _part(text)


def _parts(found: Edtf) -> Iterator[EdtfDate | None]:
    if isinstance(found, EdtfDate):
        yield found
    elif isinstance(found, Span):
        yield from found[:2]
    else:
        for member in found.members:
            yield from _parts(member)


def _fixed(part: EdtfDate | None) -> tuple[int, int]:
    if part is None or not part.year.isdecimal() or not _exists(part):
        return 0, 0
    month = int(part.month) if part.month.isdecimal() else 0
    return int(part.year), month if month in _MONTHS else 0


def _is_season(part: EdtfDate) -> bool:
    return part.month.isdecimal() and int(part.month) in SEASONS


def _exists(part: EdtfDate) -> bool:
    """Whether such a day exists for some value of each X."""
    if _is_season(part):
        return not part.day
    years = [y for y in _digits(part.year) if part.year != "-0000"] if part.month else [2000]
    months = [m for m in _digits(part.month) if m in _MONTHS] if part.month else [1]
    days = _digits(part.day) if part.day else [1]
    return any(1 <= d <= _length(y, m) for m in months for y in years[:8] for d in days)


def _length(year: int, month: int) -> int:
    return monthrange(abs(year) % 400 + 2000, month)[1]


def _digits(text: str) -> list[int]:
    """Return the numbers that match digits with X for unknown ones, at most 100."""
    sign, found = (-1, [0]) if text.startswith("-") else (1, [0])
    for digit in text.lstrip("-")[-4:]:
        found = [10 * n + d for n in found for d in (range(10) if digit == "X" else [int(digit)])]
    return [sign * n for n in found]


def _days(part: EdtfDate) -> Days | None:
    if part.year.startswith("-") or not _exists(part):
        return None
    first, last = (int(part.year.replace("X", digit)) for digit in "09")
    begins, ends = 1, 12
    if _is_season(part):
        begins, ends = _MONTHS_OF[int(part.month)]
        last, ends = last + (ends > 12), (ends - 1) % 12 + 1
    elif part.month:
        months = [m for m in _digits(part.month) if m in _MONTHS]
        begins, ends = months[0], months[-1]
    with suppress(ValueError):  # the year 0, or 10000
        day = [d for d in _digits(part.day) if d] if part.day else [1, 31]
        return (
            date(first, begins, min(day[0], _length(first, begins))),
            date(last, ends, min(day[-1], _length(last, ends))),
        )
    return None


def _is_in_order(span: Span) -> bool:
    ends = [_days(end) for end in span[:2] if end]
    return len(ends) < 2 or not (ends[0] and ends[1]) or ends[0][0] <= ends[1][1]


def _is_known_to_the_library(text: str, found: Edtf | None) -> bool:
    with warnings.catch_warnings(), redirect_stdout(StringIO()):
        warnings.simplefilter("ignore")  # it uses its own parser in a deprecated way
        from edtf import EDTFParseException, parse_edtf  # noqa: PLC0415 - slow to import

        try:
            parse_edtf(text)
        except EDTFParseException:
            return False
        except Exception:  # noqa: BLE001 - it fails on «2025-1X», which is valid
            return found is not None
    return True
