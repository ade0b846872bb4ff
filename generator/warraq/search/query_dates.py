"""The dates in what a reader types: «أيار 2024», «11/3/2025», «صيف 2012», «أمس», «رمضان 1445».

A query is a dozen words without a sentence around them, so this is not the importer's grammar of
dates: a year or a month may stand alone, and a word that is more than a month («آب», «مارس»,
«رمضان») is a date only with a day or year beside it, or if it is all that was typed.

The week begins on Saturday, as CLDR has it for most Arab countries. A season is the whole months of
that year which are in it. client/dates.js is the twin; tests/golden/understanding.json ties them.
"""

import calendar
import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from warraq.base.arabic import ARABIC_LETTERS, DIGIT, IGNORED, fold, is_arabic
from warraq.base.days import WEEKDAYS, hijri_days
from warraq.base.month_names import GREGORIAN_SPELLINGS, HIJRI_SPELLINGS


class Days(NamedTuple):
    """Days from `first` to `last`, ISO and as precise as they are known, "" where open.

    With `every`, only those that begin with one of its "MM" or "MM-DD", Hijri if `is_hijri`.
    """

    first: str = ""
    last: str = ""
    every: tuple[str, ...] = ()
    is_hijri: bool = False


class FoundDate(NamedTuple):
    """A date in a query, its range in code points.

    `is_bare`: a year and nothing more, which may be a number. `is_weak`: «today» or a month that is
    a word of many names. Neither is sure to be meant as a date of publication.
    """

    start: int
    end: int
    days: Days
    is_bare: bool = False
    is_weak: bool = False


class Lexeme(NamedTuple):
    """A word, a number or a mark: folded, its range, and whether a space stands before it."""

    kind: str
    text: str
    start: int
    end: int
    is_spaced: bool


BLANK = "\\x00-\\x20\\x7f-\\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
_LEXEME = re.compile(
    f"(?P<space>[{BLANK}]+)"
    f"|(?P<word>[{ARABIC_LETTERS}][{ARABIC_LETTERS}{IGNORED}]*|[{_LATIN}][{_LATIN}{IGNORED}]*)"
    f"|(?P<number>{DIGIT}+)"
    f"|(?P<mark>[^{IGNORED}])"
)
# The text of a mark that stands for what is no part of a sentence: `-word`, `name:value`.
HIDDEN = "\n"

_OPENING = frozenset("([{«\"“”„'‘،,;؛" + HIDDEN)  # may touch a number from before
_CLOSING = frozenset(")]}»\"“”'’;؛؟?!…" + HIDDEN)
_STOPS = frozenset(".,،:-–—")  # may too, unless they go on to another number
_DASHES = frozenset("-–—")
_PARTICLES = frozenset("وفبلك")


def _words(text: str) -> frozenset[str]:
    return frozenset(map(fold, text.split()))


_YEAR_WORDS = _words("عام العام لعام بعام للعام سنة السنة لسنة للسنة بسنة year")
_MONTH_WORDS = _words("شهر لشهر بشهر")
_LEADS = _words("يوم ليوم بتاريخ تاريخ " + " ".join(WEEKDAYS))
_AROUND = _words("قبل بعد حتى before after until")  # what is then, not when it was told of
_SINCE = _words("منذ since")
_UNTIL = _words("إلى حتى to until till")
_BETWEEN = _words("بين مابين between")
_FROM = _BETWEEN | _SINCE | _words("من from")
# A part of a year or month is all of it: nobody agrees which months «مطلع 2024» are.
_PARTS = _words("مطلع أوائل مستهل بداية بدايات منتصف أواسط أواخر نهاية نهايات ختام early mid late")
_HIJRI_ERA = _words("ه هجري هجرية للهجرة")
_ERA = _words("م ميلادي ميلادية للميلاد")
_ORDINAL = _words("st nd rd th")
# What bears a number («القرار 1973»), and what is counted («2000 شخص»).
_NUMBERED = _words("""
    رقم عدد العدد قرار القرار المادة مادة بند البند صفحة الصفحة المجلد الجزء قناة غرفة رحلة الرحلة
    طراز موديل خط طريق no number page
""")
_COUNTED = _words("""
    شخص شخصا قتيل قتيلا جريح جريحا شهيد شهيدا أسير أسيرا مصاب مصابا نازح نازحا لاجئ لاجئا مهاجر
    مهاجرا عامل عاملا موظف موظفا طالب طالبا جندي جنديا عائلة أسرة منزل وحدة طن طنا كيلو كم كيلومتر
    كيلومترا متر مترا هكتار دونم برميل ميغاواط دولار دولارا يورو ليرة ريال درهم دينار جنيه ألف
    مليون مليار سنة عام عاما يوم يوما ساعة مرة ضحية وفاة إصابة حالة وظيفة مدني مدنيا مواطن مواطنا
    متظاهر متظاهرا معتقل معتقلا سجين سجينا مقاتل مقاتلا مسلح مسلحا مسافر مسافرا سائح سائحا حاج حاجا
    طفل طفلا رجل رجلا امرأة معلم معلما طبيب طبيبا ناخب ناخبا نسمة سيارة شاحنة حافلة دبابة طائرة
    سفينة صاروخ صاروخا قذيفة شقة خيمة مسكن مسكنا قرية قطعة نسخة شجرة لتر لترا غرام كيلوغرام
    كيلوغراما فدان فدانا درجة نقطة مقعد مقعدا صوت صوتا cars jobs cases deaths workers children
    soldiers people dollars euros
""")
# Streets, squares and movements are named after days: «شارع 26 يوليو».
_BEARERS = _words(
    "شارع ميدان ساحة جسر كوبري حي محور جامعة مدرسة مستشفى ملعب استاد ثورة حركة حزب لواء"
)
_SEASONS = {
    fold(name): months
    for names, months in (
        ("ربيع spring", (3, 4, 5)),
        ("صيف summer", (6, 7, 8)),
        ("خريف autumn", (9, 10, 11)),
        ("شتاء winter", (1, 2, 12)),
    )
    for name in names.split()
}
_ORDINALS = {
    **{
        fold(name): number
        for number, name in enumerate(
            "الأول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر".split(), 1
        )
    },
    fold("الحادي"): 1,
    "العشرين": 20,
    "العشرون": 20,
    "الثلاثين": 30,
    "الثلاثون": 30,
}
_TENS = {"عشر": 10, "والعشرين": 20, "والعشرون": 20, "والثلاثين": 30, "والثلاثون": 30}
_WEEKDAYS = tuple(map(fold, WEEKDAYS))
_DAYS_BACK = {
    **dict.fromkeys(("امس الاول", "اول امس"), 2),
    **dict.fromkeys(("امس", "البارحه", "yesterday"), 1),
}
_TODAY = _words("اليوم today")
_UNITS = {
    **dict.fromkeys(("الاسبوع", "week"), "week"),
    **dict.fromkeys(("الشهر", "month"), "month"),
    **dict.fromkeys(("العام", "السنه", "year"), "year"),
}
_PAST = _words("الماضي الماضية المنصرم المنصرمة الفائت الفائتة الفايت الفايتة السابق السابقة last")
_NOW = _words("الجاري الجارية الحالي الحالية")
# They tell who holds an office too: «مدير مستشفى رمضان السابق».
_OFFICES = _words("السابق السابقة الحالي الحالية")
_THIS = _words("هذا هذه this")
_HOLY = _words("المبارك الكريم الفضيل المعظم")
# Names and words that are months too; those of other alphabets all are («May», «Mars»).
_DOUBTFUL = _words("آب مارس ماي مايس جوان محرم المحرم صفر رجب شعبان رمضان شوال")
# Behind a Latin word, unless it leads to a day, perhaps no month: «Theresa May 2018».
_NAMES = _words("may mai mar mars march jan")
_LEADING = _words(
    "in of on since until till to from between by before after during early late mid and or"
)
_ZERO = "صفر"  # a month only with its year
_YEARS = range(1800, 2100)
# Before them the printed calendars had months of 28 and of 31 days; after them there is none.
HIJRI_YEARS = range(1365, 1501)


def lexemes(text: str) -> list[Lexeme]:
    """Return the words, numbers and marks of `text`, any text; linear in its length."""
    found = []
    is_spaced = False
    for match in _LEXEME.finditer(text):
        kind = match.lastgroup or ""
        if kind != "space":
            written = match[0] if kind == "mark" else fold(match[0])
            found.append(Lexeme(kind, written, match.start(), match.end(), is_spaced))
        is_spaced = kind == "space"
    return found


def dates_in(found: Sequence[Lexeme], today: date | None) -> list[FoundDate]:
    """Return the dates that `found` names, in order; «أمس» is no date if `today` is not known."""
    return _Reader(found, today).dates()


def days_of(text: str, today: date | None, *, any_year: bool = False) -> Days | None:
    """Return the days that `text` names if it is one date and nothing else.

    None for a date of no year, unless such days of `any_year` will do.

    >>> days_of("2025-03", None)
    Days(first='2025-03', last='2025-03', every=(), is_hijri=False)
    >>> days_of("القاهرة", None)
    """
    found = lexemes(text)
    dates = dates_in(found, today)
    if len(dates) != 1 or (dates[0].days.every and not any_year):
        return None
    is_whole = (dates[0].start, dates[0].end) == (found[0].start, found[-1].end)
    return dates[0].days if is_whole else None


def date_ahead(text: str, today: date | None, *, any_year: bool = False) -> tuple[int, Days] | None:
    """Return where the date ends that `text` begins with, and its days; None if «إلى» is in it.

    >>> date_ahead("أيار 2024 حلب", None)
    (9, Days(first='2024-05', last='2024-05', every=(), is_hijri=False))
    """
    found = lexemes(text)
    for first in dates_in(found, today)[:1]:
        is_span = any(word in _UNTIL and start < first.end for _, word, start, *_ in found)
        if found[0].start == first.start and not is_span and (any_year or not first.days.every):
            return first.end, first.days
    return None


class _Month(NamedTuple):
    end: int
    number: int
    is_hijri: bool
    name: str  # as the table has it

    @property
    def is_doubtful(self) -> bool:
        """Whether its name may be another word, as all may in other alphabets («May»)."""
        return self.name in _DOUBTFUL or not is_arabic(self.name)


class _Date(NamedTuple):
    """What was read up to the lexeme `end`: parts (0 for none), or `days` at once.

    Not `is_possible`: it looks like a date, and there is no such day. `is_doubtful`: it is none if
    anything else was typed. `is_weak` as in FoundDate.
    """

    end: int
    year: int = 0
    month: int = 0
    day: int = 0
    is_hijri: bool = False
    days: Days | None = None
    is_possible: bool = True
    is_doubtful: bool = False
    is_weak: bool = False


@cache
def _month_names() -> dict[str, tuple[int, bool]]:
    """Return the lexemes of a name, a space between them → (month, whether it is Hijri)."""
    return {
        " ".join(lexeme.text for lexeme in lexemes(name)): (number, is_hijri)
        for is_hijri, table in ((False, GREGORIAN_SPELLINGS), (True, HIJRI_SPELLINGS))
        for number, names in table.items()
        for name in names.split("|")
    }


class _Reader:
    """Reads the dates of one query. Places are numbers of lexemes; any place may be asked for."""

    def __init__(self, found: Sequence[Lexeme], today: date | None) -> None:
        self.all = found
        self.today = today

    def dates(self) -> list[FoundDate]:
        dates = []
        at = 0
        while at < len(self.all):
            read = self._range(at) or self._single(at)
            if read and read.days:
                start, end = self.all[at].start, self.all[read.end - 1].end
                is_bare = bool(read.year) and not read.month and not read.is_hijri
                dates.append(FoundDate(start, end, read.days, is_bare, read.is_weak))
            at = read.end if read else at + 1
        return dates

    # --- what stands at a place ---

    def _text(self, at: int, kind: str) -> str:
        is_there = 0 <= at < len(self.all) and self.all[at].kind == kind
        return self.all[at].text if is_there else ""

    def _word(self, at: int) -> str:
        return self._text(at, "word")

    def _mark(self, at: int) -> str:
        return self._text(at, "mark")

    def _number(self, at: int, *digits: int) -> int:
        """Return the number at `at` if it has so many digits, else -1."""
        text = self._text(at, "number")
        return int(text) if text and len(text) in digits else -1

    def _touches(self, at: int) -> bool:
        """Whether there is no space before the lexeme at `at`, and there is such a lexeme."""
        return 0 < at < len(self.all) and not self.all[at].is_spaced

    def _is_apart(self, at: int, end: int) -> bool:
        """Whether the lexemes from `at` to `end` are no part of something longer, as in «F-16»."""
        if self.all[at].kind == "number" and self._touches(at):
            before = self.all[at - 1]
            if before.text not in (_PARTICLES if before.kind == "word" else _OPENING):
                return False
        if self.all[end - 1].kind != "number" or not self._touches(end):
            return True
        after = self.all[end]
        return after.text in _CLOSING or (after.text in _STOPS and not self._touches(end + 1))

    def _is_all(self, at: int, end: int) -> bool:
        """Whether nothing but marks stands before `at` and from `end` on."""
        return all(lexeme.kind == "mark" for lexeme in (*self.all[:at], *self.all[end:]))

    # --- a range, or one date ---

    def _range(self, at: int) -> _Date | None:
        is_led = self._word(at) in _FROM
        start = at + is_led
        first = self._core(start) or self._bare_day(start)
        if not first or not first.is_possible or (first.days and not is_led):
            return None
        then = self._second(first, is_between=self._word(at) in _BETWEEN)
        last = self._core(then) if then else None
        if not last or not last.is_possible or (last.days and not is_led):
            return None
        if not self._is_apart(at, last.end):
            return None
        is_told = first.days or last.days
        days = _days_around(first, last) if is_told else self._days_within(first, last)
        return _Date(last.end, days=days) if days and days.first <= days.last else None

    def _days_within(self, first: _Date, last: _Date) -> Days | None:
        """Return the days of «5-10 آب 2024», whose first date leaves out what the last one says."""
        if first.is_hijri != last.is_hijri or (not first.month and first.day and not last.day):
            return None
        if self._mark(first.end) == "/" and last.year != first.year + 1:
            return None
        first = first._replace(
            year=first.year or last.year,
            month=first.month or (last.month if first.day else 0),
        )
        return _days_between(first, last) if last.year else None

    def _second(self, first: _Date, *, is_between: bool) -> int:
        """Return where the second date of a range begins, 0 if there is none."""
        at = first.end
        if is_between and self._word(at).startswith("و"):
            return at + (self._word(at) == "و")
        is_season = not first.month and not first.day and self._mark(at) == "/"
        if self._word(at) in _UNTIL or self._mark(at) in _DASHES or is_season:
            return at + 1
        return at + 2 if self._mark(at) == self._mark(at + 1) == "." else 0

    def _bare_day(self, at: int) -> _Date | None:
        """Return the 5 of «5-10 آب»."""
        day = self._number(at, 1, 2)
        return _Date(at + 1, day=day) if 1 <= day <= 31 else None

    def _single(self, at: int) -> _Date | None:
        is_since = self._word(at) in _SINCE
        read = self._alone(at + is_since)
        if not read or not read.days:
            return read
        if self._word(at - 1) in _AROUND:
            return _Date(read.end, is_possible=False)
        if is_since:
            return _Date(read.end, days=read.days._replace(last="")) if read.days.first else None
        return read

    def _alone(self, at: int) -> _Date | None:
        """Return one date, led by its day of the week or the like."""
        start = at
        while start < at + 3 and self._word(start) in _LEADS and self._word(start + 1) not in _PAST:
            start += 1
        read = self._core(start)
        if not read or not self._is_apart(start, read.end):
            return None
        is_day = read.day or (read.days and read.days.first == read.days.last)
        if start > at and not is_day:
            return None
        if read.is_doubtful and not self._is_all(at, read.end):
            return None
        is_read = read.days or not read.is_possible
        return read if is_read else read._replace(days=_days_between(read, read))

    def _core(self, at: int) -> _Date | None:
        return (
            self._part(at)
            or self._numeric(at)
            or self._season(at)
            or self._past_season(at)
            or self._relative(at)
            or self._named(at)
            or self._yearly(at)
        )

    # --- one way of writing each ---

    def _part(self, at: int) -> _Date | None:
        """Return the year or month of «مطلع 2024», «أواخر أيار 2019»."""
        is_part = self._word(at) in _PARTS and self._word(at + 1) not in _PARTS
        read = self._core(at + 1) if is_part else None
        if read and read.days:
            is_long = read.days.first != read.days.last or len(read.days.first) < len("2024-05-01")
        else:
            is_long = bool(read and read.year and not read.day)
        return read if is_long else None

    def _numeric(self, at: int) -> _Date | None:
        """Return «11/3/2025», «2025-03-11», «3/2025»: day first, unless only months have it so."""
        mark = self._mark(at + 1)
        if mark not in {"/", "-", "."} or (mark != "/" and not self._join(at)):
            return None
        first, second, third = (self._number(at + n, 1, 2, 4) for n in (0, 2, 4))
        if self._mark(at + 3) == mark and third >= 0 and (mark == "/" or self._join(at + 2)):
            years_first = self._number(at, 4) >= 0
            if years_first == (self._number(at + 4, 4) >= 0):
                return None
            year, day = (first, third) if years_first else (third, first)
            return self._on_day(at + 5, year, second, day)
        if mark == "." or (self._touches(at + 3) and self._mark(at + 3) in {"/", "-", "."}):
            return None
        years_first = self._number(at, 4) >= 0
        year, month = (first, second) if years_first else (second, first)
        is_month = year in _YEARS and 1 <= month <= 12
        return _Date(at + 3, year, month) if is_month else None

    def _join(self, at: int) -> bool:
        """Whether the three lexemes from `at` on are written without spaces."""
        return self._touches(at + 1) and self._touches(at + 2)

    def _on_day(self, end: int, year: int, month: int, day: int) -> _Date:
        if month > 12 >= day:
            month, day = day, month
        is_hijri = year in HIJRI_YEARS
        end += self._word(end) in (_HIJRI_ERA if is_hijri else _ERA)
        return _checked(_Date(end, year, month, day, is_hijri))

    def _season(self, at: int) -> _Date | None:
        months = _SEASONS.get(self._word(at))
        if not months:
            return None
        place = at + 1 + (self._word(at + 1) in _YEAR_WORDS)
        year = self._number(place, 4)
        if year not in _YEARS:
            return None
        is_next = self._mark(place + 1) in {"-", "/"} and self._number(place + 2, 4) == year + 1
        if months[-1] == 12 and is_next:
            return _Date(place + 3, days=Days(f"{year}-12", f"{year + 1}-02"))
        if months[-1] == 12:
            every = tuple(f"{month:02}" for month in months)
            return _Date(place + 1, days=Days(f"{year}", f"{year}", every))
        return _Date(place + 1, days=Days(f"{year}-{months[0]:02}", f"{year}-{months[-1]:02}"))

    def _past_season(self, at: int) -> _Date | None:
        """Return «الصيف الماضي»."""
        word = self._word(at)
        months = _SEASONS.get(word[2:]) if word.startswith("ال") else None
        if not months or not self.today or self._word(at + 1) not in _PAST:
            return None
        return _Date(at + 2, days=_last_season(months, self.today))

    def _relative(self, at: int) -> _Date | None:
        """Return what is told from `today`: «أمس», «الأسبوع الماضي», «هذا الشهر»."""
        if not self.today:
            return None
        word, then = self._word(at), self._word(at + 1)
        for end, said in ((at + 2, f"{word} {then}"), (at + 1, word)):
            if back := _DAYS_BACK.get(said):
                return _on(end, self.today - timedelta(back))
        if word in _TODAY:
            return self._this_day(at, self.today)
        if word in _WEEKDAYS and then in _PAST:
            weekday = _WEEKDAYS.index(word)
            return _on(at + 2, self.today - timedelta((self.today.weekday() - weekday - 1) % 7 + 1))
        unit, said = (_UNITS.get(word), then) if word in _UNITS else (_UNITS.get(then), word)
        if not unit or said not in _PAST | _NOW | _THIS:
            return None
        return _Date(at + 2, days=_unit(unit, self.today, int(said in _PAST)))

    def _this_day(self, at: int, today: date) -> _Date | None:
        """Return «اليوم» at the end of a query, less «روسيا اليوم», which is a name."""
        if self._word(at - 1) in _THIS:  # «في مثل هذا اليوم»
            return None
        words = sum(lexeme.kind == "word" for lexeme in self.all[:at])
        is_last = all(lexeme.kind == "mark" for lexeme in self.all[at + 1 :])
        return _on(at + 1, today)._replace(is_weak=True) if is_last and words != 1 else None

    def _named(self, at: int) -> _Date | None:
        """Return a date with a month's name: «5 آب 2020», «أيار/مايو 2024», «May 5, 2024»."""
        day, start = self._day_before(at)
        is_said = self._word(start) in _MONTH_WORDS
        month = self._month(start + is_said)
        if not month:
            return None
        end = self._twin(month)
        end += month.is_hijri and self._word(end) in _HOLY
        toward = self._word(end)
        is_office = month.is_hijri and toward in _OFFICES
        if self.today and toward in _PAST | _NOW and not is_office:
            ours, current = (
                _hijri_month(self.today) if month.is_hijri else self.today.timetuple()[:2]
            )
            year = ours - (toward in _PAST and month.number >= current)
            read = _Date(end + 1, year, month.number, max(day, 0), month.is_hijri)
            return _checked(read, is_day=day >= 0)
        if day < 0:
            day, end = self._day_after(month, end)
        year, end = self._year(end, is_hijri=month.is_hijri)
        if not year and month.name == _ZERO:
            return None
        if not year and day >= 0 and self._word(at - 1) in _BEARERS:
            return _Date(end, is_possible=False)
        if not year and day < 0:
            year = self._year_to_come(end, is_hijri=month.is_hijri)
        read = _Date(end, year, month.number, max(day, 0), month.is_hijri)
        if month.is_hijri and year in _YEARS:
            read = _in_year(read)
        is_doubtful = month.is_doubtful and not is_said and not year and day < 0
        is_weak = month.name in _NAMES and day < 0 and self._is_latin_name(at - 1)
        read = _checked(read, is_day=day >= 0)
        return read._replace(is_doubtful=is_doubtful, is_weak=is_weak)

    def _year_to_come(self, end: int, *, is_hijri: bool) -> int:
        """Return the year of the next of several months, 0 if none: «أيار وحزيران 2024»."""
        year = 0
        while not year:
            is_apart = self._word(end) in {"و", "او"} or self._mark(end) in {",", "،"}
            month = self._month(end + is_apart)
            if not month or month.is_hijri != is_hijri:
                return 0
            if not is_apart and not self._word(end).startswith("و"):
                return 0
            year, end = self._year(self._twin(month), is_hijri=is_hijri)
        return year

    def _is_latin_name(self, at: int) -> bool:
        word = self._word(at)
        return "a" <= word[:1] < "ء" and word not in _LEADING

    def _day_before(self, at: int) -> tuple[int, int]:
        """Return the day of the month before a month's name, -1 if none; where the name begins."""
        day, start = self._number(at, 1, 2), at + 1
        if self._word(at) in _ORDINALS:
            tens = _TENS.get(self._word(start), 0)
            day, start = _ORDINALS[self._word(at)] + tens, start + bool(tens)
        if day < 0:
            return -1, at
        if self._word(at - 1) in _NUMBERED:
            return -1, len(self.all)
        start += self._word(start) in _ORDINAL and self._touches(start)
        start += self._mark(start) in {"-", "/", ",", "،"} or self._word(start) in {"من", "of"}
        return day, start

    def _day_after(self, month: _Month, end: int) -> tuple[int, int]:
        """Return the day after a month's name, -1 if none, and the end."""
        day = self._number(end, 1, 2)
        if not 1 <= day <= 31:
            return -1, end
        then = end + 1
        then += self._word(then) in _ORDINAL and self._touches(then)
        then += self._mark(then) in {",", "،"}
        if self._number(then, 4) in _YEARS:
            return day, then
        return (day, end + 1) if not is_arabic(month.name) else (-1, end)

    def _twin(self, month: _Month) -> int:
        """Return the end of «أيار/مايو» or «أيار (مايو)», which are one month twice."""
        mark = self._mark(month.end)
        other = self._month(month.end + (mark in {"/", "-", "("}))
        if not other or other[1:3] != month[1:3]:
            return month.end
        return other.end + (mark == "(" and self._mark(other.end) == ")")

    def _month(self, at: int) -> _Month | None:
        """Return the month whose name begins at `at`, particles before it allowed."""
        word = self._word(at)
        if not word:
            return None
        after = self._word(at + 1) or self._text(at + 1, "number")
        is_joined = len(word) > 3 and word[0] in _PARTICLES
        for start in (word, word[1:]) if is_joined else (word,):
            for end, name in ((at + 2, f"{start} {after}"), (at + 1, start)):
                if known := _month_names().get(name):
                    month = _Month(end, *known, name)
                    if start == word or not month.is_doubtful:
                        return month
        return None

    def _year(self, at: int, *, is_hijri: bool) -> tuple[int, int]:
        """Return the year after a month's name, 0 if none, and the end."""
        place = at
        mark = self._mark(at)
        if mark in {"/", ",", "،"} or (mark == "-" and self._touches(at) and self._touches(at + 1)):
            place += 1
        place += self._word(place) == "من"
        place += self._word(place) in _YEAR_WORDS
        year = self._number(place, 4)
        if is_hijri and year in HIJRI_YEARS:
            return year, place + 1 + (self._word(place + 1) in _HIJRI_ERA)
        if year in _YEARS:
            return year, place + 1 + (self._word(place + 1) in _ERA)
        return 0, at

    def _yearly(self, at: int) -> _Date | None:
        """Return a year by itself."""
        is_said = self._word(at) in _YEAR_WORDS
        place = at + is_said
        year = self._number(place, 4)
        before, after = self._word(at - 1), self._word(place + 1)
        if before in _YEAR_WORDS:
            return None
        if year in HIJRI_YEARS and (is_said or after in _HIJRI_ERA):
            end = place + 1 + (after in _HIJRI_ERA)
            return _Date(end, year, is_hijri=True)
        if year not in _YEARS:
            return None
        if not is_said and (before in _NUMBERED or after in _COUNTED):
            return None
        return self._month_of(year, place + 1) or _Date(place + 1 + (after in _ERA), year)

    def _month_of(self, year: int, at: int) -> _Date | None:
        """Return the month of a year that stands before it, as in «2024 مايو» and «2024/مايو»."""
        mark = self._mark(at)
        is_joined = mark == "-" and self._touches(at) and self._touches(at + 1)
        start = at + (mark in {"/", ",", "،"} or is_joined)
        month = self._month(start)
        if not month or month.is_doubtful or month.name.split()[0] != self._word(start):
            return None
        read = self._named(start)
        if not read or read.year or read.day:
            return None
        return _in_year(read._replace(year=year)) if month.is_hijri else read._replace(year=year)


def _on(end: int, day: date) -> _Date:
    return _Date(end, days=Days(day.isoformat(), day.isoformat()))


def _unit(unit: str, today: date, back: int) -> Days:
    """Return this week, month or year, or the one before it."""
    if unit == "week":
        saturday = today - timedelta((today.weekday() + 2) % 7 + 7 * back)
        return Days(saturday.isoformat(), (saturday + timedelta(6)).isoformat())
    if unit == "year":
        return Days(f"{today.year - back:04}", f"{today.year - back:04}")
    months = today.year * 12 + today.month - 1 - back
    month = f"{months // 12:04}-{months % 12 + 1:02}"
    return Days(month, month)


def _last_season(months: tuple[int, int, int], today: date) -> Days:
    """Return the last one that is over; a winter lies in two years."""
    begin, _, end = months
    is_winter = end == 12
    year = today.year - ((2 if is_winter else end) >= today.month)
    if is_winter:
        return Days(f"{year - 1:04}-12", f"{year:04}-02")
    return Days(f"{year:04}-{begin:02}", f"{year:04}-{end:02}")


def _hijri_month(today: date) -> tuple[int, int]:
    """Return the Hijri year and month; 0 and a month after all others outside of the calendar."""
    first, stop = today.year - 581, today.year - 575
    for year in range(max(first, HIJRI_YEARS.start), min(stop, HIJRI_YEARS.stop)):
        for month in range(1, 13):
            days = _hijri_days(year, month, 0)
            if days and days[0] <= today <= days[1]:
                return year, month
    return 0, 13


def _hijri_days(year: int, month: int, day: int) -> tuple[date, date] | None:
    return hijri_days(year, month, day) if year in HIJRI_YEARS else None


def _in_year(read: _Date) -> _Date:
    """Return a Hijri date with the Hijri year in which it falls into the Gregorian `read.year`."""
    for year in range(read.year - 583, read.year - 575):
        days = _hijri_days(year, read.month, read.day)
        if days and days[0].year == read.year:
            return read._replace(year=year)
    return read._replace(year=0, is_possible=False)


def _checked(read: _Date, *, is_day: bool = True) -> _Date:
    """Return `read`, not possible if its calendar has no such day."""
    if read.is_hijri:
        is_right = 1 <= read.month <= 12 and read.day <= 30
        is_right = is_right and (not read.year or bool(_hijri_days(*read[1:4])))
    else:
        is_right = (not read.year or read.year in _YEARS) and 1 <= read.month <= 12
        is_right = is_right and read.day <= calendar.monthrange(read.year or 2000, read.month)[1]
    return read._replace(is_possible=read.is_possible and is_right and (read.day > 0 or not is_day))


def _days_between(first: _Date, last: _Date) -> Days | None:
    """Return the days from `first` to `last`, which may be one and the same."""
    if not first.year:
        day = f"-{first.day:02}" if first.day else ""
        return Days(every=(f"{first.month:02}{day}",), is_hijri=first.is_hijri)
    if not first.is_hijri:
        return Days(_iso(first[1:4]), _iso(last[1:4]))
    begin, end = _hijri_days(*first[1:4]), _hijri_days(*last[1:4])
    return Days(begin[0].isoformat(), end[1].isoformat()) if begin and end else None


def _days_around(first: _Date, last: _Date) -> Days | None:
    """Return the days from the first of some to the last of others, some told from the reader's."""
    begin, end = (
        read.days or (_days_between(read, read) if read.year else None) for read in (first, last)
    )
    is_known = begin and end and begin.first and end.last and not begin.every and not end.every
    return Days(begin.first, end.last) if begin and end and is_known else None


def _iso(parts: Iterable[int]) -> str:
    return "-".join(f"{part:02}" for part in parts if part)
