"""Who is credited.

The origin (`source`), those through whom the copy came (`via`), and whom the text relies on
(`cited`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from warraq.intake.credit.names import NameFound
from warraq.intake.credit.outlets import OutletDirectory
from warraq.intake.dates.phrases import fold_with_offsets
from warraq.intake.rule_data import load
from warraq.intake.text.folding import fold, phrase, words
from warraq.model import Credit, Outlet

MOST_DISCLAIMER = 110  # words
LONGEST = 20_000  # code points of a paragraph that is read
_CORE = re.compile(r"^موقع\s+(?=\S)")
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

    A name it does not give is "".

    >>> disclaimer("هذا الخبر منقول من بوابة النور، ولا يعبر عن رأي موقع الضفة وإنما نُشر كما هو")
    ('بوابة النور', 'الضفة')
    """
    if len(line) > LONGEST or len(line.split()) > MOST_DISCLAIMER:
        return None
    flat, offsets = fold_with_offsets(line)
    for outlet in own:
        for text in outlet.disclaimers:
            if phrase(text) and phrase(text) in phrase(line):
                return "", outlet.name
    cues = sum(1 for cue in _cues() if cue in flat)
    if cues < 2 or len(line) < 30:
        return None
    origin, carrier = (_named(rules()[key], flat, offsets, line) for key in ("origin", "carrier"))
    return (origin, carrier) if origin or carrier or cues >= 3 else None


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
    """Return an outlet's name without «موقع» before it and marks around it."""
    name = _CORE.sub("", text.strip(EDGE_MARKS)).translate(_QUOTES).strip(EDGE_MARKS)
    return " ".join(name.split()) if len(words(name)) <= 7 else ""


def credit_line(line: str) -> tuple[str, ...]:
    """Return the names in a line of its own that names the source, () for any other line.

    >>> credit_line("المصدر: مرصد الجبل + وكالات"), credit_line("المصدر الرئيس للقلق هو الضجيج")
    (('مرصد الجبل', 'وكالات'), ())
    """
    text = line.strip(" *_#>|•·–-\t")
    fed = "appeared" in text or "أولا" in text
    if not fed and (len(text.split()) > 14 or (text.endswith(".") and len(text.split()) > 7)):
        return ()
    flat, offsets = fold_with_offsets(text)
    match = rules()["feed" if fed else "line"][0].fullmatch(flat)
    if not match and len(text.split()) <= 7:
        match = rules()["bare"][0].fullmatch(flat)
        if match and not re.match(r"[(\[]|نقلا|منقول", flat):
            match = None
    if not match:
        return ()
    start = offsets[match.start("name")] if offsets else match.start("name")
    parts = re.split(r"\s*[+/،,|]\s*|\s+[-–]\s+|\s+و(?=وكال)", ADDRESS.sub("", text[start:]))
    names = [bare_name(part) for part in parts]
    return tuple(name for name in names if name)


def assign_credits(  # noqa: PLR0913 - all that names were found in
    site: NameFound | None,
    origin: NameFound | None,
    carrier: NameFound | None,
    named: Sequence[NameFound],
    known: OutletDirectory,
    *,
    copied: bool = False,
) -> tuple[Credit | None, tuple[Credit, ...], tuple[NameFound, ...]]:
    """Return (source, via, left over) from all names found.

    A disclaimer's origin is the source and its carrier `via`; else the page's own outlet is the
    source, unless that is an aggregator, or says that its page is `copied`: then it is `via` for
    the first name in its text; else the first of `named` (they come in order of trust).
    """
    rest = [found for found in named if found.name]
    if origin:
        via = [c for c in (carrier or site,) if c and phrase(c.name) != phrase(origin.name)]
        return _credit(origin, known), tuple(_credit(c, known) for c in via), tuple(rest)
    if site is None:
        if not rest:
            return None, (), ()
        return _credit(rest[0], known), (), tuple(rest[1:])
    others = [found for found in rest if not _same(found, site)]
    if others and (copied or (site.outlet and site.outlet.type == "aggregator")):
        return _credit(others[0], known), (_credit(site, known),), tuple(others[1:])
    return _credit(site, known), (), tuple(others)


def _same(one: NameFound, other: NameFound) -> bool:
    if one.outlet and other.outlet:
        return one.outlet.key == other.outlet.key
    return fold(one.name) == fold(other.name)


def _credit(found: NameFound, known: OutletDirectory) -> Credit:
    if found.outlet:
        return known.credit(found.outlet, found.basis, found.name)
    return Credit(found.name, "", "", found.basis)
