"""Mentions of days, as the grammar finds them: what the words say, before anything is resolved."""

from typing import Literal, NamedTuple

Direction = Literal["", "past", "now", "next"]


class DateReading(NamedTuple):
    """One way in which a mention gives its day. What the words leave out is 0 or "".

    `kind` says which fields hold: day has year, month and day (Gregorian; `year` 0 when left out;
    `month` 0 for «the month», then `direction` says which one); hijri the same in the Hijri
    calendar; weekday has `day`, 0 for Monday to 6; shift has `day`, days from the anchor; month
    has year and month; year has year.
    """

    kind: Literal["day", "hijri", "weekday", "shift", "month", "year", "week"]
    year: int = 0
    month: int = 0
    day: int = 0
    direction: Direction = ""
    mismatched: bool = False  # two month names that are not the same month


class DateMention(NamedTuple):
    """A phrase that gives a day: its span in code points, its words, readings, hour and zone.

    `clock` is HH:MM[:SS] or ""; `zone` an offset such as +03:00 or "". `range_end` holds the
    readings of the last day of a range.
    """

    start: int
    end: int
    text: str
    readings: tuple[DateReading, ...]
    clock: str = ""
    zone: str = ""
    range_end: tuple[DateReading, ...] = ()


class TimeStamp(NamedTuple):
    """A line, or part of one, that gives a day and little else."""

    mention: DateMention
    role: str  # "published", "updated", "event" (the day of what the line is about), "" unlabelled
    rest: str  # what the line says besides its days
    elsewhere: bool = False  # next to another paper's name in brackets: of its first printing
