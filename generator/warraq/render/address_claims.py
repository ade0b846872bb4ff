"""One address, one owner: who claims which file of public/, and what is claimed twice.

Paths are compared as file systems see them that know no case and compose letters (APFS, NTFS): two
addresses that differ in no more are one there.
"""

from collections.abc import Iterable, Iterator

import msgspec

from warraq.base.urls import folded_path, folders_of, output_path
from warraq.model import Article, Authority
from warraq.render.kinds.redirect import RedirectPage
from warraq.render.kinds.static_pages import SearchPage
from warraq.render.page import Page


class Claim(msgspec.Struct, frozen=True):
    """A claim of an address.

    `path` is the file under public/, `target` where it leads: a site path, or the file that is
    copied. Two claims of one file with the same target are no conflict. `page` is None for a
    file that is copied. `owner` is what claims it: an article, an authority file, the path of a
    copied file relative to the site; "" for what every site has.
    """

    path: str
    target: str
    page: Page | None = None
    owner: Article | Authority | str = ""


# The search index and engine; its file names depend on the words of the archive.
RESERVED = Claim("search", "/search/")


def of_page(page: Page, owner: Article | Authority | str = "") -> Claim:
    """Return the claim of `page`."""
    target = page.target if isinstance(page, RedirectPage) else page.url
    return Claim(output_path(page.url), target, page, owner)


def conflicts(claims: Iterable[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Yield (claim, later claim) where both claim one file, or one claims a folder as a file.

    Of several claims of a file the first is its owner.
    """
    owners: dict[str, Claim] = {}
    for claim in claims:
        first = owners.setdefault(folded_path(claim.path), claim)
        if first.target != claim.target:
            yield first, claim
    for key, claim in owners.items():
        for folder in folders_of(key):
            above = owners.get(folder)
            if above and not (above is RESERVED and isinstance(claim.page, SearchPage)):
                yield above, claim
