"""Exports of headless CMSes → plain fields: Strapi, Contentful, Sanity, Drupal's JSON.

Their records have bodies as trees, pictures and writers as nested records, and a value for each
language. A first pass collects the records of the file that others refer to.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from warraq.seeds.encodings import opened
from warraq.seeds.exports.exported import Record
from warraq.seeds.exports.field_names import folded
from warraq.seeds.exports.jsontext import parsed
from warraq.seeds.exports.rich_text import html_of

_LOCALE = re.compile(r"und|[a-z]{2}(?:[-_][A-Za-z]{2,4})?")
_KNOWN = re.compile(r'"_type"\s*:\s*"|"sys"\s*:\s*\{|"included"\s*:\s*\[')
_PICTURE = ("cover", "image", "mainimage", "heroimage", "hero", "featuredimage", "thumbnail",
            "photo", "coverimage", "teaserimage", "images", "fieldimage", "leadimage")  # fmt: skip
_DEPTH = 40
_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:\?\S*)?\Z", re.IGNORECASE)
_NAMES = ("name", "title", "display_name", "displayName", "fullName", "label")
# The name of a relation → the article's field that it fills.
_RELATED = {
    **dict.fromkeys(("uid", "author", "authors", "writer", "writers", "fieldauthor"), "author"),
    **dict.fromkeys(("tags", "tag", "topics", "fieldtags", "keywords"), "topic"),
    **dict.fromkeys(
        ("category", "categories", "section", "fieldcategory", "fieldsection"), "section"
    ),
    **dict.fromkeys(_PICTURE, "image"),
}


def is_related(path: Path) -> bool:
    """Whether records of the JSON at `path` may refer to each other by id."""
    with opened(path) as stream:
        return bool(_KNOWN.search(stream.read(1 << 16)))


def leveled(
    record: Record, others: Mapping[str, Record] | None = None, whole: Record | None = None
) -> Record:
    """Return a record with trees as HTML, one language, and related records as their names.

    `whole` is the original record if `record` was taken out of an envelope.

    >>> leveled({"title": {"ar": "خبر"}, "author": {"data": {"attributes": {"name": "سمر"}}}})
    {'title': 'خبر', 'author': 'سمر'}
    """
    out: dict[str, object] = {}
    for key, value in record.items():
        value = _inner(_in_one_language(value), others or {})  # noqa: PLW2901
        kind = _RELATED.get(folded(key))
        is_one = folded(key) != "images" or not isinstance(value, list)
        if kind == "image" and is_one and (inner_fields := dict(_picture(value))):
            out |= {name: text for name, text in inner_fields.items() if text and not out.get(name)}
        elif kind is None and (text := html_of(_resolved(value, others or {}))):
            out[key] = text
        elif kind and kind != "image":
            out[key] = _named(value)
        else:
            out[key] = value
    if _is_draft(whole or record):
        out["status"] = "draft"
    if isinstance(system := record.get("sys"), Mapping):
        out |= {"id": system.get("id"), "modified": system.get("updatedAt")}
        out.setdefault("published_at", system.get("publishedAt"))
    body = record.get("body")
    if isinstance(body, Mapping) and body.get("summary"):
        out.setdefault("summary", body["summary"])
    for name, related in _relations(record, others or {}):
        out.setdefault(name, related)
    return out


def _in_one_language(value: object) -> object:
    """Return the Arabic one of values by language, the first if none is Arabic."""
    if isinstance(value, Mapping) and value and all(_LOCALE.fullmatch(str(key)) for key in value):
        arabic = [key for key in value if str(key).startswith("ar")]
        return value[arabic[0]] if arabic else next(iter(value.values()))
    return value


def _inner(value: object, others: Mapping[str, Record]) -> object:
    """Return the content of an envelope, or the record a reference points to, if known."""
    if isinstance(value, list):
        return [_inner(item, others) for item in value]
    if not isinstance(value, Mapping):
        return value
    if set(value) <= {"data", "meta", "links"} and "data" in value:
        return _inner(value["data"], others)
    if isinstance(value.get("attributes"), Mapping):
        return {**value, **value["attributes"]}
    return others.get(_reference(value), value)


def _resolved(value: object, others: Mapping[str, Record], depth: int = 0) -> object:
    """Return a tree with its references («target») replaced by the records."""
    if not others or depth > _DEPTH:
        return value
    if isinstance(value, list):
        return [_resolved(item, others, depth + 1) for item in value]
    if isinstance(value, Mapping):
        held = {key: _resolved(inner, others, depth + 1) for key, inner in value.items()}
        target = held.get("target")
        return {**held, "target": _inner(target, others)} if target else held
    return value


def _reference(value: Mapping[str, object]) -> str:
    system = value.get("sys")
    own = system.get("id") if isinstance(system, Mapping) else value.get("_ref") or value.get("id")
    return str(own or "")


def identity(record: Record) -> str:
    """Return the id by which other records may refer to this one."""
    return _reference(record) or str(record.get("_id") or "")


def fields_of(record: Record) -> Record:
    """Return the fields of a related record, whatever envelope they are in."""
    inner = next(
        (v for k in ("fields", "attributes") if isinstance(v := record.get(k), Mapping)), record
    )
    return {str(key): _in_one_language(value) for key, value in inner.items()}


def _named(value: object) -> object:
    if isinstance(value, list):
        return [_named(item) for item in value]
    if isinstance(value, Mapping):
        return next((value[name] for name in _NAMES if isinstance(value.get(name), str)), value)
    return value


def _picture(value: object) -> Iterator[tuple[str, str]]:
    """Yield the fields of a picture: its file, caption etc.; also from Joomla's JSON."""
    if isinstance(value, str) and value.startswith("{"):
        try:
            value = parsed(value)
        except ValueError:
            return
    if isinstance(value, list):
        value = value[0] if len(value) == 1 else None
    if not isinstance(value, Mapping):
        return
    which = next((n for n in ("image_fulltext", "image_intro") if value.get(n)), "")
    if which:
        yield "image", str(value[which]).partition("#")[0]
        yield "image_alt", str(value.get(f"{which}_alt") or "")
        yield "image_caption", str(value.get(f"{which}_caption") or "")
        return
    src = _file(value)
    asset = value.get("asset")
    src = src or str(asset.get("_ref") or "" if isinstance(asset, Mapping) else "")
    if _FILE.search(src) or src.startswith("image-"):  # Sanity's form for files on its own host
        inner_fields = ("alternativeText", "alt", "title", "description")
        caption = value.get("caption")
        yield "image", src
        yield (
            "image_alt",
            next((str(value[n]) for n in inner_fields if isinstance(value.get(n), str)), ""),
        )
        yield "image_caption", caption if isinstance(caption, str) else ""
        yield "image_credit", str(value.get("credit") or "")


def _file(value: Mapping[str, object]) -> str:
    for name in ("url", "src", "uri", "file", "asset", "filename_disk"):
        inner = _in_one_language(value.get(name))
        if isinstance(inner, str) and inner:
            return f"https:{inner}" if inner.startswith("//") else inner
        if isinstance(inner, Mapping) and (found := _file(inner)):
            return found
    return ""


def _is_draft(record: Record) -> bool:
    """Whether a record is a draft of Sanity (`drafts.…`), Strapi (no date) or Contentful."""
    if str(record.get("_id") or "").startswith("drafts."):
        return True
    of_strapi = "attributes" in record or "documentId" in record
    inner = record.get("attributes")
    inner_fields = inner if isinstance(inner, Mapping) else record
    if of_strapi and "publishedAt" in inner_fields and not inner_fields["publishedAt"]:
        return True
    system = record.get("sys")
    return isinstance(system, Mapping) and "createdAt" in system and not system.get("publishedAt")


def _relations(record: Record, others: Mapping[str, Record]) -> Iterator[tuple[str, object]]:
    """Yield the names of the related records of JSON:API."""
    inner_fields = record.get("relationships")
    for name, value in inner_fields.items() if isinstance(inner_fields, Mapping) else ():
        kind = _RELATED.get(folded(str(name)))
        inner = _inner(value, others)
        if kind == "image":
            meta = _meta(value)
            told_of = [(name, text) for name, text in (*meta, *_picture(inner)) if text]
            yield from dict(told_of).items()
        elif kind and inner:
            yield kind, _named(inner)


def _meta(value: object) -> Iterator[tuple[str, str]]:
    data = value.get("data") if isinstance(value, Mapping) else None
    meta = data.get("meta") if isinstance(data, Mapping) else None
    if isinstance(meta, Mapping) and isinstance(meta.get("alt"), str):
        yield "image_alt", str(meta["alt"])
