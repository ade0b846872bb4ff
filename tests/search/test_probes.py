"""Pairs of words that must and must not find each other, asked of the engine over a real index."""

from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tests.search.test_engine import article, ask, published

PROBES = Path(__file__).with_name("probes.tsv")


class Pair(NamedTuple):
    """What a reader asks, and a text that must (+) or must not (-) be found by it."""

    sign: str
    query: str
    text: str

    @classmethod
    def all(cls) -> list["Pair"]:
        rows = (line.split("\t") for line in PROBES.read_text("utf-8").splitlines())
        return [cls(*row[:3]) for row in rows if row[0] in {"+", "-"}]


class Measured:
    """Which pairs the engine found, in an archive of `texts`, an article each."""

    def __init__(self, texts: set[str], root: Path) -> None:
        ids = {text: f"a{number:06}" for number, text in enumerate(sorted(texts))}
        # The title is no word of a pair: one that stands in every article is what any other near it
        # is taken for, and what a query for it finds everywhere.
        published([article(int(ids[t][1:]), "Title", t) for t in sorted(texts)], root)
        wanted = {"limit": len(texts), "fetched": 0}
        said = ask(root, *((pair.query, wanted) for pair in Pair.all()))
        self._found = [
            ids[pair.text] in {result["id"] for result in answer["results"] if not _is_akin(result)}
            for pair, answer in zip(Pair.all(), said["answers"], strict=True)
        ]

    def shares(self, part: slice) -> tuple[float, float]:
        """Return (share of must-match pairs found, share of must-not pairs found)."""
        signs = [pair.sign for pair in Pair.all()]
        hits = Counter(zip(signs[part], self._found[part], strict=True))
        must, must_not = (hits[s, True] / (hits[s, True] + hits[s, False]) for s in "+-")
        return must, must_not


def _is_akin(result: dict[str, Any]) -> bool:
    """Whether a result has but the root of what was asked for, and is said to be near it."""
    return {why["kind"] for why in result["why"]} == {"root"}


MADE_ON, HELD = slice(0, None, 2), slice(1, None, 2)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Measured:
    """An archive that holds the texts alone."""
    return Measured({pair.text for pair in Pair.all()}, tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def knowing(tmp_path_factory: pytest.TempPathFactory) -> Measured:
    """An archive that holds what is asked for as well: it knows more words."""
    texts = {text for pair in Pair.all() for text in (pair.text, pair.query)}
    return Measured(texts, tmp_path_factory.mktemp("knowing"))


def test_there_are_several_hundred_pairs_of_both_kinds() -> None:
    assert Counter(pair.sign for pair in Pair.all()) >= Counter({"+": 390, "-": 220})


def test_pairs_that_the_rules_were_made_on(small: Measured, knowing: Measured) -> None:
    must, must_not = small.shares(MADE_ON)
    assert must >= 0.93
    assert must_not <= 0.08
    must, must_not = knowing.shares(MADE_ON)
    assert must >= 0.94
    assert must_not <= 0.055


def test_pairs_that_the_rules_never_saw(small: Measured, knowing: Measured) -> None:
    must, must_not = small.shares(HELD)
    assert must >= 0.92
    assert must_not <= 0.16
    must, must_not = knowing.shares(HELD)
    assert must >= 0.945
    assert must_not <= 0.11
