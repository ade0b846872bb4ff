"""The rules of furniture are kept: sorted, each entry once, with the case in which it was seen."""

import importlib.util
from collections import Counter
from collections.abc import Iterator
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from warraq.intake.folding import phrase

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
