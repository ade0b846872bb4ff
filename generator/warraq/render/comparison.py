"""What several reports of one event share, and what only one of them says. Pure, no verdict.

Paragraphs are compared as sets of words (letters folded, the commonest prefixes off): how much of
one is found in the most similar paragraph of another report.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from warraq.base.arabic import fold
from warraq.render.quantities import quantities
from warraq.render.wording import shortened

SAME = 0.6  # of a paragraph's words found in one paragraph elsewhere: the same, or nearly
ALONE = 0.35  # below it no other report says this
MOST_LINES = 5
LINE = 160  # code points

_PARAGRAPH = re.compile(r"\n+")
_WORD = re.compile("(?:[^\\W_]|[\u064b-\u0655\u0670\u0640])+")
_PREFIX = re.compile("^(?:[وف]?[بكل]?ال|[وف]?لل|و)(?=.{3})")
# Outer marks in either order: some sources print the closing one first.
_QUOTE = re.compile('«([^«»]+)»|[“”]([^“”]+)[“”]|"([^"]+)"')


class ReportComparison(NamedTuple):
    """One report compared with the others: its quotations and numbers, what only it says.

    `shared` of its `paragraphs` are, in much the same words, in another.
    """

    quotes: tuple[str, ...]
    numbers: tuple[str, ...]
    alone: tuple[str, ...]
    shared: int
    paragraphs: int


def compare(texts: tuple[str, ...]) -> tuple[ReportComparison, ...]:
    """Return a comparison per text, in the order given; "" is a text that is withheld."""
    split = [tuple(p for p in _PARAGRAPH.split(text) if p.strip()) for text in texts]
    bags = [[_bag(paragraph) for paragraph in paragraphs] for paragraphs in split]
    return tuple(
        _comparison(
            texts[at], split[at], bags[at], [b for i, bs in enumerate(bags) if i != at for b in bs]
        )
        for at in range(len(texts))
    )


def quotes(text: str) -> Iterator[str]:
    """Yield the quotations that are longer than a name, whole.

    >>> list(quotes("قال: «لن نعود إلى ما كان» في «دمشق»"))
    ['لن نعود إلى ما كان']
    """
    for match in _QUOTE.finditer(text):
        quote = next(filter(None, match.groups())).strip()
        if len(quote.split()) >= 3:
            yield quote


def _comparison(
    text: str, paragraphs: tuple[str, ...], own: list[frozenset[str]], others: list[frozenset[str]]
) -> ReportComparison:
    overlaps = [max((_overlap(bag, other) for other in others), default=0.0) for bag in own]
    alone = [
        p for p, overlap in zip(paragraphs, overlaps, strict=True) if others and overlap < ALONE
    ]
    return ReportComparison(
        quotes=_lines(quotes(text)),
        numbers=_lines(quantities(text)),
        alone=_lines(iter(alone)),
        shared=sum(overlap >= SAME for overlap in overlaps),
        paragraphs=len(paragraphs),
    )


def _lines(found: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(shortened(line, LINE) for line in found))[:MOST_LINES]


def _overlap(bag: frozenset[str], other: frozenset[str]) -> float:
    return len(bag & other) / len(bag) if bag else 1.0


def _bag(paragraph: str) -> frozenset[str]:
    words = (fold(word) for word in _WORD.findall(paragraph))
    return frozenset(_PREFIX.sub("", word) for word in words if len(word) > 2)
