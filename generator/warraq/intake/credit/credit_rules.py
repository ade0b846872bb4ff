"""Lines that credit somebody, and the credits that come of all names found.

`source` is the origin of the text, `via` are those through whom the copy came, `cited` the sources
that the text relies on.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from warraq.intake.credit.names import NameFound
from warraq.intake.credit.outlets import OutletDirectory
from warraq.intake.credit.thresholds import CREDIT
from warraq.intake.dates.phrases import fold_with_offsets
from warraq.intake.rule_data import load
from warraq.intake.text.folding import fold, phrase, words
from warraq.model import Credit, Outlet

_SITE_WORD = re.compile(r"^موقع\s+(?=\S)")
EDGE_MARKS = ' \t,،.:؛|–—-()[]«»"”“*'
_QUOTES = dict.fromkeys(map(ord, '«»“”"'))
ADDRESS = re.compile(r"https?://\S+")


@cache
def rules() -> dict[str, tuple[re.Pattern[str], ...]]:
    """Return the patterns of rules/credits.yaml by their key."""
    raw: Mapping[str, object] = load("credits")
    out = {}
    for key, value in raw.items():
        if key in {"cues", "pictures"}:  # words, not patterns
            continue
        texts = value if isinstance(value, list) else [value]
        out[key] = tuple(re.compile(str(text)) for text in texts)
    return out


@cache
def _cues() -> tuple[str, ...]:
    return tuple(load("credits")["cues"])


def disclaimer(line: str, own: Iterable[Outlet] = ()) -> tuple[str, str] | None:
    """Return (origin, carrier) as a disclaimer names them; None if `line` is no disclaimer.

    A name that it leaves out is "". «هذا الخبر منقول من …، ولا يعبر عن رأي …» means: this report is
    taken from …, and does not express the views of ….

    >>> disclaimer("هذا الخبر منقول من بوابة النور، ولا يعبر عن رأي موقع الضفة وإنما نُشر كما هو")
    ('بوابة النور', 'الضفة')
    """
    if len(line) > CREDIT.max_paragraph_chars:
        return None
    if len(line.split()) > CREDIT.max_disclaimer_words:
        return None
    flat, offsets = fold_with_offsets(line)
    for outlet in own:
        for text in outlet.disclaimers:
            if phrase(text) and phrase(text) in phrase(line):
                return "", outlet.name
    if len(line) < CREDIT.min_disclaimer_chars:
        return None
    cues = sum(1 for cue in _cues() if cue in flat)
    if cues < CREDIT.min_disclaimer_cues:
        return None
    origin, carrier = (_named(rules()[key], flat, offsets, line) for key in ("origin", "carrier"))
    return (origin, carrier) if origin or carrier or cues >= CREDIT.sure_disclaimer_cues else None


def _named(
    patterns: Sequence[re.Pattern[str]], flat: str, offsets: Sequence[int], line: str
) -> str:
    return next(names_in(patterns, flat, offsets, line), "")


def names_in(
    patterns: Sequence[re.Pattern[str]], flat: str, offsets: Sequence[int], line: str
) -> Iterator[str]:
    """Yield the names that `patterns` find in `line`, of which `flat` is the folded form."""
    for pattern in patterns:
        if match := pattern.search(flat):
            start, end = match.span("name")
            if offsets:
                start, end = offsets[start], offsets[end]
            if name := bare_name(line[start:end]):
                yield name


def bare_name(text: str) -> str:
    """Return an outlet's name without «موقع» (site) before it and marks around it, "" for prose."""
    name = _SITE_WORD.sub("", text.strip(EDGE_MARKS)).translate(_QUOTES).strip(EDGE_MARKS)
    return " ".join(name.split()) if len(words(name)) <= CREDIT.max_outlet_name_words else ""


def credit_line(line: str) -> tuple[str, ...]:
    """Return the names in a line of its own that names the source, () for any other line.

    «المصدر: مرصد الجبل + وكالات» (source: Marsad al-Jabal and agencies) is one; a sentence that
    begins with «المصدر» (the source) is none.

    >>> credit_line("المصدر: مرصد الجبل + وكالات"), credit_line("المصدر الرئيس للقلق هو الضجيج")
    (('مرصد الجبل', 'وكالات'), ())
    """
    text = line.strip(" *_#>|•·–-\t")
    flat, offsets = fold_with_offsets(text)
    if (match := _credit_match(text, flat)) is None:
        return ()
    start = offsets[match.start("name")] if offsets else match.start("name")
    parts = re.split(r"\s*[+/،,|]\s*|\s+[-–]\s+|\s+و(?=وكال)", ADDRESS.sub("", text[start:]))
    names = [bare_name(part) for part in parts]
    return tuple(name for name in names if name)


def _credit_match(text: str, flat: str) -> re.Match[str] | None:
    """Return the match of a credit line, whose group `name` holds the names, or None."""
    length = len(text.split())
    if "appeared" in text or "أولا" in text:  # «ظهر أولا على …»: what WordPress adds to feeds
        match = rules()["feed"][0].fullmatch(flat)
    elif length > CREDIT.max_credit_line_words or (
        text.endswith(".") and length > CREDIT.max_credit_sentence_words
    ):
        return None
    else:
        match = rules()["line"][0].fullmatch(flat)
    if match or length > CREDIT.max_credit_sentence_words:
        return match
    is_marked = re.match(r"[(\[]|نقلا|منقول", flat)  # «نقلا عن …» (quoted from), «(…)»
    return rules()["bare"][0].fullmatch(flat) if is_marked else None


class CreditNames(NamedTuple):
    """All names found: the page's own outlet, a disclaimer's two, the others in order of trust."""

    site: NameFound | None
    origin: NameFound | None
    carrier: NameFound | None
    named: tuple[NameFound, ...]


def assign_credits(
    found: CreditNames, directory: OutletDirectory, *, copied: bool = False
) -> tuple[Credit | None, tuple[Credit, ...], tuple[NameFound, ...]]:
    """Return (source, via, names left over) from all names found.

    A disclaimer's origin is the source and its carrier `via`; else the page's own outlet is the
    source, unless that is an aggregator or its page says that it is `copied`: then it is `via` for
    the first name in its text; else the first of `named`.
    """
    rest = [name for name in found.named if name.name]
    site, origin = found.site, found.origin
    if origin:
        carriers = [
            c for c in (found.carrier or site,) if c and phrase(c.name) != phrase(origin.name)
        ]
        return (
            _credit(origin, directory),
            tuple(_credit(c, directory) for c in carriers),
            tuple(rest),
        )
    if site is None:
        return (_credit(rest[0], directory) if rest else None), (), tuple(rest[1:])
    others = [name for name in rest if not _is_same(name, site)]
    if others and (copied or (site.outlet and site.outlet.type == "aggregator")):
        return _credit(others[0], directory), (_credit(site, directory),), tuple(others[1:])
    return _credit(site, directory), (), tuple(others)


def _is_same(one: NameFound, other: NameFound) -> bool:
    if one.outlet and other.outlet:
        return one.outlet.key == other.outlet.key
    return fold(one.name) == fold(other.name)


def _credit(found: NameFound, directory: OutletDirectory) -> Credit:
    if found.outlet:
        return directory.credit(found.outlet, found.basis, found.name)
    return Credit(found.name, "", "", found.basis)
