"""Web captures (WARC, WACZ) → the pages in them, each with its address and capture time.

Read by warcio (`pip install "warraq[warc]"`). A page is a complete HTML response with status 200;
if a WACZ lists its pages, only those are read.
"""

import json
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from warraq.base.problems import Problem, counted, error, warning
from warraq.model import Fact, RawDocument
from warraq.seeds import encodings
from warraq.seeds.exports import packed
from warraq.seeds.exports.exported import Export, Numbered, Record
from warraq.seeds.reader import MAX_SEED, declared

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

SUFFIXES = (".warc", ".warc.gz", ".wacz")
SYSTEM = "web"  # the id namespace for addresses
PAGE = "page"  # the field that holds the HTML
_HTML = ("text/html", "application/xhtml+xml")


def is_capture(path: Path) -> bool:
    """Whether `path` is a capture file, judged by its name."""
    return path.name.lower().endswith(SUFFIXES)


def export(path: Path, name: str) -> Export:
    """Return the pages captured in the file at `path`."""
    return Export(_pages(path, name), origin=SYSTEM, ours=True)


def _pages(path: Path, name: str) -> Iterator[Numbered | Problem]:
    try:
        from warcio.exceptions import ArchiveLoadFailed  # noqa: PLC0415 - an extra
    except ImportError:
        yield error("export-needs", name, extra="warraq[warc]")
        return
    passed: Counter[str] = Counter()
    count = 0
    try:
        with ExitStack() as held:
            streams, listed = _streams(path, held)
            for stream in streams:
                for found in _records(stream):
                    page = _page(found, listed)
                    if not isinstance(page, str):
                        count += 1
                        yield Numbered(count, page)
                    elif page:
                        passed[page] += 1
    except (ArchiveLoadFailed, BadZipFile, EOFError, zlib.error, ValueError):
        yield error("export-broken", name, why="why-cut", records=count)
    if passed:
        yield warning("export-passed", name, kinds=counted(passed))
    elif not count:
        yield error("export-no-records", name)


def _records(stream: IO[bytes]) -> "Iterator[ArcWarcRecord]":
    """Yield the records of a WARC, also of one compressed as a single gzip member."""
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415 - an extra
    from warcio.exceptions import ArchiveLoadFailed  # noqa: PLC0415

    count = 0
    try:
        for found in ArchiveIterator(stream):
            yield found
            count += 1
    except ArchiveLoadFailed as fault:
        if "chunk" not in str(fault) or not stream.seekable():
            raise
    else:
        return
    stream.seek(0)
    yield from islice(ArchiveIterator(packed.unpacked(stream)), count, None)


def _streams(path: Path, held: ExitStack) -> tuple[Iterator[IO[bytes]], frozenset[str]]:
    """Return the WARC streams at `path` and the page addresses listed in a WACZ."""
    if path.suffix.lower() != ".wacz":
        return iter([held.enter_context(path.open("rb"))]), frozenset()
    folder = held.enter_context(ZipFile(path))
    names = sorted(folder.namelist())
    archives = [n for n in names if n.startswith("archive/") and n.endswith(SUFFIXES)]
    listed: set[str] = set()
    for name in (n for n in names if n.startswith("pages/") and n.endswith(".jsonl")):
        with folder.open(name) as stream:
            listed |= {str(json.loads(line).get("url", "")) for line in stream if line.strip()}
    return (held.enter_context(folder.open(name)) for name in archives), frozenset(listed - {""})


def _page(found: "ArcWarcRecord", listed: frozenset[str]) -> Record | str:
    """Return the page in a WARC record, or the kind of a skipped record ("": not reported)."""
    if found.rec_type != "response" or found.http_headers is None:
        return "revisit" if found.rec_type == "revisit" else ""
    status = str(found.http_headers.get_statuscode())
    kind = (found.http_headers.get_header("Content-Type") or "").lower()
    url = found.rec_headers.get_header("WARC-Target-URI").strip("<>")
    if status != "200":
        return status
    if not kind.startswith(_HTML) or (listed and url not in listed):
        return kind.partition(";")[0].strip()
    content = _content(found)
    named = kind.partition("charset=")[2].strip("\"' ;") or declared(content)
    decoded = encodings.decode(content, named)
    if decoded is None or len(content) > MAX_SEED:
        return "?"
    hour = found.rec_headers.get_header("WARC-Date") or ""
    return {"url": url, "id": url, "modified": hour, PAGE: decoded.text}


def _content(found: "ArcWarcRecord") -> bytes:
    """Return the response body, up to just over MAX_SEED; raise EOFError if truncated."""
    for name in ("Transfer-Encoding", "Content-Encoding"):  # the reader knows them as it is spelt
        if found.http_headers and (coding := found.http_headers.get_header(name)):
            found.http_headers.replace_header(name, coding.strip().lower().removeprefix("x-"))
    stream, content = found.content_stream(), b""
    while len(content) <= MAX_SEED and (more := stream.read(MAX_SEED)):
        content += more
    if len(content) <= MAX_SEED and getattr(found.raw_stream, "limit", 0) > 0:
        raise EOFError
    return content


def document(path: str, record: Record) -> RawDocument:
    """Return the document of a captured page."""
    from warraq.seeds.pages.saved_page import page_of  # noqa: PLC0415 - slow to import

    page = page_of(str(record[PAGE]), str(record["url"]))
    captured = (
        Fact("url", str(record["url"]), "capture"),
        Fact("received", str(record["modified"]), "capture"),
    )
    return RawDocument(
        path=path,
        text=page.text,
        sha256="",
        kind="page",
        facts=(*captured, *page.facts),
        markdown=page.forms,
    )
