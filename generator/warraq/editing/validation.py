"""What would be wrong with content after a change that was not wrong before it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from warraq.base.config import FILE, parse
from warraq.base.conflicts import conflicts_in
from warraq.base.controls import without_controls
from warraq.base.problems import Problem, error
from warraq.base.urls import is_key
from warraq.build.link_check import figures_without_alt
from warraq.content import store
from warraq.content.frontmatter import parse_article, parse_authority
from warraq.content.store import Content, LineFinder, cross_check, load_authorities
from warraq.editing.change_set import FileChange
from warraq.model import AUTHORITY_KINDS, Article, Authority, Story

_FEW = 300  # words that are looked for in all articles; for more, all are parsed
_Identity = tuple[str, str, tuple[tuple[str, str], ...]]


def new_errors(content: Content, changes: Iterable[FileChange], lines: LineFinder) -> list[Problem]:
    """Return the errors that `changes` would bring into `content`, as `warraq check` tells them."""
    articles = {article.path: article for article in content.articles}
    authorities = {authority.path: authority for authority in content.authorities}
    unread = set(content.unread)
    found: list[Problem] = []
    already = list(content.problems)
    for path, before, after in changes:
        for known in (articles, authorities):
            known.pop(path, None)
        unread.discard(path)
        if after is None:
            continue
        read, problems = parsed(path, after)
        found += problems
        if isinstance(read, Article):
            articles[path] = read
            found += figures_without_alt(read)
            was, _ = parsed(path, before or b"")
            already += figures_without_alt(was) if isinstance(was, Article) else ()
        elif read is not None:
            authorities[path] = read
        else:
            unread.add(path)
    found += cross_check(articles.values(), authorities.values(), unread, lines)
    return beyond(already, found)


def beyond(known: Iterable[Problem], found: Iterable[Problem]) -> list[Problem]:
    """Return the errors of `found` that are not of `known`, wherever their lines are now."""
    return sorted(_beyond(Counter(map(_identity, known)), found))


def errors_after(site: Path, changes: Iterable[FileChange]) -> list[Problem]:
    """Return the errors that `changes` of any files of a site would bring into it."""
    changes = tuple(changes)
    found: list[Problem] = []
    for path, before, after in changes:
        if path == FILE and after is not None:
            known = _settings_errors(before or b"")
            found += (one for one in _settings_errors(after) if one not in known)
    texts = [change for change in changes if _is_checked(change.path)]
    if not texts:
        return found
    words = {word for change in texts for word in _words_about(change) if word}
    few = len(words) <= _FEW
    content = store.load_about(site, words) if few else store.load(site)
    return [*found, *new_errors(content, texts, LineFinder(site))]


def _words_about(change: FileChange) -> Iterator[str]:
    """Yield what names the file in others, and the articles that it names itself."""
    yield PurePosixPath(change.path).stem
    for content in (change.before, change.after):
        read, _ = parsed(change.path, content or b"")
        if isinstance(read, Article):
            yield read.id
            yield from (key for kind, key in store.references(read) if kind == "articles")
        elif isinstance(read, Story):
            yield from read.articles


def _is_checked(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return (
        path.endswith(".md")
        and parts[0] == "content"
        and (parts[1] == "articles" or parts[1] in AUTHORITY_KINDS)
    )


def _settings_errors(content: bytes) -> list[Problem]:
    _, problems = parse(content.decode("utf-8", "replace"))
    return [problem for problem in problems if problem.severity == "error"]


def errors_of_lines(site: Path, changes: Iterable[FileChange]) -> list[Problem]:
    """Return the errors that changes of bodies and of authority files' lists would bring.

    No key and no reference of an article changes by them, so that no other article is asked.
    """
    lines, changes = LineFinder(site), tuple(changes)
    authorities, told = load_authorities(site)
    articles: list[Article] = []
    known = list(told)
    for path, before, _ in changes:
        read, problems = parsed(path, before) if before is not None else (None, [])
        if isinstance(read, Article):
            articles.append(read)
            known += problems
    known += cross_check(articles, authorities, (), lines)
    return new_errors(Content(tuple(articles), authorities, tuple(known)), changes, lines)


def parsed(path: str, content: bytes) -> tuple[Article | Authority | None, list[Problem]]:
    """Return the article or authority that a file would hold, and its problems."""
    try:
        text = content.decode().replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        return None, [error("file-unreadable", path, why="why-encoding")]
    if marked := list(conflicts_in(text)):
        return None, [error("merge-conflict", path, line) for line in marked]
    text = without_controls(text)
    place = PurePosixPath(path)
    kind = place.parts[1] if len(place.parts) > 1 else ""
    if kind == "articles":
        return parse_article(text, path)
    if kind not in AUTHORITY_KINDS or not is_key(place.stem):
        return None, [error("key-invalid", path, key=place.stem)]
    return parse_authority(text, path, kind, place.stem)


def _beyond(known: Counter[_Identity], found: Iterable[Problem]) -> Iterator[Problem]:
    for problem in found:
        if problem.severity != "error":
            continue
        if known[_identity(problem)]:
            known[_identity(problem)] -= 1
        else:
            yield problem


def _identity(problem: Problem) -> _Identity:
    """Return a problem less its line, which an edit moves."""
    return (problem.path, problem.code, problem.args)
