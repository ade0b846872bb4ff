"""Every file that an editor would take for an article is read, or named by `check` with why not."""

from pathlib import Path

import pytest

from warraq.commands.check import check
from warraq.content.unread_files import unread_files

TEXT = '---\nid: "abcdef"\ntitle: عنوان\n---\n\nنص.\n'


def put(site: Path, path: str, text: str = TEXT) -> Path:
    file = site / "content" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return file


def named(site: Path) -> dict[str, str]:
    return {p.path.removeprefix("content/"): p.code for p in unread_files(site)}


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("articles/ab/abcdef.MD", "unread-name"),
        ("articles/ab/abcdef.markdown", "unread-name"),
        ("articles/ab/abcdef.md.txt", "unread-name"),
        ("articles/abcdef.Md", "unread-name"),
        ("articles/abcdef.md (1)", "unread-name"),
        ("articles/abcdef.docx", "unread-name"),
        ("articles/abcdef", "unread-name"),
        ("people/sami.txt", "unread-name"),
        ("abcdef.md", "unread-place"),
        ("posts/2019/abcdef.md", "unread-place"),
        ("Articles/ab/abcdef.md", "unread-place"),
        ("news/abcdef.txt", "unread-place"),
        ("articles/.abcdef.md", "unread-hidden"),
        ("articles/.old/abcdef.md", "unread-hidden"),
        (".trash/abcdef.md", "unread-hidden"),
    ],
)
def test_a_file_that_is_passed_over_is_named(path: str, code: str, tmp_path: Path) -> None:
    put(tmp_path, path)

    assert named(tmp_path) == {path: code}


def test_links_are_named(tmp_path: Path) -> None:
    put(tmp_path, "articles/aa/real.md")
    outside = tmp_path / "elsewhere"
    outside.mkdir()
    (outside / "abcdef.md").write_text(TEXT)
    (tmp_path / "content/articles/abcdef.md").symlink_to(outside / "abcdef.md")
    (tmp_path / "content/articles/gone.md").symlink_to(outside / "gone.md")
    (tmp_path / "content/articles/old").symlink_to(outside)
    (tmp_path / "content/more").symlink_to(outside)

    paths = ("articles/abcdef.md", "articles/gone.md", "articles/old", "more")
    assert named(tmp_path) == dict.fromkeys(paths, "unread-link")


@pytest.mark.parametrize(
    "path",
    [
        "articles/ab/abcdef.md",
        "articles/2019/05/any/depth.md",
        "people/sami.md",
        "README.md",
        "articles/README.txt",
        ".stories.json",
        ".imports/ab/abcdef.md",
        "media/abcdef.md",
        "articles/.DS_Store",
        "articles/ab/abcdef.md~",
        "articles/ab/.abcdef.md.swp",
        "articles/ab/._abcdef.md",
        "articles/ab/#abcdef.md#",
        "articles/ab/abcdef.md.orig",
        "articles/ab/photo.jpg",
        ".git/description",
        "notes.md5",
    ],
)
def test_what_is_read_or_no_article_passes(path: str, tmp_path: Path) -> None:
    is_article = path.endswith(".md") and not path.startswith((".", "README"))
    put(tmp_path, path, TEXT if is_article else "قائمة\n")

    assert named(tmp_path) == {}


def test_a_folder_of_articles_that_is_itself_a_link_is_read(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "content/articles").symlink_to(tmp_path / "elsewhere")

    assert named(tmp_path) == {}


def test_check_names_them(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("name: أرشيف\nhistory: none\n")
    put(tmp_path, "articles/abcdef.md")
    put(tmp_path, "articles/abcdeg.md.txt")

    problems = check(tmp_path)

    assert [(p.path, p.severity) for p in problems if p.code == "unread-name"] == [
        ("content/articles/abcdeg.md.txt", "warning")
    ]
