"""Folding answers alike by the short way, which most words take, and by the long one."""

from hypothesis import given
from hypothesis import strategies as st

from warraq.base.arabic import PLAIN, bare, fold

RIGHT_TO_LEFT_MARK = "\u200f"  # with it a word is folded the long way


@given(st.from_regex(PLAIN, fullmatch=True) | st.sampled_from(["يا", "بيا", "ليبيا", "سوريا"]))
def test_a_plain_word_folds_as_with_a_mark_that_means_nothing(word: str) -> None:
    assert bare(word) == word
    assert fold(word) == fold(word + RIGHT_TO_LEFT_MARK)
