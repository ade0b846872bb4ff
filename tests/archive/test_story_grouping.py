from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from warraq.archive.similarity import SimilarPair
from warraq.archive.story_grouping import ExistingStory, newly_refused, proposed

IDS = "abcdefgh"


def link(pair: str, score: float = 0.5) -> SimilarPair:
    one, other = sorted(pair)
    return SimilarPair(one, other, score, strong=score >= 0.26)


def groups(*args: object) -> list[tuple[str, str, tuple[str, ...]]]:
    found = proposed(*args)  # type: ignore[arg-type] # as each test gives them
    return [(g.key, "".join(g.articles), g.merged) for g in found.groups]


def test_strong_links_make_stories_and_weak_ones_do_not() -> None:
    links = [link("ab"), link("bc", 0.4), link("ac", 0.2), link("de"), link("fg", 0.2)]

    assert groups(links, [], []) == [("", "abc", ()), ("", "de", ())]


def test_a_chain_of_similar_reports_is_not_one_story() -> None:
    links = [link(IDS[at : at + 2], 0.3) for at in range(7)]

    assert all(len(articles) <= 4 for _, articles, _ in groups(links, [], []))


def test_a_refused_pair_never_comes_together_not_even_through_a_third() -> None:
    links = [link("ab"), link("bc", 0.4), link("ac", 0.3)]

    assert groups(links, [], [("a", "c")]) == [("", "ab", ())]


def test_a_proposed_story_grows() -> None:
    assert groups([link("ab"), link("bc"), link("ac")], [ExistingStory("x", ("a", "b"))], []) == [
        ("x", "abc", ())
    ]


def test_two_proposals_become_the_one_that_was_larger() -> None:
    links = [link("ac"), link("bc", 0.4), link("ad", 0.4), link("bd", 0.4), link("ae", 0.3)]
    told = [ExistingStory("x", ("a", "b")), ExistingStory("y", ("c", "d", "e"))]

    assert groups(links, told, []) == [("y", "abcde", ("x",))]


def test_what_an_editor_reworded_stays_and_two_such_are_not_merged() -> None:
    links = [link("ac"), link("bc", 0.4), link("ad", 0.4), link("bd", 0.4)]
    mine, its = ExistingStory("x", ("a", "b"), own=True), ExistingStory("y", ("c", "d", "e"))

    assert groups(links, [mine, its], []) == [("x", "abcde", ("y",))]
    assert groups(links, [mine, its._replace(own=True)], []) == []


def test_a_confirmed_story_is_never_changed_but_who_belongs_is_told() -> None:
    confirmed = ExistingStory("x", ("a", "b"), confirmed=True, own=True)
    links = [link("ac"), link("bc", 0.3), link("cd", 0.3), link("ad", 0.2)]

    found = proposed(links, [confirmed], [])

    assert found.groups == ()
    assert [(b.article, b.key) for b in found.suggestions] == [("c", "x"), ("d", "x")]


def test_a_deleted_proposal_refuses_its_pairs() -> None:
    assert newly_refused({"x": "abc"}, [], []) == (("a", "b"), ("a", "c"), ("b", "c"))


def test_who_is_taken_out_of_a_story_is_refused_with_those_who_stay() -> None:
    assert newly_refused({"x": "abc"}, [ExistingStory("x", ("a", "b"))], []) == (
        ("a", "c"),
        ("b", "c"),
    )


def test_a_renamed_or_split_story_refuses_only_what_was_parted() -> None:
    assert newly_refused({"x": "ab"}, [ExistingStory("y", ("a", "b"))], []) == ()
    split = [ExistingStory("x", ("a", "b")), ExistingStory("y", ("c", "d"))]
    assert newly_refused({"x": "abcd"}, split, []) == (
        ("a", "c"),
        ("a", "d"),
        ("b", "c"),
        ("b", "d"),
    )


def test_who_an_editor_brings_together_again_is_refused_no_longer() -> None:
    assert newly_refused({}, [ExistingStory("y", ("a", "b"))], [("a", "b"), ("a", "c")]) == (
        ("a", "c"),
    )


PAIRS = st.sampled_from(["".join(pair) for pair in combinations(IDS, 2)])
LINKS = st.dictionaries(PAIRS, st.floats(0.1, 0.9), max_size=20).map(
    lambda found: sorted(
        (link(pair, score) for pair, score in found.items()), key=lambda k: (-k.score, k.one)
    )
)
TOLD = st.lists(
    st.tuples(st.lists(st.sampled_from(IDS), min_size=1, max_size=4), st.booleans(), st.booleans()),
    max_size=3,
).map(
    lambda found: [
        ExistingStory(f"k{at}", tuple(ids), confirmed, own or confirmed)
        for at, (ids, confirmed, own) in enumerate(found)
    ]
)


@given(LINKS, TOLD, st.sets(PAIRS.map(lambda p: (p[0], p[1])), max_size=4))
def test_the_answer_given_back_adds_nothing(
    links: list[SimilarPair], told: list[ExistingStory], refused: set[tuple[str, str]]
) -> None:
    standing = {story.key: story for story in told}
    for number, group in enumerate(proposed(links, told, refused).groups):
        key = group.key or f"new{number}"
        own = standing[key].own if key in standing else False
        standing[key] = ExistingStory(key, group.articles, own=own)
        for ended in group.merged:
            del standing[ended]

    assert proposed(links, standing.values(), refused).groups == ()


@given(LINKS, TOLD, st.sets(PAIRS.map(lambda p: (p[0], p[1])), max_size=6))
def test_no_refused_pair_is_brought_together(
    links: list[SimilarPair], told: list[ExistingStory], refused: set[tuple[str, str]]
) -> None:
    before = {pair for story in told for pair in combinations(sorted(story.articles), 2)}

    for group in proposed(links, told, refused).groups:
        assert refused & set(combinations(group.articles, 2)) <= before
