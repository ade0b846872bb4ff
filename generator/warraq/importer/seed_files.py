"""The files among a site's seeds: seeds and exports, each read as far as to know it again."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from warraq.base.files import is_system_file, relative_name, walk
from warraq.base.problems import Problem, WarraqError, error, unexpected_as_problem, warning
from warraq.content.store import PICTURES
from warraq.importer.drafted import Refused, Seed
from warraq.seeds import reader, sidecar
from warraq.seeds.exports import export_records

_NOTE = "README"  # what `warraq init` puts there for people
# What people have that is not a seed yet, and one step away from being one.
_PACKED = (".zip", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar", ".tar")
_DUMP = re.compile(r"\.(?:sql|sqlite3?|db|mdb|accdb|dump|bson)(?:\.(?:gz|bz2|xz|zip))?$")
_DOCUMENTS = (".xlsx", ".xls", ".ods", ".docx", ".doc", ".odt", ".rtf", ".pdf")


def roots_of(site: Path, paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return the files and folders to import: `paths`, or seeds/ if there are none."""
    return tuple(paths) or (site / "seeds",)


def seed_files(site: Path, roots: Iterable[Path]) -> list[Path]:
    """Return the seeds and exports under `roots`, sorted by their names in the site."""
    found = {
        f
        for root in roots
        for f in (*reader.seeds_under(root), *export_records.exports_under(root))
    }
    links = {file for file in found if file.is_symlink()}
    targets = {file.resolve() for file in found - links} if links else set()
    found -= {link for link in links if link.resolve() in targets}  # a second name of a seed
    return sorted(found, key=lambda file: relative_name(site, file))


def read_seeds(
    files: Iterable[Path], site: Path, fields: Mapping[str, str]
) -> Iterator[Seed | Refused | Problem]:
    """Yield each seed and each record of an export, or why it is unreadable.

    `fields` is the site's field map. A Problem is a warning about an export as a whole.
    """
    for file in files:
        name = relative_name(site, file)
        try:
            with unexpected_as_problem(name, code="seed-fault"):
                if export_records.is_export(file):
                    yield from _records(file, site, fields)
                else:
                    beside = sidecar.digest_beside(file)
                    yield Seed(name, reader.digest(file), beside, file=file)
        except WarraqError as fault:
            yield Refused(Seed(name), fault.problems)


def _records(
    file: Path, site: Path, fields: Mapping[str, str]
) -> Iterator[Seed | Refused | Problem]:
    is_empty = True
    for found in export_records.records(file, site, fields):
        is_empty = False
        if isinstance(found, export_records.Exported):
            yield Seed(found.path, found.sha256, record=found)
        elif found.severity == "warning":
            yield found
        else:
            name = f"{found.path}:{found.line}" if found.line else found.path
            yield Refused(Seed(name), (found,))
    if is_empty:
        name = relative_name(site, file)
        yield Refused(Seed(name), (error("export-no-records", name),))


def unsupported_files(site: Path, roots: Iterable[Path]) -> Iterator[Problem]:
    """Yield a warning for each file among the seeds that is not one: how to make one of it."""
    for root in roots:
        for file in walk(root, ""):
            if not _is_expected(file, root):
                yield _unsupported(relative_name(site, file))


def _is_expected(file: Path, root: Path) -> bool:
    if reader.is_seed(file) or export_records.is_export(file) or reader.is_of_page(file, root):
        return True
    if file.name == _NOTE or is_system_file(file.name) or file.suffix.lower() in PICTURES:
        return True
    same_stem = (file.with_suffix(suffix) for suffix in reader.SUFFIXES)
    return sidecar.is_sidecar(file) and any(
        reader.is_seed(seed) for seed in same_stem if seed.exists()
    )


def _unsupported(name: str) -> Problem:
    lower = name.lower()
    if _DUMP.search(lower):
        return warning("seed-database", name)
    if lower.endswith(_PACKED):
        return warning("seed-packed", name)
    return warning("seed-document" if lower.endswith(_DOCUMENTS) else "seed-kind", name)
