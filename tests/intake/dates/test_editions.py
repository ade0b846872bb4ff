"""Lines of the head that tell a month, a season, an issue or an hour."""

import pytest

from warraq.intake import draft_of, outlet_directory
from warraq.intake.dates.editions import edition
from warraq.model import Article, RawDocument

TITLE = "مكتبة الحارة تعود إلى قرائها"
BODY = (
    "عادت مكتبة الحارة إلى قرائها بعد أن أصلح المتطوعون سقفها ورفوفها وجلدوا ما بلي من كتبها.\n\n"
    "وقالت أمينتها إن الإعارة مجانية لمن يسكن الحي، وإن الأطفال يقرؤون في الفناء.\n\n"
    "وتفتح المكتبة أبوابها كل يوم من العصر إلى العشاء."
)


def article(*head: str, zone: str = "Asia/Damascus") -> Article:
    raw = RawDocument("seeds/a.txt", "\n".join((*head, "", BODY)), "a" * 64, "text")
    return draft_of(raw, outlet_directory(time_zone=zone)).article


@pytest.mark.parametrize(
    ("line", "edtf"),
    [
        ("تشرين الأول 2019", "2019-10"),
        ("كانون الأول/ديسمبر 2006", "2006-12"),
        ("كانون الثاني (يناير) 2007", "2007-01"),
        ("أيار - حزيران 2010", "2010-05/2010-06"),
        ("أيار/مايو – حزيران/يونيو 2010", "2010-05/2010-06"),
        ("كانون الأول (ديسمبر) - كانون الثاني (يناير) 2015", "2014-12/2015-01"),
        ("آذار/نيسان 2010", "2010-03/2010-04"),
        ("العدد 9، تموز/يوليو - آب/أغسطس 2011", "2011-07/2011-08"),
        ("كانون الأول 2014 – كانون الثاني 2015", "2014-12/2015-01"),
        ("صيف 2012", "2012-22"),
        ("شتاء 2014/2015", "2014-24"),
        ("العدد 45 – أيار 2010", "2010-05"),
        ("السنة الثالثة – العدد السابع – شباط/فبراير 2001", "2001-02"),
        ("العدد 12 - حزيران ١٩٩٨", "1998-06"),
        ("رمضان 1440هـ", "2019-05/2019-06"),
        ("شعبان 1431 – تموز 2010", "2010-07"),
        ("الربع الأول 2015", "2015-33"),
        ("تاريخ النشر: آذار 2011", "2011-03"),
        ("مجلة السنابل | عدد أيلول 1996", "1996-09"),
        ("مجلة السنابل، أيلول 1996", "1996-09"),
        ("أواخر أيلول 1996", "1996-09"),
    ],
)
def test_what_a_line_tells_is_kept_where_no_day_is(line: str, edtf: str) -> None:
    for head in ((TITLE, line), (line, TITLE), (TITLE, "بقلم: هدى سالم", line)):
        found = article(*head)
        told = found.date_info
        assert (found.title, found.date) == (TITLE, None), head
        assert (told.status, told.basis, told.edtf) == ("exact", "head", edtf), head
        assert found.body == BODY


@pytest.mark.parametrize(
    "line",
    [
        "كان أيار 2010 شهرا قاسيا على المزارعين",
        "أزمة المياه في صيف 2012",
        "ربيع 2011: ذاكرة مدينة",
        "احتجاجات تشرين الأول 2019",
        "حرب تموز 2006",
        "أسعار الخضار في حزيران 2019",
        "مهرجان صيف 2012",
        "العدد 45",
        "3 أيار 2010",
        "موازنة 2019",
        "إحصاء رمضان 1440 للأسعار",
        "الربع الأول 2015 يشهد تراجعا",
        "نتائج 05/2019",
        "مجلة السنابل تتوقف: أيلول 1996 آخر الأعداد",
        "صحيفة البلد في أيلول 1996",
        "أواخر أيلول 1996 في ذاكرة الفلاحين",
    ],
)
def test_a_line_that_speaks_of_a_month_is_not_one(line: str) -> None:
    assert edition(line) == ""


@pytest.mark.parametrize(
    ("lines", "date"),
    [
        (("3 أيار 2019", "الساعة 14:20"), "2019-05-03T14:20:00+03:00"),
        (("٣ أيار ٢٠١٩", "٠٩:٣٠"), "2019-05-03T09:30:00+03:00"),
        (("الجمعة 3 أيار 2019 | 2:30 مساءً",), "2019-05-03T14:30:00+03:00"),
        (("نشر في 3/5/2019 الساعة 9:05 صباحاً",), "2019-05-03T09:05:00+03:00"),
        (("3 كانون الثاني 2019 - 10:00",), "2019-01-03T10:00:00+02:00"),
        (("3 أيار 2019 10:20 GMT",), "2019-05-03T10:20:00+00:00"),
        (("3 أيار 2019",), "2019-05-03"),
    ],
)
def test_the_hour_is_one_of_the_sites_clocks(lines: tuple[str, ...], date: str) -> None:
    found = article(TITLE, *lines)
    assert found.date
    assert found.date.iso == date
    assert found.body == BODY


def test_without_a_zone_no_hour_is_made_up() -> None:
    found = article(TITLE, "3 أيار 2019", "الساعة 14:20", zone="UTC")
    assert found.date
    assert found.date.iso == "2019-05-03"


@pytest.mark.parametrize("line", ["صيف 2012", "تشرين الأول 2019", "حزيران 1967"])
def test_a_month_that_is_all_there_is_above_a_text_is_what_it_is_called(line: str) -> None:
    found = article(line)
    assert (found.title, found.title_status) == (line, "outlet")
    assert (found.date, found.date_info.status, found.date_info.edtf) == (None, "unknown", "")
    assert found.date_info.candidates == (edition(line),)
    assert line not in found.body


@pytest.mark.parametrize("head", [("العدد 12، صيف 2012",), ("مجلة السنابل", "صيف 2012")])
def test_beside_an_issue_or_its_paper_it_is_the_date(head: tuple[str, ...]) -> None:
    assert article(*head).date_info.edtf == "2012-22"
