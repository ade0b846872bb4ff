"""The made-up news of benchmarks/ and its labelled queries, which search is measured by."""

import sys
from collections import Counter
from hashlib import sha256
from pathlib import Path
from random import Random

import msgspec
import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from news_corpus import Report, reports
from news_queries import KINDS, Archive, Question, changed, plain, questions

from search import gain

# The labels of hand.tsv and forty.yaml name articles by their numbers. Whoever changes the archive
# reads both files again.
DIGEST = "b13c446fce54bc2f"


@pytest.fixture(scope="module")
def archive() -> list[Report]:
    return list(reports(1500))


@pytest.fixture(scope="module")
def asked(archive: list[Report]) -> list[Question]:
    return questions(archive)


def test_an_article_is_the_same_in_an_archive_of_any_size() -> None:
    assert [r.document for r in reports(40)] == [r.document for r in reports(60)][:40]


@pytest.mark.slow
def test_the_archive_is_the_one_that_was_labelled(archive: list[Report]) -> None:
    texts = [(r.document.title, r.document.text, r.document.day) for r in archive]

    assert sha256(msgspec.json.encode(texts)).hexdigest()[:16] == DIGEST


@pytest.mark.slow
def test_seven_kinds_of_queries_are_asked_in_two_halves(asked: list[Question]) -> None:
    for unseen in (True, False):
        kinds = Counter(one.kind for one in asked if one.is_unseen == unseen)
        assert set(kinds) == set(KINDS)
        assert min(kinds.values()) >= 100
    assert sum(one.by_hand for one in asked) >= 200
    assert len({(one.kind, one.query) for one in asked}) >= 1500


@pytest.mark.slow
def test_each_query_has_an_answer_in_the_archive(
    archive: list[Report], asked: list[Question]
) -> None:
    ids = {report.document.id for report in archive}
    for one in asked:
        assert one.grades.keys() <= ids
        assert set(one.grades.values()) <= {1, 2, 3}
        assert 3 in one.grades.values()


@pytest.mark.slow
def test_a_story_is_worth_less_than_the_article_and_more_than_its_subject(
    archive: list[Report],
) -> None:
    known = Archive(archive)
    report = archive[3]  # of five on one camp
    grades = known.story(report, report.document.title)
    same = {r.document.id for r in known.by_event[report.event.number]} - {report.document.id}

    assert grades[report.document.id] == 3
    assert {grades[ident] for ident in same} == {2}
    assert set(grades.values()) == {1, 2, 3}


def test_an_answer_is_worth_most_if_the_best_come_first() -> None:
    grades = {"a": 3, "b": 2, "c": 1}

    assert gain(["a", "b", "c"], grades) == 1
    assert gain(["c", "b", "a"], grades) < gain(["b", "a", "c"], grades) < 1
    assert gain(["x"], grades) == gain([], grades) == 0


def test_words_are_compared_without_marks_and_hamza() -> None:
    assert plain("الإضرابُ في درعة ٢٠٢٤") == "الاضراب في درعه 2024"


def test_a_changed_word_is_another_form_of_its_lemma() -> None:
    draw = Random(1)  # noqa: S311 - no secret
    found = {changed("مدرسة", draw) for _ in range(40)}

    assert {"مدارس", "المدارس"} <= found
    assert "مدرسة" not in found
