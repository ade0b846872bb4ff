"""A change set: what files of content/ are now and what they become, before anything is written."""

from collections.abc import Callable, Iterable, Iterator
from difflib import SequenceMatcher, unified_diff
from typing import NamedTuple

from warraq.base.problems import Problem, WarraqError, error


class FileChange(NamedTuple):
    """One file, `path` relative to the site; None is a file that is not there."""

    path: str
    before: bytes | None
    after: bytes | None


class ChangeSet(NamedTuple):
    """The files that change, sorted by path; `subject` says in a sentence what for.

    `problems` tell what was asked for and is not among the changes; `undoes` is the commit that
    it takes back.
    """

    subject: str
    changes: tuple[FileChange, ...] = ()
    problems: tuple[Problem, ...] = ()
    undoes: str = ""

    @classmethod
    def of(
        cls, subject: str, changes: Iterable[FileChange], problems: Iterable[Problem] = ()
    ) -> "ChangeSet":
        """Return the change set of those of `changes` that change anything."""
        real = sorted(one for one in changes if one.before != one.after)
        return cls(subject, tuple(real), tuple(sorted(problems)))


def edited(path: str, before: bytes, edit: Callable[[str], str]) -> FileChange:
    """Return the change that `edit` makes to a text file, which gets its text with LF alone.

    The file keeps its byte order mark, and each line its line end. Raises WarraqError if the file
    is not UTF-8.
    """
    try:
        text = before.decode()
    except UnicodeDecodeError:
        raise WarraqError([error("file-unreadable", path, why="why-encoding")]) from None
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix("\ufeff")
    after = _with_line_ends(text, edit(text.replace("\r\n", "\n")))
    return FileChange(path, before, (mark + after).encode())


def _with_line_ends(before: str, after: str) -> str:
    """Return `after`, whose lines end in LF, with the line ends that they have in `before`."""
    *lines, rest = before.split("\n")
    if not any(line.endswith("\r") for line in lines):
        return after
    if all(line.endswith("\r") for line in lines):
        return after.replace("\n", "\r\n")
    old, new = [line.removesuffix("\r") for line in lines], after.split("\n")
    written: list[str] = []
    matcher = SequenceMatcher(None, [*old, rest], new, autojunk=False)
    for tag, first, last, start, stop in matcher.get_opcodes():
        written += [*lines, rest][first:last] if tag == "equal" else new[start:stop]
    return "\n".join(written)


def diff(changes: Iterable[FileChange]) -> Iterator[str]:
    """Yield the lines of a unified diff, each with its line end."""
    for path, before, after in changes:
        old, new = ((side or b"").decode(errors="replace").splitlines() for side in (before, after))
        names = (
            (f"a/{path}" if before is not None else "/dev/null"),
            (f"b/{path}" if after is not None else "/dev/null"),
        )
        for line in unified_diff(old, new, *names, n=2, lineterm=""):
            yield line + "\n"
