"""Map work over batches: in this process when there is little, over several when there is much.

Messages between processes are small and picklable. Results wait as the bytes that were sent, which
take a fifth of the memory, and those that are long in a bounded number.
"""

import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from functools import partial
from itertools import chain, islice
from types import TracebackType
from typing import Self, TypeVar

from warraq.build.build_context import BuildContext, BuildOptions
from warraq.build.changes import StaleArticle
from warraq.build.worker import ParsedArticle, RenderJob, RenderResult, Worker

Item = TypeVar("Item")
Result = TypeVar("Result")
Job = Callable[[Worker, Sequence[Item]], list[Result]]

BATCH = 64  # articles or pages; about 0.1 s of work, so that all processes finish together
AHEAD = 4  # batches a process may be ahead of this one, so that neither waits for the other


class WorkerPool:
    """The processes of one build. Each keeps its own Worker from batch to batch."""

    def __init__(self, build: BuildContext, options: BuildOptions) -> None:
        """Start nothing yet; one job never starts a second process."""
        self._build = build
        self._options = options
        self._executor: Executor | None = None
        self._here: Worker | None = None

    def parse(self, articles: Sequence[StaleArticle]) -> Iterator[ParsedArticle]:
        """Yield the articles parsed, in order; few are parsed before they are taken."""
        return self._map(Worker.parse, articles, AHEAD * self._options.jobs)

    def render(self, jobs: Sequence[RenderJob]) -> Iterator[RenderResult]:
        """Yield a result per page, in order; other processes go on though none is taken."""
        return self._map(Worker.render, jobs, len(jobs))

    def spread(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """Yield what a pure function makes of `items`, in order; few are held at once.

        It is done here unless processes have started: they have if there was much to parse.
        """
        executor = self._executor
        if executor is None:
            return map(function, items)

        def start(item: Item) -> Future[Result]:
            return executor.submit(function, item)

        return in_window(start, items, AHEAD * self._options.jobs)

    def __enter__(self) -> Self:
        """Return the pool."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Shut the pool down, cancelling pending work."""
        if self._here:
            self._here.close()
        if self._executor:
            self._executor.shutdown(cancel_futures=True)

    def _map(
        self, job: "Job[Item, Result]", items: Sequence[Item], most_waiting: int
    ) -> Iterator[Result]:
        results = self._started(job, items, most_waiting)
        return (self._counted(result, n, len(items)) for n, result in enumerate(results, 1))

    def _counted(self, result: Result, done: int, total: int) -> Result:
        self._options.progress(done, total)
        return result

    def _started(
        self, job: "Job[Item, Result]", items: Sequence[Item], most_waiting: int
    ) -> Iterator[Result]:
        jobs = self._options.jobs
        if jobs == 1 or len(items) < self._options.parallel_from.items:
            worker = self._here = self._here or Worker(self._build)
            return chain.from_iterable(job(worker, batch) for batch in batches(items, BATCH))
        if self._executor is None:
            from warraq.base.processes import process_pool  # noqa: PLC0415 - slow to import

            self._executor = process_pool(jobs, partial(_start, self._build))
        executor = self._executor

        def start(batch: Sequence[Item]) -> Future[bytes]:
            return executor.submit(_run, job, batch)

        packed = in_window(start, batches(items, BATCH), most_waiting)
        return chain.from_iterable(map(pickle.loads, packed))


_worker: list[Worker] = []  # the one of this process


def _start(build: BuildContext) -> None:
    _worker[:] = [Worker(build)]


def _run(job: "Job[Item, Result]", batch: Sequence[Item]) -> bytes:
    return pickle.dumps(job(_worker[0], batch))


def in_window(
    start: Callable[[Item], Future[Result]], items: Iterable[Item], size: int
) -> Iterator[Result]:
    """Start work on `size` of `items` at once, on one more for each result that is taken.

    Yield the results in order.
    """
    futures = map(start, items)
    return _taken(deque(islice(futures, size)), futures)


def _taken(waiting: deque[Future[Result]], rest: Iterator[Future[Result]]) -> Iterator[Result]:
    while waiting:
        result = waiting.popleft().result()
        waiting.extend(islice(rest, 1))
        yield result


def batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Yield `items` in lists of at most `size`."""
    held: list[Item] = []
    for item in items:
        held.append(item)
        if len(held) == size:
            yield held
            held = []
    if held:
        yield held
