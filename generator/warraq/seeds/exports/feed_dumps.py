"""A feed's dump → its entries under our own names: RSS of any version, Atom, Blogger's export.

Parsed with lxml entry by entry and not by feedparser, which loads the whole file: a site's dump may
have a gigabyte.
"""

import re
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from warraq.base.problems import Problem, counted, warning
from warraq.base.urls import url_parts
from warraq.seeds.exports.exported import Export, Numbered, Record
from warraq.seeds.exports.field_values import moment, plain, several
from warraq.seeds.exports.xml_records import XmlRecords, items, name_of, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

# Our name → the vocabularies' names, by preference; dc: and dcterms: have no prefix here.
_NAMES = {
    "id": ("guid", "id", "identifier"),
    "title": ("title",),
    "body": ("encoded", "content", "body", "description", "summary"),
    "date": ("published", "pubdate", "date", "issued", "created"),
    "modified": ("updated", "modified"),
    "url": ("origlink", "link"),
    "outlet": ("source", "publisher"),
    "lang": ("language",),
}
_MEDIA = "http://search.yahoo.com/mrss/"
_PICTURES = {"image", "enclosure", "content", "thumbnail"}
_KIND = "http://schemas.google.com/g/2005#kind"
_BLOGGER = "http://schemas.google.com/blogger/2018"
_CHANNEL_LINK = re.compile(
    r"<link>\s*(?:<!\[CDATA\[)?\s*(https?://[^<\]\s]+)"
    r"|<link\s(?=[^<>]*\brel=[\"'](?:alternate|self)[\"'])[^<>]*\bhref=[\"']([^\"']+)"
)


_CHANNEL_TITLE = re.compile(
    r"<title(?:\s[^<>]*)?>\s*(?:<!\[CDATA\[)?([^<\]]*)(?:\]\]>)?\s*</title>"
)
_NO_OUTLETS = frozenset(
    [*"rss feed news home blog الأخبار أخبار الرئيسية المدونة مدونة".split(), "آخر الأخبار"]
)
_PLAYED = ("audio", "video")


def export(path: Path, name: str) -> Export:
    """Return the entries of the feed at `path`."""
    records = XmlRecords(path)
    found = _CHANNEL_LINK.search(records.head)
    origin = _host(found[1] or found[2]) if found else ""
    entries = _signed(_entries(records, name), title_in(records.head), origin)
    return Export(entries, origin, formerly=("wordpress",), ours=True)


def title_in(head: str) -> str:
    """Return the name of a feed's site, "" if it is a generic word.

    >>> title_in("<channel><title>صدى الوادي - رياضة</title>"), title_in("<feed><title>RSS</title>")
    ('صدى الوادي', '')
    """
    found = _CHANNEL_TITLE.search(head)
    title = re.split(r"\s+[|–—-]\s+", plain(found[1]))[0] if found else ""
    return "" if title.casefold() in _NO_OUTLETS else title


def _signed(
    found: Iterator[Numbered | Problem], outlet: str, host: str
) -> Iterator[Numbered | Problem]:
    """Yield the entries with the feed's site as outlet, unless they link to other sites."""
    for item in found:
        if outlet and not isinstance(item, Problem) and not item.record.get("outlet"):
            own = _host(str(item.record.get("url") or ""))
            if own == host:
                yield item._replace(record={**item.record, "outlet": outlet})
                continue
        yield item


def _host(address: str) -> str:
    return (url_parts(address).hostname or "").removeprefix("www.")


def _entries(records: XmlRecords, name: str) -> Iterator[Numbered | Problem]:
    """Yield the articles; count the comments, settings etc. that Blogger exports with them."""
    passed: dict[str, int] = {}
    for found in items(records, name, entry):
        kind = "" if isinstance(found, Problem) else str(found.record.get("kind", ""))
        if kind in {"", "post"}:
            yield found
        else:
            passed[kind] = passed.get(kind, 0) + 1
    if passed:
        yield warning("export-passed", name, kinds=counted(passed))


def entry(element: "_Element") -> Record:
    """Return an <item> or <entry> under our own names."""
    texts: dict[str, list[str]] = {}
    people: list[str] = []
    terms: list[str] = []
    played: list[str] = []
    record: dict[str, object] = {}
    for child in element:
        space, name = name_of(child)
        if name in {"creator", "author"}:
            people.append(_person(child))
        elif name == "subject":
            terms += several(text_of(child))
        elif address := _player(child, name):
            played.append(address)
        elif name == "category" and child.get("scheme") != _KIND:
            terms.append(_term(child))
        elif special := _special(child, space, name):
            record = {**special, **record}  # the first one is the lead picture
        elif space != _MEDIA and name:
            texts.setdefault(name.lower(), []).append(text_of(child))
    values: dict[str, object] = {ours: _first(texts, names) for ours, names in _NAMES.items()}
    summary = _first(texts, ("description", "summary"))
    values["description"] = "" if summary == values["body"] else summary
    values |= {key: value for key, value in record.items() if value}
    values["body"] = "\n\n".join((str(values["body"]), *map(_as_player, dict.fromkeys(played))))
    about = element.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about", "")
    values["id"] = values["id"] or about
    values["url"] = values["url"] or next((v for v in (values["id"], about) if "://" in str(v)), "")
    for key in ("date", "modified"):
        values[key] = moment(str(values[key]))
    return {**values, "author": list(filter(None, people)), **_sorted_terms(terms, element)}


def _player(child: "_Element", name: str) -> str:
    """Return the URL of a recording in an entry's enclosures."""
    kind = child.get("type", "") or child.get("medium", "")
    encloses = name in {"enclosure", "content"} or child.get("rel") == "enclosure"
    address = child.get("url") or child.get("href") or ""
    return address if encloses and kind.startswith(_PLAYED) else ""


def _as_player(address: str) -> str:
    return f'<audio src="{escape(address)}"></audio>'


def _special(child: "_Element", space: str, name: str) -> dict[str, object]:
    """Return the values that an element has in attributes or in one program's vocabulary."""
    if name == "category":
        return {"kind": child.get("term", "").rpartition("#")[2]}
    if name == "link" and child.get("href"):
        return _link(child)
    if name == "image" or child.get("url"):
        return _picture(child, name) if name in _PICTURES else {}
    if name == "control":
        return {"status": "draft" if "yes" in "".join(map(text_of, child)) else ""}
    if name == "in-reply-to":
        return {"kind": "comment"}
    return _of_blogger(name, text_of(child)) if space == _BLOGGER else {}


def _first(texts: Mapping[str, list[str]], names: tuple[str, ...]) -> str:
    return next((text for name in names for text in texts.get(name, ()) if text.strip()), "")


def _sorted_terms(terms: list[str], element: "_Element") -> dict[str, list[str]]:
    """Return a feed's categories: RSS names the section first, Atom's labels are topics."""
    terms = list(dict.fromkeys(filter(None, terms)))
    if name_of(element)[1] == "entry":
        return {"topic": terms}
    return {"section": terms[:1], "topic": terms[1:]}


def _person(child: "_Element") -> str:
    """Return a writer's name; RSS prescribes «mail (Name)»."""
    names = [text_of(inner) for inner in child if name_of(inner)[1] == "name"]
    text = " ".join((names[0] if names else text_of(child)).split())
    if mail := re.fullmatch(r"\S+@\S+\s*(?:\((.*)\))?", text):
        return (mail[1] or "").strip()
    return text


def _term(child: "_Element") -> str:
    return (child.get("label") or child.get("term") or text_of(child)).strip()


def _link(child: "_Element") -> dict[str, object]:
    relation = child.get("rel", "alternate")
    return {"url": child.get("href")} if relation == "alternate" else _picture(child, relation)


def _picture(child: "_Element", name: str) -> dict[str, object]:
    kind = child.get("type", "") or child.get("medium", "")
    if not (name in {"image", "thumbnail"} or (name in _PICTURES and kind.startswith("image"))):
        return {}
    inner = {name_of(c)[1]: text_of(c).strip() for c in child}
    address = inner.get("url") or child.get("url") or child.get("href") or child.text or ""
    caption = inner.get("description") or inner.get("title") or ""
    return {"image": address.strip(), "image_caption": caption if name != "image" else ""}


def _of_blogger(name: str, text: str) -> dict[str, object]:
    """Return the values in Blogger's own vocabulary, as in its newer export (feed.atom)."""
    if name == "type":
        return {"kind": text.lower()}
    if name == "status":
        return {"status": {"LIVE": "", "DRAFT": "draft"}.get(text, "private")}
    return {"alias": text} if name == "filename" else {}
