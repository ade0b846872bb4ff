from collections.abc import Callable

import pytest

from warraq.base.marked_yaml import Node, compose, pairs
from warraq.base.values import Reader, UnfitError, choice, flag, language, many, shown, text


def node(value: str) -> Node:
    root = compose(f"key: {value}", "site.yaml")
    assert root is not None
    return next(value for _, _, value in pairs(root))


def complaint(read: Reader, value: str) -> tuple[str, str]:
    with pytest.raises(UnfitError) as caught:
        read(node(value))
    return caught.value.want, caught.value.code


def test_text_is_one_line_without_controls() -> None:
    assert text(node('"  أ \\u202e ب\\n ج"')) == "أ ب ج"


@pytest.mark.parametrize(("value", "expected"), [("true", True), ("false", False)])
def test_a_flag_is_true_or_false(value: str, *, expected: bool) -> None:
    assert flag(node(value)) is expected


@pytest.mark.parametrize("value", ["ar", "en-GB", "zh-Hans-CN"])
def test_a_language_is_a_tag(value: str) -> None:
    assert language(node(value)) == value


@pytest.mark.parametrize(
    ("read", "value", "want"),
    [
        (text, "[a]", "want-text"),
        (flag, "yes", "true | false"),
        (choice("live", "removed"), "Live", "live | removed"),
        (choice("live", "removed"), "{live: removed}", "live | removed"),
        (language, "Arabic", "ar | en | …"),
        (language, "[ar]", "ar | en | …"),
    ],
)
def test_a_complaint_says_what_would_fit(
    read: Callable[[Node], object], value: str, want: str
) -> None:
    assert complaint(read, value) == (want, "")


def test_one_bare_value_is_a_list_of_one_and_empty_ones_are_left_out() -> None:
    names = many(text)

    assert names(node("دمشق")) == ("دمشق",)
    assert names(node("[دمشق, '', حلب]")) == ("دمشق", "حلب")
    assert names(node("''")) == ()


def test_a_complaint_names_the_node_within_a_list() -> None:
    listed = node("[true, maybe]")

    with pytest.raises(UnfitError) as caught:
        many(flag)(listed)

    assert caught.value.node is listed.value[1]


def test_a_message_quotes_the_beginning_of_a_long_value_and_no_structure() -> None:
    assert shown(node("x" * 100)) == "x" * 60
    assert shown(node("{a: b}")) == "…"
