"""WordPress's export (WXR) → its posts, streamed: record after record under our own names."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from warraq.base.problems import Problem, WarraqError, error, naming

Record = Mapping[str, object]


class Numbered(NamedTuple):
    """A record and its line (or its number, in XML), from 1."""

    number: int
    record: Record
    size: int = 0


_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"


def posts(path: Path, name: str) -> Iterator[Numbered | Problem]:
    """Yield the posts, drafts among them; pictures (attachments) are gathered in a first pass."""
    pictures: dict[str, dict[str, str]] = {}
    for found in _items(path, name):
        if isinstance(found, Problem):
            continue  # told by the second pass
        if found.record.get("post_type") == "attachment":
            address = str(found.record.get("attachment_url") or "")
            caption = str(found.record.get("excerpt") or "")
            pictures[str(found.record.get("post_id"))] = {"src": address, "caption": caption}
    for found in _items(path, name):
        if isinstance(found, Problem):
            yield found
            continue
        record = found.record
        if record.get("post_type", "post") != "post" or record.get("status") in {
            "trash",
            "auto-draft",
        }:
            continue
        picture = pictures.get(str(record.get("_thumbnail_id")), {})
        yield found._replace(
            record={
                **record,
                "image": picture.get("src", ""),
                "image_caption": picture.get("caption", ""),
            }
        )


def _items(path: Path, name: str) -> Iterator[Numbered | Problem]:
    from lxml import etree  # noqa: PLC0415 - slow to import, needed for WordPress only

    number = 0
    try:
        parser = etree.iterparse(
            str(path), events=("end",), tag="item", resolve_entities=False, no_network=True,
            load_dtd=False, huge_tree=False, recover=False,
        )  # fmt: skip
        for _, item in parser:
            number += 1
            try:
                with naming(name, code="seed-fault"):
                    record = _item(item)
                yield Numbered(number, record)
            except WarraqError as fault:
                yield msgspec.structs.replace(fault.problems[0], line=number)
            item.clear()
            while item.getprevious() is not None:
                del item.getparent()[0]
    except etree.XMLSyntaxError as fault:
        yield error("export-broken", name, fault.lineno or 0, why="why-xml", records=number)


def _item(item: object) -> Record:
    """Return the fields of one <item>, namespaces of any WXR version dropped."""
    record: dict[str, object] = {}
    ours: dict[str, object] = {}  # which no element of a plug-in takes the place of
    terms: dict[str, list[str]] = {}
    for child in item:  # type: ignore[attr-defined] # an lxml element
        if not isinstance(child.tag, str):
            continue
        space, _, tag = child.tag.rpartition("}")
        text = child.text or ""
        if child.tag == _CONTENT:
            ours["body"] = text
        elif child.tag == _CREATOR:
            ours["author"] = text
        elif space.endswith("excerpt/"):
            ours["excerpt"] = text
        elif tag == "category":
            key = "topic" if child.get("domain") == "post_tag" else "section"
            terms.setdefault(key, []).append(text)
        elif tag == "postmeta":
            _meta(child, record)
        else:
            record[tag] = text
    return _as_article({**record, **ours, **terms})


def _meta(child: object, record: dict[str, object]) -> None:
    values = {c.tag.rpartition("}")[2]: c.text or "" for c in child if isinstance(c.tag, str)}  # type: ignore[attr-defined]
    if values.get("meta_key") in {"_thumbnail_id", "_wp_old_slug"}:
        record[values["meta_key"]] = values.get("meta_value", "")


def _as_article(record: dict[str, object]) -> Record:
    """Return a WXR record under our own names."""
    gmt = str(record.get("post_date_gmt") or "")
    local = str(record.get("post_date") or "")
    date = f"{gmt.replace(' ', 'T')}Z" if gmt and not gmt.startswith("0000") else local
    return {
        **record,
        "id": record.get("post_id", ""),
        "title": record.get("title", ""),
        "date": "" if date.startswith("0000") else date,
        "url": record.get("link", ""),
        "description": record.get("excerpt", ""),
    }
