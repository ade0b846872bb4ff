"""Mentions of days → days, with the status: exact, inferred, conflicting or unknown.

Mentions (`phrases`) are resolved against an anchor that is passed in; the clock is never read. A
wrong date is worse than none: what the words leave open stays open, with its candidates.
"""

import calendar
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from warraq.base.days import hijri_days
from warraq.base.zones import is_offset, local
from warraq.intake.dates.mention import DateMention, DateReading
from warraq.intake.dates.phrases import mentions
from warraq.intake.dates.thresholds import DATES
from warraq.model import DateInfo, DateStatus, Evidence, Moment


class Resolution(NamedTuple):
    """What a mention comes to: its status, an EDTF string, candidates where it is open, and why."""

    status: DateStatus
    edtf: str = ""
    candidates: tuple[str, ...] = ()
    note: str = ""

    @property
    def day(self) -> date | None:
        """The one day that it is, or None for a month, a range or an open mention."""
        try:
            return date.fromisoformat(self.edtf)
        except ValueError:
            return None


OPEN = Resolution("unknown")


def resolve(mention: DateMention, anchor: date | None = None) -> Resolution:
    """Return the day that `mention` means, read on the day `anchor` (None: that day is unknown).

    «أمس السبت» (yesterday, Saturday) fits a Sunday and contradicts a Tuesday.

    >>> seen = mentions("أمس السبت")[0]
    >>> resolve(seen, date(2025, 10, 12)).edtf, resolve(seen, date(2025, 10, 14)).status
    ('2025-10-11', 'conflicting')
    >>> resolve(mentions("الثلاثاء 10 كانون الثاني 2024")[0]).status
    'conflicting'
    """
    first = _resolve_readings(mention.readings, anchor)
    if not mention.range_end or first.status in {"unknown", "conflicting"}:
        return first
    last = _resolve_readings(mention.range_end, first.day or anchor)
    if first.day is None or last.day is None or last.day < first.day:
        return OPEN
    return Resolution(first.status, f"{first.edtf}/{last.edtf}")


def _resolve_readings(readings: tuple[DateReading, ...], anchor: date | None) -> Resolution:
    """Return the day in which all `readings` agree, or how they contradict one another."""
    if any(reading.mismatched for reading in readings):
        return Resolution("conflicting", note="two-months")
    days = {r: day for r in readings if (day := _day_of(r, readings, anchor)) is not None}
    if not days:
        return _month_or_year(readings, anchor)
    candidates = tuple(d.isoformat() for d in sorted(set(days.values())))
    hijri = [d for r, d in days.items() if r.kind == "hijri"]
    others = {d for r, d in days.items() if r.kind != "hijri"}
    day = min(others or days.values())
    off_moon = any(abs((day - h).days) > DATES.max_moon_sighting_days for h in hijri)
    if len(others or set(hijri)) > 1 or off_moon:
        return Resolution("conflicting", "", candidates, "faces-differ")
    for reading in readings:
        if reading.kind == "weekday" and not reading.direction and reading.day != day.weekday():
            if not others and abs(reading.day - day.weekday()) in {1, 6}:
                return Resolution("unknown", "", candidates, "moon")
            return Resolution("conflicting", "", candidates, "weekday-differs")
    is_stated = any(r.kind in {"day", "hijri"} and r.year for r in days)
    return Resolution("exact" if is_stated else "inferred", day.isoformat(), candidates)


def _day_of(
    reading: DateReading, readings: tuple[DateReading, ...], anchor: date | None
) -> date | None:
    """Return the day of one of `readings`, None where it gives none or hangs on no anchor."""
    if reading.year:
        return _stated_day(reading)
    return _relative_day(reading, readings, anchor) if anchor else None


def _stated_day(reading: DateReading) -> date | None:
    if reading.kind == "hijri":
        return from_hijri(reading.year, reading.month, reading.day)
    return calendar_day(reading.year, reading.month, reading.day) if reading.kind == "day" else None


def _relative_day(
    reading: DateReading, readings: tuple[DateReading, ...], anchor: date
) -> date | None:
    if reading.kind == "shift":
        return anchor + timedelta(days=reading.day)
    if reading.kind == "weekday":
        return _relative_weekday(reading, readings, anchor)
    if reading.kind == "day":
        relative = _yearless_day if reading.month else _day_of_month
        return relative(reading, anchor)
    return None


def _relative_weekday(
    reading: DateReading, readings: tuple[DateReading, ...], anchor: date
) -> date | None:
    week = next((f.direction for f in readings if f.kind == "week"), "")
    if week:
        return _weekday_of_week(reading.day, {"past": -7, "now": 0, "next": 7}[week], anchor)
    if reading.direction == "past":
        return anchor - timedelta(days=(anchor.weekday() - reading.day - 1) % 7 + 1)
    if reading.direction == "next":
        return anchor + timedelta(days=(reading.day - anchor.weekday() - 1) % 7 + 1)
    return anchor if len(readings) == 1 and reading.day == anchor.weekday() else None


def _weekday_of_week(weekday: int, shift: int, anchor: date) -> date | None:
    """Return the day if weeks that begin on Saturday, Sunday or Monday all agree on it."""
    days = set()
    for first in (5, 6, 0):
        start = anchor - timedelta(days=(anchor.weekday() - first) % 7)
        days.add(start + timedelta(days=(weekday - first) % 7 + shift))
    return days.pop() if len(days) == 1 else None


def _day_of_month(reading: DateReading, anchor: date) -> date | None:
    month = anchor.month - 1 + {"past": -1, "now": 0, "next": 1, "": 0}[reading.direction]
    return calendar_day(anchor.year + month // 12, month % 12 + 1, reading.day)


def _yearless_day(reading: DateReading, anchor: date) -> date | None:
    near = [
        day
        for year in (-1, 0, 1)
        if (day := calendar_day(anchor.year + year, reading.month, reading.day))
    ]
    if reading.direction == "past":
        return max((d for d in near if d < anchor), default=None)
    if reading.direction == "next":
        return min((d for d in near if d > anchor), default=None)
    if reading.direction == "now":
        return next((d for d in near if (d.year, d.month) == (anchor.year, anchor.month)), None)
    closest = min(near, key=lambda day: abs(day - anchor), default=None)
    return closest if closest and abs((closest - anchor).days) <= DATES.max_yearless_days else None


def _month_or_year(readings: tuple[DateReading, ...], anchor: date | None) -> Resolution:
    """Return a month or a year where no day is given."""
    for reading in readings:
        if reading.kind == "month" and reading.year:
            return Resolution("exact", f"{reading.year}-{reading.month:02d}")
        if anchor is None or any(f.kind in {"day", "weekday", "hijri"} for f in readings):
            return OPEN
        step = {"past": -1, "now": 0, "next": 1, "": 0}[reading.direction]
        if reading.kind == "year":
            return Resolution("inferred", f"{anchor.year + step}")
        if reading.kind == "month" and not reading.month:
            month = anchor.month - 1 + step
            return Resolution("inferred", f"{anchor.year + month // 12}-{month % 12 + 1:02d}")
        if reading.kind == "month":
            return _relative_month(reading, anchor)
    return OPEN


def _relative_month(reading: DateReading, anchor: date) -> Resolution:
    year = anchor.year
    if reading.direction == "past" and reading.month >= anchor.month:
        year -= 1
    elif reading.direction == "next" and reading.month <= anchor.month:
        year += 1
    elif reading.direction == "now" and reading.month != anchor.month:
        return Resolution("conflicting", note="month-differs")
    return Resolution("inferred", f"{year}-{reading.month:02d}")


@cache
def from_hijri(year: int, month: int, day: int) -> date | None:
    """Return the Gregorian day of a Hijri one by the Umm al-Qura calendar (1343–1500), else None.

    >>> from_hijri(1446, 3, 12)
    datetime.date(2024, 9, 15)
    """
    days = hijri_days(year, month, day)
    return days[0] if days else None


def moment(mention: DateMention, day: date, zone: str = "") -> Moment:
    """Return `day` with the hour of `mention`, kept only if its zone is known too.

    Without one it is an hour on the clocks of `zone`; UTC is the default of a site that sets none,
    and no newspaper's clock. An hour without seconds gets them: YAML has no timestamp without.

    >>> moment(mentions("2024-07-06 10:20 GMT")[0], date(2024, 7, 6)).iso
    '2024-07-06T10:20:00+00:00'
    """
    return at_hour(day, mention.clock, mention.zone or zone)


def at_hour(day: date, clock: str, zone: str) -> Moment:
    """Return `day` at `clock` in `zone`, an offset or a zone's name; without a zone, no hour.

    >>> at_hour(date(2019, 5, 4), "01:00", "Asia/Damascus").iso, at_hour(date(2019, 5, 4), "01:00", "")
    ('2019-05-04T01:00:00+03:00', Moment(day=datetime.date(2019, 5, 4), clock=''))
    >>> at_hour(date(2019, 5, 4), "01:00", "+23:59").clock
    ''
    """  # noqa: E501 - an example
    if not clock or zone in {"", "UTC"}:
        return Moment(day)
    whole = clock + ":00" if clock.count(":") == 1 else clock
    if zone[0] in "+-":  # one that no clock has says that the hour is wrong as well
        return Moment(day, whole + zone) if is_offset(zone) else Moment(day)
    return Moment.of(local(f"{day.isoformat()}T{whole}", zone))


def has_year(mention: DateMention) -> bool:
    """Whether `mention` gives a day with its year."""
    return any(
        f.kind in {"day", "hijri"} and f.year >= DATES.min_year - DATES.hijri_year_offset
        for f in mention.readings
    )


def calendar_day(year: int, month: int, day: int) -> date | None:
    """Return a day of the Gregorian calendar, None for one that does not exist."""
    if not (1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def today_mentions(paragraphs: Iterable[str]) -> Iterator[tuple[DateMention, int, int]]:
    """Yield (mention, shift, weekday) for each phrase that ties a weekday to the publication day.

    «اليوم الأحد» (today, Sunday) gives shift 0, «أمس السبت» (yesterday, Saturday) -1.
    """
    for text in paragraphs:
        for mention in mentions(text):
            shifts = [f.day for f in mention.readings if f.kind == "shift"]
            names = [f.day for f in mention.readings if f.kind == "weekday" and not f.direction]
            if shifts and names and abs(shifts[0]) <= DATES.max_shift_days:
                yield mention, shifts[0], names[0]


def fits_day(day: date, paragraphs: Iterable[str]) -> bool:
    """Whether a text that says «اليوم الأحد» (today, Sunday) may have been published on `day`.

    It may on the Sunday, and on the Monday that begins at midnight.

    >>> text = ["وصل الوفد اليوم الأحد"]
    >>> [fits_day(date(2025, 10, n), text) for n in (12, 13, 14)]
    [True, True, False]
    """
    own = {(weekday - shift) % 7 for _, shift, weekday in today_mentions(paragraphs)}
    return not own or bool(own & {day.weekday(), (day.weekday() - 1) % 7})


def from_today(paragraphs: Iterable[str]) -> tuple[Moment | None, DateInfo]:
    """Return the day that the first paragraphs call today: «اليوم … (21 آب 2023)» (today …).

    >>> from_today(["أفاد مصدر، اليوم الاثنين (21 آب 2023)، باندلاع حريق"])[1].edtf
    '2023-08-21'
    """
    seen = [m for text in paragraphs for m in mentions(text) if has_year(m) and _is_today(m)]
    days = {found.edtf: m for m in seen if (found := resolve(m)).status == "exact" and found.day}
    if len(days) != 1:
        return None, DateInfo()
    ((edtf, mention),) = days.items()
    evidence = (Evidence(mention.text, edtf),)
    return moment(mention, date.fromisoformat(edtf)), DateInfo("exact", "text", edtf, (), evidence)


def _is_today(mention: DateMention) -> bool:
    return any(f.kind == "shift" and f.day == 0 for f in mention.readings) and not mention.range_end


def contradictions(
    paragraphs: Iterable[str], *, anchor: date | None, received: date | None
) -> tuple[tuple[str, str], ...]:
    """Return (phrase, note) for each phrase whose weekday and day disagree, each once.

    The note is `weekday-differs` and the days that the two come to, read on the day of publication
    `anchor`; without it the two must disagree on every day of the week up to `received`. Without
    either, a weekday and a day that both depend on it get `weekday-must-fit-day`. The example
    means: he visited it last Thursday, on the eighth of this month.

    >>> text = ["زارها الخميس الماضي، في الثامن من الشهر الجاري"]
    >>> contradictions(text, anchor=date(2025, 10, 12), received=None)[0][1]
    'weekday-differs 2025-10-08 2025-10-09'
    >>> contradictions(text, anchor=None, received=None)[0][1]
    'weekday-must-fit-day'
    """
    anchors: list[date | None] = [anchor]
    if anchor is None and received:
        anchors = [received - timedelta(days=n) for n in range(DATES.collection_days)]
    found: dict[str, str] = {}
    for text in paragraphs:
        for mention in mentions(text):
            kinds = {reading.kind for reading in mention.readings}
            both = "weekday" in kinds and kinds & {"day", "shift"}
            if both and (note := _contradiction(mention, anchors)):
                found.setdefault(mention.text, note)
    return tuple(found.items())


def _contradiction(mention: DateMention, anchors: list[date | None]) -> str:
    misfits = [_off_weekday(mention.readings, anchor) for anchor in anchors]
    if all(misfits):
        # If the day itself is unknown, keep the candidates that follow from every anchor.
        common = set.intersection(*misfits)
        return " ".join(("weekday-differs", *sorted(d.isoformat() for d in common)))
    depends = any(reading.kind == "day" and not reading.month for reading in mention.readings)
    return "weekday-must-fit-day" if anchors == [None] and depends else ""


def _off_weekday(readings: tuple[DateReading, ...], anchor: date | None) -> set[date]:
    """Return the days of `readings` if one of them is not on the weekday named, else ()."""
    weekday = next(reading for reading in readings if reading.kind == "weekday")
    given = (_day_of(r, readings, anchor) for r in readings if r.kind in {"day", "shift"})
    wrong = {day for day in given if day and day.weekday() != weekday.day}
    named = _day_of(weekday, readings, anchor) if wrong and weekday.direction else None
    return wrong | ({named} if named else set())


def from_received(paragraphs: Iterable[str], received: date) -> tuple[Moment | None, DateInfo]:
    """Return the last day up to `received` that fits every weekday the text calls today, inferred.

    A bare «اليوم» (today) fixes nothing, unlike «اليوم الأحد» (today, Sunday). The collection day
    is good for a week: if the text has days with their years, but none within a week of the one
    found, that one is only a candidate; so it is if the phrase has another day of the month.

    >>> text = ["أعلنت اليوم الأحد", "بدأت الأعمال في 3 أيار 2019"]
    >>> found = from_received(text, date(2024, 6, 1))
    >>> found[0], found[1].status, found[1].candidates
    (None, 'unknown', ('2024-05-26',))
    """
    texts = list(paragraphs)
    seen = list(today_mentions(texts))
    if not seen:
        return None, DateInfo()
    weekdays = {(weekday - shift) % 7 for _, shift, weekday in seen}
    days = sorted(received - timedelta(days=(received.weekday() - w) % 7) for w in weekdays)
    evidence = tuple(Evidence(m.text, "publication-day") for m, _, _ in seen)
    options = tuple(d.isoformat() for d in days)
    if len(days) > 1:
        return None, DateInfo("conflicting", "received", "", options, evidence, "weekdays-differ")
    if not _is_consistent(days[0], texts, (mention for mention, *_ in seen)):
        return None, DateInfo("unknown", "received", "", options, evidence)
    info = DateInfo("inferred", "received", f"{options[0]}~", options, evidence)
    return Moment(days[0]), info


def _is_consistent(day: date, texts: Iterable[str], own: Iterable[DateMention]) -> bool:
    """Whether `day`, inferred from the day of collection, is near the days that a text gives.

    `own` are the phrases that call a day today or yesterday.
    """
    full = (m for text in texts for m in mentions(text) if has_year(m))
    stated = [known for m in full if (known := resolve(m).day)]
    near = not stated or any(abs((known - day).days) <= DATES.collection_days for known in stated)
    return near and all(resolve(mention, day).status != "conflicting" for mention in own)
