"""Seeds → drafts, mapped over batches. What is done here needs no knowledge of content/.

So it may be done in any process and order: the texts are read, drafted, worded as files and
searched for names. `importer/shelf.py` decides what is written.
"""

import logging
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import closing
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import msgspec

from warraq.base.problems import Problem, WarraqError, error, unexpected_as_problem
from warraq.base.processes import process_pool
from warraq.base.urls import old_path
from warraq.build.address_check import is_reserved
from warraq.content import receipts
from warraq.content.frontmatter import article_text
from warraq.importer.picture_files import FoundPicture, PictureFolders
from warraq.importer.report import ReportLine
from warraq.importer.time_limit import TooLong, time_limit
from warraq.intake import OutletDirectory, draft_of
from warraq.intake.near_duplicates import sketch
from warraq.intake.people import IntroducedPerson, introduced_people
from warraq.model import Article, Authority, Draft, RawDocument, Removed
from warraq.prose.mentions import Matcher, Mention
from warraq.seeds import reader
from warraq.seeds.exports import export_records

_log = logging.getLogger(__name__)

LONGEST = 60  # seconds of the processor; of 8 MB that are all tags, half of that
BATCH = 32  # seeds; some 0.2 s of work, so that two process_pool end together
HEAVY = 1_000_000  # letters of an export's records; what waits in batches takes memory
FEW = 64  # seeds that one process does sooner than a second one starts


class Seed(NamedTuple):
    """A seed to be drafted: a `file`, or the `record` of an export. `name` is its path in the site.

    `received` is the day given to an earlier import, where that still holds; `sidecar_sha256` is
    the digest of its sidecar.
    """

    name: str
    sha256: str = ""
    sidecar_sha256: str = ""
    received: str = ""
    file: Path = Path()
    record: export_records.Exported | None = None

    @property
    def external_ids(self) -> dict[str, str]:
        """The ids in the CMS it was exported from."""
        return self.record.external_ids if self.record else {}

    @property
    def formerly(self) -> tuple[tuple[str, str], ...]:
        """The same ids as earlier versions kept them."""
        return self.record.formerly if self.record else ()

    @property
    def modified(self) -> str:
        """When its record was changed last, as the export tells it."""
        return self.record.modified if self.record else ""

    @property
    def thrown_away(self) -> bool:
        """Whether the CMS holds it in its bin."""
        return bool(self.record and self.record.thrown_away)

    def without_payload(self) -> "Seed":
        """Return the seed without its record's fields: nothing reads them once it is drafted."""
        return self._replace(record=self.record._replace(record={})) if self.record else self


class Drafted(NamedTuple):
    """What became of a seed, ready to be written. `draft` None: `problems` tell why.

    `line` is set where nothing was to be done at all.
    `text` and `receipt` are the files' bytes under the draft's own id; `sample` is for finding
    copies; `mentions` are the names with a file, `introduced` all whom the text introduces.
    `pictures` are to be put into content/media, `away` the addresses of those not at hand.
    """

    seed: Seed
    draft: Draft | None
    problems: tuple[Problem, ...] = ()
    text: bytes = b""
    receipt: bytes = b""
    sample: tuple[int, ...] = ()
    mentions: tuple[Mention, ...] = ()
    introduced: tuple[IntroducedPerson, ...] = ()
    line: ReportLine | None = None
    pictures: tuple[FoundPicture, ...] = ()
    away: tuple[str, ...] = ()


class Filing(NamedTuple):
    """Where terms and writers of exports belong.

    `topics` leads from a term's name to topics (none: it is left out), `sections` are the terms of
    a site that moves in, whose section is a topic as well; `authors` leads from names to keys.
    """

    topics: dict[str, tuple[str, ...]] = {}  # noqa: RUF012 - never changed
    sections: frozenset[str] = frozenset()
    authors: dict[str, str] = {}  # noqa: RUF012 - as above

    def filed(self, article: Article) -> Article:
        """Return an article of an export with its terms and writers as the archive calls them."""
        of_section = (article.section,) if article.section in self.sections else ()
        named = (self.topics.get(name, (name,)) for name in (*of_section, *article.topics))
        return msgspec.structs.replace(
            article,
            topics=tuple(dict.fromkeys(chain.from_iterable(named))),
            authors=tuple(self.authors.get(name, name) for name in article.authors),
            aliases=tuple(old for old in article.aliases if not _is_own(old)),
        )


AS_NAMED = Filing()


def _is_own(alias: str) -> bool:
    return is_reserved(old_path(alias))


class SeedProcessor:
    """What drafting knows of the site: one for each process."""

    def __init__(  # noqa: PLR0913 - what one run knows
        self,
        site: Path,
        known: OutletDirectory,
        *,
        fields: dict[str, str],
        authorities: Sequence[Authority],
        pictures: Sequence[Path] = (),
        filing: Filing = AS_NAMED,
    ) -> None:
        """`fields` is the site's field map for exports, `pictures` are folders that hold some."""
        self._filing = filing
        self._site = site
        self._known = known
        self._fields = fields
        self._matcher = Matcher(authorities)
        self._album = PictureFolders(site, pictures)

    def process(self, seed: Seed) -> Drafted:
        """Return the draft of `seed`, or why there is none."""
        try:
            with (
                unexpected_as_problem(seed.name, passing=(TooLong,), code="seed-fault"),
                time_limit(LONGEST),
            ):
                return self._drafted(seed)
        except WarraqError as fault:
            return _refused(seed, *fault.problems)
        except TooLong:
            return _refused(seed, error("seed-too-long", seed.name, seconds=LONGEST))

    def _drafted(self, seed: Seed) -> Drafted:
        raw = self._raw(seed)
        seed = seed.without_payload()
        known = self._known
        if seed.received and not known.received:
            known = msgspec.structs.replace(known, received=seed.received)
        draft = draft_of(raw, known)
        if not (
            draft.article.body or (draft.article.image and raw.external_ids)
        ):  # a digest of headlines, or nothing but furniture
            return _refused(seed, *draft.problems)
        receipt = msgspec.structs.replace(
            draft.receipt, sidecar_sha256=seed.sidecar_sha256, modified=seed.modified
        )
        is_page = raw.kind == "page" and not seed.record
        article, taken, away, left = self._album.placed(
            draft.article, self._folder_of(seed), at_hand=is_page
        )
        told = [Removed("page:picture", src) for src in left]
        if seed.record:
            told += [Removed("page:old-address", a) for a in article.aliases if _is_own(a)]
            article = self._filing.filed(article)
        receipt = msgspec.structs.replace(receipt, removed=(*receipt.removed, *told))
        draft = msgspec.structs.replace(draft, article=article, receipt=receipt)
        return Drafted(
            seed,
            draft,
            draft.problems,
            article_text(article).encode(),
            receipts.encode(receipts.with_hashes(receipt, article)),
            sketch(article.body),
            tuple(dict.fromkeys(self._matcher.find(f"{article.title}\n{article.body}"))),
            introduced_people(article.body.split("\n\n")),
            pictures=taken,
            away=away,
        )

    def _folder_of(self, seed: Seed) -> Path:
        file = self._site / seed.record.file if seed.record else seed.file
        return file.parent

    def _raw(self, seed: Seed) -> RawDocument:
        if seed.record is None:
            return reader.read(seed.file, self._site)
        found = export_records.document(seed.record, self._fields)
        if isinstance(found, Problem):
            raise WarraqError([found])
        return found


Batch = list[Seed | Drafted]


def _refused(seed: Seed, *problems: Problem) -> Drafted:
    return Drafted(seed.without_payload(), None, problems)


def process_seeds(
    seeds: Iterable[Seed | Drafted], drafter: SeedProcessor, jobs: int
) -> Generator[Drafted, None, None]:
    """Yield every seed of `seeds` drafted, in their order; what is Drafted already passes through.

    Not more than a few batches a process are under way at any time.
    """
    batches = _batches(seeds)
    first = next(batches, [])
    second = next(batches, [])
    held = [*first, *second]
    if jobs < 2 or len(held) <= FEW - BATCH:
        for batch in chain([held], batches):
            yield from (_done(drafter, item) for item in batch)
        return
    with closing(_SeedPool(drafter, jobs)) as team:
        for batch in chain([first, second], batches):
            team.begin(batch)
            if len(team.under_way) > 3 * jobs:
                yield from team.next()
        while team.under_way:
            yield from team.next()


class _SeedPool:
    """Processes at work on batches. One that dies is replaced, and its work done again.

    With one of them all batches under way are lost, and nobody knows by which seed.
    """

    def __init__(self, drafter: SeedProcessor, jobs: int) -> None:
        self._drafter = drafter
        self._jobs = jobs
        self._pool = self._started(jobs)
        self.under_way: deque[tuple[Batch, Future[list[Drafted]]]] = deque()

    def begin(self, batch: Batch) -> None:
        """Let a process work on `batch` when one is free."""
        try:
            done = self._pool.submit(_work, batch)
        except BrokenExecutor:
            self._pool = self._started(self._jobs)
            done = self._pool.submit(_work, batch)
        self.under_way.append((batch, done))

    def next(self) -> list[Drafted]:
        """Return the batch that was begun first, done."""
        batch, done = self.under_way.popleft()
        try:
            return done.result()
        except BrokenExecutor:
            _log.info("a process died; %d seeds are done again", len(batch))
            return self._again(batch)

    def close(self) -> None:
        """End the process_pool; what they have not begun is left undone."""
        self._pool.shutdown(cancel_futures=True)

    def _again(self, batch: Batch) -> list[Drafted]:
        """Return `batch` done alone; a seed by which a process dies alone is refused."""
        try:
            with self._started(1) as pool:
                return pool.submit(_work, batch).result()
        except BrokenExecutor:
            if len(batch) == 1:
                seed = batch[0].seed if isinstance(batch[0], Drafted) else batch[0]
                return [_refused(seed, error("seed-killed", seed.name))]
            half = len(batch) // 2
            return self._again(batch[:half]) + self._again(batch[half:])

    def _started(self, jobs: int) -> Executor:
        return process_pool(jobs, partial(_begin, self._drafter))


def _batches(seeds: Iterable[Seed | Drafted]) -> Iterator[Batch]:
    held: Batch = []
    work = letters = 0
    for seed in seeds:
        held.append(seed)
        work += isinstance(seed, Seed)
        letters += seed.record.letters if isinstance(seed, Seed) and seed.record else 0
        if work == BATCH or letters >= HEAVY or len(held) == 20 * BATCH:
            yield held
            held, work, letters = [], 0, 0
    if held:
        yield held


def _done(drafter: SeedProcessor, item: Seed | Drafted) -> Drafted:
    return drafter.process(item) if isinstance(item, Seed) else item


_drafters: list[SeedProcessor] = []


def _begin(drafter: SeedProcessor) -> None:
    _drafters[:] = [drafter]


def _work(batch: Batch) -> list[Drafted]:
    return [_done(_drafters[0], item) for item in batch]
