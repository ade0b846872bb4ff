import os
from pathlib import Path

import pytest

from warraq.base.files import (
    content_digest,
    digest_at,
    is_inside,
    is_regular,
    is_system_file,
    path_from_name,
    relative_name,
    walk,
    write_atomic,
)


def test_a_walk_is_sorted_and_skips_hidden_files_links_and_pipes(tmp_path: Path) -> None:
    for name in ("b.md", "a/c.md", "a/.x.md", ".git/d.md", "e.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    (tmp_path / "link.md").symlink_to("b.md")
    os.mkfifo(tmp_path / "pipe.md")

    found = [path.relative_to(tmp_path).as_posix() for path in walk(tmp_path, ".md")]

    assert found == ["b.md", "a/c.md"]
    assert not is_regular(tmp_path / "none")


def test_a_file_is_written_whole_with_its_folder_and_leaves_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "new" / "a.txt"

    write_atomic(file, b"one")
    write_atomic(file, b"two")

    assert file.read_bytes() == b"two"
    assert [path.name for path in file.parent.iterdir()] == ["a.txt"]
    assert file.stat().st_mode & 0o777 == 0o644


def test_a_write_that_fails_keeps_the_old_file_and_removes_the_new_one(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "kept").write_text("x")

    with pytest.raises(OSError, match="folder"):
        write_atomic(tmp_path / "folder", b"text")

    assert sorted(path.name for path in tmp_path.rglob("*")) == ["folder", "kept"]


def test_a_digest_is_that_of_the_content_and_empty_for_what_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"text")

    assert digest_at(tmp_path / "a") == content_digest(b"text") != content_digest(b"Text")
    assert digest_at(tmp_path / "none") == b""


@pytest.mark.parametrize("name", [b"a.txt", b"\xce\xc8.csv", b"a\nb.txt", "أ/ب.md".encode()])
def test_a_name_leads_back_to_its_file(tmp_path: Path, name: bytes) -> None:
    file = tmp_path / os.fsdecode(name)
    file.parent.mkdir(exist_ok=True)
    file.write_text("")

    printed = relative_name(tmp_path, file)

    assert printed.isprintable()
    assert path_from_name(tmp_path, printed) == file


def test_a_file_outside_the_site_keeps_its_path(tmp_path: Path) -> None:
    assert relative_name(tmp_path / "site", tmp_path / "a.txt") == (tmp_path / "a.txt").as_posix()


@pytest.mark.parametrize(
    ("name", "expected"),
    [(".DS_Store", True), ("Thumbs.db", True), ("~$a.docx", True), ("a.txt", False)],
)
def test_files_of_systems_are_known(name: str, *, expected: bool) -> None:
    assert is_system_file(name) is expected


def test_a_link_that_leads_out_is_not_inside(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "out").symlink_to(tmp_path)
    (tmp_path / "site-2").mkdir()

    assert is_inside(tmp_path / "site" / "a" / ".." / "b", tmp_path / "site")
    assert is_inside(tmp_path / "site", tmp_path / "site")
    assert not is_inside(tmp_path / "site" / "out", tmp_path / "site")
    assert not is_inside(tmp_path / "site-2", tmp_path / "site")
