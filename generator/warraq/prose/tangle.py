"""How much work a text would make: no converter is handed what it would chew on for minutes. Pure.

Python-Markdown looks for the end of every bracket and tag, each time anew; a paragraph of 5,000
open brackets takes it seconds, one of 50,000 hours. What people write stays far below the bounds.
"""

import re
from collections import Counter

FEW = 200  # marks in a text that cannot do harm
MAX_SEARCHED = 1_000_000  # code points that a converter walks through for ends of brackets or tags
MAX_COPIED = 200_000_000  # code points of a paragraph, copied for every mark in it
MAX_PARTED = 10_000_000  # the same for lines that part a paragraph: headings, rules
MAX_OPEN = 500  # tags in one another, or closed without being open; players
MAX_TOLD = 200  # marks of one footnote
MAX_LINES = 10_000  # lines that open with a mark: items, quotations, fences, tags

_MARK = re.compile(r"[\\*_`&<\[\]!]| {2}\n")
_BRACKET = re.compile(r"\\.|(?<=\])\(|[\[\])]", re.DOTALL)
_NOTE = re.compile(r"\[\^[^\]\n]{1,80}\]")
_TAG = re.compile(r"<(?=[A-Za-z/!?])(/?)")
_PARTING = re.compile(r"^(?:#|=+ *$|[ ]{0,3}[-*_][-*_ ]*$)", re.MULTILINE)
_DEEP = re.compile(r"^[ ]{80}|^(?:[ ]*(?:[-+*>]|\d{1,3}\.)(?:[ ]|(?=>))){20}", re.MULTILINE)
_OPENS = {"]": "[", ")": "("}
_LINE = re.compile(r"^[ ]*(?:[-+*>]|\d{1,3}\.|~{3}|`{3}|<)", re.MULTILINE)
# A list or a table: its lines are texts of their own.
_ROWS = re.compile(r"[ ]{0,3}(?:[-+*] |\d{1,3}\. |\|)|[^\n]*\n[ ]{0,3}:?-+:? *\|")
_PLAYER = re.compile(r"<(?:amp-|iframe|video|audio|object|embed|script|style)", re.IGNORECASE)
_BLANK = re.compile(r"\n[ \t]*\n")
_VOID = re.compile(r"<(?:br|img|hr|wbr|source|input)\b", re.IGNORECASE)


def is_tangled(text: str) -> bool:
    """Tell whether `text` is not to be converted.

    >>> is_tangled("[رابط](https://x.example/) و*تأكيد*" * 1000), is_tangled("[" * 5000)
    (False, True)
    """
    if _DEEP.search(text) or len(_LINE.findall(text)) > MAX_LINES:
        return True
    marks = len(_MARK.findall(text)) + len(_PARTING.findall(text))
    if marks <= FEW:
        return False
    notes = max(Counter(_NOTE.findall(text)).values(), default=0)
    if notes > MAX_TOLD or len(_PLAYER.findall(text)) > MAX_OPEN:
        return True
    return _is_untidy(text) or any(map(_is_knotted, _BLANK.split(text)))


def _is_knotted(block: str) -> bool:
    """Tell whether one paragraph makes too much work."""
    pieces = block.split("\n") if _ROWS.match(block) else [block]
    copied = sum(len(_MARK.findall(piece)) * len(piece) for piece in pieces)
    parted = len(_PARTING.findall(block)) * len(block)
    return copied > MAX_COPIED or parted > MAX_PARTED or _searched(block) > MAX_SEARCHED


def _searched(block: str) -> int:
    """Return how far it is from each opening bracket to its end, in all."""
    opened: dict[str, list[int]] = {"[": [], "(": []}
    far = 0
    for found in _BRACKET.finditer(block):
        mark = found[0]
        if mark in opened:
            opened[mark].append(found.start())
        elif waiting := opened.get(_OPENS.get(mark, "")):
            far += found.end() - waiting.pop()
    return far + sum(len(block) - at for waiting in opened.values() for at in waiting)


def _is_untidy(text: str) -> bool:
    """Tell whether tags are left open or stand in one another too often."""
    far = depth = unopened = end = 0
    for tag in _TAG.finditer(text):
        if end <= tag.start():
            end = text.find(">", tag.start()) + 1 or len(text)
        else:  # it begins within another, which is searched again from here
            far += end - tag.start()
        if tag[1]:
            unopened += depth == 0
            depth = max(0, depth - 1)
        else:
            depth += not _VOID.match(text, tag.start())
        if far > MAX_SEARCHED or depth > MAX_OPEN or unopened > MAX_OPEN:
            return True
    return False
