"""What is written in a cell is read back as it was, and a date only as what it is."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq.editing.table_cells import (
    days_in,
    guarded,
    joined,
    mark,
    marks_in,
    parted,
    plain,
    stamp,
    unguarded,
)

ITEMS = st.text(st.sampled_from("اب|\\ 1,;'\"=")).map(str.strip).filter(bool)


@given(st.lists(ITEMS))
def test_a_list_is_read_back(items: list[str]) -> None:
    assert parted(joined(items)) == tuple(items)


@given(st.text())
def test_what_is_guarded_is_read_back_and_cannot_be_run(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert guarded(text)[:1] not in {*"=+-@\t\r\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"}


@pytest.mark.parametrize(
    "text",
    [
        "=HYPERLINK(1)", "+1", "-1", "@a", "00123", "1980512345678901", "12e45678", "1.5", "50%",
        "2025-10", "1/2", "12:30", "Oct-25", "3 march", "March 12, 2020", "12 آذار 2020", "TRUE",
        "false", "٢٠٢٥", "'نص", "(12)",
    ],
)  # fmt: skip
def test_what_a_spreadsheet_would_run_or_rewrite_is_guarded(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "خبر", "19805c34f5b7eaf3", "30 قتيلًا", "مارسيليا", "a=b"])
def test_what_it_would_leave_is_not(text: str) -> None:
    assert guarded(text) == text


def test_a_date_is_left_for_it_to_rewrite() -> None:
    assert guarded("2025-10-12", is_date=True) == "2025-10-12"
    assert guarded("=1", is_date=True) == "'=1"


def test_a_long_number_takes_no_time() -> None:
    assert guarded("1" * 200_000 + "ا") == "1" * 200_000 + "ا"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2025-10-12", {"2025-10-12"}),
        ("2025/10/12", {"2025-10-12"}),
        ("2025-10-12 00:00:00", {"2025-10-12"}),
        ("12/10/2025", {"2025-10-12", "2025-12-10"}),
        ("25/12/2025", {"2025-12-25"}),
        ("12.10.2025", {"2025-10-12", "2025-12-10"}),
        ("\N{RIGHT-TO-LEFT MARK}12\N{RIGHT-TO-LEFT MARK}/10\N{RIGHT-TO-LEFT MARK}/2025",
         {"2025-10-12", "2025-12-10"}),
        ("١٢/١٠/٢٠٢٥", {"2025-10-12", "2025-12-10"}),
        ("25/12/95", {"1995-12-25", "2095-12-25"}),
        ("45942", {"2025-10-12", "2029-10-13"}),
        ("31/31/2025", set()),
        ("12/10-2025", set()),
        ("9999999", set()),
        ("أمس", set()),
    ],
)  # fmt: skip
def test_all_days_that_a_date_may_be(text: str, days: set[str]) -> None:
    assert set(days_in(text).values()) == days


def test_a_stamp_tells_its_marks() -> None:
    ident, marks = marks_in(stamp("a1b2c3", {"title": "عنوان", "date": ""}))

    assert (ident, marks["title"], marks["date"]) == (
        "a1b2c3",
        mark("title", "عنوان"),
        mark("date", ""),
    )
    assert marks_in("") == ("", {})


@given(st.text())
def test_a_plain_text_can_be_written_anywhere(text: str) -> None:
    found = plain(text)

    assert plain(found) == found
    assert not re.search("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]", found)
