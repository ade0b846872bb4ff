"""What a page kind is: the address of its pages, what dirties them, what they show.

Each kind is a subclass of Page in `render.kinds`; the full build plans all of them, the incremental
one asks which are dirty. A Page is small and encodes to bytes, so it can be queued and cached.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar, NamedTuple, Self, TypeVar

import msgspec

from warraq.model import SHELF_KINDS, Authority, AuthorityKind, Card, Story
from warraq.render.context import RenderContext
from warraq.render.views import AnyView


class Page(msgspec.Struct, frozen=True, tag=True, tag_field="page"):
    """One file of the site that is rendered."""

    @property
    def url(self) -> str:
        """The site path."""
        raise NotImplementedError

    @property
    def subject(self) -> tuple[str, str]:
        """The (kind, key) of the content file it is about, ("articles", id) of an article's."""
        return "", ""

    @classmethod
    def plan(cls, context: RenderContext, /) -> Iterator[Self]:
        """Yield all pages of this kind, in a fixed order."""
        raise NotImplementedError

    @classmethod
    def dirtied_by(cls, changes: "Changes", context: RenderContext, /) -> Iterator[Self]:
        """Yield the pages that `changes` may affect: perhaps too many, never too few.

        They need not exist.
        """
        raise NotImplementedError

    def exists(self, _context: RenderContext, /) -> bool:
        """Whether the page is planned."""
        return True

    def view(self, context: RenderContext, /) -> AnyView:
        """Return everything that the page shows, and nothing else."""
        raise NotImplementedError


class SinglePage(Page, frozen=True):
    """A kind with one page, at `path`. Any change dirties it unless `is_constant`."""

    path: ClassVar[str]
    is_constant: ClassVar[bool] = False

    @property
    def url(self) -> str:
        """The site path."""
        return self.path

    @classmethod
    def plan(cls, context: RenderContext) -> Iterator[Self]:
        """Yield the page, if it exists."""
        if cls().exists(context):
            yield cls()

    @classmethod
    def dirtied_by(cls, _changes: "Changes", _context: RenderContext) -> Iterator[Self]:
        """Yield the page unless it shows no content."""
        if not cls.is_constant:
            yield cls()


class PageOfArticle(Page, frozen=True):
    """A kind with one page per article that `has_page`."""

    id: str

    @property
    def subject(self) -> tuple[str, str]:
        """The article."""
        return "articles", self.id

    @classmethod
    def plan(cls, context: RenderContext) -> Iterator[Self]:
        """Yield the pages in the catalogue's order."""
        return pages_of_articles((cls,), context)

    @classmethod
    def dirtied_by(cls, changes: "Changes", _context: RenderContext) -> Iterator[Self]:
        """Yield the pages of changed articles, and of those that show one."""
        return (cls(card.id) for card in changes.articles)

    @classmethod
    def has_page(cls, _card: Card, _context: RenderContext, /) -> bool:
        """Whether an article has a page of this kind."""
        return True

    def exists(self, context: RenderContext) -> bool:
        """Whether there is such an article and it has a page."""
        card = context.catalogue.card(self.id)
        return card is not None and self.has_page(card, context)


_KindOfArticle = TypeVar("_KindOfArticle", bound=PageOfArticle)


def pages_of_articles(
    kinds: Sequence[type[_KindOfArticle]], context: RenderContext
) -> Iterator[_KindOfArticle]:
    """Yield the pages of some kinds, article by article: the catalogue is read once for all."""
    for card in context.catalogue.cards():
        for kind in kinds:
            if kind.has_page(card, context):
                yield kind(card.id)


class PageOfAuthority(Page, frozen=True):
    """A kind with one page per authority of `kinds` that `has_page`."""

    kinds: ClassVar[tuple[AuthorityKind, ...]]

    kind: AuthorityKind
    key: str

    @property
    def url(self) -> str:
        """The site path."""
        return f"/{self.kind}/{self.key}/"

    @property
    def subject(self) -> tuple[str, str]:
        """The authority."""
        return self.kind, self.key

    @classmethod
    def plan(cls, context: RenderContext) -> Iterator[Self]:
        """Yield the pages by kind, then by name."""
        for kind in cls.kinds:
            for authority in context.visible(kind):
                if cls.has_page(authority, context):
                    yield cls(kind, authority.key)

    @classmethod
    def dirtied_by(cls, changes: "Changes", _context: RenderContext) -> Iterator[Self]:
        """Yield the pages of changed authorities, and of those with a changed article."""
        yield from (cls(a.kind, a.key) for a in changes.authorities if a.kind in cls.kinds)
        yield from (cls(kind, key) for kind, key, _, _ in changes.shelves if kind in cls.kinds)

    @classmethod
    def has_page(cls, _authority: Authority, _context: RenderContext, /) -> bool:
        """Whether an authority that is shown has a page of this kind."""
        return True

    def exists(self, context: RenderContext) -> bool:
        """Whether there is such an authority, it is shown and has a page."""
        authority = context.catalogue.authority(self.kind, self.key)
        if authority is None or not context.is_visible(authority):
            return False
        return self.has_page(authority, context)


class Changes(NamedTuple):
    """What changed, by the catalogue as it is before the change, or after.

    `articles` are those that changed and those whose own pages show one of them; `authorities`
    those that changed, and the stories of changed articles or at changed places; `shelves` the
    (kind, key, year, month) and `periods` the (year, month) that hold a changed article, as one of
    their own or as a copy of one.
    """

    articles: tuple[Card, ...]
    authorities: tuple[Authority, ...]
    shelves: frozenset[tuple[AuthorityKind, str, int, int]]
    periods: frozenset[tuple[int, int]]


def changes_of(
    cards: Iterable[Card], authorities: Iterable[Authority], context: RenderContext
) -> Changes:
    """Return all that changes with `cards` and `authorities`."""
    catalogue = context.catalogue
    changed = dict.fromkeys(cards)
    affected = {authority.address: authority for authority in authorities}
    for authority in affected.values():
        if authority.kind in (*SHELF_KINDS, "stories"):
            changed |= dict.fromkeys(catalogue.all_of(authority.kind, authority.key))
    showing = dict.fromkeys(changed)
    periods = {(card.year, card.month) for card in changed}
    for card in changed:
        if original := catalogue.card(card.copy_of):
            periods.add((original.year, original.month))
        stories = catalogue.stories_of(card.id)
        affected = {story.address: story for story in stories} | affected
        showing |= dict.fromkeys(_showing(card, stories, context))
    affected |= {story.address: story for story in _stories_at(affected.values(), context)}
    return Changes(
        tuple(showing),
        tuple(affected.values()),
        frozenset(
            (kind, key, card.year, card.month)
            for card in changed
            for kind in SHELF_KINDS
            for key in getattr(card, kind)
        ),
        frozenset(periods),
    )


def _stories_at(authorities: Iterable[Authority], context: RenderContext) -> Iterator[Story]:
    """Yield the stories that took place in one of `authorities`: their pages show its name."""
    places = {authority.key for authority in authorities if authority.kind == "places"}
    stories = context.catalogue.authorities("stories") if places else ()
    return (story for story in stories if story.place in places)


def _showing(card: Card, stories: Iterable[Authority], context: RenderContext) -> Iterator[Card]:
    """Yield the articles whose own pages show `card`."""
    catalogue = context.catalogue
    source = card.source.name if card.source else ""
    yield from filter(None, catalogue.neighbours(card))
    yield from filter(None, (catalogue.card(card.copy_of),))
    yield from catalogue.copies(card.id)
    yield from catalogue.reprints(card)
    yield from catalogue.with_headline(card.title, source)
    for story in stories:
        yield from context.shelf("stories", story.key)
