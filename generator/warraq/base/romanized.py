"""A key for an Arabic name, as a proposal: letters by rule, short vowels by guess."""

import re
from unicodedata import normalize

from warraq.base.arabic import fold

_CONSONANTS = {
    letter: written
    for written, letters in {
        "": "ءع", "b": "بپ", "t": "تط", "th": "ث", "j": "جچ", "h": "حه", "kh": "خ", "d": "دض",
        "dh": "ذ", "r": "ر", "z": "زظژ", "s": "سص", "sh": "ش", "gh": "غ", "f": "ف", "v": "ڤ",
        "q": "ق", "k": "ك", "g": "گ", "l": "ل", "m": "م", "n": "ن",
    }.items()
    for letter in letters
}  # fmt: skip
_SEMIVOWELS = {"و": "w", "ؤ": "w", "ي": "y", "ئ": "y", "ی": "y"}
_WORDS = {
    "محمد": "muhammad", "احمد": "ahmad", "محمود": "mahmoud", "عبد": "abd", "بن": "bin",
    "ابو": "abu", "ابي": "abi", "ام": "umm", "علي": "ali", "عمر": "omar", "حسين": "hussein",
    "حسن": "hassan", "يوسف": "youssef", "مصطفي": "mustafa", "ابراهيم": "ibrahim", "الله": "allah",
}  # fmt: skip
_LONGEST = 60


def proposed_key(name: str) -> str:
    """Return a key for `name`, "" if nothing of it can be written; an editor may know better.

    >>> proposed_key("مرهف أبو قصرة"), proposed_key("خلوق غورغون"), proposed_key("أسعد الشيباني")
    ('marhaf-abu-qasra', 'khaluq-ghurghun', 'asad-al-shibani')
    """
    words = (_word(word) for word in re.split(r"[\W_]+", name))
    return "-".join(filter(None, words))[:_LONGEST].strip("-")


def _word(word: str) -> str:
    latin = normalize("NFKD", word).encode("ascii", "ignore").decode().lower()
    if latin and len(latin) >= len(word):
        return latin
    word = re.sub("[\u064b-\u0652\u0640]", "", word)
    known = _WORDS.get(fold(word))
    if known:
        return known
    if word.startswith("ال") and len(word) > 4:
        return f"al-{_sounds(word[2:])}"
    return _sounds(word)


def _sounds(word: str) -> str:
    """Return a word's letters with a vowel where none is written and a syllable needs one."""
    written, before = "", ""  # what came before: consonants since the last vowel, "L" if it is long
    for at, letter in enumerate(word):
        is_semivowel = not written or word[at + 1 : at + 2] in set("اأىة")
        if letter in "وؤ" and not is_semivowel:
            written, before = f"{written}u", "L"
        elif letter in "يئی" and not is_semivowel:
            written, before = f"{written}i", "L"
        elif letter in "اأإآٱىة":
            vowel = "i" if letter == "إ" else "a"
            written, before = written.removesuffix("a") + vowel, "L"
        elif sound := _CONSONANTS.get(letter) or _SEMIVOWELS.get(letter, ""):
            is_last = at == len(word) - 1
            written += ("a" if before == "C" else "i" if before == "LC" and is_last else "") + sound
            before = "LC" if before == "L" else "VC" if before == "C" else "C"
        elif letter == "ع" and not written.endswith(("a", "i", "u")):
            written, before = f"{written}a", "L"
    return written
