"""What an import writes: articles, receipts, pictures, and which refusals were reported.

An editor's edit always survives: a seed that changed is merged into its article (content/merge.py).
"""

import difflib
from collections.abc import Container
from pathlib import Path

import msgspec

from warraq.base.problems import (
    Problem,
    StoppedError,
    WarraqError,
    listed,
    reason_code,
    unexpected_as_problem,
    warning,
)
from warraq.content import receipts
from warraq.content.frontmatter import article_text, parse_article
from warraq.content.merge import merge
from warraq.content.open_decisions import COPY, open_decisions
from warraq.content.receipts import Identity
from warraq.content.store import article_path
from warraq.importer.content_files import ContentFiles
from warraq.importer.drafted import Drafted, Ready, Refused, Seed, Skipped
from warraq.importer.duplicates import Duplicates, marked
from warraq.importer.identity import is_older
from warraq.importer.known_refusals import KnownRefusals
from warraq.importer.known_seeds import KnownSeeds, wordpress_posts
from warraq.importer.matching import SeedMatcher
from warraq.importer.old_addresses import OldAddresses
from warraq.importer.options import ImportOptions
from warraq.importer.picture_files import MEDIA, FoundPicture
from warraq.importer.report import Outcome, ReportLine
from warraq.intake.near_duplicates import duplicate_warning
from warraq.model import Article, Draft, Receipt, Removed


class ImportWriter:
    """Writes what becomes of seeds, one at a time, and knows which article came from which seed."""

    def __init__(self, site: Path, options: ImportOptions, addresses: OldAddresses) -> None:
        """Read the head of every receipt; one that is unreadable is a problem of its own.

        `addresses` are those that are taken without any article.
        """
        self.problems: list[Problem] = []
        self._options = options
        self._addresses = addresses
        self._files = ContentFiles(site, dry_run=options.dry_run)
        self._known = KnownSeeds(self._files, self._files.seed_is_missing)
        self._refusals = KnownRefusals(site)
        self._duplicates = Duplicates(site, self._known, self._files, dry_run=options.dry_run)
        self._broken: dict[str, tuple[Problem, ...]] = {}  # by the article of the receipt
        self.matcher = SeedMatcher(self._known, self._files, options)
        self._read_identities()

    def apply(self, drafted: Drafted) -> ReportLine | None:
        """Write the article, receipt and pictures of one seed, or merge it into its article.

        Returns None for what a CMS threw away before it was imported. Raises StoppedError when
        nothing can be written.
        """
        match drafted:
            case Skipped(seed, line):
                if not self._known.claimed_by(line.article):
                    self._known.claim(line.article, seed.name)
                return line
            case Refused(seed, problems):
                if seed.thrown_away and self._known.match(seed) is None:
                    return None
                return self._refused(seed, ReportLine(seed.name, "refused", problems=problems))
            case Ready():
                return self._apply(drafted)

    def save_refusals(self, checked: Container[str]) -> None:
        """Write what was refused, for later runs; `checked` are the files that this run read.

        Raises StoppedError if it cannot be written.
        """
        if not self._options.dry_run:
            self._refusals.save(checked, self._files)

    def wordpress_posts(self) -> dict[str, dict[str, str]]:
        """Return, by host, WordPress post number → address of its article."""
        return wordpress_posts(self._known, self._files)

    def close(self) -> None:
        """Close what was opened to find duplicates."""
        self._duplicates.close()

    def _read_identities(self) -> None:
        known = set()
        for article_id, found in self._files.identities():
            if isinstance(found, Identity):
                self._add(found)
                known.add(article_id)
            else:
                self.problems += found
                self._broken[article_id] = found
        for article_id in sorted(set(self._files) - known):
            try:
                if provenance := self._files.provenance(article_id):
                    identity, sha256 = provenance
                    self._add(identity)
                    self._known.add_digest(sha256, identity)
            except WarraqError as fault:
                self.problems += fault.problems

    def _add(self, identity: Identity) -> None:
        self._known.add(identity)
        self._addresses.claim(identity.id, identity.aliases)

    def _refused(self, seed: Seed, line: ReportLine) -> ReportLine:
        was_reported = self._refusals.add(seed, line)
        return line._replace(outcome="known") if was_reported and not self._options.strict else line

    def _apply(self, ready: Ready) -> ReportLine | None:
        seed = ready.seed
        before = None
        try:
            with unexpected_as_problem(seed.name, code="seed-fault"):
                before, other = self.matcher.match(ready)
                if before is None and seed.thrown_away:
                    return None
                line = self._update(before, ready) if before else self._create(ready, other)
        except StoppedError:
            raise
        except WarraqError as fault:
            article = before.id if before else ""
            line = ReportLine(seed.name, "refused", article, problems=fault.problems)
        if line.outcome == "refused":
            return self._refused(seed, line)
        if line.outcome not in {"imported", "merged"}:
            return line._replace(away=ready.away)
        lost = [problem for picture in ready.pictures if (problem := self._copy_picture(picture))]
        return line._replace(
            problems=(*line.problems, *lost),
            taken=len(ready.pictures) - len(lost),
            away=ready.away,
        )

    def _update(self, before: Identity, ready: Ready) -> ReportLine:
        """Bring the article `before` up to date with its seed, if there is anything to do."""
        seed = ready.seed
        is_newer = is_older(before.modified, seed.modified)  # of two states in one file
        if self._known.claimed_by(before.id) == seed.name and not is_newer:
            twice = warning("seed-twice", seed.name, article=article_path(before.id))
            return ReportLine(seed.name, "unchanged", before.id, problems=(twice,))
        self._known.claim(before.id, seed.name)
        exists = before.id in self._files
        if not exists and not self._options.restore:
            return ReportLine(seed.name, "deleted", before.id)
        skipped = self.matcher.skip_reason(seed, before) or self.matcher.older_state(seed, before)
        if skipped:
            return skipped
        draft = self._with_free_addresses(ready.draft, before.id)
        base = self._files.receipt(before)
        if exists:
            return self._merge(base, draft, ready)
        text = self._write_new(draft, ready)
        return self._imported(ready, draft.article, draft.problems, text)

    def _create(self, ready: Ready, other: Identity | None) -> ReportLine:
        """Write a new article; `other` is another one that its record's id points to."""
        seed, draft = ready.seed, ready.draft
        preferred = draft.article.id
        if preferred in self._broken:
            problems = self._broken[preferred]
            return ReportLine(seed.name, "refused", preferred, problems=problems)
        if preferred in self._files:
            self._files.text_of(preferred)  # raises: an unreadable article may be this one
        article_id = self._known.unused_id(preferred, seed.sha256)
        draft = self._with_free_addresses(draft, article_id)
        problems = draft.problems
        if copy := self._duplicates.find(draft.article, ready.sketch, seed.sha256):
            draft = msgspec.structs.replace(draft, article=marked(draft.article, copy))
            original = self._files.path_of(copy.original)
            problems = (*problems, duplicate_warning(copy, seed=seed.name, original=original))
        if other:
            path, other_path = article_path(article_id), self._files.path_of(other.id)
            problems = (*problems, warning("seed-other", seed.name, article=path, other=other_path))
        text = self._write_new(draft, ready)
        self._known.claim(article_id, seed.name)
        self._files.keep_unwritten(article_id, text)
        self._duplicates.add(article_id, ready.sketch, text)
        return self._imported(ready, draft.article, problems, text)

    def _write_new(self, draft: Draft, ready: Ready) -> bytes:
        """Write an article that does not exist, and its receipt; return the article's bytes."""
        article = draft.article
        text, receipt = ready.text, ready.receipt
        if article != ready.draft.article:
            text = article_text(article).encode()
            receipt = receipts.encode(receipts.with_hashes(draft.receipt, article))
        self._files.write_article(article.id, text)
        self._files.write_receipt(article.id, receipt)
        self._add(_identity(draft.receipt))
        return text

    def _merge(self, base: Receipt, draft: Draft, ready: Ready) -> ReportLine:
        """Merge a draft into its article; `base` is the receipt of the last import."""
        article_id = draft.article.id
        path = self._files.path_of(article_id)
        text = self._files.text_of(article_id)
        edited, faults = parse_article(text, path)
        if edited is None:
            raise WarraqError(faults)
        new = _with_decisions(draft.article, edited)
        merged = merge(base, text, new, path=path)
        receipt = msgspec.structs.replace(
            draft.receipt,
            fields=merged.fields,
            paragraphs=merged.paragraphs,
            conflicts=merged.conflicts,
        )
        if merged.text != text:
            self._files.write_article(article_id, merged.text.encode())
        self._files.write_receipt(article_id, receipts.encode(receipt))
        self._add(_identity(receipt))
        problems = list(draft.problems)
        if merged.conflicts:
            fields = listed(sorted(merged.conflicts))
            kept = receipts.path_of(article_id)
            problems.append(warning("import-conflict", path, fields=fields, receipt=kept))
        now = parse_article(merged.text, path)[0] or new
        if now.draft and not edited.draft:
            problems.append(warning("import-withdrawn", path, seed=ready.seed.name))
        outcome: Outcome = "merged" if merged.text != text else "unchanged"
        line = _report_line(ready, outcome, now, tuple(problems))
        return line._replace(diff=self._diff(path, text, merged.text))

    def _imported(
        self, ready: Ready, article: Article, problems: tuple[Problem, ...], text: bytes
    ) -> ReportLine:
        diff = self._diff(article_path(article.id), "", text.decode())
        return _report_line(ready, "imported", article, problems)._replace(diff=diff)

    def _with_free_addresses(self, draft: Draft, article_id: str) -> Draft:
        """Return `draft` under its id, with those of its old addresses that no other page has."""
        aliases = draft.article.aliases
        free = self._addresses.free(article_id, aliases)
        lost = (Removed("page:old-address", alias) for alias in aliases if alias not in free)
        article = msgspec.structs.replace(draft.article, id=article_id, aliases=free)
        receipt = msgspec.structs.replace(
            draft.receipt, id=article_id, aliases=free, removed=(*draft.receipt.removed, *lost)
        )
        return msgspec.structs.replace(draft, article=article, receipt=receipt)

    def _copy_picture(self, picture: FoundPicture) -> Problem | None:
        path = f"{MEDIA}/{picture.name}"
        try:
            content = picture.bytes
        except OSError as fault:
            return warning("picture-unreadable", path, why=reason_code(fault))
        self._files.write(path, content)
        return None

    def _diff(self, path: str, before: str, after: str) -> str:
        """Return the difference that a dry run shows."""
        if not self._options.dry_run:
            return ""
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
        return "".join(difflib.unified_diff(old, new, path if before else "/dev/null", path))


def _with_decisions(new: Article, edited: Article) -> Article:
    """Return `new` with what was decided of duplicates: at its import, or by an editor since."""
    likely = (flag for flag in edited.flags if flag.kind == COPY)
    return msgspec.structs.replace(
        new,
        copy_of=edited.copy_of,
        same_text_as=edited.same_text_as,
        flags=(*new.flags, *likely),
    )


def _identity(receipt: Receipt) -> Identity:
    return Identity(
        receipt.id,
        receipt.seed,
        receipt.sha256,
        receipt.sidecar_sha256,
        receipt.received,
        receipt.external_ids,
        receipt.aliases,
        modified=receipt.modified,
    )


def _report_line(
    ready: Ready, outcome: Outcome, article: Article, problems: tuple[Problem, ...]
) -> ReportLine:
    credits_ = (article.source, *article.via)
    outlets = (f"outlets/{c.outlet}" for c in credits_ if c and c.outlet)
    mentions = (f"{m.kind}/{m.key}" for m in ready.mentions)
    return ReportLine(
        ready.seed.name,
        outcome,
        article.id,
        article.title,
        problems,
        open_decisions(article),
        tuple(dict.fromkeys((*mentions, *outlets))),
    )
