"""content/synonyms.yaml: lists of words or short phrases that mean the same in this archive."""

from warraq.base.arabic import fold
from warraq.base.marked_yaml import Node, ScalarNode, SequenceNode, compose, hidden, line_of, pairs
from warraq.base.problems import Problem, WarraqError, error, warning
from warraq.base.values import shown, text

PATH = "content/synonyms.yaml"
KEY = "synonyms"
MOST_LISTED = 12  # each of a list is searched for each other
MOST_WORDS = 5  # of a phrase

Synonyms = tuple[tuple[str, ...], ...]


def parse_synonyms(content: str) -> tuple[Synonyms, list[Problem]]:
    """Return the lists in the text of the file, and its problems."""
    try:
        root = compose(content, PATH)
    except WarraqError as fault:
        return (), list(fault.problems)
    problems = hidden(root, PATH)
    found: list[tuple[str, ...]] = []
    for key, key_node, node in pairs(root) if root else ():
        if key != KEY:
            problems.append(_unfit("synonyms-shape", key_node))
        elif isinstance(node, SequenceNode):
            found += (words for item in node.value if (words := _words(item, problems)))
        elif not (isinstance(node, ScalarNode) and node.value == ""):
            problems.append(_unfit("synonyms-shape", node))
    return tuple(found), problems


def _words(node: Node, problems: list[Problem]) -> tuple[str, ...]:
    """Return the different words of one list, none if something is wrong with it."""
    if not isinstance(node, SequenceNode):
        problems.append(_unfit("synonyms-shape", node))
        return ()
    if unfit := [item for item in node.value if not _is_word(item)]:
        problems += (_unfit("synonyms-word", item) for item in unfit)
        return ()
    if len(node.value) > MOST_LISTED:
        arguments = {"count": len(node.value), "most": MOST_LISTED}
        problems.append(error("synonyms-many", PATH, line_of(node), **arguments))
        return ()
    words = {tuple(map(fold, word.split())): word for word in map(text, node.value)}
    if len(words) < 2:
        alone = next(iter(words.values()), "")
        problems.append(warning("synonyms-alone", PATH, line_of(node), value=alone))
        return ()
    return tuple(words.values())


def _is_word(node: Node) -> bool:
    words = text(node).split() if isinstance(node, ScalarNode) else []
    return 0 < len(words) <= MOST_WORDS and any(map(fold, words))


def _unfit(code: str, node: Node) -> Problem:
    return error(code, PATH, line_of(node), value=shown(node))
