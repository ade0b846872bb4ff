"""Work that follows each build and may take long, in a process of its own.

The server's process shares one interpreter lock among its threads: a minute of work in one of them
would make every page wait.
"""

import logging
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable
from multiprocessing.connection import Connection
from typing import Generic, Protocol, TypeVar

from warraq.base.problems import Problem, WarraqError, error, exception_text
from warraq.base.processes import settle_in

NICENESS = 10  # builds and pages go first

_Result = TypeVar("_Result")
_Taken_contra = TypeVar("_Taken_contra", contravariant=True)

log = logging.getLogger(__name__)


class Taker(Protocol[_Taken_contra]):
    """What becomes of the work."""

    def begins(self) -> int:
        """Return the number of a run that begins."""

    def arrived(self, result: _Taken_contra, run: int) -> None:
        """Take a result of the run with this number."""

    def failed(self, problems: tuple[Problem, ...]) -> None:
        """Take why a run broke off."""


class Afterwards(threading.Thread, Generic[_Result]):
    """Does `work` on request in a process of its own, and passes what it yields to `taker`.

    Requests made during a run cause one more, so the last run sees the last save; a run is not
    broken off for another, or none would end while an editor works. `work` is pickled. A daemon
    thread, like that of the builds.
    """

    def __init__(self, work: Callable[[], Iterable[_Result]], taker: Taker[_Result]) -> None:
        """Nothing is done before the first request."""
        super().__init__(name="warraq-afterwards", daemon=True)
        self._work = work
        self._taker = taker
        self._changed = threading.Condition()
        self._wanted = False
        self._stopping = False
        self._process: multiprocessing.process.BaseProcess | None = None

    def ask(self) -> None:
        """Request a run. Cheap, and safe from any thread."""
        with self._changed:
            self._wanted = True
            self._changed.notify()

    def stop(self) -> None:
        """Stop at once: a run under way is killed, and what it was to yield is lost."""
        with self._changed:
            self._stopping = True
            self._changed.notify()
            if self._process:
                self._process.kill()

    def run(self) -> None:
        """Work on request until stopped."""
        while self._await_request():
            self._run_once()

    def _await_request(self) -> bool:
        with self._changed:
            self._changed.wait_for(lambda: self._wanted or self._stopping)
            self._wanted = False
            return not self._stopping

    def _run_once(self) -> None:
        context = multiprocessing.get_context("spawn")
        receiving, sending = context.Pipe(duplex=False)
        level = logging.getLogger().level
        args = (self._work, sending, level)
        process = context.Process(target=_do, args=args, name="warraq-afterwards", daemon=True)
        with self._changed:
            if self._stopping:
                return
            process.start()
            self._process = process
        sending.close()
        number = self._taker.begins()
        try:
            while True:
                result = receiving.recv()
                if isinstance(result, WarraqError):
                    self._taker.failed(tuple(result.problems))
                else:
                    self._taker.arrived(result, number)
        except EOFError:
            process.join()
        if process.exitcode and not self._stopping:
            why = f"exit code {process.exitcode}"
            self._taker.failed((error("preview-fault", why=why),))


def _do(work: Callable[[], Iterable[object]], sending: Connection, level: int) -> None:
    """Send what `work` yields; run in a process of its own."""
    settle_in(level)
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    try:
        for result in work():
            sending.send(result)
    except WarraqError as fault:
        sending.send(WarraqError(fault.problems))
    except Exception as fault:  # the server must survive a bug here, and say what it was
        log.info("the work after a build broke off", exc_info=True)
        sending.send(WarraqError([error("preview-fault", why=exception_text(fault))]))
