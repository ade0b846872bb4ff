"""Entries, versions and picture sizes from the cache's rows, as rendering asks for them."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import lru_cache
from pathlib import Path

import msgspec
from msgspec import structs

from warraq.archive.catalogue import Catalogue
from warraq.base.markup import in_paragraphs
from warraq.build.build_context import BuildContext, render_context
from warraq.content.git_history import Commit, History
from warraq.content.picture_size import Size, pixels
from warraq.model import Article, Card, Entry, Version
from warraq.render.context import RenderContext
from warraq.render.environment import Theme

_commits_in = msgspec.msgpack.Decoder(tuple[Commit, ...]).decode
_encode = msgspec.msgpack.Encoder().encode
_entry_in = msgspec.msgpack.Decoder(tuple[Article, str, str | None]).decode

ENTRIES = 256  # held at once


def encode_entry(entry: Entry) -> bytes:
    """Return what a page needs of `entry` beside its card, as msgpack.

    HTML that is only the text in paragraphs is left out.
    """
    html = None if entry.html == in_paragraphs(entry.text) else entry.html
    return _encode((structs.replace(entry.article, body=""), entry.text, html))


def decode_entry(data: bytes, card: Card) -> Entry:
    """Return the entry that `encode_entry` made `data` of, without body and findings."""
    article, text, html = _entry_in(data)
    return Entry(article, card, in_paragraphs(text) if html is None else html, text)


def entry_of_rows(rows: sqlite3.Connection, card: Card) -> Entry:
    """Return the entry of `card` that `rows` keep, as `decode_entry` does, else a KeyError."""
    query = """select entry from source join text using (path)
               where kind = 'articles' and key = ?"""
    row = rows.execute(query, (card.id,)).fetchone()
    if row is None:
        raise KeyError(card.id)
    return decode_entry(row[0], card)


@contextmanager
def cached_context(build: BuildContext, rows: sqlite3.Connection) -> Iterator[RenderContext]:
    """Yield a render context that reads from `rows`, as they are when first asked."""
    theme = build.theme()
    with closing(History(build.site)) as history:
        yield cached_context_of(build.site, rows, theme, history)


def cached_context_of(
    site: Path, rows: sqlite3.Connection, theme: Theme, history: History
) -> RenderContext:
    """Return a render context that reads from `rows`; `history` stays the caller's to close."""
    catalogue = Catalogue(rows)

    def entry_of(article_id: str) -> Entry:
        card = catalogue.card(article_id)
        if card is None:
            raise KeyError(article_id)
        return entry_of_rows(rows, card)

    any_edited = rows.execute("select 1 from edited limit 1").fetchone() is not None

    def versions_of(article_id: str) -> tuple[Version, ...]:
        if not any_edited:
            return ()
        query = """select path, commits from source join edited using (path)
                   where kind = 'articles' and key = ?"""
        row = rows.execute(query, (article_id,)).fetchone()
        return history.versions(row[0], _commits_in(row[1])) if row else ()

    def size_of(path: str) -> Size | None:
        name = f"content/{path}"
        query = "select 1 from source where path = ? and kind = 'media'"
        is_there = rows.execute(query, (name,)).fetchone()
        return pixels(site / name) if is_there else None

    return render_context(
        catalogue,
        theme.wording,
        entry_of=lru_cache(ENTRIES)(entry_of),
        versions_of=versions_of,
        size_of=size_of,
    )
