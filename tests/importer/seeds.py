"""Short seeds and exports for the tests of the import, and what comes of them."""

import json
from collections.abc import Mapping
from pathlib import Path

from warraq.content import receipts
from warraq.content.frontmatter import parse_article
from warraq.importer.options import ImportOptions
from warraq.importer.report import ImportReport
from warraq.importer.run import import_seeds
from warraq.model import Article, Receipt

TITLE = "فتح الطريق الساحلي بعد صيانته"
FIRST = "أعلنت البلدية فتح الطريق الساحلي من جديد بعد انتهاء أعمال الصيانة في الجسر الشمالي."
SECOND = "وقال رئيسها إن العمل استغرق ستة أشهر كاملة وإن كلفته بلغت مليوني دينار."
THIRD = "وأضاف أن مرحلة ثانية ستبدأ في الربيع وتشمل رصف الميناء القديم وإنارته."
OTHER = "افتتحت وزارة الثقافة معرض الكتاب في المدينة القديمة بمشاركة مئة دار نشر عربية."
MORE = "ويستمر المعرض عشرة أيام تتخللها أمسيات شعرية وندوات عن الترجمة وحقوق المؤلفين."


def write_seed(site: Path, name: str, *lines: str) -> Path:
    path = site / "seeds" / name
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def run_import(site: Path, **options: object) -> ImportReport:
    return import_seeds(site, options=ImportOptions(**options))  # type: ignore[arg-type] # fields of ImportOptions


def outcomes(report: ImportReport) -> list[tuple[str, str]]:
    return [(line.seed.removeprefix("seeds/"), line.outcome) for line in report.lines]


def articles(site: Path) -> list[Article]:
    found = []
    for path in sorted((site / "content" / "articles").rglob("*.md")):
        article, problems = parse_article(path.read_text("utf-8"), path.name)
        assert problems == []
        assert article is not None
        found.append(article)
    return found


def receipt_of(site: Path, article_id: str) -> Receipt:
    path = receipts.path_of(article_id)
    return receipts.decode((site / path).read_bytes(), path)


def edit(site: Path, old: str, new: str) -> None:
    (path,) = (site / "content" / "articles").rglob("*.md")
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def record(number: int | str, body: str, **more: object) -> dict[str, object]:
    link = f"https://old.example/{number}.html"
    return {"id": number, "title": TITLE, "content": f"<p>{body}</p>", "link": link, **more}


def write_export(site: Path, name: str, *records: Mapping[str, object]) -> None:
    lines = (json.dumps(record, ensure_ascii=False) for record in records)
    (site / "seeds" / name).write_text("\n".join(lines) + "\n", "utf-8")
