"""`warraq stories propose`: reports of one event brought together in files for an editor to judge.

What is written: a file for a new story, further articles into a proposed one, an alias where two
proposals became one; and the ledger, last, so that a run that was killed refuses nothing. A
confirmed story is never touched.
"""

from collections.abc import Iterable, Iterator
from contextlib import nullcontext, suppress
from hashlib import sha256
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from warraq.archive import story_grouping as grouping
from warraq.archive.similarity import (
    ComparedReport,
    SharedTraits,
    SimilarityIndex,
    SimilarPair,
    span,
)
from warraq.archive.story_grouping import ExistingStory, StoryGroup
from warraq.base.config import SiteConfig, load
from warraq.base.files import write_atomic
from warraq.base.problems import Language, WarraqError, message
from warraq.content import store
from warraq.content import stories_state as ledgers
from warraq.content.frontmatter import AUTHORITY, authority_text, parse_authority
from warraq.content.splice import with_key
from warraq.content.stories_state import StoriesState
from warraq.content.write_lock import content_write_lock
from warraq.model import AuthorityKind, Entry, Story
from warraq.prose.entries import AuthorityNames, compose, names_of
from warraq.search.analysis import STOP_WORDS

Outcome = Literal["proposed", "grown", "merged", "belongs"]
WORDS: dict[Outcome, str] = {
    "proposed": "say-story-proposed",
    "grown": "say-story-grown",
    "merged": "say-story-merged",
    "belongs": "say-story-belongs",
}
MOST_REASONS = 12  # lines; a story of more reports is explained by its strongest links
_FOLDER = "content/stories"
_ORDER = tuple(AUTHORITY["stories"])
_IN_BOTH: dict[AuthorityKind, str] = {
    "people": "say-reason-people",
    "organizations": "say-reason-organizations",
    "places": "say-reason-places",
}


class ProposalLine(NamedTuple):
    """What became of one story; for `belongs`, the articles that an editor may add to it."""

    outcome: Outcome
    key: str
    name: str
    articles: tuple[str, ...]
    reasons: tuple[str, ...]
    merged: tuple[str, ...] = ()


class Outcomes(NamedTuple):
    """All lines, the number of pairs refused since the last time, and of stories as they were."""

    lines: tuple[ProposalLine, ...]
    refused: int
    unchanged: int


def propose(site: Path, *, dry_run: bool = False) -> Outcomes:
    """Write what the reports of `site` have in common as proposed stories; return what was done.

    Raises WarraqError when content has errors, and (exit code 3) when another run writes content.
    With `dry_run` nothing is written.
    """
    config, _ = load(site)
    with nullcontext() if dry_run else content_write_lock(site):
        return _proposed(site, config, dry_run=dry_run)


def _proposed(site: Path, config: SiteConfig, *, dry_run: bool) -> Outcomes:
    content = store.load(site)
    if broken := [p for p in content.problems if p.severity == "error"]:
        raise WarraqError(broken)
    names = names_of(content.authorities)
    entries = {a.id: compose(a, names, config) for a in content.articles}
    files = [story for story in content.authorities if isinstance(story, Story)]
    desk = _Proposer(site, files, entries, names, config)
    lines = tuple(desk.lines())
    if not dry_run:
        desk.write()
    return Outcomes(lines, desk.newly_refused, desk.unchanged)


class _Proposer:
    """The stories as they stand, and what will be written of them."""

    def __init__(
        self,
        site: Path,
        files: list[Story],
        entries: dict[str, Entry],
        names: AuthorityNames,
        config: SiteConfig,
    ) -> None:
        self._site = site
        self._files = {story.key: story for story in files}
        self._entries = entries
        self._names = names
        self._language: Language = "ar" if config.lang.startswith("ar") else "en"
        self._texts = {s.key: (site / s.path).read_text("utf-8") for s in files}
        self._ledger = _read_ledger(site)
        self._told = [self._as_told(story) for story in files]
        before = {key: ids.split() for key, ids in self._ledger.seen.items()}
        known = [grouping.pair(pair.split()) for pair in self._ledger.refused]
        refused = grouping.newly_refused(before, self._told, known)
        # An article that is gone was not parted from its story by a judgement.
        self._refused = [p for p in refused if p in known or all(i in entries for i in p)]
        self.newly_refused = len(set(self._refused) - set(known))
        self._likeness = SimilarityIndex(_reports(entries.values()), STOP_WORDS)
        self._written: dict[str, str] = {}
        self._ended: set[str] = set()

    @property
    def unchanged(self) -> int:
        """How many story files stay as they are."""
        return len(self._files.keys() - self._written.keys() - self._ended)

    def lines(self) -> Iterator[ProposalLine]:
        """Decide on everything; yield what was decided."""
        found = grouping.proposed(self._likeness.links(), self._told, self._refused)
        for group in sorted(found.groups, key=lambda g: (self._in_time(g.articles)[0], g)):
            yield self._changed(group) if group.key else self._new(group)
        for article, key, link in found.belongings:
            name = self._files[key].name
            yield ProposalLine("belongs", key, name, (article,), (self._reason(link),))

    def write(self) -> None:
        """Write the files, remove those that ended in another, then the ledger."""
        for key, text in self._written.items():
            write_atomic(self._site / _FOLDER / f"{key}.md", text.encode())
        for key in sorted(self._ended):
            (self._site / self._files[key].path).unlink()
        content = ledgers.encode(self._next_ledger())
        place = self._site / ledgers.PATH
        if not place.exists() or place.read_bytes() != content:
            write_atomic(place, content)

    def _new(self, group: StoryGroup) -> ProposalLine:
        articles = self._in_time(group.articles)
        former = {key for story in self._files.values() for key in story.formerly}
        taken = {*self._files, *self._written, *self._ledger.seen, *former}
        key = grouping.key_for(self._stem(articles), taken)
        days = {self._entries[id_].article.event_date for id_ in articles}
        story = Story(
            key=key,
            name=self._name(group),
            articles=articles,
            status="proposed",
            reasons=tuple(self._reason(link) for link in group.links[:MOST_REASONS]),
            event_date=days.pop() if len(days) == 1 else "",
        )
        self._written[key] = authority_text(story)
        return ProposalLine("proposed", key, story.name, articles, story.reasons)

    def _changed(self, group: StoryGroup) -> ProposalLine:
        story = self._files[group.key]
        added = self._in_time(set(group.articles) - set(story.articles))
        articles = (*story.articles, *added)
        reasons = tuple(self._reason(link) for link in group.links[:MOST_REASONS])
        values: dict[str, object] = {"articles": list(articles), "reasons": list(reasons)}
        if group.merged:
            ended = [self._files[key] for key in group.merged]
            old = [key for story in ended for key in (story.key, *story.formerly)]
            values["formerly"] = list(dict.fromkeys((*story.formerly, *old)))
        text = self._texts[group.key]
        plain = text.replace("\r\n", "\n")
        for key, value in values.items():
            if value:
                plain = with_key(plain, key, value, order=_ORDER, path=story.path)
        self._written[group.key] = plain.replace("\n", "\r\n") if "\r\n" in text else plain
        self._ended.update(group.merged)
        outcome: Outcome = "merged" if group.merged else "grown"
        return ProposalLine(outcome, group.key, story.name, articles, reasons, group.merged)

    def _as_told(self, story: Story) -> ExistingStory:
        known = self._ledger.written.get(story.key)
        own = known != _digest(self._texts[story.key])
        confirmed = story.status == "confirmed"
        return ExistingStory(story.key, story.articles, confirmed, own or confirmed)

    def _next_ledger(self) -> StoriesState:
        seen = dict.fromkeys(self._ledger.seen, "")
        written = {}
        for told in self._told:
            if told.key not in self._ended:
                seen[told.key] = " ".join(sorted(set(told.articles)))
            if told.key not in self._ended and not told.own:
                written[told.key] = _digest(self._texts[told.key])
        for key, text in self._written.items():
            seen[key] = " ".join(sorted(set(self._articles_of(key, text))))
            if key not in self._files or key in written:
                written[key] = _digest(text)
        for key in self._ended:
            seen[key] = ""
        return StoriesState(seen, written, tuple(" ".join(pair) for pair in self._refused))

    def _articles_of(self, key: str, text: str) -> tuple[str, ...]:
        story, _ = parse_authority(text, f"{_FOLDER}/{key}.md", "stories", key)
        return story.articles if isinstance(story, Story) else ()

    def _in_time(self, ids: Iterable[str]) -> tuple[str, ...]:
        def place(id_: str) -> tuple[bool, str, str]:
            card = self._entries[id_].card if id_ in self._entries else None
            when = card.date.iso if card and card.date else card.edtf if card else ""
            return not when, when, id_

        return tuple(sorted(ids, key=place))

    def _stem(self, articles: tuple[str, ...]) -> str:
        """Return what a new story's key is made of: its day and what its reports have in common."""
        card = self._entries[articles[0]].card
        day = card.date.day.isoformat() if card.date else ""
        shared = self._likeness.shared(articles[0], articles[1])
        names = (*shared.places, *shared.organizations, *shared.people)
        stem = "-".join(filter(None, (day, names[0] if names else f"story-{articles[0]}")))
        return stem[:70].rstrip("-")

    def _name(self, group: StoryGroup) -> str:
        """Return the headline of the report most like the others; one that we made comes last."""
        weights = dict.fromkeys(group.articles, 0.0)
        for link in group.links:
            weights[link.one] += link.score
            weights[link.other] += link.score
        cards = [self._entries[id_].card for id_ in group.articles]
        best = min(cards, key=lambda c: (c.title_status == "generated", -weights[c.id], c.id))
        return best.title

    def _reason(self, link: SimilarPair) -> str:
        """Return in words why two reports tell one event."""
        shared = self._likeness.shared(link.one, link.other)
        one, other = self._in_time((link.one, link.other))
        told = list(self._told_reasons(one, other, shared))
        between = message("say-reason-between", self._language)
        return message(
            "say-reason",
            self._language,
            one=self._outlet(one),
            other=self._outlet(other),
            reasons=between.join(told),
        )

    def _told_reasons(self, one: str, other: str, shared: SharedTraits) -> Iterator[str]:
        days = [self._day(id_) for id_ in (one, other)]
        if shared.gap is None:
            yield message("say-reason-undated", self._language)
        elif days[0] and days[0] == days[1]:
            yield message("say-reason-day", self._language, day=days[0])
        elif all(days):
            yield message("say-reason-days", self._language, one=days[0], other=days[1])
        event = self._entries[one].article.event_date
        if event and event == self._entries[other].article.event_date:
            yield message("say-reason-event", self._language, day=event)
        comma = message("say-reason-comma", self._language)
        for kind, code in _IN_BOTH.items():
            if keys := getattr(shared, kind):
                names = comma.join(self._shown(kind, key) for key in keys)
                yield message(code, self._language, names=names)
        if shared.words:
            words = comma.join(f"«{word}»" for word in shared.words)
            yield message("say-reason-words", self._language, words=words)
        if shared.paragraphs:
            yield message("say-reason-paragraphs", self._language, count=shared.paragraphs)
        elif shared.runs:
            yield message("say-reason-runs", self._language, count=shared.runs)

    def _day(self, id_: str) -> str:
        date = self._entries[id_].card.date
        return date.day.isoformat() if date else ""

    def _shown(self, kind: AuthorityKind, key: str) -> str:
        authority = self._names.authorities.get((kind, key))
        return authority.name if authority else key

    def _outlet(self, id_: str) -> str:
        card = self._entries[id_].card
        return card.source.name if card.source else card.title


def _reports(entries: Iterable[Entry]) -> Iterator[ComparedReport]:
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


def _read_ledger(site: Path) -> StoriesState:
    with suppress(FileNotFoundError):
        return ledgers.decode((site / ledgers.PATH).read_bytes())
    return StoriesState()


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


def as_json(outcomes: Outcomes) -> dict[str, object]:
    """Return `outcomes` as plain data for programs."""
    return {
        "stories": [msgspec.to_builtins(line._asdict()) for line in outcomes.lines],
        "refused": outcomes.refused,
        "unchanged": outcomes.unchanged,
    }
