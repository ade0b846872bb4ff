"""The program git, as everything that edits runs it: fixed words, no shell, never a prompt."""

import os
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

from warraq.base.problems import WarraqError, error

EDITED = ("content", "site.yaml")  # what change sets are made of, relative to the site
KEPT = (*EDITED, "seeds", "static", "templates")  # what an archive cannot be without
PATHS = ("--pathspec-from-file=-", "--pathspec-file-nul")  # thousands fit no command line
ANY_NAME = ("utf-8", "surrogateescape")
_GIT = (
    *(
        "git",
        "-c",
        "core.fsmonitor=false",
        "-c",
        "core.quotePath=false",
        "-c",
        "log.showSignature=false",
    ),
    *("-c", "i18n.commitEncoding=UTF-8", "-c", "i18n.logOutputEncoding=UTF-8", "--no-pager"),
    "--literal-pathspecs",
)
_QUIET = {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}
_MOST_QUOTED = 300  # letters of what git says
Done = subprocess.CompletedProcess[bytes]


def command(site: Path, *arguments: str) -> tuple[str, ...]:
    """Return the command line of git for a site."""
    return (*_GIT, "-C", str(site), *arguments)


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """Return the environment for git: English, without prompts, with `settings`."""
    return {**os.environ, **_QUIET, **settings}


def attempt(
    site: Path, *arguments: str, given: bytes = b"", settings: Mapping[str, str] | None = None
) -> Done | None:
    """Return what git did with `given` for its input, None if there is no git.

    `settings` are environment variables.
    """
    try:
        return subprocess.run(  # noqa: S603 - fixed words, no shell
            command(site, *arguments),
            capture_output=True,
            check=False,
            input=given,
            env=environment(settings or {}),
        )
    except FileNotFoundError:
        return None


def run(
    site: Path, *arguments: str, given: bytes = b"", settings: Mapping[str, str] | None = None
) -> Done:
    """Return what git did. Raises WarraqError with its words if it refused, or if there is none."""
    done = attempt(site, *arguments, given=given, settings=settings)
    if done is None:
        raise WarraqError([error("git-missing")])
    if done.returncode:
        why = words_of(done)
        raise WarraqError([error("git-refused", why=why)])
    return done


def text(site: Path, *arguments: str) -> str:
    """Return what git printed, "" if it refused."""
    done = attempt(site, *arguments)
    return done.stdout.decode("utf-8", "replace") if done and not done.returncode else ""


def words_of(done: Done) -> str:
    """Return what git said of a failure, in one short line."""
    said = done.stderr or done.stdout
    return " ".join(said.decode("utf-8", "replace").split())[:_MOST_QUOTED]


def joined(paths: Iterable[str]) -> bytes:
    """Return `paths` as the input that `PATHS` asks for."""
    return "\0".join(paths).encode(*ANY_NAME)


def names_in(output: bytes) -> tuple[str, ...]:
    """Return the names that git printed with -z."""
    return tuple(name for name in output.decode(*ANY_NAME).split("\0") if name)
