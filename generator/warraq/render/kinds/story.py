"""A story's page: one event as several outlets reported it, side by side and in time."""

from typing import ClassVar

from warraq.model import AuthorityKind, Card, Entry, Story
from warraq.render import structured
from warraq.render.body import body_html
from warraq.render.comparison import ReportComparison, compare
from warraq.render.context import RenderContext
from warraq.render.kinds.shelf import has_feed
from warraq.render.page import PageOfAuthority
from warraq.render.story_teasers import summary_of
from warraq.render.views import (
    AnyView,
    Cell,
    Column,
    ComparisonRow,
    Feed,
    Link,
    RowKind,
    Step,
    StoryView,
)
from warraq.render.wording import Wording

_OWN_WORDS = {"title", "numbers", "quotes", "unique"}  # in the language of the report
COLUMNS = 6  # reports compared; the timeline below holds all
SIDE_BY_SIDE = 4  # reports on a wide screen, until a reader chooses others


def story_view(url: str, key: str, context: RenderContext) -> StoryView:
    """Return the view of one story."""
    story = context.catalogue.authority("stories", key)
    if story is None:
        raise KeyError(key)
    wording = context.wording
    cards, reports = context.shelf("stories", key), context.reports(key)
    fields = context.page_fields(
        url,
        story.name,
        title=f"{story.name} · {wording.text('one_stories')}",
        description=summary_of(story, context) or context.list_description(story.name, reports),
        crumbs=(Link(wording.text("stories"), "stories/"),),
        current="stories/",
        feeds=(Feed(story.name, f"stories/{key}/feed"),) if has_feed(story, context) else (),
    )
    fields["structured"] = structured.encoded(
        structured.collection(context.config, url[1:], story.name, cards),
        structured.breadcrumb_list(fields["crumbs"], context.config.base_url),
    )
    compared = _compared(reports)
    place = context.link("places", story.place)
    return StoryView(
        **fields,
        summary=story.description,
        body=body_html(context.body_of(story), fields["root"], context.config.lang, context),
        when=_when(story, cards, context),
        where=place.text if place else story.place,
        total=wording.count("count_reports", len(reports)),
        proposed=story.status == "proposed",
        reasons=story.reasons,
        columns=tuple(
            _column(card, context, first=at < SIDE_BY_SIDE) for at, card in enumerate(compared)
        ),
        choose=len(compared) > SIDE_BY_SIDE,
        partial=_partial(reports, compared, wording),
        rows=_rows(compared, context) if len(compared) > 1 else (),
        steps=_steps(cards, reports, context),
    )


def _compared(reports: tuple[Card, ...]) -> tuple[Card, ...]:
    """Return the reports to set side by side, each outlet's first before its second."""
    seen: set[str] = set()
    firsts: list[Card] = []
    seconds: list[Card] = []
    for card in reports:
        name = card.source.name if card.source else card.id
        (seconds if name in seen else firsts).append(card)
        seen.add(name)
    chosen = {card.id for card in [*firsts, *seconds][:COLUMNS]}
    return tuple(card for card in reports if card.id in chosen)


def _partial(reports: tuple[Card, ...], compared: tuple[Card, ...], wording: Wording) -> str:
    if len(compared) == len(reports):
        return ""
    return wording.text("compared_partly", count=wording.count("count_reports", len(compared)))


def _rows(cards: tuple[Card, ...], context: RenderContext) -> tuple[ComparisonRow, ...]:
    wording = context.wording
    entries = tuple(context.entry_of(card.id) for card in cards)
    comparisons = compare(tuple(map(_open_text, entries)))
    pairs = tuple(zip(entries, comparisons, strict=True))
    rows: tuple[tuple[RowKind, tuple[Cell, ...]], ...] = (
        ("time", tuple(Cell(when=wording.published(e.card)) for e in entries)),
        ("title", tuple(Cell(link=Link(wording.titled(e.card), e.card.url[1:])) for e in entries)),
        ("source", tuple(Cell(tuple(c.name for c in e.article.cited)) for e in entries)),
        ("people", tuple(Cell(_people(e.card, context)) for e in entries)),
        ("numbers", tuple(_cell(e, t.numbers) for e, t in pairs)),
        ("quotes", tuple(_cell(e, t.quotes) for e, t in pairs)),
        ("unique", tuple(_cell(e, t.alone) for e, t in pairs)),
        ("shared", tuple(_cell(e, _shared(t, context)) for e, t in pairs)),
    )
    return tuple(
        ComparisonRow(wording.text(f"row_{kind}"), kind, kind in _OWN_WORDS, cells)
        for kind, cells in rows
        if any(cell.lines or cell.link or cell.when for cell in cells)
    )


def _open_text(entry: Entry) -> str:
    return entry.text if entry.card.rights.display == "full" else ""


def _cell(entry: Entry, lines: tuple[str, ...]) -> Cell:
    return Cell(lines, withheld=entry.card.rights.display != "full")


def _people(card: Card, context: RenderContext) -> tuple[str, ...]:
    return tuple(link.text for link in context.links("people", card.people))


def _shared(comparison: ReportComparison, context: RenderContext) -> tuple[str, ...]:
    if not comparison.shared:
        return ()
    wording = context.wording
    count = wording.count("count_paragraphs", comparison.shared)
    whole = wording.number(comparison.paragraphs)
    return (wording.text("shared_paragraphs", count=count, all=whole),)


def _column(card: Card, context: RenderContext, *, first: bool) -> Column:
    name = card.source.name if card.source else context.wording.text("unknown")
    lang = context.lang_attribute(card.lang)
    return Column(name, first, lang, context.dir_attribute(lang))


def _when(story: Story, cards: tuple[Card, ...], context: RenderContext) -> str:
    if story.event_date:
        return context.wording.edtf(story.event_date)
    known = [card.date.day for card in cards if card.date]
    if not known:
        return ""
    ends = dict.fromkeys((min(known), max(known)))
    return " – ".join(map(context.wording.short_day, ends))


def _steps(
    cards: tuple[Card, ...], reports: tuple[Card, ...], context: RenderContext
) -> tuple[Step, ...]:
    steps, last = [], None
    for card in reports:
        day = card.date.day if card.date else None
        days = (day - last).days if day and last else 0
        gap = context.wording.count("count_days_later", days) if days > 1 else ""
        copies = (c for c in cards if c.copy_of == card.id)
        steps.append(Step(context.teaser(card), gap, tuple(_copy(c, context) for c in copies)))
        last = day or last
    return tuple(steps)


def _copy(card: Card, context: RenderContext) -> Link:
    carrier = card.via[0] if card.via else card.source
    return Link(carrier.name if carrier else context.wording.published(card).short, card.url[1:])


class StoryPage(PageOfAuthority, frozen=True):
    """A story: one event as several outlets reported it."""

    kinds: ClassVar[tuple[AuthorityKind, ...]] = ("stories",)

    def view(self, context: RenderContext) -> AnyView:
        """Return everything that the page shows."""
        return story_view(self.url, self.key, context)
