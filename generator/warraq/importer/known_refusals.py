"""Refusals of earlier runs: one that is repeated unchanged is reported only once."""

from collections.abc import Container
from pathlib import Path

from warraq.base.problems import StoppedError, error, reason_code
from warraq.content import refusals
from warraq.content.refusals import Refusal
from warraq.importer.content_files import ContentFiles
from warraq.importer.drafted import Seed
from warraq.importer.report import ReportLine
from warraq.importer.seed_check import file_of


class KnownRefusals:
    """What earlier runs refused, and what this run refuses."""

    def __init__(self, site: Path) -> None:
        """Read what earlier runs refused."""
        self._site = site
        self._before = refusals.load(site)
        self._now: dict[str, Refusal] = {}

    def add(self, seed: Seed, line: ReportLine) -> bool:
        """Record a refusal; return whether an earlier run has reported the same."""
        refusal = refusals.refusal(seed.name, f"{seed.sha256}{seed.sidecar_sha256}", line.problems)
        self._now[seed.name] = refusal
        return self._before.get(seed.name) == refusal

    def save(self, checked: Container[str], files: ContentFiles) -> None:
        """Write the refusals for later runs, of files that this run has not `checked` too.

        Raises StoppedError if they cannot be written.
        """
        kept = {
            seed: refusal
            for seed, refusal in self._before.items()
            if _file_of(seed) not in checked and not files.seed_is_missing(_file_of(seed))
        }
        try:
            refusals.save(self._site, kept | self._now)
        except OSError as fault:
            problem = error("file-unwritable", refusals.PATH, why=reason_code(fault))
            raise StoppedError([problem]) from None


def _file_of(seed: str) -> str:
    """Return the file of a seed's name; an unreadable record is named by its line.

    >>> _file_of("seeds/wire.csv:12"), _file_of("seeds/wire.csv#https://a.example/#1")
    ('seeds/wire.csv', 'seeds/wire.csv')
    """
    file, _, line = seed.rpartition(":")
    return file_of(file if line.isdecimal() else seed)
