"""Processing seeds in batches, in this process or in a pool of them, and yielding them in order."""

import logging
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import closing
from functools import partial
from itertools import chain
from typing import NamedTuple, TypeAlias

from warraq.base.problems import error
from warraq.base.processes import process_pool
from warraq.importer.drafted import Drafted, Refused, Seed, Skipped
from warraq.importer.process import SeedProcessor

_log = logging.getLogger(__name__)

Batch: TypeAlias = list[Seed | Skipped | Refused]


class PoolSizes(NamedTuple):
    """How work is cut: sizes that change the speed and the memory, and no byte."""

    batch: int = 32  # seeds; some 0.2 s of work, so that processes finish together
    characters: int = 1_000_000  # of an export's records in one batch: pending batches take memory
    sequential: int = 32  # seeds that one process finishes before a second one has started


SIZES = PoolSizes()


def process_seeds(
    seeds: Iterable[Seed | Skipped | Refused],
    processor: SeedProcessor,
    jobs: int,
    sizes: PoolSizes = SIZES,
) -> Generator[Drafted, None, None]:
    """Yield what becomes of every seed, in order; what is skipped or refused passes through.

    Only a few batches a process are pending at any time.
    """
    batches = _batches(seeds, sizes)
    first = next(batches, [])
    second = next(batches, [])
    if jobs < 2 or len(first) + len(second) <= sizes.sequential:
        for batch in chain([first, second], batches):
            yield from (_drafted(processor, item) for item in batch)
        return
    with closing(_SeedPool(processor, jobs)) as pool:
        for batch in chain([first, second], batches):
            pool.submit(batch)
            if len(pool.pending) > 3 * jobs:
                yield from pool.next()
        while pool.pending:
            yield from pool.next()


class _SeedPool:
    """A process pool working on batches. If a process dies, its work is done again in another.

    All pending batches are lost then, and which seed was to blame is unknown.
    """

    def __init__(self, processor: SeedProcessor, jobs: int) -> None:
        self._processor = processor
        self._jobs = jobs
        self._pool = self._start(jobs)
        self.pending: deque[tuple[Batch, Future[list[Drafted]]]] = deque()

    def submit(self, batch: Batch) -> None:
        """Have `batch` processed as soon as a process is free."""
        try:
            future = self._pool.submit(_process_batch, batch)
        except BrokenExecutor:
            self._pool = self._start(self._jobs)
            future = self._pool.submit(_process_batch, batch)
        self.pending.append((batch, future))

    def next(self) -> list[Drafted]:
        """Return the result of the batch that was submitted first."""
        batch, future = self.pending.popleft()
        try:
            return future.result()
        except BrokenExecutor:
            _log.info("a process died; %d seeds are done again", len(batch))
            return self._retry(batch)

    def close(self) -> None:
        """Shut the pool down, cancelling pending work."""
        self._pool.shutdown(cancel_futures=True)

    def _retry(self, batch: Batch) -> list[Drafted]:
        """Return the result of `batch` processed alone; refuse a seed that kills a process."""
        try:
            with self._start(1) as pool:
                return pool.submit(_process_batch, batch).result()
        except BrokenExecutor:
            if len(batch) == 1:
                seed = batch[0] if isinstance(batch[0], Seed) else batch[0].seed
                return [Refused(seed.without_payload(), (error("seed-killed", seed.name),))]
            half = len(batch) // 2
            return self._retry(batch[:half]) + self._retry(batch[half:])

    def _start(self, jobs: int) -> Executor:
        return process_pool(jobs, partial(_start_worker, self._processor))


def _batches(seeds: Iterable[Seed | Skipped | Refused], sizes: PoolSizes) -> Iterator[Batch]:
    batch: Batch = []
    work = characters = 0
    for seed in seeds:
        batch.append(seed)
        work += isinstance(seed, Seed)
        characters += seed.record.letters if isinstance(seed, Seed) and seed.record else 0
        is_full = work == sizes.batch or characters >= sizes.characters
        if is_full or len(batch) == 20 * sizes.batch:
            yield batch
            batch, work, characters = [], 0, 0
    if batch:
        yield batch


def _drafted(processor: SeedProcessor, item: Seed | Skipped | Refused) -> Drafted:
    return processor.process(item) if isinstance(item, Seed) else item


_processors: list[SeedProcessor] = []  # the one of this worker process


def _start_worker(processor: SeedProcessor) -> None:
    _processors[:] = [processor]


def _process_batch(batch: Batch) -> list[Drafted]:
    return [_drafted(_processors[0], item) for item in batch]
