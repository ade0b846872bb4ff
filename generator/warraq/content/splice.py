"""Set keys, items and values of a content file; every other line stays as an editor left it. Pure.

Texts are content files whose lines end in LF. WarraqError is raised for one that cannot be read, or
whose front matter has a line end that no editor shows as one: its lines cannot be told apart.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple, cast

from warraq.base.marked_yaml import (
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    compose,
    pairs,
)
from warraq.base.problems import WarraqError, error
from warraq.base.yaml_output import yaml_text
from warraq.content.frontmatter import FENCE

Position = tuple[str | int, ...]  # of a value: keys, and numbers of items
_FLOW_MARKS = frozenset(",[]{}:?")  # between brackets they may end a plain value
_HIDDEN_BREAK = re.compile("[\r\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}]")


class _Entry(NamedTuple):
    """A key of front matter: the lines it takes (half-open, within the head), and its value."""

    first: int
    last: int
    value: Node


class _Head(NamedTuple):
    """The lines of a content file, and the keys of its front matter, which begins on line 1."""

    lines: list[str]
    end: int  # the line of the second fence
    root: MappingNode | None

    @classmethod
    def of(cls, text: str, path: str) -> "_Head":
        fence = FENCE.search(text, 4)
        head = text[: fence.start()] if fence else text
        if hidden := _HIDDEN_BREAK.search(head):
            line = head.count("\n", 0, hidden.start()) + 1
            raise WarraqError(
                [error("line-end-hidden", path, line, value=f"U+{ord(hidden[0]):04X}")]
            )
        if not fence or not text.startswith("---\n"):
            raise WarraqError([error("frontmatter-missing", path, 1)])
        root = compose(head[4:], path, first_line=2)
        return cls(text.split("\n"), head.count("\n"), root)

    @property
    def entries(self) -> dict[str, _Entry]:
        return _entries_of(self.root, self.lines[1 : self.end]) if self.root else {}


def has_key(text: str, key: str, path: str) -> bool:
    """Whether the front matter of `text` has `key`, though its value may be empty."""
    return key in _Head.of(text, path).entries


def with_key(text: str, key: str, value: object, *, order: Sequence[str], path: str) -> str:
    r"""Return `text`, a valid content file, with `key` set to `value`, or removed if None.

    A new key is inserted after those that precede it in `order`. Lines end in LF.

    >>> with_key("---\nname: أ # نعم\nplace: ب\n---\n", "name", "ج", order=(), path="x.md")
    '---\nname: ج # نعم\nplace: ب\n---\n'
    """
    head = _Head.of(text, path)
    lines, entries = head.lines, head.entries
    written = [] if value is None else yaml_text({key: value}).rstrip("\n").split("\n")
    found = entries.get(key)
    if found is None:
        at = 1 + _insertion_line(key, entries, order)
        return "\n".join([*lines[:at], *written, *lines[at:]])
    if written and isinstance(found.value, ScalarNode) and found.last == found.first + 1:
        written[0] += _comment(lines[1 + found.first], found.value)
    return "\n".join([*lines[: 1 + found.first], *written, *lines[1 + found.last :]])


def with_items(
    text: str, key: str, items: Sequence[object], *, order: Sequence[str], path: str
) -> str:
    r"""Return `text` with the list `key` holding `items` (strings or maps), removed if empty.

    An item that is there already keeps its lines, comments included, wherever it stands now.

    >>> with_items("---\ntopics: [a, 'b'] # two\n---\n", "topics", ["b", "c"], order=(), path="")
    "---\ntopics: ['b', c] # two\n---\n"
    """
    head = _Head.of(text, path)
    entry = head.entries.get(key)
    if entry and _hold(_items(entry.value), items):
        return text
    if not entry or not items or not isinstance(entry.value, SequenceNode) or not entry.value.value:
        return with_key(text, key, list(items) or None, order=order, path=path)
    write = _flow_items if entry.value.flow_style else _block_items
    return "\n".join(write(head.lines, entry, items))


def with_values(
    text: str, key: str, values: Mapping[str, object], *, order: Sequence[str], path: str
) -> str:
    r"""Return `text` with the map `key` holding `values`, removed if empty.

    Of a map that is written one key a line, those that stay keep their lines.

    >>> old = "---\nsource:\n  name: أ  # كما جاء\n  outlet: a\n---\n"
    >>> print(with_values(old, "source", {"name": "أ", "outlet": "b"}, order=(), path=""), end="")
    ---
    source:
      name: أ  # كما جاء
      outlet: b
    ---
    """
    head = _Head.of(text, path)
    entry = head.entries.get(key)
    if not entry or not values or not isinstance(entry.value, MappingNode):
        return with_key(text, key, dict(values) or None, order=order, path=path)
    if entry.value.flow_style:
        (first, start), (last, end) = _span(entry.value)
        written = head.lines[first][:start] + _flow_text(values) + head.lines[last][end:]
        return "\n".join([*head.lines[:first], written, *head.lines[last + 1 :]])
    return "\n".join(_block_values(head.lines, entry, values))


def with_scalars(text: str, choose: Callable[[Position, str], str | None], *, path: str) -> str:
    r"""Return `text` with some values of its front matter replaced, whatever they are inside of.

    `choose` gets where a value stands and the value, and returns another one or None.

    >>> with_scalars("---\nvia: [{outlet: a}]\n---\n", lambda _, value: "b", path="")
    '---\nvia: [{outlet: b}]\n---\n'
    """
    head = _Head.of(text, path)
    lines = head.lines
    found = [
        (node, new)
        for at, node in (_scalars(head.root, ()) if head.root else ())
        if (new := choose(at, node.value)) is not None and new != node.value
    ]
    for node, new in reversed(found):
        (first, start), (last, end) = _span(node)
        rest = lines[last][end:]
        if node.style in {"|", ">"}:  # its end is where the next value begins
            while _belongs_to_next(lines[last - 1], node):
                last -= 1
            rest, last = "", last - 1
        lines[first : last + 1] = [lines[first][:start] + _scalar_text(new) + rest]
    return "\n".join(lines)


def _scalars(node: Node, at: Position) -> Iterator[tuple[Position, ScalarNode]]:
    if isinstance(node, MappingNode):
        for name, _, value in pairs(node):
            yield from _scalars(value, (*at, name))
    elif isinstance(node, SequenceNode):
        for number, item in enumerate(node.value):
            yield from _scalars(item, (*at, number))
    else:
        yield at, cast("ScalarNode", node)


def _span(node: Node) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the line of the file and the column where `node` begins, and where it ends."""
    start, end = node.start_mark, node.end_mark
    return (start.line + 1, start.column), (end.line + 1, end.column)


def _scalar_text(value: str) -> str:
    """Return `value` as it may stand anywhere, also between brackets."""
    written = yaml_text({"k": value}).removeprefix("k:").strip()
    is_quoted = written.startswith(("'", '"')) and "\n" not in written
    is_plain = written == value and not _FLOW_MARKS.intersection(written)
    return written if is_quoted or is_plain else json.dumps(value, ensure_ascii=False)


def _flow_text(value: object) -> str:
    """Return `value` as it may stand between brackets."""
    if isinstance(value, Mapping):
        inner = (f"{_scalar_text(key)}: {_flow_text(item)}" for key, item in value.items())
        return "{" + ", ".join(inner) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow_text, value)) + "]"
    return _scalar_text(value) if isinstance(value, str) else json.dumps(value)


def _items(node: Node) -> Sequence[Node]:
    """Return the nodes of a list; a bare value is a list of one."""
    if isinstance(node, SequenceNode):
        return cast("list[Node]", node.value)
    return [] if isinstance(node, ScalarNode) and node.value == "" else [node]


def _holds(node: Node, value: object) -> bool:
    """Whether readers of front matter take `node` for `value`.

    White space and empty values do not count, and a bare value stands for a map of it alone.
    """
    if isinstance(node, ScalarNode):
        if isinstance(value, Mapping) and len(value) == 1:
            (value,) = value.values()
        written = value if isinstance(value, str) else json.dumps(value, default=str)
        return " ".join(node.value.split()) == written
    if isinstance(node, SequenceNode):
        return isinstance(value, list) and _hold(node.value, value)
    every = pairs(cast("MappingNode", node))
    known = {key: item for key, _, item in every if getattr(item, "value", None) != ""}
    if not isinstance(value, Mapping) or known.keys() != value.keys():
        return False
    return all(_holds(item, value[key]) for key, item in known.items())


def _hold(nodes: Sequence[Node], values: Sequence[object]) -> bool:
    return len(nodes) == len(values) and all(map(_holds, nodes, values))


def _arranged(node: Node, written: Sequence[str], items: Sequence[object]) -> list[str]:
    """Return how each of `items` is written: as now in `written` where `node` has it, else ""."""
    left = list(zip(node.value, written, strict=True))
    found = []
    for item in items:
        at = next((n for n, (one, _) in enumerate(left) if _holds(one, item)), None)
        found.append("" if at is None else left.pop(at)[1])
    return found


def _block_items(lines: list[str], entry: _Entry, items: Sequence[object]) -> list[str]:
    """Return `lines` with the items of a list that is written one below another."""
    nodes = entry.value.value
    margin = entry.value.start_mark.column
    head = lines[1:]
    dashes = []
    for node in nodes:
        at = node.start_mark.line
        while not head[at][margin:].startswith("-"):  # the value may stand below its dash
            at -= 1
        dashes.append(at)
    starts = [dashes[0]]
    for number, dash in enumerate(dashes[1:]):
        first = dash
        while first > dashes[number] + 1 and _belongs_to_next(head[first - 1], nodes[number]):
            first -= 1
        starts.append(first)
    ends = [*starts[1:], entry.last]
    written = ["\n".join(head[start:end]) for start, end in zip(starts, ends, strict=True)]
    texts = []
    for item, text in zip(items, _arranged(entry.value, written, items), strict=True):
        texts += [text] if text else _indented(margin, [item])
    return [*lines[: 1 + starts[0]], *texts, *lines[1 + entry.last :]]


def _indented(margin: int, value: dict[str, object] | list[object]) -> list[str]:
    """Return the lines of a map or a list that begins at column `margin`."""
    written = yaml_text({"k": value} if isinstance(value, list) else value).rstrip("\n").split("\n")
    return [" " * margin + line for line in written[isinstance(value, list) :]]


def _flow_items(lines: list[str], entry: _Entry, items: Sequence[object]) -> list[str]:
    """Return `lines` with the items of a list that is written between brackets, on one line.

    Comments between its lines are put after it.
    """
    (first, start), (last, end) = _span(entry.value)
    inside = "\n".join([*lines[first:last], lines[last][:end]])[start:]
    breaks = [0, *(at.end() for at in re.finditer("\n", inside))]

    def offset(place: tuple[int, int]) -> int:
        line, column = place
        return breaks[line - first] + column - (start if line == first else 0)

    spans = [(offset(begin), offset(stop)) for begin, stop in map(_span, entry.value.value)]
    written = [inside[begin:stop] for begin, stop in spans]
    edges = [1, *chain.from_iterable(spans), len(inside)]
    gaps = [inside[edges[n] : edges[n + 1]] for n in range(0, len(edges), 2)]
    comments = [found for gap in gaps for found in re.findall("#.*", gap)]
    arranged = zip(items, _arranged(entry.value, written, items), strict=True)
    texts = ", ".join(text or _flow_text(item) for item, text in arranged)
    rest = lines[last][end:].rstrip() + "".join(f" {comment}" for comment in comments)
    return [*lines[:first], f"{lines[first][:start]}[{texts}]{rest}", *lines[last + 1 :]]


def _block_values(lines: list[str], entry: _Entry, values: Mapping[str, object]) -> list[str]:
    """Return `lines` with the values of a map that is written one key a line."""
    margin = entry.value.start_mark.column
    head = lines[1 : 1 + entry.last]
    known = _entries_of(cast("MappingNode", entry.value), head)
    end = begin = min(one.first for one in known.values())
    texts: list[str] = []
    for key, (first, last, node) in known.items():
        texts += head[end:first]  # comments above the key
        end = last
        if key in values and _holds(node, values[key]):
            texts += head[first:last]
        elif key in values:
            written = _indented(margin, {key: values[key]})
            if isinstance(node, ScalarNode) and last == first + 1:
                written[0] += _comment(head[first], node)
            texts += written
    for key in values:
        if key not in known:
            texts += _indented(margin, {key: values[key]})
    return [*lines[: 1 + begin], *texts, *lines[1 + entry.last :]]


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
