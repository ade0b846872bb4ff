"""The order of names and titles: one for every list, as an Arab editor files them.

Letters count, not how they are dressed: the forms of hamza stand with the letter that carries them
(آ with ا), ة with ه, ى with ي, marks and the article «ال» of any word do not count, digits count by
their value; a word ends before it goes on («عبد الله», «عبد المجيد», «عبيدة»). Numbers
come first, then Arabic, then Latin and other letters. What is alike so far is in code point order,
so that every two different texts have an order of their own.

The order is that of `sort_key`, a text whose code points compare as names do: SQLite needs no
function of ours. ICU's Arabic order differs: it keeps the article and puts ة beside ت.
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
    """Return what puts `text` in its place among others.

    >>> sorted(["Zaman", "مؤتة", "العراق", "أحمد", "عدن 10", "عدن 9", "2024"], key=sort_key)
    ['2024', 'أحمد', 'عدن 9', 'عدن 10', 'العراق', 'مؤتة', 'Zaman']
    """
    return f"{' '.join(_pieces(text))}\n{text}"


def initial(text: str) -> str:
    """Return the letter under which `text` is filed: "0" for a number, "" for no letter at all.

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
