"""The state that the steps pass on: the page so far, where it came from, names not yet assigned.

It imports no rules, only what rules find (`credit/names.py`, `dates/mention.py`) and the directory
of outlets that they consult (`credit/outlets.py`).
"""

from collections.abc import Mapping
from typing import NamedTuple, cast

import msgspec

from warraq.intake.credit.names import Dateline, NameFound
from warraq.intake.credit.outlets import OutletDirectory
from warraq.intake.dates.mention import TimeStamp
from warraq.model import (
    Basis,
    Cited,
    Credit,
    DateInfo,
    Decision,
    Evidence,
    Flag,
    Moment,
    RawDocument,
    Removed,
    TitleStatus,
)

# Bases of facts that a record states of this one text; other facts are stated by a whole page.
RECORD_BASES = frozenset(("export", "front-matter", "sidecar"))

Forms = Mapping[tuple[int, str], str]  # (number, words) of a line → the Markdown it is written as


class Line(NamedTuple):
    """A line of the seed, or several joined. `text` is "" for an empty one; lines count from 1."""

    text: str
    first: int
    last: int


class SeedPage(msgspec.Struct, frozen=True):
    """What is known of a seed so far. A step takes a page and returns another.

    `kinds` is parallel to `lines`: the boilerplate rule that a line matches, or "".
    """

    lines: tuple[Line, ...]
    kinds: tuple[str, ...] = ()
    removed: tuple[Removed, ...] = ()
    decisions: tuple[Decision, ...] = ()
    flags: tuple[Flag, ...] = ()
    notes: tuple[Evidence, ...] = ()
    title: str = ""
    title_status: TitleStatus = "generated"
    source: Credit | None = None
    via: tuple[Credit, ...] = ()
    cited: tuple[Cited, ...] = ()
    authors: tuple[str, ...] = ()
    dateline: str = ""
    date: Moment | None = None
    date_info: DateInfo = DateInfo()
    section: str = ""
    digest: bool = False


class ImportState(msgspec.Struct, frozen=True):
    """A page in the making, with its document and what steps leave for later ones.

    `alone`: the seed is a bare text without a page around it. `head` counts the lines above the
    body. `site` is the page's own outlet, `origin` and `carrier` are named by a disclaimer, `named`
    are all other names, in order of trust. `address` is the page's own, from a fact or a line at
    its top. `forms` holds the Markdown of lines that came with some.
    """

    raw: RawDocument
    directory: OutletDirectory
    page: SeedPage
    alone: bool = False
    head: int = 0
    address: str = ""
    site: NameFound | None = None
    origin: NameFound | None = None
    carrier: NameFound | None = None
    named: tuple[NameFound, ...] = ()
    stamps: tuple[TimeStamp, ...] = ()
    dateline: Dateline | None = None
    forms: Forms = {}

    def fact(self, *keys: str) -> tuple[str, str]:
        """Return (value, basis) of the first fact with one of `keys`, ("", "") for none."""
        for key in keys:
            for fact in self.raw.facts:
                if fact.key == key and fact.value:
                    return fact.value, fact.basis
        return "", ""


def replace(state: ImportState, **changes: object) -> ImportState:
    """Return `state` with `changes`."""
    return msgspec.structs.replace(state, **changes)


def without_lines(page: SeedPage, rules: dict[int, str], **changes: object) -> SeedPage:
    """Return `page` less the lines at the indexes in `rules` (index → rule), noted as removed."""
    removed = tuple(
        Removed(rule, page.lines[i].text, page.lines[i].first, page.lines[i].last)
        for i, rule in sorted(rules.items())
        if page.lines[i].text
    )
    kept = [i for i in range(len(page.lines)) if i not in rules]
    return msgspec.structs.replace(
        page,
        lines=tuple(page.lines[i] for i in kept),
        kinds=tuple(page.kinds[i] for i in kept) if page.kinds else (),
        removed=page.removed + removed,
        **changes,
    )


def basis_of(fact_basis: str) -> Basis:
    """Return a fact's basis as front matter has it: `meta` without the name of the tag.

    >>> basis_of("meta og:site_name"), basis_of("json-ld")
    ('meta', 'json-ld')
    """
    return cast("Basis", "meta" if fact_basis.startswith("meta ") else fact_basis)
