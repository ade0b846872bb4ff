"""What changed between two versions of a text: paragraph by paragraph, then word by word."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from warraq.render.views import DiffBlock, DiffSpan
from warraq.render.wording import Wording

_PARAGRAPHS = re.compile(r"\n\s*\n")
# Word by word costs the product of the two lengths; past this a paragraph is shown as replaced.
_MOST_WORDS = 2000


def passages(before: str, after: str, wording: Wording) -> tuple[DiffBlock, ...]:
    """Return the changed paragraphs in pieces, runs of unchanged ones folded to their number."""
    return tuple(
        DiffBlock(folded=wording.count("count_unchanged", one))
        if isinstance(one, int)
        else DiffBlock(one)
        for one in changed_passages(before, after)
    )


def changed_passages(before: str, after: str) -> Iterator[tuple[DiffSpan, ...] | int]:
    r"""Yield the changed paragraphs in pieces, and the number of unchanged ones between them.

    >>> [one if isinstance(one, int) else len(one) for one in changed_passages("أ\n\nب", "أ\n\nج")]
    [1, 2]
    """
    old, new = _paragraphs(before), _paragraphs(after)
    for change, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if change == "equal":
            yield b - a
            continue
        both = min(b - a, d - c)
        yield from (words(old[a + at], new[c + at]) for at in range(both))
        yield from ((DiffSpan("delete", text),) for text in old[a + both : b])
        yield from ((DiffSpan("insert", text),) for text in new[c + both : d])


def words(before: str, after: str) -> tuple[DiffSpan, ...]:
    """Return two versions of a paragraph as one run of same, deleted and inserted words.

    >>> [(p.change, p.text) for p in words("زار دمشق أمس", "زار حلب أمس")]
    [('same', 'زار '), ('delete', 'دمشق '), ('insert', 'حلب '), ('same', 'أمس')]
    """
    old, new = before.split(), after.split()
    if len(old) > _MOST_WORDS or len(new) > _MOST_WORDS:
        return DiffSpan("delete", before), DiffSpan("insert", after)
    runs: list[tuple[str, list[str]]] = []
    for change, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if change == "equal":
            runs.append(("same", new[c:d]))
        else:
            runs += (("delete", old[a:b]), ("insert", new[c:d]))
    pieces = [DiffSpan(change, " ".join(run) + " ") for change, run in runs if run]
    last = pieces[-1:]
    return (*pieces[:-1], *(DiffSpan(piece.change, piece.text.rstrip()) for piece in last))


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in _PARAGRAPHS.split(text) if part.strip()]
