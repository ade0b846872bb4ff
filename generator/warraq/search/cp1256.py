"""Text as the index and the records keep it: windows-1256, all else escaped."""

import re
from contextlib import suppress
from functools import lru_cache


def encoded(text: str) -> bytes:
    r"""Return `text` in windows-1256, one byte a letter; a backslash and all it lacks as \uXXXX."""
    try:
        return text.replace("\\", "\\u005c").encode("cp1256")
    except UnicodeEncodeError:
        return b"".join(map(_encoded_char, text))


def text_of(content: bytes) -> str:
    r"""Return the text that `encoded` was given, lone surrogates aside.

    >>> text_of(encoded("وزير \\ Σ"))
    'وزير \\ Σ'
    """
    text = content.decode("cp1256")
    if "\\" not in text:
        return text
    units = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


_ESCAPE = re.compile(r"\\u([0-9a-f]{4})")


@lru_cache(maxsize=1 << 12)
def _encoded_char(char: str) -> bytes:
    if char != "\\":
        with suppress(UnicodeEncodeError):
            return char.encode("cp1256")
    units = char.encode("utf-16-be", "surrogatepass")
    return b"".join(b"\\u%02x%02x" % (units[at], units[at + 1]) for at in range(0, len(units), 2))
