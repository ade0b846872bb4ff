"""What its CMS no longer shows leaves the archive too, unless an editor wants it."""

import json
from pathlib import Path

import pytest
from tests.commands.archive import started
from tests.commands.conftest import Run

from warraq.content.frontmatter import parse_article
from warraq.model import Article

TITLE = "البلدية تفتح مكتبة الحي بعد عامين من الترميم"
TEXT = (
    "فتحت البلدية أمس مكتبة الحي القديمة أمام القراء بعد ترميم دام عامين، وقالت مديرتها إن "
    "رفوفها تضم اثني عشر ألف كتاب جُمع أكثرها من تبرعات الأهالي."
)
POST = """<item><title>{title}</title><link>https://harbour.example/library/</link>
<content:encoded><![CDATA[<p>{text}</p>]]></content:encoded><wp:post_id>{number}</wp:post_id>
<wp:post_date>2019-05-03 10:00:00</wp:post_date><wp:post_type>post</wp:post_type>
<wp:post_modified>{modified}</wp:post_modified><wp:status>{status}</wp:status>
<wp:post_password>{password}</wp:post_password></item>"""
WXR = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>جريدة المرفأ</title><wp:wxr_version>1.2</wp:wxr_version>
<wp:base_blog_url>https://harbour.example</wp:base_blog_url>{items}</channel></rss>"""


def _wxr(status: str = "publish", password: str = "", *, day: int = 1) -> str:
    told = {"status": status, "password": password, "modified": f"2019-06-0{day} 10:00:00"}
    kept = POST.format(
        title="سوق السمك", text=TEXT.replace("مكتبة", "سوق"), number=8, status="publish",
        password="", modified="2019-05-03 10:00:00",
    ).replace("/library/", "/market/")  # fmt: skip
    return WXR.format(items=POST.format(title=TITLE, text=TEXT, number=7, **told) + kept)


def _put(site: Path, name: str, text: str) -> None:
    (site / "seeds").mkdir(exist_ok=True)
    (site / "seeds" / name).write_text(text, "utf-8")


def _library(site: Path) -> tuple[Path, Article]:
    """Return the article of the library, and its file."""
    for file in (site / "content/articles").rglob("*.md"):
        article, problems = parse_article(file.read_text("utf-8"), file.name)
        assert problems == []
        assert article is not None
        if article.title == TITLE:
            return file, article
    raise AssertionError(TITLE)


@pytest.fixture
def moved(tmp_path: Path, run: Run) -> Path:
    """An archive that a site moved into, while it showed everything."""
    site = started(tmp_path, "time_zone: Asia/Damascus\nhistory: none\n")
    _put(site, "site.xml", _wxr())
    assert run(site, "import").returncode == 0
    assert not _library(site)[1].draft
    return site


@pytest.mark.parametrize(("status", "password"), [("private", ""), ("publish", "سر")])
def test_what_was_withdrawn_becomes_a_draft(
    moved: Path, run: Run, status: str, password: str
) -> None:
    _put(moved, "site.xml", _wxr(status, password, day=2))
    run(moved, "import")
    assert _library(moved)[1].draft


def test_what_was_thrown_away_leaves_the_site(moved: Path, run: Run) -> None:
    _put(moved, "site.xml", _wxr("trash", day=2))

    done = run(moved, "import", LANG="en")

    assert done.returncode == 0, done.stdout + done.stderr
    file, article = _library(moved)
    assert article.draft
    assert f"{file.relative_to(moved)}: warning[import-withdrawn]" in done.stdout
    assert run(moved, "build").returncode == 0
    shown = [p.read_text("utf-8") for p in (moved / "public").rglob("*") if _is_text(p)]
    assert not [text for text in shown if TITLE in text]
    assert [text for text in shown if "سوق السمك" in text]
    again = run(moved, "import", "--again", LANG="en")
    assert "import-withdrawn" not in again.stdout
    assert _library(moved)[1].draft


def _is_text(file: Path) -> bool:
    return file.suffix in {".html", ".xml", ".json", ".txt", ".atom", ".md", ".csv"}


def test_an_editor_who_publishes_it_all_the_same_is_heard(moved: Path, run: Run) -> None:
    _put(moved, "site.xml", _wxr("private", day=2))
    run(moved, "import")
    file, _ = _library(moved)
    file.write_text(file.read_text("utf-8").replace("draft: true\n", ""), "utf-8")

    _put(moved, "site.xml", _wxr("draft", day=3))
    done = run(moved, "import", "--again", LANG="en")

    assert not _library(moved)[1].draft
    assert "import-withdrawn" not in done.stdout


def test_an_editor_who_keeps_it_back_is_heard(moved: Path, run: Run) -> None:
    file, _ = _library(moved)
    file.write_text(file.read_text("utf-8").replace("---\n", "---\ndraft: true\n", 1), "utf-8")
    _put(moved, "site.xml", _wxr(day=2))
    run(moved, "import", "--again")
    assert _library(moved)[1].draft


def test_what_is_published_again_comes_back(moved: Path, run: Run) -> None:
    _put(moved, "site.xml", _wxr("trash", day=2))
    run(moved, "import")
    _put(moved, "site.xml", _wxr(day=3))
    run(moved, "import")
    assert not _library(moved)[1].draft


def test_an_older_state_withdraws_nothing(moved: Path, run: Run) -> None:
    _put(moved, "site (1).xml", _wxr("draft", day=1).replace("2019-06-01", "2019-05-01"))
    run(moved, "import")
    assert not _library(moved)[1].draft


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_was_thrown_away_before_is_not_taken(tmp_path: Path, run: Run, jobs: int) -> None:
    site = started(tmp_path, "history: none\n")
    _put(site, "site.xml", _wxr("trash"))
    done = run(site, "import", "--jobs", jobs, LANG="en")
    assert done.returncode == 0, done.stdout
    assert "1 imported" in done.stdout
    assert len(list((site / "content/articles").rglob("*.md"))) == 1


def test_two_exports_of_one_run_are_two_states(tmp_path: Path, run: Run) -> None:
    site = started(tmp_path, "history: none\n")
    _put(site, "site (1).xml", _wxr())
    _put(site, "site (2).xml", _wxr("trash", day=2))
    run(site, "import", "--jobs", 2)
    assert _library(site)[1].draft


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["ndjson", "csv", "md"])
def test_the_state_of_any_kind_of_seed_is_merged(tmp_path: Path, run: Run, kind: str) -> None:
    site = started(tmp_path, "history: none\n")
    for hidden in (False, True):
        _put(site, f"wire.{kind}", _as(kind, hidden=hidden))
        done = run(site, "import", LANG="en")
        assert done.returncode == 0, done.stdout
        assert _library(site)[1].draft is hidden
    assert "import-withdrawn" in done.stdout


def _as(kind: str, *, hidden: bool) -> str:
    state = "private" if hidden else "published"
    if kind == "md":
        return f"---\ntitle: {TITLE}\ndraft: {str(hidden).lower()}\n---\n\n{TEXT}\n"
    row = {"id": "7", "title": TITLE, "body": TEXT, "status": state}
    if kind == "ndjson":
        return json.dumps(row) + "\n"
    return ",".join(row) + "\n" + ",".join(f'"{value}"' for value in row.values()) + "\n"
