"""What changed in content/ and its history since the last build. Reads, changes nothing.

Imports nothing slow: a build that finds nothing to do ends here.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, cast

import msgspec

from warraq.archive.catalogue import Catalogue
from warraq.base.config import SiteConfig
from warraq.base.file_stamps import FileStamp, is_racy, stamp_of, stamps
from warraq.base.files import digest_at, is_regular
from warraq.build.build_context import BuildOptions
from warraq.build.cache import Cache, SourceFile
from warraq.build.output_check import OutputDifference, checking_output
from warraq.content.git_history import Commit, article_commits, head
from warraq.content.store import authority_at, media, static, synonyms_of
from warraq.content.synonyms import PATH as SYNONYMS
from warraq.model import AUTHORITY_KINDS, MENTIONED_KINDS, Authority, AuthorityKind, Story
from warraq.prose.mentions import words_of
from warraq.publish.tree import OutputTree
from warraq.render.theme_paths import digest_of, folders_of

ARTICLES, MEDIA, STATIC = "articles", "media", "static"
_commits_in = msgspec.msgpack.Decoder(tuple[Commit, ...]).decode
_encode = msgspec.msgpack.Encoder().encode


class StaleArticle(msgspec.Struct, frozen=True):
    """An article to parse again, with its commits if it was edited."""

    path: str
    stamp: FileStamp
    commits: tuple[Commit, ...] = ()


class AuthorityChange(NamedTuple):
    """An authority file before and after; None where it does not exist."""

    before: Authority | None
    after: Authority | None


class SiteChanges(NamedTuple):
    """Changes since the last build; `authorities` is the full current set.

    `to_parse` are articles that changed or show something that did. `sources` are the authority
    files, pictures and files of static/ that were read again. `commits` is None if the history is
    unchanged. `theme` is the theme's digest. Of the output, `modified` files are missing or not as
    they were written, and `untracked` ones are unknown. `restamped` are content files with
    unchanged bytes whose stamp is new or could not be trusted: (path, stamp, clock just before).
    `folders` are the new stamps of folders of the output.
    """

    authorities: tuple[Authority, ...]
    authority_changes: tuple[AuthorityChange, ...]
    sources: tuple[SourceFile, ...]
    to_parse: tuple[StaleArticle, ...]
    removed: tuple[str, ...]
    commits: dict[str, bytes] | None
    head: str
    has_errors: bool
    theme: str
    theme_changed: bool
    modified: set[str]
    untracked: set[str]
    restamped: tuple[tuple[str, FileStamp, int], ...]
    folders: dict[str, int | None]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to build."""
        return not (self.content_changed or self.theme_changed or self.modified or self.untracked)

    @property
    def content_changed(self) -> bool:
        """Whether content or history changed."""
        changed = self.authority_changes or self.sources or self.to_parse or self.removed
        return bool(changed) or self.commits is not None

    @property
    def touched_pictures(self) -> set[str]:
        """The site paths of pictures that were added, changed or removed."""
        removed = (path for path in self.removed if _kind(path) == MEDIA)
        return {path.removeprefix("content/") for path in (*self.changed_pictures, *removed)}

    @property
    def static_changed(self) -> bool:
        """Whether a file of static/ was added, changed or removed."""
        changed = (*(source.path for source in self.sources), *self.removed)
        return any(_kind(path) == STATIC for path in changed)

    @property
    def changed_pictures(self) -> tuple[str, ...]:
        """The paths of pictures that are new or changed."""
        return tuple(source.path for source in self.sources if source.kind == MEDIA)


def detect_changes(
    tree: OutputTree, cache: Cache, config: SiteConfig, *, site: Path, options: BuildOptions
) -> SiteChanges:
    """Return what changed, found by stamps (unless `verify`) and confirmed by digest."""
    with checking_output(cache, tree.into, options) as difference:
        verify = options.verify
        return _site_changes(cache, config, site=site, verify=verify, difference=difference)


def _site_changes(
    cache: Cache,
    config: SiteConfig,
    *,
    site: Path,
    verify: bool,
    difference: Callable[[], OutputDifference],
) -> SiteChanges:
    known = cache.stamps()
    current = dict(_listing(site))
    clock = time.time_ns()
    suspect = {p for p, s in current.items() if p not in known or _differs(known[p], s)}
    checked = current.keys() if verify else suspect
    same = {p for p in checked & known.keys() if digest_at(site / p) == cache.digest_of(p) != b""}
    stale = [p for p in current if p in checked and p not in same]
    authorities, changes, sources, has_errors = _authorities(
        site, Catalogue(cache.rows), stale, current
    )
    copied = (
        SourceFile(p, _kind(p), "", current[p], clock, digest_at(site / p))
        for p in stale
        if _kind(p) in {MEDIA, STATIC}
    )
    if SYNONYMS in stale:
        problems = tuple(synonyms_of(site)[1])
        has_errors |= any(problem.severity == "error" for problem in problems)
        known_as = (SYNONYMS, _kind(SYNONYMS), "", current[SYNONYMS], clock)
        sources += (SourceFile(*known_as, digest_at(site / SYNONYMS), problems),)
    commits, at = _history(site, cache, config)
    to_parse = {path for path in stale if _kind(path) == ARTICLES}
    to_parse |= _affected_articles(changes, cache) & current.keys()
    commits_before = cache.commits() if to_parse or commits is not None else {}
    commits_now = commits_before if commits is None else commits
    edited = {*commits_before, *commits_now}
    to_parse |= {p for p in edited if commits_before.get(p) != commits_now.get(p)} & current.keys()
    theme = digest_of(folders_of(site / "templates"))
    modified, untracked, output_folders = difference()
    return SiteChanges(
        authorities=authorities,
        authority_changes=changes,
        sources=(*sources, *copied),
        to_parse=tuple(
            StaleArticle(p, current[p], _commits_in(commits_now[p]) if p in commits_now else ())
            for p in sorted(to_parse)
        ),
        removed=tuple(path for path in known if path not in current),
        commits=commits,
        head=at,
        has_errors=has_errors,
        theme=theme,
        theme_changed=theme != cache.meta("theme"),
        modified=modified,
        untracked=untracked,
        restamped=tuple((p, current[p], clock) for p in sorted(same & suspect)),
        folders=output_folders,
    )


def _listing(site: Path) -> Iterator[tuple[str, FileStamp]]:
    for kind in (ARTICLES, *AUTHORITY_KINDS):
        folder = f"content/{kind}/"
        yield from ((folder + path, stamp) for path, stamp in stamps(site / folder, ".md"))
    if is_regular(site / SYNONYMS):
        yield SYNONYMS, stamp_of(site / SYNONYMS)
    for picture in media(site):
        yield picture.relative_to(site).as_posix(), stamp_of(picture)
    for _, file in static(site):
        yield file.relative_to(site).as_posix(), stamp_of(file)


def _differs(known: tuple[int, ...], current: FileStamp) -> bool:
    *stamp, clock = known
    return tuple(stamp) != current or is_racy(current.last_change, clock)


def _kind(path: str) -> str:
    top, _, rest = path.partition("/")
    return STATIC if top == STATIC else rest.partition("/")[0]


def _authorities(
    site: Path, catalogue: Catalogue, stale: list[str], current: dict[str, FileStamp]
) -> tuple[tuple[Authority, ...], tuple[AuthorityChange, ...], tuple[SourceFile, ...], bool]:
    before = {a.path: a for kind in AUTHORITY_KINDS for a in catalogue.authorities(kind)}
    after = {path: a for path, a in before.items() if path in current}
    sources, has_errors = [], False
    for path in stale:
        if _kind(path) in AUTHORITY_KINDS:
            clock, digest = time.time_ns(), digest_at(site / path)
            authority, problems = authority_at(site, path)
            has_errors |= any(p.severity == "error" for p in problems)
            after.pop(path, None)
            if authority:
                after[path] = authority
                known = (path, authority.kind, authority.key, current[path], clock, digest)
                sources.append(SourceFile(*known, tuple(problems)))
    paths = sorted({*before, *after})
    changes = (AuthorityChange(before.get(p), after.get(p)) for p in paths)
    return (
        tuple(sorted(after.values(), key=lambda a: (a.kind, a.key))),
        tuple(change for change in changes if change.before != change.after),
        tuple(sources),
        has_errors,
    )


def _history(site: Path, cache: Cache, config: SiteConfig) -> tuple[dict[str, bytes] | None, str]:
    """Return path → commits (msgpack), None if the history is unchanged, and its head."""
    at = head(site) if config.history == "git" else ""
    if at == cache.meta("head"):
        return None, at
    found = article_commits(site) if at else {}
    return {path: _encode(commits) for path, commits in found.items()}, at


def _affected_articles(changes: Iterable[AuthorityChange], cache: Cache) -> set[str]:
    """Return the paths of articles whose card depends on a changed authority."""
    paths: set[str] = set()
    for before, after in changes:
        kind = cast("AuthorityKind", (before or after).kind)  # type: ignore[union-attr] # never both
        key = (before or after).key  # type: ignore[union-attr] # as above
        if kind == "stories":
            paths.update(cache.paths_of_ids(_members(before) ^ _members(after)))
        if _names(before) == _names(after) and kind != "outlets":
            continue
        if kind in MENTIONED_KINDS:
            for name in _names(before) ^ _names(after):
                if words := words_of(name):
                    paths.update(cache.paths_containing(words))
        paths.update(cache.paths_referencing(kind, key))
        if kind == "outlets":
            for name in _names(before) | _names(after):
                paths.update(cache.paths_referencing("credit", name))
    return paths


def _members(story: Authority | None) -> set[str]:
    return set(story.articles) if isinstance(story, Story) else set()


def _names(authority: Authority | None) -> set[str]:
    return {authority.name, *authority.aliases} if authority else set()
