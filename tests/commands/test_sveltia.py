"""Forms in the browser: they know this content model, and a save changes no value."""

import difflib
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any, cast, get_args

import pytest
import yaml
from tests.commands.conftest import ROOT, Run

from warraq.content.frontmatter import ARTICLE, AUTHORITY, parse_article, parse_authority, split
from warraq.model import AuthorityKind

SAVE = ROOT / "tests" / "js" / "save-as-sveltia.mjs"
SOURCE = ROOT / "generator" / "warraq" / "recipes" / "sveltia" / "config.yml"
COLLECTIONS = yaml.safe_load(SOURCE.read_text("utf-8"))["collections"]
KEYS: dict[str, set[str]] = {
    "articles": {*ARTICLE},
    **{kind: {*AUTHORITY[kind]} for kind in get_args(AuthorityKind)},
}


def names(collection: dict[str, Any]) -> list[str]:
    return [field["name"] for field in collection["fields"]]


def test_the_forms_are_of_this_archive(tmp_path: Path, run: Run) -> None:
    run(tmp_path, "init", "my")
    subprocess.run(["git", "init", "-q", tmp_path / "my"], check=True)
    remote = ("remote", "add", "origin", "git@github.com:marsa/archive.git")
    subprocess.run(["git", "-C", tmp_path / "my", *remote], check=False)

    assert run(tmp_path, "init", "my", "--with", "sveltia").returncode == 0

    settings = yaml.safe_load((tmp_path / "my/static/admin/config.yml").read_text("utf-8"))
    assert settings["backend"]["repo"] == "marsa/archive"
    assert settings["site_url"].startswith("http")
    page = (tmp_path / "my/static/admin/index.html").read_text("utf-8")
    assert 'integrity="sha384-' in page
    assert run(tmp_path / "my", "check", "--strict").returncode == 0
    assert not (tmp_path / "my/wheels").exists()


@pytest.mark.parametrize("collection", COLLECTIONS, ids=lambda c: c["name"])
def test_a_form_has_only_keys_that_the_format_has(collection: dict[str, Any]) -> None:
    assert collection["folder"] == f"content/{collection['name']}"
    assert set(names(collection)) - {"body"} <= KEYS[collection["name"]]
    for field in collection["fields"]:
        assert field["widget"] != "relation" or field["collection"] in KEYS
        # A map of the format may be a bare text in a file, which a form of maps would lose.
        assert field["widget"] != "object"
        assert field.get("required") is False or field["name"] in {
            "id",
            "title",
            "name",
            "articles",
        }


def test_every_kind_has_a_form() -> None:
    assert {collection["name"] for collection in COLLECTIONS} == KEYS.keys()


NODE = shutil.which("node")


@pytest.mark.skipif(
    not (NODE and (ROOT / "node_modules" / "yaml").is_dir()), reason="npm ci brings the library"
)
def test_a_save_changes_no_value_and_few_lines() -> None:
    fields = {collection["name"]: names(collection) for collection in COLLECTIONS}
    files = [
        (kind, path)
        for kind in fields
        for root in (ROOT, *sorted((ROOT / "tests/sites").iterdir()))
        for path in sorted((root / "content" / kind).rglob("*.md"))
    ]
    texts = [path.read_text("utf-8") for _, path in files]
    heads = [split(text, "").head for text in texts]
    forms = [fields[kind] for kind, _ in files]
    saved = saved_as(heads, forms)
    assert len(saved) > 10
    changed = 0
    for (kind, path), text, head, new in zip(files, texts, heads, saved, strict=True):
        assert read(kind, text.replace(head, new, 1), path) == read(kind, text, path), path
        lines = difflib.ndiff(sorted(head.splitlines()), sorted(new.splitlines()))
        changed += sum(line[0] in "+-" for line in lines)
    assert changed / len(files) < 10  # lists, a line an item, and quotes
    assert saved_as(saved, forms) == saved


def saved_as(heads: list[str], forms: list[list[str]]) -> list[str]:
    """Return what a save makes of each head, none of whose fields was touched."""
    given = json.dumps(list(zip(heads, forms, strict=True)))
    done = subprocess.run(
        [str(NODE), SAVE], input=given, capture_output=True, text=True, check=True, cwd=ROOT
    )
    return cast("list[str]", json.loads(done.stdout))


def read(kind: str, text: str, path: Path) -> object:
    if kind == "articles":
        return parse_article(text, path.name)[0]
    return parse_authority(text, path.name, cast("AuthorityKind", kind), path.stem)[0]
