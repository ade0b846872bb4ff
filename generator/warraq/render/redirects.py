"""Old addresses: where an article stood before, or an authority whose key was another."""

from collections.abc import Iterator

from warraq.base.urls import old_path
from warraq.model import Authority
from warraq.render.context import KINDS, RenderContext


def redirects(context: RenderContext) -> Iterator[tuple[str, str]]:
    """Yield (old address, present address), both site paths, in a fixed order."""
    for card in context.catalogue.cards():
        yield from ((old, card.url) for old in card.aliases if old != card.url)
    for kind in KINDS:
        for authority in context.shown(kind):
            yield from ((old, authority.address) for old in former_addresses(authority))


def former_addresses(authority: Authority) -> tuple[str, ...]:
    """Return the site paths at which the page of `authority` stood, or under its former keys."""
    return tuple(
        old_path(former) if former.startswith("/") else f"/{authority.kind}/{former}/"
        for former in authority.formerly
    )
