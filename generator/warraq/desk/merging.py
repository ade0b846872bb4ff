"""A form over a file that changed meanwhile: three ways, field by field. Pure."""

from typing import NamedTuple

from msgspec.structs import replace

from warraq.content.frontmatter import field_of
from warraq.content.merge import chunks
from warraq.desk.form_fields import BODY, FormTable, Record


class Clash(NamedTuple):
    """Paragraphs that both changed otherwise: as the form has them, and as the file has them."""

    mine: str
    theirs: str


class MergedForm(NamedTuple):
    """What the file holds with what the form changed, and the keys that both changed otherwise.

    There the form's value is kept; nothing may be written before an editor has chosen. `clashes`
    are those within the text.
    """

    record: Record
    conflicts: tuple[str, ...]
    clashes: tuple[Clash, ...] = ()


def merged(table: FormTable, opened: Record, mine: Record, now: Record) -> MergedForm:
    """Return `now` with all that differs between `opened` and `mine`.

    >>> from warraq.desk.article_form import ARTICLE_FORM
    >>> from warraq.model import Article
    >>> old = Article("a1b2c3", "عنوان", section="أ")
    >>> found = merged(ARTICLE_FORM, old, replace(old, title="آخر"), replace(old, section="ب"))
    >>> (found.record.title, found.record.section, found.conflicts)
    ('آخر', 'ب', ())
    """
    conflicts = []
    for key in (*table.keys, *table.also):
        field = field_of(key)
        base, ours, theirs = (getattr(one, field) for one in (opened, mine, now))
        if ours == base:
            continue
        if theirs not in (base, ours):
            conflicts.append(key)
        now = replace(now, **{field: ours})
    body, clashes = _merged_body(opened.body.strip(), mine.body.strip(), now.body.strip())
    if clashes:
        conflicts.append(BODY)
    if body != now.body.strip():
        now = replace(now, body=body)
    return MergedForm(now, tuple(conflicts), clashes)


def _merged_body(base: str, ours: str, theirs: str) -> tuple[str, tuple[Clash, ...]]:
    """Return the text with what both changed, the form's where they clash, and where they do."""
    if theirs in {base, ours}:
        return ours, ()
    texts = tuple(text.split("\n\n") for text in (base, ours, theirs))  # every white space counts
    merged: list[str] = []
    clashes: list[Clash] = []
    for chunk in chunks(*texts):
        was, mine, now = (text[slice(*at)] for text, at in zip(texts, chunk, strict=True))
        if was != mine != now != was:
            clashes.append(Clash("\n\n".join(mine), "\n\n".join(now)))
        merged += now if mine == was else mine
    return "\n\n".join(merged), tuple(clashes)
