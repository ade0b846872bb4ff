"""Pairs of words that must and must not find each other, in an archive that holds all of them."""

from collections import Counter
from pathlib import Path

from warraq.search.analysis import family, forms, tokens
from warraq.search.stems import Group, groups_of

PROBES = Path(__file__).with_name("probes.tsv")
Pair = tuple[str, str, str]


def pairs() -> list[Pair]:
    rows = (line.split("\t") for line in PROBES.read_text("utf-8").splitlines())
    return [(row[0], row[1], row[2]) for row in rows if row[0] in {"+", "-"}]


def finds(query: str, text: str, families: dict[str, Counter[str]]) -> bool:
    held = {token.term for token in tokens(text)}
    return all(held & words_for(token.term, families) for token in tokens(query))


def words_for(term: str, families: dict[str, Counter[str]]) -> set[str]:
    groups = groups_of(families[family(term)]) if family(term) in families else []
    group = next((group for group in groups if term in group.words), None)
    ways = forms(term)
    group = group or next((g for form in ways for g in groups if form in (g.stem, *g.words)), None)
    group = group or next((g for g in groups if _shares(ways, g)), None)
    kin = {group.stem} if group else set(ways)
    words = set(group.words) if group else set()
    return words.union(*(g.words for g in groups if kin & {*g.kin}))


def _shares(ways: list[str], group: Group) -> bool:
    return any(
        len(way) > 3
        and (group.stem.startswith(way) or way.startswith(group.stem))
        and any(way in forms(word) for word in group.words)
        for way in ways
    )


def shares(chosen: list[Pair]) -> tuple[float, float]:
    """Return (share of must-match pairs found, share of must-not pairs found)."""
    families: dict[str, Counter[str]] = {}
    for _, _, text in pairs():
        for token in tokens(text):
            families.setdefault(family(token.term), Counter())[token.term] += 1
    hits = Counter((sign, finds(query, text, families)) for sign, query, text in chosen)
    return tuple(  # type: ignore[return-value] # two signs, two shares
        hits[sign, True] / (hits[sign, True] + hits[sign, False]) for sign in "+-"
    )


def test_there_are_several_hundred_pairs_of_both_kinds() -> None:
    assert Counter(sign for sign, _, _ in pairs()) >= Counter({"+": 390, "-": 220})


def test_pairs_that_the_rules_were_made_on() -> None:
    must, must_not = shares(pairs()[::2])
    assert must >= 0.93
    assert must_not <= 0.08


def test_pairs_that_the_rules_never_saw() -> None:
    must, must_not = shares(pairs()[1::2])
    assert must >= 0.92
    assert must_not <= 0.16  # 0.12 where the archive is large enough to know the words
