"""A page around a list, a poem or a recipe: removed by its own words before any rule of shape.

Under the headline is a time stamp, and at the foot the page's boilerplate; the lines between have
no word of the page and are short for a good part, so that rules of shape would call them menus.
"""

from collections.abc import Sequence

from warraq.intake.credit.bylines import signature
from warraq.intake.credit.outlets import OutletDirectory
from warraq.intake.dates.mention import TimeStamp
from warraq.intake.dates.time_stamps import says_more, stamps
from warraq.intake.lines.boilerplate import boilerplate_rule
from warraq.intake.lines.line_features import is_headline_like, is_prose
from warraq.intake.lines.standalone import among_short_lines, is_listed, is_page_line, is_record
from warraq.intake.lines.thresholds import LINES
from warraq.intake.state import ImportState, replace, without_lines


def strip_page_frame(work: ImportState) -> ImportState:
    """Take out the page around a text of short lines, so that the text is by itself."""
    lines = work.page.lines
    filled = [i for i, line in enumerate(lines) if line.text]
    texts = [lines[i].text for i in filled]
    head = _head(texts, work.directory)
    if head is None or is_record(work.raw):
        return work
    title, at = head
    end = _end_of_text(texts, at, work.directory)
    inner = [texts[title], *texts[at:end]]
    listed = end - at >= LINES.min_framed_lines and is_listed(inner, LINES.min_framed_list_share)
    if not listed or not all(map(_is_foot_line, texts[end:])):
        return work
    dated = {n: _stamps_only(texts[n]) for n in range(title + 1, at)}
    removed = {n: _rule(texts[n]) for n in (*range(title), *range(end, len(filled)))}
    removed |= {n: "date-line" for n, found in dated.items() if found}
    return replace(
        work,
        page=without_lines(work.page, {filled[n]: rule for n, rule in removed.items()}),
        stamps=tuple(stamp for found in dated.values() for stamp in found),
    )


def _head(texts: Sequence[str], directory: OutletDirectory) -> tuple[int, int] | None:
    """Return the headline's index and that of the first line below its time stamp; None without.

    Boilerplate is above the headline; the writer may be between the two.
    """
    top = enumerate(texts[: LINES.max_frame_top_lines])
    title = next((n for n, text in top if boilerplate_rule(text) is None), -1)
    if title < 0 or is_prose(texts[title]) or stamps(texts[title]):
        return None
    at = title + 1
    dated = False
    for text in texts[at : at + LINES.max_stamp_lines]:
        stamped = bool(_stamps_only(text))
        if not stamped and (dated or signature(text, directory) is None):
            break
        dated, at = dated or stamped, at + 1
    return (title, at) if dated else None


def _end_of_text(texts: Sequence[str], at: int, directory: OutletDirectory) -> int:
    """Return the index of the first line from `at` on that only pages have."""
    own = {at + n for n in among_short_lines(texts[at:])}
    foot = (n for n in range(at, len(texts)) if n not in own and is_page_line(texts[n], directory))
    return next(foot, len(texts))


def _stamps_only(text: str) -> tuple[TimeStamp, ...]:
    """Return the time stamps of a line that says nothing else."""
    found = stamps(text)
    return () if says_more(found, 1) or any(s.role == "event" for s in found) else found


def _is_foot_line(text: str) -> bool:
    """Whether a line at the foot is boilerplate or another article's headline."""
    return boilerplate_rule(text) is not None or (is_headline_like(text) and not is_prose(text))


def _rule(text: str) -> str:
    match = boilerplate_rule(text)
    return match.rule if match else "below-furniture"
