"""Marks in plain text: escaped by import, and no edit for that in an archive that is there."""

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from warraq.base.markup import unescaped
from warraq.content import receipts
from warraq.content.frontmatter import article_text, parse_article
from warraq.content.store import load
from warraq.importer.options import ImportOptions
from warraq.importer.report import ImportReport
from warraq.importer.run import import_seeds
from warraq.model import Article
from warraq.prose.markdown import html_of, text_of

TITLE = "عطل في خدمات الوزارة"
MARKED = [
    "قالت الوزارة إن الملف __config__ تعطل، وإن **الخدمة** ستعود بعد *ساعات* قليلة من اليوم.",
    "1967. عبارة تبدأ برقم كتبه صاحب البيان في أول السطر من غير أن يريد قائمة ولا تعدادًا.",
    "واستعمل الموظفون الوسم <b> والرمز &amp; والرابط [هنا](http://a.example/x_y) في رسائلهم.",
    "وأضاف البيان أن العمل `مستمر` في `المركز` حتى تعود الخدمات كلها إلى حالها السابقة.",
]
EDITED = "كتب المحرر هذه الفقرة من جديد بكلمات من عنده كلها."


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "site.yaml").write_text("name: أرشيف\n", "utf-8")
    (tmp_path / "seeds" / "a.txt").write_text("\n".join([TITLE, "", *MARKED]) + "\n", "utf-8")
    return tmp_path


def imported(site: Path, *, again: bool = False) -> ImportReport:
    return import_seeds(site, options=ImportOptions(again=again))


def the_article(site: Path) -> Article:
    (article,) = load(site).articles
    return article


def grown_old(site: Path) -> None:
    """Make the archive what an import made of it that escaped numbers and no other mark."""
    article = the_article(site)
    body = re.sub(r"^(\d+)\.", r"\1\\.", unescaped(article.body), flags=re.MULTILINE)
    old = replace(article, body=body)
    (site / article.path).write_text(article_text(old), "utf-8")
    path = site / receipts.path_of(article.id)
    kept = receipts.decode(path.read_bytes(), path.name)
    path.write_bytes(receipts.encode(receipts.with_hashes(kept, old)))


def edit(site: Path, old: str, new: str) -> None:
    file = site / the_article(site).path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_a_raw_text_comes_out_as_it_came(site: Path) -> None:
    imported(site)

    article = the_article(site)
    assert article.title == TITLE
    assert text_of(html_of(article.body)).split("\n") == MARKED
    assert not re.search("<(em|strong|ol|code|a)", html_of(article.body))


@pytest.mark.parametrize("again", [False, True])
def test_a_second_import_changes_nothing(site: Path, again: bool) -> None:
    imported(site)
    before = {p: p.read_bytes() for p in (site / "content").rglob("*") if p.is_file()}

    report = imported(site, again=again)

    assert [line.outcome for line in report.lines] == ["unchanged"]
    assert {p: p.read_bytes() for p in (site / "content").rglob("*") if p.is_file()} == before


def test_an_older_archive_is_left_alone_until_it_is_asked_for(site: Path) -> None:
    imported(site)
    grown_old(site)
    before = (site / the_article(site).path).read_bytes()

    assert [line.outcome for line in imported(site).lines] == ["unchanged"]
    assert (site / the_article(site).path).read_bytes() == before

    (line,) = imported(site, again=True).lines
    assert (line.outcome, line.problems) == ("merged", ())
    assert text_of(html_of(the_article(site).body)).split("\n") == MARKED


def test_an_edit_of_an_older_archive_stays_and_is_no_conflict(site: Path) -> None:
    imported(site)
    grown_old(site)
    edit(site, MARKED[2], EDITED)

    (line,) = imported(site, again=True).lines

    assert [p.code for p in line.problems if p.code == "import-conflict"] == []
    assert text_of(html_of(the_article(site).body)).split("\n") == [
        *MARKED[:2],
        EDITED,
        MARKED[3],
    ]


def test_a_backslash_that_an_editor_takes_out_stays_out(site: Path) -> None:
    imported(site)
    edit(site, r"\*\*الخدمة\*\*", "**الخدمة**")

    imported(site, again=True)

    assert "<strong>الخدمة</strong>" in html_of(the_article(site).body)


def test_a_source_that_changed_is_still_a_conflict(site: Path) -> None:
    imported(site)
    grown_old(site)
    edit(site, MARKED[2], EDITED)
    lines = [TITLE, "", *MARKED[:2], f"وكُتب من جديد: {MARKED[2]}", MARKED[3]]
    (site / "seeds" / "a.txt").write_text("\n".join(lines) + "\n", "utf-8")

    (line,) = imported(site).lines

    assert "import-conflict" in [p.code for p in line.problems]
    assert EDITED in the_article(site).body


def test_a_markdown_seed_keeps_its_markup(site: Path) -> None:
    text = f"# {TITLE}\n\n" + "\n\n".join(MARKED) + "\n"
    (site / "seeds" / "a.txt").unlink()
    (site / "seeds" / "a.md").write_text(text, "utf-8")

    imported(site)

    assert "<strong>الخدمة</strong>" in html_of(the_article(site).body)
    assert parse_article((site / the_article(site).path).read_text("utf-8"), "a.md")[1] == []
