"""Which pages a change may touch: more than it does touch, never fewer.

A build that knows its last output asks here what to look at again. A page whose view comes out as
before is not rendered, so a page too many costs its view and nothing else.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import cast

from warraq.model import Authority, AuthorityKind, Card
from warraq.render import article, data, shelves, sitemap
from warraq.render.archive import days_of
from warraq.render.calendar import day_path, days_in
from warraq.render.context import KINDS, SHELVES, RenderContext
from warraq.render.pages import Page
from warraq.render.redirects import former_addresses

_ALWAYS = ("corrections", "search", "data")


def everywhere(_material: RenderContext) -> Iterator[Page]:
    """Yield the pages that any change may touch: fronts, indexes, feeds of the whole archive."""
    yield Page("/", "home")
    yield Page("/archive/", "archive")
    yield Page("/archive/undated/", "undated")
    for kind in KINDS:
        yield Page(f"/{kind}/", "kind", group=kind)
    for name in _ALWAYS:
        yield Page(f"/{name}/", name)
    yield Page("/feed.xml", "atom")
    yield Page("/feed.json", "json-feed")
    yield Page("/corrections/feed.xml", "corrections-atom")
    yield Page("/corrections/feed.json", "corrections-json")
    yield Page("/sitemap.xml", "sitemap-index")


def of_addresses() -> Page:
    """Return the page that shows which others there are: touched when one comes or goes."""
    return Page("/sitemap-pages.xml", "sitemap-pages")


def of_times(context: RenderContext) -> Iterator[Page]:
    """Yield all years and months: each shows the row of years and the months beside it."""
    for count in context.years:
        yield Page(f"/archive/{count.year:04}/", "year", year=count.year)
    for year, month in context.months:
        yield Page(f"/archive/{year:04}/{month:02}/", "month", year=year, month=month)


def of_article(card: Card, context: RenderContext) -> Iterator[Page]:
    """Yield the pages that show `card`, or would look otherwise without it."""
    catalogue = context.catalogue
    yield from _own(card)
    told = catalogue.stories_of(card.id)
    beside = {*catalogue.neighbours(card), *catalogue.copies(card.id), catalogue.card(card.copy_of)}
    beside |= {*catalogue.prints(card)}
    beside |= {c for story in told for c in context.shelf("stories", story.key)}
    source = card.source.name if card.source else ""
    for other in beside - {None, card} | {*catalogue.titled(card.title, source)}:
        if other:
            yield from _own(other)
    for story in told:
        yield from of_authority(story, context)
    for kind in SHELVES:
        for key in getattr(card, kind):
            yield from _of_shelf(kind, key, card.year, card.month)
    yield from _of_time(card.year, card.month)


def of_authority(authority: Authority, context: RenderContext) -> Iterator[Page]:
    """Yield the pages of an authority itself; those that name it are `of_article` of its shelf."""
    kind, key = authority.kind, authority.key
    named = {"stories": "story", "pages": "page"}.get(kind, "shelf")
    yield Page(authority.address, named, key, kind)
    yield Page(f"{authority.address}feed.xml", "atom", key, kind)
    yield Page(f"{authority.address}feed.json", "json-feed", key, kind)
    if kind in SHELVES:
        for year, month in shelves.parts(context.catalogue.shelf_counts(kind, key)):
            part = "/" + shelves.part_path(authority, year, month)
            yield Page(part, "shelf-part", key, kind, year, month)
    for old in former_addresses(authority):
        yield Page(old, "redirect", target=authority.address)


def exists(page: Page, context: RenderContext) -> bool:
    """Tell whether `page` is in the plan of the site as it stands."""
    asked = _EXISTS.get(page.kind)
    return asked is None or asked(page, context)


def _is_live(page: Page, context: RenderContext) -> bool:
    card = context.catalogue.card(page.key)
    return card is not None and card.status == "live"


def _has_history(page: Page, context: RenderContext) -> bool:
    card = context.catalogue.card(page.key)
    return card is not None and article.has_history(card, context)


def _has_day(page: Page, context: RenderContext) -> bool:
    day = date.fromisoformat(page.key)
    return day in days_of(day.year, day.month, context)


def _has_feed(page: Page, context: RenderContext) -> bool:
    if not page.key:
        return True
    authority = context.catalogue.authority(page.group, page.key)
    if authority is None or not _has_page(page, context):
        return False
    return shelves.has_feed(authority, context)


def _has_page(page: Page, context: RenderContext) -> bool:
    authority = context.catalogue.authority(page.group, page.key)
    if authority is None or (page.group == "stories" and not context.shows(authority)):
        return False
    if page.kind != "shelf-part":
        return True
    return (page.year, page.month) in shelves.parts(
        context.catalogue.shelf_counts(page.group, page.key)
    )


def _own(card: Card) -> Iterator[Page]:
    yield Page(card.url, "article", card.id)
    yield Page(f"{card.url}history/", "history", card.id)
    yield Page(f"{card.url}article.json", "article-json", card.id)
    for old in card.aliases:
        if old != card.url:
            yield Page(old, "redirect", target=card.url)


def _of_shelf(kind: AuthorityKind, key: str, year: int, month: int) -> Iterator[Page]:
    address = f"/{kind}/{key}/"
    yield Page(address, "shelf", key, kind)
    yield Page(f"{address}feed.xml", "atom", key, kind)
    yield Page(f"{address}feed.json", "json-feed", key, kind)
    part = f"{address}{year:04}/" if year else f"{address}undated/"
    yield Page(part, "shelf-part", key, kind, year)
    if month:
        yield Page(f"{part}{month:02}/", "shelf-part", key, kind, year, month)


def _of_time(year: int, month: int) -> Iterator[Page]:
    stem = f"/data/articles-{f'{year:04}' if year else 'undated'}"
    yield Page(f"{stem}.json", "year-json", year=year)
    yield Page(f"{stem}.csv", "year-csv", year=year)
    yield Page(f"/{sitemap.part_name(year, 0)}", "sitemap-articles", year=year)
    if year:
        yield Page(f"/archive/{year:04}/", "year", year=year)
    if month:
        yield Page(f"/{sitemap.part_name(year, month)}", "sitemap-articles", year=year, month=month)
        # Every day, since the month may just have grown large, or ceased to be.
        for number in range(1, days_in(year, month) + 1):
            day = date(year, month, number)
            yield Page("/" + day_path(day), "day", day.isoformat())
        yield Page(f"/archive/{year:04}/{month:02}/", "month", year=year, month=month)


def _leads(page: Page, context: RenderContext) -> bool:
    kind, key = page.target.strip("/").split("/")
    if kind == "n":
        card = context.catalogue.card(key)
        return card is not None and page.url in card.aliases
    authority = context.catalogue.authority(cast("AuthorityKind", kind), key)
    if authority is None or (kind == "stories" and not context.shows(authority)):
        return False
    return page.url in former_addresses(authority)


_EXISTS: dict[str, Callable[[Page, RenderContext], bool]] = {
    "article": lambda p, m: m.catalogue.card(p.key) is not None,
    "article-json": _is_live,
    "history": _has_history,
    "year": lambda p, m: any(count.year == p.year for count in m.years),
    "month": lambda p, m: (p.year, p.month) in m.months,
    "day": _has_day,
    "year-json": lambda p, m: p.year in data.data_years(m),
    "year-csv": lambda p, m: p.year in data.data_years(m),
    "sitemap-index": lambda _p, m: m.config.rights_index,
    "sitemap-pages": lambda _p, m: m.config.rights_index,
    "sitemap-articles": lambda p, m: (p.year, p.month) in sitemap.parts(m),
    "shelf": _has_page,
    "shelf-part": _has_page,
    "page": _has_page,
    "story": _has_page,
    "redirect": _leads,
    "atom": _has_feed,
    "json-feed": _has_feed,
}
