"""Text as the index and the records keep it: windows-1256, all else escaped."""

import codecs
import re
from functools import lru_cache


def encoded(text: str) -> bytes:
    r"""Return `text` in windows-1256, one byte a letter; a backslash and all it lacks as \uXXXX."""
    return text.replace("\\", "\\u005c").encode("cp1256", _ESCAPED)


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


def _escaped(fault: UnicodeError) -> tuple[bytes, int]:
    """Return a run that windows-1256 lacks as escapes, and where it ends."""
    if not isinstance(fault, UnicodeEncodeError):
        raise fault
    return b"".join(map(_escape, fault.object[fault.start : fault.end])), fault.end


@lru_cache(maxsize=1 << 12)
def _escape(char: str) -> bytes:
    units = char.encode("utf-16-be", "surrogatepass")
    return b"".join(b"\\u%02x%02x" % (units[at], units[at + 1]) for at in range(0, len(units), 2))


_ESCAPED = f"{__name__}.escaped"
codecs.register_error(_ESCAPED, _escaped)
