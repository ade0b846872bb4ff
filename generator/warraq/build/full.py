"""The plain build: one process, no cache. The oracle that every faster way must equal."""

from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import closing, contextmanager
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import msgspec

from warraq.archive.catalogue import Catalogue, in_memory
from warraq.base.config import SiteConfig, load
from warraq.base.problems import Problem, stop_on_errors
from warraq.build.address_check import contested
from warraq.build.incremental import Built, stop_on_emptiness
from warraq.build.index_input import record_of, search_files, stories_of
from warraq.build.link_check import missing_pictures
from warraq.build.omissions import left_out
from warraq.content import store
from warraq.content.history import Commit, History, edits, fetch
from warraq.content.picture_size import Size, pixels
from warraq.model import Article, Authority, Entry, Moment, OutputFile
from warraq.prose.entries import compose, names_of
from warraq.prose.markdown import html_of
from warraq.prose.pictures import pictures_in
from warraq.publish.tree import publish
from warraq.render import pages as render
from warraq.render.context import Material
from warraq.render.environment import Theme, theme_of
from warraq.render.theme_paths import pictures_named


class Arranged(NamedTuple):
    """A site as it was read, ready to be rendered. `problems` are those of settings and content."""

    content: store.Content
    entries: dict[str, Entry]
    material: Material
    theme: Theme
    problems: tuple[Problem, ...]


def build(site: Path, *, into: Path, drafts: bool = False, allow_removals: bool = False) -> Built:
    """Publish the archive under `site`; return what was done.

    Never asks the clock. Raises WarraqError with every error found, and then leaves `into` as it
    was.
    """
    load(site)
    stop_on_emptiness(site, allow_removals=allow_removals)
    with arranged(site, drafts=drafts) as made:
        material, entries, authorities = made.material, made.entries, made.content.authorities
        stop_on_errors(contested(material, site, made.content.articles))
        stories = stories_of(authorities)
        records = (r for entry in entries.values() if (r := record_of(entry, stories)))
        files = chain(
            render.files(material, made.theme),
            media_files(site, pictures_shown(material, site)),
            static_files(site),
            search_files(records, authorities),
        )
        outcome = publish(files, site=site, into=into, allow_removals=allow_removals)
        lost = (left_out(e.article.path, e.findings, store.Lines(site)) for e in entries.values())
        illustrated = (e.article for e in entries.values() if e.card.pictures)
        lacking = missing_pictures(illustrated, authorities, site=site, config=material.config)
        problems = tuple(sorted((*made.problems, *lacking, *chain.from_iterable(lost))))
        return Built(outcome, len(entries), len(material.catalogue.undated()), problems)


@contextmanager
def arranged(site: Path, *, drafts: bool = False) -> Iterator[Arranged]:
    """Read, compose and arrange the archive under `site`.

    Raises WarraqError with every error of its settings and content.
    """
    config, warnings = load(site)
    content = store.load(site)
    problems = (*warnings, *content.problems)
    stop_on_errors(problems)
    theme = theme_of(config, site / "templates")
    theme.prints()  # tells which templates cannot be read, used or not
    names = names_of(content.authorities)
    commits = edits(site) if config.history == "git" else {}
    fetch(site, chain.from_iterable(commits.values()))
    with closing(History(site)) as history, in_memory() as catalogue:
        wanted = [a for a in content.articles if drafts or not a.draft]
        edited = {a.id: (a.path, commits.get(a.path, ())) for a in wanted}
        articles = (dated(a, edited[a.id][1], history) for a in wanted)
        entries = {a.id: compose(a, names, config) for a in articles}
        catalogue.put(e.card for e in entries.values())
        put_authorities(catalogue, content.authorities, config)
        material = Material(
            catalogue,
            theme.wording,
            entry_of=entries.__getitem__,
            body_of=lambda authority: html_of(authority.body),
            versions_of=lambda article_id: history.versions(*edited[article_id]),
            size_of=sizes_of(site),
        )
        yield Arranged(content, entries, material, theme, problems)


def dated(article: Article, commits: tuple[Commit, ...], history: History) -> Article:
    """Return `article` with git's day of the last edit that readers see, unless it states one."""
    if article.lastmod or not (versions := history.versions(article.path, commits)):
        return article
    return msgspec.structs.replace(article, lastmod=Moment.of(versions[-1].date))


def put_authorities(
    catalogue: Catalogue, authorities: Iterable[Authority], config: SiteConfig
) -> None:
    """Put authority files into the catalogue, each with the pictures that its page shows."""
    authorities = list(authorities)
    catalogue.put_authorities(authorities)
    for authority in authorities:
        found = pictures_in(html_of(authority.body), authority.address, config.base_url)
        catalogue.put_pictures(authority.kind, authority.key, found)


def pictures_shown(material: Material, site: Path) -> frozenset[str]:
    """Return the pictures (site paths) that pages show: by their text, by the theme or the menu."""
    menu = tuple(item.url for item in material.config.navigation)
    return material.pictures() | pictures_named(site / "templates", menu)


def sizes_of(site: Path) -> Callable[[str], Size | None]:
    """Return what tells a picture's size by its site path, None for one that is not there."""
    there = {file.relative_to(site / "content").as_posix(): file for file in store.media(site)}
    return lru_cache(256)(lambda path: pixels(there[path]) if path in there else None)


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
