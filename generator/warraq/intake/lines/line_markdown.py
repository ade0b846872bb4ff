"""Lines and the Markdown they are written as: tables, lists, code, and marks made harmless."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from warraq.base.markup import escaped
from warraq.intake.lines.dialogue import is_dialogue
from warraq.intake.lines.line_breaks import IMAGE, LINK
from warraq.intake.state import Forms, Line
from warraq.intake.text.repair import repair_characters
from warraq.model import Removed

_STRUCTURE = re.compile(r"(?:#{2,4}|[->]) (?=\S)")
_BULLET = re.compile(r"[-+*]\s+\S")
_BULLET_MARK = re.compile(r"[-+*]\s+(?=\S)")
NO_FORMS: Forms = {}
_TARGET = re.compile(r"\]\(([^()\s]+)\)|<(https?://[^\s<>]+)>")


def markdown_forms(
    lines: Iterable[Line], markdown: Mapping[int, str]
) -> dict[tuple[int, str], str]:
    """Return the Markdown of the lines whose number is in `markdown`, by number and words."""
    found = {}
    lines = list(lines) if markdown else []
    pieces = Counter(line.first for line in lines)
    for line in lines:
        if form := markdown.get(line.first):
            shown = (
                f"{t[: len(t) - len(t.lstrip())]}{repair_characters(t.strip())[0]}"
                for t in form.split("\n")
            )
            text = line.text if pieces[line.first] == 1 else ""  # else one of several on the line
            found[line.first, text] = "\n".join(shown)
    return found


_ROW = re.compile(r"\s{0,3}\|.*\|\s*$")
_RULE = re.compile(r"\s{0,3}\|(?:\s*:?-+:?\s*\|)+\s*$")
_FENCE = re.compile(r"\s{0,3}(```+|~~~+)")
_ITEM = re.compile(r"(\s*)(?:[-+*]|\d{1,3}\.)\s+\S")


def fold_markdown_blocks(text: str) -> tuple[str, dict[int, str]]:
    r"""Return the text of a Markdown seed with each table, nested list and fence on one line.

    The block's Markdown is returned by the number of that line; its other lines are empty, so that
    every line keeps its number.

    >>> fold_markdown_blocks("| س | ع |\n|---|---|\n| 1 | 2 |\nثم")
    ('س، ع؛ 1، 2\n\n\nثم', {1: '| س | ع |\n|---|---|\n| 1 | 2 |'})
    """
    if not any(sign in text for sign in ("\n|", "```", "~~~", "\n  ", "\n\t")):
        return text, {}
    lines = text.split("\n")
    out, forms = list(lines), dict[int, str]()
    at = 0
    while at < len(lines):
        end, plain = _block_at(lines, at)
        plain = LINK.sub(r"\1", IMAGE.sub(r"\1", plain))
        if end > at + 1 and plain:
            forms[at + 1] = "\n".join(line.rstrip() for line in lines[at:end])
            out[at:end] = [plain, *[""] * (end - at - 1)]
        at = max(end, at + 1)
    return "\n".join(out), forms


def _block_at(lines: Sequence[str], at: int) -> tuple[int, str]:
    """Return where the block that begins on a line ends, and its words; `at` where none does."""
    fence = _FENCE.match(lines[at])
    if fence:
        closing = range(at + 1, len(lines))
        end = next((i for i in closing if lines[i].strip().startswith(fence[1])), -1)
        return (end + 1, " ".join(" ".join(lines[at + 1 : end]).split())) if end > 0 else (at, "")
    if _ROW.match(lines[at]) and at + 1 < len(lines) and _RULE.match(lines[at + 1]):
        end = next((i for i in range(at, len(lines)) if not _ROW.match(lines[i])), len(lines))
        rows = (lines[i] for i in range(at, end) if i != at + 1)
        cells = ([c.strip() for c in row.strip().strip("|").split("|")] for row in rows)
        return end, "؛ ".join("، ".join(filter(None, row)) for row in cells)
    if _ITEM.match(lines[at]):
        run = range(at, len(lines))
        end = next((i for i in run if not _ITEM.match(lines[i])), len(lines))
        items = [item for line in lines[at:end] if (item := _ITEM.match(line))]
        if any(len(item[1]) > len(items[0][1]) for item in items):
            words = (re.sub(r"^\s*\S+\s+", "", line).strip() for line in lines[at:end])
            return end, "؛ ".join(words)
    return at, ""


def lost_links(lines: Iterable[Line], forms: Forms) -> Iterator[Removed]:
    """Yield the addresses of links on lines that were taken out, or changed, since they came."""
    kept = {(line.first, line.text) for line in lines}
    for (number, text), form in forms.items():
        if (number, text) not in kept:
            for link in _TARGET.finditer(form):
                yield Removed("link", link[1] or link[2], number, number)


class MarkdownBlock(NamedTuple):
    """A block of a body in Markdown, and the lines of the seed that it is made of."""

    lines: tuple[Line, ...]
    text: str


def as_markdown(lines: Sequence[Line], kind: str, forms: Forms = NO_FORMS) -> str:
    r"""Return `lines` as a Markdown body that says what they say, and nothing else.

    The lines of a `markdown` seed are Markdown already, and so are the `forms` of a line. In a
    saved `page` the marks of headings, lists and quotations are at the beginning of lines; in
    plain text several lines that open with a bullet are a list, unless they are spoken in turn.

    >>> print(as_markdown([Line(t, 1, 1) for t in ("١. بند", "2*3*4", "- أ", "- ب")], "text"))
    ١\. بند
    <BLANKLINE>
    2\*3\*4
    <BLANKLINE>
    - أ
    <BLANKLINE>
    - ب
    """
    return "\n\n".join(block.text for block in markdown_blocks(lines, kind, forms))


def markdown_blocks(
    lines: Sequence[Line], kind: str, forms: Forms = NO_FORMS
) -> list[MarkdownBlock]:
    """Return the blocks of the body that `as_markdown` makes of `lines`."""
    if kind == "markdown":
        own = (forms.get((line.first, line.text), line.text) for line in lines)
        return [MarkdownBlock((line,), text) for line, text in zip(lines, own, strict=True)]
    bullets = _bullets(lines)
    out: list[str] = []
    formed: set[int] = set()
    for i, line in enumerate(lines):
        text = line.text
        if form := forms.get((line.first, text)):
            out.append(form)
            formed.add(i)
            continue
        in_list = bullets[i] and any(bullets[max(0, i - 1) : i] + bullets[i + 1 : i + 2])
        is_page = kind == "page"
        mark = _STRUCTURE.match(text) if is_page else _BULLET_MARK.match(text)
        at = mark.end() if mark and (is_page or in_list) else 0
        out.append(text[:at] + escaped(text[at:]))
    if kind == "page" and formed:
        return _with_tables(lines, _nested(out), formed)
    return [MarkdownBlock((line,), text) for line, text in zip(lines, out, strict=True)]


def _bullets(lines: Sequence[Line]) -> list[bool]:
    """Return for each line whether it opens with the bullet of an item."""
    out: list[bool] = []
    for is_item, run in groupby(lines, key=lambda line: bool(_BULLET.match(line.text))):
        texts = [line.text for line in run]
        is_list = is_item and not is_dialogue([t[1:].strip() for t in texts if t.startswith("-")])
        out += [is_list] * len(texts)
    return out


_DEEP_ITEM = re.compile(r"( *)(?:- |\d+\. )")


def _nested(blocks: Iterable[str]) -> list[str]:
    """Return `blocks` with those indented no deeper that are under no item any more."""
    out: list[str] = []
    most = 0  # spaces that a block may open with
    for block in blocks:
        bare = block.lstrip(" ")
        shown = " " * min(len(block) - len(bare), most) + bare
        item = _DEEP_ITEM.match(shown)
        most = len(item[1]) + 4 if item else most if shown.startswith(" ") else 0
        out.append(shown)
    return out


def _with_tables(
    lines: Sequence[Line], blocks: Sequence[str], formed: Container[int]
) -> list[MarkdownBlock]:
    """Return the blocks of `lines` with the rows of a table in one; a row by itself is a line."""
    out: list[MarkdownBlock] = []
    rows: list[str] = []
    top = 0  # the line of the first of `rows`
    for at, block in enumerate((*blocks, "")):
        is_row = at in formed and block.startswith("| ") and block.split("\n")[0].endswith(" |")
        if rows and not (is_row and "\n" not in block):
            out.append(MarkdownBlock(tuple(lines[top:at]), _table(rows)))
            rows = []
        if is_row:
            top = top if rows else at
            rows += block.split("\n")
        elif at < len(blocks):
            out.append(MarkdownBlock((lines[at],), block))
    return out


def _cells(row: str) -> list[str]:
    return re.split(r"(?<!\\)\|", row[1:-1])


def _table(rows: list[str]) -> str:
    if len(rows) < 2 or (len(rows) == 2 and _RULE.match(rows[1])):
        return " | ".join(cell.strip() for cell in _cells(rows[0]) if cell.strip())
    if not _RULE.match(rows[1]):
        rows.insert(1, "|---" * len(_cells(rows[0])) + "|")
    return "\n".join(rows)
