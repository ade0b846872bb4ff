"""The state that the steps pass on."""

from warraq.intake import outlet_directory
from warraq.intake.state import ImportState, Line, SeedPage, replace, without_lines
from warraq.model import Fact, RawDocument, Removed

PAGE = SeedPage((Line("a", 1, 1), Line("", 2, 2), Line("b", 3, 4)), kinds=("share", "", ""))


def test_lines_taken_out_are_noted_and_empty_ones_are_not() -> None:
    page = without_lines(PAGE, {0: "share", 1: "share"})
    assert page.lines == (Line("b", 3, 4),)
    assert page.kinds == ("",)
    assert page.removed == (Removed("share", "a", 1, 1),)


def test_the_first_fact_of_the_first_key_that_has_a_value_counts() -> None:
    facts = (Fact("host", "b.example", "meta"), Fact("url", "", "meta"))
    raw = RawDocument("seeds/a.txt", "a", "ab" * 32, facts=facts)
    state = ImportState(raw, outlet_directory(), PAGE)
    assert state.fact("url", "host") == ("b.example", "meta")
    assert state.fact("title") == ("", "")
    assert replace(state, head=2).head == 2
