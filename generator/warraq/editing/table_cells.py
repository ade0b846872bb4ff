"""The texts of a table's cells: how a list, a date or a sign of a formula is written in one. Pure.

Whatever is written here is read back as it was, whichever spreadsheet had it in between.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from hashlib import sha256

from warraq.base.controls import without_controls
from warraq.base.month_names import GREGORIAN_SPELLINGS

LONGEST = 32_767  # characters that a cell of a spreadsheet can hold
_BETWEEN = " | "
_NO_CHARACTERS = re.compile("[\ufffe\uffff\ud800-\udfff]")  # which XML cannot hold
_UNSEEN = re.compile("[\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}\N{ARABIC LETTER MARK}]")
_ITEM = re.compile(r"(?:\\.|[^|\\]|\\$)+", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
# What a spreadsheet that opens a CSV file runs, after OWASP's list; and our own sign for it.
_RUN = re.compile("[=+\\-@\uff1d\uff0b\uff0d\uff20\t\r\n']")
_MONTHS = "|".join(map(re.escape, "|".join(GREGORIAN_SPELLINGS.values()).split("|")))
# What one rewrites when it opens a CSV file: numbers (also 12e5), days, months, truth values.
_REWRITTEN = re.compile(
    r"(?=\D*\d)[\d\s.,:/%()-]+(?:e[+-]?\d+)?|true|false"
    rf"|(?:\d{{1,4}}[\s/.,-]*)?(?:{_MONTHS})(?:[\s/.,-]*\d{{1,4}}){{0,2}}",
    re.IGNORECASE,
)
_DAY = re.compile(r"(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})(?:[ T]00:00(?::00)?)?")
_SERIAL = re.compile(r"\d{1,6}")
_EPOCHS = (date(1899, 12, 30), date(1904, 1, 1))  # from which spreadsheets number days
_CENTURIES = (2000, 1900)


def plain(text: str) -> str:
    """Return `text` as a cell holds it: without what cannot be seen or written, lines end in LF."""
    text = without_controls(_NO_CHARACTERS.sub("", text))
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def joined(items: Iterable[str]) -> str:
    r"""Return `items` in one text; a bar within one of them has a backslash before it.

    >>> print(joined(["سوريا", "a|b"]))
    سوريا | a\|b
    """
    return _BETWEEN.join(one.replace("\\", r"\\").replace("|", r"\|") for one in items)


def parted(text: str) -> tuple[str, ...]:
    r"""Return the items of a text that `joined` wrote, or an editor.

    >>> parted("سوريا|  تركيا |"), parted(r"a\|b")
    (('سوريا', 'تركيا'), ('a|b',))
    """
    items = (_ESCAPED.sub(r"\1", found[0].strip()) for found in _ITEM.finditer(text))
    return tuple(item for item in items if item)


def guarded(text: str, *, is_date: bool = False) -> str:
    """Return `text` for a CSV file, with "'" before what a spreadsheet would run or rewrite.

    A date is left as it is: one that is rewritten is read all the same.

    >>> guarded("=1+1"), guarded("'نص"), guarded("00123"), guarded("خبر 12"), guarded("12e45678")
    ("'=1+1", "''نص", "'00123", 'خبر 12', "'12e45678")
    """
    is_rewritten = not is_date and _REWRITTEN.fullmatch(text)
    return f"'{text}" if is_rewritten or _RUN.match(text) else text


def unguarded(text: str) -> str:
    """Return `text` as it was before `guarded`."""
    return text.removeprefix("'")


def mark(field: str, text: str) -> str:
    """Return the digest, ten digits, by which the cell of a field is seen to hold `text` still."""
    return sha256(f"{field}\0{text}".encode()).hexdigest()[:10]


def stamp(ident: str, texts: Mapping[str, str]) -> str:
    """Return the last cell of a row: its article, and the mark of every field's text."""
    return " ".join((ident, *(f"{field}={mark(field, text)}" for field, text in texts.items())))


def marks_in(written: str) -> tuple[str, dict[str, str]]:
    """Return the id and, by field, the marks of a stamp; of a text that is none what it says.

    >>> marks_in(stamp("a1b2c3", {"title": "عنوان"}))[0]
    'a1b2c3'
    """
    ident, *rest = written.split() or [""]
    pairs = (one.partition("=") for one in rest)
    return ident, {field: found for field, _, found in pairs}


def days_in(text: str) -> dict[str, str]:
    """Return the days, ISO 8601, that a date as spreadsheets write it may be, by how it is read.

    "ymd", "dmy" and "mdy" are orders, with the century where the text has none, a number is that of
    a day after one of two epochs. Digits may be Arabic.

    >>> days_in("12/10/2025")
    {'dmy': '2025-10-12', 'mdy': '2025-12-10'}
    >>> days_in("٢٠٢٥-١٠-١٢"), days_in("45942")
    ({'ymd': '2025-10-12'}, {'1899': '2025-10-12', '1904': '2029-10-13'})
    """
    text = "".join(str(int(c)) if c.isdecimal() else c for c in _UNSEEN.sub("", text).strip())
    if _SERIAL.fullmatch(text):
        found = {str(first.year): _after(first, int(text)) for first in _EPOCHS}
        return {order: day for order, day in found.items() if day}
    if not (match := _DAY.fullmatch(text)):
        return {}
    first, _, second, third = match.groups()
    if len(first) == 4:
        found = {"ymd": _iso(int(first), int(second), int(third))}
    else:
        orders = {"dmy": (int(second), int(first)), "mdy": (int(first), int(second))}
        years = {order + suffix: year for suffix, year in _years(third) for order in orders}
        found = {key: _iso(year, *orders[key[:3]]) for key, year in years.items()}
    return {order: day for order, day in found.items() if day}


def _years(text: str) -> list[tuple[str, int]]:
    if len(text) == 4:
        return [("", int(text))]
    return [(str(c), c + int(text)) for c in _CENTURIES] if len(text) == 2 else []


def _iso(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _after(first: date, days: int) -> str:
    try:
        return (first + timedelta(days)).isoformat()
    except OverflowError:
        return ""
