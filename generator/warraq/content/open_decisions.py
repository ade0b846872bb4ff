"""Decisions left to editors: uncertain dates, headlines and sources, and merge conflicts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from warraq.base.files import walk
from warraq.base.problems import Problem, WarraqError, listed, warning
from warraq.content import receipts
from warraq.content.store import LineFinder
from warraq.model import Article

COPY = "copy"  # the kind of a flag whose text is the id of a possible original
_INFERRED = ("received", "updated")  # bases of dates that import inferred itself
_KEYS = {"open-source": ("via",), "open-copy": ("flags",)}  # where to write the decision
_DATES = {"unknown": "open-date", "conflicting": "open-date-conflict", "inferred": "open-inferred"}


def open_decisions(article: Article) -> tuple[str, ...]:
    """Return the open decisions of `article` as message codes.

    An inferred date is settled once its basis is no longer one of import's own, anything once the
    article says so under `settled`.

    >>> open_decisions(Article("a1b2c3", "عنوان", title_status="generated"))
    ('open-date', 'open-title', 'open-source')
    """
    found = []
    info = article.date_info
    is_undated = info.status == "unknown" and article.date is None
    is_ours = info.status == "inferred" and info.basis in _INFERRED
    is_open = is_undated or is_ours or info.status == "conflicting"
    if is_open and "date" not in article.settled:
        found.append(_DATES[info.status])
    if article.title_status == "generated" and "title" not in article.settled:
        found.append("open-title")
    if article.source is None and "source" not in article.settled:
        found.append("open-source")
    related = article.copy_of or article.same_text_as
    if not related and any(flag.kind == COPY for flag in article.flags):
        found.append("open-copy")
    return tuple(found)


def all_open_decisions(
    site: Path, articles: Iterable[Article], lines: LineFinder
) -> Iterator[Problem]:
    """Yield a warning for each open decision about live, imported `articles` of the site.

    An article without `provenance` was written by an editor and has none. A generated headline is
    settled if it differs from the one in the receipt.
    """
    by_id = {article.id: article for article in articles}
    for article in by_id.values():
        yield from _of_article(article, lines)
    for file in walk(site / receipts.FOLDER, ".json"):
        name = file.relative_to(site).as_posix()
        try:
            found = receipts.summary(file.read_bytes(), name)
        except WarraqError as fault:
            yield from fault.problems
            continue
        if imported := by_id.get(found.id):
            yield from _of_receipt(found, imported, name, lines)


def decisions_about(site: Path, article: Article, lines: LineFinder) -> Iterator[Problem]:
    """Yield what `all_open_decisions` does of one article, whose receipt has its usual name."""
    yield from _of_article(article, lines)
    name = receipts.path_of(article.id)
    with suppress(OSError, WarraqError):
        yield from _of_receipt(
            receipts.summary((site / name).read_bytes(), name), article, name, lines
        )


def _of_article(article: Article, lines: LineFinder) -> Iterator[Problem]:
    if article.provenance and article.status == "live":
        for code in open_decisions(article):
            if code != "open-title":
                keys = _KEYS.get(code, ("date_info", "date"))
                yield warning(code, article.path, lines.of(article.path, "", *keys))


def _of_receipt(
    found: receipts.ReceiptSummary, article: Article, receipt: str, lines: LineFinder
) -> Iterator[Problem]:
    if found.conflicts:
        fields = listed(sorted(found.conflicts))
        line = lines.of(article.path, "", *found.conflicts)
        yield warning("import-conflict", article.path, line, fields=fields, receipt=receipt)
    is_ours = article.status == "live" and "open-title" in open_decisions(article)
    if is_ours and found.fields.get("title") == receipts.field_hash(article.title):
        yield warning("open-title", article.path, lines.of(article.path, "", "title"))


def missing_metadata(articles: Iterable[Article]) -> Iterator[Problem]:
    """Yield a warning with the number of live articles without topic, and one without source."""
    live = [article for article in articles if article.status == "live" and not article.draft]
    for code, missing in (
        ("articles-topicless", sum(map(is_topicless, live))),
        (
            "articles-sourceless",
            sum(a.source is None and "source" not in a.settled for a in live),
        ),
    ):
        if missing:
            yield warning(code, "content/articles", count=missing)


def is_topicless(article: Article) -> bool:
    """Whether an article lacks a topic and no editor has said that it needs none."""
    return not article.topics and "topics" not in article.settled


def prints_of_removed(articles: Iterable[Article], lines: LineFinder) -> Iterator[Problem]:
    """Yield a warning for each article whose `same_text_as` names a removed article.

    It still shows the removed text, and lists show the text more than once: an editor decides.
    """
    found = list(articles)
    removed = {article.id for article in found if article.status == "removed"}
    families: dict[str, list[Article]] = defaultdict(list)
    for article in found:
        is_shown = article.status == "live" and not article.draft
        if is_shown and article.same_text_as in removed:
            families[article.same_text_as].append(article)
    for first, prints in families.items():
        following = min(prints, key=lambda a: (a.date is None, a.date, a.id)).id
        for article in prints:
            line = lines.of(article.path, "", "same_text_as")
            args = {"id": first, "next": following}
            yield warning("same-text-removed", article.path, line, **args)
