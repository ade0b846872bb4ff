"""What is a copy, what is for an editor to say, and what is another text in the same form."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from warraq.base.problems import wording_of
from warraq.importer.time_limit import time_limit
from warraq.intake.near_duplicates import (
    DUPLICATES,
    Copy,
    duplicate_warning,
    is_separate_text,
    overlap_share,
    shingles,
)

CASES = Path(__file__).parents[1] / "cases"


def cases(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((CASES / name).read_text("utf-8"))
    return found


def judged(one: str, other: str) -> str:
    share = overlap_share(shingles(one), shingles(other))
    another = share < DUPLICATES.min_share or is_separate_text(one, other)
    if another:
        return "other"
    return "copy" if another is False and share >= DUPLICATES.sure_share else "open"


def of_case(case: dict[str, Any]) -> str:
    one, other = (case["text"].format(*case[side]) for side in ("one", "other"))
    said = judged(one, other)
    assert judged(other, one) == said, "which came first makes no difference"
    return said


@pytest.mark.parametrize("case", cases("copies.yaml"), ids=lambda case: case["name"])
def test_pairs_that_the_rules_were_made_on(case: dict[str, Any]) -> None:
    assert of_case(case) in case["is"]


def test_pairs_that_the_rules_never_saw() -> None:
    held = cases("copies-held.yaml")
    wrong = [case["name"] for case in held if of_case(case) not in case["is"]]
    assert wrong == []


FORM = "بلغ سعر الصنف {} في السوق المركزية عند الإغلاق هذا المساء {} ليرة للكيلو الواحد بالجملة."


@given(st.lists(st.integers(100, 9999), min_size=4, max_size=12, unique=True), st.integers(1, 99))
def test_a_form_filled_in_with_other_numbers_is_never_a_copy(prices: list[int], step: int) -> None:
    def filled(by: int) -> str:
        return "\n\n".join(FORM.format("ابتثجحخدذرزس"[n], p + by) for n, p in enumerate(prices))

    assert judged(filled(0), filled(0)) == "copy"
    assert judged(filled(0), filled(step * 10_000)) == "other"


def test_a_day_that_only_one_text_names_is_no_other_day() -> None:
    text = " ".join(f"كلمة{'ابتثجحخد'[n % 8]}{'رزسشصضطظعغ'[n % 10]}" for n in range(80)).split()
    one = [*text[:40], "قتل", "12", "شخصًا", *text[40:60], "بلغت", "9", *text[60:], "3", "4", "5"]
    other = [*text[:40], "الأحد", "15", "شخصًا", *text[40:60], "بلغت", "8", *text[60:], *one[-3:]]
    assert is_separate_text(" ".join(one), " ".join(other)) is None
    one[40] = "السبت"
    assert is_separate_text(" ".join(one), " ".join(other))


def test_spelling_marks_make_no_difference() -> None:
    assert (
        overlap_share(shingles("أعلنت الوزارةُ في بيانٍ لها"), shingles("اعلنت الوزاره في بيان لها"))
        == 1.0
    )


def test_a_copy_is_said_and_no_error() -> None:
    problem = duplicate_warning(
        Copy("b", 0.734), seed="seeds/a.txt", original="content/articles/b.md"
    )
    assert (problem.severity, problem.path) == ("warning", "seeds/a.txt")
    assert wording_of(problem)[0].startswith("73 %")


ROWS = ("اقرأ ", "{n} ", "اقرأ {n} ", "في {n} أيار قال كل منهم كلمة ", "x\n\n")


@pytest.mark.parametrize("row", ROWS)
def test_texts_of_many_words_are_compared_in_a_moment(row: str) -> None:
    ends = " أعلنت البلدية فتح الطريق الساحلي من جديد بعد انتهاء أعمال الصيانة في الجسر القديم"
    one, other = ("".join(row.format(n=n) for n in range(m)) + ends for m in (20_000, 15_000))
    with time_limit(10):  # with the square: minutes
        is_separate_text(one, other)
        is_separate_text(one, ends)
