"""Colours of site.yaml: the faint ones are refused, and a near one that can be read named."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.render import test_contrast as oracle

from warraq.base.config import SiteConfig, parse
from warraq.render.colours import colour_sheet, contrast, faint_colours, paper_of, tokens_of

SHEET = oracle.SHEET
GROUNDS = ("paper", "surface", "sunk")
COLOURS = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


def settings(colours: str) -> SiteConfig:
    config, problems = parse(f"name: x\ncolours: {colours}\n")
    assert problems == []
    return config


def test_the_theme_is_read_as_browsers_read_it() -> None:
    assert tokens_of(SHEET)["light"].keys() >= {"paper", "ink-2", "accent", "focus"}
    for scheme, name in (("light", "light"), ("dark", "dark, chosen")):
        expected = {
            token: colour if len(colour) == 7 else "#" + "".join(c * 2 for c in colour[1:])
            for token, colour in oracle.tokens(name).items()
        }
        assert tokens_of(SHEET)[scheme] == expected
    assert paper_of(SiteConfig("x"), SHEET) == ("#fbfaf7", "#14130f")


@given(COLOURS, COLOURS)
def test_contrast_is_that_of_the_guidelines(one: str, other: str) -> None:
    assert round(contrast(one, other), 2) == oracle.contrast(one, other)


def test_a_faint_colour_is_named_with_its_ratio_and_one_that_can_be_read() -> None:
    (faint,) = faint_colours(settings('{accent: "#f5a623"}'), SHEET)

    assert faint[:4] == ("accent", "light", "#f5a623", "sunk")
    assert (round(faint.ratio, 2), faint.least, faint.near) == (1.75, 4.5, "#916215")


@given(name=st.sampled_from(("accent", "link", "paper", "ink")), light=COLOURS, dark=COLOURS)
def test_the_colour_named_instead_is_taken(name: str, light: str, dark: str) -> None:
    first = settings(f'{{{name}: {{light: "{light}", dark: "{dark}"}}}}')
    better = {"light": light, "dark": dark} | {
        f.scheme: f.near for f in faint_colours(first, SHEET)
    }
    mended = settings(f'{{{name}: {{light: "{better["light"]}", dark: "{better["dark"]}"}}}}')

    assert list(faint_colours(mended, SHEET)) == []


@given(accent=COLOURS)
def test_a_colour_for_light_pages_alone_can_be_read_on_dark_ones(accent: str) -> None:
    config = settings(f'{{accent: "{accent}"}}')

    dark = re.findall(r"--accent: (#[0-9a-f]{6})", colour_sheet(config, SHEET))[-1]
    theme = oracle.tokens("dark, chosen")
    assert all(oracle.contrast(dark, theme[ground]) >= oracle.LEAST for ground in GROUNDS)


def test_colours_are_held_against_one_another() -> None:
    faint = list(faint_colours(settings('{paper: "#808080", ink: "#777"}'), SHEET))

    assert [(f.name, f.scheme) for f in faint] == [("paper", "light"), ("ink", "light")]
    assert all(f.near for f in faint)


def test_a_sheet_without_colours_is_no_fault() -> None:
    config = settings('{accent: "#f5a623"}')

    assert list(faint_colours(config, "body { margin: 0 }")) == []
    assert "--accent: #f5a623" in colour_sheet(config, "")


@pytest.mark.parametrize("scheme", [":root", ':root[data-scheme="dark"]', "prefers-color-scheme"])
def test_the_sheet_sets_every_scheme_below_print(scheme: str) -> None:
    sheet = colour_sheet(settings('{link: {light: "#00539b", dark: "#8cc2ff"}}'), SHEET)

    assert scheme in sheet
    assert sheet.startswith("@layer base {")
