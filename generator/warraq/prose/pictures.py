"""Which pictures of content/media an article or an authority's page shows or links to. Pure."""

import re
from collections.abc import Iterator
from html import unescape

from warraq.base.config import SiteConfig
from warraq.base.urls import is_hosted_at, is_web_address, media_path, site_path
from warraq.model import Article

# Tags as nh3 writes them; text that looks like one is escaped.
_TAG = re.compile(r'<(?:a|img)((?: [a-z]+="[^"]*")+)')
_REFERENCE = re.compile(r' (?:href|src)="([^"]*)"')
_MEDIA = "/media/"


def pictures_of(article: Article, html: str, config: SiteConfig) -> tuple[str, ...]:
    """Return the pictures that belong to an article, in order of appearance.

    These are its lead picture, its figures, and what its sanitised body shows or links to: site
    paths of the archive's own, addresses of those on hosts that site.yaml allows.
    """
    figures = (*((article.image,) if article.image else ()), *article.figures)
    named = (
        figure.src if is_web_address(figure.src) else media_path(figure.src)
        for figure in figures
        if not is_web_address(figure.src) or is_hosted_at(figure.src, config.image_hosts)
    )
    in_body = pictures_in(html, article.url, config.base_url)
    return tuple(dict.fromkeys((*named, *in_body)))


def pictures_in(html: str, page: str, base_url: str) -> Iterator[str]:
    """Yield the site paths of the pictures that sanitised `html` on `page` shows or links to.

    >>> list(pictures_in('<a href="../../media/a%20b.png">x</a> src="/media/c.png"', "/n/abc/", ""))
    ['media/a b.png']
    """
    if "media/" not in html:
        return
    for tag in _TAG.finditer(html):
        for reference in _REFERENCE.finditer(tag[1]):
            path = site_path(unescape(reference[1]), page, base_url)
            if path.startswith(_MEDIA):
                yield path[1:]
