"""Headlines of other articles above an article, or between its paragraphs, without a label.

They stand in one long line, one to a line, or as paragraphs cut off; the article speaks of none.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise, takewhile

from warraq.intake.lines.boilerplate import RuleMatch
from warraq.intake.lines.line_features import (
    PARAGRAPH,
    PROSE_WORDS,
    SENTENCE_ENDS,
    is_headline_like,
    is_prose,
    is_sentence,
)
from warraq.intake.lines.overlap import overlap_with, paragraph_stems
from warraq.intake.state import Line
from warraq.intake.text.folding import phrase, stem, words

TICKER = RuleMatch("ticker", "line")
TEASER = RuleMatch("teaser", "line")
HEAD = 40  # lines with words above and in an article's beginning
LEAST_PARTED = 4  # headlines in one line of the seed
LEAST_STRAY = 3  # words of one of these, taken together
LEAST_STRAYS, LITTLE = 4, 0.4  # headlines between paragraphs, and what they share with them
PICTURE = phrase("صورة الخبر")
LEAST_STACK, LEAST_STACKED = 6, 30  # headlines above an article, and the words it has at least
LEAST_WORDS = 5  # in a headline of such a stack
LEAST_SHARED = 0.25  # of a headline's words stand in its article, or more
LEAST_NAMED = 3  # times that a site's name stands between headlines
LEAST_RUN, LEAST_LED = 25, 35  # words of headlines run together, with a headline below, without
LEAST_TOLD = 50  # different words of an article for it to tell what it does not speak of
BINDING = frozenset("ان التي الذي الذين كان كانت كما حيث وقال واضاف وان بان لان".split())
_HEADLINE_MARK = re.compile(r"\w: |\.\.|…|[«»\"“”|؟!]")


def shared_line(lines: Sequence[Line], found: list[RuleMatch | None]) -> list[RuleMatch | None]:
    """Return `found` with the headlines that shared one line of the seed, wide gaps between them.

    So archives of many papers top their pages. Where a paragraph shares the line too, the whole
    page is one line.
    """
    together: dict[int, list[int]] = {}
    for i, line in enumerate(lines):
        if line.text:
            together.setdefault(line.first, []).append(i)
    told = {
        i for run in together.values() if len(run) >= LEAST_PARTED
        and not any(is_sentence(lines[i].text) for i in run) for i in run
    }  # fmt: skip
    return [TICKER if i in told else match for i, match in enumerate(found)]


def run_together(
    texts: tuple[str, ...], found: Sequence[RuleMatch | None], full: Sequence[int]
) -> dict[int, RuleMatch]:
    """Return the long line of headlines that tops a page or stands under «آخر الأخبار».

    What is said there has nothing to do with the article: without a label, that tells it.
    """
    out = {
        i: TICKER
        for label, i in pairwise(full[:HEAD])
        if (m := found[label]) and m.rule == "most-read" and m.alone and _runs_on(texts[i])
    }
    for n, i in enumerate(full[:HEAD]):
        if found[i] or i in out:
            continue
        if _runs_on(texts[i]) and _is_ticker(texts, full[n:], first=not n):
            out[i] = TICKER
        elif is_prose(texts[i]):
            break
    return out | _cut_off(texts, found, full)


def _is_ticker(texts: Sequence[str], full: Sequence[int], *, first: bool) -> bool:
    """Tell whether the line at `full[0]` is headlines of which the lines below say nothing."""
    text, below = texts[full[0]], full[1:]
    if max(Counter(re.findall(r"[A-Za-z]{3,}", text)).values(), default=0) >= LEAST_NAMED:
        return True  # the site's own name between them
    if len(below) < 2:
        return False
    led = is_prose(texts[below[0]])  # no headline between: then the line may be the first paragraph
    rest = {stem(w) for i in below[0 if led else 1 :] for w in words(texts[i])}
    share = overlap_with(text, rest)
    if led:
        return len(rest) >= LEAST_TOLD and share < 0.15 and _is_headlines(text, LEAST_LED)
    told = first and len(below) >= 3 and overlap_with(texts[below[0]], rest) > 1.2 * share
    return share < 0.25 and (told or _is_headlines(text, LEAST_RUN))


def _is_headlines(text: str, least: int) -> bool:
    """Tell whether a long line is headlines run together: no comma, hardly a word that binds."""
    listed = words(text)
    bound = sum(word in BINDING for word in listed)
    return len(listed) >= least and bound <= len(listed) / 40 and text.count("،") < 2


def _cut_off(
    texts: tuple[str, ...], found: Sequence[RuleMatch | None], full: Sequence[int]
) -> dict[int, RuleMatch]:
    """Return the teasers above the article: two lines and more in a row that end in «…»."""
    run = list(takewhile(lambda i: texts[i].endswith(("...", "…", "..")), full[:HEAD]))
    goes_on = len(run) < len(full) and is_prose(texts[full[len(run)]])
    teasers = [i for i in run if len(texts[i].split()) >= PROSE_WORDS // 2]
    rest = paragraph_stems(texts[run[-1] + 1 :]) if run else frozenset[str]()
    if len(run) == 1 and teasers and len(full) > 1 and found[full[1]]:  # over a masthead
        strange = rest and overlap_with(texts[run[0]], rest) < LITTLE / 2
        return {run[0]: TEASER} if strange else {}
    if any(
        len(texts[i].split()) >= PARAGRAPH and overlap_with(texts[i], rest) >= LITTLE for i in run
    ):
        return {}
    return dict.fromkeys(run, TEASER) if len(teasers) >= 2 and goes_on else {}


def _runs_on(text: str) -> bool:
    return len(text.split()) > PROSE_WORDS and not text.endswith(SENTENCE_ENDS)


def above_article(
    texts: tuple[str, ...], found: Sequence[RuleMatch | None], full: Sequence[int]
) -> dict[int, RuleMatch]:
    """Return the headlines in a row, each on a line, above an article that speaks of none."""
    run: list[int] = []
    for i in full[:HEAD]:
        if is_prose(texts[i]):
            break
        if found[i] is None and len(texts[i].split()) >= LEAST_WORDS:
            run.append(i)
    strange = len(run) >= LEAST_STACK and len(paragraph_stems(texts)) >= LEAST_STACKED
    if strange and all(overlap_with(texts[i], paragraph_stems(texts)) < LEAST_SHARED for i in run):
        return dict.fromkeys(run, TICKER)
    return {}


def over_picture_label(
    texts: tuple[str, ...], found: Sequence[RuleMatch | None], full: Sequence[int]
) -> dict[int, RuleMatch]:
    """Return what stands over a picture's label if the article has no word of it.

    It is another's headline; the article's own was lost on the way.
    """
    at = next((n for n, i in enumerate(full[:HEAD]) if phrase(texts[i]) == PICTURE), 0)
    above = [i for i in full[:at] if found[i] is None]
    if not above or len(paragraph_stems(texts)) < LEAST_STACKED:
        return {}
    strange = not any(overlap_with(texts[i], paragraph_stems(texts)) for i in above)
    return dict.fromkeys(above, TICKER) if strange else {}


def between_paragraphs(
    texts: tuple[str, ...], found: Sequence[RuleMatch | None], full: Sequence[int]
) -> dict[int, RuleMatch]:
    """Return the headlines that stand in a row between two paragraphs and that neither speaks of.

    The last of a row may be the next paragraph's subheading; one at least has a mark that verses
    and lists have not.
    """
    out: dict[int, RuleMatch] = {}
    run: list[int] = []
    above = ""
    for i in full:
        if found[i] is None and not is_prose(texts[i]) and is_headline_like(texts[i]):
            run.append(i)
            continue
        between = above.endswith(SENTENCE_ENDS) and is_prose(texts[i])
        if len(run) >= LEAST_STRAYS and between and _are_strange(texts, run[:-1]):
            out.update(dict.fromkeys(run[:-1], TEASER))
        run, above = [], texts[i] if is_prose(texts[i]) else ""
    return out


def _are_strange(texts: tuple[str, ...], run: Sequence[int]) -> bool:
    marked = any(_HEADLINE_MARK.search(texts[i]) for i in run)
    long = sum(len(words(texts[i])) for i in run) >= LEAST_STRAY * len(run)  # no prices
    return (
        marked
        and long
        and all(overlap_with(texts[i], paragraph_stems(texts)) < LITTLE for i in run)
    )
