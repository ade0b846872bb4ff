"""content/ ↔ articles and authorities: which files there are, and every fault of the set.

Reads content/articles/**/*.md and content/<kind>/*.md. An unreadable file harms only itself.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple, cast, get_args

from warraq.base.files import MAX_TEXT, content_digest, walk
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
    for kind, key in asserted(article):
        if kind == "articles":
            if key not in by_id or key == article.id:
                yield error("copy-missing", article.path, 1, id=key)
            elif _is_shown(article) and by_id[key].status == "removed" and not by_id[key].draft:
                yield error("copy-removed", article.path, 1, id=key)
        elif (kind, key) not in keys:
            yield error("authority-missing", article.path, 1, kind=kind, key=key)


def _is_shown(article: Article) -> bool:
    return article.status == "live" and not article.draft


class ArticleFile(NamedTuple):
    """What a content file holds, and the digest of its bytes, b"" if it could not be read."""

    article: Article | None
    problems: list[Problem]
    digest: bytes


def article_at(site: Path, path: str) -> ArticleFile:
    """Return the article in the content file at `path`, and what is wrong with it."""
    text, problems, digest = _text(site, path)
    if text is None:
        return ArticleFile(None, problems, digest)
    article, problems = parse_article(text, path)
    if article and article.id and PurePosixPath(path).stem != article.id:
        problems.append(warning("id-filename", path, 1, id=article.id))
    return ArticleFile(article, problems, digest)


def authority_at(site: Path, path: str) -> tuple[Authority | None, list[Problem]]:
    """Return the authority file at `path` (content/<kind>/<key>.md), and what is wrong with it."""
    kind, key = PurePosixPath(path).parts[1], PurePosixPath(path).stem
    if not is_key(key):
        return None, [error("key-invalid", path, key=key)]
    text, problems, _ = _text(site, path)
    if text is None:
        return None, problems
    return parse_authority(text, path, cast("AuthorityKind", kind), key)


def asserted(article: Article) -> Iterator[tuple[str, str]]:
    """Yield (kind, key) of every file that the front matter of `article` says is there."""
    for kind in _REFERENCES:
        yield from ((kind, value) for value in getattr(article, kind) if is_key(value))
    for credit in (article.source, *article.via):
        if credit and credit.outlet:
            yield "outlets", credit.outlet
    if article.copy_of:
        yield "articles", article.copy_of


def _articles(site: Path, problems: list[Problem]) -> Iterator[Article]:
    for file in walk(site / "content" / "articles", ".md"):
        article, found, _ = article_at(site, file.relative_to(site).as_posix())
        problems += found
        if article:
            yield article


def _authorities(site: Path, problems: list[Problem]) -> Iterator[Authority]:
    for kind in KINDS:
        for file in walk(site / "content" / kind, ".md"):
            authority, found = authority_at(site, file.relative_to(site).as_posix())
            problems += found
            if authority:
                yield authority


def _text(site: Path, path: str) -> tuple[str | None, list[Problem], bytes]:
    try:
        content = (site / path).read_bytes()
    except OSError as fault:
        return None, [error("file-unreadable", path, why=fault.strerror or "")], b""
    digest = content_digest(content)
    if len(content) > MAX_TEXT:
        return None, [error("file-large", path, size=len(content))], digest
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return None, [error("file-unreadable", path, why="not UTF-8")], digest
    return text.replace("\r\n", "\n").replace("\r", "\n"), [], digest
