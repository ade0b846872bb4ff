"""Copies of a report, and prints of it by other outlets."""

import re
from pathlib import Path

from tests.commands.conftest import tree
from tests.importer.seeds import (
    FIRST,
    MORE,
    SECOND,
    THIRD,
    TITLE,
    articles,
    outcomes,
    run_import,
    write_seed,
)

from warraq.commands.check import check
from warraq.content.store import article_path


def test_the_same_bytes_twice_are_a_copy_and_no_error(site: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        write_seed(site, name, TITLE, "", FIRST)

    report = run_import(site)

    assert report.counts["imported"] == 3
    first, *others = sorted(articles(site), key=lambda a: str(a.provenance))
    assert [a.copy_of for a in others] == [first.id, first.id]
    assert [p.code for p in report.problems] == ["seed-copy", "seed-copy"]
    before = tree(site)
    assert run_import(site, again=True).counts["unchanged"] == 3
    assert tree(site) == before


def test_an_agency_copy_of_what_is_in_content_is_found(site: Path) -> None:
    write_seed(site, "a.txt", TITLE, "", FIRST, SECOND, THIRD)
    run_import(site)
    write_seed(site, "b.txt", "الجسر الشمالي مفتوح أمام الناس", "", FIRST, SECOND, THIRD)

    report = run_import(site)

    assert outcomes(report) == [("a.txt", "unchanged"), ("b.txt", "imported")]
    assert sorted(a.copy_of for a in articles(site)) == ["", report.lines[0].article]


def _print(site: Path, name: str, outlet: str, *lines: str) -> None:
    write_seed(site, name, f"---\ntitle: {TITLE}\noutlet: {outlet}\n---", "", *lines)


def test_another_outlets_print_of_a_text_is_a_report_of_its_own(site: Path) -> None:
    _print(site, "a.md", "مرسى اليوم", FIRST, "", SECOND, "", THIRD)
    _print(site, "b.md", "صوت الميناء", FIRST, "", SECOND, "", THIRD)
    _print(site, "c.md", "صوت الميناء", FIRST, "", SECOND, "", THIRD, "")

    report = run_import(site)

    first, second, third = sorted(articles(site), key=lambda a: str(a.provenance))
    assert [a.copy_of for a in (first, second, third)] == ["", "", second.id]
    assert [a.same_text_as for a in (first, second, third)] == ["", first.id, ""]
    assert {p.code for p in report.problems} == {"seed-print", "seed-copy"}
    assert [p.code for p in check(site) if p.severity == "error"] == []
    before = tree(site)
    assert run_import(site, again=True).counts["unchanged"] == 3
    assert tree(site) == before


def test_the_only_outlet_that_is_known_is_not_folded_away(site: Path) -> None:
    write_seed(site, "a.txt", TITLE, "", FIRST, SECOND, THIRD)
    _print(site, "b.md", "صوت الميناء", FIRST, "", SECOND, "", THIRD)
    write_seed(site, "c.txt", "الجسر الشمالي", "", FIRST, SECOND, THIRD)
    _print(site, "d.md", "صوت الميناء", FIRST, "", SECOND, "", THIRD, "")
    _print(site, "e.md", "مرسى اليوم", FIRST, "", SECOND, "", THIRD)

    run_import(site)

    first, *others = sorted(articles(site), key=lambda a: str(a.provenance))
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
    write_seed(site, "a.txt", TITLE, "", *told[:8])
    write_seed(site, "b.txt", TITLE, "", *told[1:9])
    write_seed(site, "c.txt", TITLE, "", *told[3:10])

    run_import(site)

    first, second, third = sorted(articles(site), key=lambda a: str(a.provenance))
    assert second.copy_of == first.id
    assert third.copy_of == ""
    assert [flag.text for flag in third.flags if flag.kind == "copy"] == [second.id]


def test_whether_it_is_a_copy_waits_for_an_editor_where_it_is_not_plain(site: Path) -> None:
    write_seed(site, "a.txt", TITLE, "", FIRST, SECOND, THIRD)
    run_import(site)
    write_seed(site, "b.txt", "الجسر الشمالي مفتوح أمام الناس", "", FIRST, SECOND, THIRD, MORE)

    first, second = run_import(site).lines
    (article,) = (a for a in articles(site) if a.id == second.article)
    assert (article.copy_of, "open-copy" in second.open) == ("", True)
    assert [flag.text for flag in article.flags if flag.kind == "copy"] == [first.article]
    assert "open-copy" in {p.code for p in check(site)}

    before = tree(site)
    assert run_import(site, again=True).counts["unchanged"] == 2
    assert tree(site) == before

    file = site / article_path(article.id)
    text = file.read_text("utf-8")
    for key in ("copy_of", "same_text_as"):
        file.write_text(text.replace("flags:", f'{key}: "{first.article}"\nflags:', 1), "utf-8")
        assert "open-copy" not in {p.code for p in check(site)}
    file.write_text(re.sub(r"flags:\n(?:[ -].*\n)+", "", text), "utf-8")
    assert "open-copy" not in {p.code for p in check(site)}
    run_import(site, again=True)
    assert not any(article.flags for article in articles(site))


def test_bulletins_of_three_days_are_three_articles(site: Path) -> None:
    for day, dollar in ((3, 12980), (4, 13020), (5, 13155)):
        rates = [
            f"{name} مقابل الليرة في نشرة المصرف المركزي لهذا اليوم {dollar * n // 10} للشراء"
            f" و{dollar * n // 10 + 130} للبيع لدى المصارف وشركات الصرافة المرخصة كلها."
            for n, name in enumerate(("الدولار", "اليورو", "الجنيه", "الفرنك", "الريال"), 10)
        ]
        write_seed(site, f"{day}.txt", f"نشرة أسعار الصرف {day} آذار 2024", "", *rates)

    report = run_import(site)
    assert report.counts["imported"] == 3
    assert {a.copy_of for a in articles(site)} == {""}
    assert "open-copy" not in report.open


def test_a_copy_of_a_deleted_article_leaves_its_own_copies_to_an_editor(site: Path) -> None:
    write_seed(site, "a.txt", TITLE, "", FIRST, SECOND, THIRD)
    write_seed(site, "b.txt", "الجسر مفتوح", "", FIRST, SECOND, THIRD)
    first, second = run_import(site).lines
    (site / article_path(first.article)).unlink()
    write_seed(site, "c.txt", "الجسر الشمالي", "", FIRST, SECOND, THIRD)

    third = run_import(site).lines[2]

    assert third.outcome == "imported"
    (article,) = (a for a in articles(site) if a.id == third.article)
    assert [flag.text for flag in article.flags if flag.kind == "copy"] == [second.article]
