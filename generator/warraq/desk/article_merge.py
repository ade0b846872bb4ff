"""An article that two lines of the history changed, settled field by field as a form is. Pure."""

from msgspec.structs import replace

from warraq.base.problems import WarraqError
from warraq.content.frontmatter import field_of
from warraq.desk.article_form import ARTICLE_FORM
from warraq.desk.merging import merged
from warraq.editing.article_text import with_fields_of
from warraq.editing.change_set import edited
from warraq.editing.joined_lines import FileClash, Side
from warraq.editing.validation import parsed
from warraq.model import Article

_FORM_FIELDS = (*(field_of(key) for key in (*ARTICLE_FORM.keys, *ARTICLE_FORM.also)), "body")


def settled(clash: FileClash, side: Side | None) -> bytes | None:
    """Return the file with what both lines made of it; where they clash, what `side` made of it.

    None if an editor has to choose a side, or the whole of a file: what no form shows (comments,
    the order of keys, fields of the importer) has to be as it was in `theirs`, or would be lost.
    """
    path, base, ours, theirs = clash[:4]
    if base is None or ours is None or theirs is None:
        return None
    old, mine, now = (_article(path, content) for content in (base, theirs, ours))
    if old is None or mine is None or now is None or not _is_of_forms(old, mine):
        return None
    try:
        alone = edited(path, base, lambda text: with_fields_of(text, old, mine))
        if alone.after != theirs:
            return None
        # The first of the two keeps its value where they clash.
        first, second = (now, mine) if side == "ours" else (mine, now)
        found = merged(ARTICLE_FORM, old, first, second)
        record = found.record
        if (found.conflicts and side is None) or not isinstance(record, Article):
            return None
        record = replace(record, path=now.path)
        if side == "ours":  # what the forms do not know of is that of `ours` as well
            record = replace(now, **{field: getattr(record, field) for field in _FORM_FIELDS})
        return edited(path, ours, lambda text: with_fields_of(text, now, record)).after
    except WarraqError:
        return None


def _article(path: str, content: bytes) -> Article | None:
    read, problems = parsed(path, content)
    is_sound = not any(problem.severity == "error" for problem in problems)
    return read if isinstance(read, Article) and is_sound else None


def _is_of_forms(old: Article, new: Article) -> bool:
    """Whether all that differs is what a form can change."""
    others = {*Article.__struct_fields__} - {*_FORM_FIELDS, "path"}
    return all(getattr(old, field) == getattr(new, field) for field in others)
