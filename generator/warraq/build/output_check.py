"""Which files of the output are not as the last build wrote them. Reads, changes nothing."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from warraq.base.files import digest_at
from warraq.build.build_context import BuildOptions
from warraq.build.cache import Cache, read_only
from warraq.publish.tree import present


class OutputDifference(NamedTuple):
    """Paths of missing or modified files, and of untracked ones."""

    modified: set[str]
    untracked: set[str]


@contextmanager
def checking_output(
    cache: Cache, into: Path, options: BuildOptions
) -> Iterator[Callable[[], OutputDifference]]:
    """Check the output while the block runs, in several processes if it is large.

    Yield a function that returns the result. Files are compared by size and time stamp, and if
    `options.verify` by digest too.
    """
    size, jobs, verify = cache.output_size(), options.jobs, options.verify
    if jobs == 1 or size < options.parallel_from.files:
        yield lambda: _check(_Range(cache.file, into, "", "", verify))
        return
    from warraq.base.processes import process_pool  # noqa: PLC0415 - slow to import

    cuts = (cache.path_at(size * share // jobs) for share in range(1, jobs))
    bounds = pairwise(("", *cuts, ""))
    ranges = [_Range(cache.file, into, low, high, verify) for low, high in bounds]
    with process_pool(jobs) as executor:
        results = executor.map(_check, ranges)
        yield lambda: _joined(results)


class _Range(NamedTuple):
    """The files of `into` with paths in [low, high) ("": no end), and the `rows` they are in."""

    rows: Path
    into: Path
    low: str
    high: str
    verify: bool


def _check(span: _Range) -> OutputDifference:
    modified, untracked = _known(span), set[str]()
    for path, entry in present(span.into, span.low, span.high):
        known = modified.get(path)
        if known is None:
            untracked.add(path)
            continue
        size, mtime, digest = known
        stat = entry.stat(follow_symlinks=False)
        is_same = (size, mtime) == (stat.st_size, stat.st_mtime_ns)
        if is_same and not (span.verify and digest_at(span.into / path) != digest):
            del modified[path]
    return OutputDifference(set(modified), untracked)


def _known(span: _Range) -> dict[str, tuple[int, int, bytes]]:
    query = "select path, size, mtime, digest from page where path >= ?"
    values = [span.low]
    if span.high:
        query, values = f"{query} and path < ?", [*values, span.high]
    with read_only(span.rows) as rows:
        return {row[0]: row[1:] for row in rows.execute(query, values)}


def _joined(results: Iterable[OutputDifference]) -> OutputDifference:
    modified, untracked = zip(*results, strict=True)
    return OutputDifference(set().union(*modified), set().union(*untracked))
