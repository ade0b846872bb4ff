"""The one stated history input: which commits changed which article, as git tells it.

Without git, or with `history: none`, every article simply has no revisions.
"""

import subprocess
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

_RECORD = "\x1e"
_FIELD = "\x1f"
# The repository's own settings must not change what is read, nor run anything.
_GIT = ("git", "-c", "core.fsmonitor=false", "-c", "log.showSignature=false", "--no-pager")


class Revision(NamedTuple):
    """One commit that changed an article. `date` is the author's, ISO 8601 with offset."""

    commit: str
    date: str
    author: str
    subject: str


def revisions(site: Path, folder: str = "content/articles") -> dict[str, tuple[Revision, ...]]:
    """Return path (relative to `site`) → its commits, oldest first; {} outside a repository."""
    form = _RECORD + _FIELD.join(("%H", "%aI", "%aN", "%s"))
    command = (
        *_GIT,
        *("log", f"--format={form}", "--name-only", "--no-renames", "--relative", "-z"),
        *("--diff-filter=AM", "--no-ext-diff", "--", folder),
    )
    try:
        answer = subprocess.run(command, cwd=site, capture_output=True, check=True)  # noqa: S603 - fixed words, no shell
    except (OSError, subprocess.CalledProcessError):
        return {}
    found: dict[str, list[Revision]] = defaultdict(list)
    for record in answer.stdout.decode("utf-8", "replace").split(_RECORD)[1:]:
        head, _, names = record.partition("\0")
        commit, date, author, subject = head.strip("\n").split(_FIELD, 3)
        for name in filter(None, (name.strip("\n") for name in names.split("\0"))):
            found[name].append(Revision(commit, date, author, subject))
    return {path: tuple(reversed(commits)) for path, commits in found.items()}


def texts(site: Path, wanted: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield the text of each (commit, path) in turn, "" where git has none."""
    lines = [f"{commit}:./{path}" for commit, path in wanted]
    if not lines:
        return
    command = (*_GIT, "cat-file", "--batch")
    asked = ("\n".join(lines) + "\n").encode()
    answer = subprocess.run(command, cwd=site, input=asked, capture_output=True, check=True)  # noqa: S603 - as above
    data, at = answer.stdout, 0
    for _ in lines:
        end = data.index(b"\n", at)
        head = data[at:end].split()
        at = end + 1
        if len(head) != 3 or head[1] != b"blob":
            yield ""
            continue
        size = int(head[2])
        yield data[at : at + size].decode("utf-8", "replace")
        at += size + 1
