"""Dates that editors type as readers do."""

import pytest
from tests.search.editors.conftest import Find, ids

from warraq.search.editors.queries import MAX_LENGTH
from warraq.search.editors.typed_dates import dated


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("زيارة تشرين الأول 2025", ["visit01"]),
        ("تشرين الأول/أكتوبر ٢٠٢٥", ["visit01", "visit02"]),
        ("12/10/2025", ["visit01"]),
        ('date:"12/10/2025"', ["visit01"]),
        ("تاريخ:أكتوبر", []),
        ("وزير 2024", ["match01"]),
        ("وزير NOT 2024", ["visit01"]),
        ("2024-2025", ["match01", "visit01", "visit02"]),
        ("من:2025-03", ["visit01", "visit02"]),
        ("من:2024 إلى:2024-06", ["match01"]),
        ("إلى:2024 وزير", ["match01"]),
        ("أكتوبر", ["visit01", "visit02"]),
        ("٥ كانون الثاني", ["match01"]),
        ("date:--10-12", ["visit01"]),
        ("شتاء 2024", ["match01"]),
        ("الأسبوع الجاري", ["visit01"]),
        ("العام الماضي", ["match01"]),
        ("جمادى الآخرة 1445", ["match01"]),
        ("status:draft outlet:nahar-halab title:مباراة 2024", ["match01"]),
        ("وزير date:[2024 to 2024-12]", ["match01"]),
        ("قانون 2024", ["undated1"]),
    ],
)
def test_what_a_typed_date_finds(find: Find, query: str, found: list[str]) -> None:
    assert ids(find(query)) == found


def test_a_date_that_leaves_nothing_is_read_as_words_and_said(find: Find) -> None:
    answer = find("قانون أيار 1999")

    assert ids(answer) == ["undated1"]
    assert [note.code for note in answer.notes] == ["query-date-empty"]


@pytest.mark.parametrize("piece", ['"', "ا", "a:", "2024 ", " -أ", "«"])
def test_what_is_longer_than_a_query_is_left_to_be_cut(piece: str) -> None:
    """Dates are told by patterns whose time grows with the square of a text."""
    text = ("قمح أيار 2024 " + piece * 20_000)[: 20 * MAX_LENGTH]
    assert dated(text, None) == (text, ())
