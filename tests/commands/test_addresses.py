"""Old addresses and former keys lead on; what cannot be answered is said."""

import unicodedata
from pathlib import Path

import pytest
from tests.commands.archive import article, authority, started
from tests.commands.conftest import Run, tree

NFD = unicodedata.normalize("NFD", "/مؤرشف/أخبار/")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return started(tmp_path / "archive")


@pytest.mark.parametrize(
    ("alias", "file"),
    [
        ("/2019/05/khabar.html", "2019/05/khabar.html"),
        ("/2019/05/khabar.HTM", "2019/05/khabar.HTM"),
        ("/show.php", "show.php/index.html"),
        ("/show.aspx", "show.aspx/index.html"),
        ("/%D8%AE%D8%A8%D8%B1", "خبر/index.html"),
        (NFD, "مؤرشف/أخبار/index.html"),
        ("/" + "خبر" * 40, "خبر" * 40 + "/index.html"),
        ("/نیم\u200cفاصله/", "نیم\u200cفاصله/index.html"),
        ("/it's (1), & more", "it's (1), & more/index.html"),
    ],
)
def test_an_old_address_leads_to_the_article(
    archive: Path, run: Run, alias: str, file: str
) -> None:
    article(archive, "abcdef000001", f'aliases: ["{alias}"]')

    assert run(archive, "check").returncode == 0
    assert run(archive, "build").returncode == 0

    html = (archive / "public" / file).read_text("utf-8")
    assert "n/abcdef000001/" in html


@pytest.mark.parametrize(
    "alias",
    [
        "/" + "خ" * 128,
        "/a/.git/b",
        '/say-\\"yes\\"',
        "/list?p=5",
        "/a//b",
        "/%ff",
        "/" + "a/" * 513,
    ],
)
def test_an_old_address_that_no_file_answers_is_refused(
    archive: Path, run: Run, alias: str
) -> None:
    article(archive, "abcdef000001", "date: 2019-05-03", f'aliases: ["{alias}"]')

    checked = run(archive, "check")

    assert checked.returncode == 1
    assert "content/articles/ab/abcdef000001.md:5: error[old-address]" in checked.stdout


def test_a_former_key_leads_to_the_present_page(archive: Path, run: Run) -> None:
    article(archive, "abcdef000001", "people: [sami]", "topics: [water]")
    authority(archive, "people", "sami", "formerly: [sami-old, sami-2]", name="سامي")
    topic = authority(archive, "topics", "water", name="الماء")

    assert run(archive, "build").returncode == 0
    before = tree(archive / "public")
    assert b"people/sami/" in before["people/sami-old/index.html"]
    assert b"people/sami/" in before["people/sami-2/index.html"]

    topic.rename(topic.with_name("rivers.md"))
    (archive / "content/topics/rivers.md").write_text("---\nname: الماء\nformerly: [water]\n---\n")
    article(archive, "abcdef000001", "people: [sami]", "topics: [rivers]")
    assert run(archive, "build").returncode == 0

    after = tree(archive / "public")
    assert b"topics/rivers/" in after["topics/water/index.html"]
    assert run(archive, "build", "--clean", "--output", archive / "clean").returncode == 0
    assert tree(archive / "clean") == after
