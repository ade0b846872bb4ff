"""The notice board: what the last rebuild left, and a way for open pages to wait for the next.

Lives in the event loop's thread alone. Takes states, gives them to whoever waits; draws nothing.
"""

import asyncio
import secrets

import msgspec

from warraq.base.problems import Problem


class State(msgspec.Struct, frozen=True):
    """What the desk shows: the count of finished rebuilds (0: none yet), and what is wrong."""

    rebuilds: int = 0
    problems: tuple[Problem, ...] = ()


class BuildStatus:
    """The present state, and an event that is replaced whenever the state changes."""

    def __init__(self) -> None:
        """Begin with no rebuild done. A restarted server must not look like its predecessor."""
        self.state = State()
        self.closed = False
        self._start = secrets.token_hex(4)
        self._changed = asyncio.Event()

    @property
    def version(self) -> str:
        """Name the present state; differs after every rebuild and every restart."""
        return f"{self._start}-{self.state.rebuilds}"

    def post(self, problems: tuple[Problem, ...]) -> None:
        """Put up the outcome of one more rebuild and wake all who wait."""
        self.state = State(self.state.rebuilds + 1, problems)
        self._wake()

    def close(self) -> None:
        """Let all who wait go home."""
        self.closed = True
        self._wake()

    async def wait(self, seconds: float) -> None:
        """Return when the board changes, or after `seconds`."""
        try:
            await asyncio.wait_for(self._changed.wait(), seconds)
        except TimeoutError:
            return

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()
