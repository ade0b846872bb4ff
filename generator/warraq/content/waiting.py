"""What still waits for an editor: dates, headlines and sources not settled, sides of a merge."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from warraq.base.files import walk
from warraq.base.problems import Problem, WarraqError, warning
from warraq.content import receipt as receipts
from warraq.model import Article

_DATES = {"unknown": "open-date", "conflicting": "open-date-conflict", "inferred": "open-inferred"}


def open_decisions(article: Article) -> tuple[str, ...]:
    """Return what of `article` waits for an editor, as codes of the catalogue.

    An inferred date is settled once an editor has named themselves as its basis.

    >>> open_decisions(Article("a1b2c3", "عنوان", title_status="generated"))
    ('open-date', 'open-title', 'open-source')
    """
    found = []
    told = article.date_info
    undated = told.status == "unknown" and article.date is None
    if undated or told.status == "conflicting" or (told.status, told.basis) == _INFERRED:
        found.append(_DATES[told.status])
    if article.title_status == "generated":
        found.append("open-title")
    if article.source is None:
        found.append("open-source")
    return tuple(found)


_INFERRED = ("inferred", "received")  # what import infers by itself


def waiting(site: Path, articles: Iterable[Article]) -> Iterator[Problem]:
    """Yield a warning for each open decision of the live, imported `articles` of the site folder.

    What an editor wrote by hand (no `provenance`) is as it should be, and so is a headline that
    the program made: it says so itself, and stays ours when an editor has approved of it.
    """
    articles = list(articles)
    paths = {article.id: article.path for article in articles}
    for article in articles:
        if article.provenance and article.status == "live":
            codes = (code for code in open_decisions(article) if code != "open-title")
            yield from (warning(code, article.path, 1) for code in codes)
    for file in walk(site / receipts.FOLDER, ".json"):
        name = file.relative_to(site).as_posix()
        try:
            found = receipts.identity(file.read_bytes(), name)
        except WarraqError as fault:
            yield from fault.problems
            continue
        if found.conflicts and found.id in paths:
            fields = "، ".join(sorted(found.conflicts))
            yield warning("import-conflict", paths[found.id], fields=fields, receipt=name)
