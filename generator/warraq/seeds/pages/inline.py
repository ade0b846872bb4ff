"""A run of inline HTML → one line, as plain text and as Markdown: links, emphasis, breaks, notes.

Used for both CMS bodies and saved pages (docs/decisions/0044).
"""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from warraq.base.markup import escaped
from warraq.base.urls import is_web_address
from warraq.seeds.bodies.embedded import completed

if TYPE_CHECKING:
    from lxml.html import HtmlElement

NOWHERE = "#"  # placeholder for a link without a web address
STRESS = {"strong": "**", "b": "**", "em": "*", "i": "*"}
MOST_STRESSED = 0.5  # share of a line's letters from which emphasis is the theme's styling
MOST_REPORTED = 2000  # code points of an unusable address in the receipt
LEAST_WORDS = 8  # of a line with emphasis; a shorter one is a label or a headline
# Unicode noncharacters are placeholders for Markdown syntax while the words are escaped.
LINK, END, BREAK, NOTE, CELL = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3", "\ufdd4"
_STRONG, _WEAK = "\ufdd5", "\ufdd6"
OWN = str.maketrans("", "", "\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4\ufdd5\ufdd6")
_ANY_OWN = re.compile("[\ufdd0-\ufdd6]")
_MARKERS = {"**": _STRONG, "*": _WEAK}
_HELD = re.compile("\ufdd0(\\d+)\ufdd1")
_NOTED = re.compile("\ufdd3(\\d+)\ufdd1")
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"\w")
_PARTED = re.compile(r"\s*[:/|–—-]")  # after a label, or a dateline
_WITHIN_LINK = re.compile(r"([\\`*_\[\]<>&])")
_ODD_IN_ADDRESS = {"(": "%28", ")": "%29", "<": "%3C", ">": "%3E", '"': "%22", "\\": "%5C"}


def without_own(text: str) -> str:
    """Return `text` without the noncharacters used here as placeholders."""
    return text.translate(OWN) if _ANY_OWN.search(text) else text


class Piece(NamedTuple):
    """A text with its enclosing link's address and its Markdown emphasis marker."""

    text: str
    link: str = ""
    stress: str = ""


class BodyBlock(NamedTuple):
    """A block as plain text and as Markdown; `linked` is the share of its letters in links."""

    text: str
    markdown: str
    linked: float = 0.0
    addresses: tuple[str, ...] = ()


class Within:
    """The current link and emphasis during a walk through elements."""

    def __init__(self, address: "Callable[[HtmlElement], str]") -> None:
        self._address = address
        self._link = ""
        self._stress: list[str] = []

    def enter(self, element: "HtmlElement") -> None:
        """Record that the walk enters `element`."""
        if element.tag == "a":
            self._link = self._address(element)
        if mark := STRESS.get(element.tag):
            self._stress.append(mark)

    def leave(self, tag: str) -> None:
        """Record that the walk leaves an element with this tag."""
        if tag == "a":
            self._link = ""
        if tag in STRESS:
            self._stress.pop()

    def piece(self, text: str | None) -> Piece:
        """Return `text` as a piece with the current link and emphasis."""
        return Piece(text or "", self._link, max(self._stress, key=len, default=""))


def address_of(link: "HtmlElement", base: str) -> tuple[str, str]:
    """Return (address of the link, its raw target if that is not a web address).

    A fragment of the page itself, at `base`, is NOWHERE; for an `<a>` that is only an anchor, "".
    """
    target = (link.get("href") or "").strip()
    if not target:
        return ("" if link.get("name") or link.get("id") else NOWHERE), ""
    if target.startswith("#"):
        return NOWHERE, ""
    if target.lower().startswith("mailto:") and re.fullmatch(r"\S+", target):
        return target, ""
    address = completed(target, base)
    if not address:
        return NOWHERE, target[:MOST_REPORTED]  # a data: URL can be a whole file
    if base and "#" in address and address.partition("#")[0] == base.partition("#")[0]:
        return NOWHERE, ""
    return in_markdown(address), ""


def in_markdown(address: str) -> str:
    """Return an address escaped for use as a Markdown link target.

    >>> in_markdown("https://a.example/x_(y)")
    'https://a.example/x_%28y%29'
    """
    return "".join(_ODD_IN_ADDRESS.get(mark, mark) for mark in address)


def block_of(pieces: Iterable[Piece], *, stressed: bool = True) -> BodyBlock:
    """Return one line of text with its links, and with its emphasis if `stressed`."""
    pieces = [piece for piece in pieces if piece.text]
    words = "".join(piece.text for piece in pieces)
    letters = len(_LETTER.findall(words))
    linked = sum(len(_LETTER.findall(piece.text)) for piece in pieces if piece.link)
    links: list[tuple[str, str]] = []
    if stressed and any(piece.stress for piece in pieces):
        shown = "".join(
            _marked(_shown(run, links), mark) for mark, run in _emphasised(pieces, words, letters)
        )
    else:
        shown = _shown(pieces, links)
    plain = " ".join(_NOTED.sub("", words.replace(BREAK, " ")).split())
    line = escaped(_breaks(shown))
    line = _HELD.sub(lambda held: _as_link(*links[int(held[1])]), line)
    line = _NOTED.sub(r"[^\1]", line).replace(BREAK, "<br>")
    line = line.replace(_STRONG, "**").replace(_WEAK, "*")
    share = linked / letters if letters else 0.0
    return BodyBlock(plain, line, share, tuple(address for _, address in links))


def _shown(pieces: Iterable[Piece], links: list[tuple[str, str]]) -> str:
    """Return the text of `pieces` with placeholders for links, which are appended to `links`."""
    shown = []
    for address, group in groupby(pieces, key=lambda piece: piece.link):
        text = "".join(piece.text for piece in group)
        bare = _NOTED.sub("", text.replace(BREAK, " ")).strip()
        if address in {"", NOWHERE} or not bare:
            shown.append(text)
            continue
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        shown.append(f"{before}{LINK}{len(links)}{END}{after}")
        links.append((" ".join(bare.split()), address))
    return "".join(shown)


def _emphasised(pieces: Sequence[Piece], words: str, letters: int) -> list[tuple[str, list[Piece]]]:
    """Return (marker, run) for runs of `pieces`; the marker is set for the writer's own emphasis.

    Emphasis on half of a line or more, or on its beginning up to a colon or a dash, is a theme's
    styling of headlines, labels and datelines.
    """
    whole = [("", list(pieces))]
    share = sum(len(_LETTER.findall(piece.text)) for piece in pieces if piece.stress)
    if share >= MOST_STRESSED * letters or len(words.split()) < LEAST_WORDS or "*" in words:
        return whole
    runs = [
        (mark, list(group))
        for mark, group in groupby(_evened(pieces), key=lambda piece: piece.stress)
    ]
    texts = ["".join(piece.text for piece in run) for _, run in runs]
    out: list[tuple[str, list[Piece]]] = []
    for at, ((mark, run), text) in enumerate(zip(runs, texts, strict=True)):
        first = not any(map(_WORD.search, texts[:at]))
        ends = _PARTED.match(text.rstrip()[-1:]) or _PARTED.match("".join(texts[at + 1 :]))
        apart = at == 0 or not out[-1][0] or texts[at - 1][-1:].isspace() or text[:1].isspace()
        fit = _WORD.search(text) and BREAK not in text and NOTE not in text
        out.append((mark if fit and apart and not (first and ends) else "", run))
    return out


def _evened(pieces: Iterable[Piece]) -> list[Piece]:
    """Return `pieces`, dropping emphasis that covers only part of a link."""
    out: list[Piece] = []
    for link, group in groupby(pieces, key=lambda piece: piece.link):
        run = list(group)
        mixed = link and len({piece.stress for piece in run if piece.text.strip()}) > 1
        out += [piece._replace(stress="") for piece in run] if mixed else run
    return out


def _marked(text: str, mark: str) -> str:
    bare = text.strip()
    if not mark or not bare:
        return text
    return text.replace(bare, f"{_MARKERS[mark]}{bare}{_MARKERS[mark]}", 1)


def _breaks(text: str) -> str:
    """Return `text` with single spaces and single breaks, none at the ends."""
    lines = (" ".join(line.split()) for line in text.split(BREAK))
    return BREAK.join(filter(None, lines))


def _as_link(text: str, address: str) -> str:
    if text == address and is_web_address(address):
        return f"<{address}>"
    shown = _WITHIN_LINK.sub(r"\\\1", text)
    return f"[{shown}]({address})"
