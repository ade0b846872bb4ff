"""What a line has in common with an article: the stems of its longer words."""

from collections.abc import Collection
from functools import lru_cache
from itertools import chain

from warraq.intake.lines.line_features import is_prose
from warraq.intake.lines.thresholds import LINES
from warraq.intake.text.folding import stem, stems, words


def overlap_with(text: str, known: Collection[str]) -> float:
    """Return the share, 0 to 1, of the longer words of `text` whose stems are among `known`.

    Of «the new bridge in the village» only «bridge» is known; «in» is too short to count.

    >>> round(overlap_with("الجسر الجديد في القرية", {"جسر"}), 2)
    0.33
    """
    own = [stem(word) for word in words(text) if len(word) >= LINES.min_compared_letters]
    return sum(word in known for word in own) / max(1, len(own))


@lru_cache(maxsize=4)  # several rules ask about one page
def paragraph_stems(texts: tuple[str, ...]) -> frozenset[str]:
    """Return the stems of the words in the paragraphs among `texts`."""
    found = set(chain.from_iterable(words(text) for text in texts if is_prose(text)))
    return frozenset(stems(found))
