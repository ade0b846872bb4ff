"""JSON → its records: one per line (NDJSON), an array, or a list somewhere within an object.

The outermost level is read value by value, and brackets, commas, line ends and record separators
between values are ignored. After a malformed value, reading continues with the next one.
"""

import re
from collections import Counter
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import NamedTuple, TextIO

from warraq.base.problems import Problem, counted, error, warning
from warraq.seeds.encodings import opened
from warraq.seeds.exports import headless
from warraq.seeds.exports.exported import MAX_RECORD, Export, Numbered, Record
from warraq.seeds.exports.field_names import folded
from warraq.seeds.exports.jsontext import TooDeep, begun, forgiven
from warraq.seeds.exports.wordpress import of_interface

_CHUNK = 1024 * 1024
# Brackets and separators; in a script also comments and the name of its list.
_BETWEEN = re.compile(
    "(?:[\\s,\\[\\]});\x1e\ufeff]+|(?://|#)[^\n]*|/\\*.*?\\*/"
    r"|(?:(?:var|let|const)\s+)?[A-Za-z_$][\w$.]{0,60}\s*[=(](?=\s*[\[{]))*",
    re.DOTALL,
)
_SPACE = re.compile(r"\s*")
_LINE = r"(?:\n[\s,\[]*|\x1e\s*)(?=\{)"  # where the next record may begin after a malformed one
_NEXT = re.compile(rf"{_LINE}|[}},\[][\s,]*(?=\{{)")
_KEY = re.compile(r'\{\s*("[\w $.-]{1,40}")\s*:')
_STRAY = 256  # characters at most of a comment between records
_AT_EDGE = 16  # characters; an error so close to the end of the buffer may be due to it

# Names of lists of articles, and of objects around such lists.
LISTS = frozenset(
    "posts pages articles items docs documents hits results records entries news nodes rows edges"
    " stories data db response objects list export".split()
)
_BODIES = frozenset(
    folded(name)
    for name in "body content text html article_body articlebody maintext full_text fulltext"
    " introtext content_html plaintext raw_text".split()
)
_LONG = 200  # characters; only the text's field is longer
_WRAPPERS = ("_source", "attributes", "fields", "node")
_NAMES = frozenset("author authors category categories tags topics section creator".split())
_OF_PAGE = frozenset({"html", "article_html", "images", "imgs"})
_DUMP = {"header", "database"}  # phpMyAdmin's header before the tables


class JsonRecord(NamedTuple):
    """A record, the name of its list («posts») and its line. `fault`: why it cannot be read.

    `notes` list the repairs made to it.
    """

    line: int
    record: Record
    within: str = ""
    fault: str = ""
    notes: tuple[str, ...] = ()


def export(path: Path, name: str) -> Export:
    """Return the records of the JSON at `path`."""
    return Export(_numbered(path, name))


def _numbered(path: Path, name: str) -> Iterator[Numbered | Problem]:
    count = 0
    related = headless.is_related(path)
    others = _others(path) if related else {}
    passed: Counter[str] = Counter()
    for found in records(path):
        count += bool(found.record or found.fault)
        if found.fault == "why-deep":
            yield error("export-record", name, found.line, why="why-deep")
        elif found.fault == "why-object":
            yield error("export-record", name, found.line, why="why-object")
        elif found.fault:
            yield error("export-record", name, found.line, why="why-json")
        elif found.record and str(found.record.get("type")) not in _DUMP:
            record = headless.leveled(_unwrapped(found.record), others, found.record)
            if related and not _has_body(record):
                passed[str(found.record.get("_type") or found.record.get("type") or "?")] += 1
            else:
                yield Numbered(found.line, record, found.notes)
    if passed:
        yield warning("export-passed", name, kinds=counted(passed))
    if not count:
        yield error("export-no-records", name)


def _others(path: Path) -> dict[str, Record]:
    """Return the records without a text, by the ids by which articles refer to them."""
    named: dict[str, Record] = {}
    for found in records(path, LISTS | {"assets", "included", "includes", "Entry", "Asset"}):
        own = headless.identity(found.record)
        if own and not _has_body(inner := headless.fields_of(found.record)):
            named[own] = inner
    return named


def _unwrapped(record: Record) -> Record:
    """Return a record without the envelope of a search engine or an API.

    A mere number in place of a name is another table's key and is left out; so are the whole page
    and the list of all pictures in the output of newspaper.
    """
    record = of_interface(record)
    for key in _WRAPPERS:
        inner = record.get(key)
        if isinstance(inner, dict) and not _has_body(record):
            record = {**{k: v for k, v in record.items() if k != key}, **inner}
    page = _OF_PAGE if "top_image" in record and record.get("text") else frozenset()
    return {k: v for k, v in record.items() if k not in page and not _is_reference(k, v)}


def _is_reference(key: str, value: object) -> bool:
    numbers = value if isinstance(value, list) else [value]
    return folded(key) in _NAMES and bool(numbers) and all(type(n) is int for n in numbers)


def _has_body(record: Record) -> bool:
    return any(
        value and (folded(key) in _BODIES or (isinstance(value, str) and len(value) > _LONG))
        for key, value in record.items()
    )


def records(path: Path, lists: frozenset[str] = LISTS) -> Iterator[JsonRecord]:
    """Yield the objects of the JSON at `path`; of one that holds `lists`, their items."""
    with opened(path) as stream:
        text = _Text(stream)
        while text.peek():
            yield from _one(text, "", lists)


def _one(text: "_Text", within: str, lists: frozenset[str]) -> Iterator[JsonRecord]:
    """Yield the value that begins here, usually a record; after a malformed one skip ahead."""
    line = text.line
    try:
        if text.peek(within=True) == "{":
            record = yield from _object(text, lists)
            if record is not None:
                yield JsonRecord(line, record, within)
        else:
            text.value()
            yield JsonRecord(line, {}, within, "why-object")
    except ValueError as fault:
        why = "why-deep" if isinstance(fault, TooDeep) else "why-json"
        yield _repaired(text.to_next(), line, within) or JsonRecord(line, {}, within, why)


def _repaired(broken: str, line: int, within: str) -> JsonRecord | None:
    """Return a repaired record; `broken` may end with the separator before the next one."""
    try:
        record = forgiven(broken.rstrip(" \t\r\n,[];\x1e"))
    except ValueError:
        return None
    return JsonRecord(line, record, within, notes=("mended",)) if isinstance(record, dict) else None


def _object(text: "_Text", lists: frozenset[str]) -> Generator[JsonRecord, None, Record | None]:
    """Yield the items of the lists in the object here; return the object itself if it has none."""
    line = text.line
    whole = text.value_at_hand()
    if isinstance(whole, dict):
        held = _held(whole, lists)
        if held is None:
            return whole
        yield from (JsonRecord(line, record, name) for name, record in held)
        return None
    text.skip()
    record: dict[str, object] = {}
    unpacked = False
    while text.peek(within=True) != "}":
        if text.peek(within=True) == ",":
            text.skip()
            continue
        key = text.key()
        mark = text.peek(within=True)
        if mark == "[" and key in lists:
            unpacked = True
            yield from _elements(text, key, lists)
        elif mark == "{" and key in lists:
            inner = yield from _object(text, lists)
            unpacked |= inner is None
            record[key] = inner
        else:
            record[key] = text.value()
    text.skip()
    keyed = None if unpacked else _held(record, frozenset())
    yield from (JsonRecord(line, one) for _, one in keyed or ())
    return None if unpacked or keyed else record


def _elements(text: "_Text", key: str, lists: frozenset[str]) -> Iterator[JsonRecord]:
    text.skip()
    while (mark := text.peek(within=True)) != "]":
        if mark == ",":
            text.skip()
        else:
            yield from _one(text, key, lists)
    text.skip()


def _held(value: Record, lists: frozenset[str]) -> list[tuple[str, Record]] | None:
    """Return the items of the lists in `value`, with the lists' names; None if it is a record.

    An object that contains only records has their ids as its keys.
    """
    found: list[tuple[str, Record]] | None = None
    if _has_body(value):
        return None
    if value and all(isinstance(v, dict) and _has_body(v) for v in value.values()):
        return [("", {"id": key, **one}) for key, one in value.items()]  # type: ignore[dict-item] # asked above
    for key in value.keys() & lists:
        item = value[key]
        if isinstance(item, dict):
            inner = _held(item, lists)
            found = found if inner is None else [*(found or []), *inner]
        elif isinstance(item, list):
            found = found or []
            for one in filter(lambda one: isinstance(one, dict), item):
                inner = _held(one, lists)
                found += [(key, one)] if inner is None else inner
    return found


class _Text:
    """The buffered, not yet consumed text of a file."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._held = ""
        self._at = 0
        self._more = True
        self._first = ""  # the first key of the last record, in its quotation marks
        self.line = 1

    def peek(self, *, within: bool = False) -> str:
        """Return the next character after white space (and outermost brackets), "" at the end.

        Within a value the end of the file is an error.
        """
        while True:
            while not within and len(self._held) - self._at < _STRAY and self._fill():
                pass  # match the separators between records as a whole
            passed = (_SPACE if within else _BETWEEN).match(self._held, self._at)
            self._to(passed.end() if passed else self._at)
            if self._at < len(self._held):
                return self._held[self._at]
            if not self._fill():
                if within:
                    raise ValueError
                return ""

    def skip(self) -> None:
        """Skip one character."""
        self._to(self._at + 1)

    def key(self) -> str:
        """Return the next key and skip its colon; ValueError if there is none."""
        key = self.value()
        if not isinstance(key, str) or self.peek(within=True) != ":":
            raise ValueError
        self.skip()
        return key

    def value(self) -> object:
        """Return the next value; ValueError if it is malformed or too large."""
        while True:
            try:
                value, end = begun(self._held, self._at)
            except TooDeep:
                raise
            except ValueError as fault:
                if not self._may_grow(fault) or not self._fill():
                    raise
                continue
            if end < len(self._held) or not self._fill():
                self._to(end)
                return value

    def value_at_hand(self) -> object:
        """Return the next value if all of it is buffered; else None, without advancing."""
        if len(self._held) - self._at < _CHUNK:
            self._fill()
        try:
            value, end = begun(self._held, self._at)
        except TooDeep:
            raise
        except ValueError as fault:
            if not self._more or not self._may_grow(fault):
                raise
            return None
        if found := _KEY.match(self._held, self._at):
            self._first = found[1]
        self._to(end)
        return value

    def _may_grow(self, fault: ValueError) -> bool:
        """Whether a value may be malformed only because the buffer ends within it."""
        at_edge = getattr(fault, "pos", 0) >= len(self._held) - _AT_EDGE
        open_text = "Unterminated string" in str(fault)
        return (at_edge or open_text) and len(self._held) - self._at < MAX_RECORD

    def to_next(self) -> str:
        """Skip to where the next object may begin: on another line, or with the others' first key.

        Return the skipped text, "" if it is long.
        """
        begins = (
            re.compile(rf"{_LINE}|(?=\{{\s*{re.escape(self._first)}\s*:)") if self._first else _NEXT
        )
        passed = ""
        while True:
            at = self._at
            found = begins.search(self._held, at + 1)
            self._to(found.end() if found else max(at, len(self._held) - _AT_EDGE))
            passed += self._held[at : self._at] if len(passed) <= _CHUNK else ""
            if not found and self._fill():
                continue
            if not found:
                passed += self._held[self._at :]
                self._to(len(self._held))
            return passed if len(passed) <= 2 * _CHUNK else ""

    def _to(self, at: int) -> None:
        self.line += self._held.count("\n", self._at, at)
        self._at = at

    def _fill(self) -> bool:
        if not self._more:
            return False
        wanted = max(_CHUNK, len(self._held) - self._at)
        chunk = self._stream.read(wanted)
        self._more = bool(chunk)
        self._held, self._at = self._held[self._at :] + chunk, 0
        return self._more
