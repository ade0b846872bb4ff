"""The columns of a table of articles: a field of `warraq edit` each, and its names. Pure."""

from collections.abc import Iterable
from functools import cache

from warraq.base.arabic import fold
from warraq.base.problems import Language, WarraqError, error, listed, message
from warraq.editing.field_edits import FIELDS, field_called, held, kind_of, name_of
from warraq.editing.table_cells import joined, plain
from warraq.model import Article

ID, STAMP = "id", "stamp"  # which article a row is of, and what its cells held when exported
LISTS = FIELDS["add"]
DATE = "date"  # spreadsheets write its cells their own way
FLAGS = ("draft", "index", "machines")
# All fields that a table may have, in order: the date before how certain it is, as edits want it.
ALL = (
    *("title", "date", "certainty", "basis", "event_date", "outlet", "source_name", "source_url"),
    *("section", *LISTS, "dateline", "description", "lang", "draft", "removed", "copy_of"),
    *("same_text_as", "display", "holder", "index", "machines"),
)
USUAL = (
    *("title", "date", "certainty", "basis", "outlet", "source_url", "section", *LISTS),
    *("description", "draft"),
)
_OWN = {
    ID: "say-column-id",
    STAMP: "say-column-stamp",
    "topic": "say-column-topics",
    "person": "say-column-people",
    "place": "say-column-places",
    "organization": "say-column-organizations",
    "author": "say-column-authors",
}


def fields_called(names: Iterable[str]) -> tuple[str, ...]:
    """Return the fields that `names` mean. Raises WarraqError (exit code 2) for any other name."""
    asked = [(name, field_named_so(name)) for name in names if name.strip()]
    if strange := [name for name, field in asked if field not in ALL]:
        want = listed(_written(field) for field in ALL)
        raise WarraqError(
            [error("table-field", value=name, want=want) for name in strange], exit_code=2
        )
    return tuple(field for field in ALL if field in {one for _, one in asked})


def field_named_so(head: str) -> str:
    """Return the field (or ID, STAMP) that the head of a column means, "" if none.

    >>> field_named_so("topics"), field_named_so("المواضيع "), field_named_so("ملاحظات")
    ('topic', 'topic', '')
    """
    return _heads().get(fold(head.strip()), "") or field_called(head)


def head(field: str, language: Language) -> str:
    """Return the head of the column of a field."""
    return message(_OWN[field], language) if field in _OWN else name_of(field, language)


def texts_of(article: Article, fields: Iterable[str]) -> dict[str, str]:
    """Return what the cells of `fields` say."""
    return {
        field: plain(value) if isinstance(value, str) else joined(map(plain, value))
        for field, value in held(article, fields).items()
    }


def _written(field: str) -> str:
    return kind_of(field) or field if field in LISTS else field


@cache
def _heads() -> dict[str, str]:
    languages: tuple[Language, ...] = ("en", "ar")
    named = {fold(head(f, one)): f for one in languages for f in (ID, STAMP, *ALL)}
    return named | {fold(one): one for one in (ID, STAMP, *ALL)}
