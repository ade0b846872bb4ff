"""What crawlers read: the sitemap in parts, robots.txt, and the headers a host may send."""

from collections.abc import Iterator
from typing import ClassVar, Self

from warraq.base.config import SiteConfig
from warraq.model import FACET_OF_KIND, Card
from warraq.render.context import RenderContext
from warraq.render.environment import policy
from warraq.render.large_years import YearFile
from warraq.render.page import SinglePage
from warraq.render.views import Address, AnyView, SitemapView, Text


def sitemap_parts(context: RenderContext) -> Iterator["SitemapArticles"]:
    """Yield the parts that hold articles: years newest first, large ones by month, the undated.

    A part without an address is not valid by the protocol's schema and is left out. A site that
    keeps search engines out has no sitemap.
    """
    if context.config.rights_index:
        for year in (*(count.year for count in context.years), 0):
            whole = SitemapArticles(year)
            parts = whole.months(context) or (whole,)
            yield from (part for part in parts if part.is_indexed(context))


def index_view(context: RenderContext) -> SitemapView:
    """Return the list of all parts."""
    urls = ("/sitemap-pages.xml", *(part.url for part in sitemap_parts(context)))
    return SitemapView(True, tuple(Address(context.absolute(url)) for url in urls))


def articles_view(part: "SitemapArticles", context: RenderContext) -> SitemapView:
    """Return the articles of one part that search engines may index; of a large year its months."""
    if months := part.months(context):
        listed = (month.url for month in months if month.is_indexed(context))
        return SitemapView(True, tuple(Address(context.absolute(url)) for url in listed))
    cards = part.cards(context)
    return SitemapView(False, tuple(_address(c, context) for c in cards if _indexed(c)))


def pages_view(urls: tuple[str, ...], context: RenderContext) -> SitemapView:
    """Return all other pages."""
    return SitemapView(False, tuple(Address(context.absolute(url)) for url in urls))


def robots(config: SiteConfig) -> Text:
    """Return robots.txt. Everything may be crawled, or crawlers would not see `noindex`."""
    sitemap = f"\nSitemap: {config.base_url}sitemap.xml\n" if config.rights_index else ""
    return Text(f"User-agent: *\nAllow: /\n{sitemap}".encode())


def headers(config: SiteConfig) -> Text:
    """Return _headers, as Netlify and Cloudflare Pages read it; docs/publishing.md says why.

    No two rules may set one header for one file: the hosts would join the values.
    """
    base = config.base_path
    hashed = "".join(
        f"{base}search/{kind}/*\n  Cache-Control: public, max-age=31536000, immutable\n"
        for kind in ("t", "p", "d", "c", *FACET_OF_KIND.values())
    )
    records = f"{base}n/*.json\n  X-Robots-Tag: noindex\n" if config.outputs_article_json else ""
    rules = (
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
        f"{records}"
        f"{base}data/*\n"
        "  X-Robots-Tag: noindex\n"
    )
    return Text(rules.encode())


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


class SitemapArticles(YearFile, frozen=True):
    """The articles of a year, of a month of a large year, or (year 0) the undated ones.

    The file of a large year lists its months; the index of the sitemap names the months alone.
    """

    @property
    def url(self) -> str:
        """The site path."""
        return f"/sitemap-{self.part}.xml"

    @classmethod
    def plan(cls, context: RenderContext) -> Iterator[Self]:
        """Yield the files of every year that holds articles crawlers may index."""
        for year in (*(count.year for count in context.years), 0):
            yield from (file for file in cls.of_year(year, context) if file.exists(context))

    def exists(self, context: RenderContext) -> bool:
        """Whether crawlers may index an article in it."""
        is_open = context.config.rights_index and super().exists(context)
        return is_open and self.is_indexed(context)

    def is_indexed(self, context: RenderContext) -> bool:
        """Whether crawlers may index an article of the file's time."""
        return context.catalogue.is_indexed(self.year, self.month)

    def view(self, context: RenderContext) -> AnyView:
        """Return everything that the file holds."""
        return articles_view(self, context)


class RobotsFile(SinglePage, frozen=True):
    """robots.txt."""

    path: ClassVar[str] = "/robots.txt"
    is_constant: ClassVar[bool] = True

    def exists(self, context: RenderContext) -> bool:
        """Whether the site has none of its own."""
        return context.config.outputs_robots

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
