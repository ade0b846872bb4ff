"""`warraq import`: seeds and exports → drafts → content/, each article with its receipt.

Reading and drafting are mapped over batches; only this process writes, in the order of the seeds'
names, so that the number of processes makes no difference. Of a seed that has been written, only
its line in the report is kept in memory.
"""

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, nullcontext
from pathlib import Path
from typing import NamedTuple

from warraq.base.config import SiteConfig, load
from warraq.base.files import relative_name, write_atomic
from warraq.base.problems import Problem, StoppedError, error, reason_code, stop_on_errors
from warraq.build.address_check import copied_files
from warraq.content import store
from warraq.content.not_names import not_names
from warraq.content.write_lock import content_write_lock
from warraq.importer.drafted import Drafted, Ready, Refused, Seed, Skipped
from warraq.importer.old_addresses import OldAddresses
from warraq.importer.options import DEFAULTS, ImportOptions
from warraq.importer.picture_files import LIST, PictureFolders
from warraq.importer.process import SeedProcessor, SiteContext, TermMapping
from warraq.importer.report import ImportReport, ReportLine, addresses_of
from warraq.importer.seed_files import read_seeds, roots_of, seed_files, unsupported_files
from warraq.importer.seed_pool import process_seeds
from warraq.importer.wordpress_move import Move, plan_move, write_move, write_rules
from warraq.importer.writer import ImportWriter
from warraq.intake import outlet_directory
from warraq.intake.people import IntroducedPerson, ProposedPerson, proposed_people
from warraq.model import Authority, Outlet
from warraq.prose.mentions import Matcher
from warraq.seeds.exports import export_records

Progress = Callable[[int, int], None]


def no_progress(_done: int, _total: int) -> None:
    """Ignore progress."""


def import_seeds(
    site: Path,
    paths: Iterable[Path] = (),
    *,
    options: ImportOptions = DEFAULTS,
    jobs: int = 1,
    progress: Progress = no_progress,
) -> ImportReport:
    """Import the seeds and exports under `paths` (seeds/ when there are none).

    A seed that is unreadable or has no article is refused, and the others are imported.
    `progress(done, total)` is called for seeds; `total` is 0 where an export does not say. Raises
    WarraqError (exit code 3) when another run writes content.
    """
    config, _ = load(site)
    with nullcontext() if options.dry_run else content_write_lock(site):
        return _import(_inputs(site, paths, config, options), jobs, progress)


class _Inputs(NamedTuple):
    """What an import starts from: the authorities include those that move in."""

    site: Path
    config: SiteConfig
    options: ImportOptions
    roots: Sequence[Path]
    files: Sequence[Path]
    authorities: Sequence[Authority]
    move: Move


def _inputs(
    site: Path, paths: Iterable[Path], config: SiteConfig, options: ImportOptions
) -> _Inputs:
    authorities, problems = store.load_authorities(site)
    stop_on_errors(problems)
    roots = roots_of(site, paths)
    files = seed_files(site, roots)
    pictures = PictureFolders(site, _picture_folders(options))
    dumps = filter(export_records.is_export, files)
    move = plan_move(site, dumps, authorities, config.import_topics, pictures)
    return _Inputs(site, config, options, roots, files, (*authorities, *move.files), move)


def _import(inputs: _Inputs, jobs: int, progress: Progress) -> ImportReport:
    site, move, options = inputs.site, inputs.move, inputs.options
    try:
        problems = list(move.problems if options.dry_run else write_move(site, move))
    except StoppedError as fault:
        return ImportReport((), fault.problems)
    lines: list[ReportLine] = []
    people = _NewPeople(inputs.authorities, not_names(inputs.site)[0])
    total = 0 if any(map(export_records.is_export, inputs.files)) else len(inputs.files)
    with closing(_writer(inputs)) as writer:
        problems += writer.problems
        try:
            with closing(_drafted(inputs, writer, jobs, problems)) as seeds:
                for drafted in seeds:
                    line = writer.apply(drafted)
                    if line is None:
                        continue
                    lines.append(line)
                    if isinstance(drafted, Ready):
                        people.add(line.article, drafted.introduced)
                    progress(len(lines), total)
            writer.save_refusals({relative_name(site, file) for file in inputs.files})
            if not options.dry_run:
                write_rules(site, move, writer.wordpress_posts())
        except StoppedError as fault:  # what was written until then stays, and is reported
            problems += fault.problems
    problems += unsupported_files(site, inputs.roots)
    if options.pictures and not options.dry_run:
        problems += _list_missing_pictures(lines, options.pictures)
    return ImportReport(tuple(lines), tuple(problems), people.proposed(), move.counts)


class _NewPeople:
    """The people whom articles introduce and who have no authority file yet."""

    def __init__(self, authorities: Sequence[Authority], not_names: Sequence[str]) -> None:
        self._not_names = not_names
        self._known = Matcher(authorities)
        self._by_article: dict[str, tuple[IntroducedPerson, ...]] = {}

    def add(self, article: str, introduced: Iterable[IntroducedPerson]) -> None:
        """Add the people whom an article introduces."""
        people = tuple(introduced)
        if people and article:
            new = (person for person in people if not self._known.find(person.name))
            self._by_article[article] = tuple(new)

    def proposed(self) -> tuple[ProposedPerson, ...]:
        """Return those whom several articles introduce."""
        return proposed_people(self._by_article, not_names=self._not_names)


def _writer(inputs: _Inputs) -> ImportWriter:
    copied = (claim.path for claim in copied_files(inputs.site, inputs.config))
    return ImportWriter(inputs.site, inputs.options, OldAddresses(copied, inputs.authorities))


def _drafted(
    inputs: _Inputs, writer: ImportWriter, jobs: int, problems: list[Problem]
) -> Generator[Drafted, None, None]:
    """Yield what becomes of each seed, in order; warnings about exports go to `problems`."""

    def seeds() -> Iterator[Seed | Skipped | Refused]:
        for seed in read_seeds(inputs.files, inputs.site, inputs.config.import_fields):
            if isinstance(seed, Problem):
                problems.append(seed)
            else:
                yield writer.matcher.prepare(seed) if isinstance(seed, Seed) else seed

    with closing(process_seeds(seeds(), _processor(inputs), jobs)) as drafted:
        yield from drafted


def _processor(inputs: _Inputs) -> SeedProcessor:
    config, move = inputs.config, inputs.move
    topics = {name: (topic,) if topic else () for name, topic in config.import_topics.items()}
    outlets = outlet_directory(
        tuple(a for a in inputs.authorities if isinstance(a, Outlet)),
        received=inputs.options.received,
        seed_id=config.seed_id,
        time_zone=config.time_zone,
    )
    context = SiteContext(
        outlets,
        inputs.authorities,
        config.import_fields,
        TermMapping(topics | move.topics, frozenset(move.topics), move.authors),
        _picture_folders(inputs.options),
    )
    return SeedProcessor(inputs.site, context)


def _picture_folders(options: ImportOptions) -> tuple[Path, ...]:
    return (options.pictures,) if options.pictures else ()


def _list_missing_pictures(lines: Iterable[ReportLine], folder: Path) -> Iterator[Problem]:
    """Write the addresses of pictures on the web to `folder`; yield why that is not possible."""
    text = "".join(f"{address}\n" for address in addresses_of(lines))
    try:
        write_atomic(folder / LIST, text.encode())
    except OSError as fault:
        yield error("file-unwritable", str(folder / LIST), why=reason_code(fault))
