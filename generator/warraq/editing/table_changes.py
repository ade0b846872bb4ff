"""What an edited table asks for: of each row the cells that are not as they were exported. Pure.

A cell is changed where its text does not have the mark that the export left in the last column; so
rows and columns may be sorted, moved and deleted, and what changed in the file meanwhile is seen.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from msgspec.structs import replace

from warraq.base.problems import Problem, WarraqError, error, listed, warning
from warraq.editing.field_edits import FieldEdit, Operation, Step, list_step, steps
from warraq.editing.named_files import NamedFiles
from warraq.editing.spreadsheets import LEGACY, Sheet, TableCell
from warraq.editing.table_cells import days_in, joined, mark, marks_in, parted, plain, unguarded
from warraq.editing.table_columns import (
    ALL,
    DATE,
    FLAGS,
    ID,
    LISTS,
    STAMP,
    field_named_so,
    texts_of,
)
from warraq.model import Article

_SHOWN = 5  # columns or values named in a problem
_LONGEST_SHOWN = 60  # letters of a value in a problem
_NEVER_EMPTY = ("title", "certainty")
_ORDERS = ("dmy", "mdy")


class TableChanges(NamedTuple):
    """The steps for each article's path, and what of the table is not applied, or not understood.

    `rows` counts those that are of an article.
    """

    steps: dict[str, list[Step]]
    problems: list[Problem]
    rows: int


class _Table(NamedTuple):
    """A sheet whose columns are known."""

    name: str
    sheet: Sheet
    columns: Mapping[str, int]  # field → where its cells are in a row

    def cell(self, row: tuple[TableCell, ...], field: str) -> TableCell:
        """Return the cell of a field; an empty one where the row is short."""
        at = self.columns[field]
        return row[at] if at < len(row) else TableCell("", row[0].name if row else "")

    def wrong(self, code: str, cell: TableCell, value: str = "") -> Problem:
        """Return a problem of a cell."""
        return error(code, f"{self.name}:{cell.name}", value=value)

    def readings(self, field: str, cell: TableCell) -> Iterator[str]:
        """Yield the texts that a cell may have been exported as, the likeliest first."""
        text = plain(cell.text)
        if self.sheet.is_csv:
            yield plain(unguarded(text))
        yield text
        if field in FLAGS:
            yield text.lower()
        if field == DATE:
            yield from (cell.day,) if cell.day else days_in(text).values()


def changes_of(
    name: str, sheet: Sheet, articles: Iterable[Article], files: NamedFiles, today: date
) -> TableChanges:
    """Return what `sheet`, the file `name`, changes in `articles`; `today` dates a removal.

    Raises WarraqError (exit code 2) if it is no table of articles.
    """
    columns, problems = _columns(name, sheet)
    table = _Table(name, sheet, columns)
    rows = list(_articles(table, articles, problems))
    exported = {field for _, _, marks in rows for field in marks}
    fields = [field for field in ALL if field in columns and field in exported]
    if rows and (added := [field for field in ALL if field in columns.keys() - exported]):
        problems.append(warning("table-unexported", name, names=listed(added)))
    order = _order_of_days(table, rows)
    every: dict[str, list[Step]] = {}
    for row, article, marks in rows:
        made: list[Step] = []
        for field, now in texts_of(article, fields).items():
            cell = table.cell(row, field)
            try:
                text = _new_text(table, field, cell, now, marks, order)
                if text is not None:
                    made.append(_step(article, field, text, files, today))
            except WarraqError as unfit:
                place = f"{name}:{cell.name}"
                problems += [replace(one, path=place, line=0) for one in unfit.problems]
        if made:
            every[article.path] = made
    return TableChanges(every, problems, len(rows))


_Row = tuple[tuple[TableCell, ...], Article, dict[str, str]]


def _columns(name: str, sheet: Sheet) -> tuple[dict[str, int], list[Problem]]:
    """Return where the cells of each field are; columns of the editors' own are warned of."""
    heads = [plain(cell.text) for cell in sheet.rows[0]] if sheet.rows else []
    read = [unguarded(head) if sheet.is_csv else head for head in heads]
    named = [(field_named_so(head), head, at) for at, head in enumerate(read) if head]
    columns = {field: at for field, _, at in named if field}
    if not {ID, STAMP} <= columns.keys():
        raise WarraqError([error("table-no-table", name)], exit_code=2)
    counted = Counter(field for field, _, _ in named if field)
    if twice := [head for field, head, _ in named if counted[field] > 1]:
        raise WarraqError([error("table-twice", name, names=listed(twice, _SHOWN))], exit_code=2)
    strange = [head for field, head, _ in named if not field]
    told = [warning("table-columns", name, names=listed(strange, _SHOWN))] if strange else []
    return columns, told


def _articles(
    table: _Table, articles: Iterable[Article], problems: list[Problem]
) -> Iterator[_Row]:
    """Yield the rows that are of one article, with it and the marks of their cells."""
    known = {article.id: article for article in articles if article.id}
    rows = [row for row in table.sheet.rows[1:] if any(plain(cell.text) for cell in row)]
    ids = [_id_of(table, row) for row in rows]
    counted = Counter(ids)
    for ident, row in zip(ids, rows, strict=True):
        cell, last = table.cell(row, ID), table.cell(row, STAMP)
        stamped, marks = marks_in(plain(last.text))
        if not ident:
            problems.append(table.wrong("table-id-missing", cell))
        elif counted[ident] > 1:
            problems.append(table.wrong("table-id-twice", cell, value=ident))
        elif not marks or stamped != ident:
            problems.append(table.wrong("table-stamp", last, value=ident))
        elif ident not in known:
            problems.append(table.wrong("table-id-unknown", cell, value=ident))
        else:
            yield row, known[ident], marks


def _id_of(table: _Table, row: tuple[TableCell, ...]) -> str:
    return next(iter(table.readings(ID, table.cell(row, ID))))


def _order_of_days(table: _Table, rows: Iterable[_Row]) -> str:
    """Return the order in which the file's program writes days, "" where nothing shows it.

    It shows in the dates that no editor changed: their mark shows which day they were.
    """
    shown = set()
    for row, _, marks in rows if DATE in table.columns else ():
        days = days_in(table.cell(row, DATE).text)
        fitting = {order[:3] for order, day in days.items() if mark(DATE, day) == marks.get(DATE)}
        if len(fitting) == 1:
            shown |= fitting.intersection(_ORDERS)
    return shown.pop() if len(shown) == 1 else ""


def _new_text(  # noqa: PLR0913, PLR0917 - a cell, and all that it is compared with
    table: _Table, field: str, cell: TableCell, now: str, marks: Mapping[str, str], order: str
) -> str | None:
    """Return what an editor wrote into a cell, None if it is as it was or as the file is `now`.

    Raises WarraqError if that cannot be known, or if the file changed meanwhile too.
    """
    if field not in marks:  # its text was too long for a cell
        if cell.text:
            raise WarraqError([error("table-unmarked")])
        return None
    if any(mark(field, one) == marks[field] for one in table.readings(field, cell)):
        return None
    is_now = mark(field, now) == marks[field]
    if table.sheet.is_legacy:
        if any(_is_worn(one, now) for one in table.readings(field, cell)):
            return None
        if cell.text.count("?") > now.count("?") or now != _in_legacy(now):
            raise WarraqError([error("table-letters")])
    text = _meant(table, field, cell, order)
    if text == now:
        return None
    if not is_now:
        theirs, ours = now[:_LONGEST_SHOWN], text[:_LONGEST_SHOWN]
        raise WarraqError([error("table-conflict", theirs=theirs, ours=ours)])
    return text


def _is_worn(text: str, now: str) -> bool:
    """Whether `text` is what is left of `now`, with question marks for some of its letters."""
    left, whole = (one.encode("utf-16-le") for one in (text, now))  # two marks for two halves
    return len(left) == len(whole) and all(
        left[at : at + 2] in {whole[at : at + 2], b"?\0"} for at in range(0, len(left), 2)
    )


def _in_legacy(text: str) -> str:
    return text.encode(LEGACY, "replace").decode(LEGACY)


def _meant(table: _Table, field: str, cell: TableCell, order: str) -> str:
    """Return the text of a cell that was changed. Raises WarraqError where it is not clear."""
    text = next(table.readings(field, cell))
    if field == DATE and (cell.day or days_in(text)):
        return cell.day or _day(text, order)
    why = "" if field in FLAGS and cell.why == "why-cell-flag" else cell.why
    if why:
        raise WarraqError([error("table-cell", value=text[:_LONGEST_SHOWN], why=why)])
    if field in FLAGS:
        return text.lower()
    return joined(parted(text)) if field in LISTS else text


def _day(text: str, order: str) -> str:
    """Return the day that an editor wrote, "12/10/2025" in the `order` that the file shows."""
    days = days_in(text)
    if order and "ymd" not in days:
        days = {name: day for name, day in days.items() if name == order}
    found = {day for name, day in days.items() if name in {"ymd", *_ORDERS}}
    if len(found) != 1:
        raise WarraqError([error("table-day", value=text)])
    return found.pop()


def _step(article: Article, field: str, text: str, files: NamedFiles, today: date) -> Step:
    """Return the edit that makes a field say `text`. Raises WarraqError if it cannot."""
    if field in LISTS:
        step = list_step(field, parted(text), files)
        step(article)
        return step
    if not text and field in _NEVER_EMPTY:
        raise WarraqError([error("table-empty", key=field)])
    operation: Operation = "set" if text else "unset"
    typed = f"{field}={text}" if text else field
    (made,) = steps([FieldEdit.of(operation, typed)], files, today)
    return made
