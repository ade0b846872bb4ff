"""CSV and XLSX files ↔ rows of cells. The door to openpyxl, which the extra `table` brings.

Nothing of a workbook is run or followed: no formula, no macro, no link to another file.
"""

import csv
import re
import warnings
from collections.abc import Iterable, Sequence
from datetime import datetime, time
from importlib.util import find_spec
from io import BytesIO, StringIO
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple
from zipfile import BadZipFile, ZipFile

from warraq.base.problems import WarraqError, error

if TYPE_CHECKING:
    from openpyxl.cell.read_only import ReadOnlyCell
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

SUFFIXES = (".csv", ".xlsx")
LEGACY = "cp1256"  # what Excel in Arabic saves as «CSV»; other letters become question marks
# and in English all Arabic ones, which leaves ASCII
LARGEST = 64 * 1024 * 1024  # bytes of a file
_UNPACKED = 512 * 1024 * 1024  # bytes of all that is packed in a workbook
_MOST_ROWS, _MOST_COLUMNS = 200_000, 200
_DELIMITERS = ",;\t"
_EXACT = 10**15  # spreadsheets keep fifteen digits of a number
_LAST_DAY = 2_958_466  # the number of the first of January 10000
_UNREAD = {"f": "why-cell-formula", "e": "why-cell-error"}
_COLUMN_WIDTH = 24  # letters
_PADDING = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_PADDED = re.compile("_x([0-9A-Fa-f]{4})_")  # how a workbook writes what XML cannot


class TableCell(NamedTuple):
    """A cell: what it says, and its name, such as "C17".

    `day` is the day that a workbook says it is. `why` is the code of why its text is not what
    somebody wrote: a formula, a number that was a text.
    """

    text: str
    name: str
    day: str = ""
    why: str = ""


class Sheet(NamedTuple):
    """The rows of a file, the first of them its head.

    `is_csv`: cells may have been rewritten when the file was opened; `is_legacy`: letters may have
    become question marks when it was saved.
    """

    rows: tuple[tuple[TableCell, ...], ...]
    is_csv: bool
    is_legacy: bool = False


def kinds() -> tuple[str, ...]:
    """Return the suffixes of the files that can be written here: workbooks need the extra."""
    return SUFFIXES if find_spec("openpyxl") else SUFFIXES[:1]


def csv_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """Return a CSV file as spreadsheets open it without a question: UTF-8 with a mark, commas."""
    text = StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def xlsx_bytes(rows: Iterable[Sequence[str]], *, right_to_left: bool) -> bytes:
    """Return a workbook whose cells are all text.

    Its first row stays in sight, its last column is hidden. Raises WarraqError without the extra.
    """
    try:
        from openpyxl import Workbook  # noqa: PLC0415 - an extra
    except ImportError:
        raise WarraqError([error("table-needs", extra="warraq[table]")], exit_code=2) from None
    book = Workbook(write_only=True)
    sheet: WriteOnlyWorksheet = book.create_sheet("warraq")
    sheet.sheet_view.rightToLeft = right_to_left
    sheet.freeze_panes = "A2"
    for number, row in enumerate(rows):
        if not number:
            _shape(sheet, len(row))
        sheet.append([_text_cell(sheet, text, is_head=not number) for text in row])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def read(content: bytes, name: str) -> Sheet:
    """Return what a file holds; `name` is what problems call it.

    CSV may be UTF-8, UTF-16 or Windows-1256, with commas, semicolons or tabs. Raises WarraqError
    (exit code 2) for what cannot be read, or is larger than a table of articles.
    """
    if len(content) > LARGEST:
        raise WarraqError([error("table-unreadable", name, why="why-large")], exit_code=2)
    return _workbook(content, name) if content.startswith(b"PK") else _csv(content, name)


def column_name(number: int) -> str:
    """Return the letters of a column, counted from 0.

    >>> [column_name(number) for number in (0, 25, 26, 701, 702)]
    ['A', 'Z', 'AA', 'ZZ', 'AAA']
    """
    letters = ""
    while number >= 0:
        number, rest = divmod(number, 26)
        letters, number = chr(ord("A") + rest) + letters, number - 1
    return letters


def _shape(sheet: "WriteOnlyWorksheet", columns: int) -> None:
    for number in range(columns):
        column = sheet.column_dimensions[column_name(number)]
        column.width, column.number_format = _COLUMN_WIDTH, "@"
    sheet.column_dimensions[column_name(columns - 1)].hidden = True


def _text_cell(sheet: "WriteOnlyWorksheet", text: str, *, is_head: bool) -> object:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - an extra
    from openpyxl.styles import Font  # noqa: PLC0415 - as above

    cell = WriteOnlyCell(sheet, _PADDING.sub("_x005F_", text) or None)
    cell.number_format = "@"
    if text:
        cell.data_type = "s"  # also where it begins with «=»
    if is_head:
        cell.font = Font(bold=True)
    return cell


def _csv(content: bytes, name: str) -> Sheet:
    text, is_legacy = _decoded(content, name)
    first, _, rest = text.partition("\n")
    if re.fullmatch(r"sep=.\r?", first):  # Excel's own hint
        delimiters, text = first[4], rest
    else:
        delimiters = _DELIMITERS
    try:
        delimiter = max(delimiters, key=lambda sign: len(_parsed(text, sign, 1)[0]))
        rows = _parsed(text, delimiter, _MOST_ROWS)
    except csv.Error:
        raise WarraqError([error("table-unreadable", name, why="why-csv")], exit_code=2) from None
    return Sheet(
        tuple(
            tuple(
                TableCell(value, f"{column_name(column)}{number}")
                for column, value in enumerate(row[:_MOST_COLUMNS])
            )
            for number, row in enumerate(rows, 1)
        ),
        is_csv=True,
        is_legacy=is_legacy,
    )


def _parsed(text: str, delimiter: str, most: int) -> list[list[str]]:
    csv.field_size_limit(LARGEST)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    return list(islice(reader, most)) or [[]]


def _decoded(content: bytes, name: str) -> tuple[str, bool]:
    """Return the text of a CSV file, and whether it is in the encoding that loses letters."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", LEGACY]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text, encoding == LEGACY or content.isascii()
    raise WarraqError([error("table-unreadable", name, why="why-encoding")], exit_code=2)


def _workbook(content: bytes, name: str) -> Sheet:
    try:
        import openpyxl  # noqa: PLC0415 - an extra
    except ImportError:
        raise WarraqError([error("table-needs", extra="warraq[table]")], exit_code=2) from None
    try:
        _refuse_bomb(content, name)
        with warnings.catch_warnings(action="ignore"):  # of features that do not concern us
            book = openpyxl.load_workbook(BytesIO(content), read_only=True, keep_links=False)
            rows = next(filter(None, map(_rows, book.worksheets)), ())
    except (WarraqError, MemoryError):
        raise
    except BadZipFile:
        raise WarraqError([error("table-unreadable", name, why="why-cut")], exit_code=2) from None
    except Exception:  # noqa: BLE001 - openpyxl raises anything for a workbook that is damaged
        raise WarraqError([error("table-unreadable", name, why="why-book")], exit_code=2) from None
    return Sheet(rows, is_csv=False)


def _refuse_bomb(content: bytes, name: str) -> None:
    with ZipFile(BytesIO(content)) as packed:
        size = sum(part.file_size for part in packed.infolist())
    if size > _UNPACKED:
        raise WarraqError([error("table-unreadable", name, why="why-large")], exit_code=2)


def _rows(sheet: "ReadOnlyWorksheet") -> tuple[tuple[TableCell, ...], ...]:
    sheet.reset_dimensions()  # what a file says of its size may be wrong
    return tuple(
        tuple(
            _cell(cell, f"{column_name(column)}{number}", sheet.parent.epoch)
            for column, cell in enumerate(row[:_MOST_COLUMNS])
        )
        for number, row in enumerate(islice(sheet.iter_rows(), _MOST_ROWS), 1)
    )


def _cell(cell: "ReadOnlyCell", name: str, epoch: datetime) -> TableCell:
    value = cell.value
    if value is None:
        return TableCell("", name)
    if cell.data_type in _UNREAD:
        return TableCell(str(value), name, why=_UNREAD[cell.data_type])
    if isinstance(value, str):
        return TableCell(_PADDED.sub(lambda found: chr(int(found[1], 16)), value), name)
    if isinstance(value, bool):
        return TableCell(str(value).lower(), name, why="why-cell-flag")
    if isinstance(value, int | float):
        return _number(value, name, epoch)
    day = ""
    if isinstance(value, datetime) and value.time() == time():
        day = value.date().isoformat()
    return TableCell(day or str(value), name, day, "why-cell-date")


def _number(value: float, name: str, epoch: datetime) -> TableCell:
    from openpyxl.utils.datetime import from_excel  # noqa: PLC0415 - an extra

    if value != int(value) or abs(value) >= _EXACT:
        return TableCell(repr(value), name, why="why-cell-number")
    found = from_excel(value, epoch) if 0 < value < _LAST_DAY else None
    day = found.date().isoformat() if isinstance(found, datetime) else ""
    return TableCell(str(int(value)), name, day)
