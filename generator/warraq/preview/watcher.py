"""Watch folders and files and call back on changes. The only module that uses watchdog."""

import logging
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

# Without «opened» and «closed_no_write», which the rebuild itself would trigger.
_CHANGES: list[type[FileSystemEvent]] = [
    FileCreatedEvent,
    FileModifiedEvent,
    FileClosedEvent,
    FileMovedEvent,
    FileDeletedEvent,
    DirCreatedEvent,
    DirMovedEvent,
    DirDeletedEvent,
]

POLL = 1.0  # seconds between two looks where the system gives no notices

log = logging.getLogger(__name__)


class Watcher:
    """Calls `changed` (from a thread of its own) after each change under `paths`.

    A path is a file or a folder and may be missing: its parent is watched too, so a folder that is
    removed and created again (by a git checkout) is noticed. Hidden files and editors' backups (a
    name that begins with "." or ends in "~") are ignored.
    """

    def __init__(
        self, paths: Sequence[Path], changed: Callable[[], None], *, poll: bool = False
    ) -> None:
        """Prepare to watch `paths`; `start` begins. `poll` asks no notices of the system."""
        self._roots = tuple(dict.fromkeys(path.absolute() for path in paths))
        self._changed = changed
        self._observer: BaseObserver = PollingObserver(timeout=POLL) if poll else Observer()
        self._watches: dict[Path, ObservedWatch] = {}
        self._lock = threading.Lock()

    def start(self) -> None:
        """Start watching; without the system's change notices, poll every second."""
        try:
            self._begin()
        except OSError as fault:  # inotify's limits are per user and may be exhausted
            log.warning("no change notices from the system (%s): looking every second", fault)
            self._observer = PollingObserver(timeout=POLL)
            self._watches.clear()
            self._begin()

    def stop(self) -> None:
        """Stop watching; `changed` is not called once the observer's thread has ended."""
        self._observer.stop()

    def _begin(self) -> None:
        for folder in dict.fromkeys(root.parent for root in self._roots):
            handler = _Handler(self._on_parent_event)
            self._observer.schedule(handler, str(folder), event_filter=_CHANGES)
        for root in self._roots:
            self._watch(root)
        self._observer.start()

    def _watch(self, root: Path) -> None:
        with self._lock:
            if old := self._watches.pop(root, None):
                self._observer.unschedule(old)
            if root.is_dir():
                self._watches[root] = self._observer.schedule(
                    _Handler(self._on_inner_event), str(root), recursive=True, event_filter=_CHANGES
                )

    def _on_parent_event(self, event: FileSystemEvent) -> None:
        """Handle an event in a parent folder, where only the watched names themselves matter."""
        for root in self._roots:
            if root in _places(event):
                if not isinstance(event, DirDeletedEvent):
                    self._watch(root)
                self._changed()

    def _on_inner_event(self, event: FileSystemEvent) -> None:
        if any(self._counts(place) for place in _places(event)):
            self._changed()

    def _counts(self, place: Path) -> bool:
        root = next((root for root in self._roots if place.is_relative_to(root)), None)
        return root is not None and not any(
            part.startswith(".") or part.endswith("~") for part in place.relative_to(root).parts
        )


class _Handler(FileSystemEventHandler):
    def __init__(self, take: Callable[[FileSystemEvent], None]) -> None:
        self._take = take

    def on_any_event(self, event: FileSystemEvent) -> None:
        self._take(event)


def _places(event: FileSystemEvent) -> tuple[Path, ...]:
    return tuple(
        Path(name.decode() if isinstance(name, bytes) else name)
        for name in (event.src_path, event.dest_path)
        if name
    )
