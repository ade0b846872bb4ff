"""Bring cache and output up to date: catalogue, dirty pages, search index, other files.

The steps of docs/architecture.md; without a cache everything is dirty. The worker pool indexes
words, then renders pages while this process writes the index files.
"""

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, pairwise
from pathlib import Path
from typing import NamedTuple

import msgspec

from warraq.base.problems import WarraqError, error
from warraq.base.urls import output_path
from warraq.base.user_cache import private_folder
from warraq.build.build_context import BuildContext, BuildOptions
from warraq.build.cache import Cache, OutputRecord
from warraq.build.cached_content import cached_context
from warraq.build.catalogue_update import DirtyPages, update_catalogue
from warraq.build.changes import SiteChanges
from warraq.build.full import pictures_shown, static_files
from warraq.build.index_input import FOLDER, all_synonyms, authority_names, scripts
from warraq.build.output_check import stamps_after
from warraq.build.pool import BATCH, WorkerPool, batches
from warraq.build.timing import timed
from warraq.build.worker import RenderJob, RenderResult
from warraq.content.git_history import Commit, fetch
from warraq.content.store import synonyms_of
from warraq.model import OutputFile
from warraq.publish.tree import finish, stage
from warraq.render.assets import assets
from warraq.render.environment import Theme
from warraq.render.page import Page
from warraq.render.site_pages import decoded, encoded
from warraq.render.theme_paths import folders_of
from warraq.render.wording import load_words

_commits_in = msgspec.msgpack.Decoder(tuple[Commit, ...]).decode
_words_in = msgspec.json.Decoder(dict[str, object]).decode
_packed = msgspec.msgpack.Encoder().encode
_record_of = msgspec.msgpack.Decoder(OutputRecord).decode
_fingerprints_of = msgspec.json.Decoder(dict[str, str]).decode


class RebuildResult(NamedTuple):
    """Files staged and removed, and template → (pages, seconds) of those that were rendered."""

    changed: int
    removed: int
    templates: dict[str, tuple[int, float]]


def rebuild(
    changes: SiteChanges, build: BuildContext, cache: Cache, options: BuildOptions
) -> RebuildResult:
    """Bring cache and output up to date with `changes`; return what that took.

    Raises WarraqError with every error of the content, and changes nothing then.
    """
    build = build._replace(
        words=_words(changes, build, cache), compiled=private_folder(build.site, "templates")
    )
    theme = build.theme()
    before = _fingerprints_of(cache.meta("fingerprints") or "{}")
    fingerprints = theme.fingerprints() if changes.theme_changed else before
    restyled = {name for name in fingerprints if before.get(name) != fingerprints[name]}
    build = build._replace(fingerprints=fingerprints)
    # With other templates every page is rendered, histories too.
    edited = map(_commits_in, cache.commits().values()) if changes.theme_changed else ()
    fetch(build.site, chain.from_iterable((*edited, *(a.commits for a in changes.to_parse))))
    with WorkerPool(build, options) as pool:
        with timed("parse %d articles and update the catalogue", len(changes.to_parse)):
            dirty = update_catalogue(changes, build, pool, cache)
        jobs, removed = _render_jobs(cache, dirty, restyled=restyled, modified=changes.modified)
        with cached_context(build, cache.rows) as context:
            pictures = pictures_shown(context, build.site)
        # One transaction around all that may fail: a template's fault does not cost the cache.
        with cache.changing():
            with timed("update the index"):
                index = _index_files(changes, build.site, cache, pool)
            results = pool.render(jobs)
            with timed("write the index and other files"):
                others = _other_files(changes, build.site, cache, theme=theme, pictures=pictures)
                written, changed, dropped = _staged(chain(others, index), build)
            with timed("render %d pages", len(jobs)):
                pages, rendered, templates = _rendered(jobs, results)
    written += pages
    changed += rendered
    removed |= dropped
    paths = _distinct(written)
    clock = time.time_ns()
    with timed("publish %d files", changed):
        stale = (removed | changes.untracked) - paths
        count = finish(build.tree, paths, stale, allow_removals=options.allow_removals)
    with timed("record the output"), cache.changing():
        cache.drop_pages(removed - paths)
        for records in batches(map(_record_of, written), BATCH):
            cache.put_pages(records)
        cache.put_folders(changes.folders.items())
        known, into = cache.is_known_folder, build.tree.into
        cache.put_folders(stamps_after(paths | stale, into, is_known=known, published=clock))
        cache.put_meta("theme", changes.theme)
        cache.put_meta("words", msgspec.json.encode(build.words).decode())
        cache.put_meta("fingerprints", msgspec.json.encode(fingerprints).decode())
    return RebuildResult(changed, count, templates)


def _words(changes: SiteChanges, build: BuildContext, cache: Cache) -> dict[str, object]:
    """Return the site's words, as the last build read them if their files are unchanged."""
    if not changes.theme_changed and (words := cache.meta("words")):
        return _words_in(words)
    return load_words(build.config.lang, folders_of(build.site / "templates"))


def _staged(
    files: Iterable[tuple[str, str, bytes | None]], build: BuildContext
) -> tuple[list[bytes], int, set[str]]:
    """Stage `files`; return their packed records, how many are new, the paths of removed ones."""
    written, changed, removed = list[bytes](), 0, set[str]()
    for group, path, content in files:
        if content is None:
            removed.add(path)
            continue
        staged = stage(OutputFile(path, content), build.tree)
        written.append(_packed(OutputRecord(path, group, staged.mark, staged.digest)))
        changed += staged.is_new
    return written, changed, removed


def _rendered(
    jobs: Iterable[RenderJob], results: Iterable[RenderResult]
) -> tuple[list[bytes], int, dict[str, tuple[int, float]]]:
    """Return the packed records of staged pages, how many are new, and what templates took."""
    written, changed, templates = list[bytes](), 0, dict[str, tuple[int, float]]()
    for job, result in zip(jobs, results, strict=True):
        template, staged = result.template, result.staged
        number, spent = templates.get(template, (0, 0.0))
        templates[template] = (number + 1, spent + result.seconds)
        if staged:
            path, spec = output_path(job.page.url), encoded(job.page)
            mark, digest, fingerprint = staged.mark, staged.digest, result.fingerprint
            written.append(_packed(OutputRecord(path, template, mark, digest, fingerprint, spec)))
            changed += staged.is_new
    return written, changed, templates


def _render_jobs(
    cache: Cache, dirty: DirtyPages, *, restyled: set[str], modified: set[str]
) -> tuple[list[RenderJob], set[str]]:
    """Return a job per dirty page with its last fingerprint, and the files without a page."""
    planned = {output_path(page.url): page for page in dirty.pages}
    if dirty.all_dirty:
        before = cache.fingerprints()
    else:
        again = {output_path(p.url): p for p in map(decoded, cache.page_specs(restyled, modified))}
        again = {path: page for path, page in again.items() if path not in dirty.removed}
        planned = again | planned
        before = cache.fingerprints({*planned, *dirty.removed})
    removed = before.keys() - planned.keys()
    jobs = [
        RenderJob(page, b"" if path in modified else before.get(path, b""))
        for path, page in _by_subject(planned)
    ]
    return jobs, removed


def _by_subject(pages: dict[str, Page]) -> Iterator[tuple[str, Page]]:
    """Yield all, those of one subject together: they are made from the same rows."""
    grouped = defaultdict[tuple[str, str], list[tuple[str, Page]]](list)
    for path, page in pages.items():
        grouped[page.subject].append((path, page))
    return chain.from_iterable(grouped.values())


def _other_files(
    changes: SiteChanges, site: Path, cache: Cache, *, theme: Theme, pictures: frozenset[str]
) -> Iterator[tuple[str, str, bytes | None]]:
    """Yield (group, path, content) of the files other than pages that may have changed.

    `pictures` are those that some page shows. Content is None for a file that no longer exists.
    """
    known = cache.non_page_files()
    for group, files, is_due in (
        ("asset", assets(theme), changes.theme_changed),
        ("script", scripts(), False),
        ("static", static_files(site), changes.static_changed),
    ):
        if is_due or not known[group] or known[group] & changes.modified:
            current = {file.path: file.content for file in files}
            yield from ((group, path, content) for path, content in current.items())
            yield from ((group, path, None) for path in known[group] - current.keys())
    pictures &= {path.removeprefix("content/") for path in cache.pictures()}
    changed = {path.removeprefix("content/") for path in changes.changed_pictures}
    due = pictures & (changed | changes.modified) | pictures - known["picture"]
    for path in sorted(due):
        yield "picture", path, (site / "content" / path).read_bytes()
    yield from (("picture", path, None) for path in known["picture"] - pictures)


def _index_files(
    changes: SiteChanges, site: Path, cache: Cache, pool: WorkerPool
) -> Iterator[tuple[str, str, bytes | None]]:
    """Bring the index up to date; return (group, path, content) of its files that changed."""
    known = cache.non_page_files()["index"]
    missing = {path.removeprefix(FOLDER) for path in known & changes.modified}
    names = authority_names(changes.authorities)
    synonyms = all_synonyms(synonyms_of(site)[0])
    files = cache.search.files(names, synonyms, missing=missing, spread=pool.spread)
    return (("index", FOLDER + path, content) for path, content in files)


def _distinct(written: list[bytes]) -> set[str]:
    """Return the paths of all; raise WarraqError if two files have one."""
    paths = sorted(_record_of(file).path for file in written)
    if twice := next((one for one, other in pairwise(paths) if one == other), ""):
        raise WarraqError([error("output-twice", twice)])
    return set(paths)
