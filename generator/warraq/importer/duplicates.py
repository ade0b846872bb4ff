"""What a new article repeats: another copy of the same report, or another outlet's print of it.

Where that is not certain, the article gets a flag for an editor to decide.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from warraq.base.problems import StoppedError, error
from warraq.content.open_decisions import COPY
from warraq.importer.content_files import ContentFiles
from warraq.importer.known_seeds import KnownSeeds
from warraq.importer.near_duplicate_index import KEPT, NearDuplicateIndex, repeats
from warraq.intake.near_duplicates import Copy
from warraq.intake.text.folding import phrase
from warraq.model import Article, Flag


class Duplicates:
    """Finds what a new article repeats, among all articles and those of this run."""

    def __init__(
        self, site: Path, known: KnownSeeds, files: ContentFiles, *, dry_run: bool = False
    ) -> None:
        """`known` and `files` change as seeds are written; the index is opened when needed."""
        self._site = site
        self._known = known
        self._files = files
        self._dry_run = dry_run
        self._index: NearDuplicateIndex | None = None

    def find(self, article: Article, sketch: tuple[int, ...], sha256: str) -> Copy | None:
        """Return what a new article repeats: the same bytes, or most of its words."""
        same_bytes = [known for known in self._known.with_digest(sha256) if known.id in self._files]
        if same_bytes:
            return self._to_original(Copy(same_bytes[0].id, 1.0), article)
        with _stopping():
            found = self._opened().find(sketch, article.body)
        return self._to_original(self._nearest(found, article), article) if found else None

    def add(self, article_id: str, sketch: tuple[int, ...], text: bytes) -> None:
        """Add an article that was imported; `text` is its file."""
        if self._index is not None:
            with _stopping():
                self._index.add(article_id, sketch, text)

    def close(self) -> None:
        """Close the index, keeping it for later imports."""
        if self._index:
            self._index.close()

    def _opened(self) -> NearDuplicateIndex:
        if self._index is None:
            kept = self._site / KEPT
            self._index = NearDuplicateIndex(self._files.body, kept, dry_run=self._dry_run)
            self._index.update({key: self._files.file_of(key) for key in self._files})
        return self._index

    def _nearest(self, found: list[Copy], article: Article) -> Copy:
        """Return what `article` repeats of its own outlet, else what it repeats most."""
        parsed = ((copy, self._files.article(copy.original)) for copy in found if copy.sure)
        own = (copy for copy, other in parsed if not is_other_outlet(article, other))
        return next(own, found[0])

    def _to_original(self, copy: Copy, article: Article) -> Copy:
        """Return the relation of `article` to the first of the texts that it repeats.

        It has to repeat the original of what it repeats, too; else an editor is asked. Another
        outlet's print of the text is a report of its own.
        """
        repeated = self._files.article(copy.original)
        original = repeated.copy_of if repeated else ""
        if repeated and not original and is_other_outlet(article, repeated):
            original = repeated.same_text_as
        if original and copy.sure:
            first = repeats(article.body, original, self._files.body(original))
            same_text = repeated and repeated.body.strip() == article.body.strip()
            if copy.share == 1 and same_text and original in self._files:
                first = Copy(original, first.share if first else copy.share)
            copy = first or copy._replace(sure=False)
            repeated = self._files.article(copy.original)
        return copy._replace(elsewhere=is_other_outlet(article, repeated))


def marked(article: Article, copy: Copy) -> Article:
    """Return `article` as a copy, as a print, or with a flag that asks an editor."""
    if copy.sure and copy.elsewhere:
        return msgspec.structs.replace(article, same_text_as=copy.original)
    if copy.sure:
        return msgspec.structs.replace(article, copy_of=copy.original)
    flag = Flag(COPY, copy.original, f"{round(copy.share * 100)} %")
    return msgspec.structs.replace(article, flags=(*article.flags, flag))


def is_other_outlet(article: Article, other: Article | None) -> bool:
    """Whether `article` is credited to an outlet that `other` is not credited to.

    If it were marked as a copy of one without an outlet, its own outlet would be lost; one without
    an outlet loses nothing.
    """
    if article.source is None or other is None:
        return False
    return other.source is None or phrase(article.source.name) != phrase(other.source.name)


@contextmanager
def _stopping() -> Iterator[None]:
    """Raise StoppedError for what SQLite cannot do, usually for lack of space."""
    try:
        yield
    except sqlite3.Error as fault:
        why = "why-full" if fault.sqlite_errorname == "SQLITE_FULL" else "why-device"
        raise StoppedError([error("system-refused", KEPT, why=why)]) from None
