"""`warraq stories propose`: reports of one event grouped into story files for an editor to judge.

What is written: a file for a new story, further articles in a proposed one, an alias where two
proposals were merged; and the state, last, so that an interrupted run refuses nothing. A confirmed
story is never touched.
"""

from contextlib import nullcontext
from pathlib import Path
from typing import NamedTuple

import msgspec

from warraq.base.config import SiteConfig, load
from warraq.base.problems import Language, stop_on_errors
from warraq.commands.story_proposer import Outcome, ProposalLine, StoryProposer
from warraq.content import store
from warraq.content.write_lock import content_write_lock
from warraq.model import Story
from warraq.prose.entries import compose, names_of

WORDS: dict[Outcome, str] = {
    "proposed": "say-story-proposed",
    "grown": "say-story-grown",
    "merged": "say-story-merged",
    "belongs": "say-story-belongs",
}


class ProposalReport(NamedTuple):
    """All lines, how many pairs were refused since the last run, and how many files unchanged."""

    lines: tuple[ProposalLine, ...]
    refused: int
    unchanged: int


def propose(site: Path, *, dry_run: bool = False) -> ProposalReport:
    """Write what the reports of `site` have in common as proposed stories; return what was done.

    Raises WarraqError when content has errors, and (exit code 3) when another run writes content.
    With `dry_run` nothing is written.
    """
    config, _ = load(site)
    with nullcontext() if dry_run else content_write_lock(site):
        proposer = _proposer(site, config)
        lines = tuple(proposer.lines())
        if not dry_run:
            proposer.write()
        return ProposalReport(lines, proposer.newly_refused, proposer.unchanged)


def _proposer(site: Path, config: SiteConfig) -> StoryProposer:
    content = store.load(site)
    stop_on_errors(content.problems)
    names = names_of(content.authorities)
    entries = {a.id: compose(a, names, config) for a in content.articles}
    stories = [story for story in content.authorities if isinstance(story, Story)]
    language: Language = "ar" if config.lang.startswith("ar") else "en"
    return StoryProposer(site, stories, entries, names, language)


def as_json(report: ProposalReport) -> dict[str, object]:
    """Return `report` as plain data for programs."""
    return {
        "stories": [msgspec.to_builtins(line._asdict()) for line in report.lines],
        "refused": report.refused,
        "unchanged": report.unchanged,
    }
