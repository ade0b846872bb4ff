"""Untrusted HTML → a tree, at any nesting depth.

libxml2 silently stops at a nesting depth of 256, and of 2048 with `huge_tree`. Pages that deep
mostly have unclosed style tags (`<font>` before each paragraph).
"""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Elements up to which trafilatura reads a page as well: its time is quadratic.
# A typical saved page has 1,500.
SMALL = 8_000
_STYLE = re.compile(
    r"</?(?:font|span|b|i|u|s|strong|em|big|small|center|bdi|bdo|ins|tt)\b[^<>]*>", re.IGNORECASE
)


class HtmlTree(NamedTuple):
    """A page's tree; `cut` if elements beyond the depth limit are missing.

    `elements` keeps the proxy objects alive, since lxml otherwise recreates them on each walk.
    """

    root: "HtmlElement"
    elements: "tuple[HtmlElement, ...]"
    deep: bool = False
    cut: bool = False

    @property
    def small(self) -> bool:
        """Whether libraries without a depth limit can read the page too."""
        return not self.deep and len(self.elements) <= SMALL


def tree(page: str, make: "Callable[..., HtmlElement]") -> HtmlTree | None:
    """Return the tree parsed by `make`, a function of lxml.html; None if there is nothing."""
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
    limited = any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log)
    return HtmlTree(root, tuple(root.iter("*")), huge, limited)
