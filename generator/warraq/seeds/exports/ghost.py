"""Ghost's export → its posts, with the names of their writers and tags from its other tables."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from warraq.base.problems import Problem, error, warning
from warraq.seeds.encodings import opened
from warraq.seeds.exports.exported import Export, Numbered, Record
from warraq.seeds.exports.field_values import plain
from warraq.seeds.exports.json_records import JsonRecord, records
from warraq.seeds.exports.rich_text import html_of

_HEAD = re.compile(
    r'\s*\{\s*(?:"db"\s*:\s*\[\s*\{\s*)?"meta"\s*:\s*\{[^{}]*"(?:exported_on|version)"'
)
_AROUND = frozenset({"db", "data"})
_NAMES = frozenset({"tags", "users"})
_META = "posts_meta"
_JOINS = {"posts_tags": "tag_id", "posts_authors": "author_id"}


def is_ghost(path: Path) -> bool:
    """Whether the JSON at `path` is an export of Ghost, judged by its beginning."""
    with opened(path) as stream:
        return bool(_HEAD.match(stream.read(4096)))


def export(path: Path, name: str) -> Export:
    """Return the posts; a first pass collects the names of writers and tags."""
    return Export(_posts(path, name), ours=True)


def _posts(path: Path, name: str) -> Iterator[Numbered | Problem]:
    names: dict[str, str] = {}
    joined: dict[str, dict[str, list[str]]] = {key: defaultdict(list) for key in _JOINS}
    more: dict[str, Record] = {}
    for found in records(path, _AROUND | _NAMES | _JOINS.keys() | {_META}):
        record = found.record
        if found.within in _NAMES and not _is_internal(record):
            names[str(record.get("id"))] = str(record.get("name") or "")
        elif found.within == _META:
            more[str(record.get("post_id"))] = record
        elif found.within in _JOINS:
            to = record.get(_JOINS[found.within])
            joined[found.within][str(record.get("post_id"))].append(str(to))
    passed = 0
    for found in records(path, _AROUND | {"posts"}):
        if found.fault:
            yield error("export-record", name, found.line, why="why-json")
        elif found.within == "posts" and (
            found.record.get("type") == "page" or found.record.get("page")
        ):
            passed += 1
        elif found.within == "posts":
            yield Numbered(found.line, _article(found, names, joined, more))
    if passed:
        yield warning("export-passed", name, kinds=f"page {passed}")


def _is_page(record: Record) -> bool:
    return record.get("type") == "page" or bool(record.get("page"))


def _is_internal(record: Record) -> bool:
    return str(record.get("name") or "").startswith("#")


def _article(
    found: JsonRecord,
    names: Mapping[str, str],
    joined: Mapping[str, Mapping[str, list[str]]],
    more: Mapping[str, Record],
) -> Record:
    post = found.record
    key = str(post.get("id"))
    writers = joined["posts_authors"].get(key) or [str(post.get("author_id"))]
    tags = [names.get(tag, "") for tag in joined["posts_tags"].get(key, ())]
    merged = {**post, **more.get(key, {})}
    hidden = post.get("visibility", "public") != "public"
    return {
        "id": key,
        "title": post.get("title"),
        "body": _here(_body(post)),
        "date": post.get("published_at"),
        "modified": post.get("updated_at"),
        "author": [names[writer] for writer in writers if names.get(writer)],
        "topic": list(filter(None, tags)),
        "alias": f"/{post.get('slug')}/" if post.get("slug") else "",
        "description": post.get("custom_excerpt"),
        "image": _here(post.get("feature_image")).lstrip("/"),
        "image_alt": merged.get("feature_image_alt"),
        "image_caption": plain(str(merged.get("feature_image_caption") or "")),
        "status": "private" if hidden else post.get("status"),
        "lang": post.get("locale"),
    }


def _body(post: Record) -> str:
    """Return a post's HTML; some exports have only the tree it is rendered from."""
    trees = (html_of(post.get(name)) for name in ("lexical", "mobiledoc"))
    merged = (str(post.get(name) or "") for name in ("html", "plaintext", "markdown"))
    return next(filter(None, (next(merged), *trees, *merged)), "")


def _here(text: object) -> str:
    """Return `text` with the site's own URLs, marked by Ghost's placeholder, as paths."""
    return str(text or "").replace("__GHOST_URL__", "")
