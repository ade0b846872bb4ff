"""The importer's receipt: JSON under content/.imports/, the same bytes for the same import.

It holds what was removed and decided, and the hashes of what was last written, by which a later
import recognises an editor's changes (see `merge`).
"""

import hashlib

import msgspec

from warraq.base.builtins import fields_of
from warraq.base.problems import WarraqError, error
from warraq.model import Article, Receipt

FOLDER = "content/.imports"
# The keys that import writes and rewrites; all others belong to the editors.
FIELDS = (
    "external_ids", "title", "title_status", "description", "date", "date_info", "event_date",
    "aliases", "lang", "section", "topics", "authors", "dateline", "source", "via", "cited",
    "image", "figures", "copy_of", "same_text_as", "flags", "lastmod", "draft", "provenance",
)  # fmt: skip


class Identity(msgspec.Struct, frozen=True):
    """What identifies a seed on a later import; fields as in `Receipt`."""

    id: str
    seed: str
    sha256: str
    sidecar_sha256: str = msgspec.field(default="", name="beside")
    received: str = ""
    external_ids: dict[str, str] = {}
    aliases: tuple[str, ...] = ()
    conflicts: dict[str, str] = {}
    modified: str = ""


class ReceiptSummary(msgspec.Struct, frozen=True):
    """What shows whether an editor has decided; fields as in `Receipt`."""

    id: str
    conflicts: dict[str, str] = {}
    fields: dict[str, str] = {}


def path_of(article_id: str) -> str:
    """Return the receipt's path, relative to the site.

    >>> path_of("19805c34f5b7eaf3")
    'content/.imports/19/19805c34f5b7eaf3.json'
    """
    return f"{FOLDER}/{article_id[:2]}/{article_id}.json"


def encode(receipt: Receipt) -> bytes:
    """Return `receipt` as indented JSON in UTF-8, keys sorted, with LF and a final newline."""
    text = msgspec.json.encode(fields_of(receipt), order="sorted")
    return msgspec.json.format(text, indent=1) + b"\n"


def decode(content: bytes, path: str) -> Receipt:
    """Return the receipt in `content`; WarraqError if it is none."""
    try:
        return msgspec.json.decode(content, type=Receipt)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise WarraqError([error("receipt-broken", path, why="why-json")]) from None


def identity(content: bytes, path: str) -> Identity:
    """Return the identity in the receipt `content`, the rest undecoded; WarraqError as `decode`."""
    try:
        return _identities.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise WarraqError([error("receipt-broken", path, why="why-json")]) from None


def summary(content: bytes, path: str) -> ReceiptSummary:
    """Return the summary of the receipt `content`; WarraqError as `decode`."""
    try:
        return _summaries.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise WarraqError([error("receipt-broken", path, why="why-json")]) from None


_identities = msgspec.json.Decoder(Identity)
_summaries = msgspec.json.Decoder(ReceiptSummary)


def with_hashes(receipt: Receipt, article: Article) -> Receipt:
    """Return `receipt` with the hashes of `article`."""
    return msgspec.structs.replace(
        receipt,
        id=article.id,
        fields=field_hashes(article),
        paragraphs=paragraph_hashes(article.body),
    )


def field_hashes(article: Article) -> dict[str, str]:
    """Return field → hash for the fields of FIELDS that `article` has."""
    values = fields_of(article)
    return {key: field_hash(values[key]) for key in FIELDS if key in values}


def field_hash(value: object) -> str:
    """Return the hash of a field's value, as plain data: 16 hex digits of SHA-256."""
    return hashlib.sha256(msgspec.json.encode(value, order="sorted")).hexdigest()[:16]


def paragraphs_of(body: str) -> tuple[str, ...]:
    """Return the paragraphs of a Markdown body: runs of lines between empty ones."""
    parts = "\n".join(line.rstrip() for line in body.split("\n")).split("\n\n")
    return tuple(part.strip("\n") for part in parts if part.strip())


def paragraph_hashes(body: str) -> tuple[str, ...]:
    """Return the hash of each paragraph of `body`, in order."""
    return tuple(field_hash(" ".join(part.split())) for part in paragraphs_of(body))
