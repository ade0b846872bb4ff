"""Authority files: people, places, outlets, topics, stories… a class per kind."""

from typing import ClassVar, Literal, NamedTuple

import msgspec

from warraq.model.article import AuthorityKind, Rights

StoryStatus = Literal["confirmed", "proposed"]


class Authority(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="kind"):
    """One file under content/<kind>/<key>.md; each kind is a subclass.

    `aliases` are other spellings, `formerly` keys it had before and old site paths. `path` is
    relative to the site, `body` is Markdown.
    """

    kind: ClassVar[AuthorityKind]

    key: str
    name: str
    path: str = ""
    body: str = ""
    aliases: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    description: str = ""
    extra: dict[str, object] = {}

    @property
    def address(self) -> str:
        """The site path of its page."""
        return f"/{self.kind}/{self.key}/"


class Subject(Authority, frozen=True, omit_defaults=True):
    """Anything that articles are about, by, or from; it has a shelf of articles.

    `role` as the texts give it, `wikidata` a Q-number, `url` its own site.
    """

    role: str = ""
    wikidata: str = ""
    url: str = ""
    country: str = ""


class Outlet(Subject, frozen=True, omit_defaults=True, tag="outlets"):
    """An outlet, with what the importer needs to recognise it; `type` is an OutletType or text."""

    kind: ClassVar[AuthorityKind] = "outlets"

    type: str = ""
    hosts: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    bylines: tuple[str, ...] = ()
    disclaimers: tuple[str, ...] = ()
    furniture: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    rights: Rights = Rights()


class Author(Subject, frozen=True, omit_defaults=True, tag="authors"):
    """A writer of articles."""

    kind: ClassVar[AuthorityKind] = "authors"


class Person(Subject, frozen=True, omit_defaults=True, tag="people"):
    """A person named in articles."""

    kind: ClassVar[AuthorityKind] = "people"


class Place(Subject, frozen=True, omit_defaults=True, tag="places"):
    """A city, a region, a country; `coordinates` are latitude and longitude in degrees."""

    kind: ClassVar[AuthorityKind] = "places"

    coordinates: str = ""


class Organization(Subject, frozen=True, omit_defaults=True, tag="organizations"):
    """A ministry, a party, a company."""

    kind: ClassVar[AuthorityKind] = "organizations"


class Topic(Subject, frozen=True, omit_defaults=True, tag="topics"):
    """A subject heading."""

    kind: ClassVar[AuthorityKind] = "topics"


class Story(Authority, frozen=True, omit_defaults=True, tag="stories"):
    """One event as reported by several outlets: the ids of its `articles`.

    `reasons` say why they were proposed as a story; `event_date` is EDTF, `place` a key or a name.
    """

    kind: ClassVar[AuthorityKind] = "stories"

    articles: tuple[str, ...] = ()
    status: StoryStatus = "confirmed"
    reasons: tuple[str, ...] = ()
    event_date: str = ""
    place: str = ""


class StaticPage(Authority, frozen=True, omit_defaults=True, tag="pages"):
    """A page about the site itself: about, contact, imprint."""

    kind: ClassVar[AuthorityKind] = "pages"


AnyAuthority = Outlet | Author | Person | Place | Organization | Topic | Story | StaticPage


class KindTraits(NamedTuple):
    """How the files of one kind are used; `singular` is the kind's name in the search index."""

    type: type[AnyAuthority]
    singular: str
    is_subject: bool = False  # articles are about it
    has_shelf: bool = False  # its page lists its articles
    has_feed: bool = False
    is_mentioned: bool = False  # its names are looked for in texts
    is_facet: bool = False  # search results are counted and filtered by it
    is_freely_named: bool = False  # a key without a file is a name (ADR 0024)


# The one table of kinds, in the order of a full build; all that depends on the kind follows it.
KIND_TRAITS: dict[AuthorityKind, KindTraits] = {
    "outlets": KindTraits(Outlet, "outlet", has_shelf=True, has_feed=True, is_facet=True),
    "topics": KindTraits(
        Topic,
        "topic",
        is_subject=True,
        has_shelf=True,
        has_feed=True,
        is_facet=True,
        is_freely_named=True,
    ),
    "people": KindTraits(
        Person,
        "person",
        is_subject=True,
        has_shelf=True,
        has_feed=True,
        is_mentioned=True,
        is_facet=True,
    ),
    "places": KindTraits(
        Place, "place", is_subject=True, has_shelf=True, is_mentioned=True, is_facet=True
    ),
    "organizations": KindTraits(
        Organization,
        "organization",
        is_subject=True,
        has_shelf=True,
        is_mentioned=True,
        is_facet=True,
    ),
    "authors": KindTraits(Author, "author", has_shelf=True, is_freely_named=True),
    "stories": KindTraits(Story, "story", has_feed=True, is_facet=True),
    "pages": KindTraits(StaticPage, "page"),
}
AUTHORITY_KINDS = tuple(KIND_TRAITS)
SUBJECT_KINDS = tuple(kind for kind, traits in KIND_TRAITS.items() if traits.is_subject)
SHELF_KINDS = tuple(kind for kind, traits in KIND_TRAITS.items() if traits.has_shelf)
FEED_KINDS = tuple(kind for kind, traits in KIND_TRAITS.items() if traits.has_feed)
MENTIONED_KINDS = tuple(kind for kind, traits in KIND_TRAITS.items() if traits.is_mentioned)
FREELY_NAMED_KINDS = tuple(kind for kind, traits in KIND_TRAITS.items() if traits.is_freely_named)
FACET_OF_KIND = {kind: traits.singular for kind, traits in KIND_TRAITS.items() if traits.is_facet}
