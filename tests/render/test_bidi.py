import re
from html import escape, unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq.render.bidi import isolated, isolated_in_ltr, isolated_text

TAG = re.compile(r"</?bdi[^>]*>")


@pytest.mark.parametrize(
    "text",
    [
        "2025-10-12", "2-1", "+90", "-5", "0931 222 333", "021 555 0148", "+963 41 555 222",
        "#5", "C++", "B-52",
        "٢٠٢٥-١٠-١٢", "MV Nour-7", "Windows 11 Pro", "Aleppo's soap", "AT&T",
        "Marks & Spencer", "Fire, water: the long wait", "https://example.org/a?b=1#c",
    ],
)  # fmt: skip
def test_what_a_browser_would_turn_is_isolated_whole(text: str) -> None:
    shown = str(isolated_text(f"قبل {text} بعد"))

    assert re.fullmatch(r"قبل <bdi[^>]*>(.*)</bdi> بعد", shown)
    assert unescape(TAG.sub("", shown)) == f"قبل {text} بعد"


@pytest.mark.parametrize("text", ["10/12", "12:30", "1,234.5", "50%", "عام 2019-2020", "5", "دمشق"])
def test_what_shows_right_is_left_alone(text: str) -> None:
    assert str(isolated_text(text)) == text


def test_sentence_punctuation_stays_outside() -> None:
    assert isolated("زار Haj.gov.sa.") == "زار <bdi>Haj.gov.sa</bdi>."
    assert isolated("سفينة MV Nour-7، 12 يومًا") == "سفينة <bdi>MV Nour-7</bdi>، 12 يومًا"


def test_a_text_of_latin_letters_alone_is_one_run() -> None:
    assert (
        str(isolated_text("Date both, credit & join."))
        == "<bdi>Date both, credit &amp; join.</bdi>"
    )


def test_a_left_to_right_site_isolates_what_runs_the_other_way() -> None:
    assert str(isolated_in_ltr("Quay opens 2-1.")) == "Quay opens 2-1."
    assert str(isolated_in_ltr("<افتتح الرصيف.")) == "<bdi>&lt;افتتح الرصيف.</bdi>"


def test_markup_code_and_isolates_are_left_alone() -> None:
    html = '<p title="x > Latin 2-1">أ <code>a-1</code> &amp; &#39;<bdi>Okaz</bdi><br></p>'

    assert isolated(html) == html


@given(st.text(alphabet="ابت 0123456789-+#.,:abcZé&<>\"'\n", max_size=60))
def test_nothing_is_lost_and_nothing_of_the_text_becomes_markup(text: str) -> None:
    shown = isolated(escape(text))

    assert unescape(TAG.sub("", shown)) == text
    assert shown.count("<bdi") == shown.count("</bdi>") == shown.count("<") // 2
