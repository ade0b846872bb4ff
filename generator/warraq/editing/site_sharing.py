"""What only this machine has, and what only the others have: asked, sent and brought in by git.

Nothing is sent unasked, nobody is asked for a password, and none is shown or kept.
"""

import os
import re
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from warraq.base.controls import without_controls
from warraq.base.problems import Problem, WarraqError, error
from warraq.content.write_lock import content_write_lock
from warraq.editing import repository
from warraq.editing.git_program import command, environment, run, text
from warraq.editing.joined_lines import JoinedLines, Settle, Side, commit_of, joined_lines
from warraq.editing.repository import RecordedChange
from warraq.editing.site_drafts import stop_if_unrecorded, unfinished

_PATIENCE = 60.0  # seconds for a remote; an archive's texts take few
_SHOWN = 50  # changes that are listed
_HEADS = "refs/heads/"
_SECRET = re.compile(r"(?<=://)[^/@\s]+@")
_LETTERS = 300  # of what git says
# What git says, and which problem that is; the first that fits.
_REASONS = (
    (re.compile(r"fetch first|non-fast-forward|\(stale info\)", re.IGNORECASE), "remote-ahead"),
    (
        re.compile(
            r"authentication failed|could not read (?:username|password)|permission denied"
            r"|publickey|terminal prompts disabled|returned error: 40[13]|access denied",
            re.IGNORECASE,
        ),
        "remote-login",
    ),
    (
        re.compile(
            r"could not resolve|unable to access|connection|timed out|unreachable"
            r"|does not appear to be a git repository|repository .*not found|does not exist",
            re.IGNORECASE,
        ),
        "remote-unreachable",
    ),
)


class Remote(NamedTuple):
    """Where the archive is sent. `address` has no password; `tracking` is "" for a new branch.

    `ahead` are the newest changes that only this machine has, `unsent` is how many commits there
    are in all; `behind` how many of the others are known and not here.
    """

    name: str
    address: str
    branch: str
    tracking: str
    ahead: tuple[RecordedChange, ...] = ()
    unsent: int = 0
    behind: int = 0


def remote_of(site: Path) -> Remote | None:
    """Return where the branch that is worked on is sent, None if there is no such place."""
    branch = text(site, "symbolic-ref", "--quiet", "HEAD").strip().removeprefix(_HEADS)
    remotes = text(site, "remote").split()
    if not branch or not remotes:
        return None
    asked = text(site, "config", "--get", f"branch.{branch}.remote").strip()
    name = next((one for one in (asked, "origin") if one in remotes), remotes[0])
    upstream = text(site, "config", "--get", f"branch.{branch}.merge").strip()
    there = upstream.removeprefix(_HEADS) if asked == name and upstream else branch
    tracking = f"refs/remotes/{name}/{there}"
    if not text(site, "rev-parse", "--quiet", "--verify", tracking):
        tracking = ""
    address = masked(text(site, "remote", "get-url", name).strip())
    # A new branch has in common with the others what any branch of theirs has.
    which = (f"{tracking}..HEAD",) if tracking else ("HEAD", "--not", f"--remotes={name}")
    return Remote(
        name,
        address,
        there,
        tracking,
        repository.newest(site, _SHOWN, which=which),
        _count(site, *which),
        _count(site, f"HEAD..{tracking}") if tracking else 0,
    )


def send(site: Path) -> int:
    """Send what only this machine has of the branch that is worked on; return how many commits.

    Raises WarraqError in words, as when the others have what is not here.
    """
    remote = _remote(site)
    form = ("--porcelain", "--no-follow-tags", *(() if remote.tracking else ("--set-upstream",)))
    _reach(site, "push", *form, "--", remote.name, f"HEAD:{_HEADS}{remote.branch}")
    return remote.unsent


def fetch(site: Path) -> None:
    """Ask what is new with the others; no file changes. Raises WarraqError in words."""
    remote = _remote(site)
    form = ("--quiet", "--no-tags", "--no-recurse-submodules", "--no-auto-maintenance")
    _reach(site, "fetch", *form, "--", remote.name)


def with_others(site: Path, settle: Settle, choices: Mapping[str, Side]) -> JoinedLines | None:
    """Return what is here with what is known of the others, None if they have nothing new."""
    remote = _remote(site)
    if not remote.behind:
        return None
    return joined_lines(site, "HEAD", remote.tracking, settle, choices)


def bring_in(site: Path, subject: str, settle: Settle, choices: Mapping[str, Side]) -> str:
    """Join what is known of the others to what is here; return the commit, "" for nothing new.

    Raises WarraqError, and nothing has changed: while something is not recorded or finished, and
    with each file that both changed otherwise and nobody settles.
    """
    with content_write_lock(site):
        remote = _remote(site)
        if not remote.behind:
            return ""
        if unfinished(site):
            raise WarraqError([error("draft-unfinished")])
        stop_if_unrecorded(site)
        if not _count(site, f"{remote.tracking}..HEAD"):
            commit = remote.tracking
        else:
            plan = joined_lines(site, "HEAD", remote.tracking, settle, choices)
            commit = commit_of(site, plan, subject, is_own=False)
        run(site, "merge", "--ff-only", "--quiet", commit)
        return text(site, "rev-parse", "HEAD").strip()


def masked(address: str) -> str:
    """Return an address without what may be a password.

    >>> masked("https://me:secret@host.example/a.git?token=x"), masked("git@host.example:a.git")
    ('https://host.example/a.git', 'git@host.example:a.git')
    """
    shown = without_controls(_SECRET.sub("", address))
    return shown.partition("?")[0] if "://" in shown else shown


def _remote(site: Path) -> Remote:
    remote = remote_of(site)
    if remote is None:
        raise WarraqError([error("remote-none")])
    return remote


def _count(site: Path, *which: str) -> int:
    return int(text(site, "rev-list", "--count", *which).strip() or 0)


def _reach(site: Path, *words: str) -> None:
    """Run git on a remote, for as long as is bearable. Raises WarraqError."""
    try:
        running = subprocess.Popen(  # noqa: S603 - fixed words, no shell
            command(site, *words),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment(_unattended(site)),
            start_new_session=True,  # to end what it has started as well
        )
    except FileNotFoundError:
        raise WarraqError([error("git-missing")]) from None
    try:
        said, _ = running.communicate(timeout=_PATIENCE)
    except subprocess.TimeoutExpired:
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        raise WarraqError([error("remote-slow", seconds=int(_PATIENCE))]) from None
    if running.returncode:
        raise WarraqError([_problem(said.decode("utf-8", "replace"))])


def _unattended(site: Path) -> dict[str, str]:
    """Return settings with which nothing that git starts asks for a password."""
    own = os.environ.get("GIT_SSH_COMMAND") or text(site, "config", "--get", "core.sshCommand")
    return {
        "GIT_SSH_COMMAND": f"{own.strip() or 'ssh'} -o BatchMode=yes -o ConnectTimeout=15",
        "GIT_ASKPASS": "true",
        "SSH_ASKPASS": "true",
        "SSH_ASKPASS_REQUIRE": "never",
        "GCM_INTERACTIVE": "never",
    }


def _problem(said: str) -> Problem:
    words = " ".join(masked(word) for word in without_controls(said).split())
    code = next((code for pattern, code in _REASONS if pattern.search(words)), "remote-refused")
    why = words[:_LETTERS]
    return error(code, why=why)
