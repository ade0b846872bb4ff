"""content/ ↔ articles and authorities: which files there are, and every fault of the set.

Reads content/articles/**/*.md and content/<kind>/*.md. An unreadable file harms only itself.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, get_args

from warraq.base.files import MAX_TEXT, walk
from warraq.base.problems import Problem, error, warning
from warraq.base.urls import is_key
from warraq.content.frontmatter import parse_article, parse_authority
from warraq.model import Article, Authority, AuthorityKind

KINDS: tuple[AuthorityKind, ...] = get_args(AuthorityKind)
_PICTURES = {".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif"}
_REFERENCES: tuple[AuthorityKind, ...] = (
    "topics",
    "people",
    "places",
    "organizations",
    "authors",
)


class Content(NamedTuple):
    """Everything curated, and what is wrong with it."""

    articles: tuple[Article, ...]
    authorities: tuple[Authority, ...]
    problems: tuple[Problem, ...]


def article_path(article_id: str) -> str:
    """Return where an article of this id is written, relative to the site.

    >>> article_path("19805c34f5b7eaf3")
    'content/articles/19/19805c34f5b7eaf3.md'
    """
    return f"content/articles/{article_id[:2]}/{article_id}.md"


def load(site: Path) -> Content:
    """Return all articles (by id) and authorities (by kind and key) of the site folder."""
    problems: list[Problem] = []
    authorities = list(_authorities(site, problems))
    articles = list(_articles(site, problems))
    problems += unfit(articles, authorities)
    for _ in media(site, problems):
        pass
    return Content(
        tuple(sorted(articles, key=lambda a: (a.id, a.path))),
        tuple(sorted(authorities, key=lambda a: (a.kind, a.key))),
        tuple(sorted(problems)),
    )


def media(site: Path, problems: list[Problem] | None = None) -> Iterator[Path]:
    """Yield the pictures of content/media; any other kind of file is a warning in `problems`.

    SVG is no picture here: opened by itself it may run scripts under the archive's name.
    """
    for file in walk(site / "content" / "media", ""):
        if file.suffix.lower() in _PICTURES:
            yield file
        elif problems is not None:
            problems.append(warning("media-kind", file.relative_to(site).as_posix()))


def load_authorities(site: Path) -> tuple[tuple[Authority, ...], tuple[Problem, ...]]:
    """Return the authority files alone: all that an import must know of the content."""
    problems: list[Problem] = []
    return tuple(_authorities(site, problems)), tuple(problems)


def unfit(articles: Iterable[Article], authorities: Iterable[Authority]) -> Iterator[Problem]:
    """Yield what is wrong between files: ids given twice, references to what is not there."""
    by_id: dict[str, Article] = {}
    articles = list(articles)
    for article in sorted(articles, key=lambda a: a.path):
        if article.id and article.id in by_id:
            yield error("id-twice", article.path, 1, id=article.id, other=by_id[article.id].path)
        by_id.setdefault(article.id, article)
    authorities = list(authorities)
    keys = {(a.kind, a.key) for a in authorities}
    for article in articles:
        yield from _dangling(article, keys, by_id)
    for story in authorities:
        for article_id in story.articles:
            if article_id not in by_id:
                yield error("story-article", story.path, 1, id=article_id)


def _dangling(
    article: Article, keys: set[tuple[AuthorityKind, str]], by_id: dict[str, Article]
) -> Iterator[Problem]:
    for kind in _REFERENCES:
        for value in getattr(article, kind):
            if is_key(value) and (kind, value) not in keys:
                yield error("authority-missing", article.path, 1, kind=kind, key=value)
    for credit in (article.source, *article.via):
        if credit and credit.outlet and ("outlets", credit.outlet) not in keys:
            yield error("authority-missing", article.path, 1, kind="outlets", key=credit.outlet)
    if article.copy_of and (article.copy_of not in by_id or article.copy_of == article.id):
        yield error("copy-missing", article.path, 1, id=article.copy_of)


def _articles(site: Path, problems: list[Problem]) -> Iterator[Article]:
    for file in walk(site / "content" / "articles", ".md"):
        path = file.relative_to(site).as_posix()
        text = _text(file, path, problems)
        if text is None:
            continue
        article, found = parse_article(text, path)
        problems += found
        if article:
            if article.id and file.stem != article.id:
                problems.append(warning("id-filename", path, 1, id=article.id))
            yield article


def _authorities(site: Path, problems: list[Problem]) -> Iterator[Authority]:
    for kind in KINDS:
        for file in walk(site / "content" / kind, ".md"):
            path = file.relative_to(site).as_posix()
            if not is_key(file.stem):
                problems.append(error("key-invalid", path, key=file.stem))
                continue
            text = _text(file, path, problems)
            if text is not None:
                authority, found = parse_authority(text, path, kind, file.stem)
                problems += found
                if authority:
                    yield authority


def _text(file: Path, path: str, problems: list[Problem]) -> str | None:
    try:
        if file.stat().st_size > MAX_TEXT:
            problems.append(error("file-large", path, size=file.stat().st_size))
            return None
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        why = getattr(fault, "strerror", None) or "not UTF-8"
        problems.append(error("file-unreadable", path, why=why))
        return None
