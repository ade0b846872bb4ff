"""A law: whatever an export or a sidecar says, `check` accepts what import writes; it publishes."""

import csv
import io
import json
import tempfile
from collections.abc import Mapping
from html import escape
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from warraq.base.problems import format_problem
from warraq.build.full import build
from warraq.commands.check import check
from warraq.importer.options import ImportOptions
from warraq.importer.run import import_seeds
from warraq.seeds.sidecar import KEYS

PARAGRAPHS = (
    "أعلن مجلس البلدة فتح السوق المسقوف من جديد بعد أن أنهى العمال ترميم القباب الثلاث.",
    "<p>وقال أمين السوق إن الدكاكين تعود إلى أصحابها <b>بالأجرة القديمة</b>.</p>",
    "<p>يوم الجمعة 3 أيار 2019 <img src='a.jpg'> <img src='https://x.example/b.png'></p>",
    "[gallery ids='1,2'] <a href='/archive/'>السجل</a> <a href='javascript:x'>زر</a>",
    "# عنوان\n\n* بند\n* بند\n\n| أ | ب |\n|---|---|\n| ١ | ٢ |",
)
ODD = (
    *("admin", "covid-19", "2019", "a", "..", "../../etc/passwd", "-", "0", "null", "true", "نعم"),
    *("سمر نجم", "الرياض - واس", "x@y.example", "<b>ناس</b>", "&#8220;قول&#8221;", "#وسم", "أ: ب"),
    *("Arabic", "ar_SA", "zh-Hant-TW", "xx_very-longsubtagvalue", "١٤٤٠", "\u202eقلب\u202c"),
    "\ud83d",
    *("1556877600", "1556877600000", "20190503", "20199999", "2019-02-30", "2019-05", "3/5/2019"),
    *("0000-00-00 00:00:00", "9999-12-31T23:59:59+14:00", "0001-01-01"),
    "2019-05-03T10:00:00+23:59",
    *("Fri, 03 May 2019 10:00:00 +0000", "رمضان 1440هـ", "صيف 2012", "2019-05-03 25:61:00"),
    *("https://old.example/archive/", "https://old.example/", "/n/abc123/", "/search/", "/topics/"),
    *("/2019/05/a.html", "https://old.example/2019/05/a/", "/A/", "/a/", "/feed.xml", "/404.html"),
    *("https://old.example/%D8%A3/?p=5#x", "http://[", "//x", "/a:b/", "a\\b", "a/../b", "/.well/"),
    *("photo.jpg", "https://x.example/p.jpg", "C:\\p.jpg", "data:image/png;base64,AA", "a b.png"),
    *("publish", "draft", "مسودة", "private", "1", "---", "- x", "{a: b}", "'", '"', "*", "%", "@"),
)  # fmt: skip
NAMES = (
    *("id", "title", "date", "modified", "author", "section", "topic", "url", "alias", "outlet"),
    *("lang", "description", "image", "image_alt", "image_caption", "status", "published", "tags"),
    *("categories", "guid", "source", "slug", "العنوان", "الكاتب", "الحالة", "figures", "password"),
)
texts = st.sampled_from(ODD) | st.text(max_size=40)
scalars = texts | st.integers(-5, 2 * 10**12) | st.booleans() | st.none() | st.floats(0, 1e10)
values = (
    scalars
    | st.lists(texts, max_size=3)
    | st.fixed_dictionaries({"name": texts, "src": texts})
    | st.fixed_dictionaries({"$date": scalars})
)
bodies = st.lists(st.sampled_from(PARAGRAPHS) | texts, max_size=3).map(
    lambda more: "\n\n".join((PARAGRAPHS[0], *more))
)
records = st.builds(
    lambda fields, body: {**fields, "body": body},
    st.dictionaries(st.sampled_from(NAMES), values, max_size=9),
    bodies,
)
flat = st.dictionaries(st.sampled_from(NAMES), texts, max_size=9)
sidecars = st.dictionaries(st.sampled_from(KEYS), texts.filter(str.strip), max_size=4)


def _json(record: Mapping[str, object]) -> str:
    return json.dumps(record)


def _csv(rows: list[dict[str, str]]) -> str:
    names = sorted({name for row in rows for name in row} | {"body"})
    told = io.StringIO()
    table = csv.DictWriter(told, names, restval="", lineterminator="\n")
    table.writeheader()
    table.writerows(row | {"body": PARAGRAPHS[0]} for row in rows)
    return told.getvalue()


def _xml(rows: list[dict[str, str]]) -> str:
    items = []
    for number, row in enumerate(rows, start=1):
        terms = "".join(
            f'<category domain="{domain}">{_escaped(row[key])}</category>'
            for key, domain in (("section", "category"), ("tags", "post_tag"), ("author", "author"))
            if key in row
        )
        items.append(
            f"<item><title>{_escaped(row.get('title', ''))}</title>"
            f"<link>{_escaped(row.get('url', ''))}</link>"
            f"<dc:creator>{_escaped(row.get('author', ''))}</dc:creator>"
            f"<content:encoded>{_escaped(PARAGRAPHS[number % 4])}</content:encoded>"
            f"<wp:post_id>{number}</wp:post_id><wp:post_type>post</wp:post_type>"
            f"<wp:post_date>{_escaped(row.get('date', ''))}</wp:post_date>"
            f"<wp:post_date_gmt>{_escaped(row.get('modified', ''))}</wp:post_date_gmt>"
            f"<wp:status>{_escaped(row.get('status', 'publish'))}</wp:status>{terms}</item>"
        )
    terms = "".join(
        f"<wp:author><wp:author_login>{_escaped(row.get('author', ''))}</wp:author_login>"
        f"<wp:author_display_name>{_escaped(row.get('title', ''))}</wp:author_display_name>"
        f"</wp:author><wp:category><wp:category_nicename>{_escaped(row.get('slug', ''))}"
        f"</wp:category_nicename><wp:cat_name>{_escaped(row.get('section', ''))}</wp:cat_name>"
        f"</wp:category><wp:tag><wp:tag_slug>{_escaped(row.get('id', ''))}</wp:tag_slug>"
        f"<wp:tag_name>{_escaped(row.get('tags', ''))}</wp:tag_name></wp:tag>"
        for row in rows
    )
    pages = "".join(
        f"<item><title>{_escaped(row.get('title', ''))}</title>"
        f"<link>{_escaped(row.get('url', ''))}</link>"
        f"<content:encoded>{_escaped(PARAGRAPHS[1])}</content:encoded>"
        f"<wp:post_id>{number}9</wp:post_id><wp:post_name>{_escaped(row.get('slug', ''))}"
        "</wp:post_name><wp:status>publish</wp:status><wp:post_type>page</wp:post_type></item>"
        for number, row in enumerate(rows[:2], start=1)
    )
    return (
        '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">'
        "<channel><wp:base_site_url>https://old.example</wp:base_site_url>"
        f"{terms}{pages}{''.join(items)}</channel></rss>"
    )


def _feed(rows: list[dict[str, str]]) -> str:
    items = "".join(
        f"<item><title>{_escaped(row.get('title', ''))}</title>"
        f"<link>{_escaped(row.get('url', ''))}</link>"
        f"<guid>{number}</guid><author>{_escaped(row.get('author', ''))}</author>"
        f"<category>{_escaped(row.get('section', ''))}</category>"
        f"<pubDate>{_escaped(row.get('date', ''))}</pubDate>"
        f"<description>{_escaped(PARAGRAPHS[number % 4])}</description></item>"
        for number, row in enumerate(rows, start=1)
    )
    return f'<rss version="2.0"><channel><title>سوق</title>{items}</channel></rss>'


def _page(row: dict[str, str]) -> str:
    metas = "".join(
        f'<meta name="{key}" content="{_escaped(value)}">' for key, value in row.items()
    )
    language, author = _escaped(row.get("lang", "ar")), _escaped(row.get("author", ""))
    return (
        f'<html lang="{language}"><head><title>{_escaped(row.get("title", "سوق"))}</title>{metas}'
        f"<meta property='article:published_time' content='{_escaped(row.get('date', ''))}'></head>"
        f"<body><h1>سوق البلدة يفتح أبوابه</h1><p>{author}</p><p>{PARAGRAPHS[0]}</p></body></html>"
    )


def _escaped(text: str) -> str:
    return escape(text.encode("utf-8", "replace").decode())


@pytest.mark.parametrize("address", ["//x", "//paper.example/1", "ftp://paper.example/1"])
def test_what_is_no_web_address_becomes_no_link(tmp_path: Path, address: str) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "site.yaml").write_text("name: أرشيف\n", "utf-8")
    record = {"title": "سوق البلدة", "body": PARAGRAPHS[0], "source": {"$date": address}}
    (tmp_path / "seeds/a.jsonl").write_text(json.dumps(record), "utf-8")

    import_seeds(tmp_path, options=ImportOptions())

    assert list((tmp_path / "content/articles").rglob("*.md"))
    assert not [problem for problem in check(tmp_path) if problem.severity == "error"]


@pytest.mark.slow
def test_check_accepts_what_import_writes_and_it_is_published(soak: bool) -> None:
    @settings(
        max_examples=60 if soak else 10,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.reuse, Phase.generate),
    )
    @given(
        st.lists(records, max_size=8),
        st.lists(flat, max_size=6),
        st.lists(flat, max_size=6),
        st.lists(sidecars, max_size=4),
    )
    def holds(
        told: list[dict[str, object]],
        table: list[dict[str, str]],
        posts: list[dict[str, str]],
        beside: list[dict[str, str]],
    ) -> None:
        with tempfile.TemporaryDirectory() as folder:
            site = Path(folder)
            (site / "seeds").mkdir()
            (site / "site.yaml").write_text("name: أرشيف\ntime_zone: Asia/Damascus\n", "utf-8")
            seeds = {
                "a.jsonl": "\n".join(map(_json, told)),
                "b.json": json.dumps(told),
                "c.csv": _csv(table),
                "d.xml": _xml(posts),
            }
            for number, facts in enumerate(beside):
                seeds[f"e{number}.txt"] = f"سوق البلدة يفتح أبوابه\n\n{PARAGRAPHS[0]}\n"
                seeds[f"e{number}.yaml"] = yaml.safe_dump(facts, allow_unicode=False)
            for number, row in enumerate(table):
                head = yaml.safe_dump(row, allow_unicode=False)
                seeds[f"f{number}.md"] = f"---\n{head}---\n\n# سوق البلدة\n\n{PARAGRAPHS[0]}\n"
            for number, row in enumerate(posts):
                seeds[f"g{number}.html"] = _page(row)
            seeds["h.rss"] = _feed(table)
            for name, text in seeds.items():
                (site / "seeds" / name).write_text(text, "utf-8", "replace")
            import_seeds(site, options=ImportOptions(received="2024-06-01"))
            if not any((site / "content").rglob("articles/*/*.md")):
                return
            wrong = [problem for problem in check(site) if problem.severity == "error"]
            assert not wrong, "\n".join(format_problem(problem, "en") for problem in wrong)
            assert build(site, into=site / "public")

    holds()


def test_an_old_address_that_is_taken_stays_with_its_owner(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (tmp_path / "site.yaml").write_text("name: أرشيف\n", "utf-8")
    (tmp_path / "content/topics").mkdir(parents=True)
    tag = "---\nname: طرق\nformerly: [/tag/roads/]\n---\n"
    (tmp_path / "content/topics/roads.md").write_text(tag, "utf-8")
    addresses = (
        "/2019/a/",
        "/2019/A",
        "/archive/",
        "/tag/roads/",
        "/topics/roads/",
        "/2019/b.html",
    )
    rows = [
        {"id": f"r{number}", "title": f"خبر {number}", "body": PARAGRAPHS[0] * number, "url": url}
        for number, url in enumerate(addresses, start=1)
    ]
    (seeds / "a.jsonl").write_text("\n".join(map(_json, rows)), "utf-8")

    report = import_seeds(tmp_path)

    assert {line.outcome for line in report.lines} == {"imported"}
    files = sorted((tmp_path / "content/articles").rglob("*.md"))
    kept = {
        line[2:] for file in files for line in file.read_text("utf-8").split("\n")
        if line.startswith("- /")
    }  # fmt: skip
    assert kept == {"/2019/a/", "/2019/b.html"}
    receipts = "".join(
        f.read_text("utf-8") for f in (tmp_path / "content/.imports").rglob("*.json")
    )
    assert receipts.count("page:old-address") == 4
    assert [p for p in check(tmp_path) if p.severity == "error"] == []
    again = import_seeds(tmp_path, options=ImportOptions(again=True))
    assert {line.outcome for line in again.lines} == {"unchanged"}
    (seeds / "b.jsonl").write_text(_json({**rows[0], "id": "z", "title": "غير", "body": "ن " * 30}))
    import_seeds(tmp_path)
    assert [p for p in check(tmp_path) if p.severity == "error"] == []
