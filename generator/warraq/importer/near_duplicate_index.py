"""An index of article texts by their sketches, on disk, that finds near duplicates of a new text.

A hundred thousand articles have some four million sampled shingles: SQLite keeps them in
`.warraq/`, so that an import samples only what is new or was edited. The file may be deleted at any
time: that costs time and changes no byte.
"""

import json
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from pathlib import Path
from time import time_ns
from typing import NamedTuple

from warraq.base.file_stamps import FileStamp, is_racy, stamp_of
from warraq.base.files import content_digest
from warraq.base.seals import is_sealed, write_seal
from warraq.build.cache import program_digest
from warraq.intake.near_duplicates import (
    DUPLICATES,
    Copy,
    is_separate_text,
    overlap_share,
    shingles,
    sketch,
)

MOST = 5  # articles whose whole text is compared with a new one
KEPT, SEAL = ".warraq/copies.db", ".seal"
_UNSEEN = FileStamp(-1, 0, 0, 0)
# `rank`: 0, or the number of an article among those that the current run has imported.
_SCHEMA = """
create table if not exists article (
    number integer primary key, id text unique, size int, mtime int, ctime int, inode int, seen int,
    digest blob, hashes text, rank int
);
create table if not exists sketch (hash int, article int, primary key (hash, article))
    without rowid;
"""


class _Row(NamedTuple):
    """An article whose sketch is stored: its file when it was read, and its rank in this run."""

    id: str
    stamp: FileStamp
    seen: int
    digest: bytes
    rank: int = 0


class NearDuplicateIndex:
    """The sketches of all articles; whole bodies are fetched when needed."""

    def __init__(
        self, body_of: Callable[[str], str], file: Path | None = None, *, dry_run: bool = False
    ) -> None:
        """`body_of` returns the body of an article that was added, by its id.

        `file` holds the sketches of earlier imports; a `dry_run` reads it and does not change it.
        """
        self._body_of = body_of
        self._file = None if dry_run else file
        self._db = _opened(file, dry_run=dry_run)
        self._added = 0

    def close(self) -> None:
        """Save the sketches for later imports; if that fails, they compute them again."""
        with closing(self._db), suppress(sqlite3.Error, OSError):
            if self._file:
                self._db.commit()
                self._db.close()
                write_seal(self._file.with_suffix(SEAL), program_digest(), [self._file])

    def update(self, texts: Mapping[str, Path]) -> None:
        """Compute the sketches of what changed in `texts`, the articles' files by their ids."""
        known: dict[str, tuple[object, ...]] = {
            row[0]: row[1:]
            for row in self._db.execute(
                "select id, size, mtime, ctime, inode, seen, digest from article"
            )
        }
        for gone in known.keys() - texts.keys():
            self._forget(gone)
        for article_id in sorted(texts):
            self._update_one(article_id, texts[article_id], known.get(article_id))

    def _update_one(self, article_id: str, file: Path, known: tuple[object, ...] | None) -> None:
        seen = time_ns()
        try:
            stamp = stamp_of(file)
            is_same = known is not None and tuple(stamp) == known[:4]
            if known and is_same and not is_racy(stamp.last_change, int(str(known[4]))):
                return
            digest = content_digest(file.read_bytes())
        except OSError:  # a dry run has written nothing
            stamp, digest = _UNSEEN, b""
        if known and digest == known[5]:
            self._db.execute(
                "update article set size = ?, mtime = ?, ctime = ?, inode = ?, seen = ?"
                " where id = ?",
                (*stamp, seen, article_id),
            )
            return
        self._forget(article_id)
        self._put(_Row(article_id, stamp, seen, digest), sketch(self._body_of(article_id)))

    def add(self, article_id: str, hashes: tuple[int, ...], text: bytes = b"") -> None:
        """Add an article that was imported, by the sketch of its body; `text` is its file."""
        self._added += 1
        self._forget(article_id)
        self._put(_Row(article_id, _UNSEEN, 0, content_digest(text), self._added), hashes)

    def _put(self, row: _Row, hashes: tuple[int, ...]) -> None:
        number = self._db.execute(
            "insert into article values (null, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (row.id, *row.stamp, row.seen, row.digest, json.dumps(hashes), row.rank),
        ).lastrowid
        self._db.executemany(
            "insert into sketch values (?, ?)", ((value, number) for value in hashes)
        )

    def _forget(self, article_id: str) -> None:
        found = self._db.execute("select number, hashes from article where id = ?", (article_id,))
        for number, hashes in found.fetchall():
            rows = ((value, number) for value in json.loads(hashes))
            self._db.executemany("delete from sketch where hash = ? and article = ?", rows)
            self._db.execute("delete from article where number = ?", (number,))

    def find(self, hashes: tuple[int, ...], body: str) -> list[Copy]:
        """Return the articles that the text `body` of that sketch repeats, largest share first."""
        if not hashes:
            return []
        # A true copy shares about half the sampled shingles; a fifth leaves room for chance.
        least = max(2, 0.2 * min(len(hashes), DUPLICATES.min_shingles))
        alike = self._db.execute(
            "select article.id from sketch join article on number = sketch.article"
            " where hash in (select value from json_each(?))"
            " group by number having count(*) >= ? order by count(*) desc, rank, id limit ?",
            (json.dumps(hashes), least, MOST),
        ).fetchall()
        own = shingles(body) if alike else frozenset()
        if len(own) < DUPLICATES.min_shingles:
            return []
        found = (
            _compared(body, own, article_id, self._body_of(article_id)) for (article_id,) in alike
        )
        return sorted(filter(None, found), key=lambda copy: -copy.share)


def repeats(body: str, article_id: str, other: str) -> Copy | None:
    """Return how far `body` repeats `other`, the body of an article; None if it does not."""
    return _compared(body, shingles(body), article_id, other)


def _compared(body: str, own: frozenset[int], article_id: str, other: str) -> Copy | None:
    share = overlap_share(own, shingles(other))
    if share < DUPLICATES.min_share or (another := is_separate_text(body, other)):
        return None
    return Copy(article_id, share, another is False and share >= DUPLICATES.sure_share)


def _opened(file: Path | None, *, dry_run: bool) -> sqlite3.Connection:
    """Return the database in `file` if it was sealed; a `dry_run` gets a copy of it."""
    whole = file is not None and is_sealed(file.with_suffix(SEAL), program_digest(), [file])
    if file and not dry_run:
        file.parent.mkdir(exist_ok=True)
        file.with_suffix(SEAL).unlink(missing_ok=True)
        if not whole:
            file.unlink(missing_ok=True)
    db = sqlite3.connect(file if file and not dry_run else "")
    if file and dry_run and whole:
        with closing(sqlite3.connect(file)) as kept:
            kept.backup(db)
    db.execute("pragma cache_size = -32768")  # KiB: 2,000 would not hold 3,000 texts
    db.executescript(_SCHEMA)
    db.execute("update article set rank = 0 where rank != 0")
    return db
