"""Which words of a family share a stem, decided from the collection.

A particle or an ending is taken off only if what remains is attested: by the collection's own words
or by a short lexicon of common ones. All evidence lies within one family (analysis.family), so a
change of mind stays within one shard.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from importlib.resources import files
from operator import itemgetter
from typing import NamedTuple

from warraq.base.arabic import fold, is_arabic
from warraq.search.analysis import (
    ARTICLES,
    NUMBERS,
    PARTICLES,
    PRONOUNS,
    unprefixed,
    unsuffixed,
)

_ARTICLES, _PARTICLES = frozenset(ARTICLES), frozenset(PARTICLES)
_CLITICS = frozenset(particle[0] for particle in PARTICLES)
_DOUBTFUL = frozenset({"ان", "ك", "ا", "و"})  # endings that are more often a word's own letters
_INFLECTED = frozenset(
    {"ات", "ين", "ون", "ه", "ي", "يه"}
)  # endings by which common words are one word


class StemGroup(NamedTuple):
    """Words of one stem, sorted; `stem` need not be one of them.

    `related` are the stems of its broken plurals, or of its singulars.
    """

    stem: str
    words: tuple[str, ...]
    related: tuple[str, ...]


# How often the rest must be found, as a share of the form it would explain: below it the rest is
# more likely another word that happens to be there (زير and وزير, يدان and فيدان).
PARTICLE_SHARE = 0.1
CLITIC_SHARE = 0.3
ENDING_SHARE = 0.05
ARTICLED_SHARE = 0.05
DOUBTFUL_SHARE = 0.3
OFTEN = 12  # articles; a plural in so many has stood with an article in one of them


@cache
def lexicon() -> frozenset[str]:
    """Return common words whose first letters and endings are their own (lexicon.txt), folded."""
    return frozenset(map(fold, _lexicon_words()))


@cache
def _ending_in_alif() -> frozenset[str]:
    """Return the lexicon's words in ى, which folding turns to ي; no ending (قتلى, أسرى)."""
    return frozenset(fold(word) for word in _lexicon_words() if word.endswith("ى"))


@cache
def _nouns_of_action() -> frozenset[str]:
    """Return the lexicon's words in إ, which folding makes look like plurals in أ (إعلام)."""
    return frozenset(fold(word) for word in _lexicon_words() if word.startswith("إ"))


@cache
def _lexicon_plurals() -> Mapping[str, frozenset[str]]:
    """Return singular → broken plurals that the lexicon knows."""
    found: dict[str, set[str]] = {}
    for word in lexicon():
        for singular in singulars_of(word):
            found.setdefault(singular, set()).add(word)
    return {singular: frozenset(plurals) for singular, plurals in found.items()}


def _lexicon_words() -> list[str]:
    text = files("warraq.search").joinpath("lexicon.txt").read_text("utf-8")
    return [word for line in text.splitlines() if line[:1] != "#" for word in line.split()]


def groups_of(counts: Mapping[str, int]) -> list[StemGroup]:
    """Return the words of one family as groups, by stem. `counts`: word → articles with it.

    Words of other scripts are each a group: whoever asks stems them by the languages at hand.
    """
    first = next(iter(counts), "")
    if not is_arabic(first) or (len(counts) == 1 and first in lexicon()):
        return [StemGroup(word, (word,), ()) for word in sorted(counts)]
    stems = _Family(counts).stems()
    members: dict[str, list[str]] = {}
    for word in sorted(counts):
        members.setdefault(stems[word], []).append(word)
    names = {stem for stem, words in members.items() if _is_name(words, counts)}
    related = related_stems(sorted(members), lexicon(), names)
    return [
        StemGroup(stem, tuple(words), tuple(sorted(related[stem])) if stem in related else ())
        for stem, words in sorted(members.items())
    ]


def _is_name(words: Sequence[str], counts: Mapping[str, int]) -> bool:
    """Whether these are often met, and never with an article, as «سعاد» and «سلمى» are."""
    if sum(map(counts.__getitem__, words)) < OFTEN:  # as of most
        return False
    return not any(prefix in _ARTICLES for word in words for prefix, _ in unprefixed(word))


class _Family:
    """The evidence of one family: `bare` words less their article, `articled` those with one."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self.counts = counts
        self.known = lexicon()
        self.bare: dict[str, int] = {}
        self.articled: dict[str, int] = {}
        self.nouns: dict[str, int] = {}
        self.bases: dict[str, str] = {}

    def stems(self) -> dict[str, str]:
        """Return word → stem."""
        counts, bare, articled, nouns = self.counts, self.bare, self.articled, self.nouns
        without = {w: self._without_article(w) if "ل" in w[:4] else w for w in counts}
        for word, rest in without.items():
            bare[rest] = bare.get(rest, 0) + counts[word]
            if rest != word:
                articled[rest] = articled.get(rest, 0) + counts[word]
        clean = {
            word: self._without_particle(word) if rest == word and word[0] in _CLITICS else rest
            for word, rest in without.items()
        }
        for word, rest in clean.items():
            nouns[rest] = nouns.get(rest, 0) + counts[word]
        return {word: self._base(rest, 3) for word, rest in clean.items()}

    def _without_article(self, word: str) -> str:
        """Return `word` less an article, unless those letters are its own (الزام, المانيه)."""
        if word in self.known:
            return word
        for article, rest in unprefixed(word):
            if article not in _ARTICLES:
                break
            own = word[word.index("ل") - 1 :] if article[-2:] == "ال" else ""
            if own and self._owns_article(own):
                return word if article == "ال" else own
            short = len(rest) == 2 and article not in {"ال", "وال"}
            if short and not (self.counts.get(rest) or rest in self.known):
                continue
            if article == "لل" and self.counts.get(word[1:]) and not self._is_noun(rest):
                continue
            return rest
        return word

    def _owns_article(self, word: str) -> bool:
        """Whether the «ال» at the head of `word` is its own."""
        if word in self.known or "ال" + word in self.counts:
            return True
        return any(
            word.endswith(e) and word[: -len(e)] in self.known for e in ("ه", "يه", "ات", "ا")
        )

    def _is_noun(self, word: str) -> bool:
        return word in self.known or self.counts.get("ال" + word, 0) > 0

    def _without_particle(self, word: str) -> str:
        """Return `word` less و ف ب ل ك س where the collection knows the rest better."""
        # What takes an article begins with a letter of its own.
        articled = self.articled.get(word, 0)
        if word in self.known or articled > ARTICLED_SHARE * self.bare[word]:
            return word
        rests = [
            (rest in self.known, self.bare.get(rest, 0), rest)
            for particle, rest in unprefixed(word)
            if len(rest) >= 3 and particle in _PARTICLES and self._explains(particle, rest, word)
        ]
        if not rests and word[0] != "و":
            return word
        own = max(
            (self.bare.get(base, 0) for _, base in unsuffixed(word) if base in self.known),
            default=-1,
        )
        if rests and max(rests)[1] >= own:
            return max(rests)[2]
        if own >= 0:
            return word  # وكالات is وكاله and an ending, not و before كالات
        if word[0] == "و" and len(word) >= 6 and self.counts[word] <= 2:
            return self._without_particle_of_rest(word[1:])
        return word

    def _explains(self, particle: str, rest: str, word: str) -> bool:
        """Whether `word` is better read as `particle` before `rest`."""
        if particle[-1] == "س" and rest[0] not in "يتنا":
            return False
        if rest in self.known:
            return True
        sure = particle == "و" or rest in self.articled
        share = PARTICLE_SHARE if sure else CLITIC_SHARE
        if rest in self.bare:
            return self.bare[rest] >= share * self.bare.get(word, 0)
        return len(rest) >= 5 and any(
            base in self.known or self.bare.get(base, 0) > 2 * self.bare.get(word, 0)
            for ending, base in unsuffixed(rest)
            if len(ending) > 1 and len(base) >= 4
        )

    def _without_particle_of_rest(self, rest: str) -> str:
        """Return `rest`, or less one ل or ب more if that is attested («ولبحث»)."""
        further = rest[1:]
        return further if rest[0] in "لب" and further in self.bare else rest

    def _base(self, form: str, depth: int) -> str:
        """Return `form` less the endings whose rest is attested, one after another."""
        if form in self.bases:
            return self.bases[form]
        rests = []
        for ending, rest in unsuffixed(form) if depth else ():
            known, attested = rest in self.known, self.nouns.get(rest, 0)
            perhaps = known or attested or (len(ending) > 1 and len(rest) >= 4)
            if perhaps and self._accepts(form, ending, rest):
                rests.append((known, attested, -len(rest), rest))
        found = self._base(max(rests)[3], depth - 1) if rests else form
        self.bases[form] = found
        return found

    def _accepts(self, form: str, ending: str, rest: str) -> bool:
        """Whether `form` is better read as `rest` with `ending`."""
        if form in self.known:
            inflected = ending in _INFLECTED and form not in _ending_in_alif()
            return inflected and rest in self.known
        attested = self.nouns.get(rest, 0)
        if ending == "":
            return attested > 0 or rest in self.known
        if self._owns_ending(form, ending, rest):
            return False
        if attested or rest in self.known:
            share = DOUBTFUL_SHARE if ending in _DOUBTFUL else ENDING_SHARE
            return rest in self.known or attested >= share * self.nouns.get(form, 0)
        return len(ending) > 1 and len(rest) >= 4 and self._has_paradigm(rest, ending)

    def _owns_ending(self, form: str, ending: str, rest: str) -> bool:
        """Whether `ending` is part of the word.

        What carries a pronoun takes no article: المساهم is not «مسا» and «هم». A ه after three
        letters more often makes another noun than another form: شهره is not «شهر».
        """
        if ending == "ه":
            return len(rest) == 3
        pronoun = ending in PRONOUNS and ending not in NUMBERS
        return pronoun and self.articled.get(form, 0) > ARTICLED_SHARE * self.nouns.get(form, 0)

    def _has_paradigm(self, rest: str, ending: str) -> bool:
        """Whether `rest` is met with another ending too: قناصون and قناصين without قناص."""
        return len(self.nouns) > 1 and any(
            other != ending and rest + other in self.nouns
            for other in ("ات", "ين", "ون", "يه", "ه", "ها", "هم", "ي")
        )


# --- broken plurals ------------------------------------------------------------------------------

# Each line: plural pattern, then the singulars it may belong to. ف ع ل ق stand for the letters of
# the root, the same letter for the same place; all else is itself. After a question mark: a shape
# of so many words that a plural is believed only if the lexicon has it (مدن, but not حكم for حكمه).
_PATTERNS = """
افعال فعل
افعاء فعو فعي فعيع
فعول فعل
فعوع فع
فعال فعيل فاعل
? فعال فعل فعله
فوال فاءل
فعلاء فعيل فاعل
افعلاء فعيل
افعله فعال فعيل
? فعل فعال فعله فعيله
مفاعل مفعل مفعله
مفاعيل مفعول مفعال
فواعل فاعل فاعله
فواعيل فاعول
فعاءل فعيله فعاله فعيل
فعالق فعلق فعلقه فعلاق
فعاليق فعلوق فعليق فعلاق
افاعل افعل
تفاعيل تفعيل
فعلي فعيل
فعايه فعيه
فاله فاءل
اراضي ارض
"""
_ROOT = "فعلق"


def _pattern(shape: str) -> re.Pattern[str]:
    seen: set[str] = set()
    parts = []
    for char in shape:
        if char not in _ROOT or shape == "اراضي":
            parts.append(char)
        elif char in seen:
            parts.append(f"(?P={_NAMES[char]})")
        else:
            seen.add(char)
            parts.append(f"(?P<{_NAMES[char]}>{'.' if char == 'ف' else '[^ا]'})")
    return re.compile("".join(parts))


_NAMES = dict(zip(_ROOT, "abcd", strict=True))


_LETTERS = "".join(sorted({*_PATTERNS} - {*"?\n "}))


def _picked(plural: str, singular: str) -> Callable[[str], tuple[str, ...]]:
    """Return what picks the letters of a singular from a plural and _LETTERS after it."""
    rooted = "" if plural == "اراضي" else _ROOT
    letters = "".join(char if char in rooted else " " for char in plural) + _LETTERS
    return itemgetter(*map(letters.index, singular))


class _Plural(NamedTuple):
    shape: re.Pattern[str]
    singulars: tuple[Callable[[str], tuple[str, ...]], ...]
    doubtful: bool


@cache
def _plurals(length: int) -> tuple[re.Pattern[str], tuple[_Plural, ...]]:
    """Return the patterns of so many letters, and what fits whatever one of them fits."""
    found, loose = [], []
    for line in _PATTERNS.strip().split("\n"):
        plural, *singulars = line.removeprefix("? ").split()
        if len(plural) == length:
            singular_of = tuple(_picked(plural, singular) for singular in singulars)
            found.append(_Plural(_pattern(plural), singular_of, line[0] == "?"))
            loose.append(re.sub(f"[{_ROOT}]", ".", plural))
    return re.compile("|".join(loose) if loose else "(?!)"), tuple(found)


def singulars_of(stem: str) -> set[str]:
    """Return the singulars that `stem` could be the broken plural of, likely or not.

    >>> "وزير" in singulars_of("وزراء"), "سلاح" in singulars_of("اسلحه")
    (True, True)
    >>> singulars_of("اعلام")  # إعلام, as the lexicon has it, is no plural of علم
    set()
    """
    loose, plurals = _plurals(len(stem))
    if not loose.fullmatch(stem) or stem in _nouns_of_action():
        return set()
    found: set[str] = set()
    for shape, singulars, doubtful in plurals:
        if (not doubtful or stem in lexicon()) and shape.fullmatch(stem):
            found.update("".join(singular(stem + _LETTERS)) for singular in singulars)
    found.discard(stem)
    return found


def related_stems(
    stems: Sequence[str], known: AbstractSet[str], names: AbstractSet[str]
) -> dict[str, set[str]]:
    """Return stem → stems linked to it as plural or singular.

    Both must be among `stems`; one of them may also be `known` only, so that a reader who types it
    finds the other. `names` are no plurals.
    """
    present, plurals = set(stems), _lexicon_plurals()
    related: dict[str, set[str]] = {}
    for stem in stems:
        if 3 <= len(stem) <= 7:
            if stem in plurals:
                related.setdefault(stem, set()).update(plurals[stem] - names)
            for singular in () if stem in names else singulars_of(stem):
                if singular in present or singular in known:
                    related.setdefault(stem, set()).add(singular)
                    related.setdefault(singular, set()).add(stem)
    return related
