"""What changed in content/ and its history since the cache was sealed. Reads, changes nothing.

Imports nothing slow: a build that finds nothing to do ends here.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, cast

import msgspec

from warraq.archive.catalogue import Catalogue
from warraq.base.config import SiteConfig
from warraq.base.files import digest_at
from warraq.build.cache import Cache, Source
from warraq.build.output_check import Damage, looked_for
from warraq.content.file_stamps import Stamp, is_racy, stamp_of, stamps
from warraq.content.history import Commit, edits, head
from warraq.content.store import KINDS, authority_at, media, static
from warraq.model import Authority, AuthorityKind
from warraq.prose.mentions import KINDS as MENTIONED
from warraq.prose.mentions import words_of
from warraq.publish.tree import Tree
from warraq.render.theme_paths import digest_of, folders_of

ARTICLES, MEDIA, STATIC = "articles", "media", "static"
_commits_in = msgspec.msgpack.Decoder(tuple[Commit, ...]).decode
_encode = msgspec.msgpack.Encoder().encode


class Task(NamedTuple):
    """What every process of one build must know. `prints` are the templates' digests."""

    site: Path
    config: SiteConfig
    drafts: bool
    authorities: tuple[Authority, ...]
    rows: Path
    tree: Tree
    prints: dict[str, str] = {}  # noqa: RUF012 - never changed


class Wishes(NamedTuple):
    """What the user asked for; `progress` hears how many of how many are done."""

    drafts: bool
    jobs: int
    clean: bool
    verify: bool
    allow_removals: bool
    progress: Callable[[int, int], None]


class Wanted(NamedTuple):
    """A content file to read, and its commits if it was edited."""

    path: str
    stamp: Stamp
    commits: tuple[Commit, ...] = ()


class Change(NamedTuple):
    """An authority file before and after; None: there is none."""

    before: Authority | None
    after: Authority | None


class Found(NamedTuple):
    """What a build must do. `authorities` are all there are now, the rest is what changed.

    `wanted` are the articles to read: changed, or showing something that changed. `sources` are the
    authority files, pictures and files of static/ that were looked at again. `commits` is None
    where the history stands as it stood. `style` is the theme's digest. Of the output, `lost` files
    are not as they were written, and `foreign` ones are not warraq's.
    `restamped` are content files whose bytes are the same under a stamp that is new or could not be
    trusted: (path, stamp, clock just before).
    """

    authorities: tuple[Authority, ...]
    changes: tuple[Change, ...]
    sources: tuple[Source, ...]
    wanted: tuple[Wanted, ...]
    gone: tuple[str, ...]
    commits: dict[str, bytes] | None
    head: str
    is_broken: bool
    style: str
    is_restyled: bool
    lost: set[str]
    foreign: set[str]
    restamped: tuple[tuple[str, Stamp, int], ...]

    @property
    def is_nothing(self) -> bool:
        """Tell whether all is as it was."""
        return not (self.is_read_anew or self.is_restyled or self.lost or self.foreign)

    @property
    def is_read_anew(self) -> bool:
        """Tell whether content or history changed."""
        changed = self.changes or self.sources or self.wanted or self.gone
        return bool(changed) or self.commits is not None

    @property
    def pictured(self) -> set[str]:
        """The site paths of pictures that are new, changed or gone."""
        gone = (path for path in self.gone if _kind(path) == MEDIA)
        return {path.removeprefix("content/") for path in (*self.pictures, *gone)}

    @property
    def is_static_changed(self) -> bool:
        """Tell whether anything in static/ came, went or is another."""
        changed = (*(source.path for source in self.sources), *self.gone)
        return any(_kind(path) == STATIC for path in changed)

    @property
    def pictures(self) -> tuple[str, ...]:
        """The paths of pictures that are new or changed."""
        return tuple(source.path for source in self.sources if source.kind == MEDIA)


def look(  # noqa: PLR0913 - two of them are flags of the command
    tree: Tree, cache: Cache, config: SiteConfig, *, site: Path, verify: bool, jobs: int
) -> Found:
    """Return what changed, found by stamps (unless `verify`) and confirmed by digest."""
    with looked_for(cache, tree.into, verify=verify, jobs=jobs) as damage:
        return _found(cache, config, site=site, verify=verify, damage=damage)


def _found(
    cache: Cache,
    config: SiteConfig,
    *,
    site: Path,
    verify: bool,
    damage: Callable[[], Damage],
) -> Found:
    known = cache.stamps()
    now = dict(_listing(site))
    looked = time.time_ns()
    doubted = {p for p, s in now.items() if p not in known or _differs(known[p], s)}
    asked = now.keys() if verify else doubted
    same = {p for p in asked & known.keys() if digest_at(site / p) == cache.digest_of(p) != b""}
    stale = [p for p in now if p in asked and p not in same]
    gone = tuple(path for path in known if path not in now)
    authorities, changes, sources, is_broken = _authorities(site, Catalogue(cache.rows), stale, now)
    copied = (
        Source(p, _kind(p), "", now[p], looked, digest_at(site / p))
        for p in stale
        if _kind(p) in {MEDIA, STATIC}
    )
    commits, at = _history(site, cache, config)
    paths = {path for path in stale if _kind(path) == ARTICLES}
    paths |= _affected(changes, cache) & now.keys()
    before = cache.commits() if paths or commits is not None else {}
    current = before if commits is None else commits
    paths |= {p for p in {*before, *current} if before.get(p) != current.get(p)} & now.keys()
    style = digest_of(folders_of(site / "templates"))
    lost, foreign = damage()
    return Found(
        authorities=authorities,
        changes=changes,
        sources=(*sources, *copied),
        wanted=tuple(
            Wanted(p, now[p], _commits_in(current[p]) if p in current else ())
            for p in sorted(paths)
        ),
        gone=gone,
        commits=commits,
        head=at,
        is_broken=is_broken,
        style=style,
        is_restyled=style != cache.fact("style"),
        lost=lost,
        foreign=foreign,
        restamped=tuple((p, now[p], looked) for p in sorted(same & doubted)),
    )


def _listing(site: Path) -> Iterator[tuple[str, Stamp]]:
    for kind in (ARTICLES, *KINDS):
        folder = f"content/{kind}/"
        yield from ((folder + path, stamp) for path, stamp in stamps(site / folder, ".md"))
    for picture in media(site):
        yield picture.relative_to(site).as_posix(), stamp_of(picture)
    for _, file in static(site):
        yield file.relative_to(site).as_posix(), stamp_of(file)


def _differs(known: tuple[int, ...], now: Stamp) -> bool:
    *stamp, seen = known
    return tuple(stamp) != now or is_racy(now, seen)


def _kind(path: str) -> str:
    top, _, rest = path.partition("/")
    return STATIC if top == STATIC else rest.partition("/")[0]


def _authorities(
    site: Path, catalogue: Catalogue, stale: list[str], now: dict[str, Stamp]
) -> tuple[tuple[Authority, ...], tuple[Change, ...], tuple[Source, ...], bool]:
    before = {a.path: a for kind in KINDS for a in catalogue.authorities(kind)}
    after = {path: a for path, a in before.items() if path in now}
    sources, is_broken = [], False
    for path in stale:
        if _kind(path) in KINDS:
            seen, digest = time.time_ns(), digest_at(site / path)
            authority, problems = authority_at(site, path)
            is_broken |= any(p.severity == "error" for p in problems)
            after.pop(path, None)
            if authority:
                after[path] = authority
                known = (path, authority.kind, authority.key, now[path], seen, digest)
                sources.append(Source(*known, tuple(problems)))
    paths = sorted({*before, *after})
    changes = (Change(before.get(p), after.get(p)) for p in paths)
    return (
        tuple(sorted(after.values(), key=lambda a: (a.kind, a.key))),
        tuple(change for change in changes if change.before != change.after),
        tuple(sources),
        is_broken,
    )


def _history(site: Path, cache: Cache, config: SiteConfig) -> tuple[dict[str, bytes] | None, str]:
    at = head(site) if config.history == "git" else ""
    if at == cache.fact("head"):
        return None, at
    found = edits(site) if at else {}
    return {path: _encode(commits) for path, commits in found.items()}, at


def _affected(changes: Iterable[Change], cache: Cache) -> set[str]:
    """Return the articles whose cards may come out otherwise: the changed names are theirs."""
    paths: set[str] = set()
    for before, after in changes:
        kind = cast("AuthorityKind", (before or after).kind)  # type: ignore[union-attr] # one is there
        key = (before or after).key  # type: ignore[union-attr] # as above
        if kind == "stories":
            paths.update(cache.telling(_told(before) ^ _told(after)))
        if _names(before) == _names(after) and kind != "outlets":
            continue
        if kind in MENTIONED:
            for name in _names(before) ^ _names(after):
                if words := words_of(name):
                    paths.update(cache.holding(words))
        paths.update(cache.naming(kind, key))
        if kind == "outlets":
            for name in _names(before) | _names(after):
                paths.update(cache.naming("credit", name))
    return paths


def _told(story: Authority | None) -> set[str]:
    return set(story.articles) if story else set()


def _names(authority: Authority | None) -> set[str]:
    return {authority.name, *authority.aliases} if authority else set()
