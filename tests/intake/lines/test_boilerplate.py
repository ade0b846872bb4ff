import re

import pytest
from tests.intake.drafts import BODY, TITLE, drafted

from warraq.importer.time_limit import time_limit
from warraq.intake.lines.boilerplate import shipped_rules


def test_boilerplate_words_inside_a_paragraph_never_cost_it() -> None:
    line = (
        "وكتب الموقع في ذيل الصفحة «اترك تعليقاً» وتحتها «شارك الخبر» ثم أغلق باب التعليقات نهائياً."
    )
    assert line in drafted(f"{TITLE}\n{BODY}\n{line}").article.body


MARKS = (
    "| ",
    "- ",
    ". ",
    ": ",
    "، ",
    "/ ",
    "( ",
    "#ا ",
    "1 ",
    "12:30 ",
    "في ",
    "كلمة ",
    "| ا ",
    "99",
)


@pytest.mark.parametrize("mark", MARKS)
def test_no_pattern_of_boilerplate_runs_away(mark: str) -> None:
    for before, after in (("", ""), ("و", " ا"), ("كتب ", " !")):
        row = f"{before}{mark * 60}"[:120] + after
        for pattern, _ in shipped_rules().patterns:
            with time_limit(5):  # a thousand times what any takes
                re.fullmatch(pattern, row)
