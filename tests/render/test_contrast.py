"""Every text of the style sheet can be read on its ground: WCAG 2.2, 1.4.3, in both schemes."""

import re
from itertools import product
from pathlib import Path

import pytest

SHEET = (Path(__file__).parents[2] / "templates" / "assets" / "site.css").read_text("utf-8")
RULES = re.findall(r"([^{};]+)\{([^{}]*)\}", re.sub(r"/\*.*?\*/", "", SHEET, flags=re.DOTALL))
SCHEMES = {
    "light": ":root",
    "dark, chosen": ':root[data-scheme="dark"]',
    "dark, the system's": ':root:not([data-scheme="light"])',
}
PAGES = ("paper", "surface", "sunk")  # what any text may stand on
LEAST = 4.5
_COLOUR = re.compile(r"(?<![\w-])color: *var\(--([\w-]+)\)")
_GROUND = re.compile(r"(?<![\w-])background(?:-color)?: *var\(--([\w-]+)\)")


def tokens(scheme: str) -> dict[str, str]:
    """Return the colours of a scheme by name; dark ones stand over the light ones."""
    found: dict[str, str] = {}
    for selector, body in RULES:
        if selector.strip() in {":root", SCHEMES[scheme]}:
            found |= re.findall(r"--([\w-]+): *(#[0-9a-f]{3,6})", body)
    return found


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours by WCAG's formula.

    >>> contrast("#fff", "#000")
    21.0
    """
    darker, lighter = sorted(map(_luminance, (one, other)))
    return round((lighter + 0.05) / (darker + 0.05), 2)


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def pairs() -> set[tuple[str, str]]:
    """Return (text, ground) as the sheet brings them together: any text with any page, too."""
    spoken = [(_COLOUR.search(body), _GROUND.search(body)) for _, body in RULES if _speaks(body)]
    told = {(text[1], ground[1]) for text, ground in spoken if text and ground}
    return told | set(product({text[1] for text, ground in spoken if text and not ground}, PAGES))


def _speaks(body: str) -> bool:
    """Return whether what a rule draws is more than an ornament."""
    return "content:" not in body


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_text_can_be_read_on_its_ground(scheme: str) -> None:
    colours = tokens(scheme)
    found = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in pairs()}

    assert len(found) > 30
    assert {pair: value for pair, value in found.items() if value < LEAST} == {}


def test_a_tinted_ground_says_the_colour_of_its_text() -> None:
    tinted = [
        selector.strip()
        for selector, body in RULES
        if _speaks(body)
        and (ground := _GROUND.search(body))
        and ground[1] not in PAGES
        and not _COLOUR.search(body)
    ]

    assert tinted == [".bar"]  # of a diagram: nothing is written on it
