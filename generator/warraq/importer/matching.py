"""Which article a seed is of, and whether there is anything to do for it.

Asked twice of a seed: before it is drafted, which may spare that, and once it is drafted, since
seeds before it may have become articles in the meantime.
"""

from typing import NamedTuple

from warraq.base.problems import WarraqError, unexpected_as_problem, warning
from warraq.content.receipts import Identity
from warraq.importer import identity
from warraq.importer.content_files import ContentFiles
from warraq.importer.drafted import Ready, Refused, Seed, Skipped
from warraq.importer.known_seeds import KnownSeeds, with_received_day
from warraq.importer.options import ImportOptions
from warraq.importer.report import ReportLine
from warraq.model import Draft


class Match(NamedTuple):
    """The article that a seed is of, None for a new one; `other` is another article of its id."""

    before: Identity | None = None
    other: Identity | None = None


class SeedMatcher:
    """Matches seeds to articles, by the index and by what the articles and receipts say."""

    def __init__(self, known: KnownSeeds, files: ContentFiles, options: ImportOptions) -> None:
        """`known` and `files` change as seeds are written."""
        self._known = known
        self._files = files
        self._options = options

    def prepare(self, seed: Seed) -> Seed | Skipped | Refused:
        """Return `seed` ready to be drafted, or why it need not be."""
        try:
            with unexpected_as_problem(seed.name, code="seed-fault"):
                before = self._known.match(seed)
                if line := before and self.skip_reason(seed, before):
                    return Skipped(seed.without_payload(), line)
                return with_received_day(seed, before)
        except WarraqError as fault:
            return Refused(seed.without_payload(), fault.problems)

    def match(self, ready: Ready) -> Match:
        """Return the article that a drafted seed is of: a record by more than its id."""
        candidates = self._known.candidates(ready.seed)
        first = next(iter(candidates), None)
        if not ready.seed.record:
            return Match(first)
        for before in candidates:
            same_bytes = before.sha256 == ready.seed.sha256
            if same_bytes or self._is_same(before, ready.seed, ready.draft):
                return Match(before)
        return Match(None, first)

    def skip_reason(self, seed: Seed, before: Identity) -> ReportLine | None:
        """Return why the seed of an article needs no drafting, None if it does."""
        exists = before.id in self._files
        unchanged = seed.sha256 == before.sha256 and seed.sidecar_sha256 == before.sidecar_sha256
        moved = before.seed != seed.name
        if not exists and not self._options.restore:
            is_certain = unchanged or not seed.record
            return ReportLine(seed.name, "deleted", before.id) if is_certain else None
        if not unchanged:
            return None
        if moved and not self._files.seed_is_missing(before.seed):
            return ReportLine(seed.name, "unchanged", before.id)
        if moved or not exists or self._options.again or self._is_due(before):
            return None
        return ReportLine(seed.name, "unchanged", before.id)

    def older_state(self, seed: Seed, before: Identity) -> ReportLine | None:
        """Return why a record is skipped that is older than the one the article was imported from.

        Decided by when both were changed, or by the names of two exports that both exist.
        """
        if seed.sha256 == before.sha256:
            return None
        older = identity.is_older(seed.modified, before.modified)
        both_exist = before.seed != seed.name and not self._files.seed_is_missing(before.seed)
        if older is None and both_exist:
            older = identity.name_order(before.seed) > identity.name_order(seed.name)
        if not older:
            return None
        article = self._files.path_of(before.id)
        problem = warning("seed-older", seed.name, article=article)
        return ReportLine(
            seed.name, "unchanged", before.id, problems=() if both_exist else (problem,)
        )

    def _is_due(self, before: Identity) -> bool:
        """Whether an unchanged seed has to be imported again: its day or its pictures are new."""
        if self._options.received not in {"", before.received}:
            return True
        return bool(self._options.pictures) and self._files.has_remote_picture(before.id)

    def _is_same(self, before: Identity, seed: Seed, draft: Draft) -> bool:
        """Whether a draft is another state of the article that its id points to."""
        if before.id not in self._files:
            return identity.was_same(self._files.receipt(before), draft.article)
        old = self._files.article(before.id)
        same_site = any(own in before.external_ids.items() for own in seed.external_ids.items())
        if old is None or identity.is_same(old, draft.article, by_address=same_site):
            return True
        return identity.keeps(self._files.receipt(before), draft.article)
