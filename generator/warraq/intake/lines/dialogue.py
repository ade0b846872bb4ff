"""Whether lines that open with a dash are what people say in turn, or the items of a list.

Speech is in whole sentences, of which some ask and some do not, or one opens as an answer does,
calls somebody or says who spoke. A list's items are of one kind.
"""

import re
from collections.abc import Sequence

from warraq.base.arabic import bare
from warraq.intake.lines.thresholds import LINES

_END = re.compile(r"[.؟?!…]\W*$")
_QUESTION = re.compile(r"[؟?][\s!»”\")]*$")
# «Yes», «no», «certainly», «never», «well», «perhaps», «thank you», «I do not know»
_ANSWER = re.compile(
    "(?:نعم|لا|أجل|كلا|بلى|طبعا|بالطبع|أبدا|حسنا|ربما|صحيح|شكرا|عفوا|أهلا|لا أدري|لا أعرف)[.،!…]"
)
# «O …»
_CALLED = re.compile(r"(?<!\S)يا [^\W\d_]{2,}")
# «said», «answered», «asked», «cried», «whispered»
_SAID = re.compile(
    "[-–—،.؟!] ?(?:قالت?|قلت|أجابت?|أجبت|ردت?|سألت?|سألته|سألتها|صاحت?|همست?|هتفت?)(?: |$)"
)


def is_dialogue(lines: Sequence[str]) -> bool:
    """Whether neighbouring lines, each without its dash, are spoken in turn.

    «Was the bridge opened?» and «It opened yesterday.» are; two questions are not, nor «sugar»,
    «flour», «oil», nor two statements of one kind.

    >>> is_dialogue(["هل فتح الجسر؟", "فتح صباح أمس."]), is_dialogue(["هل فتح؟", "متى يفتح؟"])
    (True, False)
    >>> is_dialogue(["سكر", "طحين", "زيت"]), is_dialogue(["أُغلق الجسر.", "فُتح الطريق."])
    (False, False)
    """
    whole = sum(bool(_END.search(line[-LINES.mark_chars :])) for line in lines)
    if len(lines) < 2 or whole < LINES.min_sentence_share * len(lines):
        return False
    asks = [bool(_QUESTION.search(line[-LINES.mark_chars :])) for line in lines]
    plain = [bare(line) for line in lines]
    spoken = any(_ANSWER.match(line) or _calls(line) or _SAID.search(line[1:]) for line in plain)
    return any(asks) != all(asks) or spoken


def _calls(line: str) -> bool:
    return bool(
        _CALLED.search(line[: LINES.called_chars]) or _CALLED.search(line[-LINES.called_chars :])
    )
