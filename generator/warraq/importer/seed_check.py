"""Whether the seeds that articles came from still lie there as they were imported.

An article keeps the SHA-256 of its seed's bytes; one that came out of an export keeps that of its
record's fields, since the file around it may grow.
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

Say = Callable[..., Problem]


def altered(
    site: Path, articles: Iterable[Article], fields: Mapping[str, str], say: Say
) -> Iterator[Problem]:
    """Yield what `say` (error or warning) makes of each seed that is gone or is another now.

    Where a whole export or folder is gone, that is said once. The seed of a removed article may go
    as its text did.
    """
    by_file: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        if article.provenance and article.status != "removed":
            by_file[file_of(article.provenance.seed)].append(article)
    gone: Counter[str] = Counter()
    for file, told in sorted(by_file.items()):
        now = _digests(site, file, fields)
        for article in told:
            seed, sha256 = article.provenance.seed, article.provenance.sha256  # type: ignore[union-attr] # asked above
            if seed not in now:
                gone[seed if now else _missing(site, file)] += 1
            elif sha256 not in now[seed]:
                yield say("seed-changed", seed, article=article.path)
    for path, count in gone.items():
        yield say("seed-gone", path, count=count)


def file_of(seed: str) -> str:
    """Return the file that `seed` names: of a record in an export, what stands before its «#».

    >>> file_of("seeds/wire.ndjson#https://a.example/#1"), file_of("seeds/#1.txt")
    ('seeds/wire.ndjson', 'seeds/#1.txt')
    """
    starts = (seed[: mark.start()] for mark in re.finditer("#", seed))
    return next((file for file in starts if export_records.is_export(Path(file))), seed)


def _digests(site: Path, file: str, fields: Mapping[str, str]) -> dict[str, set[str]]:
    """Return seed → its digests, more than one where records share a name, of what `file` holds."""
    path = path_from_name(site, file)
    if not is_inside(path, site) or not path.is_file():
        return {}
    if not export_records.is_export(Path(file)):
        return {file: {reader.digest(path.resolve())}}  # a link stands for its file
    found: dict[str, set[str]] = defaultdict(set)
    try:
        for record in export_records.records(path, site, fields):
            if not isinstance(record, Problem):
                found[record.path].add(record.sha256)
    except WarraqError:
        pass  # `warraq import` says what is wrong with it; here none of its records is left
    return dict(found)


def _missing(site: Path, file: str) -> str:
    """Return the outermost folder on the way to `file` that is not there, or `file` itself."""
    folders = (p.as_posix() for p in reversed(PurePosixPath(file).parents) if p.name)
    return next((folder for folder in folders if not (site / folder).exists()), file)
