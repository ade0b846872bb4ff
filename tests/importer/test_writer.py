"""What an import writes, merges and never touches."""

from pathlib import Path

import pytest
from tests.commands.conftest import tree
from tests.importer.seeds import (
    FIRST,
    MORE,
    OTHER,
    SECOND,
    THIRD,
    TITLE,
    articles,
    edit,
    outcomes,
    receipt_of,
    record,
    run_import,
    write_export,
    write_seed,
)


def test_a_changed_seed_is_merged_with_what_an_editor_wrote(site: Path) -> None:
    write_seed(site, "a.txt", TITLE, "", FIRST, SECOND)
    run_import(site)
    edit(site, FIRST, "كتب المحرر هذه الفقرة من جديد بكلمات من عنده كلها.")
    edit(site, "---\nid:", "---\n# رأي المحرر\nid:")
    write_seed(site, "a.txt", TITLE, "", FIRST, SECOND, THIRD)

    report = run_import(site)

    assert outcomes(report) == [("a.txt", "merged")]
    (article,) = articles(site)
    assert article.body.strip().split("\n\n") == [
        "كتب المحرر هذه الفقرة من جديد بكلمات من عنده كلها.",
        SECOND,
        THIRD,
    ]
    assert "# رأي المحرر" in next((site / "content/articles").rglob("*.md")).read_text("utf-8")


def test_a_conflict_keeps_the_edit_and_says_so(site: Path) -> None:
    write_seed(site, "a.txt", TITLE, "", FIRST, SECOND)
    run_import(site)
    edit(site, SECOND, "وقال رئيسها بحسب المحرر كلاماً آخر غير الذي في الأصل.")
    changed = SECOND.replace("مليوني", "ثلاثة ملايين")
    write_seed(site, "a.txt", TITLE, "", FIRST, changed)

    report = run_import(site)

    (article,) = articles(site)
    assert "بحسب المحرر" in article.body
    assert receipt_of(site, article.id).conflicts == {"body": changed}
    assert [p.code for p in report.problems] == ["import-conflict"]


def test_a_conflict_is_remembered_by_later_imports_until_it_is_settled(site: Path) -> None:
    write_seed(site, "a.txt", TITLE, "", FIRST, SECOND)
    run_import(site)
    edit(site, SECOND, "وقال رئيسها بحسب المحرر كلاماً آخر غير الذي في الأصل.")
    changed = SECOND.replace("مليوني", "ثلاثة ملايين")
    write_seed(site, "a.txt", TITLE, "", FIRST, changed)
    run_import(site)
    before = tree(site)

    run_import(site, again=True)
    assert tree(site) == before

    edit(site, "وقال رئيسها بحسب المحرر كلاماً آخر غير الذي في الأصل.", changed)
    run_import(site, again=True)
    assert receipt_of(site, articles(site)[0].id).conflicts == {}


@pytest.mark.parametrize("options", [{}, {"again": True}, {"restore": True}])
def test_a_second_import_changes_no_byte(site: Path, options: dict[str, bool]) -> None:
    write_seed(site, "a.txt", TITLE, "", FIRST, SECOND)
    write_seed(site, "b.txt", "", OTHER, MORE)
    (site / "seeds" / "b.json").write_text('{"date": "2024-03-01"}', "utf-8")
    run_import(site)
    _edit_first(site)
    before = tree(site)

    report = run_import(site, **options)

    assert {line.outcome for line in report.lines} == {"unchanged"}
    assert tree(site) == before


def _edit_first(site: Path) -> None:
    path = min((site / "content" / "articles").rglob("*.md"))
    path.write_text(path.read_text("utf-8") + "\nفقرة للمحرر.\n", "utf-8")


def test_a_deleted_article_comes_back_only_when_asked(site: Path) -> None:
    write_seed(site, "a.txt", TITLE, "", FIRST, SECOND)
    run_import(site)
    (article,) = articles(site)
    next((site / "content" / "articles").rglob("*.md")).unlink()
    write_seed(site, "a.txt", TITLE, "", FIRST, SECOND, THIRD)

    assert outcomes(run_import(site)) == [("a.txt", "deleted")]
    assert articles(site) == []
    assert outcomes(run_import(site, restore=True)) == [("a.txt", "imported")]
    assert [a.id for a in articles(site)] == [article.id]


def test_a_broken_receipt_harms_its_own_article_only(site: Path) -> None:
    write_seed(site, "a.txt", TITLE, "", FIRST, SECOND)
    run_import(site)
    (path,) = (site / "content" / ".imports").rglob("*.json")
    path.write_text("<<<<<<<", "utf-8")
    write_seed(site, "b.txt", "", OTHER, MORE)

    report = run_import(site)

    assert outcomes(report) == [("a.txt", "refused"), ("b.txt", "imported")]
    assert {p.code for p in report.problems} == {"receipt-broken"}


@pytest.mark.parametrize("encoding", ["windows-1256", "utf-16"])
def test_an_article_saved_in_another_encoding_is_named_and_harms_no_other(
    site: Path, encoding: str
) -> None:
    write_seed(site, "a.txt", TITLE, "", FIRST, SECOND)
    run_import(site)
    (path,) = (site / "content/articles").rglob("*.md")
    saved = path.read_text("utf-8").encode(encoding)
    path.write_bytes(saved)
    write_seed(site, "a.txt", TITLE, "", FIRST, SECOND, THIRD)
    write_seed(site, "b.txt", "", OTHER, MORE)

    report = run_import(site)

    assert outcomes(report) == [("a.txt", "refused"), ("b.txt", "imported")]
    (problem,) = report.problems
    assert (problem.path, problem.code) == (path.relative_to(site).as_posix(), "file-unreadable")
    assert path.read_bytes() == saved


def test_an_article_that_cannot_be_read_is_left_as_it_is(site: Path) -> None:
    write_seed(site, "a.txt", TITLE, "", FIRST, SECOND)
    run_import(site)
    edit(site, "title: ", "title: [")
    before = tree(site / "content/articles")
    write_seed(site, "a.txt", TITLE, "", FIRST, THIRD)

    report = run_import(site)

    assert outcomes(report) == [("a.txt", "refused")]
    assert tree(site / "content/articles") == before


def test_an_export_is_imported_with_old_addresses_and_pictures(site: Path) -> None:
    picture = {"src": "https://img.example/1.jpg", "caption": "الجسر", "credit": "أرشيف"}
    write_export(site, "cms.ndjson", record(1, FIRST, image=picture), record(2, f"{OTHER} {MORE}"))

    report = run_import(site)

    assert outcomes(report) == [("cms.ndjson#1", "imported"), ("cms.ndjson#2", "imported")]
    first = next(a for a in articles(site) if a.external_ids == {"old.example": "1"})
    assert first.aliases == ("/1.html",)
    assert first.image is not None
    assert (first.image.src, first.image.caption) == ("https://img.example/1.jpg", "الجسر")
    before = tree(site)
    assert run_import(site).counts["unchanged"] == 2
    assert tree(site) == before


def test_an_unpublished_record_becomes_a_draft(site: Path) -> None:
    write_export(site, "x.ndjson", record(1, FIRST, status="private"))
    run_import(site)
    assert articles(site)[0].draft


def test_a_dry_run_shows_the_difference_and_writes_nothing(site: Path) -> None:
    write_seed(site, "a.txt", TITLE, "", FIRST, SECOND)
    run_import(site)
    before = tree(site)
    write_seed(site, "a.txt", TITLE, "", FIRST, THIRD)
    seed = tree(site / "seeds")

    (line,) = run_import(site, dry_run=True).lines

    assert line.outcome == "merged"
    changed = [d for d in line.diff.splitlines() if d[:1] in "+-" and "sha256" not in d][2:]
    assert changed == [f"-{SECOND}", f"+{THIRD}"]
    assert tree(site) == before | {f"seeds/{k}": v for k, v in seed.items()}
