"""The look at folders against the look at every file, and what a build opens as a site grows."""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.commands.conftest import tree

from warraq.base.config import load
from warraq.base.files import digest_at
from warraq.build.build_context import PARALLEL_FROM, BuildOptions
from warraq.build.cache import Cache, cache_of
from warraq.build.incremental import build, cache_key, program_of
from warraq.build.output_check import OutputDifference, checking_output
from warraq.publish.tree import present

LONG_AGO = 1_500_000_000 * 10**9  # ns


def write(site: Path, articles: int) -> Path:
    """Write a site with files of static/, hidden ones too; each month holds three articles."""
    (site / "content/articles").mkdir(parents=True)
    (site / "static/.well-known").mkdir(parents=True)
    (site / "site.yaml").write_text("name: أرشيف\nbase_url: https://a.example/\nhistory: none\n")
    (site / "static/.well-known/security.txt").write_text("Contact: mailto:a@a.example\n")
    (site / "static/.nojekyll").write_text("")
    for at in range(articles):
        day = f"{2000 + at // 12}-{at // 3 % 4 + 1:02}-{at % 3 + 10}"
        text = f'---\nid: "0{at:07}"\ntitle: خبر {at}\ndate: {day}\n---\n\nنص الخبر {at}.\n'
        (site / f"content/articles/0{at:07}.md").write_text(text, "utf-8")
    return site


def settle(site: Path) -> Path:
    """Build, let all folders of the output be old, and build again: their stamps are trusted."""
    build(site, into=site / "public")
    for at, folder in enumerate(sorted(site.glob("public/**/"))):
        os.utime(folder, ns=(LONG_AGO + at, LONG_AGO + at))
    build(site, into=site / "public")
    return site


@contextmanager
def opened(site: Path) -> Iterator[Cache]:
    into = site / "public"
    key = cache_key(program_of(site, load(site)[0], {}), drafts=False)
    with cache_of(site, into, key) as cache:
        yield cache


def checked(site: Path, into: Path, *, verify: bool = False) -> OutputDifference:
    """Return how `into` differs from what the cache of `site` knows of its output."""
    options = BuildOptions(False, 1, False, verify, False, lambda *_: None, PARALLEL_FROM)
    with opened(site) as cache, checking_output(cache, into, options) as difference:
        return difference()


def differing(site: Path, into: Path) -> tuple[set[str], set[str]]:
    """Return the modified and the untracked files, found by reading every file."""
    with opened(site) as cache:
        recorded = dict(cache.rows.execute("select path, digest from page").fetchall())
    files = set(present(into))
    modified = {p for p, d in recorded.items() if p not in files or digest_at(into / p) != d}
    return modified, files - recorded.keys()


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return settle(write(tmp_path_factory.mktemp("settled"), 12))


# What people and programs do to a folder that is served


def remove(file: Path) -> None:
    file.unlink()


def replace(file: Path) -> None:
    file.with_name("aside~").write_bytes(b"another")
    file.with_name("aside~").replace(file)


def move(file: Path) -> None:
    file.rename(file.with_name(f"{file.name}.old"))


def add(file: Path) -> None:
    (file.parent / "new/deep").mkdir(parents=True, exist_ok=True)
    (file.parent / "new/deep/file").write_bytes(b"")


def remove_folder(file: Path) -> None:
    shutil.rmtree(file.parent)


def make_a_link_of_the_folder(file: Path) -> None:
    aside = Path(tempfile.mkdtemp(prefix=".", dir=file.parent.parent))  # hidden: none of ours
    file.parent.rename(aside / "a")
    file.parent.symlink_to(f"{aside.name}/a")


def make_a_file_of_the_folder(file: Path) -> None:
    shutil.rmtree(file.parent)
    file.parent.write_bytes(b"")


def make_a_folder_of_the_file(file: Path) -> None:
    file.unlink()
    (file / "inside").mkdir(parents=True)


Harm = Callable[[Path], None]
HARMS: list[Harm] = [
    *(remove, replace, move, add, remove_folder),
    *(make_a_link_of_the_folder, make_a_file_of_the_folder, make_a_folder_of_the_file),
]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    harms=st.lists(
        st.tuples(st.sampled_from(HARMS), st.integers(0, 999)),
        min_size=1,
        max_size=4,
    )
)
def test_folders_tell_of_each_harm_that_files_tell_of(
    settled: Path, tmp_path: Path, harms: list[tuple[Harm, int]]
) -> None:
    into = tmp_path / "public"
    shutil.rmtree(into, ignore_errors=True)
    shutil.copytree(settled / "public", into)
    for harm, at in harms:
        files = sorted(
            Path(folder, name)
            for folder, _, names in os.walk(into)  # links are not followed
            for name in names
            if "/." not in f"{folder}/{name}" and Path(folder) != into
        )
        harm(files[at % len(files)])

    found = checked(settled, into)

    assert found[:2] == checked(settled, into, verify=True)[:2] == differing(settled, into)
    assert found.modified | found.untracked


def test_what_was_harmed_is_mended_by_the_next_build(tmp_path: Path) -> None:
    site = settle(write(tmp_path, len(HARMS)))
    before = tree(site / "public")
    for at, harm in enumerate(HARMS):
        harm(site / f"public/n/0{at:07}/index.html")

    build(site, into=site / "public")

    after = tree(site / "public")
    assert {path: after[path] for path in after if "/." not in path} == before
    assert build(site, into=site / "public").outcome[1:] == (0, 0)


@pytest.mark.parametrize("verify", [False, True])
@pytest.mark.parametrize("jobs", [1, 3])
def test_a_link_in_the_place_of_a_folder_of_folders_is_replaced(
    tmp_path: Path, jobs: int, verify: bool
) -> None:
    site = settle(write(tmp_path, 6))
    before = tree(site / "public")
    (site / "public/search").rename(site / "search")
    (site / "public/search").symlink_to("../search")
    few = PARALLEL_FROM._replace(folders=1)

    build(site, into=site / "public", jobs=jobs, verify=verify, parallel_from=few)

    assert not (site / "public/search").is_symlink()
    assert tree(site / "public") == before


@pytest.mark.parametrize("verify", [False, True])
def test_a_page_that_went_and_came_back_is_looked_at_again(tmp_path: Path, verify: bool) -> None:
    site = settle(write(tmp_path, 6))
    before = tree(site / "public")
    article = site / "content/articles/00000004.md"
    text = article.read_bytes()
    article.unlink()
    build(site, into=site / "public")
    article.write_bytes(text)
    build(site, into=site / "public")
    shutil.rmtree(site / "public/n/00000004")

    assert build(site, into=site / "public", verify=verify).outcome.changed
    assert tree(site / "public") == before


@pytest.mark.parametrize("edit", ["retitle", "add", "remove"])
def test_a_copy_of_before_that_is_put_back_is_mended(tmp_path: Path, edit: str) -> None:
    site = settle(write(tmp_path, 6))
    shutil.copytree(site / "public", tmp_path / "kept")
    article = site / "content/articles/00000004.md"
    text = article.read_text("utf-8")
    if edit == "remove":
        article.unlink()
    elif edit == "add":
        article.with_stem("00000009").write_text(text.replace("00000004", "00000009"), "utf-8")
    else:
        article.write_text(text.replace("خبر", "نبأ"), "utf-8")
    build(site, into=site / "public")
    after = tree(site / "public")
    shutil.rmtree(site / "public")
    shutil.copytree(tmp_path / "kept", site / "public")

    build(site, into=site / "public")

    assert tree(site / "public") == after
    build(site, into=site / "public")
    assert build(site, into=site / "public").outcome[1:] == (0, 0)


def spoil_in_place(site: Path) -> Path:
    page = site / "public/n/00000004/index.html"
    page.write_bytes(page.read_bytes() + b"<!-- by hand -->")
    return page


def test_a_file_changed_in_place_is_mended_by_verify(tmp_path: Path) -> None:
    site = settle(write(tmp_path, 6))
    before = tree(site / "public")
    page = spoil_in_place(site)

    assert build(site, into=site / "public").outcome.changed == 0
    assert b"by hand" in page.read_bytes()

    assert build(site, into=site / "public", verify=True).outcome.changed == 1
    assert tree(site / "public") == before


def test_a_file_changed_in_place_is_mended_after_a_start_of_the_machine(tmp_path: Path) -> None:
    site = settle(write(tmp_path, 6))
    before = tree(site / "public")
    spoil_in_place(site)
    with opened(site) as cache:
        with cache.changing():
            cache.put_meta("boot", "another")
        cache.seal()

    assert build(site, into=site / "public").outcome.changed == 1
    assert tree(site / "public") == before


def test_a_hidden_file_that_is_ours_is_looked_at_always(tmp_path: Path) -> None:
    site = settle(write(tmp_path, 6))
    before = tree(site / "public")
    (site / "public/.nojekyll").write_text("spoilt")
    (site / "public/.well-known/security.txt").unlink()

    assert build(site, into=site / "public").outcome.changed == 2
    assert tree(site / "public") == before


_log: list[str] | None = None  # what was opened and listed; a hook of audits is never taken off


def _note(event: str, arguments: tuple[object, ...]) -> None:
    if _log is not None and event in {"open", "os.scandir"}:
        _log.append(str(arguments[0]))


sys.addaudithook(_note)


def touched_by_an_edit(site: Path, words: str) -> int:
    """Return how many files and folders of the output a build opens after an edit."""
    global _log  # noqa: PLW0603 - as above
    path = site / "content/articles/00000005.md"
    path.write_text(path.read_text("utf-8") + words, "utf-8")
    _log = []
    try:
        build(site, into=site / "public")
        return sum(name.startswith(f"{site}/public") for name in _log)
    finally:
        _log = None


@pytest.mark.slow
def test_an_edit_opens_as_much_of_an_output_four_times_as_large(tmp_path: Path) -> None:
    small = settle(write(tmp_path / "small", 24))
    large = settle(write(tmp_path / "large", 96))

    for words in ("\nزيد.\n", "\nزيد أيضًا.\n"):  # the second looks at what the first wrote
        few, many = touched_by_an_edit(small, words), touched_by_an_edit(large, words)
        assert 0 < many <= few * 1.1
