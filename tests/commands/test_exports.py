"""Exports of several systems in one archive, from the command line to the published page."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from tests.commands.archive import started

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
