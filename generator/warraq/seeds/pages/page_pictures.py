"""Media of a saved page: pictures of its article, players and embedded posts.

Collected before the page is pruned; kept if their container is still in the article afterwards.
"""

import copy
import re
from collections.abc import Container, Iterator
from typing import TYPE_CHECKING, NamedTuple

from warraq.model import Fact, Figure
from warraq.seeds.bodies.embedded import (
    PLAYERS,
    box_of,
    caption_of,
    completed,
    player_address,
    post_address,
    source_of,
    whole_picture,
)
from warraq.seeds.pages.pruning import text_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ORNAMENT = re.compile(
    r"(?:^|[\s/_.-])(?:logos?|icons?|avatars?|sprites?|pixel|emojis?|gravatar|placeholder|spacer|blank|"
    r"loader|loading|banners?|ads?|share|social|button|btn|flags?|author|profile)(?:$|[\s/_.\d-])",
    re.IGNORECASE,
)
_FILES = re.compile(r"(?![a-z][\w+.-]*:|/)[^?#]+\.(?:jpe?g|png|gif|webp|avif)\Z", re.IGNORECASE)
_LEAST = 120  # pixels; smaller pictures are ornaments
_LEAST_DATA = 3000  # characters of a data: picture; an icon has fewer
_MOST_CAPTION = 60  # words


class PagePictures(NamedTuple):
    """Pictures by element; players and posts as (container, address, text)."""

    pictures: "dict[HtmlElement, Figure]"
    players: "tuple[tuple[HtmlElement, str, str], ...]"

    def within(
        self, article: "HtmlElement", inside: "Container[HtmlElement]"
    ) -> tuple[tuple[Figure, ...], tuple[Fact, ...]]:
        """Return the pictures of `article`, and `dropped` facts for players removed from it."""
        figures: dict[str, Figure] = {}
        for element in article.iter("img", "amp-img"):
            figure = self.pictures.get(element)
            if figure:
                figures.setdefault(whole_picture(figure.src), figure)
        players = [
            Fact("dropped", words, "embedded")
            for holder, address, text in self.players
            if holder in inside
            for words in (address, text)
            if words
        ]
        return tuple(figures.values()), tuple(dict.fromkeys(players))


def shown_in(root: "HtmlElement", base: str) -> PagePictures:
    """Return the pictures and players of a page whose address is `base`."""
    pictures = {}
    for image in root.iter("img", "amp-img"):
        if figure := _figure(image, root, base):
            pictures[image] = figure
    return PagePictures(pictures, tuple(_players(root, base)))


def _figure(image: "HtmlElement", root: "HtmlElement", base: str) -> Figure | None:
    source = source_of(image)
    name = " ".join((image.get("class") or "", image.get("id") or "", source[-200:]))
    sizes = (image.get(side) or "" for side in ("width", "height"))
    small = any(size.isdecimal() and int(size) < _LEAST for size in sizes)
    if small or (not source.startswith("data:") and _ORNAMENT.search(name)):
        return None
    if source.startswith("data:"):
        src = source if source.startswith("data:image/") and len(source) >= _LEAST_DATA else ""
    else:  # browsers save pictures in a folder next to the page
        src = source if _FILES.match(source) else completed(source, base)
    if not src:
        return None
    box = box_of(image, root)
    few = box is not None and len(text_of(box).split()) <= _MOST_CAPTION
    credit, caption = caption_of(copy.deepcopy(box)) if few and box is not None else ("", "")
    alt = " ".join((image.get("alt") or "").split())
    return Figure(src, alt or caption, caption, credit)


def _players(root: "HtmlElement", base: str) -> "Iterator[tuple[HtmlElement, str, str]]":
    for player in root.iter(*PLAYERS):
        holder, address = player.getparent(), completed(player_address(player), base)
        if holder is not None and address:
            yield holder, address, ""
    for post in root.iter("blockquote", "div"):
        holder, address = post.getparent(), post_address(post)
        if holder is not None and address:
            yield holder, address, text_of(post)
