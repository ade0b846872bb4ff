"""Pictures and players in a CMS body.

Pictures become figures, players the address of their media; those without an address are listed in
the receipt.
"""

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin

from warraq.base.urls import is_web_address
from warraq.model import Figure
from warraq.seeds.bodies.shortcodes import Omission
from warraq.seeds.pages.pruning import text_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

EMBED = "data-embed"  # attribute with the address of the player that the element replaces
PLAYERS = (
    "iframe",
    "video",
    "audio",
    "object",
    "embed",
    "amp-iframe",
    "amp-video",
    "amp-audio",
    "amp-youtube",
)
_PICTURES = ("img", "amp-img")
# Attributes with a picture's address, including those used for lazy loading.
_SOURCES = (
    "data-orig-file",
    "data-large-file",
    "data-src",
    "data-lazy-src",
    "data-original",
    "src",
)
_SIZE = re.compile(r"-\d+x\d+(?=\.\w+$)")
_SCALED = re.compile(r"-scaled(?=\.\w+$)")
_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:\?.*)?\Z", re.IGNORECASE)
_RELATIVE_FILE = re.compile(r"(?!//)[^:?#<>]+\.(?:jpe?g|png|gif|webp|avif)\Z", re.IGNORECASE)
_CREDIT = re.compile(
    r"\W*(?:تصوير|عدسة|المصور|مصدر الصورة|الصورة من|photo(?: by)?|credit)\s*[:/–-]\s*",
    re.IGNORECASE,
)
_NAMED_CREDIT = re.compile(r"(?:^|[\s_-])credits?(?:$|[\s_-])", re.IGNORECASE)
_POSTS = re.compile(
    r"(?:^|\s)(?:twitter-(?:tweet|video)|instagram-media|fb-post|fb-video|tiktok-embed|telegram-post)"
)
_PERMALINKS = ("data-instgrm-permalink", "data-href", "cite")
_CAPTIONED = {"wp-caption", "tr-caption-container"}  # boxes of WordPress and Blogger
_TINY = {"0", "1", "2"}


class BodyPictures(NamedTuple):
    """The pictures of a body, and media that were left out."""

    figures: tuple[Figure, ...]
    omitted: tuple[Omission, ...]


def take_out(root: "HtmlElement", base: str = "") -> BodyPictures:
    """Remove the pictures from `root`; replace players with elements that have EMBED set.

    `base` is the body's own address, used to resolve relative addresses.
    """
    figures: list[Figure] = []
    omitted: list[Omission] = []
    for image in list(root.iter(*_PICTURES)):
        _take_picture(image, root, base, figures, omitted)
    for player in list(root.iter(*PLAYERS)):
        if player.getparent() is None or player.xpath("ancestor::video|ancestor::object"):
            continue
        address = completed(player_address(player), base)
        if address:
            _replace(player, address)
        else:
            words = text_of(player)
            omitted.append(("embedded", player_address(player) or f"<{player.tag}>"))
            omitted += [("embedded", words)] if words else []
            _drop(player)
    return BodyPictures(tuple(figures), tuple(omitted))


def name_posts(root: "HtmlElement") -> None:
    """Add an EMBED element with the address to social media posts that a script would show."""
    for post in list(root.iter("blockquote", "div", "script")):
        _address_post(post)


def _take_picture(
    image: "HtmlElement",
    root: "HtmlElement",
    base: str,
    figures: list[Figure],
    omitted: list[Omission],
) -> None:
    alt = " ".join((image.get("alt") or "").split())
    if "emoji" in (image.get("class") or "") or "s.w.org/images/core/emoji" in image.get("src", ""):
        image.tail = f"{alt}{image.tail or ''}"
        _drop(image)
        return
    box = box_of(image, root)
    credit, caption = caption_of(box) if box is not None else ("", "")
    source = source_of(image)
    link = next(image.iterancestors("a"), None)
    target = completed(link.get("href") or "", base) if link is not None else ""
    whole = completed(source, base)
    if target and _FILE.search(target) and (not whole or same_picture(whole, target)):
        whole, target = target, ""
    if not whole and not base and _RELATIVE_FILE.match(source):
        whole = source.removeprefix("./").lstrip("/")  # may be a file next to the text
    tiny = {image.get("width"), image.get("height")} & _TINY
    if whole and not tiny:
        figures.append(Figure(whole, alt or caption, caption, credit))
        if target and link is not None and not text_of(link):
            omitted.append(("link", target))
    elif source.startswith("data:image/") and len(source) > 500 and not tiny:
        figures.append(Figure(source, alt or caption, caption, credit))
    else:
        named = "" if source.startswith("data:") and "…" not in source else source
        omitted += [("embedded", words) for words in (named, alt, caption, credit) if words]
    _drop(image if box is None or len(list(box.iter(*_PICTURES))) > 1 else box)


def box_of(image: "HtmlElement", root: "HtmlElement") -> "HtmlElement | None":
    """Return the figure element around a picture and its caption."""
    for above in image.iterancestors("figure", "div", "dl", "table"):
        names = {*(above.get("class") or "").split()}
        if above is not root and (above.tag == "figure" or names & _CAPTIONED):
            return above
    return None


def caption_of(box: "HtmlElement") -> tuple[str, str]:
    """Return (credit, caption) from the text in a picture's box."""
    credit = ""
    for element in list(box.iter("span", "cite", "small", "p", "div")):
        if element is not box and _NAMED_CREDIT.search(element.get("class") or ""):
            credit = credit or text_of(element)
            _drop(element)
    caption = text_of(box)
    if (
        not credit
        and (found := _CREDIT.search(caption))
        and len(caption[found.end() :].split()) <= 6
    ):
        credit = caption[found.end() :].strip(" .()[]|")
        caption = caption[: found.start()].strip(" -–|(")
    return _CREDIT.sub("", credit).strip(), caption


def source_of(image: "HtmlElement") -> str:
    """Return the source of a picture, from `src`, lazy-loading attributes or `srcset`."""
    sources = [(image.get(name) or "").strip() for name in _SOURCES]
    sets = image.get("srcset") or image.get("data-srcset") or ""
    sources.append(sets.split(",")[-1].strip().split(" ")[0])
    real = (source for source in sources if source and not source.startswith("data:"))
    return next(real, next(filter(None, sources), ""))


def _address_post(post: "HtmlElement") -> None:
    if post.tag == "script":
        if number := post.get("data-telegram-post"):
            _replace(post, f"https://t.me/{number}")
        return
    address = post_address(post)
    if not address:
        return
    for link in list(post.iter("a")):
        if link.get("href") == address:
            link.drop_tag()
    line = post.makeelement("p", {EMBED: address})
    line.tail, post.tail = post.tail, None
    post.addnext(line)


def post_address(post: "HtmlElement") -> str:
    """Return the address of an embedded social media post, "" for any other element."""
    if not _POSTS.search(post.get("class") or ""):
        return ""
    links = [a.get("href") or "" for a in post.iter("a")]
    addresses = [*(post.get(name) or "" for name in _PERMALINKS), *reversed(links)]
    return next(filter(None, (completed(each, "") for each in addresses)), "")


def completed(address: str, base: str) -> str:
    """Return the absolute web address of `address`, relative to `base`; "" if there is none.

    >>> completed("/a b.jpg", "https://old.example/2019/x/"), completed("//host/a", "")
    ('https://old.example/a%20b.jpg', 'https://host/a')
    >>> completed("#top", "https://old.example/"), completed("/a", "")
    ('', '')
    """
    address = "".join(address.split("\n")).strip().replace(" ", "%20")
    if not address or address.startswith("#"):
        return ""
    if address.startswith("//"):
        address = f"https:{address}"
    try:
        whole = urljoin(base, address) if base else address
    except ValueError:
        return ""
    return whole if is_web_address(whole) else ""


def same_picture(one: str, other: str) -> bool:
    """Whether two addresses are of the same picture, in any size."""
    return whole_picture(one) == whole_picture(other)


def whole_picture(address: str) -> str:
    """Return the address of a picture without scheme, query and size suffix."""
    return _SCALED.sub("", _SIZE.sub("", address.partition("?")[0].partition("://")[2] or address))


def _replace(element: "HtmlElement", address: str) -> None:
    line = element.makeelement("p", {EMBED: address})
    line.tail = element.tail
    above = element.getparent()
    if above is not None:
        above.replace(element, line)


def _drop(element: "HtmlElement") -> None:
    if element.getparent() is not None:
        element.drop_tree()


def player_address(player: "HtmlElement") -> str:
    """Return the address of a player's media, "" if it has none."""
    if number := player.get("data-videoid"):
        return f"https://www.youtube.com/watch?v={number}"
    inner = player.xpath(".//source/@src|.//embed/@src|.//param[@name='movie']/@value|.//a/@href")
    names = ("src", "data-src", "data-lazy-src", "data")
    own = next(
        (value for name in names if (value := player.get(name)) and value != "about:blank"), ""
    )
    return str(own or (inner or [""])[0]).strip()
