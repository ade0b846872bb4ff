"""Whether the seeds of articles are still there as they were imported.

An article keeps the SHA-256 of its seed's bytes; one of an export keeps that of its record's
fields, since the rest of the file may grow.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from warraq.base.files import is_inside, path_from_name
from warraq.base.problems import Problem, WarraqError
from warraq.model import Article
from warraq.seeds import reader
from warraq.seeds.exports import export_records

MakeProblem = Callable[..., Problem]


def changed_seeds(
    site: Path, articles: Iterable[Article], fields: Mapping[str, str], problem: MakeProblem
) -> Iterator[Problem]:
    """Yield a `problem` (error or warning) for each seed that is missing or has changed.

    A missing export or folder is reported once. The seed of a removed article may be missing, as
    its text is.
    """
    by_file: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        if article.provenance and article.status != "removed":
            by_file[file_of(article.provenance.seed)].append(article)
    missing: Counter[str] = Counter()
    for file, of_file in sorted(by_file.items()):
        now = _digests(site, file, fields)
        for article in of_file:
            seed, sha256 = article.provenance.seed, article.provenance.sha256  # type: ignore[union-attr] # asked above
            if seed not in now:
                missing[seed if now else _missing_path(site, file)] += 1
            elif sha256 not in now[seed]:
                yield problem("seed-changed", seed, article=article.path)
    for path, count in missing.items():
        yield problem("seed-gone", path, count=count)


def file_of(seed: str) -> str:
    """Return the file that `seed` names: for a record of an export, the part before its «#».

    >>> file_of("seeds/wire.ndjson#https://a.example/#1"), file_of("seeds/#1.txt")
    ('seeds/wire.ndjson', 'seeds/#1.txt')
    """
    starts = (seed[: mark.start()] for mark in re.finditer("#", seed))
    return next((file for file in starts if export_records.is_export(Path(file))), seed)


def _digests(site: Path, file: str, fields: Mapping[str, str]) -> dict[str, set[str]]:
    """Return seed → its digests for a file; several where records of an export share a name."""
    path = path_from_name(site, file)
    if not is_inside(path, site) or not path.is_file():
        return {}
    if not export_records.is_export(Path(file)):
        return {file: {reader.digest(path.resolve())}}  # a link counts as its file
    found: dict[str, set[str]] = defaultdict(set)
    try:
        for record in export_records.records(path, site, fields):
            if not isinstance(record, Problem):
                found[record.path].add(record.sha256)
    except WarraqError:
        pass  # `warraq import` reports it; here none of its records is left
    return dict(found)


def _missing_path(site: Path, file: str) -> str:
    """Return the outermost missing folder of `file`, or `file` itself."""
    folders = (p.as_posix() for p in reversed(PurePosixPath(file).parents) if p.name)
    return next((folder for folder in folders if not (site / folder).exists()), file)
