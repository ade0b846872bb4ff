"""What waits for an editor, kept in memory: counted after each build, and shorter by each decision.

Counting takes seconds and happens elsewhere (`preview/afterwards.py`). A decision made since must
not come back with a count that began before it.
"""

import threading
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from warraq.base.problems import Problem
from warraq.commands.todo import Waiting

FIRST_COUNT = (
    0.8  # seconds a page waits for the first count, so that small archives have none empty
)


class Counted(NamedTuple):
    """What a count found: the queues that are not empty, and the topics that are used most."""

    queues: Mapping[str, tuple[Waiting, ...]]
    topics: tuple[str, ...] = ()


class Queued(NamedTuple):
    """A queue as it is now: its decisions, and the keys of those made since they were counted."""

    counted: tuple[Waiting, ...] = ()
    made: frozenset[str] = frozenset()

    @property
    def waiting(self) -> tuple[Waiting, ...]:
        """What waits, in order."""
        return tuple(one for one in self.counted if one.key not in self.made)

    def find(self, key: str) -> Waiting | None:
        """Return the decision of this key, None if it does not wait."""
        return next((one for one in self.waiting if one.key == key), None)

    def around(self, key: str) -> tuple[Waiting | None, Waiting | None]:
        """Return what waits before and after the decision `key`, which may be made already.

        After the last comes the first. A key that is not known is before the first.
        """
        keys = [one.key for one in self.counted]
        at = keys.index(key) if key in keys else -1
        others = [
            (n, one) for n, one in enumerate(self.counted) if one.key not in self.made | {key}
        ]
        after = [one for n, one in others if n > at] or [one for _, one in others]
        before = [one for n, one in others if n < at]
        return (before[-1] if before else None), (after[0] if after else None)


class WaitingList:
    """The queues of an archive. Safe from any thread."""

    def __init__(self) -> None:
        """Nothing is counted yet."""
        self._changed = threading.Condition()
        self._counted: Counted | None = None
        self._made: dict[str, int] = {}  # the run that was the last to begin before the decision
        self._runs = 0
        self._problems: tuple[Problem, ...] = ()

    def begins(self) -> int:
        """Note that a count begins; return its number."""
        with self._changed:
            self._runs += 1
            return self._runs

    def arrived(self, result: Counted, run: int) -> None:
        """Take what a count found."""
        with self._changed:
            self._counted, self._problems = result, ()
            self._made = {key: last for key, last in self._made.items() if last >= run}
            self._changed.notify_all()

    def failed(self, problems: tuple[Problem, ...]) -> None:
        """Take why a count broke off; the queues stay as they were."""
        with self._changed:
            self._problems = problems
            self._changed.notify_all()

    def made(self, keys: Iterable[str]) -> None:
        """Take decisions out of their queues."""
        with self._changed:
            self._made.update(dict.fromkeys(keys, self._runs))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Why the last count broke off, () if it did not."""
        with self._changed:
            return self._problems

    def is_counted(self) -> bool:
        """Whether there is a count; waits a little for the first."""
        with self._changed:
            self._changed.wait_for(lambda: self._counted or self._problems, FIRST_COUNT)
            return self._counted is not None

    def queue(self, name: str) -> Queued:
        """Return a queue as it is now."""
        with self._changed:
            counted = self._counted.queues.get(name, ()) if self._counted else ()
            return Queued(counted, frozenset(self._made))

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics that are used most."""
        with self._changed:
            return self._counted.topics if self._counted else ()
