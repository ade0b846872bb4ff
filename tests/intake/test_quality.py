"""What import makes of the labelled cases stays above the floors of benchmarks/floors.json."""

import json
import re
import sys
from pathlib import Path
from typing import get_args

import pytest

from warraq.intake.credit.outlets import bundled_outlets
from warraq.model import Basis, CitedKind, Draft, FlagKind, Meaning, OutletType

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))

import quality  # noqa: E402 - a script beside the tests, not a package

FLOORS = json.loads((ROOT / "benchmarks" / "floors.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def drafts() -> list[tuple[quality.Case, Draft]]:
    return quality.drafts()


@pytest.fixture(scope="module")
def scores(drafts: list[tuple[quality.Case, Draft]]) -> list[quality.Score]:
    return [quality.score(case, draft) for case, draft in drafts]


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


def test_a_digest_of_headlines_makes_no_article(scores: list[quality.Score]) -> None:
    case = quality.read_case(quality.CASES / "25-digest-a.md")
    assert case.facts["digest"] == "yes"
    (made,) = [s for s in scores if s.name == case.name]
    assert made.given == 0


# EDTF, and days counted from that of publication, are worded by rule.
BY_RULE = re.compile(r"\d{4}(-\d\d){0,2}[~?%]?|publication-day[+-]\d+|")


def test_all_that_import_writes_for_readers_is_a_known_code(
    drafts: list[tuple[quality.Case, Draft]],
) -> None:
    seen: dict[str, set[str]] = {"basis": set(), "meaning": set(), "cited": set(), "flag": set()}
    for _, draft in drafts:
        article, info = draft.article, draft.article.date_info
        credited = [credit for credit in (article.source, *article.via) if credit]
        seen["basis"] |= {info.basis, *(credit.basis for credit in credited)} - {""}
        seen["meaning"] |= {info.note, *(told.meaning for told in info.evidence)}
        seen["cited"] |= {cited.kind for cited in article.cited}
        seen["flag"] |= {flag.kind for flag in article.flags}

    unknown = {
        "basis": seen["basis"] - set(get_args(Basis)),
        "meaning": {
            m for m in seen["meaning"] - set(get_args(Meaning)) if not BY_RULE.fullmatch(m)
        },
        "cited": seen["cited"] - set(get_args(CitedKind)),
        "flag": seen["flag"] - set(get_args(FlagKind)),
        "outlet": {outlet.type for outlet in bundled_outlets()} - set(get_args(OutletType)),
    }
    assert unknown == {
        "basis": set(),
        "meaning": set(),
        "cited": set(),
        "flag": set(),
        "outlet": set(),
    }
