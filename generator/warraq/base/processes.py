"""How worker processes are started. Any executor of `concurrent.futures` would do.

A worker ends when the main process does, however that happens: otherwise it would go on with work
whose result is no longer needed.
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
from ctypes import CDLL


def _do_nothing() -> None:
    """Do nothing on worker start."""


def process_pool(jobs: int, begin: Callable[[], None] = _do_nothing) -> Executor:
    """Return a pool of `jobs` processes, started on demand; each calls `begin` first."""
    # Forking is fast, but with other threads alive it may copy a lock that is never released.
    alone = threading.active_count() == 1
    method = "fork" if alone and "fork" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    level = logging.getLogger().level
    return _Pool(jobs, context, initializer=_begin, initargs=(begin, level))


class _Pool(ProcessPoolExecutor):
    def __exit__(self, *fault: object) -> None:
        self.shutdown(cancel_futures=True)  # after an exception, drop the work not yet started


def _begin(begin: Callable[[], None], level: int) -> None:
    settle_in(level)
    begin()


def settle_in(level: int) -> None:
    """Make a process that was just started a worker: it logs from `level` up, ends with its parent.

    Ctrl-C is left to the parent.
    """
    logging.basicConfig(level=level, format="%(message)s", stream=sys.stderr)
    for name in ("SIGINT", "SIGHUP"):  # the main process gets them too, and ends this one
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _end_with_parent()


def _end_with_parent() -> None:
    """End this process when the main one ends: by the kernel on Linux, and by a thread."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    # This waits on a pipe held by the parent, so it also notices a death before prctl was called.
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
