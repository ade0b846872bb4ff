"""OutputFiles → public/: staged beside it, journalled, renamed into place.

Knows bytes and paths only. Every file of the folder is whole, old or new, at any instant. Files are
staged in a hidden folder beside the output, then a journal names every rename and removal; a run
that finds a journal rolls it forward before anything else, so that the next finishes a killed one.
"""

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from warraq.base.files import write_whole
from warraq.base.problems import WarraqError, error
from warraq.model import OutputFile

MARKER = ".warraq-output"
_MARKER_TEXT = b"This folder is written by warraq; whatever else is put here is removed.\n"
# Readers' browsers find everything through this file: it changes last.
LAST = "search/root.json"


class Outcome(NamedTuple):
    """How many files the output now holds, and how many of them changed or went."""

    files: int
    changed: int
    removed: int


def publish(files: Iterable[OutputFile], *, site: Path, into: Path) -> Outcome:
    """Make the folder `into` hold exactly `files`; return what that took.

    Raises WarraqError when `into` is not a folder warraq may write, is being written by another
    run, or when two files claim one path. If `files` raises, `into` stays as it was.
    """
    check_target(into, site)
    work = workspace(into)
    with _locked(work):
        _roll_forward(into, work)
        return _replace(files, into, work)


def workspace(into: Path) -> Path:
    """Return the hidden folder beside `into` that holds stage, journal and lock."""
    return into.parent / f".{into.name}.warraq"


def check_target(into: Path, site: Path) -> None:
    """Raise WarraqError unless `into` is a folder that warraq made, or may make."""
    target, root = into.resolve(), site.resolve()
    content = root / "content"
    forbidden = (
        target == Path(target.anchor) or target == Path.home() or root.is_relative_to(target)
    )
    kept = [root / name for name in ("content", "templates", "seeds", ".git", "generator")]
    if forbidden or any(target.is_relative_to(folder) for folder in kept):
        raise WarraqError([error("output-forbidden", str(into), content=str(content))], exit_code=2)
    if into.is_symlink() or (into.exists() and not into.is_dir()):
        raise WarraqError([error("output-not-folder", str(into))], exit_code=2)
    if into.exists() and any(into.iterdir()) and not (into / MARKER).is_file():
        raise WarraqError([error("output-foreign", str(into), marker=MARKER)], exit_code=2)


def _replace(files: Iterable[OutputFile], into: Path, work: Path) -> Outcome:
    stage = work / "stage"
    shutil.rmtree(stage, ignore_errors=True)
    wanted: set[str] = {MARKER}
    changed: list[str] = []
    try:
        _stage(OutputFile(MARKER, _MARKER_TEXT), into, stage, changed)
        for file in files:
            _claim(file.path, wanted)
            _stage(file, into, stage, changed)
        _no_folder_is_a_file(wanted)
        stale = sorted(path for path in _present(into) if path not in wanted)
        journal = {"renames": sorted(changed, key=lambda p: (p == LAST, p)), "removals": stale}
        write_whole(work / "journal.json", json.dumps(journal).encode())
    except BaseException:
        shutil.rmtree(stage, ignore_errors=True)
        raise
    _roll_forward(into, work)
    return Outcome(len(wanted) - 1, len(changed), len(stale))


def _claim(path: str, wanted: set[str]) -> None:
    parts = PurePosixPath(path).parts
    if not path or path.startswith("/") or "\\" in path or ".." in parts or "\x00" in path:
        raise WarraqError([error("output-path", path)])
    if path in wanted:
        raise WarraqError([error("output-twice", path)])
    wanted.add(path)


def _no_folder_is_a_file(wanted: set[str]) -> None:
    for path in wanted:
        for folder in PurePosixPath(path).parents:
            if str(folder) in wanted:
                raise WarraqError([error("output-twice", str(folder))])


def _stage(file: OutputFile, into: Path, stage: Path, changed: list[str]) -> None:
    present = into / file.path
    try:
        if present.stat().st_size == len(file.content) and present.read_bytes() == file.content:
            return
    except OSError:
        pass
    staged = stage / file.path
    try:
        try:
            staged.write_bytes(file.content)
        except FileNotFoundError:
            staged.parent.mkdir(parents=True, exist_ok=True)
            staged.write_bytes(file.content)
    except (NotADirectoryError, IsADirectoryError, FileExistsError):  # a page where a folder stands
        raise WarraqError([error("output-twice", file.path)]) from None
    changed.append(file.path)


def _present(into: Path) -> Iterator[str]:
    for folder, _, names in os.walk(into):
        for name in names:
            yield Path(folder, name).relative_to(into).as_posix()


def _roll_forward(into: Path, work: Path) -> None:
    journal = work / "journal.json"
    try:
        steps = json.loads(journal.read_bytes())
    except FileNotFoundError:
        return
    stage = work / "stage"
    into.mkdir(parents=True, exist_ok=True)
    for path in steps["removals"]:  # first, so that a folder may stand where a file stood
        (into / path).unlink(missing_ok=True)
    for path in steps["renames"]:
        if (stage / path).exists():
            _rename(stage / path, into / path)
    _drop_empty_folders(into)
    journal.unlink()
    shutil.rmtree(stage, ignore_errors=True)


def _rename(staged: Path, final: Path) -> None:
    try:
        staged.replace(final)
    except FileNotFoundError:
        final.parent.mkdir(parents=True, exist_ok=True)
        staged.replace(final)
    except IsADirectoryError:  # an empty folder left where a file belongs
        shutil.rmtree(final)
        staged.replace(final)


def _drop_empty_folders(into: Path) -> None:
    for folder, _, names in os.walk(into, topdown=False):
        if not names and Path(folder) != into and not any(Path(folder).iterdir()):
            Path(folder).rmdir()


@contextmanager
def _locked(work: Path) -> Iterator[None]:
    import fcntl  # noqa: PLC0415 - POSIX only, and wanted only here

    work.mkdir(parents=True, exist_ok=True)
    with (work / "lock").open("wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise WarraqError([error("output-busy", str(work))]) from None
        yield
