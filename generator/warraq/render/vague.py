"""EDTF dates in words: doubt, unknown digits, seasons, intervals, sets, in the site's language."""

from datetime import date
from typing import Protocol

from warraq.base.days import parse_day
from warraq.base.edtf import SEASONS, Edtf, EdtfDate, Span


class DateWords(Protocol):
    """What is asked of a site's `Wording`, which itself asks this module."""

    def text(self, code: str, **gaps: str) -> str:
        """Return the words of `code`, its gaps filled."""

    def nth(self, code: str, index: int, **gaps: str) -> str:
        """Return the words at `index` of a list, its gaps filled."""

    def digits(self, text: str) -> str:
        """Return `text` with its digits in the site's set."""

    def month(self, month: int) -> str:
        """Return the name of a month, 1 to 12."""

    def month_of(self, year: int, month: int) -> str:
        """Return a month of a year in words."""

    def day(self, day: date) -> str:
        """Return a day in words, with its weekday."""

    def short_day(self, day: date) -> str:
        """Return a day in words, without its weekday."""


def in_words(edtf: Edtf, wording: DateWords) -> str:
    """Return a date in words."""
    if isinstance(edtf, EdtfDate):
        return _part(edtf, wording)
    if isinstance(edtf, Span):
        return _span(edtf, wording)
    between = wording.text("and_separator" if edtf.is_all else "or_separator")
    return between.join(
        _span(member, wording, between=not edtf.is_all)
        if isinstance(member, Span)
        else _part(member, wording)
        for member in edtf.members
    )


def is_plain(edtf: Edtf) -> bool:
    """Whether a date is a year, month or day without doubt."""
    if not isinstance(edtf, EdtfDate) or edtf.is_doubted:
        return False
    return "".join(edtf[:3]).isdecimal() and (not edtf.month or int(edtf.month) <= 12)


def _span(span: Span, wording: DateWords, *, between: bool = False) -> str:
    first, last = (_part(end, wording) if end else "" for end in (span.first, span.last))
    if first and last:
        code = "span_between" if between else "span"
    elif first and between:
        code = "span_or_later"
    elif first:
        code = "span_onwards" if span.is_open else "span_end_unknown"
    elif between:
        code = "span_or_earlier"
    else:
        code = "span_until" if span.is_open else "span_start_unknown"
    return wording.text(code, first=first, last=last)


def _part(part: EdtfDate, wording: DateWords) -> str:
    text = _unqualified(part, wording)
    if part.is_approximate:
        text = wording.text("date_about", date=text)
    return wording.text("date_uncertain", date=text) if part.is_uncertain else text


def _unqualified(part: EdtfDate, wording: DateWords) -> str:
    if day := parse_day("-".join(part[:3])):
        return wording.short_day(day) if part.is_doubted else wording.day(day)
    if not part.month:
        return _year(part.year, wording)
    if not part.month.isdecimal():
        return _some_month(part, wording)
    month = _month(part, wording)
    if part.day.isdecimal():
        return wording.text("day_pattern", day=wording.digits(str(int(part.day))), month=month)
    return wording.text("some_day", month=month) if part.day else month


def _month(part: EdtfDate, wording: DateWords) -> str:
    """Return a month or season, whose year may not be known whole."""
    month, year = int(part.month), _year(part.year, wording)
    if month in SEASONS:
        return wording.nth("seasons", month - SEASONS[0], year=year)
    if part.year.isdecimal():
        return wording.month_of(int(part.year), month)
    return wording.text("month_of_some_year", month=wording.month(month), year=year)


def _some_month(part: EdtfDate, wording: DateWords) -> str:
    year = _year(part.year, wording)
    if part.day.isdecimal():
        day = wording.digits(str(int(part.day)))
        return wording.text("some_month_day", day=day, year=year)
    return wording.text("some_day_of_year" if part.day else "some_month", year=year)


def _year(year: str, wording: DateWords) -> str:
    if year.isdecimal() and int(year):
        return wording.digits(str(int(year)))
    if not year.strip("X-"):
        return wording.text("some_year")
    if year.isdecimal() or year.startswith("-"):  # there is no year 0: 0000 is 1 BC
        number = 1 - int(year.replace("X", "0"))
        return wording.text("year_before", year=wording.digits(str(number)))
    first, last = (wording.digits(str(int(year.replace("X", digit)))) for digit in "09")
    return wording.text("some_year_between", first=first, last=last)
