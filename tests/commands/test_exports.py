"""Exports of several systems in one archive, from the command line to the published page."""

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from tests.commands.archive import started

from warraq.content.frontmatter import parse_article
from warraq.importer.options import ImportOptions
from warraq.importer.run import import_seeds

Run = Callable[..., CompletedProcess[str]]
TEXTS = {
    "برج": "رمّم البناؤون برج الساعة وأعادوا إليه عقاربه النحاسية بعد أن صُقلت في ورشة المدينة.",
    "نبع": "جرى الماء في قناة النبع بعد تنظيفها من الطمي، فسُقيت البساتين أول مرة هذا العام.",
    "خان": "فُتح الخان القديم للزوار، وفيه غرف التجار وإسطبل الخيل والبئر التي لا تنضب صيفًا.",
    "جبل": "بلغ المتسلقون قمة الجبل الأبيض عند الفجر، وعادوا بصور للوادي تحت الغيم الكثيف.",
}
WXR = """<?xml version="1.0"?>
<rss xmlns:wp="http://wordpress.org/export/1.2/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>x</title>
<wp:base_site_url>https://burj.example</wp:base_site_url>
<item><title>خبر & خبر</title><wp:post_id>1</wp:post_id><wp:post_type>post</wp:post_type>
<wp:status>publish</wp:status><content:encoded><![CDATA[{}]]></content:encoded></item>
<item><title>ثان</title><wp:post_id>2</wp:post_id><wp:post_type>post</wp:post_type>
<wp:status>publish</wp:status><content:encoded><![CDATA[{}]]></content:encoded></item>
</channel></rss>"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    site = started(tmp_path / "site")
    seeds = site / "seeds"
    seeds.mkdir()
    (seeds / "wp.xml").write_text(WXR.format(TEXTS["برج"], TEXTS["نبع"]), "utf-8")
    table = f"العنوان;النص;التاريخ\nخان;{TEXTS['خان']};2011-01-02\n"
    (seeds / "table.csv").write_bytes(table.encode("windows-1256"))
    rows = [{"id": 1, "headline": "جبل", "text": TEXTS["جبل"]}, {"id": 2, "headline": "فارغ"}]
    (seeds / "dump.json").write_text(json.dumps({"posts": rows}), "utf-8")
    return site


def test_exports_of_many_systems_become_pages(site: Path, run: Run) -> None:
    report = json.loads(run(site, "import", "--format", "json").stdout)
    told = [(line["seed"], p["code"]) for line in report["lines"] for p in line["problems"]]
    assert told == [("seeds/dump.json#2", "export-no-body"), ("seeds/wp.xml#1", "seed-mended")]
    bodies = [p.read_text("utf-8") for p in (site / "content" / "articles").rglob("*.md")]
    assert len(bodies) == len(TEXTS)

    assert run(site, "check").returncode == 0
    assert run(site, "build").returncode == 0
    pages = [p.read_text("utf-8") for p in (site / "public" / "n").glob("*/index.html")]
    assert all(any(text in page for page in pages) for text in TEXTS.values())


def test_a_packed_export_is_read_and_known_again(tmp_path: Path, run: Run) -> None:
    site = started(tmp_path, "history: none\n")
    (site / "seeds").mkdir()
    text = "نزلت السفن إلى الميناء صباح أمس بعد أسبوع من الريح، وباع الصيادون ما حملته."
    rows = f'id,title,body\n1,السفن,"{text}"\n2,السوق,"{text} وفتح السوق أبوابه مساء للزوار."\n'
    (site / "seeds/wire.csv.gz").write_bytes(gzip.compress(rows.encode()))
    (site / "seeds/old.txt.gz").write_bytes(gzip.compress(text.encode()))

    done = run(site, "import", LANG="en")

    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 imported" in done.stdout
    assert "seeds/old.txt.gz: warning[seed-packed]" in done.stdout
    assert "2 unchanged" in run(site, "import", LANG="en").stdout
    checked = run(site, "check", LANG="en").stdout
    assert "[seed-" not in checked


ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">
<title>جريدة المرفأ</title><link href="https://harbour.example/"/>{}</feed>"""
ENTRY = """<entry><title>{0}</title><id>tag:harbour.example,2019:{1}</id>{2}
<link href="https://harbour.example/{3}"/><content type="html">&lt;p&gt;{4}&lt;/p&gt;</content>
</entry>
"""
CHANGED = "<updated>2019-05-03T10:00:00Z</updated>"  # a Friday


def _dated(site: Path, day: str, *, text: str, link: str = "x/") -> tuple[str, str, str]:
    """Return the status, the EDTF and the day of the article that an entry of Atom becomes."""
    entry = ENTRY.format("مكتبة الحي", 1, day, link, text)
    (site / "seeds/atom.xml").write_text(ATOM.format(entry), "utf-8")
    (found,) = import_seeds(
        site, [site / "seeds/atom.xml"], options=ImportOptions(dry_run=True)
    ).lines
    head = "\n".join(line[1:] for line in found.diff.split("\n")[3:])
    article, problems = parse_article(head, "x.md")
    assert problems == []
    assert article is not None
    info, date = article.date_info, article.date
    return info.status, info.edtf, date.day.isoformat() if date else ""


def test_an_entry_that_tells_only_its_last_change_was_published_by_then(tmp_path: Path) -> None:
    site = started(tmp_path, "time_zone: Asia/Damascus\nhistory: none\n")
    (site / "seeds").mkdir()
    bare = "فتحت المكتبة أبوابها بعد عامين من الترميم، وفيها اثنا عشر ألف كتاب جمعها الأهالي."
    own = f"قالت المديرة اليوم الجمعة إن العمل تم. {bare}"
    other = f"قالت المديرة اليوم الأحد إن العمل تم. {bare}"
    day, until = "2019-05-03", "[..2019-05-03]"

    assert _dated(site, CHANGED, text=bare) == ("inferred", until, "")
    assert _dated(site, CHANGED, text=own) == ("inferred", f"{day}~", day)
    assert _dated(site, CHANGED, text=other) == ("inferred", until, "")
    told = _dated(site, CHANGED, text=bare, link="2018/11/20/x/")
    assert told == ("exact", "2018-11-20", "2018-11-20")
    both = CHANGED + "<published>2018-01-02T08:00:00Z</published>"
    assert _dated(site, both, text=own)[1:] == ("2018-01-02", "2018-01-02")
    assert _dated(site, "<updated>قريبًا</updated>", text=bare) == ("unknown", "", "")


def test_readers_are_told_that_it_was_then_or_earlier(tmp_path: Path, run: Run) -> None:
    site = started(tmp_path, "time_zone: Asia/Damascus\nhistory: none\n")
    (site / "seeds").mkdir()
    entry = ENTRY.format("مكتبة الحي", 1, CHANGED, "x/", " ".join(TEXTS.values()))
    (site / "seeds/atom.xml").write_text(ATOM.format(entry), "utf-8")
    done = run(site, "import", LANG="en")
    assert "date inferred" in done.stdout
    assert run(site, "build").returncode == 0
    (page,) = (site / "public/n").glob("*/index.html")
    shown = re.sub(r"<[^>]+>|[\u2066-\u2069]", "", page.read_text("utf-8"))
    assert "2019 أو قبله" in shown
    assert "بحسب يوم آخر تعديل" in shown
    assert "datePublished" not in page.read_text("utf-8")
