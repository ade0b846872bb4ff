"""What pages are rendered from, with the small queries that every page kind needs."""

from collections.abc import Callable
from functools import cached_property, lru_cache
from typing import TypedDict, TypeVar, TypeVarTuple, cast
from urllib.parse import quote

import msgspec

from warraq.archive.catalogue import Catalogue
from warraq.base.urls import is_key, is_web_address, root_of
from warraq.model import Authority, AuthorityKind, Card, Count, Entry, Story, Version
from warraq.render.structured import breadcrumbs
from warraq.render.views import Feed, Link, Teaser
from warraq.render.wording import Wording, direction, shortened

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

DESCRIBED_BY = 3  # headlines in the description of a list


class PageFields(TypedDict):
    """The fields every View begins with."""

    path: str
    root: str
    title: str
    heading: str
    canonical: str
    description: str
    current: str
    crumbs: tuple[Link, ...]
    feeds: tuple[Feed, ...]
    structured: str
    indexed: bool


def no_versions(_article_id: str) -> tuple[Version, ...]:
    """Return (), for a site without git or with `history: none`."""
    return ()


def unknown_size(_path: str) -> tuple[int, int] | None:
    """Return (0, 0): the picture exists, its size is not known."""
    return 0, 0


def joined_by_dots(parts: tuple[str, ...]) -> str:
    """Return the parts that are not empty, with dots between them."""
    return " · ".join(filter(None, parts))


class RenderContext:
    """The catalogue, the wording, and functions that fetch what a page needs, one by one."""

    def __init__(  # noqa: PLR0913 - what is fetched one by one has a function each
        self,
        catalogue: Catalogue,
        wording: Wording,
        *,
        entry_of: Callable[[str], Entry],
        body_of: Callable[[Authority], str],
        versions_of: Callable[[str], tuple[Version, ...]] = no_versions,
        size_of: Callable[[str], tuple[int, int] | None] = unknown_size,
    ) -> None:
        """Keep the arguments. Results are memoized: a changed catalogue needs a new RenderContext.

        `entry_of(id)` returns an article; `body_of(authority)` its body as sanitised HTML;
        `versions_of(id)` the versions, oldest first, () for an article never edited;
        `size_of(path)` a picture's (width, height), None if there is no such picture.
        """
        self.catalogue = catalogue
        self.wording = wording
        self.config = wording.config
        self.entry_of = entry_of
        self.body_of = body_of
        self.versions_of = versions_of
        self.size_of = size_of
        self.shelf = lru_cache(4)(catalogue.shelf)  # a page's feed and parts ask for it again
        self.in_year = lru_cache(1)(catalogue.in_year)  # a year's page, data and sitemap ask for it
        self.published_in = lru_cache(64)(catalogue.published_in)
        self.link = lru_cache(8192)(self._link)
        self.named = lru_cache(1024)(self._named)  # an article's page and data ask some ten times
        self._teaser = lru_cache(4096)(self._teaser_of)
        self._last = lru_cache(1)(self._call)
        self._memoized = lru_cache(2048)(self._call)  # items of feeds: some 10 MB at most
        self._neighbours: dict[str, tuple[Card | None, Card | None]] = {}
        self._next = ""  # the id of the article after the one asked for last

    def absolute(self, path: str) -> str:
        """Return the full address of a site path (with or without its leading slash)."""
        return self.config.base_url + path.removeprefix("/")

    def picture(self, src: str) -> str:
        """Return the full address of a picture: a site path, or an address already."""
        return src if is_web_address(src) else self.absolute(quote(src))

    def has_picture(self, src: str) -> bool:
        """Whether a picture can be shown: its file exists, or another host has it."""
        return is_web_address(src) or self.size_of(src) is not None

    def teaser(self, card: Card) -> Teaser:
        """Return `card` as lists show it."""
        return self._teaser(card)

    def size(self, kind: AuthorityKind, key: str) -> int:
        """Return how many listed articles an authority other than a story has."""
        return self.catalogue.shelf_size(kind, key)

    def teasers(self, cards: tuple[Card, ...]) -> tuple[Teaser, ...]:
        """Return `cards` as lists show them; reprints of a text as links of the first."""
        if not any(card.same_text_as for card in cards):  # as in most lists
            return tuple(map(self.teaser, cards))
        ids = {card.id for card in cards}
        folded = {card.id for card in cards if card.same_text_as in ids - {card.id}}
        reprints: dict[str, list[Link]] = {}
        for card in cards:
            if card.id in folded:
                reprints.setdefault(card.same_text_as, []).append(self.reprint_link(card))
        return tuple(
            msgspec.structs.replace(self.teaser(card), prints=tuple(reprints[card.id]))
            if card.id in reprints
            else self.teaser(card)
            for card in cards
            if card.id not in folded
        )

    def reprint_link(self, card: Card) -> Link:
        """Return the link to an article by the name of the outlet that printed it."""
        name = card.source.name if card.source else self.wording.published(card).short
        return Link(name, card.url[1:])

    def lang_attribute(self, lang: str) -> str:
        """Return `lang` unless it is the site's own language, then ""."""
        return "" if not lang or lang == self.config.lang else lang

    def memoized(self, make: Callable[[*Ts, "RenderContext"], T], *args: *Ts) -> T:
        """Return make(*args, self), from the cache if the same was asked a short while ago."""
        return cast("T", self._memoized(make, *args))

    def last(self, make: Callable[[*Ts, "RenderContext"], T], *args: *Ts) -> T:
        """Return make(*args, self), large as it may be: only the last result is kept."""
        return cast("T", self._last(make, *args))

    def dir_attribute(self, lang: str) -> str:
        """Return the direction of `lang` where it is not the site's, else ""."""
        if not lang or direction(lang) == direction(self.config.lang):
            return ""
        return direction(lang)

    def _link(self, kind: AuthorityKind, key: str) -> Link | None:
        """Return the link to one authority's page, None if it has no file."""
        authority = self.catalogue.authority(kind, key)
        return Link(authority.name, authority.address[1:]) if authority else None

    def links(self, kind: AuthorityKind, keys: tuple[str, ...]) -> tuple[Link, ...]:
        """Return the links to those of `keys` that have a file."""
        return tuple(link for key in keys if (link := self.link(kind, key)))

    def _named(self, kind: AuthorityKind, card: Card) -> tuple[Link, ...]:
        """Return the names in an article, in its order; those without a file as plain words."""
        links = (
            (is_key(value) and self.link(kind, value)) or Link(value)
            for value in getattr(card.named, kind) or getattr(card, kind)
        )
        unique: dict[str, Link] = {}
        for link in links:
            if link.path or link.text not in unique:
                unique[link.text] = link
        return tuple(unique.values())

    def month_of(self, card: Card) -> Link:
        """Return the link to the month of `card`, to its year if that is all, or to the undated."""
        if not card.year:
            return Link(self.wording.text("undated_heading"), "archive/undated/")
        month = f"{card.month:02}/" if card.month else ""
        text = self.wording.month_of(card.year, card.month)
        return Link(text, f"archive/{card.year:04}/{month}")

    def copies(self, card: Card) -> tuple[Card, ...]:
        """Return the live copies of an article, oldest first; most have none."""
        return self.catalogue.copies(card.id) if card.id in self._with_copies else ()

    def reprints(self, card: Card) -> tuple[Card, ...]:
        """Return the live articles of others that have the text of `card`; most have none."""
        return self.catalogue.reprints(card) if card.id in self._with_reprints else ()

    def neighbours(self, card: Card) -> tuple[Card | None, Card | None]:
        """Return the listed articles (before, after) `card` in time; (None, None) if undated."""
        if card.id not in self._neighbours:
            # Pages rendered in order of time will ask for the next ones too; others will not.
            in_order = card.id == self._next
            self._neighbours = (
                self.catalogue.neighbours_from(card)
                if in_order
                else {card.id: self.catalogue.neighbours(card)}
            )
        older, newer = self._neighbours[card.id]
        self._next = newer.id if newer else ""
        return older, newer

    def stories(self) -> tuple[Story, ...]:
        """Return the stories this site shows: with two reports, proposals only by setting."""
        return tuple(
            story for story in self.catalogue.authorities("stories") if self.is_visible(story)
        )

    def visible(self, kind: AuthorityKind) -> tuple[Authority, ...]:
        """Return the authorities of one kind that have a page, by name."""
        return self.stories() if kind == "stories" else self.catalogue.authorities(kind)

    def reports(self, key: str) -> tuple[Card, ...]:
        """Return a story's reports, oldest first, without copies of one another."""
        cards = self.shelf("stories", key)
        ids = {card.id for card in cards}
        return tuple(card for card in cards if card.copy_of not in ids)

    def is_visible(self, authority: Authority) -> bool:
        """Whether an authority has a page: a story only with articles, and if it may be shown."""
        if not isinstance(authority, Story):
            return True
        is_public = authority.status == "confirmed" or self.config.stories_show_proposed
        return is_public and bool(self.shelf("stories", authority.key))

    def pictures(self) -> frozenset[str]:
        """Return the site paths of the archive's own pictures that some page shows."""
        visible = {story.key for story in self.stories()}
        return frozenset(
            path
            for path, kind, key in self.catalogue.pictures()
            if kind != "stories" or key in visible
        )

    def page_fields(  # noqa: PLR0913 - each page names the few it needs
        self,
        url: str,
        heading: str,
        *,
        title: str = "",
        description: str = "",
        current: str = "-",
        crumbs: tuple[Link, ...] = (),
        feeds: tuple[Feed, ...] = (),
        structured: str | None = None,
        indexed: bool | None = None,
    ) -> PageFields:
        """Return what every view begins with; `title` precedes the site's name.

        `structured` is the breadcrumb list unless given; `indexed` defaults to site.yaml's.
        """
        path = url[1:]
        name, about = self.config.name, self.config.description
        trail = (*crumbs, Link(heading, path)) if crumbs else ()
        return {
            "path": path,
            "root": root_of(url),
            "title": joined_by_dots((title or heading, name)) if path else name,
            "heading": heading,
            "canonical": self.absolute(path),
            "description": description
            or (joined_by_dots((title or heading, about)) if path else about),
            "current": current,
            "crumbs": trail,
            "feeds": feeds,
            "structured": breadcrumbs(trail, self.config.base_url)
            if structured is None
            else structured,
            "indexed": self.config.rights_index if indexed is None else indexed,
        }

    def list_description(self, name: str, cards: tuple[Card, ...], total: int | None = None) -> str:
        """Return the description of a list: its name, how many articles, the first headlines.

        `cards` may be the first of `total`.
        """
        if not cards:
            return ""
        count = self.wording.count("count_articles", len(cards) if total is None else total)
        titles = self.wording.joined([f"«{self.wording.titled(c)}»" for c in cards[:DESCRIBED_BY]])
        return self.wording.text("gist", name=name, count=count, titles=shortened(titles, 200))

    def document_title(self, card: Card) -> str:
        """Return a unique title: headline and source, with day and id if necessary."""
        source, title = card.source.name if card.source else "", self.wording.titled(card)
        parts = [title, source] if source else [title]
        if self.catalogue.count_with_headline(card.title, source) > 1:
            parts += [self.wording.published(card).short, card.id]
        return " · ".join(parts)

    @cached_property
    def _with_copies(self) -> frozenset[str]:
        return self.catalogue.ids_with_copies()

    @cached_property
    def _with_reprints(self) -> frozenset[str]:
        return self.catalogue.ids_with_reprints()

    @cached_property
    def years(self) -> tuple[Count, ...]:
        """The years that hold articles, newest first."""
        return self.catalogue.years()

    @cached_property
    def months(self) -> tuple[tuple[int, int], ...]:
        """All (year, month) that hold articles, oldest first."""
        return tuple(
            (count.year, count.month)
            for year in reversed(self.years)
            for count in self.catalogue.months(year.year)
            if count.month
        )

    def _call(self, make: Callable[..., object], *args: object) -> object:
        return make(*args, self)

    def _teaser_of(self, card: Card) -> Teaser:
        lang = self.lang_attribute(card.lang)
        return Teaser(
            path=card.url[1:],
            title=card.title,
            when=self.wording.published(card),
            source=card.source.name if card.source else "",
            summary=card.summary,
            lang=lang,
            dir=self.dir_attribute(lang),
            corrected=bool(card.corrections),
            standing=card.standing,
            mark=self.wording.text(card.standing) if card.standing else "",
        )
