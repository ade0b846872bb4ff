"""A change set is written whole or not at all."""

import resource
from pathlib import Path

import pytest
from tests.commands.archive import article, started
from tests.commands.conftest import tree

from warraq.base.problems import WarraqError
from warraq.editing.change_set import ChangeSet, FileChange
from warraq.editing.writing import write

FIRST, SECOND = "content/articles/aa/aaaa01.md", "content/articles/bb/bbbb02.md"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = started(tmp_path / "site")
    article(folder, "aaaa01")
    article(folder, "bbbb02")
    return folder


def planned(site: Path, *changes: tuple[str, bytes | None]) -> ChangeSet:
    return ChangeSet.of("", (FileChange(p, _held(site, p), after) for p, after in changes))


def _held(site: Path, path: str) -> bytes | None:
    return (site / path).read_bytes() if (site / path).is_file() else None


def refused(site: Path, changes: ChangeSet) -> tuple[list[tuple[str, str]], int]:
    """Write `changes`, of which nothing is written; return paths, codes and the exit code."""
    before = tree(site / "content")
    with pytest.raises(WarraqError) as fault:
        write(site, changes, record=False)
    assert tree(site / "content") == before
    return [(p.path, p.code) for p in fault.value.problems], fault.value.exit_code


def test_files_are_changed_made_and_removed(site: Path) -> None:
    write(site, planned(site, (FIRST, b"x"), (SECOND, None), ("content/topics/a.md", b"y")))

    assert tree(site / "content") == {
        "articles/aa/aaaa01.md": b"x",
        "topics/a.md": b"y",
    }


def test_a_file_that_changed_meanwhile_stops_all(site: Path) -> None:
    changes = planned(site, (FIRST, b"x"), (SECOND, b"y"))
    (site / SECOND).write_bytes(b"of another")

    assert refused(site, changes) == ([(SECOND, "edit-overtaken")], 3)


def test_a_file_that_is_there_meanwhile_stops_all(site: Path) -> None:
    changes = planned(site, (FIRST, b"x"), ("content/topics/a.md", b"y"))
    (site / "content" / "topics").mkdir()
    (site / "content" / "topics" / "a.md").write_bytes(b"of another")

    assert refused(site, changes) == ([("content/topics/a.md", "edit-overtaken")], 3)


def test_a_write_that_fails_takes_back_those_before_it(site: Path) -> None:
    changes = planned(site, (FIRST, b"x"), ("content/topics/a.md", b"y"), (SECOND, b"z" * 9000))
    changes = changes._replace(
        changes=tuple(sorted(changes.changes, key=lambda c: len(c.after or b"")))
    )
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5000, hard))
    try:
        found = refused(site, changes)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert found == ([(SECOND, "file-unwritable")], 1)


@pytest.mark.parametrize("path", ["../outside.md", "content/linked/x.md", "/etc/x.md"])
def test_nothing_is_written_outside_of_the_site(site: Path, tmp_path: Path, path: str) -> None:
    (site / "content" / "linked").symlink_to(tmp_path)
    changes = ChangeSet.of(
        "", [FileChange(FIRST, _held(site, FIRST), b"x"), FileChange(path, None, b"y")]
    )

    assert refused(site, changes) == ([(path, "edit-outside")], 1)
    assert not (tmp_path / "outside.md").exists()
    assert not (tmp_path / "x.md").exists()
