"""What leads nowhere: links, menu entries and pictures of a site, held against what it publishes.

Pure except for `LineFinder`, which looks up the line of a fault, and `missing_pictures`.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, Protocol
from unicodedata import normalize
from urllib.parse import unquote

from msgspec.structs import replace

from warraq.base.config import NavigationItem, SiteConfig
from warraq.base.problems import Problem, error, warning
from warraq.base.urls import is_hosted_at, is_web_address, media_path, site_path, url_parts
from warraq.content import store
from warraq.content.store import LineFinder
from warraq.model import Article, Authority, Figure
from warraq.prose.markdown import link_of, picture_of
from warraq.prose.references import Reference, references

LARGE = 5_000_000  # bytes; link previews take no more, and Cloudflare Pages refuses 25 MiB
_ARTICLE = re.compile(r"/n/([a-z0-9]+)/.*")
_MEDIA = "/media/"
_QUOTED = 80  # code points of an address that a message quotes


class Pages(Protocol):
    """Tells of a site path whether it leads to a page, or to a file of the site's own."""

    def __contains__(self, path: str, /) -> bool: ...


class Published(NamedTuple):
    """What a site publishes: site paths of its pages, paths of its pictures under content/media.

    `drafts` and `removed` are ids of articles, `image_hosts` whose pictures it shows.
    """

    base_url: str
    image_hosts: Container[str]
    pages: Pages
    pictures: Container[str]
    pictures_by_name: Mapping[str, str]
    drafts: Container[str]
    removed: Container[str]


def by_name(pictures: Iterable[str]) -> dict[str, str]:
    """Return the pictures by the name that one would miswrite: folder, case and letters' form.

    >>> by_name(["2025/Photo.JPG"])
    {'photo.jpg': '2025/Photo.JPG'}
    """
    return {_name_of(path): path for path in pictures}


def _name_of(path: str) -> str:
    name = normalize("NFC", path.rpartition("/")[2]).casefold()
    return name.replace(".jpeg", ".jpg")


def dangling(
    articles: Iterable[Article],
    authorities: Iterable[Authority],
    published: Published,
    lines: LineFinder,
) -> Iterator[Problem]:
    """Yield what the texts link to and show, and what is not there. A removed article has none."""
    for article in articles:
        if article.status == "live":
            text = _Text(article.path, article.url, article.body, article.draft)
            yield from _figures(article, published, lines)
            yield from _of_body(text, published, lines)
    for authority in authorities:
        text = _Text(authority.path, authority.address, authority.body)
        yield from _of_body(text, published, lines)


def figures_without_alt(article: Article) -> Iterator[Problem]:
    """Yield an error for each picture of the front matter that nobody has described."""
    figures = [("figures", figure) for figure in article.figures]
    for key, figure in [("image", article.image), *figures]:
        if figure and figure.src and not figure.alt:
            yield error("picture-alt", article.path, key=key, src=quoted(figure.src))


def missing_pictures(
    articles: Iterable[Article],
    authorities: Iterable[Authority],
    *,
    site: Path,
    config: SiteConfig,
) -> Iterator[Problem]:
    """Yield those of the pictures shown that are not there: all of it that a build can tell."""
    media = site / "content" / "media"
    names = {file.relative_to(media).as_posix() for file in store.media(site)}
    published = Published(
        config.base_url, config.image_hosts, _Anything(), names, by_name(names), (), ()
    )
    for problem in dangling(articles, authorities, published, LineFinder(site)):
        if problem.code.startswith("picture-missing"):
            yield problem


class _Anything:
    def __contains__(self, path: str, /) -> bool:
        return True


def menu(
    items: Iterable[NavigationItem], published: Published, path: str, lines: dict[str, int]
) -> Iterator[Problem]:
    """Yield the entries of the menu that lead to no page; `lines` tells where each address is."""
    for item in items:
        target = site_path(item.url, "/", published.base_url)
        if target and not _is_there(target, published):
            yield warning("menu-dead", path, lines.get(item.url, 1), target=quoted(item.url))


def large(pictures: Iterable[tuple[str, int]]) -> Iterator[Problem]:
    """Yield the pictures (path, bytes) that are far too large to be sent to a reader."""
    for path, size in pictures:
        if size > LARGE:
            yield warning("picture-large", path, size=f"{size / 1e6:.0f}")


class _Text(NamedTuple):
    path: str
    url: str
    body: str
    is_draft: bool = False


def _figures(article: Article, published: Published, lines: LineFinder) -> Iterator[Problem]:
    figures = [("figures", figure) for figure in article.figures]
    for key, figure in [("image", article.image), *figures]:
        if figure:
            for problem in _of_figure(figure, published):
                line = lines.of(article.path, figure.src, key)
                yield replace(problem, path=article.path, line=line)


def _of_figure(figure: Figure, published: Published) -> Iterator[Problem]:
    if is_web_address(figure.src):
        if not is_hosted_at(figure.src, published.image_hosts):
            yield warning("picture-remote", host=url_parts(figure.src).hostname)
            return
    else:
        yield from _missing(media_path(figure.src).removeprefix("media/"), published)
    if not figure.alt:
        yield error("picture-alt", src=quoted(figure.src))


def _of_body(text: _Text, published: Published, lines: LineFinder) -> Iterator[Problem]:
    def is_fine(target: str) -> bool:
        return not _of_link(target, text, published)

    for reference in references(text.body, is_fine):
        if reference.is_picture:
            found = list(_of_picture(reference, published))
        else:
            found = _of_link(reference.target, text, published)
        for problem in found:
            line = lines.of_body(text.path, reference.line)
            yield replace(problem, path=text.path, line=line)


def _of_picture(reference: Reference, published: Published) -> Iterator[Problem]:
    path = picture_of(reference.target)
    if path is None and is_web_address(reference.target):
        yield warning("picture-remote", host=url_parts(reference.target).hostname)
        return
    name = unquote(path).removeprefix(_MEDIA) if path else reference.target
    yield from _missing(name, published)
    if not reference.alt:
        yield error("picture-alt", src=quoted(reference.target))


def _missing(name: str, published: Published) -> list[Problem]:
    if name in published.pictures:
        return []
    if near := published.pictures_by_name.get(_name_of(name)):
        return [warning("picture-missing-near", src=quoted(name), near=near)]
    return [warning("picture-missing", src=quoted(name))]


def _of_link(target: str, text: _Text, published: Published) -> list[Problem]:
    link = link_of(target) if target else None
    if link is None:
        return [warning("link-refused", target=quoted(target)) if target else warning("link-empty")]
    path = site_path(link, text.url, published.base_url)
    if not path:
        return []
    article = _ARTICLE.fullmatch(path + "/")
    if article and article[1] in published.drafts:
        return [] if text.is_draft else [warning("link-draft", target=quoted(target))]
    if not _is_there(path, published):
        return [warning("link-dead", target=quoted(target))]
    if article and article[1] in published.removed:
        return [warning("link-removed", target=quoted(target))]
    return []


def _is_there(path: str, published: Published) -> bool:
    if path.startswith(_MEDIA):
        return path.removeprefix(_MEDIA) in published.pictures
    folder = path.removesuffix("index.html")
    return path in published.pages or f"{folder.removesuffix('/')}/" in published.pages


def quoted(target: str) -> str:
    """Return an address as a problem quotes it: a long one is cut, with a sign."""
    return target if len(target) <= _QUOTED else f"{target[:_QUOTED]}…"
