"""An archive in git, from outside: what commits do to its pages, and clones that are cut off."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.commands.conftest import Run, tree
from tests.commands.test_time import archive

from warraq.base.problems import WarraqError
from warraq.build.full import build as plain
from warraq.build.incremental import build
from warraq.commands.check import check

ONE, TWO = "content/articles/ab0001.md", "content/articles/ab0002.md"


def git(folder: Path, *words: str, day: int = 1) -> None:
    who = {"NAME": "هدى", "EMAIL": "h@example.org", "DATE": f"2025-10-{day:02}T23:30:00+00:00"}
    names = {f"GIT_{role}_{k}": v for role in ("AUTHOR", "COMMITTER") for k, v in who.items()}
    own = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}
    env = os.environ | names | own | {"FILTER_BRANCH_SQUELCH_WARNING": "1"}
    subprocess.run(["git", *words], cwd=folder, check=True, env=env)


def commit(site: Path, day: int) -> None:
    git(site, "add", "-A")
    git(site, "commit", "-q", "-m", f"حفظ {day}", day=day)


def edit(site: Path, path: str, old: str, new: str) -> None:
    text = (site / path).read_text()
    assert old in text
    (site / path).write_text(text.replace(old, new))


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two articles committed, one of them edited, then all reformatted."""
    folder = tmp_path_factory.mktemp("origin") / "archive"
    site = archive(folder, "Asia/Damascus", dict.fromkeys(("ab0001", "ab0002"), "date: 2025-01-01"))
    (site / ".gitignore").write_text("public*\nplain\n.warraq\n")
    git(site, "init", "-q", "-b", "main")
    commit(site, 1)
    edit(site, ONE, "نص الخبر.", "نص الخبر كما صُحّح.")
    commit(site, 2)
    for path in (ONE, TWO):
        edit(site, path, "date: 2025-01-01\n---\n\n", "date:   2025-01-01\n---\n\n\n")
        edit(site, path, ".\n", ".\n\n\n")
    commit(site, 3)
    git(site, "config", "uploadpack.allowFilter", "true")
    return site


def clone(origin: Path, to: Path, *words: str) -> Path:
    git(to.parent, "clone", "-q", *words, f"file://{origin}", to.name)
    return to


def test_only_what_readers_see_moves_the_day_of_the_last_edit(origin: Path, tmp_path: Path) -> None:
    site = clone(origin, tmp_path / "site")

    plain(site, into=site / "plain")
    build(site, into=site / "public")

    pages = tree(site / "public")
    assert pages == tree(site / "plain")
    said = b"\n".join(
        v for k, v in pages.items() if k.startswith(("n/", "feed", "sitemap", "data/"))
    )
    assert b"2025-10-04" not in said  # the third commit, in Damascus
    edited, untouched = (json.loads(pages[f"n/ab000{n}/article.json"]) for n in (1, 2))
    assert edited["lastmod"] == "2025-10-03T02:30:00+03:00"
    assert untouched["lastmod"] == ""
    assert "n/ab0001/history/index.html" in pages
    assert "n/ab0002/history/index.html" not in pages


def test_a_moved_file_keeps_its_history(origin: Path, tmp_path: Path) -> None:
    site = clone(origin, tmp_path / "site")
    build(site, into=site / "public")
    before = tree(site / "public")
    assert "n/ab0001/history/index.html" in before
    (site / "content/articles/2025").mkdir()
    git(site, "mv", ONE, "content/articles/2025/ab0001.md")
    commit(site, 4)

    build(site, into=site / "public")
    plain(site, into=site / "plain")

    assert tree(site / "public") == tree(site / "plain") == before


@pytest.mark.slow
def test_a_build_after_each_commit_is_the_plain_one(origin: Path, tmp_path: Path) -> None:
    site = clone(origin, tmp_path / "site")
    steps = (
        (TWO, "نص الخبر.", "نص الخبر."),
        (TWO, "\n\n\n", "\n\n"),
        (TWO, 'title: "خبر', 'title: "عنوان'),
        (ONE, "---\n\n", "topics: [ثقافة]\n---\n\n"),
        (ONE, "كما صُحّح", "كما  صُحّح"),
    )

    for day, (path, old, new) in enumerate(steps, 4):
        edit(site, path, old, new)
        git(site, "add", "-A")
        git(site, "commit", "-q", "--allow-empty", "-m", "حفظ", day=day)
        plain(site, into=site / "plain")
        build(site, into=site / "public", jobs=1 + day % 2)
        assert tree(site / "public") == tree(site / "plain"), day


def test_a_clone_without_blobs_gives_the_same_bytes(origin: Path, tmp_path: Path) -> None:
    whole = clone(origin, tmp_path / "whole")
    slim = clone(origin, tmp_path / "slim", "--filter=blob:none")

    for site in (whole, slim):
        build(site, into=site / "public")

    assert tree(slim / "public") == tree(whole / "public")


def test_a_clone_without_blobs_fetches_them_at_once(
    origin: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slim = clone(origin, tmp_path / "slim", "--filter=blob:none")
    trace = tmp_path / "trace"
    monkeypatch.setenv("GIT_TRACE", str(trace))

    build(slim, into=slim / "public")

    lines = trace.read_text().splitlines()
    assert sum("built-in: git fetch " in line for line in lines) == 1


def test_a_check_fetches_at_once_and_finds_the_histories(
    origin: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slim = clone(origin, tmp_path / "slim", "--filter=blob:none")
    links = "[سجل](/n/ab0001/history/) و[سجل](/n/ab0002/history/)"
    (slim / TWO).write_text((slim / TWO).read_text() + f"\n{links}\n")
    trace = tmp_path / "trace"
    monkeypatch.setenv("GIT_TRACE", str(trace))

    found = [dict(p.args) for p in check(slim) if p.path == TWO and "history" in str(p.args)]

    assert len(found) == 1  # the second article was never edited for readers
    assert "/n/ab0002/history/" in found[0].values()
    assert sum("built-in: git fetch " in line for line in trace.read_text().splitlines()) == 1


def test_a_clone_without_blobs_whose_origin_is_gone_is_refused(
    origin: Path, tmp_path: Path
) -> None:
    mirror = clone(origin, tmp_path / "mirror")
    git(mirror, "config", "uploadpack.allowFilter", "true")
    slim = clone(mirror, tmp_path / "slim", "--filter=blob:none")
    mirror.rename(tmp_path / "gone")

    with pytest.raises(WarraqError) as fault:
        build(slim, into=slim / "public", jobs=2)

    assert {p.code for p in fault.value.problems} == {"history-lost"}
    assert not (slim / "public").exists()


@pytest.mark.parametrize("kind", ["clone", "worktree", "folder-within"])
def test_a_shallow_clone_is_refused_by_name(origin: Path, tmp_path: Path, kind: str) -> None:
    site = clone(origin, tmp_path / "shallow", "--depth", "1")
    if kind == "worktree":
        git(site, "worktree", "add", "-q", str(tmp_path / "tree"))
        site = tmp_path / "tree"
    if kind == "folder-within":
        (site / "within").mkdir()
        for name in ("content", "site.yaml"):
            git(site, "mv", name, "within")
        commit(site, 9)
        site /= "within"

    for make in (build, plain):
        with pytest.raises(WarraqError) as fault:
            make(site, into=site / "public")
        assert [p.code for p in fault.value.problems] == ["history-shallow"]
        assert fault.value.exit_code == 1
    assert not (site / "public").exists()
    assert "history-shallow" in {p.code for p in check(site)}


def test_a_shallow_clone_says_what_helps(origin: Path, tmp_path: Path, run: Run) -> None:
    site = clone(origin, tmp_path / "site", "--depth", "2")

    for command in ("build", "check"):
        done = run(site, command)
        assert done.returncode == 1
        assert "git fetch --unshallow" in done.stdout + done.stderr

    git(site, "fetch", "-q", "--unshallow")
    assert run(site, "build").returncode == 0
    assert (site / "public/n/ab0001/history/index.html").exists()


def test_what_helps_a_clone_without_a_remote_is_said(
    origin: Path, tmp_path: Path, run: Run
) -> None:
    site = clone(origin, tmp_path / "site", "--depth", "2")
    git(site, "remote", "remove", "origin")
    helps = "git fetch --unshallow ADDRESS BRANCH"

    assert helps in run(site, "build").stdout

    _, *words = helps.replace("ADDRESS", origin.as_uri()).replace("BRANCH", "main").split()
    git(site, *words, "-q")
    assert run(site, "build").returncode == 0
    assert (site / "public/n/ab0001/history/index.html").exists()


def test_without_history_a_shallow_clone_will_do(origin: Path, tmp_path: Path) -> None:
    site = clone(origin, tmp_path / "site", "--depth", "1")
    edit(site, "site.yaml", "messages: en", "messages: en\nhistory: none")

    build(site, into=site / "public")

    assert [problem for problem in check(site) if problem.severity == "error"] == []


def test_an_archive_of_its_own_within_a_shallow_clone_has_no_history(
    origin: Path, tmp_path: Path
) -> None:
    site = clone(origin, tmp_path / "outer", "--depth", "1") / "own"
    archive(site, "UTC", {"ab0009": "date: 2025-01-01"})

    build(site, into=site / "public")

    assert (site / "public/n/ab0009/index.html").exists()


@pytest.mark.slow
def test_a_hook_of_the_repository_builds_the_same(
    origin: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hook has GIT_DIR set for another folder; a bare repository's files lie elsewhere."""
    site, bare, out = clone(origin, tmp_path / "site"), tmp_path / "bare", tmp_path / "out"
    git(tmp_path, "clone", "-q", "--bare", str(origin), str(bare))
    out.mkdir()
    git(bare, f"--work-tree={out}", "checkout", "-q", "-f", "main")
    build(site, into=site / "plain")
    expected = tree(site / "plain")

    monkeypatch.setenv("GIT_DIR", ".git")  # of a hook that changed to a folder within
    build(site, into=site / "public")
    assert tree(site / "public") == expected

    monkeypatch.setenv("GIT_DIR", ".")  # of a bare repository's hook
    with pytest.raises(WarraqError) as fault:
        build(out, into=out / "public")
    assert [p.code for p in fault.value.problems] == ["history-refused"]

    monkeypatch.setenv("GIT_DIR", str(bare))
    build(out, into=out / "public")
    assert tree(out / "public") == expected


@pytest.fixture(scope="module")
def parted(origin: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The archive whole and built, and its content/ alone with its history."""
    folder = tmp_path_factory.mktemp("parted")
    whole, texts = clone(origin, folder / "whole"), clone(origin, folder / "texts")
    build(whole, into=whole / "public")
    git(texts, "filter-branch", "-f", "--subdirectory-filter", "content", "--", "main")
    return whole, texts


@pytest.mark.parametrize("kind", ["repository", "submodule", "link"])
def test_content_may_be_a_repository_of_its_own(
    parted: tuple[Path, Path], tmp_path: Path, kind: str
) -> None:
    whole, texts = parted
    site = tmp_path / "site"
    site.mkdir()
    shutil.copy(whole / "site.yaml", site)
    git(site, "init", "-q")
    if kind == "submodule":
        allowed = ("-c", "protocol.file.allow=always")
        git(site, *allowed, "submodule", "--quiet", "add", str(texts), "content")
    elif kind == "link":
        (site / "content").symlink_to(texts)
    else:
        clone(texts, site / "content")
    commit(site, 9)

    build(site, into=site / "public")

    assert tree(site / "public") == tree(whole / "public")
