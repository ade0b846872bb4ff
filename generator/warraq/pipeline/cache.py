"""`.warraq/cache.db`: what the last build read and wrote, so that the next does only what changed.

One SQLite file, rows keyed by path or id, never one blob to load whole. Beside it lies a seal: a
checksum of the file's bytes, and the digest of the program and settings it was made by. A cache
whose seal does not fit (cut, flipped, foreign, of another version, of a run that was killed) is
thrown away, which costs time and changes no byte of the site. So nothing here is ever synced.
"""

import hashlib
import mmap
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import msgspec

from warraq.archive.catalogue import prepare
from warraq.base.files import write_whole
from warraq.base.problems import Problem
from warraq.content.scan import Stamp

_SCHEMA = """
create table if not exists source (
    path text primary key, kind text, key text,
    size int, mtime int, ctime int, inode int, seen int, digest blob, problems blob
) without rowid;
create index if not exists source_key on source (kind, key);
create index if not exists source_problems on source (path) where problems != x'90';
create table if not exists words (id text primary key, words text) without rowid;
create table if not exists record (id text primary key, data blob) without rowid;
create table if not exists reference (
    kind text, key text, path text, primary key (kind, key, path)
) without rowid;
create table if not exists page (
    path text primary key, template text, print blob, size int, mtime int, plan blob
) without rowid;
create index if not exists page_template on page (template);
create table if not exists fact (name text primary key, value text) without rowid;
"""
_problems_of = msgspec.msgpack.Decoder(tuple[Problem, ...]).decode
_encode = msgspec.msgpack.Encoder().encode


class Source(NamedTuple):
    """A content file as read: `seen` is the clock (ns) before that, `digest` that of its bytes."""

    path: str
    kind: str
    key: str
    stamp: Stamp
    seen: int
    digest: bytes
    problems: tuple[Problem, ...] = ()


class Written(NamedTuple):
    """A file of the output: what it shows (`print`), by which template, and its stamp on disk."""

    path: str
    template: str
    print: bytes
    size: int
    mtime: int
    plan: bytes = b""


class Cache:
    """The rows of one site's builds into one folder."""

    def __init__(self, folder: Path, version: str) -> None:
        """Open the cache in `folder`; start an empty one unless its seal fits `version`."""
        folder.mkdir(parents=True, exist_ok=True)
        self.file = folder / "cache.db"
        self._seal = folder / "cache.seal"
        self._version = version
        if not self._is_sealed():
            self._forget()
        self.rows = sqlite3.connect(self.file, isolation_level=None)
        self.rows.executescript(
            "pragma journal_mode = memory; pragma synchronous = off; pragma cache_size = -65536;"
        )
        prepare(self.rows).executescript(_SCHEMA)

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was ever read into it."""
        return self.rows.execute("select 1 from source limit 1").fetchone() is None

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Change rows for good, or not at all when the block raises.

        From then on, until `seal` is called, the file is worth nothing to a next run.
        """
        self.rows.execute("begin")
        try:
            yield
        except BaseException:
            self.rows.execute("rollback")
            raise
        self._seal.unlink(missing_ok=True)
        self.rows.execute("commit")

    def seal(self) -> None:
        """Close the file and vouch for its bytes."""
        self.rows.close()
        write_whole(self._seal, self._expected().encode())

    def close(self) -> None:
        """Close the file; unless it was sealed or never changed, the next run starts anew."""
        self.rows.close()

    # Content files

    def sources(self) -> Iterator[Source]:
        """Yield every content file read, in no order; problems left out."""
        query = "select path, kind, key, size, mtime, ctime, inode, seen, digest from source"
        for path, kind, key, size, mtime, ctime, inode, seen, digest in self.rows.execute(query):
            yield Source(path, kind, key, Stamp(size, mtime, ctime, inode), seen, digest)

    def put_sources(self, sources: Iterable[Source]) -> None:
        """Remember content files; one that is known already is replaced."""
        self.rows.executemany(
            "insert or replace into source values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (s.path, s.kind, s.key, *s.stamp, s.seen, s.digest, _encode(s.problems))
                for s in sources
            ),
        )

    def drop_sources(self, paths: Iterable[str]) -> None:
        """Forget content files."""
        self.rows.executemany("delete from source where path = ?", ((path,) for path in paths))

    def warnings(self) -> tuple[Problem, ...]:
        """Return what was said of all content files when they were read."""
        query = "select problems from source where problems != x'90' order by path"
        return tuple(p for (data,) in self.rows.execute(query) for p in _problems_of(data))

    def path_of(self, kind: str, key: str) -> str:
        """Return the path of a content file by its kind and key, "" if there is none."""
        query = "select path from source where kind = ? and key = ?"
        row = self.rows.execute(query, (kind, key)).fetchone()
        return row[0] if row else ""

    # Output files

    def pages(self) -> Iterator[Written]:
        """Yield every output file, by path."""
        query = "select path, template, print, size, mtime, plan from page order by path"
        for row in self.rows.execute(query):
            yield Written(*row)

    def put_pages(self, pages: Iterable[Written]) -> None:
        """Remember output files."""
        self.rows.executemany("insert or replace into page values (?, ?, ?, ?, ?, ?)", pages)

    def drop_pages(self, paths: Iterable[str]) -> None:
        """Forget output files."""
        self.rows.executemany("delete from page where path = ?", ((path,) for path in paths))

    # Single facts: digests of templates, of the history's head…

    def fact(self, name: str) -> str:
        """Return a remembered fact, "" when there is none."""
        row = self.rows.execute("select value from fact where name = ?", (name,)).fetchone()
        return row[0] if row else ""

    def put_fact(self, name: str, value: str) -> None:
        """Remember a fact."""
        self.rows.execute("insert or replace into fact values (?, ?)", (name, value))

    def _is_sealed(self) -> bool:
        try:
            return self._seal.read_text("ascii") == self._expected()
        except (OSError, ValueError):
            return False

    def _expected(self) -> str:
        return f"{self._version} {checksum(self.file)}\n"

    def _forget(self) -> None:
        self._seal.unlink(missing_ok=True)
        self.file.unlink(missing_ok=True)
        for left in self.file.parent.glob("cache.db-*"):
            left.unlink(missing_ok=True)


def checksum(path: Path) -> str:
    """Return size and CRC-32 of a file; OSError if it cannot be read.

    Against accidents, not against enemies: of the digests Python has, the one that reads fastest.
    """
    size = path.stat().st_size
    if not size:
        return "0-0"
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return f"{size}-{zlib.crc32(content):08x}"


def program_digest(*parts: bytes) -> str:
    """Return a digest of the program's own files and `parts`: a cache of another is worthless."""
    package = Path(__file__).parents[1]
    total = hashlib.blake2b(digest_size=16)
    for path in sorted(package.rglob("*")):
        if path.suffix in {".py", ".yaml", ".js", ".txt"}:
            total.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    for part in parts:
        total.update(len(part).to_bytes(8) + part)
    return total.hexdigest()
