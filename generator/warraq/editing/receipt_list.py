"""The receipts of an archive as a list: what was imported, when, and how much of it was removed."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import NamedTuple

import msgspec

from warraq.base.urls import is_article_id
from warraq.content.receipts import FOLDER

_OPEN = frozenset(("unknown", "conflicting", "inferred", "generated"))


class _Removed(msgspec.Struct, frozen=True):
    first: int = 0
    text: str = ""


class _Decision(msgspec.Struct, frozen=True):
    field: str
    value: str = ""
    basis: str = ""


class _Receipt(msgspec.Struct, frozen=True):
    id: str
    removed: tuple[_Removed, ...] = ()
    decisions: tuple[_Decision, ...] = ()


class ImportedArticle(NamedTuple):
    """What a receipt says in short.

    `written` is when its file was (nanoseconds), `outlets` are source and carriers, `removed`
    counts lines. `open` are the fields (title, source, date) that the import was not sure of.
    """

    id: str
    written: int
    title: str
    outlets: tuple[str, ...] = ()
    removed: int = 0
    open: tuple[str, ...] = ()


class ReceiptList:
    """The receipts of a site; each is read again only when its file is another."""

    def __init__(self, site: Path) -> None:
        """Read nothing yet."""
        self._folder = site / FOLDER
        self._known: dict[str, tuple[tuple[int, int], ImportedArticle | None]] = {}
        self._lock = Lock()

    def now(self) -> list[ImportedArticle]:
        """Return all receipts that can be read, newest first."""
        with self._lock:
            files = dict(self._files())
            self._known = {
                path: known
                if (known := self._known.get(path)) and known[0] == stamp
                else (stamp, _read(path, stamp[0]))
                for path, stamp in files.items()
            }
            found = [article for _, article in self._known.values() if article]
        return sorted(found, key=lambda one: (-one.written, one.id))

    def _files(self) -> Iterator[tuple[str, tuple[int, int]]]:
        with suppress(OSError):
            for folder in os.scandir(self._folder):
                if folder.is_dir(follow_symlinks=False):
                    yield from _receipts_in(folder.path)


def _receipts_in(folder: str) -> Iterator[tuple[str, tuple[int, int]]]:
    with suppress(OSError):
        for file in os.scandir(folder):
            if file.name.endswith(".json") and file.is_file(follow_symlinks=False):
                status = file.stat(follow_symlinks=False)
                yield file.path, (status.st_mtime_ns, status.st_size)


def _read(path: str, written: int) -> ImportedArticle | None:
    try:
        receipt = _decoder.decode(Path(path).read_bytes())
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None  # `warraq check` names it
    if not is_article_id(receipt.id):  # it would name a file of its own choice
        return None
    values = {one.field: one for one in reversed(receipt.decisions)}
    credits_ = [one.value for one in receipt.decisions if one.field in {"source", "via"}]
    title, day = values.get("title"), values.get("date")
    unsure = {
        "title": title is None or title.basis in _OPEN,
        "source": "source" not in values,
        "date": day is None or not day.value or day.basis in _OPEN,
    }
    return ImportedArticle(
        receipt.id,
        written,
        title.value if title else "",
        tuple(dict.fromkeys(credits_)),
        sum(one.first > 0 for one in receipt.removed),
        tuple(field for field, is_open in unsure.items() if is_open),
    )


_decoder = msgspec.json.Decoder(_Receipt)
