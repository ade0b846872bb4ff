"""Readings → the rows of the catalogue, and the pages that may show what changed.

Everything is put in one transaction and checked there: a fault anywhere leaves the rows as they
were, and is told as the plain reading of all content tells it.
"""

from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import NamedTuple, cast

import msgspec

from warraq.archive.catalogue import Catalogue
from warraq.base.problems import Problem, stop_on_errors
from warraq.base.urls import output_path
from warraq.build.address_check import contested, copied
from warraq.build.cache import Cache, Source
from warraq.build.changes import ARTICLES, Change, Found, Task
from warraq.build.full import arranged, put_authorities
from warraq.build.pool import Team, batches
from warraq.build.worker import Reading, Worker
from warraq.content import store
from warraq.model import AuthorityKind, Card
from warraq.render.address_claims import RESERVED, Claim, conflicts, of_page
from warraq.render.affected import (
    everywhere,
    exists,
    of_addresses,
    of_article,
    of_authority,
    of_times,
)
from warraq.render.context import SHELVES, Material
from warraq.render.pages import Page, plan

_encode = msgspec.msgpack.Encoder().encode
_page_of = msgspec.msgpack.Decoder(Page).decode

# Beyond so many changed articles every page is looked at: cheaper than to ask which.
MANY = 1000
BATCH = 500  # articles whose metadata is held at once


class Touched(NamedTuple):
    """The pages that may show what changed, and the files of those that the site no longer has.

    `is_whole`: they are all that the site has.
    """

    pages: tuple[Page, ...]
    gone: frozenset[str]
    is_whole: bool


def arrange(found: Found, task: Task, team: Team, cache: Cache) -> Touched:
    """Bring the rows up to date with `found`; return the pages that may show it.

    Raises WarraqError when anything is wrong with the content, and changes nothing then.
    """
    is_whole = cache.is_empty or len(found.wanted) + len(found.gone) > MANY
    if found.is_read_anew and is_whole:
        with cache.changing():
            _take(found, team.read(found.wanted), task, cache)
            with closing(Worker(task, cache.rows)) as worker:
                pages = tuple(plan(worker.material))
            copies = copied(task.site, task.config)
            _stop_if_contested((RESERVED, *map(of_page, pages), *copies), task)
        return Touched(pages, frozenset(), is_whole=True)
    with cache.changing():
        asked = _asked(found, task, team, cache) if found.is_read_anew else set[Page]()
        with closing(Worker(task, cache.rows)) as worker:
            pages = tuple(page for page in asked if exists(page, worker.material))
            if _listed(_before(asked, cache)) != _listed(pages):
                pages += tuple(p for p in (of_addresses(),) if exists(p, worker.material))
        gone = frozenset(map(_path_of, asked)).difference(map(_path_of, pages))
        copies = copied(task.site, task.config)
        _stop_if_contested(_changed_claims(asked, pages, cache, copies), task)
    return Touched(pages, gone, is_whole=False)


def _before(asked: Iterable[Page], cache: Cache) -> Iterator[Page]:
    """Yield the pages that the last build wrote where those `asked` about stand, or would."""
    plans = (cache.page_at(path) for path in {*map(_path_of, asked)})
    return (_page_of(plan_) for plan_ in plans if plan_)


def _listed(pages: Iterable[Page]) -> set[str]:
    """Return the addresses of pages that a sitemap may name: a redirect is none."""
    return {page.url for page in pages if not page.target}


def _path_of(page: Page) -> str:
    return output_path(page.url)


def _asked(found: Found, task: Task, team: Team, cache: Cache) -> set[Page]:
    """Take what was found into the rows; return the pages that may show it, or did."""
    readings = list(team.read(found.wanted))
    catalogue = Catalogue(cache.rows)
    paths = [*(r.path for r in readings), *found.gone]
    old = [card for path in paths if (card := catalogue.card(cache.key_of(path)))]
    new = [reading.card for reading in readings if reading.card]
    is_moved = _times(old) != _times(new)
    with closing(Worker(task, cache.rows)) as worker:
        pages = set(_pages(old, new, found.changes, worker.material, before=True))
        before = set(of_times(worker.material)) if is_moved else set()
    _take(found, readings, task, cache)
    with closing(Worker(task, cache.rows)) as worker:
        pages |= set(_pages(old, new, found.changes, worker.material, before=False))
        pages |= set(_showing(found.pictured, worker.material))
        after = set(of_times(worker.material)) if is_moved else set()
    # Years and months name one another: all may be others when one of them came or went.
    return pages | before | after if before != after else pages


def _changed_claims(
    asked: set[Page], pages: Iterable[Page], cache: Cache, copies: Iterable[Claim]
) -> Iterator[Claim]:
    """Yield the claims that are new, each with those of the last build that may contest it.

    Of the pages `asked` about only `pages` are still in the plan.
    """
    known = set().union(*cache.others().values())
    copied_now = {claim.path: claim for claim in copies}
    new = [
        claim for claim in map(of_page, pages) if cache.page_at(claim.path) != _encode(claim.page)
    ]
    new += [claim for path, claim in copied_now.items() if path not in known]
    gone = {of_page(page) for page in asked.difference(pages)}
    if new:
        yield RESERVED
    for claim in new:
        yield claim
        for path, plan_ in cache.near(claim.path):
            if plan_ and (before := of_page(_page_of(plan_))) not in gone:
                yield before
            elif path in copied_now:
                yield copied_now[path]


def _stop_if_contested(claims: Iterable[Claim], task: Task) -> None:
    if any(True for _ in conflicts(claims)):
        with arranged(task.site, drafts=task.drafts) as made:
            stop_on_errors(contested(made.material, task.site, made.content.articles))


def _pages(
    old: list[Card],
    new: list[Card],
    changes: tuple[Change, ...],
    material: Material,
    *,
    before: bool,
) -> Iterator[Page]:
    """Yield the pages that show what changed, as the rows stand before, or after."""
    yield from everywhere(material)
    for card in (*old, *new):
        yield from of_article(card, material)
    for change in changes:
        authority = change.before if before else change.after
        if authority:
            yield from of_authority(authority, material)
            if authority.kind in (*SHELVES, "stories"):
                for card in material.catalogue.holding(authority.kind, authority.key):
                    yield from of_article(card, material)


def _showing(pictures: set[str], material: Material) -> Iterator[Page]:
    """Yield the pages of what shows one of `pictures`: they tell its size, or that it is there."""
    catalogue = material.catalogue
    for path, kind, key in catalogue.pictures() if pictures else ():
        if path in pictures and kind == ARTICLES:
            if card := catalogue.card(key):
                yield from of_article(card, material)
        elif path in pictures and (
            authority := catalogue.authority(cast("AuthorityKind", kind), key)
        ):
            yield from of_authority(authority, material)


def _times(cards: list[Card]) -> list[tuple[int, int]]:
    # Removed ones and copies are in no list: a month may come or go though no date changes.
    listed = (card for card in cards if card.status == "live" and not card.copy_of)
    return sorted((card.year, card.month) for card in listed)


def _take(found: Found, readings: Iterable[Reading], task: Task, cache: Cache) -> None:
    """Put readings and everything else that was found into the rows, and see that they agree."""
    catalogue = Catalogue(cache.rows)
    _take_authorities(found, task, cache, catalogue)
    broken: set[Problem] = set()
    paths = (*found.gone, *(wanted.path for wanted in found.wanted))
    before = set(filter(None, map(cache.key_of, paths)))
    searched: set[str] = set()
    catalogue.drop(before)
    cache.drop_sources(found.gone)
    for batch in batches(readings, BATCH):
        broken.update(p for r in batch for p in r.problems if p.severity == "error")
        searched |= {reading.id for reading in batch if reading.record}
        cache.search.put(reading.record for reading in batch if reading.record)
        catalogue.put(reading.card for reading in batch if reading.card)
        cache.put_sources(
            Source(r.path, ARTICLES, r.id, r.stamp, r.seen, r.digest, r.problems) for r in batch
        )
        cache.put_texts((r.path, r.words, r.entry) for r in batch)
        for reading in batch:
            cache.put_names(
                reading.path, (*reading.asserts, *(("credit", c) for c in reading.credits))
            )
    cache.search.drop(before - searched)
    if broken or found.is_broken or cache.is_inconsistent():
        stop_on_errors(broken.union(store.load(task.site).problems))


def _take_authorities(found: Found, task: Task, cache: Cache, catalogue: Catalogue) -> None:
    if found.commits is not None:
        cache.put_commits(found.commits)
        cache.put_fact("head", found.head)
    gone = [c.before for c in found.changes if c.before]
    catalogue.drop_authorities((authority.kind, authority.key) for authority in gone)
    put_authorities(catalogue, (c.after for c in found.changes if c.after), task.config)
    cache.put_sources(found.sources)
