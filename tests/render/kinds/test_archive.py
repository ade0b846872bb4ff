import msgspec
from tests.render import samples

from warraq.model import Article, DateInfo
from warraq.render.kinds.archive import DayPage, by_day, month_view, undated_view, year_view
from warraq.render.site_pages import plan
from warraq.render.views import ListView


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


def test_a_large_month_has_a_page_for_each_day() -> None:
    context = samples.busy(500, per_day=20)
    month = month_view("/archive/2019/01/", 2019, 1, context=context)
    days = [page for page in plan(context) if isinstance(page, DayPage)]
    first = days[0].view(context)

    assert month.days == ()
    assert [bar.path for bar in month.parts] == [page.url[1:] for page in days]
    assert days[0].url == "/archive/2019/01/01/"
    assert isinstance(first, ListView)
    assert len(first.groups[0].articles) == 20
    assert month.calendar.weeks[0][3].path == "archive/2019/01/01/"


def test_undated_articles_stand_by_title_under_letters_where_they_are_many() -> None:
    titles = ["العودة", "أمطار", *(f"سوق {at}" for at in range(60))]
    entries = {f"u{at:07}": samples.entry(Article(f"u{at:07}", title, body="نص"))
               for at, title in enumerate(titles)}  # fmt: skip
    view = undated_view("/archive/undated/", samples.context(entries=entries))

    assert [(g.heading, len(g.articles)) for g in view.groups] == [("أ", 1), ("س", 60), ("ع", 1)]
    assert [card.title for card in view.groups[1].articles][8:11] == ["سوق 8", "سوق 9", "سوق 10"]
