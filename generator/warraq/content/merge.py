"""Three-way merge of a re-import into an edited file, by field and by paragraph. Pure.

The base is the receipt's hashes: what differs from its hash was edited. An editor's text always
survives; where both sides changed the same thing, the new one goes into `conflicts`. Fields are
spliced at their lines, so that comments, order, quoting and unknown keys stay as they are.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

import msgspec

from warraq.base.builtins import fields_of
from warraq.base.markup import unescaped
from warraq.base.problems import WarraqError
from warraq.content.frontmatter import ARTICLE, front_matter, parse_article
from warraq.content.receipts import (
    FIELDS,
    field_hash,
    field_hashes,
    paragraph_hashes,
    paragraphs_of,
)
from warraq.content.splice import with_key
from warraq.model import Article, Receipt

BODY = "body"


class Merged(NamedTuple):
    """The file's new text (the old one when nothing changes), and what was not taken.

    `conflicts` maps a field, or `body`, to the text that lost; `fields` and `paragraphs` are the
    base for the next merge: the hashes of what import would have written.
    """

    text: str
    conflicts: dict[str, str]
    fields: dict[str, str]
    paragraphs: tuple[str, ...]


def merge(base: Receipt, text: str, new: Article, *, path: str) -> Merged:
    """Return `text`, a content file, with what changed in `new` since `base` was written.

    Raises WarraqError when `text` cannot be read: a broken file is the editor's to mend first.
    """
    if "\r\n" in text:
        found = merge(base, text.replace("\r\n", "\n"), new, path=path)
        return found._replace(text=found.text.replace("\n", "\r\n"))
    edited, problems = parse_article(text, path)
    errors = [p for p in problems if p.severity == "error"]
    if edited is None or errors:
        raise WarraqError(errors or problems)
    wanted, conflicts = _fields(base, edited, new)
    body, lost = merge_paragraphs(base.paragraphs, edited.body, new.body)
    if lost:
        conflicts[BODY] = lost
    conflicts = _unsettled(base, edited, new) | conflicts
    merged = _spliced(text, wanted, new, path)
    if body != edited.body:
        merged = _with_body(merged, body)
    return Merged(merged, conflicts, field_hashes(new), paragraph_hashes(new.body))


def _fields(base: Receipt, edited: Article, new: Article) -> tuple[list[str], dict[str, str]]:
    """Return the fields to be written anew, and those where both sides changed."""
    ours, theirs = field_hashes(edited), field_hashes(new)
    wanted: list[str] = []
    conflicts: dict[str, str] = {}
    for key in FIELDS:
        before, mine, its = base.fields.get(key), ours.get(key), theirs.get(key)
        if its in {before, mine}:
            continue
        if mine == before:
            wanted.append(key)
        else:
            lost = fields_of(new).get(key)
            conflicts[key] = msgspec.json.encode(lost, order="sorted").decode()
    return wanted, conflicts


def _unsettled(base: Receipt, edited: Article, new: Article) -> dict[str, str]:
    """Return the conflicts of earlier imports in which the two sides still differ as they did."""
    ours, theirs = field_hashes(edited), field_hashes(new)
    ours[BODY], theirs[BODY] = (field_hash(paragraph_hashes(a.body)) for a in (edited, new))
    was = {**base.fields, BODY: field_hash(base.paragraphs)}
    now = {**theirs, BODY: field_hash(_as_it_was(base.paragraphs, paragraphs_of(new.body)))}
    return {
        key: text
        for key, text in base.conflicts.items()
        if now.get(key) == was.get(key) and ours.get(key) != theirs.get(key)
    }


def _as_it_was(base: Sequence[str], new: Sequence[str]) -> tuple[str, ...]:
    r"""Return the hashes of the paragraphs `new`, those that only gained backslashes as in `base`.

    Import did not escape all marks of plain text once (docs/decisions/0002).

    >>> _as_it_was(paragraph_hashes("__init__"), [r"\_\_init\_\_"]) == paragraph_hashes("__init__")
    True
    """
    known = frozenset(base)
    found = ((field_hash(" ".join(text.split())), text) for text in new)
    return tuple(
        bare
        if own not in known and (bare := field_hash(" ".join(unescaped(text).split()))) in known
        else own
        for own, text in found
    )


class _Piece(NamedTuple):
    """One run of paragraphs where the three sides line up or differ, by half-open ranges."""

    base: tuple[int, int]
    edited: tuple[int, int]
    new: tuple[int, int]


def merge_paragraphs(base: Sequence[str], edited: str, new: str) -> tuple[str, str]:
    r"""Return (the merged body, the new paragraphs that lost to an editor's); `base` are hashes.

    >>> old = paragraph_hashes("a\n\nb\n\nc")
    >>> merge_paragraphs(old, "a\n\nB\n\nc", "a\n\nb\n\nc\n\nd")
    ('a\n\nB\n\nc\n\nd', '')
    >>> merge_paragraphs(old, "a\n\nB\n\nc", "a\n\nbb\n\nc")
    ('a\n\nB\n\nc', 'bb')
    """
    mine, its = paragraphs_of(edited), paragraphs_of(new)
    my_hashes, its_hashes = paragraph_hashes(edited), paragraph_hashes(new)
    if its_hashes in {tuple(base), my_hashes}:
        return edited, ""
    if my_hashes == tuple(base):
        return "\n\n".join(its), ""
    its_hashes = _as_it_was(base, its)
    out: list[str] = []
    lost: list[str] = []
    for piece in _pieces(base, my_hashes, its_hashes):
        was = tuple(base[slice(*piece.base)])
        ours, theirs = my_hashes[slice(*piece.edited)], its_hashes[slice(*piece.new)]
        if was == ours:
            out += its[slice(*piece.new)]
            continue
        out += mine[slice(*piece.edited)]
        if theirs not in {was, ours}:
            lost += its[slice(*piece.new)]
    return "\n\n".join(out), "\n\n".join(lost)


def _pieces(base: Sequence[str], mine: Sequence[str], its: Sequence[str]) -> Iterator[_Piece]:
    """Yield the runs between paragraphs that all three sides have, and those paragraphs."""
    to_mine, to_its = _matches(base, mine), _matches(base, its)
    b = m = i = 0
    for at in range(len(base)):
        if at in to_mine and at in to_its and to_mine[at] >= m and to_its[at] >= i:
            yield _Piece((b, at), (m, to_mine[at]), (i, to_its[at]))
            yield _Piece((at, at + 1), (to_mine[at], to_mine[at] + 1), (to_its[at], to_its[at] + 1))
            b, m, i = at + 1, to_mine[at] + 1, to_its[at] + 1
    yield _Piece((b, len(base)), (m, len(mine)), (i, len(its)))


def _matches(one: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return {block.a + k: block.b + k for block in blocks for k in range(block.size)}


def _with_body(text: str, body: str) -> str:
    end = re.compile(r"^---[ \t]*(?:\n|\Z)", re.MULTILINE).search(text, 4)
    head = text[: end.end()] if end else text
    return f"{head}\n{body.strip()}\n"


def _spliced(text: str, keys: Sequence[str], new: Article, path: str) -> str:
    """Return `text` with the front matter's `keys` as `new` has them, other lines untouched."""
    if not keys:
        return text
    values = front_matter(new)
    for key in keys:
        text = with_key(text, key, values.get(key), order=tuple(ARTICLE), path=path)
    return text
