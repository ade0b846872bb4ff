"""Stories as lists show them: on the front page and on the index of stories."""

import re

from markupsafe import Markup

from warraq.model import Story
from warraq.render.context import RenderContext
from warraq.render.views import StoryTeaser
from warraq.render.wording import shortened

# Not prose: footnote marks, the footnotes, the addresses of players.
_NOT_PROSE = re.compile(
    r'<sup id="fnref.*?</sup>|<a class="embed-.*?</a>|<div class="footnote">.*', re.DOTALL
)
SUMMARY = 300  # code points of a story's text where nobody wrote a description


def ranked(context: RenderContext) -> tuple[Story, ...]:
    """Return the visible stories by their newest report, latest first, the undated last."""
    stories = sorted(context.stories(), key=lambda story: story.key)
    return tuple(sorted(stories, key=lambda story: _newest(story, context), reverse=True))


def story_teaser(story: Story, context: RenderContext) -> StoryTeaser:
    """Return a story with its reports, oldest first."""
    cards, wording = context.reports(story.key), context.wording
    when = story.event_date or next((c.date.day.isoformat() for c in cards if c.date), "")
    return StoryTeaser(
        name=story.name,
        path=story.address[1:],
        summary=summary_of(story, context),
        when=wording.edtf(when) if when else "",
        count=wording.count("count_reports", len(cards)),
        reports=context.teasers(cards),
        proposed=story.status == "proposed",
    )


def summary_of(story: Story, context: RenderContext) -> str:
    """Return an editor's summary of a story: its description, or how its text begins."""
    if story.description:
        return story.description
    body = _NOT_PROSE.sub("", context.body_of(story))
    text = Markup(body).striptags()  # noqa: S704 - read, never shown as HTML
    return shortened(text, SUMMARY)


def _newest(story: Story, context: RenderContext) -> tuple[str, bool]:
    cards = context.shelf("stories", story.key)
    newest = max((card.date.iso for card in cards if card.date), default="")
    return newest, story.status == "confirmed"
