import pytest

from warraq.base.problems import WarraqError
from warraq.content.stories_state import StoriesState, decode, encode


def test_the_state_comes_back_from_lines_in_order() -> None:
    state = StoriesState({"b": "aaaaaa bbbbbb", "a": ""}, {"b": "0f"}, ("aaaaaa cccccc",))

    assert decode(encode(state)) == state
    assert encode(state).decode().splitlines()[1:5] == [
        ' "refused": [', '  "aaaaaa cccccc"', " ],", ' "seen": {',
    ]  # fmt: skip


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff", b'{"refused": ["aaaaaa"]}'])
def test_what_is_no_state_is_refused(content: bytes) -> None:
    with pytest.raises(WarraqError) as caught:
        decode(content)

    assert [p.code for p in caught.value.problems] == ["ledger-broken"]
