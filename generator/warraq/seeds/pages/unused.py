"""The parts of a saved page's article that are left out of the text, for the receipt."""

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

# Elements without visible text.
_UNSEEN = {
    "script", "style", "template", "noscript", "svg", "canvas", "map", "head", "iframe", "video",
    "audio", "object", "embed", "input", "textarea",
}  # fmt: skip
_TINY = {"0", "1", "2"}


def inside(article: "HtmlElement", gone: Gone) -> "dict[HtmlElement, None]":
    """Return all elements of `article`, then those dropped from it.

    If the article is the whole page, the dropped ones are the page's furniture, and left out.
    """
    found = dict.fromkeys(article.iter())
    if article.tag not in {"body", "html"}:
        for holder, element in reversed(gone):
            if holder in found:
                found |= dict.fromkeys(element.iter())
    return found


def unread(own: Iterable[str], lines: Iterable[str]) -> Iterator[str]:
    """Yield the texts of `own` whose words are not in `lines`, the chosen reading."""
    words = f" {_words(' '.join(lines))} "
    for text in own:
        if (own_words := _words(text)) and f" {own_words} " not in words:
            yield text


class ArticleContents:
    """The parts of an article that are kept, or already in the receipt."""

    def __init__(self, known_texts: Iterable[str], figures: Iterable[Figure]) -> None:
        """`known_texts` are texts and addresses; `figures` count with captions, in any size."""
        self._texts = set(known_texts)
        self._pictures = set[str]()
        for figure in figures:
            self._texts |= {figure.caption, f"{figure.caption} {figure.credit}".strip()}
            self._pictures.add(whole_picture(figure.src))

    def __contains__(self, what: str) -> bool:
        return what in self._texts or whole_picture(what) in self._pictures


def others(
    inside: "dict[HtmlElement, None]",
    gone: Gone,
    shown: PagePictures,
    base: str,
    known: ArticleContents,
) -> Iterator[Fact]:
    """Yield a `dropped` fact for each text, link and picture of an article not in `known`."""
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
