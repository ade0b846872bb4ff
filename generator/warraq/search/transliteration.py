"""How Arabic may write a Latin word, for words that an archive does not hold in one script.

client/transliteration.js is the twin; tests/golden/foreign.json ties them.
"""

import re
from functools import lru_cache

# What Arabic writes for Latin letters, the usual first.
_SOUNDS = {
    letters: tuple(ways.split(","))
    for letters, _, ways in (
        line.partition(":")
        for line in """
        sch:ش tch:تش ch:تش,ش,ك,خ sh:ش kh:خ gh:غ,ج,ق,ك th:ث,ت dh:ذ,ض,ظ ph:ف ck:ك qu:كو,ق,ك
        zh:ج,ز,ش ts:تس,س tz:تز,تس,ز ng:نغ,ن,نج,نك,نق ee:ي oo:و ou:و,ا ei:ي,اي ai:اي,ي ay:اي,ي
        ey:ي,اي au:او,و eu:و,يو,او ia:يا,يه,ي io:يو ie:ي,يي yu:يو,و ya:يا ye:ي,يي a:ا,,ع,ه b:ب
        c:ك,س,ش,ق d:د,ض e:ي,,ا,اي f:ف g:غ,ج,ق,ك h:ه,ح, i:ي,اي,,ا j:ج,ي,خ k:ك,ق,خ l:ل m:م n:ن
        o:و,,ا p:ب q:ق,ك r:ر s:س,ش,ص,ز t:ت,ط u:و,ا,يو v:ف w:و,ف, x:كس,خ,س y:ي,,يه z:ز,س,ظ,ذ
        """.split()
    )
}
_INITIAL = {
    letter: tuple(ways.split(","))
    for letter, ways in {
        "a": "ا,ع",
        "e": "ا,اي,ع",
        "i": "اي,ا,ع",
        "o": "او,ا,ع",
        "u": "او,ا,يو",
        "w": "و,ف",
        "y": "ي",
    }.items()
}
_DOUBLED = re.compile(r"([^eo])\1+|(ee|oo)[eo]*")
_LONGEST_SOUND = 3
_MOST_WAYS = 4


@lru_cache(maxsize=1 << 15)  # the Latin words of an archive are asked again for every word it lacks
def sounds_of(latin: str) -> tuple[tuple[str, ...], ...]:
    """Return what each sound of `latin` may be, the usual first; nothing if one is not known.

    >>> sounds_of("kim")
    (('ك', 'ق', 'خ'), ('ي', 'اي', '', 'ا'), ('م',))
    """
    word = _DOUBLED.sub(lambda run: run[1] or run[2], latin)
    sounds: list[tuple[str, ...]] = []
    at = 0
    while at < len(word):
        sizes = range(min(_LONGEST_SOUND, len(word) - at), 0, -1)
        size = next((size for size in sizes if word[at : at + size] in _SOUNDS), 0)
        if not size:
            return ()
        letters = word[at : at + size]
        sounds.append(_SOUNDS[letters] if at else _INITIAL.get(letters, _SOUNDS[letters]))
        at += size
    return tuple(sounds)


def spellings_of(latin: str) -> list[str]:
    """Return how Arabic may write `latin`: as usual, then with one sound other than usual.

    >>> spellings_of("ankara")[0], "انقارا" in spellings_of("ankara")
    ('انكارا', True)
    """
    sounds = sounds_of(latin)
    usual = [ways[0] for ways in sounds]
    spellings = {"".join(usual): None}
    for rank in range(1, _MOST_WAYS):
        for at, ways in enumerate(sounds):
            if len(ways) > rank:
                spellings["".join([*usual[:at], ways[rank], *usual[at + 1 :]])] = None
    return list(spellings)


def writes(arabic: str, latin: str) -> bool:
    """Whether an Arabic word, folded, may write `latin`.

    >>> writes("انقره", "ankara"), writes("كره", "kerry")
    (True, False)
    """
    ends = {0}  # where in `arabic` the sounds read so far may end
    for ways in sounds_of(latin):
        ends = {end + len(way) for end in ends for way in ways if arabic.startswith(way, end)}
        if not ends:  # as for nearly every word after its first sound
            return False
    return len(arabic) in ends
