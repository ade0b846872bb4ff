"""Which files of the output are not as the last build wrote them. Reads, changes nothing."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from warraq.base.files import digest_at
from warraq.build.cache import Cache, read_only
from warraq.publish.tree import present

MANY = 50_000  # files; fewer are looked at sooner than another process has started


class Damage(NamedTuple):
    """Paths of files that are gone or other ones, and of files that nobody knows."""

    lost: set[str]
    foreign: set[str]


@contextmanager
def looked_for(
    cache: Cache, into: Path, *, verify: bool, jobs: int
) -> Iterator[Callable[[], Damage]]:
    """Look for damage beside the block, where there is much to look at; give what tells it.

    Files are known again by size and time stamp, and if `verify` by their digest too.
    """
    size = cache.size_of_pages()
    if jobs == 1 or size < MANY:
        yield lambda: _damage(_Share(cache.file, into, "", "", verify))
        return
    from warraq.base.processes import processes  # noqa: PLC0415 - slow to import

    cuts = (cache.path_at(size * share // jobs) for share in range(1, jobs))
    ends = pairwise(("", *cuts, ""))
    shares = [_Share(cache.file, into, low, high, verify) for low, high in ends]
    with processes(jobs) as executor:
        found = executor.map(_damage, shares)
        yield lambda: _joined(found)


class _Share(NamedTuple):
    """The files of `into` with paths from `low` up to `high` ("": no end), as `rows` know them."""

    rows: Path
    into: Path
    low: str
    high: str
    verify: bool


def _damage(share: _Share) -> Damage:
    lost, foreign = _known(share), set[str]()
    for path, entry in present(share.into, share.low, share.high):
        known = lost.get(path)
        if known is None:
            foreign.add(path)
            continue
        size, mtime, digest = known
        stat = entry.stat(follow_symlinks=False)
        is_same = (size, mtime) == (stat.st_size, stat.st_mtime_ns)
        if is_same and not (share.verify and digest_at(share.into / path) != digest):
            del lost[path]
    return Damage(set(lost), foreign)


def _known(share: _Share) -> dict[str, tuple[int, int, bytes]]:
    query = "select path, size, mtime, digest from page where path >= ?"
    values = [share.low]
    if share.high:
        query, values = f"{query} and path < ?", [*values, share.high]
    with read_only(share.rows) as rows:
        return {row[0]: row[1:] for row in rows.execute(query, values)}


def _joined(shares: Iterable[Damage]) -> Damage:
    lost, foreign = zip(*shares, strict=True)
    return Damage(set().union(*lost), set().union(*foreign))
