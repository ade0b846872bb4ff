"""Whether converting a text would take too long, by bounds on what the converter does. Pure.

Python-Markdown searches for the end of every bracket and tag from the start again; 5,000 open
brackets in a paragraph take it seconds, 50,000 hours. What people write is far below the bounds.
"""

import re
from collections import Counter

HARMLESS_MARKS = 200  # marks in a text; so few are never costly
MAX_SEARCHED = 1_000_000  # code points scanned for ends of brackets or tags
MAX_COPIED = 200_000_000  # code points copied: those of a paragraph for every mark in it
MAX_SPLIT = 10_000_000  # the same for lines that split a paragraph: headings, rules
MAX_OPEN_TAGS = 500  # nested tags, or closed ones that were not open; players
MAX_SAME_NOTE = 200  # references to one footnote
MAX_LINES = 10_000  # lines that begin with a mark: items, quotations, fences, tags

_MARK = re.compile(r"[\\*_`&<\[\]!]| {2}\n")
_BRACKET = re.compile(r"\\.|(?<=\])\(|[\[\])]", re.DOTALL)
_NOTE = re.compile(r"\[\^[^\]\n]{1,80}\]")
_TAG = re.compile(r"<(?=[A-Za-z/!?])(/?)")
_SPLITTING = re.compile(r"^(?:#|=+ *$|[ ]{0,3}[-*_][-*_ ]*$)", re.MULTILINE)
_DEEP = re.compile(r"^[ ]{80}|^(?:[ ]*(?:[-+*>]|\d{1,3}\.)(?:[ ]|(?=>))){20}", re.MULTILINE)
_OPENS = {"]": "[", ")": "("}
_LINE = re.compile(r"^[ ]*(?:[-+*>]|\d{1,3}\.|~{3}|`{3}|<)", re.MULTILINE)
# A list or a table: its lines are texts of their own.
_ROWS = re.compile(r"[ ]{0,3}(?:[-+*] |\d{1,3}\. |\|)|[^\n]*\n[ ]{0,3}:?-+:? *\|")
_PLAYER = re.compile(r"<(?:amp-|iframe|video|audio|object|embed|script|style)", re.IGNORECASE)
_BLANK = re.compile(r"\n[ \t]*\n")
_VOID = re.compile(r"<(?:br|img|hr|wbr|source|input)\b", re.IGNORECASE)


def is_too_costly(text: str) -> bool:
    """Whether `text` is too costly to convert.

    >>> is_too_costly("[رابط](https://x.example/) و*تأكيد*" * 1000), is_too_costly("[" * 5000)
    (False, True)
    """
    if _DEEP.search(text) or len(_LINE.findall(text)) > MAX_LINES:
        return True
    marks = len(_MARK.findall(text)) + len(_SPLITTING.findall(text))
    if marks <= HARMLESS_MARKS:
        return False
    notes = max(Counter(_NOTE.findall(text)).values(), default=0)
    if notes > MAX_SAME_NOTE or len(_PLAYER.findall(text)) > MAX_OPEN_TAGS:
        return True
    return _has_runaway_tags(text) or any(map(_is_costly_paragraph, _BLANK.split(text)))


def _is_costly_paragraph(block: str) -> bool:
    """Whether one paragraph is too costly."""
    pieces = block.split("\n") if _ROWS.match(block) else [block]
    copied = sum(len(_MARK.findall(piece)) * len(piece) for piece in pieces)
    split = len(_SPLITTING.findall(block)) * len(block)
    return copied > MAX_COPIED or split > MAX_SPLIT or _search_length(block) > MAX_SEARCHED


def _search_length(block: str) -> int:
    """Return the summed distances from opening brackets to their ends."""
    opened: dict[str, list[int]] = {"[": [], "(": []}
    far = 0
    for found in _BRACKET.finditer(block):
        mark = found[0]
        if mark in opened:
            opened[mark].append(found.start())
        elif pending := opened.get(_OPENS.get(mark, "")):
            far += found.end() - pending.pop()
    return far + sum(len(block) - at for pending in opened.values() for at in pending)


def _has_runaway_tags(text: str) -> bool:
    """Whether too many tags are nested or left open."""
    far = depth = unopened = end = 0
    for tag in _TAG.finditer(text):
        if end <= tag.start():
            end = text.find(">", tag.start()) + 1 or len(text)
        else:  # it begins within another, which is scanned again from here
            far += end - tag.start()
        if tag[1]:
            unopened += depth == 0
            depth = max(0, depth - 1)
        else:
            depth += not _VOID.match(text, tag.start())
        if far > MAX_SEARCHED or depth > MAX_OPEN_TAGS or unopened > MAX_OPEN_TAGS:
            return True
    return False
