"""Rebuild in the background: one thread, one rebuild at a time, bursts of saves taken together."""

import logging
import threading
from collections.abc import Callable, Sequence
from time import monotonic

from warraq.base.problems import Problem, WarraqError, error, exception_text

QUIET = 0.08  # seconds without a save before a rebuild; editors write a file in several steps
PATIENCE = 0.6  # seconds after which a rebuild begins even though saves keep coming

log = logging.getLogger(__name__)


class Builder(threading.Thread):
    """Calls `rebuild` whenever it was asked to, and hands what is wrong to `post`.

    A request made during a rebuild leads to one more, so the last rebuild has seen the last save.
    A daemon: a rebuild may take minutes, and leaving must not.
    """

    def __init__(
        self,
        rebuild: Callable[[], Sequence[Problem]],
        post: Callable[[tuple[Problem, ...]], None],
    ) -> None:
        """Ask for the first rebuild; it begins when the thread is started."""
        super().__init__(name="warraq-builder", daemon=True)
        self._rebuild = rebuild
        self._post = post
        self._changed = threading.Condition()
        self._wanted = True
        self._asked = float("-inf")
        self._stopping = False

    def ask(self) -> None:
        """Want a rebuild soon. Cheap, and safe from any thread."""
        with self._changed:
            self._wanted = True
            self._asked = monotonic()
            self._changed.notify()

    def stop(self) -> None:
        """Begin no further rebuild."""
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
        except Exception as fault:  # the desk must outlive a bug of the program
            log.info("the rebuild broke off", exc_info=True)
            return [error("preview-fault", why=exception_text(fault))]
