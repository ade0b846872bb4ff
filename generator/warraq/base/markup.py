r"""Plain text ↔ Markdown: which marks would be read as markup, and a backslash before each.

A backslash before an ASCII punctuation mark makes it that mark and nothing else, as in CommonMark
(docs/decisions/0002). Only what would be read as markup gets one, so that texts stay readable.
"""

import re

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
# What opens a line: headings, quotations, lists, rules, fences, what git leaves of a conflict.
_OPENING = re.compile(r"[#>]|[-+*](?=\s|$)|:(?=\s)|={2}|`{3}|~{3}|<{7}|([-_*])[ ]*\1[ ]*\1[-_* ]*$")
_LIST_NUMBER = re.compile(r"(\d+)(?=[.)](?:\s|$))")
_BACKSLASH = re.compile(r"\\(?=[!-/:-@\[-`{-~]|$)")
_TAG, _TAG_OR_ADDRESS = re.compile(r"<(?=[A-Za-z/!?<])"), re.compile(r"<(?=\S)")
_ENTITY = re.compile(r"&(#|(?=\w+;))")
_LINK = re.compile(r"\][(:]")
# A star between spaces, or a low line within a word, is no emphasis.
_STAR = re.compile(r"\*(?=\S)|(?<=\S)\*")
_LOW_LINE = re.compile(r"_(?![^\W_])|(?<![^\W_])_")
_MARKS = frozenset("\\*_`[<&")


def escaped(line: str) -> str:
    r"""Return one line of plain text as Markdown that shows just that.

    >>> print(escaped("١. **مهم** <b> & [رابط](x)"))
    ١\. \*\*مهم\*\* \<b> & \[رابط](x)
    >>> print(escaped("a * b, snake_case [1] #وسم"), escaped("#وسم"))
    a * b, snake_case [1] #وسم \#وسم
    """
    line = _within(line) if not _MARKS.isdisjoint(line) else line
    if _LIST_NUMBER.match(line):
        return _LIST_NUMBER.sub(r"\1\\", line, count=1)
    return f"\\{line}" if _OPENING.match(line) else line


def unescaped(text: str) -> str:
    r"""Return Markdown without its backslash escapes.

    >>> print(unescaped(escaped("١. *x* &amp; \\*")))
    ١. *x* &amp; \*
    """
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text


def _no_entity(match: re.Match[str]) -> str:
    return r"\&" + r"\#" * len(match[1])


def _within(line: str) -> str:
    line = _BACKSLASH.sub(r"\\\\", line)
    end = line.rfind(">") + 1  # up to there a mail address may stand between angle brackets
    line = _TAG_OR_ADDRESS.sub(r"\\<", line[:end]) + _TAG.sub(r"\\<", line[end:])
    line = _ENTITY.sub(_no_entity, line)
    if _LINK.search(line):
        line = line.replace("[", r"\[")
    # One mark alone opens nothing.
    if line.count("*") > 1:
        line = _STAR.sub(r"\\*", line)
    if line.count("_") > 1:
        line = _LOW_LINE.sub(r"\\_", line)
    if line.count("`") > 1:
        line = line.replace("`", r"\`")
    return line
