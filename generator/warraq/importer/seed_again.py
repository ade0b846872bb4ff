"""The seed of an article once more, as the import read it: by what the receipt says of it."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from warraq.base.files import is_inside, path_from_name
from warraq.base.problems import Problem, WarraqError, error, unexpected_as_problem
from warraq.content.receipts import path_of
from warraq.importer.seed_check import file_of
from warraq.model import RawDocument, Receipt
from warraq.seeds import reader
from warraq.seeds.exports import export_records

# Bytes of a file that is read while somebody waits; of an export, up to the record.
MOST = 2 * 1024 * 1024
MOST_OF_EXPORT = 256 * 1024 * 1024


def documents_again(
    site: Path, receipts: Iterable[Receipt], fields: Mapping[str, str]
) -> Iterator[tuple[Receipt, RawDocument | Problem]]:
    """Yield each receipt with the document of its seed, or why it cannot be had.

    The seed must be the very one. An export is read once, whatever the number of its records;
    `fields` is the site's field map.
    """
    by_file: dict[str, list[Receipt]] = {}
    for receipt in receipts:
        by_file.setdefault(file_of(receipt.seed), []).append(receipt)
    for file, several in by_file.items():
        path = path_from_name(site, file)
        if problem := _not_there(site, path, file, len(several)):
            yield from ((receipt, problem) for receipt in several)
        elif export_records.is_export(path):
            yield from _of_export(site, path, several, fields)
        else:
            yield from ((receipt, _of_file(site, path, receipt)) for receipt in several)


def document_again(
    site: Path, receipt: Receipt, fields: Mapping[str, str]
) -> RawDocument | Problem:
    """Return the document of one receipt's seed, or why it cannot be had."""
    return next(found for _, found in documents_again(site, [receipt], fields))


def _not_there(site: Path, path: Path, file: str, number: int) -> Problem | None:
    if not is_inside(path, site):
        return error("seed-outside", file)
    try:
        size = path.stat().st_size if path.is_file() else -1
    except OSError:
        size = -1
    if size < 0:
        return error("seed-gone", file, count=number)
    most = MOST_OF_EXPORT if export_records.is_export(path) else MOST
    return error("review-seed-large", file, size=size, most=most) if size > most else None


def _of_file(site: Path, path: Path, receipt: Receipt) -> RawDocument | Problem:
    try:
        with unexpected_as_problem(receipt.seed, code="seed-fault"):
            found = reader.read(path, site)
    except WarraqError as fault:
        return fault.problems[0]
    return found if found.sha256 == receipt.sha256 else _changed(receipt)


def _of_export(
    site: Path, path: Path, several: Iterable[Receipt], fields: Mapping[str, str]
) -> Iterator[tuple[Receipt, RawDocument | Problem]]:
    wanted = {(receipt.seed, receipt.sha256): receipt for receipt in several}
    names = {receipt.seed for receipt in wanted.values()}
    seen: set[str] = set()
    try:
        with unexpected_as_problem(path.name, code="seed-fault"):
            for record in export_records.records(path, site, fields):
                if isinstance(record, Problem):
                    continue
                if record.path in names:
                    seen.add(record.path)
                if receipt := wanted.pop((record.path, record.sha256), None):
                    yield receipt, export_records.document(record, fields)
                if not wanted:
                    break
    except WarraqError as fault:
        yield from ((receipt, fault.problems[0]) for receipt in wanted.values())
        return
    for receipt in wanted.values():
        is_there = receipt.seed in seen
        gone = error("seed-gone", receipt.seed, count=1)
        yield receipt, _changed(receipt) if is_there else gone


def _changed(receipt: Receipt) -> Problem:
    return error("seed-changed", receipt.seed, article=path_of(receipt.id))
