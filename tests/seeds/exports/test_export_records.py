import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from warraq.base.problems import Problem, WarraqError
from warraq.intake import draft_of, outlet_directory
from warraq.model import Article, RawDocument
from warraq.seeds.exports import export_records

BODY = "أعلنت البلدية فتح الطريق الساحلي من جديد بعد انتهاء أعمال الصيانة في الجسر."
HTML = f"<p>{BODY}</p><p>وقال رئيسها إن العمل استغرق <a href='/x'>ستة أشهر</a> كاملة.</p>"
RECORD = {
    "id": 71,
    "headline": "فتح الطريق الساحلي",
    "content": HTML,
    "published_at": "2019-05-03T10:00:00+03:00",
    "author": {"name": "سمر نجم"},
    "tags": ["طرق", "بلديات"],
    "category": "محليات",
    "link": "https://old.example/2019/05/road.html",
    "image": {"url": "https://img.example/1.jpg", "caption": "الجسر", "credit": "أرشيف"},
    "images": [{"src": "https://img.example/2.jpg", "alt": "العمال"}],
}
WXR = """<?xml version="1.0" encoding="UTF-8"?>
<rss xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>x</title>
<item><title>فتح الطريق</title><link>https://old.example/?p=5</link><dc:creator>samar</dc:creator>
<content:encoded><![CDATA[{body}

وقال رئيسها إن <strong>العمل</strong> استغرق ستة أشهر.]]></content:encoded>
<excerpt:encoded><![CDATA[خلاصة]]></excerpt:encoded>
<wp:post_id>5</wp:post_id><wp:post_date>2019-05-03 13:00:00</wp:post_date>
<wp:post_date_gmt>2019-05-03 10:00:00</wp:post_date_gmt><wp:status>publish</wp:status>
<wp:post_type>post</wp:post_type><category domain="category" nicename="l">محليات</category>
<category domain="post_tag" nicename="r">طرق</category>
<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>9</wp:meta_value></wp:postmeta>
</item>
<item><title>page</title><wp:post_id>6</wp:post_id><wp:post_type>page</wp:post_type>
<wp:status>publish</wp:status><content:encoded>من نحن</content:encoded></item>
<item><title>a</title><wp:post_id>9</wp:post_id><wp:post_type>attachment</wp:post_type>
<excerpt:encoded>الجسر</excerpt:encoded>
<wp:attachment_url>https://old.example/b.jpg</wp:attachment_url></item>
</channel></rss>"""


def _read(
    site: Path, name: str, content: str, fields: Mapping[str, str] | None = None
) -> list[RawDocument | Problem]:
    path = site / "seeds" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(content, "utf-8")
    return list(export_records.documents(path, site, fields))


def _article(found: RawDocument | Problem) -> Article:
    assert isinstance(found, RawDocument)
    return draft_of(found, outlet_directory()).article


def test_a_record_becomes_an_article_with_its_old_address(tmp_path: Path) -> None:
    (found,) = _read(tmp_path, "dump.ndjson", json.dumps(RECORD) + "\n")
    article = _article(found)
    assert article.title == "فتح الطريق الساحلي"
    link = "[ستة أشهر](https://old.example/x)"
    assert article.body == f"{BODY}\n\nوقال رئيسها إن العمل استغرق {link} كاملة."
    assert article.date is not None
    assert article.date.iso == "2019-05-03T10:00:00+03:00"
    assert (article.authors, article.topics) == (("سمر نجم",), ("طرق", "بلديات"))
    assert (article.section, article.aliases) == ("محليات", ("/2019/05/road.html",))
    assert article.external_ids == {"old.example": "71"}
    assert article.image is not None
    assert (article.image.caption, article.image.credit) == ("الجسر", "أرشيف")
    assert [f.alt for f in article.figures] == ["العمال"]


def test_an_id_is_kept_when_the_record_changes(tmp_path: Path) -> None:
    (one,) = _read(tmp_path, "dump.ndjson", json.dumps(RECORD))
    (two,) = _read(tmp_path, "dump.ndjson", json.dumps({**RECORD, "headline": "غيره"}))
    assert _article(one).id == _article(two).id
    assert isinstance(one, RawDocument)
    assert isinstance(two, RawDocument)
    assert one.sha256 != two.sha256


def test_the_sites_field_map_names_odd_fields(tmp_path: Path) -> None:
    record = {"Nr": "a-7", "Kopf": {"zeile": "عنوان من حقل"}, "Text": BODY}
    fields = {"id": "Nr", "title": "Kopf.zeile", "body": "Text", "system": "altes"}
    (found,) = _read(tmp_path, "x.jsonl", json.dumps(record), fields)
    article = _article(found)
    assert (article.title, article.external_ids) == ("عنوان من حقل", {"altes": "a-7"})


def test_an_unknown_field_in_the_map_is_said(tmp_path: Path) -> None:
    with pytest.raises(WarraqError) as fault:
        _read(tmp_path, "x.ndjson", "{}", {"headline": "x"})
    assert fault.value.problems[0].code == "export-field"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_with_any_delimiter_and_quoted_line_ends(
    tmp_path: Path, delimiter: str
) -> None:
    head = delimiter.join(["id", "title", "body", "date"])
    row = delimiter.join(["3", "عنوان", f'"{BODY}\n\nفقرة ثانية من كلمات كثيرة."', "2020-01-02"])
    (found,) = _read(tmp_path, "x.csv", f"\ufeff{head}\n{row}\n")
    article = _article(found)
    assert article.body.split("\n\n") == [BODY, "فقرة ثانية من كلمات كثيرة."]
    assert article.date is not None
    assert article.date.iso == "2020-01-02"


def test_wordpress_posts_come_with_their_pictures_and_nothing_else_does(tmp_path: Path) -> None:
    (found,) = _read(tmp_path, "wp.xml", WXR.replace("{body}", BODY))
    article = _article(found)
    assert article.body == f"{BODY}\n\nوقال رئيسها إن العمل استغرق ستة أشهر."
    assert article.image is not None
    assert (article.image.src, article.image.alt) == ("https://old.example/b.jpg", "الجسر")
    assert article.date is not None
    assert article.date.iso == "2019-05-03T13:00:00+03:00"
    assert (article.section, article.topics) == ("محليات", ("طرق",))
    assert article.external_ids == {"wordpress": "5"}
    assert article.aliases == ()


def test_an_old_address_that_no_file_can_answer_is_told_in_the_receipt(tmp_path: Path) -> None:
    record = RECORD | {"url": "https://old.example/?p=5", "aliases": ["/old/road", "/?p=5"]}
    (found,) = _read(tmp_path, "dump.ndjson", json.dumps(record) + "\n")
    assert isinstance(found, RawDocument)
    draft = draft_of(found, outlet_directory())
    told = [r.text for r in draft.receipt.removed if r.rule == "page:old-address"]
    assert draft.article.aliases == ("/old/road",)
    assert told == ["/?p=5", "https://old.example/?p=5"]


@pytest.mark.parametrize(
    ("name", "content", "codes"),
    [
        ("a.ndjson", '{"id": 1}', ["export-fields"]),
        ("a.ndjson", '{"id": 1, "body": ', ["export-record"]),
        ("a.ndjson", "[1]", ["export-record"]),
        ("a.csv", "id,title,body\n1,x\n", ["export-no-body"]),
        ("a.csv", f"id,title,body\n1,x,{BODY},y\n", ["export-record"]),
        ("a.csv", "", ["seed-empty"]),
        ("a.json", "{}", ["export-no-records"]),
        ("a.csv", "PK\x03\x04xl/workbook.xml", ["export-office"]),
        ("a.xml", "<rss><channel><item><title>x", ["export-record-empty", "export-broken"]),
        ("a.xml", "no xml at all", ["export-no-records"]),
        ("a.xml", "", ["seed-empty"]),
        (
            "a.xml",
            '<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]><r>&e;</r>',
            ["export-no-records"],
        ),
    ],
)
def test_a_bad_record_is_said_in_its_place(
    tmp_path: Path, name: str, content: str, codes: list[str]
) -> None:
    found = _read(tmp_path, name, content)
    assert [p.code for p in found if isinstance(p, Problem)] == codes


def test_a_bad_record_harms_no_other(tmp_path: Path) -> None:
    lines = [json.dumps(RECORD), "{broken", "", json.dumps({**RECORD, "id": 72})]
    found = _read(tmp_path, "a.ndjson", "\n".join(lines))
    assert [type(item) for item in found] == [RawDocument, Problem, RawDocument]
    assert isinstance(found[1], Problem)
    assert found[1].line == 2


def test_a_truncated_export_gives_what_came_before(tmp_path: Path) -> None:
    text = WXR.replace("{body}", BODY)
    found = _read(tmp_path, "wp.xml", text[: text.index("<item><title>page")])
    assert [type(item) for item in found] == [RawDocument, Problem]


def test_an_export_is_read_record_by_record(tmp_path: Path) -> None:
    path = tmp_path / "a.ndjson"
    path.write_text(json.dumps(RECORD) + "\n{broken\n", "utf-8")
    stream = export_records.documents(path, tmp_path)
    assert isinstance(next(stream), RawDocument)


def test_exports_are_told_from_seeds_by_their_names(tmp_path: Path) -> None:
    for name in ("a.ndjson", "b/c.csv", "b/d.txt", "e.xml", ".hidden.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = {
        path.relative_to(tmp_path).as_posix() for path in export_records.exports_under(tmp_path)
    }
    assert found == {"a.ndjson", "b/c.csv", "e.xml"}


SHOWN = f"""{BODY}

<img src="https://old.example/a.jpg" alt="صورة المحطة" /> وصلت الفرق قبل الظهر إلى المكان كله.

[youtube https://www.youtube.com/watch?v=abc]

<iframe src="//player.vimeo.com/video/7"></iframe>

[caption id="x" width="300"]<img src="https://old.example/b-300x200.jpg" /> محطة الحي[/caption]

[embed]https://twitter.com/a/status/1[/embed]

[audio mp3="https://old.example/c.mp3"][/audio]

[gallery ids="4,5"]

<video><source src="/local.mp4"></video><img src="/local.png" alt="خريطة">

[vc_row]وأضافت [1] أن الحركة ستكون على مدار الساعة، وأن الرسوم باقية على حالها.[/vc_row]"""


def test_what_a_body_shows_is_kept_or_told(tmp_path: Path) -> None:
    (found,) = _read(tmp_path, "dump.ndjson", json.dumps({**RECORD, "content": SHOWN}) + "\n")
    assert isinstance(found, RawDocument)
    draft = draft_of(found, outlet_directory())

    assert draft.article.body.split("\n\n") == [
        BODY,
        "وصلت الفرق قبل الظهر إلى المكان كله.",
        "<https://www.youtube.com/watch?v=abc>",
        "<https://player.vimeo.com/video/7>",
        "<https://twitter.com/a/status/1>",
        "<https://old.example/c.mp3>",
        "<https://old.example/local.mp4>",
        "وأضافت [1] أن الحركة ستكون على مدار الساعة، وأن الرسوم باقية على حالها.",
    ]
    assert [(f.src, f.alt, f.caption) for f in draft.article.figures] == [
        ("https://img.example/2.jpg", "العمال", ""),
        ("https://old.example/a.jpg", "صورة المحطة", ""),
        ("https://old.example/b-300x200.jpg", "محطة الحي", "محطة الحي"),
        ("https://old.example/local.png", "خريطة", ""),
    ]
    told = [r.text for r in draft.receipt.removed if r.rule == "page:shortcode"]
    assert told == ['[gallery ids="4,5"]', "[vc_row]"]


def test_a_picture_in_another_size_is_the_same_picture(tmp_path: Path) -> None:
    body = f"<p>{BODY}</p><p><img src='https://old.example/b-1024x768.jpg' alt='الجسر'></p>"
    found = next(iter(_read(tmp_path, "x.xml", WXR.format(body=body))))

    assert [f.src for f in (_article(found).image, *_article(found).figures) if f] == [
        "https://old.example/b.jpg"
    ]


def test_brackets_of_a_text_are_no_shortcodes(tmp_path: Path) -> None:
    body = f"{BODY} وقال [في التسجيل] ما قال، وختم [audiobook] و[videos] بما عنده."
    (found,) = _read(tmp_path, "dump.ndjson", json.dumps({**RECORD, "content": body}) + "\n")

    assert _article(found).body == body


def test_an_element_of_a_plug_in_does_not_clash_with_our_own_names(tmp_path: Path) -> None:
    more = "<topic>x</topic><section>y</section><body>z</body><id>7</id><author><b/></author>"
    text = WXR.format(body=BODY)
    first, _, after = text.partition("</item>")
    for wxr in (
        text.replace("<dc:creator>", f"{more}<dc:creator>"),
        f"{first}{more}</item>{after}",
    ):
        article = _article(_read(tmp_path, "a.xml", wxr)[0])
        assert (article.section, article.topics) == ("محليات", ("طرق",))
        assert article.external_ids == {"wordpress": "5"}
        assert BODY in article.body


def test_half_a_letter_of_a_record_is_told_and_ends_nothing(tmp_path: Path) -> None:
    broken = {**RECORD, "headline": "فتح الطريق \ud83d الساحلي", "content": f"{BODY} \udc00"}
    deep: list[object] = []
    for _ in range(200):
        deep = [deep]
    lines = (broken, {**RECORD, "id": 8, "tags": deep}, {**RECORD, "id": 9})
    content = "\n".join(map(json.dumps, lines))
    first, second, third = _read(tmp_path, "a.jsonl", content)
    assert _article(first).title == "فتح الطريق \ufffd الساحلي"
    assert isinstance(first, RawDocument)
    assert "letters-lost" in first.notes
    assert isinstance(second, Problem)
    assert (second.line, dict(second.args)["why"]) == (2, "why-deep")
    assert _article(third).external_ids == {"old.example": "9"}


LIBRARY = """<item><title>IMG_004</title><wp:post_id>4</wp:post_id>
<wp:post_parent>5</wp:post_parent>
<wp:post_type>attachment</wp:post_type><excerpt:encoded>قبل <b>الترميم</b></excerpt:encoded>
<wp:attachment_url>https://old.example/4.jpg</wp:attachment_url></item>
<item><title>الجسر ليلًا</title><wp:post_id>8</wp:post_id><wp:post_parent>5</wp:post_parent>
<wp:post_type>attachment</wp:post_type>
<wp:attachment_url>https://old.example/8.jpg</wp:attachment_url><wp:postmeta>
<wp:meta_key>_wp_attachment_image_alt</wp:meta_key><wp:meta_value>منظر</wp:meta_value>
</wp:postmeta></item></channel>"""
NOTES = """<wp:postmeta><wp:meta_key>footnotes</wp:meta_key>
<wp:meta_value><![CDATA[[{"content":"حاشية","id":"n-1"}]]]></wp:meta_value></wp:postmeta></item>"""


@pytest.mark.parametrize(
    ("code", "pictures", "told"),
    [
        ('[gallery ids="8,4"]', ["8", "4"], []),
        ("[gallery columns=2]", ["4", "8"], []),
        ('[gallery ids="4,77"]', ["4"], ['[gallery ids="77"]']),
        ("<img class='wp-image-8' src='https://old.example/8-3x2.jpg' alt=''>", ["8-3x2"], []),
    ],
)  # fmt: skip
def test_what_wordpress_names_by_number_is_put_in_its_place(
    tmp_path: Path, code: str, pictures: list[str], told: list[str]
) -> None:
    body = f"{BODY}\n\n{code}"
    text = WXR.format(body=body).replace("</channel>", LIBRARY)
    (found,) = _read(tmp_path, "wp.xml", text)
    assert isinstance(found, RawDocument)
    shown = {f.src.removeprefix("https://old.example/"): f for f in found.figures[1:]}
    assert list(shown) == [f"{name}.jpg" for name in pictures]
    assert [f.value for f in found.facts if f.basis == "shortcode"] == told
    assert all(f.alt in {"قبل الترميم", "منظر"} for f in shown.values())


def test_footnotes_that_wordpress_keeps_beside_a_post_come_along(tmp_path: Path) -> None:
    mark = '<sup data-fn="n-1" class="fn"><a href="#n-1" id="n-1-link">1</a></sup>'
    text = WXR.format(body=f"{BODY}{mark}").replace("</item>", NOTES, 1)
    body = _article(_read(tmp_path, "wp.xml", text)[0]).body
    assert body.startswith(f"{BODY}[^1]")
    assert body.endswith("[^1]: حاشية")


@pytest.mark.parametrize("page", ["windows-1252", "windows-1256"])
def test_a_record_written_as_utf_8_twice_is_read_whole(tmp_path: Path, page: str) -> None:
    def twice(text: str) -> str:
        return "".join(
            bytes([byte]).decode(page, "ignore") or chr(byte) for byte in text.encode()
        )  # as databases do it: what the page lacks stays as it is

    broken = {**RECORD, "id": 72, "headline": twice("فتح الطريق الساحلي"), "content": twice(BODY)}
    found = _read(tmp_path, "dump.ndjson", f"{json.dumps(RECORD)}\n{json.dumps(broken)}\n")
    whole, mended = (_article(record) for record in found)
    assert (mended.title, mended.body) == ("فتح الطريق الساحلي", BODY)
    assert whole.title == mended.title
    assert isinstance(found[1], RawDocument)
    assert [p.code for p in draft_of(found[1], outlet_directory()).problems] == ["seed-encoding"]


def test_the_media_library_may_be_in_another_part_of_an_export(tmp_path: Path) -> None:
    site = "<wp:base_site_url>https://old.example</wp:base_site_url>"
    head, items, tail = WXR.partition("<item>")[0], LIBRARY.removesuffix("</channel>"), "</channel>"
    media = f"{head.replace('<title>', site + '<title>')}{items}{tail}</rss>"
    _read(tmp_path, "wp.002.xml", media)
    _read(
        tmp_path, "wp.003.xml", media.replace("old.example", "other.example").replace("8.jpg", "x")
    )
    text = WXR.replace("{body}", f'{BODY}\n\n[gallery ids="8,4"]')
    text = text.replace("<title>x", site + "<title>x")
    (found,) = _read(tmp_path, "wp.001.xml", text)
    assert isinstance(found, RawDocument)
    assert [f.src.rpartition("/")[2] for f in found.figures] == ["b.jpg", "8.jpg", "4.jpg"]


@pytest.mark.parametrize("content", ["", " \n", "\ufeff", "\r\n\r\n"])
@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a.csv", "a.xml", "a.rss"])
def test_an_export_without_a_letter_is_called_empty(
    tmp_path: Path, name: str, content: str
) -> None:
    (fault,) = _read(tmp_path, name, content)
    assert isinstance(fault, Problem)
    assert fault.code == "seed-empty"


MOMENTS = {
    "a week": ("2014-W10-2", "2014-03-04"),
    "a day of the year": ("2014-063", "2014-03-04"),
    "the end of a day": ("2014-03-03T24:00:00Z", "2014-03-04T00:00:00+00:00"),
    "Firestore": ({"_seconds": 1393927200, "_nanoseconds": 0}, "2014-03-04T10:00:00+00:00"),
    "Java": ([2014, 3, 4, 10, 0], "2014-03-04"),
    "PHP": (
        {"date": "2014-03-04 10:00:00.0", "timezone": "Asia/Aden"},
        "2014-03-04T10:00:00+03:00",
    ),
    "Parse": ({"__type": "Date", "iso": "2014-03-04T10:00:00.000Z"}, "2014-03-04T10:00:00+00:00"),
    "parts": ({"year": 2014, "month": 3, "day": 4}, "2014-03-04"),
    "Unix": ("Tue Mar  4 10:00:00 UTC 2014", "2014-03-04T10:00:00+00:00"),
    "a zone's name": ("2014-03-04T10:00:00 Asia/Riyadh", "2014-03-04T10:00:00+03:00"),
    "Arabia's time, not the Atlantic's": ("Tue, 04 Mar 2014 10:00:00 AST", "2014-03-04"),
}


@pytest.mark.parametrize(("told", "iso"), MOMENTS.values(), ids=MOMENTS)
def test_moments_are_read_however_programs_write_them(
    tmp_path: Path, told: object, iso: str
) -> None:
    record = {"id": 1, "title": "جسر المشاة", "body": BODY, "created_at": told}
    article = _article(_read(tmp_path, "a.jsonl", json.dumps(record))[0])
    assert article.date is not None
    assert article.date.iso == iso


@pytest.mark.parametrize("state", ["acf-disabled", "dp-rewrite-republish", "private"])
def test_a_state_that_wordpress_does_not_show_is_kept_back(tmp_path: Path, state: str) -> None:
    text = WXR.format(body=BODY).replace("<wp:status>publish", f"<wp:status>{state}", 1)
    assert _article(_read(tmp_path, "a.xml", text)[0]).draft


@pytest.mark.parametrize("word", ["غير منشور", "Unpublished", "draft", "no"])
def test_a_word_in_the_column_published_is_no_day(tmp_path: Path, word: str) -> None:
    text = f"Nid,Title,Body,Published\n1,جسر المشاة,{BODY},{word}\n"
    article = _article(_read(tmp_path, "a.csv", text)[0])
    assert article.draft
    assert not article.date_info.evidence


@pytest.mark.parametrize("answer", ["1", "On", "true", "نعم"])
def test_an_answer_in_the_column_published_leaves_the_day_to_others(
    tmp_path: Path, answer: str
) -> None:
    text = f"Nid,Title,Body,Authored on,Published\n1,جسر المشاة,{BODY},2019-05-13 10:00,{answer}\n"
    article = _article(_read(tmp_path, "a.csv", text)[0])
    assert article.date
    assert article.date.day.isoformat() == "2019-05-13"
    assert not article.draft


def test_a_picture_that_leads_to_another_keeps_the_address_of_both(tmp_path: Path) -> None:
    shown = '<a href="https://o.example/full.png"><img src="https://o.example/a.png" alt="x"></a>'
    record = {
        "id": 1,
        "title": "جسر",
        "url": "https://o.example/1/",
        "body": f"<p>{BODY}</p>{shown}",
    }
    (found,) = _read(tmp_path, "a.ndjson", json.dumps(record) + "\n")
    assert isinstance(found, RawDocument)
    assert [figure.src for figure in found.figures] == ["https://o.example/a.png"]
    assert "https://o.example/full.png" in [fact.value for fact in found.facts]


def test_elements_of_plug_ins_take_the_place_of_nothing(tmp_path: Path) -> None:
    own = "<status>draft</status><topic>x</topic><headline>y</headline><date>1999</date>"
    media = '<m:title xmlns:m="http://search.yahoo.com/mrss/">z</m:title>'
    text = WXR.format(body=BODY).replace("<wp:post_id>5<", f"{own}{media}<wp:post_id>5<")
    article = _article(_read(tmp_path, "a.xml", text)[0])
    assert (article.title, article.draft, article.topics) == ("فتح الطريق", False, ("طرق",))
    assert article.date
    assert article.date.iso == "2019-05-03T13:00:00+03:00"


@pytest.mark.parametrize("name", ['"سمر نجم"', "“سمر نجم”", "«سمر نجم»", 'بقلم: "سمر نجم"'])
def test_names_and_tags_come_without_the_signs_around_them(tmp_path: Path, name: str) -> None:
    record = {"id": 1, "title": "x y", "author": name, "tags": "#بحر، #صيد", "body": BODY}
    (found,) = _read(tmp_path, "a.jsonl", json.dumps(record))
    article = _article(found)
    assert article.authors == ("سمر نجم",)
    assert article.topics == ("بحر", "صيد")


def test_nobody_signs_in_the_only_item_of_a_list(tmp_path: Path) -> None:
    body = f"<p>{BODY}</p><p>{BODY} وهذا كل شيء.</p><ul><li>طريق شرقي</li></ul>"
    record = json.dumps({"id": 1, "title": "فتح الطريق", "body": body}) + "\n"
    article = _article(_read(tmp_path, "a.ndjson", record)[0])
    assert article.authors == ()
    assert article.body.endswith("- طريق شرقي")


def test_the_caption_of_bloggers_table_belongs_to_its_picture(tmp_path: Path) -> None:
    table = (
        '<table class="tr-caption-container"><tr><td><img src="https://b.example/1.jpg"></td></tr>'
        '<tr><td class="tr-caption">قوارب الصيد عند الفجر</td></tr></table>'
    )
    record = json.dumps({"id": 1, "title": "المرفأ", "body": f"<p>{BODY}</p>{table}"}) + "\n"
    article = _article(_read(tmp_path, "a.ndjson", record)[0])
    shown = [figure for figure in (article.image, *article.figures) if figure]
    assert [figure.caption for figure in shown] == ["قوارب الصيد عند الفجر"]
    assert article.body == BODY


def test_callouts_and_toggles_of_ghost_keep_their_words(tmp_path: Path) -> None:
    cards = [
        {"type": "callout", "calloutText": "الطريق مغلق ليلًا", "calloutEmoji": ""},
        {"type": "toggle", "heading": "متى يفتح؟", "content": "<b>بعد شهر</b>"},
    ]
    words = {"type": "paragraph", "children": [{"type": "text", "text": BODY}]}
    lexical = json.dumps({"root": {"type": "root", "children": [words, *cards]}})
    record = json.dumps({"id": 1, "title": "فتح الطريق", "lexical": lexical}) + "\n"
    body = _article(_read(tmp_path, "a.ndjson", record)[0]).body
    assert all(text in body for text in (BODY, "الطريق مغلق ليلًا", "متى يفتح؟", "بعد شهر"))
