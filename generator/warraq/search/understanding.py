"""What a reader's query means beside its words: quotations, exclusions, fields, dates.

A query that could be read in two ways keeps its words: what is quoted stays among them, and a date
beside a whole headline raises the articles of its days and drops none. Every reading has its place
in the text, so that it can be shown and taken back (`literal`). client/understand.js is the twin;
tests/golden/understanding.json ties them.
"""

import re
from bisect import bisect
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from operator import itemgetter
from typing import Literal, NamedTuple

from warraq.base.arabic import ARABIC_LETTERS, ZERO_WIDTH, fold
from warraq.search.analysis import STOP_WORDS, terms_of
from warraq.search.query_dates import (
    BLANK,
    HIDDEN,
    Days,
    Lexeme,
    date_ahead,
    dates_in,
    days_of,
    lexemes,
)

Kind = Literal["date", "phrase", "without", "field"]
# Filter: nothing else is found, unless that leaves nothing. Raise: found first. Operator: as typed.
Mode = Literal["filter", "raise", "operator"]
# Why it is read as words after all: the reader took it back, or its value says nothing.
Off = Literal["", "literal", "unread"]


class Understood(NamedTuple):
    """A stretch of the query, and what it means. `start` and `end` are code points.

    `value` is what is quoted, excluded or stands behind the colon; `key` the facet or the field's
    name in English. `days` of a field «from» have no end, those of «to» no beginning.
    """

    kind: Kind
    mode: Mode
    start: int
    end: int
    text: str
    value: str = ""
    key: str = ""
    days: Days = Days()
    is_bare: bool = False
    off: Off = ""


class Understanding(NamedTuple):
    """The words to look for, stop words included, and what else was understood, in order."""

    words: tuple[str, ...]
    items: tuple[Understood, ...]


# What may stand before a colon, folded → facet or field of days.
FIELD_KEYS = {
    fold(name): names.split()[0]
    for names in (
        "outlet source المصدر مصدر",
        "topic الموضوع موضوع",
        "person الشخص شخص",
        "place المكان مكان",
        "organization المؤسسة مؤسسة",
        "story القصة قصة",
        "year السنة سنة",
        "date التاريخ تاريخ",
        "from من",
        "to إلى",
    )
    for name in names.split()
}
_DAY_FIELDS = frozenset(["year", "date", "from", "to"])
_SPACE = BLANK + ZERO_WIDTH
_MARKS = '"“”„‟″'
# A mark right behind a Latin letter or a digit is no opening one: «55"», «צה"ל».
_QUOTED = f"«[^«»]*»|(?<![A-Za-z0-9\u0660-\u0669\u05d0-\u05ea])[{_MARKS}][^{_MARKS}]*[{_MARKS}]"
_PLAIN = f"[^{_SPACE}«»{_MARKS}]+"
_QUOTE = re.compile(_QUOTED)
_FIELD = re.compile(
    f"(?<![{ARABIC_LETTERS}A-Za-z−-])([{ARABIC_LETTERS}]+|[A-Za-z]+):({_QUOTED}|{_PLAIN})"
)
_WITHOUT = re.compile(f"(?:(?<=[{_SPACE}])|^)[-−]({_QUOTED}|{_PLAIN})")
_ONE_SPACE = re.compile(f"[{_SPACE}]")
_MOST = 16  # readings of one kind
FEW = 2  # other words beside which a date or a quotation is meant as a filter


def understood(
    text: str, today: date | None = None, literal: Collection[str] = ()
) -> Understanding:
    """Return what `text` means; readings whose text is in `literal` are words.

    >>> [(i.kind, i.mode, i.days.first) for i in understood("أسعار القمح أيار 2024").items]
    [('date', 'filter', '2024-05')]
    >>> understood("أسعار القمح أيار 2024").words
    ('اسعار', 'القمح')
    """
    quotes = [match.span() for match in _QUOTE.finditer(text)]
    fields = list(_fields(text, quotes, today))
    operators = [*fields, *_excluded(text, quotes, fields)]
    operators = [_taken_back(item, literal) for item in operators]
    said = sorted((item.start, item.end) for item in operators)
    phrases = [_taken_back(item, literal) for item in _phrases(text, quotes, said)]
    dates = [_taken_back(item, literal) for item in _dates(text, quotes, said, today)]

    read = [item for item in (*operators, *dates) if not item.off]
    beside = _telling(_terms_without(text, [(item.start, item.end) for item in read]))
    quoted = sum(len(_telling(terms_of(item.value))) for item in phrases if not item.off)
    phrases = [_weighed(item, len(beside) - quoted, FEW - 1) for item in phrases]
    dates = [_weighed(item, len(beside), FEW if _is_sure(item) else 0) for item in dates]

    items = sorted((*operators, *phrases, *dates), key=lambda item: item.start)
    return Understanding(_terms_without(text, _unsaid(items)), tuple(items))


def _fields(
    text: str, quotes: Sequence[tuple[int, int]], today: date | None
) -> Iterator[Understood]:
    for match in islice(_FIELD.finditer(text), _MOST):
        key = FIELD_KEYS.get(fold(match[1]), "")
        if not key or _is_within(match.start(), quotes):
            continue
        value = _unquoted(match[2])
        item = Understood("field", "operator", *match.span(), match[0], value, key)
        if key not in _DAY_FIELDS:
            yield item if terms_of(value) else item._replace(off="unread")
            continue
        days = days_of(value, today, any_year=key == "date")
        ahead = date_ahead(text[match.start(2) :], today, any_year=key == "date")
        if ahead and ahead[0] > len(match[2]):  # «من:5 أيار 2024»
            end, days = match.start(2) + ahead[0], ahead[1]
            value = text[match.start(2) : end]
            item = item._replace(end=end, text=text[match.start() : end], value=value)
        if days:
            first = "" if key == "to" else days.first
            last = "" if key == "from" else days.last
            yield item._replace(kind="date", days=days._replace(first=first, last=last))
        else:
            yield item._replace(off="unread")


def _excluded(
    text: str, quotes: Sequence[tuple[int, int]], fields: Collection[Understood]
) -> Iterator[Understood]:
    """Yield what «-word» excludes: only at the end of a query, where no dateline has its dash."""
    matches = {match.end(): match for match in _WITHOUT.finditer(text)}
    starts = {item.end: item.start for item in fields}
    end = _trimmed(text, len(text))
    for _ in range(2 * _MOST):
        match = matches.get(end)
        if end in starts:
            end = _trimmed(text, starts[end])
        elif match and not _is_within(match.start(), quotes) and _excludes(match[1]):
            yield Understood("without", "operator", *match.span(), match[0], _unquoted(match[1]))
            end = _trimmed(text, match.start())
        else:
            return


def _excludes(value: str) -> bool:
    """Whether `value` behind a dash is a word: «-5» is a number, «-سانا-» stands between dashes."""
    terms = terms_of(value)
    return bool(terms) and not "0" <= terms[0][0] <= "9" and value[-1] not in "-−–—"


def _phrases(
    text: str, quotes: Sequence[tuple[int, int]], said: Sequence[tuple[int, int]]
) -> Iterator[Understood]:
    """Yield what stands between marks, if it is more than one word, once."""
    known: set[tuple[str, ...]] = set()
    for start, end in quotes:
        value = text[start + 1 : end - 1]
        terms = tuple(terms_of(value))
        if len(terms) > 1 and terms not in known and not _is_within(start, said):
            known.add(terms)
            yield Understood("phrase", "filter", start, end, text[start:end], value)
        if len(known) == _MOST:
            return


def _dates(
    text: str,
    quotes: Sequence[tuple[int, int]],
    said: Sequence[tuple[int, int]],
    today: date | None,
) -> Iterator[Understood]:
    """Yield the dates outside quotation marks and fields."""
    found = [_hidden(lexeme, quotes, said) for lexeme in lexemes(text)]
    for start, end, days, is_bare, is_weak in dates_in(found, today)[:_MOST]:
        mode: Mode = "raise" if is_weak else "filter"
        yield Understood("date", mode, start, end, text[start:end], days=days, is_bare=is_bare)


def _hidden(
    lexeme: Lexeme, quotes: Sequence[tuple[int, int]], said: Sequence[tuple[int, int]]
) -> Lexeme:
    """Return `lexeme` as a mark if it is part of a field, as no word at all if it is quoted."""
    if _is_within(lexeme.start, said):
        return lexeme._replace(kind="mark", text=HIDDEN)
    is_quoted = _is_within(lexeme.start, quotes)
    return lexeme._replace(kind="quoted", text=HIDDEN) if is_quoted else lexeme


def _is_sure(item: Understood) -> bool:
    """Whether a date is one beside words too: not «اليوم», not in a name («تحالف 8 آذار»)."""
    return item.mode == "filter" and bool(item.days.first)


def _weighed(item: Understood, beside: int, most: int) -> Understood:
    """Return `item` as a filter if no more than `most` words stand beside it."""
    mode: Mode = "filter" if beside <= most else "raise"
    return item if item.off else item._replace(mode=mode)


def _taken_back(item: Understood, literal: Collection[str]) -> Understood:
    return item._replace(off="literal") if item.text in literal else item


def _unsaid(items: Collection[Understood]) -> Iterator[tuple[int, int]]:
    """Yield the ranges that hold no words to look for: filters, and the name before a colon."""
    for item in items:
        if item.off and item.key:
            yield item.start, item.start + item.text.index(":")
        elif not item.off and item.kind != "phrase" and item.mode != "raise":
            yield item.start, item.end


def _terms_without(text: str, ranges: Iterable[tuple[int, int]]) -> tuple[str, ...]:
    """Return the terms of `text` outside of `ranges`."""
    left = []
    place = 0
    for start, end in sorted(ranges):
        left.append(text[place:start])
        place = end
    return tuple(terms_of("\n".join([*left, text[place:]])))


def _telling(terms: Iterable[str]) -> list[str]:
    return [term for term in terms if term not in STOP_WORDS]


def _unquoted(value: str) -> str:
    return value[1:-1] if _QUOTE.fullmatch(value) else value


def _is_within(place: int, ranges: Sequence[tuple[int, int]]) -> bool:
    """Whether `place` lies in one of `ranges`, which are in order and do not overlap."""
    at = bisect(ranges, place, key=itemgetter(0)) - 1
    return at >= 0 and place < ranges[at][1]


def _trimmed(text: str, end: int) -> int:
    """Return where `text` ends before `end` if spaces are left out."""
    while end and _ONE_SPACE.match(text[end - 1]):
        end -= 1
    return end
