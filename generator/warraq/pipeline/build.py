"""`warraq build`: content/ → public/, doing only what changed since the last time.

Here is decided whether there is anything to do; renewal.py does it. The outcome is that of the
plain build (plain.py) to the byte: what is left undone would come out the same.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import msgspec

from warraq.archive.catalogue import Catalogue
from warraq.base.config import load
from warraq.base.problems import Problem
from warraq.content import store
from warraq.pipeline.cache import Cache, program_digest
from warraq.pipeline.look import Task, look
from warraq.publish.tree import Outcome, opened


class Built(NamedTuple):
    """What a build did. `undated` counts the articles that feeds must leave out."""

    outcome: Outcome
    articles: int
    undated: int
    problems: tuple[Problem, ...]


def build(  # noqa: PLR0913 - each is a flag of the command
    site: Path,
    *,
    into: Path,
    drafts: bool = False,
    jobs: int = 1,
    clean: bool = False,
    verify: bool = False,
) -> Built:
    """Publish the archive under `site`; return what was done.

    `clean` forgets the cache; `verify` reads every file of content and output, whatever its time
    stamp. Raises WarraqError with every error found, and then leaves `into` as it was.
    """
    try:
        return _built(site, into, drafts=drafts, jobs=jobs, clean=clean, verify=verify)
    except sqlite3.DatabaseError:  # the disk has lost what the seal vouched for
        if clean:
            raise
        return _built(site, into, drafts=drafts, jobs=jobs, clean=True, verify=verify)


def _built(  # noqa: PLR0913 - as above
    site: Path, into: Path, *, drafts: bool, jobs: int, clean: bool, verify: bool
) -> Built:
    config, warnings = load(site)
    version = program_digest(msgspec.json.encode(config), bytes([drafts]), bytes(into.resolve()))
    with (
        opened(site=site, into=into) as tree,
        closing(Cache(site / ".warraq", version, clean=clean)) as cache,
    ):
        found = look(tree, cache, config, site=site, verify=verify)
        outcome = Outcome(0, 0, 0)
        if not found.is_nothing:
            from warraq.pipeline.renewal import renew  # noqa: PLC0415 - slow to import

            task = Task(site, config, drafts, found.authorities, cache.file, tree)
            outcome = renew(found, task, cache, jobs=jobs)
        catalogue = Catalogue(cache.rows)
        outcome = outcome._replace(files=cache.size_of_pages())
        problems = tuple(sorted((*warnings, *cache.warnings(), *_odd_media(site))))
        built = Built(outcome, catalogue.size, catalogue.undated_size, problems)
        if not found.is_nothing:
            cache.seal()
    return built


def _odd_media(site: Path) -> list[Problem]:
    problems: list[Problem] = []
    for _ in store.media(site, problems):
        pass
    return problems
