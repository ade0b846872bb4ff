"""Arabic characters made comparable: one folding for import, archive and search.

Folding is for *comparing*; what is stored and shown keeps its own spelling. The browser's engine
holds the same rules (search/client/analysis.js), tied to these by tests/golden/analysis.json, so
every rule here is a table or a regular expression that JavaScript has too: character ranges are
written out rather than asked of the Unicode version at hand.
"""

import re
import unicodedata
from functools import cache

TATWEEL = "\N{ARABIC TATWEEL}"
FATHATAN = "\N{ARABIC FATHATAN}"
HAMZA = "\N{ARABIC LETTER HAMZA}"

# Arabic letters: the block without signs, digits and marks; the supplement; presentation forms
# with a letter in them (U+FDF2 is the ligature of «الله»; U+FDFA and its kin are whole phrases).
ARABIC_LETTERS = (
    "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\u06ff"
    "\u0750-\u077f\u08a0-\u08b4\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufd8f\ufd92-\ufdc7\ufdf2"
    "\ufe80-\ufefc"
)
# Digits of all three sets, and the letters of other scripts a news text quotes.
OTHER_LETTERS = (
    "0-9A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0386\u0388-\u03ff\u0400-\u0481"
    "\u048a-\u052f\u0531-\u0556\u0561-\u0587\u05d0-\u05ea\u0660-\u0669\u06f0-\u06f9"
    "\u0904-\u0939\u1e00-\u1eff\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fef\uac00-\ud7a3"
    "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
)
ZERO_WIDTH = "\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff"  # joiners, direction marks
INVISIBLE = f"{TATWEEL}\u00ad\u2060{ZERO_WIDTH}"
# What may occur inside a word and means nothing to a search: vowel marks, tatweel, joiners,
# direction marks, variation selectors.
IGNORED = (
    "\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u0640\u064b-\u065f\u0670"
    f"\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08e1\u08e3-\u08ff\u2060\ufe00-\ufe0f{ZERO_WIDTH}"
)

# A number with separated thousands is one word, «2,400,000» as «2400000» (CLDR's grouping of ar,
# en, fr and de). Separators are commas of any script and no-break spaces; a plain space or a full
# stop only where it occurs twice, since one may separate two numbers, or be a decimal point.
DIGIT = "[0-9\u0660-\u0669\u06f0-\u06f9]"
_FIRST = "[1-9\u0661-\u0669\u06f1-\u06f9]"


def _apart(mark: str, times: str) -> str:
    """Return the pattern of a number with `mark` between its groups, not part of a list."""
    group = f"(?:{mark}{DIGIT}{{3}}){times}"
    return f"(?<!{DIGIT}{mark}){_FIRST}{DIGIT}{{0,2}}{group}(?!{mark}?{DIGIT})"


GROUPED = "|".join(
    [_apart(mark, "+") for mark in ",\u060c\u066c\u00a0\u202f\u2009"]
    + [_apart(mark, "{2,}") for mark in (" ", r"\.")]
)
WORD = re.compile(
    f"[{ARABIC_LETTERS}][{ARABIC_LETTERS}{IGNORED}]*"
    f"|(?:{GROUPED}|[{OTHER_LETTERS}])[{OTHER_LETTERS}{IGNORED}]*"
)
_IGNORED = re.compile(f"[{IGNORED}]+")
_FOREIGN = re.compile(f"[^{ARABIC_LETTERS}{OTHER_LETTERS}]+")
_TANWIN_ALIF = re.compile(f"(?<=..)(?:\u0627{FATHATAN}|{FATHATAN}\u0627)$")

_LETTERS = str.maketrans(
    {
        **{letter: letter for letter in map(chr, range(0x621, 0x64B))},  # what lacks here is slow
        **dict.fromkeys("أإآٱٲٳٵ", "ا"),
        **dict.fromkeys("ؤئٴٶٷٸ", HAMZA),
        **dict.fromkeys("ىیېۍێؠےۓ", "ي"),
        **dict.fromkeys("ةھہۀۂۃە", "ه"),
        **dict(zip("ٹڈڑںژ", "تدرنز", strict=True)),
        **dict.fromkeys("کڪگڭ", "ك"),
        **dict.fromkeys("ڤ", "ف"),
        **dict.fromkeys("پ", "ب"),
        **dict.fromkeys("چ", "ج"),
        **dict.fromkeys("ۆۇۋۈ", "و"),
        **{chr(0x660 + n): str(n) for n in range(10)},
        **{chr(0x6F0 + n): str(n) for n in range(10)},
        "ς": "σ",
        "ı": "i",
    }
)
PLAIN = re.compile("[ء-غف-ي]{1,40}")  # nearly every word
MAX_WORD = 40  # code points; a longer run is no word, and every reader of an index pays for it


def bare(word: str) -> str:
    """Return `word` without vowel marks, tatweel and invisible characters, spelling kept.

    >>> bare("مُـؤكِّداً")
    'مؤكدا'
    """
    return _IGNORED.sub("", word)


def is_arabic(word: str) -> bool:
    """Whether a folded word is one of Arabic letters; "" is none.

    >>> is_arabic("قمح"), is_arabic("f16")
    (True, False)
    """
    return "ء" <= word[:1] <= "ي"


def ungrouped(text: str) -> str:
    """Return `text` without the thousands separators of its numbers.

    >>> ungrouped("من 2,400,000 إلى 2 500 000، و1.5")
    'من 2400000 إلى 2500000، و1.5'
    """
    return _grouped().sub(lambda found: _FOREIGN.sub("", found[0]), text)


@cache
def _grouped() -> re.Pattern[str]:  # slow to compile, and no build needs it
    return re.compile(f"(?<!{DIGIT})(?:{GROUPED})")


def fold(word: str) -> str:
    """Return the form under which one word is compared with another, at most MAX_WORD long.

    All forms of alif are one, ى is ي, ة is ه, every seat of hamza is a bare hamza (مسئول, مسؤول),
    marks and tatweel go, the alif of a written tanwin goes, a final «يا» is «يه» (سوريا, سورية),
    Arabic and Persian digits are ASCII, presentation forms are letters, other scripts lose accents
    and capitals. Folding twice changes nothing more.

    >>> fold("مسؤولاً") == fold("مسئول"), fold("سوريا") == fold("سورية")
    (True, True)
    >>> fold("الأنبـاء"), fold("١٩٧٤"), fold("Görgün")
    ('الانباء', '1974', 'gorgun')
    """
    if PLAIN.fullmatch(word):  # the general case below gives the same
        return _ending_in_ha(word.translate(_LETTERS))
    composed = _IGNORED_BUT_MARKS.sub("", unicodedata.normalize("NFKC", word))
    composed = _TANWIN_ALIF.sub("", composed).lower().translate(_LETTERS)
    plain = _IGNORED.sub("", unicodedata.normalize("NFD", composed))
    plain = _FOREIGN.sub("", unicodedata.normalize("NFC", plain))
    return _ending_in_ha(plain[:MAX_WORD])


def fold_name(name: str) -> str:
    """Return the form under which a name of any length is compared: its words folded and joined.

    >>> fold_name("مرهف أبو قصرة") == fold_name("مرهف أبوقصرة")
    True
    """
    return "".join(map(fold, name.split()))


def _ending_in_ha(word: str) -> str:
    return word[:-1] + "ه" if word.endswith("يا") and len(word) > 4 else word


_IGNORED_BUT_MARKS = re.compile(f"[{INVISIBLE}]+")
