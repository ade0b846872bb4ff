"""How much of the processor one piece of work may take. A net for what no rule has foreseen.

All that is done to a seed takes time in proportion to its size; a regular expression or a library
may still run away. Where this stops one, it is refused, on a slow machine as on a fast one: the
bound is hundreds of times what the largest seed takes.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

AGAIN = 1.0  # seconds until it is said again to a library that heeds no exception


class TooLong(Exception):  # noqa: N818 - a bound, not a fault
    """The time is over."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TooLong in the block once it has taken so many seconds of the processor.

    Where the system has no such timer, or in another thread than the main one, nothing is bound.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() != threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise TooLong
