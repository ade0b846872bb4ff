"""`warraq import`: seeds → drafts → content/, each with its receipt. Nothing is ever overwritten.

Reading and drafting are mapped over batches of seeds; only this process writes, in the order of the
seeds' names, so that the number of processes leaves no trace.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from warraq.base.config import load
from warraq.base.files import walk, write_whole
from warraq.base.problems import Problem, WarraqError, warning
from warraq.content import receipt as receipts
from warraq.content import store
from warraq.content.frontmatter import article_text
from warraq.intake import draft_of, knowledge_of
from warraq.intake.outlets import Knowledge
from warraq.model import Draft, Receipt
from warraq.seeds import reader

Outcome = Literal["imported", "unchanged", "kept", "deleted", "refused"]

BATCH = 50  # seeds; some 0.3 s of work, so that two processes end together
FEW = 100  # seeds that one process does sooner than a second one starts


class Line(NamedTuple):
    """What became of one seed. `problems` are its own: refusals, and what an editor should see."""

    seed: str
    outcome: Outcome
    article: str = ""
    title: str = ""
    problems: tuple[Problem, ...] = ()


class Report(NamedTuple):
    """All lines of an import, in the order of the seeds."""

    lines: tuple[Line, ...]

    @property
    def counts(self) -> Counter[Outcome]:
        """Return how many seeds had each outcome."""
        return Counter(line.outcome for line in self.lines)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return everything found, in the order of the seeds."""
        return tuple(chain.from_iterable(line.problems for line in self.lines))


class _Read(NamedTuple):
    seed: str
    draft: Draft | None
    problems: tuple[Problem, ...] = ()


def import_seeds(
    site: Path,
    paths: Iterable[Path] = (),
    *,
    received: date | None = None,
    dry_run: bool = False,
    jobs: int = 1,
) -> Report:
    """Import the seeds under `paths` (seeds/ when there are none); return what became of each.

    `received` is the day the texts were collected. A seed that cannot be read, or holds no article,
    is refused and harms no other. With `dry_run` nothing is written.
    """
    config, _ = load(site)
    authorities, problems = store.load_authorities(site)
    if broken := [p for p in problems if p.severity == "error"]:
        raise WarraqError(broken)
    outlets = tuple(a for a in authorities if a.kind == "outlets")
    known = knowledge_of(
        outlets, received=received.isoformat() if received else "", seed_id=config.seed_id
    )
    seeds = sorted(
        {seed for path in paths or [site / "seeds"] for seed in reader.seeds_under(path)}
    )
    shelf = _Shelf(site, dry_run=dry_run)
    return Report(tuple(shelf.take(found) for found in _drafts(seeds, site, known, jobs)))


def _drafts(seeds: list[Path], site: Path, known: Knowledge, jobs: int) -> Iterator[_Read]:
    if jobs < 2 or len(seeds) <= FEW:
        yield from (_drafted(seed, site, known) for seed in seeds)
        return
    batches = [seeds[at : at + BATCH] for at in range(0, len(seeds), BATCH)]
    with ProcessPoolExecutor(jobs, initializer=_begin, initargs=(site, known)) as pool:
        for found in pool.map(_drafted_batch, batches):
            yield from found


def _begin(site: Path, known: Knowledge) -> None:
    _worker["site"], _worker["known"] = site, known


_worker: dict[str, object] = {}


def _drafted_batch(seeds: list[Path]) -> list[_Read]:
    site, known = _worker["site"], _worker["known"]
    return [_drafted(seed, site, known) for seed in seeds]  # type: ignore[arg-type] # as _begin set them


def _drafted(seed: Path, site: Path, known: Knowledge) -> _Read:
    name = _name(seed, site)
    try:
        draft = draft_of(reader.read(seed, site), known)
    except WarraqError as fault:
        return _Read(name, None, fault.problems)
    # A digest of headlines, or nothing but furniture: said, and not made an article of.
    return _Read(name, draft if draft.article.body else None, draft.problems)


def _name(seed: Path, site: Path) -> str:
    try:
        return seed.resolve().relative_to(site.resolve()).as_posix()
    except ValueError:
        return seed.as_posix()


class _Shelf:
    """content/ as the import finds it: which seed became which article."""

    def __init__(self, site: Path, *, dry_run: bool) -> None:
        self._site = site
        self._dry_run = dry_run
        self._by_seed: dict[str, Receipt] = {}
        self._by_digest: dict[str, Receipt] = {}
        for file in walk(site / receipts.FOLDER, ".json"):
            receipt = receipts.decode(file.read_bytes(), file.relative_to(site).as_posix())
            self._by_seed[receipt.seed] = self._by_digest[receipt.sha256] = receipt
        self._taken = {receipt.id for receipt in self._by_seed.values()}
        self._taken |= {file.stem for file in walk(site / "content" / "articles", ".md")}

    def take(self, found: _Read) -> Line:
        """Write the article and receipt of one seed, unless it was imported before."""
        if found.draft is None:
            return Line(found.seed, "refused", problems=found.problems)
        article = found.draft.article
        sha256 = found.draft.receipt.sha256
        before = self._by_seed.get(found.seed) or self._by_digest.get(sha256)
        if before:
            return self._again(before, found, sha256)
        article = msgspec.structs.replace(article, id=self._free(article.id, sha256))
        receipt = receipts.sealed(found.draft.receipt, article)
        self._write(store.article_path(article.id), article_text(article).encode())
        self._write(receipts.path_of(article.id), receipts.encode(receipt))
        self._taken.add(article.id)
        self._by_seed[found.seed] = self._by_digest[sha256] = receipt
        return Line(found.seed, "imported", article.id, article.title, found.problems)

    def _again(self, before: Receipt, found: _Read, sha256: str) -> Line:
        path = store.article_path(before.id)
        title = found.draft.article.title if found.draft else ""
        if not (self._site / path).exists():
            return Line(found.seed, "deleted", before.id, title)
        if before.sha256 == sha256:
            return Line(found.seed, "unchanged", before.id, title)
        kept = warning("seed-changed", found.seed, article=path)
        return Line(found.seed, "kept", before.id, title, (kept,))

    def _free(self, wanted: str, sha256: str) -> str:
        """Return `wanted`, or as much of the digest as no article has taken."""
        if wanted not in self._taken:
            return wanted
        return next(sha256[:n] for n in range(12, 65) if sha256[:n] not in self._taken)

    def _write(self, path: str, content: bytes) -> None:
        if not self._dry_run:
            write_whole(self._site / path, content)
