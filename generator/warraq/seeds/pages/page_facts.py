"""Metadata of a saved page: JSON-LD, meta tags, microdata, `<time>`, canonical address."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING

from warraq.base.urls import is_web_address, url_parts
from warraq.model import Fact
from warraq.seeds.exports.jsontext import parsed
from warraq.seeds.pages.pruning import short_text, text_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MOST_RIGHTS = 160  # code points of a copyright notice
_RIGHTS = ("©", "الحقوق محفوظة")
MOST_JSON = 512 * 1024  # code points of one JSON-LD block
_ARTICLES = re.compile(
    r"(?:News|Analysis|Opinion|Reportage|Report|Blog|Background|Review)?(?:Article|Posting)"
)
_METAS = {
    "og:title": "title", "twitter:title": "title", "title": "title", "dc.title": "title",
    "og:site_name": "outlet", "application-name": "outlet", "twitter:site": "handle",
    "article:published_time": "date", "og:article:published_time": "date", "datepublished": "date",
    "article.published": "date", "pubdate": "date", "publish-date": "date", "publishdate": "date",
    "publish_date": "date", "dc.date.issued": "date", "dcterms.created": "date",
    "parsely-pub-date": "date", "sailthru.date": "date", "cxenseparse:recs:publishtime": "date",
    "article:modified_time": "modified", "og:updated_time": "modified", "datemodified": "modified",
    "og:url": "url", "article:author": "author", "author": "author", "dc.creator": "author",
    "article:section": "section", "og:description": "description", "description": "description",
    "og:image": "image", "article:tag": "topic", "copyright": "rights",
}  # fmt: skip
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+?)\s*-->")
MOST_NAME = 5  # words of a logo's name
# Class names and ids that themes use for the site's name.
_SITE_CLASSES = frozenset(
    ("site-title", "site-name", "sitename", "site-logo", "logo", "logo-text", "navbar-brand")
)
_PUBLISHERS = frozenset(
    ("publisher", "dc.publisher", "dcterms.publisher", "apple-mobile-web-app-title")
)
# «مرآة الشرق » الخلاصة», «مرآة الشرق RSS», «بحث مرآة الشرق»
_FED = re.compile(
    r"\s+[»›]\s.*|^(?:البحث في|بحث في|بحث|خلاصة|خلاصات)\s+"
    r"|[\s:|–-]+(?:RSS(?: ?2\.0)?|Atom|Feed|الخلاصة|خلاصة|خلاصات|بحث|Search)$",
    re.IGNORECASE,
)
_NO_SITE = frozenset(
    "الرئيسية الصفحة الأخبار أخبار الموقع موقع شعار الشعار الخلاصة خلاصة خلاصات تغذية آخر أحدث "
    "بحث البحث القائمة العربية rss feed atom home logo news search brand site blog مدونة".split()
)
LEAST_LINKS = 3  # absolute links to one host from which it is the site's own
MOST_ISSUE = 120  # code points of a newspaper's issue line
_ISSUE = re.compile(r"\d{4}.*العدد\W{0,3}\d|العدد\W{0,3}\d+.*\d{4}")
_BY_WRITER = re.compile(
    r"/(?:author|authors|writer|writers|editor|journalist|كاتب|كتاب)/", re.IGNORECASE
)
_WRITER = re.compile(
    r"(?:^|[\s_-])(?:author|byline|writer|writeby|reporter|journalist)(?:[\s_-]?name)?(?:$|[\s_-])",
    re.IGNORECASE,
)
_NO_WRITER = re.compile(
    r"comment|avatar|social|related|box|bio|desc|image|img|list|date", re.IGNORECASE
)
_INTRODUCED = re.compile(
    r"^(?:كتبت?ه?ا?|بقلم|بواسطة|إعداد|by|written by)\s*[:/–-]?\s*", re.IGNORECASE
)
_NAMES = frozenset(("title", "page-title"))
_ENTRY = re.compile(r"<article>|schema\.org/\w*(?:Article|Posting)$", re.IGNORECASE)
MOST_DATE = 60  # code points of an element that holds a date
# Classes that Blogger, K2, Elementor and Drupal use only for the article's date.
_DATED = re.compile(
    r"(?:^h2\.|[\s.])(?:(?<=h2\.)date-header|itemDateCreated|\S*item--type-date|field--?name-(?:created|post-date|field-date))"
    r"(?:$|\s)"
)


def called(root: "HtmlElement") -> tuple[str, ...]:
    """Return the article's titles from the page's head: meta tags and `<title>`."""
    names = [f.value for f in (*_meta(root), *_addresses(root, "")) if f.key in _NAMES]
    return tuple(names)


def facts_of(
    root: "HtmlElement", page: str, headline: "HtmlElement | None" = None
) -> tuple[Fact, ...]:
    """Return the metadata facts of `page`, the most trusted first within each key.

    Facts inside an article other than that of `headline` are skipped.
    """
    named = (*called(root), *([text_of(headline)] if headline is not None else []))
    entries = _Entries(root, headline)
    classes = _Classes(root)
    found = [*_json_ld(root, named), *_meta(root), *_items(root, entries)]
    found += [*_properties(root), *_times(root, entries)]
    found += [*_addresses(root, page), *_stamped(root), *_dated(classes, entries), *_rights(root)]
    found += [*_signed(root, classes), *_issue(root), *_logo(root), *_of_medium(root)]
    found += [
        Fact("site", name, basis) for name, basis in _site_names(root, classes) if _is_name(name)
    ]
    if not any(fact.key == "url" for fact in found):
        found += _linked_host(root)
    kept: dict[tuple[str, str], Fact] = {}
    for fact in found:
        value = " ".join(fact.value.split())
        if value and len(value) <= 2000:
            kept.setdefault((fact.key, value), Fact(fact.key, value, fact.basis))
    return tuple(kept.values())


def _json_ld(root: "HtmlElement", named: tuple[str, ...]) -> Iterator[Fact]:
    things = []
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        text = (script.text or "")[:MOST_JSON]
        try:
            things += list(_flat(parsed(text)))
        except ValueError:
            continue
    articles = [thing for thing in things if _is_article(thing) and _is_named(thing, named)]
    if not articles and _og_type(root) == "article":
        articles = [thing for thing in things if "WebPage" in _type(thing)]
    for thing in articles[:1]:
        yield from _article(thing)
    names = {str(t.get("@id")): t for t in things if isinstance(t.get("@id"), str)}
    for thing in articles[:1]:
        yield from _publisher(thing.get("publisher"), names)
    for thing in things:
        if "Organization" in _type(thing) and isinstance(thing.get("name"), str):
            yield Fact("site", str(thing["name"]), "json-ld")
        if _type(thing) & {"WebSite", "NewsMediaOrganization"} and isinstance(
            thing.get("name"), str
        ):
            yield Fact("outlet", str(thing["name"]), "json-ld")


def _og_type(root: "HtmlElement") -> str:
    found = root.xpath("//meta[@property='og:type']/@content")
    return str(found[0]).strip().lower() if found else ""


def _flat(value: object, depth: int = 0) -> Iterator[dict[str, object]]:
    if depth > 6:
        return
    if isinstance(value, list):
        for item in value:
            yield from _flat(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            if key in value:
                yield from _flat(value[key], depth + 1)


def _type(thing: dict[str, object]) -> set[str]:
    kind = thing.get("@type")
    return {str(k) for k in kind} if isinstance(kind, list) else {str(kind)}


def _is_article(thing: dict[str, object]) -> bool:
    return any(_ARTICLES.fullmatch(kind) for kind in _type(thing))


def _is_named(thing: dict[str, object], named: tuple[str, ...]) -> bool:
    """Whether the headline of `thing` shares half of its words with one of the page's titles.

    Pages describe other articles too: related ones, the next one.
    """
    own = set(re.findall(r"\w+", str(thing.get("headline") or "")))
    shared = (len(own & set(re.findall(r"\w+", name))) for name in named)
    return len(own) < 3 or not named or max(shared) >= 0.5 * len(own)


class _Entries:
    """The article elements of a page; knows which tags belong to the headline's article."""

    def __init__(self, root: "HtmlElement", headline: "HtmlElement | None") -> None:
        self._root = root
        self._around = set(headline.iterancestors()) if headline is not None else set()
        self._own = any(_is_entry(above) for above in self._around)
        self._first: dict[HtmlElement, HtmlElement | None] = {}  # heading of an entry

    def elsewhere(self, tag: "HtmlElement") -> bool:
        """Whether `tag` is in an article other than the headline's.

        If the headline is outside all articles, only those with a heading before the tag count.
        """
        if not self._around:
            return False
        others = (e for e in tag.iterancestors() if e not in self._around and _is_entry(e))
        return any(self._own or self._is_headed(entry, tag) for entry in others)

    def _is_headed(self, entry: "HtmlElement", tag: "HtmlElement") -> bool:
        if entry not in self._first:
            self._first[entry] = next(entry.iterdescendants("h1", "h2", "h3"), None)
        heading = self._first[entry]
        if heading is None or heading is tag or heading in tag.iterancestors():
            return False
        return self._places[heading] < self._places[tag]

    @cached_property
    def _places(self) -> "dict[HtmlElement, int]":
        return {element: place for place, element in enumerate(self._root.iter())}


class _Classes:
    """The elements of a page, indexed by class and id.

    A page has many elements but few classes, so each class is tested once.
    """

    def __init__(self, root: "HtmlElement") -> None:
        self._held: dict[tuple[str, str], list[tuple[int, HtmlElement]]] = {}
        for place, element in enumerate(root.iter("*")):
            name = (element.get("class") or "", element.get("id") or "")
            if any(name):
                self._held.setdefault(name, []).append((place, element))

    def fitting(self, fits: Callable[[str, str], bool]) -> "list[HtmlElement]":
        """Return the elements whose class and id satisfy `fits`, in document order."""
        found = chain.from_iterable(held for name, held in self._held.items() if fits(*name))
        return [element for _, element in sorted(found, key=itemgetter(0))]


def _is_entry(element: "HtmlElement") -> bool:
    return bool(_ENTRY.search(_made_as(element)))


def _made_as(element: "HtmlElement") -> str:
    return f"<{element.tag}> {element.get('itemtype') or ''}"


def _article(thing: dict[str, object]) -> Iterator[Fact]:
    for key, name in (
        ("title", "headline"),
        ("date", "datePublished"),
        ("modified", "dateModified"),
        ("description", "description"),
        ("url", "url"),
        ("articleBody", "articleBody"),
    ):
        if isinstance(value := thing.get(name), str):
            yield Fact(key, _plain(value), "json-ld")
    section = thing.get("articleSection")
    if isinstance(section, str):
        yield Fact("section", section, "json-ld")
    authors = thing.get("author")
    for author in authors if isinstance(authors, list) else [authors]:
        if isinstance(author, dict) and ("Person" in _type(author) or "@type" not in author):
            person = author.get("name")
            if isinstance(person, str):
                yield Fact("author", person, "json-ld")


def _publisher(value: object, names: dict[str, dict[str, object]]) -> Iterator[Fact]:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict) and "name" not in value:
        value = names.get(str(value.get("@id")), value)
    name = value.get("name") if isinstance(value, dict) else value
    if isinstance(name, str):
        yield Fact("outlet", name, "json-ld")


def _plain(value: str) -> str:
    from html import unescape  # noqa: PLC0415

    return unescape(re.sub(r"<[^<>]{1,200}>", " ", value))


def _meta(root: "HtmlElement") -> Iterator[Fact]:
    for tag in root.iter("meta"):
        name = (tag.get("property") or tag.get("name") or "").strip().lower()
        content = tag.get("content") or ""
        if name in _METAS and content.strip():
            yield Fact(_METAS[name], content, f"meta {name}")


def _items(root: "HtmlElement", entries: _Entries) -> Iterator[Fact]:
    for tag in root.xpath("//*[@itemprop]"):
        if entries.elsewhere(tag):
            continue
        prop = tag.get("itemprop")
        value = tag.get("content") or tag.get("datetime") or ""
        if prop == "datePublished" and value:
            yield Fact("date", value, "itemprop datePublished")
        elif prop == "dateModified" and value:
            yield Fact("modified", value, "itemprop dateModified")


def _properties(root: "HtmlElement") -> Iterator[Fact]:
    """Yield the publication date from RDFa, as written by Drupal 7."""
    for tag in root.xpath("//*[@property and @content and not(self::meta)]"):
        if {"dc:date", "dc:created"} & set(tag.get("property").lower().split()):
            yield Fact("date", tag.get("content"), "rdfa")
            return


def _times(root: "HtmlElement", entries: _Entries) -> Iterator[Fact]:
    """Yield dates from `<time>` elements marked by `pubdate` or by a class such as entry-date."""
    for tag in root.iter("time"):
        if entries.elsewhere(tag):
            continue
        value = tag.get("datetime") or tag.text_content()
        name = f"{tag.get('class') or ''} {tag.get('itemprop') or ''}".lower()
        if "updated" in name and "published" not in name:
            yield Fact("modified", value, "time")
        elif tag.get("pubdate") is not None or re.search(r"entry-date|published|post-date", name):
            yield Fact("date", value, "time")
            return


def _stamped(root: "HtmlElement") -> Iterator[Fact]:
    """Yield the date from `<abbr class="published" title="…">`, as used by blogs."""
    for tag in root.xpath("//abbr[contains(@class, 'published')]/@title"):
        yield Fact("date", str(tag), "abbr published")
        return


def _dated(classes: _Classes, entries: _Entries) -> Iterator[Fact]:
    """Yield the date from an element with a CMS's date class."""
    for tag in classes.fitting(lambda name, _: bool(_DATED.search(f"h2.{name}"))):
        text = text_of(tag) if _DATED.search(f"{tag.tag}.{tag.get('class')}") else ""
        if 6 <= len(text) <= MOST_DATE and not entries.elsewhere(tag):
            yield Fact("date", text, "date class")
            return


def _of_medium(root: "HtmlElement") -> Iterator[Fact]:
    """Yield the facts of a page from Medium's export: address, summary, whether it is a draft.

    The file name always has a date; only a draft has none in its footer.
    """
    foot = root.xpath("//article[contains(@class, 'h-entry')]/footer[contains(., 'Medium')]")
    if not foot:
        return
    for address in root.xpath("//a[contains(@class, 'p-canonical')]/@href")[:1]:
        yield Fact("url", str(address), "canonical")
    for summary in root.xpath("//*[contains(@class, 'p-summary')]")[:1]:
        yield Fact("description", text_of(summary), "summary")
    if not foot[0].xpath(".//time[contains(@class, 'dt-published')]"):
        yield Fact("draft", "Medium", "footer")


def _rights(root: "HtmlElement") -> Iterator[Fact]:
    """Yield the copyright notice at the foot of the page, which names its outlet."""
    for tag in reversed([*root.iter("*")]):
        held = tag.text_content()
        if tag.tag in {"script", "style", "title"} or not any(mark in held for mark in _RIGHTS):
            continue
        text = " ".join(held.split())
        if len(text) <= MOST_RIGHTS:
            yield Fact("rights", text, "footer")
            return


def _signed(root: "HtmlElement", classes: _Classes) -> Iterator[Fact]:
    """Yield the page's writer, from author links or author classes, if there is only one."""
    for basis, elements in (
        ("rel author", root.xpath("//a[@rel='author']")),
        ("author link", [a for a in root.iter("a") if _BY_WRITER.search(a.get("href") or "")]),
        ("itemprop author", root.xpath("//*[@itemprop='author' and not(@content)]")),
        ("author class", classes.fitting(_is_writer)),
    ):
        names = {_INTRODUCED.sub("", " ".join(e.text_content().split())) for e in elements}
        names = {n for n in names if 2 <= len(n.split()) <= 5 and not re.search(r"[\d:|]", n)}
        if len(names) == 1:
            yield Fact("author", names.pop(), basis)
            return


def _is_writer(name: str, _: str) -> bool:
    return bool(_WRITER.search(name)) and not _NO_WRITER.search(name)


def _logo(root: "HtmlElement") -> Iterator[Fact]:
    """Yield the alternative text of the page's logo."""
    for image in root.iter("img"):
        name = " ".join(str(image.get(key) or "") for key in ("class", "id", "src"))
        alt = " ".join(str(image.get("alt") or "").split())
        if "logo" in name.lower() and 1 <= len(alt.split()) <= MOST_NAME:
            yield Fact("logo", alt, "logo")
            return


def _site_names(root: "HtmlElement", classes: _Classes) -> Iterator[tuple[str, str]]:
    """Yield (name, basis) of the site from publisher metadata, feed and search links, the logo."""
    for thing in root.xpath("//*[@itemprop='publisher']"):
        name = thing.xpath("(.//*[@itemprop='name'])[1]")
        yield (
            (name[0].get("content") or text_of(name[0]) if name else ""),
            "meta itemprop publisher",
        )
    for tag in root.iter("meta"):
        if (tag.get("name") or "").strip().lower() in _PUBLISHERS:
            yield tag.get("content") or "", "meta publisher"
    for link in root.xpath("//link[@title and (contains(@type, 'rss') or @rel='search')]"):
        if _FED.search(title := " ".join(link.get("title").split())) or link.get("rel") == "search":
            yield _FED.sub("", title), "meta link"
    for tag in classes.fitting(_is_site)[:1]:
        yield short_text(tag, MOST_RIGHTS) or tag.get("title") or "", "logo"


def _is_site(name: str, own: str) -> bool:
    return not _SITE_CLASSES.isdisjoint((*name.lower().split(), own.lower()))


def _is_name(text: str) -> bool:
    """Whether `text` can be an outlet's name, unlike «الصفحة الرئيسية»."""
    listed = text.lower().split()
    names = [word for word in listed if word not in _NO_SITE]
    return bool(names) and len(listed) <= MOST_NAME and bool(re.search(r"[^\W\d]{2}", names[0]))


def _linked_host(root: "HtmlElement") -> Iterator[Fact]:
    """Yield the host that most absolute links of the page share: the site's own."""
    links = [str(a.get("href")) for a in root.iter("a") if is_web_address(a.get("href") or "")]
    hosts = Counter(url_parts(link).netloc for link in links)
    host, count = hosts.most_common(1)[0] if hosts else ("", 0)
    if count >= LEAST_LINKS and count > len(links) / 2:
        yield Fact("host", f"https://{host}/", "links")


def _issue(root: "HtmlElement") -> Iterator[Fact]:
    """Yield a newspaper's issue line, with its number and date."""
    if "العدد" not in root.text_content():
        return
    for tag in root.iter("font", "td", "div", "span", "p", "li", "center", "strong", "b"):
        text = short_text(tag, MOST_ISSUE)
        if _ISSUE.search(text):
            yield Fact("issue", text, "issue")
            return


def _addresses(root: "HtmlElement", page: str) -> Iterator[Fact]:
    for tag in root.iter("link"):
        if (tag.get("rel") or "").lower() == "canonical" and is_web_address(tag.get("href") or ""):
            yield Fact("url", str(tag.get("href")), "link canonical")
    match = _SAVED_FROM.search(page[:4096])
    if match and is_web_address(match[1]):
        yield Fact("url", match[1], "saved from")
    for tag in root.iter("base"):
        if is_web_address(tag.get("href") or ""):
            yield Fact("url", str(tag.get("href")), "base")
    for tag in root.iter("title"):
        yield Fact("page-title", tag.text_content(), "title")
        return
