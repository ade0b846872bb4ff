"""The fields of the form of an article: front matter ↔ the names and values of a form. Pure.

A name tells where its value stands: `title`, `source.name`, `via.0.outlet`, `topics.2`. What the
form does not show of a field (candidates and evidence of a date) stays as it was.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple, get_args

from msgspec.structs import replace

from warraq.base.builtins import fields_of
from warraq.base.problems import Problem, WarraqError
from warraq.content.frontmatter import front_matter, with_field
from warraq.editing.field_edits import settled
from warraq.model import Article, AuthorityKind
from warraq.model.article import CorrectionKind, DateStatus, Display, TitleStatus

BODY = "body"
Kind = Literal["value", "map", "names", "rows"]


class Input(NamedTuple):
    """One input: the last part of its name, its options (for a choice), and what completes it."""

    name: str
    options: tuple[str, ...] = ()
    completes: AuthorityKind | None = None
    direction: Literal["auto", "ltr"] = "auto"


class Field(NamedTuple):
    """One key of front matter: its one input, those of its map, or those of each of its rows."""

    key: str
    kind: Kind
    inputs: tuple[Input, ...]


def _value(key: str, *options: str, direction: Literal["auto", "ltr"] = "auto") -> Field:
    return Field(key, "value", (Input(key, options, None, direction),))


def _names(kind: AuthorityKind) -> Field:
    return Field(kind, "names", (Input(kind, (), kind),))


_CREDIT = (
    Input("name", completes="outlets"),
    Input("outlet", completes="outlets", direction="ltr"),
    Input("url", direction="ltr"),
    Input("basis"),
)
_FIGURE = (Input("src", direction="ltr"), Input("alt"), Input("caption"), Input("credit"))
_NAMED: tuple[AuthorityKind, ...] = ("topics", "people", "places", "organizations", "authors")
_REJECTED: tuple[AuthorityKind, ...] = ("people", "places", "organizations", "outlets")
_YES_NO = ("", "true", "false")

SECTIONS: dict[str, tuple[Field, ...]] = {
    "headline": (
        _value("title"),
        _value("title_status", *get_args(TitleStatus)),
        _value("description"),
        _value("draft", *_YES_NO[:2]),
    ),
    "when": (
        _value("date", direction="ltr"),
        Field(
            "date_info",
            "map",
            (
                Input("status", get_args(DateStatus)),
                Input("basis"),
                Input("edtf", direction="ltr"),
                Input("note"),
            ),
        ),
        _value("event_date", direction="ltr"),
    ),
    "origin": (
        Field("source", "map", _CREDIT),
        Field("via", "rows", _CREDIT),
        _value("section"),
        _value("dateline"),
    ),
    "about": tuple(_names(kind) for kind in _NAMED),
    "wrong": tuple(
        Field(f"not.{kind}", "names", (Input(kind, (), kind, "ltr"),)) for kind in _REJECTED
    ),
    "pictures": (Field("image", "map", _FIGURE), Field("figures", "rows", _FIGURE)),
    "corrections": (
        Field(
            "corrections",
            "rows",
            (
                Input("date", direction="ltr"),
                Input("kind", ("", *get_args(CorrectionKind))),
                Input("note"),
            ),
        ),
    ),
    "rights": (
        Field(
            "rights",
            "map",
            (
                Input("holder"),
                Input("display", ("", *get_args(Display))),
                Input("index", _YES_NO),
                Input("machines", _YES_NO),
            ),
        ),
        Field("removed", "map", (Input("date", direction="ltr"), Input("reason"))),
    ),
}
# The keys of front matter that the form writes.
KEYS = tuple(
    dict.fromkeys(field.key.partition(".")[0] for fields in SECTIONS.values() for field in fields)
)
# What stays of a map though the form does not ask for it.
_KEPT = {"date_info": ("candidates", "evidence")}
Values = Mapping[str, str]  # the inputs that hold something


def values_of(article: Article) -> dict[str, str]:
    """Return the inputs' values for `article`, without its body.

    >>> values_of(Article("a1b2c3", "عنوان", topics=("a", "b")))["topics.1"]
    'b'
    """
    known = front_matter(article)
    shown = {key: known[key] for key in KEYS if key in known}
    # Choices without an empty option: a browser would send the first one of them.
    chosen = {"title_status": article.title_status, "date_info.status": article.date_info.status}
    return chosen | dict(_leaves(shown, ""))


def _leaves(value: object, at: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if name not in _KEPT.get(at, ()):
                yield from _leaves(inner, f"{at}.{name}" if at else str(name))
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            yield from _leaves(inner, f"{at}.{number}")
    elif isinstance(value, bool):
        yield at, str(value).lower()
    elif value not in {None, ""}:
        yield at, str(value)


def filled_in(article: Article, values: Values, body: str) -> tuple[Article, list[Problem]]:
    """Return `article` as the form says it should be, and what does not fit.

    A field that does not fit, or says what it said before, stays.
    """
    before = values_of(article)
    problems: list[Problem] = []
    was_removed = article.removed
    for key in KEYS:
        wanted, had = _under(values, key), _under(before, key)
        if wanted == had:
            continue
        try:
            article = with_field(article, key, _with_kept(article, key, wanted))
        except WarraqError as unfit:
            problems += unfit.problems
    if article.removed != was_removed:
        article = settled(article, "removed")
    if body.strip() != article.body.strip():
        article = replace(article, body=body.strip())
    return article, problems


def _with_kept(article: Article, key: str, wanted: object) -> object:
    known = fields_of(article).get(key)
    if not isinstance(known, dict):
        return wanted
    kept = {name: known[name] for name in _KEPT.get(key, ()) if name in known}
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
    if inner and all(first.isdecimal() for first in inner):
        return [_under(inner[n], n) for n in sorted(inner, key=int)]
    return {first: _under(found, first) for first, found in inner.items()} or None


def numbers(values: Values, key: str) -> Iterable[int]:
    """Return the numbers of the rows of `key`, and of two empty ones after them."""
    firsts = (
        n.removeprefix(f"{key}.").partition(".")[0] for n in values if n.startswith(f"{key}.")
    )
    found = {int(first) for first in firsts if first.isdecimal()}
    last = max(found, default=-1)
    return (*sorted(found), last + 1, last + 2)
