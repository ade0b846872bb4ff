"""How other processes are started. Any executor of `concurrent.futures` could stand here."""

import multiprocessing
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor


def _nothing() -> None:
    """Need no beginning."""


def processes(jobs: int, begin: Callable[[], None] = _nothing) -> Executor:
    """Return `jobs` processes, started as they are needed; each does `begin` first."""
    # A fork starts at once, but beside other threads it may inherit a lock that nobody frees.
    alone = threading.active_count() == 1
    method = "fork" if alone and "fork" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    return ProcessPoolExecutor(jobs, context, initializer=_begin, initargs=(begin,))


def _begin(begin: Callable[[], None]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the main process is told, and ends this one
    begin()
