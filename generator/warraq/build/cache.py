"""`.warraq/cache.db`: what the last build read and wrote, so that the next does only what changed.

SQLite rows keyed by path or id, never one blob to load whole; the search index keeps its rows in a
file of its own, so that it can change while others read pages' rows. A seal records the state of
the files when the last build closed them, and the digest of the program and settings that made
them. A cache whose seal does not match (truncated, damaged, foreign, of another version, of a
killed run) is discarded, which costs time and changes no byte of the site.
"""

import hashlib
import os
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from warraq.archive.catalogue import prepare
from warraq.base.file_stamps import FileStamp
from warraq.base.locks import locked
from warraq.base.problems import Problem
from warraq.base.seals import is_sealed, write_seal
from warraq.base.urls import folded_path, folders_of
from warraq.publish.tree import Mark

if TYPE_CHECKING:
    from warraq.search.index_store import IndexStore

_SCHEMA = """
create table if not exists source (
    path text primary key, kind text, key text,
    size int, mtime int, ctime int, inode int, seen int, digest blob, problems blob
) without rowid;
create index if not exists source_key on source (kind, key);
create index if not exists source_problems on source (path) where problems != x'90';
create table if not exists text (path text primary key, words text, entry blob);
create table if not exists names (
    kind text, name text, path text, primary key (kind, name, path)
) without rowid;
create index if not exists names_path on names (path);
create table if not exists edited (path text primary key, commits blob) without rowid;
create table if not exists page (
    path text primary key, template text, fingerprint blob,
    size int, mtime int, digest blob, spec blob
) without rowid;
create index if not exists page_template on page (template) where spec != x'';
create index if not exists page_other on page (template, path) where spec = x'';
create index if not exists page_shallow on page (path) where path not glob '*/*/*';
create index if not exists page_hidden on page (path) where '/' || path glob '*/.*';
create table if not exists folder (path text primary key, mtime int) without rowid;
create table if not exists folded (fold text, path text, primary key (fold, path)) without rowid;
create index if not exists folded_path on folded (path);
create table if not exists meta (name text primary key, value text) without rowid;
"""
_CONTRADICTIONS = (
    """select 1 from source where kind not in ('media', 'static')
       group by kind, key having count(*) > 1 limit 1""",
    """select 1 from names left join source on source.kind = names.kind and key = name
       where names.kind not in ('credit', 'topics', 'authors') and source.path is null limit 1""",
    """select 1 from names join source using (path)
       where names.kind = 'articles' and name = key limit 1""",
    """select 1 from story_member left join source on kind = 'articles' and key = story_member.id
       where path is null limit 1""",
    """select 1 from card join card original on original.id = card.copy_of
       where card.state = 2 and original.state = 3 limit 1""",
    """select 1 from card join card first on first.id = card.same_text_as
       where card.same_text_as != '' and first.copy_of || first.same_text_as != '' limit 1""",
)
_SAME = """select path, spec from page where path = ?1
           union select path, spec from folded join page using (path) where fold = ?1"""
_BELOW = """select path, spec from page where path > ?1 and path < ?2
            union select path, spec from folded join page using (path)
            where fold > ?1 and fold < ?2"""
_problems_of = msgspec.msgpack.Decoder(tuple[Problem, ...]).decode
_encode = msgspec.msgpack.Encoder().encode
UNTRUSTED = -1  # the stamp of a folder whose files are to be looked at again
_HELD = 16 << 10  # KB of each file's pages in memory; the system holds more, and more cheaply
_MAPPED = 1 << 32  # bytes of the rows read without a call to the system for each


class SourceFile(NamedTuple):
    """A content file as it was read; `read_at` is the clock (ns) just before."""

    path: str
    kind: str
    key: str
    stamp: FileStamp
    read_at: int
    digest: bytes
    problems: tuple[Problem, ...] = ()


class OutputRecord(msgspec.Struct, frozen=True, array_like=True):
    """A file of the output, with its mark on disk.

    A page has a `fingerprint` of its view, a template, and a `spec` (msgpack of render's Page). For
    any other file `template` is its group, and `spec` is empty.
    """

    path: str
    template: str
    mark: Mark
    digest: bytes
    fingerprint: bytes = b""
    spec: bytes = b""


@contextmanager
def cache_of(site: Path, into: Path, key: str, *, clean: bool = False) -> "Iterator[Cache]":
    """Lock and yield the cache of builds of `site` into `into`.

    It is empty if `clean`, or unless it was sealed with the same `key`. Raises WarraqError (exit
    code 3) when another run has it.
    """
    folder, name = site / ".warraq", _name(site, into)
    with (
        locked(folder / f"cache{name}.lock", "cache-busy"),
        closing(Cache(folder, name, key, clean=clean)) as cache,
    ):
        yield cache


def rows_of(site: Path, into: Path) -> Path:
    """Return the file of the rows that builds of `site` into `into` keep; it may not exist."""
    return site / ".warraq" / f"cache{_name(site, into)}.db"


def _name(site: Path, into: Path) -> str:
    """Return the suffix of the cache of `into`: each output has its own cache.

    An output inside the site keeps its cache when the site's folder is moved.
    """
    place, home = into.resolve(), site.resolve()
    if place == (site / "public").resolve():
        return ""
    named = place.relative_to(home) if place.is_relative_to(home) else place
    return f"-{place.name}-{hashlib.blake2b(os.fsencode(named), digest_size=4).hexdigest()}"


class Cache:
    """The rows of one site's builds into one folder."""

    def __init__(self, folder: Path, name: str, key: str, *, clean: bool) -> None:
        """Open the files of this `name`; empty if `clean` or unless the seal fits."""
        self.file = folder / f"cache{name}.db"
        self._files = (self.file, folder / f"search{name}.db")
        self._seal = folder / f"cache{name}.seal"
        self._key = key
        if clean or not self.is_sealed:
            self._discard()
        with ExitStack() as opened:
            self.rows = _opened(self.file, opened)
            prepare(self.rows).executescript(_SCHEMA)
            self._until_closed = opened.pop_all()

    @property
    def search(self) -> "IndexStore":
        """The search index's own rows."""
        return self._index[1]

    @cached_property
    def _index(self) -> "tuple[sqlite3.Connection, IndexStore]":
        from warraq.search.index_store import IndexStore  # noqa: PLC0415 - brings NumPy

        rows = _opened(self._files[1], self._until_closed)
        return rows, IndexStore(rows)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever stored in it."""
        return self.rows.execute("select 1 from source limit 1").fetchone() is None

    @contextmanager
    def changing(self, *, index: bool = True) -> Iterator[None]:
        """Run the block in a transaction of these rows, and of the search `index`'s unless False.

        If a row changed, the cache is invalid until it is sealed.
        """
        both = (self.rows, self._index[0]) if index else (self.rows,)
        before = [rows.total_changes for rows in both]
        for rows in both:
            rows.execute("begin")
        try:
            yield
        except BaseException:
            for rows in both:
                rows.execute("rollback")
            raise
        if [rows.total_changes for rows in both] != before:
            self._seal.unlink(missing_ok=True)
        for rows in both:
            rows.execute("commit")

    def seal(self) -> None:
        """Close the files and record their state, so that the next run may trust them."""
        self.close()
        write_seal(self._seal, self._key, self._files)

    def close(self) -> None:
        """Close the files; unless sealed, the next run starts with an empty cache."""
        self._until_closed.close()

    # Content files

    def stamps(self) -> dict[str, tuple[int, ...]]:
        """Return path → stamp, then the clock (ns) just before, of every content file read."""
        query = "select path, size, mtime, ctime, inode, seen from source"
        return {row[0]: row[1:] for row in self.rows.execute(query)}

    def pictures(self) -> Iterator[str]:
        """Yield the paths of the pictures in content/media."""
        query = "select path from source where kind = 'media'"
        return (path for (path,) in self.rows.execute(query))

    def paths_missing_pictures(self) -> Iterator[str]:
        """Yield the paths of the content files that show a picture that does not exist."""
        query = """select distinct source.path from picture join source using (kind, key)
                   left join source as file on file.path = 'content/' || picture.path
                   where file.path is null and picture.path like 'media/%' order by source.path"""
        return (path for (path,) in self.rows.execute(query).fetchall())

    def digest_of(self, path: str) -> bytes:
        """Return the digest of a content file as it was read, b"" if it is not known."""
        row = self.rows.execute("select digest from source where path = ?", (path,)).fetchone()
        return row[0] if row else b""

    def put_stamps(self, stamps: Iterable[tuple[str, FileStamp, int]]) -> None:
        """Store (path, stamp, clock) of content files with unchanged bytes."""
        self.rows.executemany(
            "update source set size = ?, mtime = ?, ctime = ?, inode = ?, seen = ? where path = ?",
            ((*stamp, seen, path) for path, stamp, seen in stamps),
        )

    def put_sources(self, sources: Iterable[SourceFile]) -> None:
        """Store content files, replacing those already stored."""
        self.rows.executemany(
            "insert or replace into source values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (s.path, s.kind, s.key, *s.stamp, s.read_at, s.digest, _encode(s.problems))
                for s in sources
            ),
        )

    def drop_sources(self, paths: Iterable[str]) -> None:
        """Delete content files, and what was derived from them."""
        gone = [(path,) for path in paths]
        for table in ("source", "text", "names"):
            self.rows.executemany(f"delete from {table} where path = ?", gone)  # noqa: S608 - our own words

    def warnings(self) -> tuple[Problem, ...]:
        """Return the problems of all content files as of when they were read."""
        query = "select problems from source where problems != x'90' order by path"
        return tuple(p for (data,) in self.rows.execute(query) for p in _problems_of(data))

    # What articles name: the keys their front matter asserts, and outlets credited by name

    def put_texts(self, texts: Iterable[tuple[str, str, bytes]]) -> None:
        """Store (path, words, entry) of articles."""
        self.rows.executemany("insert or replace into text values (?, ?, ?)", texts)

    def put_names(self, named: Mapping[str, Iterable[tuple[str, str]]]) -> None:
        """Store the (kind, key or name) that the article at each path asserts."""
        self.rows.executemany("delete from names where path = ?", ((path,) for path in named))
        rows = ((kind, name, path) for path, names in named.items() for kind, name in names)
        self.rows.executemany("insert or ignore into names values (?, ?, ?)", rows)

    def paths_referencing(self, kind: str, name: str) -> Iterator[str]:
        """Yield the paths of the articles that assert this key or name."""
        query = "select path from names where kind = ? and name = ?"
        return (path for (path,) in self.rows.execute(query, (kind, name)).fetchall())

    def paths_of_ids(self, ids: Iterable[str]) -> Iterator[str]:
        """Yield the paths of the articles with these ids."""
        query = "select path from source where kind = 'articles' and key = ?"
        for ident in ids:
            yield from (path for (path,) in self.rows.execute(query, (ident,)).fetchall())

    def paths_containing(self, words: Sequence[str]) -> Iterator[str]:
        """Yield the paths of the articles whose text may hold all of `words`."""
        wanted = " and ".join("instr(words, ?)" for _ in words)
        query = f"select path from text where {wanted}"  # noqa: S608 - only question marks vary
        return (path for (path,) in self.rows.execute(query, tuple(words)).fetchall())

    # Commits, of the articles that were edited

    def commits(self) -> dict[str, bytes]:
        """Return path → commits (msgpack)."""
        return dict(self.rows.execute("select path, commits from edited").fetchall())

    def put_commits(self, commits: dict[str, bytes]) -> None:
        """Replace all commits."""
        self.rows.execute("delete from edited")
        self.rows.executemany("insert into edited values (?, ?)", commits.items())

    def key_of(self, path: str) -> str:
        """Return the key or id that the content file at `path` had when it was read, "" if none."""
        row = self.rows.execute("select key from source where path = ?", (path,)).fetchone()
        return row[0] if row else ""

    def is_inconsistent(self) -> bool:
        """Whether content files contradict each other: an id twice, a key without its file.

        `content.store` says what exactly is wrong; here it only must not be overlooked.
        """
        return any(self.rows.execute(query).fetchone() for query in _CONTRADICTIONS)

    # Output files

    def digests(self) -> dict[str, bytes]:
        """Return path → digest of the bytes of every output file."""
        return dict(self.rows.execute("select path, digest from page").fetchall())

    def fingerprints(self, paths: Iterable[str] | None = None) -> dict[str, bytes]:
        """Return path → fingerprint of all pages, or of those at `paths`."""
        if paths is None:
            query = "select path, fingerprint from page where spec != x''"
            return dict(self.rows.execute(query).fetchall())
        query = "select path, fingerprint from page where path = ? and spec != x''"
        rows = (self.rows.execute(query, (path,)).fetchone() for path in paths)
        return dict(filter(None, rows))

    def page_specs(self, templates: Iterable[str], paths: Iterable[str]) -> Iterator[bytes]:
        """Yield the specs of the pages rendered by one of `templates`, and of those at `paths`."""
        for column, values in (("template", templates), ("path", paths)):
            query = f"select spec from page where {column} = ? and spec != x''"  # noqa: S608 - our own words
            for value in values:
                yield from (spec for (spec,) in self.rows.execute(query, (value,)).fetchall())

    def non_page_files(self) -> dict[str, set[str]]:
        """Return group → paths of the output files other than pages."""
        found: dict[str, set[str]] = defaultdict(set)
        for group, path in self.rows.execute("select template, path from page where spec = x''"):
            found[group].add(path)
        return found

    def page_at(self, path: str) -> bytes:
        """Return the spec of the page at `path`, b"" if there is none."""
        row = self.rows.execute("select spec from page where path = ?", (path,)).fetchone()
        return row[0] if row else b""

    def near(self, path: str) -> Iterator[tuple[str, bytes]]:
        """Yield (path, spec) of the output files that may conflict with one at `path`.

        Those with a path that some file system takes for the same, at the path of one of its
        folders, or in a folder of its name (`base.urls`).
        """
        fold = folded_path(path)
        for same in (fold, *folders_of(fold)):
            yield from self.rows.execute(_SAME, (same,)).fetchall()
        yield from self.rows.execute(_BELOW, (f"{fold}/", f"{fold}0")).fetchall()

    def put_pages(self, pages: Iterable[OutputRecord]) -> None:
        """Store output files."""
        pages = list(pages)
        odd = ((fold, p.path) for p in pages if (fold := folded_path(p.path)) != p.path)
        self.rows.executemany("insert or ignore into folded values (?, ?)", odd)
        self.rows.executemany(
            "insert or replace into page values (?, ?, ?, ?, ?, ?, ?)",
            (
                (p.path, p.template, p.fingerprint, p.mark.size, p.mark.mtime, p.digest, p.spec)
                for p in pages
            ),
        )

    def drop_pages(self, paths: Iterable[str]) -> None:
        """Delete output files."""
        gone = [(path,) for path in paths]
        for table in ("page", "folded"):
            self.rows.executemany(f"delete from {table} where path = ?", gone)  # noqa: S608 - our own words

    def output_size(self) -> int:
        """Return how many files the output holds."""
        number: int = self.rows.execute("select count(*) from page").fetchone()[0]
        return number

    # Folders of the output: "" and paths that end in "/", with mtime (ns) or UNTRUSTED

    def number_of_folders(self) -> int:
        """Return how many folders of the output are known."""
        number: int = self.rows.execute("select count(*) from folder").fetchone()[0]
        return number

    def folder_at(self, number: int) -> str:
        """Return the path of a folder by its number, in order of path from 0."""
        query = "select path from folder order by path limit 1 offset ?"
        path: str = self.rows.execute(query, (number,)).fetchone()[0]
        return path

    def is_known_folder(self, path: str) -> bool:
        """Whether the folder at `path` is known."""
        query = "select 1 from folder where path = ?"
        return self.rows.execute(query, (path,)).fetchone() is not None

    def put_folders(self, stamps: Iterable[tuple[str, int | None]]) -> None:
        """Store (path, stamp) of folders, None for one that is gone."""
        stamps = list(stamps)
        gone = [(path,) for path, stamp in stamps if stamp is None]
        self.rows.executemany("delete from folder where path = ?", gone)
        there = (each for each in stamps if each[1] is not None)
        self.rows.executemany("insert or replace into folder values (?, ?)", there)

    # Single values: digests of templates, of the history's head…

    def meta(self, name: str) -> str:
        """Return a stored value, "" if there is none."""
        row = self.rows.execute("select value from meta where name = ?", (name,)).fetchone()
        return row[0] if row else ""

    def put_meta(self, name: str, value: str) -> None:
        """Store a value."""
        self.rows.execute("insert or replace into meta values (?, ?)", (name, value))

    @property
    def is_sealed(self) -> bool:
        """Whether the files are as the last build closed them."""
        return is_sealed(self._seal, self._key, self._files)

    def _discard(self) -> None:
        self._seal.unlink(missing_ok=True)
        for file in self._files:
            for left in (file, *file.parent.glob(f"{file.name}-*")):
                left.unlink(missing_ok=True)


@contextmanager
def read_only(file: Path) -> Iterator[sqlite3.Connection]:
    """Connect to the rows at `file` for the length of a block that changes nothing."""
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as rows:
        rows.execute(f"pragma mmap_size = {_MAPPED}")
        yield rows


def _opened(file: Path, until_closed: ExitStack) -> sqlite3.Connection:
    rows = until_closed.enter_context(closing(sqlite3.connect(file, isolation_level=None)))
    rows.executescript(
        f"pragma journal_mode = memory; pragma synchronous = off; pragma cache_size = -{_HELD};"
    )
    return rows


def program_digest(*parts: bytes) -> str:
    """Return a digest of the program's own files and `parts`, to discard caches of any other."""
    package = str(Path(__file__).parents[1])
    total = hashlib.blake2b(digest_size=16)
    for folder, folders, names in os.walk(package):  # as strings: pathlib takes three times as long
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            if name.endswith((".py", ".yaml", ".js", ".txt")) and not name.startswith("."):
                path = f"{folder}/{name}"
                with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - as above
                    total.update(f"{path.removeprefix(package)}\0".encode() + file.read())
    for part in parts:
        total.update(len(part).to_bytes(8) + part)
    return total.hexdigest()
