"""Dates as readers type them, for the editors' search: «أيار 2024» becomes `date:2024-05`.

Whoosh's grammar has the quotations, NOT and the fields; what it has no sign for is read by the
readers' parser and written as the field `date`.
"""

import re
from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple

from warraq.search.editors.queries import MAX_LENGTH
from warraq.search.editors.schema import readable_day
from warraq.search.editors.search_fields import FIELDS
from warraq.search.query_dates import Days
from warraq.search.understanding import Understood, understood

_OTHER_FIELDS = "|".join(
    name for field in FIELDS if field.kind != "day" for name in (field.name, field.arabic_name)
)
_BOUNDS = frozenset(["from", "to"])
# What is Whoosh's own: no date, and none of the words beside one.
_GRAMMAR = re.compile(
    rf'(?<!\w)(?:{_OTHER_FIELDS}):(?:"[^"]*"?|\([^)]*\)?|\S*)'
    r"|\w+:[\[{][^\]}]*[\]}]?|[\[{][^\]}]*[\]}]?|\b(?:AND|OR|NOT)\b|\S*[*?~^]\S*"
)


class Dated(NamedTuple):
    """A query in Whoosh's grammar, and the dates in it as they were typed."""

    text: str
    dates: tuple[str, ...]


def dated(text: str, today: date | None, literal: Collection[str] = ()) -> Dated:
    """Return `text` with its dates as fields, less those that are to be words.

    What is longer than a query may be (`MAX_LENGTH`) is cut by its parser, and has no dates here.

    >>> dated("قمح أيار 2024", None)
    Dated(text='قمح  date:2024-05 ', dates=('أيار 2024',))
    """
    if len(text) > MAX_LENGTH:
        return Dated(text, ())
    plain = _GRAMMAR.sub(lambda match: " " * len(match[0]), text)
    items = [item for item in understood(plain, today, literal).items if _is_asked(item)]
    bounds = [item.days for item in items if item.key in _BOUNDS]
    pieces = []
    place = 0
    for item in items:
        pieces += [
            text[place : item.start],
            "" if item.key in {"from", "to"} else _field(item.days),
        ]
        place = item.end
    pieces.append(text[place:])
    if bounds:
        first = max((days.first for days in bounds), default="")
        last = min((days.last for days in bounds if days.last), default="")
        pieces.append(_field(Days(first, last)))
    return Dated("".join(pieces), tuple(item.text for item in items if not item.key))


def _is_asked(item: Understood) -> bool:
    """Whether Whoosh must be told of `item`; its own grammar reads `date:2025-10`."""
    if item.kind != "date" or item.off or item.mode == "raise":
        return False
    return not item.days.is_hijri and not (
        item.key in {"date", "year"} and readable_day(item.value)
    )


def _field(days: Days) -> str:
    return f" {' '.join(_values(days))} "


def _values(days: Days) -> Iterator[str]:
    for each in days.every:
        yield f"date:{days.first or '-'}-{each}"
    if not days.every:
        is_one = days.first == days.last
        yield (f"date:{days.first}" if is_one else f"date:[{days.first} to {days.last}]")
