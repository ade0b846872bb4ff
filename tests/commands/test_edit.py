"""`warraq edit`: many articles at once, from outside."""

import json
import stat
from pathlib import Path

import pytest
from tests.commands.archive import article, authority, started, written
from tests.commands.conftest import Run, tree
from tests.commands.repository import committed, git, in_repository, last

from warraq.base.locks import locked

FIRST, SECOND, THIRD = "aaaa01", "bbbb02", "cccc03"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = started(tmp_path / "site", "lang: ar\n")
    article(folder, FIRST, "topics: [syria]  # أول", "people:\n- samir", body="زلزال قديم.")
    article(folder, SECOND, "tags: [syria, زلازل]", "reporter: ل. م.", body="زلزال جديد.")
    article(folder, THIRD, body="خبر آخر.")
    authority(folder, "topics", "syria", name="سوريا")
    authority(folder, "topics", "quakes", "aliases: [زلزال]", name="زلازل")
    authority(folder, "people", "samir", name="سمير")
    return in_repository(folder)


def file(site: Path, ident: str) -> Path:
    return site / "content" / "articles" / ident[:2] / f"{ident}.md"


def text(site: Path, ident: str) -> str:
    return file(site, ident).read_text("utf-8")


def codes(said: str) -> list[str]:
    return [problem["code"] for problem in json.loads(said)["problems"]]


def test_all_that_a_query_finds_gets_a_topic_in_one_commit(site: Path, run: Run) -> None:
    said = run(site, "edit", "زلزال", "--add", "موضوع=زلازل")

    assert (said.returncode, said.stderr) == (0, "")
    assert "topics: [syria, quakes]  # أول" in text(site, FIRST)
    assert "tags: [syria, زلازل]" in text(site, SECOND)  # it says so already
    assert last(site) == "مادة واحدة: إضافة الموضوع «زلازل»"
    assert last(site, "%an <%ae>") == "هدى <huda@archive.example>"
    assert git(site, "status", "--short") == ""
    assert run(site, "check").returncode == 0


def test_several_edits_are_one_change(site: Path, run: Run) -> None:
    words = ("--remove", "topic=سوريا", "--add", "topic=جديد", "--set", "date=2023-02-06")
    said = run(site, "edit", "زلزال", *words, "--format", "json")

    answer = json.loads(said.stdout)
    assert answer["found"] == 2
    assert answer["files"] == [f"content/articles/{i[:2]}/{i}.md" for i in (FIRST, SECOND)]
    assert answer["commit"] == last(site, "%H")
    assert "topics: [جديد]" in text(site, FIRST)
    assert "tags: [زلازل]" in text(site, SECOND)
    assert "date: 2023-02-06" in text(site, SECOND)
    assert "reporter: ل. م." in text(site, SECOND)
    assert last(site).startswith("مادتان: إضافة الموضوع «جديد»، إزالة الموضوع «سوريا»")


def test_a_dry_run_shows_and_writes_nothing(site: Path, run: Run) -> None:
    before = tree(site / "content")
    said = run(site, "edit", "زلزال", "--add", "topic=quakes", "--dry-run")

    assert said.returncode == 0
    assert "-topics: [syria]  # أول" in said.stdout
    assert "+topics: [syria, quakes]" in said.stdout
    assert tree(site / "content") == before
    assert last(site) == "بداية"


def test_a_sentence_may_be_given_and_the_commit_left_out(site: Path, run: Run) -> None:
    assert run(site, "edit", "قديم", "--add", "topic=quakes", "-m", "# لماذا").returncode == 0
    assert last(site) == "# لماذا"
    assert run(site, "edit", "جديد", "--add", "topic=x y", "--no-commit").returncode == 0
    assert last(site) == "# لماذا"
    assert git(site, "status", "--short").split() == ["M", f"content/articles/bb/{SECOND}.md"]


@pytest.mark.parametrize(
    "words",
    [
        ("زلزال",),
        ("زلزال", "--add", "topic"),
        ("زلزال", "--add", "person=nobody"),
        ("زلزال", "--add", "person=../../etc"),
        ("زلزال", "--set", "date=أمس"),
        ("nofield:زلزال", "--add", "topic=x"),
        ("", "--add", "topic=x"),
    ],
)
def test_what_is_not_understood_changes_nothing(
    site: Path, run: Run, words: tuple[str, ...]
) -> None:
    before = tree(site / "content")
    said = run(site, "edit", *words)

    refused = words == ("زلزال", "--add", "person=../../etc")  # a name, if an odd one
    assert (said.returncode, "Traceback" in said.stderr + said.stdout) == (
        0 if refused else 2,
        False,
    )
    assert refused or tree(site / "content") == before


def test_a_date_of_which_there_is_nothing_is_not_left_out(site: Path, run: Run) -> None:
    assert (
        json.loads(run(site, "edit", "زلزال 2019", "--add", "topic=x", "--format", "json").stdout)[
            "files"
        ]
        == []
    )


def test_values_never_break_out_of_their_place(site: Path, run: Run) -> None:
    odd = [
        "a\nid: zzzzzz",
        "} {",
        "[x",
        "# y",
        "- z",
        "'",
        '"',
        "a: b",
        "\u202eقلب",
        "---",
        "&a",
        "!x",
    ]
    said = run(site, "edit", "آخر", *(w for value in odd for w in ("--add", f"topic={value}")))

    assert said.returncode == 0
    assert run(site, "check").returncode == 0
    shown = run(site, "search", "topic:قلب")
    assert THIRD in shown.stdout
    assert "\u202e" not in text(site, THIRD)
    assert text(site, THIRD).count("\nid:") == 1


def test_an_article_that_an_edit_would_make_wrong_is_named_and_left(site: Path, run: Run) -> None:
    said = run(site, "edit", "زلزال", "--set", f"copy_of={FIRST}", "--format", "json")

    assert (said.returncode, codes(said.stdout)) == (1, ["copy-missing"])  # of itself
    assert "copy_of" not in text(site, FIRST)
    assert f'copy_of: "{FIRST}"' in text(site, SECOND)
    assert "مادة واحدة" in last(site)


def test_broken_articles_are_untouched_and_named(site: Path, run: Run) -> None:
    broken = '---\nid: "dddd04"\ntitle: [زلزال\n---\n\nزلزال\n'
    half = '---\nid: "eeee05"\ntitle: زلزال\n---\n<<<<<<< HEAD\nزلزال\n=======\nب\n>>>>>>> x\n'
    hidden = '---\nid: "ffff06"\ntitle: "زلزال \N{LINE SEPARATOR} آخر"\n---\n\nزلزال\n'
    for name, content in (("dddd04", broken), ("eeee05", half), ("ffff06", hidden)):
        written(site, f"articles/{name[:2]}/{name}.md", content)
    committed(site)
    said = run(site, "edit", "زلزال", "--add", "topic=x y", "--format", "json")

    assert (said.returncode, codes(said.stdout)) == (1, ["edit-unread", "line-end-hidden"])
    assert "dddd04" in said.stdout
    assert "eeee05" in said.stdout
    assert (text(site, "dddd04"), text(site, "eeee05")) == (broken, half)
    assert text(site, "ffff06") == hidden
    assert "x y" in text(site, FIRST)


def test_links_are_not_followed(site: Path, tmp_path: Path, run: Run) -> None:
    outside = tmp_path / "outside.md"
    outside.write_text(text(site, THIRD).replace(THIRD, "dddd04"), "utf-8")
    (site / "content" / "articles" / "dddd04.md").symlink_to(outside)
    before = outside.read_bytes()

    assert run(site, "edit", "*", "--add", "topic=x y").returncode == 0
    assert outside.read_bytes() == before


def test_two_runs_at_once_are_told_apart(site: Path, run: Run) -> None:
    before = tree(site / "content")
    with locked(site / ".warraq" / "content.lock", "content-busy"):
        said = run(site, "edit", "زلزال", "--add", "topic=x y")

    assert (said.returncode, tree(site / "content")) == (3, before)


def test_edits_of_others_stay_as_they_are(site: Path, run: Run) -> None:
    file(site, THIRD).write_text(text(site, THIRD) + "\nسطر.\n", "utf-8")
    (site / "notes.txt").write_text("أ", "utf-8")
    git(site, "add", "notes.txt")
    said = run(site, "edit", "زلزال", "--add", "topic=x y")

    assert said.returncode == 0
    assert git(site, "status", "--short").splitlines() == [
        f" M content/articles/cc/{THIRD}.md",
        "A  notes.txt",
    ]
    assert git(site, "show", "--name-only", "--format=").split() == [
        f"content/articles/{i[:2]}/{i}.md" for i in (FIRST, SECOND)
    ]


@pytest.mark.parametrize("is_staged", [True, False])
def test_a_file_with_edits_of_its_own_is_written_and_not_committed(
    site: Path, run: Run, is_staged: bool
) -> None:
    file(site, FIRST).write_text(text(site, FIRST) + "\nسطر.\n", "utf-8")
    if is_staged:
        git(site, "add", "--all")
    said = run(site, "edit", "زلزال", "--add", "topic=x y", "--format", "json")

    assert (said.returncode, codes(said.stdout)) == (0, ["edit-mixed"])
    assert ("x y" in text(site, FIRST), "سطر." in text(site, FIRST)) == (True, True)
    assert last(site) == "بداية"


def test_without_git_files_are_written_all_the_same(tmp_path: Path, run: Run) -> None:
    site = started(tmp_path / "plain")
    article(site, FIRST)
    said = run(site, "edit", "خبر", "--add", "topic=x y", "--format", "json")

    assert (said.returncode, codes(said.stdout)) == (0, ["edit-unrecorded"])
    assert "x y" in text(site, FIRST)
    assert run(site, "undo").returncode == 1


def test_without_the_program_git_files_are_written_all_the_same(
    site: Path, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    said = run(site, "edit", "زلزال", "--add", "topic=x y", "--format", "json")

    assert (said.returncode, codes(said.stdout)) == (0, ["edit-unrecorded"])


def test_nobody_is_asked_to_sign_for_an_edit(site: Path, run: Run) -> None:
    before = tree(site / "content")
    git(site, "config", "--unset", "user.name")
    git(site, "config", "--unset", "user.email")
    said = run(site, "edit", "زلزال", "--add", "topic=x y")

    assert (said.returncode, "git-identity" in said.stdout) == (1, True)
    assert tree(site / "content") == before


def test_a_repository_of_somebody_else_is_not_taken_for_none(
    site: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree(site / "content")
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    said = run(site, "edit", "زلزال", "--add", "topic=x y", "--format", "text")

    assert (said.returncode, "safe.directory" in said.stdout) == (1, True)
    assert tree(site / "content") == before


def test_a_commit_on_no_branch_is_said(site: Path, run: Run) -> None:
    git(site, "checkout", "--quiet", "--detach")
    said = run(site, "edit", "زلزال", "--add", "topic=x y", "--format", "json")

    assert (said.returncode, codes(said.stdout)) == (0, ["edit-detached"])
    assert "x y" in git(site, "show")


def test_during_a_merge_nothing_is_committed(site: Path, run: Run) -> None:
    (site / ".git" / "MERGE_HEAD").write_text(last(site, "%H") + "\n")
    said = run(site, "edit", "زلزال", "--add", "topic=x y", "--format", "json")

    assert (said.returncode, codes(said.stdout)) == (0, ["edit-merging"])
    assert last(site) == "بداية"


def test_a_hook_that_refuses_leaves_files_saved_and_the_index_alone(site: Path, run: Run) -> None:
    hook = site / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'check first' >&2\nexit 1\n")
    hook.chmod(hook.stat().st_mode | stat.S_IXUSR)
    (site / "notes.txt").write_text("أ", "utf-8")
    git(site, "add", "notes.txt")
    said = run(site, "rename", "topics/syria", "syria-new", "--format", "json")

    assert (said.returncode, codes(said.stdout)) == (1, ["git-refused"])
    assert "check first" in said.stdout
    assert sorted(git(site, "status", "--short").splitlines()) == [
        " D content/topics/syria.md",
        f" M content/articles/aa/{FIRST}.md",
        f" M content/articles/bb/{SECOND}.md",
        "?? content/topics/syria-new.md",
        "A  notes.txt",
    ]


def test_a_site_may_be_a_folder_of_a_repository(tmp_path: Path, run: Run) -> None:
    site = started(tmp_path / "news" / "site")
    article(site, FIRST)
    (tmp_path / "news" / "other.txt").write_text("أ", "utf-8")
    in_repository(site, top=tmp_path / "news")
    said = run(site, "edit", "خبر", "--add", "topic=x y")

    assert (said.returncode, git(site, "status", "--short")) == (0, "")
    assert run(site, "undo").returncode == 0
    assert (git(site, "status", "--short"), "x y" in text(site, FIRST)) == ("", False)


def test_lines_keep_windows_ends(site: Path, run: Run) -> None:
    path = file(site, FIRST)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    committed(site)
    assert run(site, "edit", "قديم", "--add", "topic=x y").returncode == 0

    assert path.read_bytes().count(b"\n") == path.read_bytes().count(b"\r\n")
    assert git(site, "show", "--format=", "--numstat").split()[:2] == ["1", "1"]
    assert run(site, "undo").returncode == 0
    assert "x y" not in text(site, FIRST)
