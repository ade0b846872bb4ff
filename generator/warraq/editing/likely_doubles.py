"""Pairs of authority files that may be one person, place or topic, to be looked at. Pure.

Names of people in Arabic texts differ by hamza, by a letter of a foreign name (غورغون, غورغن) and
by the father's name between first and last (أحمد حسين الشرع). None of it proves anything, for
namesakes share all of it: a pair is only offered.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Literal, NamedTuple

from warraq.base.arabic import fold_name
from warraq.model import Authority, AuthorityKind, Subject

Likeness = Literal["wikidata", "spelling", "letter", "middle"]

_SHORTEST = 7  # letters of a name of which one may differ: shorter ones have too many neighbours
_MOST = 8  # files alike in one way; more are a fashion («محمد أحمد»), no doubles
_WITH_MIDDLE_NAMES: tuple[AuthorityKind, ...] = ("people", "authors")


class LikelyDouble(NamedTuple):
    """Two files of one kind, in order of their keys, and in what they are alike."""

    first: Authority
    second: Authority
    likeness: Likeness


def likely_doubles(files: Iterable[Authority]) -> tuple[LikelyDouble, ...]:
    """Return the pairs of `files`, the surest first, each once.

    >>> from warraq.model import Person
    >>> names = {"a": "أحمد الشرع", "b": "احمد الشرع", "c": "أحمد حسين الشرع"}
    >>> people = [Person(key, name) for key, name in names.items()]
    >>> [(one.first.key, one.second.key, one.likeness) for one in likely_doubles(people)]
    [('a', 'b', 'spelling'), ('a', 'c', 'middle'), ('b', 'c', 'middle')]
    """
    alike: dict[tuple[Likeness, AuthorityKind, str], dict[str, Authority]] = defaultdict(dict)
    for file in files:
        for likeness, mark in _marks(file):
            alike[likeness, file.kind, mark][file.key] = file
    found: dict[tuple[AuthorityKind, str, str], LikelyDouble] = {}
    order: tuple[Likeness, ...] = ("wikidata", "spelling", "letter", "middle")
    for wanted in order:
        for (likeness, kind, _), held in alike.items():
            if likeness != wanted or not 1 < len(held) <= _MOST:
                continue
            for one, other in combinations(sorted(held), 2):
                pair = LikelyDouble(held[one], held[other], likeness)
                found.setdefault((kind, one, other), pair)
    return tuple(sorted(found.values(), key=lambda p: (order.index(p.likeness), *_name(p))))


def _name(pair: LikelyDouble) -> tuple[str, str, str]:
    return pair.first.kind, pair.first.key, pair.second.key


def _marks(file: Authority) -> Iterator[tuple[Likeness, str]]:
    """Yield what another file has too if it is alike."""
    if isinstance(file, Subject) and file.wikidata:
        yield "wikidata", file.wikidata
    for name in (file.name, *file.aliases):
        yield "spelling", fold_name(name)
    name = fold_name(file.name)
    if len(name) >= _SHORTEST:
        # Names of which one letter differs, or is missing, are the same without it. A first letter
        # makes another name: أحمد, محمد.
        yield from (("letter", f"{name[:at]}{name[at + 1 :]}") for at in range(1, len(name)))
        yield "letter", name
    words = file.name.split()
    if file.kind in _WITH_MIDDLE_NAMES and len(words) > 1:
        yield "middle", f"{fold_name(words[0])} {fold_name(words[-1])}"
