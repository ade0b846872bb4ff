"""Whoosh's postings agree with the analysis."""

from hypothesis import given
from hypothesis import strategies as st
from tests.search.test_analysis import texts

from warraq.search.editors.schema import BETWEEN, placed_terms, positions_in


@given(st.lists(texts, max_size=4).map(BETWEEN.join))
def test_a_field_is_indexed_at_the_positions_that_a_phrase_asks_for(value: str) -> None:
    expected: dict[str, list[int]] = {}
    for place in placed_terms(value):
        expected.setdefault(place.term, []).append(place.position)

    assert positions_in(value) == expected
