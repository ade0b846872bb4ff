"""Captions of pictures: lines that come twice, say a thing twice, or end in the picture's maker."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from warraq.intake.credit.name_kinds import is_person
from warraq.intake.credit.outlets import bundled_outlets
from warraq.intake.dates.time_stamps import stamps
from warraq.intake.lines.boilerplate import RuleMatch
from warraq.intake.lines.line_features import (
    CLOSING_MARKS,
    SENTENCE_ENDS,
    is_continuation,
    is_prose,
)
from warraq.intake.lines.overlap import overlap_with, paragraph_stems
from warraq.intake.lines.thresholds import LINES
from warraq.intake.rule_data import load
from warraq.intake.text.folding import phrase, words

CAPTION = RuleMatch("photo-credit", "line")
_FINAL_NUMBER = re.compile(r"\s*[(\[]\s*\d{1,3}\s*[)\]]$")  # «المعرض (2)» (the exhibition, 2)
_NAME_SEPARATOR = re.compile(r"[«»\"]|\s[-–|/]\s")  # «نداء الوطن» - زينة عبود (outlet - writer)
# «… على الشاطئ (رويترز)» (on the beach, Reuters): no sentence, and an agency in brackets behind it.
_SIGNED = re.compile(
    r".*[^.!؟:،»”\"\s] ?(?:[(\[](?P<maker>[^()\[\]]{2,40})[)\]]| - (?P<own>سبوتنيك(?: عربي)?))"
)
_MAKERS = tuple(f"{phrase(name)} " for name in load("credits")["pictures"])


def captions(
    texts: tuple[str, ...], matches: Sequence[RuleMatch | None], filled: Sequence[int]
) -> dict[int, RuleMatch]:
    """Return the captions among the lines with words, whose indexes are `filled`.

    A line that comes twice in a row is a picture's text and its caption. The headline too may come
    twice: it is the first line of the page, or the first that has more words in common with the
    article than those above it (headlines of other articles).
    """
    out: dict[int, RuleMatch] = {}
    article = paragraph_stems(texts)
    best = 0.0  # the most that a line above, which may be the headline, shares with the article
    after_prose = False
    is_verse = not any(map(is_prose, texts))  # lines of poems come back
    for i, j in pairwise(filled):
        text = texts[i]
        free = matches[i] is None
        if free and not (after_prose or best) and is_subject(text, texts[j]):
            out[i] = CAPTION
        after_prose = after_prose or is_prose(text)
        if free and not text.endswith(SENTENCE_ENDS) and _is_caption(text, after_prose=after_prose):
            out[i] = CAPTION
        overlap = 0.0
        if not (after_prose and best):
            overlap = max(LINES.min_headline_share, overlap_with(text, article))
        below_headline = (
            after_prose
            or best > LINES.rival_headline_share * overlap
            or len(words(text)) < LINES.min_headline_words
        )
        if best and below_headline and free and matches[j] is None and j != filled[-1]:
            least = LINES.min_repeated_caption_words if after_prose or is_verse else 1
            if _is_repeated(text, texts[j], min_words=least) and not _names_a_person(text):
                out.update({i: CAPTION, j: CAPTION})
        if overlap and free and not stamps(text) and _has_a_headlines_words(text):
            best = max(best, overlap)
    return out


def _names_a_person(text: str) -> bool:
    """Whether a line is a writer's, perhaps behind a place: «طرابلس: رامي الحداد»."""
    return is_person(text.rpartition(":")[2].strip())


def _has_a_headlines_words(text: str) -> bool:
    """Whether one part of a line, between dashes or quotation marks, is long enough for one."""
    parts = _NAME_SEPARATOR.split(text)
    return max(len(words(part)) for part in parts) >= LINES.min_headline_words


def is_subject(text: str, paragraph: str) -> bool:
    """Whether a line is a name of two words with which `paragraph` begins.

    At the top of a page it says what a picture shows; no headline is so short and says so little.
    """
    if len(words(text)) != LINES.caption_subject_words or text.endswith(CLOSING_MARKS):
        return False
    opening = f" {phrase(paragraph)} "[: 3 * LINES.max_caption_words + len(text)]
    return is_prose(paragraph) and f" {phrase(text)} " in opening


def _is_caption(text: str, *, after_prose: bool) -> bool:
    """Whether a line by itself is a picture's; `after_prose`: a paragraph is above it."""
    return _is_doubled(text) or _is_signed(text) or (after_prose and _is_credited(text))


def _is_signed(text: str) -> bool:
    """Whether a line ends in its maker, in brackets: an agency, a photographer's outlet."""
    count = len(words(text))
    if not LINES.min_signed_caption_words <= count <= LINES.max_caption_words:
        return False
    match = None if is_continuation(text) else _SIGNED.fullmatch(text)
    maker = phrase(match["maker"] or match["own"]) if match else ""
    return bool(maker) and (f"{maker} ".startswith(_MAKERS) or maker in _outlet_names())


@cache
def _outlet_names() -> frozenset[str]:
    """Return the folded names of outlets, which have photographers of their own."""
    return frozenset(phrase(name) for o in bundled_outlets() for name in (o.name, *o.aliases))


def _is_credited(text: str) -> bool:
    """Whether a line ends in its maker behind a slash: «شاطئ صيدا / رويترز» (Sidon, Reuters)."""
    subject, _, maker = text.rpartition("/")
    count = len(words(subject))
    if not LINES.min_credited_caption_words <= count <= LINES.max_caption_words:
        return False
    credited = len(words(maker)) <= LINES.max_maker_words and not is_continuation(text)
    return credited and f"{phrase(maker)} ".startswith(_MAKERS)


def _is_doubled(text: str) -> bool:
    """Whether a line says a thing twice: a picture's text and its caption, with its maker."""
    listed = words(text)
    half = len(listed) // 2
    if not LINES.min_doubled_words <= half <= LINES.max_caption_words:
        return False
    exact = any(
        listed[:n] == listed[n : 2 * n]
        for n in range(half, LINES.min_doubled_words - 1, -1)
        if len(listed) - 2 * n <= LINES.max_maker_words
    )
    if exact or half < LINES.min_near_doubled_words:
        return exact
    common = Counter(listed[:half]) & Counter(listed[half:])
    return common.total() >= LINES.min_near_doubled_share * half


def _is_repeated(one: str, other: str, *, min_words: int) -> bool:
    """Whether two neighbouring lines say the same, a number in brackets aside."""
    if one == other and one.endswith(SENTENCE_ENDS) and len(one.split()) < LINES.prose_words:
        return True  # «خشبة المسرح (سمر نجم).» (the stage); verses that come back have no full stop
    if one.endswith(SENTENCE_ENDS) or is_prose(one) or is_prose(other):
        return False
    first, second = (Counter(words(_FINAL_NUMBER.sub("", text))) for text in (one, other))
    longer = max(first.total(), second.total())
    if longer < min_words:
        return False
    near = (first & second).total() >= LINES.min_near_repeated_share * longer
    return first == second or (longer >= LINES.min_near_repeated_words and near)
