"""WordPress's export (WXR) → its posts, streamed, as records under our own names."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warraq.base.problems import Problem
from warraq.seeds.bodies.attachments import Attachment, attachment, footnotes, shown
from warraq.seeds.exports.exported import COMMENTS, Export, Numbered, Record
from warraq.seeds.exports.field_values import in_own_zone, plain
from warraq.seeds.exports.packed import bare_name
from warraq.seeds.exports.xml_records import XmlRecords, items, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
# Taxonomies whose terms are not topics; those of others (series, regions) are.
_NO_TOPICS = frozenset(
    "post_format nav_menu post_translations term_translations yst_prominent_words wp_theme "
    "wp_template_part_area wp_pattern_category link_category".split()
)
_AUTHOR = re.compile(r"<wp:author>.*?</wp:author>", re.DOTALL)
_AUTHOR_END = "</wp:author>"  # no author is searched for after the last one
_OF_AUTHOR = r"<wp:author_%s>\s*(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?\s*</wp:author_%s>"
_TITLE = re.compile(
    r"<channel>\s*<title>\s*(?:<!\[CDATA\[)?([^<\]]*)(?:\]\]>)?\s*</title>", re.DOTALL
)
_SITE = re.compile(r"<wp:base_(?:site|blog)_url>\s*(?:<!\[CDATA\[)?\s*([^<\]\s]+)")
_LINK = re.compile(r"<link>\s*(?:<!\[CDATA\[)?\s*([^<\]\s]+)")  # all that old versions have
# Types of items that are not articles: parts of the site, and plug-ins' data.
_NO_ARTICLES = frozenset(
    "attachment page revision nav_menu_item custom_css customize_changeset oembed_cache "
    "user_request shop_order shop_coupon product product_variation feedback popup et_pb_layout "
    "mc4wp-form tablepress_table amp_validated_url forum topic reply sidebar slide slider".split()
)
_OF_PROGRAMS = ("wp_", "wpcf7", "acf", "elementor", "jetpack", "jp_", "vc_", "ml-slide", "_")
_METAS = {
    *("_thumbnail_id", "_wp_old_slug", "_wp_attachment_image_alt", "_media_credit"),
    *("media_credit", "footnotes"),
}


def is_wordpress(head: str) -> bool:
    """Whether an XML file is an export of WordPress, judged by the text before its first item."""
    return "://wordpress.org/export/" in head or "<wp:wxr_version>" in head


def export(path: Path, name: str) -> Export:
    """Return the posts, including drafts and posts in the trash.

    A first pass collects the pictures (attachments).
    """
    head = XmlRecords(path).head
    found = (
        _SITE.findall(head)[-1:] or _LINK.findall(head)[:1]
    )  # of a multisite network the blog, not the network
    origin = re.sub(r"^https?://(?:www\.)?|/+$", "", found[0]) if found else ""
    system = f"wordpress:{origin}" if origin else "wordpress"
    return Export(_posts(path, name), origin=system, formerly=("wordpress",), ours=True)


def pages(path: Path) -> Iterator[Record]:
    """Yield the site's published pages, as records under our own names."""
    library = _library(path)
    for found in _items(path, "", only="page"):
        if isinstance(found, Numbered) and found.record.get("post_type") == "page":
            is_public = found.record.get("status") in {"publish", None}
            if is_public and not found.record.get("post_password"):
                yield _complete(found.record, library)


def has_lines(record: Record) -> bool:
    """Whether line ends in a post's body are shown as such, as in the classic editor."""
    return "<!-- wp:" not in str(record.get("body") or "")


def _library(path: Path) -> dict[str, Attachment]:
    """Return the files of the media library by number.

    WordPress splits a large export into several files and may export the library as a file of its
    own, so exports of the same site in the folder of `path` are read too.
    """
    kind = Path(bare_name(path)).suffix
    siblings = sorted(p for p in path.parent.iterdir() if Path(bare_name(p)).suffix == kind)
    files = [file for file in siblings if file.is_file() and not file.is_symlink()]
    stats = tuple((file, file.stat().st_size, file.stat().st_mtime_ns) for file in files)
    return _of_site(_address(XmlRecords(path).head), path, stats)


@lru_cache(maxsize=2)
def _of_site(
    address: str, path: Path, files: tuple[tuple[Path, int, int], ...]
) -> dict[str, Attachment]:
    """Return the library of one site from `files`; their sizes and mtimes key the cache."""
    library: dict[str, Attachment] = {}
    for file, _, _ in files:
        if file != path and not (address and _is_of(file, address)):
            continue
        for found in _items(file, "", only="attachment"):
            if isinstance(found, Numbered) and found.record.get("post_type") == "attachment":
                library[str(found.record.get("post_id"))] = attachment(found.record)
    return library


def _is_of(file: Path, address: str) -> bool:
    try:
        head = XmlRecords(file).head
    except OSError:
        return False
    return is_wordpress(head) and _address(head) == address


def _address(head: str) -> str:
    found = _SITE.findall(head)
    return re.sub(r"^https?://(?:www\.)?|/+$", "", found[-1]) if found else ""


def _posts(path: Path, name: str) -> Iterator[Numbered | Problem]:
    library = _library(path)
    head = XmlRecords(path).head
    names, newspaper = authors_in(head), title_in(head)
    for found in _items(path, name):
        if isinstance(found, Problem):
            yield found
        elif _is_post(found.record):
            record = _with_names(_complete(found.record, library), names)
            yield found._replace(record={**record, "outlet": newspaper})


def authors_in(head: str) -> dict[str, str]:
    """Return login → display name of the authors before a WXR file's first item.

    For a display name that is the login or a mail address, first and last name are joined.

    >>> authors_in("<wp:author><wp:author_login>samar</wp:author_login><wp:author_display_name>"
    ...            "<![CDATA[سمر نجم]]></wp:author_display_name></wp:author>")
    {'samar': 'سمر نجم'}
    """
    found: dict[str, str] = {}
    for author in _AUTHOR.findall(head[: head.rfind(_AUTHOR_END) + len(_AUTHOR_END)]):
        parts = {
            key: _of_author(author, key)
            for key in ("login", "display_name", "first_name", "last_name")
        }
        both = f"{parts['first_name']} {parts['last_name']}".strip()
        shown = parts["display_name"]
        is_login = shown in {"", parts["login"]} or "@" in shown
        if name := (both or shown) if is_login else shown:
            found[parts["login"]] = name
    return found


def title_in(head: str) -> str:
    """Return a site's name, without its tagline.

    >>> title_in("<channel><title>جريدة الحي | أخبار المرفأ</title><link>x</link>")
    'جريدة الحي'
    """
    found = _TITLE.search(head)
    return re.split(r"\s+[|–—-]\s+", plain(found[1]))[0] if found else ""


def _of_author(author: str, key: str) -> str:
    found = re.search(_OF_AUTHOR % (key, key), author, re.DOTALL)
    return plain(found[1]) if found else ""


def is_article(post_type: str) -> bool:
    """Whether a post type is one of articles: `post`, or a theme's own («news»).

    >>> is_article("post"), is_article("news"), is_article("nav_menu_item"), is_article("wp_block")
    (True, True, False, False)
    """
    return post_type not in _NO_ARTICLES and not post_type.startswith(_OF_PROGRAMS)


def _is_post(record: Record) -> bool:
    is_text = is_article(str(record.get("post_type") or "post"))
    return is_text and record.get("status") != "auto-draft"


def _complete(record: Record, library: Mapping[str, Attachment]) -> Record:
    """Return a post with the items it refers to by number: lead picture, galleries, footnotes."""
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


def _with_names(record: Record, names: Mapping[str, str]) -> Record:
    """Return `record` with its writers: from Co-Authors Plus, else the login's display name."""
    listed = record.get("authors")
    login = str(record.get("author") or "")
    writers = (
        [names.get(writer, writer) for writer in listed if isinstance(writer, str)]
        if (isinstance(listed, list))
        else []
    )
    return {**record, "author": writers or [names.get(login, login)]}


def _items(path: Path, name: str, only: str = "") -> Iterator[Numbered | Problem]:
    return items(XmlRecords(path), name, _item, only)


_OF_RSS = frozenset("title link pubDate guid description".split())


def _item(item: "_Element") -> Record:
    """Return the fields of one <item>, without the namespaces of the WXR version."""
    record: dict[str, object] = {}
    ours: dict[str, object] = {}  # never overridden by a plug-in's element
    terms: dict[str, list[str]] = {}
    comments = 0
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
            _term(child, text, terms)
        elif tag == "postmeta":
            _meta(child, record)
        elif tag == "comment":
            comments += 1
        elif (not space) == (tag in _OF_RSS):  # not a plug-in's <status> or <media:title>
            record[tag] = text
    parts = {COMMENTS: comments} if comments else {}
    return _as_article({**record, **ours, **terms, **parts})


def _term(child: "_Element", text: str, terms: dict[str, list[str]]) -> None:
    domain = child.get("domain") or "category"
    if domain == "author":
        terms.setdefault("authors", []).append(text)
    elif domain == "language":
        terms.setdefault("lang", []).append(child.get("nicename") or text)
    elif domain not in _NO_TOPICS:
        terms.setdefault("section" if domain == "category" else "topic", []).append(text)


def _meta(child: "_Element", record: dict[str, object]) -> None:
    values = {c.tag.rpartition("}")[2]: c.text or "" for c in child if isinstance(c.tag, str)}
    if values.get("meta_key") in _METAS:
        record[values["meta_key"]] = values.get("meta_value", "")


def _as_article(record: dict[str, object]) -> Record:
    """Return a WXR record under our own names."""

    def moment_of(key: str) -> str:
        own = (str(record.get(name) or "") for name in (key, f"{key}_gmt"))
        return in_own_zone(*own)

    return {
        **record,
        "id": record.get("post_id", ""),
        "title": record.get("title", ""),
        "date": moment_of("post_date"),
        "modified": moment_of("post_modified"),
        "url": record.get("link", ""),
        "description": record.get("excerpt", ""),
    }


def of_interface(record: Record) -> Record:
    """Return a post of WordPress's REST API (wp-json with `_embed`), its ids replaced by names.

    >>> terms = [[{"taxonomy": "category", "name": "طرق"}]]
    >>> embedded = {"author": [{"name": "سمر"}], "wp:term": terms}
    >>> found = of_interface({"id": 1, "author": 3, "_embedded": embedded})
    >>> found["author"], found["section"], found["topics"]
    (['سمر'], ['طرق'], [])
    """
    embedded = record.get("_embedded")
    if not isinstance(embedded, dict):
        return record
    groups = embedded.get("wp:term")
    terms = [
        term for group in (groups if isinstance(groups, list) else ()) for term in _dicts(group)
    ]
    media: dict[str, Any] = next(iter(_dicts(embedded.get("wp:featuredmedia"))), {})
    caption = media.get("caption")
    return {
        **{key: value for key, value in record.items() if key not in {"_embedded", *_BY_NUMBER}},
        "author": [writer.get("name") for writer in _dicts(embedded.get("author"))],
        "section": [term.get("name") for term in terms if term.get("taxonomy") == "category"],
        "topics": [term.get("name") for term in terms if term.get("taxonomy") == "post_tag"],
        "image": media.get("source_url", ""),
        "image_alt": media.get("alt_text", ""),
        "image_caption": plain(
            str(caption.get("rendered", "")) if isinstance(caption, dict) else ""
        ),
    }


_BY_NUMBER = ("categories", "tags", "featured_media")


def _dicts(value: object) -> list[dict[str, Any]]:
    items = value if isinstance(value, list) else []
    return [item for item in items if isinstance(item, dict)]
