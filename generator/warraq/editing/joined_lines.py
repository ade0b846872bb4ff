"""Two lines of a history made one, without touching a file until all of it is settled.

Git merges in its store (`git merge-tree`); what it cannot, a function settles or an editor chooses.
Only then is there a commit, and only a commit is checked out.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal, NamedTuple

from warraq.base.problems import WarraqError, error
from warraq.editing import repository
from warraq.editing.git_program import (
    ANY_NAME,
    EDITED,
    Done,
    attempt,
    names_in,
    run,
    text,
    words_of,
)

Side = Literal["ours", "theirs"]
_NO_CONFLICT, _CONFLICT, _USAGE = 0, 1, 129  # how merge-tree ends


class FileClash(NamedTuple):
    """A file that both lines changed otherwise, relative to the site; None is no such file.

    Where `can_choose` is not so, git alone can help: the file is none of content/ and site.yaml.
    """

    path: str
    base: bytes | None
    ours: bytes | None
    theirs: bytes | None
    can_choose: bool = True


# What both made of a file together, with a side for what does not go together; None if it cannot.
Settle = Callable[[FileClash, Side | None], bytes | None]


class JoinedLines(NamedTuple):
    """What becomes of two commits: `tree` is that of both, if `clashes` is empty."""

    ours: str
    theirs: str
    tree: str
    clashes: tuple[FileClash, ...] = ()


def joined_lines(
    site: Path, ours: str, theirs: str, settle: Settle, choices: Mapping[str, Side]
) -> JoinedLines:
    """Return `ours` with what `theirs` changed; `choices` gives a side for paths that clash.

    Raises WarraqError if the two have nothing in common, or git is older than 2.38.
    """
    ours, theirs = _commit(site, ours), _commit(site, theirs)
    base = text(site, "merge-base", ours, theirs).strip()
    if not base:
        raise WarraqError([error("draft-unrelated")])
    done = _merge_tree(site, ours, theirs)
    tree, *named = names_in(done.stdout)
    top = text(site, "rev-parse", "--show-prefix").rstrip("\n")
    paths = tuple(dict.fromkeys(named if done.returncode == _CONFLICT else ()))
    clashes = tuple(_clashes(site, (base, ours, theirs), top, paths))
    settled = {one.path: _settled(one, settle, choices) for one in clashes}
    open_ones = tuple(one for one in clashes if isinstance(settled[one.path], FileClash))
    if not open_ones and clashes:
        contents = {
            f"{top}{path}": content
            for path, content in settled.items()
            if not isinstance(content, FileClash)
        }
        tree = _with_contents(site, tree, contents)
    return JoinedLines(ours, theirs, tree, open_ones)


def _merge_tree(site: Path, ours: str, theirs: str) -> Done:
    """Return what `git merge-tree` says. Raises WarraqError if it cannot."""
    form = ("--write-tree", "-z", "--name-only", "--no-messages")
    done = attempt(site, "merge-tree", *form, ours, theirs)
    if done is None:
        raise WarraqError([error("git-missing")])
    if done.returncode == _USAGE:
        raise WarraqError([error("git-old")])
    if done.returncode not in {_NO_CONFLICT, _CONFLICT}:
        why = words_of(done)
        raise WarraqError([error("git-refused", why=why)])
    return done


def commit_of(site: Path, plan: JoinedLines, subject: str, *, is_own: bool = True) -> str:
    """Return a new commit of both lines, which no branch has yet. Raises WarraqError.

    `is_own` marks it as a change of warraq's, which `undo` takes back.
    """
    if plan.clashes:
        raise WarraqError([error("draft-clash", one.path) for one in plan.clashes])
    if not repository.has_identity(site):
        raise WarraqError([error("git-identity")])
    trailer = ("-m", f"{repository.TRAILER}: edit") if is_own else ()
    parents = ("-p", plan.ours, "-p", plan.theirs)
    done = run(site, "commit-tree", plan.tree, *parents, "-m", subject, *trailer)
    return done.stdout.decode().strip()


def changed_between(site: Path, before: str, after: str) -> tuple[str, ...]:
    """Return the files of content/ and site.yaml that differ between two trees or commits."""
    form = ("--name-only", "-z", "--no-renames", "--relative", "--no-ext-diff")
    return names_in(run(site, "diff", *form, before, after, "--", *EDITED).stdout)


def _commit(site: Path, revision: str) -> str:
    return (
        run(site, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
        .stdout.decode()
        .strip()
    )


def _clashes(
    site: Path, commits: tuple[str, str, str], top: str, paths: tuple[str, ...]
) -> Iterator[FileClash]:
    """Yield what base, ours and theirs hold of `paths`, which are relative to the repository."""
    here = {path: path.removeprefix(top) for path in paths if path.startswith(top)}
    base, ours, theirs = (repository.contents_at(site, one, here.values()) for one in commits)
    for path in paths:
        name = here.get(path, path)
        is_known = path in here and (name in ours or name in theirs)
        yield FileClash(name, base.get(name), ours.get(name), theirs.get(name), is_known)


def _settled(
    clash: FileClash, settle: Settle, choices: Mapping[str, Side]
) -> bytes | FileClash | None:
    """Return what the file is to hold, None for no file; the clash itself if nobody says."""
    if not clash.can_choose:
        return clash
    side = choices.get(clash.path)
    found = settle(clash, side)
    if found is not None:
        return found
    return clash if side is None else clash.ours if side == "ours" else clash.theirs


def _with_contents(site: Path, tree: str, contents: Mapping[str, bytes | None]) -> str:
    """Return `tree` with other contents, in an index of its own."""
    with TemporaryDirectory(prefix="warraq-") as folder:
        own = {"GIT_INDEX_FILE": str(Path(folder, "index"))}
        run(site, "read-tree", tree, settings=own)
        rows = []
        for path, content in contents.items():
            if content is None:
                rows.append(f"0 {'0' * len(tree)}\t{path}")
            else:
                done = run(site, "hash-object", "-w", "--stdin", given=content)
                rows.append(f"100644 {done.stdout.decode().strip()}\t{path}")
        given = "".join(f"{row}\0" for row in rows).encode(*ANY_NAME)
        run(site, "update-index", "-z", "--index-info", given=given, settings=own)
        return run(site, "write-tree", settings=own).stdout.decode().strip()
