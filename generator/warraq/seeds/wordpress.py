"""WordPress's export (WXR) → its posts, streamed: record after record under our own names."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from warraq.base.problems import Problem
from warraq.seeds.attachments import Attachment, attachment, footnotes, shown
from warraq.seeds.records import Export, Numbered, Record
from warraq.seeds.xml_records import XmlRecords, items, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_SITE = re.compile(r"<wp:base_(?:site|blog)_url>\s*(?:<!\[CDATA\[)?\s*([^<\]\s]+)")
_METAS = {
    *("_thumbnail_id", "_wp_old_slug", "_wp_attachment_image_alt", "_media_credit"),
    *("media_credit", "footnotes"),
}


def is_wordpress(head: str) -> bool:
    """Tell by what stands before its first item whether an XML file is an export of WordPress."""
    return "://wordpress.org/export/" in head or "<wp:wxr_version>" in head


def export(path: Path, name: str) -> Export:
    """Return the posts, drafts among them; pictures (attachments) are gathered in a first pass."""
    found = _SITE.findall(XmlRecords(path).head)
    origin = re.sub(r"^https?://(?:www\.)?|/+$", "", found[-1]) if found else ""
    system = f"wordpress:{origin}" if origin else "wordpress"
    return Export(_posts(path, name), origin=system, formerly=("wordpress",), ours=True)


def _posts(path: Path, name: str) -> Iterator[Numbered | Problem]:
    library: dict[str, Attachment] = {}
    for found in _items(path, name, only="attachment"):
        if isinstance(found, Numbered) and found.record.get("post_type") == "attachment":
            library[str(found.record.get("post_id"))] = attachment(found.record)
    for found in _items(path, name):
        if isinstance(found, Problem):
            yield found
        elif _is_post(found.record):
            yield found._replace(record=_complete(found.record, library))


def _is_post(record: Record) -> bool:
    unwanted = record.get("status") in {"trash", "auto-draft"}
    return record.get("post_type", "post") == "post" and not unwanted


def _complete(record: Record, library: Mapping[str, Attachment]) -> Record:
    """Return a post with what it names by number: its lead picture, galleries, footnotes."""
    lead = library.get(str(record.get("_thumbnail_id")), Attachment(""))
    body = shown(str(record.get("body") or ""), str(record.get("post_id")), library)
    return {
        **record,
        "body": body + footnotes(record.get("footnotes")),
        "image": lead.src,
        "image_alt": lead.alt,
        "image_caption": lead.caption,
        "image_credit": lead.credit,
    }


def _items(path: Path, name: str, only: str = "") -> Iterator[Numbered | Problem]:
    return items(XmlRecords(path), name, _item, only)


def _item(item: "_Element") -> Record:
    """Return the fields of one <item>, namespaces of any WXR version dropped."""
    record: dict[str, object] = {}
    ours: dict[str, object] = {}  # which no element of a plug-in takes the place of
    terms: dict[str, list[str]] = {}
    for child in item:
        if not isinstance(child.tag, str):
            continue
        space, _, tag = child.tag.rpartition("}")
        text = text_of(child)
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


def _meta(child: "_Element", record: dict[str, object]) -> None:
    values = {c.tag.rpartition("}")[2]: c.text or "" for c in child if isinstance(c.tag, str)}
    if values.get("meta_key") in _METAS:
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
