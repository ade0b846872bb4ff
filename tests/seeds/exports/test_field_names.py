"""What the fields of an export's record say, and what the article then has."""

import json
from pathlib import Path

import pytest

from warraq.intake import draft_of, outlet_directory
from warraq.model import Draft, RawDocument
from warraq.seeds.exports import export_records

BODY = (
    "أعلن مجلس البلدة فتح السوق المسقوف من جديد بعد أن أنهى العمال ترميم القباب الثلاث.\n\n"
    "وقال أمين السوق إن الدكاكين تعود إلى أصحابها بالأجرة القديمة حتى نهاية العام."
)
WXR = """<?xml version="1.0" encoding="UTF-8"?>
<rss xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>جريدة السوق</title><wp:wxr_version>1.2</wp:wxr_version>
<wp:author><wp:author_id>1</wp:author_id><wp:author_login><![CDATA[huda]]></wp:author_login>
<wp:author_display_name><![CDATA[هدى سالم]]></wp:author_display_name></wp:author>
<wp:author><wp:author_login>ziad</wp:author_login>
<wp:author_display_name>ziad</wp:author_display_name>
<wp:author_first_name><![CDATA[زياد]]></wp:author_first_name>
<wp:author_last_name><![CDATA[رحال]]></wp:author_last_name></wp:author>
<item><title><![CDATA[{title}]]></title><dc:creator><![CDATA[{login}]]></dc:creator>
<content:encoded><![CDATA[{body}]]></content:encoded>
<wp:post_id>12</wp:post_id><wp:post_date>{local}</wp:post_date>
<wp:post_date_gmt>{gmt}</wp:post_date_gmt><wp:post_password>{password}</wp:post_password>
<wp:status>{status}</wp:status><wp:post_type>post</wp:post_type>{terms}</item></channel></rss>"""
POST = {
    "title": "السوق المسقوف يفتح أبوابه",
    "login": "huda",
    "body": BODY,
    "local": "2011-06-30 00:40:00",
    "gmt": "2011-06-29 21:40:00",
    "password": "",
    "status": "publish",
    "terms": "",
}
ZONE = "Asia/Damascus"


def drafted(site: Path, name: str, text: str, received: str = "") -> Draft:
    path = site / "seeds" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    (found,) = export_records.documents(path, site)
    assert isinstance(found, RawDocument)
    return draft_of(found, outlet_directory(received=received, time_zone=ZONE))


def record(site: Path, /, **fields: object) -> Draft:
    """Draft a record with `fields`; `received` is the day on which it was collected."""
    received = str(fields.pop("received", ""))
    told = {"id": "1", "title": "السوق المسقوف يفتح أبوابه", "body": BODY, **fields}
    return drafted(site, "dump.jsonl", json.dumps(told), received)


def post(site: Path, **parts: str) -> Draft:
    return drafted(site, "wp.xml", WXR.format(**POST | parts))


@pytest.mark.parametrize(
    "said",
    [
        {"published": False},
        {"published": 0},
        {"draft": True},
        {"Draft": "yes"},
        {"is_draft": "1"},
        {"status": "deleted"},
        {"status": 0},
        {"status": "Trash"},
        {"status": "scheduled"},
        {"status": "pending review"},
        {"post_status": "inherit"},
        {"post_status": "auto-draft"},
        {"visibility": "private"},
        {"moderation_state": "draft"},
        {"الحالة": "مسوّدة"},
        {"الحالة": "محذوف"},
        {"حالة النشر": "خاص"},
        {"status": {"name": "private"}},
        {"deleted_at": "2020-01-01 10:00:00"},
        {"post_password": "sesame"},
        {"hidden": "true"},
        {"status": "مجدول للنشر"},
        {"state": "-2"},
    ],
)
def test_what_was_not_public_is_a_draft(tmp_path: Path, said: dict[str, object]) -> None:
    found = record(tmp_path, **said)
    assert found.article.draft
    assert b"sesame" not in repr(found).encode()


@pytest.mark.parametrize(
    "said",
    [
        {"status": "publish"},
        {"status": "Published"},
        {"status": 1},
        {"status": "200"},
        {"published": True},
        {"published": "2019-05-03"},
        {"published": "1"},
        {"draft": False},
        {"draft": ""},
        {"deleted": 0},
        {"deleted_at": None},
        {"deleted_at": "0000-00-00 00:00:00"},
        {"post_password": ""},
        {"visibility": "public"},
        {"الحالة": "منشور"},
        {"state": "live"},
    ],
)
def test_what_was_public_stays_so(tmp_path: Path, said: dict[str, object]) -> None:
    assert not record(tmp_path, **said).article.draft


def test_a_post_behind_a_password_is_a_draft(tmp_path: Path) -> None:
    assert post(tmp_path, password="<![CDATA[sesame]]>").article.draft  # noqa: S106 - of nobody
    assert post(tmp_path, status="future").article.draft
    assert not post(tmp_path).article.draft


def test_a_post_has_the_hour_of_its_own_site(tmp_path: Path) -> None:
    found = post(tmp_path).article
    assert found.date
    assert found.date.iso == "2011-06-30T00:40:00+03:00"
    assert found.date_info.edtf == "2011-06-30"
    draft = post(tmp_path, gmt="0000-00-00 00:00:00").article
    assert draft.date
    assert draft.date.iso == "2011-06-30T00:40:00+03:00"


def test_writers_have_the_names_that_readers_saw(tmp_path: Path) -> None:
    assert post(tmp_path).article.authors == ("هدى سالم",)
    assert post(tmp_path, login="ziad").article.authors == ("زياد رحال",)
    assert post(tmp_path, login="guest-7").article.authors == ("guest-7",)


def test_the_first_category_is_the_section_and_the_others_are_topics(tmp_path: Path) -> None:
    terms = (
        '<category domain="author" nicename="cap-ziad"><![CDATA[زياد رحال]]></category>'
        '<category domain="category" nicename="m">محليات</category>'
        '<category domain="category" nicename="e">اقتصاد</category>'
        '<category domain="post_tag" nicename="s">أسواق</category>'
        '<category domain="post_format" nicename="post-format-image">صورة</category>'
    )
    found = post(tmp_path, terms=terms).article
    assert (found.section, found.topics) == ("محليات", ("اقتصاد", "أسواق"))
    assert found.authors == ("زياد رحال",)
    other = record(tmp_path, categories="محليات;اقتصاد", tags="أسواق, ترميم").article
    assert (other.section, other.topics) == ("محليات", ("اقتصاد", "أسواق", "ترميم"))


@pytest.mark.parametrize(
    ("field", "title"),
    [
        ("مجلة «الربيع» تحتجب بعد مئة عدد", "مجلة «الربيع» تحتجب بعد مئة عدد"),
        ("«التربية» تؤجل امتحانات الصف التاسع", "«التربية» تؤجل امتحانات الصف التاسع"),
        ("مدير «وكالة الميناء» يستقيل", "مدير «وكالة الميناء» يستقيل"),
        ("#السوق_المسقوف يعود إلى الناس", "#السوق_المسقوف يعود إلى الناس"),
        ("قناة المدينة: البث ينقطع ساعة", "قناة المدينة: البث ينقطع ساعة"),
        ("السوق &#8220;المسقوف&#8221; &amp; <em>القباب</em>", "السوق “المسقوف” & القباب"),
        ("السوق\u0000 \u202eالمسقوف\u202c يفتح\u200b أبوابه", "السوق المسقوف يفتح أبوابه"),
        ("\u200fالسوق بعد ترميمه\u200f", "السوق بعد ترميمه"),
        ("عندما تكون 3 < 5 و 7 > 2", "عندما تكون 3 < 5 و 7 > 2"),
    ],
)
def test_a_headline_of_a_field_is_trusted_and_made_plain(
    tmp_path: Path, field: str, title: str
) -> None:
    found = record(tmp_path, title=field).article
    assert (found.title, found.title_status, found.source) == (title, "outlet", None)


@pytest.mark.parametrize(
    ("field", "authors", "place", "agencies"),
    [
        ("الميناء - سانا:", (), "الميناء", ["سانا"]),
        ("جدة – واس", (), "جدة", ["واس"]),
        ("بيروت (رويترز)", (), "بيروت", ["رويترز"]),
        ("هدى سالم (الميناء)", ("هدى سالم",), "الميناء", []),
        ("دمشق – زياد رحال", ("زياد رحال",), "دمشق", []),
        ("huda@souk.example", (), "", []),
        ("هدى سالم <huda@souk.example>", ("هدى سالم",), "", []),
        ("بقلم: هدى سالم", ("هدى سالم",), "", []),
        ("هدى سالم; زياد رحال", ("هدى سالم", "زياد رحال"), "", []),
        ("https://souk.example/author/huda", (), "", []),
        ("هيئة التحرير", (), "", []),
        ("هدى سالم - باحثة في جامعة الشمال", ("هدى سالم",), "", []),
        ("N/A", (), "", []),
        ("الرباط (و م ع)", (), "الرباط", ["و م ع"]),
        ("القاهرة - من هدى سالم", ("هدى سالم",), "القاهرة", []),
        ("طرابلس الغرب – وال", (), "طرابلس الغرب", ["وال"]),
        ("huda-s", ("huda-s",), "", []),
    ],
)
def test_place_and_agency_are_no_writers(
    tmp_path: Path, field: str, authors: tuple[str, ...], place: str, agencies: list[str]
) -> None:
    found = record(tmp_path, author=field)
    article = found.article
    assert (article.authors, article.dateline) == (authors, place)
    assert [cited.name for cited in article.cited] == agencies
    assert authors == (field,) or field in {r.text for r in found.receipt.removed}


@pytest.mark.parametrize(
    ("field", "date", "edtf"),
    [
        (1309387200, "2011-06-29T22:40:00+00:00", "2011-06-30"),
        (1309387200000, "2011-06-29T22:40:00+00:00", "2011-06-30"),
        ({"$date": "2011-06-29T22:40:00Z"}, "2011-06-29T22:40:00+00:00", "2011-06-30"),
        ({"$date": {"$numberLong": "1309387200000"}}, "2011-06-29T22:40:00+00:00", "2011-06-30"),
        ("2011-06-29T22:40:00.123456Z", "2011-06-29T22:40:00+00:00", "2011-06-30"),
        ("Thu Jun 30 2011 01:40:00 GMT+0300", "2011-06-30T01:40:00+03:00", "2011-06-30"),
        ("30 juin 2011", "2011-06-30", "2011-06-30"),
        ("2011-06-29 22:40:00+00", "2011-06-29T22:40:00+00:00", "2011-06-30"),
        ("20110630", "2011-06-30", "2011-06-30"),
        ("Thu, 30 Jun 2011 01:40:00 +0300", "2011-06-30T01:40:00+03:00", "2011-06-30"),
        ("2011-06-30 01:40:00", "2011-06-30T01:40:00+03:00", "2011-06-30"),
        ("2011-06", "", "2011-06"),
        ("06/2011", "", "2011-06"),
        ("حزيران 2011", "", "2011-06"),
        ("صيف 2011", "", "2011-22"),
        ("2011", "", "2011"),
        ("30/6/2011", "2011-06-30", "2011-06-30"),
    ],
)
def test_days_are_read_however_a_program_writes_them(
    tmp_path: Path, field: object, date: str, edtf: str
) -> None:
    found = record(tmp_path, date=field, received="2024-06-01").article
    assert (found.date.iso if found.date else "", found.date_info.edtf) == (date, edtf)
    assert found.date_info.status == "exact"


def test_two_numbers_that_may_both_be_the_day_are_told_apart_or_not_at_all(tmp_path: Path) -> None:
    found = record(tmp_path, date="3/5/2019").article
    assert found.date is None
    assert found.date_info.candidates == ("2019-03-05", "2019-05-03")
    by_address = record(tmp_path, date="3/5/2019", url="https://souk.example/2019/05/03/a/").article
    assert by_address.date_info.edtf == "2019-05-03"
    text = f"أعلن المجلس، اليوم الجمعة، ما يأتي بيانه.\n\n{BODY}"
    assert record(tmp_path, date="3/5/2019", body=text).article.date_info.edtf == "2019-05-03"


def test_a_day_that_cannot_be_read_is_not_that_of_the_import(tmp_path: Path) -> None:
    text = f"أعلن المجلس، اليوم الجمعة، ما يأتي بيانه.\n\n{BODY}"
    assert record(tmp_path, received="2024-06-01", body=text).article.date
    found = record(tmp_path, received="2024-06-01", body=text, date="بعد العيد").article
    assert found.date is None
    assert "بعد العيد" in {seen.text for seen in found.date_info.evidence}
    assert all(seen.text for seen in record(tmp_path, date="\x12").article.date_info.evidence)


@pytest.mark.parametrize(
    ("field", "lang"),
    [("Arabic", ""), ("ar_SA", ""), ("AR", ""), ("عربي", ""), ("English", "en"), ("@", "")],
)
def test_languages_are_read_in_words(tmp_path: Path, field: str, lang: str) -> None:
    assert record(tmp_path, language=field).article.lang == lang


def test_an_address_is_no_outlets_name(tmp_path: Path) -> None:
    found = record(tmp_path, source="https://souk.example/a", sitename="جريدة السوق").article
    assert found.source
    assert (found.source.name, found.source.url) == ("جريدة السوق", "https://souk.example/a")


def test_a_body_that_was_escaped_is_read_as_it_was_meant(tmp_path: Path) -> None:
    first, second = BODY.split("\n\n")
    escaped = f"&lt;p&gt;{first}&lt;/p&gt;&lt;p&gt;{second}&lt;/p&gt;"
    assert record(tmp_path, body=escaped).article.body == BODY
    told = record(tmp_path, body=BODY.replace("القباب", "&quot;القباب&quot;")).article.body
    assert told == BODY.replace("القباب", '"القباب"')


def test_what_a_record_without_an_id_tells_is_kept(tmp_path: Path) -> None:
    told = {"title": "السوق المسقوف", "body": BODY, "tags": ["أسواق"], "excerpt": "خلاصة"}
    found = drafted(tmp_path, "dump.jsonl", json.dumps(told)).article
    assert (found.external_ids, found.topics, found.description) == ({}, ("أسواق",), "خلاصة")


@pytest.mark.parametrize(
    ("fields", "section", "topics"),
    [
        ({"category": "غير مصنف", "tags": "سمك"}, "", ("سمك",)),
        ({"category": "Uncategorized|أسواق"}, "أسواق", ()),
        ({"tags": '["سمك", "ملح"]'}, "", ("سمك", "ملح")),
        ({"tags": "['سمك', 'ملح']", "category": "[]"}, "", ("سمك", "ملح")),
        ({"categories": '[{"id": 4, "name": "أسواق"}]'}, "أسواق", ()),
        ({"tags": "سمك &lt;طازج&gt;"}, "", ("سمك <طازج>",)),
    ],
)
def test_lists_of_categories_are_read_in_any_form(
    tmp_path: Path, fields: dict[str, object], section: str, topics: tuple[str, ...]
) -> None:
    article = record(tmp_path, **fields).article
    assert (article.section, article.topics) == (section, topics)


@pytest.mark.parametrize(
    "told",
    ["نقلًا عن: بريد السوق", "بريد السوق (بتصرف)", "بريد السوق - وكالات", "المصدر: بريد السوق"],
)
def test_how_a_text_was_taken_over_is_no_part_of_the_outlets_name(
    tmp_path: Path, told: str
) -> None:
    source = record(tmp_path, source=told).article.source
    assert source is not None
    assert source.name == "بريد السوق"


@pytest.mark.parametrize(
    ("told", "iso"),
    [
        ("May 3, 2016, 9:30 p.m.", "2016-05-03T21:30:00+03:00"),
        ("3 May 2016 9:30 a.m.", "2016-05-03T09:30:00+03:00"),
        ("3 أيار 2016 12:00 منتصف الليل", "2016-05-03T00:00:00+03:00"),
        ("3 أيار 2016 12:30 بعد منتصف الليل", "2016-05-03T00:30:00+03:00"),
        ("Tuesday 3 May 2016 at 21:30", "2016-05-03T21:30:00+03:00"),
    ],
)
def test_halves_of_the_day_are_read_in_every_spelling(tmp_path: Path, told: str, iso: str) -> None:
    date = record(tmp_path, date=told).article.date
    assert date is not None
    assert date.iso == iso


@pytest.mark.parametrize(
    ("field", "authors"),
    [
        ("هدى سالم - مراسلة البيدر في عمان", ("هدى سالم",)),
        ("مراسلتنا هدى سالم", ("هدى سالم",)),
        ("['هدى سالم', 'سليم حداد']", ("هدى سالم", "سليم حداد")),
    ],
)
def test_a_trade_is_no_name(tmp_path: Path, field: str, authors: tuple[str, ...]) -> None:
    assert record(tmp_path, author=field).article.authors == authors
