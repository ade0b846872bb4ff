"""The fields of the forms of authority files, a table for each kind. Pure."""

from typing import get_args

from warraq.content.frontmatter import AUTHORITY
from warraq.desk.form_fields import YES_NO, Field, FormTable, Input, names, value
from warraq.model import AUTHORITY_KINDS, AuthorityKind
from warraq.model.article import Display, OutletType
from warraq.model.authority import StoryStatus

_LINES = ("bylines", "disclaimers", "furniture", "keep", "categories")
_FIELDS: dict[str, Field] = {
    "wikidata": value("wikidata", direction="ltr"),
    "url": value("url", direction="ltr"),
    "coordinates": value("coordinates", direction="ltr"),
    "event_date": value("event_date", direction="ltr"),
    "place": Field("place", "value", (Input("place", (), "places"),)),
    "status": value("status", *get_args(StoryStatus)),
    "type": Field("type", "value", (Input("type", suggested=get_args(OutletType)),)),
    "articles": names("articles", direction="ltr"),
    **{key: names(key, direction="ltr") for key in ("hosts", "handles")},
    **{key: names(key) for key in ("aliases", "reasons", *_LINES)},
    "rights": Field(
        "rights",
        "map",
        (
            Input("holder"),
            Input("display", ("", *get_args(Display))),
            Input("index", YES_NO),
            Input("machines", YES_NO),
        ),
    ),
}
# What stands together; a key that is nowhere else stands with what tells one name from another.
_SECTIONS: dict[str, tuple[str, ...]] = {
    "name": ("name", "description", "aliases"),
    "identity": (),
    "event": ("event_date", "place", "status"),
    "members": ("articles", "reasons"),
    "import": ("hosts", "handles", *_LINES),
    "rights": ("rights",),
}
_UNASKED = {"title", "formerly"}  # another word for the name; what renaming writes


def _table(kind: AuthorityKind) -> FormTable:
    keys = [key for key in AUTHORITY[kind] if key not in _UNASKED]
    placed = {key for section in _SECTIONS.values() for key in section}
    arranged = {
        section: [key for key in wanted if key in keys]
        if wanted
        else [key for key in keys if key not in placed]
        for section, wanted in _SECTIONS.items()
    }
    found = {
        section: tuple(_FIELDS.get(key, value(key)) for key in wanted)
        for section, wanted in arranged.items()
        if wanted
    }
    return FormTable(
        found,
        folded=("import", "rights"),
        words="names.",
        text_before="import" if "import" in found else "",
        text_rows=18 if kind == "pages" else 6,
    )


AUTHORITY_FORMS: dict[AuthorityKind, FormTable] = {kind: _table(kind) for kind in AUTHORITY_KINDS}
