"""An element of a page → its blocks: paragraphs, headings, list items, rows of data."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from warraq.seeds.pruning import POINTER, text_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

HEADING = 20  # words from which a heading's tag is misused for a paragraph
LISTED = 0.7  # share of list items among blocks from which the list is but the page's layout
CELL = 12  # words; a row of shorter cells is data, one of longer ones the page's layout
LABELLED = 0.5  # the same for one that opens like a pointer to another article
LINKED = 0.8  # share of a block's letters inside links from which it is no paragraph
BLOCKS = {
    "p", "div", "section", "article", "main", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6",
    "blockquote", "pre", "table", "tr", "td", "th", "tbody", "header", "figure", "dl", "dt", "dd",
    "br", "hr", "center", "body", "address", "time", "details", "summary", "thead", "aside",
}  # fmt: skip
# Markdown's marks for what a block stands in; the steps of intake look past them.
_MARKS = {
    "h2": "## ", "h3": "### ", "h4": "### ", "h5": "#### ", "h6": "#### ",
    "li": "- ", "blockquote": "> ",
}  # fmt: skip
_META = re.compile(r"meta|date|author|time|views|byline|publish", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")


class Block(NamedTuple):
    """A piece of text between block-level tags; `linked` is the share of it inside links.

    `mark` is Markdown's for what it stands in: a heading, a list, a quotation.
    """

    text: str
    linked: float
    mark: str = ""


def marked(blocks: list[Block]) -> list[str]:
    """Return the texts of `blocks` with the marks of headings, lists and quotations."""
    listed = sum(block.mark == "- " for block in blocks) > LISTED * len(blocks)
    return [
        block.text if _is_misused(block, listed) else block.mark + block.text for block in blocks
    ]


def _is_misused(block: Block, listed: bool) -> bool:
    if block.mark.startswith("#"):
        return len(block.text.split()) > HEADING
    return listed and block.mark == "- "


Piece = tuple[str, bool]  # text, and whether it stands inside a link


class _Open(NamedTuple):
    """An element that is being walked through: its children to come, and what it stands in."""

    node: "HtmlElement"
    children: "Iterator[HtmlElement]"
    linking: bool
    mark: str
    glued: bool

    def tail(self, child: "HtmlElement") -> Piece:
        """Return what stands behind `child` in this element."""
        return child.tail or (" | " if self.glued else ""), self.linking


def _opened(node: "HtmlElement", linking: bool = False, mark: str = "") -> _Open:
    linking = linking or node.tag == "a"
    return _Open(node, iter(node), linking, _MARKS.get(node.tag, mark), _is_row(node))


def blocks_of(element: "HtmlElement") -> Iterator[Block]:
    """Yield the blocks under `element` in document order, however deep they are nested."""
    if not isinstance(element.tag, str):
        return
    above = [_opened(element)]
    run: list[Piece] = [(element.text or "", above[0].linking)]
    while above:
        inside = above[-1]
        child = next(inside.children, None)
        if child is None:
            if inside.node.tag in BLOCKS:
                yield from _flushed(run, inside.mark)
            above.pop()
            run += [outer.tail(inside.node) for outer in above[-1:]]
        elif isinstance(child.tag, str):
            run += [(text, inside.linking) for text in _between(child, run)]
            if child.tag in BLOCKS:
                yield from _flushed(run, inside.mark)
            above.append(_opened(child, inside.linking, inside.mark))
            run.append((child.text or "", above[-1].linking))
        else:
            run.append(inside.tail(child))
    yield from _flushed(run, "")


def _flushed(run: list[Piece], mark: str) -> Iterator[Block]:
    """Yield the block that `run` has come to, if there is a word in it; empty the run."""
    text = " ".join("".join(piece for piece, _ in run).split())
    letters = len(_LETTER.findall("".join(piece for piece, _ in run)))
    linked = sum(len(_LETTER.findall(piece)) for piece, inside in run if inside)
    run.clear()
    if text:
        yield Block(text, linked / letters if letters else 0.0, mark)


def _between(child: "HtmlElement", run: list[Piece]) -> Iterator[str]:
    """Yield what sets `child` apart from its neighbour before it where style alone did."""
    if child.tag == "a" and run and run[-1][0] == "" and child.getprevious() is not None:
        yield " "
    if _are_labels(child.getprevious(), child):
        yield " | "


def join_rows(root: "HtmlElement") -> None:
    """Bring the cells of each row of data into one text; other tables are the page's layout."""
    for row in list(root.iter("tr")):
        cells = [text_of(cell) for cell in row if cell.tag in {"td", "th"}]
        short = all(0 < len(text.split()) <= CELL for text in cells)
        if len(cells) >= 2 and short and not row.xpath(".//h1|.//p|.//a|.//table"):
            for cell in list(row):
                row.remove(cell)
            row.text = " | ".join(cells)


def _are_labels(one: "HtmlElement | None", other: "HtmlElement") -> bool:
    """Tell whether two neighbours are labels of a row: spans with classes, nothing between them."""
    if one is None or (one.tail or "").strip() or not isinstance(one.tag, str):
        return False
    return all(e.tag == "span" and (e.get("class") or e.get("itemprop")) for e in (one, other))


def _is_row(node: "HtmlElement") -> bool:
    """Tell whether `node` sets labels side by side (writer, day, views) without text between."""
    if node.tag in {"p", "blockquote", "td"} or (node.text or "").strip() or len(node) < 2:
        return False
    if any((child.tail or "").strip() for child in node):
        return False
    labels = [child for child in node if isinstance(child.tag, str)]
    names = " ".join(child.get("class") or "" for child in labels)
    spans = all(child.tag == "span" and len(text_of(child).split()) <= 6 for child in labels)
    return bool(_META.search(names)) or spans


def paragraphs(article: "HtmlElement") -> tuple[list[Block], list[str]]:
    """Return (blocks that stay, texts that are nothing but links to other pages)."""
    kept: list[Block] = []
    dropped: list[str] = []
    for block in blocks_of(article):
        linked = LABELLED if POINTER.match(block.text) else LINKED
        if block.linked >= linked and len(block.text.split()) <= 40 and not _continues(kept, block):
            dropped.append(block.text)
        else:
            kept.append(block)
    return kept, dropped


def _continues(kept: list[Block], block: Block) -> bool:
    """Tell whether a linked block is the middle of a sentence that tags broke apart."""
    return bool(kept) and block.text[:1] in "،؛.,:)»”"
