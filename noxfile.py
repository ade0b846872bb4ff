"""Run the fast tests under every Python that is installed, from 3.11 on: `nox`.

A version that is not installed is skipped. `nox --session full` is `make test` without its system
packages; `nox --session lint` is what `make lint` asks of the Python files. `nox --session
compiled` makes the compiled wheel and compares what it builds; it needs a C compiler.
"""

from pathlib import Path

import nox

nox.needs_version = ">=2024.3.2"
nox.options.default_venv_backend = "venv"
nox.options.sessions = ["lint", "tests"]

PYTHONS = ["3.11", "3.12", "3.13", "3.14"]
SOURCES = ["generator", "tests", "benchmarks", "scripts", "noxfile.py"]


@nox.session(python=PYTHONS[0])
def lint(session: nox.Session) -> None:
    """Check style, types and imports."""
    session.install("--editable", ".[dev]")
    session.run("ruff", "check", *SOURCES)
    session.run("ruff", "format", "--check", *SOURCES)
    session.run("mypy")
    session.run("lint-imports", "--no-cache")


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Run the tests that need neither Chromium nor patience; arguments go to pytest."""
    session.install("--editable", ".[dev]")
    session.run("pytest", "-q", "-n", "2", "-m", "not browser and not slow", *session.posargs)


@nox.session(python=PYTHONS)
def full(session: nox.Session) -> None:
    """Run all tests; Chromium and what else docs/testing.md names must be there."""
    session.install("--editable", ".[dev]")
    session.run("pytest", "-n", "2", *session.posargs)


@nox.session(python=PYTHONS[0])
def compiled(session: nox.Session) -> None:
    """Compare what the compiled wheel builds with what the source builds, byte for byte."""
    session.install("build")
    folder = session.create_tmp()
    build = ("python", "-m", "build", "--wheel", "--outdir", folder)
    session.run(*build, env={"WARRAQ_MYPYC": "1"})
    (wheel,) = Path(folder).glob("*.whl")
    session.install("--force-reinstall", str(wheel))
    session.run("python", "scripts/compare-compiled", str(Path(session.bin, "python")))
