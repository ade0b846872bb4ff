"""Words, counts and dates in the site's language, digits and month names.

Words come from words/<language>.yaml of the theme, a site's own file of that name laid over it.
No clock and no locale is read.
"""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Literal, get_args

import msgspec

from warraq.base import days
from warraq.base.config import SiteConfig
from warraq.base.edtf import parse
from warraq.base.marked_yaml import compose, plain
from warraq.base.zones import local
from warraq.model import Basis, Card, CitedKind, DateStatus, FlagKind, Meaning, Moment, OutletType
from warraq.render.vague import in_words, is_plain

Words = Mapping[str, object]

# The codes of front matter that have words, by the prefix of the words' codes.
Family = Literal["basis", "meaning", "cited", "outlet", "flag"]
CODES: dict[Family, tuple[str, ...]] = {
    "basis": get_args(Basis),
    "meaning": get_args(Meaning),
    "cited": get_args(CitedKind),
    "outlet": get_args(OutletType),
    "flag": get_args(FlagKind),  # no page shows them so far
}

_META = re.compile(r"meta \S+")
_RIGHT_TO_LEFT = {"ar", "arc", "ckb", "dv", "fa", "he", "ku", "nqo", "ps", "sd", "syr", "ug", "ur"}
_GAP = re.compile(r"\{(\w+)\}")
_FIRST_FORMS = {0: "zero", 1: "one", 2: "two"}  # of Arabic
_ARABIC_SEPARATORS = str.maketrans({",": "٬", ".": "٫"})


class When(msgspec.Struct, frozen=True, omit_defaults=True):
    """A date to show. `iso` is "" when nothing of it is known; `note` says what is not known.

    `status` is the certainty, `badge` its word; `machine` is what a <time datetime> may hold.
    """

    text: str
    short: str
    iso: str = ""
    hijri: str = ""
    status: DateStatus = "unknown"
    badge: str = ""
    note: str = ""


@cache
def direction(lang: str) -> str:
    """Return "rtl" or "ltr" for a language tag.

    >>> direction("ar-SY"), direction("en")
    ('rtl', 'ltr')
    """
    return "rtl" if lang.partition("-")[0] in _RIGHT_TO_LEFT else "ltr"


def word_of(family: Family, code: str) -> str:
    """Return the code under which a code of front matter is worded.

    >>> word_of("basis", "date class"), word_of("meaning", "text-differs")
    ('basis_date_class', 'meaning_text_differs')
    """
    return f"{family}_{re.sub('[ -]', '_', code)}"


def languages_of(lang: str) -> tuple[str, ...]:
    """Return the languages whose words a site in `lang` reads, the later over the earlier."""
    return tuple(dict.fromkeys(("en", lang.partition("-")[0])))


def gaps_in(text: str) -> list[str]:
    """Return the names of the gaps in words.

    >>> gaps_in("{count} of {name}")
    ['count', 'name']
    """
    return _GAP.findall(text)


def load_words(lang: str, folders: tuple[Path, ...]) -> dict[str, object]:
    """Return the words of `lang`: the later of `folders` (theme, site) win, English fills gaps.

    Raises WarraqError with file and line for a file that is no YAML mapping.
    """
    words: dict[str, object] = {}
    for language in languages_of(lang):
        for folder in folders:
            file = folder / "words" / f"{language}.yaml"
            if file.is_file():
                root = compose(file.read_text("utf-8"), f"{folder.name}/words/{file.name}")
                loaded = plain(root) if root else {}
                words |= loaded if isinstance(loaded, dict) else {}
    return words


class Wording:
    """The words of one site. Made once from its settings and words; read-only."""

    def __init__(self, config: SiteConfig, words: Words) -> None:
        """Keep the settings and the words, code → text or plural forms."""
        self.config = config
        self.words = words
        self.day = lru_cache(1 << 14)(self._day)  # an archive's days recur on many pages
        self.short_day = lru_cache(1 << 14)(self._short_day)
        self.month_of = lru_cache(1 << 12)(self._month_of)
        self.moment = lru_cache(1 << 12)(self._moment)  # as above

    def text(self, code: str, **gaps: str) -> str:
        """Return the words of `code`, its gaps filled. KeyError: a code without words is a bug."""
        text = self.words[code]
        if not isinstance(text, str):
            raise KeyError(code)
        return _filled(text, gaps) if gaps else text

    def titled(self, card: Card) -> str:
        """Return a headline for where nothing but words can mark it: one retracted says so."""
        is_retracted = card.standing == "retracted"
        return self.text("retracted_title", title=card.title) if is_retracted else card.title

    def coded(self, family: Family, value: str) -> str:
        """Return the words of a code in front matter; an editor's own text unchanged."""
        code = "meta" if family == "basis" and _META.fullmatch(value) else value
        return self.text(word_of(family, code)) if code in CODES[family] else value

    def count(self, code: str, number: int) -> str:
        """Return a counted noun, in the plural form the language wants for `number`."""
        forms = self.words[code]
        if not isinstance(forms, dict):
            raise KeyError(code)
        form = forms.get(self._plural(number)) or forms["other"]
        return _filled(str(form), {"n": self.number(number)})

    def nth(self, code: str, index: int, **gaps: str) -> str:
        """Return the words at `index` (from 0) of a list, its gaps filled."""
        texts = self.words[code]
        if not isinstance(texts, list):
            raise KeyError(code)
        return _filled(str(texts[index]), gaps)

    def number(self, number: int) -> str:
        """Return `number` in the site's digits, thousands apart."""
        text = f"{number:,}"
        if self.config.digits == "arab":
            return days.digits(text.translate(_ARABIC_SEPARATORS), "arab")
        return text

    def digits(self, text: str) -> str:
        """Return `text` with its digits in the site's set."""
        return days.digits(text, self.config.digits)

    def joined(self, parts: tuple[str, ...] | list[str]) -> str:
        """Return `parts` as one enumeration."""
        return self.text("list_separator").join(parts)

    def month(self, month: int) -> str:
        """Return the name of a month, 1 to 12."""
        names = self.words.get("months")
        if isinstance(names, list):
            return str(names[month - 1])
        return days.month_name(month, self.config.months)

    def _month_of(self, year: int, month: int = 0) -> str:
        """Return "month year", or the year alone for month 0."""
        if not month:
            return self.digits(str(year))
        text = self.text("month_pattern", month=self.month(month), year=str(year))
        return self.digits(text)

    def weekday(self, day: date) -> str:
        """Return the name of the weekday of `day`."""
        names = self.words.get("weekdays")
        return str(names[day.weekday()]) if isinstance(names, list) else days.day_name(day)

    def weekday_letters(self, day: date) -> str:
        """Return the weekday of `day` as a calendar's column head has room for."""
        letters = self.words["weekday_letters"]
        return str(letters[day.weekday()]) if isinstance(letters, list) else ""

    def _day(self, day: date) -> str:
        """Return weekday, day, month and year."""
        return self._dated("date_pattern", day)

    def _short_day(self, day: date) -> str:
        """Return day, month and year."""
        return self._dated("date_short", day)

    def _moment(self, moment: Moment, *, status: DateStatus = "exact") -> When:
        """Return a known day, with its hour if that is known, as pages show it."""
        text = self.day(moment.day)
        if moment.clock:
            clock = self.digits(moment.clock[:5])
            text = self.text("clock_pattern", date=text, clock=clock)
        return When(
            text=text,
            short=self.short_day(moment.day),
            iso=moment.iso,
            hijri=self.hijri(moment.day),
            status=status,
            badge=self.text(status),
        )

    def stamp(self, iso: str) -> When:
        """Return an ISO 8601 day or moment (as git has it) as pages show it."""
        if not days.parse_day(iso[:10]):
            return When(text=iso, short=iso)
        return self.moment(Moment.of(local(iso, self.config.time_zone)))

    def published(self, card: Card) -> When:
        """Return when `card` was published, as precisely as is known and no more."""
        if card.date:
            return self.moment(card.date, status=card.date_status)
        badge, date_known = self.text(card.date_status), parse(card.edtf)
        if not card.year:
            text = self.edtf(card.edtf) or self.text("undated")
            return When(text=text, short=text, badge=badge, status=card.date_status)
        short = self.month_of(card.year, card.month)
        iso = f"{card.year:04}-{card.month:02}" if card.month else f"{card.year:04}"
        note = self.text("day_unknown" if card.month else "month_unknown")
        text = short
        if date_known and not is_plain(date_known):  # its own words say what is not known
            text, note = self.edtf(card.edtf), ""
        return When(
            text=text, short=short, iso=iso, status=card.date_status, badge=badge, note=note
        )

    def edtf(self, edtf: str) -> str:
        """Return an EDTF date, span or set in words; unchanged if it is none."""
        if len(edtf) > len("2025-10-12T") and edtf[10] == "T":
            return self.stamp(edtf).text
        parsed = parse(edtf)
        return in_words(parsed, self) if parsed else edtf

    def hijri(self, day: date) -> str:
        """Return the Hijri date in words, "" unless the site shows it."""
        text = days.hijri_date(day) if self.config.hijri else ""
        names = self.words.get("hijri_months")
        if text and isinstance(names, list):
            number, _, rest = text.partition(" ")
            month, _, year = rest.rpartition(" ")
            text = f"{number} {names[days.HIJRI.index(month)]} {year}"
        return self.digits(self.text("hijri_pattern", date=text)) if text else ""

    def _dated(self, pattern: str, day: date) -> str:
        text = self.text(
            pattern,
            weekday=self.weekday(day),
            day=str(day.day),
            month=self.month(day.month),
            year=str(day.year),
        )
        return self.digits(text)

    @cached_property
    def _language(self) -> str:
        return self.config.lang.partition("-")[0]

    def _plural(self, number: int) -> str:
        return plural_form(self._language, number)


@cache
def plural_form(language: str, number: int) -> str:
    """Return the form that CLDR's rules want for `number` things in `language`.

    >>> [plural_form("ar", n) for n in (0, 1, 2, 103, 11, 100)]
    ['zero', 'one', 'two', 'few', 'many', 'other']
    """
    if language == "ar":
        last = number % 100
        return _FIRST_FORMS.get(number) or ("many" if last > 10 else "few" if last > 2 else "other")
    if language == "en":
        return "one" if number == 1 else "other"
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - slow to import

    try:
        return Locale.parse(language).plural_form(number)
    except (UnknownLocaleError, ValueError):
        return "one" if number == 1 else "other"


def _filled(text: str, gaps: Mapping[str, str]) -> str:
    pieces = list(_pieces(text))
    pieces[1::2] = [gaps.get(name, f"{{{name}}}") for name in pieces[1::2]]
    return "".join(pieces)


@cache
def _pieces(text: str) -> tuple[str, ...]:
    """Return `text` cut at its gaps: words, gap, words, gap, …, words."""
    return tuple(_GAP.split(text))


def shortened(text: str, limit: int) -> str:
    """Return `text` as one line of at most `limit` code points, cut between words.

    >>> shortened("خبر عاجل من دمشق", 10)
    'خبر عاجل…'
    """
    line = " ".join(text.split())
    return line if len(line) <= limit else line[:limit].rsplit(" ", 1)[0].rstrip("،؛:,") + "…"
