"""Every rule by which import takes something out has words that an editor understands."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import warraq
from warraq.desk.page_templates import words
from warraq.desk.review_page import rule_words
from warraq.intake.rule_data import names_in

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

import quality

PACKAGE = Path(warraq.__file__).parent
NAME = re.compile(r"[a-z]+(?:-[a-z]+)*")


def literals(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def rules_in(source: str) -> set[str]:
    """Return the names of rules that a module of intake/ gives, by how it gives them."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Name("Removed" | "RuleMatch"), args=[first, *_]):
                found |= set(literals(first))
            case ast.Call(func=ast.Attribute(ast.Name("dict"), "fromkeys"), args=[_, second]):
                found |= set(literals(second))
            case ast.Assign(targets=[ast.Subscript(ast.Name("removed" | "out" | "below"))]):
                found |= set(literals(node.value))
            case ast.FunctionDef(name=name) if name.startswith("_rule"):
                found |= {
                    t for r in ast.walk(node) if isinstance(r, ast.Return) for t in literals(r)
                }
            case ast.Return(value=ast.Dict() as value):
                found |= set(literals(value))
            case _:
                pass
    return {rule for rule in found if NAME.fullmatch(rule)}


def reasons_in(source: str) -> set[str]:
    """Return why a module of seeds/ leaves something out: `Fact("dropped", what, why)`."""
    found = set(
        re.findall(r'Fact\("dropped", [^()]*(?:\([^()]*\)|\[\w+\])?[^()]*, "([\w-]+)"\)', source)
    )
    found |= set(re.findall(r'omitted(?:\.append\(| \+= \[)\("([\w-]+)",', source))
    found |= set(re.findall(r'_dropped\("([\w-]+)"', source))
    return found | set(re.findall(r'[(\[]\("([\w-]+)", \w+\) for ', source))


def test_every_rule_that_the_code_names_has_words() -> None:
    rules = set(names_in("boilerplate"))
    for file in (PACKAGE / "intake").rglob("*.py"):
        if file.parent.name == "dates":  # its tables name days
            continue
        rules |= rules_in(file.read_text("utf-8"))
    assert {"headline", "above-headline", "below-furniture", "label-below", "link"} <= rules
    reasons = {"page:author", "page:url", "page:picture", "page:old-address"}
    for file in (PACKAGE / "seeds").rglob("*.py"):
        reasons |= {f"page:{why}" for why in reasons_in(file.read_text("utf-8"))}
    assert {"page:box", "page:script", "page:embedded", "page:links"} <= reasons

    worded = {key.removeprefix("review.rule.") for key in words("ar") if "review.rule." in key}
    assert rules | reasons <= worded
    assert (
        worded - rules - reasons - {"outlet", "page", "page:reading", "page:front-matter"} == set()
    )


def test_every_rule_of_the_labelled_seeds_has_words() -> None:
    met = {rule.rule for _, draft in quality.drafts() for rule in draft.receipt.removed}

    assert len(met) > 40
    assert [rule for rule in met if f"review.rule.{rule}" not in words("en")] == []


def test_an_outlets_own_rule_names_the_outlet_and_an_unknown_one_itself() -> None:
    wording = words("ar")

    assert rule_words("outlet:marsa", {"marsa": "نشرة المرسى"}, wording).endswith("نشرة المرسى")
    assert rule_words("outlet:gone", {}, wording).endswith("gone")
    assert rule_words("rule-to-come", {}, wording) == "rule-to-come"
    assert rule_words("page:to-come", {}, wording) == wording["review.rule.page"]
    assert rule_words("", {}, wording) == ""
