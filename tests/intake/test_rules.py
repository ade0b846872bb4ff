"""The rules of boilerplate: sorted, each entry once, with where it was seen."""

import importlib.util
import re
from collections import Counter
from collections.abc import Iterator
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from warraq.intake.text.folding import fold, phrase

SCRIPT = Path(__file__).parents[2] / "scripts" / "write-boilerplate"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    loader = SourceFileLoader("write_boilerplate", str(SCRIPT))
    spec = importlib.util.spec_from_loader("write_boilerplate", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.mark.slow
def test_the_rules_are_as_the_script_writes_them(script: ModuleType) -> None:
    stale = [path.name for path, text in script.files() if path.read_text("utf-8") != text]
    assert stale == [], "run scripts/write-boilerplate"


def test_no_phrase_is_in_two_rules(script: ModuleType) -> None:
    often = Counter(_phrases(script.RULES))
    assert [text for text, count in often.items() if count > 1] == []


def _phrases(rules: Path) -> Iterator[str]:
    for path in rules.glob("*.yaml"):
        for block in yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader):  # noqa: S506
            yield from map(phrase, block.get("phrases", ()))


def test_each_entry_says_where_it_was_seen_or_its_file_does(script: ModuleType) -> None:
    unmarked = []
    for path in sorted(script.RULES.glob("*.yaml")):
        text = path.read_text("utf-8")
        places = set(_places(text))
        known = all(re.fullmatch(r"~?\d+", p) or p in script.WORDS for p in places - {""})
        if not known or ("" in places) != ("\n# Elsewhere: " in text):
            unmarked.append(path.name)
    assert unmarked == [], "entries without a mark need a line «# Elsewhere: kinds of page»"


def _places(text: str) -> Iterator[str]:
    for block in yaml.load(text, Loader=yaml.BaseLoader):  # noqa: S506
        for kind in ("phrases", "starts", "patterns"):
            yield from block.get(kind, {}).values()


LISTS = ("names", "places", "speech")


@pytest.mark.parametrize("name", LISTS)
def test_lists_of_words_have_one_entry_a_line_sorted(script: ModuleType, name: str) -> None:
    text = (script.RULES.parent / f"{name}.yaml").read_text("utf-8")
    entries = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506
    for listed in entries.values():
        assert listed == sorted(set(listed), key=lambda entry: (fold(entry), entry))
    lines = [line for line in text.split("\n") if line.startswith("  - ")]
    assert len(lines) == sum(map(len, entries.values()))
