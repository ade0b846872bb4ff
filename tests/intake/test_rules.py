"""The rules of furniture are kept: sorted, each entry once, and where it was seen."""

import importlib.util
import re
from collections import Counter
from collections.abc import Iterator
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from warraq.intake.text.folding import phrase

SCRIPT = Path(__file__).parents[2] / "scripts" / "write-furniture"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    loader = SourceFileLoader("write_furniture", str(SCRIPT))
    spec = importlib.util.spec_from_loader("write_furniture", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def test_the_rules_are_as_the_script_writes_them(script: ModuleType) -> None:
    stale = [path.name for path, text in script.files() if path.read_text("utf-8") != text]
    assert stale == [], "run scripts/write-furniture"


def test_no_phrase_stands_in_two_rules(script: ModuleType) -> None:
    often = Counter(_phrases(script.RULES))
    assert [text for text, count in often.items() if count > 1] == []


def _phrases(rules: Path) -> Iterator[str]:
    for path in rules.glob("*.yaml"):
        for block in yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader):  # noqa: S506
            yield from map(phrase, block.get("phrases", ()))


def test_each_entry_says_where_it_was_seen_or_its_file_does(script: ModuleType) -> None:
    untold = []
    for path in sorted(script.RULES.glob("*.yaml")):
        text = path.read_text("utf-8")
        places = set(_places(text))
        known = all(re.fullmatch(r"~?\d+", p) or p in script.WORDS for p in places - {""})
        if not known or ("" in places) != ("\n# Elsewhere: " in text):
            untold.append(path.name)
    assert untold == [], "where entries have nothing behind them: # Elsewhere: kinds of page"


def _places(text: str) -> Iterator[str]:
    for block in yaml.load(text, Loader=yaml.BaseLoader):  # noqa: S506
        for kind in ("phrases", "starts", "patterns"):
            yield from block.get(kind, {}).values()
