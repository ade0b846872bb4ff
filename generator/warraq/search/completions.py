"""The completions of what is typed: words of the archive, and names."""

from collections.abc import Mapping
from functools import lru_cache

from warraq.search.analysis import tokens
from warraq.search.authority_names import AllNames, Unfiled
from warraq.search.codec import hash32
from warraq.search.occurrences import SpellingCounts, frequency
from warraq.search.shard_layout import ShardLayout


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


def completed_names(names: AllNames, others: Unfiled, layout: ShardLayout) -> dict[int, list[str]]:
    """Return for completion shards that have some the names of authorities and of `others`.

    A name has a line for each of its words and those of its aliases, with weight 0:
    «folded<TAB>name<TAB>0<TAB>kind<TAB>key», without the key if it has no file.
    """
    rows = [
        (kind, key, name.label, (name.label, *name.aliases))
        for kind in names
        for key, name in names[kind].items()
    ]
    rows += [(kind, "", name, (name,)) for kind, name in others]
    lines: dict[int, set[str]] = {}
    for kind, key, label, spelled in rows:
        for term in {token.term for text in spelled for token in tokens(text)}:
            if len(term) >= 2:
                line = f"{term}\t{' '.join(label.split())}\t0\t{kind}\t{key}".rstrip("\t")
                lines.setdefault(completion_number(term, layout), set()).add(line)
    return {number: sorted(held) for number, held in lines.items()}


@lru_cache(maxsize=1 << 14)
def _start_number(start: str) -> int:
    return hash32(start)


def completion_number(term: str, layout: ShardLayout) -> int:
    """Return the completion shard of `term`, by its first two letters after an article."""
    start = term[2:] if term.startswith("ال") and len(term) > 3 else term
    return _start_number(start[:2]) % layout.completions
