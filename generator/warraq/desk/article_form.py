"""The fields of an article's form. Pure."""

from typing import get_args

from warraq.desk.form_fields import YES_NO, Field, FormTable, Input, Record, names, value
from warraq.editing.field_edits import settled
from warraq.model import Article, AuthorityKind
from warraq.model.article import CorrectionKind, DateStatus, Display, TitleStatus

_CREDIT = (
    Input("name", completes="outlets"),
    Input("outlet", completes="outlets", direction="ltr"),
    Input("url", direction="ltr"),
    Input("basis"),
)
_FIGURE = (Input("src", direction="ltr"), Input("alt"), Input("caption"), Input("credit"))
_NAMED: tuple[AuthorityKind, ...] = ("topics", "people", "places", "organizations", "authors")
_REJECTED: tuple[AuthorityKind, ...] = ("people", "places", "organizations", "outlets")

_SECTIONS: dict[str, tuple[Field, ...]] = {
    "headline": (
        value("title"),
        value("title_status", *get_args(TitleStatus)),
        value("description"),
        value("draft", *YES_NO[:2]),
    ),
    "when": (
        value("date", direction="ltr"),
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
        value("event_date", direction="ltr"),
    ),
    "origin": (
        Field("source", "map", _CREDIT),
        Field("via", "rows", _CREDIT),
        value("section"),
        value("dateline"),
    ),
    "about": tuple(names(kind, kind) for kind in _NAMED),
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
                Input("index", YES_NO),
                Input("machines", YES_NO),
            ),
        ),
        Field("removed", "map", (Input("date", direction="ltr"), Input("reason"))),
    ),
}


def _settled(before: Record, after: Record) -> Record:
    """Return `after` with what its date and its removal mean for its certainty and status."""
    if not (isinstance(before, Article) and isinstance(after, Article)):
        return after
    if after.removed != before.removed:
        after = settled(after, "removed")
    is_dated = before.date != after.date and before.date_info == after.date_info
    return settled(after, "date") if is_dated else after


ARTICLE_FORM = FormTable(
    _SECTIONS,
    folded=("wrong", "pictures", "corrections", "rights"),  # most articles need none of them
    kept={"date_info": ("candidates", "evidence")},
    settle=_settled,
    also=("status",),
    text_before="when",
)
