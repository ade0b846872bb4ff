"""Who said what: the quotations of a text with their speakers, for the receipt."""

import re
from collections.abc import Sequence

from warraq.model import Quotation

_QUOTED = re.compile('[“”«]([^“”«»]{12,1200})[”“»]|"([^"]{12,1200})"')


def quotations_in(paragraphs: Sequence[str]) -> tuple[Quotation, ...]:
    """Return the quotations in `paragraphs`, in order."""
    return tuple(
        Quotation("", "fragment", match[1] or match[2], number)
        for number, text in enumerate(paragraphs, start=1)
        for match in _QUOTED.finditer(text)
    )
