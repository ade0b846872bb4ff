# ruff: noqa: E501
"""What a CMS keeps in a body keeps its form, or is told in the receipt."""

import pytest

from warraq.intake import draft_of, outlet_directory
from warraq.model import Draft, RawDocument
from warraq.prose.markdown import html_of
from warraq.seeds.bodies.cms_body import body_of
from warraq.seeds.bodies.shortcodes import unfolded

P1 = "أعلنت البلدية فتح الطريق الساحلي من جديد بعد انتهاء أعمال الصيانة في الجسر القديم."
P2 = "وقال رئيسها إن العمل استغرق ستة أشهر كاملة وإن كلفته لم تتجاوز الموازنة."


def _markdown(body: str, **how: object) -> list[str]:
    return [block.markdown for block in body_of(body, **how).blocks]  # type: ignore[arg-type] # base, lines


def _draft(body: str) -> Draft:
    found = body_of(body)
    raw = RawDocument(
        "a.ndjson#1",
        "\n".join(block.text for block in found.blocks),
        "0" * 64,
        kind="html",
        external_ids={"a": "1"},
        markdown=tuple(block.markdown for block in found.blocks),
    )
    return draft_of(raw, outlet_directory())


FORMS = {
    "<p>أولى<br>ثانية</p><p>ثالثة</p>": ["أولى", "ثانية", "ثالثة"],
    "<h2>عنوان</h2><p>بعد</p><h5>فرع</h5>": ["## عنوان", "بعد", "#### فرع"],
    "<p>في <a href='https://a.example/x_y(1)'>موقع *البلدية*</a>، كله</p>": [
        r"في [موقع \*البلدية\*](https://a.example/x_y%281%29)، كله"
    ],
    "<p><a href='https://a.example/b'>https://a.example/b</a></p>": ["<https://a.example/b>"],
    "<p><a href='#x'>نص</a> و<a href='mailto:a@b.example'>بريد</a></p>": [
        "نص و[بريد](mailto:a@b.example)"
    ],
    "<ol start='3'><li>أ<ul><li>ب</li></ul></li><li>ج</li></ol>": ["3. أ\n    - ب\n4. ج"],
    "<ul><li>أ</li><ul><li>ب</li></ul></ul>": ["- أ\n    - ب"],
    "<ul><li><p>أ</p><p>ب</p></li><li>- ج</li></ul>": ["- أ<br>ب\n- \\- ج"],
    "<table><tr><th>س</th><th>ع</th></tr><tr><td></td><td>1|2</td></tr></table>": [
        "| س | ع |\n|---|---|\n|  | 1\\|2 |"
    ],
    "<table><tr><td colspan='2'>س</td></tr><tr><td>أ</td><td><a href='https://a.example/'>ب</a></td></tr></table>": [
        "| س |  |\n|---|---|\n| أ | [ب](https://a.example/) |"
    ],
    "<table><tr><th>س</th><th>ع</th><th>ص</th></tr><tr><td rowspan='2'>أ</td><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>": [
        "| س | ع | ص |\n|---|---|---|\n| أ | 1 | 2 |\n|  | 3 | 4 |"
    ],
    "<blockquote><p>قول</p><p>آخر</p><cite>فلان</cite></blockquote>": ["> قول\n>\n> آخر\n>\n> فلان"],
    "<pre class='wp-block-verse'>صدر\nعجز\n\n# ثالث</pre>": ["صدر<br>\nعجز", "\\# ثالث"],
    "<pre><code>a = 1\n  b</code></pre>": ["```\na = 1\n  b\n```"],
    "نص<sup><a href='#fn1' id='r1'>1</a></sup>.<ol><li id='fn1'>حاشية <a href='#r1'>↩</a></li></ol>": [
        "نص[^1].", "[^1]: حاشية"
    ],
    "<p>1. بند</p><p># وسم</p><p>&lt;b&gt;</p>": ["1\\. بند", "\\# وسم", "\\<b>"],
    "- أ<br>- ب<br>ثم": ["- أ", "- ب", "ثم"],
    "<figure class='wp-block-embed'><div>\nhttps://youtu.be/a\n</div><figcaption>شرح</figcaption></figure>": [
        "<https://youtu.be/a>", "شرح"
    ],
    "<blockquote class='twitter-tweet'><p>قول</p>— س <a href='https://x.com/a/status/1'>يوم</a></blockquote>": [
        "> قول\n>\n> — س يوم", "<https://x.com/a/status/1>"
    ],
    "<video><source src='https://a.example/b.mp4'></video><audio src='//a.example/c.mp3'></audio>": [
        "<https://a.example/b.mp4>", "<https://a.example/c.mp3>"
    ],
    "<td>بلا جدول</td><center>وسط</center>": ["بلا جدول", "وسط"],
}  # fmt: skip


@pytest.mark.parametrize("body", FORMS)
def test_what_a_body_holds_keeps_its_form(body: str) -> None:
    assert _markdown(body) == FORMS[body]


@pytest.mark.parametrize("body", FORMS)
def test_its_markdown_says_its_words_on_a_page(body: str) -> None:
    html = html_of("\n\n".join(_markdown(body)))
    assert ("<li" in html) == ("<li" in body or body.startswith("- "))
    assert ("<table>" in html) == ("<table" in body)
    assert ("<blockquote>" in html) == ("<blockquote" in body)


LOOSE = {
    f"{P1}\n\n{P2}": [P1, P2],
    f"{P1}\n\n{P2}<br />ثالثة\n\nرابعة": [P1, P2, "ثالثة", "رابعة"],
    f"<p>{P1}</p>\n\n{P2}\n\nثالثة": [P1, P2, "ثالثة"],
    f"<div>{P1}\n\n{P2}</div>": [P1, P2],
    f"<p>{P1}\n{P2}</p>": [f"{P1} {P2}"],
    f"{P1}\n<strong>{P2}\nثالثة</strong>": [P1, P2, "ثالثة"],
}


@pytest.mark.parametrize("body", LOOSE)
def test_empty_lines_part_what_no_tag_parts(body: str) -> None:
    assert _markdown(body) == LOOSE[body]


def test_a_line_end_is_one_where_the_system_shows_it_so() -> None:
    body = f"<p>{P1}\n{P2}</p>\n<ul>\n<li>أ\n</li>\n</ul>\nثالثة\nرابعة"
    assert _markdown(body, lines=True) == [P1, P2, "- أ", "ثالثة", "رابعة"]


CODES = {
    "[youtube id='abc123']": "https://www.youtube.com/watch?v=abc123",
    "[youtube=https://youtu.be/abc]": "https://youtu.be/abc",
    "[embed width='3']https://a.example/x[/embed]": "https://a.example/x",
    "[tweet 123456]": "https://twitter.com/i/status/123456",
    '[soundcloud url="https://api.soundcloud.example/t/1" params="a=1"]': "https://api.soundcloud.example/t/1",
    '[audio mp3="https://a.example/b.mp3"][/audio]': "https://a.example/b.mp3",
    "{{< youtube w7Ft2ymGmfc >}}": "https://www.youtube.com/watch?v=w7Ft2ymGmfc",
    "{% vimeo 123456 %}": "https://vimeo.com/123456",
}


@pytest.mark.parametrize("code", CODES)
def test_what_a_code_plays_becomes_its_address(code: str) -> None:
    assert _markdown(f"<p>{P1}</p>{code}<p>{P2}</p>") == [P1, f"<{CODES[code]}>", P2]


@pytest.mark.parametrize(
    ("code", "left"),
    [
        ('[su_box title="x"]نص[/su_box]', "نص"),
        ('[contact-form-7 id="12"]', ""),
        ('[gallery ids="1,2"]', ""),
        ("[dropcap]ن[/dropcap]ص", "نص"),
        ("[vc_row]نص[/vc_row]", "نص"),
        ("[toc]", ""),
        ('{{< ref "a.md" >}}', ""),
        ('<!-- wp:latest-posts {"a":1} /-->نص', "نص"),
    ],
)  # fmt: skip
def test_other_codes_go_and_are_told(code: str, left: str) -> None:
    found = unfolded(code)
    assert (found.html.strip(), len(found.omitted)) == (left, 1)


@pytest.mark.parametrize(
    "text",
    ["[1]", "[كذا]", "[sic]", "[video]", "[رابط](x)", "[a](https://b.example)", "[...]", "a[0]",
     "[من المحرر: كذا]", "[The minister said]", "{ }", "[x", "<p>[…] قال</p>"],
)  # fmt: skip
def test_brackets_of_a_text_stay(text: str) -> None:
    assert unfolded(text) == (text, ())


def test_an_escaped_code_is_shown_as_it_is() -> None:
    assert unfolded('[[gallery ids="1"]]').html == '[gallery ids="1"]'


def test_pictures_come_with_caption_credit_and_the_larger_file() -> None:
    body = (
        f"<p>{P1}</p><figure><a href='https://a.example/u/b.jpg'><img src='https://a.example/u/b-300x200.jpg'"
        " alt='الجسر'></a><figcaption>عمال الجسر - تصوير: سمر نجم</figcaption></figure>"
        "[caption id='a' width='3']<img data-src='/u/c.png' src='data:image/gif;base64,R0'/> وصف[/caption]"
        "<img class='emoji' alt='😀' src='https://s.example/1.png'>"
        f"<img src='https://a.example/px.gif' width='1' height='1'><p>{P2}</p>"
    )
    found = body_of(body, base="https://a.example/2019/x/")
    assert [(f.src, f.alt, f.caption, f.credit) for f in found.figures] == [
        ("https://a.example/u/b.jpg", "الجسر", "عمال الجسر", "سمر نجم"),
        ("https://a.example/u/c.png", "وصف", "وصف", ""),
    ]
    assert [block.text for block in found.blocks] == [P1, "😀", P2]


def test_lines_that_point_to_other_articles_are_told_with_their_addresses() -> None:
    found = body_of(
        f"<p>{P1}</p><p>اقرأ أيضا: <a href='https://a.example/1'>خبر عن الجسر</a></p><h3>مواضيع ذات صلة</h3>"
        f"<ul><li><a href='https://a.example/2'>خبر آخر</a></li></ul><p>{P2}</p>"
    )
    assert [block.text for block in found.blocks] == [P1, P2]
    told = [what for why, what in found.omitted if why == "links"]
    assert {"https://a.example/1", "https://a.example/2", "مواضيع ذات صلة", "خبر آخر"} <= set(told)


def test_a_link_on_a_line_that_a_step_takes_out_is_in_the_receipt() -> None:
    draft = _draft(f"<p>{P1}</p><p>{P2}</p><p>تابعونا على <a href='https://t.me/a'>تلغرام</a></p>")
    told = {r.text for r in draft.receipt.removed}
    assert ("https://t.me/a" in told) != ("https://t.me/a" in draft.article.body)
    assert draft.article.body.startswith(f"{P1}\n\n{P2}")


def test_however_deep_elements_stand_no_word_is_lost() -> None:
    deep = "<div>" * 900 + P1 + "</div>" * 900 + "<ul><li>" * 300 + P2
    words = " ".join(block.text for block in body_of(deep).blocks)
    assert P1 in words
    assert P2 in words
