"""The git repository that a site is in: commits of change sets, and what they were.

Only the files of a change set are committed; whatever else is staged or edited stays as it is.
Hooks run as always. Nothing is pushed.
"""

import os
import re
import subprocess
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from warraq.base.problems import WarraqError, error
from warraq.content.git_history import refused

TRAILER = "Warraq-Change"  # marks the commits of change sets; its value is one of these two
_EDIT, _UNDO = "edit", "undo"  # the latter with the commit that was taken back
_VALUE = f"%(trailers:key={TRAILER},valueonly,separator=%x20)"
_FIELD, _RECORD = "\x1f", "\x1e"
_EDITED = ("content", "site.yaml")  # what change sets are made of, relative to the site
_GIT = (
    *(
        "git",
        "-c",
        "core.fsmonitor=false",
        "-c",
        "core.quotePath=false",
        "-c",
        "log.showSignature=false",
    ),
    *("-c", "i18n.commitEncoding=UTF-8", "-c", "i18n.logOutputEncoding=UTF-8", "--no-pager"),
    "--literal-pathspecs",
)
_PATHS = ("--pathspec-from-file=-", "--pathspec-file-nul")  # thousands fit no command line
_ANY_NAME = ("utf-8", "surrogateescape")
_MOST_QUOTED = 300  # letters of what git says


class RecordedChange(NamedTuple):
    """A commit of a change set. `date` is the author's, ISO 8601 with offset.

    `undoes` is the commit that it took back, `paths` are relative to the site.
    """

    commit: str
    date: str
    author: str
    subject: str
    undoes: str = ""
    paths: tuple[str, ...] = ()


class Unsent(NamedTuple):
    """What the remote repository has not: `changed` files that no commit has, and `commits`.

    `remote` is its address, "" where there is none; `commits` is None where it has no such branch.
    """

    changed: tuple[str, ...]
    remote: str
    commits: int | None


def is_repository(site: Path) -> bool:
    """Whether `site` lies in the working tree of a repository.

    Raises WarraqError if it does and git does not trust it, as when it belongs to somebody else.
    """
    done = _git(site, "rev-parse", "--is-inside-work-tree")
    if done and done.returncode and b"not a git repository" not in done.stderr:
        raise WarraqError([refused(done.stderr)])
    return done is not None and done.stdout.strip() == b"true"


def is_merging(site: Path) -> bool:
    """Whether a merge waits to be finished, during which git commits all or nothing."""
    return bool(_text(site, "rev-parse", "--quiet", "--verify", "MERGE_HEAD"))


def is_on_branch(site: Path) -> bool:
    """Whether the next commit is one of a branch, so that it is found again."""
    return bool(_text(site, "symbolic-ref", "--quiet", "HEAD"))


def has_identity(site: Path) -> bool:
    """Whether git knows in whose name to commit, without guessing it from the machine's name."""
    return bool(_text(site, "-c", "user.useConfigOnly=true", "var", "GIT_AUTHOR_IDENT"))


def set_identity(site: Path, name: str, address: str) -> None:
    """Set in whose name this repository's commits are made. Raises WarraqError if git refuses."""
    for key, value in (("user.name", name), ("user.email", address)):
        _run(site, "config", "--local", key, " ".join(value.split()))


def changed_files(site: Path, paths: Iterable[str]) -> tuple[str, ...]:
    """Return which of `paths` differ from the last commit, those unknown to git included."""
    form = ("--porcelain=v1", "-z", "--no-renames", "--untracked-files=all")
    done = _run(site, "status", *form, "--", *_EDITED)
    prefix = _text(site, "rev-parse", "--show-prefix").strip()
    rows = done.stdout.decode(*_ANY_NAME).split("\0")
    differing = {row[3:].removeprefix(prefix) for row in rows if row}
    return tuple(path for path in paths if path in differing)


def unsent(site: Path) -> Unsent | None:
    """Return what a push would send, and what it would not; None outside a repository."""
    if not is_repository(site):
        return None
    status = _run(site, "status", "--porcelain=v1", "-z", "--no-renames", "--", ".")
    rows = status.stdout.decode(*_ANY_NAME).split("\0")
    prefix = _text(site, "rev-parse", "--show-prefix").strip()
    remotes = _text(site, "remote").split()
    name = "origin" if "origin" in remotes else next(iter(remotes), "")
    ahead = _text(site, "rev-list", "--count", "@{upstream}..HEAD").strip()
    return Unsent(
        tuple(row[3:].removeprefix(prefix) for row in rows if row),
        _text(site, "remote", "get-url", name).strip() if name else "",
        int(ahead) if ahead else None,
    )


def begin(site: Path, paths: Iterable[str], subject: str) -> bool:
    """Make `site` a repository whose first commit has `paths`; return whether it could commit.

    Without a name for the editor the repository has no commit yet. The first commit is no change
    set, for `undo` must not take the archive back. Raises WarraqError if there is no git, or if it
    refuses.
    """
    _run(site, "init", "--quiet", "--initial-branch=main")
    if not has_identity(site):
        return False
    _run(site, "add", *_PATHS, given=_joined(paths))
    _run(site, "commit", "--quiet", "--message", subject)
    return True


def commit(site: Path, paths: Iterable[str], subject: str, undoes: str = "") -> str:
    """Commit `paths` as they are on disk, gone ones too; return the commit.

    `undoes` is the commit that is taken back, if one is. Raises WarraqError with git's words if it
    refuses; the index is then as it was.
    """
    paths = tuple(paths)
    names = _joined(paths)
    present = _joined(path for path in paths if (site / path).exists())
    trailer = f"{TRAILER}: {_UNDO} {undoes}" if undoes else f"{TRAILER}: {_EDIT}"
    words = ("--quiet", "--only", "--cleanup=whitespace", "-m", subject, "-m", trailer)
    try:
        if present:
            _run(site, "add", "--intent-to-add", *_PATHS, given=present)
        _run(site, "commit", *words, *_PATHS, given=names)
    except WarraqError:
        _git(site, "reset", "--quiet", *_PATHS, given=names)
        raise
    return _text(site, "rev-parse", "HEAD").strip()


def changes(site: Path) -> Iterator[RecordedChange]:
    """Yield the commits that warraq made, newest first."""
    yield from _log(site, "HEAD")


def recorded(site: Path, commit: str) -> RecordedChange | None:
    """Return a commit that warraq made, by its full name in hex, None if it is no such."""
    if not re.fullmatch("[0-9a-f]{40,64}", commit):
        return None
    return next((one for one in _log(site, "--max-count=1", commit) if one.commit == commit), None)


def _log(site: Path, *which: str) -> Iterator[RecordedChange]:
    form = _RECORD + _FIELD.join(("%H", "%aI", "%aN", "%s", _VALUE)) + _FIELD
    found = _text(
        site,
        *("log", f"--format={form}", "--name-only", "--relative", "-z", "--no-renames"),
        *("--no-merges", f"--grep=^{TRAILER}: ", *which, "--", *_EDITED),
    )
    for record in found.split(_RECORD)[1:]:
        made, stamp, author, subject, change, files = record.split(_FIELD, 5)
        paths = tuple(name for name in files.replace("\n", "\0").split("\0") if name)
        kind, _, undone = change.strip().partition(" ")
        undoes = undone if kind == _UNDO else ""
        yield RecordedChange(made, stamp, author, subject, undoes, paths)


def standing(commits: Iterable[RecordedChange]) -> Iterator[RecordedChange]:
    """Yield the changes of `commits` (newest first) that nobody took back; no undoing itself."""
    undone: set[str] = set()
    for one in commits:
        if one.commit in undone:
            continue
        if one.undoes:
            undone.add(one.undoes)
        else:
            yield one


def contents_at(site: Path, revision: str, paths: Iterable[str]) -> dict[str, bytes]:
    """Return what those of `paths` that were there held in `revision`, as git keeps it."""
    listed = _run(site, "ls-tree", "-r", "-z", revision, "--", *_EDITED)
    rows = (row.partition("\t") for row in listed.stdout.decode(*_ANY_NAME).split("\0"))
    wanted = frozenset(paths)
    blobs = {name: about.split()[2] for about, _, name in rows if name in wanted}
    asked = "".join(f"{blob}\n" for blob in blobs.values())
    done = _run(site, "cat-file", "--batch", given=asked.encode())
    answer, found = BytesIO(done.stdout), {}
    for name in blobs:
        size = int(answer.readline().split()[-1])
        found[name] = answer.read(size)
        answer.readline()
    return found


def merged(ours: Path, base: Path, theirs: Path) -> bytes | None:
    """Return `ours` with what leads from `base` to `theirs`, None if both changed a line."""
    names = map(str, (ours, base, theirs))
    done = _git(ours.parent, "merge-file", "-p", "--quiet", *names)
    return done.stdout if done and not done.returncode else None


def _joined(paths: Iterable[str]) -> bytes:
    return "\0".join(paths).encode(*_ANY_NAME)


def _text(site: Path, *arguments: str) -> str:
    done = _git(site, *arguments)
    return done.stdout.decode("utf-8", "replace") if done and not done.returncode else ""


def _run(site: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    done = _git(site, *arguments, given=given)
    if done is None:
        raise WarraqError([error("git-missing")])
    if done.returncode:
        words = done.stderr or done.stdout
        why = " ".join(words.decode("utf-8", "replace").split())[:_MOST_QUOTED]
        raise WarraqError([error("git-refused", why=why)])
    return done


def _git(
    site: Path, *arguments: str, given: bytes = b""
) -> subprocess.CompletedProcess[bytes] | None:
    """Return what git did with `given` for its input, None if there is no git."""
    quiet = {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        return subprocess.run(  # noqa: S603 - fixed words, no shell
            (*_GIT, "-C", str(site), *arguments),
            capture_output=True,
            check=False,
            input=given,
            env=os.environ | quiet,
        )
    except FileNotFoundError:
        return None
