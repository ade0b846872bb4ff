"""What one process of a build does: read articles, render pages. Small messages in, small out.

A worker knows the site, the settings and the authority files, and asks the cache's file for the
rest. The same object serves in the main process when there is little.
"""

import hashlib
import sqlite3
import time
from collections.abc import Sequence
from contextlib import ExitStack, closing
from functools import cached_property, lru_cache
from typing import NamedTuple

import msgspec
from msgspec import structs

from warraq.archive.catalogue import Catalogue
from warraq.base.problems import Problem, WarraqError, naming
from warraq.base.urls import output_path
from warraq.build.cache import read_only
from warraq.build.changes import Task, Wanted
from warraq.build.full import dated
from warraq.build.index_input import record_of, stories_of
from warraq.build.omissions import left_out
from warraq.content.file_stamps import Stamp
from warraq.content.history import Commit, History
from warraq.content.picture_size import Size, pixels
from warraq.content.store import Lines, article_at, asserted
from warraq.model import Article, Card, Entry, OutputFile, Version
from warraq.prose.entries import Names, compose, names_of
from warraq.prose.markdown import html_of, text_of
from warraq.prose.mentions import words_of
from warraq.publish.tree import Staged, stage
from warraq.render.context import Material
from warraq.render.environment import Theme, theme_of
from warraq.render.pages import Page, render, template_of, view_of
from warraq.search.records import packed

_commits_in = msgspec.msgpack.Decoder(tuple[Commit, ...]).decode
_entry_in = msgspec.msgpack.Decoder(tuple[Article, str]).decode
_encode = msgspec.msgpack.Encoder().encode


class Reading(NamedTuple):
    """What a content file holds.

    `card` is None for a draft that is not shown, `record` (packed) b"" for what is not searched.
    `entry` (msgpack) is what a page needs beside the card. `words` are the distinct words by which
    names are looked for, `asserts` the (kind, key) its front matter names, `credits` the outlets it
    credits by name.
    """

    path: str
    id: str
    stamp: Stamp
    seen: int
    digest: bytes
    problems: tuple[Problem, ...]
    card: Card | None = None
    record: bytes = b""
    entry: bytes = b""
    words: str = ""
    asserts: tuple[tuple[str, str], ...] = ()
    credits: tuple[str, ...] = ()


class Order(NamedTuple):
    """A page to look at, and the print it had; b"" makes it anew."""

    page: Page
    print: bytes


class Rendered(NamedTuple):
    """A page looked at, in so many seconds; `staged` is None when its print is the old one."""

    page: Page
    template: str
    print: bytes
    staged: Staged | None
    seconds: float


class Worker:
    """One process's part of a build."""

    def __init__(self, task: Task, rows: sqlite3.Connection | None = None) -> None:
        """Remember the task; everything else is made when first needed.

        `rows` are those to read from, as they stand within a change; else the cache's file is.
        """
        self._task = task
        self._given = rows
        self._opened = ExitStack()
        self._entry = lru_cache(256)(self._entry_of)

    def close(self) -> None:
        """Close what was opened; the worker is of no use after."""
        self._opened.close()

    def read(self, batch: Sequence[Wanted]) -> list[Reading]:
        """Return what the files of `batch` hold."""
        return [self._read(wanted) for wanted in batch]

    def render(self, batch: Sequence[Order]) -> list[Rendered]:
        """Stage the pages of `batch` that show something new; return what became of each."""
        return [self._render(order) for order in batch]

    @cached_property
    def material(self) -> Material:
        """What pages are made from, as the cache's rows stand when first asked."""

        def versions_of(article_id: str) -> tuple[Version, ...]:
            query = """select path from source join edited using (path)
                       where kind = 'articles' and key = ?"""
            row = self._rows.execute(query, (article_id,)).fetchone()
            return self._history.versions(row[0], self._commits_of(row[0])) if row else ()

        return Material(
            Catalogue(self._rows),
            self._theme.wording,
            entry_of=self._entry,
            body_of=lambda authority: html_of(authority.body),
            size_of=lru_cache(256)(self._size_of),
            versions_of=versions_of,
        )

    def _read(self, wanted: Wanted) -> Reading:
        seen = time.time_ns()
        article, problems, digest = article_at(self._task.site, wanted.path)
        key = article.id if article else ""
        known = (wanted.path, key, wanted.stamp, seen, digest)
        if article is None or any(p.severity == "error" for p in problems):
            return Reading(*known, tuple(problems))
        asserts = tuple(asserted(article))
        credited = tuple(c.name for c in (article.source, *article.via) if c and not c.outlet)
        if article.draft and not self._task.drafts:
            return Reading(*known, tuple(problems), asserts=asserts, credits=credited)
        try:
            with naming(wanted.path):
                article = dated(article, wanted.commits, self._history)
                entry = compose(article, self._names, self._task.config)
                lost = left_out(wanted.path, entry.findings, Lines(self._task.site))
                record = record_of(entry, self._stories)
        except WarraqError as fault:
            return Reading(*known, fault.problems)
        return Reading(
            *known,
            (*problems, *lost),
            card=entry.card,
            record=packed(record) if record else b"",
            entry=_encode((structs.replace(entry.article, body=""), entry.html)),
            words=" ".join(dict.fromkeys(words_of(f"{article.title}\n{entry.text}"))),
            asserts=asserts,
            credits=credited,
        )

    def _render(self, order: Order) -> Rendered:
        # What the disk refuses, or a cache that the disk has lost, is no fault of the page.
        with naming(order.page.url, passing=(OSError, sqlite3.Error)):
            return self._rendered(order)

    def _rendered(self, order: Order) -> Rendered:
        page, begun = order.page, time.perf_counter()
        view = view_of(page, self.material)
        template = template_of(view)
        salt = self._task.prints[template].encode()
        shown = hashlib.blake2b(salt + _encode(view), digest_size=16).digest()
        staged = None
        if shown != order.print:
            file = OutputFile(output_path(page.url), render(view, self._theme, page.url))
            staged = stage(file, self._task.tree)
        return Rendered(page, template, shown, staged, time.perf_counter() - begun)

    def _entry_of(self, article_id: str) -> Entry:
        query = """select entry from source join text using (path)
                   where kind = 'articles' and key = ?"""
        row = self._rows.execute(query, (article_id,)).fetchone()
        article, html = _entry_in(row[0])
        card = self.material.catalogue.card(article_id)
        if card is None:
            raise KeyError(article_id)
        return Entry(article, card, html, text_of(html))

    def _size_of(self, path: str) -> Size | None:
        query = "select 1 from source where path = ? and kind = 'media'"
        name = f"content/{path}"
        is_there = self._rows.execute(query, (name,)).fetchone()
        return pixels(self._task.site / name) if is_there else None

    def _commits_of(self, path: str) -> tuple[Commit, ...]:
        row = self._rows.execute("select commits from edited where path = ?", (path,)).fetchone()
        return _commits_in(row[0]) if row else ()

    @cached_property
    def _history(self) -> History:
        return self._opened.enter_context(closing(History(self._task.site)))

    @cached_property
    def _rows(self) -> sqlite3.Connection:
        return self._given or self._opened.enter_context(read_only(self._task.rows))

    @cached_property
    def _theme(self) -> Theme:
        return theme_of(self._task.config, self._task.site / "templates")

    @cached_property
    def _stories(self) -> dict[str, str]:
        return stories_of(self._task.authorities)

    @cached_property
    def _names(self) -> Names:
        return names_of(self._task.authorities)
