"""How the engine ranks: kinds of matches, titles, nearness, quotations, and what is found."""

from pathlib import Path

import pytest
from tests.search.test_engine import article, ask, published

TEXTS = {
    1: ("خبر", "تدريب الكوادر الصحية"),
    2: ("خبر", "مدرب الفريق استقال"),
    3: ("تنقيب عن الآثار", "تفاصيل في النص."),
    4: ("تفاصيل في العنوان", "تنقيب عن الآثار."),
    5: ("ميناء طرطوس يستقبل باخرة", "رست باخرة محملة بالأسمدة."),
    6: ("باخرة", "غادرت قبالة طرطوس، وعلى بعد من ميناء صغير، " + "كلام " * 60),
    7: ("زيارة سلمان بن فهد الدوسري", "حضر سلمان بن فهد الدوسري."),
    8: ("ندوة عن هشام بن عروة", "قرأ هشام."),
    9: ("والسكك الحديدية", "مشروع."),
    10: ("سكك", "مشروع سككي قديم."),
    11: ("«عين على الجولان» في معرض", "فيلم قصير."),
    12: ("معرض", "عين من عيون الماء، وعلى مقربة من الجولان فيلم قصير في معرض."),
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    documents = [
        article(number, title, text, day=f"2024-03-{number:02}")
        for number, (title, text) in TEXTS.items()
    ]
    return published(documents, tmp_path_factory.mktemp("ranked"))


def numbers(base: Path, query: str, **options: object) -> tuple[int, list[int]]:
    """Return how many articles are found, and the numbers of the results."""
    answer = ask(base, (query, {"fetched": 0, **options}))["answers"][0]
    return answer["total"], [int(result["id"][1:]) for result in answer["results"]]


def kinds(base: Path, query: str) -> dict[int, set[str]]:
    results = ask(base, (query, {"fetched": 0}))["answers"][0]["results"]
    return {int(result["id"][1:]): {why["kind"] for why in result["why"]} for result in results}


def test_a_word_in_the_title_counts_more(archive: Path) -> None:
    assert numbers(archive, "تنقيب") == (2, [3, 4])


def test_words_that_stand_together_count_more(archive: Path) -> None:
    assert numbers(archive, "ميناء طرطوس") == (2, [5, 6])


def test_another_particle_is_nearer_than_another_ending(archive: Path) -> None:
    assert kinds(archive, "السكك") == {9: {"joined"}, 10: {"joined"}}
    assert kinds(archive, "سككي") == {10: {"exact"}, 9: {"form"}}


def test_a_word_of_the_same_root_ranks_but_does_not_find(archive: Path) -> None:
    assert numbers(archive, "تدريب") == (1, [1])
    assert numbers(archive, "تدريب الفريق") == (2, [2, 1])
    assert kinds(archive, "تدريب الفريق")[2] == {"root", "exact"}


def test_a_word_of_the_same_root_is_half_of_the_word(archive: Path) -> None:
    total, results = numbers(archive, "تدريب الفريق ميناء طرطوس يستقبل باخرة محملة")
    assert (total, set(results)) == (2, {5, 6, 1, 2})


def test_a_word_met_in_no_other_form_is_found_by_its_root(archive: Path) -> None:
    answer = ask(archive, ("يدرب", {"fetched": 0}))["answers"][0]
    assert {result["id"][-1] for result in answer["results"]} == {"1", "2"}
    assert {why["kind"] for result in answer["results"] for why in result["why"]} == {"root"}
    assert not any(result["titleMarks"] for result in answer["results"])
    assert not any(result["excerpt"]["marks"] for result in answer["results"])


def test_what_holds_little_of_the_query_is_ranked_but_not_found(archive: Path) -> None:
    query = "سلمان فهد الدوسري عروة"
    assert numbers(archive, query) == (1, [7, 8])
    assert numbers(archive, query, sort="date") == (1, [7])
    answer = ask(archive, (query, {"facets": True}))["answers"][0]
    assert answer["facets"]["year"] == [{"value": "2024", "label": "2024", "count": 1}]


def test_found_is_measured_by_the_best_that_pass_the_filters(archive: Path) -> None:
    query = "سلمان فهد الدوسري عروة"
    assert numbers(archive, query, filters={"from": "2024-03-08"}) == (1, [8])


def test_son_of_between_two_names_is_no_word_of_its_own(archive: Path) -> None:
    answer = ask(archive, ("سلمان بن فهد", {}), ("بن", {}))["answers"]
    assert answer[0]["words"] == ["سلمان", "فهد"]
    assert [result["id"][-1] for result in answer[0]["results"]] == ["7"]
    assert answer[1]["words"] == ["بن"]


def test_a_quotation_is_asked_for_where_little_stands_beside_it(archive: Path) -> None:
    assert numbers(archive, "«عين على الجولان»") == (1, [11])
    assert numbers(archive, "معرض «عين على الجولان»") == (1, [11])


def test_a_quotation_only_raises_where_more_stands_beside_it(archive: Path) -> None:
    total, results = numbers(archive, "فيلم قصير في معرض «عين على الجولان»")
    assert (total, results) == (2, [11, 12])
    scores = [
        {result["id"]: result["score"] for result in answer["results"]}
        for answer in ask(
            archive,
            ("فيلم قصير في معرض «عين على الجولان»", {}),
            ("فيلم قصير في معرض عين على الجولان", {}),
        )["answers"]
    ]
    assert scores[0]["a000011"] == pytest.approx(1.25 * scores[1]["a000011"])
    assert scores[0]["a000012"] == pytest.approx(scores[1]["a000012"])


def test_a_quotation_that_nobody_said_is_read_as_words(archive: Path) -> None:
    assert numbers(archive, "«الجولان عين»")[1] == [11, 12]
