import json
import os
import subprocess
import sys
import tomllib
import venv
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.commands.conftest import ROOT, Run, tree
from tests.commands.repository import git, last

from warraq import __version__
from warraq.commands import init


def test_a_new_archive_builds(tmp_path: Path, run: Run) -> None:
    assert run(tmp_path, "init", "my").returncode == 0

    done = run(tmp_path / "my", "build")

    assert done.returncode == 0, done.stdout
    assert (tmp_path / "my/public/n/example000001/index.html").is_file()
    assert run(tmp_path / "my", "check", "--strict").returncode == 0


def test_a_new_archive_is_a_repository_with_a_first_commit(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "gitconfig"
    config.write_text("[user]\nname = هدى\nemail = huda@archive.example\n", "utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))

    assert run(tmp_path, "init", "my").returncode == 0

    site = tmp_path / "my"
    assert git(site, "status", "--porcelain") == ""
    assert last(site, "%an: %s") == "هدى: أول نسخة من الأرشيف"
    assert "undo-nothing" in run(site, "undo").stdout  # the beginning is no edit
    assert run(site, "edit", "id:example000001", "--add", "topic=أخبار").returncode == 0
    assert run(site, "undo").returncode == 0
    assert git(site, "diff", "HEAD~2") == ""


def test_a_repository_without_a_name_waits_for_one(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "EMAIL"):
        monkeypatch.delenv(name, raising=False)

    done = run(tmp_path, "init", "my")

    assert done.returncode == 0
    assert "init-unrecorded" in done.stdout
    assert (tmp_path / "my/.git").is_dir()
    assert run(tmp_path / "my", "build").returncode == 0


def test_no_repository_within_another_one_nor_where_none_is_wanted(
    tmp_path: Path, run: Run
) -> None:
    run(tmp_path, "init", "alone", "--no-git")
    git(tmp_path, "init", "--quiet")
    run(tmp_path, "init", "inner")

    assert not (tmp_path / "alone/.git").exists()
    assert not (tmp_path / "inner/.git").exists()


def test_a_new_archive_imports_without_a_word_about_its_own_note(tmp_path: Path, run: Run) -> None:
    run(tmp_path, "init", "my")

    done = run(tmp_path / "my", "import", "--format", "json")

    assert json.loads(done.stdout)["problems"] == []


def test_a_site_that_is_there_is_left_alone(tmp_path: Path, run: Run) -> None:
    run(tmp_path, "init", "my")
    (tmp_path / "my/site.yaml").write_text("name: لي\n", "utf-8")

    done = run(tmp_path, "init", "my")

    assert done.returncode == 2
    assert (tmp_path / "my/site.yaml").read_text("utf-8") == "name: لي\n"


RECIPES = {
    "github-pages": ".github/workflows/publish.yml",
    "gitlab-pages": ".gitlab-ci.yml",
    "netlify": "netlify.toml",
    "cloudflare-pages": "publish.sh",
}
WHEEL = f"wheels/warraq-{__version__}-py3-none-any.whl"


def _recipe(file: Path) -> Any:  # noqa: ANN401 - YAML as the host reads it
    # The hosts read YAML 1.2, where `on` is no truth value: the plain loader keeps it a string.
    return yaml.load(file.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - strings only


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_comes_with_a_new_archive(name: str, tmp_path: Path, run: Run) -> None:
    assert run(tmp_path, "init", "my", "--with", name).returncode == 0

    assert (tmp_path / "my/site.yaml").is_file()
    assert "@WARRAQ@" not in (tmp_path / "my" / RECIPES[name]).read_text("utf-8")
    assert (tmp_path / "my" / WHEEL).is_file()
    assert run(tmp_path / "my", "check", "--strict").returncode == 0


def test_the_recipes_offered_are_the_recipes_there_are(tmp_path: Path, run: Run) -> None:
    assert RECIPES == init.RECIPES
    refused = run(tmp_path, "init", "my", "--with", "elsewhere")
    assert refused.returncode == 2
    assert all(name in refused.stderr for name in RECIPES)


def test_github_checks_builds_and_publishes_with_history_and_cache(
    tmp_path: Path, run: Run
) -> None:
    run(tmp_path, "init", "my", "--with", "github-pages")

    recipe = _recipe(tmp_path / "my" / RECIPES["github-pages"])

    steps = recipe["jobs"]["build"]["steps"]
    done = [step.get("run") or step["uses"] for step in steps]
    with_ = {step["uses"].partition("@")[0]: step["with"] for step in steps if "uses" in step}
    assert done == [
        "actions/checkout@v4",
        "actions/setup-python@v5",
        'python -m pip install --find-links wheels "$WARRAQ"',
        "actions/cache@v4",
        "warraq check",
        "warraq build",
        "actions/upload-pages-artifact@v3",
    ]
    assert with_["actions/checkout"] == {"fetch-depth": "0", "filter": "blob:none"}
    assert ".warraq" in with_["actions/cache"]["path"].split()
    assert with_["actions/upload-pages-artifact"]["path"] == "public"
    assert recipe["env"]["WARRAQ"].partition("==")[0] == "warraq"
    assert recipe["on"]["push"]["branches"] == ["main"]
    publish = recipe["jobs"]["publish"]
    assert publish["needs"] == "build"
    assert publish["permissions"] == {"pages": "write", "id-token": "write"}
    assert recipe["permissions"] == {"contents": "read"}


def test_gitlab_checks_builds_and_publishes_with_history_and_cache(
    tmp_path: Path, run: Run
) -> None:
    run(tmp_path, "init", "my", "--with", "gitlab-pages")

    recipe = _recipe(tmp_path / "my" / RECIPES["gitlab-pages"])

    assert recipe["variables"]["GIT_DEPTH"] == "0"
    assert "--filter=blob:none" in recipe["variables"]["GIT_FETCH_EXTRA_FLAGS"]
    assert recipe["before_script"] == ['python -m pip install --find-links wheels "$WARRAQ"']
    assert ".warraq/" in recipe["cache"]["paths"]
    assert recipe["pages"]["script"] == ["warraq check", "warraq build"]
    assert recipe["pages"]["artifacts"]["paths"] == ["public"]


def test_an_archive_that_exists_gets_a_recipe_and_keeps_its_files(tmp_path: Path, run: Run) -> None:
    run(tmp_path, "init", "my")
    (tmp_path / "my/.gitlab-ci.yml").write_text("mine\n", "utf-8")
    (tmp_path / "my/site.yaml").write_text("name: لي\n", "utf-8")
    before = tree(tmp_path / "my")

    done = run(tmp_path, "init", "my", "--with", "github-pages", "--with", "gitlab-pages")

    after = tree(tmp_path / "my")
    assert done.returncode == 0
    assert "warning[init-kept]" in done.stdout
    assert after.keys() - before.keys() == {RECIPES["github-pages"], WHEEL}
    assert {path: after[path] for path in before} == before


def _environment() -> dict[str, str]:
    """Return an environment in which nothing leads Python back to the checkout."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


def test_netlify_and_cloudflare_build_with_history(tmp_path: Path, run: Run) -> None:
    run(tmp_path, "init", "my", "--with", "netlify", "--with", "cloudflare-pages")

    build = tomllib.loads((tmp_path / "my/netlify.toml").read_text("utf-8"))["build"]
    assert build["publish"] == "public"
    assert build["environment"]["WARRAQ"] == f"warraq=={__version__}"
    script = (tmp_path / "my/publish.sh").read_text("utf-8")
    for text in (build["command"], script):
        steps = ("git fetch --unshallow", "--find-links wheels", "warraq check", "warraq build")
        assert sorted(steps, key=text.index) == list(steps)
    subprocess.run(["sh", "-n", tmp_path / "my/publish.sh"], check=True)


@pytest.mark.slow
def test_what_a_recipe_installs_is_in_the_archive(tmp_path: Path, run: Run) -> None:
    run(tmp_path, "init", "my", "--with", "github-pages")
    site, libraries = tmp_path / "my", tmp_path / "libraries"
    wanted = _recipe(site / RECIPES["github-pages"])["env"]["WARRAQ"]
    offline = ["--no-index", "--no-deps", "-q", "--target", str(libraries)]
    install = [sys.executable, "-m", "pip", "install", *offline, "--find-links", "wheels", wanted]
    subprocess.run(install, cwd=site, check=True, capture_output=True, env=_environment())

    start = f"import sys; sys.path.insert(0, {str(libraries)!r}); import warraq.cli; "
    build = "print(warraq.__file__); warraq.cli.main(['build'])"
    built = subprocess.run(
        [sys.executable, "-c", start + build],
        cwd=site, check=True, capture_output=True, text=True, env=_environment(),
    )  # fmt: skip

    assert str(libraries) in built.stdout
    assert (site / "public/assets/site.css").is_file()
    again = tmp_path / "again"
    run(tmp_path, "init", "again", "--with", "github-pages")
    assert (again / WHEEL).read_bytes() == (site / WHEEL).read_bytes()


@pytest.mark.slow
def test_a_wheel_works_on_its_own(tmp_path: Path) -> None:
    subprocess.run(
        [
            sys.executable,
            "-m",
            "build",
            "--wheel",
            "--no-isolation",
            "-o",
            str(tmp_path),
            str(ROOT),
        ],
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("warraq-*.whl")
    # The dependencies are those of this environment; the package itself is only in the wheel.
    venv.create(tmp_path / "env", with_pip=False)
    python = tmp_path / "env/bin/python"
    (libraries,) = (tmp_path / "env/lib").glob("python3*/site-packages")
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "install",
            "-q",
            "--no-deps",
            "--target",
            str(libraries),
            str(wheel),
        ],
        check=True,
        capture_output=True,
    )
    ours = Path(subprocess.__file__).parent  # the standard library is shared; packages are not
    packages = next(p for p in map(Path, sys.path) if (p / "msgspec").is_dir())
    assert packages != ours
    (libraries / "beside.pth").write_text(f"{packages}\n")

    clean = _environment()

    def warraq(*words: str) -> subprocess.CompletedProcess[str]:
        command = [str(python), "-m", "warraq", *words]
        return subprocess.run(
            command, cwd=tmp_path, capture_output=True, text=True, check=False, env=clean
        )

    where = [str(python), "-c", "import warraq; print(warraq.__file__)"]
    shown = subprocess.run(
        where, cwd=tmp_path, capture_output=True, text=True, check=True, env=clean
    ).stdout
    assert str(libraries) in shown
    assert warraq("init", "my", "--with", "github-pages").returncode == 0
    assert (tmp_path / "my/.github/workflows/publish.yml").is_file()
    built = warraq("-C", "my", "build")
    assert built.returncode == 0, built.stdout + built.stderr
    assert (tmp_path / "my/public/assets/site.css").is_file()
