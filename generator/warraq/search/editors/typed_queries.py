"""What readers may type, in Whoosh's grammar: «أيار 2024» becomes `date:2024-05`.

Whoosh has words, fields and operators; what else a query says is read by the readers' parser. Who
writes operators says himself what a quotation is for.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from warraq.base.problems import Problem, warning
from warraq.search.analysis import terms_of
from warraq.search.editors.queries import MAX_LENGTH
from warraq.search.editors.schema import is_readable_day
from warraq.search.editors.search_fields import DAY_FIELDS, field_named
from warraq.search.query_dates import Days
from warraq.search.understanding import Understood, understood

_BOUNDS = frozenset(["from", "to"])
_OPERATOR = re.compile(r"\b(?:AND|OR|NOT)\b")
# What Whoosh reads by itself: fields, ranges, operators, patterns. Quotations are passed over.
_OWN = re.compile(
    r'(?P<quoted>"[^"]*")'
    r'|(?<!\w)(?P<name>[^\W\d]\w*):(?P<value>"[^"]*"?|\([^)]*\)?|[\[{][^\]}]*[\]}]?|\S*)'
    rf'|[\[{{][^\]}}]*[\]}}]?|{_OPERATOR.pattern}|[^\s"]*[*?~^]\S*'
)
_BEHIND_DASH = re.compile(r"(?<!\S)[-−]$")
_SIGNS = re.compile(r'[:*?~^()\[\]{}"]')


class Rewritten(NamedTuple):
    """A query in Whoosh's grammar: `text`, what must be met beside it, what raises an answer.

    `filters` are the dates and quotations that answers must meet, as typed: one that leaves nothing
    is to be read as words. `notes` say what could not be read.
    """

    text: str
    required: tuple[str, ...] = ()
    raising: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    notes: tuple[Problem, ...] = ()


def rewritten(text: str, today: date | None, literal: Collection[str] = ()) -> Rewritten:
    """Return `text` with all that readers may type in Whoosh's grammar.

    Of dates and quotations those in `literal` are words, a date by itself as they stand; the others
    mean what they mean with them. What is longer than a query may be (`MAX_LENGTH`) is cut by its
    parser, and left as it is here.

    >>> rewritten("قمح أيار 2024", None).text
    'قمح  date:2024-05 '
    >>> rewritten("قمح -شعير", None).text
    'قمح  NOT شعير'
    >>> rewritten('"سد مأرب"', None)[:2]
    ('سد مأرب', ('"سد مأرب"',))
    """
    if len(text) > MAX_LENGTH:
        return Rewritten(text)
    items = [
        _as_typed(item, text, literal)
        for item in understood(_OWN.sub(_hidden, text), today).items
        if item.kind != "phrase" or not _OPERATOR.search(text)
    ]
    is_alone = len(items) == 1 and not terms_of(text.replace(items[0].text, "", 1))
    pieces = []
    place = 0
    for item in items:
        pieces += [text[place : item.start], _in_place(item, is_alone=is_alone)]
        place = item.end
    filters = [item for item in items if item.kind in {"date", "phrase"} and _is_filter(item)]
    return Rewritten(
        "".join([*pieces, text[place:], *_bounds(filters)]),
        tuple(item.text for item in filters if item.kind == "phrase"),
        tuple(raising for item in items if (raising := _raising(item))),
        tuple(item.text for item in filters),
        tuple(warning("query-day", value=item.text[:60]) for item in items if _is_unread(item)),
    )


def _hidden(match: re.Match[str]) -> str:
    """Return what is Whoosh's own as blanks, or behind a dash as a word, which is excluded."""
    found = match[0]
    if match["quoted"] or (match["name"] and not _is_whooshs(match["name"], match["value"])):
        return found
    if found[0] in "-−":
        return found[0] + "x" * (len(found) - 1)
    is_behind_dash = _BEHIND_DASH.search(match.string, 0, match.start())
    return ("x" if is_behind_dash else " ") * len(found)


def _as_typed(item: Understood, text: str, literal: Collection[str]) -> Understood:
    """Return `item` with its own text, taken back if that is `literal`: others stay as they are."""
    typed = text[item.start : item.end]
    return item._replace(text=typed, off="literal" if typed in literal else item.off)


def _is_whooshs(name: str, value: str) -> bool:
    """Whether Whoosh reads what stands behind the name of a field: any value but a day."""
    field = field_named(name)
    return value[:1] in set("([{") or (field != "" and field not in DAY_FIELDS)


def _in_place(item: Understood, *, is_alone: bool) -> str:
    """Return what stands in Whoosh's query where `item` was typed, with other words or alone."""
    if item.kind == "date" and item.off == "literal":
        return _taken_back(item, is_alone=is_alone)
    if item.kind == "phrase":
        return _SIGNS.sub(" ", item.text[1:-1])
    if item.kind == "without" and not item.off:
        return f" NOT {item.text[1:]}"
    if _is_unread(item):
        return item.text.partition(":")[2]
    if not _is_filter(item) or _is_readable(item):
        return item.text
    return "" if item.key in _BOUNDS else _field(item.days)


def _taken_back(date: Understood, *, is_alone: bool) -> str:
    """Return what is sought for a date that no article is of: its words, as they stand if alone.

    No article means the reader's «yesterday», nor says a day in the digits of just this reader.
    """
    typed = _SIGNS.sub(" ", date.value or date.text)
    is_fixed = any(read.days == date.days for read in understood(date.text).items)
    if is_alone:
        return f'"{typed}"' if is_fixed else _field(date.days)
    is_said = is_fixed and (date.is_bare or any(map(str.isalpha, date.text)))
    return typed if is_said else ""


def _is_filter(item: Understood) -> bool:
    """Whether answers must meet `item`. Whoosh cannot be asked for a Hijri month of every year."""
    return not item.off and item.mode != "raise" and not item.days.is_hijri


def _is_unread(item: Understood) -> bool:
    return item.off == "unread" and not _is_readable(item)


def _is_readable(item: Understood) -> bool:
    """Whether Whoosh's grammar has the field and its value, as `date:2025-10`."""
    return item.key in DAY_FIELDS and is_readable_day(item.value)


def _raising(item: Understood) -> str:
    """Return what an answer is raised by, "" if by nothing."""
    if item.kind == "phrase":
        return "" if _is_filter(item) else item.text
    is_date = item.kind == "date" and item.mode == "raise" and not item.off
    return _field(item.days) if is_date and not item.days.is_hijri else ""


def _bounds(filters: Sequence[Understood]) -> Iterator[str]:
    """Yield the span of «from» and «to» as one field."""
    bounds = [item.days for item in filters if item.key in _BOUNDS]
    if bounds:
        first = max(days.first for days in bounds)
        last = min((days.last for days in bounds if days.last), default="")
        yield _field(Days(first, last))


def _field(days: Days) -> str:
    return f" {' '.join(_values(days))} "


def _values(days: Days) -> Iterator[str]:
    for each in days.every:
        yield f"date:{days.first or '-'}-{each}"
    if not days.every:
        is_one = days.first == days.last
        yield (f"date:{days.first}" if is_one else f"date:[{days.first} to {days.last}]")
