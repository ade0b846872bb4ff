"""Stems of words in Latin letters, by Snowball's rules for the languages of an archive's articles.

client/snowball/ holds the same rules for browsers, written by scripts/vendor-snowball: those of
Snowball 3.0, to which pyproject.toml keeps snowballstemmer, since 3.1 stems English otherwise
(«international»). tests/golden/foreign.json ties them. Words are stemmed folded, without their
accents, in both.
"""

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# ISO 639 → Snowball's name
LANGUAGES = {
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "nl": "dutch",
    "pt": "portuguese",
    "sv": "swedish",
    "tr": "turkish",
}
USUAL = ("en",)  # where no article is in one of these, Latin words are mostly English


def stemmed_language(tag: str) -> str:
    """Return the key of LANGUAGES that a language tag means, "" if none.

    >>> stemmed_language("en-GB"), stemmed_language("ar")
    ('en', '')
    """
    language = tag.partition("-")[0].lower()
    return language if language in LANGUAGES else ""


def have_one_stem(word: str, other: str, languages: Iterable[str]) -> bool:
    """Whether two folded words have the same stem in one of `languages`, English if there is none.

    >>> have_one_stem("negotiation", "negotiations", [])
    True
    """
    return any(stem(word, code) == stem(other, code) for code in (*languages,) or USUAL)


def stem(word: str, language: str) -> str:
    """Return the stem of a folded word; `language` is a key of LANGUAGES."""
    return _stemmer(language)(word)


@cache
def _stemmer(language: str) -> "Callable[[str], str]":
    from snowballstemmer import stemmer  # noqa: PLC0415 - only where Latin words are asked for

    stems: Callable[[str], str] = stemmer(LANGUAGES[language]).stemWord
    return stems
