"""A second import: what is known again, what is merged, what is never touched."""

import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from tests.commands.conftest import tree

from warraq.commands.check import check
from warraq.content import receipts
from warraq.content.frontmatter import parse_article
from warraq.content.store import article_path
from warraq.importer.process import Drafted, Seed, SeedProcessor, process_seeds
from warraq.importer.report import ImportReport, rows
from warraq.importer.run import import_seeds
from warraq.importer.shelf import ImportOptions
from warraq.intake import outlet_directory
from warraq.model import Article, Receipt

TITLE = "فتح الطريق الساحلي بعد صيانته"
FIRST = "أعلنت البلدية فتح الطريق الساحلي من جديد بعد انتهاء أعمال الصيانة في الجسر الشمالي."
SECOND = "وقال رئيسها إن العمل استغرق ستة أشهر كاملة وإن كلفته بلغت مليوني دينار."
THIRD = "وأضاف أن مرحلة ثانية ستبدأ في الربيع وتشمل رصف الميناء القديم وإنارته."
OTHER = "افتتحت وزارة الثقافة معرض الكتاب في المدينة القديمة بمشاركة مئة دار نشر عربية."
MORE = "ويستمر المعرض عشرة أيام تتخللها أمسيات شعرية وندوات عن الترجمة وحقوق المؤلفين."


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "site.yaml").write_text("name: أرشيف\n", "utf-8")
    return tmp_path


def _seed(site: Path, name: str, *lines: str) -> Path:
    path = site / "seeds" / name
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def _import(site: Path, **wishes: object) -> ImportReport:
    return import_seeds(site, wishes=ImportOptions(**wishes))  # type: ignore[arg-type] # fields of ImportOptions


def _outcomes(report: ImportReport) -> list[tuple[str, str]]:
    return [(line.seed.removeprefix("seeds/"), line.outcome) for line in report.lines]


def _articles(site: Path) -> list[Article]:
    found = []
    for path in sorted((site / "content" / "articles").rglob("*.md")):
        article, problems = parse_article(path.read_text("utf-8"), path.name)
        assert problems == []
        assert article is not None
        found.append(article)
    return found


def _receipt(site: Path, article_id: str) -> Receipt:
    path = receipts.path_of(article_id)
    return receipts.decode((site / path).read_bytes(), path)


def _edit(site: Path, old: str, new: str) -> None:
    (path,) = (site / "content" / "articles").rglob("*.md")
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_a_changed_seed_is_merged_with_what_an_editor_wrote(site: Path) -> None:
    _seed(site, "a.txt", TITLE, "", FIRST, SECOND)
    _import(site)
    _edit(site, FIRST, "كتب المحرر هذه الفقرة من جديد بكلمات من عنده كلها.")
    _edit(site, "---\nid:", "---\n# رأي المحرر\nid:")
    _seed(site, "a.txt", TITLE, "", FIRST, SECOND, THIRD)

    report = _import(site)

    assert _outcomes(report) == [("a.txt", "merged")]
    (article,) = _articles(site)
    assert article.body.strip().split("\n\n") == [
        "كتب المحرر هذه الفقرة من جديد بكلمات من عنده كلها.",
        SECOND,
        THIRD,
    ]
    assert "# رأي المحرر" in next((site / "content/articles").rglob("*.md")).read_text("utf-8")


def test_a_conflict_keeps_the_edit_and_says_so(site: Path) -> None:
    _seed(site, "a.txt", TITLE, "", FIRST, SECOND)
    _import(site)
    _edit(site, SECOND, "وقال رئيسها بحسب المحرر كلاماً آخر غير الذي في الأصل.")
    changed = SECOND.replace("مليوني", "ثلاثة ملايين")
    _seed(site, "a.txt", TITLE, "", FIRST, changed)

    report = _import(site)

    (article,) = _articles(site)
    assert "بحسب المحرر" in article.body
    assert _receipt(site, article.id).conflicts == {"body": changed}
    assert [p.code for p in report.problems] == ["import-conflict"]


def test_a_conflict_is_remembered_by_later_imports_until_it_is_settled(site: Path) -> None:
    _seed(site, "a.txt", TITLE, "", FIRST, SECOND)
    _import(site)
    _edit(site, SECOND, "وقال رئيسها بحسب المحرر كلاماً آخر غير الذي في الأصل.")
    changed = SECOND.replace("مليوني", "ثلاثة ملايين")
    _seed(site, "a.txt", TITLE, "", FIRST, changed)
    _import(site)
    before = tree(site)

    _import(site, again=True)
    assert tree(site) == before

    _edit(site, "وقال رئيسها بحسب المحرر كلاماً آخر غير الذي في الأصل.", changed)
    _import(site, again=True)
    assert _receipt(site, _articles(site)[0].id).conflicts == {}


@pytest.mark.parametrize("wishes", [{}, {"again": True}, {"restore": True}])
def test_a_second_import_changes_no_byte(site: Path, wishes: dict[str, bool]) -> None:
    _seed(site, "a.txt", TITLE, "", FIRST, SECOND)
    _seed(site, "b.txt", "", OTHER, MORE)
    (site / "seeds" / "b.json").write_text('{"date": "2024-03-01"}', "utf-8")
    _import(site)
    _edit_first(site)
    before = tree(site)

    report = _import(site, **wishes)

    assert {line.outcome for line in report.lines} == {"unchanged"}
    assert tree(site) == before


def _edit_first(site: Path) -> None:
    path = min((site / "content" / "articles").rglob("*.md"))
    path.write_text(path.read_text("utf-8") + "\nفقرة للمحرر.\n", "utf-8")


def test_better_rules_reach_an_unchanged_seed_only_when_asked(site: Path) -> None:
    _seed(site, "a.txt", TITLE, "", FIRST, SECOND, "صفحة القراء الأوفياء للموقع")
    _import(site)
    before = tree(site / "content")
    outlet = site / "content" / "outlets" / "marsad.md"
    outlet.parent.mkdir()
    outlet.write_text("---\nname: المرصد\nfurniture: [صفحة القراء الأوفياء للموقع]\n---\n", "utf-8")

    assert _outcomes(_import(site)) == [("a.txt", "unchanged")]
    assert tree(site / "content" / "articles").keys() <= {
        k.removeprefix("articles/") for k in before
    }
    assert "الأوفياء" in _articles(site)[0].body

    assert _outcomes(_import(site, again=True)) == [("a.txt", "merged")]
    assert "الأوفياء" not in _articles(site)[0].body


def test_a_new_sidecar_is_a_change(site: Path) -> None:
    _seed(site, "a.txt", TITLE, "", FIRST, SECOND)
    _import(site)
    (site / "seeds" / "a.yaml").write_text("date: 2024-03-01\n", "utf-8")

    assert _outcomes(_import(site)) == [("a.txt", "merged")]
    when = _articles(site)[0].date
    assert when is not None
    assert when.iso == "2024-03-01"


def test_the_day_of_receipt_is_kept_for_the_same_text(site: Path) -> None:
    _seed(site, "a.txt", TITLE, "", f"{FIRST} وذلك اليوم الأحد.", SECOND)
    _import(site)
    assert _outcomes(_import(site, received="2025-10-13")) == [("a.txt", "merged")]
    before = tree(site)

    _import(site, again=True)

    assert tree(site) == before
    when = _articles(site)[0].date
    assert when is not None
    assert when.iso == "2025-10-12"


def test_a_deleted_article_comes_back_only_when_asked(site: Path) -> None:
    _seed(site, "a.txt", TITLE, "", FIRST, SECOND)
    _import(site)
    (article,) = _articles(site)
    next((site / "content" / "articles").rglob("*.md")).unlink()
    _seed(site, "a.txt", TITLE, "", FIRST, SECOND, THIRD)

    assert _outcomes(_import(site)) == [("a.txt", "deleted")]
    assert _articles(site) == []
    assert _outcomes(_import(site, restore=True)) == [("a.txt", "imported")]
    assert [a.id for a in _articles(site)] == [article.id]


def test_an_article_moved_to_another_folder_is_known_there(site: Path) -> None:
    _seed(site, "a.txt", TITLE, "", FIRST, SECOND)
    _import(site)
    (path,) = (site / "content" / "articles").rglob("*.md")
    moved = site / "content" / "articles" / "2024" / path.name
    moved.parent.mkdir()
    path.rename(moved)
    _seed(site, "a.txt", TITLE, "", FIRST, SECOND, THIRD)

    assert _outcomes(_import(site)) == [("a.txt", "merged")]
    assert list((site / "content" / "articles").rglob("*.md")) == [moved]


def test_a_renamed_seed_is_known_by_its_bytes(site: Path) -> None:
    path = _seed(site, "a.txt", TITLE, "", FIRST, SECOND)
    _import(site)
    path.rename(path.with_name("z.txt"))

    _import(site)

    (article,) = _articles(site)
    assert article.provenance is not None
    assert article.provenance.seed == "seeds/z.txt"
    assert _outcomes(_import(site)) == [("z.txt", "unchanged")]


def test_the_same_bytes_twice_are_a_copy_and_no_error(site: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        _seed(site, name, TITLE, "", FIRST)

    report = _import(site)

    assert report.counts["imported"] == 3
    first, *others = sorted(_articles(site), key=lambda a: str(a.provenance))
    assert [a.copy_of for a in others] == [first.id, first.id]
    assert [p.code for p in report.problems] == ["seed-copy", "seed-copy"]
    before = tree(site)
    assert _import(site, again=True).counts["unchanged"] == 3
    assert tree(site) == before


def test_an_agency_copy_of_what_is_in_content_is_found(site: Path) -> None:
    _seed(site, "a.txt", TITLE, "", FIRST, SECOND, THIRD)
    _import(site)
    _seed(site, "b.txt", "الجسر الشمالي مفتوح أمام الناس", "", FIRST, SECOND, THIRD)

    report = _import(site)

    assert _outcomes(report) == [("a.txt", "unchanged"), ("b.txt", "imported")]
    assert sorted(a.copy_of for a in _articles(site)) == ["", report.lines[0].article]


def _print(site: Path, name: str, outlet: str, *lines: str) -> None:
    _seed(site, name, f"---\ntitle: {TITLE}\noutlet: {outlet}\n---", "", *lines)


def test_another_outlets_print_of_a_text_is_a_report_of_its_own(site: Path) -> None:
    _print(site, "a.md", "مرسى اليوم", FIRST, "", SECOND, "", THIRD)
    _print(site, "b.md", "صوت الميناء", FIRST, "", SECOND, "", THIRD)
    _print(site, "c.md", "صوت الميناء", FIRST, "", SECOND, "", THIRD, "")

    report = _import(site)

    first, second, third = sorted(_articles(site), key=lambda a: str(a.provenance))
    assert [a.copy_of for a in (first, second, third)] == ["", "", second.id]
    assert [a.same_text_as for a in (first, second, third)] == ["", first.id, ""]
    assert {p.code for p in report.problems} == {"seed-print", "seed-copy"}
    assert [p.code for p in check(site) if p.severity == "error"] == []
    before = tree(site)
    assert _import(site, again=True).counts["unchanged"] == 3
    assert tree(site) == before


def test_the_only_outlet_that_is_known_is_not_folded_away(site: Path) -> None:
    _seed(site, "a.txt", TITLE, "", FIRST, SECOND, THIRD)
    _print(site, "b.md", "صوت الميناء", FIRST, "", SECOND, "", THIRD)
    _seed(site, "c.txt", "الجسر الشمالي", "", FIRST, SECOND, THIRD)
    _print(site, "d.md", "صوت الميناء", FIRST, "", SECOND, "", THIRD, "")
    _print(site, "e.md", "مرسى اليوم", FIRST, "", SECOND, "", THIRD)

    _import(site)

    first, *others = sorted(_articles(site), key=lambda a: str(a.provenance))
    assert first.source is None
    assert [(a.same_text_as, a.copy_of) for a in others] == [
        (first.id, ""),
        ("", first.id),
        ("", others[0].id),
        (first.id, ""),
    ]
    assert [p.code for p in check(site) if p.severity == "error"] == []


def test_what_another_repeats_a_text_has_to_repeat_itself(site: Path) -> None:
    told = [
        f"وقال {n} من أهل الحي إن {n} ما جرى عند الجسر {n} لم يكن في حسبان أحد."
        for n in "أبجدهوزحطيكل"
    ]
    _seed(site, "a.txt", TITLE, "", *told[:8])
    _seed(site, "b.txt", TITLE, "", *told[1:9])
    _seed(site, "c.txt", TITLE, "", *told[3:10])

    _import(site)

    first, second, third = sorted(_articles(site), key=lambda a: str(a.provenance))
    assert second.copy_of == first.id
    assert third.copy_of == ""
    assert [flag.text for flag in third.flags if flag.kind == "copy"] == [second.id]


def test_whether_it_is_a_copy_waits_for_an_editor_where_it_is_not_plain(site: Path) -> None:
    _seed(site, "a.txt", TITLE, "", FIRST, SECOND, THIRD)
    _import(site)
    _seed(site, "b.txt", "الجسر الشمالي مفتوح أمام الناس", "", FIRST, SECOND, THIRD, MORE)

    first, second = _import(site).lines
    (article,) = (a for a in _articles(site) if a.id == second.article)
    assert (article.copy_of, "open-copy" in second.open) == ("", True)
    assert [flag.text for flag in article.flags if flag.kind == "copy"] == [first.article]
    assert "open-copy" in {p.code for p in check(site)}

    before = tree(site)
    assert _import(site, again=True).counts["unchanged"] == 2
    assert tree(site) == before

    file = site / article_path(article.id)
    text = file.read_text("utf-8")
    for key in ("copy_of", "same_text_as"):
        file.write_text(text.replace("flags:", f'{key}: "{first.article}"\nflags:', 1), "utf-8")
        assert "open-copy" not in {p.code for p in check(site)}
    file.write_text(re.sub(r"flags:\n(?:[ -].*\n)+", "", text), "utf-8")
    assert "open-copy" not in {p.code for p in check(site)}
    _import(site, again=True)
    assert not any(article.flags for article in _articles(site))


def test_bulletins_of_three_days_are_three_articles(site: Path) -> None:
    for day, dollar in ((3, 12980), (4, 13020), (5, 13155)):
        rates = [
            f"{name} مقابل الليرة في نشرة المصرف المركزي لهذا اليوم {dollar * n // 10} للشراء"
            f" و{dollar * n // 10 + 130} للبيع لدى المصارف وشركات الصرافة المرخصة كلها."
            for n, name in enumerate(("الدولار", "اليورو", "الجنيه", "الفرنك", "الريال"), 10)
        ]
        _seed(site, f"{day}.txt", f"نشرة أسعار الصرف {day} آذار 2024", "", *rates)

    report = _import(site)
    assert report.counts["imported"] == 3
    assert {a.copy_of for a in _articles(site)} == {""}
    assert "open-copy" not in report.open


def test_a_lost_receipt_gives_no_second_article(site: Path) -> None:
    _seed(site, "a.txt", TITLE, "", FIRST, SECOND)
    _import(site)
    _edit(site, "---\nid:", "---\nmine: 1\nid:")
    shutil.rmtree(site / "content" / ".imports")

    _import(site)

    (article,) = _articles(site)
    assert article.extra == {"mine": "1"}
    assert _receipt(site, article.id).id == article.id


def test_a_broken_receipt_harms_its_own_article_only(site: Path) -> None:
    _seed(site, "a.txt", TITLE, "", FIRST, SECOND)
    _import(site)
    (path,) = (site / "content" / ".imports").rglob("*.json")
    path.write_text("<<<<<<<", "utf-8")
    _seed(site, "b.txt", "", OTHER, MORE)

    report = _import(site)

    assert _outcomes(report) == [("a.txt", "refused"), ("b.txt", "imported")]
    assert {p.code for p in report.problems} == {"receipt-broken"}


@pytest.mark.parametrize("kept", ["", "{"])
def test_without_its_receipt_a_changed_seed_gives_no_second_article(site: Path, kept: str) -> None:
    _seed(site, "a.txt", TITLE, "", FIRST, SECOND)
    _import(site)
    (path,) = (site / "content" / ".imports").rglob("*.json")
    if kept:
        path.write_text(kept, "utf-8")
    else:
        path.unlink()
    _seed(site, "a.txt", TITLE, "", FIRST, SECOND, THIRD)

    report = _import(site)

    assert _outcomes(report) == [("a.txt", "refused" if kept else "unchanged")]
    assert len(_articles(site)) == 1


@pytest.mark.parametrize("encoding", ["windows-1256", "utf-16"])
def test_an_article_saved_in_another_encoding_is_named_and_harms_no_other(
    site: Path, encoding: str
) -> None:
    _seed(site, "a.txt", TITLE, "", FIRST, SECOND)
    _import(site)
    (path,) = (site / "content/articles").rglob("*.md")
    saved = path.read_text("utf-8").encode(encoding)
    path.write_bytes(saved)
    _seed(site, "a.txt", TITLE, "", FIRST, SECOND, THIRD)
    _seed(site, "b.txt", "", OTHER, MORE)

    report = _import(site)

    assert _outcomes(report) == [("a.txt", "refused"), ("b.txt", "imported")]
    (problem,) = report.problems
    assert (problem.path, problem.code) == (path.relative_to(site).as_posix(), "file-unreadable")
    assert path.read_bytes() == saved


def test_names_that_are_no_text_are_told_and_kept_apart(site: Path) -> None:
    written = {
        b"\xce\xc8.txt": f"{TITLE}\n\n{FIRST}\n{SECOND}\n",
        b"\xce\xc9.txt": f"{OTHER}\n\n{MORE}\n{THIRD}\n",
        b"\xd1.jsonl": json.dumps(_record(1, f"{SECOND} {THIRD}")),
    }
    try:
        for name, text in written.items():
            (site / "seeds" / os.fsdecode(name)).write_text(text, "utf-8")
    except (OSError, UnicodeEncodeError):
        pytest.skip("a file system whose names are text")

    report = _import(site)

    expected = ["\\xce\\xc8.txt", "\\xce\\xc9.txt", "\\xd1.jsonl#1"]
    assert _outcomes(report) == [(name, "imported") for name in expected]
    assert {line.outcome for line in _import(site).lines} == {"unchanged"}
    assert not [p for p in check(site) if p.code == "seed-gone"]


def test_an_article_that_cannot_be_read_is_left_as_it_is(site: Path) -> None:
    _seed(site, "a.txt", TITLE, "", FIRST, SECOND)
    _import(site)
    _edit(site, "title: ", "title: [")
    before = tree(site / "content/articles")
    _seed(site, "a.txt", TITLE, "", FIRST, THIRD)

    report = _import(site)

    assert _outcomes(report) == [("a.txt", "refused")]
    assert tree(site / "content/articles") == before


def _record(number: int | str, body: str, **more: object) -> dict[str, object]:
    link = f"https://old.example/{number}.html"
    return {"id": number, "title": TITLE, "content": f"<p>{body}</p>", "link": link, **more}


def _export(site: Path, name: str, *records: Mapping[str, object]) -> None:
    lines = (json.dumps(record, ensure_ascii=False) for record in records)
    (site / "seeds" / name).write_text("\n".join(lines) + "\n", "utf-8")


def test_an_export_is_imported_with_old_addresses_and_pictures(site: Path) -> None:
    picture = {"src": "https://img.example/1.jpg", "caption": "الجسر", "credit": "أرشيف"}
    _export(site, "cms.ndjson", _record(1, FIRST, image=picture), _record(2, f"{OTHER} {MORE}"))

    report = _import(site)

    assert _outcomes(report) == [("cms.ndjson#1", "imported"), ("cms.ndjson#2", "imported")]
    first = next(a for a in _articles(site) if a.external_ids == {"old.example": "1"})
    assert first.aliases == ("/1.html",)
    assert first.image is not None
    assert (first.image.src, first.image.caption) == ("https://img.example/1.jpg", "الجسر")
    before = tree(site)
    assert _import(site).counts["unchanged"] == 2
    assert tree(site) == before


def test_ids_count_for_a_site_whatever_its_export_is_called(site: Path) -> None:
    new, old = "2020-02-01T10:00:00Z", "2019-12-01T10:00:00Z"
    _export(site, "b.jsonl", _record(1, f"{FIRST} {SECOND}", modified=new))
    _import(site)
    _export(site, "z.jsonl", _record(1, f"{FIRST} {THIRD}", modified=old))
    _export(site, "y.jsonl", {**_record(1, f"{OTHER} {MORE}"), "link": "https://b.example/1.html"})
    _import(site)
    assert sorted(str(a.external_ids) for a in _articles(site)) == [
        "{'b.example': '1'}",
        "{'old.example': '1'}",
    ]
    (article,) = (a for a in _articles(site) if "old.example" in a.external_ids)
    assert SECOND in article.body


def test_ids_that_were_kept_under_the_exports_name_are_known(site: Path) -> None:
    _export(site, "cms.ndjson", _record(1, f"{FIRST} {SECOND}"))
    _import(site)
    for file in (
        *site.rglob("content/articles/**/*.md"),
        *site.rglob("content/.imports/**/*.json"),
    ):
        file.write_text(
            file.read_text("utf-8")
            .replace("old.example:", "cms:")
            .replace('"old.example":', '"cms":'),
            "utf-8",
        )  # as earlier versions did
    _export(site, "cms.ndjson", _record(1, f"{FIRST} {SECOND} {THIRD}"))
    report = _import(site)
    assert _outcomes(report) == [("cms.ndjson#1", "merged")]
    assert len(_articles(site)) == 1


def test_the_sites_field_map_is_used(site: Path) -> None:
    (site / "site.yaml").write_text(
        "name: أرشيف\nimport: {fields: {body: matn, title: unwan, system: old-cms}}\n", "utf-8"
    )
    _export(site, "x.ndjson", {"id": 5, "unwan": TITLE, "matn": f"<p>{FIRST}</p><p>{SECOND}</p>"})
    _import(site)
    (article,) = _articles(site)
    assert (article.title, article.external_ids) == (TITLE, {"old-cms": "5"})


def test_a_later_export_takes_over_and_the_older_one_stays_quiet(site: Path) -> None:
    _export(site, "cms-2024.ndjson", _record(1, FIRST), _record(2, f"{OTHER} {MORE}"))
    _import(site)
    _export(
        site, "cms-2025.ndjson", _record(1, f"{FIRST}</p><p>{THIRD}"), _record(2, f"{OTHER} {MORE}")
    )

    _import(site)

    assert sum(THIRD in a.body for a in _articles(site)) == 1
    assert len(_articles(site)) == 2
    before = tree(site)
    assert _import(site).counts["unchanged"] == 4
    assert tree(site) == before


def test_one_export_after_another_gives_what_both_at_once_give(site: Path) -> None:
    _export(site, "cms-2024.ndjson", _record(1, FIRST))
    _export(site, "cms-2025.ndjson", _record(1, f"{FIRST}</p><p>{THIRD}"))
    _import(site)
    before = tree(site / "content")
    assert THIRD in _articles(site)[0].body
    assert _import(site).counts["unchanged"] == 2
    assert tree(site / "content") == before


def test_records_without_an_id_are_known_by_what_they_say(site: Path) -> None:
    one, two = {"title": TITLE, "body": f"{FIRST} {SECOND}"}, {"body": f"{OTHER} {MORE}"}
    _export(site, "x.ndjson", one)
    _import(site)
    _export(site, "x.ndjson", two, one)

    report = _import(site)

    assert _outcomes(report) == [("x.ndjson#1", "imported"), ("x.ndjson#2", "unchanged")]
    assert len(_articles(site)) == 2


def test_one_id_twice_in_an_export_is_said(site: Path) -> None:
    _export(site, "x.ndjson", _record(1, FIRST), _record(1, f"{OTHER} {MORE}"))
    report = _import(site)
    assert _outcomes(report) == [("x.ndjson#1", "imported"), ("x.ndjson#1", "unchanged")]
    assert [p.code for p in report.problems] == ["seed-twice"]
    before = tree(site)
    _import(site)
    assert tree(site) == before


def test_bad_records_are_refused_one_by_one(site: Path) -> None:
    (site / "seeds" / "x.ndjson").write_text(
        json.dumps(_record(1, FIRST)) + "\n{broken\n" + json.dumps({"id": 3, "title": "x"}) + "\n",
        "utf-8",
    )
    report = _import(site)
    assert [outcome for _, outcome in _outcomes(report)] == ["imported", "refused", "refused"]
    assert [p.code for p in report.problems] == ["export-record", "export-no-body"]


def test_an_unpublished_record_becomes_a_draft(site: Path) -> None:
    _export(site, "x.ndjson", _record(1, FIRST, status="private"))
    _import(site)
    assert _articles(site)[0].draft


def test_what_is_no_seed_is_said(site: Path) -> None:
    _seed(site, "a.txt", TITLE, "", FIRST, SECOND)
    for name in ("a.yaml", "b.json", "c.pdf"):
        (site / "seeds" / name).write_text("{}", "utf-8")
    report = _import(site)
    assert [(p.path, p.code) for p in report.others] == [("seeds/c.pdf", "seed-document")]
    assert _outcomes(report) == [("a.txt", "imported"), ("b.json", "refused")]


def test_what_is_one_step_from_a_seed_is_told_that_step(site: Path) -> None:
    for name in ("a.zip", "b.txt.GZ", "c.xlsx", "d.sql", "e.warc.gz", "f.xyz"):
        (site / "seeds" / name).write_bytes(b"x")
    assert [(p.path.removeprefix("seeds/"), p.code) for p in _import(site).others] == [
        ("a.zip", "seed-packed"),
        ("b.txt.GZ", "seed-packed"),
        ("c.xlsx", "seed-document"),
        ("d.sql", "seed-database"),
        ("f.xyz", "seed-kind"),
    ]


PMA = """<?xml version="1.0"?><pma_xml_export xmlns:pma="https://www.phpmyadmin.net/">
<database name="paper"><table name="wp_posts"><column name="ID">1</column></table></database>
</pma_xml_export>"""
DUMPS = {
    "a.xml": PMA,
    "b.xml": '<?xml version="1.0"?>\n<mysqldump><database name="x"><table_data name="p"><row>'
    '<field name="ID">1</field></row></table_data></database></mysqldump>',
    "c.xml": '<resultset statement="select"><row><field name="id">1</field></row></resultset>',
    "d.sql": "x",
    "e.sql.gz": "x",
    "f.txt": "-- MySQL dump 10.13  Distrib 8.0\n--\nCREATE TABLE `posts` (`ID` int);\n",
    "g.txt": "--\n-- PostgreSQL database dump\n--\n\nSET statement_timeout = 0;\n",
    "h.md": "-- phpMyAdmin SQL Dump\n-- version 5.2\n\nSET SQL_MODE = 'x';\n",
    "i.txt": "INSERT INTO `posts` VALUES (1, 'عنوان', 'نص');\n",
}


@pytest.mark.parametrize("name", DUMPS)
def test_a_dump_of_a_database_is_told_what_to_do(site: Path, name: str) -> None:
    (site / "seeds" / name).write_text(DUMPS[name], "utf-8")
    report = _import(site)
    assert [p.code for p in report.problems] == ["seed-database"]
    assert _articles(site) == []


@pytest.mark.parametrize(
    "line",
    ["-- قال الناطق باسم البلدية إن الطريق مفتوح;", "# MySQL 9 صدر اليوم;", "SET 1;"],
)
def test_words_that_look_like_a_query_are_a_text(site: Path, line: str) -> None:
    _seed(site, "a.txt", TITLE, "", line, FIRST, SECOND)
    assert _import(site).counts["imported"] == 1


def test_a_headline_without_end_does_not_fill_the_terminal(site: Path) -> None:
    _export(site, "x.ndjson", {**_record(1, FIRST), "title": "عنوان " * 5000})
    report = _import(site)
    assert len(report.lines[0].title) > 20_000
    assert max(map(len, rows(report, "en"))) < 400


def test_a_dry_run_shows_the_difference_and_writes_nothing(site: Path) -> None:
    _seed(site, "a.txt", TITLE, "", FIRST, SECOND)
    _import(site)
    before = tree(site)
    _seed(site, "a.txt", TITLE, "", FIRST, THIRD)
    seed = tree(site / "seeds")

    (line,) = _import(site, dry_run=True).lines

    assert line.outcome == "merged"
    changed = [d for d in line.diff.splitlines() if d[:1] in "+-" and "sha256" not in d][2:]
    assert changed == [f"-{SECOND}", f"+{THIRD}"]
    assert tree(site) == before | {f"seeds/{k}": v for k, v in seed.items()}


def test_names_that_are_met_often_are_proposed_with_their_role(site: Path) -> None:
    people = site / "content" / "people"
    people.mkdir(parents=True)
    (people / "known.md").write_text("---\nname: سمير عادل\n---\n", "utf-8")
    for n, place in enumerate(("صيدا", "صور", "طرابلس", "زحلة")):
        who = "وزير الري هاني سويلم" if n else "الوزير هاني سويلم"
        _seed(
            site,
            f"{n}.txt",
            f"افتتح {who}، والمهندس سمير عادل، سد {place} أمس بحضور {n} آلاف مواطن من أهلها.",
        )

    report = _import(site)

    assert [(p.name, p.role, len(p.articles)) for p in report.names] == [
        ("هاني سويلم", "وزير الري", 4)
    ]
    assert report.mentions == {"people/known": 4}


def test_what_waits_for_an_editor_is_counted(site: Path) -> None:
    _seed(site, "a.txt", f"{FIRST[:-1]}، وقال مديرها {SECOND}", THIRD)
    assert set(_import(site).open) == {"open-date", "open-source", "open-title"}


def test_the_number_of_processes_leaves_no_trace(site: Path, tmp_path: Path) -> None:
    words = [f"كلمة{n}" for n in range(400)]
    for n in range(90):
        _seed(site, f"{n}.txt", "عنوان الخبر رقم كذا", "", " ".join(words[n : n + 60]) + ".")
    one = shutil.copytree(site, tmp_path / "one")
    import_seeds(site, jobs=2)
    import_seeds(one, jobs=1)
    assert tree(site / "content") == tree(one / "content")


def test_check_lists_what_waits_for_an_editor(site: Path) -> None:
    _seed(site, "a.txt", TITLE, "", FIRST, SECOND)
    _import(site)
    _edit(site, SECOND, "وقال رئيسها بحسب المحرر كلاماً آخر غير الذي في الأصل.")
    _seed(site, "a.txt", TITLE, "", FIRST, THIRD)
    _import(site)
    counts = {"articles-topicless", "articles-sourceless"}
    waiting = {"import-conflict", "open-date", "open-source"}
    assert {p.code for p in check(site)} - counts == waiting


@pytest.mark.parametrize("jobs", [1, 2])
def test_seeds_are_taken_as_they_are_done_not_all_at_once(site: Path, jobs: int) -> None:
    taken = 0

    def seeds() -> Iterator[Drafted]:
        nonlocal taken
        for taken in range(1, 20_001):
            yield Drafted(Seed(f"seeds/{taken}.txt"), None)

    drafter = SeedProcessor(site, outlet_directory(), fields={}, authorities=())
    assert next(process_seeds(seeds(), drafter, jobs)).seed.name == "seeds/1.txt"
    assert taken < 10_000
