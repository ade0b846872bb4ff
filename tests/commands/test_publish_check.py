"""`warraq publish --check`: what would go wrong after a push is told before it."""

from pathlib import Path

import pytest
from tests.commands.conftest import Run
from tests.commands.repository import committed, git, in_repository

ADDRESS = "https://marsa.github.io/archive/"


@pytest.fixture
def ready(tmp_path: Path, run: Run) -> Path:
    """Return an archive with a recipe that is committed and pushed; nothing is wrong with it."""
    site = tmp_path / "my"
    run(tmp_path, "init", "my", "--with", "github-pages", "--with", "cloudflare-pages")
    set_address(site, ADDRESS)
    git(tmp_path, "init", "-q", "--bare", "host.git")
    in_repository(site)
    git(site, "remote", "add", "origin", str(tmp_path / "host.git"))
    git(site, "push", "-q", "-u", "origin", "HEAD")
    return site


def set_address(site: Path, address: str) -> None:
    settings = (site / "site.yaml").read_text("utf-8").splitlines()
    kept = [line for line in settings if not line.startswith("base_url")]
    (site / "site.yaml").write_text("\n".join([*kept, f"base_url: {address}\n"]), "utf-8")


def codes(site: Path, run: Run) -> list[str]:
    told = run(site, "publish", "--check").stdout
    return [part.split("]")[0] for part in told.split("[")[1:] if "]" in part]


def test_an_archive_that_can_go_out_has_no_fault_and_is_left_as_it_was(
    ready: Path, run: Run
) -> None:
    done = run(ready, "publish", "--check")

    assert (done.returncode, done.stdout) == (0, "fit to be published; open decisions: 0\n")
    assert not (ready / "public").exists()
    assert run(ready, "publish").returncode == 2  # nothing is sent by it


def test_what_git_has_not_sent_is_told(ready: Path, run: Run) -> None:
    (ready / "content/topics/new.md").write_text("---\nname: جديد\n---\n", "utf-8")
    assert codes(ready, run) == ["publish-uncommitted"]
    committed(ready)
    assert codes(ready, run) == ["publish-unpushed"]
    git(ready, "checkout", "-qb", "draft")
    assert codes(ready, run) == ["publish-branch"]
    git(ready, "checkout", "-q", "--detach")
    assert codes(ready, run) == ["draft-detached"]
    git(ready, "checkout", "-q", "draft")
    git(ready, "remote", "remove", "origin")
    assert codes(ready, run) == ["publish-remote"]


def test_a_folder_that_is_no_repository_is_an_error_for_a_host_that_needs_one(
    ready: Path, run: Run
) -> None:
    (ready / ".git").rename(ready.parent / "elsewhere")

    assert codes(ready, run) == ["publish-repository"]
    for recipe in (".github/workflows/publish.yml", "publish.sh"):
        (ready / recipe).unlink()
    assert codes(ready, run) == []


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("http://localhost:8000/", "publish-address"),
        ("https://my.example/", "publish-address"),
        ("https://127.0.0.1/", "publish-address"),
        ("http://marsa.org/", "publish-insecure"),
        ("https://marsa.github.io/", "publish-project"),
    ],
)
def test_an_address_that_no_reader_reaches(ready: Path, run: Run, address: str, code: str) -> None:
    set_address(ready, address)
    committed(ready)
    git(ready, "push", "-q")
    git(ready, "remote", "set-url", "origin", "git@github.com:Marsa/archive.git")

    assert codes(ready, run) == [code]


def test_the_domain_of_cname_is_that_of_the_address(ready: Path, run: Run) -> None:
    (ready / "static/CNAME").write_text("news.marsa.org\n")
    committed(ready)
    git(ready, "push", "-q")

    assert codes(ready, run) == ["publish-domain"]


def test_a_dead_link_of_a_template_and_a_file_too_large_are_told(ready: Path, run: Run) -> None:
    (ready / "templates/partials").mkdir()
    foot = '<p><a href="{{ root }}gone/?a=1&amp;b">x</a> <a href="{{ root }}topics/">y</a></p>'
    (ready / "templates/partials/foot.html").write_text(foot)
    with (ready / "static/film.bin").open("wb") as film:
        film.truncate(26 * 2**20 + 1)
    committed(ready)
    git(ready, "push", "-q")

    told = run(ready, "publish", "--check").stdout

    assert "film.bin: error[publish-file]" in told
    assert "cloudflare-pages takes 26" in told
    assert told.count("publish-link") >= 1
    assert "gone/?a=1&b" in told
    assert "topics/" not in told


def test_what_check_refuses_is_not_built(ready: Path, run: Run) -> None:
    (ready / "content/topics/culture.md").write_text("no front matter\n")

    done = run(ready, "publish", "--check")

    assert done.returncode == 1
    assert "error[frontmatter-missing]" in done.stdout
    assert not (ready / ".warraq/publish").exists()
