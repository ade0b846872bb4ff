"""`warraq build`: content/ → public/, doing only what changed since the last time.

Whether there is anything to do is decided here; rebuild.py does it. The output equals that of the
full build (full.py) to the byte: what is skipped would come out the same.
"""

import sqlite3
from collections.abc import Callable, Mapping
from concurrent.futures import BrokenExecutor
from pathlib import Path

import msgspec

from warraq.archive.catalogue import Catalogue
from warraq.base.config import SiteConfig, load
from warraq.base.file_stamps import current_boot
from warraq.base.problems import Problem, WarraqError, error, reason_code
from warraq.build.build_context import PARALLEL_FROM, BuildContext, BuildOptions, ParallelFrom
from warraq.build.cache import Cache, cache_of, program_digest
from warraq.build.changes import detect_changes
from warraq.build.face import face_sizes
from warraq.build.result import BuildResult
from warraq.build.timing import timed
from warraq.content import store
from warraq.content.picture_size import Size
from warraq.publish.tree import Outcome, opened
from warraq.render.colours import paper_of
from warraq.render.theme_paths import folders_of, theme_sheet


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
    parallel_from: ParallelFrom = PARALLEL_FROM,
) -> BuildResult:
    """Publish the archive under `site`; return what was done.

    `clean` discards the cache; `verify` reads every file of content and output, whatever the time
    stamps of files and folders; `allow_removals` lets most pages go; `progress(done, total)` is
    called for articles, then pages. Raises WarraqError with every error found, and then leaves
    `into` as it was.
    """
    options = BuildOptions(drafts, jobs, clean, verify, allow_removals, progress, parallel_from)
    try:
        return _build(site, into, options)
    except (OSError, sqlite3.OperationalError) as fault:
        raise WarraqError([error("disk-refused", str(into), why=reason_code(fault))]) from None
    except BrokenExecutor:
        raise WarraqError([error("process-lost", str(into))]) from None
    except sqlite3.DatabaseError:  # the disk has lost what was sealed
        if clean:
            raise
        return _build(site, into, options._replace(clean=True))


def _build(site: Path, into: Path, options: BuildOptions) -> BuildResult:
    loaded, warnings = load(site)
    config = loaded.published
    store.stop_without_content(site, allow_removals=options.allow_removals)
    sizes = face_sizes(site, config)
    program = program_of(site, config, sizes)
    key = cache_key(program, drafts=options.drafts)
    with (
        opened(site=site, into=into) as tree,
        cache_of(site, into, key, clean=options.clean) as cache,
    ):
        with timed("detect changes"):
            changes = detect_changes(tree, cache, config, site=site, options=options)
        changed, removed, templates = 0, 0, dict[str, tuple[int, float]]()
        if not changes.is_empty:
            from warraq.build.rebuild import rebuild  # noqa: PLC0415 - slow to import

            context = BuildContext(
                site, config, options.drafts, changes.authorities, cache.file, tree, program, sizes
            )
            changed, removed, templates = rebuild(changes, context, cache, options)
        catalogue = Catalogue(cache.rows)
        outcome = Outcome(cache.output_size(), changed, removed)
        reported = (*warnings, *cache.warnings(), *store.unpublished_files(site))
        problems = tuple(sorted((*reported, *_missing_pictures(site, config, cache))))
        slowest = sorted(((n, *spent) for n, spent in templates.items()), key=lambda t: -t[2])
        result = BuildResult(
            outcome, catalogue.size, catalogue.undated_size, problems, tuple(slowest)
        )
        boot = current_boot()
        is_stamped = changes.restamped or changes.folders or cache.meta("boot") != boot
        if is_stamped:
            with cache.changing(index=False):
                cache.put_stamps(changes.restamped)
                if changes.is_empty:  # else the rebuild stored them, and what it published
                    cache.put_folders(changes.folders.items())
                cache.put_meta("boot", boot)
        if is_stamped or not changes.is_empty:
            with timed("seal the cache"):
                cache.seal()
    return result


def _missing_pictures(site: Path, config: SiteConfig, cache: Cache) -> tuple[Problem, ...]:
    """Return a warning for every picture that a text shows and that does not exist."""
    paths = list(cache.paths_missing_pictures())
    if not paths:
        return ()
    from warraq.build.link_check import missing_pictures  # noqa: PLC0415 - slow to import

    articles = [store.article_at(site, path).article for path in paths if _is_article(path)]
    others = [store.authority_at(site, path)[0] for path in paths if not _is_article(path)]
    texts = (filter(None, articles), filter(None, others))
    return tuple(missing_pictures(*texts, site=site, config=config))


def _is_article(path: str) -> bool:
    return path.startswith("content/articles/")


def program_of(site: Path, config: SiteConfig, sizes: Mapping[str, Size]) -> str:
    """Return a digest of this program and of what every page shows.

    That is the settings, `sizes` of their pictures, and the colour of the page, which a site's own
    style sheet may tell.
    """
    paper = paper_of(config, theme_sheet(folders_of(site / "templates")))
    return program_digest(msgspec.json.encode((config.published, sizes, paper)))


def cache_key(program: str, *, drafts: bool) -> str:
    """Return the cache key: what `program_of` names, and whether drafts are shown."""
    return f"{program}{'-drafts' if drafts else ''}"
