"""Oddities of spelling and punctuation that an editor should look at; nothing is changed."""

import re
from collections.abc import Iterable, Iterator

from warraq.intake.text.spelling import misspelling_flags
from warraq.intake.text.thresholds import TEXT
from warraq.model import Flag

_COMMA_GAP = re.compile(r"(?<!\w)(\w{1,40})\s{1,4}([،؛])")
_LATIN_COMMA = re.compile(
    r"(?<!\w)([\u0621-\u064a]{1,40})(\s{0,4}),(\s{0,4})([\u0621-\u064a]{1,40})"
)
_WORD = re.compile(r"\w+")
_GLUED = re.compile(  # two words: an article inside, a particle at the end, a ة that ends the first
    "[\u0621-\u064a]{2,30}[دذرزوء]ال[\u0621-\u064a]{4,30}"
    "|[\u0621-\u064a]{3,30}[دذرزو](?:على|إلى|التي|الذي)"
    "|[\u0621-\u064a]{2,30}ة[\u0621-\u064a]{2,30}"
)
# The seam of any such word, found at the speed of its first letter.
_SEAM = re.compile(
    "[دذرزوءة](?<=[\u0621-\u064a]{3})(?:ال[\u0621-\u064a]{4}|على|إلى|التي|الذي|(?<=ة)[\u0621-\u064a]{2})"
)
_ODD_QUOTE = re.compile(r"(?:^|(?<=[\s(]))(?:[وبلكف]{0,2}ـ?)?”(?=\w)\S{0,40}")
_PARTICIPLES = [
    "منوها",
    "مشيرا",
    "مؤكدا",
    "موضحا",
    "لافتا",
    "مضيفا",
    "مشددا",
    "داعيا",
    "مبينا",
    "معتبرا",
    "محذرا",
    "مطالبا",
    "معربا",
    "مستدركا",
    "متابعا",
]
_BARE_PARTICIPLE = re.compile(
    "(?<!\\w)و?(?:" + "|".join("\u0651?".join(word) for word in _PARTICIPLES) + ")(?![\\w\u064b])"
)
_TANWIN = re.compile(r"[\u0621-\u064a]{3,}(?:\u064bا|ا\u064b)(?!\w)")


def oddity_flags(paragraphs: Iterable[str]) -> tuple[Flag, ...]:
    """Return the oddities an editor should look at, in order, each once; nothing is changed.

    >>> [(f.kind, f.text) for f in oddity_flags(["في دمشق ، وقال بالدورالكبير"])]
    [('spacing', 'دمشق ،'), ('joined', 'بالدورالكبير')]
    """
    texts = [text for text in paragraphs if len(text) <= TEXT.max_flagged_chars]
    found: dict[Flag, None] = dict.fromkeys(misspelling_flags(texts))
    voweled = any("\u064b" in text and _TANWIN.search(text) for text in texts)
    for text in texts:
        for kind, shown in _oddities(text, voweled):
            found.setdefault(Flag(kind, shown))
    return tuple(found)[: TEXT.max_flags]


def _oddities(text: str, voweled: bool) -> Iterator[tuple[str, str]]:
    # A pattern that needs a mark is tried only where the mark is: half the time of all flags.
    if " ،" in text or " ؛" in text:
        yield from (("spacing", f"{m[1]} {m[2]}") for m in _COMMA_GAP.finditer(text))
    if "," in text:
        yield from (("punctuation", m[0]) for m in _LATIN_COMMA.finditer(text))
    if _SEAM.search(text):
        yield from (("joined", word) for word in _WORD.findall(text) if _GLUED.fullmatch(word))
    odd = [m[0] for m in _ODD_QUOTE.finditer(text)] if "”" in text else []
    yield from (("quote", found.rstrip("،.")) for found in odd)
    for opening, closing in (("“", "”"), ("«", "»"), ("(", ")")):
        if text.count(opening) != text.count(closing) and not odd:
            yield "unbalanced", f"{opening} {text.count(opening)} · {closing} {text.count(closing)}"
    if voweled:
        yield from (("spelling", m[0]) for m in _BARE_PARTICIPLE.finditer(text))
