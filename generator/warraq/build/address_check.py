"""Whether everything to be published has an address of its own; conflicts as problems."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import cast

from warraq.base.config import SiteConfig
from warraq.base.problems import Problem, error
from warraq.base.urls import folded_path, old_path
from warraq.content import store
from warraq.model import AUTHORITY_KINDS, Article, Authority, AuthorityKind
from warraq.render.address_claims import RESERVED, Claim, conflicts, of_page
from warraq.render.assets import published
from warraq.render.context import RenderContext
from warraq.render.kinds.redirect import RedirectPage
from warraq.render.page import Page
from warraq.render.site_pages import plan
from warraq.render.theme_paths import folders_of

_KINDS = "|".join(AUTHORITY_KINDS)
# Where the site's own pages are, or may come to be, whatever it holds.
_OWN = re.compile(
    rf"/(?:(?:archive|{_KINDS})/)?(?:index\.html)?"
    r"|/archive/(?:undated|\d{4})(?:[/.].*)?"
    rf"|/(?:{_KINDS})/[a-z0-9-]+/.*|/(?:n|media|assets|data|search|corrections)(?:/.*)?"
    r"|/(?:feed|sitemap[^/]*|robots|opensearch|404|_headers|_redirects)(?:\.[a-z]+)?(?:/.*)?"
)


def is_reserved(path: str) -> bool:
    """Whether a site path may be one of the site's own pages, which no old address can be.

    >>> is_reserved("/archive/2019/05/"), is_reserved("/404.HTML"), is_reserved("/about/")
    (True, True, False)
    >>> is_reserved("/\N{LATIN SMALL LETTER LONG S}earch/x/")
    True
    """
    return _OWN.fullmatch(folded_path(path)) is not None


def address_conflicts(
    context: RenderContext, site: Path, articles: Iterable[Article]
) -> tuple[Problem, ...]:
    """Return an error for every address of the site that is claimed twice."""
    known = {article.id: article for article in articles}
    pages = [of_page(page, _owner(page, context, known)) for page in plan(context)]
    redirects = [claim for claim in pages if isinstance(claim.page, RedirectPage)]
    owned = [claim for claim in pages if not isinstance(claim.page, RedirectPage)]
    found = conflicts((RESERVED, *owned, *copied_files(site, context.config), *redirects))
    lines = store.LineFinder(site)
    return tuple(sorted({_problem(first, later, lines) for first, later in found}))


def copied_files(site: Path, config: SiteConfig) -> Iterator[Claim]:
    """Yield the claims of all files that go out as they are: the theme's, pictures, static/."""
    own = site / "templates"
    for path, file in published(folders_of(own), config):
        is_own = file.is_relative_to(own)
        yield _copy(path, file.relative_to(site).as_posix() if is_own else "")
    for file in store.media(site):
        owner = file.relative_to(site).as_posix()
        yield _copy(owner.removeprefix("content/"), owner)
    for path, file in store.static(site):
        yield _copy(path, file.relative_to(site).as_posix())


def _copy(path: str, owner: str) -> Claim:
    return Claim(path, owner or path, owner=owner)


def _owner(
    page: Page, context: RenderContext, articles: Mapping[str, Article]
) -> Article | Authority | str:
    """Return what `page` belongs to, "" for a page that every site has."""
    kind, key = page.subject
    if kind == "articles":
        return articles[key]
    return (context.catalogue.authority(cast("AuthorityKind", kind), key) or "") if key else ""


def _problem(first: Claim, later: Claim, lines: store.LineFinder) -> Problem:
    owner, address = later.owner, _written(later)
    line = 0 if isinstance(owner, str) else _line(owner, address, lines)
    if first.owner:
        return error("address-twice", _file(owner), line, address=address, other=_file(first.owner))
    return error("address-taken", _file(owner), line, address=address)


def _file(owner: Article | Authority | str) -> str:
    return owner if isinstance(owner, str) else owner.path


def _written(claim: Claim) -> str:
    """Return the address that `claim` is about as its owner writes it."""
    if not claim.page:
        return f"/{claim.path}"
    aliases = claim.owner.aliases if isinstance(claim.owner, Article) else ()
    return next((a for a in aliases if old_path(a) == claim.page.url), claim.page.url)


def _line(owner: Article | Authority, address: str, lines: store.LineFinder) -> int:
    if isinstance(owner, Article):
        return lines.of(owner.path, address, "aliases")
    key = address.strip("/").partition("/")[2]
    written = (old for old in owner.formerly if old == key or old_path(old) == address)
    return lines.of(owner.path, next(written, key), "formerly", "aliases")
