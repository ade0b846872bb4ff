"""content/ → articles and authorities, and everything wrong with them one by one and together.

Reads content/articles/**/*.md and content/<kind>/*.md. An unreadable file affects only itself.
"""

import os
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import NamedTuple, cast

from warraq.base.conflicts import conflicts_in
from warraq.base.controls import controls_in, without_controls
from warraq.base.files import MAX_TEXT, content_digest, is_regular, walk
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
from warraq.content.synonyms import PATH as SYNONYMS_PATH
from warraq.content.synonyms import Synonyms, parse_synonyms
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
# The keys of front matter that refer to a kind, where they are not the name of the kind.
KEYS_NAMING = {"outlets": ("source", "via"), "topics": ("topics", "tags", "categories")}


class Content(NamedTuple):
    """All content and its problems. `unread` are the files that could not be used.

    `synonyms` are lists of words that mean the same.
    """

    articles: tuple[Article, ...]
    authorities: tuple[Authority, ...]
    problems: tuple[Problem, ...]
    unread: tuple[str, ...] = ()
    synonyms: Synonyms = ()


def article_path(article_id: str) -> str:
    """Return where an article of this id is written, relative to the site.

    >>> article_path("19805c34f5b7eaf3")
    'content/articles/19/19805c34f5b7eaf3.md'
    """
    return f"content/articles/{article_id[:2]}/{article_id}.md"


def load(site: Path) -> Content:
    """Return all articles (by id) and authorities (by kind and key) of the site folder."""
    found = _content(site, dict(_article_files(site)))
    lists, problems = synonyms_of(site)
    problems += [*unpublished_files(site), *found.problems]
    return found._replace(problems=tuple(sorted(problems)), synonyms=lists)


def load_about(site: Path, words: Collection[str]) -> Content:
    """Return the authorities, and those articles in whose files one of `words` occurs.

    That is what an edit of a key concerns; most articles are read and not parsed. What they refer
    to outside of it counts as missing.
    """
    if not words:
        return _content(site, {})
    wanted = re.compile(b"|".join(re.escape(word.encode()) for word in words))
    paths = (
        file.relative_to(site).as_posix()
        for file in walk(site / "content" / "articles", ".md")
        if wanted.search(_bytes_of(file))
    )
    return _content(site, {path: article_at(site, path) for path in paths})


def _content(site: Path, article_files: "dict[str, ArticleFile]") -> Content:
    """Return the authorities and these articles, with what is wrong with them."""
    authority_files = dict(_authority_files(site))
    authorities = [authority for authority, _ in authority_files.values() if authority]
    articles = [file.article for file in article_files.values() if file.article]
    unread = [path for path, (authority, _) in authority_files.items() if not authority]
    unread += [p for p, file in article_files.items() if not (file.article and file.article.id)]
    problems = [problem for _, found in authority_files.values() for problem in found]
    problems += (problem for file in article_files.values() for problem in file.problems)
    problems += cross_check(articles, authorities, unread, LineFinder(site))
    return Content(
        tuple(sorted(articles, key=lambda a: (a.id, a.path))),
        tuple(sorted(authorities, key=lambda a: (a.kind, a.key))),
        tuple(sorted(problems)),
        tuple(unread),
    )


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:  # `article_at` has it as a problem, if somebody asks for it
        return b""


def missing_content(site: Path) -> Iterator[Problem]:
    """Yield why there is nothing to publish: no content at all, or no article.

    That is most often an incomplete clone or a missing mount.
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


def unpublished_files(site: Path) -> Iterator[Problem]:
    """Yield a warning for each file of content/media and static/ that is not published."""
    for file in walk(site / "content" / "media", ""):
        if not _is_picture(file):
            yield warning("media-kind", file.relative_to(site).as_posix())
    for file in _static_files(site):
        if not is_regular(file):
            yield warning("static-odd", file.relative_to(site).as_posix())


def media(site: Path) -> Iterator[Path]:
    """Yield the pictures of content/media.

    SVG is not among them: opened by itself it may run scripts under the archive's name.
    """
    return filter(_is_picture, walk(site / "content" / "media", ""))


def picture(site: Path, path: str) -> Path | None:
    """Return the picture that `media` yields at a path below content/media, if any.

    Only the folders on its way are read: their lists, since to some file systems capitals are one
    with small letters.
    """
    file = site / "content" / "media"
    for name in path.split("/"):
        if name.startswith(".") or name not in _names_in(file):
            return None
        file /= name
        if file.is_symlink():
            return None
    return file if _is_picture(file) and is_regular(file) else None


def static(site: Path) -> Iterator[tuple[str, Path]]:
    """Yield (path in the output, file) of static/, whose files are copied to the root of the site.

    Hidden ones too (.well-known/), but no files of git or the system, no READMEs, and no links,
    which may lead anywhere.
    """
    for file in filter(is_regular, _static_files(site)):
        path = file.relative_to(site / "static").as_posix()
        yield unicodedata.normalize("NFC", path), file


def _names_in(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208 - names alone
    except OSError:
        return []


def _is_picture(file: Path) -> bool:
    return file.suffix.lower() in PICTURES


def _static_files(site: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(site / "static"):
        folders[:] = sorted(set(folders) - _UNPUBLISHED)
        yield from (Path(folder, name) for name in sorted(set(names) - _UNPUBLISHED))


def load_authorities(site: Path) -> tuple[tuple[Authority, ...], tuple[Problem, ...]]:
    """Return the authorities and their problems: all that an import needs of the content."""
    files = [file for _, file in _authority_files(site)]
    return (
        tuple(authority for authority, _ in files if authority),
        tuple(problem for _, found in files for problem in found),
    )


class LineFinder:
    """Finds the lines of values; a file is read again only when a problem needs its line."""

    def __init__(self, site: Path) -> None:
        """Paths are relative to `site`."""
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
    """Yield what is wrong between files: duplicate ids and keys, references to what does not exist.

    The files at `unread` exist, though they have problems of their own.
    """
    articles, authorities = list(articles), list(authorities)
    yield from _duplicate_ids(articles, lines)
    yield from _duplicate_keys(authorities)
    by_id = {a.id: a for a in sorted(articles, key=lambda a: a.path, reverse=True)}
    existing = {("articles", article_id) for article_id in by_id}
    existing |= {(a.kind, a.key) for a in authorities}
    existing |= {(PurePosixPath(path).parts[1], PurePosixPath(path).stem) for path in unread}
    removed = {a.id for a in articles if a.status == "removed" and not a.draft}
    for article in articles:
        yield from _dangling(article, existing, removed, lines)
        yield from _chained(article, by_id.get(article.same_text_as), lines)
    for story in (a for a in authorities if isinstance(a, Story)):
        for article_id in story.articles:
            if ("articles", article_id) not in existing:
                line = lines.of(story.path, article_id, "articles")
                yield error("story-article", story.path, line, id=article_id)


def _duplicate_ids(articles: Iterable[Article], lines: LineFinder) -> Iterator[Problem]:
    first: dict[str, Article] = {}
    for article in sorted(articles, key=lambda a: a.path):
        other = first.setdefault(article.id, article)
        if article.id and other is not article:
            line = lines.of(article.path, "", "id")
            yield error("id-twice", article.path, line, id=article.id, other=other.path)


def _duplicate_keys(authorities: Iterable[Authority]) -> Iterator[Problem]:
    first: dict[tuple[AuthorityKind, str], Authority] = {}
    for authority in sorted(authorities, key=lambda a: a.path):
        other = first.setdefault((authority.kind, authority.key), authority)
        if other is not authority:
            yield error("key-twice", authority.path, 1, key=authority.key, other=other.path)


_MISSING = {"copy_of": "copy-missing", "same_text_as": "same-text-missing"}


def _dangling(
    article: Article, existing: set[tuple[str, str]], removed: set[str], lines: LineFinder
) -> Iterator[Problem]:
    for field, missing in _MISSING.items():
        key = getattr(article, field)
        is_missing = bool(key) and (("articles", key) not in existing or key == article.id)
        if is_missing or (field == "copy_of" and _is_shown(article) and key in removed):
            code = missing if is_missing else "copy-removed"
            yield error(code, article.path, lines.of(article.path, "", field), id=key)
    for kind, key in references(article):
        if kind == "articles":
            continue
        if (kind, key) not in existing and kind not in FREELY_NAMED_KINDS:
            line = lines.of(article.path, key, *KEYS_NAMING.get(kind, (kind,)))
            yield error("authority-missing", article.path, line, kind=kind, key=key)


def _chained(article: Article, first: Article | None, lines: LineFinder) -> Iterator[Problem]:
    """Yield an error if the article that this one is the same text as names another one itself."""
    root = (first.copy_of or first.same_text_as) if first and not first.draft else ""
    is_print = _is_shown(article) and not article.copy_of
    if first and root and is_print and first is not article:
        line = lines.of(article.path, "", "same_text_as")
        yield error("same-text-chain", article.path, line, id=first.id, root=root)


def _is_shown(article: Article) -> bool:
    return article.status == "live" and not article.draft


class ArticleFile(NamedTuple):
    """A content file as read; `digest` is that of its bytes, b"" if it could not be read."""

    article: Article | None
    problems: list[Problem]
    digest: bytes


def article_at(site: Path, path: str) -> ArticleFile:
    """Return the article in the content file at `path`, and its problems."""
    text, problems, digest = _text(site, path)
    if text is None:
        return ArticleFile(None, problems, digest)
    try:
        with unexpected_as_problem(path):
            article, found = parse_article(text, path)
    except WarraqError as fault:
        return ArticleFile(None, [*problems, *fault.problems], digest)
    problems += found
    if article and article.id and not path.endswith(f"/{article.id}.md"):
        line = line_of_value(text, "", "id")
        problems.append(warning("id-filename", path, line, id=article.id))
    return ArticleFile(article, problems, digest)


def authority_at(site: Path, path: str) -> tuple[Authority | None, list[Problem]]:
    """Return the authority file at `path` (content/<kind>/<key>.md), and its problems."""
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


def synonyms_of(site: Path) -> tuple[Synonyms, list[Problem]]:
    """Return the lists of content/synonyms.yaml, none if it does not exist, and its problems."""
    if not is_regular(site / SYNONYMS_PATH):
        return (), []
    text, problems, _ = _text(site, SYNONYMS_PATH)
    if text is None:
        return (), problems
    with unexpected_as_problem(SYNONYMS_PATH):
        lists, found = parse_synonyms(text)
    return lists, problems + found


def references(article: Article) -> Iterator[tuple[str, str]]:
    """Yield (kind, key) of every file that the front matter of `article` refers to.

    Of FREELY_NAMED_KINDS it need not exist: a key without a file is a name.
    """
    for kind in _REFERENCES:
        yield from ((kind, value) for value in getattr(article, kind) if is_key(value))
    for credit in (article.source, *article.via):
        if credit and credit.outlet:
            yield "outlets", credit.outlet
    yield from (("articles", key) for key in (article.copy_of, article.same_text_as) if key)


def _article_files(site: Path) -> Iterator[tuple[str, ArticleFile]]:
    for file in walk(site / "content" / "articles", ".md"):
        path = file.relative_to(site).as_posix()
        yield path, article_at(site, path)


def _authority_files(site: Path) -> Iterator[tuple[str, tuple[Authority | None, list[Problem]]]]:
    for kind in AUTHORITY_KINDS:
        for file in walk(site / "content" / kind, ".md"):
            path = file.relative_to(site).as_posix()
            yield path, authority_at(site, path)


def _text(site: Path, path: str) -> tuple[str | None, list[Problem], bytes]:
    try:
        with open(f"{site}/{path}", "rb", 0) as file:  # noqa: PTH123 - called for every article
            content = file.read()
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
