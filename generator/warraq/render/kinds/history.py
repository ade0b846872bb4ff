"""An article's history: what each edit changed, and any two versions side by side.

The page holds every pair of the versions offered, and the style sheet shows the chosen one: no
script is needed. So only a few are offered; the list of edits below has all.
"""

from itertools import combinations

from warraq.model import Card, Change, ChangedField, Version
from warraq.render.context import RenderContext
from warraq.render.kinds.article import has_history
from warraq.render.page import PageOfArticle
from warraq.render.text_diff import passages, words
from warraq.render.views import (
    AnyView,
    Comparison,
    FieldDiff,
    HistoryView,
    Link,
    Revision,
    RevisionText,
)
from warraq.render.wording import Family, Wording

_FAMILIES: dict[ChangedField, Family] = {"date_basis": "basis", "date_note": "meaning"}
OFFERED = 6  # versions to choose from: the text as it came and the newest; 15 pairs


def history_view(url: str, article_id: str, context: RenderContext) -> HistoryView:
    """Return the view of an article's edits, newest first."""
    card, wording = context.entry_of(article_id).card, context.wording
    versions = context.versions_of(article_id)
    fields = context.page_fields(
        url,
        wording.text("history"),
        title=wording.text("history_title", title=context.document_title(card)),
        crumbs=(Link(wording.text("archive"), "archive/"), context.month_of(card)),
        indexed=False,  # withdrawn text should not be found as if it were current
        current="archive/",
    )
    lang = context.lang_attribute(card.lang)
    offered = _offered(versions)
    editions = tuple(_revision_text(at, versions, wording) for at in offered)
    return HistoryView(
        **fields,
        article=Link(card.title, card.url[1:]),
        revisions=tuple(_revision(version, wording) for version in reversed(versions)),
        editions=editions,
        comparisons=tuple(
            Comparison(
                old,
                new,
                wording.text("versions_between", old=editions[old].name, new=editions[new].name),
                passages(_text(offered[old], versions), _text(offered[new], versions), wording),
                _field_diffs(_changes(versions[offered[old] : offered[new]]), wording),
            )
            for old, new in combinations(range(len(offered)), 2)
        ),
        lang=lang,
        dir=context.dir_attribute(lang),
    )


def _revision(version: Version, wording: Wording) -> Revision:
    return Revision(
        when=wording.stamp(version.date),
        author=version.author,
        subject=version.subject,
        passages=passages(version.before, version.after, wording),
        altered=_field_diffs(version.changes, wording),
    )


def _offered(versions: tuple[Version, ...]) -> tuple[int, ...]:
    """Return the versions to choose from: 0 is the text as it came, n what the nth edit made.

    () for fewer than three: the list of edits compares two already.
    """
    known = [at for at in range(len(versions) + 1) if _text(at, versions)]
    offered = known if len(known) <= OFFERED else [known[0], *known[1 - OFFERED :]]
    return tuple(offered) if len(offered) > 2 else ()


def _text(at: int, versions: tuple[Version, ...]) -> str:
    return versions[at - 1].after if at else versions[0].before


def _revision_text(at: int, versions: tuple[Version, ...], wording: Wording) -> RevisionText:
    if not at:
        return RevisionText(wording.text("as_received"))
    version = versions[at - 1]
    date = wording.stamp(version.date).short
    name = wording.text("version_name", number=wording.number(at), date=date)
    return RevisionText(name, version.author, version.subject)


def _changes(versions: tuple[Version, ...]) -> tuple[Change, ...]:
    """Return the changes of several edits as one, from a field's first value to its last."""
    merged: dict[str, Change] = {}
    for change in (change for version in versions for change in version.changes):
        first = merged.get(change.field, change)
        merged[change.field] = Change(change.field, first.before, change.after)
    return tuple(change for change in merged.values() if change.before != change.after)


def _field_diffs(changes: tuple[Change, ...], wording: Wording) -> tuple[FieldDiff, ...]:
    return tuple(
        FieldDiff(
            wording.text(f"changed_{c.field}"),
            words(_value_text(c.field, c.before, wording), _value_text(c.field, c.after, wording)),
        )
        for c in changes
    )


def _value_text(field: ChangedField, value: str, wording: Wording) -> str:
    """Return the value of a field in words, if it is a code or a date."""
    if field in {"date", "event_date"}:
        return wording.edtf(value)
    if field == "date_status":
        return wording.text(value)
    if field == "title_status":
        return wording.text(f"{value}_title")
    family = _FAMILIES.get(field)
    return wording.coded(family, value) if family else value


class HistoryPage(PageOfArticle, frozen=True):
    """The versions of an article that an editor changed."""

    @property
    def url(self) -> str:
        """The site path."""
        return f"/n/{self.id}/history/"

    @classmethod
    def has_page(cls, card: Card, context: RenderContext) -> bool:
        """Whether the article was edited and all its text may be shown."""
        return has_history(card, context)

    def view(self, context: RenderContext) -> AnyView:
        """Return everything that the page shows."""
        return history_view(self.url, self.id, context)
