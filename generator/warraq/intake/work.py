"""What the steps hand on: the page under way, where it came from, and names still to be settled."""

import re
from typing import cast

import msgspec

from warraq.intake.credit import bylines
from warraq.intake.credit.credit_rules import NameFound
from warraq.intake.credit.outlets import OutletDirectory
from warraq.intake.dates.time_stamps import TimeStamp
from warraq.intake.page import SeedPage
from warraq.intake.text.repair import Forms
from warraq.model import Basis, RawDocument

# Grounds of facts that are one text's own; what a page says beside it is of the whole page.
OF_TEXT = frozenset(("export", "front-matter", "sidecar"))


class ImportState(msgspec.Struct, frozen=True):
    """A page under way, with what it came from and what steps leave for later ones.

    `alone` tells that no page stands around the text; `head` counts the lines above the body; names
    found wait in `site`, `origin`, `carrier` and `named`. `address` is the page's own, as a fact or
    on a line at its top. `forms` tells how lines are written down whose Markdown came with them.
    """

    raw: RawDocument
    known: OutletDirectory
    page: SeedPage
    alone: bool = False
    head: int = 0
    address: str = ""
    site: NameFound | None = None
    origin: NameFound | None = None
    carrier: NameFound | None = None
    named: tuple[NameFound, ...] = ()
    stamps: tuple[TimeStamp, ...] = ()
    dateline: bylines.Dateline | None = None
    forms: Forms = {}

    def fact(self, *keys: str) -> tuple[str, str]:
        """Return (value, basis) of the first fact with one of `keys`, ("", "") without."""
        for key in keys:
            for fact in self.raw.facts:
                if fact.key == key and fact.value:
                    return fact.value, fact.basis
        return "", ""


_ISSUE = re.compile(r"[\s|،,–-]+العدد(?: رقم)?[\s:]*\d+\W*$")  # «جريدة الضفاف العدد 1204»
_FROM = re.compile(r"^عن (?=(?:صحيفة|جريدة|موقع|وكالة|مجلة|قناة|شبكة) )")


def found_name(name: str, basis: Basis, known: OutletDirectory) -> NameFound | None:
    """Return a name as found on the ground `basis`, with the outlet it belongs to, None for ""."""
    name = _FROM.sub("", _ISSUE.sub("", name))
    if not name:
        return None
    outlet = known.named(name)
    if outlet is None and (outlet := known.hosted(name)):
        name = outlet.name
    first, _, rest = name.partition(" ")
    if outlet is None and rest and bylines.stands_beside(first):
        name, outlet = rest, known.named(rest)  # «خاص الوطن»
    return NameFound(name, basis, outlet)


def ground(basis: str) -> Basis:
    """Return a fact's basis as front matter has it: `meta` without the name of the tag.

    >>> ground("meta og:site_name"), ground("json-ld")
    ('meta', 'json-ld')
    """
    return cast("Basis", "meta" if basis.startswith("meta ") else basis)


def replaced(work: ImportState, **changes: object) -> ImportState:
    """Return `work` with `changes`."""
    return msgspec.structs.replace(work, **changes)
