"""Who and where: the names of authority files found in a text, longest match first. Pure.

Derived anew in every build and never written into an article; `not:` in its front matter rejects a
wrong match. A name that two files share finds neither (`shared_names` tells which).
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from warraq.base.arabic import WORD, bare
from warraq.model import Authority, AuthorityKind

KINDS: tuple[AuthorityKind, ...] = ("people", "places", "organizations")

# What may be written together with the word after it: conjunction, then preposition.
_CLITICS = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل", "فك")
_SPELLING = str.maketrans({**dict.fromkeys("أإآٱ", "ا"), "ى": "ي", "ة": "ه", "ؤ": "ء", "ئ": "ء"})
_FATHER = re.compile("[وفبلك]?[بلك]?اب[واي]")
_JOINED_FATHER = re.compile("^([وفبلك]?[بلك]?)اب[واي](?=...)")
_WITHIN_NAMES = ' \u00a0\u200c\u200f-–()«»"“”'
_MAX_WORDS = 8


class Mention(NamedTuple):
    """A name found: which file it means and where it stands (code points, end exclusive)."""

    kind: AuthorityKind
    key: str
    start: int
    end: int


class _Word(NamedTuple):
    spelling: str
    start: int
    end: int


class _Name(NamedTuple):
    rest: tuple[str, ...]
    kind: AuthorityKind
    key: str


class Matcher:
    """The names of an archive, ready to be looked for. Picklable; build one per batch of texts."""

    def __init__(self, authorities: Iterable[Authority]) -> None:
        """Index every name and alias by its first word, with the particles that may precede it."""
        owners = _owners(authorities)
        self._by_first: dict[str, list[_Name]] = defaultdict(list)
        for words, files in owners.items():
            if len(files) == 1:
                ((kind, key),) = files
                for first in _written_forms(words[0]):
                    self._by_first[first].append(_Name(words[1:], kind, key))
        for names in self._by_first.values():
            names.sort(key=lambda name: (-len(name.rest), name))

    def find(self, text: str) -> list[Mention]:
        """Return the names in `text` in order of appearance; of two that overlap, the longer.

        >>> from warraq.model import Authority
        >>> places = [Authority("places", "ankara", "أنقرة")]
        >>> Matcher(places).find("وصل الوفد إلى دمشق وأنقره")
        [Mention(kind='places', key='ankara', start=19, end=25)]
        """
        if not self._by_first:
            return []
        words = _words(text)
        found: list[Mention] = []
        at = 0
        while at < len(words):
            length, name = self._longest(words, at, text)
            if name:
                start, end = words[at].start, words[at + length - 1].end
                found.append(Mention(name.kind, name.key, start, end))
            at += length
        return found

    def _longest(self, words: list[_Word], at: int, text: str) -> tuple[int, _Name | None]:
        for name in self._by_first.get(words[at].spelling, ()):
            span = words[at : at + 1 + len(name.rest)]
            if tuple(w.spelling for w in span[1:]) == name.rest and _together(span, text):
                return len(span), name
        return 1, None


def shared_names(authorities: Iterable[Authority]) -> list[tuple[str, tuple[str, ...]]]:
    """Return the names that two files of people, places or organizations claim, with paths."""
    authorities = list(authorities)
    paths = {(a.kind, a.key): a.path for a in authorities}
    shared = {words: files for words, files in _owners(authorities).items() if len(files) > 1}
    return sorted(
        (" ".join(w), tuple(sorted(paths[f] for f in files))) for w, files in shared.items()
    )


def _owners(
    authorities: Iterable[Authority],
) -> dict[tuple[str, ...], set[tuple[AuthorityKind, str]]]:
    owners: dict[tuple[str, ...], set[tuple[AuthorityKind, str]]] = defaultdict(set)
    for authority in authorities:
        if authority.kind in KINDS:
            for name in (authority.name, *authority.aliases):
                words = _name_words(name)
                if words and len(words) <= _MAX_WORDS and len("".join(words)) > 2:
                    owners[words].add((authority.kind, authority.key))
    return owners


def _name_words(name: str) -> tuple[str, ...]:
    return tuple(word.spelling for word in _words(name))


def _words(text: str) -> list[_Word]:
    # «أبو قصرة», «أبوقصرة», «أبا قصرة» and «أبي قصرة» are one word here, «ابوقصره».
    words: list[_Word] = []
    for match in WORD.finditer(text):
        spelling = bare(match[0]).lower().translate(_SPELLING)
        if words and _FATHER.fullmatch(words[-1].spelling):
            father = words.pop()
            words.append(_Word(father.spelling[:-1] + "و" + spelling, father.start, match.end()))
        else:
            spelling = _JOINED_FATHER.sub(r"\1ابو", spelling)
            words.append(_Word(spelling, match.start(), match.end()))
    return words


def _written_forms(first: str) -> Iterable[str]:
    for clitic in _CLITICS:
        if first.startswith("ال") and clitic.endswith("ل"):
            yield clitic + first[1:]  # ل + ال is written لل
        else:
            yield clitic + first


def _together(span: list[_Word], text: str) -> bool:
    # A name does not run over punctuation: «… في دمشق، أنقرة».
    gaps = (text[one.end : other.start] for one, other in pairwise(span))
    return not any(gap.strip(_WITHIN_NAMES) for gap in gaps)
