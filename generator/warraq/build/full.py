"""The full build: one process, no cache. The oracle that every faster way must equal."""

from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import closing, contextmanager
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from warraq.archive.catalogue import Catalogue, in_memory
from warraq.base.config import SiteConfig, load
from warraq.base.problems import Problem, stop_on_errors
from warraq.build.address_check import address_conflicts
from warraq.build.build_context import render_context
from warraq.build.face import face_sizes
from warraq.build.index_input import record_of, search_files, stories_of
from warraq.build.link_check import missing_pictures
from warraq.build.omissions import omissions
from warraq.build.result import BuildResult
from warraq.content import store
from warraq.content.git_history import History, article_commits, fetch
from warraq.content.picture_size import Size, pixels
from warraq.model import Authority, Entry, OutputFile
from warraq.prose.entries import compose, names_of
from warraq.prose.markdown import html_of
from warraq.prose.pictures import pictures_in
from warraq.publish.tree import publish
from warraq.render import site_pages as render
from warraq.render.context import RenderContext
from warraq.render.environment import Theme, theme_of
from warraq.render.theme_paths import pictures_named


class LoadedSite(NamedTuple):
    """A site as it was read, ready to be rendered. `problems` are those of settings and content."""

    content: store.Content
    entries: dict[str, Entry]
    context: RenderContext
    theme: Theme
    problems: tuple[Problem, ...]


def build(
    site: Path, *, into: Path, drafts: bool = False, allow_removals: bool = False
) -> BuildResult:
    """Publish the archive under `site`; return what was done.

    Never asks the clock. Raises WarraqError with every error found, and then leaves `into` as it
    was.
    """
    load(site)
    store.stop_without_content(site, allow_removals=allow_removals)
    with loaded_site(site, drafts=drafts) as loaded:
        context, entries, authorities = loaded.context, loaded.entries, loaded.content.authorities
        stop_on_errors(address_conflicts(context, site, loaded.content.articles))
        stories = stories_of(authorities)
        records = (r for entry in entries.values() if (r := record_of(entry, stories)))
        files = chain(
            render.files(context, loaded.theme),
            media_files(site, pictures_shown(context, site)),
            static_files(site),
            search_files(records, authorities, loaded.content.synonyms),
        )
        outcome = publish(files, site=site, into=into, allow_removals=allow_removals)
        lost = (
            omissions(e.article.path, e.findings, store.LineFinder(site)) for e in entries.values()
        )
        illustrated = (e.article for e in entries.values() if e.card.pictures)
        lacking = missing_pictures(illustrated, authorities, site=site, config=context.config)
        problems = tuple(sorted((*loaded.problems, *lacking, *chain.from_iterable(lost))))
        return BuildResult(outcome, len(entries), context.catalogue.undated_size, problems)


@contextmanager
def loaded_site(site: Path, *, drafts: bool = False) -> Iterator[LoadedSite]:
    """Read and compose the archive under `site`, and make its catalogue.

    Raises WarraqError with every error of its settings and content.
    """
    config, warnings = load(site)
    sizes = face_sizes(site, config)
    content = store.load(site)
    problems = (*warnings, *content.problems)
    stop_on_errors(problems)
    theme = theme_of(config, site / "templates", sizes=sizes)
    theme.fingerprints()  # reports templates that cannot be read, used or not
    names = names_of(content.authorities)
    commits = article_commits(site) if config.history == "git" else {}
    fetch(site, chain.from_iterable(commits.values()))
    with closing(History(site)) as history, in_memory() as catalogue:
        published = [a for a in content.articles if drafts or not a.draft]
        edited = {a.id: (a.path, commits.get(a.path, ())) for a in published}
        articles = (history.with_lastmod(a, edited[a.id][1]) for a in published)
        entries = {a.id: compose(a, names, config) for a in articles}
        catalogue.put(e.card for e in entries.values())
        put_authorities(catalogue, content.authorities, config)
        context = render_context(
            catalogue,
            theme.wording,
            entry_of=entries.__getitem__,
            versions_of=lambda article_id: history.versions(*edited[article_id]),
            size_of=picture_sizes(site),
        )
        yield LoadedSite(content, entries, context, theme, problems)


def put_authorities(
    catalogue: Catalogue, authorities: Iterable[Authority], config: SiteConfig
) -> None:
    """Put authority files into the catalogue, each with the pictures that its page shows."""
    authorities = list(authorities)
    catalogue.put_authorities(authorities)
    for authority in authorities:
        found = pictures_in(html_of(authority.body), authority.address, config.base_url)
        catalogue.put_pictures(authority.kind, authority.key, found)


def pictures_shown(context: RenderContext, site: Path) -> frozenset[str]:
    """Return the pictures (site paths) that pages show: by their text, the theme or settings."""
    menu = tuple(item.url for item in context.config.navigation)
    own = {path for path in context.config.pictures.values() if path.startswith("media/")}
    return context.pictures() | pictures_named(site / "templates", menu) | own


def picture_sizes(site: Path) -> Callable[[str], Size | None]:
    """Return a function from a picture's site path to its size, None if it does not exist."""
    there = {file.relative_to(site / "content").as_posix(): file for file in store.media(site)}
    return lambda path: pixels(there[path]) if path in there else None


def media_files(site: Path, shown: Container[str]) -> Iterator[OutputFile]:
    """Yield the pictures of content/media that are `shown` on some page, and no others.

    A picture goes out as its text does: not while only a draft uses it, nor after a removal.
    """
    for file in store.media(site):
        path = file.relative_to(site / "content").as_posix()
        if path in shown:
            yield OutputFile(path, file.read_bytes())


def static_files(site: Path) -> Iterator[OutputFile]:
    """Yield the files of static/."""
    for path, file in store.static(site):
        yield OutputFile(path, file.read_bytes())
