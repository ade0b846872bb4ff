import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq.seeds.exports.jsontext import MOST, TooDeep, parsed


@given(st.recursive(st.text() | st.booleans() | st.none(), st.lists, max_leaves=9))
def test_what_is_whole_is_read_as_it_is(value: object) -> None:
    assert parsed(json.dumps(value)) == value
    assert parsed(json.dumps(value, ensure_ascii=False)) == value


@given(st.text(st.characters(categories=["Cs", "L"])))
def test_half_letters_never_come_through(value: str) -> None:
    found = parsed(json.dumps({"a": [value], value: 1}))
    json.dumps(found, ensure_ascii=False).encode("utf-8")


@pytest.mark.parametrize("depth", [MOST + 1, 900, 200_000])
def test_what_is_too_deep_is_refused_at_any_depth(depth: int) -> None:
    for text in ("[" * depth + "]" * depth, '{"a":' * depth + "1" + "}" * depth):
        with pytest.raises(TooDeep):
            parsed(text)


def test_as_deep_as_records_are_is_read() -> None:
    assert parsed("[" * MOST + "]" * MOST)
