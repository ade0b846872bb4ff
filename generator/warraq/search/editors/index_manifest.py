"""What an index was made from: stamps and digests of the content files, words, its own files.

The ledger lies beside the index and is no pickle. An index whose files are not as the ledger says
is never opened.
"""

import zlib
from collections.abc import Mapping
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import msgspec

from warraq.base.file_stamps import is_racy
from warraq.base.files import write_atomic
from warraq.search.editors import ContentFile, EditorDocument

NAME = "ledger.msgpack"
# The files that say what an index holds: after a change in any of them it is made anew.
MADE_BY = (
    ("warraq.base", "arabic.py"),
    ("warraq.search", "analysis.py"),
    ("warraq.search.editors", "__init__.py"),
    ("warraq.search.editors", "search_fields.py"),
    ("warraq.search.editors", "schema.py"),
    ("warraq.search.editors", "index_manifest.py"),
)


class IndexedFile(NamedTuple):
    """When a content file need not be read again, and what was read. `digest` "": it is broken."""

    size: int
    mtime_ns: int
    digest: str


class IndexManifest(msgspec.Struct, frozen=True):
    """`files`: path → IndexedFile. `words`: family → words met. `parts`: index file → CRC-32."""

    version: str
    context: str
    files: dict[str, IndexedFile] = {}
    words: dict[str, list[str]] = {}
    parts: dict[str, int] = {}


def version(whoosh: tuple[int, ...]) -> str:
    """Name Whoosh's version and a digest of MADE_BY: the schema and the rules of analysis."""
    rules = sha256()
    for package, name in MADE_BY:
        rules.update(files(package).joinpath(name).read_bytes())
    return f"{'.'.join(map(str, whoosh))} {rules.hexdigest()[:16]}"


def read(folder: Path) -> IndexManifest | None:
    """Return the ledger of `folder` if all is as it says, None if anything is cut or changed."""
    try:
        ledger = msgspec.msgpack.decode((folder / NAME).read_bytes(), type=IndexManifest)
        return ledger if checksums(folder) == ledger.parts else None
    except (OSError, msgspec.MsgspecError):
        return None


def write(folder: Path, ledger: IndexManifest) -> None:
    """Put `ledger` beside the index in `folder`."""
    write_atomic(folder / NAME, msgspec.msgpack.encode(ledger))


def checksums(folder: Path) -> dict[str, int]:
    """Return name → CRC-32 of Whoosh's files in `folder`."""
    parts = (part for part in sorted(folder.iterdir()) if part.name.startswith(("MAIN", "_MAIN")))
    return {p.name: zlib.crc32(p.read_bytes()) for p in parts if not p.name.endswith("LOCK")}


def digest(document: EditorDocument) -> str:
    """Return what tells `document` from any other."""
    return sha256(msgspec.msgpack.encode(document)).hexdigest()


def stamp(file: ContentFile, document: EditorDocument | None, now: int) -> IndexedFile:
    """Return the stamp for `file` as read at `now` (nanoseconds)."""
    racy = is_racy(file.mtime_ns, now)
    return IndexedFile(
        file.size, -1 if racy else file.mtime_ns, digest(document) if document else ""
    )


def is_fresh(file: ContentFile, known: Mapping[str, IndexedFile]) -> bool:
    """Tell whether `file` is as it was when it was read."""
    found = known.get(file.path)
    return found is not None and (found.size, found.mtime_ns) == (file.size, file.mtime_ns)


def to_be_read_again(known: IndexManifest, context: str) -> IndexManifest:
    """Return `known` under a new `context`: no file is fresh, but what comes out alike stays."""
    files = {path: IndexedFile(-1, -1, stamp.digest) for path, stamp in known.files.items()}
    return IndexManifest(known.version, context, files, known.words, known.parts)
