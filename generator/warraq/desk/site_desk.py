"""The site whose desk this is, and the decisions of its editors: checked, written, committed."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from warraq.base.problems import Language, Problem, WarraqError
from warraq.editing import repository, site_drafts
from warraq.editing.change_set import ChangeSet
from warraq.editing.writing import write


class Desk(NamedTuple):
    """The site that is edited; `language` is that of the pages, `history` that of commits.

    `built` is the folder that the preview is built into.
    """

    site: Path
    base_path: str
    language: Language
    history: Language
    built: Path = Path()

    @property
    def asks_name(self) -> bool:
        """Whether git does not know in whose name to commit, so that a form has to ask."""
        return repository.is_repository(self.site) and not repository.has_identity(self.site)

    @property
    def draft(self) -> str:
        """The name of the draft of the site that is worked on, "" for none."""
        return site_drafts.open_name(self.site)


class Decided(NamedTuple):
    """What became of a decision: `problems` with an error among them mean that nothing is written.

    `commit` is "" if nothing changed, or if the change stands in the files alone.
    """

    changed: bool = False
    commit: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether nothing was written."""
        return any(problem.severity == "error" for problem in self.problems)


def decide(desk: Desk, form: Mapping[str, str], plan: Callable[[], ChangeSet]) -> Decided:
    """Write what `plan` returns, as one commit in the name that `form` gives if git knows none.

    A WarraqError of either is in the problems of what is returned.
    """
    try:
        introduce(desk, form)
        planned = plan()
        refused = [problem for problem in planned.problems if problem.severity == "error"]
        if refused:
            return Decided(problems=planned.problems)
        done = write(desk.site, planned)
    except WarraqError as fault:
        return Decided(problems=tuple(fault.problems))
    return Decided(bool(planned.changes), done.commit, (*planned.problems, *done.problems))


def introduce(desk: Desk, form: Mapping[str, str]) -> None:
    """Tell git the editor's name that a form gives, if it knows none. Raises WarraqError."""
    name, address = form.get("git.name", "").strip(), form.get("git.email", "").strip()
    if name and address and desk.asks_name:
        repository.set_identity(desk.site, name, address)
