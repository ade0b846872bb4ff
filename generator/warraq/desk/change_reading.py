"""What a change did to a file, as an editor reads it: headline, fields in words, words of the text.

Pure. Whatever a file holds, something is shown of its change, and never too much of it.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from warraq.base.controls import without_controls
from warraq.base.markup import unescaped
from warraq.base.problems import WarraqError, printable
from warraq.content.frontmatter import split
from warraq.desk.article_form import ARTICLE_FORM
from warraq.desk.form_fields import values_of
from warraq.editing.change_set import FileChange
from warraq.editing.validation import parsed
from warraq.model import Article
from warraq.render.text_diff import changed_passages, words
from warraq.render.views import DiffSpan

_TOP_KEY = re.compile(r"^([\w.-]+|\"[^\"]*\"):", re.MULTILINE)
_MOST_BYTES = 400_000  # longer files are named only
_MOST_BREAKS = 1_000  # between paragraphs: comparing costs the product of their numbers
_MOST_LETTERS = 1_200  # of a field, and of a run of words
_MOST_PASSAGES = 30
_ELLIPSIS = "…"
Kind = Literal["added", "removed", "changed"]
Pieces = tuple[DiffSpan, ...]


class FieldReading(NamedTuple):
    """A field that differs: its name in words, and the old and new words of it."""

    label: str
    pieces: Pieces


class FileReading(NamedTuple):
    """What differs in a file. `title` is its headline or name, its path where it has none.

    `article` is the id of an article that is there now. Of `passages` a number stands for so many
    unchanged paragraphs; `is_cut` says that there is more. Without fields and passages only what
    nobody reads differs: white space, comments, or bytes that are no text.
    """

    path: str
    title: str
    kind: Kind
    article: str = ""
    fields: tuple[FieldReading, ...] = ()
    passages: tuple[Pieces | int, ...] = ()
    is_cut: bool = False


class _Side(NamedTuple):
    fields: Mapping[str, str] = {}
    body: str = ""
    article: Article | None = None


def read_change(change: FileChange, labels: Mapping[str, str]) -> FileReading:
    """Return what differs in a file; `labels` are key → words, as the form has them."""
    path, before, after = change
    kind: Kind = "added" if before is None else "removed" if after is None else "changed"
    if not _is_text(path) or _is_long(before or b"") or _is_long(after or b""):
        name = _name(path, _Side(), labels)
        return FileReading(printable(path), name, kind, is_cut=_is_text(path))
    old, new = _side(path, before, labels), _side(path, after, labels)
    shown = new if after is not None else old
    fields = tuple(
        FieldReading(labels.get(key, key), _short(words(old.fields.get(key, ""), now)))
        for key, now in _both(old.fields, new.fields)
    )
    passages = tuple(changed_passages(old.body, new.body))
    cut = tuple(one if isinstance(one, int) else _short(one) for one in passages[:_MOST_PASSAGES])
    there = new.article.id if new.article else ""
    return FileReading(
        printable(path),
        _name(path, shown, labels),
        kind,
        there,
        fields,
        cut if any(not isinstance(one, int) for one in cut) else (),
        len(passages) > _MOST_PASSAGES,
    )


def _is_text(path: str) -> bool:
    return path.endswith((".md", ".yaml", ".yml"))


def _is_long(content: bytes) -> bool:
    return len(content) > _MOST_BYTES or content.count(b"\n\n") > _MOST_BREAKS


def _both(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the keys whose value differs, with the new one."""
    for key in dict.fromkeys((*new, *old)):
        if old.get(key, "") != new.get(key, ""):
            yield key, new.get(key, "")


def _side(path: str, content: bytes | None, labels: Mapping[str, str]) -> _Side:
    if content is None:
        return _Side()
    text = without_controls(content.decode("utf-8", "replace")).replace("\r\n", "\n")
    if not path.endswith(".md"):
        return _Side(_raw_fields(text))
    try:
        parts = split(text, path)
    except WarraqError:
        return _Side({}, text)
    fields, body = _raw_fields(parts.head), unescaped(parts.body.strip())
    read, _ = parsed(path, content)
    if not isinstance(read, Article):
        return _Side(fields, body)
    others = {key: value for key, value in fields.items() if key not in {*ARTICLE_FORM.keys, "id"}}
    return _Side(_readable(read, labels) | others, body, read)


def _readable(article: Article, labels: Mapping[str, str]) -> dict[str, str]:
    """Return the form's fields with their values in words."""
    found: dict[str, list[str]] = {}
    for name, value in values_of(ARTICLE_FORM, article).items():
        key, _, rest = name.partition(".")
        word = labels.get(f"{rest.rpartition('.')[2] or key}={value}", value)
        found.setdefault(key, []).append(word)
    return {key: "، ".join(values) for key, values in found.items()}


def _raw_fields(head: str) -> dict[str, str]:
    """Return the keys of a YAML text that begin a line, with what is written under each."""
    marks = [*_TOP_KEY.finditer(head)]
    ends = [*(mark.start() for mark in marks[1:]), len(head)]
    return {
        mark[1].strip('"'): " ".join(head[mark.end() : end].split())
        for mark, end in zip(marks, ends, strict=True)
    }


def _name(path: str, side: _Side, labels: Mapping[str, str]) -> str:
    if path == "site.yaml":
        return labels["changes-settings"]
    if path.startswith("content/.imports/"):
        return labels["changes-receipt"]
    name = side.fields.get("title") or side.fields.get("name") or ""
    return name.strip("\"'") or printable(path.removeprefix("content/"))


def _short(pieces: Pieces) -> Pieces:
    """Return `pieces` with the middle of long unchanged runs, and the end of others, left out."""
    return tuple(_shortened(piece) for piece in pieces)


def _shortened(piece: DiffSpan) -> DiffSpan:
    if len(piece.text) <= _MOST_LETTERS:
        return piece
    half = _MOST_LETTERS // 2
    if piece.change == "same":
        return DiffSpan("same", f"{piece.text[:half]} {_ELLIPSIS} {piece.text[-half:]}")
    return DiffSpan(piece.change, piece.text[:_MOST_LETTERS] + _ELLIPSIS)
