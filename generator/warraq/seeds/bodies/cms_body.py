"""An HTML body from a CMS → its blocks, each as a line of plain text and as Markdown.

The intake steps judge the text; the blocks they keep are written as Markdown, so that links, lists,
tables and verse keep their form. The walk recurses only for lists and quotations, to a limited
depth; other nesting may be of any depth.
"""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from warraq.base.markup import escaped
from warraq.base.urls import is_web_address
from warraq.model import Figure
from warraq.seeds.bodies.embedded import EMBED, name_posts, take_out
from warraq.seeds.bodies.shortcodes import Omission, unfolded
from warraq.seeds.bodies.tables import number_of, rows_of
from warraq.seeds.pages.blocks import BLOCKS
from warraq.seeds.pages.inline import (
    BREAK,
    END,
    NOTE,
    OWN,
    BodyBlock,
    Piece,
    Within,
    address_of,
    block_of,
)
from warraq.seeds.pages.pruning import LABELS, POINTER, prune_labelled, text_of, without_marks
from warraq.seeds.pages.trees import tree

if TYPE_CHECKING:
    from lxml.html import HtmlElement

TAGGED = re.compile(
    r"<(?:p|br|div|h\d|a|img|[uo]l|li|table|strong|b|em|i|u|span|figure|blockquote|pre|iframe|video|audio|object|section|font|sup|center)\b|<!--",
    re.IGNORECASE,
)
_LINED = re.compile(r"<(?:p|br|div|li|td)\b", re.IGNORECASE)
HEADING = 20  # words from which a heading is really a paragraph
DEPTH = 12  # nesting levels of lists or quotations
POINTING = 0.5  # share of letters inside links from which a «read also» line is a link
LINKED = 0.8  # share of letters inside links from which any line is a link
_HEADINGS = {"h1": "## ", "h2": "## ", "h3": "### ", "h4": "#### ", "h5": "#### ", "h6": "#### "}
_GONE = {"script", "style", "template", "svg", "canvas", "map", "head"}
_FORMS = {"form", "button", "input", "select", "textarea", "label", "dialog", "menu", "nav"}
_MACHINE = re.compile(
    r"(?:^|[\s_-])(?:share|sharing|sharedaddy|addtoany\w*|a2a_kit|jp-relatedposts|relatedposts?|related-posts?|"
    r"advert\w*|adsense|adsbygoogle|newsletter|mc4wp\w*|wpcf7\w*|outbrain|taboola|mgid|swp_social\w*|"
    r"ez-toc-container|wp-block-file__button|yarpp\w*|crp_related)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BULLET = re.compile(r"[-+*•●▪]\s+(?=\S)")
_EMPTY_LINE = re.compile(r"\n[ \t\r\u00a0]*\n")


class Body(NamedTuple):
    """The content of a body: its blocks, its pictures, and what was left out.

    `kind` is the format of its lines if no block has Markdown of its own.
    """

    blocks: tuple[BodyBlock, ...] = ()
    figures: tuple[Figure, ...] = ()
    omitted: tuple[Omission, ...] = ()
    cut: bool = False
    kind: str = "text"


def body_of(body: str, *, base: str = "", lines: bool = False) -> Body:
    """Return the content of an HTML body from a CMS.

    `base` is its own address. With `lines`, line ends in it are line breaks, as in WordPress;
    without, only if the body has no block tags. `cut`: it was nested too deep (see `trees`).
    """
    from lxml.html import fragment_fromstring  # noqa: PLC0415 - slow to import

    html, omitted = unfolded(body)
    lines = lines or not _LINED.search(html)
    read = tree(html.translate(OWN), partial(fragment_fromstring, create_parent="div"))
    if read is None:
        return Body(omitted=omitted)
    root = read.root
    name_posts(root)
    gone = _pruned(root)
    figures, shown = take_out(root, base)
    for hidden in list(root.iter("noscript")):  # after its fallback pictures were taken
        gone += [("script", words)] if (words := text_of(hidden)) else []
        hidden.drop_tree()
    notes = _footnotes(root)
    reader = _Reader(base, lines=lines)
    blocks = [
        *_listed(list(reader.blocks(root))),
        *map(reader.note, notes, range(1, len(notes) + 1)),
    ]
    kept, dropped = _without_pointers(blocks)
    omitted = (*omitted, *shown, *gone, *reader.omitted, *dropped)
    return Body(tuple(kept), figures, omitted, read.cut)


def _pruned(root: "HtmlElement") -> list[Omission]:
    """Remove what is not part of the text: scripts, forms, plug-ins' boxes, hidden elements.

    Return them as omissions, with the addresses of their links and pictures.
    """
    omitted: list[Omission] = []
    before = dict.fromkeys(_addresses(root))
    for element in list(root.iter()):
        if element.getparent() is None or not isinstance(element.tag, str):
            continue
        tag, why = element.tag, ""
        name = f"{element.get('class') or ''} {element.get('id') or ''}"
        style = (element.get("style") or "").replace(" ", "").lower()
        if tag in _GONE:
            why = "script"
        elif tag in _FORMS:
            why = "form"
        elif "display:none" in style or element.get("hidden") is not None:
            why = "hidden"
        elif _MACHINE.search(name):
            why = "box"
        if why:
            words = element.get("src") if why == "script" else text_of(element)
            if words:
                omitted.append((why, words))
            element.drop_tree()
    omitted += [("box", text) for text in prune_labelled(root, [])]
    after = set(_addresses(root))
    return omitted + [("box", address) for address in before if address not in after]


def _addresses(root: "HtmlElement") -> Iterator[str]:
    """Yield the addresses of links, pictures and frames."""
    for element in root.iter("a", "img", "iframe"):
        address = element.get("href") or element.get("src") or ""
        if address and not address.startswith(("#", "data:", "javascript:")):
            yield address


def _footnotes(root: "HtmlElement") -> list["HtmlElement"]:
    """Remove and return the footnotes in order; references become NOTE placeholders."""
    places = {e.get("id"): e for e in root.iter() if isinstance(e.tag, str) and e.get("id")}
    notes: list[HtmlElement] = []
    numbers: dict[str, int] = {}
    for link in list(root.iter("a")):
        target = (link.get("href") or "").partition("#")[2]
        note = places.get(target)
        if note is None or not re.fullmatch(r"\W*(?:\d+|[*†‡])\W*", text_of(link)) or note is link:
            continue
        box = next((e for e in (note, *note.iterancestors()) if e.tag in {"li", "p", "div"}), None)
        if box is None or box is root or link in box.iterdescendants():
            continue
        if target not in numbers:
            if box.getparent() is None:
                continue
            for back in list(box.iter("a")):
                if (back.get("href") or "").startswith("#"):
                    back.drop_tree()
            numbers[target] = len(notes) + 1
            notes.append(box)
        above = link.getparent()
        place = (
            above
            if above is not None and above.tag == "sup" and text_of(above) == text_of(link)
            else link
        )
        place.tail = f"{NOTE}{numbers[target]}{END}{place.tail or ''}"
        place.drop_tree()
    for note in notes:
        if note.getparent() is not None:
            note.drop_tree()
    return notes


class _Reader:
    """Reads the blocks of one body; `omitted` collects what is left out."""

    def __init__(self, base: str, *, lines: bool) -> None:
        self._base = base
        self._lines = lines
        self.omitted: list[Omission] = []

    def blocks(self, root: "HtmlElement", depth: int = 0) -> Iterator[BodyBlock]:
        from lxml import etree  # noqa: PLC0415 - slow to import

        run: list[Piece] = []
        mark, inside, within = "", 0, Within(self._address)
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            tag = element.tag
            if event == "end":
                within.leave(tag)
                if tag in BLOCKS:
                    yield from self._flushed(run, mark)
                    mark = "" if tag in _HEADINGS else mark
                    inside -= tag == "p"
                if element is not root:
                    yield from self._text(run, within.piece(element.tail), mark, inside=inside)
                continue
            if tag in BLOCKS:
                yield from self._flushed(run, mark)
            if address := element.get(EMBED):
                yield BodyBlock(f"<{address}>", f"<{address}>")
                walker.skip_subtree()
                continue
            unit = self._unit(element, depth) if element is not root else None
            if unit is not None:
                yield from unit
                walker.skip_subtree()
                continue
            mark = _HEADINGS.get(tag, mark)
            inside += tag == "p"
            within.enter(element)
            yield from self._text(run, within.piece(element.text), mark, inside=inside)
        yield from self._flushed(run, mark)

    def note(self, element: "HtmlElement", number: int) -> BodyBlock:
        """Return a footnote as a block."""
        block = block_of(self._pieces(element))
        return block._replace(markdown=f"[^{number}]: {block.markdown}")

    def _text(
        self, run: list[Piece], piece: Piece, mark: str, *, inside: int
    ) -> Iterator[BodyBlock]:
        if not piece.text:
            return
        text = piece.text.replace("\r\n", "\n")
        within = [text] if inside else _EMPTY_LINE.split(text)
        parts = text.split("\n") if self._lines else within
        for at, part in enumerate(parts):
            if at:
                yield from self._flushed(run, mark)
            run.append(piece._replace(text=part))

    def _flushed(self, run: list[Piece], mark: str) -> Iterator[BodyBlock]:
        block = block_of(run, stressed=not mark)
        run.clear()
        if not block.text:
            return
        if is_web_address(block.text):
            yield block._replace(text=f"<{block.text}>", markdown=f"<{block.text}>")
        elif mark and len(block.text.split()) <= HEADING:
            yield block._replace(markdown=mark + block.markdown)
        else:
            yield block

    def _unit(self, element: "HtmlElement", depth: int) -> Iterator[BodyBlock] | None:
        """Return the blocks of a list, quotation, verse or table; None for other elements."""
        if element.tag in {"ul", "ol"} and depth < DEPTH:
            return self._list(element)
        if element.tag == "blockquote" and depth < DEPTH:
            return self._quoted(element, depth)
        if element.tag == "pre":
            return self._preformatted(element)
        if element.tag == "table" and (rows := rows_of(element)):
            return self._table(element, rows)
        return None

    def _quoted(self, element: "HtmlElement", depth: int) -> Iterator[BodyBlock]:
        blocks = list(self.blocks(element, depth + 1))
        if blocks:
            quoted = "\n>\n".join(
                "\n".join(f"> {line}".rstrip() for line in block.markdown.split("\n"))
                for block in blocks
            )
            yield _joined(blocks, " ", quoted)

    def _list(self, element: "HtmlElement") -> Iterator[BodyBlock]:
        items = list(self._items(element, 0))
        if items:
            yield _joined(
                [block for _, block in items],
                "؛ ",
                "\n".join(f"{mark}{block.markdown}" for mark, block in items),
            )

    def _items(
        self, element: "HtmlElement", indent: int, depth: int = 0
    ) -> Iterator[tuple[str, BodyBlock]]:
        number = number_of(element.get("start"), 1)
        loose = block_of([Piece(element.text or "")])
        if loose.text:  # text directly inside a list, which is invalid HTML
            yield "    " * indent + "- ", loose
        for item in element:
            nested = [item] if item.tag in {"ul", "ol"} else []
            if not nested:
                nested = [e for e in item.iterdescendants("ul", "ol") if _holder(e, item) is item]
                nested = nested if depth < DEPTH else []  # deeper ones are text of this item
                block = block_of(self._pieces(item, without=nested))
                number = number_of(item.get("value"), number)
                if block.text:
                    mark = f"{number}. " if element.tag == "ol" else "- "
                    yield "    " * indent + mark, block
                    number += 1
                for inner in nested:
                    yield from self._items(inner, indent + bool(block.text), depth + 1)
            elif depth < DEPTH:
                yield from self._items(item, indent + 1, depth + 1)
            else:
                yield "    " * indent + "- ", block_of(self._pieces(item))
            loose = block_of([Piece(item.tail or "")])
            if loose.text:
                yield "    " * indent + "- ", loose

    def _preformatted(self, element: "HtmlElement") -> Iterator[BodyBlock]:
        text = element.text_content().replace("\r\n", "\n").strip("\n")
        if not text.strip():
            return
        if list(element.iter("code")) or "code" in (element.get("class") or ""):
            yield BodyBlock(" ".join(text.split()), f"```\n{text.replace('```', '` ` `')}\n```")
            return
        for breaking in element.iter("br"):
            breaking.tail = f"\n{breaking.tail or ''}"
        text = "".join(piece.text for piece in self._pieces(element, breaks="\n")).strip("\n")
        for stanza in _EMPTY_LINE.split(text):
            lines = [" ".join(line.split()) for line in stanza.split("\n") if line.strip()]
            if lines:
                yield BodyBlock(" ".join(lines), "<br>\n".join(map(escaped, lines)))

    def _table(
        self, element: "HtmlElement", rows: list[list["HtmlElement | None"]]
    ) -> Iterator[BodyBlock]:
        for caption in element.iter("caption"):
            yield from self._flushed(self._pieces(caption), "")
        empty = BodyBlock("", "")
        cells = [
            [
                block_of(self._pieces(cell), stressed=False) if cell is not None else empty
                for cell in row
            ]
            for row in rows
        ]
        cells = [row for row in cells if any(cell.text for cell in row)]
        if not cells:
            return
        lines = [
            "| " + " | ".join(cell.markdown.replace("|", r"\|") for cell in row) + " |"
            for row in cells
        ]
        lines.insert(1, "|---" * len(cells[0]) + "|")
        every = [cell for row in cells for cell in row]
        text = "؛ ".join("، ".join(cell.text for cell in row if cell.text) for row in cells)
        yield _joined(every, "", "\n".join(lines))._replace(text=text)

    def _pieces(
        self, element: "HtmlElement", *, without: Sequence["HtmlElement"] = (), breaks: str = BREAK
    ) -> list[Piece]:
        """Return the texts of `element` with their links; line breaks become `breaks`."""
        from lxml import etree  # noqa: PLC0415 - slow to import

        pieces: list[Piece] = []
        within = Within(self._address)
        walker = etree.iterwalk(element, events=("start", "end"))
        for event, node in walker:
            if event == "start":
                if node in without:
                    walker.skip_subtree()
                    continue
                if node is not element and node.tag in BLOCKS and pieces and breaks == BREAK:
                    pieces.append(Piece(breaks))
                within.enter(node)
                if address := node.get(EMBED):
                    pieces.append(Piece(address, address))
                pieces.append(within.piece(node.text))
            else:
                within.leave(node.tag)
                if node is not element:
                    pieces.append(within.piece(node.tail))
        return pieces

    def _address(self, link: "HtmlElement") -> str:
        address, odd = address_of(link, self._base)
        if odd:
            self.omitted.append(("link", odd))
        return address


def _holder(nested: "HtmlElement", item: "HtmlElement") -> "HtmlElement":
    """Return the nearest list around `nested` inside `item`, or `item` itself."""
    between = (e for e in nested.iterancestors() if e.tag in {"ul", "ol"} or e is item)
    return next(between, item)


def _joined(blocks: Sequence[BodyBlock], by: str, markdown: str) -> BodyBlock:
    letters = sum(len(block.text) for block in blocks) or 1
    linked = sum(block.linked * len(block.text) for block in blocks) / letters
    addresses = tuple(address for block in blocks for address in block.addresses)
    return BodyBlock(by.join(block.text for block in blocks), markdown, linked, addresses)


def _listed(blocks: list[BodyBlock]) -> list[BodyBlock]:
    """Return `blocks` with two or more consecutive lines that start with a bullet as list items."""
    marks = [_BULLET.match(block.text) for block in blocks]
    out = []
    for at, (block, mark) in enumerate(zip(blocks, marks, strict=True)):
        adjacent = (marks[at - 1] if at else None) or (
            marks[at + 1] if at + 1 < len(marks) else None
        )
        if mark and adjacent and not block.addresses and "\n" not in block.markdown:
            out.append(block._replace(markdown=f"- {escaped(block.text[mark.end() :])}"))
        else:
            out.append(block)
    return out


def _without_pointers(blocks: list[BodyBlock]) -> tuple[list[BodyBlock], list[Omission]]:
    """Return (blocks without links to other articles («اقرأ أيضا: …»), those links)."""
    kept: list[BodyBlock] = []
    omitted: list[Omission] = []
    label: BodyBlock | None = None
    for block in blocks:
        few = len(block.text.split()) <= 40
        points = POINTER.match(block.text) and few and block.linked >= POINTING
        heads = LABELS.fullmatch(without_marks(block.text))
        if points or (label is not None and block.linked >= LINKED):
            if label is not None and kept and kept[-1] is label:
                omitted.append(("links", kept.pop().text))
            omitted += [("links", words) for words in (block.text, *block.addresses)]
        else:
            kept.append(block)
            label = None
        if heads:
            label = block
    return kept, omitted
