"""An article as a BibTeX entry, for those who cite it."""

import re

from warraq.model import Card
from warraq.render.material import Material
from warraq.render.structured import card_date

_TEX = str.maketrans({"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&",
                      "$": r"\$", "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}",
                      "^": r"\textasciicircum{}"})  # fmt: skip


def bibtex(card: Card, material: Material) -> str:
    """Return the article as a BibTeX entry (biblatex's @online)."""
    fields = {
        "title": card.title,
        "author": f"{{{card.source.name.translate(_TEX)}}}" if card.source else "",
        "date": card_date(card) if not card.date else card.date.day.isoformat(),
        "url": material.absolute(card.url),
        "organization": material.config.name,
        "langid": "arabic" if card.lang.startswith("ar") else card.lang,
    }
    lines = (
        f"  {name} = {{{value if name in ('author', 'url') else _line(value).translate(_TEX)}}},\n"
        for name, value in fields.items()
        if value
    )
    return f"@online{{{card.id},\n{''.join(lines)}}}\n"


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
