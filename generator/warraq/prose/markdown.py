"""Markdown → sanitised HTML → plain text, once for pages, feeds and search.

`prose/dialect.py` defines the dialect (docs/decisions/0002), nh3 decides what may leave. Addresses
inside the site stay site paths ("/media/…", "/n/…/"); render makes them relative.
"""

import re
from collections.abc import Callable
from functools import cache
from html import escape, unescape
from itertools import cycle, islice
from typing import NamedTuple
from urllib.parse import quote

import nh3

from warraq.base.controls import controls_in, without_controls
from warraq.model import Finding
from warraq.prose.conversion_cost import is_too_costly
from warraq.prose.embeds import EMBED_KINDS, Embed, embeds_linked

_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_TAGS = {
    *("p", "br", "hr", "strong", "em", "b", "i", "u", "s", "a", "ul", "ol", "li", "blockquote"),
    *(*_HEADINGS, "pre", "code", "table", "thead", "tbody", "tr", "th", "td"),
    *("img", "sup", "sub", "div", "cite", "q", "ins", "del", "mark", "abbr", "time", "bdi", "span"),
    *("figure", "figcaption", "dl", "dt", "dd", "small"),
}
_ATTRIBUTES = {
    "*": {"lang", "dir"},
    "a": {"href", "title", "class"},
    "abbr": {"title"},
    "div": {"class"},
    "img": {"src", "alt", "title"},
    "li": {"id", "value"},
    "ol": {"start", "class"},
    "sup": {"id"},
    "td": {"colspan", "rowspan", "class"},
    "th": {"colspan", "rowspan", "scope", "class"},
    "time": {"datetime"},
}
_FOOTNOTE_ID = re.compile(r"fn(ref)?\d*:[\w-]+")
_CLASSES = {
    *("footnote", "footnote-ref", "footnote-backref", "arabic-indic", "persian"),
    *(f"embed-{kind}" for kind in EMBED_KINDS),
}
_NUMBER = re.compile(r"-?[0-9]{1,9}")
_SCHEME = re.compile(r"([^/?#]*):")
_SCHEMES = {"http", "https", "mailto"}
_EMPTY = re.compile(r"<(p|h[2-6]|div|figure|blockquote)>(?:\s|&nbsp;|<br>)*</\1>\n?")
# What Python-Markdown makes of footnotes: marks in the text, arrows back to them, and the notes.
_FOOTNOTE_MARK = re.compile(
    r'<sup id="fnref[^"]*">.*?</sup>|<a class="footnote-backref"[^>]*>.*?</a>', re.DOTALL
)
_EMBED = re.compile(r'<a class="embed-[^>]*>.*?</a>', re.DOTALL)
_BARE_ADDRESS = re.compile(r'<p><a href="([^"]*)">\1</a></p>')
_FOOTNOTES = '<div class="footnote">'
_ARTICLE_FILE = re.compile(r"(?:[a-z0-9./-]*/)?([a-z0-9]{6,16})\.md(#[\w:-]+)?")
# What stands in plain text for a tag.
_BLOCKS = ("p", "li", *_HEADINGS, "blockquote", "pre", "tr", "div", "figcaption", "dt", "dd")
_BREAKS = (
    {tag: "" for name in _TAGS for tag in (name, f"/{name}")}
    | {f"/{name}": "\n" for name in _BLOCKS}
    | {"br": "\n", "hr": "\n", "/td": " ", "/th": " "}
)
_BARE_TAG = re.compile(r"<(/?[a-z][a-z0-9]*)>")
LEAD_PARAGRAPHS = 3  # more than a summary holds
_IMAGE = re.compile(r"<img\b([^>]*)>")
_ALT = re.compile(r'\balt="([^"]*)"')


class Rendered(NamedTuple):
    """A body as sanitised HTML, and what was left out or changed on the way."""

    html: str
    findings: tuple[Finding, ...] = ()


def html_of(markdown: str) -> str:
    """Return the sanitised HTML of a Markdown body.

    Headings begin at h2 (the page's title is the h1). A picture from another host becomes its
    description and a player its address, since pages load nothing from other hosts. Invisible
    controls are dropped: they could reorder the page around them.
    """
    return _paragraphs(markdown) if _is_plain(markdown) else rendered(markdown).html


def rendered(markdown: str) -> Rendered:
    """Return the sanitised HTML of a Markdown body, with findings of what was left out."""
    if _is_plain(markdown):
        return Rendered(_paragraphs(markdown))
    text = without_controls(markdown)
    html = _converted_if_cheap(text)
    if html is None:
        return Rendered(_as_written(text), (Finding("body-tangled"),))
    html, embeds = embeds_linked(html)
    clean = _clean(html)
    found = [_finding(embed, text) for embed in embeds]
    found += (Finding("hidden-controls", names) for _, names in controls_in(clean))  # «&#8238;»
    return Rendered(without_controls(clean), tuple(found))


def converted(markdown: str) -> str:
    """Return the reference conversion of a body, which every shortcut must equal."""
    return sanitised(embeds_linked(_converted(without_controls(markdown)))[0])


def markup_of(markdown: str) -> str:
    """Return the unsanitised HTML of a body, for checks only."""
    text = without_controls(markdown)
    html = _converted_if_cheap(text)
    return _as_written(text) if html is None else html


def sanitised(html: str) -> str:
    """Return `html` reduced to the allow list."""
    return without_controls(_clean(html))


def _clean(html: str) -> str:
    clean = nh3.clean(
        html.replace("<h1", "<h2").replace("</h1>", "</h2>"),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes=_SCHEMES,
        link_rel=None,
        strip_comments=True,
    )
    return _EMPTY.sub("", _IMAGE.sub(_picture, clean)).rstrip("\n")


def _converted(markdown: str) -> str:
    return _converter()(markdown)


def _converted_if_cheap(markdown: str) -> str | None:
    """Return what the library makes of a body, None if that is too costly or fails."""
    if is_too_costly(markdown):
        return None
    try:
        return _converted(markdown)
    except Exception:  # noqa: BLE001 - whatever the library raises, the text is not lost
        _converter.cache_clear()  # it keeps state of the unfinished text
        return None


def _finding(embed: Embed, text: str) -> Finding:
    code = "embed-linked" if embed.address else "embed-dropped"
    places = (text.find(shown) for shown in (embed.shown, escape(embed.shown), embed.tag))
    at = next((place for place in places if place >= 0), 0)
    return Finding(code, embed.shown, text.count("\n", 0, at) + 1)


def _as_written(text: str) -> str:
    """Return a body as paragraphs with line breaks, none of it read as Markdown."""
    blocks = (block for block in re.split(r"\n\s*\n", text) if block.strip())
    lines = (
        "<br>\n".join(escape(line.strip(), quote=False) for line in b.split("\n")) for b in blocks
    )
    return "\n".join(f"<p>{block}</p>" for block in lines)


def lead_of(html: str) -> str:
    """Return the first paragraphs of sanitised HTML, without headings, lists and tables.

    >>> lead_of("<h2>أ</h2><table><tr><td>1</td></tr></table><p>ب</p>")
    '<p>ب</p>'
    """
    blocks = html.partition(_FOOTNOTES)[0].split("</p>")[:-1]
    paragraphs = (block[at:] for block in blocks if (at := block.find("<p>")) >= 0)
    return "\n".join(f"{paragraph}</p>" for paragraph in islice(paragraphs, LEAD_PARAGRAPHS))


def text_of(html: str) -> str:
    r"""Return the words of sanitised HTML: one line a block, spaces between cells.

    Footnotes with their marks, and the addresses of players, are left out.

    >>> text_of("<p>أولى &amp; ثانية</p><ul><li>بند</li></ul>")
    'أولى & ثانية\nبند'
    """
    if '"' in html:
        html = _BARE_ADDRESS.sub("", html)
        html = _EMBED.sub("", html)
        if "fnref" in html:
            html = _FOOTNOTE_MARK.sub("", html.partition(_FOOTNOTES)[0])
    text = unescape(_untagged(html.replace("\n", " ")))
    # Where all white space is single spaces, lines need no collapsing.
    is_even = "  " not in text and text.replace("\n", "").isprintable()
    lines = map(str.strip if is_even else _collapsed, text.split("\n"))
    return "\n".join(filter(None, lines))


def _untagged(html: str) -> str:
    """Return HTML of one line with white space, or nothing, in place of its tags."""
    lines = html.replace("<p>", "").replace("</p>", "\n")
    if "<" not in lines:  # paragraphs alone, as most news
        return lines
    first, *rest = html.split("<")
    pieces = [first]
    for part in rest:
        tag, _, words = part.partition(">")
        if (space := _BREAKS.get(tag)) is None:  # an attribute may contain ">"
            separated = _BARE_TAG.sub(lambda bare: _BREAKS.get(bare[1], bare[0]), html)
            return nh3.clean(separated, tags=set())
        pieces += space, words
    return "".join(pieces)


def _collapsed(line: str) -> str:
    return " ".join(line.split())


# Most news is nothing but paragraphs with a bold word here and there. A body without any other
# character or line start that Markdown, HTML or Python's idea of white space could read as more
# takes a path that is eighty times as short.
_SPECIAL = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\xa0<>&*_`\[\]\\"
    r"\u1680\u2000-\u200a\u2028-\u202f\u205f\u2066-\u2069\u3000\ufeff\ufff9-\uffff]"
)
_SPECIAL_LINE = re.compile(r"\n(?:[ :=+#~|-]|\d+[.)])")
_BARE_AMPERSAND = re.compile(r"&(?![#\w])")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_STRONG = re.compile(r"(?<!\*)\*\*([^\s*](?:[^*\n]*[^\s*])?)\*\*(?!\*)")
_MARK = re.compile(rf"{_ESCAPED.pattern}|(&)|\*\*")


def _is_plain(body: str) -> bool:
    lines = f"\n{body}\n"
    if "\\" in lines:  # import escapes marks: then they are ordinary characters
        lines = _ESCAPED.sub("x", lines)
    if "&" in lines:
        lines = _BARE_AMPERSAND.sub("x", lines)
    if "**" in lines:
        lines = _STRONG.sub(r"x\1x", lines)
    is_more = (
        " \n" in lines or "&#" in body or _SPECIAL.search(lines) or _SPECIAL_LINE.search(lines)
    )
    return not is_more


def _paragraphs(body: str) -> str:
    if "\\" in body or "&" in body or "**" in body:
        strong = cycle(("<strong>", "</strong>"))  # they stand in pairs, within a line
        body = _MARK.sub(
            lambda m: escape(char, quote=False) if (char := m[1] or m[2]) else next(strong), body
        )
    blocks = filter(None, (block.strip("\n") for block in body.split("\n\n")))
    return "\n".join(f"<p>{block}</p>" for block in blocks)


@cache
def _converter() -> Callable[[str], str]:
    from warraq.prose.dialect import converter  # noqa: PLC0415 - slow to import

    return converter()


_VALUES: dict[str, Callable[[str], object]] = {
    "id": _FOOTNOTE_ID.fullmatch,
    "class": _CLASSES.__contains__,
    "dir": {"rtl", "ltr", "auto"}.__contains__,
    "start": _NUMBER.fullmatch,
    "value": _NUMBER.fullmatch,
}


def _attribute(_element: str, attribute: str, value: str) -> str | None:
    if attribute == "href":
        return link_of(value)
    if attribute == "src":
        return picture_of(value)
    is_fit = _VALUES.get(attribute)
    return value if is_fit is None or is_fit(value) else None


def link_of(value: str) -> str | None:
    """Return the target of a body's link, None if it is dropped; an article's file is its page.

    >>> link_of("../ab/abcdef000001.md"), link_of("//host/"), link_of("java  script:x")
    ('/n/abcdef000001/', None, None)
    """
    if value.startswith(("//", "\\", "/\\")):
        return None
    # Browsers ignore what disguises a scheme: «java   script:», «JAVASCRIPT&colon;».
    scheme = _SCHEME.match(value)
    if scheme and scheme[1].lower() not in _SCHEMES:
        return None
    if article := _ARTICLE_FILE.fullmatch(value):
        return f"/n/{article[1]}/{article[2] or ''}"
    return value


def picture_of(value: str) -> str | None:
    """Return the site path of a body's picture, None if it is no file of content/media.

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
