"""What a query finds; what hostile queries do."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.search.editors.conftest import Find, Shelf, document, ids


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("وتركيا", ["visit01", "visit02"]),
        ("انقره", ["visit01"]),
        ("ان\N{ZERO WIDTH JOINER}قره", ["visit01"]),
        ("\N{RIGHT-TO-LEFT MARK}انقره\N{RIGHT-TO-LEFT MARK}", ["visit01"]),
        ("ابوقصرة", ["visit02"]),
        ("الوزير", ["match01", "visit01"]),
        ("لقاء", []),
        ("title:زيارة", ["visit01"]),
        ("عنوان:زيارة", ["visit01"]),
        ("body:زيارة", []),
        ("outlet:nahar-halab title:قانون", ["undated1"]),
        ("outlet:nahar-halab OR title:قانون", ["match01", "undated1", "visit01", "visit02"]),
        ("وزير date:2025-10", ["visit01"]),
        ("year:2024 year:2025", ["match01", "visit01", "visit02"]),
        ("date:2025-10 person:قصرة", ["visit02"]),
        ("date:2025-10 NOT person:قصرة", ["visit01"]),
        ("person:(قصرة OR مرهف) زيارة سوريا", ["visit02"]),
        ("date:هكذا قانون", ["undated1"]),
        ("outlet:nahar-halab AND title:قانون", ["undated1"]),
        ("person:murhaf-abu-qasra", ["visit02"]),
        ('شخص:"أبو قصرة"', ["visit02"]),
        ("date:2025-10-12", ["visit01"]),
        ("date:2025-10", ["visit01", "visit02"]),
        ("date:[2025-10 to 2025-11]", ["visit01", "visit02"]),
        ("date:[2024 to 2025-09]", ["match01"]),
        ("date:[2025 to]", ["visit01", "visit02"]),
        ("date:{2024 to 2026}", ["visit01", "visit02"]),
        ("سنة:٢٠٢٤", ["match01"]),
        ("status:draft", ["match01"]),
        ('status:"draft"', ["match01"]),
        ('status:"" قانون', ["undated1"]),
        ("id:undated1", ["undated1"]),
        ("path:content/visit*", ["visit01", "visit02"]),
        ("«ضبط الحدود»", ["visit01"]),
        ("«الحدود ضبط»", ["visit01"]),
        ('"بين سورية"', ["visit02"]),
        ("است*", ["undated1"]),
        ("*راة", ["match01"]),
        ("قان?ن", ["undated1"]),
        ("وزير NOT دمشق", ["visit01"]),
        ("(زيارة OR مباراة) AND وزير", ["match01", "visit01"]),
        ("في قانون", ["undated1"]),
        ("2400000", ["undated1"]),
        ("٢,٤٠٠,٠٠٠ AND قانون", ["undated1"]),
        ("2 400 000", ["undated1"]),
        ('"2,400,000 ليرة"', ["undated1"]),
        ("400", []),
        ("*", ["match01", "undated1", "visit01", "visit02"]),
        ("certainty:none", []),
        ("NOT person:*", ["match01", "undated1", "visit01"]),
        ("قانون NOT person:*", ["undated1"]),
        ("nofield:قانون", ["undated1"]),
        ('shown:"قانون"', ["undated1"]),
    ],
)
def test_what_a_query_finds(find: Find, query: str, found: list[str]) -> None:
    assert ids(find(query)) == found


def test_the_exact_form_comes_before_its_relatives(find: Find, shelf: Shelf) -> None:
    for key, body in (("form001", "زار المزارعون السوق"), ("form002", "زار مزارع السوق")):
        shelf.put(document(key, title="خبر", body=body))

    assert [hit.id for hit in find("مزارع").hits] == ["form002", "form001"]
    assert [hit.id for hit in find("المزارعون").hits] == ["form001", "form002"]


def test_an_article_with_all_the_words_comes_first(find: Find) -> None:
    assert find("قانون المجلس للاستثمار وزير الوزراء").hits[0].id == "undated1"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "query-empty"),
        ("((((", "query-empty"),
        ('"', "query-empty"),
        ("\x00\x1b\u202e", "query-empty"),
        ("nofield:قانون", "query-field"),
        ('shown:"x"', "query-field"),
        ('path:""', "query-empty"),
        ("date:غدًا", "query-day"),
        ("date:[أول to آخر]", "query-day"),
        ('date:"32/13/2025"', "query-day"),
        ("وزير " * 2000, "query-cut"),
        ("(" * 5000 + "وزير" + ")" * 5000, "query-cut"),
        ("و" * 10_000, "query-cut"),
        ("ا* " * 3000, "query-cut"),
    ],
)
def test_a_query_that_cannot_be_answered_is_explained(find: Find, query: str, code: str) -> None:
    assert code in [note.code for note in find(query).notes]


PIECES = st.sampled_from(
    [
        "AND",
        "OR",
        "NOT",
        "ANDNOT",
        "ANDMAYBE",
        "REQUIRE",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        '"',
        "'",
        "«",
        "»",
        "*",
        "?",
        "؟",
        "^",
        "^9",
        "^-1e999",
        "~",
        "~5",
        ":",
        "::",
        "date:",
        "year:",
        "title:",
        "path:",
        "من:",
        "المكان:",
        "أيار 2024",
        " -",
        "to",
        "TO",
        "[to]",
        "\\",
        "/",
        "-",
        "+",
        "<",
        ">=",
        "\n",
        "\x00",
        "\u200f",
        "وزير",
        "تركيا",
        "2025-10",
        "٢٠٢٥",
        "a",
        "😀",
        "\ud7ff",
        "ﷺ",
        "ـ",
        "ً",
    ]
)


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(PIECES | st.text(max_size=4), max_size=14), st.sampled_from(["", " "]))
def test_no_query_breaks_the_search(find: Find, pieces: list[str], between: str) -> None:
    answer = find(between.join(pieces))

    assert answer.total + answer.more >= len(answer.hits)
