"""The only module that knows the order of the stages: build, check, import, init."""

import logging
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from importlib.resources import as_file
from importlib.resources import files as resource_files
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import msgspec

from warraq.archive.catalogue import Catalogue
from warraq.base.config import load
from warraq.base.files import walk, write_whole
from warraq.base.problems import Problem, WarraqError, error
from warraq.content import store
from warraq.content.history import History
from warraq.model import Article, Authority, Card, Entry, Moment, OutputFile
from warraq.prose.entries import compose, names_of
from warraq.prose.markdown import html_of
from warraq.publish.tree import Outcome, publish
from warraq.render import pages as render
from warraq.render.environment import theme_of
from warraq.render.material import Material
from warraq.search.index import Names, index_files
from warraq.search.records import Record, SearchDocument, tokens_of

log = logging.getLogger(__name__)


class Built(NamedTuple):
    """What a build did. `undated` counts the articles that feeds must leave out."""

    outcome: Outcome
    articles: int
    undated: int
    problems: tuple[Problem, ...]


def build(site: Path, *, into: Path, drafts: bool = False) -> Built:
    """Publish the archive under `site`; return what was done.

    The plain build: one process, no cache, never asks the clock. Raises WarraqError with every
    error found, and then leaves `into` as it was.
    """
    config, warnings = load(site)
    content = store.load(site)
    problems = (*warnings, *content.problems)
    _stop_on_errors(problems)
    theme = theme_of(config, site / "templates")
    names = names_of(content.authorities)
    with closing(History(site, wanted=config.history == "git")) as history:
        wanted = [a for a in content.articles if drafts or not a.draft]
        paths = {a.id: a.path for a in wanted}
        entries = {a.id: compose(_edited(a, history), names, config) for a in wanted}
        catalogue = Catalogue()
        catalogue.put(e.card for e in entries.values())
        catalogue.put_authorities(content.authorities)
        material = Material(
            catalogue,
            theme.wording,
            entry_of=entries.__getitem__,
            body_of=lambda authority: html_of(authority.body),
            versions_of=lambda article_id: history.versions(paths[article_id]),
        )
        records = [tokens_of(_searched(e, catalogue)) for e in entries.values() if _is_searched(e)]
        files = chain(
            render.files(material, theme), _media(site), _search(records, content.authorities)
        )
        outcome = publish(files, site=site, into=into)
    return Built(outcome, len(entries), len(catalogue.undated()), problems)


def check(site: Path) -> tuple[Problem, ...]:
    """Return everything wrong with site.yaml and content."""
    _, warnings = load(site)
    return tuple(sorted((*warnings, *store.load(site).problems)))


def _edited(article: Article, history: History) -> Article:
    """Return `article` with git's day of its last edit, unless it states one itself."""
    stamp = "" if article.lastmod else history.last_edit(article.path)
    if not stamp:
        return article
    lastmod = Moment(date.fromisoformat(stamp[:10]), stamp[11:])
    return msgspec.structs.replace(article, lastmod=lastmod)


def _is_searched(entry: Entry) -> bool:
    return entry.card.status == "live" and entry.card.rights.index is not False


def _searched(entry: Entry, catalogue: Catalogue) -> SearchDocument:
    """Return what search may know of an article: its text only as far as rights show it."""
    card = entry.card
    display = card.rights.display or "full"
    shown = {"full": entry.text, "excerpt": card.summary, "none": ""}[display]
    source = card.source
    return SearchDocument(
        id=card.id,
        url=card.url,
        title=card.title,
        text=shown,
        day=card.date.day.isoformat() if card.date else _month(card),
        source=source.name if source else "",
        outlet=source.outlet if source else "",
        topics=card.topics,
        people=card.people,
        places=card.places,
        story=next((story.key for story in catalogue.stories_of(card.id)), ""),
        copy_of=card.copy_of,
        display=display,
    )


def _month(card: Card) -> str:
    if not card.year:
        return ""
    return f"{card.year:04}-{card.month:02}" if card.month else f"{card.year:04}"


_SEARCH_KINDS = {
    "outlets": "outlet",
    "topics": "topic",
    "people": "person",
    "places": "place",
    "stories": "story",
}


def _search(records: list[Record], authorities: tuple[Authority, ...]) -> Iterator[OutputFile]:
    names: dict[str, dict[str, Names]] = {kind: {} for kind in _SEARCH_KINDS.values()}
    for authority in authorities:
        if kind := _SEARCH_KINDS.get(authority.kind):
            names[kind][authority.key] = Names(authority.name, authority.aliases)
    for path, content in index_files(records, names):
        yield OutputFile(f"search/{path}", content)
    for script in sorted((resource_files("warraq.search") / "client").iterdir(), key=str):
        yield OutputFile(f"search/{script.name}", script.read_bytes())


def _media(site: Path) -> Iterator[OutputFile]:
    for file in store.media(site):
        yield OutputFile(file.relative_to(site / "content").as_posix(), file.read_bytes())


def _stop_on_errors(problems: tuple[Problem, ...]) -> None:
    if any(p.severity == "error" for p in problems):
        raise WarraqError(p for p in problems if p.severity == "error")


def init(folder: Path) -> tuple[str, ...]:
    """Write a new archive into `folder`; return the files made. A file that is there stays.

    Raises WarraqError when the folder already holds a site.
    """
    if (folder / "site.yaml").exists():
        raise WarraqError([error("init-exists", str(folder / "site.yaml"))], exit_code=2)
    made = []
    with as_file(resource_files("warraq") / "starter") as starter:
        for file in walk(starter, ""):
            path = file.relative_to(starter).as_posix()
            path = ".gitignore" if path == "gitignore" else path
            if not (folder / path).exists():
                write_whole(folder / path, file.read_bytes())
                made.append(path)
    return tuple(made)
