"""Headlines of other articles above an article, or between its paragraphs, without a label.

They come in one long line, one to a line, or as paragraphs cut off; what shows them is that the
article has hardly a word of them.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise, takewhile

from warraq.intake.lines.boilerplate import RuleMatch
from warraq.intake.lines.line_features import (
    SENTENCE_ENDS,
    is_headline_like,
    is_prose,
    is_sentence,
)
from warraq.intake.lines.overlap import overlap_with, paragraph_stems
from warraq.intake.lines.thresholds import LINES
from warraq.intake.state import Line
from warraq.intake.text.folding import phrase, stem, words

TICKER = RuleMatch("ticker", "line")
TEASER = RuleMatch("teaser", "line")
_PICTURE_LABEL = phrase("صورة الخبر")  # «picture of the news»
_CUT_OFF = ("...", "…", "..")
# «That», «which», «was», «as», «where», «said», «added», «because»: sentences need them.
_BINDING = frozenset("ان التي الذي الذين كان كانت كما حيث وقال واضاف وان بان لان".split())
_HEADLINE_MARK = re.compile(r"\w: |\.\.|…|[«»\"“”|؟!]")

_Matches = Sequence[RuleMatch | None]


def shared_line(
    lines: Sequence[Line], matches: Sequence[RuleMatch | None]
) -> list[RuleMatch | None]:
    """Return `matches` with the headlines that shared one line of the seed, wide gaps between them.

    Archives of many newspapers have them at the top of their pages. Where a paragraph shares the
    line too, the whole page is one line.
    """
    together: dict[int, list[int]] = {}
    for i, line in enumerate(lines):
        if line.text:
            together.setdefault(line.first, []).append(i)
    rows = (run for run in together.values() if len(run) >= LINES.min_shared_line_headlines)
    headlines = {i for run in rows if not any(is_sentence(lines[i].text) for i in run) for i in run}
    return [TICKER if i in headlines else match for i, match in enumerate(matches)]


def run_together(
    texts: tuple[str, ...], matches: _Matches, filled: Sequence[int]
) -> dict[int, RuleMatch]:
    """Return the long line of headlines at the top of a page or under «آخر الأخبار» (latest news).

    Without a label it is known by saying nothing that the article says. Teasers above the article,
    cut off by «…», are found too.
    """
    top = filled[: LINES.max_top_lines]
    out = {
        i: TICKER
        for label, i in pairwise(top)
        if (m := matches[label]) and m.rule == "most-read" and m.alone and _runs_on(texts[i])
    }
    for n, i in enumerate(top):
        if matches[i] or i in out:
            continue
        if _runs_on(texts[i]) and _is_ticker(texts, filled[n:], first=not n):
            out[i] = TICKER
        elif is_prose(texts[i]):
            break
    return out | _teasers_above(texts, matches, filled)


def _runs_on(text: str) -> bool:
    return len(text.split()) > LINES.prose_words and not text.endswith(SENTENCE_ENDS)


def _is_ticker(texts: Sequence[str], filled: Sequence[int], *, first: bool) -> bool:
    """Whether the line at `filled[0]` is headlines of which the lines below say nothing.

    `first`: it is the first line of the page.
    """
    text, below = texts[filled[0]], filled[1:]
    names = Counter(re.findall(r"[A-Za-z]{3,}", text))  # the site's own name between headlines
    if max(names.values(), default=0) >= LINES.min_ticker_site_names:
        return True
    if len(below) < 2:
        return False
    # With no headline between it and a paragraph the line may be the first paragraph itself.
    led = is_prose(texts[below[0]])
    rest = {stem(word) for i in below[0 if led else 1 :] for word in words(texts[i])}
    overlap = overlap_with(text, rest)
    if led:
        strange = overlap < LINES.max_led_ticker_overlap and len(rest) >= LINES.min_article_words
        return strange and _is_headline_run(text, LINES.min_led_headline_run_words)
    if overlap >= LINES.max_ticker_overlap:
        return False
    if _is_headline_run(text, LINES.min_headline_run_words):
        return True
    better = LINES.better_headline_ratio * overlap
    return first and len(below) > 2 and overlap_with(texts[below[0]], rest) > better


def _is_headline_run(text: str, min_words: int) -> bool:
    """Whether a long line is headlines run together: no comma, hardly a word that binds."""
    listed = words(text)
    bound = sum(word in _BINDING for word in listed)
    loose = bound <= len(listed) / LINES.words_per_binding_word
    return loose and len(listed) >= min_words and text.count("،") <= LINES.max_headline_run_commas


def _teasers_above(
    texts: tuple[str, ...], matches: _Matches, filled: Sequence[int]
) -> dict[int, RuleMatch]:
    """Return the teasers above the article: two lines and more in a row that end in «…»."""
    top = filled[: LINES.max_top_lines]
    run = list(takewhile(lambda i: texts[i].endswith(_CUT_OFF), top))
    if not run:
        return {}
    teasers = [i for i in run if len(texts[i].split()) >= LINES.min_teaser_words]
    article = paragraph_stems(texts[run[-1] + 1 :])
    if len(run) == 1 and teasers and len(filled) > 1 and matches[filled[1]]:  # over a masthead
        overlap = overlap_with(texts[run[0]], article)
        strange = article and overlap < LINES.max_masthead_teaser_overlap
        return {run[0]: TEASER} if strange else {}
    long = (i for i in run if len(texts[i].split()) >= LINES.paragraph_words)
    if any(overlap_with(texts[i], article) >= LINES.max_stray_overlap for i in long):
        return {}  # paragraphs of the article
    goes_on = len(run) < len(filled) and is_prose(texts[filled[len(run)]])
    return dict.fromkeys(run, TEASER) if goes_on and len(teasers) >= LINES.min_teasers else {}


def above_article(
    texts: tuple[str, ...], matches: _Matches, filled: Sequence[int]
) -> dict[int, RuleMatch]:
    """Return the headlines in a row, each on a line, above an article that has none of them."""
    head = takewhile(lambda i: not is_prose(texts[i]), filled[: LINES.max_top_lines])
    least = LINES.min_stacked_headline_words
    run = [i for i in head if matches[i] is None and len(texts[i].split()) >= least]
    article = paragraph_stems(texts)
    if len(run) < LINES.min_stacked_headlines or len(article) < LINES.min_stacked_article_words:
        return {}
    strange = all(overlap_with(texts[i], article) < LINES.max_stacked_overlap for i in run)
    return dict.fromkeys(run, TICKER) if strange else {}


def over_picture_label(
    texts: tuple[str, ...], matches: _Matches, filled: Sequence[int]
) -> dict[int, RuleMatch]:
    """Return the lines above «صورة الخبر» (picture of the news) if the article has no word of them.

    They are another article's headline; this article's own was lost on the way.
    """
    top = filled[: LINES.max_top_lines]
    at = next((n for n, i in enumerate(top) if phrase(texts[i]) == _PICTURE_LABEL), 0)
    above = [i for i in filled[:at] if matches[i] is None]
    article = paragraph_stems(texts)
    if not above or len(article) < LINES.min_stacked_article_words:
        return {}
    strange = not any(overlap_with(texts[i], article) for i in above)
    return dict.fromkeys(above, TICKER) if strange else {}


def between_paragraphs(
    texts: tuple[str, ...], matches: _Matches, filled: Sequence[int]
) -> dict[int, RuleMatch]:
    """Return the headlines in a row between two paragraphs of which the article says nothing.

    The last of a row may be the next paragraph's subheading; one at least has a mark that verses
    and lists do not have.
    """
    out: dict[int, RuleMatch] = {}
    run: list[int] = []
    above = ""  # the paragraph above the run
    for i in filled:
        if matches[i] is None and not is_prose(texts[i]) and is_headline_like(texts[i]):
            run.append(i)
            continue
        between = above.endswith(SENTENCE_ENDS) and is_prose(texts[i])
        if between and len(run) >= LINES.min_stray_headlines and _are_strange(texts, run[:-1]):
            out.update(dict.fromkeys(run[:-1], TEASER))
        run, above = [], texts[i] if is_prose(texts[i]) else ""
    return out


def _are_strange(texts: tuple[str, ...], run: Sequence[int]) -> bool:
    """Whether lines are headlines, by their marks and length, of which the article says nothing."""
    marked = any(_HEADLINE_MARK.search(texts[i]) for i in run)
    long = sum(len(words(texts[i])) for i in run) >= LINES.min_stray_words * len(run)
    article = paragraph_stems(texts)
    return (
        marked
        and long
        and all(overlap_with(texts[i], article) < LINES.max_stray_overlap for i in run)
    )
