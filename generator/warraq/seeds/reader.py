"""One seed file → RawDocument, or a Problem with the reason for refusal.

Never writes, never follows links out of the site; does *not* judge which text is news.
"""

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from warraq.base.files import is_inside, is_system_file, relative_name
from warraq.base.problems import WarraqError, error, reason_code
from warraq.model import Fact, Figure, RawDocument
from warraq.seeds import encodings, front_matter, sidecar
from warraq.seeds.bodies import mixed
from warraq.seeds.exports import databases
from warraq.seeds.exports.field_names import is_known

# Suffixes of the folders in which browsers save a page's pictures and scripts.
_PAGE_FOLDERS = {"files", "file", "fichiers", "dateien", "ملفات", "archivos"}
MAX_SEED = 8 * 1024 * 1024  # bytes; a news text has 5,000, a saved page 500,000
MAX_PAGE = 64 * 1024 * 1024  # bytes of a page with embedded pictures
_PAYLOAD = re.compile(rb"(data:[\w/+.-]+;base64,)[A-Za-z0-9+/=\s]{4096,}")
# Every part matches in one way only, so that a row of comments costs linear time.
_BEFORE = r"[\s\ufeff]*+(?:<\?xml[^>]*+>\s*+)?(?:<!--[^-]*+(?:-(?!->)[^-]*+)*-->\s*+)*"
_PAGE = re.compile(rf"{_BEFORE}(?:<!doctype\s+html\b|<html[\s>])", re.IGNORECASE | re.DOTALL)
_FEED = re.compile(rf"{_BEFORE}<(?:rss|feed|rdf:RDF)[\s>]", re.DOTALL)
_RECORD = re.compile(r'[\s\ufeff]*+(?:\[\s*+)?\{\s*+"[\w @$.-]{1,40}"\s*:')
SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdx": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
}


def seeds_under(root: Path) -> Iterator[Path]:
    """Yield every seed below `root` (or `root` itself), sorted; skip sidecars and dot files."""
    if not root.is_dir():
        yield root
        return
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(
            name
            for name in folders
            if not (name.startswith(".") or _is_of_page(Path(folder, name)))
        )
        odd = [n for n in folders if Path(n).suffix.lower() in SUFFIXES]
        for name in sorted({*names, *odd}):
            if not is_system_file(name) and Path(name).suffix.lower() in SUFFIXES:
                yield Path(folder, name)


def is_of_page(path: Path, root: Path) -> bool:
    """Whether `path` is in the resource folder of a page saved by a browser."""
    return any(_is_of_page(folder) for folder in path.parents if folder.is_relative_to(root))


def _is_of_page(folder: Path) -> bool:
    """Whether a folder is the resource folder of a page: «name_files» next to «name.html»."""
    stem, mark, rest = folder.name.rpartition("_" if "_" in folder.name else ".")
    if not mark or rest.lower() not in _PAGE_FOLDERS:
        return False
    return any((folder.parent / f"{stem}{s}").is_file() for s in (".html", ".htm", ".xhtml"))


def is_seed(path: Path) -> bool:
    """Whether `path` is a seed, judged by its name."""
    return path.suffix.lower() in SUFFIXES


def digest(path: Path) -> str:
    """Return the SHA-256 of a seed's bytes, "" for a file that `read` may refuse."""
    try:
        if path.is_symlink() or not 0 < path.stat().st_size <= _most(path):
            return ""
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def read(path: Path, site: Path) -> RawDocument:
    """Return the seed at `path`; raise WarraqError when it cannot be one.

    Refused are files that are not regular files inside `site`, are empty, have more than MAX_SEED
    bytes, contain NUL, or cannot be decoded.
    """
    name = relative_name(site, path)
    whole = _bytes(path, site, name)
    content = whole if len(whole) <= MAX_SEED else _PAYLOAD.sub(rb"\1", whole)
    if len(content) > MAX_SEED:
        raise _refused("seed-too-large", name, size=len(content), most=MAX_SEED)
    kind = SUFFIXES.get(path.suffix.lower(), "text")
    named = declared(content) if kind == "html" else ""
    decoded = encodings.decode(content, named)
    if decoded is None:
        raise _refused("seed-undecodable", name)
    if "\x00" in decoded.text:
        raise _refused("seed-binary", name)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    if kind != "html" and (suffix := _of_export(text)):
        raise _refused("seed-export", name, suffix=suffix)
    if kind != "html" and databases.is_sql(text):
        raise _refused("seed-database", name)
    if _PAGE.match(text):  # whatever its suffix
        kind = "html"
    if not text.strip("\ufeff \t\n\u00a0"):
        raise _refused("seed-empty", name)
    facts: tuple[Fact, ...] = sidecar.facts_beside(path, site)
    text, metadata, shown = front_matter.parted(text, name, dated=kind == "markdown")
    kind, found = _contents(text, kind)
    return RawDocument(
        path=name,
        text=found.text,
        sha256=hashlib.sha256(whole).hexdigest(),
        kind=kind,  # type: ignore[arg-type] # a kind of SUFFIXES, or a page
        encoding=decoded.encoding,
        facts=(*facts, *metadata, *found.facts),
        notes=(*decoded.notes, *("deep" for fact in found.facts if fact.key == "cut")),
        damaged=decoded.damaged,
        figures=_once((*shown, *found.figures)),
        markdown=found.forms,
    )


def _once(figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Return the pictures, each address once; prefer the first with a caption."""
    found: dict[str, Figure] = {}
    for figure in figures:
        known = found.get(figure.src)
        found[figure.src] = figure if known is None or not known.caption else known
    return tuple(found.values())


def _contents(text: str, kind: str) -> tuple[str, mixed.Plain]:
    """Return the kind of `text`, which may differ from its suffix, and its content."""
    if kind == "html" or mixed.is_page(text):
        from warraq.seeds.pages.saved_page import page_of  # noqa: PLC0415 - slow to import, needed for pages only

        return "page", mixed.Plain(*page_of(text))
    if kind == "markdown":
        return kind, mixed.of_markdown(text)
    found = mixed.of_text(text)
    return ("html" if found.forms else kind), found


def _of_export(text: str) -> str:
    """Return the right suffix of an export with a text suffix, "" for other texts.

    JSON followed by text is front matter.

    >>> _of_export('<rss version="2.0">'), _of_export('{"id": 1}'), _of_export('{"id": 1} text')
    ('.xml', '.json', '')
    """
    if _FEED.match(text):
        return ".xml"
    if _is_table(text):
        return ".csv"
    return ".json" if _RECORD.match(text) and text.rstrip().endswith(("}", "]")) else ""


def _is_table(text: str) -> bool:
    r"""Whether a text is a table saved by a spreadsheet: its first line names the columns.

    >>> _is_table("العنوان\tالنص\tالتاريخ\nخبر\tمتن\t2019"), _is_table("العنوان, النص")
    (True, False)
    """
    first, _, rest = text.lstrip("\ufeff\n").partition("\n")
    for mark in "\t;|,":
        names = [name.strip(' "') for name in first.split(mark)]
        known = sum(map(is_known, names))
        if len(names) > 2 and known >= max(3, len(names) // 2) and mark in rest:
            return True
    return False


def _bytes(path: Path, site: Path, name: str) -> bytes:
    try:
        if not is_inside(path, site):
            raise _refused("seed-outside", name)
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise _refused("seed-not-file", name)
        if status.st_size > (most := _most(path)):
            raise _refused("seed-too-large", name, size=status.st_size, most=most)
        return path.read_bytes()
    except (OSError, RuntimeError) as fault:
        raise _refused("seed-unreadable", name, why=reason_code(fault)) from None


def _most(path: Path) -> int:
    return MAX_PAGE if SUFFIXES.get(path.suffix.lower()) == "html" else MAX_SEED


def _refused(code: str, name: str, line: int = 0, **args: object) -> WarraqError:
    return WarraqError([error(code, name, line, **args)])


def declared(content: bytes) -> str:
    """Return the encoding declared by a page, or ""."""
    found = re.search(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", content[:4096])
    return found[1].decode("ascii").lower() if found else ""
