"""Bodies and pages made to hold a reader up: each is read in a moment, whatever comes out."""

import pytest

from warraq.pipeline.patience import within
from warraq.seeds.bodies import body_of
from warraq.seeds.html import parts

P = "<p>أعلنت البلدية فتح الطريق الساحلي من جديد بعد انتهاء أعمال الصيانة في الجسر.</p>"
TIMES = 10_000  # of a thing that takes a time with the square: hours
ROWS = (
    "[caption][gallery]", "[caption]", "[media-credit]x", "[embed", "[video]x", "[/x]", "[x ",
    "{{<", "{{< x", "{%", "{% x", "<!--", "-->", "<p>x</p>", "<h2>التعليقات</h2>",
    "<h3>اقرأ أيضا</h3>", "<b>", "<img src='https://a.example/a.jpg'>", "<figure>",
    "<table><tr>", "<tr><td>1</td><td>2</td></tr>", "<ul><li>", "<blockquote>",
    "<a href='#x' id='x'>1</a>", "<time>", "<article><h2>x y</h2><time>",
    "<sup><a href='#n'>1</a></sup>", "<br>", "<iframe src='//y'>", "&nbsp;",
    "<div class='related'>x</div>",
)  # fmt: skip


@pytest.mark.parametrize("row", ROWS)
def test_nothing_that_is_repeated_holds_a_reader_up(row: str) -> None:
    with within(20):
        body_of(P + row * TIMES)
    with within(20):
        parts(f"<html><title>x</title><body><h1>فتح الطريق الساحلي</h1>{P}{row * TIMES}")
