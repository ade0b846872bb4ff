"""What crawlers read: the sitemap in parts, robots.txt, and the headers a host may send."""

from collections.abc import Iterator
from typing import ClassVar, Self

from warraq.base.config import SiteConfig
from warraq.model import FACET_OF_KIND, Card
from warraq.render.context import RenderContext
from warraq.render.environment import policy
from warraq.render.page import Changes, Page, SinglePage
from warraq.render.views import Address, AnyView, SitemapView, Text

MOST = 50_000  # addresses in one file, by the protocol


def sitemap_parts(context: RenderContext) -> tuple[tuple[int, int], ...]:
    """Return the (year, month) parts of the sitemap; month 0: the whole year, year 0: undated.

    A year too large for one file is split by month. A part without an address is not valid by the
    protocol's schema and is left out. A site that keeps search engines out has no sitemap.
    """
    if not context.config.rights_index:
        return ()
    periods: list[tuple[int, int]] = []
    for year in context.years:
        if year.articles <= MOST:
            periods.append((year.year, 0))
        else:
            periods += ((year.year, c.month) for c in context.catalogue.months(year.year))
    periods.append((0, 0))
    return tuple(part for part in periods if context.catalogue.is_indexed(*part))


def part_name(year: int, month: int) -> str:
    """Return the file name of a part.

    >>> part_name(2025, 0), part_name(2025, 3), part_name(0, 0)
    ('sitemap-2025.xml', 'sitemap-2025-03.xml', 'sitemap-undated.xml')
    """
    if not year:
        return "sitemap-undated.xml"
    return f"sitemap-{year:04}{f'-{month:02}' if month else ''}.xml"


def index_view(context: RenderContext) -> SitemapView:
    """Return the list of all parts."""
    names = ("sitemap-pages.xml", *(part_name(*part) for part in sitemap_parts(context)))
    return SitemapView(True, tuple(Address(context.absolute(name)) for name in names))


def articles_view(year: int, month: int, context: RenderContext) -> SitemapView:
    """Return the articles of one part that search engines may index."""
    cards = _cards(year, month, context)
    return SitemapView(False, tuple(_address(c, context) for c in cards if _indexed(c)))


def pages_view(urls: tuple[str, ...], context: RenderContext) -> SitemapView:
    """Return all other pages."""
    return SitemapView(False, tuple(Address(context.absolute(url)) for url in urls))


def robots(config: SiteConfig) -> Text:
    """Return robots.txt. Everything may be crawled, or crawlers would not see `noindex`."""
    sitemap = f"\nSitemap: {config.base_url}sitemap.xml\n" if config.rights_index else ""
    return Text(f"User-agent: *\nAllow: /\n{sitemap}")


def headers(config: SiteConfig) -> Text:
    """Return _headers, as Netlify and Cloudflare Pages read it; docs/publishing.md says why.

    No two rules may set one header for one file: the hosts would join the values.
    """
    base = config.base_path
    hashed = "".join(
        f"{base}search/{kind}/*\n  Cache-Control: public, max-age=31536000, immutable\n"
        for kind in ("t", "p", "d", "c", *FACET_OF_KIND.values())
    )
    return Text(
        f"{base}*\n"
        f"  Content-Security-Policy: {policy(config)}; frame-ancestors 'none'\n"
        "  X-Content-Type-Options: nosniff\n"
        "  Referrer-Policy: strict-origin-when-cross-origin\n"
        f"{base}assets/*\n"
        "  Cache-Control: public, max-age=86400\n"
        f"{base}media/*\n"
        "  Cache-Control: public, max-age=86400\n"
        f"{hashed}"
        f"{base}search/root.json\n"
        "  Cache-Control: no-cache\n"
        f"{base}n/*.json\n"
        "  X-Robots-Tag: noindex\n"
        f"{base}data/*\n"
        "  X-Robots-Tag: noindex\n"
    )


def _cards(year: int, month: int, context: RenderContext) -> tuple[Card, ...]:
    catalogue = context.catalogue
    if not year:
        return catalogue.undated()
    # A year small enough is one part; in a large one month 0 is what has no month.
    large = sum(c.articles for c in catalogue.months(year)) > MOST
    return catalogue.in_month(year, month) if large else context.in_year(year)


def _indexed(card: Card) -> bool:
    return card.rights.index is not False


def _address(card: Card, context: RenderContext) -> Address:
    lastmod = card.lastmod or (card.date.iso if card.date else "")
    return Address(context.absolute(card.url), lastmod)


class SitemapIndex(SinglePage, frozen=True):
    """The index of the sitemap's parts."""

    path: ClassVar[str] = "/sitemap.xml"

    def exists(self, context: RenderContext) -> bool:
        """Whether crawlers may index the site."""
        return context.config.rights_index

    def view(self, context: RenderContext) -> AnyView:
        """Return everything that the file holds."""
        return index_view(context)


class SitemapArticles(Page, frozen=True):
    """The articles of a year, of a month of a large year, or (year 0) the undated ones."""

    year: int
    month: int = 0

    @property
    def url(self) -> str:
        """The site path."""
        return f"/{part_name(self.year, self.month)}"

    @classmethod
    def plan(cls, context: RenderContext) -> Iterator[Self]:
        """Yield a part per period that holds articles crawlers may index."""
        return (cls(year, month) for year, month in sitemap_parts(context))

    @classmethod
    def dirtied_by(cls, changes: Changes, _context: RenderContext) -> Iterator[Self]:
        """Yield the parts that may hold a changed article."""
        for year, month in changes.periods:
            yield cls(year)
            if month:
                yield cls(year, month)

    def exists(self, context: RenderContext) -> bool:
        """Whether the sitemap has this part."""
        return (self.year, self.month) in sitemap_parts(context)

    def view(self, context: RenderContext) -> AnyView:
        """Return everything that the file holds."""
        return articles_view(self.year, self.month, context)


class RobotsFile(SinglePage, frozen=True):
    """robots.txt."""

    path: ClassVar[str] = "/robots.txt"
    is_constant: ClassVar[bool] = True

    def view(self, context: RenderContext) -> AnyView:
        """Return everything that the file holds."""
        return robots(context.config)


class HeadersFile(SinglePage, frozen=True):
    """_headers: the headers that a host may send."""

    path: ClassVar[str] = "/_headers"
    is_constant: ClassVar[bool] = True

    def view(self, context: RenderContext) -> AnyView:
        """Return everything that the file holds."""
        return headers(context.config)
