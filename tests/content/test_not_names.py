"""content/not-names.yaml: what is read, what is refused, and that a name more keeps all else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq.base.problems import WarraqError
from warraq.content.not_names import parse_not_names, with_not_name

NAMES = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=12).map(
    lambda word: f"{word} آخر"
)


@given(st.lists(NAMES, max_size=4, unique=True), NAMES)
def test_a_name_more_is_read_and_the_others_stay(known: list[str], name: str) -> None:
    text = ""
    for one in known:
        text = with_not_name(text, one)
    after = with_not_name(text, name)

    assert parse_not_names(after) == (tuple(dict.fromkeys([*known, name])), [])
    assert with_not_name(after, name) == after


@pytest.mark.parametrize(
    "before",
    [
        "# لنا\nnot_names: # قائمة\n- أ ب # لأن\n",
        "not_names: ['أ ب'] # لأن\n",
        "not_names:\n",
        "# لا\n",
    ],
)
def test_comments_stay(before: str) -> None:
    after = with_not_name(before, "ج د")

    assert parse_not_names(after)[0][-1:] == ("ج د",)
    assert [
        part for part in ("# لنا", "# لأن", "# لا") if part in before and part not in after
    ] == []


@pytest.mark.parametrize(
    "broken", ["names: [أ]", "not_names: أ", "not_names:\n- [أ]", "not_names: ["]
)
def test_what_cannot_be_read_is_said_and_kept(broken: str) -> None:
    assert parse_not_names(broken)[1]
    with pytest.raises(WarraqError):
        with_not_name(broken, "أ ب")
