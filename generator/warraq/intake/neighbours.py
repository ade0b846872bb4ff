"""Furniture that only its neighbours give away: mastheads, menus in many short lines, captions.

Alone each of these lines might be a headline; what stands around it tells otherwise.
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise, takewhile

from warraq.intake.bylines import OUTLET_WORDS, is_person
from warraq.intake.folding import stem, words
from warraq.intake.furniture import Match, furniture
from warraq.intake.page import Line
from warraq.intake.shapes import ENDS, PROSE_WORDS, STOPS, is_prose
from warraq.intake.stamps import stamps

MASTHEAD = Match("masthead", "line")
CAPTION = Match("photo-credit", "line")
_NUMBER_BEHIND = re.compile(r"\s*[(\[]\s*\d{1,3}\s*[)\]]$")  # «المعرض (2)»
_NAMES_APART = re.compile(r"[«»\"]|\s[-–|/]\s")  # «نداء الوطن» - زينة عبود
_BESIDE_WRITER = frozenset(("date-line-odd", "counter", "clock", "signature"))
_ARABIC = re.compile("[\u0621-\u064a]")
MENU = Match("menu", "head")
TICKER = Match("ticker", "line")
TEASER = Match("teaser", "line")
LEAST_RUN = 25  # words of headlines run together
BINDING = frozenset("ان التي الذي الذين كان كانت كما حيث وقال واضاف وان بان لان".split())
TOP = 40  # lines with words in which a masthead or a menu may stand
NAME_WORDS = 5  # a name or a label has at most so many
BULLETS = ("•", "·", "*", "▪", "●", "■", "◾", "►")
LEAST_MENU = 6  # short lines in a row that make a menu


def classified(lines: Sequence[Line], own: Mapping[str, str]) -> tuple[Match | None, ...]:
    """Return for each line the furniture rule it answers to, by itself or by its neighbours."""
    found = [furniture(line.text, own) if line.text else None for line in lines]
    full = [i for i, line in enumerate(lines) if line.text]
    texts = [line.text for line in lines]
    for rule in (_mastheads, _foreign, _tickers, _menus, _bullets, _captions):
        for i, match in rule(texts, found, full).items():
            found[i] = found[i] or match
    return tuple(found)


def _mastheads(
    texts: Sequence[str], found: Sequence[Match | None], full: Sequence[int]
) -> dict[int, Match]:
    """Return the names under «رئيس التحرير» and its like, and what else stands among them."""
    top = full[:TOP]
    offices = [n for n, i in enumerate(top) if (m := found[i]) and m.rule == MASTHEAD.rule]
    names = [n + 1 for n in offices if n + 1 < len(top)]
    if len(offices) >= 2:  # one may head an editorial; several are the page's own
        names += range(offices[-1])
    short = (top[n] for n in names if len(texts[top[n]].split()) <= NAME_WORDS)
    return {i: MASTHEAD for i in short if not OUTLET_WORDS & set(words(texts[i]))}


def _foreign(
    texts: Sequence[str], _found: Sequence[Match | None], full: Sequence[int]
) -> dict[int, Match]:
    """Return the lines of Latin letters alone that stand above an Arabic text: notices, buttons."""
    out: dict[int, Match] = {}
    for i in full[:TOP]:
        if _ARABIC.search(texts[i]):
            if is_prose(texts[i]):
                return out
        elif re.search(r"[A-Za-z]{3}", texts[i]) and len(texts[i].split()) >= 3:
            out[i] = MENU
    return {}


def _tickers(
    texts: Sequence[str], found: Sequence[Match | None], full: Sequence[int]
) -> dict[int, Match]:
    """Return the long line of headlines that tops a page or stands under «آخر الأخبار».

    What is said there has nothing to do with the article: without a label, that tells it.
    """
    out = {
        i: TICKER
        for label, i in pairwise(full[:TOP])
        if (m := found[label]) and m.rule == "most-read" and m.alone and _runs_on(texts[i])
    }
    first, below = full[0] if full else 0, full[1:]
    if len(below) >= 3 and _runs_on(texts[first]):
        rest = {stem(w) for i in below[1:] for w in words(texts[i])}
        share = _shared(texts[first], rest)
        apart = share < 0.25 and _shared(texts[below[0]], rest) > 1.2 * share
        if apart and (not is_prose(texts[below[0]]) or _is_headlines(texts[first])):
            out[first] = TICKER
    return out | _cut_off(texts, full)


def _is_headlines(text: str) -> bool:
    """Tell whether a long line is headlines run together: no comma, none of the words that bind."""
    listed = words(text)
    return len(listed) >= LEAST_RUN and not BINDING & set(listed) and not re.search("[،,.]", text)


def _cut_off(texts: Sequence[str], full: Sequence[int]) -> dict[int, Match]:
    """Return the teasers above the article: two lines and more in a row that end in «…»."""
    run = list(takewhile(lambda i: texts[i].endswith(("...", "…", "..")), full[:TOP]))
    goes_on = len(run) < len(full) and is_prose(texts[full[len(run)]])
    teasers = [i for i in run if len(texts[i].split()) >= PROSE_WORDS // 2]
    return dict.fromkeys(run, TEASER) if len(teasers) >= 2 and goes_on else {}


def _runs_on(text: str) -> bool:
    return len(text.split()) > PROSE_WORDS and not text.endswith(STOPS)


def _shared(text: str, rest: Collection[str]) -> float:
    own = [stem(w) for w in words(text) if len(w) > 3]
    return sum(w in rest for w in own) / max(1, len(own))


def _menus(
    texts: Sequence[str], found: Sequence[Match | None], full: Sequence[int]
) -> dict[int, Match]:
    """Return the short lines that stand in a row at the top, all but the last one.

    A poem's lines are longer, and a headline is the last short line before the article.
    """
    run: list[int] = []
    out: dict[int, Match] = {}
    for i in full[:TOP]:
        match = found[i]
        own = match.rule if match else ""
        signed = own in _BESIDE_WRITER or stamps(texts[i]) or _names_outlet(texts[i])
        if len(texts[i].split()) <= 3 and not texts[i].endswith(ENDS) and not signed:
            run.append(i)
            continue
        if len(run) >= LEAST_MENU:
            out.update(dict.fromkeys(run[:-1], MENU))
        run = []
        if is_prose(texts[i]):
            break
    return out


def _names_outlet(text: str) -> bool:
    return len(words(text)) >= 2 and bool(OUTLET_WORDS & set(words(text)))


def _bullets(
    texts: Sequence[str], found: Sequence[Match | None], full: Sequence[int]
) -> dict[int, Match]:
    """Return the bulleted lines above all else: other articles. Below a headline they sum it up."""
    out: dict[int, Match] = {}
    for i in full:
        if found[i] is None and not texts[i].startswith(BULLETS):
            break
        if texts[i].startswith(BULLETS):
            out[i] = MENU
    return out if len(out) >= 3 else {}


def _captions(
    texts: Sequence[str], found: Sequence[Match | None], full: Sequence[int]
) -> dict[int, Match]:
    """Return the lines that stand twice, one under the other: a picture's text and its caption.

    The headline too may stand twice: it is the first line of the page, or the first that has more
    words in common with the article than what stands above it (headlines of others).
    """
    out: dict[int, Match] = {}
    body = {stem(w) for i in full if is_prose(texts[i]) for w in words(texts[i])}
    below = 0.0  # the most that a line passed, which may be the headline, shares with the body
    prose = False  # has a paragraph passed?
    for i, j in pairwise(full):
        prose = prose or is_prose(texts[i])
        share = max(0.1, _shared(texts[i], body))
        under = prose or below > 0.5 * share or len(words(texts[i])) < 4
        open_ = below and under and found[i] is None and found[j] is None
        signed = is_person(texts[i].rpartition(":")[2].strip())
        if open_ and not signed and _alike(texts[i], texts[j], least=3 if prose else 1):
            out.update({i: CAPTION, j: CAPTION})
        told = max((len(words(part)) for part in _NAMES_APART.split(texts[i])), default=0)
        if found[i] is None and told >= 4 and not stamps(texts[i]):
            below = max(below, share)
    return out


def _alike(one: str, other: str, *, least: int) -> bool:
    if one == other and one.endswith(").") and len(one.split()) < PROSE_WORDS:
        return True  # with its maker: «خشبة المسرح (سمر نجم).»
    if one.endswith(STOPS) or is_prose(one) or is_prose(other):
        return False
    first, second = (Counter(words(_NUMBER_BEHIND.sub("", text))) for text in (one, other))
    most = max(first.total(), second.total())
    if most < least:
        return False
    return first == second or (most >= 8 and (first & second).total() >= 0.8 * most)
