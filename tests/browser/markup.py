"""What can be held against the source of pages: policy, inline code, titles, links. Pure."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from urllib.parse import unquote, urljoin, urlsplit

from lxml import html as markup

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
}
# Where left and right are named, or a size along one of them: wrong for one of two directions.
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right|top|bottom)"
    r"[\w-]*|border-(?:top|bottom)-(?:left|right)-radius|left|right|top|bottom|(?:min-|max-)?(?:width"
    r"|height)|float|clear)\s*:|text-align\s*:\s*(?:left|right)|(?:margin|padding|inset)\s*:\s*"
    r"[^;}\s]+\s+(?P<right>[^;}\s]+)\s+[^;}\s]+\s+(?!(?P=right)\s*[;}])[^;}\s]+"
)


@cache
def _tree(source: str) -> markup.HtmlElement:
    return markup.document_fromstring(source)


def of_page(source: str) -> Iterator[str]:
    """Yield what is wrong with one page, whatever the others are."""
    yield from _policy(source)
    yield from _inline(source)
    yield from _heads(source)
    for picture in _tree(source).iter("img"):
        if not picture.get("alt", "").strip():
            yield f"a picture without words: {picture.get('src')}"


def _policy(source: str) -> Iterator[str]:
    tree = _tree(source)
    found = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    if len(found) != 1:
        yield f"{len(found)} content security policies"
        return
    given = dict(part.strip().partition(" ")[::2] for part in found[0].split(";"))
    if given != POLICY:
        yield f"another policy: {found[0]}"
    first = re.search(r"<(?:script|link|style|img)\b", source)
    if first and first.start() < source.index("Content-Security-Policy"):
        yield "the policy comes after what it should rule"


def _inline(source: str) -> Iterator[str]:
    for element in _tree(source).iter(markup.etree.Element):
        if element.tag == "script" and not element.get("src"):
            if element.get("type") != "application/ld+json":
                yield f"an inline script: {(element.text or '')[:60]}"
        elif element.tag == "style":
            yield "an inline style sheet"
        for name, value in element.attrib.items():
            if name == "style" or name.startswith("on"):
                yield f"an inline {name}: <{element.tag}>"
            elif name in {"href", "src", "action"} and _scheme(value) == "javascript":
                yield f"a script for an address: {value}"


def _heads(source: str) -> Iterator[str]:
    tree = _tree(source)
    if not tree.get("lang") or tree.get("dir") not in {"rtl", "ltr"}:
        yield "no language or direction"
    if "refresh" in {m.get("http-equiv", "").lower() for m in tree.iter("meta")}:
        return  # a page that sends its reader on needs no more
    levels = [int(head.tag[1]) for head in tree.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    if levels.count(1) != 1 or levels[0] != 1:
        yield f"heads of levels {levels}: one first head, before the others"
    yield from (
        f"a head of level {after} under one of level {before}"
        for before, after in pairwise(levels)
        if after > before + 1
    )
    if not tree.xpath("//a[@class='skip' and starts-with(@href, '#')]"):
        yield "no skip link"
    ids = Counter(tree.xpath("//@id"))
    yield from (f"the id {name} stands {n} times" for name, n in ids.items() if n > 1)


def _scheme(address: str) -> str:
    return urlsplit(address.strip()).scheme.lower()


def of_site(pages: Mapping[str, str], files: frozenset[str], *, prefix: str) -> Iterator[str]:
    """Yield what is wrong between pages.

    `pages` are the sources by path ("" is home), `files` the paths of all files, `prefix` the path
    under which the site is published ("/local/").
    """
    titles = Counter(_title(source) for source in pages.values() if not moved(source))
    yield from (f"{n} pages have the title «{t}»" for t, n in titles.items() if n > 1 or not t)
    links = {path: set(_links(path, source, prefix)) for path, source in pages.items()}
    reached = _reached(links)
    for path, source in pages.items():
        if path not in reached and path != "404.html" and not moved(source):
            yield f"no way leads from home to {path}"
        for target, fragment in sorted(links[path]):
            if target not in pages and target not in files:
                yield f"{path}: a dead link to {target}"
            elif fragment and target in pages and fragment not in _ids(pages[target]):
                yield f"{path}: a link to #{fragment}, which {target or 'home'} has not"


def _reached(links: Mapping[str, set[tuple[str, str]]]) -> set[str]:
    seen, waiting = {""}, [""]
    while waiting:
        new = {target for target, _ in links[waiting.pop()]} & links.keys() - seen
        seen |= new
        waiting += new
    return seen


def moved(source: str) -> bool:
    """Return whether a page only sends its reader on."""
    return 'http-equiv="refresh"' in source


def _title(source: str) -> str:
    return (_tree(source).findtext(".//title") or "").strip()


@cache
def _ids(source: str) -> frozenset[str]:
    return frozenset(_tree(source).xpath("//@id"))


def _links(path: str, source: str, prefix: str) -> Iterator[tuple[str, str]]:
    """Yield (path, fragment) of every address within the site."""
    tree = _tree(source)
    given = [*tree.xpath("//@href"), *tree.xpath("//@src"), *tree.xpath("//@action")]
    here = f"http://site.invalid{prefix}{path}"
    for address in given:
        to = urlsplit(urljoin(here, address))
        if to.hostname == "site.invalid":
            yield unquote(to.path).removeprefix(prefix), unquote(to.fragment)


def of_style(css: str) -> Iterator[str]:
    """Yield what names left and right in a style sheet."""
    bare = re.sub(r"/\*.*?\*/|@media[^{]*|@page[^}]*\}", " ", css, flags=re.DOTALL)
    yield from (f"physical: {match[0].strip()}" for match in PHYSICAL.finditer(bare))
