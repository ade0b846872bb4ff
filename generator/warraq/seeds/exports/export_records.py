"""A CMS's export → one RawDocument per record, streamed.

The readers split a file into records: `wordpress.py` and `feed_dumps.py` (both with
`xml_records.py`), `csv_records.py`, `json_records.py` and `ghost.py`. Memory does not grow with the
file, as records are streamed; only the URLs of a WXR file's pictures are kept, since articles refer
to them by number. An unreadable record yields a Problem, and reading continues with the next.
"""

import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec

from warraq.base.files import is_inside, is_system_file, relative_name
from warraq.base.problems import (
    Problem,
    WarraqError,
    counted,
    error,
    reason_code,
    unexpected_as_problem,
    warning,
)
from warraq.base.urls import is_web_address, old_path, url_parts
from warraq.model import Fact, Figure, RawDocument
from warraq.seeds import encodings, reader
from warraq.seeds.bodies import mixed
from warraq.seeds.bodies.cms_body import TAGGED, Body, body_of
from warraq.seeds.bodies.embedded import completed, same_picture
from warraq.seeds.bodies.shortcodes import unfolded
from warraq.seeds.exports import (
    csv_records,
    databases,
    feed_dumps,
    ghost,
    json_records,
    mapping,
    packed,
    wordpress,
)
from warraq.seeds.exports.exported import COMMENTS, Export, Numbered, Record
from warraq.seeds.exports.field_names import COMMON, FRONT_MATTER, folded
from warraq.seeds.exports.field_values import (
    entities,
    is_kept_back,
    kept_back,
    moment,
    one_moment,
    outlet,
    plain,
    several,
    unwrapped,
)
from warraq.seeds.exports.jsontext import forgiven
from warraq.seeds.exports.xml_records import XmlRecords
from warraq.seeds.pages import captures
from warraq.seeds.pages.inline import BodyBlock
from warraq.seeds.sidecar import is_sidecar

_XML = (".xml", ".wxr", ".rss", ".rdf", ".atom")
_TABLES = (".csv", ".tsv", ".tab")
_JSON = (".json", ".ndjson", ".jsonl", ".jl")
_TEXTS = (*_XML, *_TABLES, *_JSON)
SUFFIXES = (*_TEXTS, *(kind + packed.SUFFIX for kind in _TEXTS), *captures.SUFFIXES)
# Signs that a CMS keeps its texts as Markdown.
_MARKDOWN = re.compile(
    r"(?m)^#{2,4} \S|!\[[^\[\]]*\]\([^()\s]+|\[[^\[\]]+\]\(https?://|(?<!\*)\*\*[^\s*][^*\n]*\*\*(?!\*)"
)
# Fields with the recordings of an article.
_PLAYED = ("movies", "videos", "video", "video_url", "audio", "audio_url", "youtube", "podcast")
_IMG = re.compile(r"""<img\s[^<>]*?src=["']([^"'<>]+)["']""", re.IGNORECASE)
_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:\?\S*)?\Z", re.IGNORECASE)
_ANSWERS = frozenset("on off yes no true false نعم لا".split())
_LISTS = frozenset({"author", "section", "topic"})
_LIST_SIGNS = ("['", '["', "[{", "[]", "{'", '{"')
# Placeholders that tables and programs write for an empty value.
_NOTHING = frozenset("nan null none undefined \\n n/a #n/a na <na> nil nat - -- – —".split())
_BLANK = 4096  # bytes; a file that begins with so much white space is taken for empty
_MANY = 1000  # records; if none of these has a text, no later one has

# How the fields other than the text are read.
_FACTS: dict[str, Callable[[str], list[str]]] = {
    "title": lambda text: [plain(text)],
    "date": lambda text: [moment(text)],
    "modified": lambda text: [moment(text)],
    "author": lambda text: [plain(text)],
    "section": several,
    "topic": several,
    "url": lambda text: [entities(text)],
    "description": lambda text: [plain(text)],
    "outlet": lambda text: [outlet(text)],
    "lang": lambda text: [plain(text)],
}


def is_export(path: Path) -> bool:
    """Whether `path` is an export rather than a seed, judged by its name."""
    return path.name.lower().endswith(SUFFIXES)


def exports_under(root: Path) -> Iterator[Path]:
    """Yield every export below `root` (or `root` itself), sorted, links to folders not followed.

    A file named like a seed in the same folder is its sidecar, not an export.
    """
    for path in _files(root) if root.is_dir() else (root,):
        has_seed = is_sidecar(path) and any(path.with_suffix(s).exists() for s in reader.SUFFIXES)
        if is_export(path) and not path.is_dir() and not has_seed:
            yield path


def _files(root: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(folder, name) for name in sorted(names) if not is_system_file(name))


class Exported(NamedTuple):
    """A record before conversion, with what identifies it among imported articles.

    `file` is the export's path, `own` the record's id (or URL, or number), `sha256` the digest of
    all its fields, `letters` their length in characters. `numbered`: it has no id but its number
    in the file. `ours`: its fields have our own names. `formerly` are ids under which earlier
    versions may have stored it, `notes` list repairs, `modified` is the time of its last change.
    `thrown_away`: it is in the CMS's trash, and matters only to an article imported before.
    """

    file: str
    own: str
    number: int
    sha256: str
    external_ids: dict[str, str]
    numbered: bool
    record: Record
    letters: int = 0
    ours: bool = False
    formerly: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    modified: str = ""
    thrown_away: bool = False

    @property
    def path(self) -> str:
        """The record's location, as written to `provenance.seed`."""
        return f"{self.file}#{self.own}"


def documents(
    path: Path, site: Path, fields: Mapping[str, str] | None = None
) -> Iterator[RawDocument | Problem]:
    """Yield a RawDocument for each record of the export at `path`, a Problem for each bad one."""
    for found in records(path, site, fields):
        if isinstance(found, Problem):
            yield found
        elif not found.thrown_away:
            yield document(found, fields)


def records(
    path: Path, site: Path, fields: Mapping[str, str] | None = None
) -> Iterator[Exported | Problem]:
    """Yield the records of the export at `path`, a Problem for each unreadable one.

    `fields` maps our names (the keys of COMMON, and `system`, the name under which ids are stored)
    to the export's, with dots for nesting. Raises WarraqError if the file cannot be opened.
    """
    name = relative_name(site, path)
    if not is_inside(path, site):
        raise WarraqError([error("seed-outside", name)])
    if path.exists() and not path.is_file():  # such as a pipe without a writer
        raise WarraqError([error("seed-not-file", name)])
    wanted = _wanted(fields)
    if unknown := sorted(set(wanted) - set(COMMON) - {"system"}):
        known = ", ".join(COMMON)
        raise WarraqError([error("export-field", "site.yaml", field=unknown[0], known=known)])
    try:
        if _is_empty(path):
            yield error("seed-empty", name)
            return
        broken = "" if captures.is_capture(path) else packed.fault(path)
        if broken == "bomb":
            yield error("export-bomb", name)
            return
        export = _export(path, name)
        named = wanted.pop("system", "")
        system = named or export.origin or system_of(path)
        export = export._replace(origin=system, named=bool(named))
        read = (
            found if isinstance(found, Problem) else _named(found, name, wanted, export)
            for found in (export.records if export.ours else _articles(export.records, name))
        )
        found = read if export.ours else _fitting(read, name, wanted)
        yield from _with_truncation(found, name) if broken else found
    except OSError as fault:
        raise WarraqError([error("seed-unreadable", name, why=reason_code(fault))]) from None


def _with_truncation(
    found: Iterator[Exported | Problem], name: str
) -> Iterator[Exported | Problem]:
    """Yield the records of a truncated compressed file, and a Problem that it is truncated."""
    count, is_reported = 0, False
    for item in found:
        count += not isinstance(item, Problem)
        is_reported = is_reported or (isinstance(item, Problem) and item.code == "export-broken")
        yield item
    if not is_reported:
        yield error("export-broken", name, why="why-cut", records=count)


def _articles(found: Iterator[Numbered | Problem], name: str) -> Iterator[Numbered | Problem]:
    """Yield `found` without the rows of WordPress's `posts` table that are not articles."""
    passed: Counter[str] = Counter()
    for item in found:
        kind = "post" if isinstance(item, Problem) else str(item.record.get("post_type", "post"))
        if wordpress.is_article(kind):
            yield item
        else:
            passed[kind] += 1
    if passed:
        yield warning("export-passed", name, kinds=counted(passed))


def _wanted(fields: Mapping[str, str] | None) -> dict[str, str]:
    """Return the site's field map under our names; keys of front matter are accepted too."""
    return {FRONT_MATTER.get(key, key): value for key, value in (fields or {}).items()}


def _fitting(
    found: Iterator[Exported | Problem], name: str, fields: Mapping[str, str]
) -> Iterator[Exported | Problem]:
    """Yield `found`; if no record has a field for the text, report that once instead."""
    held: list[Exported | Problem] = []
    for item in found:
        held.append(item)
        fits = not isinstance(item, Problem) and _has_field(item.record, fields, "body")
        if fits or len(held) > _MANY:
            break
    read = [item for item in held if isinstance(item, Exported)]
    if read and not any(_has_field(item.record, fields, "body") for item in read):
        some = [item.record for item in read[:20]]
        names, proposal = mapping.columns(some), mapping.proposal(some)
        yield from (item for item in held if isinstance(item, Problem))
        yield error("export-fields", name, columns=names, proposal=proposal)
        return
    yield from held
    yield from found


def _has_field(record: Record, fields: Mapping[str, str], key: str) -> bool:
    """Whether a record has a field for `key`, even an empty one."""
    names = (fields[key],) if key in fields else (key, *COMMON[key])
    parts = [part for name in names for part in name.split("+")]
    known = {folded(str(column)) for column in record}
    return any(folded(part.partition(".")[0]) in known for part in parts)


def system_of(path: Path) -> str:
    """Return the system name for an export's ids: the file's name without dates and numbers.

    >>> system_of(Path("seeds/wire-2025-10-12.ndjson")), system_of(Path("2025.csv"))
    ('wire', 'export')
    """
    bare = path.with_suffix("") if path.suffix.lower() == packed.SUFFIX else path
    stem = os.fsencode(bare.stem).decode("utf-8", "ignore")
    return re.sub(r"[\W_]*\d[\d\W_]*", "", stem) or "export"


def _is_empty(path: Path) -> bool:
    """Whether a file contains nothing but white space (and a byte order mark)."""
    with path.open("rb") as stream:
        return not stream.read(_BLANK).strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n")


def _is_workbook(path: Path) -> bool:
    with packed.opened(path) as stream:
        return stream.read(4) in {b"PK\x03\x04", b"\xd0\xcf\x11\xe0"}


def _export(path: Path, name: str) -> Export:
    if captures.is_capture(path):
        return captures.export(path, name)
    suffix = Path(packed.bare_name(path)).suffix
    if _is_workbook(path):
        return Export(iter([error("export-office", name)]))
    if suffix in _XML:
        records = XmlRecords(path)
        if not records.tag and databases.is_xml(records.head):
            return Export(iter([error("seed-database", name)]), ours=True)
        of_wordpress = wordpress.is_wordpress(records.head)
        return wordpress.export(path, name) if of_wordpress else feed_dumps.export(path, name)
    if suffix in _TABLES:
        return csv_records.export(path, name)
    return ghost.export(path, name) if ghost.is_ghost(path) else json_records.export(path, name)


def _named(
    found: Numbered, name: str, fields: Mapping[str, str], export: Export
) -> Exported | Problem:
    """Return the record, or a Problem if reading it fails, so that the others are still read."""
    try:
        with unexpected_as_problem(name, code="seed-fault"):
            return _exported(found, name, {} if export.ours else fields, export)
    except WarraqError as fault:
        return msgspec.structs.replace(fault.problems[0], line=found.number)


def _exported(found: Numbered, name: str, fields: Mapping[str, str], export: Export) -> Exported:
    ids = _values(found.record, fields, "id")
    own = next(iter(ids or _values(found.record, fields, "url")), "")
    system, formerly = export.origin, export.formerly
    if not (export.ours or export.named):
        # A URL identifies a record in any file, and a site's ids are the same in all its exports.
        host = captures.SYSTEM if not ids else _host(_values(found.record, fields, "url"))
        system = host or system
        formerly = (*formerly, *{export.origin} - {system})
    canonical = json.dumps(found.record, sort_keys=True, ensure_ascii=False, default=str)
    return Exported(
        file=name,
        own=own or str(found.number),
        number=found.number,
        sha256=hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest(),
        external_ids={system: own} if own else {},
        numbered=not own,
        record=found.record,
        letters=len(canonical),
        ours=export.ours,
        formerly=tuple((name, own) for name in formerly if own),
        notes=found.notes,
        modified=moment(next(iter(_values(found.record, fields, "modified")), "")),
        thrown_away=export.ours and found.record.get("status") == "trash",
    )


def _host(urls: list[str]) -> str:
    """Return the host of a record's URL, "" if it has none."""
    found = url_parts(urls[0]).hostname if urls and is_web_address(urls[0]) else ""
    return (found or "").removeprefix("www.")


def _values(record: Record, fields: Mapping[str, str], key: str) -> list[str]:
    names = (fields[key],) if key in fields else (key, *COMMON[key])
    if key == "url":  # some put the page's URL where others name the outlet
        names = (*names, "source")
    for candidate in names:
        if texts := [t for t in _field_texts(record, candidate, key) if _may_be(key, t)]:
            return texts
    columns = {folded(str(column)): str(column) for column in record}
    for candidate in names:
        column = "+".join(columns.get(folded(part), part) for part in candidate.split("+"))
        at_column = _field_texts(record, column, key) if column != candidate else []
        if texts := [t for t in at_column if _may_be(key, t)]:
            return texts
    return []


def _field_texts(record: Record, name: str, key: str) -> list[str]:
    """Return the texts of one field; lists may be written as text («['a', 'b']»)."""
    value = _at(record, name)
    if key in {"date", "modified"}:
        return _texts(one_moment(value))
    if key in _LISTS and isinstance(value, str) and value.lstrip().startswith(_LIST_SIGNS):
        with suppress(ValueError):
            return _texts(forgiven(value))
    return _texts(value)


def _may_be(key: str, text: str) -> bool:
    """Whether `text` may be a value of `key`: a URL is not a name, «On» is not a date."""
    if text.casefold() in _NOTHING:
        return key == "author"  # «none» as an author is kept for the receipt
    if key in {"date", "modified"}:
        is_answer = text.casefold() in _ANSWERS or re.fullmatch(r"-?\d{1,3}", text)
        return not is_answer and not is_kept_back(text)
    if key == "url":
        return "/" in text and not any(map(str.isspace, text))
    return key != "outlet" or not is_web_address(text)


def document(found: Exported, fields: Mapping[str, str] | None = None) -> RawDocument | Problem:
    """Return the document of `found`, its HTML parsed; a Problem if it has no body."""
    fields = {} if found.ours else _wanted(fields)
    if captures.PAGE in found.record and found.ours:
        page = captures.document(found.path, found.record)
        return msgspec.structs.replace(page, sha256=found.sha256, external_ids=found.external_ids)
    record = {key: encodings.mended(value) for key, value in found.record.items()}
    values = partial(_values, record, fields)
    body = "\n".join(values("body"))
    if not body.strip() and not any(_figures(values, record, fields)):
        code = "export-record-empty" if found.ours else "export-no-body"
        return error(code, found.file, found.number, record=found.own)
    within = _read_body(body, record, (values("url") or [""])[0])
    markdown = tuple(block.markdown for block in within.blocks)
    text = "".join((body, *values("title")))
    notes = () if record == found.record else ("encoding-guessed",)
    facts = list(_facts(values))
    facts += _old_addresses(values("alias"), values("url"))
    facts += [Fact("dropped", what, why) for why, what in within.omitted]
    facts += [
        Fact("dropped", address, "embedded")
        for name in _PLAYED
        for address in _texts(record.get(name))
        if is_web_address(address) and address not in body
    ]
    facts += [
        Fact("dropped", name, "picture")
        for name in values("image")[:1]
        if not _is_picture(_located(name, ""))
    ]
    facts += [Fact("dropped", number, "comments") for number in _texts(record.get(COMMENTS))]
    if reason_kept := kept_back(record):
        facts.append(Fact("draft", reason_kept, "export"))
    return RawDocument(
        path=found.path,
        text="\n".join(block.text for block in within.blocks),
        sha256=found.sha256,
        kind="html" if any(markdown) else within.kind,  # type: ignore[arg-type] # one of two
        encoding="utf-8 twice" if notes else "utf-8",
        facts=tuple(facts),
        external_ids=found.external_ids,
        figures=_all_figures(_figures(values, record, fields), within.figures),
        notes=(*found.notes, *notes, *_notes(text, within)),
        markdown=markdown if any(markdown) else (),
    )


def _facts(values: Callable[[str], list[str]]) -> Iterator[Fact]:
    """Yield the facts of the fields other than the text; the first category is the section."""
    by_key = {
        key: [text for value in values(key) for text in read(value)] for key, read in _FACTS.items()
    }
    sections = by_key["section"]
    by_key["section"], by_key["topic"] = sections[:1], [*sections[1:], *by_key["topic"]]
    for key, texts in by_key.items():
        yield from (Fact(key, text, "export") for text in dict.fromkeys(texts) if text)


def _notes(text: str, within: Body) -> Iterator[str]:
    if "\ufffd" in text:
        yield "letters-lost"
    if within.cut:
        yield "deep"


def _at(record: object, name: str) -> object:
    """Return the value of the field `name`, its parts joined («intro+text»)."""
    if not isinstance(record, Mapping):
        return None
    if name in record:
        return record[name]
    if "+" in name:
        return "\n".join(text for part in name.split("+") for text in _texts(_at(record, part)))
    first, dot, rest = name.partition(".")
    inner = record.get(first) if dot else None
    return [_at(one, rest) for one in inner] if isinstance(inner, list) else _at(inner, rest)


def _texts(value: object) -> list[str]:
    value = unwrapped(value)
    if isinstance(value, list | tuple):
        return [text for item in value for text in _texts(item)]
    if isinstance(value, Mapping):
        candidates = (value.get(key) for key in ("name", "title", "rendered", "processed", "value"))
        return _texts(next(filter(None, candidates), None))
    if value is None or isinstance(value, bool):
        return []
    text = str(value).strip()
    return [text] if text else []


def _read_body(body: str, record: Record, url: str) -> Body:
    """Return the content of a record's body: HTML, or lines of plain text."""
    is_wordpress = "post_type" in record
    if not (is_wordpress or TAGGED.search(body)) and TAGGED.search(once := entities(body)):
        body = once  # escaped by the export
    if is_wordpress or TAGGED.search(body):
        base = url if is_web_address(url) else ""
        return body_of(body, base=base, lines=is_wordpress and "<!-- wp:" not in body)
    if _MARKDOWN.search(body):
        found = mixed.of_markdown(entities(body).replace("\r\n", "\n"))
        omitted = tuple((fact.basis, fact.value) for fact in found.facts)
        read = tuple(BodyBlock(line, "") for line in found.text.split("\n"))
        return Body(read, found.figures, omitted, kind="markdown")
    bare = unfolded(body)
    if TAGGED.search(bare.html):
        return body_of(body)
    lines = entities(bare.html).replace("\r\n", "\n").split("\n")
    return Body(tuple(BodyBlock(line, "") for line in lines), omitted=bare.omitted)


def _old_addresses(aliases: list[str], urls: list[str]) -> Iterator[Fact]:
    """Yield an article's former paths on its site.

    A path that no file can serve («/?p=5») is yielded as `dropped`, for the receipt.
    """
    seen: set[str] = set()
    for address in (*aliases, *urls):
        parts = url_parts(address)
        if address and not any(parts):
            yield Fact("dropped", address, "old-address")
            continue
        path = parts.path if parts.path.startswith("/") else f"/{parts.path}"
        odd = parts.query or (path.strip("/") and not old_path(path))
        if odd and address not in seen:
            yield Fact("dropped", address, "old-address")
        elif not odd and path.strip("/") and path not in seen:
            yield Fact("alias", path, "export")
        seen.add(address if odd else path)


def _all_figures(stated: Iterable[Figure], within: Iterable[Figure]) -> tuple[Figure, ...]:
    """Return the pictures of a record's fields and body, without duplicates of other sizes."""
    figures = list(stated)
    for figure in within:
        if not any(same_picture(figure.src, known.src) for known in figures):
            figures.append(figure)
    return tuple(figures)


def _figures(
    values: Callable[[str], list[str]], record: Record, fields: Mapping[str, str]
) -> Iterator[Figure]:
    def first(key: str) -> str:
        return (values(key) or [""])[0]

    base = first("url")
    image = _located(first("image") or _source(_at(record, fields.get("image", "image"))), base)
    if _is_picture(image):
        caption = first("image_caption")
        yield Figure(image, first("image_alt") or caption, caption, first("image_credit"))
    names = (fields["figures"],) if "figures" in fields else COMMON["figures"]
    for items in (_at(record, name) for name in names):
        for item in items if isinstance(items, list) else []:
            src = _source(item)
            if _is_picture(src) and src != image:
                said = item if isinstance(item, Mapping) else {}
                caption = str(said.get("caption") or "")
                yield Figure(
                    src, str(said.get("alt") or caption), caption, str(said.get("credit") or "")
                )


def _located(src: str, base: str) -> str:
    """Return the URL of a picture given as a path on a site or as an <img>."""
    if tag := _IMG.search(src):
        src = tag[1]
    if is_web_address(src) or not _FILE.search(src):
        return src
    whole = completed(src, base if is_web_address(base) else "")
    return whole or src.removeprefix("./").lstrip("/")


def _source(item: object) -> str:
    if isinstance(item, Mapping):
        item = item.get("src") or item.get("url")
    return item.strip() if isinstance(item, str) else ""


def _is_picture(src: str) -> bool:
    local = bool(re.fullmatch(r"[\w][\w./ -]*", src)) and ".." not in src
    return is_web_address(src) or (local and bool(_FILE.search(src)))
