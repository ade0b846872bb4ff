"""The colours that site.yaml sets: held to WCAG 2.2 (AA) in both schemes, and the sheet of them.

What they must be told from are the other colours of the theme's site.css, or of the site's own.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from warraq.base.config import Colour, SiteConfig

SHEET = "assets/colours.css"
_TEXTS = ("ink", "ink-2", "link", "visited", "accent", "ok", "warn", "bad")
_PAGES = ("paper", "surface", "sunk")  # what any text may stand on
_TINTS = ("mark", "ins", "del")  # what only ink stands on
_TEXT, _EDGE = 4.5, 3.0  # least contrast: 1.4.3 of text, 1.4.11 of controls and focus
_STEPS = 100
_LIGHT, _DARK = ":root", ':root[data-scheme="dark"]'
_DARK_BY_SYSTEM = ':root:not([data-scheme="light"])'
_RULE = re.compile(r"([^{};]+)\{([^{}]*)\}")
_TOKEN = re.compile(r"--([\w-]+): *(#[0-9a-fA-F]{6}|#[0-9a-fA-F]{3})\b")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)

Tokens = dict[str, str]


class FaintColour(NamedTuple):
    """A colour that cannot be read in one `scheme`; `near` is the nearest that can.

    `ratio` is its contrast with the colour called `other`, which must be `least`.
    """

    name: str
    scheme: str
    value: str
    other: str
    ratio: float
    least: float
    near: str


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours by WCAG's formula.

    >>> contrast("#ffffff", "#000000")
    21.0
    """
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def nearest(colour: str, is_fit: Callable[[str], bool]) -> str:
    """Return the colour nearest to `colour`, mixed with black or white, that `is_fit`, else "".

    >>> nearest("#888888", lambda colour: contrast(colour, "#ffffff") >= 4.5)
    '#767676'
    """
    for step in range(_STEPS + 1):
        for target in (0, 255):
            mixed = _mixed(colour, target, step / _STEPS)
            if is_fit(mixed):
                return mixed
    return ""


def tokens_of(sheet: str) -> dict[str, Tokens]:
    """Return scheme → name → colour as a style sheet defines them."""
    schemes: dict[str, Tokens] = {"light": {}, "dark": {}}
    for selector, body in _RULE.findall(_COMMENT.sub("", sheet)):
        found = {name: _long(colour) for name, colour in _TOKEN.findall(body)}
        if selector.strip() == _LIGHT:
            schemes["light"] |= found
        elif selector.strip() == _DARK:
            schemes["dark"] |= found
    return {"light": schemes["light"], "dark": schemes["light"] | schemes["dark"]}


def faint_colours(config: SiteConfig, sheet: str) -> Iterator[FaintColour]:
    """Yield the colours of site.yaml that cannot be read, beside those of `sheet`."""
    for scheme, colours in _resolved(config, sheet).items():
        for name in config.colours:
            if name not in colours:
                continue
            pairs = _pairs(name, colours)
            if pairs and (worst := min(pairs, key=lambda p: p[1] / p[2]))[1] < worst[2]:
                near = nearest(colours[name], partial(_is_fit, name, colours=colours))
                # None is where another colour of site.yaml is amiss too; the theme's own always is.
                near = near or tokens_of(sheet)[scheme].get(name, "")
                yield FaintColour(name, scheme, colours[name], *worst, near)


def colour_sheet(config: SiteConfig, sheet: str) -> str:
    """Return the sheet that sets the colours of site.yaml over those of `sheet`."""
    schemes = _resolved(config, sheet)
    light, dark = (
        " ".join(f"--{name}: {colours[name]};" for name in config.colours if name in colours)
        for colours in (schemes["light"], schemes["dark"])
    )
    return (
        f"@layer base {{\n{_LIGHT} {{ {light} }}\n"
        f"@media (prefers-color-scheme: dark) {{ {_DARK_BY_SYSTEM} {{ {dark} }} }}\n"
        f"{_DARK} {{ {dark} }}\n}}\n"
    )


def paper_of(config: SiteConfig, sheet: str) -> tuple[str, str]:
    """Return the colour of the page in the light and in the dark scheme, "" where unknown."""
    schemes = _resolved(config, sheet)
    return schemes["light"].get("paper", ""), schemes["dark"].get("paper", "")


def _resolved(config: SiteConfig, sheet: str) -> dict[str, Tokens]:
    """Return scheme → name → colour with those of site.yaml.

    An accent or link given for the light scheme alone has its nearest that can be read in the
    other one; paper and ink are the theme's there.
    """
    schemes = tokens_of(sheet)
    light, dark = schemes["light"], schemes["dark"]
    for name, colour in config.colours.items():
        light[name] = colour.light or light.get(name, "")
        if colour.dark:
            dark[name] = colour.dark
        elif name in {"accent", "link"}:
            dark[name] = _for_dark(name, colour, dark)
    return {
        scheme: {name: value for name, value in colours.items() if value}
        for scheme, colours in schemes.items()
    }


def _for_dark(name: str, colour: Colour, dark: Tokens) -> str:
    fit = nearest(colour.light, partial(_is_fit, name, colours=dark)) if colour.light else ""
    return fit or dark.get(name, "")


def _is_fit(name: str, colour: str, colours: Mapping[str, str]) -> bool:
    return all(ratio >= least for _, ratio, least in _pairs(name, {**colours, name: colour}))


def _pairs(name: str, colours: Mapping[str, str]) -> list[tuple[str, float, float]]:
    """Return (other colour, contrast, least) for all that a colour must be told from."""
    wanted: dict[str, float] = {}
    if name == "paper":
        wanted = dict.fromkeys(_TEXTS, _TEXT) | dict.fromkeys(("edge", "focus"), _EDGE)
    else:
        wanted = dict.fromkeys(_PAGES + (_TINTS if name == "ink" else ()), _TEXT)
    return [
        (other, contrast(colours[name], colours[other]), least)
        for other, least in wanted.items()
        if other in colours
    ]


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def _mixed(colour: str, target: int, share: float) -> str:
    return "#" + "".join(f"{round(c + (target - c) * share):02x}" for c in _channels(colour))


def _luminance(colour: str) -> float:
    parts = [c / 255 for c in _channels(colour)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _long(colour: str) -> str:
    digits = colour[1:].lower()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))
