"""`warraq build`: content/ → public/, doing only what changed since the last time.

The steps of design §7 on the rows of the cache: look what changed, read it, find the pages that may
show it, render those, index, publish. Without a cache everything has changed. The outcome is that
of the plain build (plain.py) to the byte: what is left undone would come out the same.
"""

from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import msgspec

from warraq.archive.catalogue import Catalogue
from warraq.base.config import load
from warraq.base.problems import Problem, WarraqError, error
from warraq.base.urls import output_path
from warraq.content import store
from warraq.model import Authority, OutputFile
from warraq.pipeline.arrange import arrange
from warraq.pipeline.cache import Cache, Written, program_digest
from warraq.pipeline.look import look
from warraq.pipeline.plain import Built, media_files
from warraq.pipeline.searching import FOLDER, called, scripts
from warraq.pipeline.team import Team
from warraq.pipeline.worker import Order, Task, Worker
from warraq.publish.tree import Outcome, Tree, finish, opened, present, stage
from warraq.render import affected
from warraq.render.assets import assets
from warraq.render.environment import Theme, theme_of
from warraq.render.pages import Page, plan

_page_of = msgspec.msgpack.Decoder(Page).decode
_encode = msgspec.msgpack.Encoder().encode
_prints_of = msgspec.json.Decoder(dict[str, str]).decode


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

    `clean` forgets the cache; `verify` reads every content file whatever its time stamp. Raises
    WarraqError with every error found, and then leaves `into` as it was.
    """
    config, warnings = load(site)
    theme = theme_of(config, site / "templates")
    version = program_digest(msgspec.json.encode(config), bytes([drafts]), bytes(into.resolve()))
    with (
        opened(site=site, into=into) as tree,
        closing(Cache(site / ".warraq", version, clean=clean)) as cache,
    ):
        catalogue = Catalogue(cache.rows)
        found = look(site, cache, catalogue, config, verify=verify)
        prints, restyled = _styles(cache, theme)
        task = Task(site, config, drafts, found.authorities, prints, cache.file, tree)
        with Team(task, jobs) as team:
            touched = arrange(found, task, team, cache, catalogue)
            damaged, foreign = _damage(cache, tree)
            orders, gone = _orders(task, cache, touched, restyled=restyled, damaged=damaged)
            written, staged = _rendered(team, orders)
            others = _Others(site, cache, theme, damaged)
            with cache.changing():
                for file in others.files(found.authorities, team):
                    staged += [file.path] if stage(file, tree) else []
        written += others.written
        gone |= others.gone() | foreign - {page.path for page in written}
        outcome = _publish(cache, tree, written, staged=staged, gone=gone)
        with cache.changing():
            cache.put_fact("prints", msgspec.json.encode(prints).decode())
            cache.put_fact("theme", theme.digest)
        problems = tuple(sorted((*warnings, *cache.warnings(), *_odd_media(site))))
        built = Built(outcome, catalogue.size, catalogue.undated_size, problems)
        cache.seal()
    return built


def _styles(cache: Cache, theme: Theme) -> tuple[dict[str, str], set[str]]:
    """Return the templates' digests, and the templates that are not as they were."""
    before = _prints_of(cache.fact("prints") or "{}")
    if before and cache.fact("theme") == theme.digest:
        return before, set()
    now = theme.prints()
    return now, {name for name in now if before.get(name) != now[name]}


def _damage(cache: Cache, tree: Tree) -> tuple[set[str], set[str]]:
    """Return the files of the output that are not as they were written, and those of others."""
    known = {page.path: (page.size, page.mtime) for page in cache.pages()}
    there: set[str] = set()
    damaged: set[str] = set()
    for path, size, mtime in present(tree.into):
        there.add(path)
        if known.get(path) != (size, mtime):
            damaged.add(path)
    return (damaged | (known.keys() - there)) & known.keys(), there - known.keys()


def _orders(
    task: Task,
    cache: Cache,
    touched: set[Page] | None,
    *,
    restyled: set[str],
    damaged: set[str],
) -> tuple[list[Order], set[str]]:
    """Return the pages to look at, each with the print it had, and the files that have no page.

    `touched` may show what changed; None: any page may.
    """
    material = Worker(task).material
    before = {page.path: page for page in cache.pages() if page.plan}
    if touched is None:
        planned = {output_path(page.url): page for page in plan(material)}
        gone = before.keys() - planned.keys()
    else:
        asked = {output_path(page.url): page for page in touched}
        again = (p for p in before.values() if p.template in restyled or p.path in damaged)
        asked |= {page.path: _page_of(page.plan) for page in again}
        planned = {path: page for path, page in asked.items() if affected.exists(page, material)}
        gone = asked.keys() - planned.keys() & before.keys()
    orders = [
        Order(page, before[path].print if path in before and path not in damaged else b"")
        for path, page in planned.items()
    ]
    return orders, set(gone)


def _rendered(team: Team, orders: list[Order]) -> tuple[list[Written], list[str]]:
    """Render; return what is new of the pages, and the paths whose bytes were staged."""
    written, staged = [], []
    for done in team.render(orders):
        path = output_path(done.page.url)
        if done.is_new:
            written.append(Written(path, done.template, done.print, 0, 0, _encode(done.page)))
        if done.is_staged:
            staged.append(path)
    return written, staged


class _Others:
    """The files that are no pages: the theme's assets, pictures, the search index."""

    def __init__(self, site: Path, cache: Cache, theme: Theme, damaged: set[str]) -> None:
        self.written: list[Written] = []
        self._site, self._cache, self._theme = site, cache, theme
        self._before = {page.path for page in cache.pages() if not page.plan}
        self._damaged = damaged
        self._now: set[str] = set()

    def files(self, authorities: tuple[Authority, ...], team: Team) -> Iterator[OutputFile]:
        """Yield all of them; of the search index what changed or is damaged."""
        yield from self._kept(assets(self._theme))
        yield from self._kept(media_files(self._site))
        yield from self._kept(scripts())
        known = {p for p in self._before if p.startswith(FOLDER) and not p.endswith(".js")}
        self._now |= known
        lost = {path.removeprefix(FOLDER) for path in known & self._damaged}
        index = self._cache.search.files(called(authorities), group=team.group, lost=lost)
        for path, content in index:
            if content is None:
                self._now.remove(FOLDER + path)
            else:
                yield from self._kept([OutputFile(FOLDER + path, content)])

    def gone(self) -> set[str]:
        """Return what was there before and is no more."""
        return self._before - self._now

    def _kept(self, files: Iterable[OutputFile]) -> Iterator[OutputFile]:
        for file in files:
            self._now.add(file.path)
            self.written.append(Written(file.path, "", b"", 0, 0))
            yield file


def _publish(
    cache: Cache, tree: Tree, written: list[Written], *, staged: list[str], gone: set[str]
) -> Outcome:
    """Put what was staged into place and remember it."""
    if len({page.path for page in written}) != len(written):
        paths = sorted(page.path for page in written)
        twice = next(one for one, other in pairwise(paths) if one == other)
        raise WarraqError([error("output-twice", twice)])
    outcome = finish(tree, {page.path for page in written}, changed=staged, stale=gone)
    with cache.changing():
        cache.drop_pages(gone)
        cache.put_pages(page.stamped(tree.into / page.path) for page in written)
        files = cache.size_of_pages()
    return outcome._replace(files=files)


def _odd_media(site: Path) -> list[Problem]:
    problems: list[Problem] = []
    for _ in store.media(site, problems):
        pass
    return problems
