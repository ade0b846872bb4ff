"""Names as credit rules find them: in a byline, in a dateline, anywhere on the page."""

from typing import Literal, NamedTuple

from warraq.intake.dates.mention import DateMention
from warraq.model import Basis, Outlet

# What a part of a byline names: a place; a listed outlet; by one of its words an outlet on no list;
# nobody in particular («وكالات», agencies); a person; "" for what nothing explains.
NameKind = Literal["place", "outlet", "unlisted", "generic", "person", ""]


class NamePart(NamedTuple):
    """One part of a byline or dateline, with what it names."""

    text: str
    kind: NameKind


class NameFound(NamedTuple):
    """A name found on a page, the basis for it, and the outlet it belongs to if that is known."""

    name: str
    basis: Basis
    outlet: Outlet | None = None


class Signature(NamedTuple):
    """What a byline names; a part that it leaves out is empty."""

    authors: tuple[str, ...] = ()
    outlet: str = ""
    place: str = ""
    agencies: tuple[str, ...] = ()


class Dateline(NamedTuple):
    """The words before a first paragraph: place, outlet or agency, a day; `end` in code points."""

    place: str
    outlet: str
    mention: DateMention | None
    end: int
    authors: tuple[str, ...] = ()


def texts_of(parts: list[NamePart], kind: NameKind) -> list[str]:
    """Return the texts of the parts of one kind, in order."""
    return [part.text for part in parts if part.kind == kind]


def agencies_in(parts: list[NamePart]) -> list[str]:
    """Return the generic credits that mean agencies: «وكالات», «الوكالات»."""
    return [text for text in texts_of(parts, "generic") if "كال" in text]
