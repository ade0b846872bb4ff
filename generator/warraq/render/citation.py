"""An article as a BibTeX entry and as RIS, for those who cite it."""

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


def ris(card: Card, material: Material) -> str:
    """Return the article as an RIS record of type NEWS."""
    day = card.date.day.isoformat() if card.date else card_date(card)
    fields = (
        ("TI", card.title),
        ("AU", card.source.name if card.source else ""),
        ("PY", day[:4]),
        ("DA", day.replace("-", "/") + "/" * (3 - day.count("-") - 1) if day else ""),
        ("DP", material.config.name),
        ("LA", card.lang),
        ("UR", material.absolute(card.url)),
    )
    lines = (f"{tag}  - {_line(value)}\n" for tag, value in fields if value)
    return f"TY  - NEWS\n{''.join(lines)}ER  - \n"


def _line(text: str) -> str:
    return " ".join(text.split())
