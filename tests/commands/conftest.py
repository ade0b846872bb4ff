"""The program from outside: a copy of this repository's seeds and content, and a way to run it."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
Run = Callable[..., subprocess.CompletedProcess[str]]
LANG = {"LANG": "C.UTF-8"}


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Git has no settings but the repository's."""
    for name in ("GLOBAL", "SYSTEM"):
        monkeypatch.setenv(f"GIT_CONFIG_{name}", os.devnull)


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


@pytest.fixture(scope="session")
def forks() -> Iterator[subprocess.Popen[str]]:
    """The program, started and waiting for words: see fork_server.py."""
    program = [sys.executable, str(Path(__file__).with_name("fork_server.py"))]
    with subprocess.Popen(
        program, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ | LANG
    ) as server:
        yield server


@pytest.fixture
def run(forks: subprocess.Popen[str], tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run `warraq -C folder words…` and return what it printed and its exit code.

    With variables that count when Python starts (all but LANG) it is started afresh.
    """

    def run(folder: Path, *words: object, **env: str) -> subprocess.CompletedProcess[str]:
        arguments = ["-C", str(folder), *map(str, words)]
        command = [sys.executable, "-m", "warraq", *arguments]
        full = os.environ | LANG | env
        if env.keys() - LANG.keys():
            return subprocess.run(command, capture_output=True, text=True, check=False, env=full)
        assert forks.stdin
        assert forks.stdout
        out, err = (tmp_path_factory.mktemp("run") / name for name in ("stdout", "stderr"))
        order = {"words": arguments, "env": full, "stdout": str(out), "stderr": str(err)}
        print(json.dumps(order), file=forks.stdin, flush=True)
        code = int(forks.stdout.readline())
        return subprocess.CompletedProcess(
            command, code, out.read_text("utf-8"), err.read_text("utf-8")
        )

    return run


def tree(folder: Path) -> dict[str, bytes]:
    """Return path → bytes of every file under `folder`."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }
