"""YAML by our own rules, with line numbers: strings stay strings, nothing is constructed.

PyYAML's C composer gives nodes with marks; this module restricts which nodes are allowed. Values
are read from them elsewhere (`base/values.py`).
"""

import re
from collections.abc import Iterator
from itertools import chain

import yaml
from yaml._yaml import CParser

from warraq.base.controls import controls_in, has_controls, without_controls
from warraq.base.problems import Problem, WarraqError, error, warning

Node = yaml.nodes.Node
ScalarNode = yaml.nodes.ScalarNode
MappingNode = yaml.nodes.MappingNode
SequenceNode = yaml.nodes.SequenceNode

MAX_NODES = 20_000  # front matter has tens; more is an attack or a mistake
MAX_DEPTH = 40
_TAGS = {
    ScalarNode: "tag:yaml.org,2002:str",
    SequenceNode: "tag:yaml.org,2002:seq",
    MappingNode: "tag:yaml.org,2002:map",
}
_PLAIN_TAGS = frozenset(_TAGS.values())


class _Composer(CParser):
    """PyYAML's C composer, which asks for the tag of each node: here by its class alone."""

    def descend_resolver(self, _parent: Node | None, _index: object) -> None:
        """Do nothing: no tag depends on where a node stands."""

    def ascend_resolver(self) -> None:
        """Do nothing, as above."""

    def resolve(self, kind: type[Node], _value: str | None, _implicit: object) -> str:
        """Return the tag of a node that names none: strings stay strings."""
        return _TAGS[kind]


def compose(text: str, path: str, first_line: int = 1) -> MappingNode | None:
    """Return the mapping that `text` holds, or None when it holds nothing.

    `first_line` is the line of the file on which `text` begins, for problems and `line_of`. Raises
    WarraqError if the text is no YAML or no mapping, has a duplicate key, or uses tags, anchors or
    aliases.
    """
    if "\x00" in text:
        raise WarraqError([error("yaml-control", path, first_line)])
    try:
        root = _Composer(text).get_single_node()
    except yaml.MarkedYAMLError as fault:
        why, line = _why(fault, text.splitlines())
        raise WarraqError([error("yaml-broken", path, first_line + line, why=why)]) from None
    except yaml.reader.ReaderError as fault:
        line = first_line + text.count("\n", 0, fault.position)
        raise WarraqError([error("yaml-broken", path, line, why="why-control")]) from None
    except (yaml.YAMLError, RecursionError):
        raise WarraqError([error("yaml-broken", path, first_line, why="why-yaml")]) from None
    if root is None:
        return None
    if not isinstance(root, MappingNode):
        raise WarraqError([error("yaml-not-mapping", path, first_line)])
    if problems := list(_faults(root, path, first_line)):
        raise WarraqError(problems)
    return root


def hidden(root: MappingNode | None, path: str, first_line: int = 1) -> list[Problem]:
    r"""Remove controls written as escapes (`"\u202e"`) from scalars; return a warning for each."""
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
            found.append(warning("hidden-controls", path, line_of(node, first_line), value=names))
            node.value = without_controls(node.value)
    return found


# The parser's message → the code that explains it. Others do not occur in front matter.
_MESSAGES = {
    "found unknown escape character": "why-escape",
    "found a tab character that violates indentation": "why-tab",
    "did not find expected alphabetic or numeric character": "why-character",
    "did not find expected node content": "why-character",
    "did not find expected '-' indicator": "why-indent",
    "block sequence entries are not allowed in this context": "why-indent",
}
# The same for errors to be fixed not where the parser stopped, but where the construct began.
_OPENED = {
    "found unexpected end of stream": "why-quote",
    "did not find expected ',' or ']'": "why-bracket",
    "did not find expected ',' or '}'": "why-bracket",
    "could not find expected ':'": "why-no-colon",
}
_COLON = re.compile(r":(?= |$)")


def _why(fault: yaml.MarkedYAMLError, lines: list[str]) -> tuple[str, int]:
    """Return why text is no YAML, as a code, and the line, from 0, on which to fix it."""
    message, mark = fault.problem or "", fault.problem_mark or fault.context_mark
    at, column = (mark.line, mark.column) if mark else (0, 0)
    line = lines[at] if at < len(lines) else ""
    opened = fault.context_mark.line if fault.context_mark else at
    if message in _OPENED:
        closed = _OPENED[message] == "why-bracket" and lines[opened].rstrip().endswith(("]", "}"))
        return "why-colon" if closed else _OPENED[message], opened
    if message == "found character that cannot start any token":
        return ("why-tab" if "\t" in line[: column + 1] else "why-character"), at
    if message == "did not find expected key":
        return ("why-after-quote" if re.search(r":\s*[\"']", line) else "why-indent"), at
    if message == "mapping values are not allowed in this context":
        return _misplaced_colon(lines, at)
    return _MESSAGES.get(message, "why-yaml"), at


def _misplaced_colon(lines: list[str], at: int) -> tuple[str, int]:
    """Return which of three mistakes explains a colon in line `at`, and its line."""
    if len(_COLON.findall(lines[at])) > 1:
        return "why-colon", at
    above = next((i for i in reversed(range(at)) if lines[i].strip()), at)
    if _depth(lines[above]) >= _depth(lines[at]) and not _COLON.search(lines[above]):
        return "why-no-colon", above
    return "why-indent", at


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def pairs(node: MappingNode) -> Iterator[tuple[str, ScalarNode, Node]]:
    """Yield (key, key node, value node) in the order of the file."""
    for key, value in node.value:
        yield key.value, key, value


def line_of(node: Node, first_line: int = 1) -> int:
    """Return the file line on which `node` begins."""
    line: int = node.start_mark.line + first_line
    return line


def line_in(root: MappingNode | None, value: str, *keys: str, first_line: int = 1) -> int:
    """Return the line of `value` under one of `keys`, else that of one of the keys, else 1."""
    found = [(name, node) for key, name, node in pairs(root) if key in keys] if root else []
    nodes = [name for name, _ in found]
    if value:
        under = chain.from_iterable(_scalars(node) for _, node in found)
        nodes = [*(one for one in under if " ".join(one.value.split()) == value), *nodes]
    return line_of(nodes[0], first_line) if nodes else 1


def plain(node: Node) -> object:
    """Return `node` as str, list and dict, without conversions."""
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
        if id(node) in seen:
            yield error("yaml-alias", path, line_of(node, first_line))
            return
        seen.add(id(node))
        if len(seen) > MAX_NODES or depth > MAX_DEPTH:
            yield error("yaml-too-large", path, line_of(node, first_line))
            return
        if node.tag not in _PLAIN_TAGS:
            yield error("yaml-tag", path, line_of(node, first_line), tag=node.tag)
        if isinstance(node, MappingNode):
            yield from _key_faults(node, path, first_line)
            todo += ((item, depth + 1) for key, item in node.value if isinstance(key, ScalarNode))
        elif isinstance(node, SequenceNode):
            todo += ((item, depth + 1) for item in node.value)


def _key_faults(node: MappingNode, path: str, first_line: int) -> Iterator[Problem]:
    before: dict[str, Node] = {}
    for key, _ in node.value:
        if not isinstance(key, ScalarNode):
            yield error("yaml-key", path, line_of(key, first_line))
            continue
        if key.value in before:
            first = line_of(before[key.value], first_line)
            line = line_of(key, first_line)
            yield error("yaml-duplicate", path, line, key=key.value, first=first)
        before[key.value] = key
