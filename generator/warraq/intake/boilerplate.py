"""Site furniture out: share bars, related headlines, tags, comments, footers. Every cut is noted.

A line is furniture only as a whole; words inside a longer line are never cut. When in doubt the
line stays: a body that loses words is worse than one that keeps a line of furniture.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, NamedTuple

import msgspec
import yaml

from warraq.intake.folding import fold, fold_pattern, phrase, stem, words
from warraq.intake.page import Line, Page, without

LONGEST = 2_000  # code points; a line so long is no furniture
LONG = 160  # code points; no pattern for furniture reaches so far
PROSE_WORDS = 18  # a line of so many words is no headline and no label
HEADLINE_WORDS = 22  # a related headline has at most so many
MOST_HEADLINES = 12  # in one related list in the middle of a body
LEAST_BODY = 20  # words above a comment form for it to end the body
ENDS = (".", "!", "؟", "?", "…", "»", "”", '"', "“", ":", "؛", ")")
STOPS = (".", "!", "؟", "?", ".»", ".”", '."')

_EDGE = re.compile(r"^[\W_]+|[\s*_|•·–—-]+$")
_BULLETS = re.compile(
    r"^[\s*#>_•·▪▫◾◽■□●○◆◇★☆►▶➤➡⬅←→☚☛✓✔✅❖\U0001f300-\U0001faff\u2190-\u21ff\u2b00-\u2bff\u2600-\u27bf\ufe0f|-]+"
)


class Match(NamedTuple):
    """The rule a line answers to; `alone` when the label has nothing of its own behind it."""

    rule: str
    effect: str
    alone: bool = True


class Rules(msgspec.Struct, frozen=True):
    """The phrases of rules/*.yaml, ready for looking up."""

    phrases: Mapping[str, Match]
    starts: Mapping[str, tuple[tuple[str, int, Match], ...]]
    patterns: tuple[tuple[re.Pattern[str], Match], ...]
    vocabulary: frozenset[str]


@cache
def general() -> Rules:
    """Return the rules that ship with the program."""
    phrases: dict[str, Match] = {}
    starts: dict[str, list[tuple[str, int, Match]]] = {}
    patterns: list[tuple[re.Pattern[str], Match]] = []
    vocabulary: set[str] = set()
    for entry in load("furniture"):
        match = Match(entry["rule"], entry["effect"])
        for text in entry.get("phrases", ()):
            phrases.setdefault(phrase(text), match)
        for text in entry.get("starts", ()):
            begun = match._replace(alone=False)
            first = (words(text) or [text])[0]
            starts.setdefault(first, []).append(
                (_joined(fold(text)), int(entry.get("words", 12)), begun)
            )
        patterns += [(re.compile(fold_pattern(p)), match) for p in entry.get("patterns", ())]
        vocabulary.update(word for text in entry.get("vocabulary", ()) for word in words(text))
    return Rules(
        phrases, {k: tuple(v) for k, v in starts.items()}, tuple(patterns), frozenset(vocabulary)
    )


def load(name: str) -> Any:  # noqa: ANN401 - a list or a map, as the file is written
    """Return what rules/<name>.yaml holds; our own file, strings only."""
    text = files("warraq.intake").joinpath(f"rules/{name}.yaml").read_text("utf-8")
    return yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506


def furniture(line: str, own: Mapping[str, str] = {}) -> Match | None:  # noqa: PLR0911 - a return a question
    """Return the rule that `line` answers to, or None. `own` maps an outlet's folded phrases to it.

    >>> furniture("اقرأ أيضاً: عنوان آخر").rule, furniture("زر الذهاب إلى الأعلى").effect
    ('related', 'tail')
    >>> furniture("كتب الموقع «اترك تعليقاً» ثم أغلق الصفحة أمام قرائه جميعاً") is None
    True
    """
    if len(line) > LONGEST:
        return None
    rules = general()
    text = phrase(line)
    if not text:
        return Match("signature", "line") if line.strip() else None
    if text in own:
        return Match(f"outlet:{own[text]}", "line")
    if found := rules.phrases.get(text):
        return found
    listed = text.split()
    if len(listed) <= 15 and all(word in rules.vocabulary for word in listed):
        return Match("button-list", "line")
    if len(listed) <= 5 and _glued(text, rules.phrases):
        return Match("category", "head")
    bare = _joined(fold(_BULLETS.sub("", line)).strip(" []"))
    return _begun(bare, listed) or _patterned(bare)


def _glued(text: str, phrases: Mapping[str, Match]) -> bool:
    """Tell whether `text` is two names of sections whose links stood side by side."""
    return any(
        (one := phrases.get(text[:at])) and (two := phrases.get(text[at:].strip()))
        and one.rule == two.rule == "category"
        for at in range(3, len(text) - 2)
    )  # fmt: skip


def _begun(bare: str, listed: list[str]) -> Match | None:
    for start, most, match in general().starts.get(listed[0], ()):
        if len(listed) <= most and bare.startswith(start) and _bounded(bare, start):
            rest = bare[len(start) :].strip(" :|-–.…،")
            return match._replace(alone=not rest)
    return None


def _patterned(bare: str) -> Match | None:
    if len(bare) > LONG:
        return None
    return next((match for pattern, match in general().patterns if pattern.fullmatch(bare)), None)


def _joined(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"\s+([:|،,])", r"\1", text)).strip()


def _bounded(text: str, start: str) -> bool:
    after = text[len(start) : len(start) + 1]
    return not (after.isalnum() and start[-1].isalnum())


def classified(lines: Sequence[Line], own: Mapping[str, str]) -> tuple[Match | None, ...]:
    """Return for each line the furniture rule it answers to."""
    return tuple(furniture(line.text, own) if line.text else None for line in lines)


def is_prose(text: str) -> bool:
    """Tell whether `text` is a paragraph rather than a headline, a label or a name."""
    count = len(text.split())
    return count >= PROSE_WORDS or (count >= 6 and text.rstrip(" *_").endswith(STOPS))


def is_question(text: str) -> bool:
    """Tell whether `text` is a short question or exclamation, which may well be a headline."""
    return text.endswith(("؟", "?", "!")) and len(text.split()) < PROSE_WORDS


def is_headline_like(text: str) -> bool:
    """Tell whether `text` may be a related headline: short, no full stop, no «وقال» to open it."""
    bare = text.rstrip(" *_")
    stopped = bare.endswith((".", ":", "؛", "،"))
    return len(bare.split()) <= HEADLINE_WORDS and not stopped and not carries_on(bare)


# Words that begin with و and begin headlines too.
_OWN_WAW = ("وزير", "وزار", "وفاه", "وفيات", "وكال", "وصول", "وفد", "واشنطن", "وسط", "وقف", "وحد",
            "ورش", "والي", "وساط", "وثيق", "وثائق", "وداع", "وجه", "وعد", "وليد", "وائل", "وسام")  # fmt: skip  # noqa: E501


def carries_on(text: str) -> bool:
    """Tell whether `text` continues an account, as paragraphs do («وأضاف…») and headlines don't.

    >>> lines = ["وأضاف المدير أن العمل سيستمر أسبوعاً", "وزير الري يتفقد القناطر الخيرية اليوم"]
    >>> [carries_on(line) for line in lines]
    [True, False]
    """
    folded = fold(text.lstrip('«“"*_ '))
    listed = folded.split(maxsplit=7)
    return len(listed) >= 6 and folded[0] == "و" and not folded.startswith(_OWN_WAW)


_DIGEST = re.compile(r"(?:عناوين|موجز|نشره|اهم الاخبار|ابرز الاخبار|اخبار الساعه|العناوين)")
DIGEST_LINES = 5


def is_digest(title: str, paragraphs: Sequence[str]) -> bool:
    """Tell whether the lines under `title` are headlines of many articles, not one article.

    Not one is a paragraph, none carries on from another, and they have hardly a word in common.
    """
    if len(paragraphs) < DIGEST_LINES or any(is_prose(text) for text in paragraphs):
        return False
    if sum(carries_on(text) for text in paragraphs) > 0.1 * len(paragraphs):
        return False
    said = [{stem(w) for w in words(text) if len(w) > 3} for text in paragraphs]
    common = Counter(word for line in said for word in line)
    repeated = sum(count for count in common.values() if count > 1)
    limit = 0.5 if _DIGEST.search(fold(title)) else 0.15
    return repeated <= limit * sum(common.values())


def sweep(page: Page, matches: Sequence[Match | None], start: int) -> Page:
    """Return `page` without the furniture from line `start` on."""
    doomed: dict[int, str] = {}
    spaced = _is_spaced(page.lines)
    above = 0
    i = start
    while i < len(page.lines):
        match, text = matches[i], page.lines[i].text
        if i in doomed or not text:
            i += 1
            continue
        if match and match.effect == "head" and (pair := _teaser(page.lines, matches, i)):
            doomed.update(dict.fromkeys(pair, "teaser"))
            i = pair[-1] + 1
            continue
        if match is None or match.effect == "head":
            above += len(text.split())
            i += 1
            continue
        doomed[i] = match.rule
        if match.rule == "photo-credit" and i - 1 not in doomed and i > start:
            doomed.update(dict.fromkeys(_caption(page.lines, matches, i), match.rule))
        if match.effect == "tail" and _ends_body(page.lines, matches, i, above):
            doomed.update(dict.fromkeys(range(i, len(page.lines)), match.rule))
            break
        if match.effect == "list" and match.alone:
            doomed.update(dict.fromkeys(_headlines(page.lines, matches, i, spaced), match.rule))
        if match.effect == "tags" and match.alone:
            doomed.update(dict.fromkeys(_labels(page.lines, matches, i), match.rule))
        i += 1
    doomed.update(_below(page, doomed, start))
    return without(page, doomed)


def _caption(lines: Sequence[Line], matches: Sequence[Match | None], i: int) -> list[int]:
    """Return the line above the picture's credit at `i` when it may be its caption."""
    text = lines[i - 1].text
    plain = matches[i - 1] is None and 4 <= len(text.split()) <= 14 and not text.endswith(ENDS)
    return [i - 1] if plain else []


def _teaser(lines: Sequence[Line], matches: Sequence[Match | None], i: int) -> list[int]:
    """Return `i` and the next line when they are a section's name and a headline from there.

    They stand between two paragraphs; a section's name by itself may be a subheading.
    """
    full = [j for j in range(max(0, i - 2), min(len(lines), i + 7)) if lines[j].text]
    at = full.index(i)
    if not 1 <= at <= len(full) - 3:
        return []
    before, head, after = (lines[full[at + n]].text for n in (-1, 1, 2))
    teased = is_headline_like(head) and len(head.split()) >= 3 and not head.endswith(ENDS)
    apart = before.rstrip(" *_").endswith(STOPS) and is_prose(after)
    return [i, full[at + 1]] if teased and apart and matches[full[at + 1]] is None else []


def _cuts(match: Match | None) -> bool:
    return match is not None and match.effect != "head"


def _is_spaced(lines: Sequence[Line]) -> bool:
    """Tell whether an empty line stands between most lines, so that it parts nothing."""
    full = [i for i, line in enumerate(lines) if line.text]
    gaps = sum(1 for a, b in pairwise(full) if b - a > 1)
    return gaps > 0.6 * max(1, len(full) - 1)


def _ends_body(lines: Sequence[Line], matches: Sequence[Match | None], i: int, above: int) -> bool:
    rest = sum(
        len(lines[j].text.split())
        for j in range(i + 1, len(lines))
        if not _cuts(matches[j]) and is_prose(lines[j].text)
    )
    return above >= LEAST_BODY and rest <= max(60, 1.5 * above)


def _headlines(
    lines: Sequence[Line], matches: Sequence[Match | None], i: int, spaced: bool
) -> list[int]:
    """Return the lines under the label at `i` that are headlines of other articles."""
    found: list[int] = []
    for j in range(i + 1, len(lines)):
        text = lines[j].text
        if not text:
            if found and not spaced:
                break
            continue
        if found and _is_small(matches[j]):
            continue  # «منذ 3 أيام» between two of them; it goes by its own rule
        if _cuts(matches[j]) or len(found) >= MOST_HEADLINES or not is_headline_like(text):
            break
        if found and is_prose(text) and len(text.split()) >= PROSE_WORDS and j + 1 < len(lines):
            break
        found.append(j)
    return found


def _is_small(match: Match | None) -> bool:
    return match is not None and match.rule in {"clock", "counter", "photo-credit"}


def _labels(lines: Sequence[Line], matches: Sequence[Match | None], i: int) -> list[int]:
    found: list[int] = []
    for j in range(i + 1, len(lines)):
        text = lines[j].text
        if text and (_cuts(matches[j]) or len(text.split()) > 6 or text.endswith(STOPS)):
            break
        if text:
            found.append(j)
    return found


def _below(page: Page, doomed: Mapping[int, str], start: int) -> dict[int, str]:
    """Return what lies below the last paragraph: labels, and anything under a furniture line."""
    lines = page.lines
    kept = [i for i in range(start, len(lines)) if lines[i].text and i not in doomed]
    last = next(
        (i for i in reversed(kept) if is_prose(lines[i].text) or carries_on(lines[i].text)), -1
    )
    if last < 0:
        return {}
    after = [i for i in kept if i > last]
    first_cut = min((i for i in doomed if i > last), default=len(lines))
    below = {i: "below-furniture" for i in after if i > first_cut}
    labels = [i for i in after if i < first_cut]
    short = all(
        len(lines[i].text.split()) <= 3 and not lines[i].text.endswith(ENDS) for i in labels
    )
    if short and (len(labels) >= 2 or first_cut < len(lines)):
        below.update(dict.fromkeys(labels, "label-below"))
    elif labels and first_cut < len(lines) and _tags_run_together(page, kept, labels[-1]):
        below[labels[-1]] = "label-below"
    elif first_cut < len(lines) and _is_after(page, kept, last, labels):
        below.update(dict.fromkeys(labels, "after-the-end"))
    return below


def _is_after(page: Page, kept: Sequence[int], last: int, labels: Sequence[int]) -> bool:
    """Tell whether the short lines `labels` stand below an account that has come to its end.

    Its paragraphs end in full stops, the last one too (a colon would open a list), and none of the
    lines does: a writer's office, headlines of other articles.
    """
    texts = [page.lines[i].text.rstrip(" *_") for i in kept if i <= last]
    prose = [text for text in texts if is_prose(text)]
    stopped = sum(text.endswith(STOPS) for text in prose)
    if not texts[-1].endswith(STOPS) or len(prose) < 2 or stopped < 0.8 * len(prose):
        return False
    if sum(not is_prose(text) for text in texts) > 0.5 * len(texts):
        return False  # a list, a poem
    below = [page.lines[i].text for i in labels]
    return all(is_headline_like(text) and len(text.split()) <= 14 for text in below) and not any(
        re.match(r"[-–•*\d]", text) for text in below
    )


def _tags_run_together(page: Page, kept: Sequence[int], i: int) -> bool:
    """Tell whether line `i` is nothing but words of headline and body without a mark."""
    text = page.lines[i].text
    own = [stem(word) for word in words(text)]
    if len(own) > 8 or re.search(r"[^\w\s]", text):
        return False
    above = {stem(word) for word in words(page.title)}
    above |= {stem(word) for j in kept if j != i for word in words(page.lines[j].text)}
    return sum(word in above for word in own) >= 0.75 * len(own)
