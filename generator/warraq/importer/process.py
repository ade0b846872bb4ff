"""One seed → a draft, worded as files. Needs no knowledge of which articles exist.

So seeds may be processed in any process and order; `importer/writer.py` decides what is written.
"""

from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import msgspec

from warraq.base.problems import Problem, WarraqError, error, unexpected_as_problem
from warraq.base.urls import old_path
from warraq.build.address_check import is_reserved
from warraq.content import receipts
from warraq.content.frontmatter import article_text
from warraq.importer.drafted import Ready, Refused, Seed
from warraq.importer.picture_files import PictureFolders
from warraq.importer.time_limit import TimeLimitError, time_limit
from warraq.intake import OutletDirectory, draft_of
from warraq.intake.near_duplicates import sketch
from warraq.intake.people import introduced_people
from warraq.model import Article, Authority, Draft, RawDocument, Removed
from warraq.prose.mentions import Matcher
from warraq.seeds import reader
from warraq.seeds.exports import export_records


class TermMapping(msgspec.Struct, frozen=True):
    """What the terms and writers of exports are called in the archive.

    `topics` maps a term's name to topics (none: it is left out), `sections` are the terms of a
    WordPress site that moves in, whose section is a topic as well; `authors` maps names to keys.
    """

    topics: dict[str, tuple[str, ...]] = {}
    sections: frozenset[str] = frozenset()
    authors: dict[str, str] = {}

    def apply(self, article: Article) -> Article:
        """Return an article of an export with its terms and writers as the archive calls them."""
        section = (article.section,) if article.section in self.sections else ()
        named = (self.topics.get(name, (name,)) for name in (*section, *article.topics))
        return msgspec.structs.replace(
            article,
            topics=tuple(dict.fromkeys(chain.from_iterable(named))),
            authors=tuple(self.authors.get(name, name) for name in article.authors),
            aliases=tuple(old for old in article.aliases if not _is_reserved(old)),
        )


NO_MAPPING = TermMapping()


class SiteContext(msgspec.Struct, frozen=True):
    """What processing knows of the site: of all fields, only `outlets` is needed.

    `fields` is the site's field map for exports, `pictures` are folders with pictures. `seconds` of
    processor time is what a seed may take: 8 MB that are all tags take half of the default.
    """

    outlets: OutletDirectory
    authorities: Sequence[Authority] = ()
    fields: dict[str, str] = {}
    terms: TermMapping = NO_MAPPING
    pictures: Sequence[Path] = ()
    seconds: float = 60


class SeedProcessor:
    """Drafts seeds; there is one for each process."""

    def __init__(self, site: Path, context: SiteContext) -> None:
        """Prepare what every seed needs."""
        self._site = site
        self._context = context
        self._matcher = Matcher(context.authorities)
        self._pictures = PictureFolders(site, context.pictures)

    def process(self, seed: Seed) -> Ready | Refused:
        """Return the draft of `seed`, or why there is none."""
        seconds = self._context.seconds
        try:
            with (
                unexpected_as_problem(seed.name, passing=(TimeLimitError,), code="seed-fault"),
                time_limit(seconds),
            ):
                return self._process(seed)
        except WarraqError as fault:
            problems = fault.problems
        except TimeLimitError:
            problems = (error("seed-too-long", seed.name, seconds=round(seconds)),)
        return Refused(seed.without_payload(), problems)

    def _process(self, seed: Seed) -> Ready | Refused:
        raw = self._read(seed)
        # Of what was read: the file may have changed since it was listed.
        seed = seed.without_payload()._replace(sha256=raw.sha256)
        draft = draft_of(raw, self._outlets_for(seed))
        is_picture = bool(draft.article.image and raw.external_ids)
        if not (draft.article.body or is_picture):  # only headlines of others, or boilerplate
            return Refused(seed, draft.problems)
        article, pictures, away, left = self._pictures.placed(
            draft.article, self._folder_of(seed), local_only=raw.kind == "page" and not seed.record
        )
        removed = [Removed("page:picture", src) for src in left]
        if seed.record:
            old = filter(_is_reserved, article.aliases)
            removed += [Removed("page:old-address", alias) for alias in old]
            article = self._context.terms.apply(article)
        draft = _completed(draft, article, seed, removed)
        return Ready(
            seed,
            draft,
            article_text(article).encode(),
            receipts.encode(receipts.with_hashes(draft.receipt, article)),
            sketch(article.body),
            tuple(dict.fromkeys(self._matcher.find(f"{article.title}\n{article.body}"))),
            introduced_people(article.body.split("\n\n")),
            pictures,
            away,
        )

    def _read(self, seed: Seed) -> RawDocument:
        if seed.record is None:
            return reader.read(seed.file, self._site)
        document = export_records.document(seed.record, self._context.fields)
        if isinstance(document, Problem):
            raise WarraqError([document])
        return document

    def _outlets_for(self, seed: Seed) -> OutletDirectory:
        outlets = self._context.outlets
        if seed.received and not outlets.received:
            return msgspec.structs.replace(outlets, received=seed.received)
        return outlets

    def _folder_of(self, seed: Seed) -> Path:
        file = self._site / seed.record.file if seed.record else seed.file
        return file.parent


def _completed(draft: Draft, article: Article, seed: Seed, removed: list[Removed]) -> Draft:
    """Return `draft` with its final article, and what the import itself adds to the receipt."""
    receipt = msgspec.structs.replace(
        draft.receipt,
        sidecar_sha256=seed.sidecar_sha256,
        modified=seed.modified,
        removed=(*draft.receipt.removed, *removed),
    )
    return msgspec.structs.replace(draft, article=article, receipt=receipt)


def _is_reserved(alias: str) -> bool:
    """Whether an old address is one of those that the site itself uses."""
    return is_reserved(old_path(alias))
