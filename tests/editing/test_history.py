"""Taking back: all of random edits, in any order, gives the first bytes, or says that it cannot."""

import re
import shutil
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.commands.archive import article, started
from tests.commands.conftest import tree
from tests.commands.repository import git, in_repository

from warraq.base.problems import WarraqError
from warraq.editing import history, repository
from warraq.editing.change_set import ChangeSet, FileChange
from warraq.editing.writing import content_now, write

IDS = ("aaaa01", "bbbb02")
PARAGRAPHS = 6


def path_of(ident: str) -> str:
    return f"content/articles/{ident[:2]}/{ident}.md"


# An article, a line of it, and what becomes of that: 0 is the section, 9 a file that comes or goes.
EDITS = st.lists(
    st.tuples(st.sampled_from(IDS), st.sampled_from([0, 1, 2, 5, 9]), st.integers(0, 3)),
    min_size=1,
    max_size=5,
)


def edited(text: str, line: int, number: int) -> str:
    if line == 0:
        return re.sub("(?m)^section: .*$", f"section: قسم {number}", text)
    body = text.split("\n\n")
    body[line] = f"فقرة {line}، طبعة {number}." + ("\n" if line == len(body) - 1 else "")
    return "\n\n".join(body)


def written(site: Path, edit: tuple[str, int, int]) -> str:
    """Make one change as the desk does; return its commit, "" if it changed nothing."""
    ident, line, number = edit
    path = path_of(ident)
    before = content_now(site, path)
    if line == 9:
        path = "content/topics/salt.md"
        before = content_now(site, path)
        after = None if before and number == 0 else f"---\nname: ملح {number}\n---\n".encode()
    else:
        after = edited((before or b"").decode(), line, number).encode()
    change = ChangeSet.of(f"تعديل {number}", [FileChange(path, before, after)])
    return write(site, change).commit


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site in a repository, which each example copies."""
    site = started(tmp_path_factory.mktemp("history") / "site")
    body = "\n\n".join(f"فقرة {number}." for number in range(PARAGRAPHS))
    for ident in IDS:
        article(site, ident, "section: أول", body=body)
    return in_repository(site)


@given(edits=EDITS, order=st.randoms(use_true_random=False))
@settings(max_examples=12, deadline=None)
def test_what_is_taken_back_is_gone_or_it_is_said_why_not(
    archive: Path, edits: list[tuple[str, int, int]], order: Random
) -> None:
    with TemporaryDirectory() as folder:
        site = Path(folder, "site")
        shutil.copytree(archive, site)
        first = tree(site / "content")
        commits = [commit for edit in edits if (commit := written(site, edit))]
        order.shuffle(commits)
        kept = [commit for commit in commits if not is_taken_back(site, commit)]

        assert git(site, "status", "--porcelain") == ""
        if not kept:
            assert tree(site / "content") == first


@given(edits=EDITS)
@settings(max_examples=6, deadline=None)
def test_the_newest_first_nothing_is_in_the_way(
    archive: Path, edits: list[tuple[str, int, int]]
) -> None:
    with TemporaryDirectory() as folder:
        site = Path(folder, "site")
        shutil.copytree(archive, site)
        first = tree(site / "content")
        commits = [commit for edit in edits if (commit := written(site, edit))]

        assert all(is_taken_back(site, commit) for commit in reversed(commits))
        assert tree(site / "content") == first


def is_taken_back(site: Path, commit: str) -> bool:
    """Take a change back; return whether that changed anything, without which nothing has.

    It may be said why not; or what it would do was done already by a later edit.
    """
    made = repository.recorded(site, commit)
    assert made is not None
    before = tree(site / "content")
    try:
        done = write(site, history.taken_back(site, made, "تراجع"))
    except WarraqError as fault:
        said = {problem.code for problem in fault.problems}
    else:
        return bool(done.commit)
    assert said == {"undo-overtaken"}
    assert tree(site / "content") == before
    return False


def test_a_folder_of_a_larger_repository_takes_back_its_own(tmp_path: Path) -> None:
    site = started(tmp_path / "all" / "site")
    article(site, IDS[0], "section: أول", body="نص.\n\nثان.")
    in_repository(site, tmp_path / "all")
    first = tree(site / "content")
    commit = written(site, (IDS[0], 1, 2))

    assert next(one.commit for one in repository.newest(site, 5)) == commit
    assert is_taken_back(site, commit)
    assert tree(site / "content") == first
