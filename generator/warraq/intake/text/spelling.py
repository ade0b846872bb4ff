"""Misspelt words, flagged and never changed; the words are rules/spelling.yaml. Pure."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from warraq.base.problems import listed
from warraq.intake.rule_data import load
from warraq.intake.text.thresholds import TEXT
from warraq.model import Flag

_WORD = re.compile("[\u0621-\u0652]+")
_PREFIXES = ("", "و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "فال", "كال")


def misspelling_flags(texts: Iterable[str]) -> tuple[Flag, ...]:
    """Return a flag for each misspelt word of `texts`; its `note` is the word as it should be.

    The example is «the officials (wrong seat of the hamza) said that the above (ta marbuta for a
    pronoun) is true».

    >>> [(f.text, f.note) for f in misspelling_flags(["قال المسئولين إن ما سبق ذكرة صحيح"])]
    [('المسئولين', 'المسؤولين'), ('ذكرة', 'ذكره')]
    """
    found = list(dict.fromkeys(_found(texts)))
    bare = [word for kind, word, _ in found if kind == "hamza"]
    flags = [
        Flag("typo", word, right)
        for kind, word, right in found
        if kind != "hamza" or len(bare) < TEXT.min_bare_hamzas
    ]
    if len(bare) >= TEXT.min_bare_hamzas:
        flags.append(Flag("typo", listed(bare[: TEXT.min_bare_hamzas]) + "…", "hamza"))
    return tuple(flags)


def _found(texts: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    wrong = _wrong()
    for text in texts:
        for word in filter(wrong.__contains__, _WORD.findall(text)):
            kind, right = wrong[word]
            yield kind, word, right


@cache
def _wrong() -> dict[str, tuple[str, str]]:
    """Return misspelling → (kind, right), with what may be joined before the word."""
    forms: dict[str, tuple[str, str]] = {}
    rules = load("spelling")
    known = _joined(rules["right"])
    for kind in ("hamza", "pronoun", "seat"):
        for wrong, right in rules[kind].items():
            for prefix in _PREFIXES if len(wrong) > 3 else ("", "و"):
                forms.setdefault(prefix + wrong, (kind, prefix + right))
            if len(wrong) > 3:
                forms.setdefault("لل" + wrong, (kind, "لل" + right))
    return {form: right for form, right in forms.items() if form not in known}


def _joined(known: Iterable[str]) -> frozenset[str]:
    """Return words with what may be joined before them: «والبلدية», «لبلدية»."""
    return frozenset(prefix + word for word in known for prefix in (*_PREFIXES, "لل"))
