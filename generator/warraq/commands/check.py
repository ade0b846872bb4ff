"""`warraq check`: everything wrong with a site, and what waits for an editor, without building."""

import re
from collections.abc import Collection, Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import cached_property
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Self

from msgspec.structs import replace

from warraq.archive.catalogue import in_memory
from warraq.base.config import FILE, SiteConfig, load
from warraq.base.marked_yaml import compose as yaml_of
from warraq.base.marked_yaml import line_in
from warraq.base.problems import Problem, WarraqError, listed, unexpected_as_problem, warning
from warraq.build import link_check
from warraq.build.address_check import address_conflicts, copied_files
from warraq.build.link_check import Published
from warraq.build.omissions import omissions
from warraq.content import store
from warraq.content.future_dates import future_dates, known_days
from warraq.content.git_history import Commit, History, article_commits, fetch
from warraq.content.open_decisions import all_open_decisions, missing_metadata, prints_of_removed
from warraq.content.unfiled_names import names_without_file
from warraq.content.unread_files import unread_files
from warraq.importer.seed_check import altered
from warraq.model import Article
from warraq.prose.entries import compose, names_of
from warraq.prose.markdown import Rendered, html_of, rendered
from warraq.prose.mentions import shared_names
from warraq.prose.pictures import pictures_in, pictures_of
from warraq.render import overrides
from warraq.render.context import RenderContext
from warraq.render.pages import plan
from warraq.render.theme_paths import pictures_named
from warraq.render.wording import Wording

_WORDS = re.compile(r"(?:[^\W_]|[\u064b-\u065f«».,،:؛؟()-])+")  # no marks of Markdown or HTML
_NAMED = 10  # of the pictures that nothing uses


def check(site: Path) -> tuple[Problem, ...]:
    """Return everything wrong with site.yaml and content, and every decision still open."""
    config, warnings = load(site)
    content = store.load(site)
    lines = store.LineFinder(site)
    found = {*warnings, *store.missing_content(site), *content.problems}
    try:
        found.update(_of_texts(site, content, config, lines))
    except WarraqError as fault:  # what a text breaks here, it breaks below
        return tuple(sorted(found.union(fault.problems)))
    found.update(all_open_decisions(site, content.articles, lines))
    found.update(missing_metadata(content.articles))
    found.update(prints_of_removed(content.articles, lines))
    found.update(unread_files(site))
    found.update(names_without_file(content, lines))
    known = known_days(site, git=config.history == "git")
    found.update(future_dates(content.articles, known, lines))
    commits, refused = _history(site) if config.history == "git" else ({}, ())
    found.update(refused)
    with _Pages(site, content, config, commits) as pages:
        found.update(_dangling(site, content, config, pages, lines))
        found.update(_contested(site, content, config, pages))
    found.update(_shared(content, lines))
    found.update(_unsaid(content, lines))
    found.update(overrides.faults(config, site / "templates"))
    found.update(altered(site, content.articles, config.import_fields, warning))
    return tuple(sorted(found))


def _history(site: Path) -> tuple[dict[str, tuple[Commit, ...]], tuple[Problem, ...]]:
    """Return the commits of edited articles, or why a build would refuse them."""
    try:
        return article_commits(site), ()
    except WarraqError as fault:
        return {}, fault.problems


def _dangling(
    site: Path, content: store.Content, config: SiteConfig, pages: "_Pages", lines: store.LineFinder
) -> Iterator[Problem]:
    media = site / "content" / "media"
    sizes = {file.relative_to(media).as_posix(): file.stat().st_size for file in store.media(site)}
    published = Published(
        config.base_url,
        config.image_hosts,
        pages,
        sizes,
        link_check.by_name(sizes),
        {a.id for a in content.articles if a.draft},
        {a.id for a in content.articles if a.status == "removed" and not a.draft},
    )
    yield from link_check.large((f"content/media/{name}", size) for name, size in sizes.items())
    yield from link_check.dangling(content.articles, content.authorities, published, lines)
    if config.navigation:
        root = yaml_of((site / FILE).read_text("utf-8"), FILE)
        at = {item.url: line_in(root, item.url, "navigation") for item in config.navigation}
        yield from link_check.menu(config.navigation, published, FILE, at)


def _shared(content: store.Content, lines: store.LineFinder) -> Iterator[Problem]:
    """Yield a warning for each name that several files claim: it links to none of them."""
    for name, files in shared_names(content.authorities):
        first, *others = (file.path for file in files)
        line = lines.of(first, name, "name", "title", "aliases")
        yield warning("name-shared", first, line, name=name, others=listed(others))


def _unsaid(content: store.Content, lines: store.LineFinder) -> Iterator[Problem]:
    """Yield a warning for each copy that does not say what its original does: it was retracted."""
    retracted = {
        article.id
        for article in content.articles
        if any(correction.kind == "retraction" for correction in article.corrections)
    }
    for article in content.articles:
        if article.copy_of in retracted and article.id not in retracted:
            line = lines.of(article.path, "", "copy_of")
            yield warning("copy-unretracted", article.path, line, id=article.copy_of)


def _of_texts(
    site: Path, content: store.Content, config: SiteConfig, lines: store.LineFinder
) -> Iterator[Problem]:
    """Yield what the bodies lose on their way to a page, and which pictures nothing names.

    A removed article's body is shown nowhere, and a draft's picture is in use. What an unreadable
    file uses nobody knows.
    """
    menu = tuple(item.url for item in config.navigation)
    used = set(pictures_named(site / "templates", menu))
    for article in content.articles:
        text = _rendered(article.path, article.body)
        used.update(pictures_of(article, text.html, config))
        if article.status == "live":
            yield from omissions(article.path, text.findings, lines)
    for authority in content.authorities:
        text = _rendered(authority.path, authority.body)
        used.update(pictures_in(text.html, authority.address, config.base_url))
        yield from omissions(authority.path, text.findings, lines)
    there = (file.relative_to(site / "content").as_posix() for file in store.media(site))
    names = [path.removeprefix("media/") for path in there if path not in used]
    if names and not content.unread:
        yield warning(
            "media-unused", "content/media", count=len(names), names=listed(names, _NAMED)
        )


def _rendered(path: str, body: str) -> Rendered:
    with unexpected_as_problem(path):
        return rendered(body)


class _Pages:
    """The site paths of all pages. Most links want one that is there whatever the articles say."""

    def __init__(
        self,
        site: Path,
        content: store.Content,
        config: SiteConfig,
        commits: dict[str, tuple[Commit, ...]],
    ) -> None:
        self._site = site
        self._commits = commits
        self._authorities = content.authorities
        self.articles = [a for a in content.articles if not a.draft]
        self._config = config
        self._opened = ExitStack()
        self._unread = tuple(map(_address_of, content.unread))

    def __contains__(self, path: str) -> bool:
        # What an unreadable file has, nobody knows; that it cannot be read is told elsewhere.
        is_spared = path.startswith(self._unread)
        return is_spared or path in self._certain or path in self._all

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    @cached_property
    def material(self) -> RenderContext:
        """What the plan of the whole site hangs on."""
        return self._opened.enter_context(self._sketched(self.articles))

    @cached_property
    def _certain(self) -> set[str]:
        with self._sketched(()) as material:
            pages = {page.url for page in plan(material)}
        files = {f"/{claim.path}" for claim in copied_files(self._site, self._config)}
        fronts = {path.removesuffix("index.html") for path in files}
        return pages | files | fronts | {article.url for article in self.articles}

    @cached_property
    def _all(self) -> set[str]:
        return {page.url for page in plan(self.material)}

    @contextmanager
    def _sketched(self, articles: Collection[Article]) -> Iterator[RenderContext]:
        """Arrange what the plan of the site hangs on: dates, keys and names, but no HTML."""
        names = names_of(self._authorities)
        with closing(History(self._site)) as history, in_memory() as catalogue:
            edited = {a.id: (a.path, self._commits.get(a.path, ())) for a in articles}
            fetch(self._site, chain.from_iterable(commits for _, commits in edited.values()))
            known = (history.with_lastmod(a, edited[a.id][1]) for a in articles)
            bare = (replace(a, body=" ".join(_WORDS.findall(a.body))) for a in known)
            entries = {a.id: compose(a, names, self._config) for a in bare}
            catalogue.put(entry.card for entry in entries.values())
            catalogue.put_authorities(self._authorities)
            yield RenderContext(
                catalogue,
                Wording(self._config, {}),
                entry_of=entries.__getitem__,
                body_of=lambda authority: html_of(authority.body),
                versions_of=lambda article_id: history.versions(*edited[article_id]),
            )


def _address_of(path: str) -> str:
    """Return the address of the page of a content file."""
    kind, key = PurePosixPath(path).parts[1], PurePosixPath(path).stem
    return f"/n/{key}/" if kind == "articles" else f"/{kind}/{key}/"


def _contested(
    site: Path, content: store.Content, config: SiteConfig, pages: _Pages
) -> Iterator[Problem]:
    """Yield an error for every address that is claimed twice; what the program makes never is."""
    if any(problem.severity == "error" for problem in content.problems):
        return  # what a broken file claims is not known
    claims = (*(a.aliases for a in pages.articles), *(a.formerly for a in content.authorities))
    if any(claims) or any(claim.owner for claim in copied_files(site, config)):
        yield from address_conflicts(pages.material, site, pages.articles)
