"""What each stage of a build took, logged with -v."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

_log = logging.getLogger(__name__)


@contextmanager
def timed(stage: str, *counts: int) -> Iterator[None]:
    """Log the duration of the block in seconds; `stage` has a %d for each of `counts`."""
    started = time.perf_counter()
    yield
    _log.info(f"%7.2f s  {stage}", time.perf_counter() - started, *counts)
