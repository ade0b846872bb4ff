"""The vocabulary in parts: a family's words under their stems, and the term shard they lie in."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from warraq.search.analysis import family
from warraq.search.codec import placed
from warraq.search.shard_layout import ShardLayout
from warraq.search.stems import StemGroup, groups_of

HEAVY = 800  # postings; a group with more stands in a shard of its own kind


class TermGroup(NamedTuple):
    """What lies together in one term shard: a family, or a group of one that has many postings.

    `stem` is "" for a family. Parts stand in a shard in order of family, then stem. `text` has a
    line per group; `words` are those whose postings are here, in order.
    """

    shard: int
    family: str
    stem: str
    text: str
    words: tuple[str, ...]

    @classmethod
    def read(cls, shard: int, key: str, stem: str, *, text: str) -> "TermGroup":
        """Return the part whose text this is."""
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


def parts_of(families: Families, sizes: ShardLayout) -> list[TermGroup]:
    """Return the parts of all shards, in order: light shards of families, then heavy ones.

    A heavy group is named in its family's part too, with a mark instead of postings.
    """
    keys = sorted(families)
    parts = [
        part for key in keys for part in _parts(key, families[key], groups_of(families[key]), sizes)
    ]
    return sorted(parts)


def heavy_parts(part: TermGroup, sizes: ShardLayout) -> list[tuple[int, str]]:
    """Return (shard, stem) of the groups that a family's part names without their postings."""
    lines = (line.split("|") for line in part.text.split("\n") if _is_apart(line))
    stems = (line[0] or line[1].partition(" ")[0] for line in lines)
    return [(_heavy_shard(stem, sizes), stem) for stem in stems]


def _is_apart(line: str) -> bool:
    return line.count("|") == 3


def _heavy_shard(stem: str, sizes: ShardLayout) -> int:
    return sizes.terms + placed(stem) % sizes.heavy


def _parts(
    key: str, counts: Mapping[str, int], groups: Sequence[StemGroup], sizes: ShardLayout
) -> list[TermGroup]:
    lines: list[str] = []
    words: list[str] = []
    parts: list[TermGroup] = []
    for group in groups:
        line = _line(group)
        if sum(counts[word] for word in group.words) >= HEAVY:
            lines.append(line + ("|1" if group.kin else "||1"))
            shard = _heavy_shard(group.stem, sizes)
            parts.append(TermGroup(shard, key, group.stem, line, group.words))
        else:
            lines.append(line)
            words += group.words
    return [TermGroup(placed(key) % sizes.terms, key, "", "\n".join(lines), tuple(words)), *parts]


def _line(group: StemGroup) -> str:
    stem = "" if group.words[0] == group.stem else group.stem
    return f"{stem}|{' '.join(group.words)}|{' '.join(group.kin)}".rstrip("|")
