"""The pictures of an export: taken where they lie, listed where they do not."""

import base64
import json
from pathlib import Path

import pytest
from tests.commands.archive import started
from tests.commands.conftest import Run, tree

from warraq.content.frontmatter import parse_article
from warraq.model import Article

# The smallest picture there is: one transparent point.
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="
)
OLD = "https://www.old.example/wp-content/uploads/2019/05"
TEXT = "أعلنت البلدية فتح الطريق الساحلي من جديد بعد انتهاء أعمال الصيانة في الجسر القديم كله."
INLINE = f"data:image/png;base64,{base64.b64encode(PNG + b'x' * 600).decode()}"


def _site(folder: Path) -> Path:
    site = started(folder)
    body = (
        f"<p>{TEXT}</p><img src='{OLD}/a-300x200.png' alt='الجسر'><img src='{OLD}/b%20c.png'>"
        f"<img src='https://cdn.example/d.png' alt='الميناء'><img src='{INLINE}' alt='رسم'>"
        f"<p>{TEXT} ثم ما تلاه.</p><img src='/show.php?id=3' alt='بلا اسم'>"
    )
    record = {"id": 1, "title": "فتح الطريق", "body": body, "url": "https://www.old.example/1/"}
    (site / "seeds").mkdir()
    (site / "seeds" / "old.ndjson").write_text(json.dumps(record) + "\n", "utf-8")
    return site


def _put(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(PNG)


def _article(site: Path) -> Article:
    (file,) = (site / "content" / "articles").rglob("*.md")
    article, problems = parse_article(file.read_text("utf-8"), file.name)
    assert problems == []
    assert article is not None
    return article


def _pictures(site: Path) -> list[str]:
    article = _article(site)
    return [figure.src for figure in (article.image, *article.figures) if figure]


def test_pictures_beside_an_export_are_taken(tmp_path: Path, run: Run) -> None:
    site = _site(tmp_path)
    _put(site / "seeds", "wp-content/uploads/2019/05/a.png", "uploads/2019/05/b c.png")

    done = run(site, "import")

    assert done.returncode == 0, done.stdout + done.stderr
    assert "seed-kind" not in done.stdout
    inline = _pictures(site)[3]
    assert _pictures(site) == [
        "old.example/2019/05/a-300x200.png",
        "old.example/2019/05/b c.png",
        "https://cdn.example/d.png",
        inline,
        "https://www.old.example/show.php?id=3",
    ]
    assert (site / "content/media/old.example/2019/05/b c.png").read_bytes() == PNG
    assert (site / "content/media" / inline).read_bytes().startswith(PNG)
    figures = _article(site).figures
    assert figures
    assert all(figure.alt for figure in figures)
    assert "Pictures: 3 taken, 2 still elsewhere" in done.stdout
    checked = run(site, "check")
    assert "error[" not in checked.stdout


def test_what_is_not_at_hand_is_listed_and_taken_once_it_is_there(tmp_path: Path, run: Run) -> None:
    site, folder = _site(tmp_path / "site"), tmp_path / "pictures"
    run(site, "import")
    before = tree(site)
    assert run(site, "import").returncode == 0
    assert tree(site) == before

    run(site, "import", "--pictures", str(folder))
    listed = (folder / "addresses.txt").read_text("utf-8").splitlines()
    assert listed == [
        "https://cdn.example/d.png",
        "https://www.old.example/show.php?id=3",
        f"{OLD}/a-300x200.png",
        f"{OLD}/b%20c.png",
    ]

    _put(folder, "www.old.example/wp-content/uploads/2019/05/b c.png", "d.png")
    (folder / "a-300x200.png").write_text("<html>not found</html>", "utf-8")
    done = run(site, "import", "--pictures", str(folder))

    assert "1 merged" in done.stdout
    assert _pictures(site)[1:3] == ["old.example/2019/05/b c.png", "cdn.example/d.png"]
    assert (folder / "addresses.txt").read_text("utf-8").splitlines() == [
        "https://www.old.example/show.php?id=3",
        f"{OLD}/a-300x200.png",
    ]
    settled = tree(site)
    assert run(site, "import", "--again").returncode == 0
    assert tree(site) == settled


def test_a_picture_that_an_editor_named_anew_stays(tmp_path: Path, run: Run) -> None:
    site, folder = _site(tmp_path / "site"), tmp_path / "pictures"
    run(site, "import")
    (file,) = (site / "content" / "articles").rglob("*.md")
    own = file.read_text("utf-8").replace(f"{OLD}/a-300x200.png", "own.png")
    file.write_text(own, "utf-8")
    _put(folder, "a-300x200.png", "b c.png")

    run(site, "import", "--pictures", str(folder))

    assert _pictures(site)[:2] == ["own.png", "old.example/2019/05/b c.png"]


def test_a_dry_run_takes_no_picture(tmp_path: Path, run: Run) -> None:
    site, folder = _site(tmp_path / "site"), tmp_path / "pictures"
    _put(folder, "a-300x200.png")
    before = tree(site)
    run(site, "import", "--dry-run", "--pictures", str(folder))
    assert tree(site) == before
    assert not (folder / "addresses.txt").exists()


PAGE = f"""<!doctype html><html lang="ar"><head><title>فتح الطريق الساحلي أمام السيارات</title>
<link rel="canonical" href="https://www.old.example/news/1"></head><body>
<header><img src="page_files/logo.png" alt="شعار"></header>
<article><h1>فتح الطريق الساحلي أمام السيارات</h1>
<figure><img src="page_files/a%20b.png" alt="الجسر"><figcaption>الجسر بعد الترميم</figcaption></figure>
<p>{TEXT}</p><p>وقال رئيسها إن العمل استغرق ستة أشهر كاملة وإن كلفته لم تتجاوز الموازنة.</p>
<img src="{INLINE.replace("eHh4", "eHh4" * 800)}" alt="رسم">
<img src="/media/far.jpg" alt="بعيدة"><img src="page_files/icon-share.png" width="16">
<iframe src="https://www.youtube.com/embed/film"></iframe>
<blockquote class="twitter-tweet"><p>الطريق مفتوح</p><a href="https://x.com/a/status/1">يوم</a></blockquote>
<p>وأضاف أن المرحلة الثانية تبدأ مطلع الشهر المقبل وتشمل إنارة الطريق وزرع الأشجار.</p></article>
<div class="related"><a href="/2"><img src="page_files/other.png" alt="خبر آخر"></a></div>
</body></html>"""  # noqa: E501


@pytest.mark.slow
def test_a_saved_page_brings_the_pictures_saved_with_it(tmp_path: Path, run: Run) -> None:
    site = started(tmp_path / "site")
    (site / "seeds").mkdir()
    (site / "seeds" / "page.html").write_text(PAGE, "utf-8")
    names = ("a b.png", "logo.png", "other.png", "icon-share.png", "frame.html", "x.js")
    _put(site / "seeds" / "page_files", *names)

    done = run(site, "import")

    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 imported" in done.stdout
    article = _article(site)
    assert article.image is not None
    assert (article.image.alt, article.image.caption) == ("الجسر", "الجسر بعد الترميم")
    assert [figure.alt for figure in article.figures] == ["رسم"]
    for src in _pictures(site):
        assert (site / "content/media" / src).read_bytes().startswith(PNG)
    (receipt,) = (site / "content/.imports").rglob("*.json")
    told = {(r["rule"], r["text"]) for r in json.loads(receipt.read_bytes())["removed"]}
    assert ("page:picture", "https://www.old.example/media/far.jpg") in told
    assert ("page:embedded", "https://www.youtube.com/embed/film") in told
    assert ("page:embedded", "https://x.com/a/status/1") in told
    assert any("الطريق مفتوح" in text for _, text in told)

    folder = tmp_path / "pictures"
    run(site, "import", "--pictures", str(folder))
    assert (folder / "addresses.txt").read_text() == "https://www.old.example/media/far.jpg\n"
    _put(folder, "www.old.example/media/far.jpg")
    run(site, "import", "--pictures", str(folder))
    assert "old.example/media/far.jpg" in _pictures(site)
    assert "error[" not in run(site, "check").stdout


def test_a_post_that_is_but_a_picture_or_a_film_is_an_article(tmp_path: Path, run: Run) -> None:
    site = started(tmp_path)
    (site / "seeds").mkdir()
    records = [
        {"id": 1, "title": "صورة اليوم من المرفأ", "body": f"<img src='{OLD}/a.png' alt='المرفأ'>"},
        {"id": 2, "title": "شاهد افتتاح الطريق الساحلي", "body": "https://youtu.be/abc<br>"},
        {"id": 3, "title": "افتتاح السوق", "body": "", "image": f"{OLD}/b.png"},
        {"id": 4, "title": "لا شيء هنا أبدًا", "body": "<p> </p>"},
    ]
    lines = (json.dumps(record) + "\n" for record in records)
    (site / "seeds" / "old.ndjson").write_text("".join(lines), "utf-8")

    done = run(site, "import")

    assert "3 imported" in done.stdout
    assert "1 refused" in done.stdout
    checked = run(site, "check")
    assert "error[" not in checked.stdout
    assert run(site, "build").returncode == 0


def test_a_path_that_leads_to_no_file_is_left_to_the_receipt(tmp_path: Path, run: Run) -> None:
    site = started(tmp_path)
    record = {"id": 1, "title": "فتح الطريق", "body": f"<p>{TEXT}</p><img src='a.jpg'>"}
    (site / "seeds").mkdir()
    (site / "seeds" / "old.ndjson").write_text(json.dumps(record) + "\n", "utf-8")

    done = run(site, "import")

    assert "1 still elsewhere" in done.stdout
    assert _pictures(site) == []
    (receipt,) = (site / "content" / ".imports").rglob("*.json")
    assert '"page:picture"' in receipt.read_text("utf-8")
    assert run(site, "check").returncode == 0


WXR = """<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>أ</title>
<item><title>فتح الطريق</title><content:encoded><![CDATA[<p>{text}</p><img src="{src}" alt="رسم">]]>
</content:encoded><wp:post_id>1</wp:post_id><wp:post_type>post</wp:post_type>
<wp:status>publish</wp:status></item></channel></rss>"""


def _embedded(folder: Path, run: Run, size: int) -> Path:
    site = started(folder)
    src = f"data:image/png;base64,{base64.b64encode(PNG + b'x' * size).decode()}"
    (site / "seeds").mkdir()
    (site / "seeds" / "old.xml").write_text(WXR.format(text=TEXT, src=src), "utf-8")
    run(site, "import")
    return site


def test_a_picture_within_an_export_is_taken(tmp_path: Path, run: Run) -> None:
    site = _embedded(tmp_path, run, 60_000)

    (src,) = _pictures(site)
    assert (site / "content" / "media" / src).stat().st_size > 60_000


def test_a_picture_too_large_for_its_record_is_in_the_receipt(tmp_path: Path, run: Run) -> None:
    site = _embedded(tmp_path, run, 9_000_000)

    (receipt,) = (site / "content" / ".imports").rglob("*.json")
    assert "data:image/png;base64,…" in receipt.read_text("utf-8")
    assert receipt.stat().st_size < 5_000
