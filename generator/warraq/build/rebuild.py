"""Renew what changed: the rows of the cache, pages, the search index, the files of public/.

The steps of design §7. Without a cache everything has changed. Pages are rendered over the team's
processes while this one brings the search index up to date.
"""

from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import chain, pairwise
from pathlib import Path
from typing import NamedTuple

import msgspec

from warraq.base.problems import WarraqError, error
from warraq.base.urls import output_path
from warraq.build.cache import Cache, Written
from warraq.build.catalogue_update import Touched, arrange
from warraq.build.changes import Found, Task, Wishes
from warraq.build.full import pictures_shown, static_files
from warraq.build.index_input import FOLDER, called, scripts
from warraq.build.pool import Team
from warraq.build.timing import timed
from warraq.build.worker import Order, Rendered, Worker
from warraq.content.history import Commit, fetch
from warraq.model import OutputFile
from warraq.publish.tree import finish, stage
from warraq.render.assets import assets
from warraq.render.environment import Theme, theme_of
from warraq.render.pages import Page

_commits_in = msgspec.msgpack.Decoder(tuple[Commit, ...]).decode
_page_of = msgspec.msgpack.Decoder(Page).decode
_encode = msgspec.msgpack.Encoder().encode
_prints_of = msgspec.json.Decoder(dict[str, str]).decode


class Renewed(NamedTuple):
    """What was done: files staged and removed, and template → (pages, seconds) spent on views."""

    changed: int
    removed: int
    templates: dict[str, tuple[int, float]]


def renew(found: Found, task: Task, cache: Cache, wishes: Wishes) -> Renewed:
    """Bring cache and output up to date with what was found; return what that took.

    Raises WarraqError with every error of the content, and changes nothing then.
    """
    theme = theme_of(task.config, task.site / "templates")
    before = _prints_of(cache.fact("prints") or "{}")
    prints = theme.prints() if found.is_restyled else before
    restyled = {name for name in prints if before.get(name) != prints[name]}
    task = task._replace(prints=prints)
    # Where the templates are others, every page is rendered, histories too.
    edited = map(_commits_in, cache.commits().values()) if found.is_restyled else ()
    fetch(task.site, chain.from_iterable((*edited, *(w.commits for w in found.wanted))))
    with Team(task, wishes.jobs, wishes.progress) as team:
        with timed("read and arrange %d articles", len(found.wanted)):
            touched = arrange(found, task, team, cache)
        orders, gone = _orders(cache, touched, restyled=restyled, lost=found.lost)
        with closing(Worker(task)) as worker:
            pictures = pictures_shown(worker.material, task.site)
        rendered = team.render(orders)
        # One change of rows, with all that may fail: a template's fault does not cost the cache.
        with cache.changing():
            with timed("bring the index and other files up to date"):
                others = _others(found, task.site, cache, theme=theme, pictures=pictures)
                written, changed, dropped = _written(others, task)
            with timed("look at %d pages", len(orders)):
                pages, renewed, templates = _looked_at(rendered)
    written += pages
    changed += renewed
    gone |= dropped
    paths = _distinct(written)
    with timed("publish %d files", changed):
        stale = (gone | found.foreign) - paths
        removed = finish(task.tree, paths, stale, allow_removals=wishes.allow_removals)
    with timed("remember them"), cache.changing():
        cache.drop_pages(gone - paths)
        cache.put_pages(written)
        cache.put_fact("style", found.style)
        cache.put_fact("prints", msgspec.json.encode(prints).decode())
    return Renewed(changed, removed, templates)


def _written(
    files: Iterable[tuple[str, str, bytes | None]], task: Task
) -> tuple[list[Written], int, set[str]]:
    """Stage `files`; return them, how many are new, and the paths of those that are no more."""
    written, changed, gone = list[Written](), 0, set[str]()
    for group, path, content in files:
        if content is None:
            gone.add(path)
            continue
        staged = stage(OutputFile(path, content), task.tree)
        written.append(Written(path, group, staged.mark, staged.digest))
        changed += staged.is_new
    return written, changed, gone


def _looked_at(
    pages: Iterable[Rendered],
) -> tuple[list[Written], int, dict[str, tuple[int, float]]]:
    """Return the pages that were made, how many are new, and what each template took."""
    written, changed, templates = list[Written](), 0, dict[str, tuple[int, float]]()
    for page, template, shown, made, seconds in pages:
        number, spent = templates.get(template, (0, 0.0))
        templates[template] = (number + 1, spent + seconds)
        if made:
            path, plan_ = output_path(page.url), _encode(page)
            written.append(Written(path, template, made.mark, made.digest, shown, plan_))
            changed += made.is_new
    return written, changed, templates


def _orders(
    cache: Cache, touched: Touched, *, restyled: set[str], lost: set[str]
) -> tuple[list[Order], set[str]]:
    """Return the pages to look at, each with the print it had, and the files that have no page."""
    planned = {output_path(page.url): page for page in touched.pages}
    if touched.is_whole:
        before = cache.prints()
    else:
        again = {output_path(p.url): p for p in map(_page_of, cache.plans(restyled, lost))}
        again = {path: page for path, page in again.items() if path not in touched.gone}
        planned = again | planned
        before = cache.prints({*planned, *touched.gone})
    gone = before.keys() - planned.keys()
    orders = [
        Order(page, b"" if path in lost else before.get(path, b""))
        for path, page in planned.items()
    ]
    return orders, gone


def _others(
    found: Found, site: Path, cache: Cache, *, theme: Theme, pictures: frozenset[str]
) -> Iterator[tuple[str, str, bytes | None]]:
    """Yield (group, path, content) of the files that are no pages and may be others now.

    `pictures` are those that some page shows. Content is None for a file that is no more.
    """
    known = cache.others()
    for group, files, is_due in (
        ("asset", assets(theme), found.is_restyled),
        ("script", scripts(), False),
        ("static", static_files(site), found.is_static_changed),
    ):
        if is_due or not known[group] or known[group] & found.lost:
            now = {file.path: file.content for file in files}
            yield from ((group, path, content) for path, content in now.items())
            yield from ((group, path, None) for path in known[group] - now.keys())
    pictures &= {path.removeprefix("content/") for path in cache.pictures()}
    changed = {path.removeprefix("content/") for path in found.pictures}
    for path in sorted(pictures & (changed | found.lost) | pictures - known["picture"]):
        yield "picture", path, (site / "content" / path).read_bytes()
    yield from (("picture", path, None) for path in known["picture"] - pictures)
    index = {path.removeprefix(FOLDER) for path in known["index"] & found.lost}
    for path, content in cache.search.files(called(found.authorities), lost=index):
        yield "index", FOLDER + path, content


def _distinct(written: list[Written]) -> set[str]:
    """Return the paths of all; raise WarraqError if two files claim one."""
    paths = sorted(file.path for file in written)
    if twice := next((one for one, other in pairwise(paths) if one == other), ""):
        raise WarraqError([error("output-twice", twice)])
    return set(paths)
