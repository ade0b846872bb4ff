"""What of a saved page's article does not come into the text: told, for the receipt."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from warraq.model import Fact, Figure
from warraq.seeds.bodies.embedded import completed, source_of, whole_picture
from warraq.seeds.pages.inline import NOWHERE, address_of
from warraq.seeds.pages.page_pictures import PagePictures
from warraq.seeds.pages.pruning import Gone, text_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# What has no words for a reader.
_UNSEEN = {
    "script", "style", "template", "noscript", "svg", "canvas", "map", "head", "iframe", "video",
    "audio", "object", "embed", "input", "textarea",
}  # fmt: skip
_TINY = {"0", "1", "2"}


def inside(article: "HtmlElement", gone: Gone) -> "dict[HtmlElement, None]":
    """Return all elements of `article`, those that went from it last.

    An article that is the whole page has the page's own furniture in it, of which nobody asks.
    """
    found = dict.fromkeys(article.iter())
    if article.tag not in {"body", "html"}:
        for holder, element in reversed(gone):
            if holder in found:
                found |= dict.fromkeys(element.iter())
    return found


def unread(own: Iterable[str], lines: Iterable[str]) -> Iterator[str]:
    """Yield the texts of `own` whose words are in no other reading of the page."""
    words = f" {_words(' '.join(lines))} "
    for text in own:
        if (known_texts := _words(text)) and f" {known_texts} " not in words:
            yield text


class ArticleContents:
    """What of an article is kept, or told already."""

    def __init__(self, known_texts: Iterable[str], figures: Iterable[Figure]) -> None:
        """`told` are texts and addresses; of `figures` the words and every size count."""
        self._told = set(known_texts)
        self._pictures = set[str]()
        for figure in figures:
            self._told |= {figure.caption, f"{figure.caption} {figure.credit}".strip()}
            self._pictures.add(whole_picture(figure.src))

    def __contains__(self, what: str) -> bool:
        return what in self._told or whole_picture(what) in self._pictures


def others(
    inside: "dict[HtmlElement, None]",
    gone: Gone,
    shown: PagePictures,
    base: str,
    known: ArticleContents,
) -> Iterator[Fact]:
    """Yield the words, links and pictures of an article that are not among what is `known`."""
    every = [("box", words) for words in _boxes(inside, gone)]
    every += (("link", address) for address in _links(inside, base))
    every += (("embedded", source) for source in _pictures(inside, shown, base))
    for why, what in dict.fromkeys(every):
        if what and what not in known:
            yield Fact("dropped", what, why)


def _boxes(inside: "dict[HtmlElement, None]", gone: Gone) -> Iterator[str]:
    return (text_of(e) for _, e in gone if e in inside and e.tag not in _UNSEEN)


def _links(inside: "dict[HtmlElement, None]", base: str) -> Iterator[str]:
    for link in inside:
        if link.tag == "a":
            address, odd = address_of(link, base)
            yield odd if address in {"", NOWHERE} else address


def _pictures(inside: "dict[HtmlElement, None]", shown: PagePictures, base: str) -> Iterator[str]:
    for image in inside:
        if image.tag not in {"img", "amp-img"}:
            continue
        figure = shown.pictures.get(image)
        source = figure.src if figure else source_of(image)
        tiny = figure is None and {image.get("width"), image.get("height")} & _TINY
        if not (tiny or source.startswith("data:")):
            yield completed(source, base) or source


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text))
