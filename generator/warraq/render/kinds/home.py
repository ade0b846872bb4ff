"""The front page: the newest story first, then the newest articles by day."""

from typing import ClassVar

from warraq.model import Card
from warraq.render import structured
from warraq.render.calendar import calendar
from warraq.render.context import RenderContext
from warraq.render.kinds.archive import by_day
from warraq.render.page import SinglePage
from warraq.render.story_teasers import ranked, story_teaser
from warraq.render.views import AnyView, HomeView, Link

NEWEST = 14
STORIES = 3  # after the leading one
TOPICS = 12
CORRECTIONS = 3


def home_view(url: str, context: RenderContext) -> HomeView:
    """Return the view of the front page."""
    catalogue, wording = context.catalogue, context.wording
    newest = catalogue.newest(NEWEST + 8)
    stories = sorted(ranked(context), key=lambda story: story.status != "confirmed")
    story = next(iter(stories), None)
    in_story = {c.id for c in context.shelf("stories", story.key)} if story else set()
    not_retracted = (card for card in newest if card.standing != "retracted")
    lead = None if story else next(not_retracted, None)
    rest = tuple(c for c in newest if c.id not in in_story and c is not lead and c.date)[:NEWEST]
    day = next((c.date.day for c in newest if c.date), None)
    others = _other_years(day.month, day.day, day.year, context=context) if day else ()
    month = context.months[-1] if context.months else None
    fields = context.page_fields(
        url,
        context.config.name,
        current="",
        structured=structured.encoded(
            structured.website(context.config),
            structured.collection(context.config, "", context.config.name, newest[:NEWEST]),
        ),
    )
    return HomeView(
        **fields,
        story=story_teaser(story, context) if story else None,
        stories=tuple(story_teaser(other, context) for other in stories[1 : 1 + STORIES]),
        lead=context.teaser(lead) if lead else None,
        days=by_day(rest, context),
        calendar=calendar(*month, catalogue.in_month(*month), wording) if month else None,
        on_this_day=_this_day(day.month, day.day, context) if day and others else "",
        other_years=context.teasers(others),
        topics=_topics(context),
        corrections=_corrections(context),
    )


def _other_years(month: int, day: int, year: int, *, context: RenderContext) -> tuple[Card, ...]:
    return tuple(
        card
        for count in context.years
        if count.year != year
        for card in context.catalogue.in_day(count.year, month, day)
    )[:5]


def _this_day(month: int, day: int, context: RenderContext) -> str:
    wording = context.wording
    name = wording.digits(f"{day} {wording.month(month)}")
    return wording.text("on_this_day_text", day=name)


def _topics(context: RenderContext) -> tuple[Link, ...]:
    """Return the largest topics; those of equal size by name, the catalogue's order."""
    topics = context.catalogue.authorities("topics")
    sizes = [(topic, context.size("topics", topic.key)) for topic in topics]
    largest = sorted(sizes, key=lambda item: -item[1])[:TOPICS]
    return tuple(
        Link(topic.name, topic.address[1:], context.wording.number(size))
        for topic, size in largest
        if size
    )


def _corrections(context: RenderContext) -> tuple[Link, ...]:
    return tuple(
        Link(
            card.title,
            card.url[1:],
            context.wording.text(max(card.corrections, key=lambda c: c.date).kind),
        )
        for card in context.catalogue.with_corrections()[:CORRECTIONS]
    )


class HomePage(SinglePage, frozen=True):
    """The front page."""

    path: ClassVar[str] = "/"

    def view(self, context: RenderContext) -> AnyView:
        """Return everything that the page shows."""
        return home_view(self.url, context)
