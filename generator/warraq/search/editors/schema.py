"""What the editors' index holds: the fields, and Arabic analysis as Whoosh wants it."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from whoosh import fields, formats
from whoosh.analysis import Analyzer, Token
from whoosh.qparser.common import QueryParserError
from whoosh.query import Prefix, Query, TermRange, Wildcard
from whoosh.query.qcore import error_query

from warraq.search.analysis import terms_of, tokens
from warraq.search.editors import EditorDocument
from warraq.search.editors.search_fields import FIELDS, TEXT_FIELDS, FieldKind

BETWEEN = "\x1f"  # between two values of one field
_GAP = 100  # positions between two values, so that no phrase spans them
_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_OF_ANY_YEAR = re.compile(r"--[0-9]{2}(?:-[0-9]{2})?")
_LAST = "\uffff"  # sorts behind everything a day may hold


class ArabicAnalyzer(Analyzer):  # type: ignore[misc] # Whoosh is untyped
    """The project's own analysis: folded words with position and range in code points."""

    def __call__(
        self,
        value: str,
        positions: bool = False,
        chars: bool = False,
        tokenize: bool = True,
        mode: str = "",
        **_: object,
    ) -> Iterator[Token]:
        """Yield one and the same Token, changed, for each word, as Whoosh's own analysers do.

        Without `tokenize` (a pattern such as «است*») the value is one word and left as it is.
        """
        token = Token(positions, chars, mode=mode)
        token.boost, token.stopped = 1.0, False
        for placed in placed_terms(value) if tokenize else (PlacedTerm(value, 0, len(value), 0),):
            token.text = token.original = placed.term
            token.startchar, token.endchar, token.pos = placed.start, placed.end, placed.position
            yield token


class PlacedTerm(NamedTuple):
    """A folded word of a field, its range (code points), and its position for phrases."""

    term: str
    start: int
    end: int
    position: int


@lru_cache(maxsize=2 * len(TEXT_FIELDS))  # Whoosh and editor_index ask for the same fields in turn
def positions_in(value: str) -> Mapping[str, list[int]]:
    """Return term → its positions in a field, as `placed_terms` numbers them."""
    found: dict[str, list[int]] = {}
    first = 0
    for part in value.split(BETWEEN):
        terms = terms_of(part)
        for position, term in enumerate(terms, first):
            found.setdefault(term, []).append(position)
        first += len(terms) + _GAP
    return found


def placed_terms(value: str) -> tuple[PlacedTerm, ...]:
    """Return the words of a field, whose values are separated by BETWEEN."""
    found = []
    offset = position = 0
    for part in value.split(BETWEEN):
        for token in tokens(part):
            found.append(PlacedTerm(token.term, offset + token.start, offset + token.end, position))
            position += 1
        offset += len(part) + len(BETWEEN)
        position += _GAP
    return tuple(found)


class Positions(formats.Positions):  # type: ignore[misc] # Whoosh is untyped
    """Whoosh's own postings with positions, made without a Token for every word of a text."""

    def word_values(
        self, value: str, _analyzer: Analyzer, **_: object
    ) -> Iterator[tuple[str, int, float, bytes]]:
        """Yield (word, times, weight, encoded positions) for every word of a field."""
        for term, positions in positions_in(value).items():
            times = len(positions)
            yield term, times, times * self.field_boost, self._encoded(tuple(positions))

    @staticmethod
    @lru_cache(maxsize=1 << 14)  # most words occur once in a text, at one of its first positions
    def _encoded(positions: tuple[int, ...]) -> bytes:
        encoded: bytes = formats.Positions().encode(positions)
        return encoded


class DayField(fields.ID):  # type: ignore[misc] # Whoosh is untyped
    """A day, a month or a year as text: "2025-10" matches all its days."""

    def self_parsing(self) -> bool:
        """Whether the two methods below parse the query: yes."""
        return True

    def parse_query(self, fieldname: str, qstring: str, boost: float = 1.0) -> Query:
        """Return the query for the days of `qstring`; "--08" is August, "--08-05" its fifth."""
        if _OF_ANY_YEAR.fullmatch(qstring):
            return Wildcard(fieldname, f"????{qstring[1:]}*", boost=boost)
        day = readable_day(qstring)
        return Prefix(fieldname, day, boost=boost) if day else _unreadable(qstring)

    def parse_range(  # noqa: PLR0913, PLR0917 - Whoosh's signature
        self,
        fieldname: str,
        start: str | None,
        end: str | None,
        startexcl: bool,
        endexcl: bool,
        boost: float = 1.0,
    ) -> Query:
        """Return the query for the days of a range; either end may be open."""
        first, last = readable_day(start or "0000"), readable_day(end or "9999")
        if not first or not last:
            return _unreadable(f"{start or ''} to {end or ''}")
        first = first + _LAST if startexcl else first
        last = last if endexcl else last + _LAST
        return TermRange(fieldname, first, last, startexcl, endexcl, boost=boost)


def is_readable_day(text: str) -> bool:
    """Whether a field of days may have `text` for its value: "2025-10", "--10"."""
    return bool(_OF_ANY_YEAR.fullmatch(text) or readable_day(text))


def readable_day(text: str) -> str:
    """Return `text` as YYYY, YYYY-MM or YYYY-MM-DD with ASCII digits, "" if it is none of them."""
    plain = text.strip().replace("/", "-").replace("\N{EN DASH}", "-")
    if not _DAY.fullmatch(plain):
        return ""
    return "".join(str(int(char)) if char.isdecimal() else char for char in plain)


def _unreadable(text: str) -> Query:
    return error_query(QueryParserError(text))


def _text() -> fields.TEXT:
    field = fields.TEXT(analyzer=ArabicAnalyzer(), multitoken_query="phrase")
    field.format = Positions()
    return field


_WHOOSH_FIELDS: dict[FieldKind, Callable[[], fields.FieldType]] = {
    "text": _text,
    "day": DayField,
    "value": fields.ID,
    "key": lambda: fields.ID(unique=True),
}
SCHEMA = fields.Schema(
    **{field.name: _WHOOSH_FIELDS[field.kind]() for field in FIELDS}, shown=fields.STORED()
)
SHOWN = ("id", "path", "title", "date", "outlet")  # the first fields of a Hit, stored as they are


def record(document: EditorDocument) -> dict[str, object]:
    """Return the values of Whoosh's fields for `document`."""
    texts = {field.name: BETWEEN.join(document.values.get(field.name, ())) for field in FIELDS}
    return {**texts, "shown": tuple(map(document.first, SHOWN))}
