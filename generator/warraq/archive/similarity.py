"""Which reports are about one event: what they share, how rare it is, how near in time. Pure.

Candidates come from an inverted index over rare features (names and words of few reports), within
a window of days; only candidates are compared word by word, as vectors weighted by TF-IDF. Since a
small archive has few documents to count, BACKGROUND_REPORTS more are assumed that lack every word.

The numbers below were chosen on the sample site, its stories being the right answers, and against
some 11,000 pairs of unrelated short reports taken to be of one day.
"""

import re
from collections import Counter, defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from heapq import nlargest
from math import log, sqrt
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from warraq.base.arabic import WORD, fold
from warraq.base.edtf import bounds
from warraq.model import MENTIONED_KINDS, AuthorityKind

MIN_SCORE = 0.26  # score from which two reports are taken to be about one event
NEAR_DAYS = 3  # days between two reports of one event
MAX_DAYS_APART = (
    7  # days between a report and a follow-up; each day beyond NEAR_DAYS raises the bar
)
SCORE_PER_DAY = 0.035
SAME_EVENT_BONUS = 0.05  # for two reports whose files name the same days for the event
SHORT_EVENT = 10  # days; the days of a longer event say little
MIN_SCORE_UNDATED = 0.4  # MIN_SCORE where a day is missing
MIN_COSINE_WITHOUT_NAMES = 0.35  # for two reports that have no name in common
WEIGHT_SCALE = 10_000  # integer weight that means 1.0
MIN_PAIR_SCORE = 0.1  # a lower score is dropped; those kept decide whether a third report fits
BACKGROUND_REPORTS = 200  # reports
MAX_NAME_RARITY = 15.0  # summed rarity of shared names; more does not count
# Reports; in a large archive a hundredth of all. A feature of more is not rare.
MAX_RARE = 25
MIN_SHARED_RARITY = 12.0  # summed rarity of shared features that makes two reports candidates
MAX_CANDIDATES = 40
SHINGLE = 5  # words in a shingle
SAME_PARAGRAPH = (
    0.5  # of a paragraph's shingles found in the other report: (nearly) the same paragraph
)
MAX_SPAN = 31  # days; an event said to be longer has no day

Ints = npt.NDArray[np.int64]
Span = tuple[date, date]
_PREFIX = re.compile("^(?:[وف]?[بكل]?ال|[وف]?لل|و)(?=.{3})")
_YEAR = re.compile("(?:19|20)[0-9]{2}")


class ComparedReport(msgspec.Struct, frozen=True):
    """An article as this comparison sees it. `text` has a line per paragraph.

    `outlet` is "" if unknown; `days` are (first, last) of the publication, several where it may be
    one of them, none where it is unknown; `event` those of the event. Names are keys.
    """

    id: str
    title: str
    text: str
    outlet: str = ""
    lang: str = "ar"
    days: tuple[Span, ...] = ()
    event: Span | None = None
    people: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


class SharedTraits(NamedTuple):
    """What two reports have in common. Names are keys; `words` the rarest, as written.

    `days_apart` is None if one has no day. `paragraphs` of the shorter are, nearly or entirely, in
    the other; `shingles` counts the runs of five words in both.
    """

    days_apart: int | None
    people: tuple[str, ...]
    organizations: tuple[str, ...]
    places: tuple[str, ...]
    words: tuple[str, ...]
    paragraphs: int
    shingles: int


class SimilarPair(NamedTuple):
    """Two similar reports, `one` < `other` by id; `strong`: about one event."""

    one: str
    other: str
    score: float
    strong: bool


class SimilarityIndex:
    """An index of an archive's reports for finding similar ones."""

    def __init__(self, reports: Iterable[ComparedReport], ignored: Collection[str] = ()) -> None:
        """Count the words of `reports`; the folded words in `ignored` are skipped."""
        self.reports = {r.id: r for r in sorted(reports, key=lambda r: r.id)}
        self._ignored = frozenset(ignored)
        self._numbers: dict[str, int] = defaultdict(lambda: len(self._numbers))
        self._words: dict[str, Ints] = {}
        self._weights: dict[str, Ints] = {}
        counted = {r.id: self._counted(r) for r in self.reports.values()}
        self._document_frequency = Counter(n for counts in counted.values() for n in counts)
        self._name_frequency = Counter(name for r in self.reports.values() for name in _names(r))
        for id_, counts in counted.items():
            weights = [
                (1 + log(n)) * self._rarity(self._document_frequency[word])
                for word, n in counts.items()
            ]
            length = sqrt(sum(w * w for w in weights)) or 1.0
            # Whole numbers add up to the same on every machine.
            self._words[id_] = np.fromiter(counts, np.int64)
            self._weights[id_] = np.array(
                [round(w / length * WEIGHT_SCALE) for w in weights], np.int64
            )

    def similar_pairs(self) -> list[SimilarPair]:
        """Return the pairs that score at least MIN_PAIR_SCORE, the most similar first."""
        pairs: list[SimilarPair] = []
        vector = np.zeros(len(self._numbers), np.int64)
        for one, others in self._candidates():
            vector[self._words[one]] = self._weights[one]
            pairs += (pair for other in others if (pair := self._pair(one, other, vector)))
            vector[self._words[one]] = 0
        return sorted(pairs, key=lambda pair: (-pair.score, pair.one, pair.other))

    def shared(self, one: str, other: str, limit: int = 5) -> SharedTraits:
        """Return what the reports of two ids have in common, names in order of rarity."""
        first, second = self.reports[one], self.reports[other]
        words = self._shared_words(one, other, limit)
        written = {_term(word): word for word in WORD.findall(first.title + "\n" + first.text)}
        shingles = _shingles(first.text) & _shingles(second.text)
        short, long = sorted((first, second), key=lambda r: (len(r.text), r.id))
        return SharedTraits(
            days_apart=days_apart(first, second),
            people=self._shared_names(first, second, "people"),
            organizations=self._shared_names(first, second, "organizations"),
            places=self._shared_names(first, second, "places"),
            words=tuple(written[word] for word in words),
            paragraphs=_same_paragraphs(short.text, long.text),
            shingles=len(shingles),
        )

    def _counted(self, report: ComparedReport) -> Counter[int]:
        words = (
            _term(word) for word in WORD.findall(f"{report.title}\n{report.title}\n{report.text}")
        )
        return Counter(self._numbers[word] for word in words if word and word not in self._ignored)

    def _rarity(self, met: int) -> float:
        return log((len(self.reports) + BACKGROUND_REPORTS) / (met + 1))

    def _pair(self, one: str, other: str, vector: Ints) -> SimilarPair | None:
        first, second = self.reports[one], self.reports[other]
        days = days_apart(first, second)
        if days is not None and days > MAX_DAYS_APART:
            return None
        cosine = int(vector[self._words[other]] @ self._weights[other]) / WEIGHT_SCALE**2
        shared = _names(first) & _names(second)
        names = sum(self._rarity(self._name_frequency[name]) for name in shared)
        event = SAME_EVENT_BONUS if _is_same_event(first, second) else 0.0
        score = round(cosine + min(names, MAX_NAME_RARITY) / 60 + event, 4)
        if score < MIN_PAIR_SCORE:
            return None
        bar = (
            MIN_SCORE_UNDATED
            if days is None
            else MIN_SCORE + SCORE_PER_DAY * max(0, days - NEAR_DAYS)
        )
        if first.lang != second.lang:  # words cannot be compared: names decide
            strong = names >= MAX_NAME_RARITY and days is not None and days <= NEAR_DAYS
        else:
            strong = score >= bar and (bool(shared) or cosine >= MIN_COSINE_WITHOUT_NAMES)
        low, high = sorted((one, other))
        return SimilarPair(low, high, score, strong)

    def _candidates(self) -> Iterator[tuple[str, list[str]]]:
        """Yield (id, earlier ids that share rare features with it), each pair once."""
        most = max(MAX_RARE, len(self.reports) // 100)
        recent: dict[object, deque[tuple[int, str]]] = defaultdict(deque)
        undated: dict[object, list[str]] = defaultdict(list)
        seen: set[tuple[str, str]] = set()
        for day, id_ in _by_day(self.reports.values()):
            features = self._rare_features(id_, most if day else MAX_RARE)
            met: dict[str, float] = defaultdict(float)
            for feature, rarity in features:
                passed = recent[feature]
                while passed and day and passed[0][0] < day - MAX_DAYS_APART:
                    passed.popleft()
                for _, other in passed if day else ():
                    met[other] += rarity
                for other in undated[feature]:
                    met[other] += rarity
                if day:
                    passed.append((day, id_))
                else:
                    undated[feature].append(id_)
            met.pop(id_, None)
            near = [
                (rarity, other)
                for other, rarity in met.items()
                if rarity >= MIN_SHARED_RARITY
                and (other, id_) not in seen
                and not self._is_same_outlet(id_, other)
            ]
            best = [other for _, other in nlargest(MAX_CANDIDATES, near)]
            seen.update(pair for other in best for pair in ((other, id_), (id_, other)))
            yield id_, best

    def _is_same_outlet(self, one: str, other: str) -> bool:
        outlet = self.reports[one].outlet
        return bool(outlet) and outlet == self.reports[other].outlet

    def _rare_features(self, id_: str, most: int) -> list[tuple[object, float]]:
        words = ((word, self._document_frequency[word]) for word in self._words[id_].tolist())
        names = ((name, self._name_frequency[name]) for name in sorted(_names(self.reports[id_])))
        every: list[tuple[object, int]] = [*words, *names]
        return [(f, self._rarity(met)) for f, met in every if 2 <= met <= most]

    def _shared_words(self, one: str, other: str, most: int) -> list[str]:
        both = set(self._words[one].tolist()) & set(self._words[other].tolist())
        terms = [term for term, number in self._numbers.items() if number in both]
        return sorted(
            terms, key=lambda t: (self._document_frequency[self._numbers[t]], -len(t), t)
        )[:most]

    def _shared_names(
        self, first: ComparedReport, second: ComparedReport, kind: AuthorityKind
    ) -> tuple[str, ...]:
        both = set(getattr(first, kind)) & set(getattr(second, kind))
        return tuple(sorted(both, key=lambda key: (self._name_frequency[kind, key], key)))


def days_apart(one: ComparedReport, other: ComparedReport) -> int | None:
    """Return the days between two reports, or between their events if that is less.

    None where either has no day at all.
    """
    spans = ((a, b) for a in _spans(one) for b in _spans(other))
    return min((max(0, (b[0] - a[1]).days, (a[0] - b[1]).days) for a, b in spans), default=None)


def _spans(report: ComparedReport) -> tuple[Span, ...]:
    return (*report.days, report.event) if report.event else report.days


def _is_same_event(one: ComparedReport, other: ComparedReport) -> bool:
    a, b = one.event, other.event
    if not a or not b or a[0] > b[1] or b[0] > a[1]:
        return False
    return max((a[1] - a[0]).days, (b[1] - b[0]).days) <= SHORT_EVENT


def span(edtf: str) -> Span | None:
    """Return the first and last day of an EDTF string, None if longer than MAX_SPAN or unclear.

    >>> span("2025-10-11/2025-10-12")
    (datetime.date(2025, 10, 11), datetime.date(2025, 10, 12))
    >>> span("2024-02~") == span("2024-02-01/2024-02-29"), span("2024")
    (True, None)
    """
    days = bounds(edtf)
    return days if days and 0 <= (days[1] - days[0]).days < MAX_SPAN else None


def _by_day(reports: Iterable[ComparedReport]) -> list[tuple[int, str]]:
    """Return (day number, id) for every day on which a report or its event begins or ends.

    The undated come first, as day 0, so that all others are compared with them.
    """
    days: set[tuple[int, str]] = set()
    for report in reports:
        days |= {(day.toordinal(), report.id) for span in _spans(report) for day in span}
        if not _spans(report):
            days.add((0, report.id))
    return sorted(days)


def _names(report: ComparedReport) -> set[tuple[AuthorityKind, str]]:
    return {(kind, key) for kind in MENTIONED_KINDS for key in getattr(report, kind)}


@lru_cache(maxsize=1 << 18)
def _term(word: str) -> str:
    """Return `word` folded, without article and conjunction; "" for one that is too common."""
    term = fold(word)
    return "" if len(term) < 3 or _YEAR.fullmatch(term) else _PREFIX.sub("", term)


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = [term for word in WORD.findall(text) if (term := _term(word))]
    return {tuple(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)}


def _same_paragraphs(short: str, long: str) -> int:
    known = _shingles(long)
    paragraphs: Sequence[set[tuple[str, ...]]] = [_shingles(line) for line in short.split("\n")]
    return sum(
        len(shingles & known) >= SAME_PARAGRAPH * len(shingles)
        for shingles in paragraphs
        if shingles
    )
