"""Authority files: people, places, outlets, topics, stories… a class per kind."""

from typing import ClassVar, Literal

import msgspec

from warraq.model.article import AuthorityKind, Rights


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
    """Whom or what articles are about, by, or from; it has a shelf of articles.

    `role` as the texts give it, `wikidata` a Q-number, `url` its own site.
    """

    role: str = ""
    wikidata: str = ""
    url: str = ""
    country: str = ""


class Outlet(Subject, frozen=True, omit_defaults=True, tag="outlets"):
    """An outlet, with what the importer must know of it; `type` is an OutletType or text."""

    kind: ClassVar[AuthorityKind] = "outlets"

    type: str = ""
    hosts: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    bylines: tuple[str, ...] = ()
    disclaimers: tuple[str, ...] = ()
    furniture: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    rights: Rights = Rights()


class Author(Subject, frozen=True, omit_defaults=True, tag="authors"):
    """Who writes."""

    kind: ClassVar[AuthorityKind] = "authors"


class Person(Subject, frozen=True, omit_defaults=True, tag="people"):
    """A person whom articles name."""

    kind: ClassVar[AuthorityKind] = "people"


class Place(Subject, frozen=True, omit_defaults=True, tag="places"):
    """A city, a region, a country."""

    kind: ClassVar[AuthorityKind] = "places"


class Organization(Subject, frozen=True, omit_defaults=True, tag="organizations"):
    """A ministry, a party, a company."""

    kind: ClassVar[AuthorityKind] = "organizations"


class Topic(Subject, frozen=True, omit_defaults=True, tag="topics"):
    """A subject heading."""

    kind: ClassVar[AuthorityKind] = "topics"


class Story(Authority, frozen=True, omit_defaults=True, tag="stories"):
    """One event as several outlets reported it: the ids of its `articles`.

    `reasons` say why they were proposed as one; `event_date` is EDTF, `place` a key or a name.
    """

    kind: ClassVar[AuthorityKind] = "stories"

    articles: tuple[str, ...] = ()
    status: Literal["confirmed", "proposed"] = "confirmed"
    reasons: tuple[str, ...] = ()
    event_date: str = ""
    place: str = ""


class StaticPage(Authority, frozen=True, omit_defaults=True, tag="pages"):
    """A page of the site's own: about, contact, imprint."""

    kind: ClassVar[AuthorityKind] = "pages"


AnyAuthority = Outlet | Author | Person | Place | Organization | Topic | Story | StaticPage
AUTHORITY_TYPES: dict[AuthorityKind, type[AnyAuthority]] = {
    cls.kind: cls for cls in (Outlet, Author, Person, Place, Organization, Topic, Story, StaticPage)
}
