"""What is wrong, where, and what to do: values that stages return and the command line words."""

import errno
import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from string import Formatter
from traceback import extract_tb
from typing import Literal, Self

import msgspec

log = logging.getLogger(__name__)

Severity = Literal["error", "warning"]
Language = Literal["ar", "en"]


class Problem(msgspec.Struct, frozen=True, order=True):
    """One finding. `path` is relative to the site, `line` counts from 1 (0: the file as a whole).

    `code` names the wording in messages/<language>.yaml; `args` fill its gaps, `why` and
    `want` perhaps by codes of their own (`why-…`, whose remedy wins, `want-…`). An *error* stops a
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


class StoppedError(WarraqError):
    """What no further work can change: a full disk. It is told once, and the run ends."""


def error(code: str, path: str = "", line: int = 0, **args: object) -> Problem:
    """Return a finding that stops a build."""
    return Problem(path, line, code, "error", _texts(args))


def warning(code: str, path: str = "", line: int = 0, **args: object) -> Problem:
    """Return a finding that an editor may settle later."""
    return Problem(path, line, code, "warning", _texts(args))


def listed(items: Iterable[object], most: int | None = None) -> str:
    """Return `items` as one argument of a problem; "…" is for those after the first `most`.

    >>> listed(["دمشق", "حلب", "حمص"], most=2)
    'دمشق، حلب…'
    """
    names = [str(item) for item in items]
    is_cut = most is not None and len(names) > most
    return _COMMA.join(names[:most]) + ("…" if is_cut else "")


def counted(numbers: Mapping[str, int]) -> str:
    """Return how many there are of each kind, by kind, as one argument of a problem.

    >>> counted({"page": 2, "draft": 1})
    'draft 1، page 2'
    """
    return listed(f"{kind} {number}" for kind, number in sorted(numbers.items()))


def stop_on_errors(problems: Iterable[Problem]) -> None:
    """Raise WarraqError with the errors among `problems`, if there are any."""
    if errors := [p for p in problems if p.severity == "error"]:
        raise WarraqError(errors)


@contextmanager
def unexpected_as_problem(
    path: str, passing: tuple[type[Exception], ...] = (), code: str = "program-fault"
) -> Iterator[None]:
    """Raise what the block raises unexpectedly as a Problem of `path`, what was being worked on.

    Its traceback is logged as information. WarraqError and what is of a kind in `passing` go by.
    `code` is that of the problem.
    """
    try:
        yield
    except Exception as fault:
        if isinstance(fault, (WarraqError, *passing)):
            raise
        log.info("%s", path, exc_info=True)
        found = error(code, path, why=exception_text(fault), place=raised_at(fault))
        raise WarraqError([found]) from fault


def exception_text(fault: BaseException) -> str:
    """Return in one line what was raised.

    >>> exception_text(ValueError("no" + chr(10) + "number")), exception_text(RecursionError())
    ('ValueError: no number', 'RecursionError')
    """
    text = " ".join(str(fault).split())[:300]
    return ": ".join(filter(None, (type(fault).__name__, text)))


def raised_at(fault: BaseException) -> str:
    """Return the line of the program on which `fault` came up, as file:line within the package.

    What a library raised is told at the line of ours that called it.
    """
    top = Path(__file__).parents[1]
    steps = [(Path(step.filename), step.lineno) for step in extract_tb(fault.__traceback__)]
    own = [(path.relative_to(top), line) for path, line in steps if path.is_relative_to(top)]
    file, line = own[-1] if own else (Path(), 0)
    return f"{file.as_posix()}:{line}"


def printable(path: str) -> str:
    """Return `path` with its control characters written out: a file's name may hold a line end.

    >>> print(printable("seeds/a" + chr(9) + "b.txt").replace(chr(92), "/"))
    seeds/a/tb.txt
    """
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in path)


def wording_of(problem: Problem, language: Language = "en") -> tuple[str, str]:
    """Return (message, fix) in `language`, the gaps filled. A code without wording is a bug."""
    words, filled = catalogue(language), _Filling(language).vformat
    wording, args = words[problem.code], dict(problem.args)
    if language == "en":  # lists come with the Arabic comma
        args |= {name: args[name].replace(_COMMA, ", ") for name in _LISTS if name in args}
    # A reason or a wish may be a code itself; what has no wording is told as it came.
    coded = {name: words[args[name]] for name in ("why", "want") if args.get(name, "") in words}
    args |= {name: filled(found["message"], (), args) for name, found in coded.items()}
    fix = coded.get("why", {}).get("fix") or wording["fix"]
    return filled(wording["message"], (), args), filled(fix, (), args)


_COMMA = "، "
_LISTS = ("names", "columns", "kinds", "others", "fields", "lines")


def reason_code(fault: Exception) -> str:
    """Return the code under which the catalogues word why a file could not be read or written.

    >>> reason_code(PermissionError(13, "Permission denied")), reason_code(OSError(99999, "Odd"))
    ('why-permission', 'Odd')
    """
    if isinstance(fault, UnicodeError):
        return "why-encoding"
    number = getattr(fault, "errno", None) or 0
    return _ERRNO.get(number) or getattr(fault, "strerror", None) or str(fault)


_ERRNO = {
    errno.EACCES: "why-permission",
    errno.EPERM: "why-permission",
    errno.ENOENT: "why-absent",
    errno.EISDIR: "why-folder",
    errno.ENOTDIR: "why-no-folder",
    errno.EEXIST: "why-exists",
    errno.ENOSPC: "why-full",
    errno.EDQUOT: "why-full",
    errno.EFBIG: "why-large",
    errno.EROFS: "why-read-only",
    errno.ENAMETOOLONG: "why-long-name",
    errno.ELOOP: "why-loop",
    errno.EMFILE: "why-open-files",
    errno.EIO: "why-device",
    errno.EBUSY: "why-in-use",
    errno.EADDRINUSE: "why-in-use",
}


def format_problem(problem: Problem, language: Language = "en") -> str:
    """Return the two lines a terminal shows: place, code and message; then what to do."""
    message, fix = wording_of(problem, language)
    path = printable(problem.path)
    place = f"{path}:{problem.line}: " if problem.line else f"{path}: "
    return (
        f"{place if problem.path else ''}{problem.severity}[{problem.code}]: {message}\n    → {fix}"
    )


def message(code: str, language: Language = "en", **args: object) -> str:
    """Return a line of the command line's own, such as the summary of a build."""
    return _Filling(language).vformat(catalogue(language)[code]["message"], (), args)


class _Filling(Formatter):
    """Fills gaps; {count:files} becomes what `count-files` of the catalogue has for that number."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def format_field(self, value: object, format_spec: str) -> str:
        if not format_spec:
            return str(value)
        number = int(str(value))
        forms = catalogue(self._language)[f"count-{format_spec}"]
        form = forms.get(plural_form(number, self._language), forms["other"])
        return form.replace("{n}", str(number))


def plural_form(number: int, language: Language) -> str:
    """Return the plural form that CLDR has for `number`; a test holds it equal to Babel's.

    >>> [plural_form(n, "ar") for n in (0, 1, 2, 3, 110, 11, 100)]
    ['zero', 'one', 'two', 'few', 'few', 'many', 'other']
    """
    if language == "en":
        return "one" if number == 1 else "other"
    if number <= 2:
        return ("zero", "one", "two")[number]
    rest = number % 100
    return "few" if 3 <= rest <= 10 else "many" if rest > 10 else "other"


@cache
def catalogue(language: Language) -> dict[str, dict[str, str]]:
    """Return code → {message, fix}, as the package's messages/<language>.yaml words them.

    What is counted has its plural forms there instead, under `count-`.
    """
    from warraq.base.package_yaml import package_yaml  # noqa: PLC0415 - slow, and help words nothing

    wordings: dict[str, dict[str, str]]
    wordings = package_yaml("warraq.base", f"messages/{language}.yaml")
    return wordings


def _texts(args: dict[str, object]) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(value)) for name, value in sorted(args.items()))
