"""Whether a file changed since it was last read, judged by its stamp as git does.

A file whose size, mtime, ctime and inode are as recorded is taken to be unchanged, unless it
was written so shortly before it was read that a later write could have the same stamp (git's
"racily clean" rule, Documentation/technical/racy-git): such a file is hashed again.
"""

import os
from collections.abc import Iterator
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

# Coarsest time stamp of a file system in use (FAT has 2 s); ext4 and tmpfs tick every 4 ms or less.
RACY_NS = 2_000_000_000


class FileStamp(NamedTuple):
    """File metadata that shows a change without opening the file; times in nanoseconds."""

    size: int
    mtime: int
    ctime: int
    inode: int

    @property
    def last_change(self) -> int:
        """When content or metadata changed last."""
        return max(self.mtime, self.ctime)


def stamps(root: Path, suffix: str) -> Iterator[tuple[str, FileStamp]]:
    """Yield (path relative to `root`, stamp) of the regular files ending in `suffix`, sorted.

    Hidden files and folders and links are skipped, as in `base.files.walk`.
    """
    folders = [""]
    while folders:
        folder = folders.pop()
        try:
            found = sorted(os.scandir(root / folder), key=attrgetter("name"))
        except FileNotFoundError:
            continue
        for entry in found:
            if entry.name.startswith(".") or entry.is_symlink():
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.append(f"{folder}{entry.name}/")
            elif entry.name.endswith(suffix) and entry.is_file(follow_symlinks=False):
                yield folder + entry.name, _stamp(entry.stat(follow_symlinks=False))


def stamp_of(file: Path) -> FileStamp:
    """Return the stamp of one file; OSError if there is none."""
    return _stamp(file.stat())


def _stamp(stat: os.stat_result) -> FileStamp:
    return FileStamp(stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)


def current_boot() -> str:
    """Return what names the present run of the machine's kernel, "" where that is not known."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        return ""


def is_racy(last_change: int, read_at: int) -> bool:
    """Whether a file that changed last at `last_change` (ns) may have changed unseen since.

    `read_at` is the clock (ns) of the same machine just before the file was read.
    """
    return last_change + RACY_NS >= read_at
