"""Locks: one run at a time does what a lock is named after; whoever holds it takes it along.

A lock is the system's own on an open file, so it is gone when its holder is, however that ended. A
process that is forked lets go at once of what its parent holds: a child that outlives a killed
parent would else keep every later run out.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warraq.base.problems import WarraqError, error

_held: set[int] = set()


@contextmanager
def locked(file: Path, busy: str) -> Iterator[None]:
    """Hold the lock at `file` during the block.

    Raises WarraqError (exit code 3) with the code `busy` when another run holds it.
    """
    with _opened(file) as lock:
        try:
            _take(lock, wait=False)
        except BlockingIOError:
            raise WarraqError([error(busy, str(file.parent))], exit_code=3) from None
        yield


@contextmanager
def lock_when_free(file: Path) -> Iterator[None]:
    """Hold the lock at `file` during the block; wait for it as long as it takes."""
    with _opened(file) as lock:
        _take(lock, wait=True)
        yield


@contextmanager
def _opened(file: Path) -> Iterator[int]:
    file.parent.mkdir(parents=True, exist_ok=True)
    lock = os.open(file, os.O_RDWR | os.O_CREAT, 0o644)
    _held.add(lock)
    try:
        yield lock
    finally:
        if lock in _held:
            _held.remove(lock)
            os.close(lock)


def _take(lock: int, *, wait: bool) -> None:
    import fcntl  # noqa: PLC0415 - POSIX only, and wanted only here

    fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))


def _let_go() -> None:
    while _held:
        os.close(_held.pop())


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go)
