"""content/not-names.yaml: what texts introduce like a person, and an editor knows to be none."""

from pathlib import Path

from warraq.base.files import is_regular
from warraq.base.marked_yaml import Node, ScalarNode, SequenceNode, compose, hidden, line_of, pairs
from warraq.base.problems import Problem, WarraqError, error, reason_code
from warraq.base.values import shown, text
from warraq.content.splice import with_items

PATH = "content/not-names.yaml"
KEY = "not_names"


def not_names(site: Path) -> tuple[tuple[str, ...], list[Problem]]:
    """Return the words that the file of a site lists, none without a file, and its problems."""
    if not is_regular(site / PATH):
        return (), []
    try:
        return parse_not_names((site / PATH).read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as fault:
        return (), [error("file-unreadable", PATH, why=reason_code(fault))]


def parse_not_names(content: str) -> tuple[tuple[str, ...], list[Problem]]:
    r"""Return the words in the text of the file, and its problems.

    >>> parse_not_names("not_names: [نائب الرئيس]\n")[0]
    ('نائب الرئيس',)
    """
    try:
        root = compose(content, PATH)
    except WarraqError as fault:
        return (), list(fault.problems)
    problems = hidden(root, PATH)
    found: list[str] = []
    for key, key_node, node in pairs(root) if root else ():
        if key != KEY:
            problems.append(_unfit(key_node))
        elif isinstance(node, SequenceNode):
            problems += (_unfit(item) for item in node.value if not isinstance(item, ScalarNode))
            found += (text(item) for item in node.value if isinstance(item, ScalarNode))
        elif not (isinstance(node, ScalarNode) and node.value == ""):
            problems.append(_unfit(node))
    return tuple(filter(None, found)), problems


def with_not_name(content: str, name: str) -> str:
    r"""Return the text of the file, "" if there is none yet, with one name more.

    Raises WarraqError if what is there cannot be read.

    >>> with_not_name("", "نائب الرئيس")
    'not_names:\n- نائب الرئيس\n'
    """
    known, problems = parse_not_names(content)
    if problems:
        raise WarraqError(problems)
    # Front matter of content files is spliced; this file is nothing but front matter.
    head = content if content.endswith("\n") or not content else content + "\n"
    names = dict.fromkeys((*known, name))
    framed = with_items(f"---\n{head}---\n", KEY, [*names], order=(KEY,), path=PATH)
    return framed.removeprefix("---\n").removesuffix("---\n")


def _unfit(node: Node) -> Problem:
    return error("not-names-shape", PATH, line_of(node), value=shown(node))
