"""What a CMS keeps within a body beside its words: pictures, players, shortcodes.

Pictures become figures, players the address of what they play, alone on a line; what has no
address is told, for the receipt.
"""

import re
from typing import TYPE_CHECKING

from warraq.base.urls import is_web_address
from warraq.model import Figure
from warraq.seeds.pruning import text_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_PLAYERS = ("iframe", "video", "audio", "object", "embed")
_CAPTION = re.compile(r"\[caption\b([^\]]*)\](.*?)\[/caption\]", re.DOTALL)
_CAPTIONED = re.compile(r"""\bcaption=(?:"([^"]*)"|'([^']*)')""")
_PLAYED = re.compile(
    r"\[(youtube|embed|embedyt|video|audio|vimeo|dailymotion|soundcloud|tweet|twitter|instagram|"
    r"facebook|playlist)\b([^\]]*)\](?:([^\[\]]*)\[/\1\])?"
)
_OTHER = re.compile(
    r"\[/?(?:(?:caption|gallery|embed|audio|video|playlist)(?=[\s\]=])|vc_|et_pb_)[^\]]*\]"
)
_LAYOUT = re.compile(r"\[/?(?:vc_|et_pb_|caption)|\[/")
_ADDRESS = re.compile(r"https?://[^\s\"'<>\[\]]+")
_SIZE = re.compile(r"-\d+x\d+(?=\.\w+$)")


def unfolded(body: str) -> tuple[str, list[str]]:
    """Return a body with its shortcodes as HTML, and those that showed what no address tells.

    >>> unfolded('[youtube https://y.example/1] [caption id="a"]<img src="b.png"> جسر[/caption]')[0]
    '<iframe src="https://y.example/1"></iframe> <figure><img src="b.png"> جسر</figure>'
    >>> unfolded('[gallery ids="1,2"]نص[1]')
    (' نص[1]', ['[gallery ids="1,2"]'])
    """
    if "[" not in body:
        return body, []

    def captioned(match: re.Match[str]) -> str:
        said = _CAPTIONED.search(match[1])
        words = next(filter(None, said.groups()), "") if said else ""
        return f"<figure>{match[2]} {words}</figure>" if words else f"<figure>{match[2]}</figure>"

    def played(match: re.Match[str]) -> str:
        found = _ADDRESS.search(f"{match[2]} {match[3] or ''}")
        return f'<iframe src="{found[0]}"></iframe>' if found else match[0]

    body = _PLAYED.sub(played, _CAPTION.sub(captioned, body))
    told = [code for code in _OTHER.findall(body) if not _LAYOUT.match(code)]
    return _OTHER.sub(" ", body), told


def take_out(root: "HtmlElement") -> tuple[list[Figure], list[str]]:
    """Take the pictures out of `root` and leave the addresses of its players.

    Returns the pictures with an address on the web, and what the others were.
    """
    figures: list[Figure] = []
    told: list[str] = []
    for image in list(root.iter("img")):
        box = next((e for e in image.iterancestors("figure") if e is not root), None)
        caption = text_of(box) if box is not None else ""
        source = (image.get("data-src") or image.get("src") or "").strip()
        alt = " ".join((image.get("alt") or "").split())
        if is_web_address(source) and image.get("width") != "1":
            figures.append(Figure(source, alt or caption, caption))
        elif source and not source.startswith("data:"):
            told += filter(None, (source, alt, caption))
        _drop(image if box is None or len(list(box.iter("img"))) > 1 else box)
    for player in list(root.iter(*_PLAYERS)):
        address = _address(player)
        if player.getparent() is None or player.xpath("ancestor::video|ancestor::object"):
            continue
        if is_web_address(address):
            line = player.makeelement("p")
            line.text, line.tail = f"<{address}>", player.tail
            player.getparent().replace(player, line)
        else:
            told.append(address or f"<{player.tag}>")
    return figures, told


def same_picture(one: str, other: str) -> bool:
    """Tell whether two addresses are of one picture, in whatever size."""
    return _SIZE.sub("", one) == _SIZE.sub("", other)


def _drop(element: "HtmlElement") -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _address(player: "HtmlElement") -> str:
    inner = player.xpath(".//source/@src|.//embed/@src|.//param[@name='movie']/@value")
    own = player.get("src") or player.get("data-src") or player.get("data") or ""
    address = str(own or (inner or [""])[0]).strip()
    return f"https:{address}" if address.startswith("//") else address
