"""Every code that readers could meet is worded, and every such wording has its code."""

import ast
from pathlib import Path

import pytest
from tests.render import samples
from tests.render.composed import MADE, composed_words, made_words

from warraq.base.marked_yaml import compose, plain
from warraq.render import wording
from warraq.render.theme_paths import theme_folder
from warraq.render.wording import CODES, Family, load_words, word_of

RENDER = Path(wording.__file__).parent


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_every_code_of_our_types_is_worded(lang: str) -> None:
    words = load_words(lang, (theme_folder(),)) if lang == "en" else own_words()

    assert sorted(composed_words() - words.keys()) == []


@pytest.mark.parametrize("family", CODES)
def test_every_wording_of_a_code_has_its_code(family: Family) -> None:
    counted = {"meaning_before", "meaning_after"}  # of `publication-day` with a number
    others = counted | made_words()  # `outlet_title` is of a headline
    worded = {code for code in own_words() if code.startswith(f"{family}_")} - others

    assert worded == {word_of(family, code) for code in CODES[family]}


def test_no_code_is_composed_that_this_test_does_not_know() -> None:
    assert {form for path in RENDER.rglob("*.py") for form in composed(path)} == MADE.keys()


def composed(path: Path) -> set[str]:
    """Return the f-strings that are asked for as words in one file."""
    calls = (n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Call))
    asked = (
        call.args[0]
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in {"text", "count"}
        and call.args
    )
    return {ast.unparse(arg)[2:-1] for arg in asked if isinstance(arg, ast.JoinedStr)}


@pytest.mark.parametrize(
    ("family", "value", "shown"),
    [
        ("basis", "head", "بحسب تاريخ كُتب فوق النص"),
        ("basis", "meta article:published_time", "بحسب بيانات الصفحة الأصلية"),
        ("basis", "meta data of the page", "meta data of the page"),
        ("basis", "سألنا كاتبه", "سألنا كاتبه"),
        ("basis", "", ""),
        ("meaning", "text-differs", "يذكر النص يومًا غير الذي أُرّخ به"),
        ("outlet", "نشرة مدرسية", "نشرة مدرسية"),
        ("cited", "post", "منشور"),
    ],
)
def test_a_code_is_told_in_words_and_text_as_text(family: Family, value: str, shown: str) -> None:
    assert samples.theme().wording.coded(family, value) == shown


def own_words() -> dict[str, object]:
    """Return the Arabic words without English ones in their gaps."""
    root = compose((theme_folder() / "words" / "ar.yaml").read_text("utf-8"), "ar.yaml")
    found = plain(root) if root else {}
    assert isinstance(found, dict)
    return found
