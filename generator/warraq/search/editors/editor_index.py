"""The index in the user's cache folder: kept up to date, rebuilt aside and swapped in.

One folder per site holds `lock`, `current` (the name of the generation in use) and the generation.
Only the holder of the lock reads or writes; one search at a time is enough for editors.
"""

import logging
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from pathlib import Path

import whoosh
from whoosh.filedb.filestore import FileStorage
from whoosh.index import Index
from whoosh.writing import IndexWriter

from warraq.base.files import write_atomic
from warraq.base.locks import lock_when_free
from warraq.base.user_cache import private_folder
from warraq.search.analysis import family
from warraq.search.editors import EditorDocument, Library, index_manifest
from warraq.search.editors.index_manifest import IndexManifest
from warraq.search.editors.schema import SCHEMA, positions_in, record
from warraq.search.editors.search_fields import TEXT_FIELDS

MEMORY = 256  # MB for sorting postings

log = logging.getLogger(__name__)


@contextmanager
def up_to_date(site: Path, library: Library) -> Iterator[tuple[Index, IndexManifest]]:
    """Yield the site's index, up to date with `library` and locked until the block ends."""
    with _folder(site) as folder, lock_when_free(folder / "lock"):
        generation, manifest = _current(folder, library)
        if manifest is None:
            generation, manifest = _rebuilt(folder, library)
        else:
            manifest = _updated(generation, library, manifest)
        yield FileStorage(str(generation)).open_index(), manifest


@contextmanager
def _folder(site: Path) -> Iterator[Path]:
    """Yield a folder outside the site that only this user can write to.

    An index holds a pickle, and unpickling a file of somebody else's runs their code.
    """
    if folder := private_folder(site):
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="warraq-") as temporary:
        yield Path(temporary)


def _current(folder: Path, library: Library) -> tuple[Path, IndexManifest | None]:
    """Return the generation in use and its manifest, None if absent, damaged or outdated."""
    try:
        name = (folder / "current").read_text("ascii")
    except (OSError, UnicodeDecodeError):
        return folder, None
    generation = folder / Path(name).name
    known = index_manifest.read(generation)
    if known and known.version != index_manifest.version(whoosh.__version__):
        known = None
    if known and known.context != library.context:
        known = index_manifest.all_stale(known, library.context)
    return generation, known


def _rebuilt(folder: Path, library: Library) -> tuple[Path, IndexManifest]:
    """Build an index aside, swap it in, and remove the previous one."""
    log.info("making the editors' index of %d articles", len(library.files))
    generation = Path(tempfile.mkdtemp(dir=folder, prefix="index-"))
    index = FileStorage(str(generation)).create_index(SCHEMA)
    empty = IndexManifest(index_manifest.version(whoosh.__version__), library.context)
    known = _with_changes(index, generation, library, empty)
    write_atomic(folder / "current", generation.name.encode("ascii"))
    for other in folder.glob("index-*"):
        if other != generation:
            shutil.rmtree(other, ignore_errors=True)
    return generation, known


def _updated(generation: Path, library: Library, known: IndexManifest) -> IndexManifest:
    """Bring the index up to date; write nothing if nothing changed."""
    fresh = all(index_manifest.is_fresh(file, known.files) for file in library.files)
    if fresh and len(library.files) == len(known.files):
        return known
    return _with_changes(FileStorage(str(generation)).open_index(), generation, library, known)


def _with_changes(
    index: Index,
    generation: Path,
    library: Library,
    known: IndexManifest,
) -> IndexManifest:
    """Add and remove what changed in `library`; return the new manifest.

    A document that is equal to the indexed one is left alone, even if its file was touched.
    """
    now = time.time_ns()
    files = dict(known.files)
    new_words: set[str] = set()
    with _writer(index) as writer:
        for file in library.files:
            if index_manifest.is_fresh(file, known.files):
                continue
            document = library.read(file.path)
            before, after = files.get(file.path), index_manifest.indexed_file(file, document, now)
            files[file.path] = after
            if before and before.digest == after.digest:
                continue
            writer.delete_by_term("path", file.path)
            if document:
                writer.add_document(**record(document))
                new_words |= _words_of(document)
        for path in sorted(known.files.keys() - {file.path for file in library.files}):
            del files[path]
            writer.delete_by_term("path", path)
    checksums = index_manifest.checksums(generation)
    new = IndexManifest(
        known.version, known.context, files, _with_words(known.words, new_words), checksums
    )
    index_manifest.write(generation, new)
    return new


@contextmanager
def _writer(index: Index) -> Iterator[IndexWriter]:
    writer = index.writer(limitmb=MEMORY)
    try:
        yield writer
    except BaseException:
        writer.cancel()
        raise
    writer.commit()


def _with_words(known: Mapping[str, list[str]], words: AbstractSet[str]) -> dict[str, list[str]]:
    """Return `known`, family → sorted words, with `words` added; unchanged lists are shared."""
    families = dict(known)
    new: dict[str, set[str]] = {}
    for word in words:
        new.setdefault(family(word), set()).add(word)
    for key, added in new.items():
        families[key] = sorted(added.union(known.get(key, ())))
    return families


def _words_of(document: EditorDocument) -> set[str]:
    fields = record(document)
    return {term for name in TEXT_FIELDS for term in positions_in(str(fields[name]))}
