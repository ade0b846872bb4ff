"""An XML export → its <item>s or <entry>s, cut out of the text and parsed one by one.

So a malformed one does not affect the others, and memory does not grow with the file. Common errors
of such files (control characters, a bare `&`, `&nbsp;`, `]]>` within CDATA) are repaired; libxml2
recovers what it can of the rest.
"""

import html
import re
import sys
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO
from xml.sax.saxutils import escape

import msgspec

from warraq.base.problems import Problem, WarraqError, error, unexpected_as_problem
from warraq.seeds.encodings import opened
from warraq.seeds.exports.exported import MAX_RECORD, Numbered, Record

if TYPE_CHECKING:
    from lxml.etree import _Element

_CHUNK = 1024 * 1024
_OPEN = re.compile(r"<((?:[A-Za-z_][\w.-]*:)?(?:item|entry))(?=[\s>])")
# HTML that a program printed before the export («<b>Warning</b>») is not the root.
_ROOT = re.compile(r"<((?:[\w.-]+:)?(?:rss|feed|rdf))[\s>]", re.IGNORECASE)
_ANY_ROOT = re.compile(r"<([A-Za-z_][\w:.-]*)[\s>]")
_AFTER = re.compile(
    r"\s*(?:<[\w:]*(?:item|entry)[\s>]|</[\w:]*(?:channel|feed|rdf)\b)", re.IGNORECASE
)
_PICTURE = re.compile(r"[A-Za-z0-9+/]{4096,}={0,2}")  # a picture embedded in the text as base64
ELIDED = "…"  # replaces the data of a picture too large to be read with its record

_NO_LETTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_NUMBERED = re.compile(r"&#(?:x([0-9a-fA-F]{1,8})|(\d{1,8}));")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_CDATA = "<![CDATA["
_FENCES = 1000  # of one record; a post has some twenty
_FIELD = re.compile(r"<([\w:.-]+)((?:\s[^<>]*)?)>\s*<!\[CDATA\[(.*?)\]\]>\s*</\1\s*>", re.DOTALL)
_OPEN_FIELD = re.compile(r"<([\w:.-]+)((?:\s[^<>]*)?)>\s*<!\[CDATA\[(.*?)</\1\s*>", re.DOTALL)
_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)(\w{2,31};)?")
_LESS = re.compile(r"<(?![A-Za-z_/!?])")
_PREFIX = re.compile(r"[<\s]/?([A-Za-z_][\w.-]*):[A-Za-z_]")
_DECLARED = re.compile(r"""\sxmlns:([\w.-]+)\s*=\s*("[^"<]*"|'[^'<]*')""")
_DEFAULT = re.compile(r"""<[\w:.-]+\s[^<>]*?(\sxmlns\s*=\s*(?:"[^"<]*"|'[^'<]*'))""")


class RecordText(NamedTuple):
    """The text of one record, and its line. `fault`: why it is incomplete (`why-…`), or ""."""

    line: int
    text: str
    fault: str = ""


class XmlRecords:
    """An XML export: `head`, the text before the first record, and an iterator over the records.

    `tag` is the name of their element, "" if there are none.
    """

    def __init__(self, path: Path) -> None:
        """Read up to the first record; may raise OSError."""
        self._path = path
        self.complete = False  # after the last record: whether the root was closed
        with opened(path) as stream:
            self.head, _, self.tag = _head(stream)
        self._spaces = dict(_DECLARED.findall(self.head))
        default = _DEFAULT.search(self.head)
        self._default = default[1] if default else ""

    def __iter__(self) -> Iterator[RecordText]:
        """Yield the texts of the records."""
        closed, end, rest = self.head.rpartition(
            "-->"
        )  # an unclosed one is not searched for its end
        head = re.sub(r"<!--.*?-->", "", closed + end, flags=re.DOTALL) + rest
        root = _ROOT.search(head) or _ANY_ROOT.search(head)
        with opened(self._path) as stream:
            head, held, tag = _head(stream)
            if tag:
                held = yield from _pieces(stream, held, head.count("\n") + 1, tag)
        self.complete = bool(root and f"</{root[1]}" in held)

    def parsed(self, piece: RecordText) -> tuple["_Element", tuple[str, ...]]:
        """Return the element of `piece` and notes on repairs; ValueError if it cannot be parsed."""
        if (element := self._element(piece.text)) is not None:
            return element, ()
        text = repaired(piece.text)
        if not piece.fault and (element := self._element(text)) is not None:
            return element, ("mended",)
        if (element := self._element(text, recover=True)) is not None:
            return element, ("cut",)
        raise ValueError

    def _element(self, text: str, *, recover: bool = False) -> "_Element | None":
        from lxml import etree  # noqa: PLC0415 - slow to import, used for XML only

        spaces = {**dict.fromkeys(_PREFIX.findall(text), '"urn:undeclared"'), **self._spaces}
        spaces.pop("xml", None)
        spaces.pop("xmlns", None)
        declared = "".join(f" xmlns:{prefix}={space}" for prefix, space in spaces.items())
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, recover=recover
        )
        try:
            whole = etree.fromstring(
                f"<r{self._default}{declared}>{text}</r>".encode("utf-8", "replace"), parser
            )
        except etree.XMLSyntaxError:
            return None
        return whole[0] if whole is not None and len(whole) else None


def _head(stream: TextIO) -> tuple[str, str, str]:
    """Return the text before the first record, the text read beyond it, and the records' tag."""
    held = ""
    while not (found := _OPEN.search(held)) and len(held) < MAX_RECORD:
        chunk = stream.read(_CHUNK)
        if not chunk:
            return held, "", ""
        held += chunk
    start = found.start() if found else len(held)
    return held[:start], held[start:], found[1] if found else ""


def repaired(text: str) -> str:
    r"""Return a record's XML with the common errors of exports repaired.

    >>> repaired("<a>R&D&nbsp;1 < 2\x0b</a>")
    '<a>R&amp;D\xa01 &lt; 2</a>'
    >>> repaired("<a><![CDATA[x <![CDATA[y]]> z & w]]></a>")
    '<a>x &lt;![CDATA[y]]&gt; z &amp; w</a>'
    >>> repaired("<a>1&#0;2&#xFFFF;3&#xD83D;&#xDE00;&#xD83D;</a>")
    '<a>123\U0001f600</a>'
    """
    text = _NO_LETTER.sub("", _PAIR.sub(_whole, _NUMBERED.sub(_letter, text)))
    if text.count(_CDATA) > _FENCES:  # for each, the rest of the text would be searched for its end
        return _markup(text.replace(_CDATA, "").replace("]]>", ""))
    out, end = [], 0
    for field in _FIELD.finditer(text):
        out += [_unfenced(text[end : field.start()]), _plain(field)]
        end = field.end()
    return "".join((*out, _unfenced(text[end:])))


def _letter(match: re.Match[str]) -> str:
    """Return the character of a reference that XML forbids, to be removed later."""
    number = int(match[1], 16) if match[1] else int(match[2])
    if number > sys.maxunicode:
        return ""
    return chr(number) if _NO_LETTER.match(chr(number)) else match[0]


def _whole(pair: re.Match[str]) -> str:
    """Return the character of a surrogate pair, as written by Java and JavaScript."""
    return pair[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le")


def _plain(field: re.Match[str]) -> str:
    content = field[3].replace("]]]]><![CDATA[>", "]]>")
    return f"<{field[1]}{_markup(field[2])}>{escape(content)}</{field[1]}>"


def _unfenced(text: str) -> str:
    """Return `text` repaired, its CDATA sections as plain text; an unclosed one loses its start."""
    out, end = [], 0
    for field in _OPEN_FIELD.finditer(text) if _CDATA in text else ():
        out += [_markup(text[end : field.start()]), _plain(field)]
        end = field.end()
    return "".join((*out, _markup(text[end:])))


def _markup(text: str) -> str:
    return _LESS.sub("&lt;", _AMPERSAND.sub(_entity, text.replace("]]>", "]]&gt;")))


def _entity(found: re.Match[str]) -> str:
    named = html.unescape(found[0]) if found[1] else ""
    return escape(named) if named and named != found[0] else f"&amp;{found[1] or ''}"


def _pieces(stream: TextIO, held: str, line: int, tag: str) -> Generator[RecordText, None, str]:
    """Yield the records: `held` begins with the first, `tag` is their element.

    Return the text after the last.
    """
    starts, ends = re.compile(rf"<{tag}(?=[\s>])"), re.compile(rf"</{tag}\s*>")
    at, more = 0, True
    final: int | None = None  # after the end of the file: position of the last end tag
    while True:
        found = _next(held, at, starts, ends, final)
        if isinstance(found, tuple):
            start, end, fault = found
            line += held.count("\n", at, start)
            yield RecordText(line, held[start:end], fault)
            line += held.count("\n", start, end)
            at = end
            continue
        if not more:
            return held[at:]
        # The record that begins there is not closed yet.
        line += held.count("\n", at, found)
        held, at = held[found:], 0
        chunk = stream.read(_CHUNK)
        more = bool(chunk)
        held = _without_pictures(held + chunk) if len(held) > _CHUNK else held + chunk
        if len(held) > MAX_RECORD:
            yield RecordText(line, "", "why-large")
            line, held = line + held.count("\n"), ""
        final = None if more else held.rfind(f"</{tag}")


def _without_pictures(text: str) -> str:
    """Return `text` with the data of pictures replaced by its length, for the receipt."""
    return _PICTURE.sub(lambda found: f"{ELIDED}{len(found[0])}", text)


def _next(
    held: str, at: int, starts: re.Pattern[str], ends: re.Pattern[str], final: int | None
) -> tuple[int, int, str] | int:
    """Return start, end and fault of the next record; else the position to continue from."""
    last = final is not None
    opening = starts.search(held, at)
    if not opening:
        return at if last else max(at, len(held) - 64)
    start = opening.start()
    ended = final is not None and start > final
    end = None if ended else _end(held, opening.end(), ends)
    if end is None and not last:
        return start
    if end is None:  # the file or its last record is truncated
        other = _outside(held, opening.end(), len(held), starts)
        return start, other or len(held), "why-cut"
    other = _outside(held, opening.end(), end, starts)
    return (start, other, "why-cut") if other else (start, end, "")


def _end(held: str, at: int, ends: re.Pattern[str]) -> int | None:
    """Return the end of the record whose content begins at `at`; end tags in CDATA do not count."""
    begun = at
    while closing := ends.search(held, at):
        fence = held.rfind(_CDATA, begun, closing.start())
        if fence < 0 or held.find("]]>", fence, closing.start()) >= 0:
            return closing.end()
        shut = held.find("]]>", closing.end())
        # More markup follows, which is not plausible as text: the CDATA section is unclosed.
        if _AFTER.match(held, closing.end()):
            return closing.end()
        if shut < 0:
            return None
        at = shut
    return None


def _outside(held: str, at: int, end: int, starts: re.Pattern[str]) -> int | None:
    """Return where another record begins before `end`, outside of CDATA: the first is unclosed."""
    for other in starts.finditer(held, at, end):
        fence = held.rfind(_CDATA, at, other.start())
        if fence < 0 or held.find("]]>", fence, other.start()) >= 0:
            return other.start()
    return None


def text_of(element: "_Element") -> str:
    """Return the text of a field, or its HTML if it has child elements."""
    from lxml import etree  # noqa: PLC0415 - see above

    if not len(element):
        return element.text or ""
    inner = (etree.tostring(child, encoding="unicode", method="html") for child in element)
    markup = "".join((escape(element.text or ""), *inner))
    return re.sub(r"""\sxmlns(?::\w+)?="[^"]*\"""", "", markup)


def name_of(element: "_Element") -> tuple[str, str]:
    """Return (namespace, name) of an element, ("", "") for a comment."""
    if not isinstance(element.tag, str):
        return "", ""
    space, _, name = element.tag.rpartition("}")
    return space.lstrip("{"), name


def items(
    records: XmlRecords, name: str, read: Callable[["_Element"], Record], only: str = ""
) -> Iterator[Numbered | Problem]:
    """Yield the result of `read` for each record, or a Problem; `only` records with that word."""
    count = 0
    for piece in records:
        count += 1
        if piece.fault == "why-large":
            yield error("export-record", name, piece.line, why="why-large")
            continue
        if only not in piece.text:
            continue
        try:
            with unexpected_as_problem(name, (ValueError,), code="seed-fault"):
                element, notes = records.parsed(piece)
                yield Numbered(piece.line, read(element), notes)
        except ValueError:
            yield error("export-record", name, piece.line, why="why-xml")
        except WarraqError as fault:
            yield msgspec.structs.replace(fault.problems[0], line=piece.line)
    if not count:
        yield error("export-no-records", name)
    elif not records.complete:
        yield error("export-broken", name, why="why-cut", records=count)
