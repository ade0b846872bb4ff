"""The part of a text that best shows why it was found."""

from collections.abc import Collection, Sequence

from warraq.search.analysis import Token, tokens

WORDS = 32  # length of an excerpt


def excerpt(text: str, wanted: Collection[str]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return (excerpt, ranges of the wanted words in it), on one line, cut between words.

    `wanted` holds folded words. The window with the most different ones wins, the first of equals.
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
    return shown, _apart(sorted(marks))


def _best_window(found: Sequence[Token], wanted: Collection[str]) -> int:
    """Return the index of the window's first word: some context, then the first wanted word."""
    places = [at for at, token in enumerate(found) if token.term in wanted]
    best: list[int] = []
    most = 0
    for number, first in enumerate(places):
        inside = [at for at in places[number : number + WORDS] if at < first + WORDS]
        different = len({found[at].term for at in inside})
        if different > most:
            best, most = inside, different
    if not best:
        return 0
    room = WORDS - 1 - (best[-1] - best[0])
    return max(0, best[0] - min(room, WORDS // 4))


def _one_line(text: str) -> str:
    """Return `text` with every white space a space; its length stays."""
    return "".join(" " if char.isspace() else char for char in text)


def _apart(marks: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    kept: list[tuple[int, int]] = []
    for start, end in marks:
        if kept and start < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    return tuple(kept)
