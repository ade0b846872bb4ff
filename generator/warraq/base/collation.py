"""The order of names and titles: one for every list, as an Arab editor files them.

Only base letters count: hamza sorts as the letter that carries it (آ as ا), ة as ه, ى as ي; marks
and the article «ال» of any word are ignored, numbers sort by value, and a shorter word sorts first
(«عبد الله», «عبد المجيد», «عبيدة»). Numbers come first, then Arabic, then Latin and other
letters. Ties are broken by code points, so that the order is total.

`sort_key` returns a string whose code points compare in this order, so SQLite needs no collation
function. ICU's Arabic order differs: it keeps the article and sorts ة next to ت.
"""

import re
import unicodedata

from warraq.base.arabic import ARABIC_LETTERS, bare

_LETTERS = str.maketrans(
    {
        **dict.fromkeys("أإآٱٲٳٵ", "ا"),
        **dict.fromkeys("ؤٶٷۆۇۋۈ", "و"),
        **dict.fromkeys("ئٸىیېۍێؠےۓ", "ي"),
        **dict.fromkeys("ةھہۀۂۃە", "ه"),
        **dict.fromkeys("کڪگڭ", "ك"),
        "ڤ": "ف",
        "پ": "ب",
        "چ": "ج",
        "ژ": "ز",
    }
)
_PIECE = re.compile(rf"(?P<number>\d+)|(?P<arabic>[{ARABIC_LETTERS}]+)|[^\W\d_]+")
_ARTICLE = re.compile("^ال(?=..)(?!له$)")  # «الله» keeps its own
_AFTER_ARABIC = 0x10000  # added to the letters of other scripts; Arabic ones all lie below
MOST_DIGITS = 99


def sort_key(text: str) -> str:
    """Return the string by which `text` is sorted.

    >>> sorted(["Zaman", "مؤتة", "العراق", "أحمد", "عدن 10", "عدن 9", "2024"], key=sort_key)
    ['2024', 'أحمد', 'عدن 9', 'عدن 10', 'العراق', 'مؤتة', 'Zaman']
    """
    return f"{' '.join(_pieces(text))}\n{text}"


def initial(text: str) -> str:
    """Return the index letter of `text`: "0" for a number, "" if it has no letter.

    >>> [initial(t) for t in ("الأردن", "إدلب", "«ثورة»", "élan", "٢٠٢٤", "…")]
    ['أ', 'أ', 'ث', 'E', '0', '']
    """
    found = next(iter(_pieces(text)), "")[:1]
    if not found:
        return ""
    if found.isdigit():
        return "0"
    letter = ord(found)
    return "أ" if found == "ا" else chr(letter % _AFTER_ARABIC).upper()


def _pieces(text: str) -> list[str]:
    plain = bare(unicodedata.normalize("NFKC", text))
    return [_piece(match) for match in _PIECE.finditer(plain)]


def _piece(match: re.Match[str]) -> str:
    if match["number"]:
        digits = "".join(str(unicodedata.digit(c)) for c in match[0]).lstrip("0")[:MOST_DIGITS]
        return f"{len(digits):02}{digits}"
    if match["arabic"]:
        return _ARTICLE.sub("", match[0]).translate(_LETTERS)
    letters = bare(unicodedata.normalize("NFD", match[0].casefold()))
    return "".join(chr(_AFTER_ARABIC + ord(c) % _AFTER_ARABIC) for c in letters)
