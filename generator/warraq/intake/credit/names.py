"""Names as credit rules find them: in a byline, in a dateline, anywhere on the page."""

from typing import NamedTuple

from warraq.intake.dates.mention import DateMention
from warraq.model import Basis, Outlet


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
