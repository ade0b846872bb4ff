"""Every file of the site: planned in a fixed order, each rendered from a view of its own.

A loop over the page kinds. The full build renders what `plan()` yields, the incremental one what
`dirty_pages()` names; both go through `view()` and `render()`.
"""

from collections.abc import Iterator
from functools import cache
from typing import ClassVar, Union

import msgspec

from warraq.base.problems import unexpected_as_problem
from warraq.base.urls import output_path
from warraq.model import OutputFile
from warraq.render import kinds
from warraq.render.assets import assets
from warraq.render.context import RenderContext
from warraq.render.environment import Theme, rendered
from warraq.render.kinds.article import ArticlePage
from warraq.render.kinds.data import ArticleJson
from warraq.render.kinds.history import HistoryPage
from warraq.render.kinds.redirect import RedirectPage
from warraq.render.kinds.sitemap import pages_view
from warraq.render.page import Changes, Page, PageOfArticle, SinglePage, pages_of_articles
from warraq.render.views import AnyView, Text, View


class SitemapPages(SinglePage, frozen=True):
    """The part of the sitemap with all pages but articles; it is here since it asks all kinds.

    It changes only when a page is added or removed: whoever does that must mark it dirty.
    """

    path: ClassVar[str] = "/sitemap-pages.xml"
    is_constant: ClassVar[bool] = True

    def exists(self, context: RenderContext) -> bool:
        """Whether crawlers may index the site."""
        return context.config.rights_index

    def view(self, context: RenderContext) -> AnyView:
        """Return everything that the file holds."""
        pages = (
            page for kind in PAGE_KINDS if kind not in _UNLISTED for page in kind.plan(context)
        )
        return pages_view(tuple(sorted(p.url for p in pages if p.url.endswith("/"))), context)


PAGE_KINDS: tuple[type[Page], ...] = (*kinds.KINDS, SitemapPages)
_UNLISTED = {ArticlePage, ArticleJson, HistoryPage, RedirectPage}
_encode = msgspec.msgpack.Encoder().encode


def plan(context: RenderContext) -> Iterator[Page]:
    """Yield every page, feed and data file of the site in a fixed order, redirects last.

    `render.address_claims` finds pages that share an address.
    """
    of_articles = [kind for kind in PAGE_KINDS if issubclass(kind, PageOfArticle)]
    yield from pages_of_articles(of_articles, context)
    for other in PAGE_KINDS:
        if other not in of_articles:
            yield from other.plan(context)


def dirty_pages(changes: Changes, context: RenderContext) -> Iterator[Page]:
    """Yield the pages that `changes` may affect; each one too many costs only its view."""
    for kind in PAGE_KINDS:
        yield from kind.dirtied_by(changes, context)


def render(view: AnyView, theme: Theme, address: str = "") -> bytes:
    """Return the bytes of a view's file; `address` is for the message if a template fails."""
    if isinstance(view, Text):
        return view.content
    fields = {name: getattr(view, name) for name in view.__struct_fields__}
    return rendered(theme.environment, template_of(view), fields, address).encode()


def template_of(view: AnyView) -> str:
    """Return the template of a view, "" for plain text."""
    if isinstance(view, Text):
        return ""
    return f"pages/{view.template}.html" if isinstance(view, View) else view.template


def files(context: RenderContext, theme: Theme) -> Iterator[OutputFile]:
    """Yield every file of the site, assets first."""
    yield from assets(theme)
    for page in plan(context):
        with unexpected_as_problem(page.url, passing=(OSError,)):
            content = render(page.view(context), theme, page.url)
        yield OutputFile(output_path(page.url), content)


def encoded(page: Page) -> bytes:
    """Return `page` as msgpack, the same bytes for equal pages."""
    return _encode(page)


def decoded(data: bytes) -> Page:
    """Return the page that `encoded` made `data` of."""
    return _decoder().decode(data)


@cache
def _decoder() -> "msgspec.msgpack.Decoder[Page]":
    return msgspec.msgpack.Decoder(Union[PAGE_KINDS])  # noqa: UP007 - made at run time
