"""Drafts of the site: branches of git under `draft/`, in words that an editor knows.

One works on the main line or on one draft at a time, in the same files. Publishing merges a draft
into the main line; nothing is half merged, and nothing that is not recorded is ever switched away.
"""

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from warraq.base.controls import without_controls
from warraq.base.problems import Problem, WarraqError, error
from warraq.content import store
from warraq.content.write_lock import content_write_lock
from warraq.editing import repository
from warraq.editing.change_set import FileChange
from warraq.editing.git_program import attempt, names_in, run, text
from warraq.editing.joined_lines import (
    JoinedLines,
    Settle,
    Side,
    changed_between,
    commit_of,
    joined_lines,
)
from warraq.editing.validation import errors_after

_DRAFTS = "draft/"
_HEADS = "refs/heads/"
_DISCARDED = "refs/warraq/discarded/"
_MAIN = "warraq.mainline"
_LONGEST = 60  # letters of a branch's name
_UNFINISHED = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "REBASE_HEAD")


class SiteDraft(NamedTuple):
    """A draft: its branch (or the ref that keeps one thrown away), its name, its newest commit.

    `date` is ISO 8601.
    """

    ref: str
    name: str
    commit: str
    date: str

    @property
    def key(self) -> str:
        """What names it in addresses and on the command line."""
        return self.ref.removeprefix(_HEADS + _DRAFTS).removeprefix(_DISCARDED)


class DraftsState(NamedTuple):
    """The main line, the draft that is worked on (None: the main line itself), and all others."""

    main: str
    open: SiteDraft | None
    drafts: tuple[SiteDraft, ...] = ()
    discarded: tuple[SiteDraft, ...] = ()


def open_name(site: Path) -> str:
    """Return the name of the draft that is worked on, "" for none."""
    branch = _branch(site)
    if not branch.startswith(_DRAFTS):
        return ""
    name = text(site, "config", "--get", f"branch.{branch}.description")
    return _clean(name) or branch.removeprefix(_DRAFTS)


def state(site: Path) -> DraftsState:
    """Return where one is. Raises WarraqError where there can be no drafts, and says why."""
    _stop_unless_ready(site)
    branch = _branch(site)
    drafts, discarded = _listed(site, _HEADS + _DRAFTS), _listed(site, _DISCARDED)
    here = next((one for one in drafts if one.ref == f"{_HEADS}{branch}"), None)
    return DraftsState(_main_line(site, branch), here, drafts, discarded)


def named(drafts: tuple[SiteDraft, ...], key: str) -> SiteDraft:
    """Return the one draft with that key or name. Raises WarraqError if there is none."""
    found = [one for one in drafts if key == one.key] or [one for one in drafts if key == one.name]
    if len(found) != 1:
        raise WarraqError([error("draft-unknown", value=without_controls(key)[:_LONGEST])])
    return found[0]


def must_be_open(now: DraftsState) -> SiteDraft:
    """Return the draft that is worked on. Raises WarraqError if it is the main line."""
    if now.open is None:
        raise WarraqError([error("draft-none")])
    return now.open


def start(site: Path, name: str) -> str:
    """Begin a draft from the main line and work on it; return its key.

    What is not recorded yet comes along. Raises WarraqError.
    """
    name = _clean(name)
    if not name:
        raise WarraqError([error("draft-name")])
    with content_write_lock(site):
        now = state(site)
        if now.open:
            raise WarraqError([error("draft-open", name=now.open.name)])
        branch = _free(site, name)
        run(site, "switch", "--quiet", "--create", branch)
        _note(site, branch, name, now.main)
    return branch.removeprefix(_DRAFTS)


def open_draft(site: Path, key: str) -> SiteDraft:
    """Work on a draft; return it. Raises WarraqError, as if something is not recorded yet."""
    with content_write_lock(site):
        draft = named(state(site).drafts, key)
        _switch(site, draft.ref.removeprefix(_HEADS))
    return draft


def leave(site: Path) -> str:
    """Work on the main line again; return its branch. The draft stays.

    Raises WarraqError as `open_draft`.
    """
    with content_write_lock(site):
        main = state(site).main
        _switch(site, main)
    return main


def changed_in(site: Path, now: DraftsState, draft: SiteDraft) -> tuple[str, tuple[str, ...]]:
    """Return the commit that a draft began from, and the files that it changed since."""
    base = text(site, "merge-base", f"{_HEADS}{now.main}", draft.commit).strip()
    if not base:
        raise WarraqError([error("draft-unrelated")])
    return base, changed_between(site, base, draft.commit)


def others_in(site: Path, base: str, draft: SiteDraft) -> int:
    """Return how many files outside of the content a draft changes: it publishes them, too."""
    form = ("--name-only", "-z", "--no-renames", "--no-ext-diff")
    done = run(site, "diff", *form, base, draft.commit)
    return len(names_in(done.stdout)) - len(changed_between(site, base, draft.commit))


def with_main(
    site: Path, now: DraftsState, draft: SiteDraft, settle: Settle, choices: Mapping[str, Side]
) -> JoinedLines:
    """Return the main line with what `draft` changed. Raises WarraqError."""
    return joined_lines(site, f"{_HEADS}{now.main}", draft.commit, settle, choices)


def publish(site: Path, subject: str, settle: Settle, choices: Mapping[str, Side]) -> str:
    """Make the open draft part of the main line, and work on that; return the commit.

    Raises WarraqError, and nothing has changed: with each file that both changed otherwise and
    nobody settles, with what `warraq check` would find wrong afterwards, and if git refuses.
    """
    with content_write_lock(site):
        now = state(site)
        draft = must_be_open(now)
        stop_if_unrecorded(site)
        _, paths = changed_in(site, now, draft)
        plan = with_main(site, now, draft, settle, choices)
        commit = commit_of(site, plan, subject)
        if wrong := _errors(site, draft, commit, paths):
            raise WarraqError(wrong)
        main = f"{_HEADS}{now.main}"
        run(site, "update-ref", "-m", "warraq: publish", main, commit, plan.ours)
        try:
            _switch(site, now.main)
        except WarraqError:
            run(site, "update-ref", "-m", "warraq: publish refused", main, plan.ours, commit)
            raise
        attempt(site, "branch", "--quiet", "-D", draft.ref.removeprefix(_HEADS))
    return commit


def discard(site: Path, key: str) -> SiteDraft:
    """Throw a draft away; return it, under the ref that keeps it. Raises WarraqError."""
    with content_write_lock(site):
        now = state(site)
        draft = named(now.drafts, key)
        if draft == now.open:
            _switch(site, now.main)
        mark = draft.commit[:12]
        kept = f"{_DISCARDED}{mark}/{draft.key}"
        run(site, "update-ref", kept, draft.commit)
        run(site, "config", "--local", f"warraq-discarded.{mark}/{draft.key}.name", draft.name)
        run(site, "branch", "--quiet", "-D", draft.ref.removeprefix(_HEADS))
    return draft._replace(ref=kept)


def restore(site: Path, key: str) -> str:
    """Bring back a draft that was thrown away, without working on it; return its key."""
    with content_write_lock(site):
        now = state(site)
        draft = named(now.discarded, key)
        branch = _free(site, draft.name)
        run(site, "branch", "--quiet", "--no-track", branch, draft.commit)
        _note(site, branch, draft.name, now.main)
        run(site, "update-ref", "-d", draft.ref, draft.commit)
        attempt(site, "config", "--local", "--remove-section", f"warraq-discarded.{draft.key}")
    return branch.removeprefix(_DRAFTS)


def _note(site: Path, branch: str, name: str, main: str) -> None:
    """Keep a draft's name and the line that it is a draft of, for as long as the branch lives."""
    run(site, "config", "--local", f"branch.{branch}.description", name)
    run(site, "config", "--local", f"branch.{branch}.{_MAIN.replace('.', '-')}", main)


def _stop_unless_ready(site: Path) -> None:
    """Raise WarraqError where there can be no drafts."""
    problem = _unready(site)
    if problem:
        raise WarraqError([problem])


def _unready(site: Path) -> Problem | None:
    if not repository.is_repository(site):
        return error("undo-no-history")
    if text(site, "rev-parse", "--show-prefix").strip():
        return error("draft-subfolder")
    if unfinished(site):
        return error("draft-unfinished")
    if not text(site, "rev-parse", "--quiet", "--verify", "HEAD"):
        return error("draft-no-commits")
    if not _branch(site):
        return error("draft-detached")
    return None


def unfinished(site: Path) -> bool:
    """Whether a merge, a rebase or the like waits in git to be finished."""
    return any(text(site, "rev-parse", "--quiet", "--verify", mark) for mark in _UNFINISHED)


def stop_if_unrecorded(site: Path) -> None:
    """Raise WarraqError if something of the site's is not recorded yet."""
    if waiting := repository.uncommitted(site):
        raise WarraqError([error("draft-unrecorded", count=len(waiting))])


def _branch(site: Path) -> str:
    return text(site, "symbolic-ref", "--quiet", "HEAD").strip().removeprefix(_HEADS)


def _main_line(site: Path, branch: str) -> str:
    """Return the branch that is published: the one worked on, or that its draft began from.

    Else what settings or the remote call so. Raises WarraqError if none of that is there.
    """
    if not branch.startswith(_DRAFTS):
        return branch
    remote = text(site, "symbolic-ref", "--quiet", "refs/remotes/origin/HEAD").strip()
    asked = (
        text(site, "config", "--get", f"branch.{branch}.{_MAIN.replace('.', '-')}").strip(),
        text(site, "config", "--get", _MAIN).strip(),
        remote.removeprefix("refs/remotes/origin/"),
        text(site, "config", "--get", "init.defaultBranch").strip(),
        *("main", "master"),
    )
    for name in filter(None, asked):
        if text(site, "rev-parse", "--quiet", "--verify", f"{_HEADS}{name}"):
            return name
    raise WarraqError([error("draft-no-main")])


def _switch(site: Path, branch: str) -> None:
    """Check out a branch that is known to exist. Raises WarraqError if git refuses."""
    stop_if_unrecorded(site)
    try:
        run(site, "switch", "--quiet", "--no-guess", branch)
    except WarraqError:
        if _branch(site) != branch:  # a hook that fails afterwards changes nothing
            raise


def _errors(site: Path, draft: SiteDraft, commit: str, paths: tuple[str, ...]) -> list[Problem]:
    """Return what would be wrong with the main line for what a draft brings."""
    own = [
        problem
        for problem in store.load(site).problems
        if problem.severity == "error" and problem.path in paths
    ]
    differing = changed_between(site, draft.commit, commit)
    sides = [repository.contents_at(site, one, differing) for one in (draft.commit, commit)]
    changes = [FileChange(path, sides[0].get(path), sides[1].get(path)) for path in differing]
    return own or errors_after(site, changes)


def _listed(site: Path, under: str) -> tuple[SiteDraft, ...]:
    """Return the drafts below `under`, the newest first."""
    form = "%(refname)%00%(objectname)%00%(committerdate:iso-strict)"
    found = text(site, "for-each-ref", "--sort=-committerdate", f"--format={form}", under)
    names = _names(site)
    rows = (row.split("\0") for row in found.splitlines())
    return tuple(
        SiteDraft(ref, names.get(ref) or ref.rpartition("/")[2], commit, date)
        for ref, commit, date in rows
    )


def _names(site: Path) -> dict[str, str]:
    """Return ref → the name that an editor gave it."""
    wanted = r"^(branch\.draft/.*\.description|warraq-discarded\..*\.name)$"
    found = text(site, "config", "--local", "-z", "--get-regexp", wanted)
    names = {}
    for row in filter(None, found.split("\0")):
        key, _, name = row.partition("\n")
        section, _, rest = key.partition(".")
        at = rest.rpartition(".")[0]
        names[(_HEADS if section == "branch" else _DISCARDED) + at] = _clean(name)
    return names


def _clean(name: str) -> str:
    return " ".join(without_controls(name).split())


def _free(site: Path, name: str) -> str:
    """Return a branch for a draft's name that no other draft has.

    Letters of any script stay, for whoever reads `git branch`.
    """
    words = re.sub(r"[^\w]+", "-", unicodedata.normalize("NFC", name)).strip("-_")
    slug = words[:_LONGEST].strip("-_") or "draft"
    taken = {one.ref for one in _listed(site, _HEADS + _DRAFTS)}
    numbers = (f"{slug}-{number}" for number in range(2, len(taken) + 3))
    free = next(one for one in (slug, *numbers) if f"{_HEADS}{_DRAFTS}{one}" not in taken)
    return f"{_DRAFTS}{free}"
