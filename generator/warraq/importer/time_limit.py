"""A limit on the processor time of one piece of work: a safety net for what no rule foresees.

All processing takes time in proportion to a seed's size, but a regular expression or a library may
still run away. A seed that reaches the limit is refused, on slow and fast machines alike: the
limit is hundreds of times what the largest seed takes.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

REPEAT = 1.0  # seconds until it is raised again in a library that swallows exceptions


class TimeLimitError(Exception):
    """The time limit was reached."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TimeLimitError in the block once it has used `seconds` of processor time.

    Without such a timer, or outside the main thread, there is no limit.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() != threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, REPEAT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise TimeLimitError
