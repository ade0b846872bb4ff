"""Tables, nested lists and code of a Markdown seed keep their form."""

import pytest

from warraq.intake import draft_of, outlet_directory
from warraq.model import RawDocument

P1 = "أعلنت البلدية فتح الطريق الساحلي من جديد بعد انتهاء أعمال الصيانة في الجسر القديم."
P2 = "وقال رئيسها إن العمل استغرق ستة أشهر كاملة وإن كلفته لم تتجاوز الموازنة."
KEPT = [
    "| السنة | الكلفة |\n|---|---|\n| 2017 | 120 |\n| 2018 | |",
    "| السنة | الكلفة |\n|:--|--:|\n| [2017](https://a.example/) | 120 |",
    "1. الجسر\n2. الطريق\n    - شمالًا\n    - جنوبًا\n3. الساحة",
    "- الجسر\n  - شماله\n    - بابه",
    "```\nx = 1\n\n  y = 2\n```",
]
LEFT = ["- الجسر القديم\n\n- الطريق الساحلي", "|ثمن| كذا", "    سطر مزاح", "- بند وحيد"]


def _body(block: str) -> str:
    text = f"# فتح الطريق الساحلي أمام السيارات\n\n{P1}\n\n{block}\n\n{P2}\n"
    raw = RawDocument("a.md", text, "0" * 64, kind="markdown")
    return draft_of(raw, outlet_directory()).article.body


@pytest.mark.parametrize("block", KEPT)
def test_a_block_of_lines_stays_one(block: str) -> None:
    assert _body(block) == f"{P1}\n\n{block}\n\n{P2}"


@pytest.mark.parametrize("block", LEFT)
def test_other_lines_are_lines(block: str) -> None:
    body = _body(block)
    assert body.startswith(P1)
    assert body.endswith(P2)
    assert [line.strip() for line in block.split("\n") if line] == body.split("\n\n")[1:-1]
