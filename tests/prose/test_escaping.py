"""Plain text goes through import's escapes, Markdown and back, and says what it said."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from warraq.base.controls import without_controls
from warraq.base.markup import escaped, unescaped
from warraq.prose.markdown import html_of, text_of

MARKS = st.sampled_from(
    [
        *"* ** _ __ ` ``` ~~~ [ ] ( ) ]( ]: ![ [^1] [^1]: < > </ <b> <!-- --> <![CDATA[ <? <http://a.b>".split(),
        *r"<a@b.c> & &amp; &#1; &copy \ \\ \* # === | { } ! $ = كلمة a x_y 2*3 <<<<<<<".split(),
        *(" ", "  ", "-", "- ", "---", "+ ", "## ", "1. ", "١. ", "12) ", "* * *", ": ", '"', "'"),
    ]
)
LINES = st.lists(MARKS | st.text(max_size=3), min_size=1, max_size=10).map("".join)


def words(line: str) -> str:
    """Return a line as import holds it: no controls, one space between words."""
    return " ".join(without_controls(line).split())


@pytest.mark.slow
@settings(max_examples=400)
@given(st.lists(LINES, max_size=4))
@example(["[a]: http://b", "[a]", "[^1]", "[^1]: x"])
@example(["```", "x", "```"])
@example(["<div>", "* a", "</div>"])
@example(["<!--", "ب", "-->"])
@example(["a", "===", "| a | b |", "|---|---|"])
@example(["\\", "*a*"])
def test_a_text_comes_out_as_it_came(lines: list[str]) -> None:
    paragraphs = [text for line in lines if (text := words(line))]

    body = "\n\n".join(map(escaped, paragraphs))

    assert text_of(html_of(body)).split("\n") == (paragraphs or [""])


@given(LINES)
def test_what_was_escaped_can_be_read_back(line: str) -> None:
    text = words(line)

    assert unescaped(escaped(text)) == text


@pytest.mark.parametrize(
    "line",
    [
        "قال المتحدث (أمس): «لن ننسى» - 12/5 و50% و[1] و#وسم و@حساب.",
        "snake_case و file_name_2.txt و a * b و C# و x < y و AT&T",
        "«نجمة واحدة*» و سعر 5$ و ~100 و 2:1 و a/b و {1}",
        "https://a.example/x_y_z?a=1&b=2#c",
    ],
)
def test_what_is_no_markup_gets_no_backslash(line: str) -> None:
    assert escaped(line) == line
    assert not re.search(r"\\", escaped(line))
