"""Foreign names and how Arabic writes them: whatever two spellings of one may have in common.

Nothing here is in the index: who asks decides it among the words at hand. client/foreign.js is the
twin; tests/golden/foreign.json ties them.
"""

import re

from warraq.base.arabic import is_arabic
from warraq.search.analysis import TWINS

_SHORTEST = 5  # letters of a word with twins: «قلب» and «كلب» are two words

# What Arabic may make of a root of three letters, or four: then a word's twin is another word
# («استقلال» and «استغلال», «مساجين» and «مساكين»). In it R is a letter of the root, W one that may
# be weak.
_PATTERNS = (
    "RR RRR RاRR RRاR RRوR RRيR RاRوR RاRيR RتWR RتWاR "  # مقال، قاتل، قتال، حكومة، مقترب، اغتيال
    "RاR RوR RيR RواR RياR RويR RييR RواRR RواRيR RRاRR "  # يقول، قيادة، تغيير، قوافل، قبائل
    "RRRيR RRRوR RRاRيR"  # قنديل، برغوث، قناديل
)
_NATIVE = re.compile(
    r"(?!ا[^اوي]{2}[وي][^اويه])"  # as «أردوغان», «أنغولا» begin
    "(?:س?[يتنا]|م)?(?:ست|ت|ن)?"
    f"(?:{'|'.join(_PATTERNS.split())})".replace("R", "[^اوي]").replace("W", "[^ا]")
    + "(?:ات|ان|ين|ون|اء|وا|اوي|يه|ها|هما|هم|هن|نا|ني|كم|تم|[ايهكتن]){0,2}"
    r"|(..)\1.{0,2}"
)


# Names of Latin letters and of makes as Arabic writes them before a number, folded.
_LETTERS = {
    name: tuple(latin.split(","))
    for name, _, latin in (
        line.partition(":")
        for line in """
        ايه:a بي:b,p سي:c دي:d اي:e,i,a اف:f جي:g,j اتش:h اش:h كي:k كيه:k ال:l ام:m ان:n,an او:o
        كيو:q ار:r اس:s تي:t يو:u في:v اكس:x واي:y زد:z جيه:j ميغ:mig ميج:mig سو:su سوخوي:su تو:tu
        كا:ka مي:mi كوفيد:covid بوينغ:boeing بوينج:boeing ايرباص:airbus
        """.split()
    )
}
_DESIGNATION = re.compile(r"([^0-9]+)([0-9].*)", re.DOTALL)
_BEFORE_NAME = re.compile("[وف]?(?:[بك]?ال|لل|[بلك](?=..))?(?=..)")


def designations(term: str) -> list[str]:
    """Return what a word with a number is in the other script, folded.

    >>> designations("والميغ29"), designations("mig29")
    (['mig29'], ['ميغ29', 'ميج29'])
    """
    found = _DESIGNATION.fullmatch(term)
    if not found:
        return []
    name, number = found.groups()
    if not is_arabic(name):
        return [arabic + number for arabic, latin in _LETTERS.items() if name in latin]
    bare = _BEFORE_NAME.sub("", name, count=1)
    ways = dict.fromkeys(latin for way in (name, bare) for latin in _LETTERS.get(way, ()))
    return [latin + number for latin in ways]


def is_native(stem: str) -> bool:
    """Whether `stem`, folded, may be a word of a root of three or four letters, or of two twice.

    >>> is_native("استغلال"), is_native("غوتيريش")
    (True, False)
    """
    return bool(_NATIVE.fullmatch(stem))


def are_twins(stem: str, other: str) -> bool:
    """Whether two stems, folded, are likely to spell one foreign name.

    >>> are_twins("غوتيريش", "جوتيريش"), are_twins("مساجين", "مساكين")
    (True, False)
    """
    return (
        stem != other
        and len(stem) >= _SHORTEST
        and stem.translate(TWINS) == other.translate(TWINS)
        and not is_native(stem)
        and not is_native(other)
    )
