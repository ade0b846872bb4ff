"""The foreign words of an index that answer one that an editor typed, by the rules for readers.

Spellings of one name, names with a number, Latin words of one stem, and words of the other script
where the index does not hold the word itself.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

from warraq.base.arabic import is_arabic
from warraq.search.analysis import TWIN_LETTERS, family, tribe
from warraq.search.foreign import are_twins, designations
from warraq.search.stemmers import have_one_stem
from warraq.search.transliteration import spellings_of, writes

_SOUNDS = {letter: twins for twins in TWIN_LETTERS for letter in twins}
_MOST_WRITTEN = 4  # letters of a word that may be another: 256 spellings
_SHORTEST = 4  # letters of a word that is sought in the other script
_LATIN = re.compile(f"[a-z]{{{_SHORTEST},20}}")
_LATIN_WORD = re.compile("[a-z][^0-9]+")

Words = Mapping[str, Sequence[str]]  # family → words of the index


def foreign_forms(word: str, stem: str, words: Words, languages: Iterable[str]) -> Iterator[str]:
    """Yield words of the index that stand for `word`, folded; `stem` is what it is a form of."""
    relatives = words.get(family(word), ())
    yield from (other for other in designations(word) if other in words.get(family(other), ()))
    if _LATIN_WORD.fullmatch(word):
        known = tuple(languages)
        yield from (other for other in relatives if have_one_stem(word, other, known))
    for other in _twin_spellings(stem):
        if are_twins(stem, other):
            yield from (held for held in words.get(family(other), ()) if held.endswith(other))


def _twin_spellings(stem: str) -> Iterator[str]:
    at = [place for place, letter in enumerate(stem) if letter in _SOUNDS]
    if not 0 < len(at) <= _MOST_WRITTEN:
        return
    for letters in product(*(_SOUNDS[stem[place]] for place in at)):
        spelled = list(stem)
        for place, letter in zip(at, letters, strict=True):
            spelled[place] = letter
        yield "".join(spelled)


def forms_in_the_other_script(word: str, words: Words) -> Iterator[str]:
    """Yield words of the index that write `word` in the other script, if it lacks the word itself.

    Every word is asked, so the cheap test comes first.
    """
    if word in words.get(family(word), ()):
        return
    if _LATIN.fullmatch(word):
        likely = {tribe(family(spelling)) for spelling in spellings_of(word)}
        for key, held in words.items():
            yield from (other for other in held if writes(other, word) and tribe(key) in likely)
    elif is_arabic(word) and len(word) >= _SHORTEST:
        for key, held in words.items():
            if "a" <= key[:1] <= "z":
                yield from (
                    other for other in held if writes(word, other) and _LATIN.fullmatch(other)
                )
