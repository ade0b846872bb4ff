"""The desk's own words and its style sheets."""

import re
from importlib.resources import files

import pytest

from warraq.preview.labels import words

PHYSICAL = re.compile(r"\b(?:margin|padding|border|inset)?-?(?:left|right)\b")


def test_both_languages_have_the_same_words_and_gaps() -> None:
    arabic, english = words("ar"), words("en")

    assert list(arabic) == list(english)
    for key, text in english.items():
        assert re.findall(r"\{\w+\}", text) == re.findall(r"\{\w+\}", arabic[key])


@pytest.mark.parametrize("name", ["overlay.css", "desk.css"])
def test_the_style_sheets_know_no_left_and_right(name: str) -> None:
    assert not PHYSICAL.findall(files("warraq.preview").joinpath(name).read_text("utf-8"))
