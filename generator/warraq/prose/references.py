"""What a Markdown body links to and which pictures it shows, each with its line. Pure."""

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import NamedTuple

from warraq.prose.markdown import markup_of

# Where an address may begin: after "](", in a definition or an attribute, in angle brackets.
_BEFORE = re.compile(r"\]\(\s*<?|\]:\s*<?|\b(?:href|src)\s*=\s*[\"']?|<(?=https?:)", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s<>()\"'\[\]]*")
_AFTER = ("", " ", "\n", "\t", ")", ">", "'", '"')
_PICTURE = re.compile(r"!\[|<img\b", re.IGNORECASE)


class Reference(NamedTuple):
    """A link or picture: its address as it is written, and the line of the body, from 1.

    `alt` is what a picture says it shows, "" when it says nothing.
    """

    target: str
    line: int
    is_picture: bool = False
    alt: str = ""


def references(body: str, is_fine: Callable[[str], bool]) -> Iterator[Reference]:
    """Yield the links and pictures of `body`, nothing if all its links are fine.

    That is quickly seen; otherwise the body is converted to find what Markdown makes of it.

    >>> [(found.target, found.alt) for found in references("[b](c) ![d](e) `[f](g)`", bool)]
    [('c', ''), ('e', 'd')]
    """
    starts = [match.end() for match in _BEFORE.finditer(body)]
    if not _PICTURE.search(body) and all(is_fine(_word_at(body, at)) for at in starts):
        return
    for tag, attributes in _Tags(markup_of(body)).found:
        target = attributes.get("src" if tag == "img" else "href")
        if target is not None:
            at = next((at for at in starts if _is_at(target, body, at)), 0)
            starts = [other for other in starts if other != at]
            line = body.count("\n", 0, at) + 1
            yield Reference(target, line, tag == "img", (attributes.get("alt") or "").strip())


def _is_at(target: str, body: str, at: int) -> bool:
    return body.startswith(target, at) and body[at + len(target) :][:1] in _AFTER


def _word_at(body: str, at: int) -> str:
    match = _ADDRESS.match(body, at)
    return match[0] if match else ""


class _Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"a", "img"}:
            self.found.append((tag, dict(attrs)))
