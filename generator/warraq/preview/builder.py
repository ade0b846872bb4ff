"""Rebuild in a background thread, one rebuild at a time, with bursts of saves debounced."""

import logging
import threading
from collections.abc import Callable, Sequence
from time import monotonic

from warraq.base.problems import Problem, WarraqError, error, exception_text

QUIET = 0.08  # seconds without a save before a rebuild; editors write a file in several steps
PATIENCE = 0.6  # seconds after which a rebuild starts even if saves keep coming

log = logging.getLogger(__name__)


class Builder(threading.Thread):
    """Calls `rebuild` on request and passes its problems to `post`.

    A request made during a rebuild causes another, so the last rebuild includes the last save.
    A daemon thread: a rebuild may take minutes, and must not delay the exit.
    """

    def __init__(
        self,
        rebuild: Callable[[], Sequence[Problem]],
        post: Callable[[tuple[Problem, ...]], None],
    ) -> None:
        """Request the first rebuild; it runs when the thread is started."""
        super().__init__(name="warraq-builder", daemon=True)
        self._rebuild = rebuild
        self._post = post
        self._changed = threading.Condition()
        self._wanted = True
        self._asked = float("-inf")
        self._stopping = False

    def ask(self) -> None:
        """Request a rebuild. Cheap, and safe from any thread."""
        with self._changed:
            self._wanted = True
            self._asked = monotonic()
            self._changed.notify()

    def stop(self) -> None:
        """Stop after the current rebuild."""
        with self._changed:
            self._stopping = True
            self._changed.notify()

    def run(self) -> None:
        """Rebuild on request until stopped."""
        while self._await_request():
            self._post(tuple(self._outcome()))

    def _await_request(self) -> bool:
        with self._changed:
            self._changed.wait_for(lambda: self._wanted or self._stopping)
            latest = monotonic() + PATIENCE
            while not self._stopping:
                rest = min(self._asked + QUIET, latest) - monotonic()
                if rest <= 0:
                    break
                self._changed.wait(rest)
            self._wanted = False
            return not self._stopping

    def _outcome(self) -> Sequence[Problem]:
        try:
            return sorted(self._rebuild())
        except WarraqError as fault:
            return fault.problems
        except Exception as fault:  # the server must survive a bug in the build
            log.info("the rebuild broke off", exc_info=True)
            return [error("preview-fault", why=exception_text(fault))]
