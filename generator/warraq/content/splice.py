"""Set one key of a content file; every other line stays as an editor left it. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

from warraq.base.marked_yaml import MappingNode, Node, ScalarNode, compose, pairs
from warraq.base.yaml_output import yaml_text


class _Entry(NamedTuple):
    """A key of front matter: the lines it takes (half-open, within the head), and its value."""

    first: int
    last: int
    value: Node


def with_key(text: str, key: str, value: object, *, order: Sequence[str], path: str) -> str:
    r"""Return `text`, a valid content file, with `key` set to `value`, or removed if None.

    A new key is inserted after those that precede it in `order`. Lines end in LF.

    >>> with_key("---\nname: أ # نعم\nplace: ب\n---\n", "name", "ج", order=(), path="x.md")
    '---\nname: ج # نعم\nplace: ب\n---\n'
    """
    lines = text.split("\n")
    end = next(i for i, line in enumerate(lines) if i and line.rstrip() == "---")
    root = compose("\n".join(lines[1:end]) + "\n", path, first_line=2)
    entries = _entries_of(root, lines[1:end]) if root else {}
    written = [] if value is None else yaml_text({key: value}).rstrip("\n").split("\n")
    found = entries.get(key)
    if found is None:
        at = 1 + _insertion_line(key, entries, order)
        return "\n".join([*lines[:at], *written, *lines[at:]])
    if len(written) == 1 and isinstance(found.value, ScalarNode):
        line = lines[1 + found.first]
        comment = _comment(line, found.value)
        written[0] += comment if found.last == found.first + 1 else ""
    return "\n".join([*lines[: 1 + found.first], *written, *lines[1 + found.last :]])


def _comment(line: str, value: ScalarNode) -> str:
    """Return the comment after a value that ends on the line of its key."""
    rest = line[value.end_mark.column :]
    return rest.rstrip() if value.end_mark.line == value.start_mark.line and "#" in rest else ""


def _entries_of(root: MappingNode, head: list[str]) -> dict[str, _Entry]:
    starts = [(key, node.start_mark.line, value) for key, node, value in pairs(root)]
    found: dict[str, _Entry] = {}
    for n, (key, first, value) in enumerate(starts):
        last = starts[n + 1][1] if n + 1 < len(starts) else len(head)
        while last > first + 1 and _belongs_to_next(head[last - 1], value):
            last -= 1
        found[key] = _Entry(first, last, value)
    return found


def _belongs_to_next(line: str, value: Node) -> bool:
    """Whether an empty or comment line below a value belongs to what follows it."""
    bare = line.strip()
    literal = isinstance(value, ScalarNode) and value.style in {"|", ">"}
    return not bare or (bare.startswith("#") and (not literal or not line.startswith(" ")))


def _insertion_line(key: str, entries: dict[str, _Entry], order: Sequence[str]) -> int:
    """Return the line of the head at which a new key is inserted."""
    before = [entries[k].last for k in order[: order.index(key)] if k in entries]
    return max(before, default=0)
