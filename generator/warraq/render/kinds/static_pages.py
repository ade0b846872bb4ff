"""Pages that are neither articles nor shelves: about, corrections, search, 404."""

from typing import ClassVar

import msgspec

from warraq.model import AuthorityKind, Moment
from warraq.render.body import body_html, corrections_of
from warraq.render.context import RenderContext
from warraq.render.page import PageOfAuthority, SinglePage
from warraq.render.views import (
    AnyView,
    Corrected,
    CorrectionsView,
    Feed,
    Link,
    NotFoundView,
    PageView,
    SearchDescriptionView,
    SearchView,
)

# The words that search-page.js shows; the script has none of its own.
SEARCH_WORDS = tuple(
    """
    search_loading search_none search_failed search_partial search_more search_clear
    search_remove search_heading search_results search_at_least search_sort sort_relevance
    sort_newest sort_oldest search_facets search_suggest search_near search_story search_group
    search_of_story facet_outlet facet_year facet_topic facet_person facet_place
    facet_organization facet_story facet_day search_from search_to search_day_hint search_day_unread
    search_without search_raised search_date search_or search_quoted search_completed
    search_empty_days search_no_days search_unread search_lacking search_taken_off
    suggest_spelling suggest_completion suggest_without suggest_month suggest_day
    suggest_year suggest_topic span span_onwards span_until date_short month_pattern list_separator
    undated count_articles corrected retracted
    """.split()
)


def page_view(url: str, key: str, context: RenderContext) -> PageView:
    """Return the view of one of content/pages."""
    page = context.catalogue.authority("pages", key)
    if page is None:
        raise KeyError(key)
    fields = context.page_fields(
        url,
        page.name,
        description=page.description,
        crumbs=(Link(context.wording.text("pages"), "pages/"),),
        current="pages/",
    )
    body = body_html(context.body_of(page), fields["root"], context.config.lang, context)
    return PageView(**fields, body=body, text=page.description)


def corrections_view(url: str, context: RenderContext) -> CorrectionsView:
    """Return the view of all corrections and tombstones."""
    wording = context.wording
    fields = context.page_fields(
        url,
        wording.text("corrections"),
        description=wording.text("corrections_text"),
        crumbs=(Link(wording.text("home"), ""),),
        feeds=(Feed(wording.text("corrections"), "corrections/feed"),),
    )
    return CorrectionsView(
        **fields,
        corrected=tuple(
            Corrected(context.teaser(card), corrections_of(card, wording))
            for card in context.catalogue.with_corrections()
        ),
        removed=tuple(_tombstone(card.id, context) for card in context.catalogue.removed()),
    )


def search_view(url: str, context: RenderContext) -> SearchView:
    """Return the view of the search page's shell."""
    wording = context.wording
    fields = context.page_fields(
        url, wording.text("search"), description=wording.text("search_text")
    )
    words = {code: wording.words[code] for code in SEARCH_WORDS}
    settings = {
        "digits": context.config.digits,
        "months": [wording.month(month) for month in range(1, 13)],
    }
    return SearchView(**fields, messages=msgspec.json.encode({**words, **settings}).decode())


def not_found_view(url: str, context: RenderContext) -> NotFoundView:
    """Return the view of 404.html, whose links are absolute paths: it is served at any depth."""
    wording = context.wording
    fields = context.page_fields(
        url,
        wording.text("not_found"),
        description=wording.text("not_found_text"),
        indexed=False,
    )
    fields["root"] = context.config.base_path
    return NotFoundView(**fields)


def _tombstone(article_id: str, context: RenderContext) -> Link:
    article = context.entry_of(article_id).article
    removed = article.removed
    when = context.wording.moment(Moment(removed.date)).short if removed else ""
    reason = removed.reason if removed else ""
    return Link(reason or article_id, article.url[1:], when)


class ContentPage(PageOfAuthority, frozen=True):
    """One of content/pages."""

    kinds: ClassVar[tuple[AuthorityKind, ...]] = ("pages",)

    def view(self, context: RenderContext) -> AnyView:
        """Return everything that the page shows."""
        return page_view(self.url, self.key, context)


class CorrectionsPage(SinglePage, frozen=True):
    """All corrections and tombstones."""

    path: ClassVar[str] = "/corrections/"

    def view(self, context: RenderContext) -> AnyView:
        """Return everything that the page shows."""
        return corrections_view(self.url, context)


class SearchPage(SinglePage, frozen=True):
    """The search page's shell."""

    path: ClassVar[str] = "/search/"

    def view(self, context: RenderContext) -> AnyView:
        """Return everything that the page shows."""
        return search_view(self.url, context)


class SearchDescription(SinglePage, frozen=True):
    """opensearch.xml, by which browsers offer the search."""

    path: ClassVar[str] = "/opensearch.xml"
    is_constant: ClassVar[bool] = True

    def view(self, context: RenderContext) -> AnyView:
        """Return everything that the file holds."""
        return SearchDescriptionView(page=context.absolute(""))


class NotFoundPage(SinglePage, frozen=True):
    """404.html."""

    path: ClassVar[str] = "/404.html"
    is_constant: ClassVar[bool] = True

    def view(self, context: RenderContext) -> AnyView:
        """Return everything that the page shows."""
        return not_found_view(self.url, context)
