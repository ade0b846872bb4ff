import re
import runpy
from pathlib import Path
from typing import cast

import pytest
from click import Group

from warraq.base.config import _READERS
from warraq.base.marked_yaml import compose, pairs
from warraq.base.problems import catalogue
from warraq.cli import main
from warraq.content.frontmatter import ARTICLE, AUTHORITY, parse_article, parse_authority
from warraq.model import AuthorityKind
from warraq.seeds import sidecar

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "generator" / "warraq"
SOURCES = [*PACKAGE.rglob("*.py"), *(ROOT / "templates").rglob("*"), *PACKAGE.rglob("*.js")]
GAP = re.compile(r"{(\w+)}")
# In architecture.md a file or folder is named in backticks, or as docs/… in running text.
PLACE = re.compile(r"`([\w.-]+/[\w./-]*|\w+\.(?:py|toml))`|(docs/[\w/-]+\.md)")
FUNCTION = re.compile(r"`(\w+)\(\)`")


def test_both_languages_word_the_same_codes_with_the_same_gaps() -> None:
    english, arabic = catalogue("en"), catalogue("ar")

    assert english.keys() == arabic.keys()
    for code, words in english.items():
        for part in ("message", "fix"):
            assert set(GAP.findall(words[part])) == set(GAP.findall(arabic[code][part])), code


def test_every_code_is_used_and_every_used_code_is_worded() -> None:
    sources = "\n".join(p.read_text("utf-8") for p in PACKAGE.rglob("*.py"))
    used = set(re.findall(r'\b(?:error|warning|said)\(\s*"([a-z-]+)"', sources))
    mentioned = set(re.findall(r'"([a-z]+(?:-[a-z]+)+)"', sources))

    assert used <= catalogue("en").keys()
    # A reason's code is put together from what it names.
    assert {c for c in catalogue("en") if not c.startswith("say-reason-")} <= mentioned


def test_the_list_of_problems_is_up_to_date() -> None:
    written = runpy.run_path(str(ROOT / "scripts" / "write-docs"))["problems"]()

    assert written == (ROOT / "docs" / "problems.md").read_text("utf-8")


def test_every_command_and_key_is_documented() -> None:
    assert isinstance(main, Group)
    text = (ROOT / "README.md").read_text("utf-8") + (ROOT / "docs/format.md").read_text("utf-8")

    keys = {*ARTICLE, *_READERS, *(key for readers in AUTHORITY.values() for key in readers)}
    assert [c for c in main.commands if f"warraq {c}" not in text] == []
    assert [key for key in sorted(keys) if f"`{key}`" not in text] == []


def test_every_example_of_the_editors_guide_can_be_read() -> None:
    text = (ROOT / "docs" / "editors.ar.md").read_text("utf-8")
    examples = re.findall(r"^```yaml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)

    assert len(examples) > 10
    assert [e for e in examples if _faults_of_example(e)] == []


def _faults_of_example(example: str) -> bool:
    place = re.search(r"^# (content/(\w+)/(?:\w+/)?([\w-]+)\.md|seeds/.*)$", example, re.MULTILINE)
    if place and place[1].startswith("seeds/"):
        root = compose(example, "x.yaml")
        return root is None or not {key for key, _, _ in pairs(root)} <= set(sidecar.KEYS)
    if place and place[2] != "articles":
        kind = cast("AuthorityKind", place[2])
        return bool(parse_authority(example, "x.md", kind, place[3])[1])
    whole = example if place else f'---\nid: "abc123"\ntitle: x\n{example}---\n'
    article, problems = parse_article(whole, "x.md")
    return bool(problems) or article is None or bool(article.extra)


def test_every_command_of_the_editors_guide_is_there() -> None:
    assert isinstance(main, Group)
    text = (ROOT / "docs" / "editors.ar.md").read_text("utf-8")
    shell = "".join(re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))

    assert set(re.findall(r"^warraq (\w+)", shell, re.MULTILINE)) <= main.commands.keys()


def test_every_file_that_the_architecture_names_is_there() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    made = (".public.warraq/", ".warraq/")  # by a build; not in a checkout
    named = {"".join(found) for found in PLACE.findall(text)}
    named = {name for name in named if not name.startswith(made) and "…" not in name}

    assert len(named) > 60
    assert [n for n in sorted(named) if not any((p / n).exists() for p in (ROOT, PACKAGE))] == []


def test_every_function_that_the_architecture_names_is_there() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    sources = "\n".join(
        p.read_text("utf-8") for p in [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.js")]
    )
    defined = set(re.findall(r"\b(?:def|function) (\w+)\(", sources))

    assert [name for name in FUNCTION.findall(text) if name not in defined] == []


def test_the_architecture_can_be_read_in_an_evening() -> None:
    assert len((ROOT / "docs" / "architecture.md").read_text("utf-8").splitlines()) <= 250


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_no_source_holds_an_invisible_character(path: Path) -> None:
    if path.is_file() and path.suffix in {".py", ".js", ".html", ".css", ".yaml", ".xml"}:
        found = re.findall(
            "[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]", path.read_text("utf-8")
        )
        assert found == []


# What an Arab editor would not write, and what is written instead.
UNIDIOMATIC = {
    "بذرة|البذور": "الملف الخام",
    "أثاث": "زوائد الصفحة",
    "شاهدة": "إشعار حذف",
    "مقالة|مقالات": "مادة",
    "أذون(?!ات)": "أذونات",
    "[اى]\N{ARABIC FATHATAN}": "the tanwin stands on the letter before its alif",
    "البرامج النصية": "جافاسكربت",
    "عنوان(?:ها|ه)? (?:قديم|دائم|الصفحة(?! الأصلية)|الموقع)|هذا العنوان|العنوان القديم": "رابط",
}
ARABIC_TEXTS = (
    *(PACKAGE / name for name in ("base/messages/ar.yaml", "preview/words.yaml")),
    *(ROOT / name for name in ("templates/words/ar.yaml", "docs/editors.ar.md")),
    ROOT / "docs" / "glossary.md",
    *(path for path in (PACKAGE / "starter").rglob("*") if path.is_file()),
)


@pytest.mark.parametrize("path", ARABIC_TEXTS, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_arabic_is_as_an_editor_writes_it(path: Path) -> None:
    text = path.read_text("utf-8")

    assert {bad: found for bad in UNIDIOMATIC if (found := re.findall(bad, text))} == {}
