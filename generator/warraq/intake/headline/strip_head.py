"""The head taken out of a page: headline, bylines, date lines, captions and labels."""

import re

import msgspec

from warraq.intake.headline.line_roles import BylineRole, LineRole, PageHead
from warraq.intake.headline.selection import without_ornaments
from warraq.intake.headline.thresholds import HEADLINE
from warraq.intake.lines.boilerplate import RuleMatch
from warraq.intake.lines.line_breaks import is_wrapped
from warraq.intake.lines.line_features import CLOSING_MARKS, is_greeting, is_prose, is_sentence
from warraq.intake.lines.points import points
from warraq.intake.lines.strip_boilerplate import strip_boilerplate
from warraq.intake.state import ImportState, SeedPage, replace, without_lines
from warraq.intake.text.folding import contains_headline, same_letters, words
from warraq.model import Decision

# A picture's caption ends in its maker: «… من المحطة (سمر نجم)» (… of the station, Samar Najm).
_CAPTION = re.compile(r"[^().]{12,}\((?:[^()\d.،:]{3,40})\)\.?")


def strip_head(state: ImportState, head: PageHead) -> ImportState:
    """Return `state` with its headline set, and neither head nor boilerplate among the lines."""
    end = _end_of_head(head)
    rules = _rules_of_head(state, head, end)
    page = _with_headline(without_lines(state.page, rules), state, head)
    matches = [match for i, match in enumerate(head.matches) if i not in rules]
    start = sum(i not in rules for i in range(end))
    page = strip_boilerplate(page, matches, min(start, len(page.lines)), standalone=state.alone)
    return replace(state, page=page, head=start)


def _with_headline(page: SeedPage, state: ImportState, head: PageHead) -> SeedPage:
    """Return `page` with the headline of `head` and the decision for it, if there is one."""
    if head.headline is None:
        return page
    title = head.headline.title
    decision = Decision("title", title, "text" if head.at >= 0 else state.fact("title")[1])
    return msgspec.structs.replace(
        page,
        title=title,
        title_status=head.headline.status,
        decisions=(*page.decisions, decision),
    )


def _end_of_head(head: PageHead) -> int:
    """Return the index of the first line below the head."""
    end = head.lead if head.lead >= 0 else _last_line_of_head(head) + 1
    if head.headline is None:
        return max(0, end)
    # The headlines of a list go with its label, and only `strip_boilerplate` counts them.
    lists = (
        i
        for i in range(head.at + 1, end)
        if head.lines[i] and (match := head.matches[i]) and match.effect == "list"
    )
    return max(0, next(lists, end))


def _last_line_of_head(head: PageHead) -> int:
    """Return the last line of the head where no line is a paragraph: a poem, a short notice.

    The head goes on as long as one of three lines says who or when, or is boilerplate.
    """
    last = head.at
    filled = [i for i in range(head.at + 1, len(head.lines)) if head.lines[i]]
    for n, i in enumerate(filled):
        near = filled[n : n + HEADLINE.trailing_lines]
        if not any(_is_of_head(head, j) for j in near):
            break
        if _is_of_head(head, i):
            last = i
    return last


def _is_of_head(head: PageHead, i: int) -> bool:
    """Whether line `i` says who or when, or is boilerplate."""
    return i in head.roles or head.matches[i] is not None


def _rules_of_head(state: ImportState, head: PageHead, end: int) -> dict[int, str]:
    """Return which lines above `end` go, and by which rule."""
    below = state.page.lines[head.at + 1 :]
    # Where paragraphs are broken into lines, a short line may be a piece of one.
    wrapped = is_wrapped([line for line in below if not _is_short_label(line.text)])
    trifles_stay = wrapped or state.alone
    captions = {} if state.alone or head.at < 0 else _captions_below(head)
    listed = points(head.lines, head.matches)
    out: dict[int, str] = {}
    for i in range(end):
        text = head.lines[i]
        if not text:
            continue
        if rule := _rule_of_line(head, i):
            out[i] = rule
        elif i in listed:
            continue
        elif i in captions:
            out[i] = captions[i]
        elif head.lead > i and _is_trifle(text) and not (trifles_stay or is_greeting(text)):
            out[i] = "head-label"
    return out


def _rule_of_line(head: PageHead, i: int) -> str:
    """Return the rule by which line `i` of the head goes, "" when it stays."""
    text, match, role = head.lines[i], head.matches[i], head.roles.get(i)
    if head.headline is None:
        return _rule_of_role(role) or (match.rule if match else "")
    title = head.headline.title
    if i == head.at or same_letters(without_ornaments(text), title):
        return "headline"
    if i < head.at:
        return _rule_above_headline(match, role)
    if role or match:
        return _rule_of_role(role) or (match.rule if match else "")
    again = contains_headline(text, title) and not is_sentence(text)
    return "headline" if again else ""


def _rule_above_headline(match: RuleMatch | None, role: LineRole | None) -> str:
    return match.rule if match else _rule_of_role(role) or "above-headline"


def _rule_of_role(role: LineRole | None) -> str:
    if role is None:
        return ""
    return "byline" if isinstance(role, BylineRole) else "date-line"


def _is_trifle(text: str) -> bool:
    """Whether a line has no letters, or is a label of a few words."""
    return not re.search(r"[^\W\d_]", text) or _is_short_label(text.rstrip(" :"))


def _is_short_label(text: str) -> bool:
    return 0 < len(words(text)) <= HEADLINE.max_trifle_words and not text.endswith(CLOSING_MARKS)


def _captions_below(head: PageHead) -> dict[int, str]:
    """Return the pictures' captions below the headline: short lines among those of the head.

    What is directly under the headline may be a standfirst, if it has words enough; so may several
    lines together.
    """
    end = head.lead if head.lead >= 0 else _last_line_of_head(head) + 1
    known = [i for i in range(head.at + 1, end) if _is_of_head(head, i)]
    rest = [i for i in range(head.at + 1, end) if head.lines[i] and not _is_of_head(head, i)]
    short = all(_is_short_label(head.lines[i]) for i in rest)
    keywords = short and len(rest) >= HEADLINE.min_keyword_lines
    out: dict[int, str] = {}
    for i in rest:
        text = head.lines[i]
        count = len(words(text))
        below_known = bool(known) and known[0] < i
        among = below_known and (
            len(rest) < HEADLINE.min_summary_lines if i < known[-1] else len(rest) == 1
        )
        label = among and count <= HEADLINE.max_head_label_words and not is_prose(text)
        if _CAPTION.fullmatch(text) and count <= HEADLINE.max_signed_caption_words:
            out[i] = "photo-credit"
        elif label or (below_known and keywords):
            out[i] = "head-label"
        elif _names_a_picture(head, i):
            out[i] = "photo-credit"
    return out


def _names_a_picture(head: PageHead, i: int) -> bool:
    """Whether line `i` is a short name right above a line that says who or when."""
    text = head.lines[i]
    above = i + 1 in head.roles or (i + 2 in head.roles and not head.lines[i + 1])
    short = len(words(text)) <= HEADLINE.max_picture_name_words
    return above and short and not text.endswith(CLOSING_MARKS)
