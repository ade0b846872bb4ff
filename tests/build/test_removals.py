"""What is missing is not taken for what was deleted: a build asks before it empties the site."""

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from tests.build.test_unbreakable import begun, ended, write
from tests.commands.conftest import tree

from warraq.base.problems import WarraqError
from warraq.build.full import build as plain
from warraq.build.incremental import build
from warraq.build.result import BuildResult
from warraq.commands.check import check

Build = Callable[..., BuildResult]
BUILDS = pytest.mark.parametrize(
    "again", [build, partial(build, clean=True), plain], ids=["cached", "clean", "plain"]
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write(tmp_path, "أولى", articles=30)
    build(tmp_path, into=tmp_path / "public")
    return tmp_path


def remove(site: Path, articles: int) -> None:
    for path in sorted((site / "content/articles").glob("*.md"))[:articles]:
        path.unlink()


def refused(site: Path, again: Build, **options: bool) -> str:
    """Build, see that nothing came of it, and return why."""
    before = tree(site / "public")
    with pytest.raises(WarraqError) as caught:
        again(site, into=site / "public", **options)
    assert caught.value.exit_code == 1
    assert tree(site / "public") == before
    return caught.value.problems[0].code


@BUILDS
def test_without_content_nothing_is_published(site: Path, again: Build) -> None:
    shutil.rmtree(site / "content")
    assert refused(site, again) == "content-missing"
    assert refused(site, again, allow_removals=True) == "content-missing"
    (site / "content/articles").mkdir(parents=True)
    assert refused(site, again) == "articles-missing"
    assert [p.code for p in check(site)] == ["articles-missing"]
    again(site, into=site / "public", allow_removals=True)
    assert not (site / "public/n").exists()


@BUILDS
def test_most_pages_go_only_when_it_is_said(site: Path, again: Build) -> None:
    remove(site, 25)
    assert refused(site, again) == "removals-many"
    again(site, into=site / "public", allow_removals=True)
    assert len(list((site / "public/n").iterdir())) == 5
    again(site, into=site / "public")


@BUILDS
def test_most_of_a_few_pages_and_the_half_of_many_go_at_once(site: Path, again: Build) -> None:
    remove(site, 12)
    again(site, into=site / "public")
    public = site / "few"
    plain(site, into=public)
    for page in sorted(public.rglob("*.html"))[20:]:
        page.unlink()
    for page in public.rglob("*.html"):
        page.rename(page.with_name("old.html"))

    again(site, into=public)

    assert not list(public.rglob("old.html"))


def test_drafts_and_another_site_count_as_any_other_pages(site: Path) -> None:
    for path in (site / "content/articles").glob("*.md"):
        path.write_text(path.read_text("utf-8").replace("---\n", "---\ndraft: true\n", 1), "utf-8")
    build(site, into=site / "public", drafts=True)
    assert refused(site, build) == "removals-many"
    other = site / "other"
    other.mkdir()
    write(other, "أولى")
    remove(other, 7)
    before = tree(site / "public")
    with pytest.raises(WarraqError):
        build(other, into=site / "public")
    assert tree(site / "public") == before


def test_where_nothing_is_published_any_more_nothing_is_asked(site: Path) -> None:
    shutil.rmtree(site / "public")
    remove(site, 29)
    build(site, into=site / "public")
    assert len(list((site / "public/n").iterdir())) == 1


def test_the_command_says_how_many_and_takes_the_word(site: Path) -> None:
    pages = len(list((site / "public").rglob("*.html")))
    remove(site, 29)
    code, words = ended(begun(site))
    assert code == 1
    assert f" of {pages} published pages" in words
    assert ended(begun(site, "--allow-removals"))[0] == 0
