"""What a line has in common with an article: the stems of its words."""

from collections.abc import Collection
from functools import lru_cache
from itertools import chain

from warraq.intake.lines.line_features import is_prose
from warraq.intake.text.folding import stem, stems, words


def overlap_with(text: str, rest: Collection[str]) -> float:
    """Return the share, 0 to 1, of the longer words of `text` whose stems are among `rest`."""
    own = [stem(w) for w in words(text) if len(w) > 3]
    return sum(w in rest for w in own) / max(1, len(own))


@lru_cache(maxsize=4)  # several rules ask it of one page
def paragraph_stems(texts: tuple[str, ...]) -> frozenset[str]:
    """Return the stems of the words in the paragraphs among `texts`."""
    told = set(chain.from_iterable(words(text) for text in texts if is_prose(text)))
    return frozenset(stems(told))
