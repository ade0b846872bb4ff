"""Characters that nobody sees and that change what others see: where they stand, and without them.

C0 and C1 controls have no meaning in a text; bidi embeddings, overrides and isolates reorder the
page around them. Tabs and line ends stay, and so do the marks that letters need (ZWNJ, LRM, RLM).
"""

import re
from collections.abc import Iterator

CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")
_BREAKS = re.compile("[\x0b\x0c\x85]")  # white space to whoever wrote them


def without_controls(text: str) -> str:
    r"""Return `text` without the characters that no reader sees.

    >>> without_controls("قبل\u202e بعد\x96\x0cثم")
    'قبل بعد ثم'
    """
    return _BREAKS.sub(" ", CONTROLS.sub("", text))


def has_controls(text: str) -> bool:
    """Tell whether there is anything in `text` for `without_controls` to drop."""
    return bool(CONTROLS.search(text))


def controls_in(text: str) -> Iterator[tuple[int, str]]:
    r"""Yield (line from 1, names of its controls) for each line of `text` that has some.

    >>> list(controls_in("a\nb\x00\u202e\x00"))
    [(2, 'U+0000 U+202E')]
    """
    if not has_controls(text):
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if found := sorted(set(CONTROLS.findall(line))):
            yield number, " ".join(f"U+{ord(control):04X}" for control in found)
