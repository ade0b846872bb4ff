"""Edits of an article's fields as editors ask for them: `add topic=x`, `set outlet=z`. Pure."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Literal, NamedTuple, get_args

from msgspec.structs import replace

from warraq.base.builtins import fields_of
from warraq.base.controls import without_controls
from warraq.base.problems import Language, Problem, WarraqError, error, listed, message
from warraq.base.slips import nearest_key
from warraq.base.urls import is_key
from warraq.content.frontmatter import front_matter, with_field
from warraq.editing.named_files import NamedFiles
from warraq.model import FREELY_NAMED_KINDS, KIND_TRAITS, Article, AuthorityKind, Credit
from warraq.search.editors.search_fields import field_named

Operation = Literal["add", "remove", "reject", "set", "unset"]
OPERATIONS: tuple[Operation, ...] = get_args(Operation)
Step = Callable[[Article], Article]

_KINDS = {traits.singular: kind for kind, traits in KIND_TRAITS.items()}
_LISTS = ("topic", "person", "place", "organization", "author")
# What may be set: where it is in front matter.
_PLACES: dict[str, tuple[str, ...]] = {
    "title": ("title",),
    "description": ("description",),
    "date": ("date",),
    "certainty": ("date_info", "status"),
    "basis": ("date_info", "basis"),
    "event_date": ("event_date",),
    "outlet": ("source",),
    "source_name": ("source", "name"),
    "source_url": ("source", "url"),
    "section": ("section",),
    "dateline": ("dateline",),
    "lang": ("lang",),
    "draft": ("draft",),
    "removed": ("removed",),
    "copy_of": ("copy_of",),
    "same_text_as": ("same_text_as",),
    **{name: ("rights", name) for name in ("display", "holder", "index", "machines")},
}
FIELDS: dict[Operation, tuple[str, ...]] = {
    "add": _LISTS,
    "remove": _LISTS,
    "reject": ("person", "place", "organization", "outlet"),
    "set": tuple(_PLACES),
    "unset": (*(name for name in _PLACES if name not in {"title", "certainty"}), *_LISTS),
}
_SENTENCES: dict[Operation, str] = {
    "add": "say-edit-add",
    "remove": "say-edit-remove",
    "reject": "say-edit-reject",
    "set": "say-edit-set",
    "unset": "say-edit-unset",
}
_NAMES = {
    "topic": "say-field-topic",
    "person": "say-field-person",
    "place": "say-field-place",
    "organization": "say-field-organization",
    "author": "say-field-author",
    "title": "say-field-title",
    "description": "say-field-description",
    "date": "say-field-date",
    "certainty": "say-field-certainty",
    "basis": "say-field-basis",
    "event_date": "say-field-event-date",
    "outlet": "say-field-outlet",
    "source_name": "say-field-source-name",
    "source_url": "say-field-source-url",
    "section": "say-field-section",
    "dateline": "say-field-dateline",
    "lang": "say-field-lang",
    "draft": "say-field-draft",
    "removed": "say-field-removed",
    "copy_of": "say-field-copy-of",
    "same_text_as": "say-field-same-text-as",
    "display": "say-field-display",
    "holder": "say-field-holder",
    "index": "say-field-index",
    "machines": "say-field-machines",
}
_TRIED = Article("000000", "…", source=Credit("…", "x"))  # a value that does not fit it fits none
_LONGEST_QUOTED = 60  # letters of a value in a commit's sentence


class FieldEdit(NamedTuple):
    """One edit of one field; `value` is "" for `unset`."""

    operation: Operation
    field: str
    value: str = ""

    @classmethod
    def of(cls, operation: Operation, typed: str) -> "FieldEdit":
        """Return the edit that `typed` asks for: `field=value`, or a field for `unset`.

        A field may have its Arabic name of the editors' search, a kind that of its folder. A value
        is one line. Raises WarraqError (exit code 2) for what the operation does not know.

        >>> FieldEdit.of("add", "topics=سوريا")
        FieldEdit(operation='add', field='topic', value='سوريا')
        >>> FieldEdit.of("unset", "التاريخ")
        FieldEdit(operation='unset', field='date', value='')
        """
        name, equals, value = typed.partition("=")
        value = " ".join(without_controls(value).split())
        field = field_called(name)
        if field in FIELDS[operation] and bool(value) == bool(equals) == (operation != "unset"):
            return cls(operation, field, value)
        form = "{}" if operation == "unset" else "{}=…"
        want = listed(map(form.format, FIELDS[operation]))
        raise WarraqError([error("edit-field", value=typed, want=want)], exit_code=2)


def field_called(name: str) -> str:
    """Return the field that `name` means, as `FieldEdit.of` reads it; "" if none.

    >>> field_called("Topics"), field_called("المصدر"), field_called("body")
    ('topic', 'outlet', '')
    """
    name = name.strip().lower()
    singular = next((one for one, kind in _KINDS.items() if kind == name), name)
    field = singular if singular in _NAMES else field_named(singular)
    return field if field in _NAMES else ""


def held(article: Article, fields: Iterable[str]) -> dict[str, str | tuple[str, ...]]:
    """Return what an article holds in `fields`, as edits write it: for `removed` the reason.

    >>> held(Article("a1b2c3", "عنوان", topics=("syria",)), ["title", "topic", "date"])
    {'title': 'عنوان', 'topic': ('syria',), 'date': ''}
    """
    known = front_matter(article)
    return {
        field: getattr(article, _KINDS[field]) if field in _LISTS else _held(known, article, field)
        for field in fields
    }


def _held(known: dict[str, object], article: Article, field: str) -> str:
    if field == "outlet":
        return (article.source.outlet or article.source.name) if article.source else ""
    key, *inner = (*_PLACES[field], "reason") if field == "removed" else _PLACES[field]
    value = known.get(key)
    for name in inner:
        value = value.get(name) if isinstance(value, dict) else None
    return str(value).lower() if isinstance(value, bool) else str("" if value is None else value)


def list_step(field: str, words: Iterable[str], files: NamedFiles) -> Step:
    """Return what makes a field that is a list say `words`, in their order.

    Those that it says already keep their spelling, the others are added as by an edit. Raises
    WarraqError for a key that no file has, and for a name that several have.
    """
    kind, wanted = _KINDS[field], tuple(dict.fromkeys(words))

    def step(article: Article) -> Article:
        had: tuple[str, ...] = getattr(article, kind)
        new = [word if word in had else _value(kind, word, files) for word in wanted]
        for value in new:
            article = _added(article, kind, value, files)
        return replace(article, **{kind: tuple(dict.fromkeys(new))})

    return step


def name_of(field: str, language: Language) -> str:
    """Return what people call a field."""
    return message(_NAMES[field], language)


def kind_of(field: str) -> AuthorityKind | None:
    """Return the kind of files that the values of a field name."""
    return _KINDS.get(field)


def sentence(edits: Iterable[FieldEdit], files: NamedFiles, language: Language) -> str:
    """Return what `edits` do as people say it, authority files by their names."""
    comma = "، " if language == "ar" else ", "
    return comma.join(_sentence(edit, files, language) for edit in edits)


def _sentence(edit: FieldEdit, files: NamedFiles, language: Language) -> str:
    operation, field, value = edit
    file = files.find(_KINDS[field], value) if field in _KINDS and value else None
    words = file.name if file else value
    short = words if len(words) <= _LONGEST_QUOTED else words[:_LONGEST_QUOTED].rstrip() + "…"
    return message(_SENTENCES[operation], language, field=name_of(field, language), value=short)


def steps(edits: Iterable[FieldEdit], files: NamedFiles, today: date) -> tuple[Step, ...]:
    """Return the edits as functions of an article, each word for a file resolved.

    `today` dates a removal. Raises WarraqError (exit code 2) for every value that does not fit.
    """
    found: list[Step] = []
    problems: list[Problem] = []
    for edit in sorted(edits, key=lambda one: one.field != "date"):  # it says how certain it is
        try:
            step = _step(edit, files, today)
            step(_TRIED)
            found.append(step)
        except WarraqError as unfit:
            problems += unfit.problems
    if problems:
        raise WarraqError(problems, exit_code=2)
    return tuple(found)


def _step(edit: FieldEdit, files: NamedFiles, today: date) -> Step:
    operation, field, words = edit
    if operation == "unset":
        return _setter(_PLACES.get(field) or (_KINDS[field],), None)
    if operation == "set" and field != "outlet":
        removal = {"date": today.isoformat(), "reason": words}
        return _setter(_PLACES[field], removal if field == "removed" else words)
    kind = _KINDS[field]
    value = _value(kind, words, files)
    if operation == "set":
        file = files.find(kind, value)
        credit = Credit(file.name, file.key) if file else Credit(words)
        return lambda article: _credited(article, credit)
    change = {"add": _added, "remove": _less, "reject": _rejected}[operation]
    return lambda article: change(article, kind, value, files)


def _setter(place: tuple[str, ...], value: object) -> Step:
    """Return what sets the value at `place` (a key, or a key and one in its map)."""
    key, *inner = place

    def step(article: Article) -> Article:
        new = value
        if inner:
            known = front_matter(article).get(key)
            held = {**(known if isinstance(known, dict) else {}), inner[0]: value}
            new = {name: one for name, one in held.items() if one is not None}
        return settled(with_field(article, key, new), key)

    return step


def settled(article: Article, key: str) -> Article:
    """Return `article` with what follows from an editor's having set or removed `key`."""
    if key == "date":
        status, basis = ("exact", "editor") if article.date else ("unknown", "")
        known = replace(article.date_info, status=status, basis=basis, edtf="")
        return replace(article, date_info=known)
    if key == "removed":
        return replace(article, status="removed" if article.removed else "live")
    return article


def _value(kind: AuthorityKind, words: str, files: NamedFiles) -> str:
    """Return what front matter says for `words`.

    Raises WarraqError for a key that no file has, and for a name that several have.
    """
    value = files.value(kind, words)
    if len(several := files.named(kind, words)) > 1 and value == words:
        names = listed(file.key for file in several)
        raise WarraqError([error("edit-name-shared", several[0].path, value=words, names=names)])
    if is_key(value) and kind not in FREELY_NAMED_KINDS and not files.find(kind, value):
        path = f"content/{kind}/{value}.md"
        if near := nearest_key(value, files.keys(kind)):
            raise WarraqError([error("edit-file-near", path, near=near)])
        raise WarraqError([error("edit-file-missing", path)])
    return value


def _added(article: Article, kind: AuthorityKind, value: str, files: NamedFiles) -> Article:
    """Return `article` with `value`, unless it has it by another spelling, and not rejected."""
    held: tuple[str, ...] = getattr(article, kind)
    rejected: tuple[str, ...] = getattr(article.rejected, kind, ())
    if value in rejected:
        rest = [key for key in rejected if key != value]
        article = with_field(article, "not", {**fields_of(article.rejected), kind: rest})
    if value in (files.value(kind, words) for words in held):
        return article
    return replace(article, **{kind: (*held, value)})


def _less(article: Article, kind: AuthorityKind, value: str, files: NamedFiles) -> Article:
    """Return `article` without `value`, however it is written there."""
    held: tuple[str, ...] = getattr(article, kind)
    rest = tuple(words for words in held if files.value(kind, words) != value)
    return replace(article, **{kind: rest})


def _rejected(article: Article, kind: AuthorityKind, value: str, files: NamedFiles) -> Article:
    """Return `article` with a wrong match declared to be one."""
    less = article if kind == "outlets" else _less(article, kind, value, files)
    keys = list(dict.fromkeys((*getattr(article.rejected, kind), value)))
    return with_field(less, "not", {**fields_of(article.rejected), kind: keys})


def _credited(article: Article, credit: Credit) -> Article:
    source = article.source or credit
    credited = replace(source, name=credit.name, outlet=credit.outlet, basis="editor")
    return replace(article, source=credited)
