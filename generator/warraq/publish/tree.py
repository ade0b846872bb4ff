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
_JOURNAL = "journal.json"
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
    with opened(site=site, into=into) as tree:
        wanted: set[str] = set()
        changed: list[str] = []
        for file in files:
            claim(file.path, wanted)
            if stage(file, tree):
                changed.append(file.path)
        stale = [path for path, _, _ in present(into) if path not in wanted]
        return finish(tree, wanted, changed=changed, stale=stale)


class Tree(NamedTuple):
    """An output folder open for writing, and the folder beside it where files are staged."""

    into: Path
    stage: Path


@contextmanager
def opened(*, site: Path, into: Path) -> Iterator[Tree]:
    """Lock `into` for one run, finish what a killed run began, and clear the stage at the end.

    Raises WarraqError when `into` is not a folder warraq may write, or is being written.
    """
    check_target(into, site)
    work = workspace(into)
    with _locked(work):
        tree = Tree(into, work / "stage")
        _roll_forward(tree)
        shutil.rmtree(tree.stage, ignore_errors=True)
        try:
            yield tree
        finally:
            shutil.rmtree(tree.stage, ignore_errors=True)


def claim(path: str, wanted: set[str]) -> None:
    """Add `path` to `wanted`; raise WarraqError if it leaves the folder or is there already."""
    parts = PurePosixPath(path).parts
    if not path or path.startswith("/") or "\\" in path or ".." in parts or "\x00" in path:
        raise WarraqError([error("output-path", path)])
    if path in wanted or path == MARKER:
        raise WarraqError([error("output-twice", path)])
    wanted.add(path)


def stage(file: OutputFile, tree: Tree) -> bool:
    """Stage `file` unless the folder holds just these bytes already; tell whether it was staged.

    Safe to call from several processes for different files.
    """
    now = tree.into / file.path
    try:
        if now.stat().st_size == len(file.content) and now.read_bytes() == file.content:
            return False
    except OSError:
        pass
    staged = tree.stage / file.path
    try:
        try:
            staged.write_bytes(file.content)
        except FileNotFoundError:
            staged.parent.mkdir(parents=True, exist_ok=True)
            staged.write_bytes(file.content)
    except (NotADirectoryError, IsADirectoryError, FileExistsError):  # a page where a folder stands
        raise WarraqError([error("output-twice", file.path)]) from None
    return True


def present(into: Path) -> Iterator[tuple[str, int, int]]:
    """Yield (path, size, mtime in ns) of every file in the folder, the marker aside."""
    folders = [""]
    while folders:
        folder = folders.pop()
        try:
            found = os.scandir(into / folder)
        except FileNotFoundError:
            continue
        with found:
            for entry in found:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(f"{folder}{entry.name}/")
                elif (path := folder + entry.name) != MARKER:
                    stat = entry.stat(follow_symlinks=False)
                    yield path, stat.st_size, stat.st_mtime_ns


def finish(
    tree: Tree, wanted: set[str], *, changed: Iterable[str], stale: Iterable[str]
) -> Outcome:
    """Rename what was staged into place, remove what is stale; return what that took."""
    _no_folder_is_a_file(wanted)
    changed, stale = sorted(changed, key=lambda path: (path == LAST, path)), sorted(stale)
    marked = stage(OutputFile(MARKER, _MARKER_TEXT), tree)
    if marked or changed or stale:
        renames = [*([MARKER] if marked else []), *changed]
        journal = {"renames": renames, "removals": stale}
        write_whole(tree.stage.parent / _JOURNAL, json.dumps(journal).encode())
        _roll_forward(tree)
    return Outcome(len(wanted), len(changed), len(stale))


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


def _no_folder_is_a_file(wanted: set[str]) -> None:
    for path in wanted:
        for folder in PurePosixPath(path).parents:
            if str(folder) in wanted:
                raise WarraqError([error("output-twice", str(folder))])


def _roll_forward(tree: Tree) -> None:
    into, stage = tree
    journal = stage.parent / _JOURNAL
    try:
        steps = json.loads(journal.read_bytes())
    except FileNotFoundError:
        return
    into.mkdir(parents=True, exist_ok=True)
    for path in steps["removals"]:  # first, so that a folder may stand where a file stood
        (into / path).unlink(missing_ok=True)
    for path in steps["renames"]:
        if (stage / path).exists():
            _rename(stage / path, into / path)
    _drop_empty_folders(into)
    journal.unlink()


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
