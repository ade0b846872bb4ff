"""CSV and TSV files of spreadsheets and databases → one record per row.

Any delimiter and encoding, with Excel's «sep=;» or a title above the header. A stray quotation mark
affects its own row at most, never the rows that follow.
"""

import csv
import re
from collections import deque
from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path
from typing import NamedTuple, TextIO

from warraq.base.problems import Problem, error
from warraq.seeds.encodings import opened
from warraq.seeds.exports.exported import MAX_RECORD, Export, Numbered
from warraq.seeds.exports.field_names import is_known

_SAMPLE = 64 * 1024  # characters from which the dialect is detected
_DELIMITERS = "\t;,|"
_SEP = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
_ABOVE = 10  # lines searched for the header
_LONG = 200  # lines at most of a row that is repaired


def export(path: Path, name: str) -> Export:
    """Return the rows of the table at `path`."""
    return Export(_rows(path, name))


def _rows(path: Path, name: str) -> Iterator[Numbered | Problem]:
    csv.field_size_limit(MAX_RECORD)
    with opened(path) as stream:
        sample = stream.read(_SAMPLE) + stream.readline(MAX_RECORD)
        lines = _Lines(StringIO(sample, newline=""), stream)
        table = _table(lines, sample)
        if table:
            yield from _under(table, lines, name)
        else:
            yield error("export-no-records", name)


class _Lines:
    """The lines of a file; those `drawn` since the last `mark` can be put back."""

    def __init__(self, *streams: TextIO) -> None:
        self._streams = streams
        self._waiting: deque[str] = deque()
        self.drawn: list[str] = []
        self.number = 0  # of the line drawn last
        self._letters = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if self._letters > MAX_RECORD:
            raise csv.Error
        line = self._waiting.popleft() if self._waiting else self._read()
        self.number += 1
        self.drawn.append(line)
        self._letters += len(line)
        return line

    def _read(self) -> str:
        for stream in self._streams:
            if line := stream.readline(MAX_RECORD):
                return line.replace("\x00", "")
        raise StopIteration

    def mark(self) -> None:
        """Forget the lines drawn so far; `back` returns to this point."""
        self.drawn, self._letters = [], 0

    def back(self, keep: int) -> None:
        """Put back all drawn lines but the first `keep`."""
        self._waiting.extendleft(reversed(self.drawn[keep:]))
        self.number -= len(self.drawn) - keep
        self.drawn = self.drawn[:keep]


class _Table(NamedTuple):
    """The dialect of a table: its column names, delimiter and escape character."""

    header: list[str]
    delimiter: str
    escape: str | None

    def cells(self, lines: Iterator[str]) -> list[str]:
        """Return the cells of the next row of `lines`; csv.Error if it is malformed."""
        return next(
            csv.reader(lines, delimiter=self.delimiter, escapechar=self.escape, strict=True)
        )

    def guessed(self, text: str) -> list[str]:
        """Return the cells of a row whose quotation marks are not doubled or not closed."""
        mark = re.escape(self.delimiter)
        end = rf"(?={mark}|$)"
        sloppy = rf'[ ]*"((?:[^"]|"(?!\s*(?:{mark}|$)))*)"[ ]*{end}'
        trailed = rf'[ ]*"((?:[^"]|"")*)"[^"{mark}\r\n]*{end}'
        found = re.finditer(
            rf"(?:^|{mark})(?:{trailed}|{sloppy}|([^{mark}]*))", text.rstrip("\r\n")
        )
        cells = ((m[1] if m[1] is not None else m[2], m[3]) for m in found)
        return [bare if marked is None else marked.replace('""', '"') for marked, bare in cells]


def _table(lines: _Lines, sample: str) -> _Table | None:
    """Find the header, and leave `lines` at the first row."""
    delimiters = _DELIMITERS
    for _ in range(_ABOVE):
        line = next(lines, "")
        if match := _SEP.fullmatch(line):
            delimiters = match[1]
            lines.mark()
    best = max(
        (
            (_score(line, mark), -at, mark)
            for at, line in enumerate(lines.drawn)
            for mark in delimiters
            if line.strip(f' {delimiters}"\r\n')
        ),
        default=None,
    )
    if best is None:
        return None
    _, at, delimiter = best
    lines.back(-at)
    lines.mark()
    match = re.search(rf'[^\\]\\"(?!"|\s*(?:{re.escape(delimiter)}|[\r\n]|$))', sample)
    escape = "\\" if match else None
    table = _Table([], delimiter, escape)
    try:
        header = table.cells(lines)
    except (csv.Error, StopIteration):
        header = table.guessed(lines.drawn[0])
        lines.back(1)
    header = [name.strip() for name in header]
    return table._replace(header=header)


def _score(line: str, delimiter: str) -> tuple[int, int]:
    names = [name.strip(' "\r\n') for name in line.split(delimiter)]
    return sum(map(is_known, names)), min(len(names), 2)


def _under(table: _Table, lines: _Lines, name: str) -> Iterator[Numbered | Problem]:
    while True:
        lines.mark()
        number = lines.number + 1
        notes: tuple[str, ...] = ()
        try:
            row: list[str] | None = table.cells(lines)
        except StopIteration:
            return
        except csv.Error:
            row, notes = _repaired(table, lines), ("mended",)
        if row is None:
            yield error("export-record", name, number, why="why-csv")
            _to_next_row(table, lines)
        elif any(cell.strip() for cell in row[len(table.header) :]):
            yield error("export-record", name, number, why="why-columns")
        elif any(cell.strip() for cell in row):
            yield Numbered(number, _record(table.header, row), notes)


def _record(header: Sequence[str], row: Sequence[str]) -> dict[str, object]:
    """Return a row as a dict of its columns; cells missing at its end are empty."""
    record: dict[str, object] = dict.fromkeys(filter(None, header), "")
    for name, cell in zip(header, row, strict=False):
        if name and not record[name]:
            record[name] = cell
    return record


def _repaired(table: _Table, lines: _Lines) -> list[str] | None:
    """Return the malformed row at the start of the drawn lines, repaired; put back the rest."""
    for count in range(1, _LONG):
        while len(lines.drawn) < count and next(lines, None):
            pass
        row = table.guessed("".join(lines.drawn[:count]))
        lines.back(count)
        if len(row) == len(table.header) and _is_next(table, lines):
            return [cell.removeprefix('"') for cell in row]
    lines.back(1)
    return None


def _is_next(table: _Table, lines: _Lines) -> bool:
    """Whether a complete row or the end of the file comes next; `lines` do not advance."""
    drawn = lines.drawn
    lines.mark()
    try:
        found = len(table.cells(lines)) == len(table.header)
    except StopIteration:
        found = True
    except csv.Error:
        found = len(table.guessed(lines.drawn[0])) == len(table.header)
    lines.back(0)
    lines.drawn = drawn
    return found


def _to_next_row(table: _Table, lines: _Lines) -> None:
    """Skip lines that do not begin a row."""
    while True:
        lines.mark()
        try:
            row = table.cells(lines)
        except StopIteration:
            return
        except csv.Error:
            row = []
        whole = len(row) == len(table.header)
        lines.back(0 if whole else 1)
        if whole:
            return
