"""Numbers that addresses and forms give: of pages, of rows. Pure."""

_MOST_DIGITS = 9  # Python refuses to read thousands of them, and no list is that long


def whole_number(text: str) -> int | None:
    """Return the number that `text` is in ASCII digits, None for anything else.

    >>> whole_number("12"), whole_number("-1"), whole_number("²"), whole_number("9" * 5000)
    (12, None, None, None)
    """
    is_number = text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS
    return int(text) if is_number else None
