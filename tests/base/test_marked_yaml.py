"""What is wrong with a YAML text is told in the editor's words, on the line to mend."""

import re

import pytest

from warraq.base.marked_yaml import compose
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
