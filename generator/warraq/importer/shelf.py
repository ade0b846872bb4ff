"""content/ as the import finds it: which seed became which article, and what may be written.

An editor's edit always survives. A seed is known again by its id in a CMS, then by its path, then
by its digest; one that is known gives no second article.
"""

import difflib
from collections import defaultdict
from collections.abc import Container
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec

from warraq.base.files import path_from_name, walk, write_atomic
from warraq.base.problems import (
    Problem,
    StoppedError,
    WarraqError,
    error,
    listed,
    reason_code,
    unexpected_as_problem,
    warning,
)
from warraq.content import receipts, refusals
from warraq.content.frontmatter import article_text, parse_article, split
from warraq.content.merge import merge
from warraq.content.open_decisions import COPY, open_decisions
from warraq.content.receipts import Identity
from warraq.content.refusals import Refusal
from warraq.content.store import article_path
from warraq.importer import identity, seed_check
from warraq.importer.duplicates import KEPT, NearDuplicateIndex, repeats, telling
from warraq.importer.old_addresses import OldAddresses
from warraq.importer.picture_files import MEDIA, FoundPicture
from warraq.importer.process import Drafted, Seed
from warraq.importer.report import Outcome, ReportLine
from warraq.intake.near_duplicates import Copy, duplicate_warning
from warraq.intake.text.folding import phrase
from warraq.model import Article, Draft, Flag, Receipt, Removed

ARTICLES = "content/articles"
_Key = TypeVar("_Key")


class ImportOptions(NamedTuple):
    """What the user asked for.

    `strict` tells all that is refused, also what an earlier run told and what did not change since.
    `received` is the day the texts were collected, YYYY-MM-DD or "". A seed whose bytes and sidecar
    are as they were is left alone unless `again` asks for it to be cleaned anew
    (docs/decisions/0021). An article that an editor deleted stays deleted unless `restore`.
    `dry_run` writes nothing. `pictures` is a folder with pictures that articles name elsewhere:
    what lies there is taken, the addresses of the others are listed in it.
    """

    received: str = ""
    again: bool = False
    restore: bool = False
    dry_run: bool = False
    pictures: Path | None = None
    strict: bool = False


class ImportWriter:
    """The articles that are there, by everything a seed may be known again by."""

    def __init__(self, site: Path, wishes: ImportOptions, addresses: OldAddresses) -> None:
        """Read the head of every receipt; one that cannot be read is a problem of its own.

        `addresses` are those that are taken without any article.
        """
        self._site = site
        self._addresses = addresses
        self._wishes = wishes
        self.problems: list[Problem] = []
        self._articles = {
            file.stem: file.relative_to(site).as_posix() for file in walk(site / ARTICLES, ".md")
        }
        # More than one article under an id or a name: see `recognition`.
        self._by_external: dict[tuple[str, str], list[Identity]] = {}
        self._by_seed: dict[str, list[Identity]] = {}
        self._by_digest: dict[str, list[Identity]] = {}
        self._taken = set(self._articles)
        self._broken: dict[str, tuple[Problem, ...]] = {}  # by the article of the receipt
        known = set()
        for file in walk(site / receipts.FOLDER, ".json"):
            try:
                self._know(receipts.identity(file.read_bytes(), file.relative_to(site).as_posix()))
                known.add(file.stem)
            except WarraqError as fault:
                self.problems += fault.problems
                self._broken[file.stem] = fault.problems
        self._met: dict[str, str] = {}  # article → the seed of this run that it was met in
        self._copies: NearDuplicateIndex | None = None
        self._unwritten: dict[str, str] = {}  # bodies that a dry run leaves in memory
        self._refused_before = refusals.load(site)
        self._refused: dict[str, Refusal] = {}
        for article_id in sorted(self._articles.keys() - known):
            self._recall(article_id)

    def numbers(self) -> dict[str, dict[str, str]]:
        """Return, by host, which number of a WordPress post is which article's address."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for (system, number), known in self._by_external.items():
            here = [identity.id for identity in known if identity.id in self._articles]
            if system.startswith("wordpress") and here:
                host = system.partition(":")[2].partition("/")[0] or "old"
                found[host][number] = f"/n/{here[0]}/"
        return dict(found)

    def close(self) -> None:
        """Close what was opened to look for copies."""
        if self._copies:
            self._copies.close()

    def skip_reason(self, seed: Seed) -> ReportLine | None:
        """Return what to say of a seed that needs no drafting, None for one that does."""
        before = self._known(seed)
        if before is None:
            return None
        path = self._articles.get(before.id)
        same = seed.sha256 == before.sha256 and seed.sidecar_sha256 == before.sidecar_sha256
        elsewhere = before.seed != seed.name
        if path is None and not self._wishes.restore:
            sure = same or not seed.record
            return ReportLine(seed.name, "deleted", before.id) if sure else None
        if not same:
            return None
        if elsewhere and not self._gone(before.seed):
            return ReportLine(seed.name, "unchanged", before.id)
        asked = self._wishes.received not in {"", before.received}
        asked = asked or bool(path and self._wishes.pictures and self._looks_elsewhere(before.id))
        if path and not elsewhere and not self._wishes.again and not asked:
            return ReportLine(seed.name, "unchanged", before.id)
        return None

    def _passed_over(self, seed: Seed, before: Identity) -> ReportLine | None:
        """Return what to say of a record that is older than what its article was imported from.

        The moments of change tell, or the names of two exports that are both there.
        """
        older = identity.is_older(seed.modified, before.modified)
        if seed.sha256 == before.sha256:
            return None
        both = before.seed != seed.name and not self._gone(before.seed)
        if older is None and both:
            older = identity.name_order(before.seed) > identity.name_order(seed.name)
        if not older:
            return None
        article = self._articles.get(before.id, before.id)
        told = () if both else (warning("seed-older", seed.name, article=article),)
        return ReportLine(seed.name, "unchanged", before.id, problems=told)

    def _looks_elsewhere(self, article_id: str) -> bool:
        """Tell whether an article, or its receipt, names a picture that is not the archive's."""
        if b"src: http" in (self._site / self._articles[article_id]).read_bytes():
            return True
        receipt = self._site / receipts.path_of(article_id)
        return receipt.is_file() and b'"page:picture"' in receipt.read_bytes()

    def with_received_day(self, seed: Seed) -> Seed:
        """Return `seed` with the day an earlier import was told, as long as it is the same text."""
        before = self._known(seed)
        if before and before.sha256 == seed.sha256:
            return seed._replace(received=before.received)
        return seed

    def apply(self, found: Drafted) -> ReportLine | None:
        """Write the article, receipt and pictures of one seed, or merge it into what is there.

        None for what a CMS threw away before it was imported. Raises StoppedError when nothing can
        be written.
        """
        line = self._taken_in(found)
        if line is None:
            return None
        if line.outcome == "refused":
            return self._told_before(found.seed, line)
        if line.outcome not in {"imported", "merged"}:
            return line._replace(away=found.away)
        lost = [p for picture in found.pictures if (p := self._put(picture))]
        taken = len(found.pictures) - len(lost)
        return line._replace(problems=(*line.problems, *lost), taken=taken, away=found.away)

    def _told_before(self, seed: Seed, line: ReportLine) -> ReportLine:
        now = refusals.refusal(seed.name, f"{seed.sha256}{seed.sidecar_sha256}", line.problems)
        self._refused[seed.name] = now
        told = self._refused_before.get(seed.name) == now and not self._wishes.strict
        return line._replace(outcome="known") if told else line

    def remember_refusals(self, files: Container[str]) -> None:
        """Keep what was refused, for later runs; `files` are those that this one looked at.

        Raises StoppedError when it cannot be written.
        """
        if self._wishes.dry_run:
            return
        before = self._refused_before.items()
        kept = {s: r for s, r in before if _file_of(s) not in files and not self._gone(_file_of(s))}
        try:
            refusals.save(self._site, kept | self._refused)
        except OSError as fault:
            raise StoppedError(
                [error("file-unwritable", refusals.PATH, why=reason_code(fault))]
            ) from None

    def _put(self, picture: FoundPicture) -> Problem | None:
        path = f"{MEDIA}/{picture.name}"
        try:
            content = picture.bytes
        except OSError as fault:
            return warning("picture-unreadable", path, why=reason_code(fault))
        self._write(path, content)
        return None

    def _taken_in(self, found: Drafted) -> ReportLine | None:
        seed = found.seed
        if found.line:
            self._met.setdefault(found.line.article, seed.name)
            return found.line
        if found.draft is None:
            is_news = seed.thrown_away and self._known(seed) is None
            return None if is_news else ReportLine(seed.name, "refused", problems=found.problems)
        seed = seed._replace(sha256=found.draft.receipt.sha256)
        before = other = None
        try:
            with unexpected_as_problem(seed.name, code="seed-fault"):
                before, other = self._meant(seed, found.draft)
                if before is None:
                    return None if seed.thrown_away else self._new(found, found.draft, other)
                return self._known_again(before, found, found.draft)
        except StoppedError:
            raise
        except WarraqError as fault:
            article = before.id if before else ""
            return ReportLine(seed.name, "refused", article, problems=fault.problems)

    def _meant(self, seed: Seed, draft: Draft) -> tuple[Identity | None, Identity | None]:
        """Return the article that a seed is known by, and another that only its id stands for."""
        known = self._candidates(seed)
        if not seed.record:
            return next(iter(known), None), None
        for before in known:
            if before.sha256 == seed.sha256 or self._is_same(before, seed, draft):
                return before, None
        return None, next(iter(known), None)

    def _is_same(self, before: Identity, seed: Seed, draft: Draft) -> bool:
        if before.id not in self._articles:
            return identity.was_same(self._receipt(before), draft.article)
        old = self._parsed(before.id)
        scoped = any(own in before.external_ids.items() for own in seed.external_ids.items())
        if old is None or identity.is_same(old, draft.article, by_address=scoped):
            return True
        return identity.keeps(self._receipt(before), draft.article)

    def _known_again(self, before: Identity, found: Drafted, draft: Draft) -> ReportLine:
        seed = found.seed._replace(sha256=draft.receipt.sha256)
        newer = identity.is_older(before.modified, seed.modified)  # of two in one file
        if self._met.get(before.id) == seed.name and not newer:
            twice = warning("seed-twice", seed.name, article=article_path(before.id))
            return ReportLine(seed.name, "unchanged", before.id, problems=(twice,))
        self._met[before.id] = seed.name
        if before.id not in self._articles and not self._wishes.restore:
            return ReportLine(seed.name, "deleted", before.id)
        settled = self.skip_reason(seed) or self._passed_over(seed, before)
        return settled or self._again(before, found, draft)

    def _known(self, seed: Seed) -> Identity | None:
        return next(iter(self._candidates(seed)), None)

    def _candidates(self, seed: Seed) -> list[Identity]:
        """Return the articles that `seed` may be known by, those with the same bytes first."""
        ids = (*seed.external_ids.items(), *seed.formerly)
        found = [known for own in ids for known in self._by_external.get(own, ())]
        alike = self._by_digest.get(seed.sha256, [])
        if not found and seed.record and seed.record.numbered:
            # Its number is not the record's own: a row more at the top moves every one.
            return [a for a in alike if a.id not in self._met][:1]
        found = found or self._by_seed.get(seed.name, [])
        found = found or [a for a in alike if self._gone(a.seed)][:1]
        return sorted(found, key=lambda a: (a.sha256 != seed.sha256, a.seed != seed.name))

    def _know(self, identity: Identity) -> None:
        for own in identity.external_ids.items():
            _put_first(self._by_external, own, identity)
        _put_first(self._by_seed, identity.seed, identity)
        others = [a for a in self._by_digest.get(identity.sha256, ()) if a.id != identity.id]
        self._by_digest[identity.sha256] = [*others, identity]
        self._taken.add(identity.id)
        self._addresses.claim(identity.id, identity.aliases)

    def _recall(self, article_id: str) -> None:
        """Know an article by what it says of itself: its receipt is lost, or cannot be read."""
        try:
            with unexpected_as_problem(self._articles[article_id]):
                article = self._parsed(article_id) if self._tells_its_seed(article_id) else None
        except WarraqError as fault:
            self.problems += fault.problems
            return
        if article and (came := article.provenance):
            # Without a digest nothing is settled: its seed is drafted, and merged or refused.
            before = Identity(
                article_id,
                came.seed,
                "",
                external_ids=article.external_ids,
                aliases=article.aliases,
            )
            self._know(before)
            self._by_digest.setdefault(came.sha256, []).append(before)

    def _tells_its_seed(self, article_id: str) -> bool:
        try:
            return b"\nprovenance:" in (self._site / self._articles[article_id]).read_bytes()
        except OSError:
            return False

    def _gone(self, seed: str) -> bool:
        """Tell whether the file of `seed` is no longer there; an export's name ends before a #."""
        names = [seed, *(seed[:i] for i, letter in enumerate(seed) if letter == "#")]
        return not any(path_from_name(self._site, name).is_file() for name in names)

    def _new(self, found: Drafted, draft: Draft, other: Identity | None) -> ReportLine:
        seed = found.seed
        wanted = draft.article.id
        if wanted in self._broken:
            return ReportLine(seed.name, "refused", wanted, problems=self._broken[wanted])
        if wanted in self._articles:
            self._as_edited(self._articles[wanted])  # of one that cannot be read, nobody knows
        draft = self._addressed(draft, self._free(wanted, draft.receipt.sha256))
        article = draft.article
        copy = self._copy_of(found.sample, article, draft.receipt.sha256)
        if copy:
            article = _judged(article, copy)
        text, receipt = found.text, found.receipt
        if found.draft is None or article != found.draft.article:
            text = article_text(article).encode()
            receipt = receipts.encode(receipts.with_hashes(draft.receipt, article))
        path = article_path(article.id)
        self._write(path, text)
        self._write(receipts.path_of(article.id), receipt)
        self._articles[article.id] = path
        self._know(_identity(draft.receipt, article.id))
        self._met[article.id] = seed.name
        problems = draft.problems
        if copy:
            original = self._articles.get(copy.original, copy.original)
            problems = (*problems, duplicate_warning(copy, seed=seed.name, original=original))
        if other:
            of_id = self._articles.get(other.id, other.id)
            problems = (*problems, warning("seed-other", seed.name, article=path, other=of_id))
        self._remember(article, found.sample, text)
        return self._line(
            found, "imported", article, problems, diff=self._diff(path, "", text.decode())
        )

    def _addressed(self, draft: Draft, article_id: str) -> Draft:
        """Return `draft` under its id, with those of its old addresses that nobody else has."""
        told = draft.article.aliases
        free = self._addresses.free(article_id, told)
        lost = (Removed("page:old-address", alias) for alias in told if alias not in free)
        article = msgspec.structs.replace(draft.article, id=article_id, aliases=free)
        receipt = msgspec.structs.replace(
            draft.receipt, id=article_id, aliases=free, removed=(*draft.receipt.removed, *lost)
        )
        return msgspec.structs.replace(draft, article=article, receipt=receipt)

    def _again(self, before: Identity, found: Drafted, draft: Draft) -> ReportLine:
        draft = self._addressed(draft, before.id)
        base = self._receipt(before)
        path = self._articles.get(before.id)
        if path is None:  # `settled` lets pass what is to be restored
            return self._restored(found, draft)
        text = self._as_edited(path)
        edited, problems = parse_article(text, path)
        if edited is None:
            raise WarraqError(problems)
        # What repeats what was decided when the article came; an editor may have decided since.
        likely = (flag for flag in edited.flags if flag.kind == COPY)
        new = msgspec.structs.replace(
            draft.article,
            copy_of=edited.copy_of,
            same_text_as=edited.same_text_as,
            flags=(*draft.article.flags, *likely),
        )
        merged = merge(base, text, new, path=path)
        receipt = msgspec.structs.replace(
            draft.receipt,
            fields=merged.fields,
            paragraphs=merged.paragraphs,
            conflicts=merged.conflicts,
        )
        if merged.text != text:
            self._write(path, merged.text.encode())
        self._write(receipts.path_of(before.id), receipts.encode(receipt))
        self._know(_identity(receipt, before.id))
        problems = list(draft.problems)
        if merged.conflicts:
            fields = listed(sorted(merged.conflicts))
            kept = receipts.path_of(before.id)
            problems.append(warning("import-conflict", path, fields=fields, receipt=kept))
        outcome: Outcome = "merged" if merged.text != text else "unchanged"
        now = parse_article(merged.text, path)[0] or new
        if now.draft and not edited.draft:
            problems.append(warning("import-withdrawn", path, seed=found.seed.name))
        diff = self._diff(path, text, merged.text)
        return self._line(found, outcome, now, tuple(problems), diff=diff)

    def _as_edited(self, path: str) -> str:
        try:
            return (self._site / path).read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError) as fault:
            raise WarraqError([error("file-unreadable", path, why=reason_code(fault))]) from None

    def _restored(self, found: Drafted, draft: Draft) -> ReportLine:
        article = draft.article
        receipt = receipts.with_hashes(draft.receipt, article)
        text = article_text(article)
        path = article_path(article.id)
        self._write(path, text.encode())
        self._write(receipts.path_of(article.id), receipts.encode(receipt))
        self._articles[article.id] = path
        self._know(_identity(receipt, article.id))
        return self._line(
            found, "imported", article, draft.problems, diff=self._diff(path, "", text)
        )

    def _receipt(self, before: Identity) -> Receipt:
        path = receipts.path_of(before.id)
        try:
            return receipts.decode((self._site / path).read_bytes(), path)
        except FileNotFoundError:
            return Receipt(before.id, before.seed, before.sha256)

    def _free(self, wanted: str, sha256: str) -> str:
        """Return `wanted`, or as much of the digest as no article has taken (16 at most)."""
        if wanted not in self._taken:
            return wanted
        starts = (sha256[at : at + n] for at in range(48) for n in range(12, 17))
        return next(key for key in starts if key not in self._taken)

    def _copy_of(self, sampled: tuple[int, ...], article: Article, sha256: str) -> Copy | None:
        """Return the article that a new one repeats: the same bytes, or most of its words."""
        twins = [known for known in self._by_digest.get(sha256, ()) if known.id in self._articles]
        if twins:
            return self._rooted(Copy(twins[0].id, 1.0), article)
        with telling():
            found = self._repeated(sampled, article.body)
        return self._rooted(self._nearest(found, article), article) if found else None

    def _repeated(self, sampled: tuple[int, ...], body: str) -> list[Copy]:
        if self._copies is None:
            kept = self._site / KEPT
            self._copies = NearDuplicateIndex(self._body, kept, dry_run=self._wishes.dry_run)
            self._copies.look({key: self._site / path for key, path in self._articles.items()})
        return self._copies.find(sampled, body)

    def _nearest(self, found: list[Copy], article: Article) -> Copy:
        """Return what `article` repeats of its own outlet, else what it repeats most."""
        parsed = ((copy, self._parsed(copy.original)) for copy in found if copy.sure)
        own = (copy for copy, other in parsed if not _is_elsewhere(article, other))
        return next(own, found[0])

    def _rooted(self, copy: Copy, article: Article) -> Copy:
        """Return the relation of `article` to the first of the texts that it repeats.

        What another article repeats it has to repeat itself; else an editor is asked. Another
        outlet's print of the text is a report of its own.
        """
        found = self._parsed(copy.original)
        root = found.copy_of if found else ""
        if found and not root and _is_elsewhere(article, found):
            root = found.same_text_as
        if root and copy.sure:
            whole = copy.share == 1 and found and found.body.strip() == article.body.strip()
            first = repeats(article.body, root, self._body(root) if root in self._articles else "")
            if whole:
                first = Copy(root, first.share if first else copy.share)
            copy = first or copy._replace(sure=False)
            found = self._parsed(copy.original)
        return copy._replace(elsewhere=_is_elsewhere(article, found))

    def _parsed(self, article_id: str) -> Article | None:
        path = self._articles.get(article_id, "")
        try:
            return parse_article(self._text(article_id), path)[0]
        except (OSError, UnicodeDecodeError):
            return None

    def _body(self, article_id: str) -> str:
        try:
            return split(self._text(article_id), self._articles[article_id]).body
        except (OSError, UnicodeDecodeError, WarraqError):
            return ""  # what is broken there is said by `warraq check`

    def _text(self, article_id: str) -> str:
        if article_id in self._unwritten:
            return self._unwritten[article_id]
        return (self._site / self._articles[article_id]).read_text("utf-8")

    def _remember(self, article: Article, sampled: tuple[int, ...], text: bytes) -> None:
        if self._wishes.dry_run:
            self._unwritten[article.id] = text.decode()
        if self._copies is not None:
            with telling():
                self._copies.add(article.id, sampled, text)

    def _line(
        self,
        found: Drafted,
        outcome: Outcome,
        article: Article,
        problems: tuple[Problem, ...],
        *,
        diff: str,
    ) -> ReportLine:
        credits_ = (article.source, *article.via)
        outlets = (f"outlets/{c.outlet}" for c in credits_ if c and c.outlet)
        mentions = (f"{m.kind}/{m.key}" for m in found.mentions)
        return ReportLine(
            found.seed.name,
            outcome,
            article.id,
            article.title,
            problems,
            open_decisions(article),
            tuple(dict.fromkeys((*mentions, *outlets))),
            diff,
        )

    def _diff(self, path: str, before: str, after: str) -> str:
        if not self._wishes.dry_run:
            return ""
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
        return "".join(difflib.unified_diff(old, new, path if before else "/dev/null", path))

    def _write(self, path: str, content: bytes) -> None:
        if self._wishes.dry_run:
            return
        file = self._site / path
        try:
            if file.is_file() and file.read_bytes() == content:
                return
            write_atomic(file, content)
        except OSError as fault:
            raise StoppedError([error("file-unwritable", path, why=reason_code(fault))]) from None


def _file_of(seed: str) -> str:
    """Return the file of a seed's name; a record that nobody could read is named by its line.

    >>> _file_of("seeds/wire.csv:12"), _file_of("seeds/wire.csv#https://a.example/#1")
    ('seeds/wire.csv', 'seeds/wire.csv')
    """
    file, _, line = seed.rpartition(":")
    return seed_check.file_of(file if line.isdecimal() else seed)


def _put_first(known: dict[_Key, list[Identity]], key: _Key, identity: Identity) -> None:
    known[key] = [identity, *(a for a in known.get(key, ()) if a.id != identity.id)]


def _identity(receipt: Receipt, article_id: str) -> Identity:
    return Identity(
        article_id,
        receipt.seed,
        receipt.sha256,
        receipt.sidecar_sha256,
        receipt.received,
        receipt.external_ids,
        receipt.aliases,
        modified=receipt.modified,
    )


def _judged(article: Article, copy: Copy) -> Article:
    """Return `article` as a copy, as a print, or with a flag that asks an editor."""
    if copy.sure and copy.elsewhere:
        return msgspec.structs.replace(article, same_text_as=copy.original)
    if copy.sure:
        return msgspec.structs.replace(article, copy_of=copy.original)
    flag = Flag(COPY, copy.original, f"{round(copy.share * 100)} %")
    return msgspec.structs.replace(article, flags=(*article.flags, flag))


def _is_elsewhere(article: Article, other: Article | None) -> bool:
    """Tell whether an article is credited to an outlet that the other is not credited to.

    Folded under one of an unknown outlet, its own would be lost; one of an unknown outlet loses
    nothing by being folded.
    """
    if article.source is None or other is None:
        return False
    return other.source is None or phrase(article.source.name) != phrase(other.source.name)
