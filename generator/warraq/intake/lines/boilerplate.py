"""Furniture: which rule of rules/furniture/ a line of a news page answers to.

A line is furniture as a whole or not at all; in doubt it stays. A rule is a file of blocks, each
with an effect and entries, met after folding (no vowel marks, one alef, digits 0-9) and never
inside a longer line; scripts/write-furniture sorts them and says where each was seen first.

    phrases     the whole line, punctuation aside
    starts      the line begins so and has at most `words` words (12 unless told)
    patterns    a regular expression on the whole line, punctuation kept
    vocabulary  the line has no other words

    effect: line  this line goes
            list  and the headlines under it (short lines without a full stop)
            tags  and the labels under it (lines of a few words)
            tail  everything from here on, when the body lies above
            head  this line goes above the first paragraph; in the body it is a subheading
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

import msgspec

from warraq.intake.rule_data import load, names_in
from warraq.intake.text.folding import fold, fold_pattern, phrase, words

LONGEST = 2_000  # code points; a line so long is no furniture
LEAST_ROW, MOST_ROW = 7, 60  # words in a row of section names
LEAST_BARRED, MOST_BARRED = 4, 5  # links between bars, and words of each
MOST_NAMED = 24  # words in a row that repeats the site's name before each section
LEAST_ENTRY = 4  # words behind a word that is explained
MOST_SAID = 3  # words of an answer that may be a button as well
LONG = 160  # code points; no pattern for furniture reaches so far
_SECTIONS = frozenset(("category", "menu"))

_BULLETS = re.compile(
    r"^[\s*#>_•·▪▫◾◽■□●○◆◇★☆►▶➤➡⬅←→☚☛✓✔✅❖\U0001f300-\U0001faff\u2190-\u21ff\u2b00-\u2bff\u2600-\u27bf\ufe0f|-]+"
)
_ROW = re.compile(r"\s+[-–—]\s+|\s*[|•·]\s*")
_SAID = re.compile(r"[^\W_][\u064b-\u0652]*[.،؛؟]$")
_SPACED_MARK = re.compile(r"\s+([:|،,])")


class RuleMatch(NamedTuple):
    """The rule a line answers to; `alone` when the label has nothing of its own behind it."""

    rule: str
    effect: str
    alone: bool = True


class BoilerplateRules(msgspec.Struct, frozen=True):
    """The phrases of rules/*.yaml, ready for looking up."""

    phrases: Mapping[str, RuleMatch]
    starts: Mapping[str, tuple[tuple[str, int, RuleMatch], ...]]
    patterns: tuple[tuple[str, RuleMatch], ...]
    patterned: re.Pattern[str]  # what any of the patterns fits
    vocabulary: frozenset[str]
    sections: frozenset[str]  # words with which names of sections begin


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
                (_joined(fold(text)), int(entry.get("words", 12)), opening)
            )
        patterns += [(fold_pattern(p), match) for p in entry.get("patterns", ())]
        vocabulary.update(word for text in entry.get("vocabulary", ()) for word in words(text))
    any_of_them = re.compile("|".join(f"(?:{pattern})" for pattern, _ in patterns))
    begun = {word: tuple(known) for word, known in starts.items()}
    sections = frozenset(p.partition(" ")[0] for p, m in phrases.items() if m.rule in _SECTIONS)
    return BoilerplateRules(
        phrases, begun, tuple(patterns), any_of_them, frozenset(vocabulary), sections
    )


def _blocks() -> Iterator[tuple[str, dict[str, Any]]]:
    for rule in names_in("furniture"):
        yield from ((rule, block) for block in load(f"furniture/{rule}"))


def boilerplate_rule(line: str, own: Mapping[str, str] = {}) -> RuleMatch | None:
    """Return the rule that `line` answers to, or None. `own` maps an outlet's folded phrases to it.

    >>> boilerplate_rule("اقرأ أيضاً: عنوان آخر").rule  # read also: another headline
    'related'
    >>> boilerplate_rule("زر الذهاب إلى الأعلى").effect  # a button: back to top
    'tail'
    >>> boilerplate_rule("كتب الموقع «اترك تعليقاً» ثم أغلق الصفحة أمام قرائه جميعاً") is None
    True
    """
    if own and len(line) <= LONGEST and (key := own.get(phrase(line))):
        return RuleMatch(f"outlet:{key}", "line")
    return _furniture(line)


@lru_cache(maxsize=4096)  # the same labels stand on every page of an outlet
def _furniture(line: str) -> RuleMatch | None:  # noqa: PLR0911 - a return a question
    if len(line) > LONGEST:
        return None
    rules = shipped_rules()
    text = phrase(line)
    if not text:
        return RuleMatch("signature", "line") if line.strip() else None
    if found := rules.phrases.get(text):
        return found
    listed = words(line)
    if len(listed) <= 15 and all(word in rules.vocabulary for word in listed):
        return RuleMatch("button-list", "line")
    if len(listed) <= 5 and _glued(text, rules.phrases):
        return RuleMatch("category", "head")
    if _is_menu(line, listed):
        return RuleMatch("menu", "head")
    if len(line) > LONG and listed[0] not in rules.starts:
        return None
    if _is_barred(line):
        return RuleMatch("menu", "line")
    bare = normalized_line(line)
    return _begun(bare, listed) or _patterned(bare) or _in_a_row(bare)


def is_punctuated_label(line: str) -> bool:
    """Tell whether a label's words have the mark of a sentence behind them: «لا تعليق.».

    It is one all the same where it stands beside furniture: «التعليقات مغلقة.».
    """
    marked = bool(_SAID.search(line)) and len(line.split()) <= MOST_SAID
    return marked and phrase(line) in shipped_rules().phrases


def _glued(text: str, phrases: Mapping[str, RuleMatch]) -> bool:
    """Tell whether `text` is two names of sections whose links stood side by side."""
    return any(
        (one := phrases.get(text[:at])) and (two := phrases.get(text[at:].strip()))
        and one.rule == two.rule == "category"
        for at in range(3, len(text) - 2)
    )  # fmt: skip


def _is_menu(line: str, listed: Sequence[str]) -> bool:
    """Tell whether a line is a row of section names, or one name over and over."""
    if not LEAST_ROW <= len(listed) <= MOST_ROW or line.endswith((".", "،", ":", "؟", "!")):
        return False
    phrases, first = shipped_rules().phrases, shipped_rules().sections
    sections = covered = at = 0
    while at < len(listed):
        size = next(
            (n for n in (3, 2, 1) if (m := phrases.get(" ".join(listed[at : at + n])))
             and m.rule in _SECTIONS and at + n <= len(listed)), 0
        ) if listed[at] in first else 0  # fmt: skip
        sections, covered, at = sections + (size > 0), covered + size, at + max(size, 1)
    if sections >= 5 and covered >= 0.5 * len(listed):
        return True
    if not 6 <= len(set(listed)) <= 0.75 * len(listed) <= 0.75 * MOST_NAMED:
        return False
    return Counter(pairwise(listed)).most_common(1)[0][1] >= 3


def _is_barred(line: str) -> bool:
    """Tell whether a line is links with bars between them; a table's row begins with one."""
    parts = [part.split() for part in line.split(" | ")]
    barred = len(parts) >= LEAST_BARRED and all(1 <= len(part) <= MOST_BARRED for part in parts)
    return barred and not line.startswith("|") and not re.search(r"\d", line)


def _begun(bare: str, listed: Sequence[str]) -> RuleMatch | None:
    for start, most, match in shipped_rules().starts.get(listed[0], ()):
        if len(listed) <= most and bare.startswith(start) and _bounded(bare, start):
            if match.rule == "tags" and _is_entry(bare, start):
                continue
            rest = bare[len(start) :].strip(" :|-–.…،")
            return match._replace(alone=not rest)
    return None


def _is_entry(bare: str, start: str) -> bool:
    """Tell whether a line is an entry of a glossary: «وسم: كلمة تجمع تحتها كلاما كثيرا.»."""
    rest = bare[len(start) :].split()
    return len(rest) >= LEAST_ENTRY and rest[-1].endswith(".") and not re.search(r"[,،|#]", bare)


def _patterned(bare: str) -> RuleMatch | None:
    # Few lines fit any pattern: one without names for its parts says so in half the time.
    if len(bare) > LONG or not shipped_rules().patterned.fullmatch(bare):
        return None
    return next(match for pattern, match in shipped_rules().patterns if re.fullmatch(pattern, bare))


def _in_a_row(bare: str) -> RuleMatch | None:
    """Return the rule of a row of small things: «منذ ساعتين - المحرر الثقافي - 31 قراءة»."""
    parts = [part for part in _ROW.split(bare) if part.strip(" |")] if len(bare) <= LONG else []
    if not 2 <= len(parts) <= 6 or any(len(part.split()) > 5 for part in parts):
        return None
    lettered = [part for part in parts if re.search(r"[^\W\d_]", part)]  # «شباب قسنطينة | 9 | 25»
    small = [shipped_rules().phrases.get(phrase(part)) or _patterned(part) for part in lettered]
    told = [match.rule for match in small if match]
    counted = {"clock", "counter"} & set(told)
    return RuleMatch("counter", "line") if counted and len(told) > len(parts) / 2 else None


def normalized_line(line: str) -> str:
    """Return a line as the rules of furniture see it: folded, without bullets and brackets."""
    return _joined(fold(_BULLETS.sub("", line)).strip(" []"))


def _joined(text: str) -> str:
    return " ".join(_SPACED_MARK.sub(r"\1", text).split())


def _bounded(text: str, start: str) -> bool:
    after = text[len(start) : len(start) + 1]
    return not (after.isalnum() and start[-1].isalnum())
