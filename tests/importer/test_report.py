"""What an import reports."""

from pathlib import Path

from tests.importer.seeds import FIRST, SECOND, THIRD, record, run_import, write_export, write_seed

from warraq.importer.report import rows


def test_a_headline_without_end_does_not_fill_the_terminal(site: Path) -> None:
    write_export(site, "x.ndjson", {**record(1, FIRST), "title": "عنوان " * 5000})
    report = run_import(site)
    assert len(report.lines[0].title) > 20_000
    assert max(map(len, rows(report, "en"))) < 400


def test_names_that_are_met_often_are_proposed_with_their_role(site: Path) -> None:
    people = site / "content" / "people"
    people.mkdir(parents=True)
    (people / "known.md").write_text("---\nname: سمير عادل\n---\n", "utf-8")
    for n, place in enumerate(("صيدا", "صور", "طرابلس", "زحلة")):
        who = "وزير الري هاني سويلم" if n else "الوزير هاني سويلم"
        write_seed(
            site,
            f"{n}.txt",
            f"افتتح {who}، والمهندس سمير عادل، سد {place} أمس بحضور {n} آلاف مواطن من أهلها.",
        )

    report = run_import(site)

    assert [(p.name, p.role, len(p.articles)) for p in report.names] == [
        ("هاني سويلم", "وزير الري", 4)
    ]
    assert report.mentions == {"people/known": 4}


def test_what_waits_for_an_editor_is_counted(site: Path) -> None:
    write_seed(site, "a.txt", f"{FIRST[:-1]}، وقال مديرها {SECOND}", THIRD)
    assert set(run_import(site).open) == {"open-date", "open-source", "open-title"}
