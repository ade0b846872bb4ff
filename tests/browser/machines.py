"""What can be held against what machines read: JSON-LD, share cards, feeds, sitemap. Pure."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import feedparser
from lxml import etree
from lxml import html as markup

from warraq.model import Article

Files = Mapping[str, bytes]  # by path, as published
_SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).with_name("sitemap.rng")))
_PLACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
# What the vocabulary and search engines ask of each type.
_NEEDED = {
    "NewsArticle": ("headline", "url", "publisher", "image", "inLanguage", "isPartOf"),
    "CollectionPage": ("name", "url", "inLanguage", "isPartOf"),
    "WebSite": ("name", "url", "potentialAction", "publisher"),
    "BreadcrumbList": ("itemListElement",),
    "CorrectionComment": ("datePublished", "text"),
    "ListItem": ("position",),
}
_CARD = ("type", "title", "description", "url", "site_name", "locale", "image", "image:alt")


def of_page(path: str, files: Files, base: str, source: str) -> Iterator[str]:
    """Yield what is wrong in what the page at `path` tells machines; `base` is the site's."""
    tree = markup.document_fromstring(source)
    yield from _card(tree, files, base)
    for text in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            whole = json.loads(text)
        except ValueError as fault:
            yield f"JSON-LD that is none: {fault}"
            continue
        if whole.pop("@context", None) != "https://schema.org":
            yield "JSON-LD without its vocabulary"
        yield from _things(whole, files, base)
        for thing in whole.get("@graph", [whole]):
            yield from _as_shown(thing, tree, base + path)


def _card(tree: markup.HtmlElement, files: Files, base: str) -> Iterator[str]:
    given = {m.get("property"): m.get("content", "") for m in tree.iter("meta")}
    yield from (f"no og:{name}" for name in _CARD if not given.get(f"og:{name}", "").strip())
    if not tree.xpath("//meta[@name='twitter:card']"):
        yield "no twitter:card"
    if given.get("og:url") not in tree.xpath("//link[@rel='canonical']/@href"):
        yield "og:url is not the canonical address"
    yield from _dead(given.get("og:image", ""), files, base)


def _things(value: object, files: Files, base: str, at: str = "") -> Iterator[str]:
    if value in (None, "", [], {}):
        yield f"nothing is told of {at}"
    elif isinstance(value, list):
        for item in value:
            yield from _things(item, files, base, at)
    elif isinstance(value, dict):
        kind = value.get("@type", "")
        # What an article is based on is another's: of that only a part is known.
        needed = () if at == "isBasedOn" else _NEEDED.get(kind, ())
        yield from (f"{kind} without {name}" for name in needed if name not in value)
        for name, item in value.items():
            yield from _things(item, files, base, name)
    elif at in {"url", "item", "logo", "image", "archivedAt", "publishingPrinciples"}:
        yield from _dead(str(value), files, base)


def _dead(url: str, files: Files, base: str) -> Iterator[str]:
    path = url.removeprefix(base)
    whole = f"{path}index.html" if path[-1:] in {"", "/"} else path
    if url.startswith(base) and whole not in files:
        yield f"machines are sent to {url}, which is not there"


def _as_shown(thing: dict[str, Any], tree: markup.HtmlElement, url: str) -> Iterator[str]:
    """Yield where what is told differs from what readers see."""
    if thing.get("@type") == "BreadcrumbList":
        places = [item["position"] for item in thing["itemListElement"]]
        if places != list(range(1, len(places) + 1)):
            yield f"breadcrumbs numbered {places}"
        if thing["itemListElement"][-1]["item"] != url:
            yield "breadcrumbs that end elsewhere"
    if thing.get("@type") != "NewsArticle":
        return
    shown = {
        "headline": "".join(tree.find(".//h1").itertext()),
        "datePublished": "".join(tree.xpath("//meta[@property='article:published_time']/@content")),
    }
    yield from (
        f"{name} is «{thing.get(name, '')}» and shown as «{text}»"
        for name, text in shown.items()
        if name in thing and thing[name] != text
    )


def of_article(news: Mapping[str, Any], article: Article) -> Iterator[str]:
    """Yield where a NewsArticle tells less or other than the front matter."""

    def names(key: str) -> list[str]:
        found = news.get(key, [])
        return [thing["name"] for thing in (found if isinstance(found, list) else [found])]

    # A date without a word on how it is known is the outlet's own.
    is_known = article.date_info.status in {"exact", "unknown"}
    if not is_known and "datePublished" in news:
        yield f"datePublished: {news['datePublished']!r}, which is no plain fact"
    asserted = {
        "headline": article.title,
        "datePublished": article.date.iso if article.date and is_known else "",
        "dateModified": article.lastmod.iso if article.lastmod else "",
        "temporalCoverage": article.event_date,
        "inLanguage": article.lang or "ar",
    }
    yield from (
        f"{key}: {news.get(key)!r}, not {value!r}"
        for key, value in asserted.items()
        if value and news.get(key) != value
    )
    systems = [i["propertyID"] for i in news["identifier"][1:] if isinstance(i, dict)]
    if article.id not in news["identifier"] or systems != list(article.external_ids):
        yield f"identifier: {news['identifier']}"
    images = len(article.figures) + 1
    if article.rights.display in {None, "full"} and len(news["image"]) != images:
        yield f"image: {len(news['image'])}, not {images}"
    listed = {
        "sourceOrganization": [article.source.name] if article.source else [],
        "provider": [credit.name for credit in article.via],
        "contentLocation": [article.dateline] if article.dateline else [],
    }
    yield from (f"{key}: {names(key)}" for key, told in listed.items() if names(key) != told)
    counted = {"about": article.topics, "mentions": article.people + article.places}
    yield from (
        f"{key}: {names(key)}" for key, all_ in counted.items() if len(names(key)) < len(all_)
    )
    if article.authors and len(names("author")) != len(article.authors):
        yield f"author: {names('author')}"
    if [c.name for c in article.cited] != news.get("citation", []):
        yield f"citation: {news.get('citation')}"
    notes = [c["text"] for c in news.get("correction", [])]
    if notes != [c.note for c in article.corrections]:
        yield f"correction: {notes}"


def of_descriptions(pages: Mapping[str, str]) -> Iterator[str]:
    """Yield the descriptions that several pages share, a copy and its original aside."""
    found: Counter[str] = Counter()
    for source in pages.values():
        tree = markup.document_fromstring(source)
        address = tree.xpath("//meta[@property='og:url']/@content")
        text = "".join(tree.xpath("//meta[@name='description']/@content"))
        found.update({f"{text}\n{address}"} if 'http-equiv="refresh"' not in source else ())
    texts = Counter(line.partition("\n")[0] for line in found)
    yield from (f"{n} pages are described as «{text}»" for text, n in texts.items() if n > 1)


def of_feeds(files: Files, base: str) -> Iterator[str]:
    """Yield what a feed reader or the standards would refuse in any feed."""
    for path in sorted(path for path in files if path.endswith("feed.xml")):
        yield from (f"{path}: {fault}" for fault in _feed(path, files, base))


def _feed(path: str, files: Files, base: str) -> Iterator[str]:
    read = feedparser.parse(files[path])
    if read.bozo or read.version != "atom10":
        yield f"cannot be read: {read.get('bozo_exception', read.version)}"
        return
    links = {link.rel: link.href for link in read.feed.get("links", [])}
    if links.get("self") != base + path:
        yield f"calls itself {links.get('self')}"
    if not (read.feed.get("title") and read.feed.get("id") and read.feed.get("updated_parsed")):
        yield "has no title, id or day"
    ids = [entry.get("id") for entry in read.entries]
    if len(set(ids)) < len(ids) or None in ids:
        yield "has entries without an id of their own"
    days = [entry.get("published_parsed") for entry in read.entries]
    if None in days or days != sorted(days, reverse=True):
        yield "is not in order of time"
    for entry in read.entries:
        if not (entry.get("title") and entry.get("author") and entry.get("updated_parsed")):
            yield f"{entry.get('id')} lacks title, author or day"
        yield from _dead(entry.get("link", ""), files, base)
    other = json.loads(files[path.replace(".xml", ".json")])
    if [item["id"] for item in other["items"]] != ids:
        yield "tells other articles than its JSON twin"


def of_sitemap(files: Files, base: str) -> Iterator[str]:
    """Yield what crawlers would refuse: schema, dead or missing or forbidden addresses."""
    named = re.findall(r"(?m)^Sitemap: (.+)$", files["robots.txt"].decode())
    if named != [f"{base}sitemap.xml"]:
        yield f"robots.txt names {named}"
    listed: Counter[str] = Counter()
    for part in _addresses("sitemap.xml", files):
        path = part.removeprefix(base)
        if path not in files:
            yield f"a part that is not there: {part}"
            continue
        listed.update(_addresses(path, files))
    for path in ("sitemap.xml", *(p for p in files if re.fullmatch(r"sitemap-.+\.xml", p))):
        if not _SCHEMA.validate(etree.fromstring(files[path])):
            yield f"{path}: {_SCHEMA.error_log.last_error}"
    open_ = {
        base + path.removesuffix("index.html")
        for path, content in files.items()
        if path.endswith("index.html") and b'content="noindex"' not in content
    }
    yield from (f"{url} stands in it {n} times" for url, n in listed.items() if n > 1)
    yield from (f"{url} is in no sitemap" for url in sorted(open_ - listed.keys()))
    yield from (f"{url} is not for indexes" for url in sorted(listed.keys() - open_))


def _addresses(path: str, files: Files) -> list[str]:
    return [loc.text or "" for loc in etree.fromstring(files[path]).iter(_PLACE)]
