"""Why two reports are of the same event, in words: their days, and what they have in common."""

from collections.abc import Iterable, Iterator, Mapping

from warraq.archive.similarity import SharedTraits, SimilarityIndex, SimilarPair
from warraq.base.problems import Language, message
from warraq.model import AuthorityKind, Entry
from warraq.prose.entries import AuthorityNames

_IN_BOTH: dict[AuthorityKind, str] = {
    "people": "say-reason-people",
    "organizations": "say-reason-organizations",
    "places": "say-reason-places",
}


class StoryReasons:
    """Words the links between reports for the editors, in the site's language."""

    def __init__(
        self,
        entries: Mapping[str, Entry],
        names: AuthorityNames,
        index: SimilarityIndex,
        language: Language,
    ) -> None:
        """`index` holds the reports among `entries`, `names` those of the authority files."""
        self._entries = entries
        self._names = names
        self._index = index
        self._language = language

    def of(self, pair: SimilarPair) -> str:
        """Return why two reports are of the same event."""
        shared = self._index.shared(pair.one, pair.other)
        one, other = in_time(self._entries, (pair.one, pair.other))
        reasons = message("say-reason-between", self._language).join(
            self._reasons(one, other, shared)
        )
        outlets = {"one": self._outlet(one), "other": self._outlet(other)}
        return message("say-reason", self._language, **outlets, reasons=reasons)

    def _reasons(self, one: str, other: str, shared: SharedTraits) -> Iterator[str]:
        days = [self._day(article_id) for article_id in (one, other)]
        if shared.days_apart is None:
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
                names = comma.join(self._name(kind, key) for key in keys)
                yield message(code, self._language, names=names)
        if shared.words:
            words = comma.join(f"«{word}»" for word in shared.words)
            yield message("say-reason-words", self._language, words=words)
        if shared.paragraphs:
            yield message("say-reason-paragraphs", self._language, count=shared.paragraphs)
        elif shared.shingles:
            yield message("say-reason-runs", self._language, count=shared.shingles)

    def _day(self, article_id: str) -> str:
        date = self._entries[article_id].card.date
        return date.day.isoformat() if date else ""

    def _name(self, kind: AuthorityKind, key: str) -> str:
        authority = self._names.authorities.get((kind, key))
        return authority.name if authority else key

    def _outlet(self, article_id: str) -> str:
        card = self._entries[article_id].card
        return card.source.name if card.source else card.title


def in_time(entries: Mapping[str, Entry], ids: Iterable[str]) -> tuple[str, ...]:
    """Return `ids` in the order of publication, undated and missing articles last."""

    def sort_key(article_id: str) -> tuple[bool, str, str]:
        card = entries[article_id].card if article_id in entries else None
        when = card.date.iso if card and card.date else card.edtf if card else ""
        return not when, when, article_id

    return tuple(sorted(ids, key=sort_key))
