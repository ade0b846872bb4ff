"""The grammar of Arabic date phrases: text → mentions of days.

One *mention* is a run of readings of the same day: «الأحد 12 ربيع الأول 1446هـ الموافق 15 سبتمبر
2024م» (Sunday 12 Rabi I 1446, that is 15 September 2024) has a weekday, a Hijri day and a Gregorian
day. Nothing is resolved here (see `resolution`): a mention says only what its words say. Ambiguous
writing (two-digit years, impossible days) yields no reading at all.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from warraq.intake.dates.date_words import (
    COUNTS,
    DIRECTIONS,
    HIJRI_MONTHS,
    MONTHS,
    ORDINALS,
    WEEKDAY,
    WEEKDAYS,
    ZONES,
)
from warraq.intake.dates.mention import DateMention, DateReading, Direction
from warraq.intake.dates.thresholds import DATES
from warraq.intake.text.folding import letters, words


def any_of(names: dict[str, int] | dict[str, str] | dict[str, Direction]) -> str:
    """Return a pattern for any of `names`, the longest first."""
    ordered = sorted(names, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(n).replace(r"\ ", r"\s+") for n in ordered) + ")"


_M = any_of(MONTHS)
_H = any_of(HIJRI_MONTHS)
_O = any_of(ORDINALS)
_C = any_of(DIRECTIONS)
# «كانون الأول» (December) has an ordinal in its name, and is no first of a month.
_NOT_OF_TWO = r"(?<!كانون\s)(?<!تشرين\s)(?<!ربيع\s)(?<!جمادي\s)(?<!جماد\s)"
# «العدد 12 – حزيران 1998» (issue 12 – June 1998): no twelfth of June.
_NO_ISSUE = r"(?<!العدد\s)(?<!عدد\s)(?<!رقم\s)(?<!المجلد\s)(?<!الجزء\s)"
_YEAR = r"(?:1[3-9]\d\d|20\d\d)"
_CLITIC = r"(?<![\w/.:])(?:[وف])?(?:[بل](?!ل))?"
_OF = r"(?:\s+(?:من\s+)?(?:ال)?(?:عام|سنه)|\s+لعام|\s+لسنه|\s*[,،/-])?"
_ERA = r"(?:\s*(?P<era>هـ|ه\b|م\b|للهجره|هجريه?|ميلاديه?|للميلاد))?"
_PAIR = rf"\s*(?:[/(]|\s?[-–]\s?)\s*(?P<m2>{_M})\s*\)?"
_DAY_MONTH = re.compile(
    rf"(?<![\w/.:-])(?P<clitic>[وفبل]{{0,2}}){_NO_ISSUE}(?:(?P<d>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?!\w)|{_NOT_OF_TWO}(?P<o>{_O}))"
    rf"(?:\s*[-–/]\s*|\s+|\s*[,،]\s*)(?:من\s+)?(?:شهر\s+)?"
    rf"(?:(?P<m>{_M})(?!\w)(?:{_PAIR})?|(?P<h>{_H})(?!\w))"
    rf"(?:\s+(?P<direction>{_C})(?!\w))?"
    rf"(?:{_OF}\s*(?P<y>{_YEAR})(?!\d){_ERA})?"
)
_MONTH_DAY = re.compile(
    rf"(?<!\w)(?P<m>{_M})(?:{_PAIR})?\s+(?P<d>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\s*[,،]?\s+"
    rf"(?P<y>{_YEAR})(?!\d)"
)
_YMD = re.compile(
    r"(?<![\w/.:-])(?P<y>1[3-9]\d\d|20\d\d)\s?(?P<sep>[/.-])\s?(?P<m>\d{1,2})\s?(?P=sep)\s?(?P<d>\d{1,2})"
    r"(?=T\d\d:|t\d\d:|(?![\d/]|[.-]\d))(?:\s*(?P<era>هـ|ه\b|م\b(?!\s*\d)))?"
)
_DMY = re.compile(
    r"(?<![\w/:])(?<!\d[.-])(?P<d>\d{1,2})\s?(?P<sep>[/.\\-])\s?(?P<m>\d{1,2})\s?(?P=sep)\s?"
    r"(?P<y>1[3-9]\d\d|20\d\d)(?![\d/]|[.-]\d)(?:\s*(?P<era>هـ|ه\b|م\b))?"
)
_DAY_NAMED_MONTH_DASH = re.compile(
    rf"(?<![\w/.:-])(?P<d>0?[1-9]|[12]\d|3[01])[/-](?P<m>{_M})[/-](?P<y>{_YEAR})(?!\d)"
)
_DAY_OF_MONTH = re.compile(
    rf"(?<![\w/.:-])(?P<clitic>[وفبل]{{0,2}})(?:(?P<d>0?[1-9]|[12]\d|3[01])|(?P<o>{_O}))"
    rf"(?:\s+من)?(?:\s+(?:هذا\s+)?الشهر\s+(?P<direction>{_C})|\s+(?P<same>الشهر\s+نفسه|هذا\s+الشهر)|"
    rf"\s+(?P<bare>الجاري|الحالي))(?!\w)"
)
_RELATIVE_MONTH = re.compile(
    rf"{_CLITIC}(?:(?P<m>{_M})(?:{_PAIR})?\s+(?P<direction>{_C})|"
    rf"(?P<unit>الشهر|العام|السنه|الاسبوع)\s+(?P<udirection>{_C})|(?P<this>هذا\s+(?:الشهر|العام)))(?!\w)"
)
_MONTH_YEAR = re.compile(
    rf"(?<!\w)(?<!\d )[وفبل]?(?P<m>{_M})(?:{_PAIR})?\s*(?:من\s+)?(?:عام\s+|سنه\s+|/\s*)?(?P<y>{_YEAR})(?![\d/-])"  # noqa: E501
)
_WEEKDAY_NAME = re.compile(
    rf"(?<!\w)[وفبك]?(?:يوم\s+|اليوم\s+)?(?P<w>{WEEKDAY})(?!\w)"
    rf"(?:\s+(?P<week>من\s+الاسبوع\s+(?P<wdirection>{_C}))|\s+(?:قبل\s+)?(?P<direction>{_C})(?!\w))?"
    rf"|(?<!\w)[وف]?لل(?P<lw>{'|'.join(w[2:] for w in WEEKDAYS)})(?!\w)"
    rf"(?:\s+(?P<ldirection>{_C})(?!\w))?"
    # «خميس, 09/04/2025 - 18:05»: as Drupal writes it, without the article
    rf"|(?<!\w)(?P<bw>{'|'.join(w[2:] for w in WEEKDAYS)})(?=\s*[,،]\s*\d)"
)
# Not «في مثل هذا اليوم» (on this day in history) or «ذلك اليوم» (that day).
_SHIFT = re.compile(
    r"(?<!\w)[وف]?(?:"
    r"(?P<before2>(?:(?:ال)?اول\s+(?:من\s+)?امس|امس\s+الاول|اول\s+البارحه))"
    r"|(?P<after2>بعد\s+(?:ال)?غدا?)"
    r"|(?P<before1>(?:يوم\s+)?(?:امس|بالامس|البارحه)(?!\s+الاول))"
    r"|(?P<after1>(?:يوم\s+)?(?:غدا|غد|الغد)(?!\s+(?:افضل|مشرق)))"
    r"|(?P<today>(?<!مثل )(?<!مثل هذا )(?<!ذلك )(?<!ذاك )(?<!ذات )(?<!نفس )"
    r"(?:هذا\s+)?اليوم(?!\s+(?:التالي|السابق|نفسه|ذاته|الذي|الواحد|العالمي|الدولي|الوطني|الاول|الثاني|الثالث|الرابع|الخامس|الاخير|السابع)))"
    r"|(?P<way>قبل|منذ|بعد)\s+(?:(?P<n>\d{1,2})|(?P<word>يومين|ثلاثه|اربعه|خمسه|سته|سبعه|ثمانيه|تسعه|عشره))?"
    r"\s*(?P<unit>(?<=يومين)|ايام|يوما?|اسبوعين|اسبوعا?|اسابيع)(?!\w)"
    r")(?!\w)"
)
_CLOCK = re.compile(
    r"(?:(?<=\dt)|(?<![\w/.:+-]))(?P<hh>[01]?\d|2[0-3])\s?[:.٫]\s?(?P<mm>[0-5]\d)(?::(?P<ss>[0-5]\d)(?:\.\d+)?)?(?![\d/.]|:\d)"
    r"(?:\s*(?P<half>صباحا|مساء|ظهرا|عصرا|ليلا|فجرا|(?:بعد\s+)?منتصف\s+الليل|ص|م|[ap]\.?m\.?)(?!\w))?(?:\s*(?:صباحا|مساء)(?!\w))?"
    r"(?:\s*(?P<iso>z|[+-]\d\d:?\d\d)(?!\w))?"
    r"(?:\s*[(،,]?\s*(?:بتوقيت|توقيت|بالتوقيت|حسب\s+توقيت)?\s*(?P<zone>"
    + any_of(ZONES)
    + r")(?!\w)(?:\s*\+\s*(?P<plus>\d))?)?"
)
# The stamp of Gulf agencies' wires: «KUNA 091142 GMT OCT 24», day, hour, month and year.
_WIRE = re.compile(
    r"(?<!\w)(?P<d>\d\d)(?P<hh>[01]\d|2[0-3])(?P<mm>[0-5]\d) gmt "
    r"(?P<m>[a-z]{3,9})\.? (?P<y>\d\d)(?!\d)"
)
_JOINT = re.compile(
    r"t?[\s,،()\[\]|/:؛.•·–—-]*(?:(?:يوم|في|علي|بتاريخ|من|مساء|صباح|ظهر|عصر|فجر|ليل|ليله|نهار|المصادف|الساعه|عند|at|"
    r"ال?موافق(?:\s+ل|\s+في)?|الموافق\s+ل|ل)[\s,،()|/:–—-]*){0,3}"
)
_RANGE = re.compile(r"\s*(?:الي|حتي|لغايه|وحتي|والي|–|-|و)\s*(?:يوم\s+)?")

# Streets and squares are named after days: «ميدان 26 يوليو» (26 July Square) is no day.
_BEARER = re.compile(
    r"(?<!\w)[وفبلك]?(?:ل?ل|ال)?(?:ميدان|شارع|جسر|كوبري|ساحه|حي|محور|جامعه|مدرسه|مستشفي|ملعب|استاد|ثوره|حركه)"
    r"\s+$"
)

# What a text must have for a pattern to be tried at all: patterns of a hundred names are slow.
_MARKED = re.compile(r"\d\s?[/.:٫\\-]\s?\d")  # «2/2024», «12:30»
_LETTERS = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"\d")
_PREFIXES = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل")


def _begun_by(*names: str) -> frozenset[str]:
    """Return the first words of `names`, each with the letters that may be written before it."""
    firsts = {name.split()[0] for name in names}
    return frozenset(prefix + word for word in firsts for prefix in _PREFIXES)


_MONTH_WORDS = _begun_by(*MONTHS, *HIJRI_MONTHS)
_WEEKDAY_WORDS = (
    _begun_by(*WEEKDAY.split("|"))
    | {prefix + "ل" + name[1:] for name in WEEKDAYS for prefix in ("", "و", "ف")}
    | {name[2:] for name in WEEKDAYS}
)
# «قبل» (before) and «هذا» (this) are in every second paragraph; the units behind them are rare.
_SHIFT_WORDS = _begun_by(
    *("امس", "الامس", "اليوم", "غد", "غدا", "الغد", "البارحه", "يوم", "يوما", "يومين", "ايام"),
    *("اسبوع", "اسبوعا", "اسبوعين", "اسابيع"),
)
_DIRECTION_WORDS = _begun_by("الشهر", "العام", "السنه", "الاسبوع", *DIRECTIONS)


class _Hit(NamedTuple):
    start: int
    end: int
    readings: tuple[DateReading, ...]
    clock: str = ""
    zone: str = ""


class _Run(NamedTuple):
    """Hits that follow one another and give the same day, and the readings of a range's end."""

    hits: tuple[_Hit, ...]
    range_end: tuple[DateReading, ...] = ()

    @property
    def readings(self) -> tuple[DateReading, ...]:
        return tuple(reading for hit in self.hits for reading in hit.readings)


_MARK = re.compile("[\u064b-\u0652\u0670\u200b-\u200f\u2060]")


@lru_cache(maxsize=1024)
def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """Return `text` folded for the grammar, and for each of its code points the offset in `text`."""  # noqa: E501
    if not _MARK.search(text):
        return letters(text), []
    kept: list[int] = []
    last = 0
    for mark in _MARK.finditer(text):
        kept.extend(range(last, mark.start()))
        last = mark.end()
    kept.extend(range(last, len(text) + 1))
    return letters(_MARK.sub("", text)), kept


@lru_cache(maxsize=1024)
def mentions(text: str) -> tuple[DateMention, ...]:
    """Return every mention of a day in `text`, in order.

    Of «أمس السبت، في 3 آذار 2024» (yesterday, Saturday, on 3 March 2024) all readings make one.

    >>> [m.text for m in mentions("التقى الوفدان، أمس السبت، في 3 آذار 2024.")]
    ['أمس السبت، في 3 آذار 2024']
    >>> mentions("أسعار عام 1974")
    ()
    """
    if not text or len(text) > DATES.max_phrase_chars:
        return ()
    flat, offsets = fold_with_offsets(text)
    runs = (run for run in _runs(flat, _hits(text, flat)) if run.readings)
    return tuple(_mention(text, flat, offsets, run) for run in runs)


def _mention(text: str, flat: str, offsets: Sequence[int], run: _Run) -> DateMention:
    """Return the mention that a run in `flat` is, with its span in `text` itself."""
    start, end = run.hits[0].start, run.hits[-1].end
    end = _closed(flat, start, end)
    if offsets:
        start, end = offsets[start], offsets[end - 1] + 1
    clock = next((hit.clock for hit in run.hits if hit.clock), "")
    zone = next((hit.zone for hit in run.hits if hit.zone), "")
    return DateMention(start, end, text[start:end], run.readings, clock, zone, run.range_end)


_HOUR_ALONE = re.compile(r"(?:في\s+)?(?:تمام\s+)?(?:الساعه|ساعه\s+النشر|التوقيت)?\s*:?\s*(?=\d)")


def hour_alone(line: str) -> tuple[str, str]:
    """Return (clock, zone) of a line that is an hour and nothing else, ("", "") for any other.

    The last example is the match at 2:30.

    >>> hour_alone("الساعة 2:30 مساءً"), hour_alone("٠٩:٣٠"), hour_alone("المباراة 2:30")
    (('14:30', ''), ('09:30', ''), ('', ''))
    """
    flat = fold_with_offsets(line)[0].strip(" |•·،,-–—()[]")
    start = _HOUR_ALONE.match(flat) if len(flat) <= DATES.max_phrase_chars else None
    found = _CLOCK.match(flat, start.end()) if start else None
    hit = _clock(found) if found and not flat[found.end() :].strip(" .") else None
    return (hit.clock, hit.zone) if hit else ("", "")


def _closed(flat: str, start: int, end: int) -> int:
    """Return `end`, moved behind the bracket that closes one opened since `start`."""
    run = flat[start:end]
    return end + (flat[end : end + 1] == ")" and run.count("(") > run.count(")"))


def _runs(flat: str, hits: Iterable[_Hit]) -> Iterator[_Run]:
    """Yield the runs that `hits` of `flat` make, in order."""
    run: _Run | None = None
    for hit in hits:
        if run and (longer := _with_hit(run, hit, flat[run.hits[-1].end : hit.start])):
            run = longer
            continue
        if run:
            yield run
        run = _Run((hit,))
    if run:
        yield run


def _with_hit(run: _Run, hit: _Hit, between: str) -> _Run | None:
    """Return `run` with `hit`, None if the words `between` them do not join the two."""
    if run.range_end:
        return None
    is_range = _RANGE.fullmatch(between) and between.strip() not in {"-", "–", "و"}
    if is_range and not hit.clock and _has_day(run.readings) and _has_day(hit.readings):
        return _Run((*run.hits, hit._replace(readings=())), hit.readings)
    if _JOINT.fullmatch(between) and _is_compatible(run, hit):
        return _Run((*run.hits, hit))
    return None


def _has_day(readings: Iterable[DateReading]) -> bool:
    return any(reading.kind in {"day", "hijri"} for reading in readings)


def _is_compatible(run: _Run, hit: _Hit) -> bool:
    """Whether `hit` may be another reading of the day of `run`, not another day."""
    if hit.clock:
        return not any(h.clock for h in run.hits)
    kinds = {(reading.kind, bool(reading.direction)) for reading in run.readings}
    return all((reading.kind, bool(reading.direction)) not in kinds for reading in hit.readings)


def _hits(text: str, flat: str) -> list[_Hit]:
    """Return readings and clocks in `flat`; of overlapping patterns the one listed earlier wins."""
    taken: list[_Hit] = []
    # Digits may touch a month's name («مارس2024»); most paragraphs have none.
    parted = _LETTERS.findall(flat) if _DIGIT.search(flat) else words(text)
    said = _DAY_WORDS.intersection(parted)
    marked = _MARKED.search(flat) is not None
    if not (said or marked):
        return []
    for pattern, read, needed in _READERS:
        if not (said & needed if needed else marked):
            continue
        for match in pattern.finditer(flat):
            hit = read(match)
            if hit and all(hit.end <= t.start or hit.start >= t.end for t in taken):
                taken.append(hit)
    return sorted(taken)


def _calendar(year: int, month: int, day: int, era: str = "") -> DateReading | None:
    hijri = 1300 <= year < 1500
    if hijri and era.startswith("م"):
        return None
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    if hijri:
        return DateReading("hijri", year, month, day) if day <= 30 else None
    try:
        date(year, month, day)
    except ValueError:
        return None
    return DateReading("day", year, month, day)


def _hit(match: re.Match[str], *readings: DateReading | None) -> _Hit | None:
    given = tuple(reading for reading in readings if reading)
    return _Hit(match.start(), match.end(), given) if given else None


def _ymd(match: re.Match[str]) -> _Hit | None:
    return _hit(
        match, _calendar(int(match["y"]), int(match["m"]), int(match["d"]), match["era"] or "")
    )


def _dmy(match: re.Match[str]) -> _Hit | None:
    day, month, year = int(match["d"]), int(match["m"]), int(match["y"])
    if month > 12 >= day:  # only the American order makes a day of it
        day, month = month, day
    return _hit(match, _calendar(year, month, day, match["era"] or ""))


def _named(match: re.Match[str]) -> _Hit | None:
    groups = match.groupdict()
    day = int(groups["d"]) if groups.get("d") else ORDINALS[_spaced(groups["o"])]
    year = int(groups.get("y") or 0)
    if groups.get("h"):
        reading = DateReading("hijri", year, HIJRI_MONTHS[_spaced(groups["h"])], day)
        return _hit(match, reading if day <= 30 and (not year or 1300 <= year < 1500) else None)
    month = MONTHS[_spaced(groups["m"])]
    second = MONTHS[_spaced(groups["m2"])] if groups.get("m2") else month
    direction = DIRECTIONS.get(groups.get("direction") or "", "")
    if year and (year < 1500 or not _calendar(year, month, day)):
        return None
    if not year and (
        not _calendar(2000, month, day) or _BEARER.search(match.string[: match.start()])
    ):
        return None
    return _hit(match, DateReading("day", year, month, day, direction, mismatched=second != month))


def _of_month(match: re.Match[str]) -> _Hit | None:
    day = int(match["d"]) if match["d"] else ORDINALS[_spaced(match["o"])]
    if match["same"] and "نفسه" in match["same"]:
        return None
    direction = DIRECTIONS[match["direction"]] if match["direction"] else "now"
    return _hit(match, DateReading("day", 0, 0, day, direction))


def _relative_month(match: re.Match[str]) -> _Hit | None:
    if match["m"]:
        return _hit(
            match,
            DateReading("month", 0, MONTHS[_spaced(match["m"])], 0, DIRECTIONS[match["direction"]]),
        )
    unit = match["unit"] or match["this"]
    direction: Direction = DIRECTIONS[match["udirection"]] if match["unit"] else "now"
    if "شهر" in unit:
        return _hit(match, DateReading("month", 0, 0, 0, direction))
    return _hit(match, DateReading("week" if "سبوع" in unit else "year", 0, 0, 0, direction))


def _month_year(match: re.Match[str]) -> _Hit | None:
    year = int(match["y"])
    return _hit(
        match, DateReading("month", year, MONTHS[_spaced(match["m"])]) if year >= 1500 else None
    )


def _weekday(match: re.Match[str]) -> _Hit | None:
    name = match["w"] or "ال" + (match["lw"] or match["bw"])
    number = next(i for i, w in enumerate(WEEKDAYS) if w[:5] == name[:5])
    if match["week"]:
        readings = (
            DateReading("weekday", day=number),
            DateReading("week", direction=DIRECTIONS[match["wdirection"]]),
        )
        return _hit(match, *readings)
    word = match["direction"] or match["ldirection"]
    direction = DIRECTIONS[word] if word else ""
    today = DateReading("shift", day=0) if re.match(r"[وف]?اليوم\s", match[0]) else None
    return _hit(match, today, DateReading("weekday", day=number, direction=direction))


def _shift(match: re.Match[str]) -> _Hit | None:
    for name, days in (
        ("before2", -2),
        ("before1", -1),
        ("today", 0),
        ("after1", 1),
        ("after2", 2),
    ):
        if match[name]:
            return _hit(match, DateReading("shift", day=days))
    unit, number = match["unit"], match["n"]
    count = int(number) if number else COUNTS.get(match["word"] or "", 0)
    if match["word"] == "يومين":
        days = 2
    elif "سبوعين" in unit:
        days = 14 if not count else 0
    elif "سابيع" in unit:
        days = 7 * count
    elif "سبوع" in unit:
        days = 7 if not count else 0
    else:
        days = count or (1 if unit == "يوم" else 0)
    sign = 1 if match["way"] == "بعد" else -1
    return _hit(match, DateReading("shift", day=sign * days) if days else None)


def _clock(match: re.Match[str]) -> _Hit | None:
    hour, half = int(match["hh"]), (match["half"] or "").replace(".", "")
    if half:
        evening = half in {"مساء", "م", "pm", "عصرا", "ليلا", "ظهرا"}
        if hour <= 12 and evening and not (half == "ليلا" and hour in {12, 1, 2, 3}):
            hour = hour % 12 + 12
        elif hour == 12 and (half in {"ص", "صباحا", "am", "فجرا"} or "ليل" in half):
            hour = 0
    elif "." in match[0] and not match["zone"]:
        return None  # «2.30» may as well be a number
    zone = ZONES.get(_spaced(match["zone"]), "") if match["zone"] else ""
    if match["iso"]:
        iso = match["iso"]
        zone = "+00:00" if iso == "z" else f"{iso[:3]}:{iso[-2:]}"
    if match["plus"]:
        zone = f"+{int(match['plus']):02d}:00"
    seconds = f":{match['ss']}" if match["ss"] else ""
    return _Hit(match.start(), match.end(), (), f"{hour:02d}:{match['mm']}{seconds}", zone)


def _spaced(name: str) -> str:
    return " ".join(name.split())


def _wire(match: re.Match[str]) -> _Hit | None:
    month = MONTHS.get(match["m"], 0)
    reading = _calendar(2000 + int(match["y"]), month, int(match["d"]))
    hit = _hit(match, reading)
    return hit._replace(clock=f"{match['hh']}:{match['mm']}", zone="+00:00") if hit else None


_READERS = (
    (_WIRE, _wire, frozenset(("gmt",))),
    (_YMD, _ymd, None),
    (_DMY, _dmy, None),
    (_DAY_NAMED_MONTH_DASH, _named, _MONTH_WORDS),
    (_DAY_MONTH, _named, _MONTH_WORDS),
    (_MONTH_DAY, _named, _MONTH_WORDS),
    (_DAY_OF_MONTH, _of_month, _DIRECTION_WORDS),
    (_MONTH_YEAR, _month_year, _MONTH_WORDS),
    (_WEEKDAY_NAME, _weekday, _WEEKDAY_WORDS),
    (_RELATIVE_MONTH, _relative_month, _DIRECTION_WORDS),
    (_SHIFT, _shift, _SHIFT_WORDS),
    (_CLOCK, _clock, None),
)
_DAY_WORDS = frozenset(word for _, _, needed in _READERS for word in needed or ())
