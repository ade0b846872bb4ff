"""Lines that give a day and little else, and the day of publication they come to."""

import pytest

from warraq.intake.dates.time_stamps import from_stamps, is_visit_date, says_more, stamps


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("نُشر في: 3 مايو 2024", "published"),  # published on
        ("آخر تحديث: 3 مايو 2024", "updated"),  # last update
        ("نشره admin في 3 مايو 2024", "published"),  # posted by admin on
        ("نشرة الأخبار 3 مايو 2024", ""),  # the news bulletin: a noun
        ("قوارب أمام الرصيف القديم، 3 مايو 2024", "event"),  # boats at the old quay
        ("3 مايو 2024", ""),
    ],
)
def test_the_words_before_a_day_give_it_a_role(line: str, role: str) -> None:
    assert [stamp.role for stamp in stamps(line)] == [role]


def test_a_sentence_with_a_day_is_no_time_stamp() -> None:
    # The delegation arrived on 6 May 2024, met officials in the city, and left.
    assert (
        stamps("وصل الوفد في 6 مايو 2024 إلى المدينة والتقى عدداً من المسؤولين فيها ثم غادر") == ()
    )


def test_a_place_next_to_a_day_says_nothing_more() -> None:
    assert not says_more(stamps("دمشق 12/10/2025"))
    assert says_more(stamps("أسعار الذهب اليوم 12/10/2025"))  # gold prices today


def test_a_bare_weekday_and_date_is_the_visits_unless_the_text_calls_it_today() -> None:
    (stamp,) = stamps("الأحد 12 أكتوبر 2025")
    assert is_visit_date(stamp, ["وصل الوفد إلى المدينة"])
    assert not is_visit_date(stamp, ["وصل الوفد اليوم الأحد"])  # arrived today, Sunday


def test_two_stamps_that_differ_are_a_contradiction() -> None:
    found = [*stamps("نُشر في: 3 مايو 2024"), *stamps("تاريخ النشر: 5 مايو 2024")]
    when, info = from_stamps(found, "head")
    assert when is None
    assert (info.status, info.candidates) == ("conflicting", ("2024-05-03", "2024-05-05"))


def test_an_update_is_no_publication() -> None:
    when, info = from_stamps(stamps("آخر تحديث: 5 مايو 2024"), "head")
    assert (when, info.status) == (None, "unknown")
