"""The addresses of all pages that a build would write, without building them."""

import re
from collections.abc import Collection, Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import cached_property
from itertools import chain
from pathlib import PurePosixPath
from typing import Self

from msgspec.structs import replace

from warraq.archive.catalogue import in_memory
from warraq.build.address_check import copied_files
from warraq.commands.checked_site import CheckedSite
from warraq.content.git_history import Commit, History, fetch
from warraq.model import Article
from warraq.prose.entries import compose, names_of
from warraq.prose.markdown import html_of
from warraq.render.context import RenderContext
from warraq.render.site_pages import plan
from warraq.render.wording import Wording

_WORDS = re.compile(r"(?:[^\W_]|[\u064b-\u065f«».,،:؛؟()-])+")  # no marks of Markdown or HTML


class PlannedPages:
    """The site paths of all pages. Most links lead to one that exists whatever articles say."""

    def __init__(self, checked: CheckedSite, commits: dict[str, tuple[Commit, ...]]) -> None:
        """Plan nothing yet; `commits` are those of edited articles, by path."""
        self._checked = checked
        self._commits = commits
        self.articles = [a for a in checked.content.articles if not a.draft]
        self._opened = ExitStack()
        self._unread = tuple(map(_address_of, checked.content.unread))

    def __contains__(self, path: str) -> bool:
        # An unreadable file may have any page; that it is unreadable is reported elsewhere.
        may_exist = path.startswith(self._unread)
        return may_exist or path in self._always_planned or path in self._planned

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    @cached_property
    def context(self) -> RenderContext:
        """The context from which all pages are planned."""
        return self._opened.enter_context(self._context_of(self.articles))

    @cached_property
    def _always_planned(self) -> set[str]:
        with self._context_of(()) as context:
            pages = {page.url for page in plan(context)}
        files = {
            f"/{claim.path}" for claim in copied_files(self._checked.site, self._checked.config)
        }
        folders = {path.removesuffix("index.html") for path in files}
        return pages | files | folders | {article.url for article in self.articles}

    @cached_property
    def _planned(self) -> set[str]:
        return {page.url for page in plan(self.context)}

    @contextmanager
    def _context_of(self, articles: Collection[Article]) -> Iterator[RenderContext]:
        """Yield what the plan depends on: dates, keys and names, but no HTML."""
        site, config, content, _ = self._checked
        names = names_of(content.authorities)
        with closing(History(site)) as history, in_memory() as catalogue:
            edited = {a.id: (a.path, self._commits.get(a.path, ())) for a in articles}
            fetch(site, chain.from_iterable(commits for _, commits in edited.values()))
            dated = (history.with_lastmod(a, edited[a.id][1]) for a in articles)
            plain = (replace(a, body=" ".join(_WORDS.findall(a.body))) for a in dated)
            entries = {a.id: compose(a, names, config) for a in plain}
            catalogue.put(entry.card for entry in entries.values())
            catalogue.put_authorities(content.authorities)
            yield RenderContext(
                catalogue,
                Wording(config, {}),
                entry_of=entries.__getitem__,
                body_of=lambda authority: html_of(authority.body),
                versions_of=lambda article_id: history.versions(*edited[article_id]),
            )


def _address_of(path: str) -> str:
    """Return the address of the page of a content file."""
    kind, key = PurePosixPath(path).parts[1], PurePosixPath(path).stem
    return f"/n/{key}/" if kind == "articles" else f"/{kind}/{key}/"
