"""Date phrases of the labelled cases, and the laws that hold for every day."""

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from warraq.base import days
from warraq.intake.dates.phrases import mentions
from warraq.intake.dates.resolution import contradictions, from_received, resolve

CASES_DIR = Path(__file__).parents[2] / "cases"


def _rows(files: Iterable[Path]) -> list[list[str]]:
    texts = (file.read_text("utf-8") for file in files)
    return [row for text in texts for row in yaml.load(text, Loader=yaml.BaseLoader)]  # noqa: S506


CASES = _rows(sorted(CASES_DIR.glob("dates*.yaml")))


def _read(text: str, anchor: str) -> str:
    found = mentions(text)
    day = None if anchor == "-" else date.fromisoformat(anchor)
    answers = {_verdict(*resolve(m, day)[:2]) for m in found} - {"open"}
    return answers.pop() if len(answers) == 1 else "open" if not answers else str(answers)


def _verdict(status: str, edtf: str) -> str:
    return "conflict" if status == "conflicting" else edtf or "open"


def test_the_cases_are_found() -> None:
    assert len(CASES) > 100


def test_open_cases_say_in_english_what_they_are_about() -> None:
    files = [CASES_DIR / "dates.yaml", CASES_DIR / "dates-open.yaml"]
    assert all(len(row) == 4 and row[3] for row in _rows(files))


@pytest.mark.parametrize(
    ("text", "anchor", "expected"), [row[:3] for row in CASES], ids=[row[-1] for row in CASES]
)
def test_a_phrase_comes_to_its_day_or_stays_open(text: str, anchor: str, expected: str) -> None:
    assert _read(text, anchor) == expected


@given(
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["levantine", "egyptian", "maghreb", "dual"]),
    st.sampled_from(["latn", "arab"]),
)
def test_every_day_the_site_prints_is_read_back(
    day: date, style: days.Months, digits: days.Digits
) -> None:
    text = days.digits(
        f"{days.day_name(day)} {day.day} {days.month_name(day.month, style)} {day.year}", digits
    )
    (mention,) = mentions(text)
    assert resolve(mention).edtf == day.isoformat()


@given(st.dates(date(1950, 1, 1), date(2070, 1, 1)), st.integers(1, 6))
def test_a_wrong_weekday_is_always_a_contradiction(day: date, off: int) -> None:
    wrong = days.WEEKDAYS[(day.weekday() + off) % 7]
    (mention,) = mentions(f"{wrong} {day.day} {days.EGYPTIAN[day.month - 1]} {day.year}")
    assert resolve(mention).status == "conflicting"


@given(st.dates(date(1950, 1, 1), date(2070, 1, 1)), st.integers(0, 6))
def test_last_weekday_lies_one_to_seven_days_back(anchor: date, weekday: int) -> None:
    (mention,) = mentions(f"{days.WEEKDAYS[weekday]} الماضي")
    found = resolve(mention, anchor).day
    assert found is not None
    assert timedelta(1) <= anchor - found <= timedelta(7)
    assert found.weekday() == weekday


def test_the_day_of_receipt_anchors_a_weekday_as_inferred() -> None:
    when, info = from_received(["أصيب عاملان، اليوم الثلاثاء، في المصنع."], date(2025, 3, 20))
    assert when is not None
    assert (when.day, info.status) == (date(2025, 3, 18), "inferred")


def test_the_day_of_receipt_says_nothing_about_a_bare_today() -> None:
    assert from_received(["أصيب عاملان اليوم في المصنع."], date(2025, 3, 20))[0] is None


def test_weekdays_that_disagree_give_no_day() -> None:
    texts = ["قال اليوم الثلاثاء", "وأضاف اليوم الخميس"]
    when, info = from_received(texts, date(2025, 3, 20))
    assert (when, info.status) == (None, "conflicting")


@pytest.mark.parametrize(
    ("text", "anchor", "received", "expected"),
    [
        # 8 March 2023 was a Wednesday.
        ("الخميس الماضي، في (الثامن من الشهر الجاري)", "2023-03-12", "", "2023-03-08 2023-03-09"),
        ("الخميس الماضي، في (الثامن من الشهر الجاري)", "", "2023-03-13", "2023-03-08"),
        ("الأربعاء الماضي، الثامن من الشهر الجاري", "2023-03-12", "", None),
        ("الأربعاء الماضي، الثامن من الشهر الجاري", "2023-03-20", "", None),  # the one before last
        ("الخميس الماضي، الثامن من الشهر الجاري", "", "", "must-fit"),
        ("أمس الجمعة", "2023-03-12", "", "2023-03-11"),
        ("أمس الجمعة", "", "2023-03-12", None),
        ("يوم الثلاثاء 8 آذار 2023", "", "", "2023-03-08"),
        ("يوم الأربعاء 8 آذار 2023", "", "", None),
        ("في الثامن من الشهر الجاري", "2023-03-12", "", None),
    ],
)
def test_a_weekday_that_does_not_fit_its_day_is_said(
    text: str, anchor: str, received: str, expected: str | None
) -> None:
    found = contradictions(
        [f"زار الوفد المدينة {text}، ثم عاد منها."],
        anchor=date.fromisoformat(anchor) if anchor else None,
        received=date.fromisoformat(received) if received else None,
    )
    note = "weekday-must-fit-day" if expected == "must-fit" else f"weekday-differs {expected}"
    assert found == (() if expected is None else ((text, note),))


def test_two_names_of_a_month_and_weekdays_without_their_article_are_read() -> None:
    assert [_read(text, "-") for text in (
        "الأربعاء، 12 تشرين2/نوفمبر 2025", "ثلاثاء, 21/05/2024 - 10:33", "خميس, 09/04/2025 - 18:05"
    )] == ["2025-11-12", "2024-05-21", "conflict"]  # fmt: skip
