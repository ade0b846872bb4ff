"""What is wrong, where, and what to do: values that stages return and the command line words."""

from collections.abc import Iterable
from functools import cache
from typing import Literal, Self

import msgspec

Severity = Literal["error", "warning"]
Language = Literal["ar", "en"]


class Problem(msgspec.Struct, frozen=True, order=True):
    """One finding. `path` is relative to the site, `line` counts from 1 (0: the file as a whole).

    `code` names the wording in messages/<language>.yaml; `args` fill its gaps. An *error* stops a
    build; a *warning* is a decision still open to an editor.
    """

    path: str
    line: int
    code: str
    severity: Severity = "error"
    args: tuple[tuple[str, str], ...] = ()


class WarraqError(Exception):
    """Every problem found. `exit_code` 1: content or a seed; 2: usage or site.yaml; 3: busy."""

    def __init__(self, problems: Iterable[Problem], exit_code: int = 1) -> None:
        """Keep `problems` in reading order (path, then line)."""
        self.problems = tuple(sorted(problems))
        self.exit_code = exit_code
        super().__init__("; ".join(f"{p.path}:{p.line}: {p.code}" for p in self.problems))

    def __reduce__(self) -> tuple[type[Self], tuple[tuple[Problem, ...], int]]:
        """Let it come back from another process whole."""
        return type(self), (self.problems, self.exit_code)


def error(code: str, path: str = "", line: int = 0, **args: object) -> Problem:
    """Return a finding that stops a build."""
    return Problem(path, line, code, "error", _texts(args))


def warning(code: str, path: str = "", line: int = 0, **args: object) -> Problem:
    """Return a finding that an editor may settle later."""
    return Problem(path, line, code, "warning", _texts(args))


def stop_on_errors(problems: Iterable[Problem]) -> None:
    """Raise WarraqError with the errors among `problems`, if there are any."""
    if errors := [p for p in problems if p.severity == "error"]:
        raise WarraqError(errors)


def in_one_line(path: str) -> str:
    """Return `path` with its control characters written out: a file's name may hold a line end.

    >>> print(in_one_line("seeds/a" + chr(9) + "b.txt").replace(chr(92), "/"))
    seeds/a/tb.txt
    """
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in path)


def worded(problem: Problem, language: Language = "en") -> tuple[str, str]:
    """Return (message, fix) in `language`, the gaps filled. A code without wording is a bug."""
    wording = catalogue(language)[problem.code]
    args = dict(problem.args)
    return wording["message"].format(**args), wording["fix"].format(**args)


def printed(problem: Problem, language: Language = "en") -> str:
    """Return the two lines a terminal shows: place, code and message; then what to do."""
    message, fix = worded(problem, language)
    path = in_one_line(problem.path)
    place = f"{path}:{problem.line}: " if problem.line else f"{path}: "
    return (
        f"{place if problem.path else ''}{problem.severity}[{problem.code}]: {message}\n    → {fix}"
    )


def said(code: str, language: Language = "en", **args: object) -> str:
    """Return a line of the command line's own, such as the summary of a build."""
    return catalogue(language)[code]["message"].format(**args)


@cache
def catalogue(language: Language) -> dict[str, dict[str, str]]:
    """Return code → {message, fix} as the package's messages/<language>.yaml words them."""
    from importlib.resources import files  # noqa: PLC0415 - slow, and help words nothing

    import yaml  # noqa: PLC0415 - as above

    text = files("warraq.base").joinpath(f"messages/{language}.yaml").read_text("utf-8")
    wordings: dict[str, dict[str, str]] = yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 - our own file, strings only
    return wordings


def _texts(args: dict[str, object]) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(value)) for name, value in sorted(args.items()))
