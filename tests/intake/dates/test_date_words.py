"""The tables of date words: every month under its names, each name once."""

import pytest

from warraq.intake.dates import date_words as tables
from warraq.intake.text.folding import fold


@pytest.mark.parametrize("table", [tables.MONTHS, tables.HIJRI_MONTHS])
def test_every_month_has_a_name(table: dict[str, int]) -> None:
    assert set(table.values()) == set(range(1, 13))


def test_every_day_of_a_month_has_an_ordinal() -> None:
    assert set(tables.ORDINALS.values()) == set(range(1, 32))


@pytest.mark.parametrize("name", ["MONTHS", "HIJRI_MONTHS", "ORDINALS", "DIRECTIONS", "ZONES"])
def test_keys_are_folded(name: str) -> None:
    table = getattr(tables, name)
    assert [key for key in table if key != fold(key)] == []
