"""Markdown → sanitised HTML → plain text, once for pages, feeds and search.

Python-Markdown defines the dialect (tables, footnotes, sane lists; docs/format.md), nh3 decides
what may leave. Addresses inside the site stay site paths ("/media/…", "/n/…/"); render makes them
relative.
"""

import re
from functools import cache
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import quote

import nh3

if TYPE_CHECKING:
    from markdown import Markdown

_TAGS = {
    *("p", "br", "hr", "strong", "em", "b", "i", "u", "s", "a", "ul", "ol", "li", "blockquote"),
    *("h2", "h3", "h4", "h5", "h6", "pre", "code", "table", "thead", "tbody", "tr", "th", "td"),
    *("img", "sup", "sub", "div", "cite", "q", "ins", "del", "mark", "abbr", "time", "bdi", "span"),
    *("figure", "figcaption", "dl", "dt", "dd", "small"),
}
_ATTRIBUTES = {
    "*": {"lang", "dir"},
    "a": {"href", "title", "class"},
    "abbr": {"title"},
    "div": {"class"},
    "img": {"src", "alt", "title"},
    "li": {"id"},
    "ol": {"start"},
    "sup": {"id"},
    "td": {"colspan", "rowspan", "class"},
    "th": {"colspan", "rowspan", "scope", "class"},
    "time": {"datetime"},
}
_FOOTNOTE_ID = re.compile(r"fn(ref)?\d*:[\w-]+")
_FOOTNOTE_CLASSES = {"footnote", "footnote-ref", "footnote-backref"}
_ARTICLE_FILE = re.compile(r"(?:[a-z0-9./-]*/)?([a-z0-9]{6,16})\.md(#[\w:-]+)?")
_BLOCK_END = re.compile(r"</(?:p|li|h[2-6]|blockquote|pre|tr|div|figcaption|dt|dd)>|<(?:br|hr)>")
_CELL_END = re.compile(r"</t[dh]>")
_BARE_TAG = re.compile(r"</?[a-z][a-z0-9]*>")
_PARAGRAPH = re.compile(r"<p>.*?</p>", re.DOTALL)
LEAD_PARAGRAPHS = 3  # more than a summary holds
_IMAGE = re.compile(r"<img\b([^>]*)>")
_ALT = re.compile(r'\balt="([^"]*)"')
_BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def html_of(markdown: str) -> str:
    """Return the sanitised HTML of a Markdown body.

    Headings begin at h2 (the page's title is the h1). A picture from another host becomes its
    description, since a page asks no other host for anything. Bidi embeddings, overrides and
    isolates are dropped: they could reorder the page around them.
    """
    if _is_plain(markdown):
        return _paragraphs(markdown)
    return converted(_BIDI_CONTROLS.sub("", markdown))


def converted(markdown: str) -> str:
    """Return what the library makes of a body: the definition that every short cut must equal."""
    return sanitised(markup_of(markdown))


def markup_of(markdown: str) -> str:
    """Return the HTML of a body as the library gives it, with nothing dropped: for checks alone."""
    dialect = _dialect()
    dialect.reset()
    return dialect.convert(markdown)


def sanitised(html: str) -> str:
    """Return `html` with only what the allow list admits."""
    clean = nh3.clean(
        html.replace("<h1", "<h2").replace("</h1>", "</h2>"),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
        strip_comments=True,
    )
    return _IMAGE.sub(_picture, clean)


def lead_of(html: str) -> str:
    """Return the first paragraphs of sanitised HTML: no heading, list or table sums an article up.

    >>> lead_of("<h2>أ</h2><table><tr><td>1</td></tr></table><p>ب</p>")
    '<p>ب</p>'
    """
    return "\n".join(match[0] for match in islice(_PARAGRAPH.finditer(html), LEAD_PARAGRAPHS))


def text_of(html: str) -> str:
    r"""Return the words of sanitised HTML: one line a block, cells parted by spaces.

    >>> text_of("<p>أولى &amp; ثانية</p><ul><li>بند</li></ul>")
    'أولى & ثانية\nبند'
    """
    parted = _CELL_END.sub(" ", _BLOCK_END.sub("\n", html.replace("\n", " ")))
    bare = _BARE_TAG.sub("", parted)
    if "<" in bare:  # an attribute may hold a ">": that is for a parser to tell
        bare = nh3.clean(parted, tags=set())
    text = unescape(bare)
    # Where no white space but single spaces stands, nothing is left to put right within a line.
    is_even = "  " not in text and text.replace("\n", "").isprintable()
    lines = map(str.strip if is_even else _evened, text.split("\n"))
    return "\n".join(filter(None, lines))


def _evened(line: str) -> str:
    return " ".join(line.split())


# Most news is nothing but paragraphs. A body without any character or line start that Markdown,
# HTML or Python's idea of white space could read as more takes a path that is ten times as short.
_SPECIAL = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\xa0<>&*_`\[\]\\!#|~^{}"
    r"\u1680\u2000-\u200a\u2028-\u202f\u205f\u2066-\u2069\u3000\ufeff\ufff9-\uffff]"
)
_SPECIAL_LINE = re.compile(r"\n(?:[ :=+-]|\d+[.)])")
_BLANK_LINES = re.compile(r"\n{2,}")


def _is_plain(body: str) -> bool:
    lines = f"\n{body}\n"
    return not (" \n" in lines or _SPECIAL.search(lines) or _SPECIAL_LINE.search(lines))


def _paragraphs(body: str) -> str:
    blocks = _BLANK_LINES.split(body.strip("\n"))
    return "\n".join(f"<p>{block}</p>" for block in blocks) if blocks != [""] else ""


@cache
def _dialect() -> "Markdown":
    from markdown import Markdown  # noqa: PLC0415 - slow to import

    return Markdown(
        extensions=["tables", "footnotes", "sane_lists"],
        extension_configs={"footnotes": {"BACKLINK_TITLE": "↩ {}"}},
        output_format="html",
    )


def _attribute(_element: str, attribute: str, value: str) -> str | None:
    if attribute == "id":
        return value if _FOOTNOTE_ID.fullmatch(value) else None
    if attribute == "class":
        return value if value in _FOOTNOTE_CLASSES else None
    if attribute == "dir":
        return value if value in {"rtl", "ltr", "auto"} else None
    if attribute == "href":
        return link_of(value)
    if attribute == "src":
        return picture_of(value)
    return value


def link_of(value: str) -> str | None:
    """Return where a link of a body leads, None for what is dropped; an article's file is its page.

    >>> link_of("../ab/abcdef000001.md"), link_of("//host/")
    ('/n/abcdef000001/', None)
    """
    if value.startswith(("//", "\\", "/\\")):
        return None
    if article := _ARTICLE_FILE.fullmatch(value):
        return f"/n/{article[1]}/{article[2] or ''}"
    return value


def picture_of(value: str) -> str | None:
    """Return the site path of a body's picture, None for what is no file of content/media.

    >>> picture_of("a b.png"), picture_of("https://host/a.png")
    ('/media/a%20b.png', None)
    """
    path = value.removeprefix("../").removeprefix("../").removeprefix("/").removeprefix("media/")
    parts = path.split("/")
    if ":" in path or "\\" in path or any(part in {"", ".", ".."} for part in parts):
        return None
    return "/media/" + (path if "%" in path else quote(path))


def _picture(match: re.Match[str]) -> str:
    if " src=" in match[0]:
        return match[0]
    alt = _ALT.search(match[1])
    return alt[1] if alt else ""
