"""XML exports with something wrong in one record, and feeds of every vocabulary."""

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq.base.problems import Problem
from warraq.intake import draft_of, outlet_directory
from warraq.model import Article, RawDocument
from warraq.seeds.exports import export_records
from warraq.seeds.exports.xml_records import XmlRecords, items, name_of, text_of

BODY = "رصفت ورش البلدية الممر الصاعد إلى القلعة بحجر من مقالع الجبل القريب."
MORE = "ويستقبل الحراس الزائرين كل صباح عدا الاثنين، حين تُغلق الأبواب للتنظيف."
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"
 xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/">
<channel><title>جريدة القلعة</title><link>https://qalaa.example</link>
"""
TAIL = "</channel></rss>\n"


def _item(number: int, body: str = f"{BODY}\n\n{MORE}", title: str = "خبر", more: str = "") -> str:
    return f"""<item><title>{title} {number}</title><link>https://qalaa.example/{number}/</link>
<content:encoded><![CDATA[{body}]]></content:encoded><excerpt:encoded></excerpt:encoded>
<wp:post_id>{number}</wp:post_id><wp:post_date>2018-02-0{number} 09:00:00</wp:post_date>
<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>{more}</item>
"""


def _read(site: Path, text: str | bytes, name: str = "a.xml") -> list[RawDocument | Problem]:
    path = site / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    return list(export_records.documents(path, site))


def _articles(found: Iterable[RawDocument | Problem]) -> list[Article]:
    known = outlet_directory()
    return [draft_of(f, known).article for f in found if isinstance(f, RawDocument)]


NOISE = """<br />
<b>Warning</b>: Undefined array key in <b>/srv/export.php</b> on line <b>12</b><br />
"""


def test_what_a_program_printed_before_the_export_is_no_root(tmp_path: Path) -> None:
    found = _read(tmp_path, NOISE + HEAD + _item(1) + _item(2) + TAIL)
    assert [article.title for article in _articles(found)] == ["خبر 1", "خبر 2"]
    assert len(found) == 2


BROKEN = {
    "control character": _item(2, f"{BODY}\x0b\n\n{MORE}"),
    "a control character told as a number": _item(2, title="خبر&#x1F;"),
    "letters told by numbers that are none": _item(2, title="&#0;خبر&#65535;&#xD83D;&#x110000;"),
    "bare ampersand": _item(2, title="شركة R&D والقلعة"),
    "entity of HTML": _item(2, title="خبر&nbsp;جديد &laquo;عاجل&raquo;"),
    "less than": _item(2, title="حرارة < 5"),
    "fence within a fence": _item(2, f"{BODY}<script>//<![CDATA[\nx\n//]]></script>\n\n{MORE}"),
    "end of a fence in a text": _item(2, title="خبر ]]> ثان"),
    "fence left open": _item(2).replace("]]>", ""),
    "undeclared prefix": _item(2, more="<yoast:seo>x</yoast:seo>"),
    "half an element": _item(2, more="<wp:postmeta><wp:meta_key>x"),
    "another element's end": _item(2, more="</wp:postmeta>"),
    "attribute without quotation marks": _item(2, more="<category domain=x>طرق</category>"),
    "an item in its text": _item(2, f"{BODY} مثل <item>x</item> في الخلاصات.\n\n{MORE}"),
    "half a surrogate": _item(2, title="خبر \ud83d"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_record_harms_no_other_and_is_read_itself(tmp_path: Path, kind: str) -> None:
    found = _read(tmp_path, "".join((HEAD, _item(1), BROKEN[kind], _item(3), TAIL)))

    articles = _articles(found)
    assert [a.external_ids["wordpress:qalaa.example"] for a in articles] == ["1", "2", "3"]
    assert {a.body.split("\n\n")[-1] for a in articles} == {MORE}
    assert all(BODY in a.body for a in articles)


def test_what_was_mended_is_told_of_that_record_alone(tmp_path: Path) -> None:
    broken = (_item(2, title="R&D"), _item(3, more="<a><b></a>"))
    found = _read(tmp_path, "".join((HEAD, _item(1), *broken, TAIL)))

    told = [[p.code for p in draft_of(f, outlet_directory()).problems]
            for f in found if isinstance(f, RawDocument)]  # fmt: skip
    assert told == [[], ["seed-mended"], ["seed-cut"]]


def test_a_cut_letter_is_a_lost_letter(tmp_path: Path) -> None:
    text = "".join((HEAD, _item(1), _item(2), _item(3), TAIL)).encode()
    letter = "الحراس".encode()
    at = text.index(letter, text.index("خبر 2".encode()))
    found = _read(tmp_path, text[:at] + letter[1:] + text[at + len(letter) :])

    assert [a.external_ids["wordpress:qalaa.example"] for a in _articles(found)] == ["1", "2", "3"]
    assert [f.notes for f in found if isinstance(f, RawDocument)] == [(), ("letters-lost",), ()]


def test_a_thousand_fences_without_end_take_no_time_and_no_other_record(tmp_path: Path) -> None:
    many = _item(2, more="<x><![CDATA[y" * 5000)
    found = _read(tmp_path, "".join((HEAD, _item(1), many, _item(3), TAIL)))
    ids = [a.external_ids["wordpress:qalaa.example"] for a in _articles(found)]
    assert (ids[0], ids[-1]) == ("1", "3")


def test_a_record_without_end_ends_where_the_next_begins(tmp_path: Path) -> None:
    open_one = _item(2).replace("</item>", "")
    found = _read(tmp_path, "".join((HEAD, _item(1), open_one, _item(3), TAIL)))
    assert [a.external_ids["wordpress:qalaa.example"] for a in _articles(found)] == ["1", "2", "3"]


def test_a_picture_within_a_record_is_no_part_of_its_text(tmp_path: Path) -> None:
    picture = f'<img src="data:image/png;base64,{"iVBORw0KGgo" * 1_800_000}"/>'
    found = _read(tmp_path, "".join((HEAD, _item(1), _item(2, f"{BODY} {picture}\n\n{MORE}"),
                                     _item(3), TAIL)))  # fmt: skip
    assert [a.external_ids["wordpress:qalaa.example"] for a in _articles(found)] == ["1", "2", "3"]


@pytest.mark.parametrize("start", ["\n \n", "\ufeff", "\ufeff\n", "PHP Notice: x\n"])
def test_what_stands_before_the_declaration_is_passed_over(tmp_path: Path, start: str) -> None:
    assert len(_articles(_read(tmp_path, f"{start}{HEAD}{_item(1)}{TAIL}"))) == 1


@pytest.mark.parametrize("encoding", ["utf-16", "windows-1256", "utf-8-sig"])
def test_an_export_is_read_in_the_encoding_it_is_written_in(tmp_path: Path, encoding: str) -> None:
    text = f"{HEAD}{_item(1)}{TAIL}".replace('encoding="UTF-8"', f'encoding="{encoding}"')
    (article,) = _articles(_read(tmp_path, text.encode(encoding)))
    assert article.body == f"{BODY}\n\n{MORE}"


def test_line_numbers_are_those_of_the_file(tmp_path: Path) -> None:
    text = "".join((HEAD, _item(1), "<item><title>x</title></item>\n", TAIL))
    (problem,) = (f for f in _read(tmp_path, text) if isinstance(f, Problem))
    assert text.split("\n")[problem.line - 1] == "<item><title>x</title></item>"


@given(st.lists(st.sampled_from([*BROKEN.values(), "<item>", "]]>", "<![CDATA[", "&", "\x00x"])))
def test_whole_records_come_through_whatever_stands_between(broken: list[str]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "a.xml")
        text = "".join((HEAD, _item(1), *broken, "</item>", _item(3), TAIL))
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        found = [f for f in items(XmlRecords(path), "a.xml", _fields) if not isinstance(f, Problem)]
    assert found[0].record["post_id"] == "1"
    assert found[-1].record["post_id"] == "3"


def _fields(element: object) -> dict[str, object]:
    return {name_of(child)[1]: text_of(child) for child in element}  # type: ignore[attr-defined]


RSS1 = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://qalaa.example/"><title>القلعة</title><items><rdf:Seq>
<rdf:li rdf:resource="https://qalaa.example/7"/></rdf:Seq></items></channel>
<item rdf:about="https://qalaa.example/7"><title>رصف الممر</title>
<link>https://qalaa.example/7</link><dc:date>2018-02-03T09:00:00+02:00</dc:date>
<dc:creator>هناء مراد</dc:creator><description>{BODY} {MORE}</description></item></rdf:RDF>"""
RSS2 = f"""<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>القلعة</title><link>https://qalaa.example</link>
<item><title>رصف الممر</title><link>https://qalaa.example/7</link>
<guid isPermaLink="true">https://qalaa.example/7</guid>
<pubDate>Sat, 03 Feb 2018 09:00:00 +0200</pubDate><author>h@qalaa.example (هناء مراد)</author>
<description>خلاصة.</description>
<content:encoded><![CDATA[<p>{BODY} {MORE}</p>]]></content:encoded>
<enclosure url="https://qalaa.example/7.jpg" type="image/jpeg" length="9"/></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>القلعة</title>
<link rel="alternate" href="https://qalaa.example/"/>
<entry><id>tag:qalaa.example,2018:7</id><title type="html">رصف الممر</title>
<link rel="edit" href="https://qalaa.example/edit/7"/><link href="https://qalaa.example/7"/>
<published>2018-02-03T09:00:00+02:00</published><updated>2018-02-04T09:00:00+02:00</updated>
<author><name>هناء مراد</name><email>h@qalaa.example</email></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{BODY} {MORE}</p></div></content>
</entry></feed>"""
KIND = "scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind"
BLOGGER = f"""<feed xmlns="http://www.w3.org/2005/Atom" xmlns:app="http://purl.org/atom/app#"
 xmlns:thr="http://purl.org/syndication/thread/1.0">
<entry><id>tag:blogger.com,1999:blog-1.settings</id><category {KIND}#settings'/><title>لغة</title>
<content type="text">ar</content></entry>
<entry><id>tag:blogger.com,1999:blog-1.post-7</id><category {KIND}#post'/>
<category scheme="http://www.blogger.com/atom/ns#" term="قلاع"/>
<published>2018-02-03T09:00:00.000+02:00</published><title type="text">رصف الممر</title>
<content type="html">&lt;p&gt;{BODY} {MORE}&lt;/p&gt;</content>
<link rel="replies" href="https://qalaa.example/c"/><link rel="alternate" href="https://qalaa.example/7"/>
<author><name>هناء مراد</name></author></entry>
<entry><id>c1</id><category {KIND}#comment'/><title>رد</title><content>شكرًا.</content>
<thr:in-reply-to ref="x"/></entry></feed>"""
TAKEOUT = BLOGGER.replace(
    f"<category {KIND}#post'/>", "<b:type>POST</b:type><b:status>DRAFT</b:status>"
)
TAKEOUT = TAKEOUT.replace("<feed ", '<feed xmlns:b="http://schemas.google.com/blogger/2018" ')


@pytest.mark.parametrize(
    ("name", "text"), [("a.xml", RSS1), ("a.rss", RSS2), ("feed.atom", ATOM), ("b.xml", BLOGGER)]
)
def test_every_vocabulary_of_feeds_tells_the_same(tmp_path: Path, name: str, text: str) -> None:
    found = [f for f in _read(tmp_path, text, name)
             if not isinstance(f, Problem) or f.severity == "error"]  # fmt: skip
    (article,) = _articles(found)
    assert len(found) == 1
    assert (article.title, article.body) == ("رصف الممر", f"{BODY} {MORE}")
    assert article.date is not None
    assert article.date.iso == "2018-02-03T09:00:00+02:00"
    assert article.authors == ("هناء مراد",)
    assert article.aliases == ("/7",)
    assert list(article.external_ids) in (["qalaa.example"], [Path(name).stem])


def test_what_blogger_exports_beside_posts_is_counted(tmp_path: Path) -> None:
    told = [f for f in _read(tmp_path, BLOGGER) if isinstance(f, Problem)]
    assert [(p.code, p.severity, dict(p.args)) for p in told] == [
        ("export-passed", "warning", {"kinds": "comment 1، settings 1"})
    ]


def test_a_draft_of_blogger_stays_one(tmp_path: Path) -> None:
    (article,) = _articles(_read(tmp_path, TAKEOUT, "feed.atom"))
    assert article.draft
    assert article.topics == ("قلاع",)


def test_a_feed_tells_its_picture_and_its_summary(tmp_path: Path) -> None:
    (article,) = _articles(_read(tmp_path, RSS2))
    assert article.image is not None
    assert article.image.src == "https://qalaa.example/7.jpg"
    assert article.description == "خلاصة."
