"""The lines that an outlet's file lists, once it is known whose text it is.

What is listed there wins over every other rule: `furniture` goes, `keep` stays, line for line.
"""

import msgspec

from warraq.intake.credit.outlets import OutletDirectory
from warraq.intake.lines.boilerplate import OUTLETS
from warraq.intake.state import ImportState, Line, replace, without_lines
from warraq.intake.text.folding import phrase
from warraq.model import Removed

_HEADLINE = "headline"  # such a line is not lost: it is the title


def directory_of(state: ImportState) -> OutletDirectory:
    """Return the directory with the lines of those outlets that a text is from or came through.

    Whose text nobody says may be any outlet's. One that is known to be of an outlet which has no
    file is none of theirs.
    """
    page, directory = state.page, state.directory
    names = [one.name for one in (page.source, *page.via) if one]
    if not names and not state.site:
        return directory
    own = state.site.outlet if state.site else None
    outlets = (*map(directory.named, names), own)
    return directory.knowing({outlet.key for outlet in outlets if outlet})


def is_changed_by(state: ImportState, directory: OutletDirectory) -> bool:
    """Whether the steps would take out other lines of a text if they had known its outlets."""
    own = directory.own_lines
    foreign = (r for r in state.page.removed if r.rule.startswith(OUTLETS))
    if any(phrase(removed.text) not in own for removed in foreign):
        return True
    kept = {text for text, key in own.items() if not key}
    return bool(kept) and any(phrase(r.text) in kept for r in state.page.removed)


def own_lines(state: ImportState) -> ImportState:
    """Put back the lines that the outlets of a text keep, and take out those that are furniture."""
    own = directory_of(state).own_lines
    if not own:
        return state
    page = state.page
    back = [r for r in page.removed if _is_line(r) and own.get(phrase(r.text)) == ""]
    if back:
        lines = [*page.lines, *(Line(one.text, one.first, one.last) for one in back)]
        page = msgspec.structs.replace(
            page,
            lines=tuple(sorted(lines, key=lambda line: line.first)),
            removed=tuple(removed for removed in page.removed if removed not in back),
        )
    keys = ((i, own.get(phrase(line.text))) for i, line in enumerate(page.lines))
    return replace(state, page=without_lines(page, {i: OUTLETS + key for i, key in keys if key}))


def _is_line(removed: Removed) -> bool:
    return removed.first > 0 and removed.rule != _HEADLINE
