"""Mentions: the names of authority files in a text, longest match first. Pure.

Derived in every build and never written into an article; `not:` in its front matter rejects a
wrong match. A name that several files share means the one that the article asserts, else none of
them (`shared_names` lists these), and no shorter name within it.
"""

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache
from itertools import compress, count, pairwise
from typing import NamedTuple

from warraq.base.arabic import IGNORED
from warraq.model import MENTIONED_KINDS, Authority, AuthorityKind

# What may be written together with the word after it: conjunction, then preposition.
_CLITICS = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل", "فك")
_IGNORED = re.compile(f"[{IGNORED}]+")
_WITHIN_NAMES = "-–()«»\"“”‹›'’"
_COMMON_MARKS = "،.؛؟:!"
_VOWEL_MARKS = "".join(map(chr, range(0x64B, 0x653)))
# What nearly every text consists of is compared by replacing one character after the other.
_REPLACED = (
    *((mark, "") for mark in f"{_VOWEL_MARKS}\u0640"),
    *zip("أإآٱىةؤئ", "اااايهءء", strict=True),
    *((mark, " ") for mark in _WITHIN_NAMES),
    *((mark, f" {mark} ") for mark in _COMMON_MARKS),
)
_UNUSUAL = re.compile(
    rf"[^ء-غـ-ي{_VOWEL_MARKS}a-z0-9 \n{re.escape(_WITHIN_NAMES + _COMMON_MARKS)}]"
)
_RARE_MARK = re.compile(rf"[^\w\s{re.escape(_WITHIN_NAMES + _COMMON_MARKS)}]")
# A father at the head of a word, particles before it: a search for two letters, then a look behind.
_FATHER = re.compile(r"اب[اي](?=\w{3})(?:(?<=\sاب.)|(?<=\s[وفبلك]اب.)|(?<=\s[وفبلك]{2}اب.))")
_MAY_FOLLOW = re.compile(r"\w{3}")
_FATHERS = frozenset(
    f"{one}{two}اب{end}" for one in ("", *"وفبلك") for two in ("", *"وفبلك") for end in "واي"
)
_MAX_WORDS = 8

Name = tuple[str, ...]


class Mention(NamedTuple):
    """The authority file that a name in a text means."""

    kind: AuthorityKind
    key: str


class SharedName(NamedTuple):
    """A name that `files` claim, as the first of them writes it."""

    name: str
    files: tuple[Authority, ...]


class _Rest(NamedTuple):
    words: Name
    mentions: tuple[Mention, ...]


class Matcher:
    """An index of an archive's names, to find them in texts. Picklable; build one per batch."""

    def __init__(self, authorities: Iterable[Authority]) -> None:
        """Index every name and alias by its first word, with the particles that may precede it."""
        self._by_first: dict[str, list[_Rest]] = defaultdict(list)
        for words, files in _owners(authorities).items():
            mentions = tuple(sorted(files))
            for first in _written_forms(words[0]):
                self._by_first[first].append(_Rest(words[1:], mentions))
        for names in self._by_first.values():
            names.sort(key=lambda rest: (-len(rest.words), rest))

    def find(self, text: str, asserted: Container[Mention] = ()) -> list[Mention]:
        """Return the names in `text` in order of appearance; of two that overlap, the longer.

        `asserted` are the files that the article names by key: of a shared name, it means those.

        >>> from warraq.model import Place
        >>> places = [Place("ankara", "أنقرة")]
        >>> Matcher(places).find("وصل الوفد إلى دمشق وأنقره")
        [Mention(kind='places', key='ankara')]
        """
        if not self._by_first:
            return []
        words = words_of(text)
        found: list[Mention] = []
        match_end = 0
        # Few words of a text begin a name: these are looked up in C.
        for at in compress(count(), map(self._by_first.__contains__, words)):
            if at >= match_end:
                for rest in self._by_first[words[at]]:
                    end = at + 1 + len(rest.words)
                    if words[at + 1 : end] == rest.words:
                        found += _unambiguous(rest.mentions, asserted)
                        match_end = end
                        break
        return found


@lru_cache(1)  # an article's words are asked for twice: for its mentions, and to be kept
def words_of(text: str) -> tuple[str, ...]:
    """Return the words of `text` as names are compared, and the marks that separate names.

    >>> words_of("قال أبوقصرة، في «دمشق»")
    ('قال', 'ابوقصره', '،', 'في', 'دمشق')
    """
    compared = f" {text}"
    if _UNUSUAL.search(compared):
        compared = _RARE_MARK.sub(r" \g<0> ", _IGNORED.sub("", compared).lower())
    for written, replacement in _REPLACED:
        if written in compared:
            compared = compared.replace(written, replacement)
    words = _FATHER.sub("ابو", compared).split()
    return tuple(words if _FATHERS.isdisjoint(words) else _with_kunyas_joined(words))


def _with_kunyas_joined(words: Iterable[str]) -> Iterator[str]:
    # «أبو قصرة», «أبوقصرة», «أبا قصرة» and «أبي قصرة» are one word here, «ابوقصره».
    prefix = ""
    for word, following in pairwise([*words, ""]):
        if word in _FATHERS and _MAY_FOLLOW.match(following):
            prefix += word[:-1] + "و"
        else:
            yield prefix + word
            prefix = ""


def _unambiguous(
    mentions: tuple[Mention, ...], asserted: Container[Mention]
) -> tuple[Mention, ...]:
    if len(mentions) > 1:
        mentions = tuple(mention for mention in mentions if mention in asserted)
    return mentions if len(mentions) == 1 else ()


def shared_names(authorities: Iterable[Authority]) -> list[SharedName]:
    """Return the names that several people, places or organizations claim, or several outlets.

    Those of outlets must be spelt alike, since a credit is looked up as it is written.
    """
    owners: dict[tuple[bool, Name], dict[str, Authority]] = defaultdict(dict)
    written: dict[tuple[bool, Name], str] = {}
    for authority in sorted(authorities, key=lambda a: a.path):
        is_outlet = authority.kind == "outlets"
        for name in (authority.name, *authority.aliases):
            words = (name,) if is_outlet else _compared(authority, name)
            if words:
                written.setdefault((is_outlet, words), name)
                owners[is_outlet, words][f"{authority.kind}/{authority.key}"] = authority
    shared = (
        SharedName(written[name], tuple(o.values())) for name, o in owners.items() if len(o) > 1
    )
    return sorted(shared, key=lambda one: (one.name, one.files[0].path))


def _owners(authorities: Iterable[Authority]) -> dict[Name, set[Mention]]:
    owners: dict[Name, set[Mention]] = defaultdict(set)
    for authority in authorities:
        for name in (authority.name, *authority.aliases):
            if words := _compared(authority, name):
                owners[words].add(Mention(authority.kind, authority.key))
    return owners


def _compared(authority: Authority, name: str) -> Name:
    """Return the words by which a name is found, () if it is not searched for."""
    words = words_of(name) if authority.kind in MENTIONED_KINDS else ()
    return words if len(words) <= _MAX_WORDS and len("".join(words)) > 2 else ()


def _written_forms(first: str) -> Iterator[str]:
    for clitic in _CLITICS:
        if first.startswith("ال") and clitic.endswith("ل"):
            yield clitic + first[1:]  # ل + ال is written لل
        else:
            yield clitic + first
