"""`.warraq/cache.db`: what the last build read and wrote, so that the next does only what changed.

One SQLite file, rows keyed by path or id, never one blob to load whole. Beside it lies a seal: a
checksum of the file's bytes, and the digest of the program and settings it was made by. A cache
whose seal does not fit (cut, flipped, foreign, of another version, of a run that was killed) is
thrown away, which costs time and changes no byte of the site. So nothing here is ever synced.
"""

import hashlib
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import msgspec

from warraq.archive.catalogue import prepare
from warraq.base.files import write_whole
from warraq.base.problems import Problem
from warraq.content.scan import Stamp
from warraq.search.store import Store

_SCHEMA = """
create table if not exists source (
    path text primary key, kind text, key text,
    size int, mtime int, ctime int, inode int, seen int, problems blob
) without rowid;
create index if not exists source_key on source (kind, key);
create index if not exists source_problems on source (path) where problems != x'90';
create table if not exists text (path text primary key, words text) without rowid;
create table if not exists names (
    kind text, name text, path text, primary key (kind, name, path)
) without rowid;
create index if not exists names_path on names (path);
create table if not exists edited (path text primary key, commits blob) without rowid;
create table if not exists page (
    path text primary key, template text, print blob, size int, mtime int, plan blob
) without rowid;
create index if not exists page_template on page (template);
create table if not exists fact (name text primary key, value text) without rowid;
"""
_CONTRADICTIONS = (
    "select 1 from source where kind = 'articles' group by key having count(*) > 1 limit 1",
    """select 1 from names left join source on source.kind = names.kind and key = name
       where names.kind != 'credit' and source.path is null limit 1""",
    """select 1 from names join source using (path)
       where names.kind = 'articles' and name = key limit 1""",
    """select 1 from told left join source on kind = 'articles' and key = told.id
       where path is null limit 1""",
)
_problems_of = msgspec.msgpack.Decoder(tuple[Problem, ...]).decode
_encode = msgspec.msgpack.Encoder().encode


class Source(NamedTuple):
    """A content file as it was read; `seen` is the clock (ns) just before."""

    path: str
    kind: str
    key: str
    stamp: Stamp
    seen: int
    problems: tuple[Problem, ...] = ()


class Written(NamedTuple):
    """A file of the output: what it shows (`print`), by which template, and its stamp on disk."""

    path: str
    template: str
    print: bytes
    size: int
    mtime: int
    plan: bytes = b""

    def stamped(self, file: Path) -> "Written":
        """Return this with the stamp that `file`, its place in the output, has now."""
        stat = file.stat()
        return self._replace(size=stat.st_size, mtime=stat.st_mtime_ns)


class Cache:
    """The rows of one site's builds into one folder."""

    def __init__(self, folder: Path, version: str, *, clean: bool = False) -> None:
        """Open the cache in `folder`; start an empty one if `clean` or unless its seal fits."""
        folder.mkdir(parents=True, exist_ok=True)
        self.file = folder / "cache.db"
        self._seal = folder / "cache.seal"
        self._version = version
        if clean or not self._is_sealed():
            self._forget()
        self.rows = sqlite3.connect(self.file, isolation_level=None)
        self.rows.executescript(
            "pragma journal_mode = memory; pragma synchronous = off; pragma cache_size = -65536;"
        )
        prepare(self.rows).executescript(_SCHEMA)
        self.search = Store(self.rows)

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
        query = "select path, kind, key, size, mtime, ctime, inode, seen from source"
        for path, kind, key, size, mtime, ctime, inode, seen in self.rows.execute(query):
            yield Source(path, kind, key, Stamp(size, mtime, ctime, inode), seen)

    def put_sources(self, sources: Iterable[Source]) -> None:
        """Remember content files; one that is known already is replaced."""
        self.rows.executemany(
            "insert or replace into source values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ((s.path, s.kind, s.key, *s.stamp, s.seen, _encode(s.problems)) for s in sources),
        )

    def drop_sources(self, paths: Iterable[str]) -> None:
        """Forget content files, and what was taken from them."""
        gone = [(path,) for path in paths]
        for table in ("source", "text", "names"):
            self.rows.executemany(f"delete from {table} where path = ?", gone)  # noqa: S608 - our own words

    def warnings(self) -> tuple[Problem, ...]:
        """Return what was said of all content files when they were read."""
        query = "select problems from source where problems != x'90' order by path"
        return tuple(p for (data,) in self.rows.execute(query) for p in _problems_of(data))

    # What articles name: the keys their front matter asserts, and outlets credited by name

    def put_texts(self, texts: Iterable[tuple[str, str]]) -> None:
        """Remember (path, words) of articles."""
        self.rows.executemany("insert or replace into text values (?, ?)", texts)

    def put_names(self, path: str, names: Iterable[tuple[str, str]]) -> None:
        """Remember the (kind, key or name) that the article at `path` asserts."""
        self.rows.execute("delete from names where path = ?", (path,))
        self.rows.executemany(
            "insert or ignore into names values (?, ?, ?)", ((k, n, path) for k, n in names)
        )

    def naming(self, kind: str, name: str) -> Iterator[str]:
        """Yield the paths of the articles that assert this key or name."""
        query = "select path from names where kind = ? and name = ?"
        return (path for (path,) in self.rows.execute(query, (kind, name)).fetchall())

    def telling(self, ids: Iterable[str]) -> Iterator[str]:
        """Yield the paths of the articles with these ids."""
        query = "select path from source where kind = 'articles' and key = ?"
        for ident in ids:
            yield from (path for (path,) in self.rows.execute(query, (ident,)).fetchall())

    def holding(self, words: Sequence[str]) -> Iterator[str]:
        """Yield the paths of the articles whose text may hold all of `words`."""
        wanted = " and ".join("instr(words, ?)" for _ in words)
        query = f"select path from text where {wanted}"  # noqa: S608 - only question marks vary
        return (path for (path,) in self.rows.execute(query, tuple(words)).fetchall())

    # Commits, of the articles that were edited

    def commits(self) -> dict[str, bytes]:
        """Return path → commits (msgpack)."""
        return dict(self.rows.execute("select path, commits from edited").fetchall())

    def put_commits(self, commits: dict[str, bytes]) -> None:
        """Replace all that is known of commits."""
        self.rows.execute("delete from edited")
        self.rows.executemany("insert into edited values (?, ?)", commits.items())

    def key_of(self, path: str) -> str:
        """Return the key or id that the content file at `path` had when it was read, "" if none."""
        row = self.rows.execute("select key from source where path = ?", (path,)).fetchone()
        return row[0] if row else ""

    def is_inconsistent(self) -> bool:
        """Tell whether content files contradict each other: an id twice, a key without its file.

        What exactly is wrong, `content.store` says better; here it only must not be overlooked.
        """
        return any(self.rows.execute(query).fetchone() for query in _CONTRADICTIONS)

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

    def size_of_pages(self) -> int:
        """Return how many files the output holds."""
        number: int = self.rows.execute("select count(*) from page").fetchone()[0]
        return number

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
    total = size = 0
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(1 << 20):
            total, size = zlib.crc32(chunk, total), size + len(chunk)
    return f"{size}-{total:08x}"


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
