"""A page around a list, a poem or a recipe: taken off by its own words before shapes are asked.

Under the headline stands a time stamp, and at the foot the page's furniture; what stands between
has no word of the page and is short lines for a good part, which shapes would take for menus.
"""

from collections.abc import Sequence

from warraq.intake.credit.bylines import signature
from warraq.intake.credit.outlets import OutletDirectory
from warraq.intake.dates.mention import TimeStamp
from warraq.intake.dates.time_stamps import stamps, tells_more
from warraq.intake.lines.boilerplate import boilerplate_rule
from warraq.intake.lines.line_features import is_headline_like, is_prose
from warraq.intake.lines.standalone import among_short_lines, is_listed, is_page_line, is_record
from warraq.intake.state import ImportState, replace, without_lines

TOP = 12  # lines with words in which the time stamp stands
LEAST_INNER = 3  # lines between
LISTED = 0.6  # share of short ones


def strip_page_frame(work: ImportState) -> ImportState:
    """Take out the page around a text of short lines: what is left stands alone."""
    lines = work.page.lines
    full = [i for i, line in enumerate(lines) if line.text]
    texts = [lines[i].text for i in full]
    head = _head(texts, work.directory)
    if head is None or is_record(work.raw):
        return work
    title, at = head
    own = {at + n for n in among_short_lines(texts[at:])}
    foot = (
        n for n in range(at, len(full)) if n not in own and is_page_line(texts[n], work.directory)
    )
    end = next(foot, len(full))
    listed = end - at >= LEAST_INNER and is_listed([texts[title], *texts[at:end]], LISTED)
    if not listed or not all(_of_foot(text) for text in texts[end:]):
        return work
    stamped = {n: _stamps(texts[n]) for n in range(title + 1, at)}
    doomed = {n: _rule(texts[n]) for n in (*range(title), *range(end, len(full)))}
    doomed |= {n: "date-line" for n, told in stamped.items() if told}
    return replace(
        work,
        page=without_lines(work.page, {full[n]: rule for n, rule in doomed.items()}),
        stamps=tuple(stamp for told in stamped.values() for stamp in told),
    )


def _head(texts: Sequence[str], known: OutletDirectory) -> tuple[int, int] | None:
    """Return where the headline stands, and the first line below its time stamp; None without.

    Furniture stands above it and, between the two, who wrote.
    """
    title = next((n for n, text in enumerate(texts[:TOP]) if boilerplate_rule(text) is None), -1)
    if title < 0 or is_prose(texts[title]) or stamps(texts[title]):
        return None
    at = title + 1
    dated = False
    for text in texts[at : at + 3]:
        told = bool(_stamps(text))
        if not told and (dated or signature(text, known) is None):
            break
        dated, at = dated or told, at + 1
    return (title, at) if dated else None


def _stamps(text: str) -> tuple[TimeStamp, ...]:
    found = stamps(text)
    return () if tells_more(found, 1) or any(s.role == "event" for s in found) else found


def _of_foot(text: str) -> bool:
    """Tell whether a line at the foot is furniture or another article's headline."""
    return boilerplate_rule(text) is not None or (is_headline_like(text) and not is_prose(text))


def _rule(text: str) -> str:
    match = boilerplate_rule(text)
    return match.rule if match else "below-furniture"
