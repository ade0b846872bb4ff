"""Names of authorities, and words that mean the same, as lines of the term shards.

A line lies in the shard of the first telling word of what it begins with: who types that reads this
shard anyway. What follows from a line is decided when a query is read (client/names.js).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import permutations
from typing import Any

import msgspec

from warraq.base.arabic import is_arabic
from warraq.base.package_yaml import package_yaml
from warraq.search.analysis import STOP_WORDS, TWINS, family, tokens
from warraq.search.shard_layout import ShardLayout
from warraq.search.term_shards import light_shard

MOST_WORDS = 16  # of a name that is looked for; no query is read further
_SON = frozenset(("بن", "ابن"))  # written or left out at will between the names of a person


class SpelledNames(msgspec.Struct, frozen=True):
    """The names of an authority: `label` is shown, each finds its articles.

    `aliases` are other spellings, `formerly` keys that it had before.
    """

    label: str
    aliases: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()


AllNames = Mapping[str, Mapping[str, SpelledNames]]  # kind → key → names
Unfiled = Iterable[tuple[str, str]]  # (kind, name) of values that have no authority file
Synonyms = Sequence[tuple[str, ...]]  # lists of words or short phrases that mean the same
_Words = tuple[str, ...]  # folded


@cache
def usual_synonyms() -> Synonyms:
    """Return the synonyms that every archive has (synonyms.yaml)."""
    lists: dict[str, list[list[str]]] = package_yaml("warraq.search", "synonyms.yaml")
    return tuple(map(tuple, lists["synonyms"]))


def unfiled(values: Iterable[tuple[str, str]], names: AllNames) -> list[tuple[str, str]]:
    """Return those of the (kind, key) that have no file: their key is their name."""
    return sorted((kind, key) for kind, key in values if key and key not in names.get(kind, {}))


def digest_input(names: AllNames, synonyms: Synonyms) -> bytes:
    """Return bytes that differ whenever `name_lines` may, with the same unfiled values."""
    whole: tuple[Any, ...] = (names, synonyms)
    return msgspec.msgpack.Encoder(order="sorted").encode(whole)


def name_lines(
    names: AllNames, others: Unfiled, synonyms: Synonyms, layout: ShardLayout
) -> dict[int, str]:
    """Return number → the lines of names and synonyms, for the term shards that have some."""
    lines: dict[int, set[str]] = {}
    for words, said in (*_names(names), *_others(others), *_synonyms(names, synonyms)):
        telling = next((word for word in words if word not in STOP_WORDS), "")
        if telling and len(words) <= MOST_WORDS:
            shard = light_shard(family(telling), layout)
            fields = (" ".join(words), *(" ".join(text.split()) for text in said))
            lines.setdefault(shard, set()).add("\t".join(fields).rstrip("\t"))
    return {shard: "\n".join(sorted(held)) for shard, held in lines.items()}


def _names(names: AllNames) -> Iterator[tuple[_Words, tuple[str, ...]]]:
    """Yield for each name of an authority its words and (kind, key, label, whether it is far)."""
    for kind in sorted(names):
        for key, name in names[kind].items():
            spelled = {_words(text): None for text in (name.label, *name.aliases)}
            keys = {_words(text): None for text in (key, *name.formerly)}
            for words in spelled | keys:
                is_far = any(_is_far(words, other) for other in spelled)
                yield words, (kind, key, name.label, "1" if is_far else "")


def _others(others: Unfiled) -> Iterator[tuple[_Words, tuple[str, ...]]]:
    for kind, name in others:
        yield _words(name), (kind, "", name)


def _synonyms(names: AllNames, synonyms: Synonyms) -> Iterator[tuple[_Words, tuple[str, ...]]]:
    """Yield (words, another way to say them).

    Two names of an authority may differ in the spelling of one word: «إبراهيم كالين» and
    «إبراهيم قالن» make «كالين» and «قالن» synonyms.
    """
    for one in synonyms:
        for text, other in permutations(one, 2):
            if _words(text) != _words(other):
                yield _words(text), (other,)
    for kind in sorted(names):
        for name in names[kind].values():
            for text, other in permutations(dict.fromkeys((name.label, *name.aliases)), 2):
                at = _one_spelt_otherwise(_words(text), _words(other))
                if at is not None:
                    yield (_words(text)[at],), (_surfaces(other)[at],)


def _is_far(words: _Words, other: _Words) -> bool:
    """Whether an article may call the authority by the Arabic name `other`, and `words` miss it."""
    if not any(map(is_arabic, other)):
        return False
    held, wanted = set(other), set(words)
    related = held <= wanted or wanted <= held
    return not related and _one_spelt_otherwise(words, other) is None


def _one_spelt_otherwise(words: _Words, other: _Words) -> int | None:
    """Return which word alone differs, if it is the same in another spelling, else None.

    Names have common words: «محافظة حلب» for «مدينة حلب» makes no synonyms, nor does a title like
    «الرئيس الأسد» for «بشار الأسد».
    """
    if len(words) != len(other):
        return None
    differing = [at for at, word in enumerate(words) if word != other[at]]
    if len(differing) != 1:
        return None
    one, two = words[differing[0]], other[differing[0]]
    if one.isdigit() or two.isdigit() or {one, two} & STOP_WORDS:
        return None
    if len(words) == 1 or _sounds_like(one, two):
        return differing[0]
    return None


_SOUNDS = TWINS | str.maketrans("صط", "ست", "اويءه")


def _sounds_like(one: str, two: str) -> bool:
    """Whether the consonants of two words agree but for one, twins of foreign names being one.

    >>> _sounds_like("قالن", "كالين"), _sounds_like("محافظه", "مدينه")
    (True, False)
    """
    a, b = (word.removeprefix("ال").translate(_SOUNDS) for word in (one, two))
    if len(a) > len(b):
        a, b = b, a
    same = next((at for at, letter in enumerate(a) if letter != b[at]), len(a))
    return len(b) >= 3 and len(b) - len(a) <= 1 and a[same + len(a) + 1 - len(b) :] == b[same + 1 :]


def _words(text: str) -> _Words:
    return tuple(token for token, _ in _read(text))


def _surfaces(text: str) -> _Words:
    return tuple(surface for _, surface in _read(text))


def _read(text: str) -> list[tuple[str, str]]:
    """Return the (term, surface) of a name's words, without «بن»."""
    found = [(token.term, token.surface or token.term) for token in tokens(text)]
    return [row for row in found if row[0] not in _SON] or found
