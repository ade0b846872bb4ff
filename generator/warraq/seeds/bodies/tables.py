"""HTML tables: which hold data, and their cells."""

import re
from typing import TYPE_CHECKING

from warraq.seeds.pages.pruning import text_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

CELL = 60  # words of a cell; a table with a longer one is layout

MOST_CELLS = 20_000  # of a table, counting spans; a larger one is not read as a table


def rows_of(table: "HtmlElement") -> list[list["HtmlElement | None"]]:
    """Return the cells of a data table, [] for a layout table."""
    if next(table.iterdescendants("table"), None) is not None:
        return []
    cells_of = {e for cell in table.iter("td", "th", "caption") for e in cell.iter()}
    loose = (e.text for e in table.iter() if e not in cells_of)
    after = (e.tail for e in table.iterdescendants() if e.getparent() not in cells_of)
    if any((text or "").strip() for text in (*loose, *after)):
        return []  # text outside cells
    rows: list[list[HtmlElement | None]] = []
    down: dict[int, int] = {}  # column → remaining rows of a cell's rowspan
    for row in table.iter("tr"):
        cells: list[HtmlElement | None] = []
        for cell in row.iter("td", "th"):
            blocks = next(cell.iter("ul", "ol", "h1", "h2", "h3"), None)
            if blocks is not None or len(text_of(cell).split()) > CELL:
                return []
            _pass_over(down, cells)
            across = min(max(number_of(cell.get("colspan"), 1), 1), 50)
            rest = min(number_of(cell.get("rowspan"), 1), 100) - 1
            if rest > 0:
                down |= dict.fromkeys(range(len(cells), len(cells) + across), rest)
            cells += [cell, *[None] * (across - 1)]
        _pass_over(down, cells)
        rows.append(cells)
    width = max(map(len, rows), default=0)
    if width < 2 or len(rows) < 2 or width * len(rows) > MOST_CELLS:
        return []
    return [row + [None] * (width - len(row)) for row in rows]


def _pass_over(down: dict[int, int], cells: "list[HtmlElement | None]") -> None:
    """Append None to `cells` for columns covered by a rowspan from above."""
    while down.get(len(cells), 0) > 0:
        down[len(cells)] -= 1
        cells.append(None)


def number_of(text: str | None, other: int) -> int:
    """Return the number in an attribute, `other` if it has none."""
    return int(text) if text and re.fullmatch(r"[0-9]{1,6}", text.strip()) else other
