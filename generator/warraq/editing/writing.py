"""Write a change set: under the lock on content/, onto the files that it was made from, and commit.

All of it is written or nothing: whatever changed meanwhile is left alone.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from warraq.base.files import is_inside, write_atomic
from warraq.base.problems import Problem, WarraqError, error, listed, reason_code, warning
from warraq.content.write_lock import content_write_lock
from warraq.editing import repository
from warraq.editing.change_set import ChangeSet, FileChange

_SHOWN = 3  # files named in a warning


class Written(NamedTuple):
    """The commit of a change set, "" if there is none, and what to say of it."""

    commit: str = ""
    problems: tuple[Problem, ...] = ()


def write(site: Path, planned: ChangeSet, *, record: bool = True) -> Written:
    """Write the changes of `planned` and, with `record`, commit them; return the commit.

    Nothing is committed, and the problems say why, without a repository, during a merge, where a
    file had changes of its own that no commit has yet, and if git refuses. Raises WarraqError, and
    leaves every file as it was, if one is not what it was when the change set was made (exit code
    3) or cannot be written, if git has no name for the editor, and if another run writes content
    (exit code 3).
    """
    if not planned.changes:
        return Written()
    with content_write_lock(site):
        _compare(site, planned.changes)
        reasons = tuple(_unrecorded(site, planned.changes)) if record else ()
        _write_all(site, planned.changes)
        if reasons or not record:
            return Written("", reasons)
        return _committed(site, planned)


def content_now(site: Path, path: str) -> bytes | None:
    """Return what the file at `path` holds, None if there is none.

    Raises WarraqError if the path leads out of the site or cannot be read.
    """
    if not is_inside(site / path, site):
        raise WarraqError([error("edit-outside", path)])
    try:
        return (site / path).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as fault:
        raise WarraqError([error("file-unreadable", path, why=reason_code(fault))]) from None


def _compare(site: Path, changes: Iterable[FileChange]) -> None:
    """Raise WarraqError for each file that is not as its change found it."""
    changed = [one.path for one in changes if content_now(site, one.path) != one.before]
    if changed:
        raise WarraqError([error("edit-overtaken", path) for path in changed], exit_code=3)


def _unrecorded(site: Path, changes: tuple[FileChange, ...]) -> Iterator[Problem]:
    """Yield why the changes are not to be committed; WarraqError if an editor's name is missing."""
    if not repository.is_repository(site):
        yield warning("edit-unrecorded", "content")
    elif repository.is_merging(site):
        yield warning("edit-merging", "content")
    elif mixed := repository.changed_files(site, [change.path for change in changes]):
        yield warning("edit-mixed", mixed[0], count=len(mixed), names=listed(mixed, _SHOWN))
    elif not repository.has_identity(site):
        raise WarraqError([error("git-identity")])


def _write_all(site: Path, changes: tuple[FileChange, ...]) -> None:
    """Write `changes` one by one; whatever stops it, those already written are taken back."""
    done: list[FileChange] = []
    try:
        for change in changes:
            _compare(site, [change])  # an editor may have saved since
            done.append(change)
            _write(site, change)
    except BaseException as fault:
        for path, before, after in reversed(done):
            with suppress(OSError, WarraqError):
                if content_now(site, path) == after:
                    _write(site, FileChange(path, after, before))
        if isinstance(fault, OSError):
            why = reason_code(fault)
            raise WarraqError([error("file-unwritable", done[-1].path, why=why)]) from None
        raise


def _write(site: Path, change: FileChange) -> None:
    file = site / change.path
    if change.after is None:
        file.unlink(missing_ok=True)
    else:
        write_atomic(file, change.after)


def _committed(site: Path, planned: ChangeSet) -> Written:
    paths = [change.path for change in planned.changes]
    try:
        made = repository.commit(site, paths, planned.subject, planned.undoes)
    except WarraqError as refused:
        return Written("", refused.problems)
    if repository.is_on_branch(site):
        return Written(made)
    return Written(made, (warning("edit-detached", "content", commit=made[:10]),))
