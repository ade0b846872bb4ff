"""What a search returns."""

from pathlib import Path

import pytest
from tests.search.editors.conftest import Find, Shelf, document, ids

from warraq.base.problems import WarraqError
from warraq.search.editors import rows
from warraq.search.editors.finding import matching, search


def test_a_hit_carries_what_a_table_needs_and_a_marked_excerpt(find: Find) -> None:
    answer = find("الحدود")

    assert rows(answer) == (
        ("2025-10-12", "nahar-halab", "زيارة وزارية إلى أنقرة", "content/visit01.md"),
    )
    hit = answer.hits[0]
    assert [hit.excerpt[start:end] for start, end in hit.marks] == ["الحدود"]


def test_the_total_counts_more_than_is_shown(shelf: Shelf, tmp_path: Path) -> None:
    answer = search(tmp_path, "*", library=shelf.library, limit=2)

    assert (len(answer.hits), answer.total) == (2, 4)


def test_synonyms_are_found_and_marked(shelf: Shelf, find: Find) -> None:
    assert find("مقابلة").hits == ()
    shelf.synonyms = (("مقابلة", "مباراة"), ("أنظمة", "ضبط الحدود"))
    (match,) = find("المقابلة").hits
    assert match.id == "match01"
    assert [match.excerpt[start:end] for start, end in match.marks] == ["المباراة"]
    assert [hit.id for hit in find("أنظمة").hits] == ["visit01"]
    assert [hit.id for hit in find("مباراة").hits] == ["match01"]


def test_phrases_are_found_by_their_synonyms_and_the_other_way_round(
    shelf: Shelf, find: Find
) -> None:
    shelf.synonyms = (("درون", "طائرة مسيرة"), ("كأس العالم", "مونديال", "المباراة الكبرى"))
    texts = {
        "drone01": "رصدت الطائرة المسيرة فوق الجبل",
        "drone02": "رصد درون فوق الجبل",
        "other01": "مسيرة في المدينة وطائرة في الجو",
        "match02": "بدأ المونديال اليوم",
        "match03": "انتهت المباراة الكبرى",
        "match04": "أخبار العالم من كأس الشاي",
    }
    for key, body in texts.items():
        shelf.put(document(key, title="خبر", body=body))
    assert ids(find("درون")) == ["drone01", "drone02"]
    assert find("الطائرة المسيرة").hits[0].id == "drone01"
    assert ids(find("الطائرة المسيرة")) == ["drone01", "drone02", "other01"]
    assert ids(find("نتائج كأس العالم")) == ["match02", "match03", "match04"]
    assert [hit.id for hit in find("رصد درون فوق الجبل").hits[:2]] == ["drone02", "drone01"]


def test_all_that_a_query_finds_is_named_by_path(shelf: Shelf, tmp_path: Path) -> None:
    found = matching(tmp_path, "date:2025-10", library=shelf.library)

    assert found == ("content/visit01.md", "content/visit02.md")


def test_what_has_all_words_comes_first_and_alone_is_changed(shelf: Shelf, tmp_path: Path) -> None:
    texts = {
        "bridge1": "جسر جسر جسر جسر جسر",
        "bridge2": "عبرت القافلة الجسور كلها ثم وصلت بعد ساعات إلى أطراف مدينة الرقة مساء الخميس",
        "bridge3": "في الرقة الرقة الرقة",
    }
    for key, body in texts.items():
        shelf.put(document(key, title="خبر", body=body))

    answer = search(tmp_path, "جسر في الرقة", library=shelf.library)

    assert [hit.id for hit in answer.hits][:1] == ["bridge2"]
    assert (answer.total, answer.more, len(answer.hits)) == (1, 2, 3)
    assert matching(tmp_path, "جسر في الرقة", library=shelf.library) == ("content/bridge2.md",)
    assert len(matching(tmp_path, "جسر OR الرقة", library=shelf.library)) == 3
    assert matching(tmp_path, "جسر لاشيءكهذا", library=shelf.library) == ()
    second = search(tmp_path, "جسر في الرقة", library=shelf.library, first=1)
    assert [hit.id for hit in second.hits] == [hit.id for hit in answer.hits[1:]]


@pytest.mark.parametrize("query", ["الحدود date:2019", '"ضبط الحدود" date:2019'])
def test_what_is_to_be_changed_is_found_by_all_of_a_query(
    query: str, shelf: Shelf, tmp_path: Path
) -> None:
    assert len(search(tmp_path, query, library=shelf.library).hits) == 1  # read with leniency
    assert matching(tmp_path, query, library=shelf.library) == ()


@pytest.mark.parametrize("query", ["", "nofield:الحدود", "date:أمس-الأول"])
def test_what_cannot_be_read_of_a_query_changes_nothing(
    query: str, shelf: Shelf, tmp_path: Path
) -> None:
    with pytest.raises(WarraqError) as refused:
        matching(tmp_path, query, library=shelf.library)

    assert refused.value.exit_code == 2
    assert {problem.severity for problem in refused.value.problems} == {"error"}
