"""When was it published, and on what evidence: stated, inferred, contradictory or not known.

Mentions of days (`dates`) are resolved against an anchor that is handed in; the clock is never
asked. A wrong date is worse than none: what the words leave open stays open, with its candidates.
"""

import calendar
import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from warraq.base.zones import is_offset, local
from warraq.intake.dates.mention import DateMention, DateReading
from warraq.intake.dates.phrases import mentions
from warraq.intake.text.folding import letters
from warraq.model import DateInfo, DateStatus, Evidence, Moment

MOON_SIGHTING = 2  # days by which a Hijri day may differ from the computed Umm al-Qura one
EARLIEST = 1800  # a year before it is no newspaper's; a Hijri one lies some 500 below
NEAR = 90  # days: how far from its anchor a day told without a year may lie


class Resolution(NamedTuple):
    """What a mention comes to: `days` in order (two for a range), an EDTF string, and why."""

    status: DateStatus
    edtf: str = ""
    candidates: tuple[str, ...] = ()
    note: str = ""

    @property
    def day(self) -> date | None:
        """The one day told, or None where it is a month, a range or open."""
        try:
            return date.fromisoformat(self.edtf)
        except ValueError:
            return None


OPEN = Resolution("unknown")


def resolve(mention: DateMention, anchor: date | None = None) -> Resolution:
    """Return the day that `mention` means, read on the day `anchor` (None: that day is not known).

    >>> seen = mentions("أمس السبت")[0]
    >>> resolve(seen, date(2025, 10, 12)).edtf, resolve(seen, date(2025, 10, 14)).status
    ('2025-10-11', 'conflicting')
    >>> resolve(mentions("الثلاثاء 10 كانون الثاني 2024")[0]).status
    'conflicting'
    """
    first = _agreed(mention.readings, anchor)
    if not mention.range_end or first.status in {"unknown", "conflicting"}:
        return first
    last = _agreed(mention.range_end, first.day or anchor)
    if first.day is None or last.day is None or last.day < first.day:
        return OPEN
    return Resolution(first.status, f"{first.edtf}/{last.edtf}")


def _agreed(readings: tuple[DateReading, ...], anchor: date | None) -> Resolution:
    if any(reading.mismatched for reading in readings):
        return Resolution("conflicting", note="two-months")
    days: dict[DateReading, date] = {}
    for reading in readings:
        if (day := _day_of(reading, readings, anchor)) is not None:
            days[reading] = day
    if not days:
        return _coarse(readings, anchor)
    gregorian = {d for f, d in days.items() if f.kind != "hijri"}
    chosen = sorted(gregorian or set(days.values()))
    hijri = [d for f, d in days.items() if f.kind == "hijri"]
    candidates = tuple(d.isoformat() for d in sorted(set(days.values())))
    if len(chosen) > 1 or any(abs((chosen[0] - h).days) > MOON_SIGHTING for h in hijri):
        return Resolution("conflicting", "", candidates, "faces-differ")
    day = chosen[0]
    for reading in readings:
        if reading.kind == "weekday" and not reading.direction and reading.day != day.weekday():
            if not gregorian and abs(reading.day - day.weekday()) in {1, 6}:
                return Resolution("unknown", "", candidates, "moon")
            return Resolution("conflicting", "", candidates, "weekday-differs")
    stated = any(f.kind in {"day", "hijri"} and f.year for f in days)
    return Resolution("exact" if stated else "inferred", day.isoformat(), candidates)


def _day_of(  # noqa: PLR0911 - one way out for each kind of reading
    reading: DateReading, readings: tuple[DateReading, ...], anchor: date | None
) -> date | None:
    if reading.year:
        if reading.kind == "hijri":
            return from_hijri(reading.year, reading.month, reading.day)
        return _date(reading.year, reading.month, reading.day) if reading.kind == "day" else None
    if anchor is None or reading.kind == "hijri":
        return None
    if reading.kind == "shift":
        return anchor + timedelta(days=reading.day)
    if reading.kind == "weekday":
        return _weekday_near(reading, readings, anchor)
    if reading.kind != "day":
        return None
    return _day_without_year(reading, anchor) if reading.month else _day_of_month(reading, anchor)


def _weekday_near(
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
    """Return the day if weeks that begin on Saturday, Sunday and Monday agree about it."""
    days = set()
    for first in (5, 6, 0):
        start = anchor - timedelta(days=(anchor.weekday() - first) % 7)
        days.add(start + timedelta(days=(weekday - first) % 7 + shift))
    return days.pop() if len(days) == 1 else None


def _day_of_month(reading: DateReading, anchor: date) -> date | None:
    month = anchor.month - 1 + {"past": -1, "now": 0, "next": 1, "": 0}[reading.direction]
    return _date(anchor.year + month // 12, month % 12 + 1, reading.day)


def _day_without_year(reading: DateReading, anchor: date) -> date | None:
    near = [
        day for year in (-1, 0, 1) if (day := _date(anchor.year + year, reading.month, reading.day))
    ]
    if reading.direction == "past":
        return max((d for d in near if d < anchor), default=None)
    if reading.direction == "next":
        return min((d for d in near if d > anchor), default=None)
    if reading.direction == "now":
        return next((d for d in near if (d.year, d.month) == (anchor.year, anchor.month)), None)
    closest = min(near, key=lambda day: abs(day - anchor), default=None)
    return closest if closest and abs((closest - anchor).days) <= NEAR else None


def _coarse(readings: tuple[DateReading, ...], anchor: date | None) -> Resolution:
    """Return a month or a year where no day is told."""
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
            return _month_near(reading, anchor)
    return OPEN


def _month_near(reading: DateReading, anchor: date) -> Resolution:
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
    from hijridate import Hijri  # noqa: PLC0415 - rarely needed

    try:
        found = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return date(found.year, found.month, found.day)


def exact_moment(text: str, zone: str = "") -> Moment | None:
    """Return the moment in a value of a sidecar or meta tag, None unless it states one exact day.

    An hour told without its zone is read in `zone`, as `moment` does.

    >>> exact_moment("2025-02-03T16:20:00+0200").iso
    '2025-02-03T16:20:00+02:00'
    """
    found = mentions(text[:200])
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
    """Return the day that a web address tells, as sites give one to each article.

    >>> day_in_address("https://example.org/2013/middle_east/8/3/clashes/index.html")
    datetime.date(2013, 8, 3)
    """
    found = next(filter(None, (pattern.search(url) for pattern in _IN_ADDRESS)), None)
    return _date(int(found["y"]), int(found["m"]), int(found["d"])) if found else None


def moment(mention: DateMention, day: date, zone: str = "") -> Moment:
    """Return `day` with the hour that `mention` tells, kept only where its zone is known too.

    Where it is not told the hour is one on the clocks of `zone`; UTC is what a site has that names
    none, and no newspaper's clock.

    An hour without seconds gets them, as in content/: YAML knows no timestamp without.

    >>> moment(mentions("2024-07-06 10:20 GMT")[0], date(2024, 7, 6)).iso
    '2024-07-06T10:20:00+00:00'
    """
    return at_hour(day, mention.clock, mention.zone or zone)


def at_hour(day: date, clock: str, zone: str) -> Moment:
    """Return `day` at `clock` in `zone`, an offset or a zone by name; without its hour in none.

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


def ambiguous_days(text: str) -> tuple[date, ...]:
    """Return both days that a field of a program may mean by numbers, () where they are but one.

    >>> [day.isoformat() for day in ambiguous_days("3/5/2019 10:00")], ambiguous_days("13/5/2019")
    (['2019-03-05', '2019-05-03'], ())
    """
    found = re.match(r"\s*(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?!\d)", letters(text))
    if not found or found[1].lstrip("0") == found[3].lstrip("0"):
        return ()
    one, other, year = int(found[1]), int(found[3]), int(found[4])
    days = _date(year, one, other), _date(year, other, one)
    return tuple(sorted(day for day in days if day)) if all(days) else ()


def has_year(mention: DateMention) -> bool:
    """Tell whether `mention` tells a day with its year."""
    return any(f.kind in {"day", "hijri"} and f.year >= EARLIEST - 500 for f in mention.readings)


def _date(year: int, month: int, day: int) -> date | None:
    if not (1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def day_month_swapped(day: date) -> date | None:
    """Return `day` with month and day of month changed over, None where that is no day.

    >>> day_month_swapped(date(2025, 10, 12))
    datetime.date(2025, 12, 10)
    """
    return _date(day.year, day.day, day.month)


def today_mentions(paragraphs: Iterable[str]) -> Iterator[tuple[DateMention, int, int]]:
    """Yield (mention, shift, weekday) for each phrase that ties a weekday to the publication day.

    «اليوم الأحد» gives shift 0, «أمس السبت» -1.
    """
    for text in paragraphs:
        for mention in mentions(text):
            shifts = [f.day for f in mention.readings if f.kind == "shift"]
            names = [f.day for f in mention.readings if f.kind == "weekday" and not f.direction]
            if shifts and names and abs(shifts[0]) <= 2:
                yield mention, shifts[0], names[0]


def fits_day(day: date, paragraphs: Iterable[str]) -> bool:
    """Tell whether a text that says «اليوم الأحد» may have been put out on `day`.

    It may on the Sunday, and on the Monday that begins at midnight.

    >>> told = ["وصل الوفد اليوم الأحد"]
    >>> [fits_day(date(2025, 10, n), told) for n in (12, 13, 14)]
    [True, True, False]
    """
    own = {(weekday - shift) % 7 for _, shift, weekday in today_mentions(paragraphs)}
    return not own or bool(own & {day.weekday(), (day.weekday() - 1) % 7})


def from_today(paragraphs: Iterable[str]) -> tuple[Moment | None, DateInfo]:
    """Return the day that the first paragraphs call today: «اليوم الاثنين (21 آب 2023)».

    >>> from_today(["أفاد مصدر، اليوم الاثنين (21 آب 2023)، باندلاع حريق"])[1].edtf
    '2023-08-21'
    """
    seen = [m for text in paragraphs for m in mentions(text) if has_year(m) and _is_today(m)]
    told = {found.edtf: m for m in seen if (found := resolve(m)).status == "exact" and found.day}
    if len(told) != 1:
        return None, DateInfo()
    ((edtf, mention),) = told.items()
    evidence = (Evidence(mention.text, edtf),)
    return moment(mention, date.fromisoformat(edtf)), DateInfo("exact", "text", edtf, (), evidence)


def _is_today(mention: DateMention) -> bool:
    return any(f.kind == "shift" and f.day == 0 for f in mention.readings) and not mention.range_end


WEEK = 7  # days before it was collected in which a text is taken to have been published


def contradictions(
    paragraphs: Iterable[str], *, anchor: date | None, received: date | None
) -> tuple[tuple[str, str], ...]:
    """Return (phrase, note) for each phrase whose weekday and day disagree, each once.

    The note is `weekday-differs` and the days the two come to, read on the day of publication
    `anchor`; without it the two must disagree on every day of the week up to `received`. Where
    nothing tells the day, a weekday and a day that both hang on it get `weekday-must-fit-day`.

    >>> told = ["زارها الخميس الماضي، في الثامن من الشهر الجاري"]
    >>> contradictions(told, anchor=date(2025, 10, 12), received=None)[0][1]
    'weekday-differs 2025-10-08 2025-10-09'
    >>> contradictions(told, anchor=None, received=None)[0][1]
    'weekday-must-fit-day'
    """
    anchors: list[date | None] = [anchor]
    if anchor is None and received:
        anchors = [received - timedelta(days=n) for n in range(WEEK)]
    found: dict[str, str] = {}
    for text in paragraphs:
        for mention in mentions(text):
            kinds = {reading.kind for reading in mention.readings}
            both = "weekday" in kinds and kinds & {"day", "shift"}
            if both and (note := _contradiction(mention, anchors)):
                found.setdefault(mention.text, note)
    return tuple(found.items())


def _contradiction(mention: DateMention, anchors: list[date | None]) -> str:
    misfits = [_misfit(mention.readings, anchor) for anchor in anchors]
    if all(misfits):
        # Where the day itself is not known, the candidates that hold on every one of them.
        common = set.intersection(*misfits)
        return " ".join(("weekday-differs", *sorted(d.isoformat() for d in common)))
    hangs = any(reading.kind == "day" and not reading.month for reading in mention.readings)
    return "weekday-must-fit-day" if anchors == [None] and hangs else ""


def _misfit(readings: tuple[DateReading, ...], anchor: date | None) -> set[date]:
    """Return the days of `readings` if one of them is not on the weekday named, else ()."""
    weekday = next(reading for reading in readings if reading.kind == "weekday")
    told = (
        _day_of(reading, readings, anchor)
        for reading in readings
        if reading.kind in {"day", "shift"}
    )
    wrong = {day for day in told if day and day.weekday() != weekday.day}
    named = _day_of(weekday, readings, anchor) if wrong and weekday.direction else None
    return wrong | ({named} if named else set())


def from_received(paragraphs: Iterable[str], received: date) -> tuple[Moment | None, DateInfo]:
    """Return the last day up to `received` that fits every «اليوم الأحد» of the text, as inferred.

    A bare «اليوم» fixes nothing. The day of collection holds for a week: in a text that tells days
    with their years, and none within a week of the one found, that one is a candidate only; so it
    is where the phrase tells another day of the month.

    >>> told = ["أعلنت اليوم الأحد", "بدأت الأعمال في 3 أيار 2019"]
    >>> found = from_received(told, date(2024, 6, 1))
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
    if not _holds(days[0], texts, (mention for mention, *_ in seen)):
        return None, DateInfo("unknown", "received", "", options, evidence)
    info = DateInfo("inferred", "received", f"{options[0]}~", options, evidence)
    return Moment(days[0]), info


def _holds(day: date, texts: Iterable[str], own: Iterable[DateMention]) -> bool:
    """Tell whether `day`, found from the day of collection, is near what a text says itself.

    `own` are the phrases that call a day today or yesterday.
    """
    full = (m for text in texts for m in mentions(text) if has_year(m))
    told = [known for m in full if (known := resolve(m).day)]
    near = not told or any(abs((known - day).days) <= WEEK for known in told)
    return near and all(resolve(mention, day).status != "conflicting" for mention in own)
