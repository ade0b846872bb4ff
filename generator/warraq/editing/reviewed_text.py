"""A seed's lines and the article as it is now, and lines put back or taken out. Pure.

Lines and paragraphs are compared by their words in order, so that what an editor added, joined or
moved elsewhere costs no more than its own paragraph. Nothing of the body changes but what is asked.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from warraq.base.markup import unescaped
from warraq.intake.seed_parts import SeedPart
from warraq.intake.text.folding import phrase

State = Literal["kept", "edited", "out", "removed", "back", "own"]
_ALIKE = 0.5  # of the words of the longer: an edited paragraph, not another one
_MOST_PAIRS = 10_000  # of lines and paragraphs to be compared word by word between two that match


class Paragraph(NamedTuple):
    """A paragraph of a body, and where it begins and ends (code points)."""

    text: str
    start: int
    end: int


class Row(NamedTuple):
    """A part of the seed and the paragraphs of the article that have it, by their numbers from 0.

    kept     import kept it, and so it is
    edited   import kept it, and an editor changed it
    out      import kept it, and an editor took it out
    removed  import removed it
    back     import removed it, and an editor put it back
    own      no part of the seed: an editor wrote it
    """

    state: State
    part: SeedPart | None = None
    paragraphs: tuple[int, ...] = ()


class _Item(NamedTuple):
    """A paragraph that a part of the seed would make."""

    part: int
    key: str
    kept: bool


def paragraphs_in(body: str) -> tuple[Paragraph, ...]:
    r"""Return the paragraphs of a body: runs of lines between empty ones.

    >>> [one.text for one in paragraphs_in("a\nb\n \n\nc\n")]
    ['a\nb', 'c']
    """
    found: list[Paragraph] = []
    at, start = 0, -1
    for line in body.split("\n"):
        if line.strip():
            start = at if start < 0 else start
        elif start >= 0:
            found.append(Paragraph(body[start : at - 1], start, at - 1))
            start = -1
        at += len(line) + 1
    if start >= 0:
        found.append(Paragraph(body[start:], start, len(body)))
    return tuple(found)


def beside(parts: Sequence[SeedPart], body: str) -> tuple[Row, ...]:
    """Return the parts of a seed in their order, each with what the article has of it."""
    shown = paragraphs_in(body)
    items = [
        _Item(at, text_key(paragraph.text), not part.rule)
        for at, part in enumerate(parts)
        for paragraph in paragraphs_in(part.markdown)
    ]
    matched, alike = _matched(items, [text_key(one.text) for one in shown])
    where: dict[int, list[int]] = defaultdict(list)
    unlike = set[int]()  # parts of which the article has another text, or not all
    for at, item in enumerate(items):
        if at in matched:
            where[item.part].append(matched[at])
        if at in alike or at not in matched:
            unlike.add(item.part)
    rows: list[Row] = []
    told = 0  # the next paragraph that no row has
    for at, part in enumerate(parts):
        own = tuple(where.get(at, ()))
        if own:
            rows += [Row("own", None, (number,)) for number in range(told, own[0])]
            told = own[-1] + 1
        rows.append(Row(_state(part, own, whole=at not in unlike), part, own))
        between = range(own[0], own[-1]) if own else ()
        rows += [Row("own", None, (number,)) for number in between if number not in own]
    rows += [Row("own", None, (number,)) for number in range(told, len(shown))]
    return tuple(rows)


def _state(part: SeedPart, own: Sequence[int], *, whole: bool) -> State:
    if part.rule:
        return "back" if own else "removed"
    if not own:
        return "out"
    return "kept" if whole else "edited"


def text_key(text: str) -> str:
    """Return what makes texts the same: their words, however they are spelled and marked."""
    return phrase(unescaped(text)) or text.strip()


def _matched(items: Sequence[_Item], keys: Sequence[str]) -> tuple[dict[int, int], set[int]]:
    """Return item → paragraph, both rising, and the items that are only alike.

    What was kept is looked for first, then between it what was removed and is back, then what was
    edited.
    """
    kept = [at for at, item in enumerate(items) if item.kept]
    found = pairs([items[at].key for at in kept], keys)
    matched = {kept[at]: number for at, number in found.items()}
    for some, numbers in _gaps(matched, len(items), len(keys)):
        gone = [at for at in some if not items[at].kept]
        found = pairs([items[at].key for at in gone], [keys[number] for number in numbers])
        matched |= {gone[at]: numbers[number] for at, number in found.items()}
    alike: dict[int, int] = {}
    for some, numbers in _gaps(matched, len(items), len(keys)):
        ours = [at for at in some if items[at].kept]
        if len(ours) * len(numbers) <= _MOST_PAIRS:
            alike.update(_alike(items, ours, keys, numbers))
    return matched | alike, set(alike)


def _gaps(matched: dict[int, int], items: int, keys: int) -> list[tuple[range, range]]:
    """Return the runs of items and paragraphs between those that match."""
    ends = [(-1, -1), *sorted(matched.items()), (items, keys)]
    found = []
    for (one, other), (next_one, next_other) in pairwise(ends):
        if next_one > one + 1 and next_other > other + 1:
            found.append((range(one + 1, next_one), range(other + 1, next_other)))
    return found


def _alike(
    items: Sequence[_Item], some: Sequence[int], keys: Sequence[str], numbers: Sequence[int]
) -> Iterator[tuple[int, int]]:
    words = {number: Counter(keys[number].split()) for number in numbers}
    free = list(numbers)
    for at in some:
        own = Counter(items[at].key.split())
        for number in free:
            most = max(own.total(), words[number].total())
            if (own & words[number]).total() > _ALIKE * most:
                yield at, number
                free = [one for one in free if one > number]
                break


def pairs(one: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    """Return the places of the same texts in two sequences, rising in both.

    First those that are once in each, in the longest run that keeps their order, then what is
    several times between them. Takes n log n steps, whatever the texts are.

    >>> pairs(["a", "b", "c", "b"], ["b", "a", "c", "x", "b"])
    {0: 1, 2: 2, 3: 4}
    """
    counts, there = Counter(one), defaultdict(list)
    for number, text in enumerate(other):
        there[text].append(number)
    single = [
        (at, there[text][0])
        for at, text in enumerate(one)
        if counts[text] == 1 and len(there.get(text, ())) == 1
    ]
    found = dict(_rising(single))
    ends = [(-1, -1), *sorted(found.items()), (len(one), len(other))]
    for (first, start), (last, end) in pairwise(ends):
        low = start + 1
        for at in range(first + 1, last):
            numbers = there.get(one[at], ())
            free = bisect_left(numbers, low)
            if free < len(numbers) and numbers[free] < end:
                found[at] = numbers[free]
                low = numbers[free] + 1
    return dict(sorted(found.items()))


def _rising(found: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest run of pairs whose second numbers rise; the first ones do."""
    tails: list[int] = []  # the lowest last number of a run of each length
    ends: list[int] = []  # and its index in `found`
    before: list[int] = []
    for at, (_, number) in enumerate(found):
        length = bisect_left(tails, number)
        before.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [number]
        ends[length : length + 1] = [at]
    run = []
    at = ends[-1] if ends else -1
    while at >= 0:
        run.append(found[at])
        at = before[at]
    return run[::-1]


def taken_out(body: str, rows: Sequence[Row], at: int) -> str:
    """Return `body` without the paragraphs of the row at `at`."""
    shown = paragraphs_in(body)
    for number in reversed(rows[at].paragraphs):
        if number:
            body = body[: shown[number - 1].end] + body[shown[number].end :]
        else:
            rest = shown[1].start if len(shown) > 1 else len(body)
            body = body[: shown[0].start] + body[rest:]
    return body


def put_back(body: str, rows: Sequence[Row], at: int) -> str:
    """Return `body` with the row at `at`, behind what is above it in the seed."""
    part = rows[at].part
    if part is None or rows[at].paragraphs:
        return body
    shown = paragraphs_in(body)
    above = max((row.paragraphs[-1] for row in rows[:at] if row.paragraphs), default=-1)
    if above >= 0:
        end = shown[above].end
        return f"{body[:end]}\n\n{part.markdown}{body[end:]}"
    start = shown[0].start if shown else len(body)
    rest = f"\n\n{body[start:]}" if shown else ""
    return f"{body[:start]}{part.markdown}{rest}"
