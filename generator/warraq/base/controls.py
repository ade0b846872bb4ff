"""Invisible control characters: where they are, and text without them.

C0 and C1 controls mean nothing in a text; bidi embeddings, overrides and isolates reorder the page
around them. Tabs, line ends and the marks that letters need (ZWNJ, LRM, RLM) are kept.
"""

import re
from collections.abc import Iterator

CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")
_BREAKS = re.compile("[\x0b\x0c\x85]")  # written as white space


def without_controls(text: str) -> str:
    r"""Return `text` without invisible control characters.

    >>> without_controls("قبل\u202e بعد\x96\x0cثم")
    'قبل بعد ثم'
    """
    return text if _is_printable(text) else _BREAKS.sub(" ", CONTROLS.sub("", text))


def has_controls(text: str) -> bool:
    """Whether `text` has a character that `without_controls` drops."""
    return not _is_printable(text) and bool(CONTROLS.search(text))


def _is_printable(text: str) -> bool:
    """Whether nearly any text holds, and is soon known: no controls of any kind but line ends."""
    return text.replace("\n", "").isprintable()


def controls_in(text: str) -> Iterator[tuple[int, str]]:
    r"""Yield (line from 1, code points of its controls) for each line of `text` that has any.

    >>> list(controls_in("a\nb\x00\u202e\x00"))
    [(2, 'U+0000 U+202E')]
    """
    if not has_controls(text):
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if found := sorted(set(CONTROLS.findall(line))):
            yield number, " ".join(f"U+{ord(control):04X}" for control in found)
