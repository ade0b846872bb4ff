"""A WordPress site moves in: its pages, terms and writers become files, before its posts.

An existing file is never touched, since an editor may have written it. Old addresses are kept in
`formerly` of these files; those that only a rule of the host can redirect are listed.
"""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote, unquote

from msgspec import Struct, structs

from warraq.base.files import is_inside, relative_name
from warraq.base.problems import Problem, WarraqError, reason_code, unexpected_as_problem, warning
from warraq.base.urls import is_key, old_path, url_parts
from warraq.build.address_check import is_reserved
from warraq.content.frontmatter import authority_text
from warraq.importer.content_files import write_if_changed
from warraq.importer.picture_files import MEDIA, FoundPicture, PictureFolders
from warraq.model import Author, Authority, AuthorityKind, Figure, StaticPage, Topic
from warraq.seeds.bodies.cms_body import body_of
from warraq.seeds.exports import wordpress
from warraq.seeds.exports.exported import Record
from warraq.seeds.exports.field_values import NO_CATEGORY
from warraq.seeds.exports.wordpress_site import Term, WordPress, surveyed
from warraq.seeds.exports.xml_records import XmlRecords
from warraq.seeds.pages import captures

RULES = "content/.imports/redirects-{host}.map"


class Move(Struct, frozen=True):
    """What moves in besides the posts.

    `files` are new authority files, `pictures` those of its pages. `topics` maps a term's name to
    its topics, `authors` a writer's name to the key of their file. `rules` are the old addresses
    that only a host can redirect, by host: query string → new address. `left` counts what has no
    place in an archive.
    """

    files: tuple[Authority, ...] = ()
    pictures: tuple[FoundPicture, ...] = ()
    topics: dict[str, tuple[str, ...]] = {}
    authors: dict[str, str] = {}
    rules: dict[str, dict[str, str]] = {}
    comments: int = 0
    left: int = 0
    problems: tuple[Problem, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """Return how many files of each kind there are, nothing if no site moves in."""
        if not self.rules:
            return {}
        kinds = Counter(file.kind for file in self.files)
        new = {kind: kinds[kind] for kind in ("pages", "topics", "authors")}
        return {**new, "comments": self.comments, "others": self.left}


def plan_move(
    site: Path,
    exports: Iterable[Path],
    known: Sequence[Authority],
    topics: Mapping[str, str],
    pictures: PictureFolders,
) -> Move:
    """Return what of the WordPress exports among `exports` becomes a file of its own.

    `known` are the existing authority files, `topics` is site.yaml's `import: {topics: …}`.
    """
    collected = _Collected(_AuthorityFiles(known), topics, pictures)
    for path in exports:
        name = relative_name(site, path)
        try:
            with unexpected_as_problem(name, code="seed-fault"):
                old = _wordpress_site(site, path)
            if old is None:
                continue
            collected.comments += old.comments
            collected.left += sum(old.passed.values())
            with unexpected_as_problem(name, code="seed-fault"):
                collected.add(old, path, name)
        except WarraqError as fault:
            collected.problems += fault.problems
    return collected.move()


class _Collected:
    """What was collected from exports so far."""

    def __init__(
        self, files: "_AuthorityFiles", topics: Mapping[str, str], pictures: PictureFolders
    ) -> None:
        self._files = files
        self._configured = topics
        self._folders = pictures
        self._topics: dict[str, tuple[str, ...]] = {}
        self._rules: dict[str, dict[str, str]] = {}
        self._pictures: list[FoundPicture] = []
        self.problems: list[Problem] = []
        self.comments = self.left = 0

    def add(self, old: WordPress, path: Path, name: str) -> None:
        """Add the terms, writers and pages of the export at `path`."""
        host = (url_parts(old.address).hostname or "old").removeprefix("www.")
        rules = self._rules.setdefault(host, {})
        self._topics |= _topics(old, self._configured, self._files, rules)
        _add_authors(old, self._files)
        for record in wordpress.pages(path):
            number = record.get("post_id")
            found = _page_or_problem(f"{name}#{number}", record, self._folders, path.parent)
            if isinstance(found, Problem):
                self.problems.append(found)
                continue
            page, pictures = found
            self._pictures += pictures
            rules[f"page_id={number}"] = self._files.put(page).address

    def move(self) -> Move:
        """Return all that was collected."""
        return Move(
            tuple(self._files.new.values()),
            tuple(self._pictures),
            self._topics,
            {author.name: author.key for author in self._files.of("authors")},
            self._rules,
            self.comments,
            self.left,
            tuple(self.problems),
        )


def _wordpress_site(site: Path, path: Path) -> WordPress | None:
    """Return the site that an export is of, None for other files; its reader reports faults."""
    try:
        is_text = is_inside(path, site) and not captures.is_capture(path)
        if is_text and wordpress.is_wordpress(XmlRecords(path).head):
            return surveyed(path)
    except (OSError, ValueError):
        pass
    return None


class _AuthorityFiles:
    """The existing authority files, and those to be written."""

    def __init__(self, known: Iterable[Authority]) -> None:
        self._by_key: dict[tuple[AuthorityKind, str], Authority] = {}
        self._names: dict[tuple[AuthorityKind, str], set[str]] = defaultdict(set)
        self.new: dict[tuple[AuthorityKind, str], Authority] = {}
        for authority in known:
            self._add(authority)

    def _add(self, authority: Authority) -> None:
        self._by_key[authority.kind, authority.key] = authority
        for name in (authority.name, *authority.aliases):
            self._names[authority.kind, name].add(authority.key)

    def of(self, kind: AuthorityKind) -> Iterator[Authority]:
        """Yield the files of a kind."""
        return (a for (k, _), a in self._by_key.items() if k == kind)

    def named(self, kind: AuthorityKind, name: str) -> Authority | None:
        """Return the only file that has `name` as its name or an alias."""
        keys = self._names.get((kind, name), set())
        return self._by_key[kind, next(iter(keys))] if len(keys) == 1 else None

    def get(self, kind: AuthorityKind, key: str) -> Authority | None:
        """Return the file under a key."""
        return self._by_key.get((kind, key))

    def put(self, authority: Authority) -> Authority:
        """Return the file under the key of `authority`, a new one if there was none."""
        at = authority.kind, authority.key
        known = self._by_key.get(at)
        if known is not None and not (at in self.new and authority.kind != "pages"):
            return known
        if known is not None:  # of this move: one more old address
            both = tuple(dict.fromkeys((*known.formerly, *authority.formerly)))
            authority = structs.replace(known, formerly=both)
        self._add(authority)
        self.new[at] = authority
        return authority


def _topics(
    old: WordPress, table: Mapping[str, str], files: _AuthorityFiles, rules: dict[str, str]
) -> dict[str, tuple[str, ...]]:
    """Return name → topics of the old site's terms; a term without a file gets one."""
    by_slug = {term.slug: term for term in old.terms if not term.is_tag}
    # A term configured as another term's name needs that one's file first.
    ordered = sorted(old.terms, key=lambda term: not is_key(_configured(term, table) or "a"))
    keys = {term: _topic(term, old, table, files, by_slug) for term in ordered}
    found: dict[str, tuple[str, ...]] = {}
    for term, key in keys.items():
        above = [keys[parent] for parent in _parents(term, by_slug)]
        every = tuple(dict.fromkeys(k for k in (key, *above) if k))
        found[term.name] = tuple(dict.fromkeys((*found.get(term.name, ()), *every)))
        if term.number and key and files.get("topics", key):
            name = f"tag={term.slug}" if term.is_tag else f"cat={term.number}"
            rules[name] = f"/topics/{key}/"
    return found


def _topic(
    term: Term,
    old: WordPress,
    table: Mapping[str, str],
    files: _AuthorityFiles,
    by_slug: Mapping[str, Term],
) -> str:
    """Return the key of a term's topic, "" for a term that is left out."""
    configured = _configured(term, table)
    if configured == "" or (configured is None and term.name.casefold() in NO_CATEGORY):
        return ""
    known = files.named("topics", configured or term.name)
    if configured and is_key(configured):
        key, name = configured, term.name
    else:
        name = configured or term.name
        number = term.number or hashlib.sha256(term.slug.encode()).hexdigest()[:8]
        key = known.key if known else _unused_key(term.slug, f"topic-{number}", name, files)
    paths = _paths_of(term, by_slug)
    return files.put(Topic(key, name, formerly=tuple(_unreserved(paths, old)))).key


def _configured(term: Term, table: Mapping[str, str]) -> str | None:
    """Return what site.yaml calls a term, None if it does not say."""
    return table.get(term.name, table.get(unquote(term.slug)))


def _unused_key(slug: str, other: str, name: str, files: _AuthorityFiles) -> str:
    """Return `slug` if it is a valid key and not another topic's, else `other`."""
    taken = files.get("topics", slug)
    return slug if is_key(slug) and (taken is None or taken.name == name) else other


def _parents(term: Term, by_slug: Mapping[str, Term]) -> Iterator[Term]:
    seen = {term.slug}
    while (above := by_slug.get(term.parent)) is not None and above.slug not in seen:
        seen.add(above.slug)
        yield above
        term = above


def _paths_of(term: Term, by_slug: Mapping[str, Term]) -> Iterator[str]:
    if term.is_tag:
        yield f"/tag/{term.slug}/"
        return
    above = [parent.slug for parent in _parents(term, by_slug)]
    yield "/category/" + "/".join((*reversed(above), term.slug)) + "/"
    if above:
        yield f"/category/{term.slug}/"


def _add_authors(old: WordPress, files: _AuthorityFiles) -> None:
    for login, name in sorted(old.writers.items()):
        if "@" in name:  # a mail address is nobody's name, and not for the public
            continue
        account, _, host = login.lower().partition("@")
        slug = re.sub(r"[^a-z0-9]+", "-", account).strip("-")
        known = files.named("authors", name)
        key = known.key if known else slug
        if is_key(key):
            formerly = () if host else tuple(_unreserved([f"/author/{slug}/"], old))
            files.put(Author(key, name, formerly=formerly))


def _unreserved(paths: Iterable[str], old: WordPress) -> Iterator[str]:
    """Yield those of `paths`, below the old site's own, that a file of the archive may have."""
    below = url_parts(old.address).path.rstrip("/")
    for path in paths:
        whole = old_path(f"{below}{path}")
        if whole and not is_reserved(whole):
            yield whole


def _page_or_problem(
    name: str, record: Record, folders: PictureFolders, folder: Path
) -> tuple[Authority, list[FoundPicture]] | Problem:
    """Return the page of a record, or why it has none: that harms no other page."""
    try:
        with unexpected_as_problem(name, code="seed-fault"):
            return _page(record, folders, folder)
    except WarraqError as fault:
        return fault.problems[0]


def _page(
    record: Record, folders: PictureFolders, folder: Path
) -> tuple[Authority, list[FoundPicture]]:
    """Return a page of the old site as one of the archive, and its pictures."""
    link = str(record.get("url") or "")
    slug = unquote(str(record.get("post_name") or ""))
    key = slug if is_key(slug) else f"page-{record.get('post_id')}"
    body = body_of(str(record.get("body") or ""), base=link, lines=wordpress.has_lines(record))
    image = str(record.get("image") or "")
    lead = (Figure(image, str(record.get("image_alt") or "")),) if image else ()
    title = str(record.get("title"))
    shown, taken = _shown_pictures((*lead, *body.figures), title, folders, folder)
    path = url_parts(link).path
    own = old_path(path) if path.strip("/") else ""
    free = own and not is_reserved(own)
    page = StaticPage(
        key,
        str(record.get("title") or key),
        formerly=(own,) if free else (),
        body="\n\n".join((*(block.markdown for block in body.blocks), *shown)),
    )
    return page, taken


def _shown_pictures(
    figures: Iterable[Figure], title: str, folders: PictureFolders, folder: Path
) -> tuple[list[str], list[FoundPicture]]:
    """Return Markdown that shows, or links to, the pictures of a page; and those to be copied."""
    shown: list[str] = []
    taken: list[FoundPicture] = []
    for figure in figures:
        found = folders.find(figure.src, folder)
        words = re.sub(r"[\[\]\\]", "", figure.alt or figure.caption or title)
        if found:
            taken += [found] if found.file or found.content else []
            shown.append(f"![{words}](/media/{quote(found.name)})")
        elif not figure.src.startswith("data:"):
            shown.append(f"[{words}](<{figure.src}>)")
    return shown, taken


def write_move(site: Path, move: Move) -> tuple[Problem, ...]:
    """Write the files of `move`; return the problems of what it read.

    Raises StoppedError when nothing can be written; an unreadable picture is a problem.
    """
    problems = list(move.problems)
    contents = {f"content/{a.kind}/{a.key}.md": authority_text(a).encode() for a in move.files}
    for path, content in contents.items():
        write_if_changed(site, path, content)
    for picture in move.pictures:
        path = f"{MEDIA}/{picture.name}"
        try:
            content = picture.bytes
        except OSError as fault:
            problems.append(warning("picture-unreadable", path, why=reason_code(fault)))
            continue
        write_if_changed(site, path, content)
    return tuple(problems)


def write_rules(site: Path, move: Move, posts: Mapping[str, Mapping[str, str]]) -> None:
    """Write, for each old host, the addresses that only a rule of the host can redirect.

    `posts` is, by host, post number → address of its article.
    """
    for host, rules in move.rules.items():
        every = {f"p={number}": to for number, to in posts.get(host, {}).items()} | rules
        lines = "".join(f"{old} {new};\n" for old, new in sorted(every.items()))
        if lines:
            write_if_changed(site, RULES.format(host=host), lines.encode())
