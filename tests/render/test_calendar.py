import msgspec
from tests.render import samples

from warraq.render.calendar import calendar
from warraq.render.kinds.shelf import shelf_view
from warraq.render.views import Bar


def test_a_calendar_begins_its_weeks_as_the_site_says() -> None:
    cards = samples.catalogue().in_month(2025, 10)
    saturday = calendar(2025, 10, cards, samples.theme().wording)
    config = msgspec.structs.replace(samples.CONFIG, week_start="monday")
    monday = calendar(2025, 10, cards, samples.theme(config).wording)

    assert saturday.heads[0] == ("س", "السبت")
    assert monday.heads[0] == ("ن", "الاثنين")
    assert [day.number for day in saturday.weeks[0]] == ["", "", "", "", "1", "2", "3"]
    assert all(len(week) == 7 for week in (*saturday.weeks, *monday.weeks))
    assert sum(bool(day.number) for week in monday.weeks for day in week) == 31


def test_a_day_with_articles_is_a_link_that_says_how_many() -> None:
    found = calendar(2025, 10, samples.catalogue().in_month(2025, 10), samples.theme().wording)
    day = next(day for week in found.weeks for day in week if day.number == "12")

    assert day.path == "archive/2025/10/#d12"
    assert day.label == "الأحد 12 تشرين الأول/أكتوبر 2025: مادتان"
    assert day.heat == 4


def test_the_last_month_there_is_has_a_calendar() -> None:
    assert len(calendar(9999, 12, (), samples.theme().wording).weeks) > 3


def test_bars_are_measured_by_the_longest() -> None:
    view = shelf_view("/topics/ports/", "topics", "ports", context=samples.busy(400))

    assert view.over_time == (
        Bar("2019", "archive/2019/", "365 مادة", 10),
        Bar("2020", "archive/2020/", "35 مادة", 1),
    )
