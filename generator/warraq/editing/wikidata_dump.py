"""Wikidata's JSON, an entity at a time: a dump, an extract of it, or what Special:EntityData has.

A dump is an array with one entity a line, perhaps as gzip or bzip2; an extract most often has one
entity a line. What is short may be in any form. https://www.mediawiki.org/wiki/Wikibase/DataModel/JSON
"""

import bz2
import gzip
import io
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, NamedTuple

import msgspec

from warraq.base.controls import without_controls
from warraq.base.problems import Problem, WarraqError, error, reason_code, warning

Progress = Callable[[int, int], None]  # bytes read, of how many

_LONGEST = 32 << 20  # bytes of a line; the longest entity had a sixth of that in 2025
_WHOLE = 64 << 20  # bytes of a file that is no list of lines
_HEAD = 1 << 16
_QUOTED = 200  # letters of what the decoder says
_MARK = b"\xef\xbb\xbf"
_A_STEP = 2000  # lines between two reports of progress
_EARTH = "/Q2"  # the globe that coordinates are on: the moon has some too
_COORDINATES = "P625"


class WikidataEntity(NamedTuple):
    """What Wikidata calls something, by language: one label, more names, a line about it.

    `coordinates` are latitude and longitude in degrees as front matter has them, or "".
    """

    id: str
    labels: dict[str, str]
    aliases: dict[str, tuple[str, ...]]
    descriptions: dict[str, str]
    coordinates: str = ""


class _Term(msgspec.Struct):
    value: str = ""


class _Globe(msgspec.Struct):
    latitude: float
    longitude: float
    globe: str = ""


class _Value(msgspec.Struct):
    value: _Globe


class _Snak(msgspec.Struct):
    datavalue: _Value | None = None


class _Claim(msgspec.Struct):
    mainsnak: _Snak
    rank: str = "normal"


_Nothing = list[msgspec.Raw]  # an empty map is an empty list in what PHP wrote


class _Item(msgspec.Struct):
    id: str = ""
    labels: dict[str, _Term] | _Nothing = {}
    aliases: dict[str, list[_Term]] | _Nothing = {}
    descriptions: dict[str, _Term] | _Nothing = {}
    claims: dict[str, msgspec.Raw] | _Nothing = {}
    entities: "dict[str, _Item] | _Nothing" = {}  # of Special:EntityData


_item = msgspec.json.Decoder(_Item).decode
_items = msgspec.json.Decoder(list[_Item]).decode
_claims = msgspec.json.Decoder(list[_Claim]).decode
_UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
_CUT = (EOFError, zlib.error, OSError)  # what decompressing says of a file that is not whole


def entities(file: Path, progress: Progress) -> Iterator[WikidataEntity | Problem]:
    """Yield the entities of `file` in order, and a problem for each line that is none.

    Memory is that of the longest line. Raises WarraqError if the file cannot be read at all.
    """
    try:
        with file.open("rb") as raw:
            whole = _at_once(_decompressed(raw)) if _is_one_value(_decompressed(raw)) else None
            if whole is None:
                yield from _by_line(file, raw, progress)
            else:
                yield from whole
    except OSError as fault:
        raise WarraqError([error("file-unreadable", str(file), why=reason_code(fault))]) from None


def _decompressed(raw: IO[bytes]) -> IO[bytes]:
    """Return `raw` at its beginning as it was before gzip or bzip2, whatever its name says."""
    raw.seek(0)
    magic = raw.read(3)
    raw.seek(0)
    if magic[:2] == b"\x1f\x8b":
        return io.BufferedReader(gzip.GzipFile(fileobj=raw), 1 << 20)
    return bz2.BZ2File(raw) if magic == b"BZh" else raw


def _is_one_value(stream: IO[bytes]) -> bool:
    """Whether the first line is no whole entity, as in what was written to be looked at."""
    try:
        head = stream.read(_HEAD)
    except _CUT:
        return False  # reading it line by line finds out where
    head = head.removeprefix(_MARK).lstrip().removeprefix(b"[").lstrip()
    first, end, _ = head.partition(b"\n")
    return bool(end) and not first.rstrip(b" \r,]").endswith(b"}")


def _by_line(file: Path, raw: IO[bytes], progress: Progress) -> Iterator[WikidataEntity | Problem]:
    size, number, stream = file.stat().st_size, 0, _decompressed(raw)
    while True:
        try:
            line = stream.readline(_LONGEST)
            if len(line) == _LONGEST and not line.endswith(b"\n"):
                while (more := stream.readline(_LONGEST)) and not more.endswith(b"\n"):
                    pass
                line = b"{"  # it is no entity, whatever it is
        except _CUT as fault:
            yield warning("wikidata-cut", str(file), number + 1, why=reason_code(fault))
            return
        if not line:
            break
        number += 1
        if number % _A_STEP == 0:
            progress(raw.tell(), size)
        text = line.removeprefix(_MARK).strip().rstrip(b",")
        if text in {b"", b"[", b"]"}:
            continue
        try:
            yield from _read(text)
        except _UNREADABLE as fault:
            why = " ".join(str(fault).split())[:_QUOTED] or type(fault).__name__
            yield warning("wikidata-line", str(file), number, why=why)
    progress(size, size)


def _at_once(stream: IO[bytes]) -> list[WikidataEntity] | None:
    """Return the entities of one JSON value, None if it is too large or broken."""
    try:
        text = stream.read(_WHOLE + 1)
        return None if len(text) > _WHOLE else list(_read(text.removeprefix(_MARK).strip()))
    except (*_UNREADABLE, *_CUT):
        return None


def _read(text: bytes) -> Iterator[WikidataEntity]:
    for item in _items(text) if text.startswith(b"[") else [_item(text)]:
        inner = item.entities
        for one in inner.values() if isinstance(inner, dict) and inner else [item]:
            yield _entity(one)


def _entity(item: _Item) -> WikidataEntity:
    labels, aliases = item.labels, item.aliases
    return WikidataEntity(
        item.id,
        _texts(labels),
        {
            language: tuple(filter(None, map(_text, terms)))
            for language, terms in (aliases.items() if isinstance(aliases, dict) else ())
        },
        _texts(item.descriptions),
        _coordinates(item.claims),
    )


def _texts(terms: dict[str, _Term] | _Nothing) -> dict[str, str]:
    if not isinstance(terms, dict):
        return {}
    return {language: _text(term) for language, term in terms.items()}


def _text(term: _Term) -> str:
    return " ".join(without_controls(term.value).split())


def _coordinates(claims: dict[str, msgspec.Raw] | _Nothing) -> str:
    if not isinstance(claims, dict) or _COORDINATES not in claims:
        return ""
    try:
        found = _claims(claims[_COORDINATES])
    except _UNREADABLE:
        return ""
    for claim in _by_rank(found):
        place = claim.mainsnak.datavalue.value if claim.mainsnak.datavalue else None
        if place and place.globe.endswith(_EARTH) and claim.rank != "deprecated":
            return f"{_degrees(place.latitude)}, {_degrees(place.longitude)}"
    return ""


def _by_rank(claims: Iterable[_Claim]) -> list[_Claim]:
    return sorted(claims, key=lambda claim: claim.rank != "preferred")


def _degrees(value: float) -> str:
    """Return degrees to some ten metres: of a town more would mean nothing."""
    return f"{value:.4f}".rstrip("0").rstrip(".")
