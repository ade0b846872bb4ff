"""Other spellings of names, and the words that what is typed may become."""

from collections.abc import Mapping

import msgspec

from warraq.search.analysis import family, tokens
from warraq.search.codec import encoded, placed
from warraq.search.words import Words

LEAST_COMPLETED = 2  # articles; in a small archive every word is completed
SMALL = 500  # articles


class Names(msgspec.Struct, frozen=True):
    """What an authority is called; `label` is shown and completed, `aliases` are also read."""

    label: str
    aliases: tuple[str, ...] = ()


AllNames = Mapping[str, Mapping[str, Names]]  # kind → key → names


def swaps_of(names: AllNames, shards: int) -> list[str]:
    """Return for each term shard its lines «word<TAB>what else it may be read as»."""
    lines: list[list[str]] = [[] for _ in range(shards)]
    for word, other in _spellings(names):
        lines[placed(family(word)) % shards].append(f"{word}\t{other}")
    return ["\n".join(held) for held in lines]


def _spellings(names: AllNames) -> list[tuple[str, str]]:
    """Return what the aliases teach: where an alias and the name differ in one word, both ways.

    «إبراهيم كالين» for «إبراهيم قالن» teaches that «كالين» may be read «قالن».
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


def completion_files(words: Words, names: AllNames, shards: int) -> list[bytes]:
    """Return shards of lines «folded<TAB>shown<TAB>weight», by the first two letters of the word.

    The weight is the bit length of the number of articles, so that few edits change it. Names of
    authorities stand under each of their words, with weight 0.
    """
    least = 1 if len(words.lengths) < SMALL else LEAST_COMPLETED
    lines: list[set[str]] = [set() for _ in range(shards)]
    for term, spelled, times in zip(words.terms, words.spellings, words.frequency, strict=True):
        if times >= least and len(term) >= 2:
            shown = min(spelled, key=lambda spelling: (-spelling[1], spelling[0]))[0]
            weight = times.bit_length()
            text = f"{term}\t{'' if shown == term else shown}\t{weight}"
            lines[completion_shard(term, shards)].add(text)
    for kind in sorted(names):
        for name in names[kind].values():
            for token in tokens(name.label):
                if len(token.term) >= 2:
                    line = f"{token.term}\t{name.label}\t0"
                    lines[completion_shard(token.term, shards)].add(line)
    return [encoded("\n".join(sorted(held))) for held in lines]


def completion_shard(term: str, shards: int) -> int:
    """Return the shard that completes `term`: an article does not count."""
    start = term[2:] if term.startswith("ال") and len(term) > 3 else term
    return placed(start[:2]) % shards
