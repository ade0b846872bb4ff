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
    """What a count found: the decisions of each queue, in order, by key; the topics used most.

    Keys are made where the count is, for they take longer than all else that a page does.
    """

    queues: Mapping[str, Mapping[str, Waiting]]
    topics: tuple[str, ...] = ()

    @classmethod
    def of(cls, queues: Mapping[str, Iterable[Waiting]], topics: tuple[str, ...] = ()) -> "Counted":
        """Return the count; of decisions that cannot be told apart, the first stands for all."""
        keyed: dict[str, dict[str, Waiting]] = {name: {} for name in queues}
        for name, waiting in queues.items():
            for one in waiting:
                keyed[name].setdefault(one.key, one)
        return cls(keyed, topics)


class Queued(NamedTuple):
    """A queue as it is now: its decisions, and the keys of those made since they were counted.

    Where the count is older than the files (`is_current`), more may wait than is known.
    """

    counted: Mapping[str, Waiting]
    made: frozenset[str] = frozenset()
    is_current: bool = True

    @property
    def waiting(self) -> tuple[tuple[str, Waiting], ...]:
        """What waits, in order, each with its key."""
        return tuple(row for row in self.counted.items() if row[0] not in self.made)

    def find(self, key: str) -> Waiting | None:
        """Return the decision of this key, None if it does not wait."""
        return None if key in self.made else self.counted.get(key)

    def around(self, key: str) -> tuple[str, str]:
        """Return the keys of what waits before and after a decision, which may be made already.

        After the last comes the first; "" if nothing does. An unknown key is before the first.

        >>> one = Waiting(Problem("a.md", 1, "open-date"))
        >>> Queued(dict.fromkeys("abc", one), frozenset("c")).around("b")
        ('a', 'a')
        """
        first = before = after = ""
        is_past = key not in self.counted
        for other in self.counted:
            if other == key:
                is_past = True
            elif other not in self.made:
                first = first or other
                if is_past:
                    after = other
                    break
                before = other
        return before, after or first


class WaitingList:
    """The queues of an archive. Safe from any thread."""

    def __init__(self) -> None:
        """Nothing is counted yet."""
        self._changed = threading.Condition()
        self._counted: Counted | None = None
        self._made: dict[str, int] = {}  # the run that was the last to begin before the decision
        self._runs = 0
        self._latest = 0  # the run whose count arrived last
        self._wanted = 1  # the first run that sees the files as they are
        self._problems: tuple[Problem, ...] = ()

    def outdated(self) -> None:
        """Note that files changed: only a count that begins from now on sees them."""
        with self._changed:
            self._wanted = self._runs + 1

    def begins(self) -> int:
        """Note that a count begins; return its number."""
        with self._changed:
            self._runs += 1
            return self._runs

    def arrived(self, result: Counted, run: int) -> None:
        """Take what a count found."""
        with self._changed:
            self._counted, self._problems, self._latest = result, (), run
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

    def await_first(self) -> None:
        """Wait a little for the first count."""
        with self._changed:
            self._changed.wait_for(lambda: self._counted or self._problems, FIRST_COUNT)

    @property
    def is_current(self) -> bool:
        """Whether there is a count of the files as they are."""
        with self._changed:
            return self._latest >= self._wanted

    def queue(self, name: str) -> Queued:
        """Return a queue as it is now."""
        with self._changed:
            counted = self._counted.queues.get(name, {}) if self._counted else {}
            return Queued(counted, frozenset(self._made), self._latest >= self._wanted)

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics that are used most."""
        with self._changed:
            return self._counted.topics if self._counted else ()
