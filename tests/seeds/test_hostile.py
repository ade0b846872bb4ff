"""Bodies and pages made to hold a reader up: each is read in a moment, whatever comes out."""

from pathlib import Path

import pytest

from warraq.importer.time_limit import time_limit
from warraq.intake import outlet_directory
from warraq.intake.credit.writers import writers_of
from warraq.seeds.bodies.attachments import shown
from warraq.seeds.bodies.cms_body import body_of
from warraq.seeds.bodies.shortcodes import unfolded
from warraq.seeds.exports import feed_dumps
from warraq.seeds.exports.export_records import records
from warraq.seeds.exports.field_values import moment, several
from warraq.seeds.exports.wordpress_site import surveyed
from warraq.seeds.pages.saved_page import page_of, parts
from warraq.seeds.reader import read

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


@pytest.mark.slow
@pytest.mark.parametrize("row", ROWS)
def test_nothing_that_is_repeated_holds_a_reader_up(row: str) -> None:
    with time_limit(20):
        body_of(P + row * TIMES)
    with time_limit(20):
        parts(f"<html><title>x</title><body><h1>فتح الطريق الساحلي</h1>{P}{row * TIMES}")


PAGES = (
    "<ul><li>x" * 900,
    "<blockquote>x" * 900,
    f"<table><tr>{'<td colspan=50>x</td>' * 1000}</tr>{'<tr><td>y</td></tr>' * 1000}</table>",
    f"<pre>\n{' ' * 200_000}x</pre>",
    "".join(f"<a href='/{n}.jpg'><img src='https://a.example/{n}.jpg'></a>" for n in range(4000)),
)


@pytest.mark.parametrize("inside", PAGES, ids=lambda inside: inside[:12])
def test_no_form_of_a_page_holds_a_reader_up(inside: str) -> None:
    with time_limit(10):
        found = page_of(f"<title>x</title><body><h1>فتح الطريق الساحلي</h1>{P * 3}{inside}")
    assert len("".join(found.forms)) < 1_000_000


LONG = 200_000  # letters
FOLDED = (
    "{{< a" + " " * LONG + "b >}}",
    "{{<" + " " * LONG + ">}}",
    "{{< " + "a" * LONG + " >}}",
    "{%" + "a" * LONG + " %}",
    "{{ site." + "a" * LONG,
    "{{ " + "a" * LONG + "(",
    "<!-- wp:a {" + " " * LONG + "x -->",
    "[caption " * (LONG // 9) + "[/caption]",
    "[media-credit " * (LONG // 14) + "[/media-credit]",
    "[a" + "_a" * (LONG // 2) + " x=1]",
    "[" + "a_" * (LONG // 2) + "]https://a.example/[/a]",
    "[a " + '"[a "' * (LONG // 5),
    "[a " + '="' * (LONG // 2),
    "[gallery " * (LONG // 9),
)


@pytest.mark.parametrize("body", FOLDED, ids=lambda body: body[:12])
def test_no_code_holds_a_reader_up(body: str) -> None:
    with time_limit(20):
        unfolded(shown(body, "1", {}))


FIELDS = (
    "<!--",
    "<script ",
    "</script <script ",
    "a",
    "5",
    "5:05",
    "5-",
    "a.b",
    "a@",
    "و",
    " > ",
    " ",
    ";\n ",
)


@pytest.mark.slow
@pytest.mark.parametrize("row", FIELDS)
def test_no_field_holds_a_reader_up(row: str) -> None:
    field = row * (LONG // len(row))
    with time_limit(20):
        several(field)
        moment(field)
        writers_of([field], outlet_directory(()))


SEEDS = (
    "<!-- -->" * (LONG // 8) + "x",
    "<?xml" + " " * LONG,
    "\n" * LONG + "x",
    "[" + " " * LONG + "x",
    f"{P}\n\n<b>" + " " * LONG + "x",
    f"{P}\n\n<i>x</i>" + " \t" * (LONG // 2) + "<iframe x",
    "---\ntitle: x\n---\n" + "<!-- -->" * (LONG // 8) + "x",
)


@pytest.mark.parametrize("text", SEEDS, ids=lambda text: text[:12])
@pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
def test_no_text_holds_a_reader_up(tmp_path: Path, text: str, suffix: str) -> None:
    (tmp_path / f"a{suffix}").write_text(text, "utf-8")
    with time_limit(20):
        read(tmp_path / f"a{suffix}", tmp_path)


WXR = (
    '<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><wp:wxr_version>1.2</wp:wxr_version>'
)
HEADS = (
    "<wp:author>", "</wp:author><wp:author>", "<wp:tag>", "</wp:tag><wp:category>", "<!--",
    "<link a", "<a xmlns", "<wp:tag><wp:a><![CDATA[", "<wp:category><wp:a></wp:category><wp:tag>",
)  # fmt: skip


@pytest.mark.parametrize("row", HEADS)
def test_no_head_of_an_export_holds_a_reader_up(tmp_path: Path, row: str) -> None:
    item = f"<item><title>x</title><wp:post_id>1</wp:post_id>{row * 100}</item>"
    text = f"{WXR}{row * (LONG // len(row))}</wp:tag>{item}</channel></rss>"
    (tmp_path / "a.xml").write_text(text, "utf-8")
    with time_limit(20):
        surveyed(tmp_path / "a.xml")
        assert [*records(tmp_path / "a.xml", tmp_path)]
        assert [*feed_dumps.export(tmp_path / "a.xml", "a.xml").records]
