"""The order of document ids."""

from warraq.search.doc_ids import day_number


def test_days_are_in_order_with_the_unknown_first() -> None:
    days = ["", "2019", "2024-12-31", "2025", "2025-10", "2025-10-01", "2025-10-12", "2025-11"]
    assert sorted(days, key=day_number) == days
