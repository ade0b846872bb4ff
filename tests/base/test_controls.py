import re
import sys

from hypothesis import given
from hypothesis import strategies as st

from warraq.base.controls import CONTROLS, controls_in, has_controls, without_controls

TEXTS = st.text(st.sampled_from("أب \t\n\x00\x0b\x85\x9f\u200c\u200f\u202e\u2066"))


@given(TEXTS)
def test_what_is_dropped_is_what_is_found(text: str) -> None:
    clean = without_controls(text)

    assert not has_controls(clean)
    assert has_controls(text) == bool(list(controls_in(text)))
    assert without_controls(clean) == clean


def test_every_control_is_found_alone_and_beside_what_cannot_be_printed() -> None:
    every = [chr(code) for code in range(sys.maxunicode + 1)]
    meant = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]"

    assert [c for c in every if without_controls(c) != c] == re.findall(meant, "".join(every))
    assert [c for c in every if has_controls(c)] == re.findall(CONTROLS, "".join(every))
    assert [c for c in every if has_controls(f"أ\n{c}\t")] == re.findall(CONTROLS, "".join(every))


def test_joiners_and_direction_marks_stay() -> None:
    text = "می\N{ZERO WIDTH NON-JOINER}رود\N{RIGHT-TO-LEFT MARK}\tأ\n"

    assert without_controls(text) == text


def test_each_line_names_its_controls_once() -> None:
    assert list(controls_in("أ\n\x00ب\x00\u202e")) == [(2, "U+0000 U+202E")]
