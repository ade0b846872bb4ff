"""The stories of an archive as they are, and the files that a proposal writes or removes."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Literal, NamedTuple

from warraq.archive import story_grouping as grouping
from warraq.archive.similarity import ComparedReport, SimilarityIndex, span
from warraq.archive.story_grouping import ExistingStory, StoryGroup
from warraq.base.files import write_atomic
from warraq.base.problems import Language
from warraq.commands.story_reasons import StoryReasons, in_time
from warraq.content import stories_state
from warraq.content.frontmatter import AUTHORITY, authority_text, parse_authority
from warraq.content.splice import with_key
from warraq.content.stories_state import StoriesState
from warraq.model import Entry, Story
from warraq.prose.entries import AuthorityNames
from warraq.search.analysis import STOP_WORDS

Outcome = Literal["proposed", "grown", "merged", "belongs"]
MOST_REASONS = 12  # lines; a story of more reports is explained by its strongest links
FOLDER = "content/stories"
_ORDER = tuple(AUTHORITY["stories"])


class ProposalLine(NamedTuple):
    """What became of one story; for `belongs`, the articles that an editor may add to it."""

    outcome: Outcome
    key: str
    name: str
    articles: tuple[str, ...]
    reasons: tuple[str, ...]
    merged: tuple[str, ...] = ()


class StoryProposer:
    """The stories as they are, and what is to be written of them."""

    def __init__(
        self,
        site: Path,
        stories: Iterable[Story],
        entries: dict[str, Entry],
        names: AuthorityNames,
        language: Language,
    ) -> None:
        """Compare all live reports; `stories` are those that have a file."""
        self._site = site
        self._stories = {story.key: story for story in stories}
        self._entries = entries
        self._texts = {s.key: (site / s.path).read_text("utf-8") for s in self._stories.values()}
        self._state = _read_state(site)
        self._index = SimilarityIndex(_reports(entries.values()), STOP_WORDS)
        self._reasons = StoryReasons(entries, names, self._index, language)
        self._existing = [self._as_existing(story) for story in self._stories.values()]
        before = {key: ids.split() for key, ids in self._state.seen.items()}
        known = [grouping.id_pair(pair.split()) for pair in self._state.refused]
        refused = grouping.newly_refused(before, self._existing, known)
        # An article that is gone was not separated from its story by a judgement.
        self._refused = [p for p in refused if p in known or all(i in entries for i in p)]
        self.newly_refused = len(set(self._refused) - set(known))
        self._written: dict[str, str] = {}
        self._removed: set[str] = set()

    @property
    def unchanged(self) -> int:
        """How many story files stay as they are."""
        return len(self._stories.keys() - self._written.keys() - self._removed)

    def lines(self) -> Iterator[ProposalLine]:
        """Decide on everything; yield what was decided."""
        found = grouping.proposed(self._index.similar_pairs(), self._existing, self._refused)
        for group in sorted(found.groups, key=lambda g: (self._in_time(g.articles)[0], g)):
            yield self._extend(group) if group.key else self._create(group)
        for article, key, pair in found.suggestions:
            name = self._stories[key].name
            yield ProposalLine("belongs", key, name, (article,), (self._reasons.of(pair),))

    def write(self) -> None:
        """Write the files, remove those that were merged into another, then write the state."""
        for key, text in self._written.items():
            write_atomic(self._site / FOLDER / f"{key}.md", text.encode())
        for key in sorted(self._removed):
            (self._site / self._stories[key].path).unlink()
        content = stories_state.encode(self._next_state())
        file = self._site / stories_state.PATH
        if not file.exists() or file.read_bytes() != content:
            write_atomic(file, content)

    def _create(self, group: StoryGroup) -> ProposalLine:
        articles = self._in_time(group.articles)
        former = {key for story in self._stories.values() for key in story.formerly}
        taken = {*self._stories, *self._written, *self._state.seen, *former}
        key = grouping.key_for(self._stem(articles), taken)
        days = {self._entries[article_id].article.event_date for article_id in articles}
        story = Story(
            key=key,
            name=self._name(group),
            articles=articles,
            status="proposed",
            reasons=self._strongest_reasons(group),
            event_date=days.pop() if len(days) == 1 else "",
        )
        self._written[key] = authority_text(story)
        return ProposalLine("proposed", key, story.name, articles, story.reasons)

    def _extend(self, group: StoryGroup) -> ProposalLine:
        """Add reports to a story, and merge others into it; an editor's lines stay."""
        story = self._stories[group.key]
        added = self._in_time(set(group.articles) - set(story.articles))
        articles = (*story.articles, *added)
        reasons = self._strongest_reasons(group)
        values: dict[str, object] = {"articles": list(articles), "reasons": list(reasons)}
        if group.merged:
            merged = [self._stories[key] for key in group.merged]
            old = [key for other in merged for key in (other.key, *other.formerly)]
            values["formerly"] = list(dict.fromkeys((*story.formerly, *old)))
        text = self._texts[group.key]
        plain = text.replace("\r\n", "\n")
        for key, value in values.items():
            if value:
                plain = with_key(plain, key, value, order=_ORDER, path=story.path)
        self._written[group.key] = plain.replace("\n", "\r\n") if "\r\n" in text else plain
        self._removed.update(group.merged)
        outcome: Outcome = "merged" if group.merged else "grown"
        return ProposalLine(outcome, group.key, story.name, articles, reasons, group.merged)

    def _strongest_reasons(self, group: StoryGroup) -> tuple[str, ...]:
        return tuple(self._reasons.of(pair) for pair in group.pairs[:MOST_REASONS])

    def _as_existing(self, story: Story) -> ExistingStory:
        edited = self._state.written.get(story.key) != _digest(self._texts[story.key])
        confirmed = story.status == "confirmed"
        return ExistingStory(story.key, story.articles, confirmed, edited or confirmed)

    def _next_state(self) -> StoriesState:
        seen = dict.fromkeys(self._state.seen, "")
        written = {}
        for story in self._existing:
            if story.key in self._removed:
                continue
            seen[story.key] = " ".join(sorted(set(story.articles)))
            if not story.own:
                written[story.key] = _digest(self._texts[story.key])
        for key, text in self._written.items():
            seen[key] = " ".join(sorted(set(_articles_of(key, text))))
            if key not in self._stories or key in written:
                written[key] = _digest(text)
        for key in self._removed:
            seen[key] = ""
        return StoriesState(seen, written, tuple(" ".join(pair) for pair in self._refused))

    def _in_time(self, ids: Iterable[str]) -> tuple[str, ...]:
        return in_time(self._entries, ids)

    def _stem(self, articles: tuple[str, ...]) -> str:
        """Return what a new story's key is made of: its day and what its reports have in common."""
        card = self._entries[articles[0]].card
        day = card.date.day.isoformat() if card.date else ""
        shared = self._index.shared(articles[0], articles[1])
        names = (*shared.places, *shared.organizations, *shared.people)
        stem = "-".join(filter(None, (day, names[0] if names else f"story-{articles[0]}")))
        return stem[:70].rstrip("-")

    def _name(self, group: StoryGroup) -> str:
        """Return the headline of the report most like the others; generated ones come last."""
        weights = dict.fromkeys(group.articles, 0.0)
        for pair in group.pairs:
            weights[pair.one] += pair.score
            weights[pair.other] += pair.score
        cards = [self._entries[article_id].card for article_id in group.articles]
        best = min(cards, key=lambda c: (c.title_status == "generated", -weights[c.id], c.id))
        return best.title


def _reports(entries: Iterable[Entry]) -> Iterator[ComparedReport]:
    """Yield what is compared of each live report that is not a copy."""
    for entry in entries:
        card = entry.card
        if card.status == "live" and not card.copy_of and not entry.article.draft:
            source = card.source
            published = (card.edtf,) if card.edtf else entry.article.date_info.candidates
            yield ComparedReport(
                id=card.id,
                title=card.title,
                text=entry.text,
                outlet=(source.outlet or source.name) if source else "",
                lang=card.lang.partition("-")[0],
                days=tuple(filter(None, map(span, published))),
                event=span(entry.article.event_date),
                people=card.people,
                organizations=card.organizations,
                places=card.places,
            )


def _articles_of(key: str, text: str) -> tuple[str, ...]:
    """Return the articles of a story's file as it will be read, an editor's lines included."""
    story, _ = parse_authority(text, f"{FOLDER}/{key}.md", "stories", key)
    return story.articles if isinstance(story, Story) else ()


def _read_state(site: Path) -> StoriesState:
    with suppress(FileNotFoundError):
        return stories_state.decode((site / stories_state.PATH).read_bytes())
    return StoriesState()


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]
