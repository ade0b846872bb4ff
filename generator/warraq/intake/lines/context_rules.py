"""Boilerplate that only its context shows: mastheads, menus in many short lines, notices.

Each of these lines alone might be a headline; the lines around it show that it is none. Headlines
of other articles are found by `tickers`, captions by `captions`. A rule takes the texts of a page's
lines, what matched them so far, and the indexes of those with words (`filled`); it returns what
else matches, by index.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise, takewhile

from warraq.intake.credit.name_kinds import OUTLET_WORDS, is_person
from warraq.intake.dates.time_stamps import stamps
from warraq.intake.lines.boilerplate import RuleMatch, boilerplate_rule, is_punctuated_label
from warraq.intake.lines.captions import CAPTION, captions
from warraq.intake.lines.line_features import CLOSING_MARKS, is_headline_like, is_prose
from warraq.intake.lines.overlap import overlap_with, paragraph_stems
from warraq.intake.lines.points import points
from warraq.intake.lines.standalone import among_short_lines, recurring_headings, without_own_lines
from warraq.intake.lines.thresholds import LINES
from warraq.intake.lines.tickers import (
    above_article,
    between_paragraphs,
    over_picture_label,
    run_together,
    shared_line,
)
from warraq.intake.state import Line
from warraq.intake.text.folding import phrase, words

MASTHEAD = RuleMatch("masthead", "line")
MENU = RuleMatch("menu", "head")
COMMENTS = RuleMatch("comments", "tail")
CARD = RuleMatch("teaser", "line")
PULL_QUOTE = RuleMatch("pull-quote", "line")
ADVERT = RuleMatch("widget", "line")
_BULLETS = ("•", "·", "*", "▪", "●", "■", "◾", "►")
_BYLINE_RULES = frozenset(("date-line-odd", "counter", "clock", "signature"))
_ARABIC = re.compile("[\u0621-\u064a]")

_Matches = Sequence[RuleMatch | None]


def classify_lines(
    lines: Sequence[Line],
    own: Mapping[str, str],
    *,
    standalone: bool = False,
    titled: bool = False,
) -> tuple[RuleMatch | None, ...]:
    """Return for each line the boilerplate rule that matches it, by itself or by its context.

    In a `standalone` text no shape makes a menu or a list of comments; `titled`: its headline is
    none of the lines. `own` maps folded phrases of outlets to the outlet's key.
    """
    matches = [boilerplate_rule(line.text, own) if line.text else None for line in lines]
    filled = [i for i, line in enumerate(lines) if line.text]
    texts = tuple(line.text for line in lines)
    kept = _lines_of_article(texts, filled, standalone=standalone)
    restored = {i for i in kept if matches[i]}
    if standalone:
        matches = list(without_own_lines(texts, matches, titled=titled))
    matches = shared_line(lines, matches)
    for rule in STANDALONE_RULES if standalone else PAGE_RULES:
        found = rule(texts, matches, filled)
        if standalone:
            found = {i: match for i, match in found.items() if not _is_paragraph(texts, i, match)}
        for i, match in found.items():
            matches[i] = match if match is CARD else matches[i] or match
    restored.update(i for i in kept if matches[i] is ADVERT)
    listed = points(texts, matches)
    for i in (*restored, *listed, *_own_headline(texts, matches, filled)):
        matches[i] = None
    return tuple(matches)


def _is_paragraph(texts: Sequence[str], i: int, match: RuleMatch) -> bool:
    """Whether line `i` is too long to be boilerplate by its shape, and is not a repetition."""
    return match is not PULL_QUOTE and len(texts[i].split()) >= LINES.paragraph_words


def _lines_of_article(
    texts: tuple[str, ...], filled: Sequence[int], *, standalone: bool
) -> list[int]:
    """Return the lines that their context makes lines of the article, whatever matches them."""
    inner = [texts[i] for i in filled]
    own = recurring_headings(inner) | (among_short_lines(inner) if standalone else frozenset())
    answers = {n for n, text in enumerate(inner) if is_punctuated_label(text)}
    answers = {n for n in answers if not _has_boilerplate_neighbour(inner, n)}
    return [filled[n] for n in own | answers]


def _has_boilerplate_neighbour(texts: Sequence[str], n: int) -> bool:
    neighbours = (*texts[max(0, n - 1) : n], *texts[n + 1 : n + 2])
    return any(map(boilerplate_rule, neighbours))


def _own_headline(texts: tuple[str, ...], matches: _Matches, filled: Sequence[int]) -> list[int]:
    """Return the line above the article that looks like boilerplate and is its headline.

    «شاهد.. …» (watch …), «نتائج مباريات …» (results of matches): the article has its words.
    """
    head = takewhile(lambda i: not is_prose(texts[i]), filled[: LINES.max_top_lines])
    long = (i for i in head if len(words(texts[i])) >= LINES.max_name_words)
    linked = (i for i in long if (m := matches[i]) and m.rule in {"related", "widget"})
    article = paragraph_stems(texts)
    least = LINES.min_own_headline_share
    return [i for i in linked if overlap_with(texts[i], article) >= least][:1]


def _mastheads(
    texts: tuple[str, ...], matches: _Matches, filled: Sequence[int]
) -> dict[int, RuleMatch]:
    """Return the names under «رئيس التحرير» (editor in chief) and the like, and between them."""
    top = filled[: LINES.max_top_lines]
    head = takewhile(lambda i: not is_prose(texts[i]), top)
    plain = [i for i in head if not (matches[i] or stamps(texts[i]) or is_person(texts[i]))]
    headline = plain[-1] if plain else -1
    offices = [n for n, i in enumerate(top) if (m := matches[i]) and m.rule == MASTHEAD.rule]
    below = [n + 1 for n in offices if n + 1 < len(top)]
    if len(offices) > 1:  # one may head an editorial; several are the page's own
        below += range(offices[-1])
    short = (top[n] for n in below if len(texts[top[n]].split()) <= LINES.max_name_words)
    names = (
        i
        for i in short
        if i != headline or len(words(texts[i])) < LINES.min_masthead_headline_words
    )
    return {i: MASTHEAD for i in names if OUTLET_WORDS.isdisjoint(words(texts[i]))}


def _latin_lines(
    texts: tuple[str, ...], _matches: _Matches, filled: Sequence[int]
) -> dict[int, RuleMatch]:
    """Return the lines of Latin letters alone in an Arabic text.

    Above it they are notices and buttons; below its beginning captions and posts, if long.
    """
    out: dict[int, RuleMatch] = {}
    begun = False
    for i in filled:
        if _ARABIC.search(texts[i]):
            begun = begun or is_prose(texts[i])
            continue
        least = LINES.min_latin_caption_words if begun else LINES.min_latin_notice_words
        latin = re.search(r"[A-Za-z]{3}", texts[i]) and len(texts[i].split()) >= least
        if latin and not stamps(texts[i]):
            out[i] = CAPTION if begun else MENU
    return out if begun and len(out) < len(filled) / 2 else {}


def _menus(
    texts: tuple[str, ...], matches: _Matches, filled: Sequence[int]
) -> dict[int, RuleMatch]:
    """Return the short lines in a row at the top but for the last, which is the headline."""
    out = _programmes(texts, matches, filled)
    run: list[int] = []
    for i in filled[: LINES.max_top_lines]:
        short = len(texts[i].split()) <= LINES.max_menu_item_words
        if short and not texts[i].endswith(CLOSING_MARKS) and not _is_byline(texts[i], matches[i]):
            run.append(i)
            continue
        if len(run) >= LINES.min_menu_items:
            out.update(dict.fromkeys(run[:-1], MENU))
        run = []
        if is_prose(texts[i]):
            break
    return out


def _programmes(
    texts: tuple[str, ...], matches: _Matches, filled: Sequence[int]
) -> dict[int, RuleMatch]:
    """Return a broadcaster's programmes: lines that come back, each with an hour below."""
    top = filled[: LINES.max_schedule_lines]
    times = Counter(texts[i] for i in top)
    return {
        i: MENU
        for i, j in pairwise(top)
        if (hour := matches[j]) and hour.rule == "clock" and times[texts[i]] > 1 and not matches[i]
    }


def _is_byline(text: str, match: RuleMatch | None) -> bool:
    """Whether a short line is the writer's, the outlet's or the day's, or a line next to them."""
    outlet = len(words(text)) > 1 and not OUTLET_WORDS.isdisjoint(words(text))
    return outlet or bool(stamps(text)) or (match is not None and match.rule in _BYLINE_RULES)


def _bulleted_headlines(
    texts: tuple[str, ...], matches: _Matches, filled: Sequence[int]
) -> dict[int, RuleMatch]:
    """Return the bulleted lines above all else: other articles. Below a headline they sum it up."""
    out: dict[int, RuleMatch] = {}
    for i in filled:
        if matches[i] is None and not texts[i].startswith(_BULLETS):
            break
        if texts[i].startswith(_BULLETS):
            out[i] = MENU
    if any(len(texts[i].split()) >= LINES.paragraph_words for i in out):
        return {}  # a column whose paragraphs begin with a bullet
    return out if len(out) >= LINES.min_bulleted_headlines else {}


def _adverts(
    texts: tuple[str, ...], matches: _Matches, filled: Sequence[int]
) -> dict[int, RuleMatch]:
    """Return the label that comes below paragraphs more than once, as an advert's does.

    Two such labels are the names of people who speak in turn.
    """
    labels = {
        i
        for i in filled
        if matches[i] is None
        and len(texts[i].split()) < LINES.max_name_words
        and not texts[i].endswith(CLOSING_MARKS)
    }
    times = Counter(texts[i] for i in labels)
    repeated = {text for text, count in times.items() if count > 1}
    below_prose = (i for above, i in pairwise(filled) if i in labels and is_prose(texts[above]))
    return {i: ADVERT for i in below_prose if {texts[i]} == repeated}


def _cards(
    texts: tuple[str, ...], _matches: _Matches, filled: Sequence[int]
) -> dict[int, RuleMatch]:
    """Return the headlines of others between a section's name and the same name again."""
    out: dict[int, RuleMatch] = {}
    for above, i, below in zip(filled, filled[1:], filled[2:], strict=False):
        short = len(texts[above].split()) <= LINES.max_card_label_words
        headline = is_headline_like(texts[i]) and len(words(texts[i])) >= LINES.max_name_words
        if short and headline and texts[above] == texts[below]:
            out.update(dict.fromkeys((above, i, below), CARD))
    return out


def _pull_quotes(
    texts: tuple[str, ...], _matches: _Matches, filled: Sequence[int]
) -> dict[int, RuleMatch]:
    """Return the short quotations set apart that repeat words of the article."""
    apart = (i for i in filled if texts[i].startswith("> ") and not is_person(texts[i][2:]))
    short = {i for i in apart if 0 < len(words(texts[i])) <= LINES.max_pull_quote_words}
    rest = " ".join(phrase(texts[i]) for i in filled if i not in short) if short else ""
    return {i: PULL_QUOTE for i in short if f" {phrase(texts[i])} " in f" {rest} "}


def _comments(
    texts: tuple[str, ...], matches: _Matches, filled: Sequence[int]
) -> dict[int, RuleMatch]:
    """Return where readers' comments begin: a name and the minute under it, twice and more."""
    prose = [n for n, i in enumerate(filled) if is_prose(texts[i])][:2]  # one may be a standfirst
    below = filled[prose[-1] + 1 :] if prose else []
    names = [i for i, j in pairwise(below) if _is_name_over_a_minute(texts[i], texts[j])]
    if len(names) < LINES.min_replies or matches[names[0]]:
        return {}
    first = filled.index(names[0])
    # Under a label for other articles they are headlines with their days.
    label = takewhile(lambda i: not is_prose(texts[i]), reversed(filled[:first]))
    listed = any((m := matches[i]) and m.effect in {"list", "tags"} for i in label)
    comments = not listed and _are_comments([texts[i] for i in filled[first:]])
    return {names[0]: COMMENTS} if comments else {}


def _is_name_over_a_minute(text: str, below: str) -> bool:
    if len(words(text)) > LINES.max_name_words or text.endswith(CLOSING_MARKS) or stamps(text):
        return False
    return any(not (stamp.role or words(stamp.rest)) for stamp in stamps(below))


def _are_comments(texts: Sequence[str]) -> bool:
    """Whether days under names are comments': with a minute, or over a word for comments.

    A chronology has names of events over their days.
    """
    minutes = any(stamp.mention.clock for text in texts for stamp in stamps(text))
    return minutes or any("تعليق" in text for text in texts)


Rule = Callable[[tuple[str, ...], _Matches, Sequence[int]], dict[int, RuleMatch]]

STANDALONE_RULES: tuple[Rule, ...] = (
    _latin_lines,
    run_together,
    above_article,
    over_picture_label,
    captions,
    between_paragraphs,
    _adverts,
    _pull_quotes,
)
PAGE_RULES: tuple[Rule, ...] = (
    _mastheads,
    _latin_lines,
    run_together,
    _menus,
    _bulleted_headlines,
    above_article,
    over_picture_label,
    captions,
    between_paragraphs,
    _adverts,
    _comments,
    _cards,
    _pull_quotes,
)
