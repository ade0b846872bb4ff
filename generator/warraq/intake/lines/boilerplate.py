"""Boilerplate: which rule of rules/boilerplate/ matches a line of a news page.

A line is boilerplate as a whole or not at all; in doubt it stays. A rule is a file of blocks, each
with an effect and entries, compared after folding (no vowel marks, one alef, digits 0-9) and never
inside a longer line; scripts/write-boilerplate sorts them and says where each was seen first.

    phrases     the whole line, punctuation aside
    starts      the line begins so and has at most `words` words (12 by default)
    patterns    a regular expression on the whole line, punctuation kept
    vocabulary  the line has no other words

    effect: line  remove this line
            list  and the headlines under it (short lines without a full stop)
            tags  and the labels under it (lines of a few words)
            tail  and everything below, when the body lies above
            head  remove it above the first paragraph; in the body it is a subheading
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

import msgspec

from warraq.intake.lines.thresholds import LINES
from warraq.intake.rule_data import load, names_in
from warraq.intake.text.folding import fold, fold_pattern, phrase, words

OUTLETS = "outlet:"  # rules by which outlets' own lines go begin so; the outlet's key follows
_SECTION_RULES = frozenset(("category", "menu"))

_BULLETS = re.compile(
    r"^[\s*#>_•·▪▫◾◽■□●○◆◇★☆►▶➤➡⬅←→☚☛✓✔✅❖\U0001f300-\U0001faff\u2190-\u21ff\u2b00-\u2bff\u2600-\u27bf\ufe0f|-]+"
)
_ROW_SEPARATOR = re.compile(r"\s+[-–—]\s+|\s*[|•·]\s*")
_SENTENCE_MARK = re.compile(r"[^\W_][\u064b-\u0652]*[.،؛؟]$")
_SPACED_MARK = re.compile(r"\s+([:|،,])")


class RuleMatch(NamedTuple):
    """The rule that matches a line; `alone`: the line is the rule's label and nothing more."""

    rule: str
    effect: str
    alone: bool = True


class BoilerplateRules(msgspec.Struct, frozen=True):
    """The entries of rules/boilerplate/, folded and indexed."""

    phrases: Mapping[str, RuleMatch]
    starts: Mapping[str, tuple[tuple[str, int, RuleMatch], ...]]
    patterns: tuple[tuple[str, RuleMatch], ...]
    any_pattern: re.Pattern[str]
    vocabulary: frozenset[str]
    section_openings: frozenset[str]  # first words of the names of sections


@cache
def shipped_rules() -> BoilerplateRules:
    """Return the rules that ship with the program."""
    phrases: dict[str, RuleMatch] = {}
    starts: dict[str, list[tuple[str, int, RuleMatch]]] = {}
    patterns: list[tuple[str, RuleMatch]] = []
    vocabulary: set[str] = set()
    for rule, entry in _blocks():
        match = RuleMatch(rule, entry["effect"])
        for text in entry.get("phrases", ()):
            phrases.setdefault(phrase(text), match)
        for text in entry.get("starts", ()):
            opening = match._replace(alone=False)
            first = (words(text) or [text])[0]
            starts.setdefault(first, []).append(
                (_tidy(fold(text)), int(entry.get("words", LINES.default_start_words)), opening)
            )
        patterns += [(fold_pattern(p), match) for p in entry.get("patterns", ())]
        vocabulary.update(word for text in entry.get("vocabulary", ()) for word in words(text))
    return BoilerplateRules(
        phrases=phrases,
        starts={word: tuple(known) for word, known in starts.items()},
        patterns=tuple(patterns),
        any_pattern=re.compile("|".join(f"(?:{pattern})" for pattern, _ in patterns)),
        vocabulary=frozenset(vocabulary),
        section_openings=frozenset(
            text.partition(" ")[0] for text, m in phrases.items() if m.rule in _SECTION_RULES
        ),
    )


def _blocks() -> Iterator[tuple[str, dict[str, Any]]]:
    for rule in names_in("boilerplate"):
        yield from ((rule, block) for block in load(f"boilerplate/{rule}"))


def boilerplate_rule(line: str, own: Mapping[str, str] = {}) -> RuleMatch | None:
    """Return the rule that matches `line`, or None.

    `own` maps folded lines of outlets to the key of the outlet whose boilerplate they are, or to ""
    if they are part of its articles.

    >>> boilerplate_rule("اقرأ أيضاً: عنوان آخر").rule  # read also: another headline
    'related'
    >>> boilerplate_rule("زر الذهاب إلى الأعلى").effect  # a button: back to top
    'tail'
    >>> sentence = "كتب الموقع «اترك تعليقاً» ثم أغلق الصفحة أمام قرائه جميعاً"
    >>> boilerplate_rule(sentence) is None  # a button's words inside a sentence
    True
    """
    if own and (key := own.get(phrase(line))) is not None:
        # An outlet's file lists whole lines, however long: nothing is guessed.
        return RuleMatch(f"{OUTLETS}{key}", "line") if key else None
    return _shipped_rule(line)


@lru_cache(maxsize=4096)  # the same labels are on every page of an outlet
def _shipped_rule(line: str) -> RuleMatch | None:
    if len(line) > LINES.max_boilerplate_chars:
        return None
    text = phrase(line)
    if not text:
        return RuleMatch("signature", "line") if line.strip() else None
    listed = words(line)
    return _by_words(line, text, listed) or _by_form(line, listed)


def _by_words(line: str, text: str, listed: Sequence[str]) -> RuleMatch | None:
    """Return the rule that matches a line by all its words, in their order or not."""
    rules = shipped_rules()
    if found := rules.phrases.get(text):
        return found
    if len(listed) <= LINES.max_button_row_words and rules.vocabulary.issuperset(listed):
        return RuleMatch("button-list", "line")
    if len(listed) <= LINES.max_joined_sections_words and _are_joined_sections(text, rules.phrases):
        return RuleMatch("category", "head")
    return RuleMatch("menu", "head") if _is_menu(line, listed) else None


def _by_form(line: str, listed: Sequence[str]) -> RuleMatch | None:
    """Return the rule that matches a line by its beginning, a pattern, or as a row of parts."""
    if len(line) > LINES.max_pattern_chars and listed[0] not in shipped_rules().starts:
        return None
    if _is_barred(line):
        return RuleMatch("menu", "line")
    bare = normalized_line(line)
    return _by_start(bare, listed) or _by_pattern(bare) or _by_row(bare)


def is_punctuated_label(line: str) -> bool:
    """Whether a label's words end like a sentence: «لا تعليق.» (no comment), an answer.

    Next to other boilerplate it is a label all the same: «التعليقات مغلقة.» (comments are closed).
    """
    marked = (
        bool(_SENTENCE_MARK.search(line)) and len(line.split()) <= LINES.max_punctuated_label_words
    )
    return marked and phrase(line) in shipped_rules().phrases


def _are_joined_sections(text: str, phrases: Mapping[str, RuleMatch]) -> bool:
    """Whether `text` is two names of sections whose links were adjacent: «محلياترياضة»."""
    for at in range(LINES.min_section_letters, len(text) + 1 - LINES.min_section_letters):
        one, two = phrases.get(text[:at]), phrases.get(text[at:].strip())
        if one and two and one.rule == two.rule == "category":
            return True
    return False


def _is_menu(line: str, listed: Sequence[str]) -> bool:
    """Whether a line is a row of section names, or one name again and again."""
    if not LINES.min_menu_words <= len(listed) <= LINES.max_menu_words:
        return False
    if line.endswith((".", "،", ":", "؟", "!")):
        return False
    sizes = _section_sizes(listed)
    many = len(sizes) >= LINES.min_menu_sections
    if many and sum(sizes) >= LINES.min_menu_section_share * len(listed):
        return True
    return len(listed) <= LINES.max_repeated_name_words and _repeats_a_name(listed)


def _repeats_a_name(listed: Sequence[str]) -> bool:
    """Whether a row of words has one pair of them again and again: the site's name."""
    most = LINES.max_repeated_name_variety * len(listed)
    if not LINES.min_repeated_name_words <= len(set(listed)) <= most:
        return False
    return max(Counter(pairwise(listed)).values()) >= LINES.min_repeated_name_times


def _section_sizes(listed: Sequence[str]) -> list[int]:
    """Return how many words each section's name in a row of words has, the longest name first."""
    rules = shipped_rules()
    sizes: list[int] = []
    at = 0
    while at < len(listed):
        size = 0
        if listed[at] in rules.section_openings:
            possible = (n for n in (3, 2, 1) if at + n <= len(listed))
            size = next((n for n in possible if _is_section(listed[at : at + n])), 0)
        sizes += [size] if size else []
        at += max(size, 1)
    return sizes


def _is_section(listed: Sequence[str]) -> bool:
    match = shipped_rules().phrases.get(" ".join(listed))
    return match is not None and match.rule in _SECTION_RULES


def _is_barred(line: str) -> bool:
    """Whether a line is links with bars between them; a table's row begins with one."""
    parts = [part.split() for part in line.split(" | ")]
    most = LINES.max_barred_link_words
    barred = len(parts) >= LINES.min_barred_links and all(1 <= len(part) <= most for part in parts)
    return barred and not line.startswith("|") and not re.search(r"\d", line)


def _by_start(bare: str, listed: Sequence[str]) -> RuleMatch | None:
    for start, most, match in shipped_rules().starts.get(listed[0], ()):
        if len(listed) <= most and bare.startswith(start) and _ends_a_word(bare, start):
            if match.rule == "tags" and _is_glossary_entry(bare, start):
                continue
            rest = bare[len(start) :].strip(" :|-–.…،")
            return match._replace(alone=not rest)
    return None


def _is_glossary_entry(bare: str, start: str) -> bool:
    """Whether a line explains a word: «وسم: كلمة تجمع تحتها كلاما كثيرا.» (tag: a word that…)."""
    rest = bare[len(start) :].split()
    explained = len(rest) >= LINES.min_glossary_entry_words and rest[-1].endswith(".")
    return explained and not re.search(r"[,،|#]", bare)


def _by_pattern(bare: str) -> RuleMatch | None:
    # Few lines match a pattern: one pattern of all says so in half the time.
    if len(bare) > LINES.max_pattern_chars or not shipped_rules().any_pattern.fullmatch(bare):
        return None
    return next(match for pattern, match in shipped_rules().patterns if re.fullmatch(pattern, bare))


def _by_row(bare: str) -> RuleMatch | None:
    """Return the rule of a row of small parts: «منذ ساعتين - المحرر الثقافي - 31 قراءة».

    That is «two hours ago - culture editor - 31 views».
    """
    if len(bare) > LINES.max_pattern_chars:
        return None
    parts = [part for part in _ROW_SEPARATOR.split(bare) if part.strip(" |")]
    if not LINES.min_counter_row_parts <= len(parts) <= LINES.max_counter_row_parts:
        return None
    if any(len(part.split()) > LINES.max_counter_row_part_words for part in parts):
        return None
    # A football table has numbers for parts: «شباب قسنطينة | 9 | 25».
    lettered = [part for part in parts if re.search(r"[^\W\d_]", part)]
    matches = [shipped_rules().phrases.get(phrase(part)) or _by_pattern(part) for part in lettered]
    rules = [match.rule for match in matches if match]
    counted = not {"clock", "counter"}.isdisjoint(rules)
    return RuleMatch("counter", "line") if counted and len(rules) > len(parts) / 2 else None


def normalized_line(line: str) -> str:
    """Return a line as starts and patterns see it: folded, without bullets and brackets."""
    return _tidy(fold(_BULLETS.sub("", line)).strip(" []"))


def _tidy(text: str) -> str:
    """Return `text` with single spaces, and none before a colon, a bar or a comma."""
    return " ".join(_SPACED_MARK.sub(r"\1", text).split())


def _ends_a_word(text: str, start: str) -> bool:
    """Whether `text` has no letter behind `start` that would belong to its last word."""
    after = text[len(start) : len(start) + 1]
    return not (after.isalnum() and start[-1].isalnum())
