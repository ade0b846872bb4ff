r"""Plain text ↔ Markdown: a backslash before each mark that would be read as markup.

A backslash before ASCII punctuation makes it literal, as in CommonMark (docs/decisions/0002). Only
what would be read as markup is escaped, so that texts stay readable.
"""

import re
from html import escape, unescape

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
# Markup at the start of a line: headings, quotations, lists, rules, fences, conflict markers.
_OPENING = re.compile(r"[#>]|[-+*](?=\s|$)|:(?=\s)|={2}|`{3}|~{3}|<{7}|([-_*])[ ]*\1[ ]*\1[-_* ]*$")
_LIST_NUMBER = re.compile(r"(\d+)(?=[.)](?:\s|$))")
_BACKSLASH = re.compile(r"\\(?=[!-/:-@\[-`{-~]|$)")
_TAG, _TAG_OR_ADDRESS = re.compile(r"<(?=[A-Za-z/!?<])"), re.compile(r"<(?=\S)")
_ENTITY = re.compile(r"&(#|(?=\w+;))")
_WHOLE_ENTITY = re.compile(r"&#?\w+;")
_LINK = re.compile(r"\][(:]")
# A star between spaces, or an underscore within a word, is no emphasis.
_STAR = re.compile(r"\*(?=\S)|(?<=\S)\*")
_UNDERSCORE = re.compile(r"_(?![^\W_])|(?<![^\W_])_")
_MARKS = frozenset("\\*_`[<&")


def escaped(line: str) -> str:
    r"""Return one line of plain text as Markdown that renders as that text.

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


def address_written(text: str) -> str:
    r"""Return the address that Markdown writes as `text`: without escapes and entities.

    >>> print(address_written(r"/a\(b\)?x=1&amp;copy=2"))
    /a(b)?x=1&copy=2
    """
    return _WHOLE_ENTITY.sub(lambda match: unescape(match[0]), unescaped(text))


def in_paragraphs(text: str) -> str:
    r"""Return plain text as HTML, a paragraph a line: what most articles are.

    >>> in_paragraphs("a & b\nc")
    '<p>a &amp; b</p>\n<p>c</p>'
    """
    paragraphs = escape(text, quote=False).replace("\n", "</p>\n<p>")
    return f"<p>{paragraphs}</p>"


def _no_entity(match: re.Match[str]) -> str:
    return r"\&" + r"\#" * len(match[1])


def _within(line: str) -> str:
    line = _BACKSLASH.sub(r"\\\\", line)
    end = line.rfind(">") + 1  # before it, an e-mail address may be in angle brackets
    line = _TAG_OR_ADDRESS.sub(r"\\<", line[:end]) + _TAG.sub(r"\\<", line[end:])
    line = _ENTITY.sub(_no_entity, line)
    if _LINK.search(line):
        line = line.replace("[", r"\[")
    # A single mark has no effect.
    if line.count("*") > 1:
        line = _STAR.sub(r"\\*", line)
    if line.count("_") > 1:
        line = _UNDERSCORE.sub(r"\\_", line)
    if line.count("`") > 1:
        line = line.replace("`", r"\`")
    return line
