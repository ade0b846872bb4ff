"""An article's page, or its tombstone."""

import re
from collections.abc import Mapping
from typing import TypedDict
from urllib.parse import quote

from warraq.base import days
from warraq.base.urls import is_web_address
from warraq.model import (
    SUBJECT_KINDS,
    Article,
    AuthorityKind,
    Card,
    Cited,
    Credit,
    Entry,
    Evidence,
    Moment,
)
from warraq.render import structured
from warraq.render.body import (
    article_body,
    corrections_of,
    excerpt_of,
    lead_picture,
    retraction_of,
    shown_figure,
)
from warraq.render.citation import citation, credited, original_address
from warraq.render.context import RenderContext
from warraq.render.page import PageOfArticle
from warraq.render.views import (
    AnyView,
    ArticleView,
    DetailRow,
    Link,
    Picture,
    StoryBox,
    Teaser,
    TombstoneView,
)
from warraq.render.wording import Wording, shortened


def article_view(url: str, article_id: str, context: RenderContext) -> ArticleView | TombstoneView:
    """Return the view of an article, or of its tombstone when it was removed."""
    entry = context.entry_of(article_id)
    if entry.card.status == "removed":
        return tombstone_view(url, entry, context)
    article, card, wording = entry.article, entry.card, context.wording
    named = {kind: context.named(kind, card) for kind in (*SUBJECT_KINDS, "authors")}
    description = _description(entry)
    picture = lead_picture(article, card, context)
    figures = _figures(article, card, context)
    published = wording.published(card)
    # A copy is in no list, so it has no neighbours.
    older, newer = (None, None) if card.copy_of else context.neighbours(card)
    month = context.month_of(card)
    lang = context.lang_attribute(card.lang)
    fields = context.page_fields(
        url,
        article.title,
        title=context.document_title(card),
        description=description,
        crumbs=(Link(wording.text("archive"), "archive/"), month),
        indexed=card.rights.index is not False,
        current="archive/",
        structured="",  # filled in below: it holds the way to the page
    )
    original = _original(card, context)
    if original:
        fields["canonical"] = context.absolute(original.path)
    picture_url = context.picture(picture.src) if picture else ""
    fields["structured"] = structured.encoded(
        structured.news_article(
            article,
            card,
            config=context.config,
            named=named,
            credited=credited(card, context),
            pictures=(
                picture_url or context.absolute(quote(context.config.share or "assets/share.png")),
                *(context.picture(figure.src) for figure in figures),
            ),
            section=named["topics"][0].text if named["topics"] else article.section,
        ),
        structured.breadcrumb_list(fields["crumbs"], context.config.base_url),
    )
    return ArticleView(
        **fields,
        kind="article",
        picture=picture_url,
        picture_alt=picture.alt if picture else "",
        id=article.id,
        reserved=card.rights.machines is False,
        standing=card.standing,
        shared_title=wording.titled(card),
        retracted=retraction_of(card, wording),
        lang=lang,
        dir=context.dir_attribute(lang),
        kicker=_kicker(named, article),
        standfirst=article.description if card.rights.display != "none" else "",
        age=_age(card, wording),
        published=published,
        why=wording.text(f"why_{card.date_status}"),
        facts=_facts(article, card, named, context),
        modified=wording.stamp(card.lastmod) if card.lastmod else None,
        reading=wording.count("count_minutes", card.minutes)
        if card.rights.display == "full"
        else "",
        details=_details(article, card, context),
        picture_shown=picture,
        figures=figures,
        body=article_body(entry, fields["root"], lang or context.config.lang, context),
        excerpt=excerpt_of(entry),
        withheld=_withheld(card, wording),
        original=original_address(card),
        copy_of=original,
        copies=context.teasers(context.copies(card)),
        prints=tuple(map(context.teaser, context.reprints(card))),
        corrections=corrections_of(card, wording),
        **_dating(article, wording),
        stories=_stories(card, context),
        subjects=_subjects(named, wording),
        older=context.teaser(older) if older else None,
        newer=context.teaser(newer) if newer else None,
        month=month,
        cite=citation(card, published, context),
        history=has_history(card, context),
        report=_report(article, context),
    )


def has_history(card: Card, context: RenderContext) -> bool:
    """Whether an article has a history page: it was edited, and all its text may be shown."""
    # An edited article has the day of its last edit: git is asked only about those.
    is_edited = card.status == "live" and card.rights.display == "full" and card.lastmod != ""
    return is_edited and bool(context.versions_of(card.id))


def tombstone_view(url: str, entry: Entry, context: RenderContext) -> TombstoneView:
    """Return the view of a removed article's tombstone, which holds neither title nor text."""
    removed, wording = entry.article.removed, context.wording
    heading = wording.text("removed_heading")
    fields = context.page_fields(
        url,
        heading,
        title=f"{heading} ({entry.card.id})",
        crumbs=(Link(wording.text("corrections"), "corrections/"),),
        indexed=False,
    )
    when = wording.moment(Moment(removed.date)) if removed else None
    return TombstoneView(**fields, when=when, reason=removed.reason if removed else "")


class _Dating(TypedDict, total=False):
    """The fields of a view that say how the date is known."""

    basis: str
    evidence: tuple[Evidence, ...]
    candidates: tuple[str, ...]
    date_note: str


def _dating(article: Article, wording: Wording) -> _Dating:
    """Return how the date is known; {} for an exact one, which its source gives."""
    info = article.date_info
    if info.status == "exact":
        return {}
    own = (article.date.day.isoformat() if article.date else info.edtf,)
    open_days = tuple(day.rstrip("?~%") for day in info.candidates) not in {(), own}
    return {
        "basis": wording.coded("basis", info.basis),
        "evidence": tuple(worded_evidence(e, wording) for e in info.evidence if _proves(e)),
        "candidates": tuple(map(wording.edtf, info.candidates)) if open_days else (),
        "date_note": wording.coded("meaning", info.note),
    }


_SHIFT = re.compile(r"publication-day([+-])(\d+)")
_EDTF = re.compile(r"\d{4}(-\d\d){0,2}[~?%]?")


def _proves(evidence: Evidence) -> bool:
    """Whether words are evidence of the day of publication: «أمس» alone fits every day."""
    meaning = evidence.meaning
    derived = meaning.startswith("publication-day") or _EDTF.fullmatch(meaning)
    return meaning != "open" and (not derived or days.names_a_day(evidence.text))


def worded_evidence(evidence: Evidence, wording: Wording) -> Evidence:
    """Return `evidence` with the importer's reading of it in the site's words."""
    meaning = evidence.meaning
    if shift := _SHIFT.fullmatch(meaning):
        code = "meaning_before" if shift[1] == "-" else "meaning_after"
        meaning = wording.count(code, int(shift[2]))
    elif _EDTF.fullmatch(meaning):
        meaning = wording.edtf(meaning)
    else:
        meaning = wording.coded("meaning", meaning)
    return Evidence(evidence.text, meaning)


def _age(card: Card, wording: Wording) -> str:
    if not card.year:
        return ""
    return wording.text("age", month=wording.month_of(card.year, card.month))


def _kicker(named: Mapping[AuthorityKind, tuple[Link, ...]], article: Article) -> Link | None:
    if named["topics"]:
        return named["topics"][0]
    return Link(article.section) if article.section else None


def _title_note(article: Article, wording: Wording) -> str:
    if article.title_status == "outlet":
        return ""
    return wording.text(f"{article.title_status}_title")


def _description(entry: Entry) -> str:
    if entry.card.rights.display == "none":
        return ""
    return entry.article.description or shortened(entry.card.summary or entry.text, 200)


def _facts(
    article: Article,
    card: Card,
    named: Mapping[AuthorityKind, tuple[Link, ...]],
    context: RenderContext,
) -> tuple[DetailRow, ...]:
    wording = context.wording
    rows = (
        ("source", tuple(_credit_link(c, context) for c in (card.source,) if c)),
        ("via", tuple(_credit_link(c, context) for c in card.via)),
        ("authors_label", named["authors"]),
        ("dateline", (Link(article.dateline),) if article.dateline else ()),
    )
    pages = tuple(Link(c.url, c.url) for c in card.via if is_web_address(c.url))
    carried = (DetailRow(wording.text("via_page"), pages, external=True),) if pages else ()
    return (
        *(DetailRow(wording.text(label), links) for label, links in rows if links),
        *carried,
    )


def _details(article: Article, card: Card, context: RenderContext) -> tuple[DetailRow, ...]:
    wording = context.wording
    event = (Link(wording.edtf(article.event_date)),) if article.event_date else ()
    cited = tuple(_cited_link(c, wording) for c in article.cited)
    source = article.source.name if article.source else ""
    holder = (Link(card.rights.holder),) if card.rights.holder not in {"", source} else ()
    rows = (
        ("event", event),
        ("cited", cited),
        ("rights_holder", holder),
        ("row_title", (Link(note),) if (note := _title_note(article, wording)) else ()),
    )
    return tuple(DetailRow(wording.text(label), links) for label, links in rows if links)


def _cited_link(cited: Cited, wording: Wording) -> Link:
    """Return a cited name with its kind, unless the name holds it, as in «وزارة الدفاع»."""
    kind = wording.coded("cited", cited.kind)
    return Link(cited.name, note="" if kind in cited.name else kind)


def _credit_link(credit: Credit, context: RenderContext) -> Link:
    note = context.wording.coded("basis", credit.basis)
    outlet = context.link("outlets", credit.outlet) if credit.outlet else None
    return Link(credit.name, outlet.path if outlet else "", note)


def _subjects(
    named: Mapping[AuthorityKind, tuple[Link, ...]], wording: Wording
) -> tuple[DetailRow, ...]:
    return tuple(
        DetailRow(wording.text(kind), named[kind]) for kind in SUBJECT_KINDS if named[kind]
    )


def _withheld(card: Card, wording: Wording) -> str:
    if card.rights.display == "full":
        return ""
    return wording.text("excerpt_note" if card.rights.display == "excerpt" else "none_note")


def _original(card: Card, context: RenderContext) -> Teaser | None:
    original = context.catalogue.card(card.copy_of) if card.copy_of else None
    return context.teaser(original) if original and original.status == "live" else None


def _stories(card: Card, context: RenderContext) -> tuple[StoryBox, ...]:
    boxes = []
    for story in filter(context.is_visible, context.catalogue.stories_of(card.id)):
        others = (c for c in context.reports(story.key) if c.id not in (card.id, card.copy_of))
        boxes.append(StoryBox(story.name, story.address[1:], context.teasers(tuple(others))))
    return tuple(boxes)


def _figures(article: Article, card: Card, context: RenderContext) -> tuple[Picture, ...]:
    if card.rights.display != "full":
        return ()
    return tuple(shown for figure in article.figures if (shown := shown_figure(figure, context)))


def _report(article: Article, context: RenderContext) -> str:
    contact, wording = context.config.contact.removeprefix("mailto:"), context.wording
    if not contact:
        return ""
    if is_web_address(contact):
        return contact
    subject = wording.text("report_subject", id=article.id, title=article.title)
    body = context.absolute(article.url)
    return f"mailto:{quote(contact, safe='@+.')}?subject={quote(subject)}&body={quote(body)}"


class ArticlePage(PageOfArticle, frozen=True):
    """An article, or its tombstone."""

    @property
    def url(self) -> str:
        """The site path."""
        return f"/n/{self.id}/"

    def view(self, context: RenderContext) -> AnyView:
        """Return everything that the page shows."""
        return article_view(self.url, self.id, context)
