"""Number expressions and Latin runs isolated in right-to-left text, to show as they are read.

Without it a browser shows 2025-10-12 as 12-10-2025, +90 as 90+, and drags a number that follows a
Latin name and a comma to the name's side. What is isolated is a whole expression: sign, groups,
decimals, a range or a score, its Latin unit, the Latin name it belongs to. It runs from left to
right as it was typed. What a browser shows so by itself (12/5, 10:30, 1,234.5) stays bare; a mark
of per cent or currency after a number is placed like the next word
(docs/decisions/0033-numbers-run-as-typed.md).

Takes HTML or plain text, gives HTML; tags, entities, and the content of <code>, <pre>, <bdi> or
<bdo> are left alone. templates/assets/bidi.js does the same in the browser: change both.
"""

import re

from markupsafe import Markup, escape

_LETTER = r"A-Za-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u024F"
# Eastern digits and thin spaces are read as one of these (_READ_AS): a pattern with many sets of
# characters beyond Latin-1 takes long to compile.
_DIGIT = "0-9"
_GAP = r"[ \u00A0]"
_CURRENCY = r"$\u00A3\u00A5\u20AA\u20AC"
_MARK = rf"[%\u066A\u2030\u00B0{_CURRENCY}]"  # read after a number
_SIGN = r"\-+\u2212\u00B1~"
_ZERO = "(?<=0)"
_AFTER_PLUS = rf"(?<=\+[{_DIGIT}])"

# Every expression is described from its second character: a pattern that begins with one class of
# characters is scanned twenty times faster than one that begins with a choice.
_SPACED = (
    rf"(?:[{_DIGIT}]*(?:{_GAP}[{_DIGIT}]{{2,}}){{2,}}"  # 0931 222 333 · 1 234 567
    rf"|[{_DIGIT}]{{0,2}}{_GAP}[{_DIGIT}]{{3}}"  # 14 950
    rf"|(?:{_ZERO}|{_AFTER_PLUS})[{_DIGIT}]*{_GAP}[{_DIGIT}]{{5,}}"  # 011 2345678
    rf"|{_AFTER_PLUS}[{_DIGIT}]*{_GAP}?\([{_DIGIT}]+\)(?:[ -]?[{_DIGIT}]+)+)"  # +49 (555) 123 4567
    rf"(?![{_DIGIT}]|{_GAP}[{_DIGIT}]{{2}})(?:[.,\u066B][{_DIGIT}]+)?"
)
_PLAIN = rf"[{_DIGIT}]*(?:[.,:/\u060C\u066B\u066C][{_DIGIT}]+)*"  # 12/5 · 10:30 · 1,234.5 · ١٬٢٣٤٫٥
_NUMBER = rf"[{_DIGIT}](?:{_SPACED}|{_PLAIN})"
_SIGNED = rf"[{_SIGN}]?[{_CURRENCY}]?{_NUMBER}"
_JOIN = (
    rf"(?:[\u2010-\u2015\u2212\u00D7+~-]|{_GAP}[\u2010-\u2013-]"
    rf"|{_GAP}[\u2010-\u2013\u2212\u00D7+/-]{_GAP})"
)
# 5%-10% · %5-%10 · 14,950-15,100
_JOINED = rf"(?:{_MARK}{_JOIN}{_SIGNED}{_MARK}|{_JOIN}[%\u066A]?{_SIGNED})*"

_WORD = rf"(?:(?:[{_LETTER}{_DIGIT}_.:/@'’?=%~#+-]|&#39;|&amp;)*[{_LETTER}{_DIGIT}+#/])?"
_MORE = rf"(?:[,;:]?[ ](?:{_NUMBER}{_JOINED}[ /-]?|&amp;[ ])?[{_LETTER}]{_WORD})*"
_MONTHS = (
    "كانون|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين|يناير|فبراير|مارس|أبريل|إبريل|مايو|يونيو"
    "|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر|جانفي|فيفري|أفريل|جوان|جويلية|أوت"
)
_TANWIN = r"[ء-ي]+(?:\u064B\u0627|\u0627\u064B)"
_COUNTED = rf"(?:{_MONTHS}|ألف|آلاف|مليون|ملايين|مليار|بليون|في الم|بالم|{_TANWIN})"
# "Boeing 737" is one name, "Okaz 12 مليون" is two things.
_NUMBERED = (
    rf"(?:(?!{_GAP}[{_DIGIT}.,-]+{_GAP}{_COUNTED})"
    rf"{_GAP}{_SIGNED}{_JOINED}(?:{_MARK}(?![{_LETTER}]))?)?"
)
# A year before a name is another thing ("2024 Reuters"), unless the name is as short as a unit.
_NO_YEAR = rf"(?:(?<![12][089][{_DIGIT}]{{2}})|(?={_GAP}[{_LETTER}]{{1,2}}(?![{_LETTER}])))"
_UNIT = rf"(?:{_MARK}?[/-]?|{_NO_YEAR}{_MARK}?{_GAP}\u00B0?)[{_LETTER}]"

_PIECE = re.compile(
    rf"[<&#@(%\u066A{_SIGN}{_CURRENCY}{_DIGIT}{_LETTER}](?:"
    rf"(?P<kept>(?<=<)(?:(?P<name>code|pre|bdi|bdo)\b.*?</(?P=name)>"
    r"|(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>)"
    r"|(?<=&)[#\w]+;)"
    # A number, with its unit or alone, or a name; unit and name go on in the same way.
    rf"|(?:(?:(?<=[{_DIGIT}])(?:{_SPACED}|{_PLAIN})"
    # A sign precedes a number, not one after a word: كوفيد-19 and 1445هـ-2024م have none.
    rf"|(?<=[{_SIGN}{_CURRENCY}#])(?<![{_LETTER}{_DIGIT}\u0621-\u063A\u0641-\u06D3)\]»”%+\u2212-].)"
    rf"(?<!ه\u0640.)[{_CURRENCY}]?{_NUMBER}"
    rf"|(?<=[%\u066A]){_NUMBER}(?={_JOIN}[%\u066A])"
    rf"|(?<=\()0[{_DIGIT}]{{1,4}}\)(?:[ -]?[{_DIGIT}]+)+)"  # (021) 555 0148
    rf"{_JOINED}(?:(?P<unit>{_UNIT})|(?P<number>))"
    rf"|(?P<run>(?<=[{_LETTER}])))(?(number)|{_WORD}{_MORE}{_NUMBERED})"
    rf"|(?P<tag>(?<=[#@])[{_LETTER}]{_WORD}))",
    re.DOTALL,
)
_BARE = re.compile(rf"[{_DIGIT}]{_PLAIN}")
_MARKED = re.compile(_MARK)
_ARABIC_INDIC = re.compile("[\u0660-\u0669]")
_READ_AS = {
    **{chr(zero + n): str(n) for zero in (0x660, 0x6F0) for n in range(10)},
    **dict.fromkeys("\u2009\u202f", "\u00a0"),
}
_LATIN = re.compile(rf"[{_LETTER}]")
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]")
_WORTH_A_LOOK = re.compile(rf"[{_LETTER}{_DIGIT}\u0660-\u0669\u06F0-\u06F9#]")


def isolated(html: str) -> str:
    """Return `html` with number expressions and Latin runs isolated.

    >>> isolated("<p>فاز 2-1 يوم 2025-10-12 بعد 1,500 يوم.</p>")
    '<p>فاز <bdi dir="ltr">2-1</bdi> يوم <bdi dir="ltr">2025-10-12</bdi> بعد 1,500 يوم.</p>'
    >>> isolated("أعلنت Okaz، 12 تشرين &amp; بعده Boeing 737")
    'أعلنت <bdi>Okaz</bdi>، 12 تشرين &amp; بعده <bdi>Boeing 737</bdi>'
    """
    return _isolated(html) if _WORTH_A_LOOK.search(html) else html


def _isolated(html: str) -> str:
    others = [char for char in _READ_AS if char in html]  # faster than one search for a set
    if not others:
        return _PIECE.sub(_wrapped, html)
    read, pieces, at = html, list[str](), 0
    for char in others:
        read = read.replace(char, _READ_AS[char])
    for match in _PIECE.finditer(read):
        start, end = match.span()
        pieces += html[at:start], _wrapped(match, html[start:end])
        at = end
    return "".join((*pieces, html[at:]))


def isolated_text(text: str) -> Markup:
    """Return plain `text` escaped, with expressions and runs isolated: the filter `bidi`.

    A text without a right-to-left letter is one run, its punctuation included.
    """
    safe = escape(text)
    if not _WORTH_A_LOOK.search(text):
        return safe
    if _LATIN.search(text) and not _RIGHT_TO_LEFT.search(text):
        return Markup(f"<bdi>{safe}</bdi>")  # noqa: S704 - escaped above
    return Markup(isolated(str(safe)))  # noqa: S704 - escaped above


def isolated_in_ltr(text: str) -> Markup:
    """Return plain `text` escaped for a left-to-right site: the filter `bidi` there.

    A text with right-to-left letters takes the direction of its first letter, as one run.
    """
    if not _RIGHT_TO_LEFT.search(text):
        return escape(text)
    return Markup(f"<bdi>{isolated(str(escape(text)))}</bdi>")  # noqa: S704 - escaped within


def _wrapped(match: re.Match[str], found: str = "") -> str:
    """Return what `match` found, isolated; `found` is that as it was written."""
    found = found or match[0]
    kind = match.lastgroup  # "kept", "number" (alone), "unit", "run" or "tag"
    if kind == "kept" or (kind == "number" and _is_bare(match)):
        return found
    if _ARABIC_INDIC.search(found):
        # ٢٠-٢٥ runs from the right in a left-to-right isolate too (UAX #9, N1): override.
        return f'<bdo dir="ltr">{found}</bdo>'
    return f'<bdi dir="ltr">{found}</bdi>' if kind == "number" else f"<bdi>{found}</bdi>"


def _is_bare(match: re.Match[str]) -> bool:
    """Whether a browser shows the number as it is read.

    At the head of a paragraph it may not: 50% there, %50 anywhere else.
    """
    if not _BARE.fullmatch(match[0]):
        return False
    begins = match.start() == 0 or match.string[match.start() - 1] in '>;«“"('
    return not (begins and _MARKED.match(match.string, match.end()))
