"""Typing slips that YAML accepts as written: curly quotes, Arabic commas, misspelt keys.

A word processor makes quotation marks curly; an Arabic keyboard has «،» for the comma. To YAML
both are letters, so the marks become part of a value and two names become one. Pure.
"""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from warraq.base.marked_yaml import MappingNode, Node, ScalarNode, SequenceNode, line_of, pairs
from warraq.base.problems import Problem, warning

# Keys that hold names; in phrases and titles a comma is normal.
_NAMES = {
    *("topics", "tags", "categories", "people", "places", "organizations", "authors"),
    *("aliases", "hosts", "handles", "via", "cited", "image_hosts"),
}
_WORDS_OF_OTHERS = {"title", "description"}  # import keeps their marks
_SUSPECT = re.compile(rf"[“”„‟‘’‚‛،؛]|^(?:{'|'.join(sorted(_NAMES))}):.*,", re.MULTILINE)
_ENCLOSED = re.compile("[“”„‟]([^“”„‟]+)[“”‟]|[‘’‚‛]([^‘’‚‛]+)[‘’‛]")
_COMMA = re.compile(r"(?<=\S)\s*[،؛](?=\s*\S)|(?<=\S),\s+(?=\S)")


def slips(head: str, root: MappingNode, path: str, first_line: int) -> Iterator[Problem]:
    """Yield a warning for each value of the YAML `head` that looks like a slip.

    A value in straight quotation marks is taken as intended.
    """
    if not _SUSPECT.search(head):
        return
    keys = {key: value for key, _, value in pairs(root)}
    theirs = _WORDS_OF_OTHERS if "provenance" in keys else set()
    for key, value in keys.items():
        if key not in theirs:
            yield from _curly_quotes(key, value, path, first_line)
        if key in _NAMES:
            yield from _joined_names(key, value, path, first_line)


def _curly_quotes(key: str, value: Node, path: str, first_line: int) -> Iterator[Problem]:
    for node in _bare(value):
        if enclosed := _ENCLOSED.fullmatch(node.value):
            inner, line = enclosed[1] or enclosed[2], line_of(node, first_line)
            yield warning("value-quoted", path, line, key=key, value=inner)


def _joined_names(key: str, value: Node, path: str, first_line: int) -> Iterator[Problem]:
    for name in value.value if isinstance(value, SequenceNode) else [value]:
        if isinstance(name, ScalarNode) and not name.style and _COMMA.search(name.value):
            want = ", ".join(part.strip() for part in _COMMA.split(name.value))
            line = line_of(name, first_line)
            yield warning("value-comma", path, line, key=key, value=name.value, want=want)


def nearest_key(key: str, known: Iterable[str]) -> str:
    """Return the known key that `key` is probably a misspelling of, "" for any other key.

    >>> nearest_key("Date", ("id", "date")), nearest_key("event-Date", ("event_date",))
    ('date', 'event_date')
    >>> nearest_key("titel", ("id", "title")), nearest_key("mood", ("id", "title"))
    ('title', '')
    """
    known = list(known)
    plain = {_plain(one): one for one in known}
    if _plain(key) in plain:
        return plain[_plain(key)]
    # A site may have keys of its own; only a probable misspelling is worth a warning.
    near = get_close_matches(key, known, n=1, cutoff=0.8)
    return near[0] if near else ""


def _plain(key: str) -> str:
    return re.sub(r"[^a-z0-9]", "", key.casefold())


def _bare(node: Node) -> Iterator[ScalarNode]:
    """Yield the unquoted scalars within `node`."""
    if isinstance(node, ScalarNode):
        if not node.style:
            yield node
    else:
        for item in node.value:
            yield from _bare(item[1] if isinstance(node, MappingNode) else item)
