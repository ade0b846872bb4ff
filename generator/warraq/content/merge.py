"""Three-way merge of a re-import into an edited file, by field and by paragraph. Pure.

The base is the hashes in the receipt: what differs from its hash was edited. An editor's text is
always kept; where both sides changed the same thing, the new text goes into `conflicts`. Fields are
replaced line by line, so that comments, order, quoting and unknown keys are preserved.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

import msgspec

from warraq.base.builtins import fields_of
from warraq.base.markup import unescaped
from warraq.base.problems import WarraqError
from warraq.content.frontmatter import ARTICLE, front_matter, parse_article, with_body
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
    """The new text of the file (the old one if nothing changes), and what was not merged.

    `conflicts` maps a field, or `body`, to the rejected text; `fields` and `paragraphs` are the
    base of the next merge: the hashes of what import would have written.
    """

    text: str
    conflicts: dict[str, str]
    fields: dict[str, str]
    paragraphs: tuple[str, ...]


def merge(base: Receipt, text: str, new: Article, *, path: str) -> Merged:
    """Return `text`, a content file, with what changed in `new` since `base` was written.

    Raises WarraqError if `text` cannot be read: an editor has to fix a broken file first.
    """
    if "\r\n" in text:
        found = merge(base, text.replace("\r\n", "\n"), new, path=path)
        return found._replace(text=found.text.replace("\n", "\r\n"))
    edited, problems = parse_article(text, path)
    errors = [p for p in problems if p.severity == "error"]
    if edited is None or errors:
        raise WarraqError(errors or problems)
    to_write, conflicts = _merge_fields(base, edited, new)
    body, rejected = merge_paragraphs(base.paragraphs, edited.body, new.body)
    if rejected:
        conflicts[BODY] = rejected
    conflicts = _open_conflicts(base, edited, new) | conflicts
    merged = _with_fields(text, to_write, new, path)
    if body != edited.body:
        merged = with_body(merged, body)
    return Merged(merged, conflicts, field_hashes(new), paragraph_hashes(new.body))


def _merge_fields(base: Receipt, edited: Article, new: Article) -> tuple[list[str], dict[str, str]]:
    """Return the fields to write, and the new values of those that both sides changed."""
    edited_hashes, new_hashes = field_hashes(edited), field_hashes(new)
    to_write: list[str] = []
    conflicts: dict[str, str] = {}
    for key in FIELDS:
        before, ours, theirs = base.fields.get(key), edited_hashes.get(key), new_hashes.get(key)
        if theirs in {before, ours}:
            continue
        if ours == before:
            to_write.append(key)
        else:
            rejected = fields_of(new).get(key)
            conflicts[key] = msgspec.json.encode(rejected, order="sorted").decode()
    return to_write, conflicts


def _open_conflicts(base: Receipt, edited: Article, new: Article) -> dict[str, str]:
    """Return the conflicts of earlier imports whose two sides still differ in the same way."""
    ours, theirs = field_hashes(edited), field_hashes(new)
    ours[BODY], theirs[BODY] = (field_hash(paragraph_hashes(a.body)) for a in (edited, new))
    was = {**base.fields, BODY: field_hash(base.paragraphs)}
    now = {**theirs, BODY: field_hash(_as_in_base(base.paragraphs, paragraphs_of(new.body)))}
    return {
        key: text
        for key, text in base.conflicts.items()
        if now.get(key) == was.get(key) and ours.get(key) != theirs.get(key)
    }


def _as_in_base(base: Sequence[str], new: Sequence[str]) -> tuple[str, ...]:
    r"""Return the hashes of the paragraphs `new`; one that only gained backslashes keeps its hash.

    Earlier versions did not escape all marks of plain text (docs/decisions/0002).

    >>> _as_in_base(paragraph_hashes("__init__"), [r"\_\_init\_\_"]) == paragraph_hashes("__init__")
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


class Chunk(NamedTuple):
    """A run of paragraphs in which the three sides agree or differ, as half-open ranges."""

    base: tuple[int, int]
    edited: tuple[int, int]
    new: tuple[int, int]


def merge_paragraphs(base: Sequence[str], edited: str, new: str) -> tuple[str, str]:
    r"""Return (the merged body, the new paragraphs that conflict with edits); `base` are hashes.

    >>> old = paragraph_hashes("a\n\nb\n\nc")
    >>> merge_paragraphs(old, "a\n\nB\n\nc", "a\n\nb\n\nc\n\nd")
    ('a\n\nB\n\nc\n\nd', '')
    >>> merge_paragraphs(old, "a\n\nB\n\nc", "a\n\nbb\n\nc")
    ('a\n\nB\n\nc', 'bb')
    """
    ours, theirs = paragraphs_of(edited), paragraphs_of(new)
    our_hashes, their_hashes = paragraph_hashes(edited), paragraph_hashes(new)
    if their_hashes in {tuple(base), our_hashes}:
        return edited, ""
    if our_hashes == tuple(base):
        return "\n\n".join(theirs), ""
    their_hashes = _as_in_base(base, theirs)
    merged: list[str] = []
    rejected: list[str] = []
    for chunk in chunks(base, our_hashes, their_hashes):
        before = tuple(base[slice(*chunk.base)])
        edited_hashes = our_hashes[slice(*chunk.edited)]
        if before == edited_hashes:
            merged += theirs[slice(*chunk.new)]
            continue
        merged += ours[slice(*chunk.edited)]
        if their_hashes[slice(*chunk.new)] not in {before, edited_hashes}:
            rejected += theirs[slice(*chunk.new)]
    return "\n\n".join(merged), "\n\n".join(rejected)


def chunks(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> Iterator[Chunk]:
    """Yield each paragraph that all three sides share, and the runs between them, as diff3 does."""
    in_ours, in_theirs = _matches(base, ours), _matches(base, theirs)
    b = o = t = 0
    for at in range(len(base)):
        if at in in_ours and at in in_theirs and in_ours[at] >= o and in_theirs[at] >= t:
            yield Chunk((b, at), (o, in_ours[at]), (t, in_theirs[at]))
            b, o, t = at + 1, in_ours[at] + 1, in_theirs[at] + 1
            yield Chunk((at, b), (o - 1, o), (t - 1, t))
    yield Chunk((b, len(base)), (o, len(ours)), (t, len(theirs)))


def _matches(one: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return {block.a + k: block.b + k for block in blocks for k in range(block.size)}


def _with_fields(text: str, keys: Sequence[str], new: Article, path: str) -> str:
    """Return `text` with `keys` of the front matter taken from `new`, other lines unchanged."""
    if not keys:
        return text
    values = front_matter(new)
    for key in keys:
        text = with_key(text, key, values.get(key), order=tuple(ARTICLE), path=path)
    return text
