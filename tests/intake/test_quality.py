"""What import makes of the labelled cases stays above the floors of benchmarks/floors.json."""

import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))

import quality  # noqa: E402 - a script beside the tests, not a package

FLOORS = json.loads((ROOT / "benchmarks" / "floors.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def scores() -> list[quality.Score]:
    return quality.run()


@pytest.mark.parametrize("half", quality.HALVES)
@pytest.mark.parametrize("figure", FLOORS["open"])
def test_no_figure_falls_below_its_floor(
    scores: list[quality.Score], half: str, figure: str
) -> None:
    value, floor = quality.summary(quality.half_of(scores, half))[figure], FLOORS[half][figure]
    assert value <= floor if figure in {"leaks", "false_dates"} else value >= floor


def test_there_are_cases_enough_of_both_halves(scores: list[quality.Score]) -> None:
    held_out = [s for s in scores if s.name.endswith("-b")]
    assert len(scores) >= 80
    assert len(held_out) >= 30


def test_a_digest_of_headlines_makes_no_article() -> None:
    case = quality.read_case(quality.CASES / "25-digest-a.md")
    assert case.facts["digest"] == "yes"
    (made,) = [s for s in quality.run() if s.name == case.name]
    assert made.given == 0
