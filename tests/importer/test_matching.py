"""A second import: which seeds are known, and which need nothing."""

import shutil
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


def test_better_rules_reach_an_unchanged_seed_only_when_asked(site: Path) -> None:
    write_seed(site, "a.txt", TITLE, "", FIRST, SECOND, "صفحة القراء الأوفياء للموقع")
    run_import(site)
    before = tree(site / "content")
    outlet = site / "content" / "outlets" / "marsad.md"
    outlet.parent.mkdir()
    outlet.write_text("---\nname: المرصد\nfurniture: [صفحة القراء الأوفياء للموقع]\n---\n", "utf-8")

    assert outcomes(run_import(site)) == [("a.txt", "unchanged")]
    assert tree(site / "content" / "articles").keys() <= {
        k.removeprefix("articles/") for k in before
    }
    assert "الأوفياء" in articles(site)[0].body

    assert outcomes(run_import(site, again=True)) == [("a.txt", "merged")]
    assert "الأوفياء" not in articles(site)[0].body


def test_a_new_sidecar_is_a_change(site: Path) -> None:
    write_seed(site, "a.txt", TITLE, "", FIRST, SECOND)
    run_import(site)
    (site / "seeds" / "a.yaml").write_text("date: 2024-03-01\n", "utf-8")

    assert outcomes(run_import(site)) == [("a.txt", "merged")]
    when = articles(site)[0].date
    assert when is not None
    assert when.iso == "2024-03-01"


def test_the_day_of_receipt_is_kept_for_the_same_text(site: Path) -> None:
    write_seed(site, "a.txt", TITLE, "", f"{FIRST} وذلك اليوم الأحد.", SECOND)
    run_import(site)
    assert outcomes(run_import(site, received="2025-10-13")) == [("a.txt", "merged")]
    before = tree(site)

    run_import(site, again=True)

    assert tree(site) == before
    when = articles(site)[0].date
    assert when is not None
    assert when.iso == "2025-10-12"


def test_an_article_moved_to_another_folder_is_known_there(site: Path) -> None:
    write_seed(site, "a.txt", TITLE, "", FIRST, SECOND)
    run_import(site)
    (path,) = (site / "content" / "articles").rglob("*.md")
    moved = site / "content" / "articles" / "2024" / path.name
    moved.parent.mkdir()
    path.rename(moved)
    write_seed(site, "a.txt", TITLE, "", FIRST, SECOND, THIRD)

    assert outcomes(run_import(site)) == [("a.txt", "merged")]
    assert list((site / "content" / "articles").rglob("*.md")) == [moved]


def test_a_renamed_seed_is_known_by_its_bytes(site: Path) -> None:
    path = write_seed(site, "a.txt", TITLE, "", FIRST, SECOND)
    run_import(site)
    path.rename(path.with_name("z.txt"))

    run_import(site)

    (article,) = articles(site)
    assert article.provenance is not None
    assert article.provenance.seed == "seeds/z.txt"
    assert outcomes(run_import(site)) == [("z.txt", "unchanged")]


def test_a_lost_receipt_gives_no_second_article(site: Path) -> None:
    write_seed(site, "a.txt", TITLE, "", FIRST, SECOND)
    run_import(site)
    edit(site, "---\nid:", "---\nmine: 1\nid:")
    shutil.rmtree(site / "content" / ".imports")

    run_import(site)

    (article,) = articles(site)
    assert article.extra == {"mine": "1"}
    assert receipt_of(site, article.id).id == article.id


@pytest.mark.parametrize("kept", ["", "{"])
def test_without_its_receipt_a_changed_seed_gives_no_second_article(site: Path, kept: str) -> None:
    write_seed(site, "a.txt", TITLE, "", FIRST, SECOND)
    run_import(site)
    (path,) = (site / "content" / ".imports").rglob("*.json")
    if kept:
        path.write_text(kept, "utf-8")
    else:
        path.unlink()
    write_seed(site, "a.txt", TITLE, "", FIRST, SECOND, THIRD)

    report = run_import(site)

    assert outcomes(report) == [("a.txt", "refused" if kept else "unchanged")]
    assert len(articles(site)) == 1


def test_ids_count_for_a_site_whatever_its_export_is_called(site: Path) -> None:
    new, old = "2020-02-01T10:00:00Z", "2019-12-01T10:00:00Z"
    write_export(site, "b.jsonl", record(1, f"{FIRST} {SECOND}", modified=new))
    run_import(site)
    write_export(site, "z.jsonl", record(1, f"{FIRST} {THIRD}", modified=old))
    write_export(
        site, "y.jsonl", {**record(1, f"{OTHER} {MORE}"), "link": "https://b.example/1.html"}
    )
    run_import(site)
    assert sorted(str(a.external_ids) for a in articles(site)) == [
        "{'b.example': '1'}",
        "{'old.example': '1'}",
    ]
    (article,) = (a for a in articles(site) if "old.example" in a.external_ids)
    assert SECOND in article.body


def test_ids_that_were_kept_under_the_exports_name_are_known(site: Path) -> None:
    write_export(site, "cms.ndjson", record(1, f"{FIRST} {SECOND}"))
    run_import(site)
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
    write_export(site, "cms.ndjson", record(1, f"{FIRST} {SECOND} {THIRD}"))
    report = run_import(site)
    assert outcomes(report) == [("cms.ndjson#1", "merged")]
    assert len(articles(site)) == 1


def test_a_later_export_takes_over_and_the_older_one_stays_quiet(site: Path) -> None:
    write_export(site, "cms-2024.ndjson", record(1, FIRST), record(2, f"{OTHER} {MORE}"))
    run_import(site)
    write_export(
        site, "cms-2025.ndjson", record(1, f"{FIRST}</p><p>{THIRD}"), record(2, f"{OTHER} {MORE}")
    )

    run_import(site)

    assert sum(THIRD in a.body for a in articles(site)) == 1
    assert len(articles(site)) == 2
    before = tree(site)
    assert run_import(site).counts["unchanged"] == 4
    assert tree(site) == before


def test_one_export_after_another_gives_what_both_at_once_give(site: Path) -> None:
    write_export(site, "cms-2024.ndjson", record(1, FIRST))
    write_export(site, "cms-2025.ndjson", record(1, f"{FIRST}</p><p>{THIRD}"))
    run_import(site)
    before = tree(site / "content")
    assert THIRD in articles(site)[0].body
    assert run_import(site).counts["unchanged"] == 2
    assert tree(site / "content") == before


def test_records_without_an_id_are_known_by_what_they_say(site: Path) -> None:
    one, two = {"title": TITLE, "body": f"{FIRST} {SECOND}"}, {"body": f"{OTHER} {MORE}"}
    write_export(site, "x.ndjson", one)
    run_import(site)
    write_export(site, "x.ndjson", two, one)

    report = run_import(site)

    assert outcomes(report) == [("x.ndjson#1", "imported"), ("x.ndjson#2", "unchanged")]
    assert len(articles(site)) == 2


def test_one_id_twice_in_an_export_is_said(site: Path) -> None:
    write_export(site, "x.ndjson", record(1, FIRST), record(1, f"{OTHER} {MORE}"))
    report = run_import(site)
    assert outcomes(report) == [("x.ndjson#1", "imported"), ("x.ndjson#1", "unchanged")]
    assert [p.code for p in report.problems] == ["seed-twice"]
    before = tree(site)
    run_import(site)
    assert tree(site) == before
