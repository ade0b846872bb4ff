"""Days in fields, meta tags and addresses."""

from datetime import date

import pytest

from warraq.intake.dates.field_dates import (
    ambiguous_days,
    day_in_address,
    day_month_swapped,
    exact_moment,
)


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2025-02-03T16:20:00+02:00", "2025-02-03T16:20:00+02:00"),
        ("2025-02-03T16:20:00Z", "2025-02-03T16:20:00+00:00"),
        ("2025-02-03 16:20", "2025-02-03"),
        ("2025-02-03", "2025-02-03"),
        ("الأحد 12 أكتوبر 2025", "2025-10-12"),
    ],
)
def test_a_stated_moment_keeps_its_hour_only_with_a_zone(value: str, iso: str) -> None:
    found = exact_moment(value)
    assert found is not None
    assert found.iso == iso


@pytest.mark.parametrize(
    "value", ["", "أمس", "2025", "10/2025", "الثلاثاء 10 يناير 2024", "x" * 500]
)
def test_what_states_no_day_gives_none(value: str) -> None:
    assert exact_moment(value) is None


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("https://paper.example/2013/8/3/clashes", date(2013, 8, 3)),
        ("https://paper.example/20130803-clashes", date(2013, 8, 3)),
        ("https://paper.example/?cdate=03082013", date(2013, 8, 3)),
        ("https://paper.example/2013/13/45/", None),
        ("https://paper.example/2013/", None),
    ],
)
def test_an_address_has_the_day_that_sites_put_there(address: str, day: date | None) -> None:
    assert day_in_address(address) == day


def test_three_numbers_may_mean_two_days() -> None:
    assert ambiguous_days("3/5/2019 10:00") == (date(2019, 3, 5), date(2019, 5, 3))
    assert ambiguous_days("13/5/2019") == ()
    assert ambiguous_days("5/5/2019") == ()


def test_a_day_without_its_mirror_has_none() -> None:
    assert day_month_swapped(date(2025, 10, 12)) == date(2025, 12, 10)
    assert day_month_swapped(date(2025, 10, 13)) is None
