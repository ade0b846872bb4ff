"""Text is read as it was encoded."""

from hypothesis import given
from hypothesis import strategies as st

from warraq.search.cp1256 import encoded, text_of


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_text_is_one_byte_a_letter_or_an_escape_and_comes_back(text: str) -> None:
    assert text_of(encoded(text)) == text
