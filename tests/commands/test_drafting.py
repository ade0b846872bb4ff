"""`warraq draft`: start, look, leave, publish, throw away, bring back."""

from pathlib import Path

import pytest
from tests.commands.archive import article, started
from tests.commands.conftest import Run
from tests.commands.repository import git, in_repository, last

A = "aaaa01"
NAME = "ملف الانتخابات"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = started(tmp_path / "site", "lang: ar\nmessages: ar\n")
    article(folder, A, "section: محليات", body="فقرة.")
    return in_repository(folder)


def text(site: Path) -> str:
    return (site / "content" / "articles" / "aa" / f"{A}.md").read_text("utf-8")


def edit(site: Path, run: Run, section: str) -> None:
    assert run(site, "edit", f"id:{A}", "--set", f"section={section}").returncode == 0


def test_from_start_to_publication(site: Path, run: Run) -> None:
    assert NAME in run(site, "draft", "start", NAME).stdout
    edit(site, run, "عرب")
    assert f"content/articles/aa/{A}.md" in run(site, "draft", "show").stdout
    assert run(site, "draft", "leave").returncode == 0
    assert "محليات" in text(site)
    assert f"· {last(site, '%cs')}  {NAME}  (ملف-الانتخابات)" in run(site, "draft", "list").stdout
    assert run(site, "draft", "open", NAME).returncode == 0
    said = run(site, "draft", "publish")

    assert f"نُشرت المسودة «{NAME}»" in said.stdout
    assert ("عرب" in text(site), last(site)) == (True, f"نشر المسودة «{NAME}»")
    assert run(site, "undo").returncode == 0
    assert "محليات" in text(site)


def test_a_clash_is_named_and_settled_by_a_choice(site: Path, run: Run) -> None:
    run(site, "draft", "start", NAME)
    edit(site, run, "عرب")
    run(site, "draft", "leave")
    edit(site, run, "عالم")
    run(site, "draft", "open", NAME)
    shown, refused = run(site, "draft", "show"), run(site, "draft", "publish")

    assert f"! content/articles/aa/{A}.md" in shown.stdout
    assert (refused.returncode, "[draft-clash]" in refused.stdout) == (1, True)
    assert run(site, "draft", "publish", "--keep", "published").returncode == 0
    assert "عالم" in text(site)


def test_thrown_away_and_brought_back(site: Path, run: Run) -> None:
    run(site, "draft", "start", NAME)
    edit(site, run, "عرب")
    said = run(site, "draft", "discard", NAME)

    assert "warraq draft restore" in said.stdout
    assert "محليات" in text(site)
    assert run(site, "draft", "restore", NAME).returncode == 0
    assert run(site, "draft", "open", NAME).returncode == 0
    assert "عرب" in text(site)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("open", "لا شيء"), "draft-unknown"),
        (("publish",), "draft-none"),
        (("show",), "draft-none"),
        (("start", " "), "draft-name"),
    ],
)
def test_what_cannot_be_says_why(site: Path, run: Run, words: tuple[str, ...], code: str) -> None:
    said = run(site, "draft", *words)

    assert (said.returncode, f"[{code}]" in said.stdout) == (1, True)


def test_a_folder_of_a_larger_repository_has_no_drafts(tmp_path: Path, run: Run) -> None:
    folder = started(tmp_path / "all" / "site", "lang: ar\n")
    article(folder, A)
    in_repository(folder, tmp_path / "all")

    assert "[draft-subfolder]" in run(folder, "draft", "start", NAME).stdout


def test_without_commits_and_in_a_shallow_clone(site: Path, tmp_path: Path, run: Run) -> None:
    bare = started(tmp_path / "bare", "lang: ar\n")
    git(bare, "init", "-q")
    assert "[draft-no-commits]" in run(bare, "draft", "start", NAME).stdout
    edit(site, run, "عرب")
    git(tmp_path, "clone", "-q", "--depth", "1", site.as_uri(), "shallow")
    clone = tmp_path / "shallow"
    git(clone, "config", "user.name", "هدى")
    git(clone, "config", "user.email", "huda@archive.example")

    assert run(clone, "draft", "start", NAME).returncode == 0
    edit(clone, run, "عالم")
    assert run(clone, "draft", "publish").returncode == 0
    assert "عالم" in text(clone)
