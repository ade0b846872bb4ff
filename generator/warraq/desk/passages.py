"""Passages of a text for who decides something about it: the words in question marked. Pure."""

import re
from collections.abc import Iterable
from typing import NamedTuple

_MOST = 420  # letters of a passage
_BEFORE = 140  # of those, before the first mark


class Part(NamedTuple):
    """A run of a passage, and whether it is in question."""

    text: str
    is_marked: bool = False


Passage = tuple[Part, ...]


def passages_with(body: str, words: Iterable[str], most: int = 3) -> list[Passage]:
    r"""Return the first passages of `body` that hold any of `words`, marked.

    >>> passages_with("قال اليوم\n\nوأضاف", ["اليوم"])
    [(Part(text='قال ', is_marked=False), Part(text='اليوم', is_marked=True))]
    """
    sought = sorted({one for one in words if one.strip()}, key=lambda one: (-len(one), one))
    if not sought:
        return []
    pattern = re.compile("|".join(map(re.escape, sought)))
    found = []
    for paragraph in body.split("\n\n"):
        if first := pattern.search(paragraph):
            found.append(_marked(*_cut(paragraph, first.start()), pattern))
            if len(found) == most:
                break
    return found


def lead_of_body(body: str, most: int = 2) -> list[Passage]:
    """Return the first paragraphs of a body as passages without a mark."""
    paragraphs = [part for part in body.split("\n\n") if part.strip()]
    return [(Part("".join(_cut(part, 0))),) for part in paragraphs[:most]]


def _cut(paragraph: str, at: int) -> tuple[str, str, str]:
    """Return what stands for the text before, the text around `at`, and what for that after."""
    if len(paragraph) <= _MOST:
        return "", paragraph, ""
    start = max(0, at - _BEFORE)
    if start:
        start = max(paragraph.find(" ", start, at) + 1, start)
    end = start + _MOST
    if end < len(paragraph):
        end = max(paragraph.rfind(" ", at, end), end - 40)
    return "… " if start else "", paragraph[start:end], " …" if end < len(paragraph) else ""


def _marked(before: str, text: str, after: str, pattern: re.Pattern[str]) -> Passage:
    parts, at = [], 0
    for match in pattern.finditer(text):
        parts += [Part(text[at : match.start()]), Part(match[0], is_marked=True)]
        at = match.end()
    parts.append(Part(text[at:]))
    if before:
        parts.insert(0, Part(before))
    if after:
        parts.append(Part(after))
    return tuple(part for part in parts if part.text)
