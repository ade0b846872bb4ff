"""Captions of pictures: they stand twice, say a thing twice, or have their maker behind them."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from warraq.intake.credit.name_kinds import is_person
from warraq.intake.credit.outlets import starter
from warraq.intake.dates.time_stamps import stamps
from warraq.intake.lines.boilerplate import RuleMatch
from warraq.intake.lines.line_features import (
    CLOSING_MARKS,
    PROSE_WORDS,
    SENTENCE_ENDS,
    is_continuation,
    is_prose,
)
from warraq.intake.lines.overlap import overlap_with, paragraph_stems
from warraq.intake.rule_data import load
from warraq.intake.text.folding import phrase, words

CAPTION = RuleMatch("photo-credit", "line")
NAME = 2  # words of what a picture shows
PICTURED = 24  # words of a picture's caption, at most
LEAST_TWICE, MOST_MAKER = 3, 5  # words said twice in a line, and those of the maker behind them
_NUMBER_BEHIND = re.compile(r"\s*[(\[]\s*\d{1,3}\s*[)\]]$")  # «المعرض (2)»
_NAMES_APART = re.compile(r"[«»\"]|\s[-–|/]\s")  # «نداء الوطن» - زينة عبود
# «… على الشاطئ (رويترز)»: no sentence, and an agency in brackets behind it.
_SIGNED = re.compile(
    r".*[^.!؟:،»”\"\s] ?(?:[(\[](?P<maker>[^()\[\]]{2,40})[)\]]| - (?P<own>سبوتنيك(?: عربي)?))"
)
_MAKERS = tuple(f"{phrase(name)} " for name in load("credits")["pictures"])


def captions(
    texts: tuple[str, ...], found: Sequence[RuleMatch | None], full: Sequence[int]
) -> dict[int, RuleMatch]:
    """Return the lines that stand twice, one under the other: a picture's text and its caption.

    The headline too may stand twice: it is the first line of the page, or the first that has more
    words in common with the article than what stands above it (headlines of others).
    """
    out: dict[int, RuleMatch] = {}
    told_of = paragraph_stems(texts)
    below = 0.0  # the most that a line passed, which may be the headline, shares with the body
    prose = False  # has a paragraph passed?
    verse = not any(map(is_prose, texts))  # whose words come back
    for i, j in pairwise(full):
        text = texts[i]
        if found[i] is None and not (prose or below) and _is_named(text, texts[j]):
            out[i] = CAPTION
        prose = prose or is_prose(text)
        if found[i] is None and not text.endswith(SENTENCE_ENDS) and _shows(text, prose=prose):
            out[i] = CAPTION
        share = 0.0 if prose and below else max(0.1, overlap_with(text, told_of))
        under = prose or below > 0.5 * share or len(words(text)) < 4
        open_ = below and under and found[i] is None and found[j] is None
        twice = open_ and j != full[-1] and _alike(text, texts[j], least=3 if prose or verse else 1)
        if twice and not is_person(text.rpartition(":")[2].strip()):
            out.update({i: CAPTION, j: CAPTION})
        if share and found[i] is None and not stamps(text):
            told = max((len(words(part)) for part in _NAMES_APART.split(text)), default=0)
            below = max(below, share) if told >= 4 else below
    return out


def _is_named(text: str, paragraph: str) -> bool:
    """Tell whether a line is a name of two words with which `paragraph` begins.

    Atop a page it tells what a picture shows; no headline is so short and says so little.
    """
    if len(words(text)) != NAME or text.endswith(CLOSING_MARKS) or not is_prose(paragraph):
        return False
    opening = f" {phrase(paragraph)} "[: 3 * PICTURED + len(text)]
    return f" {phrase(text)} " in opening


def _shows(text: str, *, prose: bool) -> bool:
    """Tell whether a line by itself is a picture's, `prose` where a paragraph stands above."""
    return _is_doubled(text) or _is_signed(text) or (prose and _is_credited(text))


def _is_signed(text: str) -> bool:
    short = 3 <= len(words(text)) <= PICTURED and not is_continuation(text)
    match = _SIGNED.fullmatch(text) if short else None
    maker = phrase(match["maker"] or match["own"]) if match else ""
    return bool(maker) and (f"{maker} ".startswith(_MAKERS) or maker in _papers())


@cache
def _papers() -> frozenset[str]:
    """Return the folded names of outlets, which have photographers of their own."""
    return frozenset(phrase(name) for o in starter() for name in (o.name, *o.aliases))


def _is_credited(text: str) -> bool:
    """Tell whether a line below the beginning ends in a maker's name: «شاطئ صيدا / رويترز»."""
    shown, _, maker = text.rpartition("/")
    short = 2 <= len(words(shown)) <= PICTURED and not is_continuation(text)
    return short and f"{phrase(maker)} ".startswith(_MAKERS) and len(words(maker)) <= MOST_MAKER


def _is_doubled(text: str) -> bool:
    """Tell whether a line says a thing twice: a picture's text and its caption, with its maker."""
    listed = words(text)
    half = len(listed) // 2
    if not LEAST_TWICE <= half <= PICTURED:
        return False
    again = any(
        listed[:n] == listed[n : 2 * n] for n in range(half, LEAST_TWICE - 1, -1)
        if len(listed) - 2 * n <= MOST_MAKER
    )  # fmt: skip
    one, other = Counter(listed[:half]), Counter(listed[half:])
    return again or (half >= 5 and (one & other).total() >= 0.85 * half)


def _alike(one: str, other: str, *, least: int) -> bool:
    if one == other and one.endswith(SENTENCE_ENDS) and len(one.split()) < PROSE_WORDS:
        return True  # «خشبة المسرح (سمر نجم).»; verses that come back have no full stop
    if one.endswith(SENTENCE_ENDS) or is_prose(one) or is_prose(other):
        return False
    first, second = (Counter(words(_NUMBER_BEHIND.sub("", text))) for text in (one, other))
    most = max(first.total(), second.total())
    if most < least:
        return False
    return first == second or (most >= 8 and (first & second).total() >= 0.8 * most)
