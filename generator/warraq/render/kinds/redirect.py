"""Redirects from old addresses of articles, and from former keys of authorities."""

from collections.abc import Iterator
from typing import Self, cast

from warraq.base.urls import old_path
from warraq.model import AUTHORITY_KINDS, Authority, AuthorityKind, Card
from warraq.render.context import RenderContext
from warraq.render.page import Changes, Page
from warraq.render.views import AnyView, RedirectView


def redirect_view(url: str, target: str, context: RenderContext) -> RedirectView:
    """Return the view of an old address of `target`, a site path."""
    wording = context.wording
    fields = context.page_fields(
        url, wording.text("moved"), title=f"{wording.text('moved')} ({url})", indexed=False
    )
    fields["canonical"] = context.absolute(target)
    return RedirectView(**fields, target=target[1:])


def former_addresses(authority: Authority) -> tuple[str, ...]:
    """Return the old site paths of `authority`, and those under its former keys."""
    return tuple(
        old_path(former) if former.startswith("/") else f"/{authority.kind}/{former}/"
        for former in authority.formerly
    )


class RedirectPage(Page, frozen=True):
    """An old address, which leads to the current one."""

    old: str
    target: str

    @property
    def url(self) -> str:
        """The site path."""
        return self.old

    @property
    def subject(self) -> tuple[str, str]:
        """The article or authority that it leads to."""
        kind, key = self.target.strip("/").split("/")
        return ("articles" if kind == "n" else kind), key

    @classmethod
    def plan(cls, context: RenderContext) -> Iterator[Self]:
        """Yield a page per old address."""
        for card in context.catalogue.cards():
            yield from cls._of_article(card)
        for kind in AUTHORITY_KINDS:
            for authority in context.visible(kind):
                yield from cls._of_authority(authority)

    @classmethod
    def dirtied_by(cls, changes: Changes, _context: RenderContext) -> Iterator[Self]:
        """Yield those that lead to what changed."""
        for card in changes.articles:
            yield from cls._of_article(card)
        for authority in changes.authorities:
            yield from cls._of_authority(authority)

    @classmethod
    def _of_article(cls, card: Card) -> Iterator[Self]:
        return (cls(old, card.url) for old in card.aliases if old != card.url)

    @classmethod
    def _of_authority(cls, authority: Authority) -> Iterator[Self]:
        return (cls(old, authority.address) for old in former_addresses(authority))

    def exists(self, context: RenderContext) -> bool:
        """Whether what it leads to claims this address."""
        kind, key = self.subject
        if kind == "articles":
            card = context.catalogue.card(key)
            return card is not None and self.old in card.aliases
        authority = context.catalogue.authority(cast("AuthorityKind", kind), key)
        if authority is None or not context.is_visible(authority):
            return False
        return self.old in former_addresses(authority)

    def view(self, context: RenderContext) -> AnyView:
        """Return everything that the page shows."""
        return redirect_view(self.url, self.target, context)
