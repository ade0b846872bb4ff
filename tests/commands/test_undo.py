"""`warraq undo`: a change is taken back, and what came after it stays."""

import json
from pathlib import Path

import pytest
from tests.commands.archive import article, authority, started
from tests.commands.conftest import Run, tree
from tests.commands.repository import committed, git, in_repository, last

A, B = "aaaa01", "bbbb02"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = started(tmp_path / "site", "lang: ar\n")
    body = "\n\n".join(f"فقرة {n}." for n in range(9))
    article(folder, A, "topics: [syria]", "people: [samir]", body=body)
    article(folder, B, "topics: [economy]", body=body)
    authority(folder, "topics", "syria", "aliases: [سورية]", name="سوريا")
    authority(folder, "topics", "economy", name="اقتصاد")
    authority(folder, "people", "samir", name="سمير")
    return in_repository(folder)


def path(site: Path, ident: str) -> Path:
    return site / "content" / "articles" / ident[:2] / f"{ident}.md"


def text(site: Path, ident: str) -> str:
    return path(site, ident).read_text("utf-8")


def edit(site: Path, run: Run, topic: str) -> None:
    assert run(site, "edit", "فقرة", "--add", f"topic={topic}").returncode == 0


@pytest.mark.parametrize(
    "words",
    [
        ("edit", "فقرة", "--add", "topic=x y", "--set", "date=2024-05-01"),
        ("rename", "topics/syria", "syria-new"),
        ("merge", "topics/syria", "topics/economy"),
        ("split", "topics/syria", "syria-new", "سوريا الجديدة", f"id:{A}"),
    ],
)
def test_what_is_undone_is_as_before_and_what_is_redone_as_after(
    site: Path, run: Run, words: tuple[str, ...]
) -> None:
    before = tree(site / "content")
    assert run(site, *words).returncode == 0
    after = tree(site / "content")
    subject = last(site)
    assert run(site, "undo").returncode == 0
    undone = tree(site / "content")

    assert undone == before
    assert last(site) == f"تراجع عن: {subject}"
    assert git(site, "status", "--short") == ""
    assert run(site, "undo", last(site, "%h")).returncode == 0
    assert tree(site / "content") == after
    assert run(site, "undo").returncode == 0  # once more: the change holds again
    assert tree(site / "content") == before


def test_each_undo_takes_back_the_change_before(site: Path, run: Run) -> None:
    before = tree(site / "content")
    for topic in ("أول", "ثان"):
        edit(site, run, topic)
    assert run(site, "undo").returncode == 0
    assert ("أول" in text(site, A), "ثان" in text(site, A)) == (True, False)
    assert run(site, "undo").returncode == 0
    assert tree(site / "content") == before
    said = run(site, "undo")

    assert (said.returncode, "[undo-nothing]" in said.stdout) == (1, True)


def test_later_edits_of_other_lines_stay(site: Path, run: Run) -> None:
    edit(site, run, "x y")
    path(site, A).write_text(text(site, A).replace("فقرة 8.", "فقرة أخيرة."), "utf-8")
    committed(site, "تحرير")
    assert run(site, "undo").returncode == 0

    assert ("x y" in text(site, A), "فقرة أخيرة." in text(site, A)) == (False, True)
    assert git(site, "status", "--short") == ""


def test_later_edits_of_the_same_lines_are_named_and_nothing_is_undone(
    site: Path, run: Run
) -> None:
    edit(site, run, "x y")
    path(site, A).write_text(text(site, A).replace("x y", "x z"), "utf-8")
    committed(site, "تحرير")
    before = tree(site / "content")
    said = run(site, "undo")

    assert (said.returncode, said.stdout.count("[undo-overtaken]")) == (1, 1)
    assert f"content/articles/aa/{A}.md" in said.stdout
    assert tree(site / "content") == before


def test_what_nobody_committed_since_is_neither_lost_nor_committed(site: Path, run: Run) -> None:
    edit(site, run, "x y")
    path(site, A).write_text(text(site, A).replace("فقرة 8.", "فقرة أخيرة."), "utf-8")
    said = run(site, "undo")

    assert (said.returncode, "[edit-mixed]" in said.stdout) == (0, True)
    assert ("x y" in text(site, A), "فقرة أخيرة." in text(site, A)) == (False, True)


def test_a_file_removed_since_is_named(site: Path, run: Run) -> None:
    edit(site, run, "x y")
    path(site, A).unlink()
    committed(site, "حذف")
    said = run(site, "undo")

    assert (said.returncode, "[undo-overtaken]" in said.stdout) == (1, True)


def test_changes_are_listed_with_who_and_when(site: Path, run: Run) -> None:
    assert "warraq" in run(site, "undo", "--list").stdout
    edit(site, run, "x y")
    committed_by_hand = path(site, B)
    committed_by_hand.write_text(text(site, B) + "\nسطر.\n", "utf-8")
    committed(site, "تحرير باليد")
    (one,) = json.loads(run(site, "undo", "--list", "--format", "json").stdout)

    assert (one["author"], one["subject"]) == ("هدى", "مادتان: إضافة الموضوع «x y»")
    assert sorted(one["paths"]) == [f"content/articles/{i[:2]}/{i}.md" for i in (A, B)]
    assert one["commit"][:10] in run(site, "undo", "--list").stdout


def test_a_sentence_of_another_does_not_colour_the_terminal(site: Path, run: Run) -> None:
    article(site, A, "topics: [economy]")
    sentence = "\x1b[31mأحمر\u202e\n\nWarraq-Change: edit"
    git(site, "commit", "--quiet", "--all", "--message", sentence)

    assert run(site, "undo", "--list").stdout.strip().endswith("  [31mأحمر")


@pytest.mark.parametrize("commit", ["0000000000", "a", "HEAD", "--all", "main"])
def test_only_changes_of_warraq_are_undone(site: Path, run: Run, commit: str) -> None:
    edit(site, run, "x y")
    before = tree(site / "content")

    assert run(site, "undo", "--", commit).returncode == 1
    assert tree(site / "content") == before


def test_a_commit_that_claims_to_be_a_change_reaches_no_other_file(site: Path, run: Run) -> None:
    (site / "templates").mkdir()
    (site / "templates" / "x.html").write_text("أ", "utf-8")
    git(site, "add", "--all")
    git(site, "commit", "-qm", "غريب\n\nWarraq-Change: edit")
    said = run(site, "undo")

    assert (said.returncode, (site / "templates" / "x.html").is_file()) == (1, True)


def test_a_change_undone_elsewhere_under_another_name_is_passed_over(site: Path, run: Run) -> None:
    edit(site, run, "أول")
    edit(site, run, "ثان")
    git(site, "revert", "--no-edit", "HEAD")
    assert run(site, "undo").returncode == 0

    assert ("أول" in text(site, A), "ثان" in text(site, A)) == (False, False)


def test_undo_after_windows_checked_the_files_out(site: Path, run: Run) -> None:
    git(site, "config", "core.autocrlf", "true")
    for ident in (A, B):
        path(site, ident).unlink()
    git(site, "checkout", "--", ".")
    before = path(site, A).read_bytes()
    assert b"\r\n" in before
    edit(site, run, "x y")
    assert run(site, "undo").returncode == 0

    assert path(site, A).read_bytes() == before
