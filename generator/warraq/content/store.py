"""content/ ↔ articles and authorities: which files there are, and every fault of the set.

Reads content/articles/**/*.md and content/<kind>/*.md. An unreadable file harms only itself.
"""

import os
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import NamedTuple, cast

from warraq.base.conflicts import conflicts_in
from warraq.base.controls import controls_in, without_controls
from warraq.base.files import MAX_TEXT, content_digest, walk
from warraq.base.problems import (
    Problem,
    WarraqError,
    error,
    reason_code,
    stop_on_errors,
    unexpected_as_problem,
    warning,
)
from warraq.base.urls import is_key
from warraq.content.frontmatter import line_of_value, parse_article, parse_authority, split
from warraq.model import (
    AUTHORITY_KINDS,
    FREELY_NAMED_KINDS,
    SHELF_KINDS,
    Article,
    Authority,
    AuthorityKind,
    Story,
)

PICTURES = {".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif"}
_UNPUBLISHED = frozenset(
    (".git", ".gitignore", ".gitkeep", ".gitattributes", ".DS_Store", "Thumbs.db", "README")
)
_REFERENCES = tuple(kind for kind in SHELF_KINDS if kind != "outlets")  # those are credited
# The keys of the front matter that may name a kind, where it is not the kind's own name.
KEYS_NAMING = {"outlets": ("source", "via"), "topics": ("topics", "tags", "categories")}


class Content(NamedTuple):
    """Everything curated, and what is wrong with it. `unread` are the files that say nothing."""

    articles: tuple[Article, ...]
    authorities: tuple[Authority, ...]
    problems: tuple[Problem, ...]
    unread: tuple[str, ...] = ()


def article_path(article_id: str) -> str:
    """Return where an article of this id is written, relative to the site.

    >>> article_path("19805c34f5b7eaf3")
    'content/articles/19/19805c34f5b7eaf3.md'
    """
    return f"content/articles/{article_id[:2]}/{article_id}.md"


def load(site: Path) -> Content:
    """Return all articles (by id) and authorities (by kind and key) of the site folder."""
    problems: list[Problem] = []
    unread: list[str] = []
    authorities = list(_authorities(site, problems, unread))
    articles = list(_articles(site, problems, unread))
    problems += cross_check(articles, authorities, unread, LineFinder(site))
    problems += unpublished_files(site)
    return Content(
        tuple(sorted(articles, key=lambda a: (a.id, a.path))),
        tuple(sorted(authorities, key=lambda a: (a.kind, a.key))),
        tuple(sorted(problems)),
        tuple(unread),
    )


def missing_content(site: Path) -> Iterator[Problem]:
    """Yield why there is nothing to publish: no content at all, or not one article.

    That is a clone that is not whole, a mount that is missing, far more often than it is meant.
    """
    if not (site / "content").is_dir():
        yield error("content-missing", "content")
    elif not any(walk(site / "content" / "articles", ".md")):
        yield error("articles-missing", "content/articles")


def stop_without_content(site: Path, *, allow_removals: bool) -> None:
    """Raise WarraqError if there is no content, or no article unless `allow_removals`."""
    stop_on_errors(
        problem
        for problem in missing_content(site)
        if not (allow_removals and problem.code == "articles-missing")
    )


def unpublished_files(site: Path) -> list[Problem]:
    """Return a warning for everything in content/media and static/ that is not published."""
    problems: list[Problem] = []
    for files in (media(site, problems), static(site, problems)):
        for _ in files:
            pass
    return problems


def media(site: Path, problems: list[Problem] | None = None) -> Iterator[Path]:
    """Yield the pictures of content/media; any other kind of file is a warning in `problems`.

    SVG is no picture here: opened by itself it may run scripts under the archive's name.
    """
    for file in walk(site / "content" / "media", ""):
        if file.suffix.lower() in PICTURES:
            yield file
        elif problems is not None:
            problems.append(warning("media-kind", file.relative_to(site).as_posix()))


def static(site: Path, problems: list[Problem] | None = None) -> Iterator[tuple[str, Path]]:
    """Yield (path in the output, file) of static/, whose files go to the site's top as they are.

    Dot entries too (.well-known/), but not what git, systems and notes to people leave there. A
    link is a warning in `problems`: it may lead anywhere.
    """
    root = site / "static"
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(set(folders) - _UNPUBLISHED)
        for name in sorted(set(names) - _UNPUBLISHED):
            file = Path(folder, name)
            if file.is_file() and not file.is_symlink():
                yield unicodedata.normalize("NFC", file.relative_to(root).as_posix()), file
            elif problems is not None:
                problems.append(warning("static-odd", file.relative_to(site).as_posix()))


def load_authorities(site: Path) -> tuple[tuple[Authority, ...], tuple[Problem, ...]]:
    """Return the authority files alone: all that an import must know of the content."""
    problems: list[Problem] = []
    return tuple(_authorities(site, problems, [])), tuple(problems)


class LineFinder:
    """On which line something stands; a file is read again only when there is a fault to tell."""

    def __init__(self, site: Path) -> None:
        """Know where the files are."""
        self._text = lru_cache(16)(lambda path: _text(site, path)[0] or "")

    def of(self, path: str, value: str, *keys: str) -> int:
        """Return the line of `value` under one of `keys` in the front matter, else of a key."""
        return line_of_value(self._text(path), value, *keys)

    def of_body(self, path: str, line: int) -> int:
        """Return which line of the file is line `line` (from 1) of its body."""
        try:
            return split(self._text(path), path).body_line + line - 1
        except WarraqError:
            return 1


def cross_check(
    articles: Iterable[Article],
    authorities: Iterable[Authority],
    unread: Iterable[str],
    lines: LineFinder,
) -> Iterator[Problem]:
    """Yield what is wrong between files: ids given twice, references to what is not there.

    The files at `unread` have a fault of their own, told elsewhere: they are there all the same.
    """
    articles, authorities = list(articles), list(authorities)
    by_id: dict[str, Article] = {}
    for article in sorted(articles, key=lambda a: a.path):
        if article.id and article.id in by_id:
            line, other = lines.of(article.path, "", "id"), by_id[article.id].path
            yield error("id-twice", article.path, line, id=article.id, other=other)
        by_id.setdefault(article.id, article)
    yield from _keys_twice(authorities)
    there = {("articles", article_id) for article_id in by_id}
    there |= {(a.kind, a.key) for a in authorities}
    there |= {(PurePosixPath(path).parts[1], PurePosixPath(path).stem) for path in unread}
    removed = {a.id for a in articles if a.status == "removed" and not a.draft}
    for article in articles:
        yield from _dangling(article, there, removed, lines)
        yield from _chained(article, by_id.get(article.same_text_as), lines)
    for story in (a for a in authorities if isinstance(a, Story)):
        for article_id in story.articles:
            if ("articles", article_id) not in there:
                line = lines.of(story.path, article_id, "articles")
                yield error("story-article", story.path, line, id=article_id)


def _keys_twice(authorities: Iterable[Authority]) -> Iterator[Problem]:
    first: dict[tuple[AuthorityKind, str], Authority] = {}
    for authority in sorted(authorities, key=lambda a: a.path):
        other = first.setdefault((authority.kind, authority.key), authority)
        if other is not authority:
            yield error("key-twice", authority.path, 1, key=authority.key, other=other.path)


_MISSING = {"copy_of": "copy-missing", "same_text_as": "same-text-missing"}


def _dangling(
    article: Article, there: set[tuple[str, str]], removed: set[str], lines: LineFinder
) -> Iterator[Problem]:
    for field, missing in _MISSING.items():
        key = getattr(article, field)
        is_missing = bool(key) and (("articles", key) not in there or key == article.id)
        if is_missing or (field == "copy_of" and _is_shown(article) and key in removed):
            code = missing if is_missing else "copy-removed"
            yield error(code, article.path, lines.of(article.path, "", field), id=key)
    for kind, key in references(article):
        if kind == "articles":
            continue
        if (kind, key) not in there and kind not in FREELY_NAMED_KINDS:
            line = lines.of(article.path, key, *KEYS_NAMING.get(kind, (kind,)))
            yield error("authority-missing", article.path, line, kind=kind, key=key)


def _chained(article: Article, first: Article | None, lines: LineFinder) -> Iterator[Problem]:
    """Yield an error where the article whose text this one prints is itself another's."""
    root = (first.copy_of or first.same_text_as) if first and not first.draft else ""
    is_print = _is_shown(article) and not article.copy_of
    if first and root and is_print and first is not article:
        line = lines.of(article.path, "", "same_text_as")
        yield error("same-text-chain", article.path, line, id=first.id, root=root)


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
    try:
        with unexpected_as_problem(path):
            article, found = parse_article(text, path)
    except WarraqError as fault:
        return ArticleFile(None, [*problems, *fault.problems], digest)
    problems += found
    if article and article.id and PurePosixPath(path).stem != article.id:
        line = line_of_value(text, "", "id")
        problems.append(warning("id-filename", path, line, id=article.id))
    return ArticleFile(article, problems, digest)


def authority_at(site: Path, path: str) -> tuple[Authority | None, list[Problem]]:
    """Return the authority file at `path` (content/<kind>/<key>.md), and what is wrong with it."""
    kind, key = PurePosixPath(path).parts[1], PurePosixPath(path).stem
    if not is_key(key):
        return None, [error("key-invalid", path, key=key)]
    text, problems, _ = _text(site, path)
    if text is None:
        return None, problems
    try:
        with unexpected_as_problem(path):
            authority, found = parse_authority(text, path, cast("AuthorityKind", kind), key)
    except WarraqError as fault:
        return None, [*problems, *fault.problems]
    return authority, problems + found


def references(article: Article) -> Iterator[tuple[str, str]]:
    """Yield (kind, key) of every file that the front matter of `article` may name.

    One of FREELY_NAMED_KINDS need not be there: without it the key is a name.
    """
    for kind in _REFERENCES:
        yield from ((kind, value) for value in getattr(article, kind) if is_key(value))
    for credit in (article.source, *article.via):
        if credit and credit.outlet:
            yield "outlets", credit.outlet
    yield from (("articles", key) for key in (article.copy_of, article.same_text_as) if key)


def _articles(site: Path, problems: list[Problem], unread: list[str]) -> Iterator[Article]:
    for file in walk(site / "content" / "articles", ".md"):
        path = file.relative_to(site).as_posix()
        article, found, _ = article_at(site, path)
        problems += found
        if not article or not article.id:
            unread.append(path)
        if article:
            yield article


def _authorities(site: Path, problems: list[Problem], unread: list[str]) -> Iterator[Authority]:
    for kind in AUTHORITY_KINDS:
        for file in walk(site / "content" / kind, ".md"):
            path = file.relative_to(site).as_posix()
            authority, found = authority_at(site, path)
            problems += found
            if authority:
                yield authority
            else:
                unread.append(path)


def _text(site: Path, path: str) -> tuple[str | None, list[Problem], bytes]:
    try:
        content = (site / path).read_bytes()
    except OSError as fault:
        return None, [error("file-unreadable", path, why=reason_code(fault))], b""
    digest = content_digest(content)
    if len(content) > MAX_TEXT:
        return None, [error("file-large", path, size=len(content))], digest
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return None, [error("file-unreadable", path, why="why-encoding")], digest
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if lines := conflicts_in(text):
        return None, [error("merge-conflict", path, line) for line in lines], digest
    hidden = [
        warning("hidden-controls", path, line, value=found) for line, found in controls_in(text)
    ]
    return without_controls(text), hidden, digest
