from tests.render import samples

from warraq.render.kinds.home import home_view


def test_the_front_page_leads_with_the_newest_story_and_repeats_none_of_it() -> None:
    view = home_view("/", samples.context())

    assert view.story is not None
    assert view.story.name == "افتتاح رصيف الصيادين في المرسى"
    told = {report.path for report in view.story.reports}
    assert told.isdisjoint(card.path for day in view.days for card in day.articles)


def test_the_front_page_of_an_archive_without_stories_leads_with_an_article() -> None:
    view = home_view("/", samples.busy(3))

    assert view.story is None
    assert view.lead is not None
    assert view.lead.title == "خبر 2"


def test_other_years_have_this_day() -> None:
    context = samples.busy(367)
    view = home_view("/", context)

    assert view.on_this_day == "2 كانون الثاني/يناير في سنوات أخرى"  # of the newest, not today's
    assert [card.title for card in view.other_years] == ["خبر 1"]
