"""What known programs write, each field in its own words, comes to the same article."""

import json
from pathlib import Path

import pytest

from warraq.base.problems import Problem
from warraq.intake import draft_of, outlet_directory
from warraq.model import Article, RawDocument
from warraq.seeds import reader
from warraq.seeds.exports import export_records

PARTS = (
    "ثبّت الحرّاجون لوحات جديدة عند مداخل الغابة تدلّ على الممرات وتحذّر من النار في الصيف.",
    "وذكر رئيسهم أن نصف اللوحات صُنع من خشب الأشجار التي أسقطتها عاصفة الشتاء الماضي.",
)
TEXT, HTML = "\n\n".join(PARTS), "".join(f"<p>{part}</p>\n" for part in PARTS)
TITLE, URL, WRITER = "لوحات جديدة في الغابة", "https://ghaba.example/a/1", "نادر شمّا"

NEWS_PLEASE = {
    "authors": [WRITER], "date_download": "2021-01-02 01:02:03", "date_modify": None,
    "date_publish": "2020-09-18 07:00:00", "description": "خلاصة.", "filename": "x.json",
    "language": "ar", "maintext": TEXT, "source_domain": "ghaba.example", "title": TITLE,
    "title_page": None, "url": URL,
}  # fmt: skip
NEWSPAPER = {
    "url": URL, "source_url": "https://ghaba.example", "title": TITLE, "text": TEXT,
    "top_image": "https://ghaba.example/1.jpg", "images": ["https://ghaba.example/logo.png"],
    "html": f"<html><body><nav>الرئيسية</nav>{HTML}</body></html>", "authors": [WRITER],
    "publish_date": "2020-09-18T07:00:00", "meta_lang": "ar", "keywords": [],
}  # fmt: skip
TRAFILATURA = {
    "title": TITLE, "author": WRITER, "hostname": "ghaba.example", "date": "2020-09-18",
    "raw_text": TEXT, "text": TEXT, "language": "ar", "source": URL, "excerpt": "خلاصة.",
    "categories": "بيئة", "tags": "غابات;حرائق", "comments": "", "filedate": "2023-01-01",
}  # fmt: skip
JOOMLA = [
    {"type": "header", "version": "5.2"}, {"type": "database", "name": "j"},
    {"type": "table", "name": "j_content", "data": [
        {"id": "1", "title": TITLE, "alias": "lawhat", "introtext": f"<p>{PARTS[0]}</p>",
         "fulltext": f"<p>{PARTS[1]}</p>", "state": "1", "catid": "8", "created_by": "42",
         "created": "2020-09-01 07:00:00", "created_by_alias": WRITER,
         "publish_up": "2020-09-18 07:00:00", "language": "*"}]},
]  # fmt: skip
DRUPAL_REST = [{
    "nid": [{"value": 1}], "status": [{"value": True}], "title": [{"value": TITLE}],
    "type": [{"target_id": "article"}], "uid": [{"target_id": 1}], "langcode": [{"value": "ar"}],
    "created": [{"value": "2020-09-18T07:00:00+03:00"}], "path": [{"alias": "/lawhat"}],
    "body": [{"value": HTML, "format": "full_html", "processed": HTML, "summary": "خلاصة."}],
}]  # fmt: skip
DRUPAL_API = {"jsonapi": {"version": "1.0"}, "data": [{
    "type": "node--article", "id": "u-1", "attributes": {
        "title": TITLE, "status": True, "created": "2020-09-18T07:00:00+03:00", "langcode": "ar",
        "path": {"alias": "/lawhat"}, "body": {"value": HTML, "processed": HTML}}}],
    "links": {"next": {"href": "x"}}}  # fmt: skip
DRUPAL_TABLE = (
    f'Nid,Title,Body,"Authored on","Authored by",Published\n'
    f'1,{TITLE},"{HTML}","Fri, 09/18/2020 - 07:00",{WRITER},On\n'
)
WORDPRESS_API = [{
    "id": 7, "date": "2020-09-18T07:00:00", "status": "publish", "link": URL, "author": 3,
    "title": {"rendered": TITLE}, "content": {"rendered": HTML, "protected": False},
    "categories": [4], "tags": [5, 6], "featured_media": 0, "type": "post",
}]  # fmt: skip
JSON_FEED = {"version": "https://jsonfeed.org/version/1.1", "title": "الغابة", "items": [{
    "id": "1", "url": URL, "title": TITLE, "content_html": HTML, "authors": [{"name": WRITER}],
    "date_published": "2020-09-18T07:00:00Z"}]}  # fmt: skip
SCRAPY = {"url": URL, "headline": [TITLE], "body": list(PARTS), "date": "2020-09-18"}
MONGO = {"_id": {"$oid": "5c1"}, "title": TITLE, "content": TEXT, "author": {"name": WRITER},
         "publishedAt": {"$date": "2020-09-18T07:00:00Z"}}  # fmt: skip
TOOLS: dict[str, object] = {
    "news-please.json": NEWS_PLEASE, "newspaper.json": NEWSPAPER, "trafilatura.json": TRAFILATURA,
    "joomla.json": JOOMLA, "rest.json": DRUPAL_REST, "api.json": DRUPAL_API,
    "views.csv": DRUPAL_TABLE, "wp-json.json": WORDPRESS_API, "feed.json": JSON_FEED,
    "scrapy.jl": SCRAPY, "mongo.json": MONGO,
}  # fmt: skip
UNSIGNED = {"rest.json", "api.json", "wp-json.json", "scrapy.jl"}  # who wrote is another table's


def _article(site: Path, name: str, written: object) -> Article:
    text = written if isinstance(written, str) else json.dumps(written, ensure_ascii=False)
    (site / name).write_text(text, "utf-8")
    found = list(export_records.documents(site / name, site))
    assert not [f for f in found if isinstance(f, Problem)]
    (record,) = (f for f in found if isinstance(f, RawDocument))
    return draft_of(record, outlet_directory()).article


def test_what_wordpress_embeds_names_its_numbers(tmp_path: Path) -> None:
    told = {
        "author": [{"id": 3, "name": WRITER}],
        "wp:term": [
            [{"taxonomy": "category", "name": "بيئة"}],
            [{"taxonomy": "post_tag", "name": "غابات"}, {"taxonomy": "post_tag", "name": "حرائق"}],
        ],
        "wp:featuredmedia": [
            {"source_url": "https://ghaba.example/1.jpg", "alt_text": "لوحة", "caption": {}},
        ],
    }
    article = _article(tmp_path, "wp-json.json", [{**WORDPRESS_API[0], "_embedded": told}])
    assert (article.authors, article.section) == ((WRITER,), "بيئة")
    assert article.topics == ("غابات", "حرائق")
    assert article.image is not None
    assert (article.image.src, article.image.alt) == ("https://ghaba.example/1.jpg", "لوحة")


@pytest.mark.parametrize("embedded", [None, [], {"author": 3, "wp:term": [None, [None, ["x"]]]}])
def test_what_wordpress_does_not_embed_is_not_missed(tmp_path: Path, embedded: object) -> None:
    article = _article(tmp_path, "w.json", [{**WORDPRESS_API[0], "_embedded": embedded}])
    assert (article.authors, article.topics) == ((), ())


@pytest.mark.parametrize("name", TOOLS)
def test_every_tools_record_is_the_same_article(tmp_path: Path, name: str) -> None:
    article = _article(tmp_path, name, TOOLS[name])
    assert (article.title, article.body, article.draft) == (TITLE, TEXT, False)
    assert article.date is not None
    assert article.date.day.isoformat() == "2020-09-18"
    assert article.authors == (() if name in UNSIGNED else (WRITER,))
    assert not article.figures
    assert article.section in {"", "بيئة"}
    assert article.lang in {"", "ar"}


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("joomla.json", json.dumps(JOOMLA).replace('"state": "1"', '"state": "0"')),
        ("rest.json", json.dumps(DRUPAL_REST).replace("true", "false")),
        ("api.json", json.dumps(DRUPAL_API).replace("true", "false")),
        ("views.csv", DRUPAL_TABLE.replace(",On", ",Off")),
        ("wp-json.json", json.dumps(WORDPRESS_API).replace('"publish"', '"draft"')),
    ],
)
def test_what_a_tool_keeps_back_stays_so(tmp_path: Path, name: str, written: str) -> None:
    assert _article(tmp_path, name, written).draft


MEDIUM = f"""<!DOCTYPE html><html><head><title>{TITLE}</title></head><body><article class="h-entry">
<header><h1 class="p-name">{TITLE}</h1></header>
<section data-field="subtitle" class="p-summary">خلاصة.</section>
<section data-field="body" class="e-content"><section><h3 class="graf--title">{TITLE}</h3>
{HTML}</section></section>
<footer><p>By <a href="https://medium.com/@n" class="p-author h-card">{WRITER}</a>{{day}}.</p>
<p><a href="https://medium.com/@n/x-1" class="p-canonical">Canonical link</a></p>
<p>Exported from <a href="https://medium.com">Medium</a> on May 1, 2022.</p></footer>
</article></body></html>"""
DAY = ' on <time class="dt-published" datetime="2020-09-18T07:00:00.000Z">September 18, 2020</time>'


@pytest.mark.parametrize("day", [DAY, ""])
def test_a_page_of_mediums_export_has_its_day_or_is_a_draft(tmp_path: Path, day: str) -> None:
    path = tmp_path / "page.html"
    path.write_text(MEDIUM.format(day=day), "utf-8")
    article = draft_of(reader.read(path, tmp_path), outlet_directory()).article
    assert (article.title, article.body, article.authors) == (TITLE, TEXT, (WRITER,))
    assert article.draft == (not day)
    assert (article.date.day.isoformat() if article.date else "") == ("2020-09-18" if day else "")
