"""A seed's lines as an import left them: what became of each. Pure.

Made again of the seed and of what the receipt says was removed. The rules are not asked: they may
say something else today.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

from warraq.intake.lines.line_markdown import MarkdownBlock, markdown_blocks
from warraq.intake.state import Forms, Line
from warraq.intake.steps import page_of, paragraphs
from warraq.model import RawDocument, Removed

HEADLINE = "headline"  # the rule by which the title's line goes
_LINK = "link"  # of such a line only the address of a link is gone
_NEIGHBOURS = 2  # lines before and after that make a line one of a list,
_NEAR = 8  # and how far off they are looked for, empty lines and all


class SeedPart(NamedTuple):
    """A line of a seed, or those that import joined; lines count from 1.

    `rule` took it out, "" if it was kept. `markdown` is how an article has it, `links` are the
    addresses that it lost.
    """

    id: str
    first: int
    last: int
    text: str
    markdown: str
    rule: str = ""
    links: tuple[str, ...] = ()


class SeedParts(NamedTuple):
    """All lines of a seed, in its order, and what was removed that is none of them."""

    parts: tuple[SeedPart, ...]
    elsewhere: tuple[Removed, ...]


def seed_parts(raw: RawDocument, removed: Iterable[Removed]) -> SeedParts:
    """Return what became of each line of `raw` in the import that `removed` what its receipt says.

    What the receipt says of lines that have another text, or are not there, is `elsewhere`.
    """
    raw, page, forms = page_of(raw)
    gone, links, elsewhere = _matched(page.lines, removed)
    rest = [line for at, line in enumerate(page.lines) if at not in gone]
    kept = [line for line in paragraphs(rest, raw.kind)[0] if line.text]
    blocks = [(block, "") for block in markdown_blocks(kept, raw.kind, forms)]
    runs: dict[int, tuple[list[int], str]] = {}
    for at, (top, rule) in sorted(gone.items()):
        runs.setdefault(top, ([], rule))[0].append(at)
    for run, rule in runs.values():
        blocks.append((_block(page.lines, run, raw.kind, forms), rule))
    blocks.sort(key=lambda found: (found[0].lines[0].first, found[0].lines[-1].last))
    numbers: Counter[int] = Counter()
    parts = []
    for block, rule in blocks:
        first, last = block.lines[0].first, block.lines[-1].last
        text = " ".join(line.text for line in block.lines)
        numbers[first] += 1
        name = f"{first}-{numbers[first]}-{sha256(text.encode()).hexdigest()[:8]}"
        lost = tuple(link for line in range(first, last + 1) for link in links.get(line, ()))
        parts.append(SeedPart(name, first, last, text, block.text, rule, lost))
    return SeedParts(tuple(parts), elsewhere)


def _matched(
    lines: Sequence[Line], removed: Iterable[Removed]
) -> tuple[dict[int, tuple[int, str]], Mapping[int, Sequence[str]], tuple[Removed, ...]]:
    """Return index → (index of its run's first line, rule), links by line, and what fits no line.

    Lines that were joined when they went are one run.
    """
    known: dict[Line, list[int]] = defaultdict(list)
    numbered: dict[int, list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        if line.text:
            known[line].append(at)
            numbered[line.first].append(at)
    gone: dict[int, tuple[int, str]] = {}
    links: dict[int, list[str]] = defaultdict(list)
    elsewhere: list[Removed] = []
    for one in removed:
        if found := known.get(Line(one.text, one.first, one.last)):
            at = found.pop(0)
            gone[at] = (at, one.rule)
        elif one.rule == _LINK and one.first in numbered:
            links[one.first].append(one.text)
        elif run := _joined(lines, numbered, gone, one):
            gone.update((at, (run[0], one.rule)) for at in run)
        else:
            elsewhere.append(one)
    return gone, links, tuple(elsewhere)


def _joined(
    lines: Sequence[Line],
    numbered: Mapping[int, Sequence[int]],
    gone: Mapping[int, object],
    one: Removed,
) -> list[int]:
    """Return the indexes of the lines that were removed as one, [] if their text is another."""
    if not 0 < one.first < one.last <= len(lines):
        return []
    run = [at for line in range(one.first, one.last + 1) for at in numbered.get(line, ())]
    is_same = " ".join(lines[at].text for at in run) == one.text
    return run if is_same and not any(at in gone for at in run) else []


def _block(lines: Sequence[Line], run: Sequence[int], kind: str, forms: Forms) -> MarkdownBlock:
    """Return the block that removed lines would make, with what is around them."""
    if len(run) > 1:
        texts = " ".join(lines[at].text for at in run)
        joined = Line(texts, lines[run[0]].first, lines[run[-1]].last)
        return markdown_blocks([joined], kind, forms)[0]._replace(
            lines=tuple(lines[a] for a in run)
        )
    at = run[0]
    above = _filled(lines[max(0, at - _NEAR) : at][::-1])[::-1]
    below = _filled(lines[at + 1 : at + 1 + _NEAR])
    around = markdown_blocks([*above, lines[at], *below], kind, forms)
    alone = next((block for block in around if block.lines == (lines[at],)), None)
    return alone or markdown_blocks([lines[at]], kind, forms)[0]


def _filled(lines: Iterable[Line]) -> list[Line]:
    return [line for line in lines if line.text][:_NEIGHBOURS]
