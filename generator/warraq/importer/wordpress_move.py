"""A WordPress site moves in: its pages, terms and writers become files, before its posts come.

What an editor has written is left alone: a file that is there is never touched. Old addresses are
answered by `formerly` of these files; those that only a host's rule can answer are listed.
"""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote

from msgspec import structs

from warraq.base.files import is_inside, relative_name, write_atomic
from warraq.base.problems import (
    Problem,
    StoppedError,
    WarraqError,
    error,
    reason_code,
    unexpected_as_problem,
    warning,
)
from warraq.base.urls import is_key, old_path, url_parts
from warraq.build.address_check import is_reserved
from warraq.content.frontmatter import authority_text
from warraq.importer.picture_files import MEDIA, FoundPicture, PictureFolders
from warraq.model import Author, Authority, AuthorityKind, Figure, StaticPage, Topic
from warraq.seeds.bodies.cms_body import body_of
from warraq.seeds.exports import wordpress
from warraq.seeds.exports.exported import Record
from warraq.seeds.exports.values import NO_CATEGORY
from warraq.seeds.exports.wordpress_site import Term, WordPress, surveyed
from warraq.seeds.exports.xml_records import XmlRecords
from warraq.seeds.pages import captures

RULES = "content/.imports/redirects-{host}.map"


class Move(NamedTuple):
    """What moves in beside the posts.

    `files` are new authority files, `pictures` those of its pages. `topics` leads from a term's
    name to the topics it stands for, `authors` from a writer's name to the key of their file.
    `rules` are the old addresses that only a host answers, by host: what follows the «?», and where
    it leads. `left` counts what has no place in an archive.
    """

    files: tuple[Authority, ...] = ()
    pictures: tuple[FoundPicture, ...] = ()
    topics: dict[str, tuple[str, ...]] = {}  # noqa: RUF012 - never changed
    authors: dict[str, str] = {}  # noqa: RUF012 - as above
    rules: dict[str, dict[str, str]] = {}  # noqa: RUF012 - as above
    comments: int = 0
    left: int = 0
    problems: tuple[Problem, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """Return how many there are of each kind, nothing where no site moves in."""
        if not self.rules:
            return {}
        kinds = Counter(file.kind for file in self.files)
        new = {kind: kinds[kind] for kind in ("pages", "topics", "authors")}
        return {**new, "comments": self.comments, "others": self.left}


def moving(
    site: Path,
    exports: Iterable[Path],
    known: Sequence[Authority],
    table: Mapping[str, str],
    album: PictureFolders,
) -> Move:
    """Return what of the WordPress exports among `exports` becomes a file of its own.

    `known` are the authority files that are there, `table` is site.yaml's `import: {topics: …}`.
    """
    shelf = _Shelf(known)
    topics: dict[str, tuple[str, ...]] = {}
    rules: dict[str, dict[str, str]] = {}
    pictures: list[FoundPicture] = []
    problems: list[Problem] = []
    comments = left = 0
    for path in exports:
        name = relative_name(site, path)
        try:
            with unexpected_as_problem(name, code="seed-fault"):
                old = _site_in(site, path)
        except WarraqError as fault:
            problems += fault.problems
            continue
        if old is None:
            continue
        host = (url_parts(old.address).hostname or "old").removeprefix("www.")
        answered = rules.setdefault(host, {})
        try:
            with unexpected_as_problem(name, code="seed-fault"):
                topics |= _topics(old, table, shelf, answered)
                _authors(old, shelf)
                for record in wordpress.pages(path):
                    found = _page_named(f"{name}#{record.get('post_id')}", record, album, path)
                    if isinstance(found, Problem):
                        problems.append(found)
                        continue
                    page, taken = found
                    pictures += taken
                    answered[f"page_id={record.get('post_id')}"] = shelf.put(page).address
        except WarraqError as fault:
            problems += fault.problems
        comments += old.comments
        left += sum(old.passed.values())
    authors = {a.name: a.key for a in shelf.of("authors")}
    new = tuple(shelf.new.values())
    return Move(new, tuple(pictures), topics, authors, rules, comments, left, tuple(problems))


def _site_in(site: Path, path: Path) -> WordPress | None:
    """Return the site that an export tells of, None for other files; who reads it says the rest."""
    try:
        is_text = is_inside(path, site) and not captures.is_capture(path)
        if is_text and wordpress.is_wordpress(XmlRecords(path).head):
            return surveyed(path)
    except (OSError, ValueError):
        pass
    return None


class _Shelf:
    """The authority files that are there, and those to be written."""

    def __init__(self, known: Iterable[Authority]) -> None:
        self._by_key: dict[tuple[AuthorityKind, str], Authority] = {}
        self._names: dict[tuple[AuthorityKind, str], set[str]] = defaultdict(set)
        self.new: dict[tuple[AuthorityKind, str], Authority] = {}
        for authority in known:
            self._know(authority)

    def _know(self, authority: Authority) -> None:
        self._by_key[authority.kind, authority.key] = authority
        for name in (authority.name, *authority.aliases):
            self._names[authority.kind, name].add(authority.key)

    def of(self, kind: AuthorityKind) -> Iterator[Authority]:
        """Yield the files of a kind."""
        return (a for (k, _), a in self._by_key.items() if k == kind)

    def named(self, kind: AuthorityKind, name: str) -> Authority | None:
        """Return the one file that has a name, or a spelling of it."""
        keys = self._names.get((kind, name), set())
        return self._by_key[kind, next(iter(keys))] if len(keys) == 1 else None

    def get(self, kind: AuthorityKind, key: str) -> Authority | None:
        """Return the file under a key."""
        return self._by_key.get((kind, key))

    def put(self, wanted: Authority) -> Authority:
        """Return the file under the key of `wanted`, a new one where there was none."""
        at = wanted.kind, wanted.key
        known = self._by_key.get(at)
        if known is not None and not (at in self.new and wanted.kind != "pages"):
            return known
        if known is not None:  # of this move: one more old address
            both = tuple(dict.fromkeys((*known.formerly, *wanted.formerly)))
            wanted = structs.replace(known, formerly=both)
        self._know(wanted)
        self.new[at] = wanted
        return wanted


def _topics(
    old: WordPress, table: Mapping[str, str], shelf: _Shelf, rules: dict[str, str]
) -> dict[str, tuple[str, ...]]:
    """Return name → topics of the old site's terms; those without a file get one."""
    by_slug = {term.slug: term for term in old.terms if not term.is_tag}
    # What another term's name stands for is there once that term has its file.
    in_turn = sorted(old.terms, key=lambda term: not is_key(_wanted(term, table) or "a"))
    keys = {term: _topic(term, old, table, shelf, by_slug) for term in in_turn}
    found: dict[str, tuple[str, ...]] = {}
    for term, key in keys.items():
        above = [keys[holder] for holder in _holders(term, by_slug)]
        every = tuple(dict.fromkeys(k for k in (key, *above) if k))
        found[term.name] = tuple(dict.fromkeys((*found.get(term.name, ()), *every)))
        if term.number and key and shelf.get("topics", key):
            name = f"tag={term.slug}" if term.is_tag else f"cat={term.number}"
            rules[name] = f"/topics/{key}/"
    return found


def _topic(
    term: Term,
    old: WordPress,
    table: Mapping[str, str],
    shelf: _Shelf,
    by_slug: Mapping[str, Term],
) -> str:
    """Return the key of a term's topic, "" for one that becomes none."""
    wanted = _wanted(term, table)
    if wanted == "" or (wanted is None and term.name.casefold() in NO_CATEGORY):
        return ""
    known = shelf.named("topics", wanted or term.name)
    if wanted and is_key(wanted):
        key, name = wanted, term.name
    else:
        name = wanted or term.name
        number = term.number or hashlib.sha256(term.slug.encode()).hexdigest()[:8]
        key = known.key if known else _free_key(term.slug, f"topic-{number}", name, shelf)
    paths = _paths_of(term, by_slug)
    return shelf.put(Topic(key, name, formerly=tuple(_free(paths, old)))).key


def _wanted(term: Term, table: Mapping[str, str]) -> str | None:
    """Return what site.yaml calls a term, None where it does not tell."""
    return table.get(term.name, table.get(unquote(term.slug)))


def _free_key(slug: str, other: str, name: str, shelf: _Shelf) -> str:
    """Return `slug` if it may be a key and is no other topic's, else `other`."""
    taken = shelf.get("topics", slug)
    return slug if is_key(slug) and (taken is None or taken.name == name) else other


def _holders(term: Term, by_slug: Mapping[str, Term]) -> Iterator[Term]:
    seen = {term.slug}
    while (above := by_slug.get(term.parent)) is not None and above.slug not in seen:
        seen.add(above.slug)
        yield above
        term = above


def _paths_of(term: Term, by_slug: Mapping[str, Term]) -> Iterator[str]:
    if term.is_tag:
        yield f"/tag/{term.slug}/"
        return
    above = [holder.slug for holder in _holders(term, by_slug)]
    yield "/category/" + "/".join((*reversed(above), term.slug)) + "/"
    if above:
        yield f"/category/{term.slug}/"


def _authors(old: WordPress, shelf: _Shelf) -> None:
    for login, name in sorted(old.writers.items()):
        slug = re.sub(r"[^a-z0-9]+", "-", login.lower()).strip("-")
        known = shelf.named("authors", name)
        key = known.key if known else slug
        if is_key(key):
            formerly = tuple(_free([f"/author/{slug}/"], old))
            shelf.put(Author(key, name, formerly=formerly))


def _free(paths: Iterable[str], old: WordPress) -> Iterator[str]:
    """Yield the old addresses that a file of the archive may answer, below the old site's own."""
    below = url_parts(old.address).path.rstrip("/")
    for path in paths:
        whole = old_path(f"{below}{path}")
        if whole and not is_reserved(whole):
            yield whole


def _page_named(
    name: str, record: Record, album: PictureFolders, export: Path
) -> tuple[Authority, list[FoundPicture]] | Problem:
    """Return the page of a record, or what it breaks: that harms no other page."""
    try:
        with unexpected_as_problem(name, code="seed-fault"):
            return _page(record, album, export.parent)
    except WarraqError as fault:
        return fault.problems[0]


def _page(
    record: Record, album: PictureFolders, beside: Path
) -> tuple[Authority, list[FoundPicture]]:
    """Return a page of the old site as one of the archive, and its pictures."""
    link = str(record.get("url") or "")
    slug = unquote(str(record.get("post_name") or ""))
    key = slug if is_key(slug) else f"page-{record.get('post_id')}"
    body = body_of(str(record.get("body") or ""), base=link, lines=wordpress.has_lines(record))
    blocks = [block.markdown for block in body.blocks]
    taken: list[FoundPicture] = []
    image = str(record.get("image") or "")
    lead = (Figure(image, str(record.get("image_alt") or "")),) if image else ()
    for figure in (*lead, *body.figures):
        found = album.find(figure.src, beside)
        words = re.sub(r"[\[\]\\]", "", figure.alt or figure.caption or str(record.get("title")))
        if found:
            taken.append(found)
            blocks.append(f"![{words}](/media/{quote(found.name)})")
        elif not figure.src.startswith("data:"):
            blocks.append(f"[{words}](<{figure.src}>)")
    path = url_parts(link).path
    own = old_path(path) if path.strip("/") else ""
    free = own and not is_reserved(own)
    page = StaticPage(
        key,
        str(record.get("title") or key),
        formerly=(own,) if free else (),
        body="\n\n".join(blocks),
    )
    return page, [t for t in taken if t.file or t.content]


def write(site: Path, move: Move) -> tuple[Problem, ...]:
    """Write the files that `move` brings; return what was wrong with what it read.

    Raises StoppedError when nothing can be written; a picture that cannot be read is named.
    """
    problems = list(move.problems)
    contents = {f"content/{a.kind}/{a.key}.md": authority_text(a).encode() for a in move.files}
    for path, content in contents.items():
        _write(site, path, content)
    for picture in move.pictures:
        path = f"{MEDIA}/{picture.name}"
        try:
            content = picture.bytes
        except OSError as fault:
            problems.append(warning("picture-unreadable", path, why=reason_code(fault)))
            continue
        _write(site, path, content)
    return tuple(problems)


def write_rules(site: Path, move: Move, posts: Mapping[str, Mapping[str, str]]) -> None:
    """Write, for each old host, the addresses that only a rule of the host can answer.

    `posts` leads from a host to the numbers of its posts and the addresses of their articles.
    """
    for host, rules in move.rules.items():
        every = {f"p={number}": to for number, to in posts.get(host, {}).items()} | rules
        lines = "".join(f"{old} {new};\n" for old, new in sorted(every.items()))
        if lines:
            _write(site, RULES.format(host=host), lines.encode())


def _write(site: Path, path: str, content: bytes) -> None:
    file = site / path
    try:
        if not file.is_file() or file.read_bytes() != content:
            write_atomic(file, content)
    except OSError as fault:
        raise StoppedError([error("file-unwritable", path, why=reason_code(fault))]) from None
