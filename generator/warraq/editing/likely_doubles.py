"""Pairs of authority files that may be one person, place or topic, to be looked at. Pure.

Names of people in Arabic texts differ by hamza, by the article before the family's name (الحداد,
حداد), by a letter of a foreign name (غورغون, غورغن, جورجون) and by the father's name between first
and last (أحمد حسين الشرع). None of it proves anything, for namesakes share all of it: a pair is
only offered. What differs in two of these ways is none.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Literal, NamedTuple, get_args

from warraq.base.arabic import bare, fold, fold_name
from warraq.model import Authority, AuthorityKind, Subject

Likeness = Literal["wikidata", "spelling", "article", "letter", "middle"]

_SHORTEST = 7  # letters of a name of which one may differ: shorter ones have too many neighbours
_MOST = 8  # files alike in one way; more are a fashion («محمد أحمد»), no doubles
_OF_PEOPLE: tuple[AuthorityKind, ...] = ("people", "authors")
_WITH_ARTICLE: tuple[AuthorityKind, ...] = (*_OF_PEOPLE, "topics", "places")
# Words that are one name with that after, or before them: عبد الله, أبو بكر, آل سعود, نور الدين.
_BEFORE_A_NAME = frozenset(map(fold, ("عبد", "أبو", "أبا", "أبي", "أم", "آل", "ذو")))
_AFTER_A_NAME = frozenset(map(fold, ("الله", "الدين")))
_ARTICLE, _FEMININE = "ال", fold("ة")
_SHORTEST_AFTER_ARTICLE = 3  # letters: «الله» has none


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
    order: tuple[Likeness, ...] = get_args(Likeness)
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
        parts = _parts(name)
        kept = 1 if file.kind in _OF_PEOPLE else 0  # الحسن and حسن are two first names
        if file.kind in _WITH_ARTICLE and parts[kept:]:
            rest = map(_without_article, parts[kept:])
            yield "article", "".join([*map(fold, parts[:kept]), *rest])
    parts = _parts(file.name)
    if len(fold_name(file.name)) >= _SHORTEST:
        yield from (("letter", mark) for mark in _with_a_letter_less([*map(fold, parts)]))
    if file.kind in _OF_PEOPLE and len(parts) > 1:
        yield "middle", f"{fold(parts[0])} {fold(parts[-1])}"


def _parts(name: str) -> list[str]:
    """Return the names that a name has, spelled as it is: عبد الله is one."""
    parts: list[str] = []
    is_begun = False
    for word in name.split():
        folded = fold(word)
        if parts and (is_begun or folded in _AFTER_A_NAME):
            parts[-1] += word
        else:
            parts.append(word)
        is_begun = folded in _BEFORE_A_NAME
    return parts


def _without_article(part: str) -> str:
    """Return a folded name without «ال», which is no part of إلياس and آل سعود."""
    rest = bare(part).removeprefix(_ARTICLE)
    return fold(rest if len(rest) >= _SHORTEST_AFTER_ARTICLE else part)


def _with_a_letter_less(parts: list[str]) -> Iterator[str]:
    """Yield what two names have in common of which one letter differs, or is missing.

    The first letter makes another name (أحمد, محمد), a feminine ending another person (سمير,
    سميرة), a digit another number.
    """
    name = "".join(parts)
    yield name
    yield name.replace("غ", "ج")  # the two are a foreign g, one in Damascus, one in Cairo
    end = 0
    for part in parts:
        start, end = end, end + len(part)
        first = start + (len(_ARTICLE) if part.startswith(_ARTICLE) else 0)
        for at in range(first + 1, end):
            if name[at].isdigit():
                continue
            is_last = at == end - 1
            if not (is_last and name[at] == _FEMININE):
                yield f"{name[:at]}{name[at + 1 :]}"
            if is_last:  # نورا and نورة differ in it, and each has one
                yield f"{name[:at]}_{name[at + 1 :]}"
