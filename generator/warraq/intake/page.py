"""The state that the steps hand on: lines still standing, what was taken out, what was decided."""

from typing import NamedTuple

import msgspec

from warraq.model import Cited, Credit, DateInfo, Decision, Evidence, Flag, Moment, Removed


class Line(NamedTuple):
    """A line of the seed, or several joined. `text` is "" for an empty one; lines count from 1."""

    text: str
    first: int
    last: int


class SeedPage(msgspec.Struct, frozen=True):
    """What is known of a seed so far. A step takes a page and returns another.

    `kinds` runs beside `lines`: the furniture rule a line answers to, or "".
    """

    lines: tuple[Line, ...]
    kinds: tuple[str, ...] = ()
    removed: tuple[Removed, ...] = ()
    decisions: tuple[Decision, ...] = ()
    flags: tuple[Flag, ...] = ()
    notes: tuple[Evidence, ...] = ()
    title: str = ""
    title_status: str = ""
    source: Credit | None = None
    via: tuple[Credit, ...] = ()
    cited: tuple[Cited, ...] = ()
    authors: tuple[str, ...] = ()
    dateline: str = ""
    date: Moment | None = None
    date_info: DateInfo = DateInfo()
    section: str = ""
    digest: bool = False


def without(page: SeedPage, doomed: dict[int, str], **changes: object) -> SeedPage:
    """Return `page` less the lines at the indexes in `doomed` (index → rule), noted as removed."""
    taken = tuple(
        Removed(rule, page.lines[i].text, page.lines[i].first, page.lines[i].last)
        for i, rule in sorted(doomed.items())
        if page.lines[i].text
    )
    left = [i for i in range(len(page.lines)) if i not in doomed]
    return msgspec.structs.replace(
        page,
        lines=tuple(page.lines[i] for i in left),
        kinds=tuple(page.kinds[i] for i in left) if page.kinds else (),
        removed=page.removed + taken,
        **changes,
    )


def noted(page: SeedPage, text: str, meaning: str) -> SeedPage:
    """Return `page` with a note for the receipt."""
    return msgspec.structs.replace(page, notes=(*page.notes, Evidence(text, meaning)))
