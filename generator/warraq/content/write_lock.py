"""Who may write to content/: one run at a time, lest two give one id or undo each other's work."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warraq.base.locks import locked


@contextmanager
def content_write_lock(site: Path) -> Iterator[None]:
    """Have content/ to this run during the block; WarraqError (exit code 3) if another has it."""
    with locked(site / ".warraq" / "content.lock", "content-busy"):
        yield
