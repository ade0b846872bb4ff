"""What editors' keyboards and word processors make of front matter, and what must pass."""

import pytest

from warraq.base.config import parse
from warraq.content.frontmatter import parse_article, parse_authority

HEAD = '---\nid: "abcdef"\ntitle: عنوان\n{line}\n---\n\nنص.\n'


def said(line: str) -> list[tuple[str, str]]:
    """Return (code, what the editor may have meant) of every problem of an article."""
    _, problems = parse_article(HEAD.format(line=line), "a.md")
    assert all(p.line for p in problems)
    return [(p.code, dict(p.args).get("near") or dict(p.args).get("want", "")) for p in problems]


@pytest.mark.parametrize(
    ("line", "near"),
    [
        ("Date: 2025-01-04", "date"),
        ("DATE: 2025-01-04", "date"),
        ("Tags: [أ]", "tags"),
        ("Categories: [أ]", "categories"),
        ("Lang: en", "lang"),
        ("Event-Date: 2025", "event_date"),
        ("dateInfo: {status: exact}", "date_info"),
        ("Draft: true", "draft"),
        ("topic: ثقافة", "topics"),
    ],
)
def test_a_key_in_another_dress_is_named_with_the_one_meant(line: str, near: str) -> None:
    assert said(line) == [("key-unknown-near", near)]


@pytest.mark.parametrize("line", ["tags: [أ]", "categories: أ", "mood: فرح", "رقم: 5", "X: 1"])
def test_keys_of_a_sites_own_pass(line: str) -> None:
    assert said(line) == []


def test_capitals_are_told_in_authority_files_too() -> None:
    _, problems = parse_authority("---\nName: أ\nname: ب\n---\n", "a.md", "people", "a")

    assert [dict(p.args)["near"] for p in problems] == ["name"]


@pytest.mark.parametrize(
    ("line", "want"),
    [
        ("topics: [ثقافة، سياسة, اقتصاد]", "ثقافة, سياسة"),
        ("topics: ثقافة، سياسة", "ثقافة, سياسة"),
        ("tags: ثقافة, سياسة", "ثقافة, سياسة"),
        ("people:\n- أحمد، محمود", "أحمد, محمود"),
        ("authors: [منى ؛ هدى]", "منى, هدى"),
        ("via: [الجزيرة، العربية]", "الجزيرة, العربية"),
    ],
)
def test_a_comma_that_parts_nothing_is_named(line: str, want: str) -> None:
    assert said(line) == [("value-comma", want)]


@pytest.mark.parametrize(
    "line",
    [
        "topics: [ثقافة, سياسة]",
        'topics: ["ثقافة، وفنون"]',
        "topics: ['ثقافة، وفنون']",
        "dateline: دمشق، سوريا",
        "description: قال، ثم مضى",
        "flags: [{kind: comma, text: دمشق ،}]",
        "cited: [{name: وزارة الصحة، دمشق}]",
        "topics: [«ثقافة»]",
        "aliases: /a,b.html",
    ],
)
def test_commas_in_their_place_pass(line: str) -> None:
    assert said(line) == []


@pytest.mark.parametrize(
    "line",
    [
        "section: “أخبار”",
        "dateline: ”دمشق“",
        "source: {name: “بوابة”}",
        "topics: [“ثقافة”]",
        "people:\n- ‘أحمد’",
        "description: „ملخص”",
    ],
)
def test_quotation_marks_of_a_word_processor_are_named(line: str) -> None:
    assert [code for code, _ in said(line)] == ["value-quoted"]


@pytest.mark.parametrize(
    "line",
    [
        'section: "“أخبار”"',
        "section: «أخبار»",
        "description: “نعم” أم “لا”",
        "description: قال “نعم”",
        "description: ’s",
        "provenance: {seed: a.txt, sha256: x}\ndescription: “كما جاء”",
    ],
)
def test_quotation_marks_of_the_text_pass(line: str) -> None:
    assert said(line) == []


def test_a_date_in_such_marks_is_told_to_be_no_date_and_why() -> None:
    assert [code for code, _ in said("date: “2025-01-04”")] == ["value-quoted", "date-invalid"]


def test_settings_are_looked_at_too() -> None:
    config, problems = parse("name: “أرشيف”\nDescription: ع\nmessages: ar\n")

    assert [(p.code, p.line) for p in problems] == [("value-quoted", 1), ("key-unknown-near", 2)]
    assert config.name == "“أرشيف”"
