"""Problems: what is wrong, where, and how to fix it; returned by stages, worded by the CLI."""

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
    """One problem. `path` is relative to the site, `line` counts from 1 (0: the whole file).

    `code` selects the wording in messages/<language>.yaml; `args` fill its fields. `why`,
    `want` and `field` may be codes themselves (`why-…`, whose fix takes precedence, `want-…`,
    `say-field-…`). An *error* stops a build; a *warning* leaves a decision to an editor.
    """

    path: str
    line: int
    code: str
    severity: Severity = "error"
    args: tuple[tuple[str, str], ...] = ()


class WarraqError(Exception):
    """All problems found. `exit_code` 1: content or a seed; 2: usage or site.yaml; 3: busy."""

    def __init__(self, problems: Iterable[Problem], exit_code: int = 1) -> None:
        """Keep `problems` in reading order (path, then line)."""
        self.problems = tuple(sorted(problems))
        self.exit_code = exit_code
        super().__init__("; ".join(f"{p.path}:{p.line}: {p.code}" for p in self.problems))

    def __reduce__(self) -> tuple[type[Self], tuple[tuple[Problem, ...], int]]:
        """Pickle with all attributes, for use across processes."""
        return type(self), (self.problems, self.exit_code)


class StoppedError(WarraqError):
    """A condition that ends the run, such as a full disk; reported once."""


def error(code: str, path: str = "", line: int = 0, **args: object) -> Problem:
    """Return a problem that stops a build."""
    return Problem(path, line, code, "error", _texts(args))


def warning(code: str, path: str = "", line: int = 0, **args: object) -> Problem:
    """Return a problem that an editor may settle later."""
    return Problem(path, line, code, "warning", _texts(args))


def listed(items: Iterable[object], most: int | None = None) -> str:
    """Return `items` joined as one argument of a problem; "…" replaces all after `most`.

    >>> listed(["دمشق", "حلب", "حمص"], most=2)
    'دمشق، حلب…'
    """
    names = [str(item) for item in items]
    is_cut = most is not None and len(names) > most
    return _COMMA.join(names[:most]) + ("…" if is_cut else "")


def counted(numbers: Mapping[str, int]) -> str:
    """Return the counts, sorted by name, as one argument of a problem.

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
    """Turn an unexpected exception of the block into a Problem of `path`, the input it works on.

    The traceback is logged as information. WarraqError and the types in `passing` pass through.
    `code` is the code of the problem.
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
    """Return the type and message of an exception in one line.

    >>> exception_text(ValueError("no" + chr(10) + "number")), exception_text(RecursionError())
    ('ValueError: no number', 'RecursionError')
    """
    text = " ".join(str(fault).split())[:300]
    return ": ".join(filter(None, (type(fault).__name__, text)))


def raised_at(fault: BaseException) -> str:
    """Return where `fault` was raised, as file:line within the package.

    For an exception of a library this is the line of the package that called it.
    """
    top = Path(__file__).parents[1]
    steps = [(Path(step.filename), step.lineno) for step in extract_tb(fault.__traceback__)]
    own = [(path.relative_to(top), line) for path, line in steps if path.is_relative_to(top)]
    file, line = own[-1] if own else (Path(), 0)
    return f"{file.as_posix()}:{line}"


def printable(path: str) -> str:
    """Return `path` with control characters escaped: a file name may contain a newline.

    >>> print(printable("seeds/a" + chr(9) + "b.txt").replace(chr(92), "/"))
    seeds/a/tb.txt
    """
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in path)


def wording_of(problem: Problem, language: Language = "en") -> tuple[str, str]:
    """Return (message, fix) in `language`, fields filled in. A code without wording is a bug."""
    words, fill = catalogue(language), _Filling(language).vformat
    wording, args = words[problem.code], dict(problem.args)
    if language == "en":  # lists are joined with the Arabic comma
        args |= {name: args[name].replace(_COMMA, ", ") for name in _LISTS if name in args}
    # `why`, `want` and `field` may be codes themselves; any other text is shown as it is.
    coded = {
        name: words[args[name]]
        for name, start in _CODES.items()
        if args.get(name, "").startswith(start) and args[name] in words
    }
    args |= {name: fill(found["message"], (), args) for name, found in coded.items()}
    fix = coded.get("why", {}).get("fix") or wording["fix"]
    return fill(wording["message"], (), args), fill(fix, (), args)


_COMMA = "، "
_CODES = {"why": "why-", "want": "want-", "field": "say-field-"}
_LISTS = ("want", "names", "columns", "kinds", "others", "fields", "lines")


def reason_code(fault: Exception) -> str:
    """Return the code of why a file could not be read or written, or the system's own words.

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
    """Return the two lines a terminal shows: place, code and message, then the fix."""
    message, fix = wording_of(problem, language)
    path = printable(problem.path)
    place = f"{path}:{problem.line}: " if problem.line else f"{path}: "
    return (
        f"{place if problem.path else ''}{problem.severity}[{problem.code}]: {message}\n    → {fix}"
    )


def message(code: str, language: Language = "en", **args: object) -> str:
    """Return a message that is no problem, such as the summary of a build."""
    return filled(catalogue(language)[code]["message"], language, args)


def filled(text: str, language: Language, args: Mapping[str, object]) -> str:
    """Return `text` with its fields filled in; a number as people say it, for {count:articles}.

    >>> filled("{count:articles} found", "en", {"count": 1})
    '1 article found'
    """
    return _Filling(language).vformat(text, (), args)


class _Filling(Formatter):
    """Fills fields; {count:files} is worded by `count-files` of the catalogue for that number."""

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
    """Return the plural category of `number` in CLDR; a test compares it with Babel's.

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
    """Return code → {message, fix} of the package's messages/<language>.yaml.

    Entries `count-…` hold plural forms instead.
    """
    from warraq.base.package_yaml import package_yaml  # noqa: PLC0415 - slow, and not needed for --help

    wordings: dict[str, dict[str, str]]
    wordings = package_yaml("warraq.base", f"messages/{language}.yaml")
    return wordings


def _texts(args: dict[str, object]) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(value)) for name, value in sorted(args.items()))
