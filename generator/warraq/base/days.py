"""Days, months and their names, from tables of our own: no locale, no clock.

Month names follow the press of each region: Levantine (كانون الثاني…), Egyptian and Gulf (يناير…),
Maghrebi (جانفي…); *dual* joins the first two as Levantine papers print them.
"""

import re
from datetime import date
from functools import cache
from typing import Literal

from warraq.base.arabic import fold

Months = Literal["levantine", "egyptian", "maghreb", "dual"]
Digits = Literal["latn", "arab"]

LEVANTINE = (
    "كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران",
    "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول",
)  # fmt: skip
EGYPTIAN = (
    "يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو",
    "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر",
)  # fmt: skip
MAGHREBI = (
    "جانفي", "فيفري", "مارس", "أفريل", "ماي", "جوان",
    "جويلية", "أوت", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر",
)  # fmt: skip
HIJRI = (
    "محرم", "صفر", "ربيع الأول", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة",
    "رجب", "شعبان", "رمضان", "شوال", "ذو القعدة", "ذو الحجة",
)  # fmt: skip
# date.weekday(): Monday is 0.
WEEKDAYS = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")

_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@cache
def _calendar_words() -> re.Pattern[str]:
    months = {_folded(name) for names in (LEVANTINE, EGYPTIAN, MAGHREBI, HIJRI) for name in names}
    weekdays = "|".join(map(fold, WEEKDAYS))
    # «باب» is «door», not «in August» («بآب»).
    english = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"  # as an article in English has it
    return re.compile(
        rf"\d|{weekdays}|{english}|\b(?!باب\b)[وفبلك]?(?:{'|'.join(sorted(months))})\b"
    )


def _folded(text: str) -> str:
    return " ".join(map(fold, text.split()))


def names_a_day(text: str) -> bool:
    """Whether `text` names a weekday, a month or a number, unlike «أمس».

    >>> [names_a_day(t) for t in ("اليوم الأحد", "مطلع آب", "on Sunday", "يوم 12", "ويوم أمس")]
    [True, True, True, True, False]
    """
    return _calendar_words().search(_folded(text)) is not None


def digits(text: str, style: Digits) -> str:
    """Return `text` with its digits in the site's set.

    >>> digits("12 نيسان 2025", "arab")
    '١٢ نيسان ٢٠٢٥'
    """
    return text.translate(_ARABIC_DIGITS) if style == "arab" else text


def month_name(month: int, style: Months) -> str:
    """Return the name of `month` (1 to 12).

    >>> month_name(10, "dual"), month_name(1, "maghreb")
    ('تشرين الأول/أكتوبر', 'جانفي')
    """
    index = month - 1
    if style == "dual":
        return f"{LEVANTINE[index]}/{EGYPTIAN[index]}"
    return {"levantine": LEVANTINE, "egyptian": EGYPTIAN, "maghreb": MAGHREBI}[style][index]


def day_name(day: date) -> str:
    """Return the weekday of `day`.

    >>> day_name(date(2025, 10, 12))
    'الأحد'
    """
    return WEEKDAYS[day.weekday()]


def hijri_date(day: date) -> str:
    """Return `day` in the Umm al-Qura calendar, or "" outside its table (1343 to 1500 AH).

    >>> hijri_date(date(2025, 10, 12))
    '20 ربيع الآخر 1447'
    """
    from hijridate import Gregorian  # noqa: PLC0415 - slow to import, used by one setting

    try:
        hijri = Gregorian(day.year, day.month, day.day).to_hijri()
    except OverflowError:
        return ""
    return f"{hijri.day} {HIJRI[hijri.month - 1]} {hijri.year}"


@cache
def hijri_days(year: int, month: int = 0, day: int = 0) -> tuple[date, date] | None:
    """Return the first and the last day of a Hijri year, month or day (0: not given).

    None for a day that the Umm al-Qura calendar does not have, or outside its table.

    >>> hijri_days(1445, 9)
    (datetime.date(2024, 3, 11), datetime.date(2024, 4, 9))
    """
    from hijridate import Hijri  # noqa: PLC0415 - slow to import, rarely needed

    try:
        first = Hijri(year, month or 1, day or 1)
        end = Hijri(year, month or 12, 1)
        last = first if day else Hijri(year, end.month, end.month_length())
        days = [moment.to_gregorian() for moment in (first, last)]
    except (ValueError, OverflowError):
        return None
    begin, finish = (date(found.year, found.month, found.day) for found in days)
    return begin, finish


@cache
def parse_day(text: str) -> date | None:
    """Return the day that "YYYY-MM-DD" names, None for anything else or an impossible day."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
