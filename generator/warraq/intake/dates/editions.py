"""Lines that give a month, season or quarter: «العدد 45 – أيار 2010» (issue 45, May 2010).

Magazines date their issues this way, and records of old texts know no more. A line counts as a
whole or not at all, since prose mentions months too.
"""

import re
from datetime import date

from warraq.intake.dates.date_words import HIJRI_MONTHS, MONTHS, ORDINALS
from warraq.intake.dates.phrases import any_of
from warraq.intake.dates.resolution import from_hijri
from warraq.intake.dates.thresholds import DATES
from warraq.intake.text.folding import fold, words

_M, _H, _O = map(any_of, (MONTHS, HIJRI_MONTHS, ORDINALS))
_SEASONS = {"ربيع": 21, "صيف": 22, "خريف": 23, "شتاء": 24}
_QUARTERS = {"الاول": 33, "الثاني": 34, "الثالث": 35, "الرابع": 36}
_AND = r"\s*(?:[-–—/،,(]|\bو(?=\w)|\bالي\b)\s*"
_Y = r"(?:1[89]|20)\d\d"
_K = r"0?[1-9]|1[0-2]"
_OF = r"\s*(?:[-–—/،,]|من|عام|لعام|سنه|لسنه|من عام)?\s*"
_ERA = r"(?:\s*(?:م|ميلادي|ميلاديه))?(?!\w)"
# What names the issue, before or behind the month: numbers, volumes, years of publication.
_NUMBER = rf"(?:\d{{1,5}}(?:\s*[-–/]\s*\d{{1,5}})?|{_O}(?:\s+بعد\s+\w+)?(?:\s+و\w+)?)"
_ISSUE = re.compile(
    r"(?:(?:ال)?(?:عدد|مجلد|جزء|سنه|طبعه|اصدار|نشره)\s*(?:رقم|:|\.)?"
    rf"\s*{_NUMBER}|{_NUMBER}\s*(?:العدد|عدد))(?!\w)"
)
_LABEL = re.compile(
    r"^(?:تاريخ\s+(?:ال)?(?:نشر|صدور|عدد)|نشرت?\s+في|صدرت?\s+في|تاريخ|بتاريخ|شهر|عدد\s+شهر|عدد"
    r"|(?:اوايل|اوائل|بدايه|مطلع|اواسط|منتصف|اواخر|نهايه)(?:\s+شهر)?)"
    r"\s*:?\s*(?=\S)"
)
# «مجلة الوادي | عدد تموز 2014» (al-Wadi magazine | July 2014 issue): the month names the issue.
_OF_MONTH = re.compile(rf"(?<!\w)(?:ال)?عدد\s+(?:شهر\s+)?(?={_M}(?!\w))")
_PAPER = re.compile(r"^(?:مجله|جريده|صحيفه|دوريه|فصليه|نشره)\s+\w+(?:\s+\w+){0,3}\s*[|•·،,:–—/(-]")
_SPANS = {
    "month": re.compile(
        rf"(?:شهر\s+)?(?P<m>{_M})(?:{_OF}(?P<x>{_Y}))?"
        rf"(?:{_AND}(?:شهر\s+)?(?P<n>{_M})\s*\)?)?{_OF}(?P<y>{_Y}){_ERA}"
    ),
    "season": re.compile(
        rf"(?:فصل\s+)?(?:ال)?(?P<s>ربيع|صيف|خريف|شتاء){_OF}(?P<y>{_Y})"
        rf"(?:\s*[/–-]\s*(?:\d\d)?\d\d)?{_ERA}"
    ),
    "quarter": re.compile(rf"الربع\s+(?P<q>الاول|الثاني|الثالث|الرابع){_OF}(?P<y>{_Y}){_ERA}"),
    "hijri": re.compile(
        rf"(?:شهر\s+)?(?P<h>{_H}){_OF}(?P<y>1[34]\d\d)(?:\s*(?:هـ|ه|هجريه?|للهجره))?(?!\w)"
    ),
    "number": re.compile(
        rf"(?<!\d)(?:(?P<m>{_K})\s*[/.-]\s*(?P<y>{_Y})|(?P<w>{_Y})\s*[/.-]\s*(?P<k>{_K}))(?!\d)"
    ),
}
_DIGIT = re.compile(r"\d")
_TWICE = re.compile(rf"(?<!\w)(?P<m>{_M})\s*[/|(-]\s*(?P<n>{_M})(?!\w)(?:\s*\))?")
_MOON = re.compile(rf"{_SPANS['hijri'].pattern}\s*(?:[-–—/،,|(]|ال?موافق\s*(?:ل|لـ)?)?\s*")


def edition(line: str) -> str:
    """Return the month, season or span that `line` is and nothing else, as EDTF; "" for none.

    The last row: May 2010 was a cruel month for the farmers; 3 May 2010; issue 45.

    >>> [edition(t) for t in ("العدد 45 – أيار 2010", "صيف 2012", "رمضان 1440هـ", "كانون الأول/ديسمبر 2006")]
    ['2010-05', '2012-22', '2019-05/2019-06', '2006-12']
    >>> [edition(t) for t in ("مجلة الوادي | عدد يوليو 2014", "مجلة الوادي، تموز 2014", "أواخر آذار 2011")]
    ['2014-07', '2014-07', '2011-03']
    >>> [edition(t) for t in ("كان أيار 2010 شهرا قاسيا على المزارعين", "3 أيار 2010", "العدد 45")]
    ['', '', '']
    """  # noqa: E501 - the examples
    if len(line) > DATES.max_edition_chars or not _DIGIT.search(line):
        return ""
    text = fold(line).strip(" \t|•·،,:-–—/()[]*_#.")
    text = _TWICE.sub(_named_once, _LABEL.sub("", text))
    bare = _MOON.sub("", text)  # «شعبان 1431 – تموز 2010»
    text = bare if words(bare) and any(p.search(bare) for p in _SPANS.values()) else text
    issue = bool(_ISSUE.search(text) or _OF_MONTH.search(text) or _PAPER.match(text))
    text = _OF_MONTH.sub(" ", text)
    for kind, pattern in _SPANS.items():
        found = pattern.search(text)
        if not found:
            continue
        rest = f"{text[: found.start()]} | {text[found.end() :]}"
        return _edtf(kind, found) if _names_issue_only(rest, issue=issue) else ""
    return ""


def may_be_title(line: str) -> bool:
    """Whether `line` is nothing but a month or season of a year, which may be a title as well.

    >>> may_be_title("صيف 2012"), may_be_title("حزيران 1967"), may_be_title("العدد 4، صيف 2012")
    (True, True, False)
    """
    return any(_SPANS[kind].fullmatch(fold(line).strip()) for kind in ("month", "season"))


def _names_issue_only(rest: str, *, issue: bool) -> bool:
    """Whether the `rest` of a line with a month is only the issue's number and the paper's name."""
    left = _ISSUE.sub(" ", rest)
    parts = [part for part in re.split(r"\s*[|•·،,:–—/()-]+\s*", left) if words(part)]
    if re.search(r"\d", left):
        return False
    return not parts or (
        issue and len(parts) == 1 and len(words(parts[0])) <= DATES.max_paper_words
    )


def lone_year(text: str) -> str:
    """Return the year that a record's field is and nothing else, "" for none.

    >>> lone_year("2019"), lone_year("عام ١٩٨٧ م"), lone_year("2019 نشرة")
    ('2019', '1987', '')
    """
    plain = fold(text).strip()
    found = re.fullmatch(r"(?:عام|سنه)?\s*((?:1[89]|20)\d\d)\s*(?:م|ميلادي[هة]?)?", plain)
    return found[1] if found else ""


def _edtf(kind: str, found: re.Match[str]) -> str:
    given = found.groupdict()
    year = int(given["y"] or given["w"])
    if kind == "month":
        first = MONTHS[_one(given["m"])]
        last = MONTHS[_one(given["n"])] if given["n"] else first
        if given["x"]:
            return f"{given['x']}-{first:02d}/{year}-{last:02d}" if given["n"] else ""
        if last < first:
            return f"{year - 1}-{first:02d}/{year}-{last:02d}"
        return f"{year}-{first:02d}" + (f"/{year}-{last:02d}" if last > first else "")
    if kind == "season":
        return f"{year}-{_SEASONS[given['s']]}"
    if kind in {"quarter", "number"}:
        part = _QUARTERS[given["q"]] if kind == "quarter" else int(given["m"] or given["k"])
        return f"{year}-{part:02d}"
    return _of_hijri(year, HIJRI_MONTHS[_one(given["h"])])


def _of_hijri(year: int, month: int) -> str:
    first, last = from_hijri(year, month, 1), from_hijri(year, month, 29)
    if not (first and last):
        return ""
    one, other = _month(first), _month(last)
    return one if one == other else f"{one}/{other}"


def _month(day: date) -> str:
    return f"{day.year}-{day.month:02d}"


def _named_once(found: re.Match[str]) -> str:
    """Return the month in «كانون الثاني/يناير» once; two months as they are."""
    same = MONTHS[_one(found["m"])] == MONTHS[_one(found["n"])]
    return found["m"] if same else found[0]


def _one(name: str) -> str:
    return " ".join(name.split())
