"""Different articles under one id, and older exports beside newer ones."""

import csv
from pathlib import Path

import pytest
from tests.commands.conftest import tree

from warraq.content.frontmatter import parse_article
from warraq.content.receipts import field_hash
from warraq.importer.options import ImportOptions
from warraq.importer.report import ImportReport
from warraq.importer.run import import_seeds
from warraq.model import Article

BODIES = {
    "سوق": "افتُتح سوق الخضار الجديد شرق المحطة، وفيه مئة وعشرون دكانًا ومرآب للشاحنات الصغيرة. "
    "وقال أحد الباعة إن الزبائن كثروا منذ اليوم الأول على الرغم من الغبار.",
    "جسر": "أغلقت إدارة الطرق الجسر الحديدي أسبوعين لتبديل ألواحه الخشبية التي تآكلت بالرطوبة. "
    "ودعت الأهالي إلى العبور من الجسر الحجري قرب المطحنة.",
    "مكتبة": "أهدت أسرة الراحل مكتبته إلى بلدية القرية، وهي ثلاثة آلاف كتاب أكثرها في النبات. "
    "وتُفتح قاعة المطالعة في بيت الأسرة القديم ثلاثة أيام في الأسبوع.",
}
FORM = "بلغ سعر الطحين {} دينارًا وسعر السكر {} دينارًا في سوق الجملة يوم {}، بحسب غرفة التجارة."
WXR = """<?xml version="1.0"?><rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>x</title>
<wp:base_site_url>https://{host}</wp:base_site_url>
<item><title>{title}</title><link>https://{host}/{path}</link><wp:post_id>5</wp:post_id>
<wp:post_date>2015-06-07 08:00:00</wp:post_date>{more}<wp:post_type>post</wp:post_type>
<wp:status>publish</wp:status><content:encoded><![CDATA[{body}]]></content:encoded></item>
</channel></rss>"""


def _table(
    site: Path, name: str, *rows: tuple[object, ...], columns: str = "id title text"
) -> None:
    with (site / "seeds" / name).open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([columns.split(), *rows])


def _wxr(
    site: Path,
    name: str,
    host: str,
    key: str,
    *,
    path: str = "?p=5",
    body: str = "",
    stamp: str = "",
) -> None:
    more = f"<wp:post_modified_gmt>{stamp}</wp:post_modified_gmt>" if stamp else ""
    text = WXR.format(
        host=host, title=f"خبر عن {key}", path=path, body=body or BODIES[key], more=more
    )
    (site / "seeds" / name).write_text(text, "utf-8")


def _import(site: Path) -> ImportReport:
    return import_seeds(site, options=ImportOptions())


def _articles(site: Path) -> list[Article]:
    files = sorted((site / "content" / "articles").rglob("*.md"))
    return [a for f in files if (a := parse_article(f.read_text("utf-8"), f.name)[0])]


def _settled(site: Path) -> None:
    """See that a second import writes nothing and has nothing to say."""
    before = tree(site)
    report = _import(site)
    assert tree(site) == before
    assert not report.problems


def test_two_wordpress_sites_have_two_posts_of_one_number(site: Path) -> None:
    _wxr(site, "a.xml", "qarya.example", "سوق", path="2015/06/5/")
    _wxr(site, "b.xml", "wadi.example", "جسر", path="2015/06/5/")
    assert not [p for p in _import(site).problems if p.code != "address-twice"]
    assert [a.external_ids for a in sorted(_articles(site), key=lambda a: a.title)] == [
        {"wordpress:wadi.example": "5"},
        {"wordpress:qarya.example": "5"},
    ]
    _settled(site)


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
@pytest.mark.parametrize("at_once", [True, False])
def test_rows_that_every_month_numbers_anew_are_articles_of_their_own(
    site: Path, order: tuple[int, int], at_once: bool
) -> None:
    rows = {1: (1, "السوق", BODIES["سوق"]), 2: (1, "الجسر", BODIES["جسر"])}
    for month in order:
        _table(site, f"2015-0{month}.csv", rows[month])
        report = _import(site) if not at_once or month == order[-1] else None
    assert report
    assert {a.title for a in _articles(site)} == {"السوق", "الجسر"}
    (told,) = (p for p in report.problems if p.code == "seed-other")
    assert {dict(told.args)[key] for key in ("article", "other")} == {
        f"content/articles/{a.id[:2]}/{a.id}.md" for a in _articles(site)
    }
    _settled(site)


def test_bulletins_of_two_days_under_one_number_are_two(site: Path) -> None:
    for month in (1, 2):
        body = FORM.format(month * 7, month * 9, "الاثنين" if month == 1 else "الخميس")
        row = (1, "أسعار الجملة", f"{body} {body}", f"2015-0{month}-09")
        _table(site, f"2015-0{month}.csv", row, columns="id title text date")
    _import(site)
    assert len(_articles(site)) == 2
    _settled(site)


def test_an_export_written_over_with_other_rows_loses_no_article(site: Path) -> None:
    _table(site, "export.csv", (1, "السوق", BODIES["سوق"]))
    _import(site)
    _table(site, "export.csv", (1, "الجسر", BODIES["جسر"]))
    report = _import(site)
    assert {a.title for a in _articles(site)} == {"السوق", "الجسر"}
    assert "seed-other" in {p.code for p in report.problems}
    _settled(site)


@pytest.mark.parametrize(
    "row",
    [
        (1, "السوق", BODIES["جسر"]),  # the title is the same
        (1, "غيره", BODIES["سوق"] + " " + BODIES["مكتبة"]),  # so are most words
    ],
)
def test_a_revised_record_is_the_same_article(site: Path, row: tuple[object, ...]) -> None:
    _table(site, "export-1.csv", (1, "السوق", BODIES["سوق"]))
    _import(site)
    _table(site, "export-2.csv", row)
    report = _import(site)
    assert len(_articles(site)) == 1
    assert not [p for p in report.problems if p.code == "seed-other"]
    _settled(site)


def test_an_article_that_an_editor_wrote_anew_is_known_by_what_was_imported(site: Path) -> None:
    text = "\n\n".join((BODIES["سوق"], BODIES["مكتبة"]))
    _table(site, "export.csv", (1, "السوق", text))
    _import(site)
    (file,) = (site / "content" / "articles").rglob("*.md")
    edited = file.read_text("utf-8").replace("title: السوق", "title: عنوان المحرر")
    head = edited[: edited.index("\n---\n") + 5]
    file.write_text(f"{head}\n{BODIES['جسر']}\n", "utf-8")
    _table(site, "export.csv", (1, "السوق الجديد", f"{text} وأضاف أنه كبير."))
    _import(site)
    assert len(_articles(site)) == 1


def test_a_deleted_article_does_not_hide_another_under_its_id(site: Path) -> None:
    _table(site, "2015-01.csv", (1, "السوق", BODIES["سوق"]))
    _import(site)
    (file,) = (site / "content" / "articles").rglob("*.md")
    file.unlink()
    _table(site, "2015-02.csv", (1, "الجسر", BODIES["جسر"]))
    _table(site, "2015-03.csv", (1, "السوق", BODIES["سوق"] + " وهو كبير."))
    assert [line.outcome for line in _import(site).lines] == ["deleted", "imported", "deleted"]
    assert [a.title for a in _articles(site)] == ["الجسر"]


def test_an_archive_of_an_earlier_version_knows_its_posts(site: Path) -> None:
    _wxr(site, "a.xml", "qarya.example", "سوق")
    _import(site)
    for file in (f for f in (site / "content").rglob("*") if f.is_file()):
        text = file.read_text("utf-8").replace("wordpress:qarya.example", "wordpress")
        scoped, bare = (field_hash({k: "5"}) for k in ("wordpress:qarya.example", "wordpress"))
        file.write_text(text.replace(scoped, bare), "utf-8")
    _settled(site)

    _wxr(site, "a.xml", "qarya.example", "سوق", body=BODIES["سوق"] + " " + BODIES["مكتبة"])
    _wxr(site, "b.xml", "wadi.example", "جسر")
    assert [line.outcome for line in _import(site).lines] == ["merged", "imported"]
    assert {tuple(a.external_ids) for a in _articles(site)} == {
        ("wordpress:qarya.example",),
        ("wordpress:wadi.example",),
    }
    _settled(site)


NEW, OLD = "2020-02-02 10:00:00", "2019-01-01 10:00:00"


@pytest.mark.parametrize(
    ("newer", "older", "stamps"),
    [
        ("export (1).xml", "export.xml", ("", "")),
        ("export (10).xml", "export (9).xml", ("", "")),
        ("2020-10.xml", "2020-9.xml", ("", "")),
        ("a.xml", "z.xml", (NEW, OLD)),
        ("export.xml", "export (1).xml", (NEW, OLD)),
    ],
)
@pytest.mark.parametrize("newer_first", [True, False])
def test_an_older_export_never_wins(
    site: Path, newer: str, older: str, stamps: tuple[str, str], newer_first: bool
) -> None:
    revised = BODIES["سوق"] + " " + BODIES["مكتبة"]
    states = [(newer, revised, stamps[0]), (older, BODIES["سوق"], stamps[1])]
    for name, body, stamp in states if newer_first else states[::-1]:
        _wxr(site, name, "qarya.example", "سوق", body=body, stamp=stamp)
        _import(site)
    (article,) = _articles(site)
    assert BODIES["مكتبة"] in article.body
    _settled(site)


def test_an_old_backup_under_the_same_name_is_passed_over_and_named(site: Path) -> None:
    revised = BODIES["سوق"] + " " + BODIES["مكتبة"]
    _wxr(site, "a.xml", "qarya.example", "سوق", body=revised, stamp=NEW)
    _import(site)
    _wxr(site, "a.xml", "qarya.example", "سوق", stamp=OLD)
    report = _import(site)
    assert [p.code for p in report.problems] == ["seed-older"]
    assert BODIES["مكتبة"] in _articles(site)[0].body


@pytest.mark.parametrize("newer_first", [True, False])
def test_of_two_states_in_one_file_the_newer_wins(site: Path, newer_first: bool) -> None:
    rows = [(1, "السوق", BODIES["سوق"], OLD), (1, "السوق الكبير", BODIES["سوق"], NEW)]
    ordered = rows[::-1] if newer_first else rows
    _table(site, "log.csv", *ordered, columns="id title text updated")
    _import(site)
    assert [a.title for a in _articles(site)] == ["السوق الكبير"]
    before = tree(site)
    _import(site)
    assert tree(site) == before
