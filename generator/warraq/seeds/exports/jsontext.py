"""Untrusted JSON → plain data that can be encoded as UTF-8 and is nested no deeper than MOST."""

import ast
import json
import re

MOST = 64  # levels; a record of a CMS has some five
_HALF = re.compile("[\ud800-\udfff]")  # an unpaired surrogate
_ESCAPED = re.compile(r"\\u[dD][89a-fA-F]")


class TooDeep(ValueError):  # noqa: N818 - reported as `why-deep`
    """The JSON is nested more deeply than any record."""


def parsed(text: str) -> object:
    r"""Return the value of the JSON `text`, unpaired surrogates as U+FFFD; ValueError if malformed.

    >>> parsed('{"a": "\\ud83d!", "b": "\\ud83d\\ude00"}')
    {'a': '\ufffd!', 'b': '\U0001f600'}
    """
    found, end = begun(text, len(text) - len(text.lstrip()))
    if text[end:].strip():
        raise ValueError
    return found


def begun(text: str, at: int) -> tuple[object, int]:
    """Return the value that begins at `at` in `text`, as `parsed` does, and its end."""
    try:
        found, end = _decoder.raw_decode(text, at)
    except RecursionError:
        raise TooDeep from None
    _measure(found)
    if _ESCAPED.search(text, at, end):
        found = json.loads(_HALF.sub("\ufffd", json.dumps(found, ensure_ascii=False)))
    return found, end


_decoder = json.JSONDecoder(strict=False, parse_constant=lambda _: None)  # NaN is not allowed

_EVALUATED = 200_000  # characters at most of a text parsed as a Python literal
_STRAYS = re.compile(
    r"""("(?:[^"\\]|\\.)*")|//[^\n]*|/\*.*?\*/|,(?=(?:\s|/\*.*?\*/|//[^\n]*)*[}\]])""", re.DOTALL
)


def forgiven(text: str) -> object:
    """Return the value of nearly valid JSON: trailing commas, comments, or a printed Python dict.

    >>> forgiven('{"a": [1, 2,], /* b */ "c": "x,]",}')
    {'a': [1, 2], 'c': 'x,]'}
    >>> forgiven("{'a': None, 'b': True}")
    {'a': None, 'b': True}
    """
    try:
        return parsed(_STRAYS.sub(lambda found: found[1] or "", text))
    except TooDeep:
        raise
    except ValueError:
        if len(text) > _EVALUATED:
            raise
    try:
        return parsed(json.dumps(ast.literal_eval(text.strip()), default=str))
    except (SyntaxError, TypeError, MemoryError, RecursionError):
        raise ValueError from None


def _measure(found: object) -> None:
    level = [found]
    for _ in range(MOST):
        inner = (
            item.values() if isinstance(item, dict) else item
            for item in level
            if isinstance(item, dict | list)
        )
        level = [item for items in inner for item in items if isinstance(item, dict | list)]
        if not level:
            return
    raise TooDeep
