"""An article's form over a file that changed meanwhile: three ways, field by field. Pure."""

from typing import NamedTuple

from msgspec.structs import replace

from warraq.content.merge import chunks
from warraq.desk.form_fields import BODY, KEYS
from warraq.model import Article

_FIELDS = {"not": "rejected"}


class MergedForm(NamedTuple):
    """The file's article with what the form changed, and the keys that both changed otherwise.

    There the form's value stands; nothing may be written before an editor has chosen.
    """

    article: Article
    conflicts: tuple[str, ...]


def merged(opened: Article, mine: Article, now: Article) -> MergedForm:
    """Return `now` with all that differs between `opened` and `mine`.

    >>> old = Article("a1b2c3", "عنوان", section="أ")
    >>> found = merged(old, replace(old, title="آخر"), replace(old, section="ب"))
    >>> (found.article.title, found.article.section, found.conflicts)
    ('آخر', 'ب', ())
    """
    conflicts = []
    for key in (*KEYS, "status"):
        field = _FIELDS.get(key, key)
        base, ours, theirs = (getattr(one, field) for one in (opened, mine, now))
        if ours == base:
            continue
        if theirs not in (base, ours):
            conflicts.append(key)
        now = replace(now, **{field: ours})
    body, lost = _merged_body(opened.body.strip(), mine.body.strip(), now.body.strip())
    if lost:
        conflicts.append(BODY)
    if body != now.body.strip():
        now = replace(now, body=body)
    return MergedForm(now, tuple(conflicts))


def _merged_body(base: str, ours: str, theirs: str) -> tuple[str, bool]:
    if ours == base:
        return theirs, False
    if theirs in {base, ours}:
        return ours, False
    texts = tuple(text.split("\n\n") for text in (base, ours, theirs))  # every white space counts
    merged: list[str] = []
    for chunk in chunks(*texts):
        was, mine, now = (text[slice(*at)] for text, at in zip(texts, chunk, strict=True))
        if was != mine != now != was:
            return ours, True
        merged += now if mine == was else mine
    return "\n\n".join(merged), False
