"""Bytes → text: detect the encoding.

UTF-8 and byte order marks are unambiguous. Otherwise, since every Arabic code page decodes almost
anything, all candidates are tried and the most Arabic-looking reading wins.
"""

import codecs
import re
from collections.abc import Mapping
from io import TextIOWrapper
from pathlib import Path
from typing import NamedTuple, TextIO

from warraq.seeds.exports import packed

MAX_BROKEN = 0.005  # share of a text that may be undecodable: a scrape cut inside a character
# Valid non-ASCII UTF-8 characters per invalid sequence. A text in a code page has hardly any: two
# adjacent letters are not valid UTF-8. Between the two limits a file cannot be decoded.
DAMAGED, MIXED = 4.0, 1.0
MIN_SCORE = 0.55  # below this a reading does not look like Arabic prose

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16"),
)
_CODE_PAGES = ("windows-1256", "iso-8859-6", "mac-arabic", "cp864", "cp720")
_ARABIC = re.compile("[\u0621-\u064a\u067e\u0686\u0698\u06a9\u06af]")
_NOT_ASCII = re.compile("[^\x00-\x7f]")
_PLAIN = re.compile(
    "[\u067e\u0686\u0698\u06a9\u06af\u0621-\u0652\u060c\u061b\u061f\\s0-9A-Za-z.,:;!?()\"'«»/%<>=&#_–-]"
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
# The commonest words of Arabic news prose; a wrong code page yields none of them.
_COMMON = re.compile(r"(?<!\w)(?:في|من|على|إلى|أن|عن|مع|التي|الذي|وقال|بعد|هذا)(?!\w)|(?<!\w)ال")
_LATIN = re.compile(r"<[^<>]*>|[!-~]+|\s+")  # markup, scripts, addresses
# The UTF-8 bytes of Arabic letters, decoded in a western or the Arabic code page. Each pattern
# starts with a fixed set of letters, so that `re` can skip to the next candidate.
_MIXED = (
    re.compile("[\u00d8\u00d9][^\\sA-Za-z](?:[\u00d8\u00d9][^\\sA-Za-z]){2}"),
    re.compile("[طظ]\\S(?:[طظ]\\S){5}"),
)
_WESTERN = {
    ord(bytes([byte]).decode("windows-1252")): byte
    for byte in range(0x80, 0xA0)
    if byte not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
}


class Decoded(NamedTuple):
    """A text, its encoding, and notes on decoding for the report."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()

    @property
    def damaged(self) -> tuple[int, ...]:
        """The lines, from 1, on which bytes were lost."""
        if "bytes-lost" not in self.notes:
            return ()
        return tuple(n for n, line in enumerate(_lines(self.text), start=1) if "\ufffd" in line)


def decode(content: bytes, declared: str = "") -> Decoded | None:
    """Return `content` as text, or None if no encoding gives a plausible text.

    `declared` is the encoding declared by the document; it is used only if UTF-8 fails.
    """
    for mark, codec, name in _BOMS:
        if content.startswith(mark):
            text = content.decode(codec, "replace")
            return Decoded(text, name, _lost(text))
    if name := _bare_utf16(content):
        return Decoded(content.decode(name), name, ("encoding-guessed",))
    try:
        return _unmixed(content.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = len(_NOT_ASCII.findall(text)) - broken
    if broken <= max(2, len(text) * MAX_BROKEN) or whole >= DAMAGED * broken:
        return Decoded(text, "utf-8", _lost(text))
    return _best_code_page(content, declared) if whole < MIXED * broken else None


def _unmixed(text: str) -> Decoded:
    """Return a text with double encoding undone: UTF-8 misread as a code page («Ø§Ù„»)."""
    if any(mixed.search(text, 0, 4000) for mixed in _MIXED):
        for name, table in (("windows-1252", _WESTERN), ("windows-1256", {})):
            page = "latin-1" if table else name
            try:
                read = text.translate(table).encode(page).decode("utf-8")
            except UnicodeError:
                continue
            if len(_ARABIC.findall(read)) > len(read) / 3:
                return Decoded(read, f"utf-8 in {name}", ("encoding-guessed",))
    return Decoded(text, "utf-8")


def mended(value: object) -> object:
    """Return a value of an export with double encoding undone in every text in it."""
    if isinstance(value, str):
        return _unmixed(value).text
    if isinstance(value, Mapping):
        return {key: mended(inner) for key, inner in value.items()}
    return [mended(inner) for inner in value] if isinstance(value, list) else value


def _best_code_page(content: bytes, declared: str) -> Decoded | None:
    readings: list[tuple[float, int, str, str]] = []
    for name in dict.fromkeys((declared.lower(), *_CODE_PAGES, _guess(content))):
        try:
            text = content.decode(name) if name else ""
        except (LookupError, ValueError):
            continue
        bonus = 0.02 if name == declared.lower() else 0.0
        readings.append((_likeness(text) + bonus, -len(readings), name, text))
    score, _, name, text = max(readings, default=(0.0, 0, "", ""))
    if score < MIN_SCORE:
        return None
    return Decoded(text, name, () if name == declared.lower() else ("encoding-guessed",))


def _guess(content: bytes) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - slow to import, rarely needed

    best = from_bytes(content[:65536]).best()
    return best.encoding if best else ""


def _likeness(text: str) -> float:
    """Return a score from 0 to about 1: share of characters of Arabic prose, plus common words.

    ASCII does not count: markup is the greater part of many pages.
    """
    if not text or _CONTROL.search(text):
        return 0.0
    text = _LATIN.sub(" ", text)
    letters = len(_ARABIC.findall(text))
    if letters < 0.2 * len(text):
        return 0.0
    plain = len(_PLAIN.findall(text)) / len(text)
    return plain * 0.7 + min(1.0, 8 * len(_COMMON.findall(text)) / max(1, letters)) * 0.3


def _bare_utf16(content: bytes) -> str:
    sample = content[:2000]
    if len(content) % 2 or len(sample) < 8:
        return ""
    for name, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if high.count(0) + high.count(6) > 0.9 * len(high) and 6 in high:
            try:
                content.decode(name)
            except UnicodeDecodeError:
                continue
            return name
    return ""


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _lost(text: str) -> tuple[str, ...]:
    return ("bytes-lost",) if "\ufffd" in text else ()


_SAMPLE = 64 * 1024  # bytes from which the encoding of a long file is detected


def opened(path: Path) -> TextIO:
    """Open the long file at `path` as text, in the encoding detected from a sample.

    Undecodable bytes become U+FFFD. Raise OSError if it cannot be read.
    """
    with packed.opened(path) as stream:
        start = stream.read(_SAMPLE)
        sample = start
        while sample and sample.isascii() and b"\x00" not in sample:
            sample = stream.read(_SAMPLE)
    declared = re.match(rb"""\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]{2,40})""", start)
    return TextIOWrapper(
        packed.opened(path),
        encoding=_codec(sample, declared[1].decode().lower() if declared else ""),
        errors="replace",
        newline="",
    )


def _codec(sample: bytes, declared: str) -> str:
    found = decode(sample[: len(sample) // 4 * 4], declared) if sample else None
    name = found.encoding if found else "utf-8"
    return "utf-8-sig" if name.startswith("utf-8") else name
