"""Furniture that only its neighbours give away: mastheads, menus in many short lines, captions.

Alone each of these lines might be a headline; what stands around it tells otherwise.
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise, takewhile

from warraq.intake.bylines import OUTLET_WORDS, is_person
from warraq.intake.folding import phrase, stem, words
from warraq.intake.furniture import Match, furniture
from warraq.intake.page import Line
from warraq.intake.shapes import (
    ENDS,
    PROSE_WORDS,
    STOPS,
    carries_on,
    is_headline_like,
    is_prose,
    is_sentence,
)
from warraq.intake.stamps import stamps
from warraq.intake.tables import load

MASTHEAD = Match("masthead", "line")
CAPTION = Match("photo-credit", "line")
_NUMBER_BEHIND = re.compile(r"\s*[(\[]\s*\d{1,3}\s*[)\]]$")  # «المعرض (2)»
_NAMES_APART = re.compile(r"[«»\"]|\s[-–|/]\s")  # «نداء الوطن» - زينة عبود
_BESIDE_WRITER = frozenset(("date-line-odd", "counter", "clock", "signature"))
# «… على الشاطئ (رويترز)»: no sentence, and an agency in brackets behind it.
_SIGNED = re.compile(
    r".*[^.!؟:،»”\"\s] ?(?:[(\[](?P<maker>[^()\[\]]{2,40})[)\]]| - (?P<own>سبوتنيك(?: عربي)?))"
)
_MAKERS = tuple(f"{phrase(name)} " for name in load("credits")["pictures"])
_HEADLINE_MARK = re.compile(r"\w: |\.\.|…|[«»\"“”|؟!]")
_ARABIC = re.compile("[\u0621-\u064a]")
MENU = Match("menu", "head")
TICKER = Match("ticker", "line")
TEASER = Match("teaser", "line")
PICTURED = 24  # words of a picture's caption, at most
LEAST_PARTED = 4  # headlines in one line of the seed
LEAST_STRAYS, LITTLE = 4, 0.4  # headlines between paragraphs, and what they share with them
LEAST_TWICE, MOST_MAKER = 3, 5  # words said twice in a line, and those of the maker behind them
LEAST_NAMED = 3  # times that a site's name stands between headlines
LEAST_RUN, LEAST_LED = 25, 35  # words of headlines run together, with a headline below, without
LEAST_TOLD = 50  # different words of an article for it to tell what it does not speak of
BINDING = frozenset("ان التي الذي الذين كان كانت كما حيث وقال واضاف وان بان لان".split())
SCHEDULE = 120  # lines with words among which a day's programmes may stand
TOP = 40  # lines with words in which a masthead or a menu may stand
NAME_WORDS = 5  # a name or a label has at most so many
BULLETS = ("•", "·", "*", "▪", "●", "■", "◾", "►")
LEAST_MENU = 6  # short lines in a row that make a menu


def classified(lines: Sequence[Line], own: Mapping[str, str]) -> tuple[Match | None, ...]:
    """Return for each line the furniture rule it answers to, by itself or by its neighbours."""
    found = [furniture(line.text, own) if line.text else None for line in lines]
    full = [i for i, line in enumerate(lines) if line.text]
    texts = tuple(line.text for line in lines)
    found = _parted(lines, found)
    for rule in (_mastheads, _foreign, _tickers, _menus, _bullets, _captions, _strays):
        for i, match in rule(texts, found, full).items():
            found[i] = found[i] or match
    return tuple(found)


def _parted(lines: Sequence[Line], found: list[Match | None]) -> list[Match | None]:
    """Return `found` with the headlines that shared one line of the seed, wide gaps between them.

    So archives of many papers top their pages. Where a paragraph shares the line too, the whole
    page is one line.
    """
    shared: dict[int, list[int]] = {}
    for i, line in enumerate(lines):
        if line.text:
            shared.setdefault(line.first, []).append(i)
    tickers = {
        i for run in shared.values() if len(run) >= LEAST_PARTED
        and not any(is_sentence(lines[i].text) for i in run) for i in run
    }  # fmt: skip
    return [TICKER if i in tickers else match for i, match in enumerate(found)]


def _mastheads(
    texts: tuple[str, ...], found: Sequence[Match | None], full: Sequence[int]
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
    texts: tuple[str, ...], _found: Sequence[Match | None], full: Sequence[int]
) -> dict[int, Match]:
    """Return the lines of Latin letters alone in an Arabic text.

    Above it they are notices and buttons; below its beginning captions and posts, if long.
    """
    out: dict[int, Match] = {}
    begun = False
    for i in full:
        if _ARABIC.search(texts[i]):
            begun = begun or is_prose(texts[i])
        elif stamps(texts[i]):
            continue
        elif re.search(r"[A-Za-z]{3}", texts[i]) and len(texts[i].split()) >= (5 if begun else 3):
            out[i] = CAPTION if begun else MENU
    return out if begun and len(out) < len(full) / 2 else {}


def _tickers(
    texts: tuple[str, ...], found: Sequence[Match | None], full: Sequence[int]
) -> dict[int, Match]:
    """Return the long line of headlines that tops a page or stands under «آخر الأخبار».

    What is said there has nothing to do with the article: without a label, that tells it.
    """
    out = {
        i: TICKER
        for label, i in pairwise(full[:TOP])
        if (m := found[label]) and m.rule == "most-read" and m.alone and _runs_on(texts[i])
    }
    for n, i in enumerate(full[:TOP]):
        if found[i] or i in out:
            continue
        if _runs_on(texts[i]) and _is_ticker(texts, full[n:], first=not n):
            out[i] = TICKER
        elif is_prose(texts[i]):
            break
    return out | _cut_off(texts, full)


def _is_ticker(texts: Sequence[str], full: Sequence[int], *, first: bool) -> bool:
    """Tell whether the line at `full[0]` is headlines of which the lines below say nothing."""
    text, below = texts[full[0]], full[1:]
    if max(Counter(re.findall(r"[A-Za-z]{3,}", text)).values(), default=0) >= LEAST_NAMED:
        return True  # the site's own name between them
    if len(below) < 2:
        return False
    led = is_prose(texts[below[0]])  # no headline between: then the line may be the first paragraph
    rest = {stem(w) for i in below[0 if led else 1 :] for w in words(texts[i])}
    share = _shared(text, rest)
    if led:
        return len(rest) >= LEAST_TOLD and share < 0.15 and _is_headlines(text, LEAST_LED)
    told = first and len(below) >= 3 and _shared(texts[below[0]], rest) > 1.2 * share
    return share < 0.25 and (told or _is_headlines(text, LEAST_RUN))


def _is_headlines(text: str, least: int) -> bool:
    """Tell whether a long line is headlines run together: no comma, hardly a word that binds."""
    listed = words(text)
    bound = sum(word in BINDING for word in listed)
    return len(listed) >= least and bound <= len(listed) / 40 and text.count("،") < 2


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
    texts: tuple[str, ...], found: Sequence[Match | None], full: Sequence[int]
) -> dict[int, Match]:
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
    texts: tuple[str, ...], found: Sequence[Match | None], full: Sequence[int]
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
    texts: tuple[str, ...], found: Sequence[Match | None], full: Sequence[int]
) -> dict[int, Match]:
    """Return the lines that stand twice, one under the other: a picture's text and its caption.

    The headline too may stand twice: it is the first line of the page, or the first that has more
    words in common with the article than what stands above it (headlines of others).
    """
    out: dict[int, Match] = {}
    below = 0.0  # the most that a line passed, which may be the headline, shares with the body
    prose = False  # has a paragraph passed?
    for i, j in pairwise(full):
        text = texts[i]
        prose = prose or is_prose(text)
        if found[i] is None and (_is_doubled(text) or _is_signed(text)):
            out[i] = CAPTION
        share = 0.0 if prose and below else max(0.1, _shared(text, _body(texts)))
        under = prose or below > 0.5 * share or len(words(text)) < 4
        open_ = below and under and found[i] is None and found[j] is None
        twice = open_ and _alike(text, texts[j], least=3 if prose else 1)
        if twice and not is_person(text.rpartition(":")[2].strip()):
            out.update({i: CAPTION, j: CAPTION})
        if share and found[i] is None and not stamps(text):
            told = max((len(words(part)) for part in _NAMES_APART.split(text)), default=0)
            below = max(below, share) if told >= 4 else below
    return out


@lru_cache(maxsize=4)  # several rules ask it of one page
def _body(texts: tuple[str, ...]) -> frozenset[str]:
    """Return the stems of the words in the paragraphs among `texts`."""
    return frozenset(stem(w) for text in texts if is_prose(text) for w in words(text))


def _strays(
    texts: tuple[str, ...], found: Sequence[Match | None], full: Sequence[int]
) -> dict[int, Match]:
    """Return the headlines that stand in a row between two paragraphs and that neither speaks of.

    The last of a row may be the next paragraph's subheading; one at least has a mark that verses
    and lists have not.
    """
    out: dict[int, Match] = {}
    run: list[int] = []
    above = ""
    for i in full:
        if found[i] is None and is_headline_like(texts[i]) and not is_prose(texts[i]):
            run.append(i)
            continue
        between = above.endswith(STOPS) and is_prose(texts[i])
        if len(run) >= LEAST_STRAYS and between and _are_strange(texts, run[:-1]):
            out.update(dict.fromkeys(run[:-1], TEASER))
        run, above = [], texts[i] if is_prose(texts[i]) else ""
    return out


def _are_strange(texts: tuple[str, ...], run: Sequence[int]) -> bool:
    marked = any(_HEADLINE_MARK.search(texts[i]) for i in run)
    return marked and all(_shared(texts[i], _body(texts)) < LITTLE for i in run)


def _is_signed(text: str) -> bool:
    short = 3 <= len(words(text)) <= PICTURED and not carries_on(text)
    match = _SIGNED.fullmatch(text) if short else None
    return match is not None and f"{phrase(match['maker'] or match['own'])} ".startswith(_MAKERS)


def _is_doubled(text: str) -> bool:
    """Tell whether a line says a thing twice: a picture's text and its caption, with its maker."""
    listed = words(text)
    half = len(listed) // 2
    if half < LEAST_TWICE or text.endswith(STOPS):
        return False
    again = any(
        listed[:n] == listed[n : 2 * n] for n in range(half, LEAST_TWICE - 1, -1)
        if len(listed) - 2 * n <= MOST_MAKER
    )  # fmt: skip
    one, other = Counter(listed[:half]), Counter(listed[half:])
    return again or (half >= 5 and (one & other).total() >= 0.85 * half)


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
