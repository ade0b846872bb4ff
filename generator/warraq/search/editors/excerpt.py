"""The passage of a text that best shows why it matches."""

from collections.abc import Collection, Sequence

from warraq.search.analysis import Token, tokens

WORDS = 32  # length of an excerpt


def excerpt(text: str, wanted: Collection[str]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return (excerpt, ranges of the wanted words in it), on one line, cut at words.

    `wanted` holds folded words. The first window with the most distinct ones wins.
    """
    found = tokens(text)
    if not found:
        return "", ()
    first = _best_window(found, wanted)
    window = found[first : first + WORDS]
    start = 0 if first == 0 else window[0].start
    end = len(text) if first + WORDS >= len(found) else window[-1].end
    opening, closing = "… " if start else "", " …" if end < len(text) else ""
    shown = opening + _one_line(text[start:end]) + closing
    shift = len(opening) - start
    marks = {(t.start + shift, t.end + shift) for t in window if t.term in wanted}
    return shown, _disjoint(sorted(marks))


def _best_window(found: Sequence[Token], wanted: Collection[str]) -> int:
    """Return the index of the window's first word: some context, then the first wanted word."""
    hits = [at for at, token in enumerate(found) if token.term in wanted]
    best: list[int] = []
    most = 0
    for number, first in enumerate(hits):
        inside = [at for at in hits[number : number + WORDS] if at < first + WORDS]
        distinct = len({found[at].term for at in inside})
        if distinct > most:
            best, most = inside, distinct
    if not best:
        return 0
    room = WORDS - 1 - (best[-1] - best[0])
    return max(0, best[0] - min(room, WORDS // 4))


def _one_line(text: str) -> str:
    """Return `text` with all white space as spaces, of the same length."""
    return "".join(" " if char.isspace() else char for char in text)


def _disjoint(marks: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    kept: list[tuple[int, int]] = []
    for start, end in marks:
        if kept and start < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    return tuple(kept)
