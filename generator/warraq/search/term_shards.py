"""The vocabulary in groups: a family's words under their stems, and their term shard."""

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from warraq.search.analysis import family, tribe
from warraq.search.codec import hash32
from warraq.search.shard_layout import ShardLayout
from warraq.search.stems import StemGroup, groups_of

HEAVY = 800  # postings; a stem with more has a group of its own, in a heavy shard


class TermGroup(NamedTuple):
    """Words kept together in one term shard: a family, or a stem of one that has many postings.

    `stem` is "" for a family. Groups are sorted by family, then stem. `text` has a line per stem;
    `words` are those whose postings are here, in order.
    """

    shard: int
    family: str
    stem: str
    text: str
    words: tuple[str, ...]

    @classmethod
    def read(cls, shard: int, key: str, stem: str, *, text: str) -> "TermGroup":
        """Return the group whose text this is."""
        lines = (line for line in text.split("\n") if not _is_apart(line))
        words = (word for line in lines for word in line.split("|")[1].split(" "))
        return cls(shard, key, stem, text, tuple(words))


Families = Mapping[str, Mapping[str, int]]  # family → its words → articles


def families_of(frequency: Iterable[tuple[str, int]]) -> dict[str, dict[str, int]]:
    """Return the words by family."""
    families: dict[str, dict[str, int]] = {}
    for term, times in frequency:
        families.setdefault(family(term), {})[term] = times
    return families


def term_groups(families: Families, layout: ShardLayout) -> list[TermGroup]:
    """Return the groups of all shards, in order: light shards of families, then heavy ones.

    A heavy stem is named in its family's group too, with a mark instead of postings.
    """
    keys = sorted(families)
    groups = [
        group
        for key in keys
        for group in _groups_of_family(key, families[key], groups_of(families[key]), layout)
    ]
    return sorted(groups, key=attrgetter("shard"))


def light_shard(key: str, layout: ShardLayout) -> int:
    """Return the term shard in which a family lies."""
    return hash32(tribe(key)) % layout.terms


def heavy_groups(group: TermGroup, layout: ShardLayout) -> list[tuple[int, str]]:
    """Return (shard, stem) of the heavy groups that a family's group names."""
    lines = (line.split("|") for line in group.text.split("\n") if _is_apart(line))
    stems = (line[0] or line[1].partition(" ")[0] for line in lines)
    return [(_heavy_shard(stem, layout), stem) for stem in stems]


def _is_apart(line: str) -> bool:
    return line.count("|") == 3


def _heavy_shard(stem: str, layout: ShardLayout) -> int:
    return layout.terms + hash32(stem) % layout.heavy


def _groups_of_family(
    key: str, counts: Mapping[str, int], stem_groups: Sequence[StemGroup], layout: ShardLayout
) -> list[TermGroup]:
    shard = light_shard(key, layout)
    if sum(counts.values()) < HEAVY:  # as in most families
        words_of_all = tuple(word for stem_group in stem_groups for word in stem_group.words)
        return [TermGroup(shard, key, "", "\n".join(map(_line, stem_groups)), words_of_all)]
    lines: list[str] = []
    words: list[str] = []
    groups: list[TermGroup] = []
    for stem_group in stem_groups:
        line = _line(stem_group)
        if sum(counts[word] for word in stem_group.words) >= HEAVY:
            lines.append(line + ("|1" if stem_group.related else "||1"))
            heavy = _heavy_shard(stem_group.stem, layout)
            groups.append(TermGroup(heavy, key, stem_group.stem, line, stem_group.words))
        else:
            lines.append(line)
            words += stem_group.words
    return [TermGroup(shard, key, "", "\n".join(lines), tuple(words)), *groups]


def _line(stem_group: StemGroup) -> str:
    stem = "" if stem_group.words[0] == stem_group.stem else stem_group.stem
    return f"{stem}|{' '.join(stem_group.words)}|{' '.join(stem_group.related)}".rstrip("|")
