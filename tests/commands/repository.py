"""A site in a git repository, for tests of what warraq commits."""

import subprocess
from pathlib import Path


def git(folder: Path, *words: str, given: str = "") -> str:
    """Run git in `folder`; return what it printed."""
    done = subprocess.run(
        ["git", "-C", str(folder), *words], input=given, capture_output=True, text=True, check=True
    )
    return done.stdout


def in_repository(site: Path, top: Path | None = None) -> Path:
    """Make `site`, or the folder `top` above it, a repository with one commit; return `site`."""
    folder = top or site
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "config", "user.name", "هدى")
    git(folder, "config", "user.email", "huda@archive.example")
    (folder / ".gitignore").write_text(".warraq/\npublic/\n", "utf-8")
    committed(folder)
    return site


def committed(folder: Path, subject: str = "بداية") -> None:
    """Commit everything in `folder`."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", subject)


def last(site: Path, form: str = "%s") -> str:
    """Return what git says of the newest commit."""
    return git(site, "log", "-1", f"--format={form}").strip()
