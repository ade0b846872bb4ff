"""The passage of a text that is shown."""

from hypothesis import given
from hypothesis import strategies as st

from warraq.search.editors.excerpt import WORDS, excerpt


@given(st.text(st.sampled_from("أب تر\nكيا،.١*"), max_size=300), st.sets(st.text(max_size=4)))
def test_the_marks_of_an_excerpt_lie_in_it_and_apart(text: str, wanted: set[str]) -> None:
    shown, marks = excerpt(text, {*wanted, "اب"})

    edges = [edge for mark in marks for edge in mark]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(shown) for edge in edges)
    assert "\n" not in shown


def test_an_excerpt_shows_the_part_with_most_of_the_words() -> None:
    text = "أنقرة " + "كلام " * 100 + "لقاء أنقرة الكبير " + "كلام " * 100

    shown, marks = excerpt(text, {"انقره", "لقاء"})

    assert [shown[start:end] for start, end in marks] == ["لقاء", "أنقرة"]
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown.split()) == WORDS + 2
