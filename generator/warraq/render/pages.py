"""Every file of the site: planned in a fixed order, each made from a view of its own.

    plan(context)            which pages there are
    view_of(page, context)   all that one page shows
    render(view, theme)       the view as bytes

files() is the loop over them; what is incremental or parallel elsewhere does the same three steps.
"""

from collections.abc import Callable, Iterator
from datetime import date

import msgspec

from warraq.base.problems import naming
from warraq.base.urls import output_path
from warraq.model import AuthorityKind, OutputFile
from warraq.render import article, data, feeds, history, home, plain, shelves, sitemap, story
from warraq.render.archive import (
    archive_view,
    day_view,
    days_of,
    month_view,
    undated_view,
    year_view,
)
from warraq.render.assets import assets
from warraq.render.calendar import day_path
from warraq.render.context import KINDS, SHELVES, RenderContext
from warraq.render.environment import Theme, rendered
from warraq.render.redirects import redirects
from warraq.render.views import FeedView, SearchDescriptionView, SitemapView, Text, View

AnyView = View | Text | FeedView | SitemapView | SearchDescriptionView


class Page(msgspec.Struct, frozen=True, omit_defaults=True):
    """One file to be made: its address, what it is, and of what. `target` is a redirect's."""

    url: str
    kind: str
    key: str = ""
    group: AuthorityKind = "topics"
    year: int = 0
    month: int = 0
    target: str = ""


def plan(context: RenderContext) -> Iterator[Page]:
    """Yield every page, feed and data file of the site, then the redirects, in a fixed order.

    Two of one address are for `render.addresses` to find.
    """
    yield from _all(context)
    for old, new in redirects(context):
        yield Page(old, "redirect", target=new)


def view_of(page: Page, context: RenderContext) -> AnyView:
    """Return all that `page` shows and nothing else."""
    return _VIEWS[page.kind](page, context)


def render(view: AnyView, theme: Theme, address: str = "") -> bytes:
    """Return a view as the bytes of its file; `address` is told when a template fails on it."""
    if isinstance(view, Text):
        return view.text.encode()
    fields = {name: getattr(view, name) for name in view.__struct_fields__}
    return rendered(theme.environment, template_of(view), fields, address).encode()


def template_of(view: AnyView) -> str:
    """Return the template that shows a view, "" for one that is text already."""
    if isinstance(view, Text):
        return ""
    return f"pages/{view.template}.html" if isinstance(view, View) else view.template


def files(context: RenderContext, theme: Theme) -> Iterator[OutputFile]:
    """Yield every file of the site, assets first."""
    yield from assets(theme)
    for page in plan(context):
        with naming(page.url, passing=(OSError,)):
            content = render(view_of(page, context), theme, page.url)
        yield OutputFile(output_path(page.url), content)


def _all(context: RenderContext) -> Iterator[Page]:
    yield from _articles(context)
    yield from _others(context)


def _others(context: RenderContext) -> Iterator[Page]:
    yield Page("/", "home")
    yield from _archive(context)
    for kind in KINDS:
        yield from _kind(kind, context)
    for name in ("corrections", "search", "data"):
        yield Page(f"/{name}/", name)
    for year in data.data_years(context):
        stem = f"/data/articles-{f'{year:04}' if year else 'undated'}"
        yield Page(f"{stem}.json", "year-json", year=year)
        yield Page(f"{stem}.csv", "year-csv", year=year)
    yield Page("/404.html", "404")
    yield Page("/feed.xml", "atom")
    yield Page("/feed.json", "json-feed")
    yield Page("/corrections/feed.xml", "corrections-atom")
    yield Page("/corrections/feed.json", "corrections-json")
    yield from _for_crawlers(context)


def _articles(context: RenderContext) -> Iterator[Page]:
    for card in context.catalogue.cards():
        yield Page(card.url, "article", card.id)
        if card.status == "removed":
            continue
        if article.has_history(card, context):
            yield Page(f"{card.url}history/", "history", card.id)
        yield Page(f"{card.url}article.json", "article-json", card.id)


def _archive(context: RenderContext) -> Iterator[Page]:
    yield Page("/archive/", "archive")
    for count in context.years:
        yield Page(f"/archive/{count.year:04}/", "year", year=count.year)
    for year, month in context.months:
        yield Page(f"/archive/{year:04}/{month:02}/", "month", year=year, month=month)
        for day in days_of(year, month, context):
            yield Page("/" + day_path(day), "day", day.isoformat())
    yield Page("/archive/undated/", "undated")


def _kind(kind: AuthorityKind, context: RenderContext) -> Iterator[Page]:
    yield Page(f"/{kind}/", "kind", group=kind)
    for authority in context.shown(kind):
        url, key = authority.address, authority.key
        yield Page(url, {"stories": "story", "pages": "page"}.get(kind, "shelf"), key, kind)
        if kind in SHELVES:
            for year, month in shelves.parts(context.catalogue.shelf_counts(kind, key)):
                part = "/" + shelves.part_path(authority, year, month)
                yield Page(part, "shelf-part", key, kind, year, month)
        if shelves.has_feed(authority, context):
            yield Page(f"{url}feed.xml", "atom", key, kind)
            yield Page(f"{url}feed.json", "json-feed", key, kind)


def _for_crawlers(context: RenderContext) -> Iterator[Page]:
    if context.config.rights_index:
        yield Page("/sitemap.xml", "sitemap-index")
        yield Page("/sitemap-pages.xml", "sitemap-pages")
    for year, month in sitemap.parts(context):
        name = sitemap.part_name(year, month)
        yield Page(f"/{name}", "sitemap-articles", year=year, month=month)
    yield Page("/robots.txt", "robots")
    yield Page("/_headers", "headers")
    yield Page("/opensearch.xml", "opensearch")


def _sitemap_pages(context: RenderContext) -> SitemapView:
    urls = sorted(page.url for page in _others(context) if page.url.endswith("/"))
    return sitemap.pages_view(tuple(urls), context)


def _feed(page: Page, context: RenderContext) -> FeedView:
    group = page.group if page.key else None
    return context.once(feeds.feed_view, group, page.key)


_VIEWS: dict[str, Callable[[Page, RenderContext], AnyView]] = {
    "home": lambda p, m: home.home_view(p.url, m),
    "article": lambda p, m: article.article_view(p.url, p.key, m),
    "history": lambda p, m: history.history_view(p.url, p.key, m),
    "article-json": lambda p, m: data.article_json(p.key, m),
    "archive": lambda p, m: archive_view(p.url, m),
    "year": lambda p, m: year_view(p.url, p.year, m),
    "month": lambda p, m: month_view(p.url, p.year, p.month, context=m),
    "day": lambda p, m: day_view(p.url, date.fromisoformat(p.key), m),
    "undated": lambda p, m: undated_view(p.url, m),
    "kind": lambda p, m: shelves.kind_view(p.url, p.group, m),
    "shelf": lambda p, m: shelves.shelf_view(p.url, p.group, p.key, context=m),
    "shelf-part": lambda p, m: shelves.shelf_part_view(
        p.url, p.group, p.key, year=p.year, month=p.month, context=m
    ),
    "story": lambda p, m: story.story_view(p.url, p.key, m),
    "page": lambda p, m: plain.page_view(p.url, p.key, m),
    "corrections": lambda p, m: plain.corrections_view(p.url, m),
    "search": lambda p, m: plain.search_view(p.url, m),
    "data": lambda p, m: plain.data_view(p.url, m),
    "year-json": lambda p, m: data.year_json(p.year, m),
    "year-csv": lambda p, m: data.year_csv(p.year, m),
    "404": lambda p, m: plain.not_found_view(p.url, m),
    "redirect": lambda p, m: plain.redirect_view(p.url, p.target, m),
    "atom": _feed,
    "json-feed": lambda p, m: feeds.json_feed(_feed(p, m), m.config),
    "corrections-atom": lambda _p, m: feeds.corrections_feed(m),
    "corrections-json": lambda _p, m: feeds.json_feed(feeds.corrections_feed(m), m.config),
    "sitemap-index": lambda _p, m: sitemap.index_view(m),
    "sitemap-pages": lambda _p, m: _sitemap_pages(m),
    "sitemap-articles": lambda p, m: sitemap.articles_view(p.year, p.month, m),
    "robots": lambda _p, m: sitemap.robots(m.config),
    "headers": lambda _p, m: sitemap.headers(m.config),
    "opensearch": lambda _p, m: SearchDescriptionView(page=m.absolute("")),
}
