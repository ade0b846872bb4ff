"""Which reports tell one event: what they share, how rare that is, how near in time. Pure.

Candidates come from an inverted index over rare features (names and words of few reports), asked
for a window of days at a time; only they are compared word by word. Weights of words are
those of information retrieval: the fewer reports hold a word, the more it says. A small archive has
little to count, so every word is counted as if BACKGROUND other reports lacked it.

The numbers below were chosen on the sample site, its stories being the answers, and against some
11,000 pairs of unrelated short reports read as if all were of one day.
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

LEAST = 0.26  # score from which two reports are taken to tell one event
NEAR = 3  # days between two reports of one event
FAR = 7  # days between a report and what followed; each day beyond NEAR raises the bar
STEP = 0.035
SAME_EVENT = 0.05  # for two reports whose files name the same days for the event
SHORT = 10  # days; an event of more says little by its days
UNDATED = 0.4  # the bar where a day is missing
NAMELESS = 0.35  # cosine that makes up for having no name in common
UNIT = 10_000  # of a weight of 1
WEAK = 0.1  # a score worth remembering: it tells whether a third report fits
BACKGROUND = 200  # reports
MOST_NAMES = 15.0  # rarity of shared names that counts
RARE = (
    25  # reports; a feature of more is looked up only in large archives, up to a hundredth of them
)
LEAST_SHARED = 12.0  # rarity of the shared rare features that makes two reports candidates
MOST_CANDIDATES = 40
RUN = 5  # words
SAME = 0.5  # of a paragraph's runs found in the other report: the same paragraph, or nearly
LONGEST = 31  # days; an event told as longer than that has no day

Ints = npt.NDArray[np.int64]
Span = tuple[date, date]
_PREFIX = re.compile("^(?:[وف]?[بكل]?ال|[وف]?لل|و)(?=.{3})")
_YEAR = re.compile("(?:19|20)[0-9]{2}")


class ComparedReport(msgspec.Struct, frozen=True):
    """An article as this comparison sees it. `text` has a line per paragraph.

    `outlet` is "" if unknown; `days` are (first, last) of the publication, several where it may be
    one of them, none where it is unknown; `event` those of the event told. Names are keys.
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

    `gap` is in days, None if one has no day. `paragraphs` of the shorter are found in the other, or
    nearly; `runs` counts runs of five words in both.
    """

    gap: int | None
    people: tuple[str, ...]
    organizations: tuple[str, ...]
    places: tuple[str, ...]
    words: tuple[str, ...]
    paragraphs: int
    runs: int


class SimilarPair(NamedTuple):
    """Two reports that resemble one another, `one` < `other` by id. Strong: of one event."""

    one: str
    other: str
    score: float
    strong: bool


class SimilarityIndex:
    """The reports of an archive, ready to be compared."""

    def __init__(self, reports: Iterable[ComparedReport], ignored: Collection[str] = ()) -> None:
        """Count the words of `reports`; the folded words in `ignored` say nothing."""
        self.reports = {r.id: r for r in sorted(reports, key=lambda r: r.id)}
        self._ignored = frozenset(ignored)
        self._numbers: dict[str, int] = defaultdict(lambda: len(self._numbers))
        self._words: dict[str, Ints] = {}
        self._weights: dict[str, Ints] = {}
        counted = {r.id: self._counted(r) for r in self.reports.values()}
        self._met = Counter(n for counts in counted.values() for n in counts)
        self._names = Counter(name for r in self.reports.values() for name in _names(r))
        for id_, counts in counted.items():
            weights = [(1 + log(n)) * self._rarity(self._met[word]) for word, n in counts.items()]
            length = sqrt(sum(w * w for w in weights)) or 1.0
            # Whole numbers add up to the same on every machine.
            self._words[id_] = np.fromiter(counts, np.int64)
            self._weights[id_] = np.array([round(w / length * UNIT) for w in weights], np.int64)

    def links(self) -> list[SimilarPair]:
        """Return the pairs that resemble one another by WEAK at least, the most alike first."""
        found: list[SimilarPair] = []
        vector = np.zeros(len(self._numbers), np.int64)
        for one, others in self._candidates():
            vector[self._words[one]] = self._weights[one]
            found += (link for other in others if (link := self._link(one, other, vector)))
            vector[self._words[one]] = 0
        return sorted(found, key=lambda link: (-link.score, link.one, link.other))

    def shared(self, one: str, other: str, most_words: int = 5) -> SharedTraits:
        """Return what the reports of two ids have in common, names in order of rarity."""
        first, second = self.reports[one], self.reports[other]
        words = self._shared_words(one, other, most_words)
        written = {_plain(word): word for word in WORD.findall(first.title + "\n" + first.text)}
        runs = _runs(first.text) & _runs(second.text)
        short, long = sorted((first, second), key=lambda r: (len(r.text), r.id))
        return SharedTraits(
            gap=gap(first, second),
            people=self._shared_names(first, second, "people"),
            organizations=self._shared_names(first, second, "organizations"),
            places=self._shared_names(first, second, "places"),
            words=tuple(written[word] for word in words),
            paragraphs=_same_paragraphs(short.text, long.text),
            runs=len(runs),
        )

    def _counted(self, report: ComparedReport) -> Counter[int]:
        words = (
            _plain(word) for word in WORD.findall(f"{report.title}\n{report.title}\n{report.text}")
        )
        return Counter(self._numbers[word] for word in words if word and word not in self._ignored)

    def _rarity(self, met: int) -> float:
        return log((len(self.reports) + BACKGROUND) / (met + 1))

    def _link(self, one: str, other: str, vector: Ints) -> SimilarPair | None:
        first, second = self.reports[one], self.reports[other]
        days = gap(first, second)
        if days is not None and days > FAR:
            return None
        cosine = int(vector[self._words[other]] @ self._weights[other]) / UNIT**2
        shared = _names(first) & _names(second)
        names = sum(self._rarity(self._names[name]) for name in shared)
        event = SAME_EVENT if _is_same_event(first, second) else 0.0
        score = round(cosine + min(names, MOST_NAMES) / 60 + event, 4)
        if score < WEAK:
            return None
        bar = UNDATED if days is None else LEAST + STEP * max(0, days - NEAR)
        if first.lang != second.lang:  # words cannot be compared; names must say it all
            strong = names >= MOST_NAMES and days is not None and days <= NEAR
        else:
            strong = score >= bar and (bool(shared) or cosine >= NAMELESS)
        low, high = sorted((one, other))
        return SimilarPair(low, high, score, strong)

    def _candidates(self) -> Iterator[tuple[str, list[str]]]:
        """Yield (id, ids met before it that share rare features), once for each pair."""
        most = max(RARE, len(self.reports) // 100)
        recent: dict[object, deque[tuple[int, str]]] = defaultdict(deque)
        undated: dict[object, list[str]] = defaultdict(list)
        seen: set[tuple[str, str]] = set()
        for day, id_ in _in_time(self.reports.values()):
            features = self._rare_features(id_, most if day else RARE)
            met: dict[str, float] = defaultdict(float)
            for feature, rarity in features:
                passed = recent[feature]
                while passed and day and passed[0][0] < day - FAR:
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
                if rarity >= LEAST_SHARED
                and (other, id_) not in seen
                and not self._same_outlet(id_, other)
            ]
            best = [other for _, other in nlargest(MOST_CANDIDATES, near)]
            seen.update(pair for other in best for pair in ((other, id_), (id_, other)))
            yield id_, best

    def _same_outlet(self, one: str, other: str) -> bool:
        outlet = self.reports[one].outlet
        return bool(outlet) and outlet == self.reports[other].outlet

    def _rare_features(self, id_: str, most: int) -> list[tuple[object, float]]:
        words = ((word, self._met[word]) for word in self._words[id_].tolist())
        names = ((name, self._names[name]) for name in sorted(_names(self.reports[id_])))
        every: list[tuple[object, int]] = [*words, *names]
        return [(f, self._rarity(met)) for f, met in every if 2 <= met <= most]

    def _shared_words(self, one: str, other: str, most: int) -> list[str]:
        both = set(self._words[one].tolist()) & set(self._words[other].tolist())
        terms = [term for term, number in self._numbers.items() if number in both]
        return sorted(terms, key=lambda t: (self._met[self._numbers[t]], -len(t), t))[:most]

    def _shared_names(
        self, first: ComparedReport, second: ComparedReport, kind: AuthorityKind
    ) -> tuple[str, ...]:
        both = set(getattr(first, kind)) & set(getattr(second, kind))
        return tuple(sorted(both, key=lambda key: (self._names[kind, key], key)))


def gap(one: ComparedReport, other: ComparedReport) -> int | None:
    """Return the days between two reports, or between the events they tell if that is less.

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
    return max((a[1] - a[0]).days, (b[1] - b[0]).days) <= SHORT


def span(edtf: str) -> Span | None:
    """Return the first and last day that an EDTF string tells, None beyond LONGEST or unclear.

    >>> span("2025-10-11/2025-10-12")
    (datetime.date(2025, 10, 11), datetime.date(2025, 10, 12))
    >>> span("2024-02~") == span("2024-02-01/2024-02-29"), span("2024")
    (True, None)
    """
    days = bounds(edtf)
    return days if days and 0 <= (days[1] - days[0]).days < LONGEST else None


def _in_time(reports: Iterable[ComparedReport]) -> list[tuple[int, str]]:
    """Return (day number, id) for every day on which a report or its event begins or ends.

    The undated come first, as day 0: whoever follows meets them.
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
def _plain(word: str) -> str:
    """Return `word` folded, article and conjunction off; "" for what tells reports not apart."""
    term = fold(word)
    return "" if len(term) < 3 or _YEAR.fullmatch(term) else _PREFIX.sub("", term)


def _runs(text: str) -> set[tuple[str, ...]]:
    words = [term for word in WORD.findall(text) if (term := _plain(word))]
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


def _same_paragraphs(short: str, long: str) -> int:
    known = _runs(long)
    paragraphs: Sequence[set[tuple[str, ...]]] = [_runs(line) for line in short.split("\n")]
    return sum(len(runs & known) >= SAME * len(runs) for runs in paragraphs if runs)
