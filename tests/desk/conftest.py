"""The command `warraq serve` on a copy of this repository's archive, in a repository of its own."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.desk.editor import Editor
from tests.desk.pictures import PICTURE, picture
from tests.desk.waiting_archive import write_archive
from tests.preview.served import Served, eventually

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A preview with its desk. Each test that uses `editor` gets the files as they were."""
    site = tmp_path_factory.mktemp("desk")
    shutil.copytree(ROOT / "content", site / "content")
    shutil.copytree(ROOT / "seeds", site / "seeds")
    shutil.copy(ROOT / "site.yaml", site / "site.yaml")
    (site / PICTURE).parent.mkdir()
    (site / PICTURE).write_bytes(picture(colour="olive"))
    for words in (
        ("init", "-q"),
        ("config", "user.name", "محرر"),
        ("config", "user.email", "editor@example.org"),
        ("add", "content", "seeds", "site.yaml"),
        ("commit", "-qm", "first"),
        ("tag", "first"),
    ):
        subprocess.run(["git", "-C", str(site), *words], check=True)
    with pytest.MonkeyPatch.context() as patch:  # whatever this machine's git knows of a name
        patch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        patch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
        for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "EMAIL"):
            patch.delenv(name, raising=False)
        running = Served(site, command=("-m", "warraq", "-C", str(site), "serve", "--port", "0"))
        assert eventually(lambda: running.get("/")[0].status == 200)
        assert eventually(lambda: "data-counting" not in Editor(running).get("/-/")[1])
        yield running
        running.stop()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """An editor at the desk of an archive in which something waits in every queue."""
    site = tmp_path_factory.mktemp("queues")
    write_archive(site)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        patch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
        running = Served(site, command=("-m", "warraq", "-C", str(site), "serve", "--port", "0"))
        found = Editor(running)
        assert eventually(lambda: "/-/queue/dates" in found.get("/-/")[1])
        yield found
        running.stop()


@pytest.fixture
def editor(served: Served) -> Editor:
    """An editor at a desk whose archive is as it was at first."""
    found = Editor(served)
    found.git("reset", "-q", "--hard", "first")
    found.git("clean", "-qfd", "content", "static")
    return found
