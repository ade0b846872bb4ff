import os
from pathlib import Path

import pytest

from warraq.base.file_stamps import RACY_NS, FileStamp, is_racy, stamp_of, stamps


def test_files_are_listed_sorted_without_hidden_ones_and_links(tmp_path: Path) -> None:
    for name in ("b.md", "a/z.md", ".hidden.md", ".git/x.md", "c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    (tmp_path / "link.md").symlink_to("b.md")
    (tmp_path / "folder.md").mkdir()

    assert [path for path, _ in stamps(tmp_path, ".md")] == ["b.md", "a/z.md"]


def test_a_folder_that_is_missing_has_no_files(tmp_path: Path) -> None:
    assert list(stamps(tmp_path / "none", ".md")) == []


def test_a_listed_stamp_is_that_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("ab")
    os.utime(file, ns=(1, 2))

    ((_, listed),) = stamps(tmp_path, ".md")

    assert listed == stamp_of(file)
    assert (listed.size, listed.mtime) == (2, 2)


@pytest.mark.parametrize(("mtime", "ctime"), [(7, 5), (5, 7)])
def test_the_last_change_is_the_later_of_both_times(mtime: int, ctime: int) -> None:
    assert FileStamp(1, mtime, ctime, 1).last_change == 7


def test_a_file_changed_shortly_before_it_was_read_is_racy() -> None:
    assert is_racy(1000, 1000 + RACY_NS)
    assert not is_racy(1000, 1001 + RACY_NS)
