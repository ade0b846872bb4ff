"""Furniture that only its neighbours give away: mastheads, menus in many short lines, notices.

Alone each of these lines might be a headline; what stands around it tells otherwise. Headlines of
others are told by `tickers`, pictures by `captions`.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise, takewhile

from warraq.intake.credit.name_kinds import OUTLET_WORDS, is_person
from warraq.intake.dates.time_stamps import stamps
from warraq.intake.lines.boilerplate import RuleMatch, boilerplate_rule, is_punctuated_label
from warraq.intake.lines.captions import CAPTION, captions
from warraq.intake.lines.line_features import CLOSING_MARKS, PARAGRAPH, is_headline_like, is_prose
from warraq.intake.lines.overlap import overlap_with, paragraph_stems
from warraq.intake.lines.standalone import among_short_lines, recurring_headings, without_own_lines
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
LEAST_REPLIES = 2
CARD = RuleMatch("teaser", "line")
MOST_LABEL = 2  # words of the section that frames a headline
PULLED = RuleMatch("pull-quote", "line")
MOST_PULLED = 25  # words of one
OWN = 0.5  # of a headline's words stand in its article
INSERTED = RuleMatch("widget", "line")
SCHEDULE = 120  # lines with words among which a day's programmes may stand
TOP = 40  # lines with words in which a masthead or a menu may stand
LEAST_HEADLINE = 4  # words of a headline under an office whose holder the page does not name
NAME_WORDS = 5  # a name or a label has at most so many
BULLETS = ("•", "·", "*", "▪", "●", "■", "◾", "►")
LEAST_MENU = 6  # short lines in a row that make a menu
_BESIDE_WRITER = frozenset(("date-line-odd", "counter", "clock", "signature"))
_ARABIC = re.compile("[\u0621-\u064a]")


def classify_lines(
    lines: Sequence[Line],
    own: Mapping[str, str],
    *,
    alone: bool = False,
    titled: bool = False,
) -> tuple[RuleMatch | None, ...]:
    """Return for each line the furniture rule it answers to, by itself or by its neighbours.

    In a text that stands `alone` no shape makes a menu or a list of comments; `titled`: its
    headline is none of the lines.
    """
    found = [boilerplate_rule(line.text, own) if line.text else None for line in lines]
    full = [i for i, line in enumerate(lines) if line.text]
    texts = tuple(line.text for line in lines)
    kept = _own_lines(texts, full, alone=alone)
    labels = {i for i in kept if found[i]}
    if alone:
        found = list(without_own_lines(texts, found, titled=titled))
    found = shared_line(lines, found)
    for rule in STANDALONE_RULES if alone else PAGE_RULES:
        for i, match in rule(texts, found, full).items():
            found[i] = match if match is CARD else found[i] or match
    labels.update(i for i in kept if found[i] is INSERTED)
    for i in (*labels, *_own_headline(texts, found, full)):
        found[i] = None
    return tuple(found)


def _own_lines(texts: tuple[str, ...], full: Sequence[int], *, alone: bool) -> list[int]:
    """Return the lines that what stands around them makes lines of the article."""
    inner = [texts[i] for i in full]
    own = recurring_headings(inner) | (among_short_lines(inner) if alone else frozenset())
    said = (n for n, text in enumerate(inner) if is_punctuated_label(text))
    answers = {
        n
        for n in said
        if not any(map(boilerplate_rule, (*inner[max(0, n - 1) : n], *inner[n + 1 : n + 2])))
    }
    return [full[n] for n in own | answers]


def _own_headline(
    texts: tuple[str, ...], found: Sequence[RuleMatch | None], full: Sequence[int]
) -> list[int]:
    """Return the line above the article that looks like furniture and is its headline.

    «شاهد.. …», «نتائج مباريات …»: the article speaks of it.
    """
    head = list(takewhile(lambda i: not is_prose(texts[i]), full[:TOP]))
    named = (i for i in head if len(words(texts[i])) >= NAME_WORDS)
    linked = [i for i in named if (m := found[i]) and m.rule in {"related", "widget"}]
    return [i for i in linked if overlap_with(texts[i], paragraph_stems(texts)) >= OWN][:1]


def _mastheads(
    texts: tuple[str, ...], found: Sequence[RuleMatch | None], full: Sequence[int]
) -> dict[int, RuleMatch]:
    """Return the names under «رئيس التحرير» and its like, and what else stands among them."""
    top = full[:TOP]
    head = takewhile(lambda i: not is_prose(texts[i]), top)
    title = [i for i in head if not (found[i] or stamps(texts[i]) or is_person(texts[i]))][-1:]
    offices = [n for n, i in enumerate(top) if (m := found[i]) and m.rule == MASTHEAD.rule]
    names = [n + 1 for n in offices if n + 1 < len(top)]
    if len(offices) >= 2:  # one may head an editorial; several are the page's own
        names += range(offices[-1])
    short = (top[n] for n in names if len(texts[top[n]].split()) <= NAME_WORDS)
    named = (i for i in short if i not in title or len(words(texts[i])) < LEAST_HEADLINE)
    return {i: MASTHEAD for i in named if not OUTLET_WORDS & set(words(texts[i]))}


def _foreign(
    texts: tuple[str, ...], _found: Sequence[RuleMatch | None], full: Sequence[int]
) -> dict[int, RuleMatch]:
    """Return the lines of Latin letters alone in an Arabic text.

    Above it they are notices and buttons; below its beginning captions and posts, if long.
    """
    out: dict[int, RuleMatch] = {}
    begun = False
    for i in full:
        if _ARABIC.search(texts[i]):
            begun = begun or is_prose(texts[i])
        elif stamps(texts[i]):
            continue
        elif re.search(r"[A-Za-z]{3}", texts[i]) and len(texts[i].split()) >= (5 if begun else 3):
            out[i] = CAPTION if begun else MENU
    return out if begun and len(out) < len(full) / 2 else {}


def _menus(
    texts: tuple[str, ...], found: Sequence[RuleMatch | None], full: Sequence[int]
) -> dict[int, RuleMatch]:
    """Return the short lines that stand in a row at the top, all but the last one.

    A poem's lines are longer, and a headline is the last short line before the article.
    """
    run: list[int] = []
    often = Counter(texts[i] for i in full[:SCHEDULE])
    out = {
        i: MENU
        for i, j in pairwise(full[:SCHEDULE])  # a broadcaster's programmes and their hours
        if (hour := found[j]) and hour.rule == "clock" and often[texts[i]] > 1 and not found[i]
    }
    for i in full[:TOP]:
        short = len(texts[i].split()) <= 3 and not texts[i].endswith(CLOSING_MARKS)
        if short and not _says_who(texts[i], found[i]):
            run.append(i)
            continue
        if len(run) >= LEAST_MENU:
            out.update(dict.fromkeys(run[:-1], MENU))
        run = []
        if is_prose(texts[i]):
            break
    return out


def _says_who(text: str, match: RuleMatch | None) -> bool:
    """Tell whether a short line is the writer's, the outlet's or the day's, or beside them."""
    outlet = len(words(text)) >= 2 and bool(OUTLET_WORDS & set(words(text)))
    return outlet or bool(stamps(text)) or (match is not None and match.rule in _BESIDE_WRITER)


def _bullets(
    texts: tuple[str, ...], found: Sequence[RuleMatch | None], full: Sequence[int]
) -> dict[int, RuleMatch]:
    """Return the bulleted lines above all else: other articles. Below a headline they sum it up."""
    out: dict[int, RuleMatch] = {}
    for i in full:
        if found[i] is None and not texts[i].startswith(BULLETS):
            break
        if texts[i].startswith(BULLETS):
            out[i] = MENU
    if any(len(texts[i].split()) >= PARAGRAPH for i in out):
        return {}  # a column whose paragraphs open so
    return out if len(out) >= 3 else {}


def _inserted(
    texts: tuple[str, ...], found: Sequence[RuleMatch | None], full: Sequence[int]
) -> dict[int, RuleMatch]:
    """Return the label that stands below paragraphs more than once, as an advert's does.

    Two such labels are those who speak in turn.
    """
    below = [
        i for above, i in pairwise(full)
        if found[i] is None and len(texts[i].split()) < NAME_WORDS
        and not texts[i].endswith(CLOSING_MARKS) and is_prose(texts[above])
    ]  # fmt: skip
    labels = (texts[i] for i in full if found[i] is None and len(texts[i].split()) < NAME_WORDS)
    often = Counter(text for text in labels if not text.endswith(CLOSING_MARKS))
    again = {text for text, count in often.items() if count > 1}
    return {i: INSERTED for i in below if {texts[i]} == again}


def _cards(
    texts: tuple[str, ...], _found: Sequence[RuleMatch | None], full: Sequence[int]
) -> dict[int, RuleMatch]:
    """Return the headlines of others between a section's name and the same name again."""
    out: dict[int, RuleMatch] = {}
    for above, i, below in zip(full, full[1:], full[2:], strict=False):
        framed = texts[above] == texts[below] and len(texts[above].split()) <= MOST_LABEL
        if framed and is_headline_like(texts[i]) and len(words(texts[i])) >= NAME_WORDS:
            out.update(dict.fromkeys((above, i, below), CARD))
    return out


def _pulled(
    texts: tuple[str, ...], _found: Sequence[RuleMatch | None], full: Sequence[int]
) -> dict[int, RuleMatch]:
    """Return the short quotations set apart that say again what the article says in its place."""
    apart = (i for i in full if texts[i].startswith("> ") and not is_person(texts[i][2:]))
    marked = {i for i in apart if 0 < len(words(texts[i])) <= MOST_PULLED}
    whole = " ".join(phrase(texts[i]) for i in full if i not in marked) if marked else ""
    return {i: PULLED for i in marked if f" {phrase(texts[i])} " in f" {whole} "}


def _replies(
    texts: tuple[str, ...], found: Sequence[RuleMatch | None], full: Sequence[int]
) -> dict[int, RuleMatch]:
    """Return where readers' comments begin: a name and the minute under it, twice and more."""
    begun = [n for n, i in enumerate(full) if is_prose(texts[i])][:2]  # one may be a standfirst
    at = begun[-1] if begun else len(full)
    names = [
        i for i, j in pairwise(full[at + 1 :])
        if len(words(texts[i])) <= NAME_WORDS
        and not (texts[i].endswith(CLOSING_MARKS) or stamps(texts[i]))
        and any(not (s.role or words(s.rest)) for s in stamps(texts[j]))
    ]  # fmt: skip
    if len(names) < LEAST_REPLIES or found[names[0]]:
        return {}
    before = reversed(full[: full.index(names[0])])
    label = takewhile(lambda i: not is_prose(texts[i]), before)  # then they are others' headlines
    listed = any((m := found[i]) and m.effect in {"list", "tags"} for i in label)
    below = [texts[i] for i in full[full.index(names[0]) :]]
    return {names[0]: COMMENTS} if not listed and _are_comments(below) else {}


def _are_comments(below: Sequence[str]) -> bool:
    """Tell whether days under names are comments': with a minute, or over a word for comments.

    A chronology has names of events over their days.
    """
    minutes = any(stamp.mention.clock for text in below for stamp in stamps(text))
    return minutes or any("تعليق" in text for text in below)


STANDALONE_RULES = (_foreign, run_together, above_article, over_picture_label, captions,
    between_paragraphs, _inserted, _pulled,
)  # fmt: skip
PAGE_RULES = (_mastheads, _foreign, run_together, _menus, _bullets, above_article,
    over_picture_label, captions, between_paragraphs, _inserted, _replies, _cards, _pulled,
)  # fmt: skip
