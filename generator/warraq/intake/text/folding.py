"""Spellings folded into one for *comparing*; nothing folded is ever stored or shown."""

import re
from collections.abc import Iterable
from functools import lru_cache

from warraq.intake.text.thresholds import TEXT

_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200b-\u200f]")
# The last two are the separators of «1٬204٫5».
_LETTERS = tuple(zip("أإآٱىةؤئک\u06cc\u066c\u066b", "اااايهويكي,.", strict=True))
_DIGITS = tuple(zip("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2, strict=True))
_ANY_DIGIT = re.compile("[٠-٩۰-۹]")
_WORD = re.compile(r"[^\W_]+")
# In, from, on, to, about, with, after, before, that, this, which, who, between, all, no, what, or,
# then, around, during.
PARTICLES = frozenset(
    "في من علي الي عن مع بعد قبل ان هذا هذه التي الذي بين كل لا ما او ثم حول خلال".split()
)
# The article and the letters joined before it: and, so, with, like, to.
_BEFORE = re.compile(" (?:وبال|وال|بال|كال|فال|ولل|لل|ال|[وفبلك])(?=[^ ]{3})")


def digits(text: str) -> str:
    """Return `text` with Arabic-Indic and Persian digits as 0–9, one code point for one.

    >>> digits("٣ آذار ۲۰۲۴")
    '3 آذار 2024'
    """
    return _replaced(text, _DIGITS) if _ANY_DIGIT.search(text) else text


@lru_cache(maxsize=4096)  # asked of each line by `fold` and by the grammar of days
def letters(text: str) -> str:
    """Return `text` with one form for each letter and digit, in lower case, length unchanged."""
    return digits(_replaced(text, _LETTERS)).lower()


def _replaced(text: str, pairs: Iterable[tuple[str, str]]) -> str:
    # One call of replace a letter: on a page of text a fifth of what str.translate takes.
    for one, other in pairs:
        text = text.replace(one, other)
    return text


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Return `text` without vowel marks, with one alef, one ya, one ha, in lower case.

    >>> fold("الأمانةُ الـعامّة")
    'الامانه العامه'
    """
    return letters(_MARKS.sub("", text))


def fold_pattern(pattern: str) -> str:
    """Return a regular expression with its letters folded, its operators as they were."""
    return digits(_replaced(pattern, _LETTERS))


@lru_cache(maxsize=1024)
def words(text: str) -> tuple[str, ...]:
    """Return the folded words of `text`: letters and digits only.

    The example is «Abu Qasra»: meeting, 2025.

    >>> words("«أبو قصرة»: لقاء، 2025")
    ('ابو', 'قصره', 'لقاء', '2025')
    """
    return tuple(_WORD.findall(fold(text)))


@lru_cache(maxsize=4096)
def phrase(text: str) -> str:
    """Return the folded words of `text` with single spaces: equal for equal wording.

    The example is «read also» with and without hamza and vowel marks.

    >>> phrase("** اقرأ أيضاً : **") == phrase("إقرأ ايضا")
    True
    """
    return " ".join(words(text))


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """Return a folded word without article and the letters joined before it.

    «And the town» loses both; «cooperation» begins with no such letter.

    >>> stem("والمدينه"), stem("تعاون")
    ('مدينه', 'تعاون')
    """
    return _BEFORE.sub(" ", f" {word}")[1:]


def stems(listed: Iterable[str]) -> list[str]:
    """Return the `stem` of each of many words, in the time that a few take one by one."""
    return _BEFORE.sub(" ", " " + " ".join(listed)).split()


def contains_headline(text: str, title: str) -> bool:
    """Whether `text` is the headline `title` and at most a few words more."""
    short, long = phrase(title), phrase(text)
    more = len(long.split()) - len(short.split())
    return bool(short) and short in long and more <= TEXT.max_words_besides_headline


def same_letters(one: str, other: str) -> bool:
    """Whether two lines are the same but for marks, spaces and punctuation."""
    return re.sub(r"[\W_]+", "", fold(one)) == re.sub(r"[\W_]+", "", fold(other))
