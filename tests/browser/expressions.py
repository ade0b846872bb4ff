"""Sentences with numbers, and how an Arabic reader is to see them: an oracle that knows no pattern.

A sentence is a row of pieces in the order they are read. Arabic words, stops and marks of per cent
run to the left; an expression stands as it was typed. So the whole, seen from the left, is the
pieces from the last to the first.
"""

from collections.abc import Iterator
from itertools import pairwise, product
from random import Random
from typing import NamedTuple

ARABIC_INDIC = str.maketrans("0123456789,.", "٠١٢٣٤٥٦٧٨٩٬٫")
PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
DASHES = ("-", "–", " - ", " – ")

_AMOUNTS = ("7", "45", "360", "1.5", "0.25", "14,950", "2,400,000", "3,150.75")
_TIMES = ("9:05", "10:30", "23:59:30")
_DAYS = ("12/5", "3/11/2024", "7.6.2023")
_TELEPHONES = (
    "0931 222 333", "+963 41 555 222", "021-555-0148", "011 2345678", "(021) 555 0148",
    "+49 (555) 123 4567", "00963-11-2345678", "+963/11/222",
)  # fmt: skip
_WHOLE = (
    "2025-10-12", "2025-10", "12-5-2025", "12 / 5 / 2025", "2-1", "3 - 0", "5+1", "1920×1080",
    "1 234 567", "14 950", "14 950-15 100", "5%-10%", "%12-%15", "2019-2020", "2019/2020", "20 -25",
    "#5",
)  # fmt: skip
_NAMES = (
    "Python",
    "iPhone 15 Pro",
    "Boeing",
    "EURO",
    "Windows",
    "iPhone",
    "F-16",
    "Formula",
    "Airbus",
)
_UNITS = ("km", "MW", "kg", "km/h", "GB", "mm", "USD")
_GLUED = ("5G", "4x4", "16-inch", "25°C", "10:30am", "3D", "120km", "2025-10-12T12:30",
    "iPhone 15 Pro 256GB", "ISBN 978-9953-71-123-4", "Top 10")  # fmt: skip
_MARKS = ("%", "$", "€", "°")
_FRAMES = (
    ("بلغ ", " بعد شهر"),
    ("", " كما جرى"),
    ("كتب «", "» فقط"),
    ("ومنها ", "، ثم غيرها"),
    ("سجلت بعدها ", "."),
    ("بـ", " منها"),
)


class Sentence(NamedTuple):
    """What is typed, and what is to be seen from left to right; spaces are not seen."""

    typed: str
    seen: str


def sentences(seed: int, count: int) -> tuple[Sentence, ...]:
    """Return `count` sentences, each of another expression, drawn by `seed`."""
    chance = Random(seed)  # noqa: S311 - no secret
    found = sorted(set(_expressions()))
    drawn = chance.sample(found, count)
    return tuple(_sentence(chance.choice(_FRAMES), pieces) for pieces in drawn)


def _expressions() -> Iterator[tuple[str, ...]]:
    """Yield what stands as it was typed, then what is read after it."""
    numbers = [*_AMOUNTS, *_TIMES, *_DAYS, *_ranges()]
    for number in (*numbers, *_TELEPHONES, *_WHOLE, *(sign + a for sign, a in _signed())):
        for digits in (number, number.translate(ARABIC_INDIC), number.translate(PERSIAN)):
            yield (digits,)
    for number, mark in product((*_AMOUNTS, *_ranges(_AMOUNTS)), _MARKS):
        yield number, mark
        yield number.translate(ARABIC_INDIC), "٪" if mark == "%" else mark
    for name, number in product(_NAMES, (*_AMOUNTS, *_ranges(_AMOUNTS), "2024", "737-800")):
        yield (f"{name} {number}",)
        yield (f"{name} {number.translate(ARABIC_INDIC)}",)
    for number, unit in product((*_AMOUNTS, *_ranges(_AMOUNTS)), _UNITS):
        yield (f"{number} {unit}",)
    for glued in _GLUED:
        yield (glued,)


def _signed() -> Iterator[tuple[str, str]]:
    yield from product(("-", "+", "−", "±", "$", "€", "-$"), (*_AMOUNTS, "90", "5-10"))


def _ranges(ends: tuple[str, ...] = (*_AMOUNTS, *_TIMES, *_DAYS)) -> Iterator[str]:
    """Yield a range of every two neighbours, with every dash."""
    for (low, high), dash in product(pairwise(ends), DASHES):
        yield f"{low}{dash}{high}"


def _sentence(frame: tuple[str, str], pieces: tuple[str, ...]) -> Sentence:
    before, after = frame
    first, *others = pieces
    read = (before[::-1], first, *(piece[::-1] for piece in (*others, after)))
    return Sentence(before + "".join(pieces) + after, "".join(reversed(read)).replace(" ", ""))
