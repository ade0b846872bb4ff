"""A change of a file's text is a change of its bytes, and nothing else of them."""

import pytest

from warraq.base.problems import WarraqError
from warraq.editing.change_set import ChangeSet, FileChange, diff, edited


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("أ\nب\nج\n", "أ\nس\nص\nج\n"),
        ("أ\r\nب\r\nج\r\n", "أ\r\nس\r\nص\r\nج\r\n"),
        ("\ufeffأ\r\nب\r\nج", "\ufeffأ\r\nس\r\nص\r\nج"),
        ("أ\r\nب\nج\r\n", "أ\r\nس\nص\nج\r\n"),
        ("أ\nب\r\nج\n", "أ\nس\nص\nج\n"),
    ],
)
def test_lines_keep_their_ends_and_files_their_mark(before: str, after: str) -> None:
    seen = []

    def edit(text: str) -> str:
        seen.append(text)
        return text.replace("ب\n", "س\nص\n")

    assert edited("a.md", before.encode(), edit).after == after.encode()
    assert "\r" not in seen[0]
    assert "\ufeff" not in seen[0]


def test_a_file_that_is_no_text_is_refused_by_name() -> None:
    with pytest.raises(WarraqError) as refused:
        edited("a.md", b"\xff\xfe", str)

    assert [(p.path, p.code) for p in refused.value.problems] == [("a.md", "file-unreadable")]


def test_a_change_set_holds_what_changes_by_path() -> None:
    same = FileChange("c.md", b"x", b"x")
    new, gone = FileChange("b.md", None, b"x"), FileChange("a.md", b"x", None)

    assert ChangeSet.of("", [same, new, gone]).changes == (gone, new)


def test_a_diff_names_files_and_lines() -> None:
    changes = [
        FileChange("a.md", "أ\nب\n".encode(), "أ\nج\n".encode()),
        FileChange("b.md", None, b"x"),
    ]

    assert list(diff(changes)) == [
        *("--- a/a.md\n", "+++ b/a.md\n", "@@ -1,2 +1,2 @@\n", " أ\n", "-ب\n", "+ج\n"),
        *("--- /dev/null\n", "+++ b/b.md\n", "@@ -0,0 +1 @@\n", "+x\n"),
    ]
