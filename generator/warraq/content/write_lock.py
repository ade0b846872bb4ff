"""The lock on content/: concurrent writers could assign the same id or overwrite each other."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warraq.base.locks import locked


@contextmanager
def content_write_lock(site: Path) -> Iterator[None]:
    """Hold the lock during the block; WarraqError (exit code 3) if another run holds it."""
    with locked(site / ".warraq" / "content.lock", "content-busy"):
        yield
