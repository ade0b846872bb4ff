"""What editors type as readers do."""

import pytest
from tests.search.editors.conftest import Find, Shelf, document, ids

from warraq.search.editors.queries import MAX_LENGTH
from warraq.search.editors.typed_queries import Rewritten, rewritten


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("زيارة تشرين الأول 2025", ["visit01"]),
        ("تشرين الأول/أكتوبر ٢٠٢٥", ["visit01", "visit02"]),
        ("12/10/2025", ["visit01"]),
        ('date:"12/10/2025"', ["visit01"]),
        ("تاريخ:أكتوبر", ["visit01", "visit02"]),
        ("وزير 2024", ["match01"]),
        ("وزير NOT 2024", ["visit01"]),
        ("2024-2025", ["match01", "visit01", "visit02"]),
        ("2024 كانون الثاني", ["match01"]),
        ("تاريخ:أكتوبر 2025", ["visit01", "visit02"]),
        ("تاريخ:أكتوبر 2024", []),
        ("إلى:5 كانون الثاني 2024 وزير", ["match01"]),
        ("من:2025-03", ["visit01", "visit02"]),
        ("من:2024 إلى:2024-06", ["match01"]),
        ("إلى:2024 وزير", ["match01"]),
        ("أكتوبر", ["visit01", "visit02"]),
        ("٥ كانون الثاني", ["match01"]),
        ("date:--10-12", ["visit01"]),
        ("شتاء 2024", ["match01"]),
        ("الأسبوع الجاري", ["visit01"]),
        ("العام الماضي", ["match01"]),
        ("جمادى الآخرة 1445", ["match01"]),
        ("status:draft outlet:nahar-halab title:مباراة 2024", ["match01"]),
        ("وزير date:[2024 to 2024-12]", ["match01"]),
        ("قانون 2024", ["undated1"]),
    ],
)
def test_what_a_typed_date_finds(find: Find, query: str, found: list[str]) -> None:
    assert ids(find(query)) == found


def test_a_date_alone_that_leaves_nothing_finds_what_says_so(shelf: Shelf, find: Find) -> None:
    for key, body in (("said001", "منذ أيار 1999 لم يعد"), ("said002", "في أيار ثم 1999 مادة")):
        shelf.put(document(key, title="خبر", body=body))
    assert [note.code for note in find("أيار 1999").notes] == ["query-date-empty"]
    assert ids(find("أيار 1999")) == ["said001"]
    assert ids(find("أيار 1999 خبر")) == ["said001", "said002"]
    assert ids(find("تاريخ:1999")) == ["said001", "said002"]
    assert ids(find("أيار 1998")) == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("أمس", []),
        ("قانون أمس", ["undated1"]),
        ("ليرة 5/6/2031", ["undated1"]),
        ("5/6/2031", ["note001"]),
        ("خبر 2031", ["note001", "note002"]),
    ],
)
def test_what_nobody_else_says_of_a_day_is_no_word(
    shelf: Shelf, find: Find, query: str, found: list[str]
) -> None:
    for key, body in (("note001", "الموعد 5/6/2031 والعدد 2031"), ("note002", "أمس 5 و6")):
        shelf.put(document(key, title="خبر", body=body))
    answer = find(query)
    assert (ids(answer), [note.code for note in answer.notes]) == (found, ["query-date-empty"])


def test_a_date_that_leaves_nothing_is_read_as_words_and_said(find: Find) -> None:
    answer = find("قانون أيار 1999")

    assert ids(answer) == ["undated1"]
    assert [note.code for note in answer.notes] == ["query-date-empty"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("وزير -دمشق", ["visit01"]),
        ("وزير −دمشق", ["visit01"]),
        ("وزير -«مباراة في دمشق»", ["visit01"]),
        ("وزير -status:draft", ["visit01"]),
        ("وزير -حالة:draft", ["visit01"]),
        ("وزير -مبار*", ["visit01"]),
        ("زيارة AND وزير -دمشق", ["visit01"]),
        ("(وزير -دمشق)", ["visit01"]),
        ("وزير -دمشق -أنقرة", []),
        ("outlet:nahar-halab -وزير -قانون", ["visit02"]),
        ("دمشق - وزير", ["match01", "visit01"]),
        ("دمشق -وزير قانون", ["match01", "undated1", "visit01"]),
        ("وزير -2024", ["match01", "visit01"]),
    ],
)
def test_what_stands_behind_a_dash_at_the_end_is_excluded(
    find: Find, query: str, found: list[str]
) -> None:
    assert ids(find(query)) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("المصدر:nahar-halab title:قانون", ["undated1"]),
        ("source:nahar-halab title:قانون", ["undated1"]),
        ("العنوان:زيارة", ["visit01"]),
        ("الشخص:قصرة", ["visit02"]),
        ('الشخص:"أبو قصرة"', ["visit02"]),
        ("السنه:2024", ["match01"]),
        ("السنة:2019..2024", ["match01"]),
        ("التاريخ:2025-10", ["visit01", "visit02"]),
        ("Date:2025-10-12", ["visit01"]),
        ("الحالة:draft OR شخص:قصرة", ["match01", "visit02"]),
        ("date:(2024 OR 2025-10-12)", ["match01", "visit01"]),
        ("النص:قانون", ["undated1"]),
    ],
)
def test_fields_have_names_with_and_without_an_article(
    find: Find, query: str, found: list[str]
) -> None:
    answer = find(query)
    assert ids(answer) == found
    assert [note.code for note in answer.notes] == (["query-field"] if "النص" in query else [])


@pytest.mark.parametrize(
    ("query", "found", "codes"),
    [
        ('"ضبط الحدود" زيارة', ["visit01"], []),
        ('"الوزراء ضبط" قانون', ["visit01"], []),
        ('قانون "وزير الرياضة"', ["match01"], []),
        ('"ضبط الحدود" OR قانون', ["undated1", "visit01"], []),
        ('"الحدود ضبط" قانون', ["undated1", "visit01"], ["query-phrase-empty"]),
        ('"ضبط الحدود" 2031', ["visit01"], ["query-date-empty"]),
        ('"الحدود ضبط" تشرين الأول 2025', ["visit01"], ["query-phrase-empty"]),
        ('"ماذا يحدث؟" قانون', ["undated1"], ["query-phrase-empty"]),
    ],
)
def test_a_quotation_beside_a_word_is_asked_for_if_it_is_there(
    find: Find, query: str, found: list[str], codes: list[str]
) -> None:
    answer = find(query)
    assert (ids(answer), [note.code for note in answer.notes]) == (found, codes)


def test_a_quotation_beside_many_words_raises_and_drops_nothing(find: Find) -> None:
    answer = find('قانون المجلس سوريا مباراة "وزير الرياضة"')
    assert answer.hits[0].id == "match01"
    assert ids(answer) == ["match01", "undated1", "visit01", "visit02"]


def test_a_date_beside_many_words_raises_and_drops_nothing(shelf: Shelf, find: Find) -> None:
    for key, day in (("same001", "2019-03-01"), ("same002", "2020-03-01")):
        shelf.put(document(key, title="افتتاح معرض الكتاب السنوي", body="نص.", date=day))
    for year in ("2019", "2020"):
        best, other = find(f"افتتاح معرض الكتاب السنوي {year}").hits[:2]
        assert (best.date[:4], {best.id, other.id}) == (year, {"same001", "same002"})


@pytest.mark.parametrize(
    ("query", "found", "code"),
    [
        ("من:القاهرة قانون", ["undated1"], "query-day"),
        ("إلى:هكذا قانون", ["undated1"], "query-day"),
        ("قانون من:2031", ["undated1"], "query-date-empty"),
        ("قانون السنة:2031", ["undated1"], "query-date-empty"),
        ("قانون من:رمضان", ["undated1"], "query-day"),
    ],
)
def test_a_field_of_days_that_says_nothing_is_words_and_said(
    find: Find, query: str, found: list[str], code: str
) -> None:
    answer = find(query)
    assert (ids(answer), [note.code for note in answer.notes]) == (found, [code])


@pytest.mark.parametrize("piece", ['"', "ا", "a:", "2024 ", " -أ", "«"])
def test_what_is_longer_than_a_query_is_left_to_be_cut(piece: str) -> None:
    """Dates are told by patterns whose time grows with the square of a text."""
    text = ("قمح أيار 2024 " + piece * 20_000)[: 20 * MAX_LENGTH]
    assert rewritten(text, None) == Rewritten(text)
