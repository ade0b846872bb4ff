"""File locks: one run at a time may use what a lock is named after.

A lock is flock(2) on an open file, so the system releases it when its holder ends, however that
happens. A forked process closes its parent's locks at once: a child that outlived a killed parent
would otherwise block every later run.
"""

import fcntl
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
            _acquire(lock, wait=False)
        except BlockingIOError:
            raise WarraqError([error(busy, str(file.parent))], exit_code=3) from None
        yield


@contextmanager
def lock_when_free(file: Path) -> Iterator[None]:
    """Hold the lock at `file` during the block, waiting until it is free."""
    with _opened(file) as lock:
        _acquire(lock, wait=True)
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


def _acquire(lock: int, *, wait: bool) -> None:
    fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))


def _release_all() -> None:
    while _held:
        os.close(_held.pop())


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_release_all)
