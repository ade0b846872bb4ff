"""`warraq check`: everything wrong with a site, and what waits for an editor, without building."""

from collections.abc import Iterator
from pathlib import Path

from warraq.base.config import SiteConfig, load
from warraq.base.problems import Problem, warning
from warraq.content import store
from warraq.content.waiting import waiting
from warraq.prose.markdown import html_of
from warraq.prose.pictures import pictures_in, pictures_of

_NAMED = 10  # of the pictures that nothing uses


def check(site: Path) -> tuple[Problem, ...]:
    """Return everything wrong with site.yaml and content, and every decision still open."""
    config, warnings = load(site)
    content = store.load(site)
    waits = waiting(site, content.articles)
    return tuple(sorted({*warnings, *content.problems, *waits, *_unused(site, content, config)}))


def _unused(site: Path, content: store.Content, config: SiteConfig) -> Iterator[Problem]:
    """Yield a warning if pictures lie in content/media that no file names, drafts included."""
    media = site / "content"
    there = [file.relative_to(media).as_posix() for file in store.media(site)]
    if not there:
        return
    used = {p for a in content.articles for p in pictures_of(a, html_of(a.body), config)}
    for authority in content.authorities:
        used.update(pictures_in(html_of(authority.body), authority.address, config.base_url))
    names = [path.removeprefix("media/") for path in there if path not in used]
    if names:
        shown = "، ".join(names[:_NAMED]) + ("…" if len(names) > _NAMED else "")
        yield warning("media-unused", "content/media", count=len(names), names=shown)
