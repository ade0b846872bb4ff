"""The short ways to the words of a text answer as `tokens` does."""

from hypothesis import given
from hypothesis import strategies as st

from warraq.search.analysis import STOP_WORDS, lines_of, terms_of, tokens

# What names are told by, what parts words, what is folded: every case of the rules is near.
PIECES = (
    *(
        "أبو",
        "ابا",
        "وأبي",
        "أم",
        "عبد",
        "وعبد",
        "الرحمن",
        "قصرة",
        "أبوقصرة",
        "عبدالله",
        "من",
        "في",
    ),
    *("لقاءُ", "مســاء", "١٢", "Σ", "İ", "x", "ء", "\u064b", "\u0640", "\u200f", "ﷲ"),
    *("2", "400", "000", "1,200", "٢٬٤٠٠", "\u00a0", "\u2009", "\x1c", "ك" * 65),
    *(" ", " ", " ", "\n", "، ", "-", ".", "«", "؟", "(", '"', "سوريا", "بيا", "سعبد"),
)
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=24).map("".join)


@given(texts)
def test_terms_and_lines_are_those_of_the_tokens(text: str) -> None:
    found = tokens(text)

    assert terms_of(text) == [token.term for token in found]
    assert lines_of(text) == [
        ""
        if token.term in STOP_WORDS
        else token.term
        if token.surface in {token.term, ""}
        else f"{token.term}\t{token.surface}"
        for token in found
    ]
