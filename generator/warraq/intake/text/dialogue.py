"""Whether lines that open with a dash are what people say in turn, or the items of a list.

By what the lines are: speech is told in whole sentences, of which some ask and some do not, or one
opens as an answer does, calls somebody or says who spoke. A list's items are of one kind.
"""

import re
from collections.abc import Sequence

from warraq.base.arabic import bare

_WHOLE = 0.8  # share of the lines that end as sentences do
_END = re.compile(r"[.؟?!…]\W*$")
_QUESTION = re.compile(r"[؟?][\s!»”\")]*$")
_ANSWER = re.compile(
    "(?:نعم|لا|أجل|كلا|بلى|طبعا|بالطبع|أبدا|حسنا|ربما|صحيح|شكرا|عفوا|أهلا|لا أدري|لا أعرف)[.،!…]"
)
_CALLED = re.compile(r"(?<!\S)يا [^\W\d_]{2,}")
_SAID = re.compile(
    "[-–—،.؟!] ?(?:قالت?|قلت|أجابت?|أجبت|ردت?|سألت?|سألته|سألتها|صاحت?|همست?|هتفت?)(?: |$)"
)
_AT_END = 20  # letters among which a sentence's mark stands
_MOST_CALLED = 60  # letters from either end of a line within which somebody is called


def is_dialogue(lines: Sequence[str]) -> bool:
    """Tell whether neighbouring lines, each without its dash, are spoken in turn.

    >>> is_dialogue(["هل فتح الجسر؟", "فتح صباح أمس."]), is_dialogue(["هل فتح؟", "متى يفتح؟"])
    (True, False)
    >>> is_dialogue(["سكر", "طحين", "زيت"]), is_dialogue(["أُغلق الجسر.", "فُتح الطريق."])
    (False, False)
    """
    whole = sum(bool(_END.search(line[-_AT_END:])) for line in lines)
    if len(lines) < 2 or whole < _WHOLE * len(lines):
        return False
    asks = [bool(_QUESTION.search(line[-_AT_END:])) for line in lines]
    plain = [bare(line) for line in lines]
    spoken = any(_ANSWER.match(line) or _calls(line) or _SAID.search(line[1:]) for line in plain)
    return any(asks) != all(asks) or spoken


def _calls(line: str) -> bool:
    return bool(_CALLED.search(line[:_MOST_CALLED]) or _CALLED.search(line[-_MOST_CALLED:]))
