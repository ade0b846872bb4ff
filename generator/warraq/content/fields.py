"""Readers for the values of front matter that are more than text: a YAML node in, a struct out.

Each takes a node and returns a frozen value, or raises `UnfitError` with what would fit.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime

from warraq.base.days import parse_day
from warraq.base.edtf import is_edtf
from warraq.base.marked_yaml import MappingNode, Node, ScalarNode, pairs
from warraq.base.urls import is_article_id, is_key, is_web_address, old_path
from warraq.base.values import Reader, UnfitError, choice, flag, many, text
from warraq.base.zones import is_offset
from warraq.model import (
    Cited,
    Correction,
    Credit,
    DateInfo,
    Evidence,
    Figure,
    Flag,
    Moment,
    Provenance,
    Rejected,
    Removal,
    Rights,
)

_PATH = re.compile(r"[^\x00-\x1f\\]+")
_WIKIDATA = re.compile(
    r"(?:(?:https?://)?(?:www\.|m\.)?wikidata\.org/(?:wiki|entity)/(?:Special:\w+/)?|wd:)?"
    r"(Q[1-9][0-9]{0,11})(?:\.json)?(?:[#?].*)?",
    re.IGNORECASE,
)
_NUMBER = r"([+-]?[0-9]{1,3}(?:\.[0-9]{1,12})?)"
_COORDINATES = re.compile(rf"{_NUMBER}(?:\s*[,،]\s*|\s+){_NUMBER}")
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.\d+)?)?")


def article_id(node: Node) -> str:
    """Return an article's id."""
    if not isinstance(node, ScalarNode) or not is_article_id(node.value):
        raise UnfitError(node, '"0a1b2c3d" (6–16 × a–z 0–9)')
    return str(node.value)


def key(node: Node) -> str:
    """Return the key of an authority, "" for an empty value."""
    if not isinstance(node, ScalarNode) or (node.value and not is_key(node.value)):
        raise UnfitError(node, "a-z 0-9 -")
    return str(node.value)


def former(node: Node) -> str:
    """Return a former address of an authority: an earlier key, or an old site path."""
    value = node.value if isinstance(node, ScalarNode) else ""
    return old_address(node) if value.startswith("/") else key(node)


def address(node: Node) -> str:
    """Return an http(s) address."""
    value = text(node)
    if value and not is_web_address(value):
        raise UnfitError(node, "https://…")
    return value


def wikidata(node: Node) -> str:
    """Return a Q-number, which may be written as an address of Wikidata."""
    value = text(node)
    found = _WIKIDATA.fullmatch(value)
    if value and not found:
        raise UnfitError(node, "Q181795 | https://www.wikidata.org/wiki/Q181795")
    return found[1].upper() if found else ""


def coordinates(node: Node) -> str:
    """Return latitude and longitude in degrees, as "33.5138, 36.2765"."""
    value = text(node)
    found = _COORDINATES.fullmatch(value)
    if value and not (found and abs(float(found[1])) <= 90 and abs(float(found[2])) <= 180):
        raise UnfitError(node, "33.5138, 36.2765")
    return f"{found[1]}, {found[2]}" if found else ""


def old_address(node: Node) -> str:
    """Return a former site path such as "/2019/05/story.html", unchanged.

    It must be one that a file can serve (`base.urls.old_path`).
    """
    value = text(node)
    if not value.startswith("/") or value.startswith("//") or not old_path(value):
        raise UnfitError(node, "/2019/05/story.html", "old-address")
    return value


def media_path(node: Node) -> str:
    """Return a path under content/media, or an http(s) address."""
    value = text(node)
    if is_web_address(value):
        return value
    parts = value.split("/")
    if not value or not _PATH.fullmatch(value) or value[0] == "/" or ":" in value:
        raise UnfitError(node, "photo.jpg | 2025/photo.jpg | https://…")
    if any(part in {"", ".", ".."} or part.startswith(".") for part in parts):
        raise UnfitError(node, "photo.jpg | 2025/photo.jpg | https://…")
    return value


def moment(node: Node) -> Moment:
    """Return a day (YYYY-MM-DD), or a moment with offset; seconds are added if missing.

    Hugo's forms with a space for the T or without seconds are accepted.
    """
    value = text(node)
    day = parse_day(value[:10])
    if not day:
        raise UnfitError(node, "2025-10-12 | 2025-10-12T18:00:00+03:00", "date-invalid")
    rest = value[10:].lstrip("T ")
    if not rest:
        return Moment(day)
    clock = _CLOCK.match(rest)
    offset = rest[clock.end() :].strip() if clock else ""
    if not clock or (offset and not is_offset(offset)):
        raise UnfitError(node, "2025-10-12T18:00:00+03:00", "date-invalid")
    if not offset:
        raise UnfitError(node, f"{day}T{clock[0]}+03:00", "date-offset")
    zone = "+00:00" if offset == "Z" else f"{offset[:3]}:{offset[-2:]}"
    stamp = f"{clock[1]}:{clock[2]}:{clock[3] or '00'}{zone}"
    datetime.fromisoformat(f"{day}T{stamp}")
    return Moment(day, stamp)


def day(node: Node) -> date:
    """Return a calendar day."""
    found = parse_day(text(node))
    if not found:
        raise UnfitError(node, "2025-10-12", "date-invalid")
    return found


def edtf(node: Node) -> str:
    """Return an EDTF string (ISO 8601-2)."""
    value = text(node)
    if value and not is_edtf(value):
        raise UnfitError(node, "2025-10 | 2025-10-12? | [2025-10-11,2025-10-12]", "date-invalid")
    return value


def fields(
    node: Node, readers: Mapping[str, Reader], required: tuple[str, ...] = ()
) -> dict[str, object]:
    """Return the values of a map whose keys are all in `readers`, without empty ones."""
    if not isinstance(node, MappingNode):
        raise UnfitError(node, "{" + ", ".join(f"{name}: …" for name in readers) + "}")
    values: dict[str, object] = {}
    for name, key_node, value in pairs(node):
        if name not in readers:
            raise UnfitError(key_node, " | ".join(readers), "field-key")
        if not (isinstance(value, ScalarNode) and value.value == ""):
            values[name] = readers[name](value)
    for name in required:
        if name not in values:
            raise UnfitError(node, f"{name}: …")
    return values


def credit(node: Node) -> Credit:
    """Return a credited outlet, written as a map or as a bare name."""
    if isinstance(node, ScalarNode):
        return Credit(name=text(node))
    readers = {"name": text, "outlet": key, "url": address, "basis": text}
    values = fields(node, readers)
    if not values.get("name") and not values.get("outlet"):
        raise UnfitError(node, "name: …")
    return Credit(**values)  # type: ignore[arg-type] # the readers give strings


def cited(node: Node) -> Cited:
    """Return a source cited in the text, written as a map or as a bare name."""
    if isinstance(node, ScalarNode):
        return Cited(name=text(node))
    return Cited(**fields(node, {"name": text, "kind": text}, ("name",)))  # type: ignore[arg-type] # as above


def figure(node: Node) -> Figure:
    """Return a picture, written as a map or as a bare path."""
    if isinstance(node, ScalarNode):
        return Figure(src=media_path(node))
    readers = {"src": media_path, "alt": text, "caption": text, "credit": text}
    return Figure(**fields(node, readers, ("src",)))  # type: ignore[arg-type] # as above


def correction(node: Node) -> Correction:
    """Return a correction; all three fields are required."""
    kinds = choice("correction", "clarification", "update", "retraction")
    readers = {"date": day, "kind": kinds, "note": text}
    return Correction(**fields(node, readers, ("date", "kind", "note")))  # type: ignore[arg-type] # as above


def removal(node: Node) -> Removal:
    """Return when and why an article was removed."""
    return Removal(**fields(node, {"date": day, "reason": text}, ("date", "reason")))  # type: ignore[arg-type] # as above


def rights(node: Node) -> Rights:
    """Return the rights of an article or outlet."""
    readers: dict[str, Reader] = {
        "holder": text,
        "display": choice("full", "excerpt", "none"),
        "index": flag,
        "machines": flag,
    }
    return Rights(**fields(node, readers))  # type: ignore[arg-type] # as above


def oddity(node: Node) -> Flag:
    """Return an oddity flagged by the importer."""
    return Flag(**fields(node, {"kind": text, "text": text, "note": text}, ("kind", "text")))  # type: ignore[arg-type] # as above


def evidence(node: Node) -> Evidence:
    """Return quoted words with their meaning, or bare words."""
    if isinstance(node, ScalarNode):
        return Evidence(text=text(node))
    return Evidence(**fields(node, {"text": text, "meaning": text}, ("text",)))  # type: ignore[arg-type] # as above


def date_info(node: Node) -> DateInfo:
    """Return the status of a date and its evidence."""
    readers = {
        "status": choice("exact", "inferred", "conflicting", "unknown"),
        "basis": text,
        "edtf": edtf,
        "candidates": many(edtf),
        "evidence": many(evidence),
        "note": text,
    }
    return DateInfo(**fields(node, readers))  # type: ignore[arg-type] # as above


def provenance(node: Node) -> Provenance:
    """Return the seed an article came from."""
    return Provenance(**fields(node, {"seed": text, "sha256": text}, ("seed", "sha256")))  # type: ignore[arg-type] # as above


def rejected(node: Node) -> Rejected:
    """Return the matches that an editor rejected."""
    kinds = ("people", "places", "organizations", "outlets")
    return Rejected(**fields(node, dict.fromkeys(kinds, many(key))))  # type: ignore[arg-type] # as above


def text_map(node: Node) -> dict[str, str]:
    """Return a map of names to text."""
    if not isinstance(node, MappingNode):
        raise UnfitError(node, "{wordpress: 1234}")
    return {name: text(value) for name, _, value in pairs(node)}
