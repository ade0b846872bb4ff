"""Generated markup in a body: shortcodes, block editors' comments, template tags.

Media and headings in it become HTML, for `cms_body.py` to read; the rest is removed and listed in
the receipt.
"""

import base64
import re
from collections import Counter
from collections.abc import Callable, Iterator
from html import escape, unescape
from typing import NamedTuple
from urllib.parse import unquote

Omission = tuple[str, str]  # (kind, words or address), as `page:kind` in the receipt

_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_BLOCK = re.compile(r"\s*+/?(wp:[\w/-]+|more|nextpage|noteaser)\b")
_HUGO = re.compile(r"\{\{([<%])\s*+(/?+)\s*+([\w/.-]++)(.*?)[>%]\}\}", re.DOTALL)
_CALL = re.compile(r"\{\{-?\s*+(\w++)\(([^{}]*)\)\s*-?\}\}", re.DOTALL)  # Zola's shortcodes
# Addresses in Jekyll and Eleventy: `{{ site.baseurl }}`, `{{ "/a" | url }}`.
_OUTPUT = re.compile(
    r"""\{\{-?\s*(?:["']([^"'{}]*)["']\s*\|[^{}]*|(?:site|page|post|layout|include)\.[\w.]++[^{}]*)\}\}"""
)
# Joomla's plug-ins, Drupal's media: `{loadposition ads}`, `{youtube}ID{/youtube}`, `[[{"fid":1}]]`.
_PLUG_IN = re.compile(
    r"\{(?P<name>youtube|vimeo|dailymotion|mp3|mp4|audio|video)\b[^{}]*\}\s*+(?P<what>[^{}<>\s]*+)\s*+\{/(?P=name)\}"
    r"|\{/?(?:loadposition|loadmodule(?:id)?|module|modal|gallery|rsform|chronoforms?|simplepopup|"
    r"jcomments|attachments|slider|sliders|tab|tabs|source|article|articles)\b[^{}\n]*\}"
    r"|\[\[\{\"(?:fid|type)\".{0,4000}?\}\]\]",
    re.DOTALL,
)
_LIQUID = re.compile(r"\{%-?\s*+(\w++)(.*?)%\}", re.DOTALL)
_CODE = re.compile(
    r"""(?<!\[)\[(?P<end>/)?(?P<name>[a-z][a-z0-9_-]{0,80}+)(?P<rest>(?:=|\s)(?:[^\[\]"]|"[^"]*")*|\s*/)?\](?![\](])""",
    re.IGNORECASE,
)
_TWICE = re.compile(r"\[(\[[a-z][^\[\]]*\])\]")
_ARGUMENT = re.compile(
    r"""([\w-]+)\s*[=:]\s*(?:["'“”″](.*?)["'“”″]|([^\s"'“”″\]]+))|["'“”″](.*?)["'“”″]|(\S+)""",
    re.DOTALL,
)
_ADDRESS = re.compile(r"(?:https?:)?//[^\s\"'<>\[\]]+")
_CAPTION = re.compile(r"\[(?:wp_)?caption\b([^\[\]]*)\](.*?)\[/(?:wp_)?caption\]", re.DOTALL)
_CREDIT = re.compile(r"\[media-credit\b([^\[\]]*)\](.*?)\[/media-credit\]", re.DOTALL)
# Page builders' layout shortcodes; their contents are separate blocks.
_BUILT = re.compile(
    r"(?:vc|et_pb|fusion|av|cs|mk|ux|td|themify|fl|nectar|kc|tatsu|mpc|porto|dt|thb|wpb|siteorigin)_"
    r"(?!.*(?:highlight|dropcap|tooltip|popover|icon|label)$)"
)
# Shortcodes that show an argument as a heading, and the names of that argument.
_HEADED = re.compile(
    r"_(?:\w+_)?(?:heading|toggle|tab|section|accordion(?:_\w+)?|blurb|spoiler|panel|cta|collapse|"
    r"call_to_action|title|testimonial|message|text_separator)$"
)
_HEADS = ("text", "title", "heading", "headline")
_SHOWING = re.compile(r"_(?:\w+_)?(?:image|imageframe|single_image|photo|picture)$")
_SHOWN_BY = ("src", "image_url", "url", "image", "custom_src")
_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:\?\S*)?\Z", re.IGNORECASE)
_FRAMED = re.compile(r"\[((?=\w{1,80}?_\w)\w++)[^\[\]]*\]\s*(https?://[^\s\[\]<]+)\s*\[/\1\]")
_RAW = re.compile(r"\[(vc_raw_(?:html|js))\b[^\[\]]*\]([A-Za-z0-9+/=\s]*)\[/\1\]")
# Addresses of media that a shortcode names by id only.
_BY_NUMBER = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "embedyt": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "dailymotion": "https://www.dailymotion.com/video/{}",
    "tweet": "https://twitter.com/i/status/{}",
    "twitter": "https://twitter.com/i/status/{}",
    "x": "https://x.com/i/status/{}",
    "instagram": "https://www.instagram.com/p/{}/",
    "tiktok": "https://www.tiktok.com/embed/{}",
    "telegram": "https://t.me/{}",
    "gist": "https://gist.github.com/{}",
}
_PLAYERS = {
    *_BY_NUMBER, "embed", "video", "audio", "soundcloud", "facebook", "fb", "googlemaps", "iframe",
    "wpvideo", "videopress", "spotify", "slideshare", "scribd", "rutube", "ted", "pdf",
    "pdf-embedder", "googlepdf", "arve",
}  # fmt: skip
_NUMBERS = ("id", "video", "v", "mp4", "mp3", "src", "url")
_KNOWN = {*_PLAYERS, "caption", "wp_caption", "gallery", "playlist"}
# Shortcodes without arguments, as opposed to a writer's remark in brackets.
_BARE = {
    *("toc", "ez-toc", "tableofcontents", "ad", "ads", "adsense", "clear", "divider", "spacer"),
    *("separator", "hr", "sitemap", "contact-form", "recent-posts", "gallery", "playlist"),
    *("related-posts", "share", "print-me", "nextpage"),
}
_FOLDED = ("<", "[", "{")


class Unfolded(NamedTuple):
    """A body as HTML without shortcodes, and what was removed."""

    html: str
    omitted: tuple[Omission, ...] = ()


def unfolded(body: str) -> Unfolded:
    """Return a body with its shortcodes replaced by HTML or removed.

    >>> unfolded('[vimeo 123] [caption id="a"]<img src="b.png"> جسر[/caption]').html
    '<iframe src="https://vimeo.com/123"></iframe> <figure><img src="b.png"> جسر</figure>'
    >>> unfolded('[su_box title="x"]نص[1][/su_box] [كذا] [sic]')
    Unfolded(html='نص[1] [كذا] [sic]', omitted=(('shortcode', '[su_box title="x"]'),))
    """
    if not any(sign in body for sign in _FOLDED):
        return Unfolded(body)
    omitted: list[Omission] = []
    if "<!--" in body:
        closed, end, rest = body.rpartition("-->")  # no search for an end after the last one
        omitted += _comments(closed + end)
        body = _COMMENT.sub("", closed + end) + rest
    if "{{" in body or "{%" in body:
        body = _templates(body, omitted)
    if "{" in body:
        body = _PLUG_IN.sub(lambda match: _plugged(match, omitted), body)
    if "[" in body:
        body = _codes(body, omitted)
    return Unfolded(body, tuple(dict.fromkeys(omitted)))


def _plugged(match: re.Match[str], omitted: list[Omission]) -> str:
    if match["what"] and (address := _played(match["name"], match["what"])):
        return f'<iframe src="{escape(address)}"></iframe>'
    omitted.append(("shortcode", " ".join(match[0].split())))
    return ""


def _comments(body: str) -> Iterator[Omission]:
    """Yield the counts of editor blocks, and the text of other comments."""
    names: Counter[str] = Counter()
    for comment in _COMMENT.findall(body):
        block = _BLOCK.match(comment)
        if block is None:
            yield "comment", comment.strip()
        elif (
            comment.rstrip().endswith("/") and "{" in comment
        ):  # a dynamic block: it has only arguments
            yield "block", f"<!--{comment}-->"
        elif not comment.strip().startswith("/"):
            names[block[1]] += 1
    if names:
        yield "block", ", ".join(f"{name} {count}" for name, count in sorted(names.items()))


def _templates(body: str, omitted: list[Omission]) -> str:
    def shown(match: re.Match[str], name: str, rest: str) -> str:
        arguments = _arguments(rest)
        if name == "figure" and arguments.get("src"):
            words = escape(arguments.get("caption") or arguments.get("title") or "")
            src, alt = escape(arguments["src"]), escape(arguments.get("alt", ""))
            image = f'<img src="{src}" alt="{alt}">'
            return f"<figure>{image}<figcaption>{words}</figcaption></figure>"
        if address := _played(name, rest):
            return f'<iframe src="{escape(address)}"></iframe>'
        omitted.append(("shortcode", " ".join(match[0].split())))
        return ""

    body = _OUTPUT.sub(lambda match: match[1] or "", body)
    body = _CALL.sub(lambda m: shown(m, m[1].lower(), m[2]), body)
    body = _closed(
        _HUGO,
        (">}}", "%}}"),
        lambda m: "" if m[2] else shown(m, m[3].lower(), m[4].rstrip().removesuffix("/")),
        body,
    )
    return _closed(_LIQUID, ("%}",), lambda m: shown(m, m[1].lower(), m[2].removesuffix("-")), body)


def _closed(
    pattern: re.Pattern[str],
    ends: tuple[str, ...],
    shown: Callable[[re.Match[str]], str],
    body: str,
) -> str:
    """Return `body` with `pattern`, which ends in one of `ends`, replaced by `shown`.

    Text after the last end is skipped: searching it for an end at each start is quadratic.
    """
    at = max(body.rfind(each) + len(each) if each in body else 0 for each in ends)
    return pattern.sub(shown, body[:at]) + body[at:]


def _codes(body: str, omitted: list[Omission]) -> str:
    def captioned(match: re.Match[str]) -> str:
        words = _arguments(match[1]).get("caption", "")
        return f"<figure>{match[2]} {words}</figure>" if words else f"<figure>{match[2]}</figure>"

    def credited(match: re.Match[str]) -> str:
        name = _arguments(match[1]).get("name", "")
        return f'{match[2]}<span class="media-credit">{name}</span>'

    body = _closed(_CREDIT, ("[/media-credit]",), credited, body)
    body = _closed(_CAPTION, ("[/caption]", "[/wp_caption]"), captioned, body)
    body = _RAW.sub(lambda match: _decoded(match, omitted), body)
    body = _FRAMED.sub(lambda m: _pictured(m[2]) if _FILE.search(m[2]) else m[0], body)
    closed = {m["name"].lower() for m in _CODE.finditer(body) if m["end"]}

    def replaced(match: re.Match[str]) -> str:
        name, rest = match["name"].lower(), match["rest"] or ""
        if not _is_code(name, rest, closed):
            return match[0]
        gap = "\n\n" if _BUILT.match(name) else ""
        if match["end"]:
            return gap
        kind = name.rpartition("_")[2]
        if kind in _PLAYERS and (address := _played(kind, rest)):
            return f'<iframe src="{escape(address)}"></iframe>'
        omitted.append(("shortcode", " ".join(unescape(match[0]).split())))
        return gap + _from_arguments(name, rest)

    body = re.sub(
        r"\[(embed|video|audio|youtube|vimeo|soundcloud|tweet|instagram)\b[^\[\]]*\]\s*([^\s\[\]<]+)\s*\[/\1\]",
        lambda m: f'<iframe src="{m[2]}"></iframe>' if _ADDRESS.match(m[2]) else m[0],
        body,
    )
    return _TWICE.sub(r"\1", _CODE.sub(replaced, body))


def _from_arguments(name: str, rest: str) -> str:
    """Return the heading or picture in the arguments of a page builder's shortcode."""
    arguments = _arguments(rest) if rest else {}
    if _HEADED.search(name):
        words = next((text for key in _HEADS if (text := arguments.get(key, ""))), "")
        return f"<h4>{escape(words)}</h4>" if words else ""
    if _SHOWING.search(name):
        sources = (arguments.get(key, "") for key in _SHOWN_BY)
        src = next((text for text in sources if _FILE.search(text)), "")
        return _pictured(src, arguments.get("alt", "")) if src else ""
    return ""


def _pictured(src: str, alt: str = "") -> str:
    return f'<figure><img src="{escape(src)}" alt="{escape(alt)}"></figure>'


def _decoded(match: re.Match[str], omitted: list[Omission]) -> str:
    """Return the HTML that WPBakery stores as base64; scripts are omitted."""
    try:
        text = unquote(base64.b64decode(match[2]).decode())
    except ValueError:
        text = ""
    if not text or match[1].endswith("js"):
        omitted.append(("script", text or match[2].strip()))
        return "\n\n"
    return f"\n\n{text}\n\n"


def _is_code(name: str, rest: str, closed: set[str]) -> bool:
    """Whether it is a shortcode (arguments, an end or a known name), not a remark in brackets."""
    if name in closed or "_" in name or rest.strip() == "/":
        return True
    return "=" in rest or name in _BARE or (name in _KNOWN and bool(rest))


def _played(name: str, rest: str) -> str:
    """Return the address of a shortcode's media, "" if it has none."""
    if found := _ADDRESS.search(unescape(rest)):
        return f"https:{found[0]}" if found[0].startswith("//") else found[0]
    template = _BY_NUMBER.get(name)
    if template is None:
        return ""
    arguments = _arguments(rest.lstrip("="))
    number = next((arguments[key] for key in _NUMBERS if key in arguments), arguments.get("", ""))
    return template.format(number) if re.fullmatch(r"[\w./-]{3,80}", number) else ""


def _arguments(text: str) -> dict[str, str]:
    """Return the arguments of a shortcode by name; the first positional one is under ""."""
    found: dict[str, str] = {}
    for match in _ARGUMENT.finditer(unescape(text)):
        key = (match[1] or "").lower()
        found.setdefault(key, next(filter(None, match.groups()[1:]), ""))
    return found
