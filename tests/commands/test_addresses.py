"""Old addresses and former keys lead on; what cannot be answered is said."""

import os
import unicodedata
from pathlib import Path

import pytest
from tests.commands.archive import article, authority, started, written
from tests.commands.conftest import Run, tree

from warraq.base.problems import WarraqError
from warraq.base.urls import output_path
from warraq.build.full import build as plain
from warraq.build.incremental import build

NFD = unicodedata.normalize("NFD", "/مؤرشف/أخبار/")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return started(tmp_path / "archive")


ANSWERED = {
    "/2019/05/khabar.html": "2019/05/khabar.html",
    "/2019/05/khabar.HTM": "2019/05/khabar.HTM",
    "/show.php": "show.php/index.html",
    "/show.aspx": "show.aspx/index.html",
    "/%D8%AE%D8%A8%D8%B1": "خبر/index.html",
    NFD: "مؤرشف/أخبار/index.html",
    "/" + "خبر" * 40: "خبر" * 40 + "/index.html",
    "/نیم\u200cفاصله/": "نیم\u200cفاصله/index.html",
    "/it's (1), & more": "it's (1), & more/index.html",
}
REFUSED = (
    *(
        "//other.example/x",
        "/" + "خ" * 128,
        "/a/.git/b",
        '/say-\\"yes\\"',
        "/list?p=5",
        "/a//b",
        "/%ff",
        "/" + "a/" * 513,
    ),
)


def test_old_addresses_lead_to_their_articles(archive: Path, run: Run) -> None:
    for at, alias in enumerate(ANSWERED):
        article(archive, f"abcdef{at:06}", f'aliases: ["{alias}"]')

    assert run(archive, "check").returncode == 0
    assert run(archive, "build").returncode == 0

    for at, file in enumerate(ANSWERED.values()):
        assert f"n/abcdef{at:06}/" in (archive / "public" / file).read_text("utf-8")


def test_old_addresses_that_no_file_answers_are_refused(archive: Path, run: Run) -> None:
    for at, alias in enumerate(REFUSED):
        article(archive, f"abcdef{at:06}", "date: 2019-05-03", f'aliases: ["{alias}"]')

    checked = run(archive, "check")

    assert checked.returncode == 1
    for at, alias in enumerate(REFUSED):
        told = f"content/articles/ab/abcdef{at:06}.md:5: error[old-address]"
        assert told in checked.stdout, alias


@pytest.mark.slow
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


def test_an_old_address_of_an_authority_leads_to_its_page(archive: Path, run: Run) -> None:
    article(archive, "abcdef000001", "topics: [water]")
    authority(archive, "topics", "water", "formerly: [/tag/%D9%85%D8%A7%D8%A1/, /w.html]")
    authority(archive, "pages", "about", "formerly: [/about/]")

    assert run(archive, "build").returncode == 0

    public = tree(archive / "public")
    assert b"../../topics/water/" in public["tag/ماء/index.html"]
    assert b"topics/water/" in public["w.html"]
    assert b"../pages/about/" in public["about/index.html"]
    assert "error[" not in run(archive, "check").stdout

    authority(archive, "pages", "third", "formerly: [/../x]")
    told = run(archive, "check").stdout
    assert "content/pages/third.md:3: error[old-address]" in told


def test_one_old_address_leads_to_one_page(archive: Path, run: Run) -> None:
    article(archive, "abcdef000001", "aliases: [/about/]")
    authority(archive, "pages", "about", "formerly: [/about/]")

    told = run(archive, "check").stdout
    assert "content/pages/about.md:3: error[address-twice]" in told


def test_files_of_static_stand_at_the_top_and_go_with_their_source(archive: Path, run: Run) -> None:
    article(archive, "abcdef000001")
    wanted = {
        "CNAME": b"archive.example\n",
        ".well-known/security.txt": b"Contact:\n",
        "a/b.html": b"x",
    }
    kept_back = {"README": b"note", ".DS_Store": b"", ".git/config": b"", "a/.gitignore": b"*"}
    for path, content in (wanted | kept_back).items():
        (archive / "static" / path).parent.mkdir(parents=True, exist_ok=True)
        (archive / "static" / path).write_bytes(content)
    (archive / "static" / "link").symlink_to("/etc/passwd")

    built = run(archive, "build")

    made = tree(archive / "public")
    assert wanted.items() <= made.items()
    assert not {*kept_back, "link"} & made.keys()
    assert "static/link: warning[static-odd]" in built.stdout
    assert "static/link: warning[static-odd]" in run(archive, "check").stdout

    (archive / "static/CNAME").unlink()
    (archive / "public/a/b.html").write_bytes(b"spoilt")
    assert run(archive, "build").returncode == 0
    assert "CNAME" not in tree(archive / "public")
    assert tree(archive / "public")["a/b.html"] == b"x"


TWO = "content/articles/ab/abcdef000002.md"


TAKEN = (
    *("/index.html", "/Index.HTML", "/search/", "/SEARCH/index.html", "/n/abcdef000001/"),
    *("/people/sami/", "/People/Sami/", "/feed.xml/", "/robots.txt/x/", "/archive/2019/05/"),
    *("/assets/site.css/", "/assets/Site.CSS/", "/search/root.json/", "/search/t/", "/404.html"),
    *("/media/a.png/", "/CNAME/", "/cname/", "/n/abcdef000001/article.json/", "/data/"),
    *("/topics/water/feed.xml/", "/sitemap.xml/", "/old.html", "/OLD.html", "/old.html/more/"),
    *("/\u0627\u0653\u0628/", "/%D8%A2%D8%A8/"),
)
FREE = ("/assets/", "/media/", "/n/nobody000000/", "/2019/05/", "/old/", "/Older.html")


@pytest.fixture
def claimed(archive: Path) -> Path:
    """An archive in which many kinds of addresses are taken; its second article claims none yet."""
    article(
        archive, "abcdef000001", "date: 2019-05-03", "topics: [water]",
        'aliases: ["/old.html", "/\u0622\u0628/"]', body="![سفينة](media/a.png)",
    )  # fmt: skip
    authority(archive, "people", "sami", name="سامي")
    authority(archive, "topics", "water", name="الماء")
    written(archive, "media/a.png", "")
    (archive / "static").mkdir()
    (archive / "static/CNAME").write_text("archive.example\n")
    article(archive, "abcdef000002", "date: 2019-05-04")
    return archive


def test_no_old_address_takes_what_belongs_to_another(claimed: Path, run: Run) -> None:
    assert run(claimed, "build").returncode == 0
    before = tree(claimed / "public")
    for at, alias in enumerate(TAKEN):
        article(claimed, f"fedcba{at:06}", f'aliases: ["{alias}"]')

    checked, built = run(claimed, "check"), run(claimed, "build")

    assert (checked.returncode, built.returncode) == (1, 1)
    assert tree(claimed / "public") == before
    for at, alias in enumerate(TAKEN):
        told = f"content/articles/fe/fedcba{at:06}.md:4: error[address-t"
        assert told in checked.stdout, alias
        assert told in built.stdout, alias


@pytest.mark.slow
def test_each_old_address_is_told_from_a_free_one_by_a_cached_build(claimed: Path) -> None:
    build(claimed, into=claimed / "public")
    before = tree(claimed / "public")
    for alias in TAKEN:
        article(claimed, "abcdef000002", "date: 2019-05-04", f'aliases: ["{alias}"]')

        with pytest.raises(WarraqError) as refused:
            build(claimed, into=claimed / "public")

        assert {(p.path, p.line) for p in refused.value.problems} == {(TWO, 5)}, alias
        assert tree(claimed / "public") == before
    for alias in FREE:
        article(claimed, "abcdef000002", "date: 2019-05-04", f'aliases: ["{alias}"]')

        build(claimed, into=claimed / "public")

        assert b"n/abcdef000002/" in tree(claimed / "public")[output_path(alias)]
    article(claimed, "abcdef000002", "date: 2019-05-04")
    build(claimed, into=claimed / "public")
    assert tree(claimed / "public") == before


def test_an_address_that_two_files_claim_is_reported_once_with_both(
    archive: Path, run: Run
) -> None:
    article(archive, "abcdef000002", "aliases: [/x.html]")
    article(archive, "abcdef000001", "section: أ", "aliases: [/y/, /x.html]")
    authority(archive, "people", "sami", "formerly: [samir]", name="سامي")
    authority(archive, "people", "samir", name="سمير")
    authority(archive, "people/old", "sami", name="سامي آخر")
    (archive / "static").mkdir()
    (archive / "static/feed.xml").write_text("<feed/>")

    told = run(archive, "check").stdout
    assert "content/people/sami.md:1: error[key-twice]" in told
    assert "content/people/old/sami.md" in told
    (archive / "content/people/old/sami.md").unlink()

    told = run(archive, "check").stdout
    assert told.count("error[") == 3
    assert f"{TWO}:4: error[address-twice]" in told
    assert "content/people/sami.md:3: error[address-twice]" in told
    assert "content/people/samir.md" in told
    assert "static/feed.xml: error[address-taken]" in told


@pytest.mark.slow
def test_a_page_and_a_redirect_may_change_places(archive: Path) -> None:
    def as_clean() -> None:
        build(archive, into=archive / "public")
        plain(archive, into=archive / "plain")
        assert tree(archive / "public") == tree(archive / "plain")

    article(archive, "abcdef000001", "aliases: [/people/samir/]")
    as_clean()

    article(archive, "abcdef000001")
    person = authority(archive, "people", "samir", name="سمير")
    as_clean()
    assert b"people/samir/" in tree(archive / "public")["sitemap-pages.xml"]

    person.unlink()
    article(archive, "abcdef000001", "aliases: [/people/samir/]")
    as_clean()
    assert b"people/samir/" not in tree(archive / "public")["sitemap-pages.xml"]


def test_a_pipe_among_the_files_holds_nothing_up(archive: Path, run: Run) -> None:
    article(archive, "abcdef000001")
    places = (
        "content/articles/ab/pipe.md",
        "content/people/x.txt",
        "content/media/a.png",
        "static/a",
    )
    for place in places:
        (archive / place).parent.mkdir(parents=True, exist_ok=True)
        os.mkfifo(archive / place)

    checked = run(archive, "check")

    assert checked.returncode == 0
    assert [place for place in places if f"{place}: warning[" not in checked.stdout] == []
    assert run(archive, "build").returncode == 0
