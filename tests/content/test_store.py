import os
from pathlib import Path

import pytest

from warraq.base.problems import Problem, WarraqError
from warraq.content.store import (
    LineFinder,
    article_at,
    load,
    load_about,
    load_authorities,
    media,
    missing_content,
    references,
    static,
    stop_without_content,
    unpublished_files,
)
from warraq.model import Article, Credit


def write(site: Path, path: str, text: str = "") -> Path:
    file = site / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def article(site: Path, article_id: str, *keys: str, path: str = "") -> None:
    head = "\n".join(("---", f"id: '{article_id}'", "title: عنوان", *keys, "---", "", "نص"))
    write(site, f"content/articles/{path or article_id}.md", head)


def found(site: Path) -> list[tuple[str, int, str]]:
    return [(p.path.removeprefix("content/"), p.line, p.code) for p in load(site).problems]


def codes(problems: list[Problem]) -> list[str]:
    return [problem.code for problem in problems]


def test_an_svg_is_no_picture_and_is_named(tmp_path: Path) -> None:
    write(tmp_path, "content/media/map.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>')
    picture = write(tmp_path, "content/media/rose.PNG")

    assert list(media(tmp_path)) == [picture]
    assert [(p.code, p.path) for p in unpublished_files(tmp_path)] == [
        ("media-kind", "content/media/map.svg")
    ]


def test_files_of_static_are_published_but_no_links_and_nothing_of_git(tmp_path: Path) -> None:
    for path in (".well-known/security.txt", "a/README", ".git/config", "أ\N{ARABIC HAMZA ABOVE}"):
        write(tmp_path, f"static/{path}")
    (tmp_path / "static" / "link").symlink_to("/etc/passwd")

    assert sorted(path for path, _ in static(tmp_path)) == [".well-known/security.txt", "أٔ"]
    assert [(p.code, p.path) for p in unpublished_files(tmp_path)] == [
        ("static-odd", "static/link")
    ]


def test_articles_and_authorities_come_in_order_and_the_unread_are_named(tmp_path: Path) -> None:
    article(tmp_path, "bbbbbb")
    article(tmp_path, "aaaaaa", path="zz/aaaaaa")
    write(tmp_path, "content/people/x.md", "---\nname: س\n---\n")
    write(tmp_path, "content/people/Y.md", "---\nname: ص\n---\n")
    write(tmp_path, "content/articles/broken.md", "title: x")

    content = load(tmp_path)

    assert [a.id for a in content.articles] == ["aaaaaa", "bbbbbb"]
    assert [(a.kind, a.key) for a in content.authorities] == [("people", "x")]
    assert content.unread == ("content/people/Y.md", "content/articles/broken.md")
    assert codes(list(content.problems)) == ["frontmatter-missing", "key-invalid"]
    assert [a.key for a in load_authorities(tmp_path)[0]] == ["x"]


def test_an_id_and_a_key_are_given_once(tmp_path: Path) -> None:
    for path in ("a", "b"):
        article(tmp_path, "aaaaaa", path=path)
        write(tmp_path, f"content/people/{path}/x.md", "---\nname: س\n---\n")

    assert [(p, line, c) for p, line, c in found(tmp_path) if c != "id-filename"] == [
        ("articles/b.md", 2, "id-twice"),
        ("people/b/x.md", 1, "key-twice"),
    ]


def test_references_lead_to_files_or_to_unreadable_ones(tmp_path: Path) -> None:
    write(tmp_path, "content/people/broken.md", "x")
    article(
        tmp_path, "aaaaaa", "people: [broken, absent, زيد]", "topics: [free]", "copy_of: bbbbbb"
    )
    write(tmp_path, "content/stories/s.md", "---\nname: قصة\narticles: [aaaaaa, cccccc]\n---\n")

    assert found(tmp_path) == [
        ("articles/aaaaaa.md", 4, "authority-missing"),
        ("articles/aaaaaa.md", 6, "copy-missing"),
        ("people/broken.md", 1, "frontmatter-missing"),
        ("stories/s.md", 3, "story-article"),
    ]


def test_the_text_of_an_article_is_that_of_a_first_one(tmp_path: Path) -> None:
    article(tmp_path, "aaaaaa")
    article(tmp_path, "bbbbbb", "same_text_as: aaaaaa")
    article(tmp_path, "cccccc", "same_text_as: bbbbbb")

    assert found(tmp_path) == [("articles/cccccc.md", 4, "same-text-chain")]


def test_an_article_refers_to_keys_and_not_to_names() -> None:
    sample = Article(
        "aaaaaa", "عنوان", people=("zayd", "زيد"), source=Credit("س", "sham"), copy_of="bbbbbb"
    )

    assert list(references(sample)) == [
        ("people", "zayd"), ("outlets", "sham"), ("articles", "bbbbbb"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("folder", "code"), [("", "content-missing"), ("content", "articles-missing")]
)
def test_a_site_without_content_is_not_built(tmp_path: Path, folder: str, code: str) -> None:
    (tmp_path / folder).mkdir(exist_ok=True)

    assert codes(list(missing_content(tmp_path))) == [code]
    with pytest.raises(WarraqError):
        stop_without_content(tmp_path, allow_removals=False)


def test_the_last_article_may_be_removed_on_purpose(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()

    stop_without_content(tmp_path, allow_removals=True)


def test_a_file_that_cannot_be_read_is_a_problem_of_its_own(tmp_path: Path) -> None:
    write(tmp_path, "content/articles/a.md").write_bytes(b"\xff\xfe")

    file = article_at(tmp_path, "content/articles/a.md")
    missing = article_at(tmp_path, "content/articles/none.md")

    assert (file.article, codes(file.problems)) == (None, ["file-unreadable"])
    assert (missing.article, codes(missing.problems), missing.digest) == (
        None,
        ["file-unreadable"],
        b"",
    )


def test_an_unfinished_merge_is_reported_at_its_line(tmp_path: Path) -> None:
    article(tmp_path, "aaaaaa", "<<<<<<< HEAD")

    assert found(tmp_path) == [("articles/aaaaaa.md", 4, "merge-conflict")]


def test_a_line_of_the_body_is_counted_in_the_file(tmp_path: Path) -> None:
    article(tmp_path, "aaaaaa", "people: [zayd]")
    lines = LineFinder(tmp_path)

    assert lines.of("content/articles/aaaaaa.md", "zayd", "people") == 4
    assert lines.of_body("content/articles/aaaaaa.md", 1) == 7
    assert lines.of_body("content/articles/none.md", 1) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission_is_reported(tmp_path: Path) -> None:
    article(tmp_path, "aaaaaa")
    (tmp_path / "content/articles/aaaaaa.md").chmod(0)

    assert found(tmp_path) == [("articles/aaaaaa.md", 0, "file-unreadable")]


def test_what_names_a_key_is_loaded_and_no_other_article(tmp_path: Path) -> None:
    article(tmp_path, "aaaa01", "topics: [roads]")
    article(tmp_path, "bbbb02", "topics: [trade]")
    article(tmp_path, "cccc03", "topics: [", "# roads")
    write(tmp_path, "content/topics/roads.md", "---\nname: طرق\n---\n")
    write(tmp_path, "content/topics/broken.md", "---\nname: [\n---\n")

    about = load_about(tmp_path, {"roads", "no.thing"})

    assert [one.id for one in about.articles] == ["aaaa01"]
    assert [one.key for one in about.authorities] == ["roads"]
    assert sorted(about.unread) == ["content/articles/cccc03.md", "content/topics/broken.md"]
    assert load_about(tmp_path, ()).articles == ()
