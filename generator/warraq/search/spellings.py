"""Synonyms from the spellings of names, and the completions of what is typed."""

from collections.abc import Mapping
from functools import lru_cache

import msgspec

from warraq.search.analysis import family, tokens
from warraq.search.codec import hash32
from warraq.search.occurrences import SpellingCounts, frequency
from warraq.search.shard_layout import ShardLayout
from warraq.search.term_shards import light_shard


class SpelledNames(msgspec.Struct, frozen=True):
    """The names of an authority; `label` is shown and completed, `aliases` yield synonyms."""

    label: str
    aliases: tuple[str, ...] = ()


AllNames = Mapping[str, Mapping[str, SpelledNames]]  # kind → key → names


def synonyms_of(names: AllNames, layout: ShardLayout) -> dict[int, str]:
    """Return number → lines «word<TAB>synonym» for the term shards that have some."""
    lines: dict[int, list[str]] = {}
    for word, other in _spellings(names):
        shard = light_shard(family(word), layout)
        lines.setdefault(shard, []).append(f"{word}\t{other}")
    return {shard: "\n".join(held) for shard, held in lines.items()}


def _spellings(names: AllNames) -> list[tuple[str, str]]:
    """Return (word, synonym): where an alias and the name differ in one word, both ways.

    «إبراهيم كالين» for «إبراهيم قالن» makes «كالين» and «قالن» synonyms.
    """
    rows: set[tuple[str, str]] = set()
    for kind in sorted(names):
        for name in names[kind].values():
            label = [token.term for token in tokens(name.label)]
            for alias in name.aliases:
                other = [token.term for token in tokens(alias)]
                left = [term for term in other if term not in label]
                right = [term for term in label if term not in other]
                if len(left) == 1 and len(right) == 1:
                    rows |= {(left[0], right[0]), (right[0], left[0])}
    return sorted(rows)


def completion_of(term: str, spelled: SpellingCounts, times: int, layout: ShardLayout) -> str:
    """Return the line «folded<TAB>shown<TAB>weight» of `term`, "" if it is too rare or short.

    The weight is the bit length of the number of articles, so that few edits change it.
    """
    if times < layout.least_completed or len(term) < 2:
        return ""
    shown, _ = spelled[0]
    if len(spelled) > 1:
        shown, _ = min(spelled, key=lambda spelling: (-spelling[1], spelling[0]))
    return f"{term}\t{'' if shown == term else shown}\t{times.bit_length()}"


def completed_words(words: Mapping[str, SpellingCounts], layout: ShardLayout) -> list[list[str]]:
    """Return for each completion shard the lines of the archive's own words."""
    lines: list[list[str]] = [[] for _ in range(layout.completions)]
    for term, spelled in words.items():
        if line := completion_of(term, spelled, frequency(spelled), layout):
            lines[completion_number(term, layout)].append(line)
    return lines


def completed_names(names: AllNames, layout: ShardLayout) -> dict[int, list[str]]:
    """Return for completion shards that have some the names of authorities.

    A name has a line for each of its words, with weight 0.
    """
    lines: dict[int, list[str]] = {}
    for kind in sorted(names):
        for name in names[kind].values():
            for token in tokens(name.label):
                if len(token.term) >= 2:
                    number = completion_number(token.term, layout)
                    lines.setdefault(number, []).append(f"{token.term}\t{name.label}\t0")
    return lines


@lru_cache(maxsize=1 << 14)
def _start_number(start: str) -> int:
    return hash32(start)


def completion_number(term: str, layout: ShardLayout) -> int:
    """Return the completion shard of `term`, by its first two letters after an article."""
    start = term[2:] if term.startswith("ال") and len(term) > 3 else term
    return _start_number(start[:2]) % layout.completions
