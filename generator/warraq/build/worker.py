"""What one process of a build does: parse articles and render pages.

A worker knows the site, the settings and the authority files; the rest it reads from the cache's
file. The main process uses one too when there is little to do. What is sent for each article and
page is a struct: those are pickled without a call of Python.
"""

import sqlite3
import time
from collections.abc import Sequence
from contextlib import ExitStack, closing
from functools import cached_property

import msgspec

from warraq.base.file_stamps import FileStamp
from warraq.base.files import content_digest
from warraq.base.problems import Problem, WarraqError, unexpected_as_problem
from warraq.base.urls import output_path
from warraq.build.build_context import BuildContext
from warraq.build.cache import read_only
from warraq.build.cached_content import cached_context_of, encode_entry
from warraq.build.changes import StaleArticle
from warraq.build.index_input import record_of, stories_of
from warraq.build.omissions import omissions
from warraq.content.git_history import History
from warraq.content.store import LineFinder, article_at, references
from warraq.model import Card, OutputFile
from warraq.prose.entries import AuthorityNames, compose, names_of
from warraq.prose.mentions import words_of
from warraq.publish.tree import Staged, stage
from warraq.render.context import RenderContext
from warraq.render.environment import Theme
from warraq.render.page import Page
from warraq.render.site_pages import render, template_of
from warraq.render.views import Text
from warraq.search.records import encode_record

_encode = msgspec.msgpack.Encoder().encode


class ParsedArticle(msgspec.Struct, frozen=True):
    """An article as it was parsed and composed.

    `card` is None for a draft that is not shown, `record` (packed) b"" for what is not searched.
    `entry` (msgpack) is what a page needs beside the card. `words` are the distinct words by which
    names are found, `asserts` the (kind, key) of its front matter, `credits` the outlets it credits
    by name. `read_at` is the clock (ns) just before.
    """

    path: str
    id: str
    stamp: FileStamp
    read_at: int
    digest: bytes
    problems: tuple[Problem, ...]
    card: Card | None = None
    record: bytes = b""
    entry: bytes = b""
    words: str = ""
    asserts: tuple[tuple[str, str], ...] = ()
    credits: tuple[str, ...] = ()


class RenderJob(msgspec.Struct, frozen=True):
    """A page to render unless its fingerprint is still `fingerprint`; b"" always renders."""

    page: Page
    fingerprint: bytes


class RenderResult(msgspec.Struct, frozen=True):
    """Outcome and duration of rendering one page; `staged` is None if it is unchanged."""

    template: str
    fingerprint: bytes
    staged: Staged | None
    seconds: float


class Worker:
    """One process's part of a build."""

    def __init__(self, build: BuildContext) -> None:
        """Keep `build`; everything else is opened when first needed."""
        self._build = build
        self._opened = ExitStack()

    def close(self) -> None:
        """Close what was opened; the worker cannot be used afterwards."""
        self._opened.close()

    def parse(self, batch: Sequence[StaleArticle]) -> list[ParsedArticle]:
        """Return the articles of `batch`, parsed and composed."""
        return [self._parse(article) for article in batch]

    def render(self, batch: Sequence[RenderJob]) -> list[RenderResult]:
        """Stage the pages of `batch` that show something new; return a result per page."""
        return [self._render(job) for job in batch]

    def _parse(self, stale: StaleArticle) -> ParsedArticle:
        read_at = time.time_ns()
        article, problems, digest = article_at(self._build.site, stale.path)
        key = article.id if article else ""
        known = (stale.path, key, stale.stamp, read_at, digest)
        if article is None or any(p.severity == "error" for p in problems):
            return ParsedArticle(*known, tuple(problems))
        asserts = tuple(references(article))
        credited = tuple(c.name for c in (article.source, *article.via) if c and not c.outlet)
        if article.draft and not self._build.drafts:
            return ParsedArticle(*known, tuple(problems), asserts=asserts, credits=credited)
        try:
            with unexpected_as_problem(stale.path):
                article = self._history.with_lastmod(article, stale.commits)
                entry = compose(article, self._names, self._build.config)
                lost = omissions(stale.path, entry.findings, LineFinder(self._build.site))
                record = record_of(entry, self._stories)
        except WarraqError as fault:
            return ParsedArticle(*known, fault.problems)
        return ParsedArticle(
            *known,
            (*problems, *lost),
            card=entry.card,
            record=encode_record(record) if record else b"",
            entry=encode_entry(entry),
            words=" ".join(dict.fromkeys(words_of(f"{article.title}\n{entry.text}"))),
            asserts=asserts,
            credits=credited,
        )

    def _render(self, job: RenderJob) -> RenderResult:
        # What the disk refuses, or a cache that the disk has lost, is no fault of the page.
        with unexpected_as_problem(job.page.url, passing=(OSError, sqlite3.Error)):
            return self._rendered(job)

    def _rendered(self, job: RenderJob) -> RenderResult:
        page, started = job.page, time.perf_counter()
        view = page.view(self._context)
        template, digest, staged = template_of(view), b"", None
        if isinstance(view, Text):  # without a template it is its own fingerprint
            fingerprint = digest = content_digest(view.content)
        else:
            salt = self._build.fingerprints[template].encode()
            fingerprint = content_digest(salt + _encode(view))
        if fingerprint != job.fingerprint:
            file = OutputFile(output_path(page.url), render(view, self._theme, page.url))
            staged = stage(file, self._build.tree, digest)
        return RenderResult(template, fingerprint, staged, time.perf_counter() - started)

    @cached_property
    def _context(self) -> RenderContext:
        rows = self._opened.enter_context(read_only(self._build.rows))
        return cached_context_of(self._build.site, rows, self._theme, self._history)

    @cached_property
    def _history(self) -> History:
        return self._opened.enter_context(closing(History(self._build.site)))

    @cached_property
    def _theme(self) -> Theme:
        return self._build.theme()

    @cached_property
    def _stories(self) -> dict[str, str]:
        return stories_of(self._build.authorities)

    @cached_property
    def _names(self) -> AuthorityNames:
        return names_of(self._build.authorities)
