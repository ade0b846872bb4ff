"""Feeds: Atom (RFC 4287) and JSON Feed 1.1, of the archive, an outlet, topic, person or story.

The newest 30 articles whose day is known. The archive's own feed has their full text where rights
display it, to machines too; those of an outlet, topic, person or story their summaries, by setting.
Addresses are absolute; ids are not addresses, so that an archive that moves shows readers nothing
twice. A feed's `updated` is that of its newest change, never the clock's.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime
from html import escape
from typing import ClassVar, Self

import msgspec

from warraq.base.config import SiteConfig
from warraq.base.zones import rfc3339
from warraq.model import (
    AUTHORITY_KINDS,
    SUBJECT_KINDS,
    AuthorityKind,
    Card,
    Correction,
    Removal,
)
from warraq.render.body import (
    body_html,
    corrections_of,
    excerpt_of,
    lead_picture,
)
from warraq.render.citation import credited, original_address
from warraq.render.context import RenderContext, joined_by_dots
from warraq.render.kinds.shelf import has_feed
from warraq.render.page import Changes, Page, SinglePage
from warraq.render.views import AnyView, FeedItem, FeedView, Text
from warraq.render.wording import direction

NEWEST = 30
_EMPTY = "1970-01-01T00:00:00Z"  # the stamp of a feed without entries; Atom wants one
_TYPES = {"jpg": "image/jpeg"} | {t: f"image/{t}" for t in ("jpeg", "png", "gif", "webp", "avif")}
# What XML 1.0 cannot hold, not even escaped.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def feed_view(kind: AuthorityKind | None, key: str, context: RenderContext) -> FeedView:
    """Return the Atom feed of the archive (`kind` None) or of one authority."""
    config = context.config
    name, page, description = config.name, "", config.description
    if kind is None:
        cards = context.catalogue.newest(NEWEST * 4)
    else:
        authority = context.catalogue.authority(kind, key)
        if authority is None:
            raise KeyError(kind, key)
        name, page = f"{authority.name} · {config.name}", authority.address[1:]
        description = authority.description
        cards = (
            tuple(reversed(context.shelf(kind, key)))
            if kind == "stories"
            else context.catalogue.newest_of(kind, key, NEWEST)
        )
    dated = [card for card in cards if card.date][:NEWEST]
    is_full = kind is None or config.outputs_shelf_feeds == "full"
    items = tuple(context.memoized(_item, card.id, is_full) for card in dated)
    return FeedView(
        id=config.feed_id_of(f"/{page}"),
        url=context.absolute(f"{page}feed.xml"),
        page=context.absolute(page),
        title=_xml(name),
        description=_xml(description),
        updated=max((item.updated for item in items), key=datetime.fromisoformat, default=_EMPTY),
        items=items,
    )


def json_feed(feed: FeedView, config: SiteConfig) -> Text:
    """Return the same feed as JSON Feed 1.1."""
    record: dict[str, object] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.url.removesuffix(".xml") + ".json",
        "description": feed.description,
        "language": config.lang,
        "items": [_json_item(item) for item in feed.items],
    }
    kept = {key: value for key, value in record.items() if value != ""}
    return Text(msgspec.json.format(msgspec.json.encode(kept), indent=1) + b"\n")


def corrections_feed(context: RenderContext) -> FeedView:
    """Return the feed of corrections and removals, an item each, latest first."""
    wording, config = context.wording, context.config
    entries: list[tuple[date, str, int, Correction | Removal]] = [
        (correction.date, card.id, at, correction)
        for card in context.catalogue.with_corrections()[:NEWEST]
        for at, correction in enumerate(card.corrections)
    ]
    entries += [
        (removed.date, card.id, 0, removed)
        for card in context.catalogue.removed()
        if (removed := context.entry_of(card.id).article.removed)
    ]
    latest = sorted(entries, key=lambda item: item[:3], reverse=True)[:NEWEST]
    items = tuple(_correction_item(id_, entry, at, context) for _, id_, at, entry in latest)
    page = "corrections/"
    return FeedView(
        id=config.feed_id_of(f"/{page}"),
        url=context.absolute(f"{page}feed.xml"),
        page=context.absolute(page),
        title=_xml(joined_by_dots((wording.text("corrections"), config.name))),
        description=_xml(wording.text("corrections_text")),
        updated=max((item.updated for item in items), key=datetime.fromisoformat, default=_EMPTY),
        items=items,
    )


def _correction_item(
    article_id: str, correction: Correction | Removal, at: int, context: RenderContext
) -> FeedItem:
    """Return the item of a correction, the `at`-th of its article from 0, or of a removal."""
    wording, config = context.wording, context.config
    card = context.entry_of(article_id).card
    day = rfc3339(correction.date.isoformat(), config.time_zone)
    if isinstance(correction, Removal):
        name, kind, note = "removal", wording.text("removed_heading"), correction.reason
        title = kind
    else:
        name, kind, note = (
            f"{correction.kind}-{at + 1}",
            wording.text(correction.kind),
            correction.note,
        )
        title = wording.text("corrected_title", kind=kind, title=card.title)
    return FeedItem(
        id=config.feed_id_of(f"/corrections/{article_id}/{correction.date}/{name}"),
        url=context.absolute(card.url),
        title=_xml(title),
        published=day,
        updated=day,
        author=_xml(config.name),
        authors=(_xml(config.name),),
        summary=_xml(note),
        html="",
        lang=config.lang,
        categories=(_xml(kind),),
    )


def _item(article_id: str, is_full: bool, context: RenderContext) -> FeedItem:
    """Return the item of an article. Most are made from its card: an entry is long to read."""
    card, zone = context.catalogue.card(article_id), context.config.time_zone
    if card is None or card.date is None:
        raise ValueError(article_id)
    published = rfc3339(card.date.iso, zone)
    names = (link.text for kind in SUBJECT_KINDS for link in context.named(kind, card))
    writers, publication = credited(card, context)
    paper = publication.name if publication else ""
    authors = tuple(link.text for link in writers) or (paper or context.config.name,)
    is_open = card.rights.machines is not False
    picture = (
        lead_picture(context.entry_of(card.id).article, card, context)
        if is_open and card.pictures
        else None
    )
    return FeedItem(
        id=context.config.feed_id_of(card.url),
        url=context.absolute(card.url),
        title=_xml(context.wording.titled(card)),
        published=published,
        updated=_updated(card, published, zone),
        author=_xml(context.wording.joined(authors)),
        authors=tuple(map(_xml, authors)),
        contributor=_xml(paper) if writers else "",
        via=original_address(card),
        picture=context.picture(picture.src) if picture else "",
        picture_type=_TYPES.get(picture.src.rpartition(".")[2].lower(), "") if picture else "",
        summary=_xml(_summary(card, context)),
        html=_xml(_content(card, is_full, context)) if is_open else "",
        lang=card.lang,
        categories=tuple(map(_xml, dict.fromkeys(names))),
    )


def _summary(card: Card, context: RenderContext) -> str:
    if card.rights.display == "none":
        return ""
    if card.rights.display == "excerpt" and not card.summary:
        return excerpt_of(context.entry_of(card.id))
    return card.summary


def _content(card: Card, is_full: bool, context: RenderContext) -> str:
    """Return the text as HTML with its direction: a feed reader's page may run the other way.

    Where a feed holds summaries, an article that was corrected still has that in its content.
    """
    if card.rights.display != "full":
        return ""
    notes = "".join(
        f"<p><strong>{escape(c.kind)}</strong> {escape(c.when.short)}: {escape(c.note)}</p>"
        for c in corrections_of(card, context.wording)
    )
    if is_full:
        html = context.entry_of(card.id).html
        html = body_html(html, context.config.base_url, card.lang, context)
    elif notes:
        html = f"<p>{escape(card.summary)}</p>"
    else:
        return ""
    return (_in_lang(notes, context.config.lang) if notes else "") + _in_lang(html, card.lang)


def _in_lang(html: str, lang: str) -> str:
    return f'<div lang="{lang}" dir="{direction(lang)}">{html}</div>'


def _updated(card: Card, published: str, zone: str) -> str:
    """Return when an article last changed, by an edit or a correction."""
    days = (card.lastmod, *(correction.date.isoformat() for correction in card.corrections))
    stamps = (published, *(rfc3339(day, zone) for day in days if day))
    return max(stamps[1:] or stamps, key=datetime.fromisoformat)


def _json_item(item: FeedItem) -> dict[str, object]:
    record: dict[str, object] = {
        "id": item.id,
        "url": item.url,
        "external_url": item.via,
        "title": item.title,
        "date_published": item.published,
        "date_modified": item.updated,
        "authors": [{"name": name} for name in (*item.authors, item.contributor) if name],
        "language": item.lang,
        "summary": item.summary if item.html else "",
        "image": item.picture,
        "content_html": item.html,
        "content_text": "" if item.html else item.summary or item.title,
        "tags": list(item.categories),
    }
    return {key: value for key, value in record.items() if value not in ("", [])}


def _xml(text: str) -> str:
    return _NOT_XML.sub("", text)


class AtomFeed(Page, frozen=True):
    """The newest articles as Atom: of the archive, or of one authority."""

    kind: AuthorityKind | None = None
    key: str = ""

    suffix: ClassVar[str] = "xml"

    @property
    def url(self) -> str:
        """The site path."""
        folder = f"{self.kind}/{self.key}/" if self.kind else ""
        return f"/{folder}feed.{self.suffix}"

    @property
    def subject(self) -> tuple[str, str]:
        """The authority, if it is one's."""
        return self.kind or "", self.key

    @classmethod
    def plan(cls, context: RenderContext) -> Iterator[Self]:
        """Yield the archive's feed, then one per authority that has a feed."""
        yield cls()
        for kind in AUTHORITY_KINDS:
            for authority in context.visible(kind):
                if has_feed(authority, context):
                    yield cls(kind, authority.key)

    @classmethod
    def dirtied_by(cls, changes: Changes, _context: RenderContext) -> Iterator[Self]:
        """Yield the archive's, and those of changed authorities and of shelves that changed."""
        yield cls()
        yield from (cls(authority.kind, authority.key) for authority in changes.authorities)
        yield from (cls(kind, key) for kind, key, _, _ in changes.shelves)

    def exists(self, context: RenderContext) -> bool:
        """Whether the authority has a page and a feed."""
        if not self.kind:
            return True
        authority = context.catalogue.authority(self.kind, self.key)
        if authority is None or not context.is_visible(authority):
            return False
        return has_feed(authority, context)

    def view(self, context: RenderContext) -> AnyView:
        """Return everything that the feed holds."""
        return context.memoized(feed_view, self.kind, self.key)


class JsonFeed(AtomFeed, frozen=True):
    """The same as JSON Feed."""

    suffix: ClassVar[str] = "json"

    @classmethod
    def plan(cls, context: RenderContext) -> Iterator[Self]:
        """Yield the same feeds, unless the site has none as JSON."""
        return super().plan(context) if context.config.outputs_json_feeds else iter(())

    def exists(self, context: RenderContext) -> bool:
        """Whether there is such a feed, as JSON."""
        return context.config.outputs_json_feeds and super().exists(context)

    def view(self, context: RenderContext) -> AnyView:
        """Return everything that the feed holds."""
        return json_feed(context.memoized(feed_view, self.kind, self.key), context.config)


class CorrectionsAtom(SinglePage, frozen=True):
    """The newest corrections and removals as Atom."""

    path: ClassVar[str] = "/corrections/feed.xml"

    def view(self, context: RenderContext) -> AnyView:
        """Return everything that the feed holds."""
        return corrections_feed(context)


class CorrectionsJson(SinglePage, frozen=True):
    """The same as JSON Feed."""

    path: ClassVar[str] = "/corrections/feed.json"

    def exists(self, context: RenderContext) -> bool:
        """Whether the site has feeds as JSON."""
        return context.config.outputs_json_feeds

    def view(self, context: RenderContext) -> AnyView:
        """Return everything that the feed holds."""
        return json_feed(corrections_feed(context), context.config)
