"""Addresses that lead nowhere, and addresses that two pages claim."""

from collections.abc import Iterator

from warraq.base.config import FILE
from warraq.base.marked_yaml import compose as yaml_of
from warraq.base.marked_yaml import line_in
from warraq.base.problems import Problem
from warraq.build import link_check
from warraq.build.address_check import address_conflicts, copied_files
from warraq.build.link_check import Published
from warraq.commands.checked_site import CheckedSite
from warraq.commands.planned_pages import PlannedPages
from warraq.content import store


def dead_links(checked: CheckedSite, pages: PlannedPages) -> Iterator[Problem]:
    """Yield the links, menu entries and pictures that lead nowhere, and pictures too large."""
    site, config, content, lines = checked
    media = site / "content" / "media"
    sizes = {file.relative_to(media).as_posix(): file.stat().st_size for file in store.media(site)}
    published = Published(
        config.base_url,
        config.image_hosts,
        pages,
        sizes,
        link_check.by_name(sizes),
        {a.id for a in content.articles if a.draft},
        {a.id for a in content.articles if a.status == "removed" and not a.draft},
    )
    yield from link_check.large((f"content/media/{name}", size) for name, size in sizes.items())
    yield from link_check.dangling(content.articles, content.authorities, published, lines)
    if config.navigation:
        root = yaml_of((site / FILE).read_text("utf-8"), FILE)
        at = {item.url: line_in(root, item.url, "navigation") for item in config.navigation}
        yield from link_check.menu(config.navigation, published, FILE, at)


def claimed_twice(checked: CheckedSite, pages: PlannedPages) -> Iterator[Problem]:
    """Yield an error for every address that is claimed twice; the site's own pages never are."""
    site, config, content, _ = checked
    if any(problem.severity == "error" for problem in content.problems):
        return  # what a broken file claims is unknown
    claims = (*(a.aliases for a in pages.articles), *(a.formerly for a in content.authorities))
    if any(claims) or any(claim.owner for claim in copied_files(site, config)):
        yield from address_conflicts(pages.context, site, pages.articles)
