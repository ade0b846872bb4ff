"""Which words of a family share a stem, decided from the collection.

A particle or an ending is taken off only if what remains is attested: by the collection's own words
or by a short lexicon of common ones. All evidence lies within one family (analysis.family), so a
change of mind stays within one shard.
"""

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from warraq.search.analysis import ARTICLES, NUMBERS, PARTICLES, PRONOUNS, unsuffixed


class Group(NamedTuple):
    """Words of one stem, sorted; `stem` need not be one of them. `kin` are stems of broken plurals."""

    stem: str
    words: tuple[str, ...]
    kin: tuple[str, ...]


# How often the rest must be found, as a share of the form it would explain: below it the rest is
# more likely another word that happens to be there (زير beside وزير, يدان beside فيدان).
PARTICLE_SHARE = 0.1
CLITIC_SHARE = 0.3
ENDING_SHARE = 0.05
DUAL_SHARE = 0.3


@cache
def lexicon() -> frozenset[str]:
    """Return common words whose first letters and endings are their own (lexicon.txt), folded."""
    from warraq.base.arabic import fold  # noqa: PLC0415 - see cache

    text = files("warraq.search").joinpath("lexicon.txt").read_text("utf-8")
    return frozenset(
        fold(word) for line in text.splitlines() if line[:1] != "#" for word in line.split()
    )


def groups_of(counts: Mapping[str, int]) -> list[Group]:
    """Return the words of one family as groups, sorted by stem. `counts`: word → articles with it."""
    if len(counts) == 1:
        (word,) = counts
        if word in lexicon() or not "ء" <= word[0] <= "ي":
            return [Group(word, (word,), ())]
    stems = _Family(counts).stems()
    members: dict[str, list[str]] = {}
    for word in sorted(counts):
        members.setdefault(stems[word], []).append(word)
    kin = kin_of(sorted(members))
    return [
        Group(stem, tuple(words), tuple(sorted(kin.get(stem, ()))))
        for stem, words in sorted(members.items())
    ]


class _Family:
    """The evidence of one family. `bare` counts words less their article, `articled` those with one."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self.counts = counts
        self.known = lexicon()
        self.bare: Counter[str] = Counter()
        self.articled: Counter[str] = Counter()
        self.nouns: Counter[str] = Counter()
        self.bases: dict[str, str] = {}

    def stems(self) -> dict[str, str]:
        """Return word → stem."""
        without = {word: self._without_article(word) for word in self.counts}
        for word, rest in without.items():
            self.bare[rest] += self.counts[word]
            if rest != word:
                self.articled[rest] += self.counts[word]
        clean = {
            word: rest if rest != word else self._without_particle(word)
            for word, rest in without.items()
        }
        for word, rest in clean.items():
            self.nouns[rest] += self.counts[word]
        return {word: self._base(rest, 3) for word, rest in clean.items()}

    def _without_article(self, word: str) -> str:
        """Return `word` less an article, unless the article's letters are its own (الزام, المانيه)."""
        if word in self.known:
            return word
        for article in ARTICLES:
            rest = word[len(article) :]
            if not word.startswith(article) or len(rest) < 2:
                continue
            own = word[word.index("ل") - 1 :] if article[-2:] == "ال" else ""
            if own and (own in self.known or "ال" + own in self.counts or own[:-1] in self.known):
                return word if article == "ال" else own
            if len(rest) == 2 and not (self.counts.get(rest) or rest in self.known):
                if article not in {"ال", "وال"} or len(word) < 4:
                    continue
            if article == "لل" and self.counts.get(word[1:]) and not self._is_noun(rest):
                continue
            return rest
        return word

    def _is_noun(self, word: str) -> bool:
        return word in self.known or self.counts.get("ال" + word, 0) > 0

    def _without_particle(self, word: str) -> str:
        """Return `word` less و ف ب ل ك س where the collection knows the rest better."""
        if word in self.known:
            return word
        own = self.articled[word]
        if own and own >= 0.02 * self.bare[word]:
            return word  # what takes an article begins with a letter of its own
        for particle in PARTICLES:
            rest = word[len(particle) :]
            if not word.startswith(particle) or len(rest) < 3:
                continue
            if particle[-1] == "س" and rest[0] not in "يتنا":
                continue
            found = self.bare[rest] + (rest in self.known)
            share = PARTICLE_SHARE if particle == "و" else CLITIC_SHARE
            if rest in self.known or (self.articled[rest] and particle != "و"):
                share = PARTICLE_SHARE
            if found and (rest in self.known or found >= share * self.bare[word]):
                return rest
        if word[0] == "و" and len(word) >= 6 and self.counts[word] <= 2:
            return self._without_particle_of_rest(word[1:])
        return word

    def _without_particle_of_rest(self, rest: str) -> str:
        """Return `rest`, or less one ل or ب more if that is attested («ولبحث»)."""
        further = rest[1:]
        return further if rest[0] in "لب" and self.bare[further] else rest

    def _base(self, form: str, depth: int) -> str:
        """Return `form` less the endings whose rest is attested, one after another."""
        if form in self.bases:
            return self.bases[form]
        found = form
        if form not in self.known and depth:
            for ending, rest in reversed(unsuffixed(form)):
                if self._accepts(form, ending, rest):
                    found = self._base(rest, depth - 1)
                    break
        self.bases[form] = found
        return found

    def _accepts(self, form: str, ending: str, rest: str) -> bool:
        count = self.nouns[form]
        attested = self.nouns[rest]
        if ending == "":
            return attested > 0 or rest in self.known
        only_pronoun = ending in PRONOUNS and ending not in NUMBERS
        if only_pronoun and self.articled[form] > 0.05 * count:
            return False  # a word with a pronoun takes no article: المساهم is not «مسا» + «هم»
        if rest in self.known:
            return True
        share = DUAL_SHARE if ending in {"ان", "ك", "ا", "و"} else ENDING_SHARE
        if attested:
            return attested >= share * count
        return len(ending) > 1 and len(rest) >= 4 and self._has_paradigm(rest, ending)

    def _has_paradigm(self, rest: str, ending: str) -> bool:
        """Tell whether `rest` is met with another ending too: قناصون and قناصين without قناص."""
        return any(
            other != ending and self.nouns[rest + other]
            for other in ("ات", "ين", "ون", "يه", "ه", "ها", "هم", "ي")
        )


# --- broken plurals ------------------------------------------------------------------------------

# Each line: plural pattern, then the singulars it may belong to; ف ع ل stand for the root's letters.
# The fourth letter of long roots is ل again, as the grammarians have it.
_PATTERNS = """
افعال فعل فاعل
افعاء فعو فعي
فعول فعل
فعال فعل فعله فعيل فاعل
فعلاء فعيل فاعل
افعلاء فعيل
افعله فعال فعيل
فعل فعال فعله فعيله
مفاعل مفعل مفعله
مفاعيل مفعول مفعال
فواعل فاعل فاعله
فعاءل فعيله فعاله فعيل
فعالل فعلل فعلله
فعاليل فعلول فعليل فعلال
افاعل افعل
تفاعيل تفعيل
فعلي فعيل
فعايه فعيه
"""


def _pattern(shape: str) -> re.Pattern[str]:
    letters, seen = [], 0
    for char in shape:
        if char in "فعل":
            seen += 1
            letters.append("([^ا])")
        else:
            letters.append(re.escape(char))
    return re.compile("".join(letters))


@cache
def _plurals() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    lines = [line.split() for line in _PATTERNS.split("\n") if line]
    return tuple((_pattern(plural), tuple(singulars)) for plural, *singulars in lines)


def singulars_of(stem: str) -> set[str]:
    """Return the singulars that `stem` could be the broken plural of, likely or not.

    >>> "وزير" in singulars_of("وزراء"), "سلاح" in singulars_of("اسلحه")
    (True, True)
    """
    found = set()
    for pattern, singulars in _plurals():
        if match := pattern.fullmatch(stem):
            root = match.groups()
            for shape in singulars:
                if (sum(char in "فعل" for char in shape)) == len(root):
                    letters = iter(root)
                    found.add("".join(next(letters) if c in "فعل" else c for c in shape))
    found.discard(stem)
    return found


def kin_of(stems: list[str]) -> dict[str, set[str]]:
    """Return stem → stems linked to it as plural or singular; both must be among `stems`."""
    present = set(stems)
    kin: dict[str, set[str]] = {}
    for stem in stems:
        if 3 <= len(stem) <= 7:
            for singular in singulars_of(stem) & present:
                kin.setdefault(stem, set()).add(singular)
                kin.setdefault(singular, set()).add(stem)
    return kin
