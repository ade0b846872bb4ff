"""The outcome of the last rebuild, and a way for open pages to wait for the next.

Used from the event loop's thread only. Holds the state and wakes waiters; renders nothing.
"""

import asyncio
import secrets

import msgspec

from warraq.base.problems import Problem


class State(msgspec.Struct, frozen=True):
    """The number of finished rebuilds (0: none yet) and the problems of the last one."""

    rebuilds: int = 0
    problems: tuple[Problem, ...] = ()


class BuildStatus:
    """The current state, and an event that is replaced whenever the state changes."""

    def __init__(self) -> None:
        """Start without a finished rebuild, under a version that differs after every restart."""
        self.state = State()
        self.closed = False
        self._start = secrets.token_hex(4)
        self._changed = asyncio.Event()

    @property
    def version(self) -> str:
        """The version of the current state; differs after every rebuild and every restart."""
        return f"{self._start}-{self.state.rebuilds}"

    def post(self, problems: tuple[Problem, ...]) -> None:
        """Store the outcome of a rebuild and wake all waiters."""
        self.state = State(self.state.rebuilds + 1, problems)
        self._wake()

    def close(self) -> None:
        """Wake all waiters; no further state follows."""
        self.closed = True
        self._wake()

    async def wait(self, seconds: float) -> None:
        """Wait for a change of state, at most `seconds`."""
        try:
            await asyncio.wait_for(self._changed.wait(), seconds)
        except TimeoutError:
            return

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()
