"""The program from outside: a copy of this repository's seeds and content, and a way to run it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A copy of the repository's own archive."""
    folder = tmp_path / "site"
    folder.mkdir()
    for name in ("seeds", "content"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "site.yaml", folder / "site.yaml")
    return folder


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """The seeds alone, nothing imported yet."""
    folder = tmp_path / "bare"
    folder.mkdir()
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    shutil.copy(ROOT / "site.yaml", folder / "site.yaml")
    return folder


@pytest.fixture
def run() -> Run:
    """Run `warraq -C folder words…` and return what it printed and its exit code."""

    def run(folder: Path, *words: object, **env: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "warraq", "-C", str(folder), *map(str, words)]
        return subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=False,
            env=os.environ | {"LANG": "C.UTF-8"} | env,
        )

    return run


def tree(folder: Path) -> dict[str, bytes]:
    """Return path → bytes of every file under `folder`."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }
