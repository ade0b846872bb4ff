"""Map work over batches: in this process when there is little, over several when there is much.

What travels is small and picklable.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack, closing
from functools import partial
from itertools import chain, repeat
from types import TracebackType
from typing import Self, TypeVar

from warraq.base.processes import processes
from warraq.build.changes import Task, Wanted
from warraq.build.worker import Order, Reading, Rendered, Worker

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")
Job = Callable[[Worker, Sequence[Asked]], list[Answer]]

Progress = Callable[[int, int], None]

BATCH = 64  # articles or pages; some 0.1 s of work, so that all processes end together
FEW = 300  # so many are done sooner than another process has started


def _silent(_done: int, _total: int) -> None:
    """Tell nobody."""


class Team:
    """The processes of one build. Each keeps its own Worker from batch to batch."""

    def __init__(self, task: Task, jobs: int, progress: Progress = _silent) -> None:
        """Start nothing yet; `jobs` 1 never starts a second process.

        `progress` hears how many of how many are done.
        """
        self._task = task
        self._jobs = jobs
        self._progress = progress
        self._executor: Executor | None = None
        self._opened = ExitStack()

    def read(self, wanted: Sequence[Wanted]) -> Iterator[Reading]:
        """Yield what the files hold, in their order."""
        return self._map(Worker.read, wanted)

    def render(self, orders: Sequence[Order]) -> Iterator[Rendered]:
        """Begin to render; yield what became of the pages, in their order."""
        return self._map(Worker.render, orders)

    def __enter__(self) -> Self:
        """Return the team."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Send the processes home; what they had not begun is dropped."""
        self._opened.close()
        if self._executor:
            self._executor.shutdown(cancel_futures=True)

    def _map(self, job: "Job[Asked, Answer]", asked: Sequence[Asked]) -> Iterator[Answer]:
        answers = self._begun(job, asked)
        return (self._counted(answer, n, len(asked)) for n, answer in enumerate(answers, 1))

    def _counted(self, answer: Answer, done: int, total: int) -> Answer:
        self._progress(done, total)
        return answer

    def _begun(self, job: "Job[Asked, Answer]", asked: Sequence[Asked]) -> Iterator[Answer]:
        if self._jobs == 1 or len(asked) <= FEW:
            worker = self._opened.enter_context(closing(Worker(self._task)))
            return chain.from_iterable(job(worker, batch) for batch in batches(asked, BATCH))
        if self._executor is None:
            self._executor = processes(self._jobs, partial(_begin, self._task))
        return chain.from_iterable(self._executor.map(_do, repeat(job), batches(asked, BATCH)))


_worker: list[Worker] = []


def _begin(task: Task) -> None:
    _worker[:] = [Worker(task)]


def _do(job: "Job[Asked, Answer]", batch: Sequence[Asked]) -> list[Answer]:
    return job(_worker[0], batch)


def batches(items: Iterable[Asked], size: int) -> Iterator[list[Asked]]:
    """Yield `items` in lists of `size`."""
    held: list[Asked] = []
    for item in items:
        held.append(item)
        if len(held) == size:
            yield held
            held = []
    if held:
        yield held
