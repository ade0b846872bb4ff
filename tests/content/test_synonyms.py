"""content/synonyms.yaml as editors write it, and as they should not."""

from pathlib import Path

import pytest

from warraq.content.store import load, synonyms_of
from warraq.content.synonyms import PATH, parse_synonyms


def test_lists_of_words_and_phrases_are_read() -> None:
    found, problems = parse_synonyms("synonyms:\n  - [درون, طائرة  مسيرة]\n  - [كوفيد, 19]\n")
    assert found == (("درون", "طائرة مسيرة"), ("كوفيد", "19"))
    assert problems == []


@pytest.mark.parametrize("text", ["", "# لا شيء بعد\n", "synonyms:\n", "synonyms: []\n"])
def test_an_empty_file_says_nothing(text: str) -> None:
    assert parse_synonyms(text) == ((), [])


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("- [أ ب, ج د]\n", "yaml-not-mapping", 1),
        ("synonyms:\n  - [درون\n", "yaml-broken", 2),
        ("synonym:\n  - [درون, مسيرة]\n", "synonyms-shape", 1),
        ("synonyms: درون, مسيرة\n", "synonyms-shape", 1),
        ("synonyms:\n  درون: مسيرة\n", "synonyms-shape", 2),
        ("synonyms:\n  - درون\n", "synonyms-shape", 2),
        ("synonyms:\n  - [درون, [مسيرة]]\n", "synonyms-word", 2),
        ("synonyms:\n  - [درون, '…']\n", "synonyms-word", 2),
        ("synonyms:\n  - [درون, '']\n", "synonyms-word", 2),
        ("synonyms:\n  - [درون, واحد اثنان ثلاثة أربعة خمسة ستة]\n", "synonyms-word", 2),
        ("synonyms:\n  - [أضحى]\n", "synonyms-alone", 2),
        ("synonyms:\n  - [أضحى, اضحي, أضْحى]\n", "synonyms-alone", 2),
        ("synonyms:\n  - [" + ", ".join(f"ك{n}" for n in range(13)) + "]\n", "synonyms-many", 2),
        ("synonyms:\n  - &a [درون, مسيرة]\n  - *a\n", "yaml-alias", 2),
        ("synonyms: !!python/object/apply:os.system [ls]\n", "yaml-tag", 1),
        ("synonyms: " + "[" * 500 + "]" * 500, "yaml-too-large", 1),
        ("synonyms:\n  - [a, b]\nsynonyms:\n  - [c, d]\n", "yaml-duplicate", 3),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, code: str, line: int) -> None:
    found, problems = parse_synonyms(text)
    assert found == ()
    assert (problems[0].code, problems[0].path, problems[0].line) == (code, PATH, line)


def test_a_faulty_list_costs_no_other() -> None:
    found, problems = parse_synonyms("synonyms:\n  - [وحيدة]\n  - [درون, مسيرة]\n")
    assert found == (("درون", "مسيرة"),)
    assert [problem.severity for problem in problems] == ["warning"]


def test_invisible_characters_are_taken_out_and_told() -> None:
    found, problems = parse_synonyms('synonyms:\n  - ["در\\u202eون", مسيرة]\n')
    assert found == (("درون", "مسيرة"),)
    assert [problem.code for problem in problems] == ["hidden-controls"]


def test_the_content_has_them(tmp_path: Path) -> None:
    assert synonyms_of(tmp_path) == ((), [])
    (tmp_path / "content").mkdir()
    (tmp_path / PATH).write_text("synonyms:\n  - [درون, مسيرة]\n  - سطر\n", "utf-8")
    content = load(tmp_path)
    assert content.synonyms == (("درون", "مسيرة"),)
    assert [(p.code, p.line) for p in content.problems] == [("synonyms-shape", 3)]
    (tmp_path / PATH).write_bytes(b"synonyms: \xff")
    assert [problem.code for problem in load(tmp_path).problems] == ["file-unreadable"]
