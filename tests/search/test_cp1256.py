"""Text is read as it was encoded."""

from hypothesis import given
from hypothesis import strategies as st

from warraq.search.cp1256 import encoded, text_of


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_text_is_one_byte_a_letter_or_an_escape_and_comes_back(text: str) -> None:
    assert text_of(encoded(text)) == text


@given(st.text(st.characters() | st.sampled_from("وزير\\١٢ک🙂\ud800\udc00")))
def test_a_letter_is_encoded_as_if_alone(text: str) -> None:
    assert encoded(text) == b"".join(map(encoded, text))


def test_what_the_code_page_lacks_is_escaped() -> None:
    assert encoded("و١\\🙂\ud800") == b"\xe6\\u0661\\u005c\\ud83d\\ude42\\ud800"
