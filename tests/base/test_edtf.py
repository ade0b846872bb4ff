"""EDTF: which texts are such dates, what they fix, and what they say in both languages."""

from datetime import date, timedelta
from functools import cache

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.render import samples

from warraq.base.edtf import bounds, coverage, is_edtf, year_month
from warraq.render.wording import Wording

DATES = """
2025-10-12 2025-10 2025? 2025-10-12~ 2025-XX 2025-10-XX 201X 20XX XXXX 2025-21 2025-25
2025-33 2025-41 2025-10-12/.. ../2025 2025/ /2025 [2025-10-11,2025-10-12] {2025,2026} [..2025]
[2025-10-11..2025-10-13] ?2025-10-~12 2025-10~-12 Y17000 Y-17E7 1950S2 -0044 2025-1X
2025-10-12T18:00:00+03:00 2025-XX-12 XXXX-10-12 2025-10-12/2025-10-12 0000 2024-02-29
XXXX-02-29 2025-XX-31 2025-02-2X 2025%/2026~
[2025,2026..] {..2025} 2025-1X/2026 2025-10/2025-10-12 2025-10-12T18:00:00Z 2025-10-12/2026
1967-06-05 1916-05-06% 2000-02-29 192X 1958-02/1961-09 2011-03-15/ {1948,1967,1973} 1982-02-0X
2019-22~ ~2019 2019-12-31/2020-01-01 [1925-07-XX,1925-08] 2020-0X-1X {2012-07-15..2012-07-20}
""".split()
NO_DATES = """
2025-02-31 2025-13 2025-00 2025-10-12T18:00 2025-2-3 2025-10-12/2025-10-11 2025-02-30/2025-03 1X-10
2025/10 25 2025-10-32 2023-02-29 2025-10-12/unknown 2025-02-31? [2025-02-31] 2025-42 2025-21-01
2025-02-3X 2025-4X ../.. / 2025-10-12Z 12-10-2025 2025-02-29/2026 {2025-02-29} [2025,,2026] x
2025-X2-30/2025-02-30 2025-10-00 2025-06-31 ٢٠٢٥ 2025-10-12/2025-10-13/2025-10-14 [] {}
1900-02-29 2025-04-31~ 2025-XX-32 [2025-11-31,2025-12-01] 2024-02-29/2023-02-29 2025-11/2025-10
2025.10.12 12/10/2025 2025-10-12/2025-09 {2025-09-31} 2025?? 20251012 --10-12 [2025-10-12
""".split()


@pytest.mark.parametrize("text", DATES)
def test_a_date_of_the_standard_is_taken_and_has_words(text: str) -> None:
    assert is_edtf(text)
    if text[0] != "Y" and "S" not in text:  # years of geology are shown as they stand
        for lang in ("ar", "en"):
            told = words(lang).edtf(text)
            assert told
            assert not set(told) & set("X?~%[]{}")
            assert ".." not in told
            assert "-" not in told


@pytest.mark.parametrize("text", NO_DATES)
def test_a_day_that_never_was_and_other_text_is_refused(text: str) -> None:
    assert not is_edtf(text)
    assert coverage(text) == ""


@cache
def words(lang: str) -> Wording:
    config = msgspec.structs.replace(samples.CONFIG, lang=lang, months="levantine")
    return samples.theme(config).wording


@pytest.mark.parametrize(
    ("text", "arabic", "english"),
    [
        ("2025?", "2025 (غير مؤكد)", "2025 (uncertain)"),
        ("2025-10-12~", "نحو 12 تشرين الأول 2025", "about 12 October 2025"),
        ("2025-10%", "نحو تشرين الأول 2025 (غير مؤكد)", "about October 2025 (uncertain)"),
        ("2025-10-XX", "أحد أيام تشرين الأول 2025", "a day in October 2025"),
        ("2025-XX", "أحد شهور 2025", "a month in 2025"),
        ("2025-XX-12", "اليوم 12 من أحد شهور 2025", "day 12 of a month in 2025"),
        ("201X", "سنة بين 2010 و2019", "a year from 2010 to 2019"),
        ("XXXX-10-12", "12 تشرين الأول من سنة غير معروفة", "12 October of an unknown year"),
        ("2025-21", "ربيع 2025", "spring 2025"),
        ("2025-34", "الربع الثاني من 2025", "the second quarter of 2025"),
        (
            "2025-10/2025-11",
            "تشرين الأول 2025 إلى تشرين الثاني 2025",
            "October 2025 to November 2025",
        ),
        ("2025/..", "منذ 2025", "2025 onwards"),
        ("../2025", "حتى 2025", "until 2025"),
        ("2025/", "من 2025 إلى تاريخ غير معروف", "2025 to an unknown date"),
        ("[2024,2025]", "2024 أو 2025", "2024 or 2025"),
        ("[2024..2026]", "بين 2024 و2026", "between 2024 and 2026"),
        ("{2024,2026}", "2024 و2026", "2024 and 2026"),
        ("2025-10-12", "الأحد 12 تشرين الأول 2025", "Sunday 12 October 2025"),
    ],
)
def test_what_a_date_leaves_open_is_said_in_words(text: str, arabic: str, english: str) -> None:
    assert (words("ar").edtf(text), words("en").edtf(text)) == (arabic, english)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("2025-10-12~", (2025, 10)),
        ("2025-10-XX", (2025, 10)),
        ("2025-1X", (2025, 0)),
        ("2025-24", (2025, 0)),
        ("2025-10-30/2025-11-02", (2025, 0)),
        ("2025-10-11/2025-10-12", (2025, 10)),
        ("[2025-10-11,2025-12]", (2025, 0)),
        ("2024/2025", (0, 0)),
        ("2025/..", (0, 0)),
        ("202X", (0, 0)),
        ("", (0, 0)),
    ],
)
def test_a_date_is_shelved_by_what_it_fixes(text: str, known: tuple[int, int]) -> None:
    assert year_month(text) == known


DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))


@pytest.mark.slow
@given(DAYS, st.integers(0, 400))
def test_days_and_intervals_are_what_they_say(first: date, more: int) -> None:
    last = first + timedelta(days=min(more, (date.max - first).days))
    text = f"{first}/{last}"

    assert is_edtf(str(first))
    assert is_edtf(text)
    assert bounds(text) == (first, last)
    assert coverage(text) == text
    assert is_edtf(f"{last}/{first}") is (first == last)


@given(DAYS, st.sets(st.sampled_from([0, 1, 2, 3, 5, 6, 8, 9])))
def test_a_date_of_unknown_digits_holds_the_day_it_came_from(day: date, hidden: set[int]) -> None:
    text = "".join("X" if at in hidden else letter for at, letter in enumerate(day.isoformat()))

    assert is_edtf(text)
    found = bounds(text)
    assert found is None or found[0] <= day <= found[1]
    assert year_month(text) in {(day.year, day.month), (day.year, 0), (0, 0)}


@given(st.text("0123456789-X/.?~%[]{},TZ:+", max_size=24))
def test_whatever_is_written_is_a_date_or_none_without_fault(text: str) -> None:
    if is_edtf(text):
        words("ar").edtf(text)
        coverage(text)
        bounds(text)
    year_month(text)
