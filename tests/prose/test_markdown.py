import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from warraq.prose.conversion_cost import is_too_costly
from warraq.prose.markdown import (
    LEAD_PARAGRAPHS,
    converted,
    html_of,
    lead_of,
    rendered,
    sanitised,
    text_of,
)


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


@pytest.mark.parametrize(
    ("body", "html"),
    [
        (
            "٣. ثالثا\n٤. رابعا",
            '<ol class="arabic-indic" start="3">\n<li>ثالثا</li>\n<li>رابعا</li>\n</ol>',
        ),
        ("۱. یک\n۲. دو", '<ol class="persian">\n<li>یک</li>\n<li>دو</li>\n</ol>'),
        ("7. أ\n\n8. ب", '<ol start="7">\n<li>\n<p>أ</p>\n</li>\n<li>\n<p>ب</p>\n</li>\n</ol>'),
        (
            "1. أ\n1. ب\n5. ج\n6. د",
            '<ol>\n<li>أ</li>\n<li value="1">ب</li>\n<li value="5">ج</li>\n<li>د</li>\n</ol>',
        ),
        ("0. صفر\n1. واحد", '<ol start="0">\n<li>صفر</li>\n<li>واحد</li>\n</ol>'),
        (
            "1. أ\n٢. ب",
            '<ol>\n<li>أ</li>\n</ol>\n<ol class="arabic-indic" start="2">\n<li>ب</li>\n</ol>',
        ),
        ("1967. حرب\n\n٢٠١١. ثورة", "<p>1967. حرب</p>\n<p>٢٠١١. ثورة</p>"),
        ("1948. نكبة\n1967. حرب", "<p>1948. نكبة</p>\n<p>1967. حرب</p>"),
        (
            "- أ\n    2. ب\n    3. ج",
            '<ul>\n<li>أ<ol start="2">\n<li>ب</li>\n<li>ج</li>\n</ol>\n</li>\n</ul>',
        ),
    ],
)
def test_a_number_is_shown_as_it_was_written(body: str, html: str) -> None:
    assert html_of(body) == html


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("    فقرة مزاحة.\n\n\tوأخرى.", "<p>فقرة مزاحة.</p>\n<p>وأخرى.</p>"),
        ("\tأولى تتلوها\nتتمتها.\n\tثانية.", "<p>أولى تتلوها\nتتمتها.</p>\n<p>ثانية.</p>"),
        ("قبل\n\n    - ليس بندا", "<p>قبل</p>\n<p>- ليس بندا</p>"),
        ("- بند\n\n    فقرته", "<ul>\n<li>\n<p>بند</p>\n<p>فقرته</p>\n</li>\n</ul>"),
        ("#غزة تحت القصف", "<p>#غزة تحت القصف</p>"),
        ("~~~\nسطر\n  سطر\n\nسطر\n~~~", "<pre><code>سطر\n  سطر\n\nسطر\n</code></pre>"),
        (r"\<b> \&amp; \~ \= \| \: \"", '<p>&lt;b&gt; &amp;amp; ~ = | : "</p>'),
    ],
)
def test_prose_is_prose_and_code_is_code(body: str, html: str) -> None:
    assert html_of(body) == html


def test_a_footnote_is_beside_the_text() -> None:
    html = html_of("قال إن العدد كبير[^1] وأكد[^ب].\n\n[^1]: نقلا عن وكالة.\n\n[^ب]: وعن أخرى.")

    assert "نقلا عن وكالة" in html
    assert text_of(html) == text_of(lead_of(html)) == "قال إن العدد كبير وأكد."


PLAYERS = [
    ('<iframe src="https://www.youtube.com/embed/a?b=1&amp;c=2" width="5"></iframe>', "video",
     "https://www.youtube.com/embed/a?b=1&amp;c=2"),
    ("<IFRAME allowfullscreen src='//player.vimeo.com/video/7'></IFRAME>", "video",
     "https://player.vimeo.com/video/7"),
    ('<video controls>\n<source src="https://a.example/v.mp4">\nلا يدعمه متصفحك\n</video>', "video",
     "https://a.example/v.mp4"),
    ("<audio src=https://a.example/x.mp3></audio>", "audio", "https://a.example/x.mp3"),
    ('<object data="https://a.example/map"></object>', "frame", "https://a.example/map"),
    ('<embed src="https://w.soundcloud.com/p/1">', "audio", "https://w.soundcloud.com/p/1"),
    ('<script async src="https://telegram.org/js/w.js" data-telegram-post="durov/43"></script>',
     "post", "https://t.me/durov/43"),
    ('<div class="fb-post" data-href="https://www.facebook.com/a/posts/1"></div>', "post",
     "https://www.facebook.com/a/posts/1"),
    ('<object><param name="movie" value="https://www.youtube.com/v/abc"></object>', "video",
     "https://www.youtube.com/v/abc"),
    ('<amp-youtube data-videoid="a-b_c" layout="responsive"></amp-youtube>', "video",
     "https://www.youtube.com/watch?v=a-b_c"),
    ('<amp-video src="https://a.example/v.mp4"></amp-video>', "video", "https://a.example/v.mp4"),
    ('<iframe src="https://www.youtube.com/embed/unclosed">', "video",
     "https://www.youtube.com/embed/unclosed"),
]  # fmt: skip


@pytest.mark.parametrize(("player", "kind", "address"), PLAYERS)
def test_a_link_stands_for_a_player(player: str, kind: str, address: str) -> None:
    html = html_of(f"قبل.\n\n{player}")

    assert f'<a class="embed-{kind}" href="{address}">' in html
    assert "<p></p>" not in html
    assert text_of(html) == "قبل."  # its address is no word of the text


def test_a_post_that_names_its_address_is_left_as_it_is() -> None:
    post = '<blockquote class="twitter-tweet"><a href="https://x.com/a/status/1">س</a></blockquote>'

    found = rendered(f"{post}\n<script async src='https://platform.twitter.com/w.js'></script>")

    assert found.html == '<blockquote><a href="https://x.com/a/status/1">س</a></blockquote>'
    assert [(f.code, f.line) for f in found.findings] == [("embed-dropped", 2)]


def test_an_address_alone_is_shown_and_is_no_word_of_the_text() -> None:
    html = html_of("قبل.\n\n<https://a.example/x>\n\nبعد <https://b.example/>.")

    assert '<p><a href="https://a.example/x">https://a.example/x</a></p>' in html
    assert text_of(html) == "قبل.\nبعد https://b.example/."


def test_no_empty_paragraph_is_left() -> None:
    player = "<video src='/media/a.mp4'></video>"
    body = f"أ\n\n![](https://a.example/x.png)\n\n{player}\n\n<p>&nbsp;</p>\n\n##\n\nب"

    assert "".join(html_of(body).split()) == "<p>أ</p><p>ب</p>"


@pytest.mark.parametrize(
    "address",
    [
        "java   script:alert(1)",
        "JavaScript:alert(1)",
        "java&#10;script:alert(1)",
        "&#1;javascript:x",
        "javascript&colon;x",
        "vbscript:x",
        "data:text/html,x",
        "//a.example/",
        "tel:1",
    ],
)
def test_a_link_leads_to_the_web_or_nowhere(address: str) -> None:
    assert "href" not in html_of(f'<a href="{address}">كلمات</a>')
    assert text_of(html_of(f'<a href="{address}">كلمات</a>')) == "كلمات"


@pytest.mark.parametrize(
    "address", ["/a?b=c:d", "#x:y", "a/b:c", "mailto:a@b.example", "HTTPS://a.example/"]
)
def test_a_colon_makes_no_scheme(address: str) -> None:
    assert f'href="{address}"' in html_of(f"[كلمات]({address})")


# What takes the library seconds or hours, a mark or two at a time.
KNOTS = (
    r"[ @ ![ @ [a]( @ [^ @ * @ **a @ _ @ ` @ `a @ < @ <a @ <b> @ </b> @ <td> @ <video @ &a;"
    r" @ <script></b> @ \ @ \* @ <!-- @ <![CDATA[ @ <? @ [^1]: x[^1]"
    " @ # a\n @ a\n=\n @ ***\n @ ---\n @ > @ - @ 1. @ > - "
    '@ a  \n @ <a href=" @ 😀* @ <div>\n'
).split(" @ ")


@pytest.mark.parametrize("gap", ["", " "])
@pytest.mark.parametrize("knot", KNOTS)
def test_a_knot_of_marks_is_shown_as_it_is_written(knot: str, gap: str) -> None:
    body = f"قبل\n\n{f'{knot}{gap}' * (60_000 // len(knot))}\n\nبعد"

    html = html_of(body)  # ends at all: some of these take the library hours

    assert "قبل" in html
    assert "بعد" in html or html.count(knot[0]) > 9_000


@pytest.mark.parametrize(
    "body",
    [
        "<span style='mso-fareast-language:AR-SY;font-family:Arial'>كلمة</span> " * 1000,
        f'<img src="data:image/png;base64,{"A" * 300_000}" alt="صورة"> ' * 5,
        "- [رابط](https://a.example/x?y=1) و**مهم** (1) [2]\n" * 2000,
        "|" + "خلية|" * 20 + "\n|" + "---|" * 20 + "\n" + ("|" + "*1*|" * 20 + "\n") * 300,
        "قال (نعم) [أي: وافق] * ثم _سكت_.\n\n" * 2000,
        "\n\n".join(f"نص[^{n}].\n\n[^{n}]: حاشية {n}" for n in range(400)),
    ],
)
def test_what_people_write_is_no_knot(body: str) -> None:
    assert not is_too_costly(body)


def test_lists_in_lists_without_end_are_told() -> None:
    deep = "\n".join(f"{'    ' * level}- بند" for level in range(200))

    assert [f.code for f in rendered(deep).findings] == ["body-tangled"]
    assert html_of("\n".join(deep.split("\n")[:8])).count("<ul>") == 8
    assert html_of("٢. بند") == '<ol class="arabic-indic" start="2">\n<li>بند</li>\n</ol>'


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
        *("& ", "&;", "\\&#1", "!", "#وسم", "a|b", "\n|", "|---|", "\n~~~", "{:.a}", "^"),
        *("**", "**غامق**", "**a\\**", "** ", " **", "***", "****"),
        *("http://a.example/", "*", "_", "`", "<b>", "&", "&amp;", "#", ">", "|", "[a](b)", "!"),
        *(
            "~",
            "^",
            "$",
            "{",
            "\\",
            "\u200f",
            "\\.",
            "\\*",
            "\\&",
            "\\<",
            "\\\\",
            "\\#",
            '\\"',
            "\\-",
        ),
    ]
)


@settings(max_examples=500)
@given(st.lists(PIECES | st.text(max_size=3), max_size=12).map("".join))
def test_the_short_path_is_the_librarys_to_the_byte(body: str) -> None:
    assert html_of(body) == converted(body)


TAGS = st.sampled_from(
    [
        *("<p>", "</p>", "<b>", "</b>", "<table>", "<tr>", "<td>", "</td>", "</tr>", "</table>"),
        *("<ul>", "<li>", "</ul>", "<br>", "<h2>", "</h2>", "<em>", "</em>", "<blockquote>"),
        *("<pre>", "</pre>", "<hr>", "<dl>", "<dt>", "<dd>", "<th>", "<figcaption>", "<strange>"),
        *('<a href="/x?a=1&b=>">', "</a>", '<td colspan="2">', "&lt;b&gt;", "&amp;lt;", "&nbsp;"),
    ]
)


@settings(max_examples=300)
@example("أولى.<pre></pre>ثانية.")
@given(st.lists(TAGS | PIECES, max_size=16).map("".join))
def test_tags_are_stripped_as_a_parser_strips_them(source: str) -> None:
    html = sanitised(source)

    assert text_of(html) == text_of(html + '<a href="/"></a>')  # an attribute is for the parser
    leading = re.findall("<p>.*?</p>", html, re.DOTALL)[:LEAD_PARAGRAPHS]
    assert lead_of(html) == "\n".join(leading)


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("https://www.youtube.com/watch?v=abc", "video"),
        ("https://youtu.be/abc", "video"),
        ("https://soundcloud.com/a/b", "audio"),
        ("https://x.com/a/status/1", "post"),
        ("https://host.example/film.mp4?x=1", "video"),
        ("https://host.example/talk.mp3", "audio"),
        ("https://host.example/", ""),
    ],
)
def test_the_address_of_a_film_alone_is_named_as_one(address: str, kind: str) -> None:
    html = html_of(f"قبل\n\n<{address}>\n\nبعد <{address}>.")
    assert (f'<p><a class="embed-{kind}" href="{address}">' in html) == bool(kind)
    assert f'بعد <a href="{address}">' in html
    assert rendered(f"<{address}>").findings == ()
