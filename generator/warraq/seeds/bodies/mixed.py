"""Text or Markdown that contains HTML → the same without tags, as Markdown.

A complete page is read as a saved page. Blocks of HTML are read like CMS bodies (`cms_body.py`);
inline tags in Markdown become Markdown syntax.
"""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from warraq.base.urls import is_web_address
from warraq.model import Fact, Figure
from warraq.seeds.bodies.cms_body import body_of
from warraq.seeds.bodies.embedded import completed
from warraq.seeds.bodies.shortcodes import unfolded
from warraq.seeds.pages.inline import in_markdown

_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html)\b", re.IGNORECASE)
_HIDDEN = re.compile(r"<!--.*?-->", re.DOTALL)
_NAMES = (
    r"p|div|h[1-6]|[uo]l|li|table|t[rdh]|thead|tbody|blockquote|figure|figcaption|section|article|"
    r"header|footer|pre|iframe|video|audio|center|img|hr|br|script|style|details|summary|dl|d[dt]"
)
_BLOCK = re.compile(rf"[ ]{{0,3}}</?(?:{_NAMES})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_CLOSED = re.compile(rf"</(?:{_NAMES})\s*>|<(?:br|img|hr)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_FENCE = re.compile(r"[ ]{0,3}(```|~~~)")
_INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|big|br|cite|del|em|font|i|ins|mark|q|s|small|span|strong|sub|sup|"
    r"time|u|iframe|video|audio|embed)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_PLAYER = re.compile(
    r"""(?<![ \t])[ \t]*+<(?:iframe|video|audio|embed)\s[^<>]*?src=["'](https?://[^"'<>\s]+)["'][^<>]*>""",
    re.IGNORECASE,
)
_PICTURE = re.compile(r"<img\s[^<>]*>", re.IGNORECASE)
_LINK = re.compile(
    r"""<a\s[^<>]*?href=(?:"([^"<>]*)"|'([^'<>]*)')[^<>]*>(.{0,2000}?)</a>""",
    re.IGNORECASE | re.DOTALL,
)
_MAIL = re.compile(r"mailto:\S+", re.IGNORECASE)
_STRONG = re.compile(r"<(strong|b)(?:\s[^<>]*)?>\s*+(.{0,2000}?)</\1>", re.IGNORECASE | re.DOTALL)
_STRESSED = re.compile(r"<(em|i)(?:\s[^<>]*)?>\s*+(.{0,2000}?)</\1>", re.IGNORECASE | re.DOTALL)
_BREAK = re.compile(r"<br(?:\s[^<>]*)?/?>[ \t]*\n?", re.IGNORECASE)
# A picture in Markdown: its description, its address, its title.
_SHOWN = re.compile(
    r"""!\[([^\[\]]*)\]\(\s*<?([^()<>\s"']*(?:\([^()\s]*\)[^()<>\s"']*)*)>?(?:\s+["'“]([^"“”\n]*)["'”])?\s*\)"""
)
_ATTRIBUTE = re.compile(r"""\b(src|alt|title)=(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_FILE = re.compile(r"[^:?#]+\.(?:jpe?g|png|gif|webp|avif)\Z", re.IGNORECASE)
_EMBEDDED = re.compile(r"!\[\[([^\[\]\n]{1,300})\]\]")
_WIKI = re.compile(r"\[\[(?:[^\[\]|\n]{1,200}\|)?([^\[\]|\n]{1,200})\]\]")
_CALLOUT = re.compile(r"(?m)^((?:>[ ]?)+)\[!\w+\][+-]?[ ]*(.*)$")  # `> [!note] words`, of Obsidian
# MDX adds imports and component elements to Markdown.
_MODULE = re.compile(r"(?m)^(?:import\s.{1,300}\sfrom\s+|import\s+)[\"'][^\"'\n]+[\"'];?[ ]*$")
_ELEMENT = re.compile(r"<(?!(?:Img|Br|Hr|Input)\b)([A-Z][a-z]\w*)\s([^<>]*)/>")
# A line that is only a link: intake keeps its words.
_ALONE = re.compile(r"(?m)^[ ]{0,3}\[[^\[\]\n]+\]\(([^()\s#][^()\s]*)\)[ ]*$")
_PLACED = re.compile(r"(?<=\()\{(?:static|attach|filename)\}/?")  # Pelican's prefixes of file links
_KRAMDOWN = re.compile(r"\{:\s*[.#\w][^{}\n]*\}")  # kramdown's block attributes
_LED = re.compile(r"\[\s*\]\(([^()\s]+)\)")  # the remains of a linked picture
_UNLED = re.compile(r"(?<!!)\[([^\[\]\n]*)\]\(\s*\)")
_COMMENT = re.compile(r"%%(.{1,2000}?)%%", re.DOTALL)


class Plain(NamedTuple):
    """A text without tags. `forms` has the Markdown of each line, () if the text is Markdown."""

    text: str
    facts: tuple[Fact, ...] = ()
    figures: tuple[Figure, ...] = ()
    forms: tuple[str, ...] = ()


def is_page(text: str) -> bool:
    """Whether `text` is a complete HTML page.

    >>> is_page("<!DOCTYPE html><html>"), is_page("<p>نص</p>")
    (True, False)
    """
    return _PAGE.match(_HIDDEN.sub("", text[:4096])) is not None


def of_text(text: str) -> Plain:
    """Return a text with its HTML paragraphs converted, unchanged if it has none."""
    blocks = [line for line in text.split("\n") if _BLOCK.match(line)]
    if not blocks or not _CLOSED.search(text):
        return Plain(text)
    found = body_of(text)
    return Plain(
        "\n".join(block.text for block in found.blocks),
        tuple(Fact("dropped", what, why) for why, what in found.omitted),
        found.figures,
        tuple(block.markdown for block in found.blocks),
    )


def of_markdown(text: str) -> Plain:
    r"""Return Markdown without HTML, shortcodes and wiki links.

    >>> of_markdown("نص <b>قوي</b>\n\n<p>فقرة</p>\n\n[[هامش|نص]]").text
    'نص **قوي**\n\nفقرة\n\nنص'
    """
    facts: list[Fact] = []
    figures: list[Figure] = []
    if any(sign in text for sign in ("{{", "{%", "<!--")):
        bare = unfolded(text)
        text = _UNLED.sub(r"\1", bare.html)
        facts += (Fact("dropped", what, why) for why, what in bare.omitted)
    if "[!" in text:
        text = _CALLOUT.sub(lambda m: f"{m[1]}**{m[2]}**" if m[2].strip() else m[1].rstrip(), text)
    if _MODULE.search(text) or _ELEMENT.search(text):
        facts += (Fact("dropped", match[0], "script") for match in _MODULE.finditer(text))
        text = _ELEMENT.sub(lambda m: _element(m, facts), _MODULE.sub("", text))
    text = _PLACED.sub("", text)
    if "{:" in text:
        text = _KRAMDOWN.sub("", text)
    if "<" in text:
        out = []
        for is_html, chunk in _chunks(text):
            if not is_html:
                out.append(_inline(chunk, facts))
                continue
            found = body_of(chunk)
            facts += (Fact("dropped", what, why) for why, what in found.omitted)
            figures += found.figures
            lines = "\n\n".join(block.markdown for block in found.blocks)
            out.append(lines + "\n" * (chunk.count("\n") - lines.count("\n")))
        text = "\n\n".join(out)
    if "!" in text or "<img" in text:
        text = _without_pictures(text, figures, facts)
    facts += (Fact("dropped", match[0], "comment") for match in _COMMENT.finditer(text))
    text = _WIKI.sub(r"\1", _COMMENT.sub("", text))
    facts += (Fact("dropped", found[1], "link") for found in _ALONE.finditer(text))
    return Plain(text, tuple(facts), tuple(figures))


def _element(found: re.Match[str], facts: list[Fact]) -> str:
    """Return the HTML of an MDX component, from its attributes: a picture or a player."""
    if code := unfolded(f"{{{{< {found[1]} {found[2]} >}}}}"):
        facts += (Fact("dropped", found[0], "embedded") for _ in code.omitted)
    return code.html


def _without_pictures(text: str, figures: list[Figure], facts: list[Fact]) -> str:
    """Return Markdown without its pictures, which are added to `figures`; skip code blocks.

    >>> figures = []
    >>> _without_pictures('قبل ![الجسر](u/a.jpg "صباحا") بعد', figures, []), figures[0].caption
    ('قبل  بعد', 'صباحا')
    """

    def taken(src: str, alt: str, caption: str, whole: str) -> str:
        src, caption = src.strip(), " ".join(caption.split())
        if src.startswith("//"):
            src = f"https:{src}"
        here = "" if is_web_address(src) else src.removeprefix("./").lstrip("/")
        if is_web_address(src) or src.startswith("data:image/") or _FILE.match(here):
            figures.append(Figure(here or src, " ".join(alt.split()) or caption, caption))
        else:
            facts.append(Fact("dropped", whole, "embedded"))
        return ""

    def named(found: re.Match[str]) -> str:
        name, _, words = found[1].partition("|")
        return taken(name, "" if re.fullmatch(r"[\dx]*", words) else words, "", found[0])

    def tagged(found: re.Match[str]) -> str:
        attributes = {key.lower(): a or b for key, a, b in _ATTRIBUTE.findall(found[0])}
        return taken(
            attributes.get("src", ""),
            attributes.get("alt", ""),
            attributes.get("title", ""),
            found[0],
        )

    out, fence = [], ""
    for line in text.split("\n"):
        if mark := _FENCE.match(line):
            fence = "" if fence == mark[1] else fence or mark[1]
        elif not fence and ("!" in line or "<img" in line):
            line = _SHOWN.sub(lambda m: taken(m[2], m[1], m[3] or "", m[0]), line)  # noqa: PLW2901
            line = _PICTURE.sub(tagged, _EMBEDDED.sub(named, line))  # noqa: PLW2901
            facts += (Fact("dropped", link[1], "link") for link in _LED.finditer(line))
            line = _LED.sub("", line)  # noqa: PLW2901
        out.append(line)
    return "\n".join(out)


def _chunks(text: str) -> Iterator[tuple[bool, str]]:
    """Yield (whether it is HTML, text) for runs of paragraphs; code blocks are not HTML."""
    kinds: list[tuple[bool, str]] = []
    fence = ""
    for chunk in text.split("\n\n"):
        kinds.append((not fence and _BLOCK.match(chunk.lstrip("\n")) is not None, chunk))
        for line in chunk.split("\n"):
            if found := _FENCE.match(line):
                fence = "" if fence == found[1] else fence or found[1]
    for is_html, run in groupby(kinds, key=lambda kind: kind[0]):
        yield is_html, "\n\n".join(chunk for _, chunk in run)


def _inline(chunk: str, facts: list[Fact]) -> str:
    if "<" not in chunk or _FENCE.search(chunk):
        return chunk
    chunk = _LINK.sub(lambda found: _linked(found, facts), chunk)
    chunk = _STRESSED.sub(
        lambda m: f"*{m[2].rstrip()}*", _STRONG.sub(lambda m: f"**{m[2].rstrip()}**", chunk)
    )
    chunk = _PLAYER.sub(r"\n\n<\1>\n\n", _BREAK.sub("\n", chunk)).strip("\n")
    return _INLINE.sub("", chunk)


def _linked(found: re.Match[str], facts: list[Fact]) -> str:
    address, words = (found[1] or found[2] or "").strip(), found[3]
    kept = address if _MAIL.fullmatch(address) else completed(address, "")
    if kept and words.strip():
        return f"[{words}]({in_markdown(kept)})"
    if address and not address.startswith("#"):
        facts.append(Fact("dropped", address, "link"))
    return words
