"""Datelines: the place, outlet and day that open a first paragraph."""

import re
from collections.abc import Iterator

from warraq.intake.credit.bylines import SEPARATORS, introduced_writers
from warraq.intake.credit.name_kinds import is_person, is_place, kind_of
from warraq.intake.credit.names import Dateline, NamePart, agencies_in, texts_of
from warraq.intake.credit.outlets import OutletDirectory
from warraq.intake.credit.thresholds import CREDIT
from warraq.intake.dates.phrases import mentions
from warraq.intake.text.folding import fold, words

_DATELINE_END = re.compile(r"[-–—:/،)]+\s*|\s\.\.?\s|\s\u0640+\s")
_WITH_WRITER = re.compile(
    r"(?P<place>[^/،.:\d]{2,30})\s?/\s?(?P<writer>[^/،.:\d]{5,40})\s?/\s?(?P<outlet>[^\W\d]+)(?!\w)"
)
# «نادين سلوم (رويترز) - » (Nadine Salloum, Reuters): the agency in brackets behind any name.
_BY_AGENCY = re.compile(r"(?P<writer>[^()،.:/\d]{3,40})\s?\((?P<outlet>[^()]{2,30})\)\s*[-–—:]")


def dateline(paragraph: str, directory: OutletDirectory) -> Dateline | None:
    """Return the place, agency and day that open `paragraph`, or None.

    They are read, not cut: the words stay in the body as they came. Of several ends of a dateline
    the last one counts at which all words before it are explained.
    """
    found = _with_writer(paragraph, directory)
    if found:
        return found
    head, colon, _ = paragraph[: CREDIT.max_dateline_chars].partition(":")
    if colon and (by := introduced_writers(head, directory)) and head.startswith("كتب"):
        return Dateline("", "", None, len(head) + 1, by.authors)  # «كتبت سمر نجم: …» (… wrote)
    for end in _ends(paragraph):
        found = _read_head(paragraph[:end], directory) or found
    return found


def _read_head(head: str, directory: OutletDirectory) -> Dateline | None:
    """Return the dateline that `head` is, or None where a word of it is anything else."""
    end = len(head)
    dated = [m for m in mentions(head) if not _ends_in_outlet(head[: m.end], directory)]
    for mention in reversed(dated):
        head = head[: mention.start] + " | " + head[mention.end :]
    texts = [_without_prepositions(part) for part in SEPARATORS.split(head)]
    texts = [text for text in texts if words(text) and not text.isdigit()]
    parts = _explained(
        [NamePart(text, kind_of(text, directory)) for text in texts], directory, dated=bool(dated)
    )
    if any(len(words(text)) > 3 for text in texts_of(parts, "unlisted")):
        return None
    places, outlets = texts_of(parts, "place"), texts_of(parts, "outlet")
    names = [*outlets, *texts_of(parts, "unlisted"), *agencies_in(parts)]
    if not places and not names:
        return None
    return Dateline(
        next(iter(places), ""),
        next(iter(names), ""),
        dated[0] if dated else None,
        end,
        tuple(texts_of(parts, "person")),
    )


def _ends_in_outlet(text: str, directory: OutletDirectory) -> bool:
    """Whether the last part of `text` is an outlet, so that no day ends there: «المصري اليوم»."""
    return directory.named(SEPARATORS.split(text)[-1]) is not None


def _explained(parts: list[NamePart], directory: OutletDirectory, *, dated: bool) -> list[NamePart]:
    """Return `parts` where each is one that datelines have, [] where one is not.

    A person is one next to a day or behind a single place: «سمر نجم - القاهرة في 23 أكتوبر 2024 -»,
    «القاهرة – سمر نجم:».
    """
    signed = dated or (len(parts) == 2 and parts[0].kind == "place")
    expected = {"place", "outlet", "unlisted", "generic", *(("person",) if signed else ())}
    if len(parts) <= CREDIT.max_dateline_parts and all(part.kind in expected for part in parts):
        return parts
    return _with_trailing_outlets(parts, directory)


def _with_writer(paragraph: str, directory: OutletDirectory) -> Dateline | None:
    """Return the opening «إسطنبول/ سمر نجم/ الأناضول» or «سمر نجم (رويترز) -»."""
    match = _BY_AGENCY.match(paragraph)
    if match and directory.named(match["outlet"]) and is_person(match["writer"]):
        return Dateline("", match["outlet"], None, match.end(), (match["writer"].strip(),))
    match = _WITH_WRITER.match(paragraph)
    if not match or not is_place(match["place"]) or not directory.named(match["outlet"]):
        return None
    return Dateline(
        match["place"].strip(), match["outlet"], None, match.end(), (match["writer"].strip(),)
    )


def _with_trailing_outlets(parts: list[NamePart], directory: OutletDirectory) -> list[NamePart]:
    """Return `parts` with place and outlet of «قلقيلية وفا» (Qalqilya WAFA) separated, or []."""
    out: list[NamePart] = []
    for part in parts:
        if part.kind in {"place", "outlet", "generic", "unlisted"}:
            out.append(part)
            continue
        place, _, outlet = part.text.rpartition(" ")
        if not is_place(place) or not directory.named(outlet):
            return []
        out += [NamePart(place, "place"), NamePart(outlet, "outlet")]
    return out


def _without_prepositions(part: str) -> str:
    """Return `part` without «في» (in), «من» (from) and «يوم» (on the day of) around it."""
    tokens = part.split()
    while tokens and fold(tokens[0]) in {"في", "من"}:
        tokens.pop(0)
    while tokens and fold(tokens[-1]) in {"في", "من", "يوم"}:
        tokens.pop()
    return " ".join(tokens)


def _ends(paragraph: str) -> Iterator[int]:
    """Yield where a dateline may end: behind each dash, colon, slash or bracket at the opening."""
    for match in _DATELINE_END.finditer(paragraph[: CREDIT.max_dateline_chars]):
        if CREDIT.min_dateline_chars <= match.end() < len(paragraph):
            yield match.end()
