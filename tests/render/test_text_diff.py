from hypothesis import given
from hypothesis import strategies as st

from warraq.render.text_diff import words


@given(st.text(alphabet="اب ج\n", max_size=40), st.text(alphabet="اب ج\n", max_size=40))
def test_the_pieces_of_a_difference_give_both_texts_back(before: str, after: str) -> None:
    pieces = words(before, after)
    new = "".join(p.text for p in pieces if p.change != "delete")
    old = "".join(p.text for p in pieces if p.change != "insert")

    assert new.split() == after.split()
    assert old.split() == before.split()
