"""The report of an import: a line for each seed, and their totals."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Literal, NamedTuple, get_args

from msgspec import Struct

from warraq.base.problems import Language, Problem, listed, message, printable, wording_of
from warraq.intake.people import ProposedPerson

_MAX_LINES = 40  # of one outcome; --format json has them all
_MAX_NAMES = 15
_MAX_TITLE = 200  # characters of a headline in a line

Outcome = Literal["imported", "merged", "unchanged", "deleted", "refused", "known"]

_WORDS: dict[Outcome, str] = {
    "imported": "say-imported",
    "merged": "say-merged",
    "unchanged": "say-unchanged",
    "deleted": "say-deleted",
    "refused": "say-refused",
    "known": "say-refused",
}


class ReportLine(NamedTuple):
    """What became of one seed. `known`: it was refused as before, which is reported only once.

    `problems` are its own: refusals, and what an editor should see. `open` are the decisions left
    to an editor, as message codes. `mentions` are the authority files that its text names, as
    kind/key. `diff` is what a dry run would have changed. `taken` counts the pictures that were
    copied, `away` are the addresses of those that are still on the web.
    """

    seed: str
    outcome: Outcome
    article: str = ""
    title: str = ""
    problems: tuple[Problem, ...] = ()
    open: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    diff: str = ""
    taken: int = 0
    away: tuple[str, ...] = ()


class ImportReport(Struct, frozen=True):
    """All lines of an import, in the order of the seeds.

    `others` are problems not tied to a seed, `names` people named often who have no file yet,
    `moved` counts what a WordPress site brought besides its posts.
    """

    lines: tuple[ReportLine, ...]
    others: tuple[Problem, ...] = ()
    names: tuple[ProposedPerson, ...] = ()
    moved: dict[str, int] = {}

    @property
    def counts(self) -> Counter[Outcome]:
        """Return how many seeds had each outcome."""
        return Counter(line.outcome for line in self.lines)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return all problems, in the order of the seeds, without those reported before."""
        new = (line for line in self.lines if line.outcome != "known")
        return (*self.others, *chain.from_iterable(line.problems for line in new))

    @property
    def open(self) -> Counter[str]:
        """Return how many articles wait for each kind of decision."""
        return Counter(chain.from_iterable(line.open for line in self.lines))

    @property
    def away(self) -> tuple[str, ...]:
        """Return the addresses of the pictures that are still on the web, each once, sorted."""
        return addresses_of(self.lines)

    @property
    def mentions(self) -> Counter[str]:
        """Return how many articles name each file (kind/key)."""
        return Counter(chain.from_iterable(line.mentions for line in self.lines))


def addresses_of(lines: Iterable[ReportLine]) -> tuple[str, ...]:
    """Return the addresses of the pictures that are still on the web, each once, sorted."""
    return tuple(sorted(set(chain.from_iterable(line.away for line in lines))))


def rows(report: ImportReport, language: Language) -> Iterator[str]:
    """Yield the lines of a report: what became of the seeds, and what is left to an editor."""
    for outcome in get_args(Outcome):
        lines = [line for line in report.lines if line.outcome == outcome]
        shown = [] if outcome in {"unchanged", "known"} else lines[:_MAX_LINES]
        word = message(_WORDS[outcome], language)
        for line in shown:
            title = line.title if len(line.title) <= _MAX_TITLE else f"{line.title[:_MAX_TITLE]}…"
            note = title if outcome != "refused" else _reason(line, language)
            yield f"{word:12} {line.article:16} {printable(line.seed)}  {note}".rstrip()
        if shown and len(lines) > len(shown):
            yield message("say-more", language, count=len(lines) - len(shown))
    if report.open:
        yield message("say-open", language)
        for code, count in sorted(report.open.items()):
            yield f"{count:6}  {message(code, language)}"
    if report.mentions:
        commonest = report.mentions.most_common(_MAX_NAMES)
        named = listed(f"{key} {count}" for key, count in commonest)
        yield message("say-mentions", language, count=len(report.mentions), names=named)
    if report.names:
        yield message("say-names", language)
        for found in report.names[:_MAX_NAMES]:
            role = f" ({found.role})" if found.role else ""
            yield f"{len(found.articles):6}  {found.name}{role}"
    yield from _totals(report, language)


def _totals(report: ImportReport, language: Language) -> Iterator[str]:
    if report.moved:
        yield message("say-moved", language, **report.moved)
    taken = sum(line.taken for line in report.lines)
    if taken or report.away:
        yield message("say-pictures", language, taken=taken, away=len(report.away))
    if report.counts["known"]:
        yield message("say-known", language, count=report.counts["known"])
    counts = {name: report.counts[name] for name in get_args(Outcome)}
    yield message("say-report", language, **counts)


def _reason(line: ReportLine, language: Language) -> str:
    return wording_of(line.problems[0], language)[0] if line.problems else ""
