"""The git repository that a site is in: commits of change sets, and what they were.

Only the files of a change set are committed; whatever else is staged or edited stays as it is.
Hooks run as always. Nothing is pushed.
"""

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from warraq.base.problems import WarraqError
from warraq.content.git_history import refused
from warraq.editing.git_program import ANY_NAME, EDITED, KEPT, PATHS, attempt, joined, run, text

TRAILER = "Warraq-Change"  # marks the commits of change sets; its value is one of these two
_EDIT, _UNDO = "edit", "undo"  # the latter with the commit that was taken back
_VALUE = f"%(trailers:key={TRAILER},valueonly,separator=%x20)"
_FEW = 200  # paths that are asked for by name: the whole tree of a large archive takes longer
# Nothing that a stranger may write holds a NUL, and no field is empty: two begin a record.
_FORM = f"%x00%x00%H%x00=%aI%x00=%aN%x00=%s%x00=%P%x00={_VALUE}%x00"
_RECORD = re.compile("\\0{2,}(?=[0-9a-f]{40,64}\\0)")


class RecordedChange(NamedTuple):
    """A commit that changed content. `date` is the author's, ISO 8601 with offset.

    `undoes` is the commit that it took back, `paths` are relative to the site, of a merge those
    that it brought in. `is_own` says whether warraq made it, `is_first` that nothing was before.
    """

    commit: str
    date: str
    author: str
    subject: str
    undoes: str = ""
    paths: tuple[str, ...] = ()
    is_own: bool = True
    is_first: bool = False


def is_repository(site: Path) -> bool:
    """Whether `site` lies in the working tree of a repository.

    Raises WarraqError if it does and git does not trust it, as when it belongs to somebody else.
    """
    done = attempt(site, "rev-parse", "--is-inside-work-tree")
    if done and done.returncode and b"not a git repository" not in done.stderr:
        raise WarraqError([refused(done.stderr)])
    return done is not None and done.stdout.strip() == b"true"


def is_merging(site: Path) -> bool:
    """Whether a merge waits to be finished, during which git commits all or nothing."""
    return bool(text(site, "rev-parse", "--quiet", "--verify", "MERGE_HEAD"))


def is_on_branch(site: Path) -> bool:
    """Whether the next commit is one of a branch, so that it is found again."""
    return bool(text(site, "symbolic-ref", "--quiet", "HEAD"))


def has_identity(site: Path) -> bool:
    """Whether git knows in whose name to commit, without guessing it from the machine's name."""
    return bool(text(site, "-c", "user.useConfigOnly=true", "var", "GIT_AUTHOR_IDENT"))


def set_identity(site: Path, name: str, address: str) -> None:
    """Set in whose name this repository's commits are made. Raises WarraqError if git refuses."""
    for key, value in (("user.name", name), ("user.email", address)):
        run(site, "config", "--local", key, " ".join(value.split()))


def changed_files(site: Path, paths: Iterable[str]) -> tuple[str, ...]:
    """Return which of `paths` differ from the last commit, those unknown to git included."""
    differing = frozenset(uncommitted(site))
    return tuple(path for path in paths if path in differing)


def uncommitted(site: Path, among: Iterable[str] = EDITED) -> tuple[str, ...]:
    """Return the files of content/ and site.yaml that differ from the last commit, new ones too.

    `among` are other files and folders to ask about, relative to the site.
    """
    form = ("--porcelain=v1", "-z", "--no-renames", "--untracked-files=all")
    done = run(site, "status", *form, "--", *among)
    prefix = text(site, "rev-parse", "--show-prefix").rstrip("\n")
    rows = done.stdout.decode(*ANY_NAME).split("\0")
    return tuple(sorted(row[3:].removeprefix(prefix) for row in rows if row))


def begin(site: Path, paths: Iterable[str], subject: str) -> bool:
    """Make `site` a repository whose first commit has `paths`; return whether it could commit.

    Without a name for the editor the repository has no commit yet. The first commit is no change
    set, for `undo` must not take the archive back. Raises WarraqError if there is no git, or if it
    refuses.
    """
    run(site, "init", "--quiet", "--initial-branch=main")
    if not has_identity(site):
        return False
    run(site, "add", *PATHS, given=joined(paths))
    run(site, "commit", "--quiet", "--message", subject)
    return True


def commit(site: Path, paths: Iterable[str], subject: str, undoes: str = "") -> str:
    """Commit `paths` as they are on disk, gone ones too; return the commit.

    `undoes` is the commit that is taken back, if one is. Raises WarraqError with git's words if it
    refuses; the index is then as it was.
    """
    paths = tuple(paths)
    names = joined(paths)
    present = joined(path for path in paths if (site / path).exists())
    trailer = f"{TRAILER}: {_UNDO} {undoes}" if undoes else f"{TRAILER}: {_EDIT}"
    words = ("--quiet", "--only", "--cleanup=whitespace", "-m", subject, "-m", trailer)
    try:
        if present:
            run(site, "add", "--intent-to-add", *PATHS, given=present)
        run(site, "commit", *words, *PATHS, given=names)
    except WarraqError:
        attempt(site, "reset", "--quiet", *PATHS, given=names)
        raise
    return text(site, "rev-parse", "HEAD").strip()


def changes(site: Path) -> Iterator[RecordedChange]:
    """Yield the commits that warraq made, newest first."""
    yield from _log(site, f"--grep=^{TRAILER}: ", "HEAD")


def recorded(site: Path, commit: str) -> RecordedChange | None:
    """Return a commit that warraq made, by its full name in hex, None if it is no such."""
    found = logged(site, commit)
    return found if found and found.is_own else None


def logged(site: Path, commit: str) -> RecordedChange | None:
    """Return a commit that changed content, whoever made it, by its full name in hex."""
    if not re.fullmatch("[0-9a-f]{40}|[0-9a-f]{64}", commit):
        return None
    return next((one for one in _log(site, "--max-count=1", commit) if one.commit == commit), None)


def is_in_history(site: Path, commit: str) -> bool:
    """Whether the files come from `commit` among others; one of another branch is none."""
    done = attempt(site, "merge-base", "--is-ancestor", commit, "HEAD")
    return done is not None and not done.returncode


def newest(
    site: Path,
    most: int,
    *,
    skip: int = 0,
    paths: Iterable[str] = EDITED,
    which: Iterable[str] = ("HEAD",),
) -> tuple[RecordedChange, ...]:
    """Return the newest `most` changes after `skip` of them, whoever made them; of `paths` alone.

    `which` are revisions and ranges, as git takes them.
    """
    counts = (f"--max-count={most}", f"--skip={skip}")
    return tuple(_log(site, *counts, *which, paths=paths))


def undoings(site: Path) -> dict[str, str]:
    """Return commit → the one that took it back, of those that nobody brought back."""
    found: dict[str, str] = {}
    cancelled: set[str] = set()
    for one in _log(site, f"--grep=^{TRAILER}: {_UNDO} ", "HEAD", paths=(), files=False):
        if one.undoes and one.commit not in cancelled:
            found.setdefault(one.undoes, one.commit)
            cancelled.add(one.undoes)
    return found


def _log(
    site: Path, *which: str, paths: Iterable[str] = EDITED, files: bool = True
) -> Iterator[RecordedChange]:
    shown = ("--name-only", "--diff-merges=first-parent") if files else ()
    found = attempt(
        site,
        *("log", f"--format={_FORM}", "--relative", "-z", "--no-renames", *shown, *which),
        *("--", *paths),
    )
    output = found.stdout.decode(*ANY_NAME) if found and not found.returncode else ""
    for record in _RECORD.split(output)[1:]:
        made, *fields, names = f"{record}\0".split("\0", 6)
        stamp, author, subject, parents, change = (_words(field[1:]) for field in fields)
        within = tuple(name for name in names.replace("\0\n", "\0", 1).split("\0") if name)
        kind, _, undone = change.strip().partition(" ")
        undoes = undone if kind == _UNDO else ""
        is_own = kind in {_EDIT, _UNDO}
        yield RecordedChange(
            made, stamp, author, subject, undoes, within, is_own, is_first=not parents
        )


def _words(field: str) -> str:
    """Return what a person wrote, in which bytes that are no UTF-8 are marked as such."""
    return field.encode(*ANY_NAME).decode("utf-8", "replace")


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
    wanted = frozenset(paths)
    asked_for = sorted(wanted) if len(wanted) <= _FEW else KEPT
    listed = run(site, "ls-tree", "-r", "-z", revision, "--", *asked_for)
    rows = (row.partition("\t") for row in listed.stdout.decode(*ANY_NAME).split("\0"))
    blobs = {
        name: about.split()[2] for about, _, name in rows if name in wanted and " blob " in about
    }
    asked = "".join(f"{blob}\n" for blob in blobs.values())
    done = run(site, "cat-file", "--batch", given=asked.encode())
    answer, found = BytesIO(done.stdout), {}
    for name in blobs:
        size = int(answer.readline().split()[-1])
        found[name] = answer.read(size)
        answer.readline()
    return found


def merged(ours: Path, base: Path, theirs: Path) -> bytes | None:
    """Return `ours` with what leads from `base` to `theirs`, None if both changed a line."""
    names = map(str, (ours, base, theirs))
    done = attempt(ours.parent, "merge-file", "-p", "--quiet", *names)
    return done.stdout if done and not done.returncode else None
