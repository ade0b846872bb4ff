"""Who is credited.

The origin (`source`), those through whom the copy came (`via`), and whom the text relies on
(`cited`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from warraq.intake.bylines import OUTLET_WORDS, is_person
from warraq.intake.dates import flattened
from warraq.intake.folding import fold, phrase, words
from warraq.intake.outlets import Knowledge
from warraq.intake.tables import load
from warraq.model import Authority, Cited, Credit, Removed

MOST_DISCLAIMER = 110  # words
LONGEST = 20_000  # code points of a paragraph that is read
_CORE = re.compile(r"^موقع\s+(?=\S)")
_TRIM = ' \t,،.:؛|–—-()[]«»"”“*'
_QUOTES = dict.fromkeys(map(ord, '«»“”"'))
_ADDRESS = re.compile(r"https?://\S+")
_HANDLE = re.compile(r"(?<!\w)@([A-Za-z0-9_.]{3,40})")
_LINKED = re.compile(
    r"(?:t\.me|twitter\.com|x\.com|facebook\.com|instagram\.com)/@?([A-Za-z0-9_.]{3,40})"
)


class Found(NamedTuple):
    """A name met, on what ground, and the outlet it belongs to if that is known."""

    name: str
    basis: str
    outlet: Authority | None = None


@cache
def _rules() -> dict[str, tuple[re.Pattern[str], ...]]:
    raw: Mapping[str, object] = load("credits")
    out = {}
    for key, value in raw.items():
        if key == "cues":  # words, not patterns
            continue
        texts = value if isinstance(value, list) else [value]
        out[key] = tuple(re.compile(str(text)) for text in texts)
    return out


@cache
def _cues() -> tuple[str, ...]:
    return tuple(load("credits")["cues"])


def disclaimer(line: str, own: Iterable[Authority] = ()) -> tuple[str, str] | None:
    """Return (origin, carrier) as a disclaimer names them; None if `line` is no disclaimer.

    A name it does not give is "".

    >>> disclaimer("هذا الخبر منقول من بوابة النور، ولا يعبر عن رأي موقع الضفة وإنما نُشر كما هو")
    ('بوابة النور', 'الضفة')
    """
    if len(line) > LONGEST or len(line.split()) > MOST_DISCLAIMER:
        return None
    flat, offsets = flattened(line)
    for outlet in own:
        for text in outlet.disclaimers:
            if phrase(text) and phrase(text) in phrase(line):
                return "", outlet.name
    cues = sum(1 for cue in _cues() if cue in flat)
    if cues < 2 or len(line) < 30:
        return None
    origin, carrier = (_named(_rules()[key], flat, offsets, line) for key in ("origin", "carrier"))
    return (origin, carrier) if origin or carrier or cues >= 3 else None


def _named(
    patterns: Sequence[re.Pattern[str]], flat: str, offsets: Sequence[int], line: str
) -> str:
    return next(_names(patterns, flat, offsets, line), "")


def _names(
    patterns: Sequence[re.Pattern[str]], flat: str, offsets: Sequence[int], line: str
) -> Iterator[str]:
    for pattern in patterns:
        if match := pattern.search(flat):
            start, end = match.span("name")
            if offsets:
                start, end = offsets[start], offsets[end]
            if name := core_name(line[start:end]):
                yield name


def core_name(text: str) -> str:
    """Return an outlet's name without «موقع» before it and marks around it."""
    name = _CORE.sub("", text.strip(_TRIM)).translate(_QUOTES).strip(_TRIM)
    return " ".join(name.split()) if len(words(name)) <= 7 else ""


def credit_line(line: str) -> tuple[str, ...]:
    """Return the names in a line of its own that names the source, () for any other line.

    >>> credit_line("المصدر: مرصد الجبل + وكالات"), credit_line("المصدر الرئيس للقلق هو الضجيج")
    (('مرصد الجبل', 'وكالات'), ())
    """
    text = line.strip(" *_#>|•·–-\t")
    if len(text.split()) > 14 or (text.endswith(".") and len(text.split()) > 7):
        return ()
    flat, offsets = flattened(text)
    match = _rules()["line"][0].fullmatch(flat)
    if not match and len(text.split()) <= 7:
        match = _rules()["bare"][0].fullmatch(flat)
        if match and not re.match(r"[(\[]|نقلا|منقول", flat):
            match = None
    if not match:
        return ()
    start = offsets[match.start("name")] if offsets else match.start("name")
    parts = re.split(r"\s*[+/،,|]\s*|\s+[-–]\s+|\s+و(?=وكال)", _ADDRESS.sub("", text[start:]))
    names = [core_name(part) for part in parts]
    return tuple(name for name in names if name)


def in_footers(lines: Iterable[str], known: Knowledge) -> Found | None:
    """Return the outlet that the removed `lines` (follow us, all rights reserved) speak for."""
    texts = list(lines)
    for text in texts:
        if found := _by_address(text, known):
            return found
    for text in texts:
        if outlet := known.named(text) or known_within(text, known):
            return Found(outlet.name, "furniture", outlet)
    for text in texts:
        flat, offsets = flattened(text)
        if "محفوظه" in flat or "copyright" in flat or "©" in flat:
            for name in _names(_rules()["rights"], flat, offsets, text):
                own = not {"حقوق", "الحقوق", "محفوظه", "copyright"} & set(words(name))
                if own and 1 <= len(words(name)) <= 5 and re.search(r"[^\W\d]{2}", name):
                    return Found(name, "rights")
    return None


_FOLLOWED = re.compile(
    r"(?:تابعونا|تابعنا|تابعوا|تابع|المزيد من|اخبار|قناه|شبكه|قناتنا|حساب|صفحه) (?:علي |عبر )?(?P<name>\w+(?: \w+){0,3}?)"  # noqa: E501
    r"(?= (?:علي|عبر|في)(?!\w)|$)"
)
_LATEST = re.compile("احدث|اخر|اهم|ابرز|جميع|كل ")  # «تابع أحدث الأخبار عبر تطبيق…»
_BELOW = frozenset(
    ("follow", "footer", "tags", "related", "feedback", "below-furniture", "label-below")
)
_PLATFORMS = frozenset(
    (
        "فيسبوك",
        "تويتر",
        "تلغرام",
        "واتساب",
        "يوتيوب",
        "انستغرام",
        "جوجل",
        "google",
        "منصه",
        "قناتنا",
    )
)


def self_named(removed: Iterable[Removed], body: str) -> Found | None:
    """Return an outlet that no list knows but that its own page names at least twice.

    A short line above the body («دروب») counts when a hashtag, a call to follow, a notice of
    rights or the text («قال لـ…») has the same words; a hashtag when it has a word such as شبكة.
    """
    lines = list(removed)
    below = [r.text for r in lines if r.rule in _BELOW]
    elsewhere = [" ".join(words(text)) for text in below]
    elsewhere += [f"{phrase(m)}" for m in re.findall(r"لـ?\s?[«\"“(](.{2,40}?)[»\"”)]", body)]
    for line in lines:
        text = phrase(line.text)
        short = 1 <= len(text.split()) <= 4 and line.rule in {"above-headline", "head-label"}
        if short and any(f" {text} " in f" {other} " for other in elsewhere):
            return Found(core_name(line.text), "named twice")
    for text in below:
        for tag in re.findall(r"#([\w]+)", text):
            name = tag.replace("_", " ").strip()
            if len(words(name)) >= 2 and set(words(name)) & OUTLET_WORDS:
                return Found(name, "hashtag")
        flat, offsets = flattened(text)
        if match := _FOLLOWED.search(flat):
            name = text[slice(*_original(match.span("name"), offsets))]
            if (
                not set(words(name)) & _PLATFORMS
                and len(words(name)) >= 2
                and not _LATEST.match(phrase(name))
            ):
                return Found(name, "furniture")
    return None


SECTION = frozenset(
    phrase(w) for w in ("قسم", "ملف", "أخبار", "شؤون", "باب", "ملحق", "عدد", "سلسلة")
)


_TITLES = frozenset(f"{al}{title}" for title in load("speech")["titles"] for al in ("", "ال"))


def beside_stamp(removed: Iterable[Removed]) -> Found | None:
    """Return the short unknown name next to the head's time stamp, where papers print their own."""
    lines = [r for r in removed if r.rule in {"date-line", "above-headline", "head-label"}]
    for line in lines:
        text = line.text.strip(_TRIM)
        listed = words(text)
        if line.rule == "date-line" or not 1 <= len(listed) <= 3 or listed[0] in SECTION:
            continue
        if is_person(text) or listed[0] in _TITLES:
            continue  # whoever is in the picture
        near = any(s.rule == "date-line" and 0 < abs(s.first - line.first) <= 2 for s in lines)
        if len(listed) > 1 and not set(listed) & OUTLET_WORDS and not listed[0].startswith("ال"):
            continue  # «نشيدة بوعلام»: whoever stands beside a date with two names wrote the text
        if near and not re.search(r"[\d:؟!]", text) and len(text) >= 3:
            return Found(core_name(text), "beside the date")
    return None


def photographed(removed: Iterable[Removed], known: Knowledge) -> Found | None:
    """Return the known outlet whose own picture it is («قوارب على الشاطئ (مرآة الشرق)»).

    Agencies sell their pictures; a newspaper's or a broadcaster's stands on its own pages.
    """
    for line in removed:
        if line.rule == "photo-credit" and (
            match := re.search(r"[(:/]\s*([^():/]{2,40})\)?\.?$", line.text)
        ):
            outlet = known.named(match[1])
            if outlet and outlet.type != "agency":
                return Found(outlet.name, "photo-credit", outlet)
    return None


def _by_address(text: str, known: Knowledge) -> Found | None:
    for handle in (*_HANDLE.findall(text), *_LINKED.findall(text)):
        if outlet := known.by_handle.get(handle.lower()):
            return Found(outlet.name, "handle", outlet)
    for address in _ADDRESS.findall(text):
        if outlet := known.at(address):
            return Found(outlet.name, "address", outlet)
    return None


_AMBIGUOUS = 4  # a folded name of fewer letters means an outlet only where it stands alone


def known_within(text: str, known: Knowledge) -> Authority | None:
    """Return the known outlet whose longest spelling stands in `text`, a short furniture line."""
    listed = words(text)
    for size in range(min(6, len(listed)), 0, -1):
        for i in range(len(listed) - size + 1):
            for name in _spellings(listed[i : i + size]):
                outlet = known.by_name.get(name)
                if outlet and (size > 1 or _is_meant(name, listed[:i])):
                    return outlet
    return None


_KINDS_OF_OUTLET = frozenset(
    [
        "موقع",
        "صحيفه",
        "قناه",
        "وكاله",
        "شبكه",
        "جريده",
        "بوابه",
        "تطبيق",
        "لموقع",
        "لصحيفه",
        "لوكاله",
    ]
)


def _is_meant(name: str, before: Sequence[str]) -> bool:
    """Tell whether one word is an outlet and not the noun it also is («المدينة», «اليوم»)."""
    if before and before[-1] in _KINDS_OF_OUTLET:
        return True
    return len(name) >= _AMBIGUOUS and not name.startswith("ال")


def _spellings(run: Sequence[str]) -> tuple[str, ...]:
    text = " ".join(run)
    if run[0].startswith("لل"):
        return text, "ال" + text[2:]
    return (text, text[1:]) if run[0][:1] in "لبو" and len(run[0]) > 4 else (text,)


_SPEECH = (
    r"(?:ذكر|نقل|قال|افاد|اعلن|اكد|اوضح|بين|اشار|كشف|اضاف|نشر|بث|اورد|لفت|حذر|دع)(?:ت|وا|ا)?|"
    r"(?:بحسب|وفق|وفقا ل|حسب|نقلا عن|استنادا الي|طبقا ل|في بيان ل|في تصريح ل|لوكاله)"
)
_INSTITUTION = re.compile(
    rf"(?<!\w)[وف]?(?:{_SPEECH})\s?"
    r"(?P<name>(?:وكاله|صحيفه|قناه|شبكه|موقع|وزاره|مجله|اذاعه)\s+[^،,.:؛()«»“”\"]{2,60}?)"
    r"(?=\s*(?:[،,.:؛(«“\"]|\s(?:ان|انها|عن|في|عبر|علي|الي|من|اليوم|امس|خلال|بان|قوله|قولها|,)(?!\w)|$))"
    r"(?P<bracket>\s*\((?P<short>[^()]{2,25})\))?(?P<channel>\s+عبر\s+(?:قناتها|حسابها|صفحتها)\s+(?:الرسميه\s+)?(?:علي|في)\s+(?:منصه\s+)?[«“\"]?(?P<where>\w+))?"
)
_INSTITUTIONS = ("وكاله", "صحيفه", "قناه", "شبكه", "موقع", "وزاره", "مجله", "اذاعه")
_POST = re.compile(
    r"(?:منشور|تدوينه|تغريده|بيان|تصريح|حسابه|حسابها|صفحته|صفحتها|قناته|قناتها|مقطع)(?:\s+\w+){0,2}\s+(?:علي|عبر|في)\s+(?:منصه|موقع|تطبيق|صفحته|حسابه)?\s*[«“”\"]?"
    r"(?P<where>اكس|x|تويتر|فيسبوك|تلغرام|تليغرام|تيليغرام|تليجرام|انستغرام|تروث سوشيال|يوتيوب|لينكد ان|تيك توك)(?!\w)"  # noqa: E501
)
_KINDS = {"وكاله": "agency", "وزاره": "ministry", "صحيفه": "newspaper", "قناه": "broadcaster",
          "اذاعه": "broadcaster", "شبكه": "site", "موقع": "site", "مجله": "magazine"}  # fmt: skip
_LINE_AGENCY = re.compile(r"[(\[/–-]\s*(?P<name>[^()\[\]/–-]{2,25}?)\s*[)\]/–-]")


def cited_in(paragraphs: Iterable[str], known: Knowledge) -> tuple[Cited, ...]:
    """Return who is relied on inside the text: agencies, ministries, newspapers, posts.

    >>> from warraq.intake.outlets import knowledge_of
    >>> [c.name for c in cited_in(["وذكرت وكالة الأناضول، أن الوفد وصل."], knowledge_of())]
    ['وكالة الأناضول']
    """
    found: dict[str, Cited] = {}
    for text in (p for p in paragraphs if len(p) <= LONGEST):
        flat, offsets = flattened(text)
        for match in _INSTITUTION.finditer(flat) if any(k in flat for k in _INSTITUTIONS) else ():
            start, end = match.span("name")
            name = text[offsets[start] : offsets[end - 1] + 1] if offsets else text[start:end]
            short = match["short"] or ""
            outlet = known.named(short) if short else known.named(name)
            kind = outlet.type if outlet and outlet.type else _KINDS[match["name"].split()[0]]
            shown = (
                text[slice(*_original(match.span("short"), offsets))] if outlet and short else name
            )
            found.setdefault(phrase(shown), Cited(" ".join(shown.split()), kind))
        for match in _POST.finditer(flat):
            where = text[slice(*_original(match.span("where"), offsets))]
            found.setdefault(phrase(where), Cited(where, "post"))
    return tuple(found.values())


def _original(span: tuple[int, int], offsets: Sequence[int]) -> tuple[int, int]:
    start, end = span
    return (offsets[start], offsets[end - 1] + 1) if offsets else span


def settled(  # noqa: PLR0913 - each is a place where a name may stand
    site: Found | None,
    origin: Found | None,
    carrier: Found | None,
    named: Sequence[Found],
    known: Knowledge,
    *,
    copied: bool = False,
) -> tuple[Credit | None, tuple[Credit, ...], tuple[Found, ...]]:
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


def _same(one: Found, other: Found) -> bool:
    if one.outlet and other.outlet:
        return one.outlet.key == other.outlet.key
    return fold(one.name) == fold(other.name)


def _credit(found: Found, known: Knowledge) -> Credit:
    if found.outlet:
        return known.credit(found.outlet, found.basis, found.name)
    return Credit(found.name, "", "", found.basis)
