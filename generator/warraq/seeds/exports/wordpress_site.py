"""The contents of a WordPress export other than posts: URL, writers, terms, pages, comments."""

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import NamedTuple

from warraq.seeds.exports.wordpress import authors_in, is_article
from warraq.seeds.exports.xml_records import XmlRecords

# A term contains no other term's tag, so that an unclosed one is not scanned to the end.
# No possessive quantifier after a group: Python before 3.11.5 matches it wrongly (gh-106052).
_FENCED = r"<!\[CDATA\[([^<\]]*+(?:(?:<(?!!\[CDATA\[)|\](?!\]>))[^<\]]*+)*)\]\]>"
_FIELD = re.compile(rf"<wp:(\w+)>\s*+(?:{_FENCED}|([^<]*+))\s*</wp:\1>")
_GROUPS = tuple(
    (re.compile(f"<wp:{kind}>(.*?)</wp:{kind}>", re.DOTALL), kind) for kind in ("category", "tag")
)
_SITE = re.compile(r"<wp:base_(?:site|blog)_url>\s*(?:<!\[CDATA\[)?\s*([^<\]\s]+)")
_TERM = re.compile(
    rf"""<category\s[^<>]*domain="(category|post_tag)"[^<>]*>\s*+(?:{_FENCED}|([^<]*+))"""
)
_SLUG = re.compile(r"""\bnicename="([^"]*)\"""")
_CREATOR = re.compile(r"<dc:creator>\s*(?:<!\[CDATA\[(.*?)\]\]>|([^<]*))", re.DOTALL)
_TYPE = re.compile(r"<wp:post_type>\s*(?:<!\[CDATA\[)?\s*([\w-]+)")
_STATUS = re.compile(r"<wp:status>\s*(?:<!\[CDATA\[)?\s*([\w-]+)")
_PASSWORD = re.compile(r"<wp:post_password>\s*(?:<!\[CDATA\[)?[^<\]\s]")
_COMMENT = "<wp:comment>"


class Term(NamedTuple):
    """A category or tag: `slug` is part of its URL, `parent` the slug of its parent."""

    slug: str
    name: str
    parent: str = ""
    number: str = ""
    is_tag: bool = False


class WordPress(NamedTuple):
    """A site as described by its export.

    `writers` are the display names, by login, of the authors of published posts; `terms` the used
    categories and tags and their parents. `passed` counts, by type, the items that are not
    imported: parts of the site, hidden pages, the trash.
    """

    address: str = ""
    writers: dict[str, str] = {}  # noqa: RUF012 - never changed
    terms: tuple[Term, ...] = ()
    comments: int = 0
    passed: dict[str, int] = {}  # noqa: RUF012 - as above


def surveyed(path: Path) -> WordPress:
    """Return the site described by the export at `path`."""
    records = XmlRecords(path)
    found = _SITE.findall(records.head)
    known, names = _head_terms(records.head), authors_in(records.head)
    terms: dict[tuple[bool, str], Term] = {}
    logins: dict[str, None] = {}
    passed: Counter[str] = Counter()
    comments = 0
    for piece in records:
        kind = _first(_TYPE, piece.text) or "post"
        comments += piece.text.count(_COMMENT)
        status = _first(_STATUS, piece.text)
        hidden = status not in {"publish", ""} or bool(_PASSWORD.search(piece.text))
        if kind == "page":
            passed[kind] += hidden
        elif not is_article(kind):
            passed[kind] += kind != "attachment"
        elif status in {"trash", "auto-draft"}:
            passed[status] += 1
        if not is_article(kind) or status not in {"publish", ""}:
            continue
        for term in _terms(piece.text):
            terms.setdefault((term.is_tag, term.slug), term)
        if creator := _CREATOR.search(piece.text):
            logins[_text(creator[1], creator[2])] = None
    used = {key: known.get(key, term) for key, term in terms.items()}
    for term in list(used.values()):
        while term.parent and (False, term.parent) in known and (False, term.parent) not in used:
            term = used[False, term.parent] = known[False, term.parent]  # noqa: PLW2901 - a walk up
    writers = {login: names.get(login, login) for login in logins if login}
    return WordPress(
        found[-1].rstrip("/") if found else "",
        writers,
        tuple(sorted(used.values())),
        comments,
        dict(passed),
    )


def _groups(head: str) -> Iterator[tuple[str, str]]:
    """Yield (kind, fields) of each term; none is searched for after the last end tag."""
    for pattern, kind in _GROUPS:
        end = f"</wp:{kind}>"
        yield from ((kind, inner) for inner in pattern.findall(head[: head.rfind(end) + len(end)]))


def _head_terms(head: str) -> dict[tuple[bool, str], Term]:
    """Return the terms before the first item."""
    terms: dict[tuple[bool, str], Term] = {}
    for kind, inner in _groups(head):
        fields = {name: _text(fenced, bare) for name, fenced, bare in _FIELD.findall(inner)}
        number = fields.get("term_id", "")
        if kind == "category":
            slug = fields.get("category_nicename", "")
            parent = fields.get("category_parent", "")
            terms[False, slug] = Term(slug, fields.get("cat_name", ""), parent, number)
        else:
            slug = fields.get("tag_slug", "")
            terms[True, slug] = Term(slug, fields.get("tag_name", ""), "", number, is_tag=True)
    return terms


def _terms(item: str) -> Iterator[Term]:
    for found in _TERM.finditer(item):
        slug = _SLUG.search(found[0])
        if slug:
            yield Term(slug[1], _text(found[2], found[3]), is_tag=found[1] == "post_tag")


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1] if found else ""


def _text(fenced: str | None, bare: str | None) -> str:
    return " ".join(unescape(bare or fenced or "").split())
