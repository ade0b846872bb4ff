"""The dialect of docs/decisions/0002, on top of Python-Markdown. Imported only when needed.

It differs from the library so that a text is shown as it was written: list numbers are kept,
indented prose is prose, «#وسم» is no heading, and every ASCII punctuation mark may be escaped.
"""

import re
from collections.abc import Callable
from string import punctuation
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import (
    BlockProcessor,
    BlockQuoteProcessor,
    HashHeaderProcessor,
    ListIndentProcessor,
)
from markdown.extensions import Extension
from markdown.extensions.sane_lists import SaneOListProcessor, SaneUListProcessor
from markdown.inlinepatterns import ESCAPE_RE, EscapeInlineProcessor
from markdown.treeprocessors import Treeprocessor

MAX_DEPTH = 40  # of nested lists and quotations, as the parser counts them
# Digits of a list, by the name of the class that a theme shows them with; "" are 0 to 9.
_DIGITS = {"": "0-9", "arabic-indic": "\u0660-\u0669", "persian": "\u06f0-\u06f9"}
_NUMBER = "|".join(f"[{digits}]{{1,3}}" for digits in _DIGITS.values())
_ITEM = re.compile(rf"[ ]{{0,3}}(?P<number>{_NUMBER})\.[ ]+(?P<text>.*)")
_YEAR = re.compile(r"\n(?=[ ]{0,3}\d{4,9}[.)][ ])")


class TooDeepError(Exception):
    """Lists or quotations are nested deeper than MAX_DEPTH."""


def converter() -> Callable[[str], str]:
    """Return a function from Markdown to HTML; after an exception in it, make another."""
    library = Markdown(
        extensions=["tables", "footnotes", "sane_lists", "fenced_code", _AsWritten()],
        extension_configs={"footnotes": {"BACKLINK_TITLE": "↩ {}"}},
        output_format="html",
    )

    def convert(markdown: str) -> str:
        library.reset()
        return library.convert(markdown)

    return convert


class _AsWritten(Extension):
    def extendMarkdown(self, md: Markdown) -> None:
        md.ESCAPED_CHARS = list(punctuation)
        md.inlinePatterns.register(_Escape(ESCAPE_RE, md), "escape", 180)
        blocks = md.parser.blockprocessors
        blocks.deregister("code")
        blocks.register(_IndentedLines(md.parser), "margin", 80)
        blocks.register(_Indented(md.parser), "indent", 90)
        blocks.register(_Heading(md.parser), "hashheader", 70)
        blocks.register(_Numbered(md.parser), "olist", 40)
        blocks.register(_Bulleted(md.parser), "ulist", 30)
        blocks.register(_YearLines(md.parser), "years", 25)
        blocks.register(_Quotation(md.parser), "quote", 20)
        md.treeprocessors.register(_ListNumbers(md), "counted", 15)


class _Escape(EscapeInlineProcessor):
    def handleMatch(  # type: ignore[override] # the stubs hold one of two base classes
        self, m: re.Match[str], data: str
    ) -> tuple[Element | str | None, int | None, int | None]:
        if m[1] == "&":  # the writer takes a bare one for the beginning of an entity
            return self.md.htmlStash.store("&amp;"), m.start(0), m.end(0)
        return super().handleMatch(m, data)


class _IndentedLines(BlockProcessor):
    """Lines that a word processor has indented: a paragraph each, with or without empty lines."""

    def test(self, parent: Element, block: str) -> bool:
        return parent.tag != "li" and block.startswith("    ") and "\n    " in block

    def run(self, _parent: Element, blocks: list[str]) -> None:
        blocks[:1] = re.split(r"\n(?=[ ]{4})", blocks[0])


class _Heading(HashHeaderProcessor):
    RE = re.compile(HashHeaderProcessor.RE.pattern.replace("{1,6})", "{1,6})(?=[ ]|\\n|$)", 1))


class _Indented(ListIndentProcessor):
    def run(self, parent: Element, blocks: list[str]) -> None:
        _check_depth(self.parser)
        super().run(parent, blocks)


class _Bulleted(SaneUListProcessor):
    def run(self, parent: Element, blocks: list[str]) -> None:
        _check_depth(self.parser)
        super().run(parent, blocks)


class _Quotation(BlockQuoteProcessor):
    def test(self, _parent: Element, block: str) -> bool:
        return bool(self.RE.search(block))

    def run(self, parent: Element, blocks: list[str]) -> None:
        _check_depth(self.parser)
        super().run(parent, blocks)


class _Numbered(SaneOListProcessor):
    """A list shows the numbers that were written, in their digits; a year opens no list."""

    def __init__(self, parser: BlockParser) -> None:
        super().__init__(parser)
        self.RE = _ITEM
        self.CHILD_RE = re.compile(rf"^[ ]{{0,3}}(({_NUMBER})\.)[ ]+(.*)")

    def run(self, parent: Element, blocks: list[str]) -> None:
        _check_depth(self.parser)
        block, later = _of_one_script(blocks[0])
        blocks[:1] = [block, later] if later else [block]
        numbers = [item["number"] for line in block.split("\n") if (item := _ITEM.match(line))]
        script = _script(numbers[0])
        before = self.lastChild(parent)
        goes_on = before is not None and before.get("class", "") == script
        self.SIBLING_TAGS = ["ol"] if goes_on else []  # type: ignore[misc] # looked up on self
        super().run(parent, blocks)
        last = self.lastChild(parent)
        listed = last if last is not None and last.tag == "ol" else parent
        if listed.tag == "ol":
            listed.set("class", script)
            for child, number in zip(listed[-len(numbers) :], numbers, strict=True):
                child.set("value", str(int(number)))


class _ListNumbers(Treeprocessor):
    """Leaves out the numbers that a browser would count the same."""

    def run(self, root: Element) -> None:
        for numbered in root.iter("ol"):
            due = 1
            numbered.attrib.pop("start", None)
            if not numbered.get("class"):
                numbered.attrib.pop("class", None)
            for at, item in enumerate(numbered):
                number = int(item.attrib.pop("value", due))
                if number != due and at == 0:
                    numbered.set("start", str(number))
                elif number != due:
                    item.set("value", str(number))
                due = number + 1


class _YearLines(BlockProcessor):
    """Lines that open with a year or another long number and a full stop: a paragraph each."""

    def test(self, _parent: Element, block: str) -> bool:
        return bool(_YEAR.search(block)) and not self.parser.state.isstate("list")

    def run(self, _parent: Element, blocks: list[str]) -> None:
        blocks[:1] = _YEAR.split(blocks[0])


def _check_depth(parser: BlockParser) -> None:
    if len(parser.state) > MAX_DEPTH:
        raise TooDeepError


def _script(number: str) -> str:
    return next(name for name, digits in _DIGITS.items() if re.match(f"[{digits}]", number))


def _of_one_script(block: str) -> tuple[str, str]:
    """Return the lines of a block up to an item in other digits, and the rest."""
    lines = block.split("\n")
    first = ""
    for at, line in enumerate(lines):
        if item := _ITEM.match(line):
            script = _script(item["number"])
            if at and script != first:
                return "\n".join(lines[:at]), "\n".join(lines[at:])
            first = script
    return block, ""
