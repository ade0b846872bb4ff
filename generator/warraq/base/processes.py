"""How other process_pool are started. Any executor of `concurrent.futures` could stand here.

A process ends when the main one does, however that ends: what is left over would go on at work that
nobody waits for.
"""

import logging
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import suppress


def _do_nothing() -> None:
    """Need no beginning."""


def process_pool(jobs: int, begin: Callable[[], None] = _do_nothing) -> Executor:
    """Return `jobs` process_pool, started as they are needed; each does `begin` first."""
    # A fork starts at once, but beside other threads it may inherit a lock that nobody frees.
    alone = threading.active_count() == 1
    method = "fork" if alone and "fork" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    level = logging.getLogger().level
    return _Pool(jobs, context, initializer=_begin, initargs=(begin, level))


class _Pool(ProcessPoolExecutor):
    def __exit__(self, *fault: object) -> None:
        self.shutdown(cancel_futures=True)  # after a fault nobody wants what had not begun


def _begin(begin: Callable[[], None], level: int) -> None:
    logging.basicConfig(level=level, format="%(message)s", stream=sys.stderr)
    for told in ("SIGINT", "SIGHUP"):  # the main process is told too, and ends this one
        if hasattr(signal, told):
            signal.signal(getattr(signal, told), signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _end_with_parent()
    begin()


def _end_with_parent() -> None:
    """End this process when the main one is no more: by the kernel, and where it cannot, by us."""
    if sys.platform == "linux":
        from ctypes import CDLL  # noqa: PLC0415 - needed once a process

        with suppress(OSError, AttributeError):
            CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    # A pipe whose other end the parent holds: this hears of a death before the call above, too.
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
