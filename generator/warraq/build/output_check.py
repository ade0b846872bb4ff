"""Which files of the output are not as the last build wrote them. Reads, changes nothing.

A file that is added, removed or replaced changes the time stamp of its folder. So each folder is
asked for its stamp, and only in those that changed are files looked at. All files are looked at by
`verify`, and after the machine was started: power may have taken what was not synced
(docs/decisions/0046-stamps-of-folders.md).
"""

import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from stat import S_ISDIR
from typing import NamedTuple

from warraq.base.file_stamps import current_boot, is_racy
from warraq.base.files import digest_at
from warraq.build.build_context import BuildOptions
from warraq.build.cache import UNTRUSTED, Cache, read_only
from warraq.publish.tree import hidden_files, is_hidden

_Recorded = tuple[str, int, int, bytes]  # path, size, mtime and digest of a file
_FILES = "select path, size, mtime, digest from page where "
_IN_ROOT = f"{_FILES} path not glob '*/*/*'"
_IN_TOP = f"{_IN_ROOT} and path > ? and path < ?"
_BELOW = f"{_FILES} path > ? and path < ?"
_HIDDEN = f"{_FILES} '/' || path glob '*/.*'"


class OutputDifference(NamedTuple):
    """Paths of missing or modified files, and of untracked ones.

    `folders` are the new stamps (mtime in ns) of folders: UNTRUSTED if their files are to be looked
    at again, None for a folder that is gone. Paths of folders end in "/", that of the output is "".
    """

    modified: set[str]
    untracked: set[str]
    folders: dict[str, int | None]


@contextmanager
def checking_output(
    cache: Cache, into: Path, options: BuildOptions
) -> Iterator[Callable[[], OutputDifference]]:
    """Check the output while the block runs, in several processes if it is large.

    Yield a function that returns the result. Files that are looked at are compared by size and time
    stamp, and if `options.verify` by digest too.
    """
    size, jobs, verify = cache.number_of_folders(), options.jobs, options.verify
    boot = current_boot()
    every = verify or not boot or boot != cache.meta("boot")
    if jobs == 1 or size < options.parallel_from.folders:
        yield lambda: _check(_Share(cache.file, into, "", "", every, verify))
        return
    from warraq.base.processes import process_pool  # noqa: PLC0415 - slow to import

    cuts = (cache.folder_at(size * share // jobs) for share in range(1, jobs))
    bounds = pairwise(("", *cuts, ""))
    shares = [_Share(cache.file, into, low, high, every, verify) for low, high in bounds]
    with process_pool(jobs) as executor:
        results = executor.map(_check, shares)
        yield lambda: _joined(results)


def stamps_after(
    paths: Iterable[str], into: Path, *, is_known: Callable[[str], bool], published: int
) -> Iterator[tuple[str, int | None]]:
    """Yield (folder, stamp) of the folders of the files at `paths`, which were written or removed.

    `published` is the clock (ns) before publication. A new folder that changed last before that was
    moved as a whole from the stage, where nobody else writes. Any other is UNTRUSTED, also the one
    that a new folder lies in, or lay in that is gone: not even the stamp of before may fit, or a
    copy of before that is put back would pass. Hidden folders are left out: they may be others'.
    """
    seen: set[str] = set()
    folders = {_folder_of(path) for path in paths if not is_hidden(path)}
    while folders:
        seen |= folders
        above = set[str]()
        for folder in folders:
            mtime = _mtime(into, folder)
            is_new = mtime is not None and not is_known(folder)
            if folder and (is_new or mtime is None):
                above.add(_folder_of(folder[:-1]))
            yield folder, _trusted(mtime, published) if is_new or mtime is None else UNTRUSTED
        folders = above - seen


def _folder_of(path: str) -> str:
    return path[: path.rfind("/") + 1]


class _Share(NamedTuple):
    """The folders of `into` with paths in [low, high) ("": no end), and the `rows` they are in.

    If `every`, all files are looked at.
    """

    rows: Path
    into: Path
    low: str
    high: str
    every: bool
    verify: bool


def _check(share: _Share) -> OutputDifference:
    with read_only(share.rows) as rows:
        check = _Check(share, rows)
        if not share.low:
            check.look_at_hidden()
        lost = _lost_above(share.low, share.into)
        for folder, stamp in check.known.items():  # in order of path: what is above comes before
            mtime = None if lost and folder.startswith(lost) else _mtime(share.into, folder)
            if mtime is None and folder:
                lost = lost if lost and folder.startswith(lost) else folder
            if share.every or mtime is None or mtime != stamp:
                check.look_into(folder, mtime)
    return check.found


class _Check:
    """The check of one share, as far as it got."""

    def __init__(self, share: _Share, rows: sqlite3.Connection) -> None:
        self._share, self._rows, self._clock = share, rows, time.time_ns()
        query, values = "select path, mtime from folder where path >= ?", [share.low]
        if share.high:
            query, values = f"{query} and path < ?", [share.low, share.high]
        self.known: dict[str, int] = {} if share.low else {"": UNTRUSTED}
        self.known.update(rows.execute(f"{query} order by path", values).fetchall())
        self.found = OutputDifference(set(), set(), {})

    def look_into(self, folder: str, mtime: int | None) -> None:
        """Compare the files of a folder with the stamp `mtime`, and those of unknown ones in it."""
        folders = [(folder, mtime)]
        while folders:
            folder, mtime = folders.pop()
            entries = [] if mtime is None else _entries(f"{self._share.into}/{folder}")
            inner = [e for e in entries if e.is_dir(follow_symlinks=False)]
            files = ((folder + e.name, e) for e in entries if not e.is_dir(follow_symlinks=False))
            is_clean = self._compare(files, self._recorded(folder))
            stamp = _trusted(mtime, self._clock) if is_clean else UNTRUSTED
            if stamp != self.known.get(folder):
                self.found.folders[folder] = stamp
            new = [path for e in inner if not self._is_known(path := f"{folder}{e.name}/")]
            folders += [(path, _mtime(self._share.into, path)) for path in new]

    def look_at_hidden(self) -> None:
        """Compare the hidden files, which may lie in folders of others."""
        into = self._share.into
        files = ((path, into / path) for path in hidden_files(into))
        self._compare(files, self._rows.execute(_HIDDEN))

    def _recorded(self, folder: str) -> Iterator[_Recorded]:
        """Yield the rows of the files that lie in this very folder and are not hidden."""
        depth, span = folder.count("/"), (folder, f"{folder[:-1]}0")  # "0" follows "/"
        query = (_IN_ROOT, _IN_TOP, _BELOW)[min(depth, 2)]
        name = len(folder)  # where it begins in a path
        for row in self._rows.execute(query, span if depth else ()):
            if row[0].rfind("/") + 1 == name and row[0][name] != ".":
                yield row

    def _compare(
        self, files: Iterable[tuple[str, "os.DirEntry[str] | Path"]], recorded: Iterable[_Recorded]
    ) -> bool:
        """Note the differences between `files` and what is `recorded`; return if there is none."""
        modified, untracked = {row[0]: row[1:] for row in recorded}, set[str]()
        for path, entry in files:
            known = modified.get(path)
            if known is None:
                untracked.add(path)
                continue
            size, mtime, digest = known
            stat = entry.stat(follow_symlinks=False)
            is_same = (size, mtime) == (stat.st_size, stat.st_mtime_ns)
            if is_same and not (
                self._share.verify and digest_at(self._share.into / path) != digest
            ):
                del modified[path]
        self.found.modified.update(modified)
        self.found.untracked.update(untracked)
        return not modified and not untracked

    def _is_known(self, folder: str) -> bool:
        query = "select 1 from folder where path = ?"
        return folder in self.known or bool(self._rows.execute(query, (folder,)).fetchone())


def _entries(folder: str) -> list["os.DirEntry[str]"]:
    """Return what is in a folder but for hidden names; nothing if it is gone."""
    try:
        with os.scandir(folder) as entries:
            return [entry for entry in entries if not entry.name.startswith(".")]
    except FileNotFoundError:
        return []


def _lost_above(folder: str, into: Path) -> str:
    """Return the first folder above `folder` that is gone or a link, "" if there is none."""
    above = (folder[: at + 1] for at, letter in enumerate(folder[:-1]) if letter == "/")
    return next((each for each in above if _mtime(into, each) is None), "")


def _mtime(into: Path, folder: str) -> int | None:
    """Return the mtime (ns) of a folder of the output, None if there is no such folder."""
    try:
        stat = os.lstat(f"{into}/{folder}"[:-1])  # with the final "/" a link would be followed
    except (FileNotFoundError, NotADirectoryError):
        return None
    return stat.st_mtime_ns if S_ISDIR(stat.st_mode) else None


def _trusted(mtime: int | None, clock: int) -> int | None:
    """Return the stamp of a folder whose files were as recorded after `clock` (ns)."""
    return UNTRUSTED if mtime is not None and is_racy(mtime, clock) else mtime


def _joined(results: Iterable[OutputDifference]) -> OutputDifference:
    joined = OutputDifference(set(), set(), {})
    for found in results:
        for whole, part in zip(joined, found, strict=True):
            whole.update(part)  # type: ignore[attr-defined] # each is a set or a dict
    return joined
