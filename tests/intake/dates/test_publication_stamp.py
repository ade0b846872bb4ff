from datetime import date

from tests.intake.drafts import BODY, TITLE, drafted

from warraq.model import Moment


def test_a_day_called_up_has_its_hijri_face_on_the_next_line() -> None:
    article = drafted(
        f"الأربعاء 25 مارس 2015 م -\n4 جمادى الثانية 1436 هـ\n{TITLE}\n{BODY}"
    ).article
    assert article.date is None
    assert article.title == TITLE


def test_a_day_after_who_posted_it_is_the_pages() -> None:
    draft = drafted(f"{TITLE}\nنشره admin في أحد, 01/26/2020 - 09:14\n{BODY}")
    assert draft.article.date == Moment(date(2020, 1, 26))


def test_a_day_behind_the_headline_in_the_pages_own_name_dates_it() -> None:
    title = "فتح الطريق الساحلي من جديد بعد انتهاء أعمال الصيانة في الجسر الشمالي"
    draft = drafted(f"KUNA : {title} - مجتمع - 12/03/2019\n{title}\n{BODY}")
    assert draft.article.date == Moment(date(2019, 3, 12))


def test_the_last_of_others_headlines_each_with_its_day_dates_nothing() -> None:
    others = (
        "افتتاح معرض الخط العربي في المكتبة\n2024/03/11\nبدء موسم قطاف الزيتون في الجبل\n2024/03/12"
    )
    assert drafted(f"{others}\n{TITLE}\n{BODY}").article.date is None


def test_the_day_in_a_headline_that_is_repeated_is_no_time_stamp() -> None:
    title = "رسوم عبور الجسر من 1 كانون الثاني 2022"
    lines = (f"{title} | مرآة الشرق", title, "13/10/2025", BODY)
    info = drafted("\n".join(lines), ("title", title, "h1")).article.date_info
    assert (info.status, info.edtf) == ("exact", "2025-10-13")


def test_a_time_stamp_with_the_day_of_the_headline_is_one() -> None:
    title = "أسعار الذهب في دمشق الأحد 12 تشرين الأول 2025"
    article = drafted(f"{title}\n12 تشرين الأول 2025\n{BODY}", ("title", title, "h1")).article
    assert (article.date_info.status, article.date_info.edtf) == ("exact", "2025-10-12")
    assert article.body.startswith(BODY[:20])
