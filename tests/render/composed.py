"""The words whose codes are put together at run time, from the types that say what they word."""

from typing import get_args

from warraq.model import (
    AuthorityKind,
    ChangedField,
    CorrectionKind,
    DateStatus,
    EmbedKind,
    TitleStatus,
)
from warraq.render.environment import SECTIONS
from warraq.render.views import RowKind
from warraq.render.wording import CODES, word_of

KINDS = get_args(AuthorityKind)
# How `render` composes a code, as its f-strings have it, and what it is composed with.
MADE: dict[str, tuple[str, ...]] = {
    "about_{kind}": KINDS,
    "one_{kind}": KINDS,
    "nav_{kind}": SECTIONS,
    "row_{kind}": get_args(RowKind),
    "changed_{c.field}": get_args(ChangedField),
    "why_{card.date_status}": get_args(DateStatus),
    "{article.title_status}_title": get_args(TitleStatus),
    "{value}_title": get_args(TitleStatus),
    "embed_{link[1]}": get_args(EmbedKind),
}
AS_THEY_ARE = {*KINDS, *get_args(DateStatus), *get_args(CorrectionKind)}


def composed_words() -> set[str]:
    """Return every code that is composed, and those that are a value of one of our types."""
    return made_words() | {word_of(f, code) for f, codes in CODES.items() for code in codes}


def made_words() -> set[str]:
    """Return those that stand for no code of front matter."""
    made = {form[: form.index("{")] + value + form[form.index("}") + 1 :]
            for form, values in MADE.items() for value in values}  # fmt: skip
    return made | AS_THEY_ARE
