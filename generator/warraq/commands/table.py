"""`warraq table`: articles as a table for a spreadsheet, and what was changed in it back again."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from warraq.base.controls import without_controls
from warraq.base.files import write_atomic
from warraq.base.problems import (
    Language,
    Problem,
    WarraqError,
    error,
    listed,
    printable,
    reason_code,
    warning,
)
from warraq.commands.edit import (
    Edited,
    How,
    carried_out,
    loaded,
    paths_of,
    today_of,
    unread,
    worded,
)
from warraq.editing import bulk, spreadsheets
from warraq.editing.named_files import NamedFiles
from warraq.editing.table_cells import LONGEST, guarded, stamp
from warraq.editing.table_changes import changes_of
from warraq.editing.table_columns import DATE, ID, STAMP, USUAL, fields_called, head, texts_of
from warraq.model import Article

_SHOWN = 5  # articles named in a warning


class ExportedTable(NamedTuple):
    """A table: the bytes of its file, how many articles are in it, and what could not be."""

    content: bytes
    articles: int
    problems: tuple[Problem, ...] = ()


def exported(
    site: Path,
    which: str | Collection[str],
    suffix: str,
    names: Iterable[str] = (),
    language: Language = "ar",
) -> ExportedTable:
    """Return the table of the articles that a query finds, or of those of ids: a row each.

    `suffix` is ".csv" or ".xlsx", `names` those of its fields (the usual ones by default), in
    whatever language; `language` is that of the heads. Raises WarraqError (exit code 2).
    """
    fields = fields_called(names) or USUAL
    if suffix not in spreadsheets.SUFFIXES:
        want = listed(spreadsheets.SUFFIXES)
        raise WarraqError([error("table-suffix", value=suffix, want=want)], exit_code=2)
    _, content = loaded(site)
    paths = set(paths_of(site, content, which))
    found = sorted((one for one in content.articles if one.path in paths and one.id), key=_place)
    texts = [texts_of(article, fields) for article in found]
    rows = [[head(field, language) for field in (ID, *fields, STAMP)]]
    rows += (_row(article, held) for article, held in zip(found, texts, strict=True))
    if suffix == ".csv":
        date = 1 + fields.index(DATE) if DATE in fields else -1
        made = spreadsheets.csv_bytes(
            [guarded(text, is_date=at == date) for at, text in enumerate(row)] for row in rows
        )
    else:
        made = spreadsheets.xlsx_bytes(rows, right_to_left=language == "ar")
    return ExportedTable(made, len(found), (*unread(content), *_too_long(found, texts)))


def export(
    site: Path, query: str, file: Path, names: Iterable[str] = (), language: Language = "ar"
) -> ExportedTable:
    """Write the table of the articles that a query finds to `file`, which must not be there yet.

    Nothing is written if the query finds nothing. Raises WarraqError.
    """
    if file.exists():
        raise WarraqError([error("table-exists", file.name)], exit_code=2)
    made = exported(site, query, file.suffix.lower(), names, language)
    if made.articles:
        try:
            write_atomic(file, made.content)
        except OSError as fault:
            why = reason_code(fault)
            raise WarraqError([error("file-unwritable", file.name, why=why)]) from None
    return made


def import_file(site: Path, file: Path, how: How) -> Edited:
    """Apply the table in a file, as `import_table` does. Raises WarraqError."""
    try:
        with file.open("rb") as opened:
            content = opened.read(spreadsheets.LARGEST + 1)
    except OSError as fault:
        why = reason_code(fault)
        raise WarraqError([error("table-unreadable", file.name, why=why)], exit_code=2) from None
    return import_table(site, file.name, content, how)


def import_table(site: Path, name: str, table: bytes, how: How) -> Edited:
    """Apply the cells of a table that were changed to the articles of its rows, as one change set.

    `name` is that of its file. A cell that cannot be applied is among the problems, the others are
    applied all the same; so is a cell whose article said something else there meanwhile. Raises
    WarraqError (exit code 2) if it is no table of articles.
    """
    name = printable(" ".join(without_controls(name).split()))
    sheet = spreadsheets.read(table, name)
    config, content = loaded(site)
    files = NamedFiles(content.authorities)
    asked = changes_of(name, sheet, content.articles, files, today_of(config))
    planned = bulk.planned(site, content, asked.steps)
    changed = len(planned.changes)
    subject = how.subject or worded(config, "say-commit-table", count=changed, name=name)
    notes = (*unread(content), *asked.problems)
    return carried_out(site, planned._replace(subject=subject), how, notes, found=asked.rows)


def _place(article: Article) -> tuple[str, str]:
    return (article.date.iso if article.date else "", article.id)


def _row(article: Article, texts: Mapping[str, str]) -> list[str]:
    held = {field: text for field, text in texts.items() if len(text) <= LONGEST}
    return [article.id, *(held.get(field, "") for field in texts), stamp(article.id, held)]


def _too_long(articles: Iterable[Article], texts: Iterable[Mapping[str, str]]) -> Iterator[Problem]:
    """Yield a warning that names the articles of which a cell cannot hold a value."""
    both = zip(articles, texts, strict=True)
    if long := [a.path for a, held in both if any(len(one) > LONGEST for one in held.values())]:
        yield warning("table-long", long[0], count=len(long), names=listed(long, _SHOWN))
