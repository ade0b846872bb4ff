"""A seal: proof that files are as the same program closed them, without reading them.

It tells a key, which names the program and all that the files depend on, and size and mtime of each
file. The mtime is one that no clock shows: so whatever is written later breaks the seal, and
archivers, which keep it, do not.
"""

import os
from collections.abc import Iterable
from pathlib import Path

from warraq.base.files import write_atomic


def is_sealed(seal: Path, key: str, files: Iterable[Path]) -> bool:
    """Whether `seal` was written with this `key`, and `files` are as they were then."""
    try:
        return seal.read_text("ascii") == _expected(key, files)
    except (OSError, ValueError):
        return False


def write_seal(seal: Path, key: str, files: Iterable[Path]) -> None:
    """Seal `files`, which must be closed; OSError if the disk refuses."""
    files = tuple(files)
    for file in files:
        _fsync_with_random_mtime(file)
    write_atomic(seal, _expected(key, files).encode())


def _expected(key: str, files: Iterable[Path]) -> str:
    stats = (file.stat() for file in files)
    return "\n".join((key, *(f"{s.st_size} {s.st_mtime_ns}" for s in stats), ""))


def _fsync_with_random_mtime(file: Path) -> None:
    """Fsync `file` and give it a random mtime in the 1970s: no other file has the same one."""
    with file.open("ab") as stream:
        os.fsync(stream.fileno())
    moment = int.from_bytes(os.urandom(4)) % 10**8 * 10**9
    os.utime(file, ns=(moment, moment))
