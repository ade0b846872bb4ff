"""Unfinished merges, and characters that nobody sees: told with their line, never published."""

import json
from pathlib import Path

import pytest
from tests.commands.archive import article, authority, started
from tests.commands.conftest import Run

from warraq.base.config import parse
from warraq.build.full import build
from warraq.commands.check import check

MERGE = "أول.\n\n<<<<<<< HEAD\nعشرة.\n=======\nعشرون.\n>>>>>>> فرع"
RLO, LRI, C1 = "\u202e", "\u2066", "\x9b"


def problems_of(site: Path) -> list[tuple[str, int, str]]:
    return [(Path(p.path).name, p.line, p.code) for p in check(site)]


def test_a_merge_that_nobody_finished_is_an_error(tmp_path: Path, run: Run) -> None:
    site = started(tmp_path, "history: none\n")
    article(site, "abcdef000001", body=MERGE)
    article(site, "abcdef000002", "<<<<<<< ours", "date: 2025-01-01", "=======", ">>>>>>> theirs")
    article(site, "abcdef000003", body="قبل\n\n>>>>>>> لم يُحذف")
    authority(site, "people", "salem", "role: وزير").write_text(
        "---\nname: سالم\n---\n\n<<<<<<< a\nس\n||||||| b\nص\n=======\nع\n>>>>>>> c\n", "utf-8"
    )

    found = [line for line in problems_of(site) if line[2] == "merge-conflict"]
    assert found == [
        ("abcdef000001.md", 8, "merge-conflict"),
        ("abcdef000002.md", 4, "merge-conflict"),
        ("abcdef000003.md", 8, "merge-conflict"),
        ("salem.md", 5, "merge-conflict"),
    ]
    assert not [line for line in problems_of(site) if line[2].startswith("yaml")]
    done = run(site, "build")
    assert done.returncode == 1
    assert not (site / "public" / "n").exists()


@pytest.mark.parametrize(
    "body",
    [
        "عنوان\n=======\n\nنص.",
        "عنوان\n-------\n\nنص.",
        "> > > > > > > عميق",
        "~~~\n <<<<<<< HEAD\n=======\n >>>>>>> x\n~~~",
        "| أ |\n|-------|\n| ب |",
        "<<<<<< ستة",
        "a <<<<<<< b",
    ],
)
def test_what_only_looks_like_a_merge_is_left_alone(tmp_path: Path, body: str) -> None:
    site = started(tmp_path, "history: none\n")
    article(site, "abcdef000001", body=body)

    assert "merge-conflict" not in [code for _, _, code in problems_of(site)]


def test_settings_of_two_versions_are_refused() -> None:
    problems = parse("name: أ\n<<<<<<< x\nlang: ar\n=======\nlang: en\n>>>>>>> y\n")[1]

    assert [(p.code, p.line) for p in problems] == [("merge-conflict", 2)]


def test_what_nobody_sees_is_dropped_and_told_everywhere(tmp_path: Path) -> None:
    site = started(tmp_path, f'history: none\ndescription: "وصف{RLO} {C1}الأرشيف"\n')
    article(
        site,
        "abcdef000001",
        "date: 2025-01-01",
        f"description: ملخص{LRI} قصير",
        'authors: ["كاتب\\u202E أول"]',
        f"mine: سري{C1}",
        body=f"نص{C1} الخبر{RLO}.\n\nثان\x07.\n\nثالث &#8238;&#x2067;.",
        title=f"عنوان{RLO}",
    )
    authority(site, "people", "salem", f"role: وزير{RLO}", name=f"سالم{C1}")

    found = [line for line in problems_of(site) if line[2] == "hidden-controls"]
    build(site, into=site / "public")

    assert found == [
        *(("abcdef000001.md", line, "hidden-controls") for line in (3, 5, 6, 7, 10, 10, 12)),
        ("salem.md", 2, "hidden-controls"),
        ("salem.md", 3, "hidden-controls"),
        ("site.yaml", 4, "hidden-controls"),
    ]
    hidden = (RLO, LRI, C1, "\x07")
    for file in (site / "public").rglob("*"):
        if file.suffix in {".html", ".json", ".xml", ".csv"}:
            text = file.read_text("utf-8")
            assert not [c for c in hidden if c in text or json.dumps(c)[1:-1] in text], file
    assert "<p>نص الخبر.</p>" in (site / "public/n/abcdef000001/index.html").read_text("utf-8")


def test_marks_that_letters_need_stay(tmp_path: Path) -> None:
    site = started(tmp_path, "history: none\n")
    body = "می\u200cخواهم \u200fنص\u200e 😀\u200d🔥\tثم"
    article(site, "abcdef000001", body=body, title="می\u200cخواهم")

    assert "hidden-controls" not in [code for _, _, code in problems_of(site)]
