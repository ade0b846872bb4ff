"""Forms of content files: front matter ↔ the names and values of a form. Pure.

A name tells where its value stands: `title`, `source.name`, `via.0.outlet`, `topics.2`. What a form
does not show of a field (candidates and evidence of a date) stays as it was. Which fields the form
of a kind of file has, its `FormTable` says.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import reduce
from types import MappingProxyType
from typing import Literal, NamedTuple, TypeVar, cast

from msgspec.structs import replace

from warraq.base.builtins import fields_of
from warraq.base.problems import Problem, WarraqError
from warraq.content.frontmatter import front_matter, with_field
from warraq.desk.whole_numbers import whole_number
from warraq.model import Article, Authority, AuthorityKind

BODY = "body"
YES_NO = ("", "true", "false")
FieldKind = Literal["value", "map", "names", "rows"]
Direction = Literal["auto", "ltr"]
Record = Article | Authority  # what a content file holds
_Record = TypeVar("_Record", bound=Record)
Values = Mapping[str, str]  # the inputs that hold something


class Input(NamedTuple):
    """One input: the last part of its name, its options (for a choice), and what completes it.

    `suggested` are words that it takes among any others.
    """

    name: str
    options: tuple[str, ...] = ()
    completes: AuthorityKind | None = None
    direction: Direction = "auto"
    suggested: tuple[str, ...] = ()


class Field(NamedTuple):
    """One key of front matter: its one input, those of its map, or those of each of its rows."""

    key: str
    kind: FieldKind
    inputs: tuple[Input, ...]


def value(key: str, *options: str, direction: Direction = "auto") -> Field:
    """Return a field of one input."""
    return Field(key, "value", (Input(key, options, None, direction),))


def names(key: str, completes: AuthorityKind | None = None, direction: Direction = "auto") -> Field:
    """Return a field that is a list of names."""
    return Field(key, "names", (Input(key, (), completes, direction),))


class FormTable(NamedTuple):
    """The fields of one kind of file, by section.

    The text comes before the section `text_before`, at the end for "", in `text_rows`. `folded`
    sections are open only if they hold something. `kept` is what stays of a map though the form
    does not ask for it. `settle` gets the record before and after, and returns it with what an
    editor's change means for other fields, which are `also` written. Words for the form begin with
    `words`, if there are such.
    """

    sections: Mapping[str, tuple[Field, ...]]
    folded: tuple[str, ...] = ()
    kept: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    settle: Callable[[Record, Record], Record] = lambda _before, after: after
    also: tuple[str, ...] = ()
    words: str = ""
    text_before: str = ""
    text_rows: int = 18

    @property
    def fields(self) -> Iterator[Field]:
        """All fields, in order."""
        return (field for fields in self.sections.values() for field in fields)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of front matter that the form writes."""
        return tuple(dict.fromkeys(field.key.partition(".")[0] for field in self.fields))


def values_of(table: FormTable, record: Record) -> dict[str, str]:
    """Return the inputs' values for `record`, without its body.

    >>> values_of(FormTable({"about": (names("topics"),)}), Article("a1b2c3", "", topics=("a",)))
    {'topics.0': 'a'}
    """
    known = front_matter(record)
    shown = {key: known[key] for key in table.keys if key in known}
    return dict(_chosen(table, record)) | dict(_leaves(table, shown, ""))


def _chosen(table: FormTable, record: Record) -> Iterator[tuple[str, str]]:
    """Yield what holds of a choice without an empty option: a browser would send the first one."""
    for field in table.fields:
        for one in field.inputs:
            if one.options and "" not in one.options and field.kind in {"value", "map"}:
                name = f"{field.key}.{one.name}" if field.kind == "map" else field.key
                yield name, str(reduce(getattr, name.split("."), record))


def _leaves(table: FormTable, held: object, at: str) -> Iterator[tuple[str, str]]:
    if isinstance(held, Mapping):
        for name, inner in held.items():
            if name not in table.kept.get(at, ()):
                yield from _leaves(table, inner, f"{at}.{name}" if at else str(name))
    elif isinstance(held, list | tuple):
        for number, inner in enumerate(held):
            yield from _leaves(table, inner, f"{at}.{number}")
    elif isinstance(held, bool):
        yield at, str(held).lower()
    elif held not in {None, ""}:
        yield at, str(held)


def filled_in(
    table: FormTable, record: _Record, values: Values, body: str
) -> tuple[_Record, list[Problem]]:
    """Return `record` as the form says it should be, and what does not fit.

    A field that does not fit, or says what it said before, stays.
    """
    before, opened = values_of(table, record), record
    problems: list[Problem] = []
    for key in table.keys:
        wanted, had = _under(values, key), _under(before, key)
        if wanted == had:
            continue
        try:
            record = with_field(record, key, _with_kept(table, record, key, wanted))
        except WarraqError as unfit:
            problems += unfit.problems
    record = cast("_Record", table.settle(opened, record))
    if body.strip() != record.body.strip():
        record = replace(record, body=body.strip())
    return record, problems


def _with_kept(table: FormTable, record: Record, key: str, wanted: object) -> object:
    known = fields_of(record).get(key)
    if not isinstance(known, dict):
        return wanted
    kept = {name: known[name] for name in table.kept.get(key, ()) if name in known}
    return {**wanted, **kept} if isinstance(wanted, dict) else kept or wanted


def _under(values: Values, key: str) -> object:
    """Return the value of `key`: a text, a map, or a list; rows that hold nothing are left out."""
    if key in values:
        return values[key].strip() or None
    inner: dict[str, dict[str, str]] = {}
    for name, value in values.items():
        if name.startswith(f"{key}.") and value.strip():
            first, _, rest = name.removeprefix(f"{key}.").partition(".")
            inner.setdefault(first, {})[f"{first}.{rest}" if rest else first] = value
    if inner and all(whole_number(first) is not None for first in inner):
        return [_under(inner[n], n) for n in sorted(inner, key=int)]
    return {first: _under(found, first) for first, found in inner.items()} or None


def numbers(values: Values, key: str) -> Iterable[int]:
    """Return the numbers of the rows of `key`, and of two empty ones after them."""
    firsts = (
        n.removeprefix(f"{key}.").partition(".")[0] for n in values if n.startswith(f"{key}.")
    )
    found = {number for first in firsts if (number := whole_number(first)) is not None}
    last = max(found, default=-1)
    return (*sorted(found), last + 1, last + 2)
