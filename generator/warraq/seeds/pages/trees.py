"""HTML of strangers → a tree, however deep it is nested.

libxml2 stops without a word where elements stand in 256 others, and in 2048 where it is told to go
on. So deep a page has mostly tags of style that nobody closed (`<font>` before each paragraph).
"""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Elements up to which a page is read a second time, by trafilatura: its time grows with the square.
# A saved page has some 1,500.
SMALL = 8_000
_STYLE = re.compile(
    r"</?(?:font|span|b|i|u|s|strong|em|big|small|center|bdi|bdo|ins|tt)\b[^<>]*>", re.IGNORECASE
)


class HtmlTree(NamedTuple):
    """A page's tree; `cut`: what stood deeper than can be read is not in it.

    Who holds `elements` walks faster: lxml makes the objects of the others anew on each walk.
    """

    root: "HtmlElement"
    elements: "tuple[HtmlElement, ...]"
    deep: bool = False
    cut: bool = False

    @property
    def small(self) -> bool:
        """Whether libraries that know no bound can read the page too."""
        return not self.deep and len(self.elements) <= SMALL


def tree(page: str, make: "Callable[..., HtmlElement]") -> HtmlTree | None:
    """Return the tree that `make`, a function of lxml.html, gives; None where there is nothing."""
    for markup, huge in ((page, False), (page, True), (_STYLE.sub("", page), True)):
        found = _parsed(markup, make, huge=huge)
        if found is None or not found.cut:
            break
    return found


def _parsed(markup: str, make: "Callable[..., HtmlElement]", *, huge: bool) -> HtmlTree | None:
    from lxml import etree  # noqa: PLC0415 - slow to import, needed for HTML only
    from lxml.html import HTMLParser  # noqa: PLC0415 - as above

    parser = HTMLParser(
        recover=True, remove_comments=True, remove_pis=True, encoding="utf-8", huge_tree=huge
    )
    try:
        root = make(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    limited = any(said.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for said in parser.error_log)
    return HtmlTree(root, tuple(root.iter("*")), huge, limited)
