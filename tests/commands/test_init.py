import subprocess
import sys
import venv
from pathlib import Path

import pytest
from tests.commands.conftest import ROOT, Run


def test_a_new_archive_builds(tmp_path: Path, run: Run) -> None:
    assert run(tmp_path, "init", "my").returncode == 0

    done = run(tmp_path / "my", "build")

    assert done.returncode == 0, done.stdout
    assert (tmp_path / "my/public/n/example000001/index.html").is_file()
    assert run(tmp_path / "my", "check", "--strict").returncode == 0


def test_a_site_that_is_there_is_left_alone(tmp_path: Path, run: Run) -> None:
    run(tmp_path, "init", "my")
    (tmp_path / "my/site.yaml").write_text("name: لي\n", "utf-8")

    done = run(tmp_path, "init", "my")

    assert done.returncode == 2
    assert (tmp_path / "my/site.yaml").read_text("utf-8") == "name: لي\n"


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

    def warraq(*words: str) -> subprocess.CompletedProcess[str]:
        command = [str(python), "-m", "warraq", *words]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    where = [str(python), "-c", "import warraq; print(warraq.__file__)"]
    shown = subprocess.run(where, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert str(libraries) in shown
    assert warraq("init", "my").returncode == 0
    built = warraq("-C", "my", "build")
    assert built.returncode == 0, built.stdout + built.stderr
    assert (tmp_path / "my/public/assets/site.css").is_file()
