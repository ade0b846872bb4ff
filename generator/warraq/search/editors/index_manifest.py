"""What an index was made from: stamps and digests of the content files, words, its own files.

The manifest is stored with the index and is no pickle. An index whose files do not match it is
never opened.
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

NAME = "manifest.msgpack"
# The files that say what an index holds: after a change in any of them it is rebuilt.
MADE_BY = (
    ("warraq.base", "arabic.py"),
    ("warraq.search", "analysis.py"),
    ("warraq.search.editors", "__init__.py"),
    ("warraq.search.editors", "search_fields.py"),
    ("warraq.search.editors", "schema.py"),
    ("warraq.search.editors", "index_manifest.py"),
)


class IndexedFile(NamedTuple):
    """The stamp of a content file as it was read, and its document's digest ("" if broken)."""

    size: int
    mtime_ns: int
    digest: str


class IndexManifest(msgspec.Struct, frozen=True):
    """`files`: path → IndexedFile. `words`: family → words. `checksums`: index file → CRC-32."""

    version: str
    context: str
    files: dict[str, IndexedFile] = {}
    words: dict[str, list[str]] = {}
    checksums: dict[str, int] = {}


def version(whoosh: tuple[int, ...]) -> str:
    """Return Whoosh's version with a digest of MADE_BY: the schema and the rules of analysis."""
    rules = sha256()
    for package, name in MADE_BY:
        rules.update(files(package).joinpath(name).read_bytes())
    return f"{'.'.join(map(str, whoosh))} {rules.hexdigest()[:16]}"


def read(folder: Path) -> IndexManifest | None:
    """Return the manifest of `folder`, None if it or any index file is damaged."""
    try:
        manifest = msgspec.msgpack.decode((folder / NAME).read_bytes(), type=IndexManifest)
        return manifest if checksums(folder) == manifest.checksums else None
    except (OSError, msgspec.MsgspecError):
        return None


def write(folder: Path, manifest: IndexManifest) -> None:
    """Write `manifest` into the folder of its index."""
    write_atomic(folder / NAME, msgspec.msgpack.encode(manifest))


def checksums(folder: Path) -> dict[str, int]:
    """Return name → CRC-32 of Whoosh's files in `folder`."""
    parts = (part for part in sorted(folder.iterdir()) if part.name.startswith(("MAIN", "_MAIN")))
    return {p.name: zlib.crc32(p.read_bytes()) for p in parts if not p.name.endswith("LOCK")}


def digest(document: EditorDocument) -> str:
    """Return a digest of `document`."""
    return sha256(msgspec.msgpack.encode(document)).hexdigest()


def indexed_file(file: ContentFile, document: EditorDocument | None, now: int) -> IndexedFile:
    """Return the entry of `file` as read at `now` (nanoseconds)."""
    racy = is_racy(file.mtime_ns, now)
    return IndexedFile(
        file.size, -1 if racy else file.mtime_ns, digest(document) if document else ""
    )


def is_fresh(file: ContentFile, known: Mapping[str, IndexedFile]) -> bool:
    """Whether `file` is unchanged since it was read."""
    found = known.get(file.path)
    return found is not None and (found.size, found.mtime_ns) == (file.size, file.mtime_ns)


def all_stale(known: IndexManifest, context: str) -> IndexManifest:
    """Mark all files stale under a new `context`; unchanged documents are kept in the index."""
    files = {path: IndexedFile(-1, -1, stamp.digest) for path, stamp in known.files.items()}
    return IndexManifest(known.version, context, files, known.words, known.checksums)
