"""Files that two lines of the history changed otherwise, to be read and chosen from."""

from collections.abc import Mapping
from typing import NamedTuple

from warraq.base.problems import printable
from warraq.desk.article_merge import settled
from warraq.desk.change_reading import FileReading, read_change
from warraq.desk.page_templates import words
from warraq.desk.site_desk import Desk
from warraq.editing.change_set import FileChange
from warraq.editing.joined_lines import FileClash, JoinedLines, Side

_CHOICE = "keep."  # before the path of a file, in the name of an input
_SIDES: dict[str, Side] = {"ours": "ours", "theirs": "theirs"}
_MOST = 20  # shown at once; the others are named when these are settled


class ClashReading(NamedTuple):
    """A file that both changed, as the one and as the other changed it.

    `is_whole`: who chooses one of them loses all that the other changed in the file.
    """

    path: str
    title: str
    ours: FileReading
    theirs: FileReading
    can_choose: bool
    is_whole: bool
    chosen: str = ""


def clash_readings(
    desk: Desk, plan: JoinedLines | None, given: Mapping[str, str]
) -> tuple[ClashReading, ...]:
    """Return what clashes in `plan`, with what a form has chosen already."""
    return tuple(_reading(desk, one, given) for one in (plan.clashes[:_MOST] if plan else ()))


def choices(form: Mapping[str, str]) -> dict[str, Side]:
    """Return the side that a form chooses for each path."""
    return {
        name.removeprefix(_CHOICE): _SIDES[value]
        for name, value in form.items()
        if name.startswith(_CHOICE) and value in _SIDES
    }


def _reading(desk: Desk, one: FileClash, given: Mapping[str, str]) -> ClashReading:
    labels = words(desk.language)
    ours, theirs = (
        read_change(FileChange(one.path, one.base, side), labels) for side in (one.ours, one.theirs)
    )
    title = theirs.title if one.theirs is not None else ours.title
    is_whole = settled(one, "theirs") is None
    chosen = given.get(_CHOICE + one.path, "")
    # The name of an input is text; a file whose name is none has to be chosen in the terminal.
    can_choose = one.can_choose and printable(one.path) == one.path
    return ClashReading(printable(one.path), title, ours, theirs, can_choose, is_whole, chosen)
