import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from warraq.prose.markdown import converted, html_of, sanitised, text_of


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "[x](javascript:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        '<a href="  java&#10;script:alert(1)">x</a>',
        "<svg/onload=alert(1)>",
        '<iframe src="https://evil.example/"></iframe>',
        '<p style="position:fixed">x</p>',
        '<form action="https://evil.example/"><input></form>',
        '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
        '<a id="main" href="x">x</a>',
        "<!-- <script> -->",
        "<math><mtext></mtext><script>alert(1)</script></math>",
    ],
)
def test_nothing_of_theirs_runs(hostile: str) -> None:
    html = html_of(f"قبل\n\n{hostile}\n\nبعد").lower()

    for banned in ("<script", "onerror", "javascript:", "data:", "<svg", "<iframe", "style=",
                   "<form", "<meta", 'id="main"', "<!--", "<math"):  # fmt: skip
        assert banned not in html
    assert "قبل" in html
    assert "بعد" in html


def test_a_picture_of_another_host_becomes_its_words() -> None:
    assert html_of("![شعار](https://evil.example/x.png)") == "<p>شعار</p>"
    assert html_of("![شعار](//evil.example/x.png)") == "<p>شعار</p>"


def test_a_picture_of_ours_is_a_site_path() -> None:
    assert '<img alt="شعار" src="/media/2025/x.png">' in html_of("![شعار](media/2025/x.png)")


def test_a_link_to_an_article_file_is_its_address() -> None:
    assert 'href="/n/19805c34f5b7eaf3/"' in html_of("[نص](../19/19805c34f5b7eaf3.md)")


def test_headings_begin_below_the_title() -> None:
    assert html_of("# أول\n\n## ثان") == "<h2>أول</h2>\n<h2>ثان</h2>"


def test_bidi_controls_do_not_reach_the_page() -> None:
    assert html_of("قبل \u202eبعد\u2069") == "<p>قبل بعد</p>"


def test_footnotes_keep_their_anchors() -> None:
    html = html_of("نص[^1]\n\n[^1]: حاشية")

    assert 'id="fnref:1"' in html
    assert 'href="#fn:1"' in html


def test_text_has_a_line_for_each_block() -> None:
    html = html_of("فقرة *أولى*.\n\n- بند\n- بند ثان\n\n| س | ص |\n|---|---|\n| 1 | 2 |")

    assert text_of(html) == "فقرة أولى.\nبند\nبند ثان\nس ص\n1 2"


@given(st.text())
def test_any_body_is_rendered_without_markup_of_its_own(body: str) -> None:
    html = html_of(body)

    assert "<script" not in html.lower()
    assert "\u202e" not in html
    assert isinstance(text_of(html), str)


PIECES = st.sampled_from(
    [
        *(
            "فقرة أولى.",
            "12 قتيلًا",
            "1. بند",
            "١. بند",
            "٥)",
            "- ",
            "+",
            "=",
            "---",
            ": ",
            "a:",
            "a-b",
        ),
        *(" ", "  ", "\n", "\n\n", "\n \n", "\n\n\n", "\t", "\x0c", "\x85", "\u2028", "\u2003"),
        *(
            "“قول”",
            '"قول"',
            "'",
            "(2-1)",
            "%",
            "@",
            "/",
            ";",
            "–",
            "؟",
            "«»",
            "a b",
            "😀",
            "\u00a0",
        ),
        *("http://a.example/", "*", "_", "`", "<b>", "&", "&amp;", "#", ">", "|", "[a](b)", "!"),
        *("~", "^", "$", "{", "\\", "\u200f"),
    ]
)


@settings(max_examples=500)
@given(st.lists(PIECES | st.text(max_size=3), max_size=12).map("".join))
def test_the_short_path_is_the_librarys_to_the_byte(body: str) -> None:
    assume(not set(body) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))

    assert html_of(body) == converted(body)


TAGS = st.sampled_from(
    [
        *("<p>", "</p>", "<b>", "</b>", "<table>", "<tr>", "<td>", "</td>", "</tr>", "</table>"),
        *("<ul>", "<li>", "</ul>", "<br>", "<h2>", "</h2>", "<em>", "</em>", "<blockquote>"),
        *('<a href="/x?a=1&b=>">', "</a>", '<td colspan="2">', "&lt;b&gt;", "&amp;lt;", "&nbsp;"),
    ]
)


@settings(max_examples=300)
@given(st.lists(TAGS | PIECES, max_size=16).map("".join))
def test_tags_are_stripped_as_a_parser_strips_them(source: str) -> None:
    html = sanitised(source)

    assert text_of(html) == text_of(html + '<a href="/"></a>')  # an attribute is for the parser
