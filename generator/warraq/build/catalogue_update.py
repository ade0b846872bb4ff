"""Parsed articles → the rows of the catalogue, and the pages that may show what changed.

All rows are written in one transaction and checked there: an error anywhere leaves them as they
were, and is reported as the full build reports it.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple, cast

from warraq.archive.catalogue import Catalogue
from warraq.base.problems import Problem, stop_on_errors
from warraq.base.urls import output_path
from warraq.build.address_check import address_conflicts, copied_files
from warraq.build.build_context import BuildContext
from warraq.build.cache import Cache, SourceFile
from warraq.build.cached_content import cached_context
from warraq.build.changes import ARTICLES, SiteChanges
from warraq.build.full import loaded_site, put_authorities
from warraq.build.pool import WorkerPool, batches
from warraq.build.worker import ParsedArticle
from warraq.content import store
from warraq.model import Authority, AuthorityKind, Card
from warraq.render.address_claims import RESERVED, Claim, conflicts, of_page
from warraq.render.context import RenderContext
from warraq.render.kinds.archive import MonthPage, YearPage
from warraq.render.kinds.redirect import RedirectPage
from warraq.render.page import Page, changes_of
from warraq.render.site_pages import SitemapPages, decoded, dirty_pages, encoded, plan

ALL_DIRTY_FROM = 1000  # changed articles; beyond, rendering all costs less than asking which
BATCH = 500  # articles whose metadata is held at once


class DirtyPages(NamedTuple):
    """The pages that may show what changed, and the files of pages that no longer exist.

    `all_dirty`: they are all pages of the site.
    """

    pages: tuple[Page, ...]
    removed: frozenset[str]
    all_dirty: bool


def update_catalogue(
    changes: SiteChanges, build: BuildContext, pool: WorkerPool, cache: Cache
) -> DirtyPages:
    """Bring the rows up to date with `changes`; return the pages that may show them.

    Raises WarraqError with every error of the content, and changes nothing then.
    """
    is_large = len(changes.to_parse) + len(changes.removed) > ALL_DIRTY_FROM
    if changes.content_changed and (cache.is_empty or is_large):
        with cache.changing():
            _store(changes, pool.parse(changes.to_parse), build, cache)
            with cached_context(build, cache.rows) as context:
                pages = tuple(plan(context))
            copies = copied_files(build.site, build.config)
            _stop_on_conflicts((RESERVED, *map(of_page, pages), *copies), build)
        return DirtyPages(pages, frozenset(), all_dirty=True)
    with cache.changing():
        dirty = (
            _dirty_pages(changes, build, pool, cache) if changes.content_changed else set[Page]()
        )
        with cached_context(build, cache.rows) as context:
            pages = tuple(page for page in dirty if page.exists(context))
            if _addresses(_before(dirty, cache)) != _addresses(pages):
                pages += tuple(SitemapPages.plan(context))
        removed = frozenset(map(_path_of, dirty)).difference(map(_path_of, pages))
        copies = copied_files(build.site, build.config)
        _stop_on_conflicts(_changed_claims(dirty, pages, cache, copies), build)
    return DirtyPages(pages, removed, all_dirty=False)


def _before(dirty: Iterable[Page], cache: Cache) -> Iterator[Page]:
    """Yield the pages of the last build at the addresses of `dirty`."""
    specs = (cache.page_at(path) for path in {*map(_path_of, dirty)})
    return (decoded(spec) for spec in specs if spec)


def _addresses(pages: Iterable[Page]) -> set[str]:
    """Return the addresses of pages that a sitemap may list; redirects are not among them."""
    return {page.url for page in pages if not isinstance(page, RedirectPage)}


def _path_of(page: Page) -> str:
    return output_path(page.url)


def _dirty_pages(
    changes: SiteChanges, build: BuildContext, pool: WorkerPool, cache: Cache
) -> set[Page]:
    """Store what changed; return the pages that show it, or did before."""
    articles = list(pool.parse(changes.to_parse))
    catalogue = Catalogue(cache.rows)
    paths = [*(a.path for a in articles), *changes.removed]
    old = [card for path in paths if (card := catalogue.card(cache.key_of(path)))]
    new = [article.card for article in articles if article.card]
    periods_may_change = _periods(old) != _periods(new)
    authorities = [change.before for change in changes.authority_changes if change.before]
    with cached_context(build, cache.rows) as context:
        pages = set(dirty_pages(changes_of((*old, *new), authorities, context), context))
        before = set(_periods_of(context)) if periods_may_change else set[Page]()
    _store(changes, articles, build, cache)
    authorities = [change.after for change in changes.authority_changes if change.after]
    with cached_context(build, cache.rows) as context:
        cards, others = _with_pictures(changes.touched_pictures, catalogue)
        changed = changes_of((*old, *new, *cards), (*authorities, *others), context)
        pages |= set(dirty_pages(changed, context))
        after = set(_periods_of(context)) if periods_may_change else set[Page]()
    # Years and months link to one another: when one was added or removed, all are dirty.
    return pages | before | after if before != after else pages


def _changed_claims(
    dirty: set[Page], pages: Iterable[Page], cache: Cache, copies: Iterable[Claim]
) -> Iterator[Claim]:
    """Yield the claims that are new, each with those of the last build that may conflict with it.

    Of the `dirty` pages only `pages` are still planned.
    """
    known = set().union(*cache.non_page_files().values())
    copied_now = {claim.path: claim for claim in copies}
    new = [claim for page in pages if cache.page_at((claim := of_page(page)).path) != encoded(page)]
    new += [claim for path, claim in copied_now.items() if path not in known]
    removed = {of_page(page) for page in dirty.difference(pages)}
    if new:
        yield RESERVED
    for claim in new:
        yield claim
        for path, spec in cache.near(claim.path):
            if spec and (before := of_page(decoded(spec))) not in removed:
                yield before
            elif path in copied_now:
                yield copied_now[path]


def _stop_on_conflicts(claims: Iterable[Claim], build: BuildContext) -> None:
    if any(True for _ in conflicts(claims)):
        with loaded_site(build.site, drafts=build.drafts) as loaded:
            stop_on_errors(address_conflicts(loaded.context, build.site, loaded.content.articles))


def _periods_of(context: RenderContext) -> Iterator[Page]:
    yield from YearPage.plan(context)
    yield from MonthPage.plan(context)


def _with_pictures(pictures: set[str], catalogue: Catalogue) -> tuple[list[Card], list[Authority]]:
    """Return the articles and authorities that show one of `pictures`, or its absence."""
    cards, authorities = list[Card](), list[Authority]()
    for path, kind, key in catalogue.pictures() if pictures else ():
        if path in pictures and kind == ARTICLES:
            cards += filter(None, (catalogue.card(key),))
        elif path in pictures:
            authorities += filter(None, (catalogue.authority(cast("AuthorityKind", kind), key),))
    return cards, authorities


def _periods(cards: list[Card]) -> list[tuple[int, int]]:
    # Removed articles and copies are in no list: a month may come or go though no date changes.
    listed = (card for card in cards if card.status == "live" and not card.copy_of)
    return sorted((card.year, card.month) for card in listed)


def _store(
    changes: SiteChanges, articles: Iterable[ParsedArticle], build: BuildContext, cache: Cache
) -> None:
    """Write articles and all other changes into the rows, and check that they are consistent."""
    catalogue = Catalogue(cache.rows)
    _store_authorities(changes, build, cache, catalogue)
    broken: set[Problem] = set()
    paths = (*changes.removed, *(article.path for article in changes.to_parse))
    before = set(filter(None, map(cache.key_of, paths)))
    searched: set[str] = set()
    catalogue.drop(before)
    cache.drop_sources(changes.removed)
    for batch in batches(articles, BATCH):
        broken.update(p for a in batch for p in a.problems if p.severity == "error")
        searched |= {article.id for article in batch if article.record}
        cache.search.put(article.record for article in batch if article.record)
        catalogue.put(article.card for article in batch if article.card)
        cache.put_sources(
            SourceFile(a.path, ARTICLES, a.id, a.stamp, a.read_at, a.digest, a.problems)
            for a in batch
        )
        cache.put_texts((a.path, a.words, a.entry) for a in batch)
        cache.put_names(
            {a.path: (*a.asserts, *(("credit", name) for name in a.credits)) for a in batch}
        )
    cache.search.drop(before - searched)
    if broken or changes.has_errors or cache.is_inconsistent():
        stop_on_errors(broken.union(store.load(build.site).problems))


def _store_authorities(
    changes: SiteChanges, build: BuildContext, cache: Cache, catalogue: Catalogue
) -> None:
    if changes.commits is not None:
        cache.put_commits(changes.commits)
        cache.put_meta("head", changes.head)
    gone = [change.before for change in changes.authority_changes if change.before]
    catalogue.drop_authorities((authority.kind, authority.key) for authority in gone)
    current = (change.after for change in changes.authority_changes if change.after)
    put_authorities(catalogue, current, build.config)
    cache.put_sources(changes.sources)
