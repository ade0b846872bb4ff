"""The front page: an editor's page, led by the newest story, then the newest articles by day."""

from warraq.model import Card
from warraq.render import structured
from warraq.render.archive import by_day
from warraq.render.calendar import calendar
from warraq.render.context import Material
from warraq.render.story_teasers import ranked, spotlight
from warraq.render.views import HomeView, Link

NEWEST = 14
STORIES = 3  # beside the one that leads
TOPICS = 12
CORRECTIONS = 3


def home_view(url: str, material: Material) -> HomeView:
    """Return the view of the front page."""
    catalogue, wording = material.catalogue, material.wording
    newest = catalogue.newest(NEWEST + 8)
    stories = sorted(ranked(material), key=lambda found: found.status != "confirmed")
    story = next(iter(stories), None)
    told = {c.id for c in material.shelf("stories", story.key)} if story else set()
    standing = (card for card in newest if card.standing != "retracted")
    lead = None if story else next(standing, None)
    rest = tuple(c for c in newest if c.id not in told and c is not lead and c.date)[:NEWEST]
    day = next((c.date.day for c in newest if c.date), None)
    others = _other_years(day.month, day.day, day.year, material=material) if day else ()
    month = material.months[-1] if material.months else None
    frame = material.frame(
        url,
        material.config.name,
        current="",
        structured=structured.encoded(
            structured.website(material.config),
            structured.collection(material.config, "", material.config.name, newest[:NEWEST]),
        ),
    )
    return HomeView(
        **frame,
        story=spotlight(story, material) if story else None,
        stories=tuple(spotlight(other, material) for other in stories[1 : 1 + STORIES]),
        lead=material.listed(lead) if lead else None,
        days=by_day(rest, material),
        calendar=calendar(*month, catalogue.in_month(*month), wording) if month else None,
        on_this_day=_this_day(day.month, day.day, material) if day and others else "",
        other_years=material.list(others),
        topics=_topics(material),
        corrections=_corrections(material),
    )


def _other_years(month: int, day: int, year: int, *, material: Material) -> tuple[Card, ...]:
    return tuple(
        card
        for count in material.years
        if count.year != year
        for card in material.catalogue.in_day(count.year, month, day)
    )[:5]


def _this_day(month: int, day: int, material: Material) -> str:
    wording = material.wording
    shown = wording.digits(f"{day} {wording.month(month)}")
    return wording.text("on_this_day_text", day=shown)


def _topics(material: Material) -> tuple[Link, ...]:
    """Return the largest topics; those of one size by name, as the catalogue has them."""
    topics = material.catalogue.authorities("topics")
    sizes = [(topic, material.size("topics", topic.key)) for topic in topics]
    largest = sorted(sizes, key=lambda item: -item[1])[:TOPICS]
    return tuple(
        Link(topic.name, topic.address[1:], material.wording.number(size))
        for topic, size in largest
        if size
    )


def _corrections(material: Material) -> tuple[Link, ...]:
    return tuple(
        Link(
            card.title,
            card.url[1:],
            material.wording.text(max(card.corrections, key=lambda c: c.date).kind),
        )
        for card in material.catalogue.corrected()[:CORRECTIONS]
    )
