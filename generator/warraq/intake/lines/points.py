"""The points of a list in an article: what they name is not its writer, and none is a button."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from warraq.intake.credit.name_kinds import introduces
from warraq.intake.dates.time_stamps import stamps
from warraq.intake.lines.boilerplate import RuleMatch, boilerplate_rule
from warraq.intake.lines.line_features import is_prose
from warraq.intake.text.folding import words

LEAST_POINTS = 2  # of a list
_POINT = re.compile(
    r"(?:(?P<sign>[•·▪●■◾►◦‣○◆✓✔])\s?|(?P<dash>[-–—*])\s+|\(?\d{1,2}\s?[.)–-]\s+|"
    r"[أابجدهوزحطي]\s?[.)–-]\s+)(?=\S)"
)


def points(texts: Sequence[str], found: Sequence[RuleMatch | None] | None = None) -> frozenset[int]:
    """Return which of the lines `texts` are points of a list that the article holds.

    They stand in a row below a paragraph, each behind a mark of one kind, and most are no page's
    lines by their words, unless a colon leads to them. `found` tells furniture: under its label a
    list is others' headlines.

    >>> article = ("الحمولة", "على كل صياد أن يحمل معه ما يلي.", "- شبكة متينة", "- ماء للشرب")
    >>> sorted(points(article))
    [2, 3]
    """
    full = [i for i, text in enumerate(texts) if text]
    begun = False
    above = -1
    out: set[int] = set()
    for mark, run in _runs(texts, full):
        if mark and begun and len(run) >= LEAST_POINTS:
            labelled = found is not None and found[above] is not None
            led = is_prose(texts[above]) and texts[above].endswith(":")
            if not labelled and (led or _are_own([texts[i] for i in run])):
                out.update(run)
        begun = begun or any(is_prose(texts[i]) and not (found and found[i]) for i in run)
        above = run[-1]
    return frozenset(out)


def _runs(texts: Sequence[str], full: Sequence[int]) -> Iterator[tuple[str, list[int]]]:
    """Yield the lines that stand in a row behind one mark, with it, and those behind none."""
    for mark, run in groupby(full, key=lambda i: _mark(texts[i])):
        yield mark, list(run)


def _mark(text: str) -> str:
    """Return the mark of a point, "1" for any number or letter, "" for no point."""
    match = _POINT.match(text)
    return (match["sign"] or match["dash"] or "1") if match else ""


def _are_own(texts: Sequence[str]) -> bool:
    """Whether most lines behind a mark are not a page's by their words."""
    return 2 * sum(map(_is_page_line, texts)) < len(texts)


def _is_page_line(text: str) -> bool:
    return not words(text) or bool(boilerplate_rule(text) or stamps(text) or introduces(text))
