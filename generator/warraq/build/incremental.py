"""`warraq build`: content/ → public/, doing only what changed since the last time.

Here is decided whether there is anything to do; renewal.py does it. The outcome is that of the
plain build (plain.py) to the byte: what is left undone would come out the same.
"""

import sqlite3
from collections.abc import Callable
from concurrent.futures import BrokenExecutor
from pathlib import Path
from typing import NamedTuple

import msgspec

from warraq.archive.catalogue import Catalogue
from warraq.base.config import SiteConfig, load
from warraq.base.files import digest_at
from warraq.base.problems import Problem, WarraqError, error, reason, stop_on_errors
from warraq.build.cache import Cache, cache_of, program_digest
from warraq.build.changes import Task, Wishes, look
from warraq.build.timing import timed
from warraq.content import store
from warraq.publish.tree import Outcome, opened, present


class Built(NamedTuple):
    """What a build did. `undated` counts the articles that feeds must leave out.

    `templates` tells (template, pages, seconds) of those that were looked at, the slowest first.
    """

    outcome: Outcome
    articles: int
    undated: int
    problems: tuple[Problem, ...]
    templates: tuple[tuple[str, int, float], ...] = ()


def build(  # noqa: PLR0913 - each is a flag of the command
    site: Path,
    *,
    into: Path,
    drafts: bool = False,
    jobs: int = 1,
    clean: bool = False,
    verify: bool = False,
    allow_removals: bool = False,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Built:
    """Publish the archive under `site`; return what was done.

    `clean` forgets the cache; `verify` reads every file of content and output, whatever its time
    stamp; `allow_removals` lets most pages go; `progress` hears how many of how many articles, then
    pages, are done. Raises WarraqError with every error found, and then leaves `into` as it was.
    """
    wishes = Wishes(drafts, jobs, clean, verify, allow_removals, progress)
    try:
        return _built(site, into, wishes)
    except (OSError, sqlite3.OperationalError) as fault:
        raise WarraqError([error("disk-refused", str(into), why=reason(fault))]) from None
    except BrokenExecutor:
        raise WarraqError([error("process-lost", str(into))]) from None
    except sqlite3.DatabaseError:  # the disk has lost what the seal vouched for
        if clean:
            raise
        return _built(site, into, wishes._replace(clean=True))


def _built(site: Path, into: Path, wishes: Wishes) -> Built:
    config, warnings = load(site)
    stop_on_emptiness(site, allow_removals=wishes.allow_removals)
    version = version_of(config, into, drafts=wishes.drafts)
    with (
        opened(site=site, into=into) as tree,
        cache_of(site, into, version, clean=wishes.clean) as cache,
    ):
        with timed("look what changed"):
            found = look(tree, cache, config, site=site, verify=wishes.verify, jobs=wishes.jobs)
        changed, removed, templates = 0, 0, dict[str, tuple[int, float]]()
        if not found.is_nothing:
            from warraq.build.rebuild import renew  # noqa: PLC0415 - slow to import

            task = Task(site, config, wishes.drafts, found.authorities, cache.file, tree)
            changed, removed, templates = renew(found, task, cache, wishes)
        catalogue = Catalogue(cache.rows)
        outcome = Outcome(cache.size_of_pages(), changed, removed)
        told = (*warnings, *cache.warnings(), *store.odd_files(site))
        problems = tuple(sorted((*told, *_lacking(site, config, cache))))
        slowest = sorted(((n, *spent) for n, spent in templates.items()), key=lambda t: -t[2])
        built = Built(outcome, catalogue.size, catalogue.undated_size, problems, tuple(slowest))
        if found.restamped:
            with cache.changing(index=False):
                cache.put_stamps(found.restamped)
        if found.restamped or not found.is_nothing:
            with timed("seal the cache"):
                cache.seal()
    return built


def _lacking(site: Path, config: SiteConfig, cache: Cache) -> tuple[Problem, ...]:
    """Return a warning for every picture that a text shows and that is not there."""
    paths = list(cache.lacking())
    if not paths:
        return ()
    from warraq.build.link_check import missing_pictures  # noqa: PLC0415 - slow to import

    articles = [store.article_at(site, path).article for path in paths if _is_article(path)]
    others = [store.authority_at(site, path)[0] for path in paths if not _is_article(path)]
    texts = (filter(None, articles), filter(None, others))
    return tuple(missing_pictures(*texts, site=site, config=config))


def _is_article(path: str) -> bool:
    return path.startswith("content/articles/")


def stop_on_emptiness(site: Path, *, allow_removals: bool) -> None:
    """Raise WarraqError if there is no content, or no article and the user did not allow for it."""
    found = store.emptiness(site)
    stop_on_errors(p for p in found if not (allow_removals and p.code == "articles-missing"))


def version_of(config: SiteConfig, into: Path, *, drafts: bool) -> str:
    """Return what a cache is good for: this program, these settings, this output."""
    return program_digest(msgspec.json.encode(config), bytes([drafts]), bytes(into.resolve()))


def verify(site: Path, *, into: Path) -> tuple[Problem, ...]:
    """Return what is not as the last build wrote it, and each seed not as it was imported.

    Told by the hashes that were kept. Raises WarraqError when nothing is known of a last build.
    """
    config, _ = load(site)
    with (
        opened(site=site, into=into) as tree,
        cache_of(site, into, version_of(config, into, drafts=False)) as cache,
    ):
        known = cache.digests()
        if not known:
            raise WarraqError([error("output-unknown", str(into))])
        there = {path for path, _ in present(tree.into)}
    found = [error("output-foreign-file", path) for path in there - known.keys()]
    for path, digest in known.items():
        if not (into / path).is_file():
            found.append(error("output-lost", path))
        elif digest_at(into / path) != digest:
            found.append(error("output-changed", path))
    from warraq.importer.seed_check import altered  # noqa: PLC0415 - slow to import

    found += altered(site, store.load(site).articles, config.import_fields, error)
    return tuple(sorted(found))
