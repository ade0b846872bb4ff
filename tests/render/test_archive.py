from datetime import date, timedelta

import msgspec
from tests.render import samples

from warraq.model import Article, Credit, DateInfo, Entry, Moment, Person, Story
from warraq.render.calendar import calendar
from warraq.render.context import RenderContext
from warraq.render.kinds.archive import DayPage, by_day, month_view, undated_view, year_view
from warraq.render.kinds.home import home_view
from warraq.render.kinds.shelf import ShelfPart, kind_view, shelf_part_view, shelf_parts, shelf_view
from warraq.render.pages import plan
from warraq.render.views import Bar, ListView


def busy(number: int, *, per_day: int = 1) -> RenderContext:
    """Return an archive of `number` articles of one outlet and topic, one day after another."""
    entries: dict[str, Entry] = {}
    for at in range(number):
        found = Article(
            f"d{at:07}",
            f"خبر {at}",
            body="نص",
            date=Moment(date(2019, 1, 1) + timedelta(days=at // per_day)),
            date_info=DateInfo("exact"),
            source=Credit("مرصد الساحل", "marsad"),
            topics=("ports",),
        )
        entries[found.id] = samples.entry(found)
    return samples.context(entries=entries)


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


def test_months_turn_to_the_next_that_holds_articles() -> None:
    view = month_view("/archive/2025/09/", 2025, 9, context=samples.context())

    assert view.previous is not None
    assert view.previous.path == "archive/2024/10/"
    assert view.next is not None
    assert view.next.path == "archive/2025/10/"
    assert [card.title for card in view.loose] == ["سوق السمك بين الأمس واليوم"]


def test_a_year_keeps_what_only_its_year_is_known_of() -> None:
    vague = Article("e00001", "خبر السنة", date_info=DateInfo("inferred", edtf="2025-00"))
    entry = samples.entry(vague)
    found = msgspec.structs.replace(entry, card=msgspec.structs.replace(entry.card, month=0))
    view = year_view("/archive/2025/", 2025, samples.context(entries={"e00001": found}))

    assert [card.title for card in view.loose] == ["خبر السنة"]
    assert view.months == ()


def test_days_are_groups_in_order() -> None:
    groups = by_day(samples.catalogue().in_month(2025, 10), samples.context())

    assert [g.iso for g in groups] == ["2025-10-15", "2025-10-13", "2025-10-12", "2025-10-09"]


def test_a_short_shelf_is_one_page_and_a_long_one_has_its_years() -> None:
    short, long = busy(100), busy(500)
    whole = shelf_view("/topics/ports/", "topics", "ports", context=short)
    newest = shelf_view("/topics/ports/", "topics", "ports", context=long)

    assert (len(whole.articles), whole.years) == (100, ())
    assert len(newest.articles) == 30
    assert [(bar.text, bar.path) for bar in newest.years] == [
        ("2020", "topics/ports/2020/"),
        ("2019", "topics/ports/2019/"),
    ]


def test_a_large_year_of_a_shelf_is_split_by_month() -> None:
    context = busy(365)
    pages = list(shelf_parts(context.catalogue.shelf_counts("topics", "ports")))
    year = shelf_part_view("/x/", "topics", "ports", year=2019, month=0, context=context)
    march = shelf_part_view("/x/", "topics", "ports", year=2019, month=3, context=context)

    assert pages == [(2019, 0), *((2019, month) for month in range(1, 13))]
    assert len(year.parts) == 12
    assert sum(len(g.articles) for g in year.groups) == 0
    assert sum(len(g.articles) for g in march.groups) == 31


def test_every_part_of_a_shelf_is_planned_and_renders() -> None:
    context = busy(365)
    found = [page for page in plan(context) if isinstance(page, ShelfPart)]

    assert len(found) == 26  # the outlet's thirteen and the topic's
    assert all(page.view(context) for page in found)


def test_a_large_month_has_a_page_for_each_day() -> None:
    context = busy(500, per_day=20)
    month = month_view("/archive/2019/01/", 2019, 1, context=context)
    days = [page for page in plan(context) if isinstance(page, DayPage)]
    first = days[0].view(context)

    assert month.days == ()
    assert [bar.path for bar in month.parts] == [page.url[1:] for page in days]
    assert days[0].url == "/archive/2019/01/01/"
    assert isinstance(first, ListView)
    assert len(first.groups[0].articles) == 20
    assert month.calendar.weeks[0][3].path == "archive/2019/01/01/"


def test_bars_are_measured_by_the_longest() -> None:
    view = shelf_view("/topics/ports/", "topics", "ports", context=busy(400))

    assert view.over_time == (
        Bar("2019", "archive/2019/", "365 مادة", 10),
        Bar("2020", "archive/2020/", "35 مادة", 1),
    )


def test_the_front_page_leads_with_the_newest_story_and_repeats_none_of_it() -> None:
    view = home_view("/", samples.context())

    assert view.story is not None
    assert view.story.name == "افتتاح رصيف الصيادين في المرسى"
    told = {report.path for report in view.story.reports}
    assert told.isdisjoint(card.path for day in view.days for card in day.articles)


def test_the_front_page_of_an_archive_without_stories_leads_with_an_article() -> None:
    view = home_view("/", busy(3))

    assert view.story is None
    assert view.lead is not None
    assert view.lead.title == "خبر 2"


def test_other_years_have_this_day() -> None:
    context = busy(367)
    view = home_view("/", context)

    assert view.on_this_day == "2 كانون الثاني/يناير في سنوات أخرى"  # of the newest, not today's
    assert [card.title for card in view.other_years] == ["خبر 1"]


def test_a_long_index_stands_under_letters() -> None:
    names = [f"شخص {at}" for at in range(1, 59)] + ["أحمد", "Zaman", "إبراهيم", "٧ إخوة"]
    people = tuple(Person(f"p{at}", name) for at, name in enumerate(names))
    view = kind_view("/people/", "people", samples.context(authorities=people))

    assert [link.text for link in view.names][:4] == ["٧ إخوة", "إبراهيم", "أحمد", "شخص 1"]
    assert [(letter.text, letter.after - letter.first) for letter in view.letters] == [
        ("أرقام", 1), ("أ", 2), ("ش", 58), ("Z", 1),
    ]  # fmt: skip
    short = kind_view("/people/", "people", samples.context(authorities=people[:60]))
    assert short.letters == ()


def test_undated_articles_stand_by_title_under_letters_where_they_are_many() -> None:
    titles = ["العودة", "أمطار", *(f"سوق {at}" for at in range(60))]
    entries = {f"u{at:07}": samples.entry(Article(f"u{at:07}", title, body="نص"))
               for at, title in enumerate(titles)}  # fmt: skip
    view = undated_view("/archive/undated/", samples.context(entries=entries))

    assert [(g.heading, len(g.articles)) for g in view.groups] == [("أ", 1), ("س", 60), ("ع", 1)]
    assert [card.title for card in view.groups[1].articles][8:11] == ["سوق 8", "سوق 9", "سوق 10"]


def test_an_empty_archive_has_every_page() -> None:
    context = samples.context(entries={}, authorities=())

    assert all(page.view(context) is not None for page in plan(context))


def test_a_proposed_story_goes_when_the_site_does_not_show_proposals() -> None:
    config = msgspec.structs.replace(samples.CONFIG, stories_show_proposed=False)
    urls = {page.url for page in plan(samples.context(config))}

    assert "/stories/delegation/" not in urls
    assert "/stories/quay/" in urls


def test_a_story_without_a_live_report_has_no_page() -> None:
    story = Story("gone", "ذهبت", articles=("e0000000000000f2",))
    urls = {p.url for p in plan(samples.context(authorities=(*samples.AUTHORITIES, story)))}

    assert "/stories/gone/" not in urls
