"""The facts that stand in the two seeds, found by general rules."""

from pathlib import Path

import pytest

from warraq.intake import draft_of, outlet_directory
from warraq.model import Draft
from warraq.seeds import reader

SITE = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def first() -> Draft:
    return _draft("000_19805c34f5b7eaf3.txt")


@pytest.fixture(scope="module")
def second() -> Draft:
    return _draft("001_4d3d081484502be0.txt")


def _draft(name: str) -> Draft:
    return draft_of(reader.read(SITE / "seeds" / name, SITE), outlet_directory())


def test_the_id_is_the_hex_in_the_seeds_name(first: Draft, second: Draft) -> None:
    assert [first.article.id, second.article.id] == ["19805c34f5b7eaf3", "4d3d081484502be0"]


def test_the_category_is_taken_off_the_headline(first: Draft) -> None:
    expected = "أبو قصرة: لقاء أنقرة يؤسس لمرحلة تعاون أمني وعسكري بين سوريا وتركيا"
    assert (expected, "cleaned") == (first.article.title, first.article.title_status)


def test_a_text_without_a_headline_gets_one_of_its_own_words(second: Draft) -> None:
    title = second.article.title
    assert second.article.title_status == "generated"
    assert title.rstrip("…") in second.article.body


def test_the_disclaimer_names_origin_and_carrier(first: Draft) -> None:
    source, via = first.article.source, first.article.via
    assert source is not None
    assert (source.name, source.basis) == ("شام الإخبارية", "disclaimer")
    assert [(c.name, c.basis) for c in via] == [("حضرموت نت", "disclaimer")]


def test_the_outlet_opening_a_text_is_its_source(second: Draft) -> None:
    source = second.article.source
    assert source is not None
    assert source.name == "الثورة"
    assert second.article.via == ()


def test_the_body_begins_and_ends_where_the_news_does(first: Draft, second: Draft) -> None:
    one, two = first.article.body.split("\n\n"), second.article.body.split("\n\n")
    assert [len(one), len(two)] == [8, 11]
    assert one[0].startswith("أعرب وزير الدفاع السوري اللواء مرهف أبو قصرة، عن شكره العميق")
    assert one[-1].endswith("إضافة إلى رئيس الاستخبارات إبراهيم قالن.")
    assert two[0].startswith("قضايا مكافحة الإرهاب، وضبط الحدود، وتعزيز الاستقرار والتعاون")
    assert two[-1].endswith("لمحاربة “داعش” بالتعاون مع المجتمع الدولي.")


def test_every_line_taken_out_stands_in_the_receipt(first: Draft) -> None:
    taken = {r.rule for r in first.receipt.removed}
    text = "\n".join(r.text for r in first.receipt.removed)
    assert {"headline", "disclaimer", "comments"} <= taken
    for words in ("اترك تعليق", "زر الذهاب إلى الأعلى", "العهدة على المصدر السابق ذكرة"):
        assert words in text


def test_no_day_of_publication_is_invented(first: Draft, second: Draft) -> None:
    for draft in (first, second):
        assert draft.article.date is None
        assert draft.article.date_info.status == "unknown"


def test_day_phrases_are_quoted_as_evidence(first: Draft, second: Draft) -> None:
    assert [e.text for e in first.article.date_info.evidence] == ["اليوم الأحد"]
    assert [e.text for e in second.article.date_info.evidence] == [
        "اليوم",
        "ويوم أمس",
        "يوم الخميس الماضي، في (الثامن من الشهر الجاري)",
    ]


def test_those_relied_on_in_the_text_are_cited(first: Draft, second: Draft) -> None:
    assert {"سانا", "إكس"} <= {c.name for c in first.article.cited}
    names = {c.name for c in second.article.cited}
    assert {"وزارة الخارجية", "وكالة الأناضول", "وزارة الدفاع"} <= names


def test_an_unclosed_mark_goes_and_typos_stay(first: Draft, second: Draft) -> None:
    assert "**" not in first.article.body
    assert ("markup", "**أمن سوريا") in {(f.kind, f.text) for f in first.article.flags}
    assert "بالدورالكبير" in second.article.body
    flags = {(f.kind, f.text) for f in second.article.flags}
    assert {
        ("joined", "بالدورالكبير"),
        ("joined", "المباشرعلى"),
        ("spacing", "دمشق ،"),
        ("spelling", "منوّها"),
    } <= flags


def test_misspelt_words_are_flagged_with_the_right_ones(first: Draft) -> None:
    flags = {(f.kind, f.text, f.note) for f in first.article.flags}
    assert {
        ("typo", "ذكرة", "ذكره"),
        ("typo", "مسئولين", "مسؤولين"),
        ("typo", "اخبار", "أخبار"),
    } <= flags
    assert ("punctuation", "الإخبارية , ولا") in {f[:2] for f in flags}


def test_a_weekday_and_a_day_that_disagree_are_said(second: Draft) -> None:
    phrase = "يوم الخميس الماضي، في (الثامن من الشهر الجاري)"
    flags = {(f.kind, f.text, f.note) for f in second.article.flags}
    assert ("date", phrase, "weekday-must-fit-day") in flags

    name = "001_4d3d081484502be0.txt"
    known = outlet_directory(received="2025-10-13")
    told = draft_of(reader.read(SITE / "seeds" / name, SITE), known)

    note = "weekday-differs 2025-10-08"
    assert ("date", phrase, note) in {(f.kind, f.text, f.note) for f in told.article.flags}
    assert told.article.date is None
    assert [d.value for d in told.receipt.decisions if d.field == "flags"] == [phrase]
