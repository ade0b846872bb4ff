"""Clustering of similar reports: which stories to propose, extend or merge. Pure.

Takes similar pairs (similarity.py), the stories in content/stories, and the pairs that an editor
refused. A confirmed story is an editor's and never changed; a report that seems to belong to it is
suggested. The result is a fixed point: given as the stories, it yields nothing more.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

from warraq.archive.similarity import SimilarPair

MIN_MEAN_SCORE = 0.15  # mean score of the pairs between two groups that may merge; others count 0

IdPair = tuple[str, str]


class ExistingStory(NamedTuple):
    """A story as its file has it. `own`: an editor confirmed or edited it."""

    key: str
    articles: tuple[str, ...]
    confirmed: bool = False
    own: bool = False


class StoryGroup(NamedTuple):
    """Reports that should be one story, by id.

    `key` is the story that stays ("" for a new one), `merged` are those that become part of it.
    `pairs` are a spanning tree of the reports, strongest first.
    """

    key: str
    articles: tuple[str, ...]
    merged: tuple[str, ...]
    pairs: tuple[SimilarPair, ...]


class Suggestion(NamedTuple):
    """A report that seems to belong to a confirmed story, and the pair that suggests it."""

    article: str
    key: str
    pair: SimilarPair


class Proposal(NamedTuple):
    """What to do: new or changed groups, and suggestions that only an editor may follow."""

    groups: tuple[StoryGroup, ...]
    suggestions: tuple[Suggestion, ...]


def proposed(
    pairs: Iterable[SimilarPair], stories: Iterable[ExistingStory], refused: Collection[IdPair]
) -> Proposal:
    """Return what `pairs` add to the stories; pairs in `refused` are never in one group."""
    pairs, apart = list(pairs), frozenset(map(id_pair, refused))
    before = {story.key: story for story in _with_overlapping_kept(list(stories))}
    current, merged_into = dict(before), defaultdict[str, set[str]](set)
    # A group merged in one round is a story in the next, and may attract another: until none does.
    while merged := list((clusters := _Clusters(pairs, current.values(), apart)).merged_groups()):
        for group in merged:
            own = group.key in current and current[group.key].own
            current[group.key] = ExistingStory(group.key, group.articles, own=own)
            for key in group.merged:
                del current[key]
                merged_into[group.key] |= {key, *merged_into.pop(key, ())}
    changed = [
        StoryGroup(
            key=story.key if story.key in before else "",
            articles=story.articles,
            merged=tuple(sorted(merged_into[story.key] & before.keys())),
            pairs=tuple(_spanning_tree(story.articles, pairs)),
        )
        for story in current.values()
        if story is not before.get(story.key)
    ]
    return Proposal(tuple(sorted(changed)), tuple(sorted(clusters.suggestions())))


def _with_overlapping_kept(stories: list[ExistingStory]) -> Iterator[ExistingStory]:
    """Yield the stories; those that share a report are taken as an editor's, never changed."""
    stories_of = Counter(id_ for story in stories for id_ in set(story.articles))
    for story in stories:
        shares = any(stories_of[id_] > 1 for id_ in story.articles)
        yield story._replace(confirmed=story.confirmed or shares, own=story.own or shares)


def id_pair(ids: Iterable[str]) -> IdPair:
    """Return two ids as a pair, the lesser first."""
    one, other = sorted(ids)
    return one, other


def newly_refused(
    before: Mapping[str, Iterable[str]],
    stories: Iterable[ExistingStory],
    refused: Collection[IdPair],
) -> tuple[IdPair, ...]:
    """Return all refused pairs, in order: those known, and those an editor has separated since.

    `before` holds the articles of each proposed story when it was last seen. Two that were in one
    story then and are in none now were separated by an editor; a pair that an editor has put in one
    story again is refused no longer.
    """
    together = {p for story in stories for p in combinations(sorted(set(story.articles)), 2)}
    separated = {p for ids in before.values() for p in combinations(sorted(set(ids)), 2)}
    return tuple(sorted({*map(id_pair, refused), *separated} - together))


def key_for(stem: str, taken: Collection[str]) -> str:
    """Return `stem`, numbered if a story has, or ever had, that key.

    >>> key_for("2025-10-12-ankara", {"2025-10-12-ankara", "2025-10-12-ankara-2"})
    '2025-10-12-ankara-3'
    """
    numbered = (f"{stem}-{n}" if n > 1 else stem for n in range(1, len(taken) + 2))
    return next(key for key in numbered if key not in taken)


class _MergedGroup(NamedTuple):
    """Reports merged into one story: the `key` of one that exists, or a name for a new one."""

    key: str
    articles: tuple[str, ...]
    merged: tuple[str, ...]


class _Clusters:
    """Reports in clusters, each named by one of its members, merged along strong pairs."""

    def __init__(
        self, pairs: list[SimilarPair], stories: Iterable[ExistingStory], refused: frozenset[IdPair]
    ) -> None:
        self._pairs = pairs
        self._scores = {(pair.one, pair.other): pair.score for pair in pairs}
        self._refused = refused
        self._stories: dict[str, list[ExistingStory]] = defaultdict(list)  # by leader
        self._members: dict[str, set[str]] = {}
        self._leader: dict[str, str] = {}
        for story in sorted(stories, key=lambda t: (not t.confirmed, t.key)):
            free = [id_ for id_ in dict.fromkeys(story.articles) if id_ not in self._leader]
            if free:
                self._start(free)
                self._stories[free[0]].append(story)
        for id_ in sorted({id_ for pair in pairs for id_ in pair[:2]} - self._leader.keys()):
            self._start([id_])
        strong = [pair for pair in pairs if pair.strong]
        while any([self._merge(pair) for pair in strong]):  # noqa: C419 - all of them, each round
            pass

    def merged_groups(self) -> Iterator[_MergedGroup]:
        """Yield the clusters that are not yet a story, or differ from theirs."""
        for leader, members in self._members.items():
            stories = self._stories[leader]
            if len(members) < 2 or any(story.confirmed for story in stories):
                continue
            # The name of a new story contains a space, which no key does: any key comes first.
            stories = sorted(
                stories, key=lambda t: (not t.own, " " in t.key, -len(t.articles), t.key)
            )
            if len(stories) != 1 or members - set(stories[0].articles):
                ids = tuple(sorted(members))
                key = stories[0].key if stories else " ".join(ids)
                yield _MergedGroup(key, ids, tuple(story.key for story in stories[1:]))

    def suggestions(self) -> Iterator[Suggestion]:
        """Yield the reports in a confirmed story's cluster, each with its strongest pair."""
        for leader, members in self._members.items():
            story = next((s for s in self._stories[leader] if s.confirmed), None)
            for article in members - set(story.articles) if story else ():
                ours = (k for k in self._pairs if article in k[:2] and set(k[:2]) <= members)
                yield Suggestion(article, story.key if story else "", next(ours))

    def _start(self, ids: list[str]) -> None:
        self._members[ids[0]] = set(ids)
        for id_ in ids:
            self._leader[id_] = ids[0]

    def _merge(self, pair: SimilarPair) -> bool:
        one, other = self._leader[pair.one], self._leader[pair.other]
        if one == other or not self._may_merge(one, other):
            return False
        for id_ in self._members[other]:
            self._leader[id_] = one
        self._members[one] |= self._members.pop(other)
        self._stories[one] += self._stories.pop(other, [])
        return True

    def _may_merge(self, one: str, other: str) -> bool:
        stories = (*self._stories[one], *self._stories[other])
        # Two files merge only if one of them was written by this program and not edited since.
        both = self._stories[one] and self._stories[other]
        if both and (any(s.confirmed for s in stories) or sum(s.own for s in stories) > 1):
            return False
        pairs = [id_pair((a, b)) for a in self._members[one] for b in self._members[other]]
        if any(p in self._refused for p in pairs):
            return False
        return sum(self._scores.get(p, 0.0) for p in pairs) >= MIN_MEAN_SCORE * len(pairs)


def _spanning_tree(members: Iterable[str], pairs: Iterable[SimilarPair]) -> Iterator[SimilarPair]:
    """Yield the edges of a maximum spanning tree of `members`, the strongest first."""
    group = {id_: id_ for id_ in members}
    for pair in pairs:
        old, new = group.get(pair.other), group.get(pair.one)
        if old and new and old != new:
            yield pair
            group = {id_: new if at == old else at for id_, at in group.items()}
