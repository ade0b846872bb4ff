"""Readers for the values of YAML: a node in, a checked value out, or a complaint.

site.yaml (`base/config.py`) and front matter (`content/fields.py`) are built from them.
"""

import re
from collections.abc import Callable

from warraq.base.controls import without_controls
from warraq.base.marked_yaml import Node, ScalarNode, SequenceNode

Reader = Callable[[Node], object]

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_MOST_SHOWN = 60  # characters of a wrong value that a message quotes


class UnfitError(Exception):
    """A value that does not fit: `node` is where, `want` what would fit.

    `code` is the problem's; "" leaves it to the file, a setting or a field.
    """

    def __init__(self, node: Node, want: str, code: str = "") -> None:
        """Keep the node: it may be deep inside the value that is being read."""
        self.node = node
        self.want = want
        self.code = code


def text(node: Node) -> str:
    """Return one line of text; controls go, runs of white space become one space."""
    if not isinstance(node, ScalarNode):
        raise UnfitError(node, "want-text")
    return " ".join(without_controls(node.value).split())


def flag(node: Node) -> bool:
    """Return a truth value: only `true` and `false` are read."""
    return choice("true", "false")(node) == "true"


def choice(*options: str) -> Reader:
    """Return a reader for one word of a closed set."""

    def read(node: Node) -> str:
        if not isinstance(node, ScalarNode) or node.value not in options:
            raise UnfitError(node, " | ".join(options))
        return str(node.value)

    return read


def language(node: Node, want: str = "ar | en | …") -> str:
    """Return a language tag such as "ar" or "en-GB"."""
    if not isinstance(node, ScalarNode) or not _LANGUAGE.fullmatch(node.value):
        raise UnfitError(node, want)
    return str(node.value)


def many(read: Reader) -> Reader:
    """Return a reader for a list of what `read` takes; a bare value is a list of one."""

    def read_all(node: Node) -> tuple[object, ...]:
        if isinstance(node, SequenceNode):
            return tuple(value for item in node.value if (value := read(item)) not in ("", None))
        value = read(node)
        return (value,) if value != "" else ()

    return read_all


def shown(node: Node) -> str:
    """Return what a message quotes of a wrong value, "…" for a list or a map."""
    return str(node.value)[:_MOST_SHOWN] if isinstance(node, ScalarNode) else "…"
