"""What is wrong with a YAML text is told in the editor's words, on the line to mend."""

import re

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from warraq.base.marked_yaml import MappingNode, Node, ScalarNode, SequenceNode, compose
from warraq.base.problems import WarraqError, wording_of

FAULTS = [
    ("title: خبر: تفصيله", "why-colon", 1),
    ("id: a\ntitle: قال: لا\ndate: 2025", "why-colon", 2),
    ("title خبر\ndate: 2025", "why-no-colon", 1),
    ("id: a\ntitle\n\ndate: 2025", "why-no-colon", 2),
    ("title: خبر\n date: 2025", "why-indent", 2),
    ("source:\n  name: نهار\n url: x", "why-indent", 3),
    ("topics:\n- a\n - b: c", "why-indent", 3),
    ("title: 'خبر\ndate: 2025\nlang: ar", "why-quote", 1),
    ('id: a\ntitle: "خبر\ndate: 2025', "why-quote", 2),
    ('title: "الجسر" يُفتح', "why-after-quote", 1),
    ("title: 'it's'", "why-after-quote", 1),
    ("id: a\ntopics: [a, b\ndate: 2025", "why-bracket", 2),
    ("source: {name: a\ndate: 2025", "why-bracket", 1),
    ("id: a\nsource: {name: نهار: ب, url: c}", "why-colon", 2),
    ("via:\n- name: a\n url: b", "why-indent", 3),
    ("title:خبر\ndate: 2025", "why-no-colon", 1),
    ("source:\n\tname: a", "why-tab", 2),
    ("title: @خبر", "why-character", 1),
    ("title: `x`", "why-character", 1),
    ("title: ]", "why-character", 1),
    ('title: "C:\\q"', "why-escape", 1),
    ("id: a\ntitle: \x07", "why-control", 2),
    ("title: |x\n y", "why-yaml", 1),
]


@pytest.mark.parametrize(("text", "why", "line"), FAULTS)
def test_a_fault_is_named_where_it_is_to_be_mended(text: str, why: str, line: int) -> None:
    with pytest.raises(WarraqError) as told:
        compose(text, "x.md")

    (problem,) = told.value.problems
    assert (problem.code, dict(problem.args)["why"], problem.line) == ("yaml-broken", why, line)
    arabic = " ".join(wording_of(problem, "ar"))
    assert set(re.findall(r"[A-Za-z]+", arabic)) <= {"YAML", "Tab", "UTF"}
    assert "{" not in "".join(wording_of(problem, "en"))


LINES = st.sampled_from(
    r"""a: b~a: 5~a: no~? x~- 12:30~  - c~a: [x, {y: z}]~a: !!str 5~a: !x y~a: &k v~b: *k~a: |~ b~
    <<: {a: b}~a: 'q''q'~a: "\u202e"~---~...~%YAML 1.1~a: !!int 5~a: ! x~a:~# x~= : ~""".split("~")
)
TEXTS = st.lists(LINES).map("\n".join) | st.text(
    st.sampled_from("ab:-[]{}!&*'\"|>#%@`?, \n\t\u0627\u202e\U0001f600\x07\x85\ufeff")
)


@given(TEXTS)
@example("a: !!seq x")
def test_the_tree_is_that_of_the_whole_loader(text: str) -> None:
    try:
        root = compose(text, "x.md")
    except WarraqError as told:
        if all(problem.code != "yaml-broken" for problem in told.problems):
            yaml.compose(text, Loader=yaml.CBaseLoader)  # well-formed, but not allowed
            return
        with pytest.raises(yaml.YAMLError):
            yaml.compose(text, Loader=yaml.CBaseLoader)
    else:
        assert drawn(root) == drawn(yaml.compose(text, Loader=yaml.CBaseLoader))


def drawn(node: Node | None) -> object:
    """Return all that a tree says."""
    if node is None:
        return None
    said = (
        type(node),
        node.tag,
        getattr(node, "style", None),
        getattr(node, "flow_style", None),
        (node.start_mark.line, node.start_mark.column, node.end_mark.line, node.end_mark.column),
    )
    if isinstance(node, MappingNode):
        return said, [(drawn(key), drawn(value)) for key, value in node.value]
    if isinstance(node, SequenceNode):
        return said, [drawn(one) for one in node.value]
    assert isinstance(node, ScalarNode)
    return said, node.value
