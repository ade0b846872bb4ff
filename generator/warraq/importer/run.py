"""`warraq import`: seeds and exports → drafts → content/, each with its receipt.

Reading and drafting are mapped over batches; only this process writes, in the order of the seeds'
names, so that the number of processes leaves no trace. Nothing is held of a seed that has been
written but its line in the report.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, nullcontext
from pathlib import Path

from warraq.base.config import SiteConfig, load
from warraq.base.files import is_system_file, relative_name, walk, write_atomic
from warraq.base.problems import (
    Problem,
    StoppedError,
    WarraqError,
    error,
    reason_code,
    unexpected_as_problem,
    warning,
)
from warraq.build.address_check import copied_files
from warraq.content import store
from warraq.content.write_lock import content_write_lock
from warraq.importer.old_addresses import OldAddresses
from warraq.importer.picture_files import LIST, PictureFolders
from warraq.importer.process import Drafted, Filing, Seed, SeedProcessor, process_seeds
from warraq.importer.report import ImportReport, ReportLine
from warraq.importer.shelf import ImportOptions, ImportWriter
from warraq.importer.wordpress_move import moving, write, write_rules
from warraq.intake import outlet_directory
from warraq.intake.people import IntroducedPerson, proposed_people
from warraq.model import Outlet
from warraq.prose.mentions import Matcher
from warraq.seeds import reader, sidecar
from warraq.seeds.exports import export_records

NOTHING = ImportOptions()


def import_seeds(
    site: Path,
    paths: Iterable[Path] = (),
    *,
    wishes: ImportOptions = NOTHING,
    jobs: int = 1,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> ImportReport:
    """Import the seeds and exports under `paths` (seeds/ when there are none).

    A seed that cannot be read, or holds no article, is refused and harms no other. `progress` is
    told how many are done, and of how many (0: an export does not tell). Raises WarraqError (exit
    code 3) when another run writes content.
    """
    config, _ = load(site)
    with nullcontext() if wishes.dry_run else content_write_lock(site):
        return _imported(site, paths, config, wishes=wishes, jobs=jobs, progress=progress)


def _imported(  # noqa: PLR0913 - import_seeds, once nobody else writes
    site: Path,
    paths: Iterable[Path],
    config: SiteConfig,
    *,
    wishes: ImportOptions,
    jobs: int,
    progress: Callable[[int, int], None],
) -> ImportReport:
    authorities, problems = store.load_authorities(site)
    if broken := [p for p in problems if p.severity == "error"]:
        raise WarraqError(broken)
    outlets = tuple(a for a in authorities if isinstance(a, Outlet))
    known = outlet_directory(
        outlets, received=wishes.received, seed_id=config.seed_id, time_zone=config.time_zone
    )
    folders = (wishes.pictures,) if wishes.pictures else ()
    files = _files(site, paths)
    dumps = filter(export_records.is_export, files)
    move = moving(site, dumps, authorities, config.import_topics, PictureFolders(site, folders))
    authorities = (*authorities, *move.files)
    try:
        told = list(move.problems if wishes.dry_run else write(site, move))
    except StoppedError as fault:
        return ImportReport((), fault.problems)
    topics = {name: (to,) if to else () for name, to in config.import_topics.items()}
    drafter = SeedProcessor(
        site,
        known,
        fields=config.import_fields,
        authorities=authorities,
        pictures=folders,
        filing=Filing(topics | move.topics, frozenset(move.topics), move.authors),
    )
    lines: list[ReportLine] = []
    met: dict[str, tuple[IntroducedPerson, ...]] = {}
    matcher = Matcher(authorities)
    every = 0 if any(map(export_records.is_export, files)) else len(files)
    addresses = OldAddresses((claim.path for claim in copied_files(site, config)), authorities)
    with closing(ImportWriter(site, wishes, addresses)) as shelf:
        seeds = _seeds(files, site, config.import_fields, shelf)
        try:
            with closing(process_seeds(seeds, drafter, jobs)) as drafted:
                for found in drafted:
                    line = shelf.apply(found)
                    if line is None:
                        continue
                    lines.append(line)
                    if found.introduced and line.article:
                        new = (i for i in found.introduced if not matcher.find(i.name))
                        met[line.article] = tuple(new)
                    progress(len(lines), every)
            shelf.remember_refusals({relative_name(site, file) for file in files})
            if not wishes.dry_run:
                write_rules(site, move, shelf.numbers())
        except StoppedError as fault:  # what was written until then stands, and is told
            shelf.problems += fault.problems
    odd = (_strange(relative_name(site, file)) for file in _strangers(site, paths))
    report = ImportReport(
        tuple(lines), (*told, *shelf.problems, *odd), proposed_people(met), move.counts
    )
    if wishes.pictures and not wishes.dry_run:
        report = report._replace(others=(*report.others, *_list_away(report, wishes.pictures)))
    return report


def _list_away(report: ImportReport, folder: Path) -> Iterator[Problem]:
    """Write down in `folder` what is still to be fetched into it; yield why that cannot be."""
    text = "".join(f"{address}\n" for address in report.away)
    try:
        write_atomic(folder / LIST, text.encode())
    except OSError as fault:
        yield error("file-unwritable", str(folder / LIST), why=reason_code(fault))


def _files(site: Path, paths: Iterable[Path]) -> list[Path]:
    roots = list(paths) or [site / "seeds"]
    found = {
        f
        for root in roots
        for f in (*reader.seeds_under(root), *export_records.exports_under(root))
    }
    links = {file for file in found if file.is_symlink()}
    there = {file.resolve() for file in found - links} if links else set()
    found -= {link for link in links if link.resolve() in there}  # a second name of a seed
    return sorted(found, key=lambda file: relative_name(site, file))


# What people have that is no seed yet, and one step from being one.
_PACKED = (".zip", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar", ".tar")
_DUMP = re.compile(r"\.(?:sql|sqlite3?|db|mdb|accdb|dump|bson)(?:\.(?:gz|bz2|xz|zip))?$")
_DOCUMENTS = (".xlsx", ".xls", ".ods", ".docx", ".doc", ".odt", ".rtf", ".pdf")


def _strange(name: str) -> Problem:
    """Return what to say of a file that is no seed: how to make one of it."""
    known = name.lower()
    if _DUMP.search(known):
        return warning("seed-database", name)
    if known.endswith(_PACKED):
        return warning("seed-packed", name)
    return warning("seed-document" if known.endswith(_DOCUMENTS) else "seed-kind", name)


_NOTE = "README"  # what `warraq init` puts there for people


def _strangers(site: Path, paths: Iterable[Path]) -> Iterator[Path]:
    """Yield what lies among the seeds and is none: said, lest it be thought imported."""
    for root in list(paths) or [site / "seeds"]:
        for file in walk(root, ""):
            known = (
                reader.is_seed(file)
                or export_records.is_export(file)
                or file.name == _NOTE
                or is_system_file(file.name)
            )
            if known or file.suffix.lower() in store.PICTURES or reader.is_of_page(file, root):
                continue
            if not (sidecar.is_sidecar(file) and any(map(reader.is_seed, _namesakes(file)))):
                yield file


def _namesakes(file: Path) -> Iterator[Path]:
    return (p for s in reader.SUFFIXES if (p := file.with_suffix(s)).exists())


def _seeds(
    files: Iterable[Path], site: Path, fields: dict[str, str], shelf: ImportWriter
) -> Iterator[Seed | Drafted]:
    for file in files:
        name = relative_name(site, file)
        try:
            with unexpected_as_problem(name, code="seed-fault"):
                if export_records.is_export(file):
                    yield from _records(file, site, fields, shelf)
                else:
                    beside = sidecar.digest_beside(file)
                    seed = Seed(name, reader.digest(file), beside, file=file)
                    yield _unless_settled(seed, shelf)
        except WarraqError as fault:
            yield Drafted(Seed(name), None, fault.problems)


def _records(
    file: Path, site: Path, fields: dict[str, str], shelf: ImportWriter
) -> Iterator[Seed | Drafted]:
    empty = True
    for found in export_records.records(file, site, fields):
        empty = False
        if isinstance(found, Problem) and found.severity == "warning":
            shelf.problems.append(found)  # of the file, not of a record
        elif isinstance(found, Problem):
            name = f"{found.path}:{found.line}" if found.line else found.path
            yield Drafted(Seed(name), None, (found,))
        else:
            yield _unless_settled(Seed(found.path, found.sha256, record=found), shelf)
    if empty:
        name = relative_name(site, file)
        yield Drafted(Seed(name), None, (error("export-no-records", name),))


def _unless_settled(seed: Seed, shelf: ImportWriter) -> Seed | Drafted:
    try:
        with unexpected_as_problem(seed.name, code="seed-fault"):
            line = shelf.skip_reason(seed)
            return (
                Drafted(seed.without_payload(), None, line=line)
                if line
                else shelf.with_received_day(seed)
            )
    except WarraqError as fault:
        return Drafted(seed.without_payload(), None, fault.problems)
