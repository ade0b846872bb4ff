"""The conflict markers that git leaves in a file whose merge is unfinished."""

import re

_MARKER = re.compile(r"^(?:(<{7})|(>{7}))(?: .*)?$", re.MULTILINE)


def conflicts_in(text: str) -> list[int]:
    r"""Return the line, from 1, on which each conflict begins.

    A row of «=======» alone is a heading's underline.

    >>> conflicts_in("a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> other\nd\n>>>>>>> third")
    [2, 8]
    >>> conflicts_in("عنوان\n=======\n>>>>>> ستة\n <<<<<<< مثال")
    []
    """
    if "<<<<<<<" not in text and ">>>>>>>" not in text:  # asked of every file
        return []
    lines: list[int] = []
    is_open = False
    for marker in _MARKER.finditer(text):
        if marker[1] or not is_open:
            lines.append(text.count("\n", 0, marker.start()) + 1)
        is_open = bool(marker[1])
    return lines
