"""OutputFiles → public/: staged in a sibling folder, journalled, renamed into place.

Handles bytes and paths only. Every file of the output is complete, old or new, at any time. Files
are staged in a hidden folder next to the output; then a journal records that all are staged and
which files to remove. A run that finds a journal first rolls it forward, and so finishes the work
of a killed one.

Hidden files and folders (.git, .htaccess) belong to others and are neither read nor removed, unless
the marker lists them as written by warraq.
"""

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from stat import S_ISDIR
from typing import NamedTuple

import msgspec

from warraq.base.files import content_digest, is_inside, write_atomic
from warraq.base.locks import locked
from warraq.base.problems import WarraqError, error
from warraq.model import OutputFile

MARKER = ".warraq-output"
_JOURNAL = "journal.json"
_MARKER_TEXT = (
    "This folder is written by warraq; whatever else is put here is removed, but for what has a "
    "name that begins with a dot.\n"
)
# Browsers find the rest of the search index through this file, so it is replaced last.
LAST = "search/root.json"
# Sites of at most this many pages may lose most of them without `allow_removals`.
MANY_PAGES = 20


class Outcome(NamedTuple):
    """How many files the output now holds, and how many were written and removed."""

    files: int
    changed: int
    removed: int


def publish(
    files: Iterable[OutputFile], *, site: Path, into: Path, allow_removals: bool = False
) -> Outcome:
    """Make the folder `into` hold exactly `files`; return the number of changes.

    Raises WarraqError if `into` is not a folder warraq may write, is being written by another run,
    would lose most of its pages, or if two files have the same path. If `files` raises, `into` is
    left unchanged.
    """
    with opened(site=site, into=into) as tree:
        wanted: set[str] = set()
        changed = 0
        for file in files:
            claim(file.path, wanted)
            changed += stage(file, tree).is_new
        stale = [path for path in present(into) if path not in wanted]
        removed = finish(tree, wanted, stale, allow_removals=allow_removals)
        return Outcome(len(wanted), changed, removed)


class Mark(msgspec.Struct, frozen=True, array_like=True):
    """Size in bytes and mtime in ns of an output file, to detect changes without reading it."""

    size: int
    mtime: int


class Staged(msgspec.Struct, frozen=True):
    """An output file as it will be published; `is_new` unless it is there unchanged already."""

    mark: Mark
    digest: bytes
    is_new: bool


class OutputTree(NamedTuple):
    """An output folder open for writing, and the sibling folder where files are staged."""

    into: Path
    stage: Path


@contextmanager
def opened(*, site: Path, into: Path) -> Iterator[OutputTree]:
    """Lock `into` for one run, finish what a killed run began, and clear the stage at the end.

    Raises WarraqError if `into` is not a folder warraq may write, or is being written.
    """
    check_target(into, site)
    work = workspace(into)
    with locked(work / "lock", "output-busy"):
        tree = OutputTree(into, work / "stage")
        _roll_forward(tree)
        shutil.rmtree(tree.stage, ignore_errors=True)
        try:
            yield tree
        finally:
            if not (work / _JOURNAL).exists():  # the next run needs what a journal refers to
                shutil.rmtree(tree.stage, ignore_errors=True)


def claim(path: str, wanted: set[str]) -> None:
    """Add `path` to `wanted`; raise WarraqError if it leaves the folder or is a duplicate."""
    parts = PurePosixPath(path).parts
    if not path or path.startswith("/") or "\\" in path or ".." in parts or "\x00" in path:
        raise WarraqError([error("output-path", path)])
    if path in wanted or path == MARKER:
        raise WarraqError([error("output-twice", path)])
    wanted.add(path)


def stage(file: OutputFile, tree: OutputTree, digest: bytes = b"") -> Staged:
    """Stage `file` unless the output holds the same bytes already.

    `digest` is that of its content, if it is known. Safe to call from several processes for
    different files.
    """
    digest = digest or content_digest(file.content)
    if mark := _mark_of_same(file, tree.into):
        return Staged(mark, digest, is_new=False)
    path = f"{tree.stage}/{file.path}"
    try:
        try:
            mark = _written(path, file.content)
        except FileNotFoundError:
            os.makedirs(path.rpartition("/")[0], exist_ok=True)  # noqa: PTH103 - as in `_written`
            mark = _written(path, file.content)
    except (NotADirectoryError, IsADirectoryError, FileExistsError):  # a page where a folder is
        raise WarraqError([error("output-twice", file.path)]) from None
    return Staged(mark, digest, is_new=True)


def _mark_of_same(file: OutputFile, into: Path) -> Mark | None:
    """Return the mark of the existing file in `into` if it equals `file`.

    Raises WarraqError if the path is taken by something that must not be removed.
    """
    path = f"{into}/{file.path}"
    try:
        stat = os.stat(path)  # noqa: PTH116 - called for every file of an archive
        if stat.st_size == len(file.content) and Path(path).read_bytes() == file.content:
            return None if _is_linked(file.path, into) else Mark(stat.st_size, stat.st_mtime_ns)
    except (NotADirectoryError, IsADirectoryError):
        _stop_if_taken(file.path, into)
    except OSError:
        return None
    else:
        if S_ISDIR(stat.st_mode):
            _stop_if_taken(file.path, into)
    return None


def _is_linked(path: str, into: Path) -> bool:
    """Whether a part of `path` in `into` is a link, which publication takes away."""
    ends = (at for at, letter in enumerate(f"{path}/") if letter == "/")
    return any(os.path.islink(f"{into}/{path[:end]}") for end in ends)  # noqa: PTH114 - as above


def _stop_if_taken(path: str, into: Path) -> None:
    """Raise WarraqError if a file at `path` would replace hidden files of others in `into`."""
    own = set(hidden_files(into))
    above = [str(folder) for folder in PurePosixPath(path).parents][:-1]
    taken = [p for p in above if is_hidden(p) and p not in own and (into / p).is_file()]
    below = (each.relative_to(into).as_posix() for each in (into / path).rglob("*"))
    taken += [p for p in below if is_hidden(p) and p not in own and not (into / p).is_dir()]
    if taken:
        raise WarraqError([error("output-taken", path, other=min(taken))])


def _written(path: str, content: bytes) -> Mark:
    with open(path, "wb") as file:  # noqa: PTH123 - called for every file of an archive
        file.write(content)
        file.flush()
        stat = os.fstat(file.fileno())
    return Mark(stat.st_size, stat.st_mtime_ns)


def is_hidden(path: str) -> bool:
    """Whether a name in `path` begins with a dot.

    >>> [is_hidden(path) for path in (".git/config", "n/.keep", "n/a.b/c.")]
    [True, True, False]
    """
    return path.startswith(".") or "/." in path


def present(into: Path) -> Iterator[str]:
    """Yield the path of every file in the folder that warraq owns, in no order.

    These are all but the marker and the hidden files it does not list.
    """
    yield from hidden_files(into)
    folders = [""]
    while folders:
        folder = folders.pop()
        try:
            entries = os.scandir(f"{into}/{folder}")
        except FileNotFoundError:
            continue
        with entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(f"{folder}{entry.name}/")
                else:
                    yield folder + entry.name


def _marker(paths: Iterable[str]) -> bytes:
    """Return the marker's text: a line for people, then each hidden path of `paths` as JSON."""
    hidden = sorted(filter(is_hidden, paths))
    return "".join((_MARKER_TEXT, *(f"{json.dumps(path)}\n" for path in hidden))).encode()


def hidden_files(into: Path) -> Iterator[str]:
    """Yield the existing hidden files that the marker lists."""
    try:
        lines = (into / MARKER).read_bytes().splitlines()[1:]
        paths = {path for path in map(json.loads, lines) if isinstance(path, str)}
    except (OSError, ValueError):  # no valid list: all hidden files are kept
        return
    for path in sorted(filter(is_hidden, paths)):
        file = into / path
        within = ".." not in file.parts and is_inside(file.parent, into)
        if within and path != MARKER and (file.is_symlink() or file.is_file()):
            yield path


def finish(
    tree: OutputTree, wanted: Iterable[str], stale: Iterable[str], *, allow_removals: bool = False
) -> int:
    """Move the staged files into place and remove the stale ones; return how many were removed.

    Raises WarraqError if a path of `wanted`, the complete new output, is also a folder of another,
    or if most pages would be removed without `allow_removals`.
    """
    wanted = set(wanted)
    _no_folder_is_a_file(wanted)
    stale = sorted(stale)
    if not allow_removals:
        _stop_on_many_removals(tree.into, stale)
    hidden = {*hidden_files(tree.into)}.difference(stale).union(wanted)
    marked = stage(OutputFile(MARKER, _marker(hidden)), tree).is_new
    if marked or stale or tree.stage.exists():
        journal = json.dumps({"removals": stale}).encode()
        write_atomic(tree.stage.parent / _JOURNAL, journal)
        _roll_forward(tree)
    return len(stale)


def _stop_on_many_removals(into: Path, stale: Iterable[str]) -> None:
    """Raise WarraqError if more than half of more than MANY_PAGES pages would be removed."""
    going = {path for path in stale if path.endswith(".html")}
    if 2 * len(going) <= MANY_PAGES:
        return
    there = {path for path in present(into) if path.endswith(".html")}
    lost = len(going & there)
    if len(there) > MANY_PAGES and 2 * lost > len(there):
        raise WarraqError([error("removals-many", str(into), lost=lost, pages=len(there))])


def workspace(into: Path) -> Path:
    """Return the hidden sibling of `into` that holds stage, journal and lock."""
    place = into.resolve()
    return place.parent / f".{place.name}.warraq"


def check_target(into: Path, site: Path) -> None:
    """Raise WarraqError unless `into` is a folder that warraq created or may create."""
    target, root = into.resolve(), site.resolve()
    content = root / "content"
    forbidden = (
        target == Path(target.anchor) or target == Path.home() or root.is_relative_to(target)
    )
    kept = [
        root / name for name in ("content", "static", "templates", "seeds", ".git", "generator")
    ]
    if forbidden or any(target.is_relative_to(folder) for folder in kept):
        raise WarraqError([error("output-forbidden", str(into), content=str(content))], exit_code=2)
    if into.is_symlink() or (into.exists() and not into.is_dir()):
        raise WarraqError([error("output-not-folder", str(into))], exit_code=2)
    others = into.exists() and not all(is_hidden(entry.name) for entry in into.iterdir())
    if others and not (into / MARKER).is_file():
        raise WarraqError([error("output-foreign", str(into), marker=MARKER)], exit_code=2)


def _no_folder_is_a_file(wanted: set[str]) -> None:
    folders = {path.rpartition("/")[0] for path in wanted} - {""}
    while folders:
        if folders & wanted:
            raise WarraqError([error("output-twice", min(folders & wanted))])
        folders = {folder.rpartition("/")[0] for folder in folders} - {""}


def _roll_forward(tree: OutputTree) -> None:
    journal = tree.stage.parent / _JOURNAL
    try:
        removals = json.loads(journal.read_bytes())["removals"]
    except FileNotFoundError:
        return
    for path in removals:  # first, so that a folder can replace a file
        (tree.into / path).unlink(missing_ok=True)
    if tree.stage.exists():
        _move(tree.stage, tree.into)
    _drop_empty_folders(tree.into, removals)
    journal.unlink()


def _move(staged: Path, final: Path, folder: str = "") -> None:
    """Move the staged files into place: new folders as a whole, others file by file."""
    if not final.exists():
        staged.rename(final)
        return
    names = (entry.name for entry in (staged / folder).iterdir())
    for path in sorted((folder + name for name in names), key=_turn):
        if (staged / path).is_dir() and (final / path).is_dir():
            _move(staged, final, f"{path}/")
            continue
        try:
            (staged / path).replace(final / path)
        except IsADirectoryError:  # a folder without files of ours where a file belongs
            shutil.rmtree(final / path)
            (staged / path).replace(final / path)


def _turn(path: str) -> tuple[bool, bool, str]:
    """Return a sort key: the marker first, LAST and its parent folders last."""
    return path != MARKER, path == LAST or LAST.startswith(f"{path}/"), path


def _drop_empty_folders(into: Path, removed: Iterable[str]) -> None:
    for path in removed:
        for folder in PurePosixPath(path).parents:
            try:
                (into / folder).rmdir()
            except OSError:  # not empty, or gone already
                break
