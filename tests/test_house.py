"""One name, one thing: the package's names, imports and English, looked at as a whole."""

import ast
import re
import tokenize
from collections import Counter, defaultdict
from collections.abc import Iterator
from fnmatch import fnmatch
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "generator" / "warraq"
PATHS = sorted(PACKAGE.rglob("*.py"))
TREES = {path: ast.parse(path.read_text("utf-8")) for path in PATHS}

# Modules of these folders are named after the noun they hold, which another folder holds otherwise:
# model/ as data, render/kinds/ as a page.
NAMED_AFTER_THEIR_NOUN = ("model", "render/kinds")
# What a package of intake/ may have of its own: the numbers its rules decide by.
ONE_A_PACKAGE = {"thresholds"}

# Words of a private English, in docstrings and comments. The count may only sink.
PRIVATE_WORDS = re.compile(
    r"\b(?:tells?|told|telling|stands?|beside|anew|whom|lest)\b", re.IGNORECASE
)
MOST_PRIVATE_WORDS = 138


def test_each_public_class_has_a_name_of_its_own() -> None:
    owners = defaultdict(list)
    for path, tree in TREES.items():
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                owners[node.name].append(_relative(path))

    assert {name: paths for name, paths in owners.items() if len(paths) > 1} == {}


def test_each_module_has_a_name_of_its_own() -> None:
    names = Counter(
        path.parent.name if path.stem == "__init__" else path.stem
        for path in PATHS
        if not _relative(path.parent).startswith(NAMED_AFTER_THEIR_NOUN) or path.stem == "__init__"
    )

    assert {name for name, count in names.items() if count > 1} - ONE_A_PACKAGE == set()


def test_each_list_of_kinds_has_a_name_of_its_own() -> None:
    owners = defaultdict(list)
    for path, tree in TREES.items():
        for node in tree.body:
            targets = (
                node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            )
            for target in targets:
                if isinstance(target, ast.Name) and re.fullmatch("[A-Z]*KINDS", target.id):
                    owners[target.id].append(_relative(path))

    assert {name: paths for name, paths in owners.items() if len(paths) > 1} == {}


def test_no_module_imports_itself_by_a_detour() -> None:
    graph = {_dotted(path): set(_imported(tree)) for path, tree in TREES.items()}

    TopologicalSorter(graph).prepare()  # raises CycleError, which names the cycle


def test_private_words_go_out_of_use() -> None:
    found = sum(len(PRIVATE_WORDS.findall(text)) for path in PATHS for text in _prose(path))

    assert found <= MOST_PRIVATE_WORDS


def _relative(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def _dotted(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {_dotted(path) for path in PATHS}


def _imported(tree: ast.Module) -> Iterator[str]:
    """Yield the package's modules that a module imports, inside functions and for types too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in MODULES)
        elif isinstance(node, ast.ImportFrom) and node.module in MODULES:
            for alias in node.names:
                name = f"{node.module}.{alias.name}"
                yield name if name in MODULES else node.module


def _prose(path: Path) -> Iterator[str]:
    for node in ast.walk(TREES[path]):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield ast.get_docstring(node, clean=False) or ""
    with path.open("rb") as file:
        for token in tokenize.tokenize(file.readline):
            if token.type == tokenize.COMMENT:
                yield token.string


def test_no_group_is_possessive() -> None:
    # Python before 3.11.5 matches (…)*+ wrongly (gh-106052), but not one character or class.
    found = [
        f"{path.name}: {match[0]}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for match in re.finditer(r"\(\?>|(?<!\\)\)(?:[*+?]|\{[\d,]+\})\+", path.read_text("utf-8"))
    ]

    assert found == []


def test_no_folder_with_tests_is_passed_over(pytestconfig: pytest.Config) -> None:
    skipped = pytestconfig.getini("norecursedirs")
    files = [*ROOT.glob("tests/**/test_*.py"), *PACKAGE.rglob("*.py")]
    folders = {folder for file in files for folder in file.relative_to(ROOT).parts[:-1]}

    assert [f for f in sorted(folders) if any(fnmatch(f, pattern) for pattern in skipped)] == []
