"""Reports of one event brought together: which stories to propose, which to grow or merge. Pure.

Takes links (likeness.py), the stories that stand in content/stories, and the pairs an editor
refused. A confirmed story is an editor's: it is never changed, but a report that seems to belong to
it is told. The answer is settled: with its own answer as the stories, it has nothing to add.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

from warraq.archive.similarity import SimilarPair

FITS = 0.15  # mean score between two groups that may become one; a pair without link counts 0

Pair = tuple[str, str]


class ExistingStory(NamedTuple):
    """A story as its file has it. `own`: an editor's, confirmed or reworded by hand."""

    key: str
    articles: tuple[str, ...]
    confirmed: bool = False
    own: bool = False


class StoryGroup(NamedTuple):
    """Reports that should stand in one story, by id.

    `key` is the story that stays ("" for a new one), `merged` are those that end in it. `links`
    bind the reports together, the strongest first.
    """

    key: str
    articles: tuple[str, ...]
    merged: tuple[str, ...]
    links: tuple[SimilarPair, ...]


class Suggestion(NamedTuple):
    """A report that seems to belong to a confirmed story, and what says so."""

    article: str
    key: str
    link: SimilarPair


class Proposal(NamedTuple):
    """What to do: groups that are new or changed, and what only an editor may do."""

    groups: tuple[StoryGroup, ...]
    belongings: tuple[Suggestion, ...]


def proposed(
    links: Iterable[SimilarPair], told: Iterable[ExistingStory], refused: Collection[Pair]
) -> Proposal:
    """Return what `links` add to the stories told; pairs in `refused` never come together."""
    links, never = list(links), frozenset(map(pair, refused))
    before = {story.key: story for story in _arranged(list(told))}
    standing, ended = dict(before), defaultdict[str, set[str]](set)
    # What joined in one round is a story in the next, which may let another join: until none does.
    while joined := list((groups := _Groups(links, standing.values(), never)).joined()):
        for one in joined:
            own = one.key in standing and standing[one.key].own
            standing[one.key] = ExistingStory(one.key, one.articles, own=own)
            for key in one.merged:
                del standing[key]
                ended[one.key] |= {key, *ended.pop(key, ())}
    changed = [
        StoryGroup(
            key=story.key if story.key in before else "",
            articles=story.articles,
            merged=tuple(sorted(ended[story.key] & before.keys())),
            links=tuple(_tree(story.articles, links)),
        )
        for story in standing.values()
        if story is not before.get(story.key)
    ]
    return Proposal(tuple(sorted(changed)), tuple(sorted(groups.belongings())))


def _arranged(told: list[ExistingStory]) -> Iterator[ExistingStory]:
    """Yield the stories; those that share a report are an editor's work, left as they are."""
    met = Counter(id_ for story in told for id_ in set(story.articles))
    for story in told:
        shares = any(met[id_] > 1 for id_ in story.articles)
        yield story._replace(confirmed=story.confirmed or shares, own=story.own or shares)


def pair(ids: Iterable[str]) -> Pair:
    """Return two ids in the order in which pairs are written."""
    one, other = sorted(ids)
    return one, other


def newly_refused(
    before: Mapping[str, Iterable[str]], told: Iterable[ExistingStory], refused: Collection[Pair]
) -> tuple[Pair, ...]:
    """Return all refused pairs, in order: those known, and those an editor has parted since.

    `before` holds the articles of each proposed story when it was last seen. Whoever stood together
    then and stands together in no story now was parted by an editor; whoever an editor brought
    together again is refused no longer.
    """
    together = {p for story in told for p in combinations(sorted(set(story.articles)), 2)}
    parted = {p for ids in before.values() for p in combinations(sorted(set(ids)), 2)}
    return tuple(sorted({*map(pair, refused), *parted} - together))


def key_for(stem: str, taken: Collection[str]) -> str:
    """Return `stem`, numbered if a story has, or ever had, that key.

    >>> key_for("2025-10-12-ankara", {"2025-10-12-ankara", "2025-10-12-ankara-2"})
    '2025-10-12-ankara-3'
    """
    numbered = (f"{stem}-{n}" if n > 1 else stem for n in range(1, len(taken) + 2))
    return next(key for key in numbered if key not in taken)


class _Joined(NamedTuple):
    """Reports that came together; `key` of the story that stays, or a name for a new one."""

    key: str
    articles: tuple[str, ...]
    merged: tuple[str, ...]


class _Groups:
    """Reports parted into groups, each led by one of its own, joined along strong links."""

    def __init__(
        self, links: list[SimilarPair], told: Iterable[ExistingStory], refused: frozenset[Pair]
    ) -> None:
        self._links = links
        self._scores = {(link.one, link.other): link.score for link in links}
        self._refused = refused
        self._told: dict[str, list[ExistingStory]] = defaultdict(list)  # by leader
        self._members: dict[str, set[str]] = {}
        self._leader: dict[str, str] = {}
        for story in sorted(told, key=lambda t: (not t.confirmed, t.key)):
            free = [id_ for id_ in dict.fromkeys(story.articles) if id_ not in self._leader]
            if free:
                self._begin(free)
                self._told[free[0]].append(story)
        for id_ in sorted({id_ for link in links for id_ in link[:2]} - self._leader.keys()):
            self._begin([id_])
        strong = [link for link in links if link.strong]
        while any([self._join(link) for link in strong]):  # noqa: C419 - all of them, each round
            pass

    def joined(self) -> Iterator[_Joined]:
        """Yield the groups that are no story yet, or not the story they were."""
        for leader, members in self._members.items():
            told = self._told[leader]
            if len(members) < 2 or any(story.confirmed for story in told):
                continue
            # A name for a new story holds a space, which no key does: it yields to any key.
            told = sorted(told, key=lambda t: (not t.own, " " in t.key, -len(t.articles), t.key))
            if len(told) != 1 or members - set(told[0].articles):
                ids = tuple(sorted(members))
                key = told[0].key if told else " ".join(ids)
                yield _Joined(key, ids, tuple(story.key for story in told[1:]))

    def belongings(self) -> Iterator[Suggestion]:
        """Yield the reports that came to a confirmed story, by the link that brought each."""
        for leader, members in self._members.items():
            story = next((s for s in self._told[leader] if s.confirmed), None)
            for article in members - set(story.articles) if story else ():
                ours = (k for k in self._links if article in k[:2] and set(k[:2]) <= members)
                yield Suggestion(article, story.key if story else "", next(ours))

    def _begin(self, ids: list[str]) -> None:
        self._members[ids[0]] = set(ids)
        for id_ in ids:
            self._leader[id_] = ids[0]

    def _join(self, link: SimilarPair) -> bool:
        one, other = self._leader[link.one], self._leader[link.other]
        if one == other or not self._may_join(one, other):
            return False
        for id_ in self._members[other]:
            self._leader[id_] = one
        self._members[one] |= self._members.pop(other)
        self._told[one] += self._told.pop(other, [])
        return True

    def _may_join(self, one: str, other: str) -> bool:
        stories = (*self._told[one], *self._told[other])
        # Two files become one only if the tool wrote one of them and nobody touched it since.
        both = self._told[one] and self._told[other]
        if both and (any(s.confirmed for s in stories) or sum(s.own for s in stories) > 1):
            return False
        pairs = [pair((a, b)) for a in self._members[one] for b in self._members[other]]
        if any(p in self._refused for p in pairs):
            return False
        return sum(self._scores.get(p, 0.0) for p in pairs) >= FITS * len(pairs)


def _tree(members: Iterable[str], links: Iterable[SimilarPair]) -> Iterator[SimilarPair]:
    """Yield the links, strongest first, that bind `members` without a needless one."""
    group = {id_: id_ for id_ in members}
    for link in links:
        old, new = group.get(link.other), group.get(link.one)
        if old and new and old != new:
            yield link
            group = {id_: new if at == old else at for id_, at in group.items()}
