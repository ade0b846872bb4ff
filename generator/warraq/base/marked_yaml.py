"""YAML by our own rules, with line numbers: strings stay strings, nothing is constructed.

PyYAML's C composer gives nodes with marks; this module narrows what a node may be. Not done here:
dates, numbers, booleans (their readers live with the keys that want them).
"""

from collections.abc import Iterator
from itertools import chain

import yaml

from warraq.base.controls import controls_in, has_controls, without_controls
from warraq.base.problems import Problem, WarraqError, error, warning

Node = yaml.nodes.Node
ScalarNode = yaml.nodes.ScalarNode
MappingNode = yaml.nodes.MappingNode
SequenceNode = yaml.nodes.SequenceNode

MAX_NODES = 20_000  # a front matter has tens; more is an attack or a mistake
MAX_DEPTH = 40
_PLAIN_TAGS = {
    "tag:yaml.org,2002:str",
    "tag:yaml.org,2002:seq",
    "tag:yaml.org,2002:map",
}


def compose(text: str, path: str, first_line: int = 1) -> MappingNode | None:
    """Return the mapping that `text` holds, or None when it holds nothing.

    `first_line` is the line of the file on which `text` begins, so that marks can be told as file
    lines by `line_of`. Raises WarraqError for text that is no YAML, is not a mapping, has a key
    twice, or uses tags, anchors or aliases.
    """
    if "\x00" in text:
        raise WarraqError([error("yaml-control", path, first_line)])
    try:
        root = yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        line = first_line + (mark.line if mark else 0)
        raise WarraqError([error("yaml-broken", path, line, why=fault.problem or "")]) from None
    except (yaml.YAMLError, RecursionError) as fault:
        why = getattr(fault, "reason", "") or type(fault).__name__
        raise WarraqError([error("yaml-broken", path, first_line, why=why)]) from None
    if root is None:
        return None
    if not isinstance(root, MappingNode):
        raise WarraqError([error("yaml-not-mapping", path, first_line)])
    if problems := list(_faults(root, path, first_line)):
        raise WarraqError(problems)
    return root


def hidden(root: MappingNode | None, path: str, first_line: int = 1) -> list[Problem]:
    r"""Take out of the scalars what escapes (`"\u202e"`) hid in them; return a warning for each."""
    found: list[Problem] = []
    todo: list[Node] = [root] if root else []
    while todo:
        node = todo.pop()
        if isinstance(node, MappingNode):
            todo += chain.from_iterable(node.value)
        elif isinstance(node, SequenceNode):
            todo += node.value
        elif has_controls(node.value):
            names = " ".join(names for _, names in controls_in(node.value))
            found.append(warning("hidden-controls", path, line_of(node, first_line), found=names))
            node.value = without_controls(node.value)
    return found


def pairs(node: MappingNode) -> Iterator[tuple[str, ScalarNode, Node]]:
    """Yield (key, key node, value node) in the order of the file."""
    for key, value in node.value:
        yield key.value, key, value


def line_of(node: Node, first_line: int = 1) -> int:
    """Return the file line on which `node` begins."""
    line: int = node.start_mark.line + first_line
    return line


def line_in(root: MappingNode | None, value: str, *keys: str, first_line: int = 1) -> int:
    """Return the line on which `value` stands under one of `keys`, else that of a key, else 1."""
    found = [(name, node) for key, name, node in pairs(root) if key in keys] if root else []
    nodes = [name for name, _ in found]
    if value:
        under = chain.from_iterable(_scalars(node) for _, node in found)
        nodes = [*(one for one in under if " ".join(one.value.split()) == value), *nodes]
    return line_of(nodes[0], first_line) if nodes else 1


def plain(node: Node) -> object:
    """Return `node` as str, list and dict; nothing is converted."""
    if isinstance(node, MappingNode):
        return {key: plain(value) for key, _, value in pairs(node)}
    if isinstance(node, SequenceNode):
        return [plain(item) for item in node.value]
    return node.value


def _scalars(node: Node) -> Iterator[ScalarNode]:
    if isinstance(node, ScalarNode):
        yield node
    elif isinstance(node, SequenceNode):
        yield from chain.from_iterable(map(_scalars, node.value))
    elif isinstance(node, MappingNode):
        yield from chain.from_iterable(_scalars(value) for _, _, value in pairs(node))


def _faults(root: MappingNode, path: str, first_line: int) -> Iterator[Problem]:
    seen: set[int] = set()
    todo: list[tuple[Node, int]] = [(root, 0)]
    while todo:
        node, depth = todo.pop()
        line = line_of(node, first_line)
        if id(node) in seen:
            yield error("yaml-alias", path, line)
            return
        seen.add(id(node))
        if len(seen) > MAX_NODES or depth > MAX_DEPTH:
            yield error("yaml-too-large", path, line)
            return
        if node.tag not in _PLAIN_TAGS:
            yield error("yaml-tag", path, line, tag=node.tag)
        if isinstance(node, MappingNode):
            keys: dict[str, int] = {}
            for key, value in node.value:
                key_line = line_of(key, first_line)
                if not isinstance(key, ScalarNode):
                    yield error("yaml-key", path, key_line)
                    continue
                if key.value in keys:
                    yield error(
                        "yaml-duplicate", path, key_line, key=key.value, first=keys[key.value]
                    )
                keys[key.value] = key_line
                todo.append((value, depth + 1))
        elif isinstance(node, SequenceNode):
            todo.extend((item, depth + 1) for item in node.value)
