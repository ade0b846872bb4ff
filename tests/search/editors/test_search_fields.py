"""The table of fields."""

import pytest
from tests.search.editors.conftest import Find, Shelf, document

from warraq.search.editors.search_fields import FIELDS, TEXT_FIELDS, WEIGHTS, SearchField


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_every_field_is_asked_by_both_its_names(
    find: Find, shelf: Shelf, field: SearchField
) -> None:
    value = {"day": "2031-02-03", "text": "زبرجد", "value": "زبرجد"}.get(field.kind, "")
    value = "2031" if field.name == "year" else value
    shelf.put(document("field01", **{field.name: value} if value else {}))
    asked = value or "content/field01.md"

    for name in (field.name, field.arabic_name):
        assert len(find(f"{name}:{asked}").hits) == 1
    is_found_alone = field.kind == "text" or field.name == "date"
    assert len(find(asked).hits) == is_found_alone


def test_every_text_field_counts_where_no_field_is_named() -> None:
    assert list(WEIGHTS) == list(TEXT_FIELDS)
