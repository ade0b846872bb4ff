"""The fields of the editors' search, one row each: the only place that lists them.

What may be written before a colon, the weights, Whoosh's schema and what is kept of an article all
follow the table. It is pure and knows nothing of Whoosh.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Literal, NamedTuple

from warraq.base.arabic import fold
from warraq.model import Authority, AuthorityKind, Entry, Story
from warraq.search.editors import EditorDocument
from warraq.search.understanding import FIELD_KEYS


class AuthorityFiles(NamedTuple):
    """Authority files by kind and key, and the stories of an article by its id."""

    files: Mapping[tuple[AuthorityKind, str], Authority]
    stories: Mapping[str, list[Story]]

    @classmethod
    def of(cls, files: Mapping[tuple[AuthorityKind, str], Authority]) -> "AuthorityFiles":
        """Return `files` with the stories among them looked through."""
        stories: dict[str, list[Story]] = {}
        for file in files.values():
            if isinstance(file, Story):
                for article in file.articles:
                    stories.setdefault(article, []).append(file)
        return cls(files, stories)


Getter = Callable[[Entry, AuthorityFiles], Iterable[str]]
# How a field is compared: word by word, as a day or its beginning, whole, or whole and unique.
FieldKind = Literal["text", "day", "value", "key"]


class SearchField(NamedTuple):
    """A field: its names in a query, how it is compared, and its values for one article.

    The Arabic name may have an article. `weight` counts where a query names no field; every text
    field has one.
    """

    name: str
    arabic_name: str
    kind: FieldKind
    values: Getter
    weight: float = 0.0


def _outlets(entry: Entry, known: AuthorityFiles) -> Iterable[str]:
    """Return the names of the credited outlets, the source first, then keys and spellings."""
    credited = (credit.name for credit in (entry.card.source, *entry.card.via) if credit)
    return (*credited, *_named("outlets")(entry, known))


def _named(kind: AuthorityKind) -> Getter:
    """Return the getter of what an article names of one kind: as asserted, keys, spellings.

    Of keys those too that a file had before.
    """

    def values(entry: Entry, known: AuthorityFiles) -> Iterable[str]:
        keys = getattr(entry.card, kind)
        files = filter(None, (known.files.get((kind, key)) for key in keys))
        spellings = (name for file in files for name in (file.name, *file.aliases, *file.formerly))
        return (*getattr(entry.article, kind, ()), *keys, *spellings)

    return values


def _stories(entry: Entry, known: AuthorityFiles) -> Iterable[str]:
    for story in known.stories.get(entry.article.id, ()):
        yield from (story.name, story.key, *story.aliases, *story.formerly)


def _status(entry: Entry, _: AuthorityFiles) -> Iterable[str]:
    return ("draft" if entry.article.draft else entry.article.status,)


FIELDS: tuple[SearchField, ...] = (
    SearchField("title", "عنوان", "text", lambda e, _: (e.article.title,), 3.0),
    SearchField("body", "متن", "text", lambda e, _: (e.text,), 1.0),
    SearchField("outlet", "مصدر", "text", _outlets, 1.5),
    SearchField("person", "شخص", "text", _named("people"), 1.5),
    SearchField("place", "مكان", "text", _named("places"), 1.5),
    SearchField("organization", "مؤسسة", "text", _named("organizations"), 1.5),
    SearchField("topic", "موضوع", "text", _named("topics"), 1.5),
    SearchField("story", "قصة", "text", _stories, 1.5),
    SearchField("author", "كاتب", "text", _named("authors"), 1.5),
    SearchField("date", "تاريخ", "day", lambda e, _: (e.card.day,)),
    SearchField("year", "سنة", "day", lambda e, _: (e.card.day[:4],)),
    SearchField("certainty", "يقين", "value", lambda e, _: (e.card.date_status,)),
    SearchField("status", "حالة", "value", _status),
    SearchField("lang", "لغة", "value", lambda e, _: (e.card.lang,)),
    SearchField("id", "معرف", "value", lambda e, _: (e.article.id,)),
    SearchField("path", "ملف", "key", lambda e, _: (e.article.path,)),
)
TEXT_FIELDS = tuple(field.name for field in FIELDS if field.kind == "text")
DAY_FIELDS = tuple(field.name for field in FIELDS if field.kind == "day")
WEIGHTS = {field.name: field.weight for field in FIELDS if field.weight}
_NAMES = {
    **{name: key for name, key in FIELD_KEYS.items() if key in {field.name for field in FIELDS}},
    **{fold(field.name): field.name for field in FIELDS},
    **{fold(article + field.arabic_name): field.name for field in FIELDS for article in ("", "ال")},
}


def field_named(name: str) -> str:
    """Return the field that is meant by what stands before a colon, "" if none.

    >>> field_named("Title"), field_named("المكان"), field_named("من")
    ('title', 'place', '')
    """
    return _NAMES.get(fold(name), "")


def document_of(entry: Entry, known: AuthorityFiles) -> EditorDocument:
    """Return what editors can find of an article; a value that occurs twice is kept once."""
    return EditorDocument(
        {field.name: tuple(dict.fromkeys(field.values(entry, known))) for field in FIELDS}
    )
