"""An element of a page → its blocks: paragraphs, headings, list items, rows of data."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from warraq.base.markup import escaped
from warraq.seeds.bodies.tables import number_of, rows_of
from warraq.seeds.pages.inline import CELL, NOWHERE, Piece, Within, block_of
from warraq.seeds.pages.pruning import POINTER, text_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

HEADING = 20  # words from which a heading is really a paragraph
LISTED = 0.7  # share of list items among blocks from which lists are only layout
ROW = 12  # words; a row of shorter cells is data, one of longer cells layout
LABELLED = 0.5  # the same for a block that starts like a link to another article
LINKED = 0.8  # share of a block's letters inside links from which it is not a paragraph
UNLINKED = 0.5  # share of cells without a link from which a table is data, not a menu
MOST_POINTER = 40  # words of a line made of links only
DEPTH = 12  # nesting levels of lists and quotations that are kept
VERSE = 60  # code points of a line of verse in preformatted text; longer lines are prose
BLOCKS = {
    "p", "div", "section", "article", "main", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6",
    "blockquote", "pre", "table", "tr", "td", "th", "tbody", "header", "figure", "dl", "dt", "dd",
    "br", "hr", "center", "body", "address", "time", "details", "summary", "thead", "aside",
}  # fmt: skip
# Markdown prefixes by enclosing element; the intake steps ignore them.
_MARKS = {
    "h2": "## ",
    "h3": "### ",
    "h4": "### ",
    "h5": "#### ",
    "h6": "#### ",
    "li": "- ",
    "blockquote": "> ",
}
_META = re.compile(r"meta|date|author|time|views|byline|publish", re.IGNORECASE)
_FIRST_ROW = "data-first-row"  # of a table of data
_EMPTY_LINE = re.compile(r"\n[ \t\r\u00a0]*\n")
Addresses = Callable[["HtmlElement"], str]


class PageBlock(NamedTuple):
    """A piece of text between block-level tags; `linked` is the share of it inside links.

    `mark` is the Markdown prefix of the enclosing heading, list or quotation; `deep` is the full
    prefix, with the item's number and all nesting levels. `markdown` is the line without a prefix.
    """

    text: str
    linked: float
    mark: str = ""
    deep: str = ""
    markdown: str = ""
    addresses: tuple[str, ...] = ()


def marked(blocks: list[PageBlock]) -> list[tuple[str, str]]:
    """Return (text, Markdown) of each block, with heading, list and quotation prefixes.

    The Markdown is "" where it follows from the text.
    """
    listed = sum(block.mark == "- " for block in blocks) > LISTED * len(blocks)
    return [_written(block, plain=_is_misused(block, listed)) for block in blocks]


def markdown_of(block: PageBlock, mark: str = "", deep: str = "") -> str:
    """Return the Markdown of `block` with the prefix `deep`, "" if it follows from the text."""
    follows = deep == mark and block.markdown == escaped(block.text)
    return "" if follows else deep + block.markdown


def _written(block: PageBlock, *, plain: bool) -> tuple[str, str]:
    mark, deep = ("", "") if plain else (block.mark, block.deep)
    return mark + block.text, markdown_of(block, mark, deep)


def _is_misused(block: PageBlock, listed: bool) -> bool:
    if block.mark.startswith("#"):
        return len(block.text.split()) > HEADING
    return listed and block.mark == "- "


class _Open(NamedTuple):
    """An element on the walk's stack: its remaining children and its Markdown prefix."""

    node: "HtmlElement"
    children: "Iterator[HtmlElement]"
    mark: str
    glued: bool

    def tail(self, child: "HtmlElement") -> str:
        """Return the text after `child` in this element."""
        return child.tail or (" | " if self.glued else "")


def _opened(node: "HtmlElement", mark: str = "") -> _Open:
    return _Open(node, iter(node), _MARKS.get(node.tag, mark), _is_row(node))


def blocks_of(element: "HtmlElement", addresses: Addresses | None = None) -> Iterator[PageBlock]:
    """Yield the blocks under `element` in document order, at any nesting depth.

    `addresses` returns the target of a link; without it only the words count.
    """
    if isinstance(element.tag, str):
        yield from _Walk(addresses or (lambda _: NOWHERE)).blocks(element)


class _Walk:
    """A walk through the blocks of an element; keeps track of enclosing lists and quotations."""

    def __init__(self, addresses: Addresses) -> None:
        self._within = Within(addresses)
        self._run: list[Piece] = []
        self._around: list[list[str]] = []  # per quotation and list: [tag, pending prefix]
        self._numbers: list[int] = []

    def blocks(self, element: "HtmlElement") -> Iterator[PageBlock]:
        above = [self._enter(element, "")]
        while above:
            inside = above[-1]
            child = next(inside.children, None)
            if child is None:
                if inside.node.tag in BLOCKS:
                    yield from self._flushed(inside)
                self._leave(inside.node)
                above.pop()
                self._add(*(outer.tail(inside.node) for outer in above[-1:]))
            elif not isinstance(child.tag, str):
                self._add(inside.tail(child))
            else:
                self._add(*_between(child, self._run))
                if child.tag in BLOCKS:
                    yield from self._flushed(inside)
                if child.tag == "pre" and _is_text(child):
                    yield from _preformatted(child, inside.mark)
                    self._add(inside.tail(child))
                else:
                    above.append(self._enter(child, inside.mark))
        yield from self._flushed(None)

    def _enter(self, node: "HtmlElement", mark: str) -> _Open:
        self._within.enter(node)
        if node.tag in {"ul", "ol", "blockquote"}:
            self._around.append([node.tag, ""])
            self._numbers.append(number_of(node.get("start"), 1))
        elif node.tag == "li" and self._around and self._around[-1][0] != "blockquote":
            ordered = self._around[-1][0] == "ol"
            number = number_of(node.get("value"), self._numbers[-1])
            self._around[-1][1] = f"{number}. " if ordered else "- "
            self._numbers[-1] = number + 1
        self._add(node.text or "")
        return _opened(node, mark)

    def _leave(self, node: "HtmlElement") -> None:
        self._within.leave(node.tag)
        if node.tag in {"ul", "ol", "blockquote"}:
            self._around.pop()
            self._numbers.pop()

    def _add(self, *texts: str) -> None:
        self._run += (self._within.piece(text) for text in texts)

    def _flushed(self, inside: _Open | None) -> Iterator[PageBlock]:
        """Yield the collected run as a block, if it has words; empty the run."""
        run, self._run = self._run, []
        mark = inside.mark if inside else ""
        if any(CELL in piece.text for piece in run):
            first = inside is not None and inside.node.get(_FIRST_ROW) is not None
            yield from _row(run, first=first)
            return
        line = block_of(run, stressed=not mark.startswith("#"))
        if line.text:
            deep = self._deep() + (mark if mark.startswith("#") else "") if mark else ""
            yield PageBlock(
                line.text, line.linked, mark, deep or mark, line.markdown, line.addresses
            )

    def _deep(self) -> str:
        """Return the nesting prefix of the next block; an item's marker is used only once."""
        out = ""
        near = self._around[-DEPTH:]
        lists = [at for at, (tag, _) in enumerate(near) if tag != "blockquote"]
        for at, around in enumerate(near):
            if around[0] == "blockquote":
                out += "> "
            elif at == lists[-1] and around[1]:
                out += around[1]
                around[1] = ""
            else:
                out += "    "
        return out


def _row(run: list[Piece], *, first: bool) -> Iterator[PageBlock]:
    """Yield a row of data, its cells separated by CELL, as one block."""
    cells: list[list[Piece]] = [[]]
    for piece in run:
        texts = piece.text.split(CELL)
        cells[-1].append(piece._replace(text=texts[0]))
        cells += ([piece._replace(text=text)] for text in texts[1:])
    lines = [block_of(cell, stressed=False) for cell in cells]
    text = " | ".join(line.text for line in lines if line.text)
    if not text:
        return
    shown = "| " + " | ".join(line.markdown.replace("|", r"\|") for line in lines) + " |"
    if first:
        shown += "\n" + "|---" * len(cells) + "|"
    letters = sum(len(line.text) for line in lines)
    linked = sum(line.linked * len(line.text) for line in lines) / letters
    addresses = tuple(address for line in lines for address in line.addresses)
    yield PageBlock(text, linked, markdown=shown, addresses=addresses)


def _is_text(element: "HtmlElement") -> bool:
    """Whether preformatted text contains only words and line breaks."""
    return not any(e.tag == "a" or e.tag in BLOCKS - {"br"} for e in element.iterdescendants())


def _preformatted(element: "HtmlElement", mark: str) -> Iterator[PageBlock]:
    """Yield the stanzas of preformatted text; lines too long for verse are joined as prose."""
    for breaking in element.iter("br"):
        breaking.tail = f"\n{breaking.tail or ''}"
    for stanza in _EMPTY_LINE.split(element.text_content().replace("\r\n", "\n")):
        lines = [" ".join(line.split()) for line in stanza.split("\n") if line.strip()]
        text = " ".join(lines)
        if len(lines) > 1 and max(map(len, lines)) <= VERSE:
            yield PageBlock(text, 0.0, markdown="<br>\n".join(map(escaped, lines)))
        elif text:
            yield PageBlock(text, 0.0, mark, mark, escaped(text))


def _between(child: "HtmlElement", run: Sequence[Piece]) -> Iterator[str]:
    """Yield a separator between `child` and its predecessor where only CSS separated them."""
    if child.tag == "a" and run and run[-1].text == "" and child.getprevious() is not None:
        yield " "
    if _are_labels(child.getprevious(), child):
        yield " | "


def join_rows(root: "HtmlElement") -> None:
    """Join the cells of each row of data into one text; skip layout tables."""
    for row in list(root.iter("tr")):
        cells = [cell for cell in row if cell.tag in {"td", "th"}]
        texts = [text_of(cell) for cell in cells]
        short = all(0 < len(text.split()) <= ROW for text in texts)
        if len(cells) >= 2 and short and not row.xpath(".//h1|.//p|.//a|.//table"):
            _join(row, cells)


def join_tables(article: "HtmlElement") -> None:
    """Join the rows of data tables, including those with links or without words."""
    for table in list(article.iterdescendants("table")):
        rows = rows_of(table)
        cells = [cell for row in rows for cell in row if cell is not None]
        texts = [text for cell in cells if (text := text_of(cell))]
        bare = sum(bool(text_of(cell)) and next(cell.iter("a"), None) is None for cell in cells)
        short = all(len(text.split()) <= ROW for text in texts)
        if rows and short and bare >= UNLINKED * len(texts):
            for element, row in zip(table.iter("tr"), rows, strict=True):
                _join(element, row)
            next(table.iter("tr")).set(_FIRST_ROW, "")


def _join(row: "HtmlElement", cells: "Sequence[HtmlElement | None]") -> None:
    """Make `row` one line, its cells separated by CELL."""
    last: HtmlElement | None = None
    row.text = ""
    for at, cell in enumerate(cells):
        if cell is not None:
            cell.tag, cell.tail, last = "span", "", cell
            cell.attrib.clear()
            for inner in cell.iterdescendants(*BLOCKS):
                inner.tag = "span"
                inner.tail = f" {inner.tail or ''}"
        if at + 1 < len(cells):
            if last is None:
                row.text += CELL
            else:
                last.tail = (last.tail or "") + CELL


def _are_labels(one: "HtmlElement | None", other: "HtmlElement") -> bool:
    """Whether two adjacent elements are labels of a row: classed spans with no text between."""
    if one is None or (one.tail or "").strip() or not isinstance(one.tag, str):
        return False
    return all(e.tag == "span" and (e.get("class") or e.get("itemprop")) for e in (one, other))


def _is_row(node: "HtmlElement") -> bool:
    """Whether `node` is a row of labels (writer, date, views) without text between them."""
    if node.tag in {"p", "blockquote", "td"} or (node.text or "").strip() or len(node) < 2:
        return False
    if any((child.tail or "").strip() for child in node):
        return False
    labels = [child for child in node if isinstance(child.tag, str)]
    names = " ".join(child.get("class") or "" for child in labels)
    spans = all(child.tag == "span" and len(text_of(child).split()) <= 6 for child in labels)
    return bool(_META.search(names)) or spans


def paragraphs(
    article: "HtmlElement", addresses: Addresses
) -> tuple[list[PageBlock], list[PageBlock]]:
    """Return (blocks to keep, blocks that are only links to other pages)."""
    kept: list[PageBlock] = []
    dropped: list[PageBlock] = []
    for block in blocks_of(article, addresses):
        linked = LABELLED if POINTER.match(block.text) else LINKED
        few = len(block.text.split()) <= MOST_POINTER
        other = block.linked >= linked and few and not block.markdown.startswith("| ")
        if other and not _continues(kept, block):
            dropped.append(block)
        else:
            kept.append(block)
    return kept, dropped


def _continues(kept: list[PageBlock], block: PageBlock) -> bool:
    """Whether a linked block continues the text: the rest of a sentence split by tags.

    Also the source named below a quotation.
    """
    quoted = kept and all(b.deep.startswith("> ") for b in (kept[-1], block))
    names = quoted and not POINTER.match(block.text)
    return bool(names or (kept and block.text[:1] in "،؛.,:)»”"))
