"""Embedded players (films, sound, posts) replaced by links to what they would show. Pure.

The archive's pages load nothing from other hosts and run no foreign script; so a player cannot
stay, but what it would have shown can still be found.
"""

import re
from html import escape, unescape
from typing import NamedTuple, get_args

from warraq.base.urls import is_web_address
from warraq.model import EmbedKind

# The kind of what an element shows, for a word before the link.
_KINDS: dict[str, EmbedKind] = {
    "video": "video",
    "audio": "audio",
    "iframe": "frame",
    "object": "frame",
    "embed": "frame",
}
EMBED_KINDS = get_args(EmbedKind)
_FILMS = re.compile(r"//(?:[\w-]+\.)*(?:youtube|youtube-nocookie|youtu|vimeo|dailymotion)\.\w+/")
_SOUNDS = re.compile(r"//(?:[\w-]+\.)*(?:soundcloud|spotify)\.\w+/")
_POSTS = re.compile(
    r"//(?:[\w-]+\.)*(?:twitter|x|facebook|instagram|t|telegram|tiktok)\.(?:com|me)/"
)

_PLAYER = re.compile(
    r"<((?:amp-)?(?:iframe|video|audio)|object|embed|script|[a-z]+-youtube)\b([^>]*)>(?:(.*?)</\1\s*>)?",
    re.DOTALL | re.IGNORECASE,
)
_SOURCE = re.compile(
    r"""\s(?:src|data|data-src)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE
)
_MOVIE = re.compile(r"""name=["']?movie["']?\s+value=(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_FILM = re.compile(r"""\s(?:data-)?videoid=["']?([\w-]+)""", re.IGNORECASE)
_TELEGRAM = re.compile(r"""\sdata-telegram-post\s*=\s*["']?([\w/]+)""", re.IGNORECASE)
# Posts whose address is only in an attribute, for a script to find.
_POST = re.compile(
    r"""(<(?:div|blockquote)\b[^>]*\s(?:data-href|data-instgrm-permalink|cite)\s*=\s*["'](https?://[^"']*)["'][^>]*>)""",
    re.IGNORECASE,
)
_SIGNS = (
    "<iframe",
    "<video",
    "<audio",
    "<object",
    "<embed",
    "<script",
    "<amp-",
    "-youtube",
    "data-href",
    "data-instgrm",
    "cite=",
    '<p><a href="http',
)
# An address alone in its paragraph, as import writes that of a player, and the files it may name.
_BARE = re.compile(r'<p><a href="(https?://[^"]*)">\1</a></p>')
_FILM_FILE = re.compile(r"\.(?:mp4|m4v|webm|mov|ogv)(?:[?#]|\Z)", re.IGNORECASE)
_SOUND_FILE = re.compile(r"\.(?:mp3|m4a|ogg|oga|wav|opus|flac)(?:[?#]|\Z)", re.IGNORECASE)
_ALONE = re.compile(r"^(<a class=\"embed-\w+\" [^\n]*</a>)$", re.MULTILINE)


class Embed(NamedTuple):
    """A player that is not published. `address` is "" if no link replaces it."""

    shown: str
    address: str
    tag: str


def embeds_linked(html: str) -> tuple[str, tuple[Embed, ...]]:
    """Return `html` with links to what its players would show, and those players in order."""
    lowered = html.lower()
    if not any(sign in lowered for sign in _SIGNS):
        return html, ()
    found: list[Embed] = []

    def linked(match: re.Match[str]) -> str:
        tag, attributes, inner = match[1].lower(), match[2], match[3] or ""
        address = _address(tag, attributes, inner)
        shown = address or f"<{tag}>"
        embed = Embed(shown, shown if is_web_address(address) else "", f"<{tag}")
        if embed not in found:
            found.append(embed)
        return _link(embed.address, _kind(tag, address)) if embed.address else ""

    html = _PLAYER.sub(linked, html)
    html = _POST.sub(lambda match: match[1] + _post(match[2], html), html)
    html = _BARE.sub(_bare_address, html)
    return _ALONE.sub(r"<p>\1</p>", html), tuple(found)


# Addresses recognised by themselves, in order of precedence.
_KNOWN: tuple[tuple[re.Pattern[str], EmbedKind], ...] = (
    (_FILM_FILE, "video"),
    (_SOUND_FILE, "audio"),
    (_FILMS, "video"),
    (_SOUNDS, "audio"),
    (_POSTS, "post"),
)


def _bare_address(match: re.Match[str]) -> str:
    """Return the link to a film, sound or post whose address is a paragraph of its own."""
    address = unescape(match[1])
    links = (_link(address, kind) for known, kind in _KNOWN if known.search(address))
    return f"<p>{link}</p>" if (link := next(links, "")) else match[0]


def _address(tag: str, attributes: str, inner: str) -> str:
    """Return the address of what an element shows; a script that only styles posts has none."""
    if tag == "script":
        post = _TELEGRAM.search(attributes)
        return f"https://t.me/{post[1]}" if post else ""
    if tag.endswith("-youtube") and (film := _FILM.search(attributes)):
        return f"https://www.youtube.com/watch?v={film[1]}"
    source = _SOURCE.search(f" {attributes}") or _SOURCE.search(inner) or _MOVIE.search(inner)
    address = unescape(next(filter(None, source.groups()), "")).strip() if source else ""
    return f"https:{address}" if address.startswith("//") else address


def _kind(tag: str, address: str) -> EmbedKind:
    if tag == "script" or _POSTS.search(address):
        return "post"
    if _FILMS.search(address):
        return "video"
    return "audio" if _SOUNDS.search(address) else _KINDS.get(tag.removeprefix("amp-"), "video")


def _post(address: str, html: str) -> str:
    link = _link(unescape(address), "post")
    return "" if f'<a href="{address}"' in html else f"<p>{link}</p>"


def _link(address: str, kind: EmbedKind) -> str:
    shown = address.partition("://")[2].partition("?")[0].rstrip("/")
    return (
        f'<a class="embed-{kind}" href="{escape(address)}"><bdi dir="ltr">{escape(shown)}</bdi></a>'
    )
